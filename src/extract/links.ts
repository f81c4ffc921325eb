/** The heads and relations of a tree while it is mended, and what hangs on what. */
import type { Token } from "../model/annotation.ts";
import type { Unit } from "./units.ts";

export type Link = { head: number; relation: Token["relation"] };

/** Whether the path up from `from` passes `through`. */
export function reaches(links: readonly Link[], from: number, through: number): boolean {
  let here = from;
  for (let steps = 0; here >= 0 && steps <= links.length; steps++) {
    if (here === through) return true;
    here = links[here]?.head ?? -1;
  }
  return false;
}

/** Whether a word of such a relation hangs on the token. */
export function hasDependent(links: readonly Link[], head: number, relation: RegExp): boolean {
  return links.some((link) => link.head === head && relation.test(link.relation));
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Whether the token hangs on something outside the stretch. */
export function isOuter(links: readonly Link[], at: number, from: number, to: number): boolean {
  const head = links[at]?.head ?? -1;
  return head < from || head >= to;
}

export function own(links: readonly Link[], token: number, group: readonly Unit[]): boolean {
  const head = links[token]?.head ?? -1;
  return group.some((unit) => head >= unit.first && head < unit.last);
}

/** Hangs a token elsewhere; a new head that hung below the token takes the token's place. */
export function attach(links: Link[], token: number, head: number, relation: Token["relation"]): void {
  const link = links[token];
  const upper = links[head];
  if (!link || !upper || token === head) return;
  if (reaches(links, head, token)) {
    upper.head = link.head;
    upper.relation = link.relation;
  }
  link.head = head;
  link.relation = relation;
}

/** Relations of a noun that fills a role. */
export const ARGUMENTS = new Set([
  "nsubj",
  "nsubj:pass",
  "obj",
  "iobj",
  "obl",
  "obl:agent",
  "nmod",
  "nmod:poss",
  "appos",
  "conj",
  "root",
  "nsubj:outer",
]);
