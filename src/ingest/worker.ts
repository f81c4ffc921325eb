/** A worker thread's body: takes documents, gives their graphs. Each loads knowledge and reader once. */
import { parentPort, workerData } from "node:worker_threads";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import type { DocumentGraph } from "../model/graph.ts";
import type { SourceDocument } from "../model/text.ts";
import { loadReader } from "../nlp/reader.ts";
import { draw } from "./process.ts";

export type Answer = { readonly graph: DocumentGraph } | { readonly error: string };

const knowledge = loadKnowledge(workerData as readonly string[]);
const reader = loadReader();

parentPort?.on("message", (source: SourceDocument) => {
  let answer: Answer;
  try {
    answer = { graph: draw(source, knowledge, reader).graph };
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
