/** Mends lists of names: which are listed together, and whose subject they are. */
import type { Mention, Token } from "../model/annotation.ts";
import { ARGUMENTS, attach, hasDependent, isOuter, own, range, reaches } from "./links.ts";
import type { Link } from "./links.ts";
import { FINITE, actedOn, pastParenthesis, pastRelative } from "./relatives.ts";
import type { Unit } from "./units.ts";

const CLAUSE_START = new Set([
  ",",
  "and",
  "but",
  "while",
  "as",
  ";",
  ":",
  "that",
  "because",
  "though",
  "although",
  "when",
  "after",
  "before",
  "since",
  "if",
  "whereas",
  "—",
  "–",
  '"',
  "“",
  "or",
  "where",
  "until",
  "what",
]);

export function mendGroup(
  tokens: readonly Token[],
  links: Link[],
  words: readonly string[],
  mentions: readonly Mention[],
  group: readonly Unit[],
): void {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return;
  const before = words[first.first - 1];
  const verb = verbAfter(tokens, links, words, last);
  const own = (token: number): boolean => group.some((unit) => token >= unit.first && token < unit.last);
  const opens =
    before === undefined ||
    CLAUSE_START.has(before) ||
    afterPlace(words, mentions, first) ||
    (verb !== undefined && afterTime(links, words, first, verb));
  if (verb !== undefined && opens) {
    const subject = links.findIndex((link, at) => link.head === verb && /^nsubj/.test(link.relation) && !own(at));
    const aside = words[last.last] === "," || words[last.last - 1] === ",";
    if (subject < 0 || subject > last.last) {
      const passive = hasDependent(links, verb, /^aux:pass$/);
      gatherUnit(tokens, links, first);
      const stray = links[subject];
      if (stray && aside && subject < verb) stray.relation = "dep";
      const held = links[first.mention.head];
      const later = held && /^nsubj/.test(held.relation) && held.head > verb ? links[held.head] : undefined;
      if (later && held && !reaches(links, held.head, verb)) {
        // The name was read as the subject of a later verb: that verb goes on from this one.
        const outer = { ...later };
        later.head = verb;
        later.relation = "conj";
        if (outer.head < 0) links[verb] = outer;
        else attach(links, verb, outer.head, outer.relation);
      }
      if (subject < 0 || (aside && subject < verb)) attach(links, first.mention.head, verb, passive ? "nsubj:pass" : "nsubj");
      for (const link of links.filter(
        (each, at) => each.head === verb && /^nsubj/.test(each.relation) && own(at) && at !== first.mention.head,
      ))
        link.relation = "dep";
      // "as its premier, X, signed": a clause of its own beside the main one.
      const opener = links[first.first - 1];
      const clause = links[verb];
      if (opener && clause?.relation === "conj" && /^(as|while|when)$/.test(before ?? "")) {
        opener.head = verb;
        opener.relation = "mark";
        clause.relation = "advcl";
      }
      joinConjuncts(links, group);
      return;
    }
  }
  if (verb !== undefined && group.length > 1 && !hasDependent(links, verb, /^nsubj/)) {
    // "condemned A, and B attacked": the last of the list is the next verb's subject.
    attach(links, last.mention.head, verb, hasDependent(links, verb, /^aux:pass$/) ? "nsubj:pass" : "nsubj");
    joinConjuncts(links, group.slice(0, -1));
    return;
  }
  if (group.length < 2) {
    // "holds the Kremlin responsible": a name right after a verb that hangs on no noun of its own is its object.
    let at = first.first - 1;
    while (tokens[at]?.upos === "DET") at--;
    const link = links[first.mention.head];
    const governor = tokens[link?.head ?? -1];
    const bare = link?.head === at && /^(advmod|obl:unmarked|nmod:unmarked|dep|xcomp|discourse)$/.test(link.relation);
    if (
      link &&
      bare &&
      tokens[at]?.upos === "VERB" &&
      !links.some((other) => other.head === at && /^(obj|xcomp|ccomp|cop)$/.test(other.relation) && other !== link)
    ) {
      link.relation = "obj";
      return;
    }
    if (
      link &&
      tokens[at]?.upos === "VERB" &&
      governor &&
      /^(compound|amod|flat|dep|det)$/.test(link.relation) &&
      link.head >= first.last &&
      // "attacked a Greek-owned tanker"
      !/^[-‐–]$/.test(words[first.last] ?? "") &&
      ["ADJ", "VERB", "ADV"].includes(governor.upos)
    )
      attach(links, first.mention.head, at, "obj");
    return;
  }
  // "In Turkey, Russia and Iran signed": the first is no part of the list that the verb has as its subject.
  const starts = group.findIndex(
    (unit, index) => index > 0 && /^nsubj/.test(links[unit.mention.head]?.relation ?? "") && links[unit.mention.head]?.head === verb,
  );
  if (verb !== undefined && starts > 0) {
    joinConjuncts(links, group.slice(starts));
    return;
  }
  joinConjuncts(links, group);
}

/** The finite verb right after a unit, past adverbs, a comma and expressions of time. */
function verbAfter(tokens: readonly Token[], links: readonly Link[], words: readonly string[], unit: Unit): number | undefined {
  const from = pastCompany(tokens, words, unit.last);
  const start = pastRelative(tokens, words, pastParenthesis(words, from));
  // Past an apposition or an insertion between commas, a participle is the main verb misread.
  const past = words[start - 1] === "," || (unit.more.length > 0 && words[start] === ",");
  for (let at = start; at < Math.min(start + 5, tokens.length); at++) {
    const token = tokens[at];
    if (!token) return undefined;
    const bare = token.xpos === "VBN" || token.xpos === "VB";
    const closed =
      past &&
      bare &&
      words[at - 1] !== "to" &&
      ["acl", "advcl", "root", "conj"].includes(links[at]?.relation ?? "") &&
      !hasDependent(links, at, /^aux/);
    if (closed && at <= start + 1 && !actedOn(words, at)) return at;
    if (FINITE.has(token.xpos)) {
      if (token.xpos === "VBD" && actedOn(words, at)) return undefined;
      if (token.upos === "AUX" || token.xpos === "MD") {
        const head = links[at]?.head ?? -1;
        if (head > at && /^(aux|cop)/.test(links[at]?.relation ?? "")) return head;
        return token.upos === "AUX" ? at : undefined;
      }
      const relation = links[at]?.relation ?? "";
      return (relation === "acl" && !past) || relation === "amod" ? undefined : at;
    }
    const passable =
      token.upos === "ADV" ||
      words[at] === "," ||
      /^(both|each|all|on|last|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|himself|herself|itself)$/.test(
        words[at] ?? "",
      );
    if (!passable) return undefined;
  }
  return undefined;
}

/** Past "and its allies", "and other neighbours". */
function pastCompany(tokens: readonly Token[], words: readonly string[], from: number): number {
  if (words[from] !== "and" || !/^(its|his|her|their|other|some)$/.test(words[from + 1] ?? "")) return from;
  let at = from + 2;
  while (at < from + 6 && /^(ADJ|NOUN|NUM)$/.test(tokens[at]?.upos ?? "")) at++;
  return tokens[at - 1]?.upos === "NOUN" ? at : from;
}

function joinConjuncts(links: Link[], group: readonly Unit[]): void {
  const [first, ...rest] = group;
  if (!first) return;
  const head = first.mention.head;
  if (!ARGUMENTS.has(links[head]?.relation ?? "") || own(links, head, group)) {
    const better = rest.find(
      (unit) =>
        ARGUMENTS.has(links[unit.mention.head]?.relation ?? "") &&
        links[unit.mention.head]?.relation !== "conj" &&
        !own(links, unit.mention.head, group),
    );
    const link = better && links[better.mention.head];
    if (link) attach(links, head, link.head, link.relation);
  }
  for (const unit of rest) attach(links, unit.mention.head, head, "conj");
  for (const unit of group)
    for (const more of unit.more) if (more.head !== unit.mention.head) attach(links, more.head, unit.mention.head, "appos");
}

/** "its caretaker premier, X, left": the words before a subject hang on it, not the subject on one of them. */
function gatherUnit(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const { head } = unit.mention;
  for (const at of range(unit.first, head)) {
    if (!/^(NOUN|ADJ)$/.test(tokens[at]?.upos ?? "") || !isOuter(links, at, unit.first, unit.last)) continue;
    if (links[head]?.head !== at) continue;
    attach(links, at, head, "compound");
  }
}

const TIME_WORDS =
  /^(in|on|by|since|during|of|the|a|this|last|next|early|late|mid|earlier|later|previous|following|same|january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|afternoon|evening|night|day|days|week|weeks|weekend|month|months|year|years|hours|decade|spring|summer|autumn|fall|winter|\d{1,4}(st|nd|rd|th)?|two|three|four|five|ten|-)$/;

/** "In 2012 X seized", "Last week X said": a name between the time that opens its clause and a verb; the time hangs on the verb. */
function afterTime(links: Link[], words: readonly string[], unit: Unit, verb: number): boolean {
  let start = unit.first;
  while (start > 0 && unit.first - start < 6 && TIME_WORDS.test(words[start - 1] ?? "")) start--;
  const opener = words[start - 1];
  const last = words[unit.first - 1] ?? "";
  if (start === unit.first || !(opener === undefined || CLAUSE_START.has(opener))) return false;
  if (
    !/^(\d{4}|\d{1,2}|.*day|morning|afternoon|evening|night|week|weekend|month|year|earlier|later|spring|summer|autumn|winter|[a-z]+uary|march|april|june|july|august|[a-z]+ber)$/.test(
      last,
    )
  )
    return false;
  if (/^\d/.test(last) && start === unit.first - 1) return false;
  const head = unit.first - 1;
  for (const at of range(start, unit.first)) {
    const link = links[at];
    if (!link || link.head < unit.first) continue;
    links[at] = at === head ? { head: verb, relation: "obl" } : { head, relation: link.relation };
  }
  return true;
}

/** "and in Damascus X threatened": the name after a fronted place is no part of the place's. */
function afterPlace(words: readonly string[], mentions: readonly Mention[], unit: Unit): boolean {
  const place = mentions.find(
    (mention) => mention.form === "name" && mention.last === unit.first && (mention.kind === "place" || mention.kind === "state"),
  );
  if (!place || unit.mention.kind === place.kind || !/^(in|at|from|near)$/.test(words[place.first - 1] ?? "")) return false;
  const opener = words[place.first - 2];
  return opener === undefined || CLAUSE_START.has(opener);
}
