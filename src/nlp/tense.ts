/** Where a clause lies in time, read from its verb group: what turns "on Friday" towards the past or the future. */
import type { Sentence, Token } from "../model/annotation.ts";

export type Direction = "past" | "future" | "unknown";

/** Words that put what they govern into the future, in whatever tense they stand: "was due in Rome on Friday". */
const AHEAD = new Set("due expect schedule plan set slate bound likely ready".split(" "));
/** Words whose infinitive happened, or did not, when they did: "failed to agree on Tuesday". */
const ACTUAL = new Set(
  "fail manage refuse decline begin start continue try attempt seem appear help cease force have get come go".split(" "),
);
/** "talks before Friday", "ahead of a vote on Monday". */
const UPCOMING = new Set(["before", "until", "till", "ahead"]);
const MODALS_AHEAD = new Set(["will", "shall", "may", "might", "can", "could", "would", "should", "must"]);

/**
 * The direction in which the clause around token `index` looks from the moment of writing. `index` may be the verb itself or anything
 * below it. Present tense looks ahead ("the ministers meet on Friday"), in a headline back.
 */
export function directionOf(sentence: Sentence, index: number, headline = false): Direction {
  const { tokens } = sentence;
  let at = index;
  // A tree is at most as deep as the sentence is long; the bound keeps a damaged one from going round.
  for (let steps = 0; at >= 0 && steps <= tokens.length; steps++) {
    const token = tokens[at] as Token;
    if (at !== index && tokens.some((child) => child.head === at && child.relation === "case" && UPCOMING.has(child.lemma)))
      return "future";
    const found = isPredicate(sentence, at) ? verbDirection(sentence, at, headline) : undefined;
    if (found) return found;
    at = token.head;
  }
  return "unknown";
}

function isPredicate(sentence: Sentence, index: number): boolean {
  const token = sentence.tokens[index] as Token;
  if (token.upos === "VERB" || token.upos === "AUX") return true;
  return sentence.tokens.some((child) => child.head === index && (child.relation === "cop" || child.relation === "aux"));
}

/** Direction that a verb (or predicate with a copula) gives; undefined where it takes its time from what governs it. */
function verbDirection(sentence: Sentence, index: number, headline: boolean): Direction | undefined {
  const { tokens } = sentence;
  const token = tokens[index] as Token;
  const helpers = tokens.filter((child) => child.head === index && /^(?:aux|cop)/u.test(child.relation));
  const perfect = helpers.some((child) => child.lemma === "have");
  const modal = helpers.find((child) => child.xpos === "MD");
  if (modal) {
    return perfect ? "past" : MODALS_AHEAD.has(modal.lemma) ? "future" : "unknown";
  }
  if (AHEAD.has(token.lemma) && (token.upos === "ADJ" || token.xpos === "VBN") && !perfect) return "future";
  if (helpers.some((child) => child.lemma === "have" && /^VB[PZD]$/u.test(child.xpos))) return "past";
  const infinitive = token.xpos === "VB" && tokens.some((child) => child.head === index && child.lemma === "to" && child.upos === "PART");
  if (infinitive) {
    if (perfect) return "past";
    const governor = tokens[token.head];
    if (!governor) return "future";
    return ACTUAL.has(governor.lemma) ? undefined : "future";
  }
  const finite = [token, ...helpers].find((word) => /^VB[DPZ]$/u.test(word.xpos));
  if (finite?.xpos === "VBD") return "past";
  if (finite) {
    // "is to meet": the copula of an infinitive is met above; what is left is the present.
    return headline ? "past" : token.xpos === "VBN" ? "past" : "future";
  }
  if (token.xpos === "VBN") return headline ? "past" : token.relation.startsWith("acl") || token.relation === "advcl" ? "past" : undefined;
  return undefined;
}
