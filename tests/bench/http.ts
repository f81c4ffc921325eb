/** Speed and memory of the server over a large made-up graph, by HTTP: each kind of question alone, then all mixed while documents come in. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
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

function toldDocument(number: number): Question {
  const day = 1 + (number % 28);
  const text = `ANKARA, Jan 14 - Foreign Minister Number ${word(number)} of Turkey met the president of Azerbaijan in Baku on January ${day}, 2021.`;
  return { path: "/api/documents", body: JSON.stringify({ text, title: `Told ${number}`, date: "2021-01-30" }) };
}

export interface Effort {
  /** Requests of each kind, after as many that are not counted: a server that has been up for a while is meant, its code compiled. */
  readonly repeats: number;
  /** Of the mixed requests. */
  readonly seconds: number;
}

export async function benchHttp(size: GraphSize, effort: Effort): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  let [server, least]: (ChildProcess | undefined)[] = [];
  try {
    const file = join(folder, "made.db");
    copyFileSync(madeDatabase(size), file, constants.COPYFILE_FICLONE);
    const begun = performance.now();
    const started = await serve(MAIN, "serve", "--db", file, "--port", "0");
    server = started.process;
    console.log(
      `${size.entities} entities, ${size.claims} claims; the server is there after ${secondsSince(begun)} s, ${memory(server)} MB`,
    );
    const client = new Client(started.url);
    const first = performance.now();
    await client.ask(cypher("RETURN 1", {}));
    console.log(`openCypher answers after ${secondsSince(first)} s, ${memory(server)} MB`);
    await client.ask(toldDocument(0));
    console.log(`the first document is taken after ${secondsSince(begun)} s\n`);

    const random = randomNumbers(5);
    const draw = (): number => drawRank(random, size.entities);
    console.log(row(["question", "target p99", "p50 ms", "p99 ms", "strict p99", "cpu ms", "over"]));
    const bareServer = await serve("-e", BARE);
    least = bareServer.process;
    const byLeast = new Client(bareServer.url);
    const bare = await alternating(byLeast, least, effort.repeats, () => EMPTY);
    console.log(row(["(Node's bare server)", "", fixed(bare.of.p50), fixed(bare.of.p99), "", fixed(bare.cpu), ""]));
    const empty = await alternating(client, started.process, effort.repeats, () => EMPTY);
    console.log(row(["(empty route)", "", fixed(empty.of.p50), fixed(empty.of.p99), "", fixed(empty.cpu), ""]));
    for (const { name, target, ask } of KINDS) {
      const { of, beside, cpu: both } = await alternating(client, started.process, effort.repeats, () => ask(draw));
      const late = Math.max(0, of.p99 - beside.p99);
      const bar = target === undefined ? ["", ""] : [`< ${target}`, late < target ? "" : "over"];
      const figures = [of.p50 - beside.p50, late, of.p99 - beside.p50, 2 * both - empty.cpu].map((value) => fixed(Math.max(0, value)));
      console.log(row([name, bar[0]!, ...figures, bar[1]!]));
    }
    console.log(
      `(Each question by turns with the empty route, so that both meet the machine in the same moments: p50 less its p50, p99 less its p99;
strict: p99 less its p50. The first two rows are times as they are. cpu: of the server's main process, an answer.)`,
    );
    console.log(
      `load of the machine ${loadavg()
        .map((load) => load.toFixed(1))
        .join(" ")}, ${availableParallelism()} processors\n`,
    );
    const ceiling = await most(byLeast, 2000);
    least.kill("SIGKILL");
    await mixed(client, server, effort.seconds, draw, random);
    console.log(`(Node's bare server and the same client: ${fixed(ceiling, 0)} requests a second)`);
    console.log(`${memory(server)} MB in the end`);
  } finally {
    server?.kill("SIGKILL");
    least?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Asks a question and the empty route by turns, over one connection, after as many that are not counted.
 * @returns milliseconds of both, and of processor time that the process took for an answer, whichever of the two
 */
async function alternating(client: Client, process: ChildProcess, repeats: number, make: () => Question) {
  const [of, beside]: [number[], number[]] = [[], []];
  let before = cpu(process);
  for (let repeat = -repeats; repeat < repeats; repeat++) {
    if (repeat === 0) [of.length, beside.length, before] = [0, 0, cpu(process)];
    beside.push(await client.ask(EMPTY));
    of.push(await client.ask(make()));
  }
  return { of: quantiles(of), beside: quantiles(beside), cpu: ((cpu(process) - before) * 1000) / (2 * repeats) };
}

/** Requests a second over all connections that the client and Node's bare server get done together: no server can do more here. */
async function most(client: Client, milliseconds: number): Promise<number> {
  let answers = 0;
  const end = performance.now() + milliseconds;
  const connection = async (): Promise<void> => {
    for (; performance.now() < end; answers++) await client.ask(EMPTY);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return (answers * 1000) / milliseconds;
}

/** All kinds at once over several connections, and a new document every second. */
async function mixed(client: Client, server: ChildProcess, seconds: number, draw: () => number, random: () => number): Promise<void> {
  const taken: number[] = [];
  let documents = 0;
  const ingesting: Promise<number>[] = [];
  const tell = (): void => void ingesting.push(client.ask(toldDocument(++documents)));
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

/**
 * Asks over connections that stay open. Written to take little itself, for it runs on the processors that it measures: a request is
 * written as it stands, and of an answer the status and the end are looked for.
 */
class Client {
  readonly #host: string;
  readonly #port: number;
  readonly #free: Socket[] = [];
  failures = 0;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Milliseconds until the answer was read to its end. */
  async ask({ path, body }: Question): Promise<number> {
    const begun = performance.now();
    const socket = this.#free.pop() ?? (await this.#connect());
    const head = `Host: localhost\r\nAccept: application/json\r\n`;
    const answered = this.#answer(socket);
    if (body === undefined) socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
    else {
      const length = Buffer.byteLength(body);
      socket.write(`POST ${path} HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`);
    }
    const status = await answered;
    const taken = performance.now() - begun;
    if (status >= 300) this.failures++;
    this.#free.push(socket);
    return taken;
  }

  async #connect(): Promise<Socket> {
    const socket = connect(this.#port, this.#host);
    socket.setNoDelay(true);
    // One that nothing is asked over for long is closed by the server.
    socket.once("close", () => {
      const at = this.#free.indexOf(socket);
      if (at >= 0) this.#free.splice(at, 1);
    });
    await once(socket, "connect");
    return socket;
  }

  /** The status of the answer, once all of it is there. */
  #answer(socket: Socket): Promise<number> {
    return new Promise((resolve, reject) => {
      let head = "";
      let left = Number.POSITIVE_INFINITY;
      const settle = (how: () => void): void => {
        socket.off("data", take).off("close", lost);
        how();
      };
      const lost = (): void => settle(() => reject(new Error("The server closed the connection.")));
      const take = (piece: Buffer): void => {
        if (left === Number.POSITIVE_INFINITY) {
          head += piece.toString("latin1");
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) return;
          const length = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, end + 2))?.[1];
          if (length === undefined) return settle(() => reject(new Error(`An answer without a length: ${head.slice(0, end)}`)));
          left = Number(length) - (head.length - end - 4);
        } else left -= piece.length;
        if (left <= 0) settle(() => resolve(Number(head.slice(9, 12))));
      };
      socket.on("data", take).once("close", lost);
    });
  }
}

/** The least that an answer can take: a server of Node's that says the same thing to everybody. */
const BARE = `require("node:http").createServer((request, response) => response.end("{}"))
  .listen(0, "127.0.0.1", function () { console.log("http://localhost:" + this.address().port); });`;

function serve(...command: readonly string[]): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
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
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(21) : cell.padStart(11))).join(" ");
}
