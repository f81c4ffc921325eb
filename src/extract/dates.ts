/** When an event was: the time expression that dates its clause, or the day that another sentence gives to the same event. */
import type { TimeExpression } from "../model/annotation.ts";
import type { EventDate } from "../model/graph.ts";
import type { Frame } from "../knowledge/rules.ts";
import { anchoredAt } from "./anchors.ts";
import type { Draft, Reading } from "./claims.ts";
import type { Factuality } from "./factuality.ts";
import { supportOf } from "./support.ts";
import { casesOf, childrenOf, isInfinitive, isVerb, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/**
 * The time that dates the event: attached to its anchor, its arguments or a clause that carries it, else to a clause that goes with it. A
 * time that no calendar places ("last week") leaves the event without a date.
 */
export function dateOf(reading: Reading, tree: Tree, at: number, factuality: Factuality, rule: Frame): EventDate | undefined {
  const times = (reading.times.get(tree.index) ?? []).filter(
    (time, _index, all) =>
      !isListed(tree, time, all) && !insideMention(tree, time) && !isBound(tree, time) && !isOfAgreement(tree, time, rule),
  );
  if (times.length === 0) return undefined;
  const published = reading.annotated.document.date;
  const clauses = [...factuality.clauses];
  const support = rule.noun ? supportOf(tree, at, rule) : undefined;
  if (support && !clauses.includes(support.verb)) clauses.push(support.verb);
  const verb = support?.verb ?? at;
  const own = (time: TimeExpression): boolean => !(published && time.date && time.date.start > published && isPast(tree, verb));
  for (const clause of clauses) {
    if (rule.noun && clause !== support?.verb && isSubjectMatter(tree, at, clause)) continue;
    const here = times.filter((time) => own(time) && governs(tree, clause, time.head) && !ofGerund(tree, clause, time));
    if (here.length > 0) return nearest(here, clause)?.date;
  }
  const beside = times.filter((time) => own(time) && !ofGerund(tree, at, time) && sameStretch(tree, at, time));
  if (beside.length > 0) return nearest(beside, at)?.date;
  for (const clause of companions(tree, verb)) {
    const there = times.filter((time) => own(time) && governs(tree, clause, time.head) && !ofGerund(tree, clause, time));
    if (there.length > 0) return nearest(there, clause)?.date;
  }
  return undefined;
}

/** The time nearest to a token; one of the calendar before one that is not. */
function nearest(times: readonly TimeExpression[], token: number): TimeExpression | undefined {
  const distance = (time: TimeExpression): number => Math.abs(time.head - token);
  return times.toSorted((a, b) => Number(!a.date) - Number(!b.date) || distance(a) - distance(b))[0];
}

/** "by Friday", "before the end of May", "until 2019": a bound of the event, not its time. */
const BOUNDS = new Set(["by", "until", "till", "before", "after", "within", "ahead"]);

function isBound(tree: Tree, time: TimeExpression): boolean {
  if (casesOf(tree, time.head).some((word) => BOUNDS.has(word)) || BOUNDS.has(lower(tree, time.first - 1))) return true;
  const head = tree.tokens[time.head]?.head ?? -1;
  return (
    ["end", "close", "start", "beginning", "middle"].includes(lower(tree, head)) && casesOf(tree, head).some((word) => BOUNDS.has(word))
  );
}

/** Relations that are the making of their agreement: "signed the treaty of 1960" is dated by it, "left the treaty of 1960" is not. */
const MAKING = new Set(["signed", "brokered", "proposed", "agreed-with"]);

function isOfAgreement(tree: Tree, time: TimeExpression, rule: Frame): boolean {
  const head = tree.tokens[time.head]?.head ?? -1;
  return !MAKING.has(rule.relation) && casesOf(tree, time.head).includes("of") && tree.covering[head]?.kind === "agreement";
}

/** Whether a verb says that something is over: "invited", "has invited". */
function isPast(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  if (!isVerb(token)) return false;
  const helpers = childrenOf(tree, at, "aux", "aux:pass");
  if (helpers.some((helper) => tree.tokens[helper]?.xpos === "MD") || isInfinitive(tree, at)) return false;
  if (token?.xpos === "VBD") return true;
  return token?.xpos === "VBN" && helpers.some((helper) => ["have", "has", "had", "was", "were"].includes(lower(tree, helper)));
}

/** Clauses whose time is also that of the verb's clause: "as they met on Monday, ...", "spoke on Monday, asking ...", "on Monday he came and saw". */
function companions(tree: Tree, verb: number): number[] {
  const token = tree.tokens[verb];
  if (!token || !isVerb(token)) return [];
  const head = tree.tokens[token.head];
  const found: number[] = [];
  const marks = childrenOf(tree, verb, "mark").map((mark) => lower(tree, mark));
  if (token.relation === "advcl" && isVerb(head)) {
    const participle = token.xpos === "VBG" && marks.length === 0 && casesOf(tree, verb).length === 0;
    if (participle || (isSimultaneous(tree, verb) && isPast(tree, verb) && isPast(tree, token.head))) found.push(token.head);
  }
  if (token.relation === "conj" && isVerb(head) && token.xpos === head?.xpos && isPast(tree, verb)) {
    const subject = childrenOf(tree, verb, "nsubj", "nsubj:pass");
    if (subject.length === 0) found.push(token.head);
  }
  for (const clause of childrenOf(tree, verb, "advcl"))
    if (isSimultaneous(tree, clause) && isPast(tree, clause) && isPast(tree, verb)) found.push(clause);
  return found;
}

function isSimultaneous(tree: Tree, clause: number): boolean {
  const marks = childrenOf(tree, clause, "mark", "advmod").filter((mark) => mark < clause);
  const simultaneous = (at: number): boolean => ["as", "while", "when"].includes(lower(tree, at));
  if (marks.some(simultaneous)) return true;
  // The parser may hang "as" on the subject, and that on the day: "on Tuesday as its minister signed".
  const head = tree.tokens[clause]?.head ?? clause;
  return marks.length === 0 && tree.words.slice(head + 1, clause).some((_, i) => simultaneous(head + 1 + i));
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

/** "before dawn on Thursday", whatever word the tagger takes "dawn" for. */
const TIMES_OF_DAY = new Set(["midnight", "dawn", "noon", "midday", "dusk", "nightfall", "sunrise", "sunset"]);

/** Nouns for a moment of an occasion. */
const MOMENTS = new Set("close end start conclusion beginning sidelines fringes margins eve opening".split(" "));

/** Whether the nearest verb (or the anchor) above the time expression is this clause. */
function governs(tree: Tree, clause: number, time: number): boolean {
  let here = time;
  for (let steps = 0; steps < 8; steps++) {
    if (here === clause) return true;
    const token = tree.tokens[here];
    if (!token || token.head < 0) return false;
    if (isVerb(token) && here !== time && !TIMES_OF_DAY.has(lower(tree, here))) return false;
    if (
      here !== time &&
      anchoredAt(tree, here).some((anchored) => anchored.rule.noun !== undefined && anchored.rule.relation !== "*") &&
      !childrenOf(tree, clause, "obj", "obl", "nsubj:pass", "nsubj").includes(here) &&
      // "on the sidelines of the 14 May summit"
      !(MOMENTS.has(lower(tree, token.head)) && tree.tokens[token.head]?.head === clause)
    )
      return false;
    here = token.head;
  }
  return false;
}

/**
 * Gives claims that their own sentence leaves undated the day that another sentence gives to the same event.
 * @param drafts of the whole document, in text order.
 */
export function withDates(reading: Reading, drafts: readonly Draft[]): Draft[] {
  return datedByOccasion(reading, datedMeetings(datedSignings(reading, drafts)));
}

/** A signing is one event: where the text gives it, or the agreement, one day, that is the day of all who signed. */
function datedSignings(reading: Reading, drafts: readonly Draft[]): Draft[] {
  const signing = (draft: Draft): boolean => draft.relation === "signed" && draft.polarity === "affirmed" && draft.modality === "happened";
  const made = agreementDates(reading);
  return drafts.map((draft) => {
    if (!signing(draft) || draft.date) return draft;
    const dates = drafts
      .filter((other) => signing(other) && other.object.chain === draft.object.chain)
      .flatMap((other) => (other.date ? [other.date] : []));
    const date = common(dates.length > 0 ? dates : (made.get(draft.object.chain) ?? []));
    return date ? { ...draft, date } : draft;
  });
}

/** The one day that all dates say, some more exactly than others. */
function common(dates: readonly EventDate[]): EventDate | undefined {
  const narrowest = dates.toSorted((a, b) => (a.start === b.start ? (a.end < b.end ? -1 : 1) : a.start > b.start ? -1 : 1))[0];
  return narrowest && dates.every((date) => date.start <= narrowest.start && date.end >= narrowest.end) ? narrowest : undefined;
}

const CONCLUDED = new Set("sign initial conclude reach agree adopt ink seal strike clinch".split(" "));

/** When each agreement was made, where its phrase says so: "the Nov. 27 memorandum", "the treaty of 1960", "an accord initialled on Friday". */
function agreementDates(reading: Reading): Map<number, EventDate[]> {
  const made = new Map<number, EventDate[]>();
  for (const tree of reading.trees) {
    for (const time of reading.times.get(tree.index) ?? []) {
      const { date } = time;
      if (!date) continue;
      const agreement = agreementOf(tree, time);
      const [chain] = agreement?.chains ?? [];
      if (chain !== undefined && agreement?.chains.length === 1) made.set(chain, [...(made.get(chain) ?? []), date]);
    }
  }
  return made;
}

function agreementOf(tree: Tree, time: TimeExpression): Tree["covering"][number] {
  const agreement = (at: number): Tree["covering"][number] => (tree.covering[at]?.kind === "agreement" ? tree.covering[at] : undefined);
  const inside = agreement(time.head);
  if (inside) return inside;
  const head = tree.tokens[time.head]?.head ?? -1;
  if (casesOf(tree, time.head).includes("of")) return agreement(head);
  const verb = tree.tokens[head];
  return verb?.relation === "acl" && verb.xpos === "VBN" && CONCLUDED.has(verb.lemma) ? agreement(verb.head) : undefined;
}

/**
 * Meetings that another sentence dates: leaders who are said to be together next to the sentence in which their states sign on a day, and
 * guests who are said to be received next to that in which they sign.
 */
function datedMeetings(drafts: readonly Draft[]): Draft[] {
  const sides = (person: number): number[] => [
    person,
    ...drafts
      .filter((draft) => (draft.relation === "leads" || draft.relation === "represents") && draft.subject.chain === person)
      .map((draft) => draft.object.chain),
  ];
  return drafts.map((draft) => {
    if (draft.date || draft.modality !== "happened" || draft.polarity !== "affirmed") return draft;
    if (draft.relation !== "met-with" && draft.relation !== "hosted") return draft;
    const near = drafts.filter(
      (other) =>
        other.relation === "signed" && other.date && other.modality === "happened" && Math.abs(other.sentence - draft.sentence) <= 1,
    );
    if (draft.relation === "hosted") {
      const guest = near.find((other) => other.subject.chain === draft.object.chain);
      return guest?.date ? { ...draft, date: guest.date } : draft;
    }
    const first = near.find((other) => sides(draft.subject.chain).includes(other.subject.chain));
    const both =
      first && near.some((other) => other.object.chain === first.object.chain && sides(draft.object.chain).includes(other.subject.chain));
    return both && first.date ? { ...draft, date: first.date } : draft;
  });
}

const OCCASIONS = new Set("meeting talk talks summit ceremony signing call conversation visit session".split(" "));
/** Relations that are occasions themselves. */
const HELD = new Set(["met-with", "spoke-with", "negotiated-with", "hosted", "signed", "agreed-with"]);

/** "At the close of the meeting they signed": the day of the meeting last spoken of, in the sentence before or earlier in this one. */
function datedByOccasion(reading: Reading, drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    if (draft.date || draft.modality !== "happened" || draft.polarity !== "affirmed") return draft;
    const tree = reading.trees[draft.sentence];
    if (!tree || !namesOccasion(tree, draft.trigger)) return draft;
    const held = drafts.filter(
      (other) =>
        HELD.has(other.relation) &&
        other.date?.precision === "day" &&
        other.modality === "happened" &&
        draft.sentence - other.sentence <= 1 &&
        (other.sentence < draft.sentence || (other.sentence === draft.sentence && other.trigger < draft.trigger)),
    );
    const date = held.at(-1)?.date;
    return date && held.every((other) => other.date?.start === date.start) ? { ...draft, date } : draft;
  });
}

function namesOccasion(tree: Tree, trigger: number): boolean {
  return childrenOf(tree, trigger, "obl").some((child) => {
    if (!casesOf(tree, child).some((word) => ["at", "after", "during", "in", "following", "on"].includes(word))) return false;
    const inner = MOMENTS.has(lower(tree, child)) ? childrenOf(tree, child, "nmod")[0] : child;
    if (inner === undefined || !OCCASIONS.has(lower(tree, inner))) return false;
    const bare = (tree.children[inner] ?? []).every((word) =>
      ["det", "case", "nmod:poss", "punct"].includes(tree.tokens[word]?.relation ?? ""),
    );
    return bare && childrenOf(tree, inner, "det").some((det) => ["the", "that", "this"].includes(lower(tree, det)));
  });
}
