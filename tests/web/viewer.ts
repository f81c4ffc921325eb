/** The viewer as a user meets it: a real database behind the real server, in a real browser. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { FORMATS } from "../../src/export/export.ts";
import { findFiles } from "../../src/ingest/files.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { openIntake } from "../../src/ingest/intake.ts";
import { queriesInThread } from "../../src/query/queries.ts";
import { openFeed } from "../../src/server/feed.ts";
import type { Access } from "../../src/server/access.ts";
import { createApp, type Listening, listen } from "../../src/server/app.ts";
import { openStore, openView } from "../../src/store/sqlite.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";
import { browserPath } from "./browser.ts";

/** Whoever reaches the server may send documents. */
const OPEN: Access = { tokenFor: "writes", openWrites: true, cors: [] };
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const VIEWER = join(ROOT, "web", "dist");

/** What the page shows of itself to tests, under `?test`. */
export interface Exposed {
  readonly store: {
    get(): {
      readonly hover: { readonly type: string; readonly id: string } | undefined;
      readonly selection: { readonly type: string; readonly id?: string };
    };
  };
  readonly graph: { readonly order: number; readonly size: number; nodes(): string[] };
  readonly sigma: { getCamera(): { ratio: number }; getCanvases(): Record<string, HTMLCanvasElement> };
  px(id: string, t?: number): { readonly x: number; readonly y: number } | undefined;
}

declare global {
  interface Window {
    readonly entente: Exposed;
  }
}

export interface Served {
  readonly url: string;
  readonly store: GraphStore;
  /** Ends the server as a crash would; `back` opens it again on the same port. */
  stop(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

/** Serves a store filled by `fill`, which may write to its file too, the built viewer with it. */
export async function serve(fill: (store: GraphStore, file: string) => Promise<void> | void): Promise<Served> {
  if (!existsSync(join(VIEWER, "index.html"))) throw new Error('The viewer is not built: run "npm run build:web" first.');
  const folder = makeFolder();
  const knowledge = loadKnowledge();
  const symmetric = [...knowledge.relations.values()].filter((relation) => relation.symmetric).map((relation) => relation.name);
  const store = openStore(join(folder, "graph.db"), { symmetric: new Set(symmetric) });
  await fill(store, join(folder, "graph.db"));
  const queries = queriesInThread(openView(join(folder, "graph.db")), { steps: 2_000_000, rows: 10_000, milliseconds: 20_000 });
  const intake = openIntake({ file: join(folder, "graph.db"), knowledge });
  const feed = openFeed(store);
  const app = createApp({ store, knowledge, formats: FORMATS, version: "test", viewer: VIEWER, queries, intake, feed, access: OPEN });
  let listening: Listening | undefined = await listen(app, { port: 0 });
  const { url } = listening;
  const port = Number(new URL(url).port);
  const stop = async () => {
    await listening?.close(0);
    listening = undefined;
  };
  return {
    url,
    store,
    stop,
    async back() {
      listening = await listen(app, { port });
    },
    async close() {
      feed.close();
      await stop();
      await intake.close();
      await queries.close();
      store.close();
      removeFolder(folder);
    },
  };
}

/** Fills a store with the sample documents. */
export async function seeds(store: GraphStore): Promise<void> {
  await ingest(findFiles([join(ROOT, "seeds")]).files, { store, knowledge: loadKnowledge(), workers: 0 });
}

/** Chromium with WebGL in software, the same picture on every machine. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page of the viewer whose graph is drawn and at rest. Whatever the page complains of is kept in `complaints`. */
export async function open(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Page & { readonly complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // Reading pixels back stalls a software GPU, which Chromium finds worth a warning.
    if (["error", "warning"].includes(message.type()) && !/GPU stall|GL Driver/u.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  return Object.assign(page, { complaints });
}

/** Waits until the page is there around the drawing, and the layout has come to rest. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector("#first", { state: "detached", timeout: 60_000 });
  await page.waitForSelector("html[data-layout=settled]", { state: "attached", timeout: 60_000 });
  await page.waitForTimeout(300);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 AA and best practice, one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
    );
  });
}
