/** One document from bytes to graph: where reading, annotation and extraction meet. Pure: the same bytes, name and knowledge give the same graph. */
import { extract } from "../extract/extract.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Annotated } from "../model/annotation.ts";
import { KnownError } from "../model/errors.ts";
import type { DocumentGraph } from "../model/graph.ts";
import type { SourceDocument } from "../model/text.ts";
import { annotate } from "../nlp/annotate.ts";
import type { TokenReader } from "../nlp/reader.ts";
import { read } from "../read/read.ts";

export interface Processed {
  readonly source: SourceDocument;
  readonly annotated: Annotated;
  readonly graph: DocumentGraph;
}

/**
 * What a file says. `file` is its name or path.
 * @throws {KnownError} when the file cannot be read as text (see `read`)
 */
export function process(bytes: Uint8Array, file: string, knowledge: Knowledge, reader: TokenReader): Processed {
  return draw(read(bytes, file), knowledge, reader);
}

/** What a document that was read already says. */
export function draw(source: SourceDocument, knowledge: Knowledge, reader: TokenReader): Processed {
  const annotated = annotate(source, knowledge, reader);
  return { source, annotated, graph: extract(annotated, knowledge) };
}

/** What to tell the user of a document that ran into a fault of ours. */
export function unprocessed(file: string, cause: unknown): KnownError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KnownError("internal", `${file}: could not be processed (${reason}); please report it with the file.`, {}, { cause });
}
