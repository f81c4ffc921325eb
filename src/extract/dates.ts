/** When an event was: the time expression that dates its clause, or the day that another sentence gives to the same event. */
import type { TimeExpression } from "../model/annotation.ts";
import type { EventDate } from "../model/graph.ts";
import type { Frame } from "../knowledge/rules.ts";
import { anchoredAt } from "./anchors.ts";
import type { Draft, Reading } from "./claims.ts";
import type { Factuality } from "./factuality.ts";
import { supportOf } from "./roles.ts";
import { casesOf, childrenOf, isInfinitive, isVerb, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** The time expression that modifies the event: attached to its anchor, its arguments or a clause that carries it. */
export function dateOf(reading: Reading, tree: Tree, at: number, factuality: Factuality, rule: Frame): EventDate | undefined {
  const times = (reading.times.get(tree.index) ?? []).filter((time, _index, all) => !isListed(tree, time, all));
  if (times.length === 0) return undefined;
  const clauses = [...factuality.clauses];
  const support = rule.noun ? supportOf(tree, at, rule) : undefined;
  if (support && !clauses.includes(support.verb)) clauses.push(support.verb);
  for (const clause of clauses) {
    if (rule.noun && clause !== support?.verb && isSubjectMatter(tree, at, clause)) continue;
    const here = times.filter((time) => !insideMention(tree, time) && governs(tree, clause, time.head) && !ofGerund(tree, clause, time));
    const nearest = here.toSorted((a, b) => Math.abs(a.head - clause) - Math.abs(b.head - clause))[0];
    if (nearest) return nearest.date;
  }
  const beside = times.filter((time) => !insideMention(tree, time) && !ofGerund(tree, at, time) && sameStretch(tree, at, time));
  return beside.toSorted((a, b) => Math.abs(a.head - at) - Math.abs(b.head - at))[0]?.date;
}

/** "in 2021 and 2022": no one date. */
function isListed(tree: Tree, time: TimeExpression, all: readonly TimeExpression[]): boolean {
  return all.some(
    (other) =>
      other !== time &&
      (tree.tokens[other.head]?.head === time.head || tree.tokens[time.head]?.head === other.head) &&
      [time, other].some(({ head }) => tree.tokens[head]?.relation === "conj"),
  );
}

/** "thanked them for hosting talks in 2021": a time after such a clause is the clause's. */
function ofGerund(tree: Tree, clause: number, time: TimeExpression): boolean {
  if (time.head < clause && commaBetween(tree, time.last, clause)) {
    // ", which freed him in 2018, welcomed": the day is the relative clause's.
    for (let at = time.first - 1; at >= 0 && lower(tree, at) !== ","; at--) if (tree.tokens[at]?.upos === "VERB") return true;
  }
  return childrenOf(tree, clause, "advcl", "xcomp", "acl").some(
    (child) =>
      child > clause &&
      child < time.head &&
      tree.tokens[child]?.xpos === "VBG" &&
      casesOf(tree, child).some((word) => ["for", "of"].includes(word)),
  );
}

/** "informed her of the meeting during a call on Monday": the day is that of informing, not of what it was about. */
function isSubjectMatter(tree: Tree, at: number, clause: number): boolean {
  return clause < at && casesOf(tree, at).some((word) => ["of", "about", "on", "over", "regarding"].includes(word));
}

function commaBetween(tree: Tree, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (lower(tree, at) === ",") return true;
  return false;
}

const BOUNDARIES = new Set([
  ";",
  ":",
  "who",
  "which",
  "that",
  "when",
  "while",
  "as",
  "because",
  "though",
  "although",
  "since",
  "if",
  "unless",
  "(",
  ")",
  '"',
  "“",
  "”",
  "but",
  "said",
  "announced",
]);

/** Whether nothing between the anchor and the time opens another clause: for times that were hung elsewhere. */
function sameStretch(tree: Tree, at: number, time: TimeExpression): boolean {
  const from = Math.min(at + 1, time.last);
  const to = Math.max(at, time.first);
  let commas = 0;
  // "left on Tuesday to see him": the day of leaving.
  if (time.first < at && isInfinitive(tree, at)) return false;
  for (let between = from; between < to; between++) {
    if (between >= time.first && between < time.last) continue;
    const token = tree.tokens[between];
    if (tree.covering[between]?.form === "name") continue;
    if (lower(tree, between) === "and" && isVerb(tree.tokens[token?.head ?? -1])) return false;
    if (!token || (token.upos === "VERB" && token.relation !== "amod") || token.upos === "SCONJ" || BOUNDARIES.has(lower(tree, between)))
      return false;
    if (lower(tree, between) === "," && (++commas > 2 || lower(tree, between + 1) === "and")) return false;
    if (
      anchoredAt(tree, between).some((anchored) => anchored.rule.noun !== undefined && anchored.rule.relation !== "*") &&
      childrenOf(tree, between, "nmod", "obl").length > 0 &&
      time.first > between &&
      at < between
    )
      return false;
  }
  return true;
}

/** "the Nov. 10 agreement": the date belongs to the name. */
function insideMention(tree: Tree, time: TimeExpression): boolean {
  const cover = tree.covering[time.head];
  return (
    cover !== undefined && (cover.kind === "agreement" || cover.form === "name") && (cover.first < time.first || cover.last > time.last)
  );
}

/** Whether the nearest verb (or the anchor) above the time expression is this clause. */
function governs(tree: Tree, clause: number, time: number): boolean {
  let here = time;
  for (let steps = 0; steps < 8; steps++) {
    if (here === clause) return true;
    const token = tree.tokens[here];
    if (!token || token.head < 0) return false;
    if (isVerb(token) && here !== time) return false;
    if (
      here !== time &&
      anchoredAt(tree, here).some((anchored) => anchored.rule.noun !== undefined && anchored.rule.relation !== "*") &&
      !childrenOf(tree, clause, "obj", "obl", "nsubj:pass", "nsubj").includes(here)
    )
      return false;
    here = token.head;
  }
  return false;
}

/** A signing is one event: where the text gives it one day, that is the day of all who signed. */
export function datedSignings(drafts: readonly Draft[]): Draft[] {
  const signing = (draft: Draft): boolean => draft.relation === "signed" && draft.polarity === "affirmed" && draft.modality === "happened";
  return drafts.map((draft) => {
    if (!signing(draft) || draft.date) return draft;
    const dates = drafts
      .filter((other) => signing(other) && other.object.chain === draft.object.chain)
      .flatMap((other) => (other.date ? [other.date] : []));
    const [first] = dates;
    return first && dates.every((date) => date.start === first.start && date.end === first.end) ? { ...draft, date: first } : draft;
  });
}

/** Leaders who are said to be together next to the sentence in which their states sign on a day are together on that day. */
export function datedMeetings(drafts: readonly Draft[]): Draft[] {
  const states = (person: number): number[] =>
    drafts.filter((draft) => draft.relation === "leads" && draft.subject.chain === person).map((draft) => draft.object.chain);
  return drafts.map((draft) => {
    if (draft.relation !== "met-with" || draft.date || draft.modality !== "happened" || draft.polarity !== "affirmed") return draft;
    const near = drafts.filter(
      (other) =>
        other.relation === "signed" && other.date && other.modality === "happened" && Math.abs(other.sentence - draft.sentence) <= 1,
    );
    const first = near.find((other) => states(draft.subject.chain).includes(other.subject.chain));
    const both =
      first && near.some((other) => other.object.chain === first.object.chain && states(draft.object.chain).includes(other.subject.chain));
    return both && first.date ? { ...draft, date: first.date } : draft;
  });
}
