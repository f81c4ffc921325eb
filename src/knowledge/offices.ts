/** Who held which office when: terms looked up by state and by last name. */
import { fold } from "../model/letters.ts";
import type { Knowledge, OfficeHolder } from "./types.ts";

/** Whether `day` (YYYY-MM-DD) lies in the holder's term; months and years count whole. */
export function inOffice(holder: OfficeHolder, day: string): boolean {
  return day.slice(0, holder.from.length) >= holder.from && (holder.to === undefined || day.slice(0, holder.to.length) <= holder.to);
}

interface Terms {
  readonly heads: ReadonlyMap<string, readonly OfficeHolder[]>;
  readonly lastNames: ReadonlyMap<string, readonly OfficeHolder[]>;
}

const indexes = new WeakMap<Knowledge, Terms>();

function termsOf(knowledge: Knowledge): Terms {
  let terms = indexes.get(knowledge);
  if (terms === undefined) {
    const [heads, lastNames] = [new Map<string, OfficeHolder[]>(), new Map<string, OfficeHolder[]>()];
    for (const term of knowledge.offices) {
      if (term.office.startsWith("head") && term.state !== undefined) add(heads, term.state, term);
      const name = fold(term.holder);
      const last = name.lastIndexOf(" ");
      if (last >= 0) add(lastNames, name.slice(last + 1), term);
    }
    indexes.set(knowledge, (terms = { heads, lastNames }));
  }
  return terms;
}

function add(terms: Map<string, OfficeHolder[]>, key: string, term: OfficeHolder): void {
  const same = terms.get(key);
  if (same === undefined) terms.set(key, [term]);
  else same.push(term);
}

/** Heads of a state ("TUR") and of its government. */
export function headsOf(knowledge: Knowledge, state: string): readonly OfficeHolder[] {
  return termsOf(knowledge).heads.get(state) ?? [];
}

/** Those whose name has more than one word and ends in this one, folded. */
export function bearersOf(knowledge: Knowledge, lastName: string): readonly OfficeHolder[] {
  return termsOf(knowledge).lastNames.get(lastName) ?? [];
}
