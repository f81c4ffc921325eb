/** Mends a dependency tree where names make its reading plain: what is inside a name, which names are listed together, whose verb follows. */
import type { Mention, Token } from "../model/annotation.ts";
import { mendAsides, mendContinuations, mendGerunds, mendMotion, mendPossessors } from "./clauses.ts";
import { attach, isOuter, own, range, reaches } from "./links.ts";
import type { Link } from "./links.ts";
import { FINITE, actedOn, mendRelatives, pastParenthesis, pastRelative } from "./relatives.ts";
import { DAYS, groupsOf, unitsOf } from "./units.ts";
import type { Unit } from "./units.ts";
import { mendWordClasses } from "./word-classes.ts";

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

const ARGUMENTS = new Set([
  "nsubj",
  "nsubj:pass",
  "obj",
  "iobj",
  "obl",
  "obl:agent",
  "nmod",
  "nmod:poss",
  "appos",
  "conj",
  "root",
  "nsubj:outer",
]);

/** @returns the tokens with heads and relations mended; the given ones are not changed. */
export function repairTree(read: readonly Token[], mentions: readonly Mention[], words: readonly string[]): Token[] {
  const tokens = mendWordClasses(read, words);
  const links: Link[] = tokens.map(({ head, relation }) => ({ head, relation }));
  for (const mention of mentions) if (mention.form === "name") gatherName(links, mention);
  const units = unitsOf(tokens, mentions, words);
  mendCalls(tokens, links, words);
  mendFronted(tokens, links, words, units);
  mendRootName(tokens, links, words);
  for (const mention of mentions) mendTimes(tokens, links, words, mention);
  mendVerbs(tokens, links);
  mendTopic(tokens, links, words, units);
  mendHeadless(tokens, links, words, units);
  mendOf(tokens, links, words, mentions);
  mendGerunds(tokens, links, words);
  mendAsides(tokens, links, words);
  mendMotion(tokens, links);
  mendContinuations(tokens, links, words);
  mendPossessors(tokens, links, words, mentions);
  for (const unit of units) mendApposition(tokens, links, unit);
  for (const unit of units) mendTitle(tokens, links, unit);
  for (const unit of units) mendRelatives(tokens, links, words, unit);
  for (const group of groupsOf(units, words)) mendGroup(tokens, links, words, group);
  return tokens.map((token, at) => {
    const link = links[at];
    return link && (link.head !== token.head || link.relation !== token.relation)
      ? { ...token, head: link.head, relation: link.relation }
      : token;
  });
}

/** "On Monday A praised B": the day is the verb's and A its subject; "the treaty of 1992": the year is the treaty's. */
function mendTimes(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  if (mention.form !== "name") return;
  const { first, last, head } = mention;
  if (mention.kind === "agreement" && words[last] === "of" && /^\p{N}{4}$/u.test(words[last + 1] ?? ""))
    attach(links, last + 1, head, "nmod");
  const link = links[head];
  const day = first - 1;
  if (!link || !DAYS.test(words[day] ?? "") || links[day]?.head !== head || link.relation !== "obl" || tokens[link.head]?.upos !== "VERB")
    return;
  const verb = link.head;
  if (verb < last || links.some((other) => other.head === verb && /^nsubj/.test(other.relation))) return;
  const preposition = links[day - 1];
  if (preposition?.relation === "case") preposition.head = day;
  attach(links, day, verb, "obl");
  attach(links, head, verb, links.some((other) => other.head === verb && other.relation === "aux:pass") ? "nsubj:pass" : "nsubj");
}

/** "A and B, which took measures, voiced solidarity": after the clause that the names open, a participle is the verb of the sentence misread. */
function mendRootName(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  const root = links.findIndex((link) => link.head < 0);
  if (tokens[root]?.upos !== "PROPN") return;
  const clause = links.findIndex((link, at) => link.relation === "acl:relcl" && at > root && /^(which|who)$/.test(words[at - 1] ?? ""));
  const verb = links.findIndex(
    (link, at) =>
      at > clause && link.relation === "amod" && link.head > at && words[at - 1] === "," && /^VB[ND]$/.test(tokens[at]?.xpos ?? ""),
  );
  const object = links[verb]?.head ?? -1;
  if (clause < 0 || verb < 0 || !links[object]) return;
  attach(links, object, verb, "obj");
  attach(links, root, verb, "nsubj");
}

/** "Meeting in Ruritania, A and B agreed": the names after the comma are the subject, not what the first word is called. */
function mendFronted(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const opener = links[0];
  const verb = opener?.head ?? -1;
  if (!opener || verb < 0 || !/^nsubj/.test(opener.relation) || !words[0]?.endsWith("ing")) return;
  const comma = words.indexOf(",");
  const named = units.find((unit) => unit.first > 0 && words[unit.first - 1] === "," && unit.first - 1 <= comma && unit.last <= verb);
  if (!named || comma < 0 || comma > verb || !tokens[verb]) return;
  attach(links, named.mention.head, verb, opener.relation);
  attach(links, 0, verb, "advcl");
}

/** One head per name: whatever else in it hangs outside it hangs on that head. */
function gatherName(links: Link[], mention: Mention): void {
  for (let at = mention.first; at < mention.last; at++) {
    const link = links[at];
    if (!link || at === mention.head) continue;
    if (link.head < mention.first || link.head >= mention.last) {
      if (!reaches(links, mention.head, at)) {
        link.head = mention.head;
        link.relation = "flat";
      }
    }
  }
}

/** "persuaded them to come and freed him": a finite verb goes on from a finite one, not from an infinitive. */
function mendVerbs(tokens: readonly Token[], links: Link[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "conj" || !["VBD", "VBZ"].includes(tokens[at]?.xpos ?? "") || !goesBack(tokens, links, at, link.head)) continue;
    if (links.some((other) => other.head === at && /^nsubj/.test(other.relation))) continue;
    let above = links[link.head]?.head ?? -1;
    for (let steps = 0; above >= 0 && steps < 6; steps++) {
      if (tokens[above]?.upos === "VERB" && tokens[above]?.xpos === tokens[at]?.xpos) {
        attach(links, at, above, "conj");
        break;
      }
      above = links[above]?.head ?? -1;
    }
  }
}

/** "Ruritania: Lutha to send troops": what stands before the colon of a headline is its topic, not its subject. */
function mendTopic(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const [topic, actor] = units;
  if (!topic || !actor || topic.first !== 0 || words[topic.last] !== ":" || actor.first !== topic.last + 1) return;
  const link = links[topic.mention.head];
  const inside = new Set([topic.mention.head, actor.mention.head]);
  const verb = links.findIndex(
    (other, at) => at >= actor.last && tokens[at]?.upos === "VERB" && (inside.has(other.head) || at === link?.head),
  );
  const clause = links[verb];
  if (!link || !clause || !(link.head < 0 || link.head === verb)) return;
  if (link.head < 0) links[verb] = { ...link };
  links[topic.mention.head] = { head: verb, relation: "dep" };
  links[actor.mention.head] = { head: verb, relation: "nsubj" };
}

const SAYING =
  /^(say|ask|call|urge|add|warn|demand|vow|pledge|accuse|praise|thank|criticise|criticize|condemn|reject|welcome|invite|promise)$/;

/** Whether a finite verb coordinated with `verb` rather goes on from a clause above: past an infinitive, a gerund, or what somebody said had happened. */
function goesBack(tokens: readonly Token[], links: readonly Link[], at: number, verb: number): boolean {
  const xpos = tokens[verb]?.xpos ?? "";
  if (xpos === "VB" || xpos === "VBG") return true;
  return (
    xpos === "VBN" &&
    SAYING.test(tokens[at]?.lemma ?? "") &&
    links[verb]?.relation === "ccomp" &&
    links.some((link) => link.head === verb && link.relation === "aux")
  );
}

/**
 * A sentence without a finite verb whose root is a noun with a participle beside it: the participle is the verb misread
 * ("Ruritanian troops fired on rebels", "Ruritania voiced opposition").
 */
function mendHeadless(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const root = links.findIndex((link) => link.head < 0);
  if (!["NOUN", "PROPN"].includes(tokens[root]?.upos ?? "")) return;
  const past = (at: number): boolean => ["VBN", "VBD"].includes(tokens[at]?.xpos ?? "");
  if (tokens.some((token, at) => FINITE.has(token.xpos) && !(past(at) && /^(amod|acl)$/.test(links[at]?.relation ?? "")))) return;
  const verb = links.findIndex((link, at) => link.head === root && past(at) && /^(amod|acl)$/.test(link.relation) && !actedOn(words, at));
  if (verb < 0) return;
  const before = units.find((unit) => unit.mention.last === verb);
  if (verb < root && before) {
    attach(links, root, verb, "obj");
    attach(links, before.mention.head, verb, "nsubj");
    return;
  }
  const complement = links.some(
    (link, at) =>
      link.head === verb &&
      (link.relation === "obj" ||
        links.some((inner, word) => inner.head === at && inner.relation === "case" && /^(on|at|into|with)$/.test(words[word] ?? ""))),
  );
  if (verb > root && complement) attach(links, root, verb, "nsubj");
}

const OF_VERBS = new Set("accuse warn inform suspect remind notify assure convict apprise advise absolve clear".split(" "));

/** "warned Ruritania of sanctions": the of-phrase is the verb's, not the name's. */
function mendOf(tokens: readonly Token[], links: Link[], words: readonly string[], mentions: readonly Mention[]): void {
  links.forEach((link, at) => {
    const name = mentions.find((mention) => mention.form === "name" && mention.head === link.head);
    const verb = links[link.head]?.head ?? -1;
    if (
      link.relation !== "nmod" ||
      !name ||
      tokens[at]?.upos === "PROPN" ||
      !/^(obj|iobj|nsubj:pass)$/.test(links[link.head]?.relation ?? "")
    )
      return;
    if (
      !OF_VERBS.has(tokens[verb]?.lemma ?? "") ||
      !links.some((inner, word) => inner.head === at && inner.relation === "case" && words[word] === "of")
    )
      return;
    attach(links, at, verb, "obl");
  });
}

/** "Ruritania, the sponsor of the talks,": the noun between the commas is said of the name before them. */
function mendApposition(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const from = unit.mention.last + 1;
  if (unit.last <= from || unit.more.length > 0) return;
  const outer = range(from, unit.last).find(
    (at) => tokens[at]?.upos === "NOUN" && isOuter(links, at, from, unit.last) && links[at]?.head !== unit.mention.head,
  );
  if (outer !== undefined && !reaches(links, unit.mention.head, outer)) attach(links, outer, unit.mention.head, "appos");
}

const SPEECH = new Set(
  "inform tell thank congratulate brief assure urge warn ask apologise apologize press reassure notify discuss say promise".split(" "),
);

/** "informed him of the meeting held there during a phone call": one is informed in the call, not the meeting held. */
function mendCalls(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (!/^(call|conversation)$/.test(words[at] ?? "") || !/^(phone|telephone|video)$/.test(words[at - 1] ?? "")) continue;
    if (!links.some((link, child) => link.head === at && link.relation === "case" && /^(during|in|by|via)$/.test(words[child] ?? "")))
      continue;
    let here = links[at]?.head ?? -1;
    for (let steps = 0; here >= 0 && steps < 8; steps++) {
      if (tokens[here]?.upos === "VERB" && SPEECH.has(tokens[here]?.lemma ?? "")) {
        if (here !== links[at]?.head) attach(links, at, here, "obl");
        break;
      }
      here = links[here]?.head ?? -1;
    }
  }
}

/** "by Ruritanian President X" with the state or the title as its head: the name takes its place. */
function mendTitle(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const { head } = unit.mention;
  titleBeside(tokens, links, unit);
  const inside = (token: number): boolean => token >= unit.first && token < unit.mention.last;
  if (unit.mention.kind !== "person" || !inside(links[head]?.head ?? -1)) return;
  for (let at = unit.first; at < unit.mention.first; at++) {
    const link = links[at];
    if (!link || inside(link.head) || !ARGUMENTS.has(link.relation) || link.relation === "nmod:poss") continue;
    const { head: above, relation } = link;
    const own = links[head];
    if (!own) return;
    own.head = above;
    own.relation = relation;
    link.head = head;
    link.relation = "nmod:desc";
    return;
  }
}

/** "asked Ruritania's ambassador X", "with his counterpart X", title and name read as two objects: the name takes the title's place. */
function titleBeside(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const { head, first, kind, form } = unit.mention;
  const name = links[head];
  if (kind !== "person" || form !== "name" || !name || head < first || !ARGUMENTS.has(name.relation) || name.relation === "conj") return;
  // "U.S. | President-elect | X": whichever of the words before the name took its place.
  const at = range(unit.first, first).find(
    (token) =>
      /^(NOUN|PROPN)$/.test(tokens[token]?.upos ?? "") &&
      links[token]?.head === name.head &&
      ARGUMENTS.has(links[token]?.relation ?? "") &&
      (token === first - 1 || tokens[token]?.upos === "PROPN"),
  );
  const title = links[at ?? -1];
  if (at === undefined || !title) return;
  links[head] = { ...title };
  links[at] = { head, relation: "nmod:desc" };
  for (const link of links) if (link.head === at && !/^(case|det|amod|compound|nmod:poss)$/.test(link.relation)) link.head = head;
}

function mendGroup(tokens: readonly Token[], links: Link[], words: readonly string[], group: readonly Unit[]): void {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return;
  const before = words[first.first - 1];
  const verb = verbAfter(tokens, links, words, last);
  const own = (token: number): boolean => group.some((unit) => token >= unit.first && token < unit.last);
  const opens = before === undefined || CLAUSE_START.has(before);
  if (verb !== undefined && opens) {
    const subject = links.findIndex((link, at) => link.head === verb && /^nsubj/.test(link.relation) && !own(at));
    const aside = words[last.last] === "," || words[last.last - 1] === ",";
    if (subject < 0 || subject > last.last) {
      const passive = links.some((link) => link.head === verb && link.relation === "aux:pass");
      const stray = links[subject];
      if (stray && aside && subject < verb) stray.relation = "dep";
      const held = links[first.mention.head];
      const later = held && /^nsubj/.test(held.relation) && held.head > verb ? links[held.head] : undefined;
      if (later && held && !reaches(links, held.head, verb)) {
        // The name was read as the subject of a later verb: that verb goes on from this one.
        const outer = { ...later };
        later.head = verb;
        later.relation = "conj";
        attach(links, verb, outer.head, outer.relation);
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
  if (verb !== undefined && group.length > 1 && !links.some((link) => link.head === verb && /^nsubj/.test(link.relation))) {
    // "condemned A, and B attacked": the last of the list is the next verb's subject.
    attach(
      links,
      last.mention.head,
      verb,
      links.some((link) => link.head === verb && link.relation === "aux:pass") ? "nsubj:pass" : "nsubj",
    );
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
      !links.some((link) => link.head === at && /^aux/.test(link.relation));
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
