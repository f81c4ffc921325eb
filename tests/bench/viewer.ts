/**
 * What the viewer costs on large graphs, in headless Chromium with WebGL in software, through the real server. JavaScript is counted in
 * processor time of the page's thread: other programs disturb it little (see `meter.ts`). Nothing is painted: a graphics card in software
 * would take seconds over each picture, and the page's JavaScript is the same without.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import type { GraphColumns, OntologyAnswer } from "../../src/model/api.ts";
import { loadGraph } from "../../web/src/graph/loaded.ts";
import { suggest } from "../../web/src/state/search.ts";
import { FULL_SCENE } from "../../web/src/state/state.ts";
import { extentOf, timelineOf } from "../../web/src/state/visible.ts";
import { binsOf } from "../../web/src/text/bins.ts";
import { launch } from "../web/viewer.ts";
import { fillLarge, type LargeGraph } from "./large-graph.ts";
import { metered } from "./meter.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIZES: readonly LargeGraph[] = [
  { nodes: 1000, edges: 5000 },
  { nodes: 10_000, edges: 50_000 },
  { nodes: 50_000, edges: 250_000 },
  { nodes: 100_000, edges: 500_000 },
];
/** Calls that paint do nothing. Functions written inside of others are given their names by a function that is not there. */
const UNPAINTED = `
globalThis.__name = (made) => made;
for (const context of [WebGLRenderingContext, WebGL2RenderingContext])
  for (const paint of ["drawArrays", "drawArraysInstanced", "drawElements"]) context.prototype[paint] = () => {};
`;
const STEPS = 20;
const POINTED_AT = 8;

/** What the page shows of itself under `?test`; ids are strings there. */
interface Exposed {
  readonly store: { get(): unknown; update(change: (state: never) => unknown): void };
  readonly graph: { readonly order: number; readonly size: number };
  readonly sigma: {
    getCamera(): { getState(): { x: number; y: number; ratio: number }; setState(state: object): void };
    on(event: "afterRender", listener: () => void): void;
    off(event: "afterRender", listener: () => void): void;
  };
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
    await page.addInitScript(UNPAINTED);
    const first = await metered(browser, page, async () => {
      // On a circle: forces would go on moving the picture while it is measured.
      await page.goto(`${server.url}/?test&layout=circle`, { timeout: 300_000 });
      await drawnIn(page);
      // What comes after the first picture is there too before anything else is measured.
      await page.waitForTimeout(4000);
    });
    tell("JavaScript to the first frame", size.nodes <= 1000 ? "<= 250 ms" : "<= 1 s", ms(first.script(undefined, "drawn")));
    tell("first frame after data, by the clock", "", ms(first.clock("data", "drawn")));
    tell("graph built", "<= 300 ms", ms(first.busy("graph", "graph built")));
    if (size.nodes === 10_000) {
      const bare = await bareSigma(browser, server.url, folder);
      const own = first.busy("data", "drawn");
      tell("data to first frame, to a bare Sigma page", "<= 1.3", `${(own / bare).toFixed(2)} (${ms(own)}, bare ${ms(bare)})`);
    }
    const drawn = await exposed(page, (entente) => `${entente.graph.order} nodes, ${entente.graph.size} edges`);
    tell("drawn", "", drawn);
    tell("pan and zoom, JavaScript a frame", "<= 4 ms", ms(await perStep(browser, page, "pan")));
    tell("time window, JavaScript a step", "<= 4 ms", ms(await perStep(browser, page, "window")));
    const hubs = overview.nodes.toSorted((a, b) => b.degree - a.degree);
    const ordinary = overview.nodes.filter((_, at) => at % Math.ceil(overview.nodes.length / POINTED_AT) === 5);
    for (const [who, bar, nodes] of [
      ["p95 of ordinary nodes", "<= 16 ms", ordinary],
      [`hubs of ${hubs[0]?.degree} relations and less`, "<= 60 ms", hubs.slice(0, 3)],
    ] as const) {
      const costs = await pointing(
        browser,
        page,
        nodes.map(({ id }) => id),
      );
      tell(`hover, ${who}`, bar, ms(costs.hover));
      tell(`select, ${who}, the drawing`, bar, ms(costs.select));
      tell("  labels at rest after either, and longest task", "", `${ms(costs.rest)}, ${ms(costs.longestAtRest)}`);
      tell("  the panel that follows, and longest task", "", `${ms(costs.panel)}, ${ms(costs.longest)}`);
    }
    if (overview.total.nodes > overview.nodes.length) {
      // Of those that the overview holds last, most have neighbours that it does not hold.
      const least = overview.nodes.slice(-EXPANDED).map(({ id }) => id);
      const { clock, cost } = await expanding(browser, page, least);
      tell("expand by the clock: median, slowest", "<= 300 ms", clock);
      tell("  its processor time; longest task", "<= 100 ms", cost);
    }

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

async function drawnIn(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName("entente drawn").length > 0, undefined, { timeout: 300_000 });
}

function exposed<T>(page: Page, ask: (entente: Exposed) => T): Promise<T> {
  return page.evaluate(`(${ask.toString()})(window.entente)`);
}

/** JavaScript of one step of panning or of moving the time window. */
async function perStep(browser: Browser, page: Page, what: "pan" | "window"): Promise<number> {
  const steps = await metered(browser, page, () =>
    page.evaluate(
      async ([what, steps]) => {
        const { sigma, store } = window.entente as unknown as Exposed;
        const camera = sigma.getCamera();
        performance.mark(`entente ${what}`);
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
        performance.mark(`entente ${what} done`);
        store.update((state) => ({ ...(state as object), moving: undefined }));
      },
      [what, STEPS] as const,
    ),
  );
  await page.waitForTimeout(500);
  return steps.script(what, `${what} done`) / STEPS;
}

interface Pointing {
  /** From the pointer's coming or going, or the choice, until the frame that shows it is made. */
  readonly hover: number;
  readonly select: number;
  /** After hovering: labels find new places once the pointer rests. */
  readonly rest: number;
  readonly longestAtRest: number;
  /** After choosing, in the page's own time: the panel, and labels. */
  readonly panel: number;
  readonly longest: number;
}

/** JavaScript of pointing at nodes and of choosing them, in the slowest twentieth of the cases. */
async function pointing(browser: Browser, page: Page, ids: readonly string[]): Promise<Pointing> {
  const run = await metered(browser, page, () =>
    page.evaluate(async (ids) => {
      const { store } = window.entente as unknown as Exposed;
      const set = async (what: string, change: object) => {
        performance.mark(`entente ${what}`);
        store.update((state) => ({ ...(state as object), ...change }));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        performance.mark(`entente ${what} shown`);
        await new Promise((resolve) => setTimeout(resolve, 600));
        performance.mark(`entente ${what} rested`);
      };
      for (const id of ids) {
        await set(`hover ${id}`, { hover: { type: "entity", id } });
        await set(`leave ${id}`, { hover: undefined });
        await set(`select ${id}`, { selection: { type: "entity", id } });
        await set(`let go ${id}`, { selection: { type: "none" } });
      }
    }, ids),
  );
  const slowest = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  const each = (ways: readonly string[], time: (step: string) => number) =>
    slowest(ids.flatMap((id) => ways.map((way) => time(`${way} ${id}`))));
  const shown = (step: string) => run.script(step, `${step} shown`);
  const rested = (step: string) => run.script(`${step} shown`, `${step} rested`);
  const longest = (step: string) => run.longest(`${step} shown`, `${step} rested`);
  const [pointed, chosen] = [
    ["hover", "leave"],
    ["select", "let go"],
  ] as const;
  return {
    hover: each(pointed, shown),
    select: each(chosen, shown),
    rest: each(pointed, rested),
    longestAtRest: each(pointed, longest),
    panel: each(chosen, rested),
    longest: each(chosen, longest),
  };
}

/** As many entities are expanded, one after the other. */
const EXPANDED = 6;

/**
 * From the wish until the frame that shows an entity's neighbours is made, by the clock and in processor time, and the longest task of
 * the page's thread until it rests: the median and the slowest, mostly the first, whose functions have not run before. An entity that
 * brings in nobody new does not count.
 */
async function expanding(browser: Browser, page: Page, ids: readonly string[]): Promise<{ readonly clock: string; readonly cost: string }> {
  let grown: readonly string[] = [];
  const run = await metered(browser, page, async () => {
    grown = await page.evaluate(async (ids) => {
      const { store, sigma } = window.entente as unknown as Exposed;
      const grown: string[] = [];
      for (const id of ids) {
        const before = window.entente.graph.order;
        const look = () => {
          if (window.entente.graph.order === before || grown.includes(id)) return;
          performance.mark(`entente expanded ${id}`);
          grown.push(id);
        };
        sigma.on("afterRender", look);
        performance.mark(`entente expand ${id}`);
        store.update((state) => {
          const { scene, ...rest } = state as { scene: { expanded: ReadonlyMap<string, number> } };
          return { ...rest, scene: { ...scene, expanded: new Map([...scene.expanded, [id, 25]]) } };
        });
        await new Promise((resolve) => setTimeout(resolve, 2000));
        sigma.off("afterRender", look);
        performance.mark(`entente rested ${id}`);
      }
      return grown;
    }, ids);
  });
  const told = (time: (id: string) => number) => {
    const sorted = grown.map(time).toSorted((a, b) => a - b);
    return `${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)}, ${sorted.at(-1)?.toFixed(0)} ms`;
  };
  return {
    clock: told((id) => run.clock(`expand ${id}`, `expanded ${id}`)),
    cost: `${told((id) => run.busy(`expand ${id}`, `expanded ${id}`))}; ${Math.max(...grown.map((id) => run.longest(`expand ${id}`, `rested ${id}`))).toFixed(0)} ms`,
  };
}

/** Milliseconds of the page's thread from data to first frame, of a page that has Sigma and nothing else, of the whole graph. */
async function bareSigma(browser: Browser, url: string, folder: string): Promise<number> {
  const out = join(folder, "bare");
  await build({
    root: fileURLToPath(new URL("bare", import.meta.url)),
    base: "/bare/",
    logLevel: "error",
    build: { outDir: out, target: "es2022" },
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(UNPAINTED);
  await page.route("**/bare/**", (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^\/bare\//u, "") || "index.html";
    return route.fulfill({ path: join(out, path) });
  });
  const run = await metered(browser, page, async () => {
    await page.goto(`${url}/bare/`, { timeout: 300_000 });
    await drawnIn(page);
  });
  await page.context().close();
  return run.busy("data", "drawn");
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

/** Gzipped bytes of the scripts that the page names: those of the drawing, and those of the page around it, which run after the first picture. */
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
