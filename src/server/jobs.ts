/** Documents whose sender did not wait for them (`Prefer: respond-async`, RFC 7240): where to ask how it went with them. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Taken } from "../ingest/intake.ts";
import type { JobAnswer } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import { problem, type Report } from "./errors.ts";

/** Jobs remembered; the oldest are forgotten first, and all of them when the server ends. */
const MOST_JOBS = 1000;
/** Seconds that a sender may ask to wait for the answer itself. */
const LONGEST_WAIT = 60;

export class Jobs {
  readonly #jobs = new Map<string, JobAnswer>();
  readonly #report: Report;
  readonly #done: () => void;

  /** @param done is called when a document is in the store */
  constructor(report: Report, done: () => void) {
    this.#report = report;
    this.#done = done;
  }

  /** @throws {KnownError} unknown-job */
  get(id: string): JobAnswer {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new KnownError("unknown-job", `No document is being read under "${id}": the last ${MOST_JOBS} are known.`);
    return job;
  }

  /** Follows a document on its way into the store. */
  follow(taking: Promise<Taken>): JobAnswer {
    const id = randomUUID();
    const job: JobAnswer = { id, state: "reading" };
    this.#jobs.set(id, job);
    for (const oldest of this.#jobs.keys()) {
      if (this.#jobs.size <= MOST_JOBS) break;
      this.#jobs.delete(oldest);
    }
    const end = (answer: JobAnswer): void => void (this.#jobs.has(id) && this.#jobs.set(id, answer));
    taking.then(
      ({ status, id: document }) => {
        end({ id, state: "done", status, document });
        this.#done();
      },
      (error: unknown) => {
        const isKnown = error instanceof KnownError;
        if (!isKnown) this.#report(error, `job ${id}`);
        const told = isKnown ? error : new KnownError("internal", "Something went wrong here; the server's log says what.");
        end({ id, state: "failed", problem: problem(told) });
      },
    );
    return job;
  }
}

/**
 * For how many seconds a sender waits before being told where to ask: 0 for `respond-async`, `n` for `respond-async, wait=n`; undefined
 * where it waits for the answer.
 */
export function patience(prefer: string | undefined): number | undefined {
  const preferences = (prefer ?? "").split(",").map((each) => each.split(";")[0]!.trim().toLowerCase());
  if (!preferences.includes("respond-async")) return undefined;
  const [, seconds = "0"] = /^wait\s*=\s*"?(\d{1,9})"?$/u.exec(preferences.find((each) => each.startsWith("wait")) ?? "") ?? [];
  return Math.min(Number(seconds), LONGEST_WAIT);
}

/** What `work` gives, or undefined when it has not by then. What it throws by then is thrown. */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T | undefined> {
  const alarm = new AbortController();
  try {
    return await Promise.race([work, wait(seconds * 1000, undefined, { signal: alarm.signal })]);
  } finally {
    alarm.abort();
  }
}
