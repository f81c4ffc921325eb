/** `entente serve`: the viewer and the API on a port, documents read in first where asked for. */
import { fileURLToPath } from "node:url";
import { FORMATS } from "../export/export.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import { openQueries } from "../query/queries.ts";
import { openIntake } from "../ingest/intake.ts";
import { type Access, hostNames } from "../server/access.ts";
import { createApp, listen } from "../server/app.ts";
import { openFeed } from "../server/feed.ts";
import { DEFAULT_READERS, openReaders } from "../server/readers.ts";
import { ontologyOf } from "../server/routes.ts";
import { describe, openDatabase } from "./database.ts";
import { inWords, readInto } from "./ingest.ts";
import { EXIT, type ExitCode, note, print } from "./terminal.ts";

export interface ServeCommand {
  readonly db: string;
  readonly port: number;
  readonly host: string;
  readonly ingest?: readonly string[];
  readonly workers?: number;
  readonly knowledge: readonly string[];
  /** Budget of one openCypher query. */
  readonly queryMs: number;
  readonly queryRows: number;
  readonly querySteps: number;
  /** Of all of them together: they share a thread and its copy of the graph. */
  readonly queryMb: number;
  /** Budget of other requests: time and memory of one, processes that find answers. */
  readonly requestMs: number;
  readonly requestMb: number;
  readonly readers: number;
  /** Requests a minute that one client may make; 0 for any number. By default there is a limit where others can reach the server. */
  readonly rate?: number;
  readonly token?: string;
  readonly tokenFor: Access["tokenFor"];
  readonly cors: readonly string[];
}

const REQUESTS_PER_MINUTE = 1200;

/**
 * Serves until it is told to stop (Ctrl-C, SIGTERM). The port is taken first, so that one in use is known at once.
 * @throws {KnownError} port-in-use, and what opening the database throws
 */
export async function serve(command: ServeCommand, version: string): Promise<ExitCode> {
  const started = performance.now();
  const knowledge = loadKnowledge(command.knowledge);
  const store = openDatabase(command.db, knowledge);
  const budget = {
    milliseconds: command.queryMs,
    rows: command.queryRows,
    steps: command.querySteps,
    megabytes: command.queryMb,
  };
  const queries = openQueries(command.db, budget);
  const hosts = hostNames(command.host);
  const rate = command.rate ?? (hosts === "any" ? REQUESTS_PER_MINUTE : 0);
  const access: Access = {
    ...(command.token !== undefined && { token: command.token }),
    tokenFor: command.tokenFor,
    openWrites: hosts !== "any",
    cors: command.cors,
  };
  const intake = openIntake({ file: command.db, knowledge, knowledgeFolders: command.knowledge });
  const feed = openFeed(store);
  const setup = { file: command.db, ontology: ontologyOf(knowledge), version };
  const readers = openReaders(setup, store, {
    ...DEFAULT_READERS,
    processes: command.readers,
    milliseconds: command.requestMs,
    megabytes: command.requestMb,
  });
  const app = createApp({
    store,
    knowledge,
    formats: FORMATS,
    version,
    viewer: fileURLToPath(new URL("../../web/dist", import.meta.url)),
    hosts,
    queries,
    readers,
    intake,
    feed,
    access,
    ...(rate > 0 && { requestsPerMinute: rate }),
    report: (error, where) =>
      note(`entente: internal error at ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
  try {
    const listening = await listen(app, command);
    try {
      if (command.ingest !== undefined) {
        const outcome = await readInto(store, command.ingest, { ...command, bound: knowledge });
        await print(`${inWords(outcome, (performance.now() - started) / 1000)}\n${describe(store.stats())}`);
        if (outcome.interrupted) return EXIT.interrupted;
      }
      if (access.openWrites || access.token !== undefined) intake.prepare();
      if (hosts === "any" && (command.token === undefined || command.tokenFor === "writes"))
        note(`Whoever can reach ${command.host} can read this graph.`);
      await print(`Viewer and API: ${listening.url}  (Ctrl-C ends)\n`);
      await toldToStop();
    } finally {
      feed.close();
      await listening.close();
    }
  } finally {
    await readers.close();
    await intake.close();
    await queries.close();
    store.close();
  }
  return EXIT.ok;
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
}
