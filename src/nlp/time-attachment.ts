/** What a time hangs on: the parser's choice, mended where the order of words allows no other; and whether it tells when its sentence's own event was. */
import type { Tree } from "./tense.ts";

const VERBAL = /^(?:VERB|AUX)$/u;

/**
 * The token that the time at `first` to `last` (half-open) with this head hangs on where the parser has it wrong: a day before the subject or
 * the "to" of a complement is that of the verb before it, and one behind the comma that ends a relative clause is that of the outer clause.
 */
export function governorOf(tree: Tree, words: readonly string[], first: number, last: number, head: number): number | undefined {
  const verb = tree.tokens[head]?.head ?? -1;
  const governed = tree.tokens[verb];
  if (!governed) return undefined;
  const opening = openingOf(tree, first, head);
  const proxy = proVerbAbove(tree, head);
  if (proxy !== undefined) return proxy;
  if (!VERBAL.test(governed.upos)) return undefined;
  const above = tree.tokens[governed.head];
  if (above && governed.head < opening && verb >= last && /^(?:ccomp|xcomp)$/u.test(governed.relation) && VERBAL.test(above.upos)) {
    const own = (tree.children[verb] ?? []).filter((child) => child !== head && tree.tokens[child]?.relation !== "punct");
    if (own.every((child) => child >= last) && !words.slice(governed.head + 1, opening).some((word) => /^(?:,|that|:|“|")$/u.test(word)))
      return governed.head;
  }
  const told = verbAfter(tree, opening, last);
  if (told !== undefined && told !== verb) return told;
  if (words[opening - 1] !== ",") return undefined;
  let outer: number | undefined;
  for (let at = verb, steps = 0; at >= 0 && steps < 8; at = tree.tokens[at]?.head ?? -1, steps++) {
    const noun = tree.tokens[at]?.head ?? -1;
    if (tree.tokens[at]?.relation === "acl:relcl" && words.slice(noun, Math.min(at, opening - 1)).includes(",")) outer = noun;
  }
  while (outer !== undefined && outer >= 0 && !VERBAL.test(tree.tokens[outer]?.upos ?? "")) outer = tree.tokens[outer]?.head ?? -1;
  return outer === undefined || outer < 0 ? undefined : outer;
}

/** "as she had asked him to do in a call on Tuesday": she asked him on Tuesday. */
function proVerbAbove(tree: Tree, head: number): number | undefined {
  let at = tree.tokens[head]?.head ?? -1;
  for (let steps = 0; at >= 0 && steps < 4 && !VERBAL.test(tree.tokens[at]?.upos ?? ""); steps++) at = tree.tokens[at]?.head ?? -1;
  const verb = tree.tokens[at];
  if (verb?.lemma !== "do" || verb.relation !== "xcomp") return undefined;
  const marked = (tree.children[verb.head] ?? []).some(
    (child) => tree.tokens[child]?.relation === "mark" && tree.tokens[child]?.lemma === "as",
  );
  const bare = (tree.children[at] ?? []).every((child) => tree.tokens[child]?.relation !== "obj");
  return marked && bare ? verb.head : undefined;
}

/** "and Ruritania on Tuesday downgraded its embassy": the verb whose subject stands right before the time and which follows it. */
function verbAfter(tree: Tree, opening: number, last: number): number | undefined {
  const next = tree.tokens[last];
  if (!next || !/^(?:VB[DZP]|MD)$/u.test(next.xpos)) return undefined;
  const verb = next.relation.startsWith("aux") ? next.head : last;
  const subject = (tree.children[verb] ?? []).find((child) => /^nsubj/u.test(tree.tokens[child]?.relation ?? "") && child < opening);
  if (subject === undefined) return undefined;
  const between = tree.tokens.slice(subject + 1, opening);
  return between.every((token) => /^(?:PROPN|NOUN|ADJ|ADP|DET|PART)$/u.test(token.upos)) ? verb : undefined;
}

/** Where the phrase of a time begins, with its prepositions: "late on Tuesday". */
function openingOf(tree: Tree, first: number, head: number): number {
  const before = (tree.children[head] ?? []).filter(
    (child) => child < first && /^(?:case|det|advmod|amod)$/u.test(tree.tokens[child]?.relation ?? ""),
  );
  return Math.min(first, ...before);
}

/** Prepositions under which a time bounds an event and does not date it. */
const BOUNDS = new Set(["since", "until", "till", "by", "before", "after", "of", "for"]);

/** Whether the time is an adverbial of a clause that the sentence itself tells, not of a relative clause, nor part of a noun's phrase. */
export function tellsWhen(tree: Tree, head: number): boolean {
  if ((tree.children[head] ?? []).some((child) => tree.tokens[child]?.relation === "case" && BOUNDS.has(tree.tokens[child]?.lemma ?? "")))
    return false;
  for (let at = head, steps = 0; at >= 0 && steps < 12; steps++) {
    const token = tree.tokens[at];
    if (!token || token.head < 0) return true;
    if (/^(?:acl|nmod|compound|amod|nummod|appos)/u.test(token.relation)) return false;
    at = token.head;
  }
  return true;
}
