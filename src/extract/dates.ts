/** When an event was: the time expression that dates its clause. */
import type { TimeExpression } from "../model/annotation.ts";
import type { EventDate } from "../model/graph.ts";
import type { Frame } from "../knowledge/rules.ts";
import { anchoredAt } from "./anchors.ts";
import type { Reading } from "./claims.ts";
import type { Factuality } from "./factuality.ts";
import { supportOf } from "./support.ts";
import { casesOf, childrenOf, isInfinitive, isNominal, isVerb, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/**
 * The time that dates the event: attached to its anchor, its arguments or a clause that carries it, else to a clause that goes with it. A
 * time that no calendar places ("last week") leaves the event without a date.
 */
export function dateOf(reading: Reading, tree: Tree, at: number, factuality: Factuality, rule: Frame): EventDate | undefined {
  const times = (reading.times.get(tree.index) ?? []).filter(
    (time, _index, all) =>
      !isListed(tree, time, all) &&
      !insideMention(tree, time) &&
      !isBound(tree, time) &&
      !isOfAgreement(tree, time, rule) &&
      !isOfThing(tree, time, at) &&
      !(rule.relation === "invited" && isOfVisit(tree, time, at)) &&
      !(casesOf(tree, time.head).includes("since") && !lasts(tree, time, at, factuality, rule)),
  );
  if (times.length === 0) return undefined;
  const published = reading.annotated.document.date;
  const clauses = [...factuality.clauses];
  const support = rule.noun ? supportOf(tree, at, rule) : undefined;
  if (support && !clauses.includes(support.verb)) clauses.push(support.verb);
  const verb = support?.verb ?? at;
  const own = (time: TimeExpression): boolean => !(published && time.date && time.date.start > published && isPast(tree, verb));
  const then = whenOf(tree, verb, times);
  if (then) return then.date;
  for (const clause of clauses) {
    if (rule.noun && clause !== support?.verb && isSubjectMatter(tree, at, clause)) continue;
    const here = times.filter((time) => own(time) && governs(tree, clause, time.head) && !ofGerund(tree, clause, time));
    if (here.length > 0) return nearest(here, clause)?.date;
  }
  const beside = times.filter((time) => own(time) && !ofGerund(tree, at, time) && sameStretch(tree, at, time));
  if (beside.length > 0) return nearest(beside, at)?.date;
  const near = companions(tree, verb);
  for (const { clause, until } of [...near, ...near.flatMap((one) => companions(tree, one.clause))]) {
    const there = times.filter(
      (time) => own(time) && time.head < until && governs(tree, clause, time.head) && !ofGerund(tree, clause, time),
    );
    if (there.length > 0) return nearest(there, clause)?.date;
  }
  // "10 January 2021: A met B": the day under which an entry stands.
  const entry = times.find((time) => time.first <= 1 && lower(tree, time.last) === ":");
  return entry && at > entry.last && own(entry) && /^(?:root|parataxis|ccomp|appos)$/.test(tree.tokens[verb]?.relation ?? "")
    ? entry.date
    : undefined;
}

/** "in 1987, when it attacked": the time that a clause with "when" says more of stands right before it. */
function whenOf(tree: Tree, verb: number, times: readonly TimeExpression[]): TimeExpression | undefined {
  const mark = childrenOf(tree, verb, "advmod", "mark").find((child) => child < verb && lower(tree, child) === "when");
  if (mark === undefined || lower(tree, mark - 1) !== ",") return undefined;
  const own = times.some((time) => time.first > mark && governs(tree, verb, time.head));
  return own ? undefined : times.find((time) => time.last === mark - 1);
}

/** "invited them to a summit on 31 March": when they are to come. */
function isOfVisit(tree: Tree, time: TimeExpression, at: number): boolean {
  return time.first > at && tree.words.slice(at, time.first).includes("to");
}

/** Relations that go on: "has occupied Afrin since 2018" began then, "has met him twice since 2018" did not. */
const LASTING = new Set(
  "occupied blockaded sanctioned deployed-to mobilized-against aided armed supported allied-with cooperated-with negotiated-with detained monitors".split(
    " ",
  ),
);

function lasts(tree: Tree, time: TimeExpression, at: number, factuality: Factuality, rule: Frame): boolean {
  const above = tree.tokens[time.head]?.head ?? -1;
  if (factuality.polarity === "negated" || (above !== at && tree.tokens[above]?.head !== at && !isVerb(tree.tokens[above]))) return false;
  return LASTING.has(rule.relation) || tree.tokens[at]?.xpos === "VBG";
}

/** Prepositions whose noun is not where or when the event was: a time in its phrase is the noun's. */
const ELSEWHERE = new Set(
  "over for about after before since despite following to from against under because due like unlike until amid regarding".split(" "),
);
const CAUSES = new Set(["over", "for", "about", "because"]);
/** Nouns that lead away to another event: "in response to the attack", "in the wake of the vote". */
const AWAY = new Set(
  "wake aftermath light response reaction reply anniversary result consequence breach violation view memory defiance line".split(" "),
);

/** "a shooting in 1997", "the 2015 report", "the government of 2014": the time of a thing spoken of, not of what is done about it. */
function isOfThing(tree: Tree, time: TimeExpression, at: number): boolean {
  let here = time.head;
  for (let steps = 0; steps < 8 && here !== at; steps++) {
    const token = tree.tokens[here];
    const above = tree.tokens[token?.head ?? -1];
    if (!token || !above) return false;
    // "their first talks since fighting began last September"
    if (isVerb(token)) return /^(?:advcl|acl)$/.test(token.relation) && casesOf(tree, here).includes("since") && !governs(tree, here, at);
    if (here !== time.head && tree.covering[here]?.form !== "name") {
      const cases = casesOf(tree, here);
      if (/^(?:obl|nmod|advcl)/.test(token.relation) && cases.some((word) => ELSEWHERE.has(word))) return true;
      if (AWAY.has(token.lemma)) return true;
    }
    if (here === time.head && isNominal(above) && token.head !== at && !anchoredAt(tree, token.head).some(isEvent)) {
      const inPhrase = /^(?:compound|amod|nummod|nmod:unmarked|nmod:poss)$/.test(token.relation) && casesOf(tree, here).length === 0;
      const direct = /^(?:obj|nsubj|nsubj:pass|iobj)$/.test(above.relation);
      if (direct && tree.covering[token.head]?.kind !== "agreement" && (inPhrase || casesOf(tree, here).includes("of"))) return true;
    }
    here = token.head;
  }
  return time.date?.precision !== "day" && followsThing(tree, time);
}

/** "over a shooting in 1997": a month or year behind such a phrase is the phrase's, wherever the parser hung it. */
function followsThing(tree: Tree, time: TimeExpression): boolean {
  let opening = time.first - 1;
  while (opening >= 0 && tree.tokens[opening]?.head === time.head && tree.tokens[opening]?.relation === "case") opening--;
  let steps = 0;
  for (let at = opening; at >= 0 && steps < 6 && !isVerb(tree.tokens[at]); at = tree.tokens[at]?.head ?? -1, steps++) {
    if (at > time.first) return false;
    if (tree.tokens[at]?.relation === "obl" && tree.covering[at]?.form !== "name" && casesOf(tree, at).some((word) => CAUSES.has(word)))
      return true;
  }
  return false;
}

function isEvent({ rule }: { readonly rule: Frame }): boolean {
  return rule.noun !== undefined && rule.relation !== "*";
}

/** The time nearest to a token; one of the calendar before one that is not. */
function nearest(times: readonly TimeExpression[], token: number): TimeExpression | undefined {
  const distance = (time: TimeExpression): number => Math.abs(time.head - token);
  return times.toSorted((a, b) => Number(!a.date) - Number(!b.date) || distance(a) - distance(b))[0];
}

/** "by Friday", "before the end of May", "until 2019": a bound of the event, not its time. */
const BOUNDS = new Set(["by", "until", "till", "before", "after", "within", "ahead"]);

function isBound(tree: Tree, time: TimeExpression): boolean {
  if (
    casesOf(tree, time.head).some((word) => BOUNDS.has(word)) ||
    BOUNDS.has(lower(tree, time.first - 1)) ||
    lower(tree, time.first - 1) === "than"
  )
    return true;
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

/** A clause whose time is also another's; `until` leaves out times behind that token. */
interface Companion {
  readonly clause: number;
  readonly until: number;
}

/**
 * Clauses whose time is also that of the verb's clause: "as they met on Monday, ...", "spoke on Monday, asking ...", "on Monday he came and
 * saw", "speaking on Monday, he ...".
 */
function companions(tree: Tree, verb: number): Companion[] {
  const token = tree.tokens[verb];
  if (!token || !isVerb(token)) return [];
  const head = tree.tokens[token.head];
  const found: Companion[] = [];
  const add = (clause: number, until = tree.tokens.length): void => void found.push({ clause, until });
  const marks = childrenOf(tree, verb, "mark").map((mark) => lower(tree, mark));
  if (token.relation === "advcl" && isVerb(head)) {
    const participle = token.xpos === "VBG" && marks.length === 0 && casesOf(tree, verb).length === 0;
    if (participle || (isSimultaneous(tree, verb) && isPast(tree, verb) && isPast(tree, token.head))) add(token.head);
  }
  if (token.relation === "conj" && isVerb(head) && token.xpos === head?.xpos && isPast(tree, verb)) {
    const subject = childrenOf(tree, verb, "nsubj", "nsubj:pass");
    if (subject.length === 0) add(token.head);
  }
  // "In September A accused B; B denied it": a time before the first subject is that of both.
  if (/^(?:conj|parataxis)$/.test(token.relation) && token.xpos === "VBD" && isPast(tree, token.head) && verb > token.head) {
    const [subject] = childrenOf(tree, token.head, "nsubj", "nsubj:pass");
    if (subject !== undefined && subject < token.head) add(token.head, subject);
  }
  // "flew to Rome on Monday, where he met her"
  if (
    /^(?:acl|advcl):relcl$/.test(token.relation) &&
    isPast(tree, verb) &&
    childrenOf(tree, verb, "advmod").some((mark) => lower(tree, mark) === "where")
  ) {
    const above = isVerb(head) ? token.head : (head?.head ?? -1);
    if (isPast(tree, above)) add(above, verb);
  }
  for (const clause of childrenOf(tree, verb, "advcl")) {
    if (isSimultaneous(tree, clause) && isPast(tree, clause) && isPast(tree, verb)) add(clause);
    else if (clause < verb && isParticiple(tree, clause)) add(clause);
  }
  for (const subject of childrenOf(tree, verb, "nsubj"))
    for (const clause of childrenOf(tree, subject, "acl"))
      if (clause > subject && clause < verb && isParticiple(tree, clause) && commaBetween(tree, subject, clause)) add(clause);
  return found;
}

/** "speaking in Rome on Monday", "announcing the move": what is done along with the clause beside it. */
function isParticiple(tree: Tree, clause: number): boolean {
  return (
    tree.tokens[clause]?.xpos === "VBG" &&
    childrenOf(tree, clause, "mark", "aux", "nsubj").length === 0 &&
    casesOf(tree, clause).length === 0
  );
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
export const MOMENTS = new Set("close end start conclusion beginning sidelines fringes margins eve opening".split(" "));

/** Whether the nearest verb (or the anchor) above the time expression is this clause. */
export function governs(tree: Tree, clause: number, time: number): boolean {
  let here = time;
  for (let steps = 0; steps < 8; steps++) {
    if (here === clause) return true;
    const token = tree.tokens[here];
    if (!token || token.head < 0) return false;
    if (isVerb(token) && here !== time && !TIMES_OF_DAY.has(lower(tree, here)) && !isUttered(tree, here) && !isKept(tree, here))
      return false;
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

/** "has kept the border closed since 1993" */
function isKept(tree: Tree, participle: number): boolean {
  const token = tree.tokens[participle];
  return (
    token?.relation === "xcomp" &&
    token.xpos === "VBN" &&
    ["keep", "leave", "hold", "remain"].includes(tree.tokens[token.head]?.lemma ?? "")
  );
}

const UTTERED = new Set("issue publish release broadcast air post deliver give hold make".split(" "));

/** "in a statement issued on Monday", "during talks held in Rome on Monday": the day of the statement is that of what it does. */
function isUttered(tree: Tree, participle: number): boolean {
  const token = tree.tokens[participle];
  const noun = tree.tokens[token?.head ?? -1];
  return (
    token?.relation === "acl" &&
    token.xpos === "VBN" &&
    UTTERED.has(token.lemma) &&
    noun?.relation === "obl" &&
    casesOf(tree, token.head).some((word) => /^(?:in|at|during|on|by|through|via)$/.test(word))
  );
}
