/**
 * What the viewer costs on large graphs, in headless Chromium with WebGL in software, through the real server. JavaScript is counted in
 * processor time of the page's thread (CDP, thread ticks): other programs and the software GPU do not disturb it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright-core";
import { build } from "vite";
import type { GraphColumns, OntologyAnswer } from "../../src/model/api.ts";
import { loadGraph } from "../../web/src/graph/loaded.ts";
import { suggest } from "../../web/src/state/search.ts";
import { FULL_SCENE } from "../../web/src/state/state.ts";
import { extentOf, timelineOf } from "../../web/src/state/visible.ts";
import { binsOf } from "../../web/src/text/bins.ts";
import { launch } from "../web/viewer.ts";
import { fillLarge, type LargeGraph } from "./large-graph.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIZES: readonly LargeGraph[] = [
  { nodes: 1000, edges: 5000 },
  { nodes: 10_000, edges: 50_000 },
  { nodes: 50_000, edges: 250_000 },
  { nodes: 100_000, edges: 500_000 },
];
const STEPS = 20;

/** What the page shows of itself under `?test`; ids are strings there. */
interface Exposed {
  readonly store: { get(): unknown; update(change: (state: never) => unknown): void };
  readonly graph: { readonly order: number; readonly size: number };
  readonly sigma: { getCamera(): { getState(): { x: number; y: number; ratio: number }; setState(state: object): void } };
}

/** @param most only graphs up to so many nodes */
export async function benchViewer(most: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  const browser = await launch();
  try {
    console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}; JavaScript in processor time, the rest as the clock says`);
    row("first load of JavaScript, gzipped", "<= 250 kB", `${kilobytes(firstLoad())} kB`);
    for (const size of SIZES.filter(({ nodes }) => nodes <= most)) await measure(browser, folder, size);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function row(what: string, target: string, measured: string): void {
  console.log(`${what.padEnd(58)} ${target.padStart(12)} ${measured.padStart(26)}`);
}

async function measure(browser: Browser, folder: string, size: LargeGraph): Promise<void> {
  const name = `${size.nodes / 1000}k/${size.edges / 1000}k`;
  const database = join(folder, `${size.nodes}.db`);
  fillLarge(database, size);
  const server = await start(database);
  const tell = (what: string, target: string, measured: string) => row(`${name}  ${what}`, target, measured);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  try {
    const text = await (await fetch(`${server.url}/api/overview?nodes=5000`)).text();
    // The layout is made once for a graph; afterwards it is there.
    await fetch(`${server.url}/api/overview/layout?nodes=5000`);
    const overview = JSON.parse(text) as GraphColumns;
    const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
    tell("overview: pairs, of all among its entities", "<= 20k", `${pairsOf(overview)} of ${overview.total.pairs}`);
    tell("overview: brotli", "<= 2 MB", `${(packed / 1e6).toFixed(2)} MB`);

    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    // On a circle: forces would go on moving the picture while it is measured.
    await page.goto(`${server.url}/?test&layout=circle`, { timeout: 300_000 });
    await page.waitForSelector(".canvas.is-drawn", { state: "attached", timeout: 300_000 });
    tell("JavaScript to the first frame", size.nodes <= 1000 ? "<= 250 ms" : "<= 1 s", ms(await scriptTime(session)));
    await page.waitForSelector("html[data-layout=settled]", { state: "attached", timeout: 300_000 });
    await page.waitForTimeout(1000);
    const marks = await page.evaluate(() => ({
      graph: performance.getEntriesByName("graph")[0]?.duration ?? 0,
      placed: performance.getEntriesByName("placed")[0]?.startTime ?? 0,
      data: performance.getEntriesByName("data")[0]?.startTime ?? 0,
    }));
    tell("first frame after navigation", size.nodes <= 1000 ? "<= 1 s" : "", ms(marks.placed));
    tell("graph built", "<= 300 ms", ms(marks.graph));
    if (size.nodes === 10_000) {
      const bare = await bareSigma(browser, server.url, folder);
      tell("data to first frame, to a bare Sigma page", "<= 1.3", `${((marks.placed - marks.data) / bare).toFixed(2)} (bare ${ms(bare)})`);
    }
    const drawn = await exposed(page, (entente) => `${entente.graph.order} nodes, ${entente.graph.size} edges`);
    tell("drawn", "", drawn);
    tell("pan and zoom, JavaScript a frame", "<= 4 ms", ms(await perStep(page, session, "pan")));
    tell("time window, JavaScript a step", "<= 4 ms", ms(await perStep(page, session, "window")));
    const hubs = overview.nodes.toSorted((a, b) => b.degree - a.degree);
    const ordinary = overview.nodes.filter((_, at) => at % Math.ceil(overview.nodes.length / STEPS) === 5).map((node) => node.id);
    const hover = async (ids: readonly string[]) => {
      const times: number[] = [];
      for (const id of ids) times.push(await hovering(page, session, id));
      return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
    };
    tell("hover, p95 of ordinary nodes", "<= 16 ms", ms(await hover(ordinary)));
    tell(`hover, hub of ${hubs[0]?.degree} relations`, "<= 60 ms", ms(await hover([hubs[0]?.id ?? "", hubs[1]?.id ?? ""])));
    if (overview.total.nodes > overview.nodes.length)
      tell("expand: all, longest block", "<= 300, 100", await expanding(page, overview.nodes.at(-1)?.id ?? ""));

    const ontology = (await (await fetch(`${server.url}/api/ontology`)).json()) as OntologyAnswer;
    const graph = loadGraph(overview);
    const claims = timelineOf(graph, ontology, FULL_SCENE);
    const extent = extentOf(graph) ?? { from: "2010-01-01", to: "2024-12-31" };
    const many = repeated(claims, size.edges);
    tell(`histogram of ${many.start.length} claims`, "<= 16 ms", ms(spent(() => binsOf(many, ontology.families, extent))));
    const data = { ontology, graph, stats: {}, documents: [] } as never;
    tell("search suggestion", "<= 50 ms", ms(spent(() => suggest(data, "vorab"))));
    await page.context().close();
  } finally {
    server.process.kill();
    await once(server.process, "exit");
    rmSync(database);
  }
}

async function start(database: string): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const child = spawn(
    process.execPath,
    [join(ROOT, "dist/cli/main.js"), "serve", "--db", database, "--port", "0", "--request-ms", "120000"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /https?:\/\/\S+/u.exec(line)?.[0];
    if (url) return { url, process: child };
  }
  throw new Error("the server did not start");
}

/** Milliseconds of JavaScript of the page since it was opened, in processor time. */
async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0);
}

function exposed<T>(page: Page, ask: (entente: Exposed) => T): Promise<T> {
  return page.evaluate(`(${ask.toString()})(window.entente)`);
}

/** JavaScript of one step of panning or of moving the time window. */
async function perStep(page: Page, session: CDPSession, what: "pan" | "window"): Promise<number> {
  await page.waitForTimeout(500);
  const before = await scriptTime(session);
  await page.evaluate(
    async ([what, steps]) => {
      const { sigma, store } = window.entente as unknown as Exposed;
      const camera = sigma.getCamera();
      for (let step = 0; step < (steps as number); step++) {
        if (what === "pan") {
          const { x, y, ratio } = camera.getState();
          camera.setState({ x: x + 0.004, y, ratio: ratio * 0.995 });
        } else {
          const moving = { from: `20${10 + (step % 9)}-03-01`, to: `20${12 + (step % 9)}-05-01` };
          store.update((state) => ({ ...(state as object), moving }));
        }
        await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
      }
    },
    [what, STEPS] as const,
  );
  const after = await scriptTime(session);
  await page.evaluate(() => (window.entente as unknown as Exposed).store.update((state) => ({ ...(state as object), moving: undefined })));
  await page.waitForTimeout(500);
  return (after - before) / STEPS;
}

async function hovering(page: Page, session: CDPSession, id: string): Promise<number> {
  const set = (hover: object | undefined) =>
    page.evaluate(async (hover) => {
      (window.entente as unknown as Exposed).store.update((state) => ({ ...(state as object), hover: hover ?? undefined }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))));
    }, hover ?? null);
  const before = await scriptTime(session);
  await set({ type: "entity", id });
  const after = await scriptTime(session);
  await set(undefined);
  return after - before;
}

/** Milliseconds until an entity's neighbours are there, and the longest that the page's thread was busy meanwhile, by the clock. */
async function expanding(page: Page, id: string): Promise<string> {
  const { all, longest } = await page.evaluate(async (id) => {
    const { store, graph } = window.entente as unknown as Exposed;
    const before = graph.order;
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    observer.observe({ entryTypes: ["longtask"] });
    const begun = performance.now();
    store.update((state) => {
      const { scene, ...rest } = state as { scene: object };
      return { ...rest, scene: { ...scene, expanded: new Map([[id, 25]]) } };
    });
    while ((window.entente as unknown as Exposed).graph.order === before && performance.now() - begun < 20_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const all = performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, 500));
    observer.disconnect();
    return { all, longest };
  }, id);
  return `${all.toFixed(0)} ms, ${longest.toFixed(0)} ms`;
}

/** Milliseconds from data to first frame of a page that has Sigma and nothing else, of the whole graph. */
async function bareSigma(browser: Browser, url: string, folder: string): Promise<number> {
  const out = join(folder, "bare");
  await build({
    root: fileURLToPath(new URL("bare", import.meta.url)),
    base: "/bare/",
    logLevel: "error",
    build: { outDir: out, target: "es2022" },
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route("**/bare/**", (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^\/bare\//u, "") || "index.html";
    return route.fulfill({ path: join(out, path) });
  });
  await page.goto(`${url}/bare/`, { timeout: 300_000 });
  await page.waitForFunction(() => performance.getEntriesByName("data to first frame").length > 0, undefined, { timeout: 300_000 });
  const duration = await page.evaluate(() => performance.getEntriesByName("data to first frame")[0]?.duration ?? 0);
  await page.context().close();
  return duration;
}

function pairsOf({ edges, nodes }: GraphColumns): number {
  return new Set(
    edges.subject.map((subject, row) => {
      const object = edges.object[row] as number;
      return Math.min(subject, object) * nodes.length + Math.max(subject, object);
    }),
  ).size;
}

/** As many claims as asked for, by repeating those that are there. */
function repeated({ start, end, family }: ReturnType<typeof timelineOf>, count: number) {
  const at = (i: number) => i % Math.max(1, start.length);
  return {
    start: Int32Array.from({ length: count }, (_, i) => start[at(i)] as number),
    end: Int32Array.from({ length: count }, (_, i) => end[at(i)] as number),
    family: Uint8Array.from({ length: count }, (_, i) => family[at(i)] as number),
  };
}

/** Milliseconds of processor time, after one round to warm up. */
function spent(work: () => unknown): number {
  work();
  const before = process.cpuUsage();
  for (let round = 0; round < 5; round++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / 5;
}

/** Gzipped bytes of the scripts that the page names. */
function firstLoad(): number {
  const folder = join(ROOT, "web/dist");
  const page = readFileSync(join(folder, "index.html"), "utf8");
  return readdirSync(join(folder, "assets"))
    .filter((name) => name.endsWith(".js") && page.includes(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, "assets", name))).length, 0);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(0);
}
