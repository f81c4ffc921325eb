/** Many documents into the store: unchanged ones passed by, the others drawn side by side and committed in order, one transaction each. */
import { availableParallelism } from "node:os";
import { resolve as absolute } from "node:path";
import type { Knowledge } from "../knowledge/types.ts";
import { KnownError } from "../model/errors.ts";
import type { DocumentGraph } from "../model/graph.ts";
import type { DocumentId, SourceDocument } from "../model/text.ts";
import { loadReader, type TokenReader } from "../nlp/reader.ts";
import { read } from "../read/read.ts";
import { makeResolver, type Resolver } from "../resolve/resolver.ts";
import type { GraphStore } from "../store/store.ts";
import { loadFile } from "./files.ts";
import { CAN_USE_WORKERS, createPool, type Pool } from "./pool.ts";
import { draw, unprocessed } from "./process.ts";

export type IngestEvent =
  | { readonly kind: "committed"; readonly file: string; readonly source: SourceDocument; readonly graph: DocumentGraph }
  /** The store holds it already, drawn with the same knowledge. */
  | { readonly kind: "unchanged"; readonly file: string; readonly id: DocumentId }
  | { readonly kind: "failed"; readonly file: string; readonly error: KnownError };

export interface IngestOptions {
  readonly store: GraphStore;
  readonly knowledge: Knowledge;
  /** The folders that `knowledge` was loaded with: workers load theirs from the same. */
  readonly knowledgeFolders?: readonly string[];
  /** Threads that draw; 0 draws in this one. By default as many as there are processors, for twenty documents and more. */
  readonly workers?: number;
  /** Told of every file, in order. */
  readonly onEvent?: (event: IngestEvent) => void;
  /** Ends the work between two documents; what is committed stays. */
  readonly signal?: AbortSignal;
}

export interface IngestSummary {
  readonly committed: number;
  readonly unchanged: number;
  readonly failed: number;
  /** In the documents committed. */
  readonly sentences: number;
}

/** From this number of documents on, threads are worth their start. */
const WORTH_WORKERS = 20;
const MOST_WORKERS = 8;

/**
 * Reads files into the store, in the order given, so that the same files give the same store however many threads draw. A file that
 * cannot be read is told of and the rest goes on. Holds a few documents a thread in memory, never all.
 * @throws {KnownError} store-locked, store-damaged, store-full: what the store throws ends the work
 */
export async function ingest(files: readonly string[], options: IngestOptions): Promise<IngestSummary> {
  const { store, knowledge } = options;
  const isStopped = () => options.signal?.aborted === true;
  const summary = { committed: 0, unchanged: 0, failed: 0, sentences: 0 };
  const tell = (event: IngestEvent) => {
    summary[event.kind]++;
    if (event.kind === "committed") summary.sentences += event.graph.sentences.length;
    options.onEvent?.(event);
  };
  const size = threads(files.length, options.workers);
  const seen = new Set<DocumentId>();
  // What happens to each file, in order; graphs are drawn meanwhile.
  const ahead: (() => Promise<void>)[] = [];
  let drawer: Pool | undefined;
  let resolver: Resolver | undefined;

  const commit = async (file: string, source: SourceDocument, drawing: Promise<DocumentGraph>) => {
    try {
      const graph = await drawing;
      resolver ??= makeResolver(knowledge, store.entities());
      store.commit(source, graph, resolver.link(graph), { knowledge: knowledge.version, origin: absolute(file) });
      tell({ kind: "committed", file, source, graph });
    } catch (error) {
      if (error instanceof KnownError) throw error;
      tell({ kind: "failed", file, error: unprocessed(file, error) });
    }
  };
  const take = (file: string): (() => Promise<void>) => {
    let source: SourceDocument;
    try {
      source = read(loadFile(file), file);
    } catch (error) {
      return async () => tell({ kind: "failed", file, error: error instanceof KnownError ? error : unprocessed(file, error) });
    }
    const { id } = source;
    if (seen.has(id) || store.knowledgeOf(id) === knowledge.version) return async () => tell({ kind: "unchanged", file, id });
    seen.add(id);
    drawer ??= size > 0 ? createPool(size, options.knowledgeFolders ?? []) : createDrawer(knowledge);
    const drawing = drawer.draw(source);
    // It is awaited when its turn comes; until then a failure is no unhandled rejection.
    drawing.catch(() => {});
    return () => commit(file, source, drawing);
  };

  try {
    for (const file of files) {
      if (isStopped()) break;
      ahead.push(take(file));
      if (ahead.length > size * 3) await ahead.shift()?.();
    }
    while (ahead.length > 0 && !isStopped()) await ahead.shift()?.();
  } finally {
    await drawer?.close();
  }
  return summary;
}

function threads(documents: number, asked: number | undefined): number {
  if (!CAN_USE_WORKERS) return 0;
  if (asked !== undefined) return asked;
  return documents < WORTH_WORKERS ? 0 : Math.min(availableParallelism(), MOST_WORKERS);
}

/** Draws in this thread; the reader is loaded when the first document needs it. */
function createDrawer(knowledge: Knowledge): Pool {
  let reader: TokenReader | undefined;
  return {
    async draw(source) {
      reader ??= loadReader();
      return draw(source, knowledge, reader).graph;
    },
    async close() {},
  };
}
