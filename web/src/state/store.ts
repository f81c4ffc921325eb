/** One immutable value, one way to change it, and who wants to know. */

export interface Store<S> {
  readonly get: () => S;
  /** Applies a pure update; listeners hear of it only when it gave another value. */
  readonly update: (change: (state: S) => S) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<S>(initial: S): Store<S> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update(change) {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The page follows the drawing, and asks for what that asked for a moment ago. */
const REMEMBERED = 4;

/** Remembers the last few answers of a function of one or more arguments compared by identity. */
export function memoize<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  const answers: { readonly args: A; readonly result: R }[] = [];
  return (...args) => {
    const at = answers.findIndex((answer) => answer.args.length === args.length && answer.args.every((arg, i) => arg === args[i]));
    const answer = answers[at] ?? { args, result: compute(...args) };
    if (at !== 0) {
      if (at > 0) answers.splice(at, 1);
      answers.unshift(answer);
      answers.length = Math.min(answers.length, REMEMBERED);
    }
    return answer.result;
  };
}

/** Gives the earlier value as long as the named parts of the next ones are the same. */
export function sameParts<T>(parts: (value: T) => readonly unknown[]): (value: T) => T {
  let last: { readonly value: T; readonly parts: readonly unknown[] } | undefined;
  return (value) => {
    const next = parts(value);
    if (!last || next.some((part, i) => part !== last?.parts[i])) last = { value, parts: next };
    return last.value;
  };
}
