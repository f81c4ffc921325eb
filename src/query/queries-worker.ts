/** The body of the thread that answers openCypher: takes questions, keeps a copy of the graph, gives answers. */
import { parentPort, workerData } from "node:worker_threads";
import { openView } from "../store/sqlite.ts";
import { answer, type Answer, type Question } from "./cypher/answer.ts";
import type { Budget } from "./cypher/graph.ts";
import type { Cancellation } from "./cypher/run.ts";
import { GraphCopy } from "./graph/copy.ts";

export interface WorkerData {
  readonly file: string;
  readonly budget: Budget;
  /** 1 in a question's slot tells that nobody waits for the answer any more. */
  readonly cancelled: Int32Array;
}

/** A question, to be answered after those that were sent before. */
export interface ToWorker {
  readonly question: Question;
  /** No other question has it that is not answered yet. */
  readonly slot: number;
}

/** "copied" once the graph is there that the thread begins with; "copying" and then "copied" where a query has to wait for another. */
export type FromWorker = "copying" | "copied" | Answer | { readonly error: string };

const { file, budget, cancelled } = workerData as WorkerData;
const copy = new GraphCopy(openView(file));
const signalOf = (slot: number): Cancellation => ({
  get aborted(): boolean {
    return Atomics.load(cancelled, slot) === 1;
  },
});

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", ({ question, slot }: ToWorker) => {
  try {
    let copied = false;
    copy.use(
      (graph) => {
        if (copied) tell("copied");
        tell(answer(question, graph, budget, signalOf(slot)));
      },
      () => {
        copied = true;
        tell("copying");
      },
    );
  } catch (error) {
    tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
// The first question need not wait for the copy, or not as long.
copy.use(() => tell("copied"));
