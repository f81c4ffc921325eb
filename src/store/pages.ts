/** Pages of lists: where one begins, where it is cut off. */
import { KnownError } from "../model/errors.ts";
import type { PageRequest, Position } from "./store.ts";

/** Later than any day: undated claims and documents come last. */
export const NO_DATE = "~";

/** Where a page begins: after the row before, or at the values that stand before every row. */
export function start<T extends Position>(page: PageRequest, beforeAll: readonly [...T]): T {
  if (page.after === undefined) return beforeAll as T;
  const fits = page.after.length === beforeAll.length && page.after.every((value, index) => typeof value === typeof beforeAll[index]);
  if (!fits) throw new KnownError("bad-parameter", "The cursor is not one of this list.", { parameter: "cursor" });
  return page.after as T;
}

/** A page out of `limit + 1` rows: the one too many only tells that there is a next page. */
export function cut<R, T>(
  rows: readonly R[],
  limit: number,
  position: (row: R) => Position,
  item: (row: R) => T,
): { readonly items: readonly T[]; readonly next?: Position } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(item), ...(rows.length > limit && last !== undefined ? { next: position(last) } : {}) };
}
