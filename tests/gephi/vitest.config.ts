/** Settings of `npm run test:gephi`, which needs Java 17 and Maven and is therefore run apart. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["tests/gephi/*.gephi.ts"],
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
