/** Answers routes beside the event loop, in processes that can be ended at any moment: a running SQLite statement cannot be stopped otherwise. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { KnownError, type KnownParts } from "../model/errors.ts";
import type { EntityId } from "../model/graph.ts";
import type { Snapshot, View } from "../store/store.ts";
import { type Answer, type Asked, keyOf, type Route } from "./route.ts";
import type { TableParts } from "./routes.ts";
import { chunks } from "./stream.ts";

/** JSON, and the entities that it is about where it is about nothing else: see `Route.about`. */
interface Found {
  readonly json: Uint8Array;
  readonly about?: readonly EntityId[];
}

/** What is left to be sent. */
export type Reply =
  | Found
  | { readonly moved: string }
  | { readonly type: string; readonly attachment?: string; readonly pieces: AsyncIterable<Uint8Array> };

export interface Readers {
  /**
   * @param signal aborts when nobody waits for the answer any more
   * @throws {KnownError} what the route throws; too-busy, over-budget
   */
  answer(route: Route, asked: Asked, signal: AbortSignal): Promise<Reply>;
  close(): Promise<void>;
}

export interface ReaderBudget {
  /** Milliseconds that finding an answer may take. */
  readonly milliseconds: number;
  /** Milliseconds that pieces may take in all, the client's reading included. */
  readonly streamMilliseconds: number;
  /** Megabytes of a process' heap. */
  readonly megabytes: number;
  readonly processes: number;
}

export const DEFAULT_READERS: ReaderBudget = { milliseconds: 10_000, streamMilliseconds: 600_000, megabytes: 1024, processes: 2 };

/** Answers in this thread, which stands still meanwhile. */
export function readersInThread(store: View & { snapshot(): Snapshot }): Readers {
  return {
    async answer(route, asked) {
      const answer = route.answer(store, asked);
      if (!("pieces" in answer)) return replyOf(route, asked, answer);
      // What is sent bit by bit is made from a view that stays as it is.
      const snapshot = store.snapshot();
      try {
        const { pieces, ...head } = route.answer(snapshot, asked) as typeof answer;
        return { ...head, pieces: encoded(started(pieces)[Symbol.iterator](), () => snapshot.close()) };
      } catch (error) {
        snapshot.close();
        throw error;
      }
    },
    async close() {},
  };
}

/** An answer that is found already. */
export function replyOf({ about }: Route, asked: Asked, answer: Exclude<Answer, { pieces: unknown }>): Exclude<Reply, { pieces: unknown }> {
  if ("moved" in answer) return { moved: answer.moved.to };
  const json = Buffer.from(JSON.stringify(answer.json));
  return about === undefined ? { json } : { json, about: about(answer.json, asked) };
}

/** Makes the first piece at once: what fails before it can still be answered with a problem. */
export function started(pieces: Iterable<string>): Iterable<string> {
  const gathered = chunks(pieces);
  const first = gathered.next();
  return (function* () {
    if (first.done !== true) yield first.value;
    yield* gathered;
  })();
}

/** No generator: one that was never begun would not finish either. */
function encoded(pieces: Iterator<string>, finish: () => void): AsyncIterable<Uint8Array> {
  const over = { done: true, value: undefined } as const;
  let isOver = false;
  const end = (): typeof over => {
    if (!isOver) finish();
    isOver = true;
    return over;
  };
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const step = pieces.next();
        return step.done === true ? end() : { value: Buffer.from(step.value) };
      },
      async return() {
        pieces.return?.();
        return end();
      },
    }),
  };
}

export interface ReaderSetup extends TableParts {
  readonly file: string;
}

export type ToReader =
  | { readonly setup: ReaderSetup }
  | { readonly key: string; readonly asked: Asked }
  /** The next piece, or that none is wanted any more. */
  | "more"
  | "enough";
export type FromReader =
  | Found
  | { readonly moved: string }
  | { readonly type: string; readonly attachment?: string }
  | { readonly piece: Uint8Array }
  | "end"
  | { readonly known: KnownParts }
  | { readonly error: string };

interface Job {
  readonly message: ToReader;
  readonly signal: AbortSignal;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (reason: unknown) => void;
}

/** Requests that may wait for a process. */
const MOST_WAITING = 200;
/** Milliseconds that a process has to end by itself what nobody waits for. */
const GRACE = 100;

/** No piece may take more than this part of the time of all: an export of millions of claims sorts them before it sends the first. */
const PIECES_AT_LEAST = 10;

/** How Node exits when its heap is full, where it is not ended by a signal. */
const OUT_OF_MEMORY = 134;

/** One of the processes, and what it does at the moment. */
class Reader {
  readonly #child: ChildProcess;
  readonly #budget: ReaderBudget;
  #take: ((message: FromReader) => void) | undefined;
  #fail: ((reason: unknown) => void) | undefined;
  isGone = false;
  isFree = true;

  constructor(setup: ReaderSetup, budget: ReaderBudget) {
    this.#budget = budget;
    this.#child = fork(new URL("./reader.js", import.meta.url), [], {
      serialization: "advanced",
      // More room for what is soon let go: it is cleared away less often, and less of it is still in use then.
      execArgv: [`--max-old-space-size=${budget.megabytes}`, "--min-semi-space-size=16"],
    });
    this.#child.on("message", (message: FromReader) => this.#take?.(message));
    this.#child.on("error", (error) => this.#gone(error));
    this.#child.on("exit", (code, signal) => {
      const outOfMemory = signal === "SIGABRT" || code === OUT_OF_MEMORY;
      const memory = "The answer took more memory than it may: ask for less, by filters or a smaller limit.";
      this.#gone(outOfMemory ? new KnownError("over-budget", memory) : new Error(`A reader ended (${signal ?? code}).`));
    });
    this.#child.unref();
    this.#child.channel?.unref();
    this.#send({ setup });
  }

  #gone(reason: unknown): void {
    this.isGone = true;
    this.#fail?.(reason);
  }

  end(): void {
    this.isGone = true;
    this.#child.kill("SIGKILL");
  }

  /** Ends it and waits until it has let go of the database. */
  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    this.#child.ref();
    const exit = once(this.#child, "exit");
    this.end();
    await exit;
  }

  /** @param free is called once it can take the next request, or is gone */
  async run({ message, signal }: Job, free: () => void): Promise<Reply> {
    this.isFree = false;
    const release = (): void => {
      this.isFree = true;
      free();
    };
    let timer: NodeJS.Timeout | undefined;
    const abandon = (): void => {
      timer = setTimeout(() => this.end(), GRACE);
    };
    signal.addEventListener("abort", abandon, { once: true });
    const settle = (): void => {
      signal.removeEventListener("abort", abandon);
      clearTimeout(timer);
      release();
    };
    try {
      const head = await this.#exchange(message);
      if (typeof head === "string" || "piece" in head) throw new Error("The reader answered out of turn.");
      if ("known" in head) throw KnownError.of(head.known);
      if ("error" in head) throw new Error(head.error);
      if ("json" in head || "moved" in head) {
        settle();
        return head;
      }
      return { ...head, pieces: this.#pieces(settle) };
    } catch (error) {
      settle();
      throw error;
    }
  }

  #pieces(settle: () => void): AsyncIterable<Uint8Array> {
    const end = performance.now() + this.#budget.streamMilliseconds;
    const over = { done: true, value: undefined } as const;
    let isOver = false;
    let asking: Promise<FromReader> | undefined;
    const finish = async (): Promise<void> => {
      if (isOver) return;
      isOver = true;
      await asking?.catch(() => undefined);
      if (!this.isGone) await this.#exchange("enough").catch(() => undefined);
      settle();
    };
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      if (performance.now() > end) throw overTime(this.#budget.streamMilliseconds);
      asking = this.#exchange("more", this.#budget.streamMilliseconds / PIECES_AT_LEAST);
      const message = await asking;
      if (typeof message === "object" && "piece" in message) return { value: message.piece };
      if (message !== "end") throw new Error("error" in message ? message.error : "The reader answered out of turn.");
      isOver = true;
      settle();
      return over;
    };
    return {
      [Symbol.asyncIterator]: () => ({
        async next() {
          try {
            return await next();
          } catch (error) {
            await finish();
            throw error;
          }
        },
        async return() {
          await finish();
          return over;
        },
      }),
    };
  }

  /** Says something and waits for what comes back, for as long as the budget lets it. */
  #exchange(message: ToReader, milliseconds = this.#budget.milliseconds): Promise<FromReader> {
    return new Promise<FromReader>((resolve, reject) => {
      if (this.isGone) return reject(new KnownError("too-busy", "The answer was broken off: ask again."));
      const timer = setTimeout(() => {
        this.end();
        reject(overTime(milliseconds));
      }, milliseconds);
      const settled =
        <T>(how: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          this.#take = this.#fail = undefined;
          how(value);
        };
      this.#take = settled(resolve);
      this.#fail = settled(reject);
      this.#send(message);
    });
  }

  #send(message: ToReader): void {
    // A process that has just ended is told of by its exit.
    this.#child.send(message, () => undefined);
  }
}

function overTime(milliseconds: number): KnownError {
  return new KnownError("over-budget", `The answer took longer than ${milliseconds} ms: ask for less, by filters or a smaller limit.`);
}

/**
 * Answers in processes that open the database for themselves. They are started at once, for one that starts while requests wait is late for
 * all of them; those that end are replaced when they are needed.
 */
export function readersInProcesses(setup: ReaderSetup, budget: ReaderBudget = DEFAULT_READERS): Readers {
  const waiting: Job[] = [];
  let readers = Array.from({ length: budget.processes }, () => new Reader(setup, budget));
  let closed = false;

  const next = (): void => {
    readers = readers.filter((reader) => !reader.isGone);
    while (waiting.length > 0) {
      let reader = readers.find((each) => each.isFree);
      if (reader === undefined) {
        if (readers.length >= budget.processes) return;
        readers.push((reader = new Reader(setup, budget)));
      }
      const job = waiting.shift() as Job;
      if (job.signal.aborted) job.reject(new KnownError("too-busy", "Nobody waits for the answer."));
      else reader.run(job, next).then(job.resolve, job.reject);
    }
  };
  return {
    answer(route, asked, signal) {
      return new Promise((resolve, reject) => {
        if (closed || waiting.length >= MOST_WAITING) {
          return reject(new KnownError("too-busy", `${waiting.length} requests are waiting to be answered: ask again in a while.`));
        }
        waiting.push({ message: { key: keyOf(route), asked }, signal, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      // Those that end now ask for the next request, and find none.
      for (const { reject } of waiting.splice(0)) reject(new KnownError("too-busy", "The server is ending."));
      await Promise.all(readers.map((reader) => reader.close()));
    },
  };
}

/** Node 20 loads no TypeScript: run from source, routes are answered in the thread that asks. */
export function openReaders(setup: ReaderSetup, store: View & { snapshot(): Snapshot }, budget: ReaderBudget = DEFAULT_READERS): Readers {
  return import.meta.url.endsWith(".js") && budget.processes > 0 ? readersInProcesses(setup, budget) : readersInThread(store);
}
