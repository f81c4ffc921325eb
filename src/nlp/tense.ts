/** Where a clause lies in time, read from its verb group: what turns "on Friday" towards the past or the future. */
import type { Token } from "../model/annotation.ts";

export type Direction = "past" | "future" | "unknown";

/** Predicates that put what they govern into the future, in whatever tense they stand: "was due in Rome on Friday". */
const AHEAD = new Set("due expect schedule plan set slate bound likely ready".split(" "));
/** Verbs whose infinitive happened, or did not, when they did: "failed to agree on Tuesday". */
const ACTUAL = new Set(
  "fail manage refuse decline begin start continue try attempt seem appear help cease force have get come go".split(" "),
);
/** Verbs whose past is written like their present. */
const UNMARKED = new Set("put set cut hit let quit shut spread beat cast hurt split".split(" "));
/** "talks before Friday", "ahead of a vote on Monday". */
const UPCOMING = new Set(["before", "until", "till", "ahead"]);
const TIMES_OF_DAY = new Set(["midnight", "dawn", "noon", "midday", "dusk", "nightfall", "sunrise", "sunset"]);
const MODALS_AHEAD = new Set(["will", "shall", "may", "might", "can", "could", "would", "should", "must"]);
/** So far up the tree a time may be from the verb it looks with. */
const REACH = 30;

/** A sentence's tokens with the children of each. */
export interface Tree {
  readonly tokens: readonly Token[];
  readonly children: readonly (readonly number[])[];
}

export function treeOf(tokens: readonly Token[]): Tree {
  const children: number[][] = tokens.map(() => []);
  tokens.forEach(({ head }, i) => {
    children[head]?.push(i);
  });
  return { tokens, children };
}

/**
 * The direction in which the clause around token `index` looks from the moment of writing. `index` may be the verb itself or anything
 * below it. A time that hangs on a verb in the present looks ahead ("the ministers meet on Friday"), in a headline back.
 */
export function directionOf(tree: Tree, index: number, headline = false): Direction {
  // "called elections for June 2"
  if (childTokens(tree, index).some((child) => child.relation === "case" && child.lemma === "for")) return "future";
  for (let at = index, steps = 0; at >= 0 && steps < REACH; at = (tree.tokens[at] as Token).head, steps++) {
    if (at !== index && isUpcoming(tree, at)) return "future";
    const found = verbDirection(tree, at, index, headline);
    if (found) return found;
  }
  return "unknown";
}

function childTokens({ tokens, children }: Tree, index: number): Token[] {
  return (children[index] as readonly number[]).map((child) => tokens[child] as Token);
}

/** "before the talks", but not "before midnight". */
function isUpcoming(tree: Tree, index: number): boolean {
  if (TIMES_OF_DAY.has((tree.tokens[index] as Token).lemma)) return false;
  return childTokens(tree, index).some((child) => child.relation === "case" && UPCOMING.has(child.lemma));
}

/**
 * Direction that a predicate gives the token `from` below it; undefined where the token at `index` is none, or takes its time from what
 * governs it.
 */
function verbDirection(tree: Tree, index: number, from: number, headline: boolean): Direction | undefined {
  const { tokens } = tree;
  const token = tokens[index] as Token;
  const below = childTokens(tree, index);
  const helpers = below.filter((child) => /^(?:aux|cop)/u.test(child.relation));
  if (token.upos !== "VERB" && token.upos !== "AUX" && helpers.length === 0) return undefined;

  const perfect = helpers.some((child) => child.lemma === "have");
  const modal = helpers.find((child) => child.xpos === "MD");
  if (modal) return perfect ? "past" : MODALS_AHEAD.has(modal.lemma) ? "future" : "unknown";
  if (AHEAD.has(token.lemma) && (token.upos === "ADJ" || token.xpos === "VBN") && !perfect) return "future";
  const to = (tree.children[index] as readonly number[]).find((child) => tokens[child]?.xpos === "TO");
  if (to !== undefined && [token, ...helpers].some((word) => word.xpos === "VB")) {
    // "agreed on Tuesday to meet": what stands before "to" is not the infinitive's, wherever the parser put it.
    if (from < to) return undefined;
    if (perfect) return "past";
    if (helpers.some((child) => child.lemma === "be")) return "future";
    const governor = tokens[token.head];
    return governor && ACTUAL.has(governor.lemma) ? undefined : "future";
  }
  if (perfect) return "past";
  const finite = [token, ...helpers].find((word) => /^VB[DPZ]$/u.test(word.xpos));
  // "put", "set", "cut" are written alike in both tenses; a report means the past.
  if (finite?.xpos === "VBD" || (finite?.xpos === "VBP" && UNMARKED.has(finite.lemma) && !headline)) return "past";
  if (token.xpos === "VB" && UNMARKED.has(token.lemma) && !headline && below.some((child) => child.relation === "nsubj")) return "past";
  const present = finite !== undefined || (token.xpos === "VB" && helpers.length === 0);
  if (present) {
    if (headline || token.xpos === "VBN") return "past";
    const direct = from === index || (tokens[from]?.head === index && /^(?:obl|advmod|nmod)/u.test(tokens[from]?.relation ?? ""));
    return direct ? "future" : undefined;
  }
  if (token.xpos === "VBN" && (headline || token.relation.startsWith("acl") || token.relation === "advcl")) return "past";
  return undefined;
}
