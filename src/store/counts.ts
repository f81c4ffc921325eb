/** Counts, kept while nothing is written. */
import type { Connection, Value } from "./driver.ts";

/** Counts kept at once. */
const MOST_KEPT = 500;

/** Counting takes longer than most questions, and the same is counted for every page of a list. */
export class Counts {
  readonly #connection: Connection;
  readonly #answers = new Map<string, unknown>();
  #state = "";

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The column `count` of the one row that a query gives. */
  of(sql: string, parameters: readonly Value[] = []): number {
    return this.kept(`${sql} ${JSON.stringify(parameters)}`, () => this.#connection.one<{ count: number }>(sql, parameters).count);
  }

  /** What `work` gives, kept until something is written, here or by another process. */
  kept<T>(name: string, work: () => T): T {
    const state = this.#connection.state();
    if (this.#state !== state || this.#answers.size > MOST_KEPT) {
      this.#answers.clear();
      this.#state = state;
    }
    if (!this.#answers.has(name)) this.#answers.set(name, work());
    return this.#answers.get(name) as T;
  }
}
