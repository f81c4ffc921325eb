/** A sentence as the readers of standing facts see it, and the drafts that they make of it. */
import type { Title } from "../knowledge/types.ts";
import type { Mention } from "../model/annotation.ts";
import type { RelationName } from "../model/graph.ts";
import type { Draft, Reading } from "./claims.ts";
import type { Tree } from "./tree.ts";

export const DETERMINERS = new Set(["the", "a", "an", "both", "two", "three", "four", "all"]);

/** Titles by their letters alone, so that "vice president" and "vice-president" are one, however they were cut into tokens. */
export type TitleIndex = ReadonlyMap<string, { readonly title: Title; readonly plural: boolean }>;

/** A title found in a sentence: tokens first (inclusive) to last (exclusive). */
export interface FoundTitle {
  readonly first: number;
  readonly last: number;
  readonly title: Title;
  readonly plural: boolean;
}

/** A sentence as this reader sees it. */
export interface Page {
  readonly reading: Reading;
  readonly tree: Tree;
  readonly words: readonly string[];
  readonly titles: TitleIndex;
  readonly mentions: readonly Mention[];
  readonly out: Draft[];
  readonly open: Open[];
}

/** A title whose state the noun phrase does not name. */
export interface Open {
  readonly page: Page;
  readonly found: FoundTitle;
  readonly person: Mention;
}

export function add(page: Page, relation: RelationName, rule: string, subject: Mention, object: Mention, confidence: number): void {
  for (const left of chainsOf(subject))
    for (const right of chainsOf(object)) push(page, relation, rule, subject, left, object, right, confidence);
}

export function push(
  page: Page,
  relation: RelationName,
  rule: string,
  subject: Mention,
  left: number,
  object: Mention,
  right: number,
  confidence: number,
): void {
  if (left === right) return;
  const known = page.reading.knowledge.relations.get(relation);
  const kinds = [page.reading.annotated.chains[left]?.kind, page.reading.annotated.chains[right]?.kind];
  if (!known || !kinds[0] || !kinds[1] || !known.subject.includes(kinds[0]) || !known.object.includes(kinds[1])) return;
  page.out.push({
    relation,
    rule,
    sentence: page.tree.index,
    trigger: subject.head,
    subject: { chain: left, mention: subject, relayed: false },
    object: { chain: right, mention: object, relayed: false },
    parties: [left, right].toSorted((a, b) => a - b),
    polarity: "affirmed",
    modality: "happened",
    topic: [],
    confidence,
  });
}

export function chainsOf(mention: Mention): readonly number[] {
  return mention.chains;
}

export function isPossessive(word: string | undefined): boolean {
  return word === "'s" || word === "'" || word === "’s" || word === "’";
}
