/** Draws documents' graphs in worker threads, each document in one of them. */
import { Worker } from "node:worker_threads";
import type { DocumentGraph } from "../model/graph.ts";
import type { SourceDocument } from "../model/text.ts";
import type { Answer } from "./worker.ts";

export interface Pool {
  /** Rejects with the reason when the document cannot be drawn or its worker dies. */
  draw(source: SourceDocument): Promise<DocumentGraph>;
  close(): Promise<void>;
}

interface Job {
  readonly source: SourceDocument;
  readonly resolve: (graph: DocumentGraph) => void;
  readonly reject: (reason: Error) => void;
}

/** Node 20 loads no TypeScript in workers: from source there are none. */
export const CAN_USE_WORKERS = import.meta.url.endsWith(".js");

/** `size` workers that read with the knowledge of `knowledgeFolders`; one that dies is replaced for the jobs that wait. */
export function createPool(size: number, knowledgeFolders: readonly string[]): Pool {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const all = new Map<Worker, Job | undefined>();

  const start = () => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: knowledgeFolders });
    all.set(worker, undefined);
    worker.on("message", (answer: Answer) => {
      const job = all.get(worker);
      all.set(worker, undefined);
      idle.push(worker);
      next();
      if ("graph" in answer) job?.resolve(answer.graph);
      else job?.reject(new Error(answer.error));
    });
    worker.on("error", (error) => {
      const job = all.get(worker);
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      job?.reject(error);
      next();
    });
    return worker;
  };
  const next = () => {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (all.size < size ? start() : undefined);
      if (!worker) return;
      const job = waiting.shift() as Job;
      all.set(worker, job);
      worker.postMessage(job.source);
    }
  };

  return {
    draw: (source) =>
      new Promise((resolve, reject) => {
        waiting.push({ source, resolve, reject });
        next();
      }),
    async close() {
      for (const job of waiting.splice(0)) job.reject(new Error("stopped"));
      await Promise.all([...all.keys()].map((worker) => worker.terminate()));
    },
  };
}
