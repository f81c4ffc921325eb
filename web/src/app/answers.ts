/** Answers asked for while the user looks around: kept once they came, asked again when the server is back. */
import { api, ApiError } from "../api.ts";

export type Question = "entity" | "relation" | "document";
export type Given<Q extends Question> = Awaited<ReturnType<(typeof api)[Q]>>;

export type Answer<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly data: T }
  | { readonly status: "failed"; readonly message: string };

export interface Answers {
  get<Q extends Question>(question: Q, id: string): Answer<Given<Q>>;
  /** Asks, unless the answer is there or on its way. @returns how to say that it is no longer looked at */
  want(question: Question, id: string): () => void;
  /** Asks once more what failed. */
  readonly retry: () => void;
  /** The data behind the answers may be another now: asks again what is looked at, showing what was until then; forgets the rest. */
  refresh(): void;
  readonly subscribe: (listener: () => void) => () => void;
}

const LOADING: Answer<never> = { status: "loading" };

/** @param lost called when a question met no server */
export function createAnswers(lost: () => void): Answers {
  const known = new Map<string, Answer<unknown>>();
  const asked = new Map<string, readonly [Question, string]>();
  const held = new Map<string, number>();
  const listeners = new Set<() => void>();

  const keep = (key: string, answer: Answer<unknown>) => {
    known.set(key, answer);
    for (const listener of listeners) listener();
  };
  const ask = (question: Question, id: string, quietly = false) => {
    const key = `${question} ${id}`;
    asked.set(key, [question, id]);
    if (!quietly) keep(key, LOADING);
    api[question](id).then(
      (data) => keep(key, { status: "ready", data }),
      (error: unknown) => {
        if (!quietly) keep(key, { status: "failed", message: error instanceof Error ? error.message : String(error) });
        if (error instanceof ApiError && error.offline) lost();
      },
    );
  };
  return {
    get: <Q extends Question>(question: Q, id: string) => (known.get(`${question} ${id}`) ?? LOADING) as Answer<Given<Q>>,
    want(question, id) {
      const key = `${question} ${id}`;
      if (!known.has(key)) ask(question, id);
      held.set(key, (held.get(key) ?? 0) + 1);
      return () => void held.set(key, (held.get(key) ?? 1) - 1);
    },
    retry() {
      for (const [key, [question, id]] of asked) if (known.get(key)?.status === "failed") ask(question, id);
    },
    refresh() {
      for (const [key, [question, id]] of asked) {
        if ((held.get(key) ?? 0) > 0) ask(question, id, known.get(key)?.status === "ready");
        else {
          known.delete(key);
          asked.delete(key);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
