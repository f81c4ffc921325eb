/** Answers that are kept while the graph does not change: the same question then has the same answer, byte for byte. */
import { createHash } from "node:crypto";
import type { View } from "../store/store.ts";

/** An answer as it is sent. */
export interface KeptAnswer {
  readonly body: Uint8Array;
  /** Of the body, compressed or not: a weak one. */
  readonly etag: string;
}

/** Bytes of all answers kept, and of one. */
const MOST_BYTES = 32_000_000;
const LARGEST = 2_000_000;

export class KeptAnswers {
  readonly #store: Pick<View, "state">;
  readonly #answers = new Map<string, KeptAnswer>();
  #bytes = 0;
  #state = "";

  constructor(store: Pick<View, "state">) {
    this.#store = store;
  }

  /** What is kept for a question, and the state that the store is in: to be told to `keep` where the answer is yet to be found. */
  get(question: string): { readonly answer: KeptAnswer | undefined; readonly state: string } {
    const state = this.#store.state();
    if (this.#state !== state) {
      this.#answers.clear();
      this.#bytes = 0;
      this.#state = state;
    }
    return { answer: this.#answers.get(question), state };
  }

  /** @param state what `get` told before the answer was found: one that is found later may be of a later state, never of an earlier one */
  keep(question: string, state: string, body: Uint8Array): KeptAnswer {
    const answer = { body, etag: `W/"${createHash("sha1").update(body).digest("base64url")}"` };
    if (state !== this.#state || body.length > LARGEST || this.#answers.has(question)) return answer;
    for (const [oldest, { body: forgotten }] of this.#answers) {
      if (this.#bytes + body.length <= MOST_BYTES) break;
      this.#answers.delete(oldest);
      this.#bytes -= forgotten.length;
    }
    this.#answers.set(question, answer);
    this.#bytes += body.length;
    return answer;
  }
}
