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

/**
 * Remembers the last two answers of a function of one or more arguments compared by identity: the page follows the drawing, and asks
 * for what that asked for a moment ago.
 */
export function memoize<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  interface Answer {
    readonly args: A;
    readonly result: R;
  }
  let last: Answer | undefined;
  let before: Answer | undefined;
  const answers = (answer: Answer | undefined, args: A): answer is Answer =>
    answer !== undefined && answer.args.length === args.length && answer.args.every((arg, index) => arg === args[index]);
  return (...args) => {
    if (answers(last, args)) return last.result;
    [last, before] = [answers(before, args) ? before : { args, result: compute(...args) }, last];
    return last.result;
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
