/** openCypher over a store: a copy of its graph, kept while the store does not change, in a thread of its own where there can be one. */
import { Worker } from "node:worker_threads";
import { openView } from "../store/sqlite.ts";
import type { SteadyView } from "../store/store.ts";
import { answer, type Answer, type Question, refusal } from "./cypher/answer.ts";
import type { Budget } from "./cypher/graph.ts";
import { GraphCopy } from "./graph/copy.ts";
import { lookups } from "./lookup.ts";
import type { FromWorker, ToWorker, WorkerData } from "./queries-worker.ts";

export interface QueriesBudget extends Budget {
  /** Of the heap of the thread that answers; a query that outgrows it is ended together with the thread, whose copy is then made anew. */
  readonly megabytes: number;
}

export const DEFAULT_BUDGET: QueriesBudget = { steps: 50_000_000, rows: 100_000, milliseconds: 5000, megabytes: 2048 };

export interface Queries {
  /** The answer, where it is found in a moment and so in this thread; undefined for all other questions. */
  readonly atOnce: (question: Question) => Answer | undefined;
  /** Answers in turn. When `signal` aborts, the answer is of no use and work on it stops. Rejects for internal errors alone. */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Questions that the thread has at once, the one it is at among them. */
const MOST_SENT = 8;
/** Questions waiting beyond which further ones are turned away. */
const MOST_WAITING = 64;
/** How many queries that take all of their time one may wait for. */
const MOST_TURNS = 3;
/** Milliseconds that a query has to notice that its time is up; then its thread is ended. */
const GRACE = 1000;
/** What queries make and soon let go: with more room it is cleared away less often, and less of it is still in use then. */
const YOUNG_MEGABYTES = 96;
const BUSY: Answer = refusal(
  "Neo.TransientError.Transaction.MaximumTransactionLimitReached",
  "too many queries are waiting: try again soon",
  503,
);

/** Answers in this thread, which stands still meanwhile, for as long as the budget lets it. The view is closed in the end. */
export function queriesInThread(view: SteadyView, budget: Budget = DEFAULT_BUDGET): Queries {
  const copy = new GraphCopy(view);
  return {
    atOnce: () => undefined,
    ask: async (question, signal) => copy.use((graph) => answer(question, graph, budget, signal)),
    close: async () => view.close(),
  };
}

interface Job {
  readonly question: Question;
  readonly signal: AbortSignal | undefined;
  /** By `performance.now()`: who waits longer for a turn is turned away. */
  readonly since: number;
  /** Both do nothing once one of them was called. */
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/** A job that the thread has. */
interface Sent extends Job {
  /** Where in `cancelled` it is said that nobody waits for it. */
  readonly slot: number;
}

/**
 * Answers in a worker thread that opens the database at `file` for itself, and copies it at once; one that dies or hangs is replaced. The
 * thread is sent the next questions while it answers one, so that it need not wait until this thread finds time for what it answered.
 */
export function queriesInWorker(file: string, budget: QueriesBudget = DEFAULT_BUDGET): Queries {
  const waiting: Job[] = [];
  /** In the order in which they are answered: the first is the one that the thread is at. */
  const sent: Sent[] = [];
  const cancelled = new Int32Array(new SharedArrayBuffer(MOST_SENT * Int32Array.BYTES_PER_ELEMENT));
  let timer: NodeJS.Timeout | undefined;
  /** Whether the thread makes a copy of the graph, which takes as long as it takes. */
  let isCopying = true;
  let closed = false;
  // What asks only for what has an id does not wait for others.
  const view = openView(file);
  const lookUp = lookups(view, budget);

  const isLate = ({ since }: Job): boolean => performance.now() - since > MOST_TURNS * budget.milliseconds;
  /** Gives the thread's answer to the one that it was at. */
  const settle = (how: (job: Job) => void): void => {
    const first = sent.shift();
    if (first !== undefined) how(first);
    watch();
    next();
  };
  /** After the thread has ended: the one that it was at is answered, the others are put to another. */
  const replace = (how: (job: Job) => void): void => {
    worker = undefined;
    const [first, ...others] = sent.splice(0);
    if (first !== undefined) how(first);
    waiting.unshift(...others);
    next();
  };
  /** Sees to it that the thread is not at one for too long. */
  const watch = (): void => {
    clearTimeout(timer);
    const [first] = sent;
    if (first === undefined || isCopying) return;
    if (isLate(first)) {
      first.resolve(BUSY);
      Atomics.store(cancelled, first.slot, 1);
    }
    timer = setTimeout(() => {
      void worker?.terminate();
      replace((job) => job.resolve(refusal("Neo.ClientError.Transaction.TransactionTimedOut", "the query was stopped: it took too long")));
    }, budget.milliseconds + GRACE);
  };
  const start = (): Worker => {
    isCopying = true;
    clearTimeout(timer);
    const data: WorkerData = { file, budget, cancelled };
    const made = new Worker(new URL("./queries-worker.js", import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: budget.megabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    made.unref();
    made.on("message", (message: FromWorker) => {
      if (made !== worker) return;
      if (message === "copying" || message === "copied") {
        isCopying = message === "copying";
        watch();
      } else if ("error" in message) settle((job) => job.reject(new Error(message.error)));
      else settle((job) => job.resolve(message));
    });
    made.on("error", (error: NodeJS.ErrnoException) => {
      if (made !== worker) return;
      const outOfMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      const told = refusal("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "the query was stopped: it took too much memory");
      replace((job) => (outOfMemory ? job.resolve(told) : job.reject(error)));
    });
    return made;
  };
  let worker: Worker | undefined = start();
  const next = (): void => {
    if (closed) return;
    while (sent.length < MOST_SENT) {
      const job = waiting.shift();
      if (job === undefined) return;
      if (job.signal?.aborted) job.reject(new Error("the client has gone"));
      else if (isLate(job)) job.resolve(BUSY);
      else send(job);
    }
  };
  const send = (job: Job): void => {
    const slot = cancelled.findIndex((_, index) => sent.every((other) => other.slot !== index));
    const one: Sent = { ...job, slot };
    worker ??= start();
    Atomics.store(cancelled, slot, 0);
    job.signal?.addEventListener("abort", () => sent.includes(one) && Atomics.store(cancelled, slot, 1), { once: true });
    const message: ToWorker = { question: job.question, slot };
    worker.postMessage(message);
    if (sent.push(one) === 1) watch();
  };

  return {
    atOnce: lookUp,
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MOST_WAITING) return resolve(BUSY);
        waiting.push({ question, signal, since: performance.now(), resolve, reject });
        next();
      }),
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const job of [...waiting.splice(0), ...sent.splice(0)]) job.reject(new Error("stopped"));
      await worker?.terminate();
      view.close();
    },
  };
}

/** Node 20 loads no TypeScript in workers: run from source, queries are answered in the thread that asks. */
export function openQueries(file: string, budget: QueriesBudget = DEFAULT_BUDGET): Queries {
  return import.meta.url.endsWith(".js") ? queriesInWorker(file, budget) : queriesInThread(openView(file), budget);
}
