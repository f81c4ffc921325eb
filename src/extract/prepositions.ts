/** What stands under a preposition of a verb or noun, wherever the parser hung it. */
import type { Frame } from "../knowledge/rules.ts";
import { LIGHT_VERBS, supportOf } from "./support.ts";
import {
  antecedent,
  casesOf,
  childrenOf,
  conjuncts,
  isInfinitive,
  isNominal,
  isTemporal,
  isVerb,
  lower,
  prepositional,
  shell,
} from "./tree.ts";
import type { Tree } from "./tree.ts";

export function verbPrepositional(tree: Tree, at: number, word: string): number[] {
  const own = prepositional(tree, at, word);
  if (own.length > 0) return own;
  // Relative pronoun that the preposition was left behind by, or fronted with: "with whom he met".
  const fronted = (tree.children[at] ?? []).filter((child) => antecedent(tree, child) !== child && casesOf(tree, child).includes(word));
  if (fronted.length > 0) return fronted;
  // "Ruritania, where the troops are based": where is in it.
  if (word === "in" || word === "at") {
    const where = (tree.children[at] ?? []).find((child) => child < at && lower(tree, child) === "where");
    const noun = tree.tokens[at]?.relation === "acl:relcl" && where !== undefined ? (tree.tokens[at]?.head ?? -1) : -1;
    if (noun >= 0) return [noun];
  }
  // "leave on Tuesday for Jordan": what hangs on the day hangs on the verb.
  for (const setting of childrenOf(tree, at, "obl", "obl:unmarked")) {
    if (!isTemporal(tree, setting)) continue;
    const inner = prepositional(tree, setting, word);
    if (inner.length > 0) return inner;
  }
  if (word === "of") return [];
  // "flew from Lutha to Ruritania": the second place is as readily hung on the first.
  if (word === "to") {
    for (const from of prepositional(tree, at, "from")) {
      const inner = prepositional(tree, from, word);
      if (inner.length > 0) return inner;
    }
  }
  // Parsers attach prepositional phrases to the object as readily as to the verb.
  for (const object of childrenOf(tree, at, "obj", "nsubj:pass", "xcomp")) {
    if (tree.byHead.has(object) && tree.tokens[object]?.upos === "PROPN") continue;
    const inner = prepositional(tree, object, word);
    if (inner.length > 0) return inner;
  }
  const near = nearby(tree, at, word);
  return near.length > 0 ? near : sharedPrepositional(tree, at, word);
}

/** "shook hands and chatted with X", "met and spoke with X": what the later verb is done with serves the earlier one, which has nothing of the kind. */
function sharedPrepositional(tree: Tree, at: number, word: string): number[] {
  if (!/^(with|to|against|from)$/.test(word) || childrenOf(tree, at, "obl", "advcl", "ccomp", "xcomp").length > 0) return [];
  const next = childrenOf(tree, at, "conj").find((child) => child > at && isVerb(tree.tokens[child]));
  if (next === undefined || next - at > 4 || tree.tokens[next]?.xpos !== tree.tokens[at]?.xpos) return [];
  if (tree.words.slice(at, next).includes(",") || childrenOf(tree, next, "nsubj", "nsubj:pass", "obj").length > 0) return [];
  return prepositional(tree, next, word);
}

/** The nearest such phrase to the right in the same clause, whatever it was hung on. */
export function nearby(tree: Tree, at: number, word: string): number[] {
  for (let next = at + 1; next < Math.min(at + 9, tree.tokens.length); next++) {
    const token = tree.tokens[next];
    if (!token || token.upos === "VERB" || token.upos === "SCONJ" || /^[,;:()"“”]$/.test(lower(tree, next))) return [];
    if (token.upos !== "ADP" || lower(tree, next) !== word) continue;
    const verbBetween = (end: number): boolean => tree.tokens.slice(next + 1, end + 1).some(isVerb);
    let head = token.head > next && !verbBetween(token.head) ? token.head : next + 1;
    for (
      let above = tree.tokens[head]?.head ?? -1;
      above > head && above <= next + 8 && !verbBetween(above);
      above = tree.tokens[head]?.head ?? -1
    )
      head = above;
    if (isNominal(tree.tokens[head])) return [head];
  }
  return [];
}

/** "the attack last week on A", "a visit on Monday to A": what hangs on a time right after the noun hangs on the noun. */
function pastTime(tree: Tree, at: number, word: string): number[] {
  for (let next = at + 1; next <= at + 4 && next < tree.tokens.length; next++) {
    if (tree.tokens[next]?.upos === "VERB" || /^[,;:]$/.test(lower(tree, next))) return [];
    if (isTemporal(tree, next)) return prepositional(tree, next, word);
  }
  return [];
}

/** What lies or stands between two whoever talks about it. */
const SHARED =
  /^(border|frontier|war|conflict|dispute|row|tension|tie|relation|relationship|peace|truce|ceasefire|agreement|accord|treaty|deal|clash|fighting|violence|line|corridor|bridge|meeting|summit)$/;

export function nounPrepositional(tree: Tree, at: number, word: string, rule: Frame | undefined): number[] {
  const own = prepositional(tree, at, word);
  if (own.length > 0) return own;
  const past = pastTime(tree, at, word);
  if (past.length > 0) return past;
  for (const participle of childrenOf(tree, at, "acl")) {
    if (LIGHT_VERBS.has(tree.tokens[participle]?.lemma ?? "") && !isInfinitive(tree, participle)) {
      const inner = prepositional(tree, participle, word);
      if (inner.length > 0) return inner;
    }
  }
  const outer = shell(tree, at);
  if (outer !== at) {
    const inner = prepositional(tree, outer, word);
    if (inner.length > 0) return inner;
  }
  const support = supportOf(tree, at, rule);
  if (support && support.as !== "setting") {
    const inner = prepositional(tree, support.verb, word).filter((child) => child !== outer);
    if (inner.length > 0) return inner;
  }
  if (word !== "of") {
    // "the attack by A on B", "the withdrawal of troops from B": the second phrase is as readily hung on the first.
    for (const first of [...(word === "by" ? [] : prepositional(tree, at, "by")), ...prepositional(tree, at, "of")]) {
      const inner = prepositional(tree, first, word);
      if (inner.length > 0) return inner;
    }
  }
  if (word === "of") {
    // "the announcement by A and B of a pact"
    for (const by of prepositional(tree, at, "by")) {
      const inner = [by, ...conjuncts(tree, by)]
        .flatMap((each) => prepositional(tree, each, word))
        .filter((each) => !tree.byHead.get(each)?.some(({ kind }) => kind === "state"));
      if (inner.length > 0) return inner;
    }
  }
  if (word === "of" || word === "with" || word === "between" || word === "by") {
    for (const child of tree.children[at] ?? []) {
      if (
        tree.tokens[child]?.relation === "conj" &&
        child > at &&
        prepositional(tree, child, word).length > 0 &&
        isNominal(tree.tokens[child])
      )
        return prepositional(tree, child, word);
    }
  }
  if (word === "between" && /^(on|over|about)$/.test(lower(tree, at + 1))) {
    const parties = nearby(tree, at, word);
    return parties.some((party) => SHARED.test(tree.tokens[tree.tokens[party]?.head ?? -1]?.lemma ?? "")) ? [] : parties;
  }
  return lower(tree, at + 1) === word ? nearby(tree, at, word) : [];
}
