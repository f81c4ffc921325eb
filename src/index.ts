/** The library's door: what other programs may use of Entente. */
export { exportSource, type ExportFormat, FORMATS, findFormat } from "./export/export.ts";
export { extract } from "./extract/extract.ts";
export { findFiles, loadFile } from "./ingest/files.ts";
export { type IngestEvent, type IngestOptions, type IngestSummary, ingest } from "./ingest/ingest.ts";
export { draw, type Processed, process } from "./ingest/process.ts";
export { type DocumentRecord, documentRecord } from "./ingest/record.ts";
export { loadKnowledge } from "./knowledge/knowledge.ts";
export type { Knowledge } from "./knowledge/types.ts";
export type * from "./model/annotation.ts";
export type * from "./model/api.ts";
export { type ErrorCode, ERRORS, KnownError } from "./model/errors.ts";
export type * from "./model/graph.ts";
export type * from "./model/text.ts";
export { annotate } from "./nlp/annotate.ts";
export { loadReader, type TokenReader } from "./nlp/reader.ts";
export { type Given, read, readText } from "./read/read.ts";
export { openSnapshot, openStore } from "./store/sqlite.ts";
export type { GraphStore, Snapshot, View, Writer } from "./store/store.ts";
