/** Builds the viewer into web/dist: static files that any server may hand out, workers as files of their own (strict CSP). */
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Has the browser fetch the page's scripts beside the data, though they run after the first picture is drawn. */
const fetchPage: Plugin = {
  name: "fetch-page",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const withImports = (file: string): string[] => {
        const chunk = chunks.find(({ fileName }) => fileName === file);
        return [file, ...(chunk?.imports ?? []).flatMap(withImports)];
      };
      const filesOf = (chunk: (typeof chunks)[number] | undefined) => new Set(chunk ? withImports(chunk.fileName) : []);
      const isThere = filesOf(chunks.find((each) => each.isEntry));
      const page = filesOf(chunks.find(({ name }) => name === "page"));
      return [...page]
        .filter((file) => !isThere.has(file))
        .map((file) => ({ tag: "link", attrs: { rel: "prefetch", href: `./${file}` }, injectTo: "head" }));
    },
  },
};

export default defineConfig({
  root: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  base: "./",
  plugins: [react(), fetchPage],
  worker: { format: "es" },
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://localhost:4680" } },
});
