/** Speed and memory of the server over a large made-up graph, by HTTP: each kind of question alone, then all mixed while documents come in. */
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { madeDatabase } from "./fill.ts";
import { drawRank, type GraphSize, madeEntity, randomNumbers, word } from "./graph.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const CONNECTIONS = 16;
const MEGABYTE = 2 ** 20;

interface Question {
  readonly path: string;
  /** Sent by POST. */
  readonly body?: string;
}

interface Kind {
  readonly name: string;
  /** Milliseconds that the 99th of a hundred answers may take. */
  readonly target?: number;
  /** In how many of the mixed requests. */
  readonly share: number;
  readonly ask: (draw: () => number) => Question;
}

const id = (rank: number): string => madeEntity(rank).id;
const cypher = (statement: string, parameters: object): Question => ({
  path: "/db/entente/query/v2",
  body: JSON.stringify({ statement, parameters }),
});

const EMPTY: Question = { path: "/api/health" };
const KINDS: readonly Kind[] = [
  {
    name: "entity by id",
    target: 1,
    share: 0.15,
    ask: (draw) => ({ path: `/api/entities/${encodeURIComponent(id(draw()))}?edges=0&documents=0` }),
  },
  // Up to 50 edges of every relation: for the best connected that is 100 kB.
  { name: "  with surroundings", share: 0.05, ask: (draw) => ({ path: `/api/entities/${encodeURIComponent(id(draw()))}` }) },
  { name: "  by openCypher", target: 1, share: 0.2, ask: (draw) => cypher("MATCH (a {id: $a}) RETURN a", { a: id(draw()) }) },
  { name: "neighbours", target: 3, share: 0.25, ask: (draw) => ({ path: `/api/entities/${encodeURIComponent(id(draw()))}/neighbors` }) },
  {
    name: "two typed hops",
    target: 5,
    share: 0.15,
    ask: (draw) => cypher("MATCH (a {id: $a})-[:SIGNED]->(b)-[:ACCUSED]->(c) RETURN b.name, c.name LIMIT 50", { a: id(draw()) }),
  },
  {
    name: "shortest path <= 6",
    target: 20,
    share: 0.1,
    ask: (draw) =>
      cypher("MATCH p = shortestPath((a {id: $a})-[:SIGNED|ACCUSED|MET_WITH*..6]-(b {id: $b})) RETURN length(p)", {
        a: id(draw()),
        b: id(draw()),
      }),
  },
  {
    name: "sentence search",
    target: 15,
    share: 0.1,
    ask: (draw) => ({ path: `/api/search?q=${word(draw() % 5000).toLowerCase()}+${word(draw() % 5000).toLowerCase()}` }),
  },
];

export interface Effort {
  /** Requests of each kind, after a tenth as many that are not counted. */
  readonly repeats: number;
  /** Of the mixed requests. */
  readonly seconds: number;
}

export async function benchHttp(size: GraphSize, effort: Effort): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  let server: ChildProcess | undefined;
  try {
    const file = join(folder, "made.db");
    copyFileSync(madeDatabase(size), file, constants.COPYFILE_FICLONE);
    const begun = performance.now();
    const started = await serve(file);
    server = started.process;
    console.log(
      `${size.entities} entities, ${size.claims} claims; the server is there after ${secondsSince(begun)} s, ${memory(server)} MB`,
    );
    const client = new Client(started.url);
    const first = performance.now();
    await client.ask(cypher("RETURN 1", {}));
    console.log(`openCypher answers after ${secondsSince(first)} s, ${memory(server)} MB\n`);

    const random = randomNumbers(5);
    const draw = (): number => drawRank(random, size.entities);
    // `busy`: milliseconds of the server's main process an answer.
    const measure = async (make: () => Question): Promise<{ p50: number; p99: number; busy: number }> => {
      const before = cpu(server!);
      const taken = await times(client, effort.repeats, make);
      return { ...quantiles(taken), busy: ((cpu(server!) - before) * 1000) / (1.1 * effort.repeats) };
    };
    const empty = await measure(() => EMPTY);
    console.log(row(["question", "target p99", "p50 ms", "p99 ms", "cpu ms", "over"]));
    console.log(row(["(empty route)", "", fixed(empty.p50), fixed(empty.p99), fixed(empty.busy), ""]));
    for (const { name, target, ask } of KINDS) {
      const { p50, p99, busy } = await measure(() => ask(draw));
      const [median, late] = [Math.max(0, p50 - empty.p50), Math.max(0, p99 - empty.p50)];
      const bar = target === undefined ? ["", ""] : [`< ${target}`, late < target ? "" : "over"];
      console.log(row([name, bar[0]!, fixed(median), fixed(late), fixed(busy), bar[1]!]));
    }
    console.log("(times less the empty route's median; cpu: of the server's main process, an answer)");
    console.log(
      `load of the machine ${loadavg()
        .map((load) => load.toFixed(1))
        .join(" ")}, ${availableParallelism()} processors\n`,
    );
    await mixed(client, server, effort.seconds, draw, random);
    console.log(`${memory(server)} MB in the end`);
  } finally {
    server?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function times(client: Client, repeats: number, make: () => Question): Promise<number[]> {
  for (let repeat = 0; repeat < repeats / 10; repeat++) await client.ask(make());
  const taken: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) taken.push(await client.ask(make()));
  return taken;
}

/** All kinds at once over several connections, and a new document every second. */
async function mixed(client: Client, server: ChildProcess, seconds: number, draw: () => number, random: () => number): Promise<void> {
  const taken: number[] = [];
  let documents = 0;
  const ingesting: Promise<number>[] = [];
  const tell = (): void => {
    const text = `ANKARA, Jan 14 - Foreign Minister Number ${word(documents)} of Turkey met the president of Azerbaijan in Baku on January ${1 + (documents % 28)}, 2021.`;
    ingesting.push(
      client.ask({ path: "/api/documents", body: JSON.stringify({ text, title: `Told ${documents++}`, date: "2021-01-30" }) }),
    );
  };
  const usage = cpu(server);
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const timer = setInterval(tell, 1000);
  const connection = async (): Promise<void> => {
    while (performance.now() < end) {
      let left = random();
      const kind = KINDS.find(({ share }) => (left -= share) < 0) ?? KINDS[0]!;
      taken.push(await client.ask(kind.ask(draw)));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  clearInterval(timer);
  const elapsed = (performance.now() - begun) / 1000;
  const ingested = quantiles(await Promise.all(ingesting));
  const { p50, p99 } = quantiles(taken);
  const rate = taken.length / elapsed;
  console.log(row(["mixed reads", "target", "measured", "", ""]));
  console.log(row(["requests a second", ">= 1500", fixed(rate, 0), "", rate >= 1500 ? "" : "under"]));
  console.log(row(["p99 ms", "< 100", fixed(p99), `p50 ${fixed(p50)}`, p99 < 100 ? "" : "over"]));
  console.log(
    `${documents} documents meanwhile, each in p50 ${fixed(ingested.p50)} ms, p99 ${fixed(ingested.p99)} ms; ` +
      `${client.failures} answers were no 2xx; the server's main process took ${fixed((cpu(server) - usage) / elapsed, 2)} processors`,
  );
}

/** Asks over connections that stay open. */
class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS + 2 });
  readonly #url: URL;
  failures = 0;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Milliseconds until the answer was read to its end. */
  ask({ path, body }: Question): Promise<number> {
    const { hostname, port } = this.#url;
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const headers = { accept: "application/json", ...(body !== undefined && { "content-type": "application/json" }) };
      const asked = request(
        { hostname, port, path, agent: this.#agent, method: body === undefined ? "GET" : "POST", headers },
        (response) => {
          if (response.statusCode === undefined || response.statusCode >= 300) this.failures++;
          response.resume().once("end", () => resolve(performance.now() - begun));
        },
      );
      asked.once("error", reject).end(body);
    });
  }
}

function serve(file: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, "serve", "--db", file, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (piece: Buffer) => {
      said += piece.toString();
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined) resolve({ process: child, url });
    });
    child.once("exit", (code) => reject(new Error(`The server ended (${code}): ${said}`)));
  });
}

function quantiles(taken: readonly number[]): { p50: number; p99: number } {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Resident megabytes of the server's main process: Linux alone tells. */
function memory({ pid }: ChildProcess): string {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return ((pages * 4096) / MEGABYTE).toFixed(0);
}

/** Seconds of processor time that the server's main process has taken. */
function cpu({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function secondsSince(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function fixed(value: number, digits = 2): string {
  return value.toFixed(digits);
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : cell.padStart(11))).join(" ");
}
