/** Where an event was, what it was about and by what means, as its own phrase says. */
import type { Medium } from "../model/graph.ts";
import { partiesAt } from "./parties.ts";
import { supportOf } from "./support.ts";
import { casesOf, childrenOf, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

const PLACE_WORDS = new Set(["in", "at", "near", "outside", "inside"]);

/** The words that the event's own phrase hangs on: its anchor, and the verb that lends a noun its subject. */
function phraseOf(tree: Tree, at: number): readonly number[] {
  const support = supportOf(tree, at, undefined);
  return support ? [at, support.verb] : [at];
}

/** The chain of the place that the event's own phrase or its verb's names ("in Ruritania"), where it is none of its parties. */
export function placeOf(tree: Tree, at: number, parties: readonly number[]): number | undefined {
  for (const governor of phraseOf(tree, at)) {
    for (const child of tree.children[governor] ?? []) {
      if (!/^(obl|nmod)/.test(tree.tokens[child]?.relation ?? "") || !casesOf(tree, child).some((word) => PLACE_WORDS.has(word))) continue;
      const party = partiesAt(tree, child).find(
        ({ mention, relayed }) => !relayed && (mention.kind === "place" || mention.kind === "state"),
      );
      if (party && !parties.includes(party.chain)) return party.chain;
    }
  }
  return undefined;
}

const TOPIC_WORDS = new Set(["about", "over", "on", "regarding", "concerning"]);

/** The chains of what the event is said to be about. */
export function topicOf(tree: Tree, at: number, parties: readonly number[]): number[] {
  const found: number[] = [];
  for (const governor of phraseOf(tree, at)) {
    for (const child of tree.children[governor] ?? []) {
      if (!/^(obl|nmod)/.test(tree.tokens[child]?.relation ?? "") || !casesOf(tree, child).some((word) => TOPIC_WORDS.has(word))) continue;
      for (const { chain } of partiesAt(tree, child)) if (!parties.includes(chain) && !found.includes(chain)) found.push(chain);
    }
  }
  return found;
}

const MEDIUM_WORDS: ReadonlyMap<string, Medium> = new Map([
  ["phone", "phone"],
  ["telephone", "phone"],
  ["telephoned", "phone"],
  ["phoned", "phone"],
  ["video", "video"],
  ["videoconference", "video"],
  ["videolink", "video"],
  ["letter", "letter"],
]);

/** "by telephone", "a phone call", "via video link": said in the event's own phrase. */
export function mediumOf(tree: Tree, at: number): Medium | undefined {
  for (const governor of phraseOf(tree, at)) {
    const own = MEDIUM_WORDS.get(lower(tree, governor));
    if (own) return own;
    for (const child of tree.children[governor] ?? []) {
      for (const word of [child, ...childrenOf(tree, child, "compound", "amod")]) {
        const medium = MEDIUM_WORDS.get(lower(tree, word));
        if (medium && /^(obl|compound|amod|nmod|obj)/.test(tree.tokens[child]?.relation ?? "")) return medium;
      }
    }
  }
  return undefined;
}
