/** Settings of `npm run test:networkx`, which needs Python with networkx and is therefore run apart. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["tests/networkx/*.networkx.ts"],
    testTimeout: 120_000,
  },
});
