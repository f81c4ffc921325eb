/** `entente ingest`: documents and folders into the database. */
import { findFiles } from "../ingest/files.ts";
import { type IngestSummary, ingest } from "../ingest/ingest.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { KnownError } from "../model/errors.ts";
import type { GraphStore } from "../store/store.ts";
import { describe, openDatabase } from "./database.ts";
import { EXIT, type ExitCode, notePassedOver, print, progress, report } from "./terminal.ts";

export interface IngestCommand {
  readonly db: string;
  readonly knowledge: readonly string[];
  readonly workers?: number;
  readonly json?: boolean;
}

export async function ingestPaths(paths: readonly string[], command: IngestCommand): Promise<ExitCode> {
  const knowledge = loadKnowledge(command.knowledge);
  const store = openDatabase(command.db, knowledge);
  const started = performance.now();
  try {
    const outcome = await readInto(store, paths, { ...command, bound: knowledge });
    const seconds = (performance.now() - started) / 1000;
    if (command.json) {
      const { failures, ...summary } = outcome;
      const failed = failures.map(({ code, message }) => ({ code, message }));
      await print(`${JSON.stringify({ ...summary, failed, seconds: Math.round(seconds * 1000) / 1000, graph: store.stats() })}\n`);
    } else {
      await print(`${inWords(outcome, seconds)}\n${describe(store.stats())}`);
    }
    return outcome.interrupted ? EXIT.interrupted : outcome.failures.length > 0 ? EXIT.someFailed : EXIT.ok;
  } finally {
    store.close();
  }
}

export interface Outcome extends Omit<IngestSummary, "failed"> {
  readonly failures: readonly KnownError[];
  readonly interrupted: boolean;
}

interface Reading {
  readonly bound: Knowledge;
  /** The folders that it was loaded with. */
  readonly knowledge: readonly string[];
  readonly workers?: number;
}

/** Reads paths into an open store, with progress and one line per failure on standard error. Ctrl-C ends it after the document at hand. */
export async function readInto(store: GraphStore, paths: readonly string[], reading: Reading): Promise<Outcome> {
  const { files, passedOver, errors } = findFiles(paths);
  for (const error of errors) report(error);
  const failures: KnownError[] = [...errors];
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const bar = progress("Reading", files.length);
  let done = 0;
  try {
    const { failed: _, ...summary } = await ingest(files, {
      store,
      knowledge: reading.bound,
      knowledgeFolders: reading.knowledge,
      ...(reading.workers !== undefined && { workers: reading.workers }),
      signal: stop.signal,
      onEvent(event) {
        bar.update(++done);
        if (event.kind === "failed") failures.push(event.error);
      },
    });
    return { ...summary, failures, interrupted: stop.signal.aborted };
  } finally {
    bar.stop();
    for (const error of failures.slice(errors.length)) report(error);
    notePassedOver(passedOver);
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** "12 documents read, 3 unchanged, 1 failed, 2.1 s." */
export function inWords({ committed, unchanged, failures, interrupted }: Outcome, seconds: number): string {
  const parts = [`${committed} ${committed === 1 ? "document" : "documents"} read`];
  if (unchanged > 0) parts.push(`${unchanged} unchanged`);
  if (failures.length > 0) parts.push(`${failures.length} failed`);
  return `${parts.join(", ")}, ${seconds.toFixed(1)} s${interrupted ? " (interrupted)" : ""}.`;
}
