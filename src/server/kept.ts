/** Answers that are kept while what they tell does not change: the same question then has the same answer, byte for byte. */
import { hash } from "node:crypto";
import type { EntityId } from "../model/graph.ts";
import type { View } from "../store/store.ts";

/** An answer as it is sent. */
export interface KeptAnswer {
  readonly body: Uint8Array;
  /** Of the body, compressed or not: a weak one. */
  readonly etag: string;
}

interface Kept extends KeptAnswer {
  /** Those it tells of, where it tells nothing else; see `Route.about`. */
  readonly about: ReadonlySet<EntityId> | undefined;
}

/** Bytes of all answers kept, and of one. */
const MOST_BYTES = 32_000_000;
const LARGEST = 2_000_000;

export class KeptAnswers {
  readonly #store: Pick<View, "state" | "revision" | "additions" | "details">;
  /** The one that was asked for last comes last. */
  readonly #answers = new Map<string, Kept>();
  #bytes = 0;
  #state = "";
  #revision = 0;

  constructor(store: Pick<View, "state" | "revision" | "additions" | "details">) {
    this.#store = store;
  }

  /** What is kept for a question, and the state that the store is in: to be told to `keep` where the answer is yet to be found. */
  get(question: string): { readonly answer: KeptAnswer | undefined; readonly state: string } {
    const state = this.#store.state();
    if (this.#state !== state) this.#follow(state);
    const answer = this.#answers.get(question);
    if (answer !== undefined) {
      this.#answers.delete(question);
      this.#answers.set(question, answer);
    }
    return { answer, state };
  }

  /**
   * @param state what `get` told before the answer was found: one that is found later may be of a later state, never of an earlier one
   * @param about the entities that it tells of; left out where it also tells of what any write may change
   */
  keep(question: string, state: string, body: Uint8Array, about?: Iterable<EntityId>): KeptAnswer {
    const answer = { body, etag: `W/"${hash("sha1", body, "base64url")}"`, about: about && new Set(about) };
    if (state !== this.#state || body.length > LARGEST || this.#answers.has(question)) return answer;
    for (const [oldest, { body: forgotten }] of this.#answers) {
      if (this.#bytes + body.length <= MOST_BYTES) break;
      this.#drop(oldest, forgotten);
    }
    this.#answers.set(question, answer);
    this.#bytes += body.length;
    return answer;
  }

  /** Lets go of those that may be others by now. */
  #follow(state: string): void {
    // After the state: what is written in between is then followed twice, and nothing is passed over.
    const revision = this.#store.revision();
    const added = this.#store.additions(this.#revision);
    if (added === undefined) {
      this.#answers.clear();
      this.#bytes = 0;
    } else {
      const details = this.#store.details();
      const touched = added.entities.flatMap((key) => details.entities(key, key).map(({ id }) => id));
      for (const [question, { body, about }] of this.#answers) {
        if (about === undefined || touched.some((id) => about.has(id))) this.#drop(question, body);
      }
    }
    this.#state = state;
    this.#revision = revision;
  }

  #drop(question: string, body: Uint8Array): void {
    this.#answers.delete(question);
    this.#bytes -= body.length;
  }
}
