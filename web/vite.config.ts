/** Builds the viewer into web/dist: static files that any server may hand out, workers as files of their own (strict CSP). */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://localhost:4680" } },
});
