/** Takes documents one by one into the store of a running server, beside its event loop: what it has answered for is committed. */
import { Worker } from "node:worker_threads";
import type { Knowledge } from "../knowledge/types.ts";
import { KnownError, type KnownParts } from "../model/errors.ts";
import { CAN_USE_WORKERS } from "./pool.ts";
import { makeTaker, type Submission, type Taken } from "./taker.ts";

export type { Submission, Taken } from "./taker.ts";

export interface Intake {
  /**
   * Reads, draws and commits a document; in turn, so that documents are in the store in the order in which they came.
   * @returns once the document is committed: it survives the end of the process
   * @throws {KnownError} what reading it throws; too-busy when too many wait; over-budget when it took too long; what the store throws
   */
  add(submission: Submission): Promise<Taken>;
  /** Loads beside the event loop, where it can, what the first document would have to wait for. */
  prepare(): void;
  /** Lets go of what waits. What is being committed is committed whole or not at all. */
  close(): Promise<void>;
}

export interface IntakeOptions {
  /** The database that documents go to. */
  readonly file: string;
  readonly knowledge: Knowledge;
  /** The folders that `knowledge` was loaded with: the worker loads its own from the same. */
  readonly knowledgeFolders?: readonly string[];
  /** Milliseconds that one document may take. */
  readonly milliseconds?: number;
}

export interface IntakeWorkerData {
  readonly file: string;
  readonly knowledgeFolders: readonly string[];
  /** Whether to load what the first document needs before it comes. */
  readonly prepared: boolean;
}

export type FromIntakeWorker = { readonly taken: Taken } | { readonly known: KnownParts } | { readonly error: string };

/** Documents that may wait, so that what they hold in memory is bounded too. */
const MOST_WAITING = 16;
const MILLISECONDS = 60_000;

/** Node 20 loads no TypeScript in workers: run from source, documents are drawn in the thread that asks. */
export function openIntake(options: IntakeOptions): Intake {
  return CAN_USE_WORKERS ? intakeInWorker(options) : intakeInThread(options);
}

function intakeInThread({ file, knowledge }: IntakeOptions): Intake {
  const taker = makeTaker(file, knowledge);
  return {
    add: async (submission) => taker.take(submission),
    prepare: () => undefined,
    close: async () => taker.close(),
  };
}

interface Job {
  readonly submission: Submission;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (reason: Error) => void;
}

/** The worker is started for the first document, or before, and replaced when one ends it. */
function intakeInWorker({ file, knowledgeFolders = [], milliseconds = MILLISECONDS }: IntakeOptions): Intake {
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let current: Job | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const settle = (how: (job: Job) => void): void => {
    const job = current;
    current = undefined;
    clearTimeout(timer);
    if (job) how(job);
    next();
  };
  const start = (prepared = false): Worker => {
    const data: IntakeWorkerData = { file, knowledgeFolders, prepared };
    const made = new Worker(new URL("./intake-worker.js", import.meta.url), { workerData: data });
    made.on("message", (message: FromIntakeWorker) => {
      if (made !== worker) return;
      settle((job) => {
        if ("taken" in message) job.resolve(message.taken);
        else if ("known" in message) job.reject(KnownError.of(message.known));
        else job.reject(new Error(message.error));
      });
    });
    made.on("error", (error) => {
      if (made !== worker) return;
      worker = undefined;
      settle((job) => job.reject(error));
    });
    return made;
  };
  const next = (): void => {
    if (closed || current) return;
    current = waiting.shift();
    if (!current) return;
    const { submission } = current;
    const used = (worker ??= start());
    timer = setTimeout(() => {
      worker = undefined;
      void used.terminate();
      const seconds = Math.round(milliseconds / 1000);
      settle((job) =>
        job.reject(new KnownError("over-budget", `${submission.name}: takes longer than ${seconds} s to read; split it into articles.`)),
      );
    }, milliseconds);
    used.postMessage(submission);
  };

  return {
    add: (submission) =>
      new Promise((resolve, reject) => {
        if (closed || waiting.length >= MOST_WAITING) {
          return reject(new KnownError("too-busy", `${waiting.length} documents are waiting to be read: send it again in a while.`));
        }
        waiting.push({ submission, resolve, reject });
        next();
      }),
    prepare: () => void (worker ??= start(true)),
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const job of [...waiting.splice(0), ...(current ? [current] : [])]) {
        job.reject(new KnownError("too-busy", "The server is ending: send the document again when it is back."));
      }
      await worker?.terminate();
    },
  };
}
