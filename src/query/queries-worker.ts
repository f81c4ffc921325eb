/** The body of the thread that answers openCypher: takes questions, keeps a copy of the graph, gives answers. */
import { parentPort, workerData } from "node:worker_threads";
import { openView } from "../store/sqlite.ts";
import { answer, type Answer, type Question } from "./cypher/answer.ts";
import type { Budget } from "./cypher/graph.ts";
import { GraphCopy } from "./graph/copy.ts";

export interface WorkerData {
  readonly file: string;
  readonly budget: Budget;
  /** 1 in its one element tells that nobody waits for the answer any more. */
  readonly cancelled: Int32Array;
}

/** "copied" once the graph is there that the thread begins with; "copying" and then "copied" where a query has to wait for another. */
export type FromWorker = "copying" | "copied" | Answer | { readonly error: string };

const { file, budget, cancelled } = workerData as WorkerData;
const copy = new GraphCopy(openView(file));
const signal = {
  get aborted(): boolean {
    return Atomics.load(cancelled, 0) === 1;
  },
};

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", (question: Question) => {
  try {
    let copied = false;
    copy.use(
      (graph) => {
        if (copied) tell("copied");
        tell(answer(question, graph, budget, signal));
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
