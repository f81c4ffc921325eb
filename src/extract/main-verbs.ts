/** Mends sentences whose main verb was missed: it was read as a participle, or its subject as something else. */
import type { Mention, Token } from "../model/annotation.ts";
import { attach, hasDependent, reaches } from "./links.ts";
import type { Link } from "./links.ts";
import { FINITE, GOING, actedOn } from "./relatives.ts";
import { DAYS } from "./units.ts";
import type { Unit } from "./units.ts";

/** "A and B, which took measures, voiced solidarity": after the clause that the names open, a participle is the verb of the sentence misread. */
export function mendRootName(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
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
export function mendFronted(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const opener = links[0];
  const verb = opener?.head ?? -1;
  if (!opener || verb < 0 || !/^nsubj/.test(opener.relation) || !words[0]?.endsWith("ing")) return;
  const comma = words.indexOf(",");
  const named = units.find((unit) => unit.first > 0 && words[unit.first - 1] === "," && unit.first - 1 <= comma && unit.last <= verb);
  if (!named || comma < 0 || comma > verb || !tokens[verb]) return;
  attach(links, named.mention.head, verb, opener.relation);
  attach(links, 0, verb, "advcl");
}

/** "At the invitation of the ruler of A, X, the ruler of B, Y, paid a visit": X invited, the last one named before the verb pays the visit. */
export function mendInvitation(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const invitation = words.slice(0, 4).findIndex((word) => /^(invitation|request|initiative|behest|instruction)$/.test(word));
  const verb = links.findIndex(({ head }) => head < 0);
  if (invitation < 0 || words[invitation + 1] !== "of" || tokens[verb]?.upos !== "VERB" || verb < invitation) return;
  const named = units.filter((unit) => unit.first > invitation && unit.last <= verb);
  const [inviting, guest] = named;
  if (!inviting || !guest || named.length > 2 || inviting.mention.kind !== "person" || guest.mention.kind !== "person") return;
  for (let at = inviting.first; at < guest.last; at++) {
    const link = links[at];
    const unit = at < guest.first ? inviting : guest;
    if (link && (link.head < unit.first || link.head >= unit.last)) links[at] = { head: unit.mention.head, relation: "appos" };
  }
  links[inviting.mention.head] = { head: invitation, relation: "nmod" };
  links[guest.mention.head] = { head: verb, relation: "nsubj" };
}

/** "Having ratified the pact, A pressed B": what a participle opens is an aside of the clause after the comma, not the sentence. */
export function mendOpener(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  if (tokens[0]?.xpos !== "VBG" && words[0] !== "having") return;
  const opener = tokens[0]?.upos === "AUX" && links[0]?.relation === "aux" ? links[0].head : 0;
  const link = links[opener];
  const comma = words.indexOf(",", opener);
  if (!link || comma < 0) return;
  const main = links.findIndex(
    (other, at) =>
      at > comma &&
      FINITE.has(tokens[at]?.xpos ?? "") &&
      (link.head < 0
        ? other.head === opener && /^(conj|parataxis|ccomp)$/.test(other.relation)
        : other.head < 0 && tokens[link.head]?.upos !== "VERB") &&
      links.some((subject, word) => subject.head === at && /^nsubj/.test(subject.relation) && word > comma),
  );
  if (main >= 0 && !links.some((other, word) => other.head === main && other.relation === "cc" && word > comma))
    attach(links, opener, main, "advcl");
}

/** "Ruritania: Lutha to send troops": what stands before the colon of a headline is its topic, not its subject. */
export function mendTopic(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
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

/**
 * A sentence without a finite verb whose root is a noun with a participle beside it: the participle is the verb misread
 * ("Ruritanian troops fired on rebels", "Ruritania voiced opposition").
 */
export function mendHeadless(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const root = links.findIndex((link) => link.head < 0);
  if (!["NOUN", "PROPN"].includes(tokens[root]?.upos ?? "")) return;
  const past = (at: number): boolean => ["VBN", "VBD"].includes(tokens[at]?.xpos ?? "");
  if (tokens.some((token, at) => FINITE.has(token.xpos) && !(past(at) && /^(amod|acl)$/.test(links[at]?.relation ?? "")))) return;
  const verb = links.findIndex((link, at) => link.head === root && past(at) && /^(amod|acl)$/.test(link.relation) && !actedOn(words, at));
  // "A and B established relations" with the relations listed beside A and B.
  const listed = links.findIndex(
    (link, at) =>
      link.relation === "amod" &&
      past(at) &&
      link.head > at &&
      links[link.head]?.relation === "conj" &&
      links[link.head]?.head === root &&
      units.some((unit) => unit.mention.last === at) &&
      tokens[root]?.upos === "PROPN",
  );
  if (verb < 0 && listed >= 0) {
    attach(links, links[listed]?.head ?? -1, listed, "obj");
    attach(links, root, listed, "nsubj");
    return;
  }
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

/** "Ruritanian jets on Sunday pounded positions": a participle right after the day, hung on it or on the noun before, is the verb of a sentence whose root is that noun. */
export function mendDayVerb(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  const root = links.findIndex((link) => link.head < 0);
  if (!/^(NOUN|PROPN)$/.test(tokens[root]?.upos ?? "")) return;
  const day = words.findIndex((word, at) => DAYS.test(word) && /^VB[ND]$/.test(tokens[at + 1]?.xpos ?? ""));
  const verb = day + 1;
  const hung = links[verb];
  // "Ruritania on Sunday freed six prisoners" with the prisoners as the main word
  if (day > 0 && hung?.head === root && root > verb && hung.relation === "amod" && !actedOn(words, verb)) {
    const subject = links.findIndex(
      (link, at) => at < day && link.head === root && /^(nsubj|compound|nmod|dislocated)/.test(link.relation),
    );
    if (subject < 0 || tokens.slice(0, verb).some(({ upos }) => upos === "VERB" || upos === "AUX")) return;
    links[verb] = { head: -1, relation: "root" };
    links[root] = { head: verb, relation: "obj" };
    links.forEach((link, at) => {
      if (link.head !== root) return;
      if (at === subject) links[at] = { head: verb, relation: "nsubj" };
      else if (at < verb) links[at] = { head: verb, relation: at === day ? "obl" : link.relation };
    });
    return;
  }
  if (day < root || verb > root + 6 || !hung || !/^(amod|acl|conj|advcl)$/.test(hung.relation) || actedOn(words, verb)) return;
  if (tokens.slice(0, verb).some(({ xpos, upos }) => FINITE.has(xpos) || upos === "VERB" || upos === "AUX")) return;
  if (hung.head !== day && hung.head !== root && hung.head <= verb) return;
  const preposition = links.findIndex((link, at) => link.relation === "case" && at === day - 1);
  const object = links.findIndex(
    (link, at) =>
      at > verb &&
      (at === hung.head || link.head === root || link.head === day) &&
      /^(NOUN|PROPN|PRON)$/.test(tokens[at]?.upos ?? "") &&
      !hasDependent(links, at, /^case$/),
  );
  links[verb] = { head: -1, relation: "root" };
  links[root] = { head: verb, relation: "nsubj" };
  links[day] = { head: verb, relation: preposition >= 0 ? "obl" : "obl:unmarked" };
  if (preposition >= 0) links[preposition] = { head: day, relation: "case" };
  if (object > verb) links[object] = { head: verb, relation: "obj" };
  links.forEach((link, at) => {
    if (at > verb && at !== object && (link.head === root || link.head === day))
      links[at] = {
        head: /^(advcl|punct|obl|parataxis|conj|ccomp)$/.test(link.relation) || object < 0 ? verb : object,
        relation: link.relation,
      };
  });
}

/**
 * "Ruritania, asked for help by Lutha last week, made excuses" read as "Ruritania asked, made": between commas right after the name stands
 * what was done to it; the finite verb after the second comma is the sentence's.
 * @returns the participles that were read as past tenses.
 */
export function mendInserted(
  tokens: readonly Token[],
  links: Link[],
  words: readonly string[],
  units: readonly Unit[],
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { mention, last } of units) {
    const verb = last + 1;
    const link = links[verb];
    const subject = links[mention.head];
    if (words[last] !== "," || !/^VB[DN]?$/.test(tokens[verb]?.xpos ?? "") || subject?.head !== verb || subject.relation !== "nsubj")
      continue;
    if (!link || GOING.test(words[verb] ?? "") || hasDependent(links, verb, /^(aux|obj)$/)) continue;
    const main = links.findIndex(
      (other, at) =>
        at > verb + 1 &&
        words[at - 1] === "," &&
        other.head === verb &&
        /^(ccomp|parataxis|conj|advcl)$/.test(other.relation) &&
        FINITE.has(tokens[at]?.xpos ?? "") &&
        !hasDependent(links, at, /^(nsubj|cc|mark)/),
    );
    if (main < 0) continue;
    links[main] = { ...link };
    links[verb] = { head: mention.head, relation: "acl" };
    links[mention.head] = { head: main, relation: "nsubj" };
    found.add(verb);
  }
  return found;
}

/** "branded Ruritania a pariah", "declared the accord void": what the name is called is no gift to it, and the name no part of it. */
export function mendNaming(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  const { head, first, last, form } = mention;
  const link = links[head];
  if (form !== "name" || !link) return;
  if (link.relation === "iobj" && NAMING.test(tokens[link.head]?.lemma ?? "")) {
    link.relation = "obj";
    return;
  }
  const verb = links[link.head]?.head ?? -1;
  if (!/^(compound|nmod:unmarked|flat|amod)$/.test(link.relation) || link.head !== last || links[last]?.relation !== "obj") return;
  if (verb >= first || !NAMING.test(tokens[verb]?.lemma ?? "") || !VERDICTS.test(words[last] ?? "")) return;
  links[head] = { head: verb, relation: "obj" };
  links[last] = { head: verb, relation: "xcomp" };
}

const NAMING = /^(brand|call|label|dub|declare|name|deem|consider|designate|term|pronounce|find|proclaim|judge)$/;
const VERDICTS = /^(null|void|invalid|unacceptable|illegal|illegitimate|dead|responsible|unlawful|defunct)$/;

/** ", then headed for Ruritania": what is done next, not a participle. */
export function mendThen(tokens: readonly Token[], links: Link[], words: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = 3; at < tokens.length; at++) {
    const link = links[at];
    if (tokens[at]?.xpos !== "VBN" || !/^(then|later|subsequently)$/.test(words[at - 1] ?? "") || link?.relation !== "advcl") continue;
    if (!/^(,|and|before)$/.test(words[at - 2] ?? "") || link.head > at || actedOn(words, at)) continue;
    if (!/^VB[DZ]$/.test(tokens[link.head]?.xpos ?? "") || hasDependent(links, at, /^aux/)) continue;
    links[at] = { head: link.head, relation: "conj" };
    found.add(at);
  }
  return found;
}

/**
 * "A, whose boats were hit, voiced solidarity" with the solidarity as the main word: a participle after a comma, between a subject and that
 * noun, is the verb.
 */
export function mendRootObject(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  const root = links.findIndex((link) => link.head < 0);
  if (tokens[root]?.upos !== "NOUN" || hasDependent(links, root, /^cop$/)) return;
  const subject = links.findIndex(({ head, relation }, at) => head === root && relation === "nsubj" && at < root);
  const verb = links.findIndex(
    ({ head, relation }, at) =>
      head === root && relation === "amod" && at > subject && words[at - 1] === "," && /^VB[DN]$/.test(tokens[at]?.xpos ?? ""),
  );
  if (subject < 0 || verb < 0 || actedOn(words, verb)) return;
  attach(links, root, verb, "obj");
  links.forEach((link, at) => {
    if (link.head === root && (at < verb || tokens[at]?.upos === "PUNCT")) link.head = verb;
  });
}

/** Relations that no finite clause has to what it hangs on. */
const NOMINAL = /^(flat|compound|appos|amod|nmod|nmod:desc|nmod:unmarked|goeswith|conj)$/;

/** "declares war, severs relations with A and expels B": a finite verb read as joined to a noun goes on from the verb above, and takes its object along. */
export function mendSequels(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 1; at < tokens.length; at++) {
    const link = links[at];
    if (!link || tokens[at]?.upos !== "VERB" || !/^VB[DZP]$/.test(tokens[at]?.xpos ?? "") || !NOMINAL.test(link.relation)) continue;
    if (!/^(NOUN|PROPN|NUM)$/.test(tokens[link.head]?.upos ?? "") || hasDependent(links, link.head, /^cop$/)) continue;
    const subject = links.some((other, child) => other.head === at && /^nsubj/.test(other.relation) && child < at);
    if (!subject && link.relation !== "conj") continue;
    let above = links[link.head]?.head ?? -1;
    for (let steps = 0; above >= 0 && steps < 6; steps++) {
      if (tokens[above]?.upos === "VERB" && (subject || tokens[above]?.xpos === tokens[at]?.xpos)) break;
      above = links[above]?.head ?? -1;
    }
    if (above < 0 || above > at) continue;
    attach(links, at, above, "conj");
    if (hasDependent(links, at, /^obj$/)) continue;
    let object = at + 1;
    while (/^(DET|ADJ|NUM|PRON)$/.test(tokens[object]?.upos ?? "") && object < at + 4) object++;
    const found = links[object];
    if (
      found &&
      /^(NOUN|PROPN)$/.test(tokens[object]?.upos ?? "") &&
      found.relation === "conj" &&
      found.head < at &&
      words[at - 1] !== "and"
    )
      attach(links, object, at, "obj");
  }
}

/**
 * "Leaders meeting in Lutha suspended A" with the meeting as what suspended A: a participle after a noun is what the noun does beside the
 * verb.
 */
export function mendClausalSubject(tokens: readonly Token[], links: Link[]): void {
  links.forEach((link, clause) => {
    if (!/^csubj/.test(link.relation) || tokens[clause]?.xpos !== "VBG" || link.head < clause) return;
    const noun = links.findIndex(({ head, relation }, at) => head === clause && /^nsubj/.test(relation) && at === clause - 1);
    if (noun < 0 || !FINITE.has(tokens[link.head]?.xpos ?? "") || hasDependent(links, link.head, /^nsubj/)) return;
    links[noun] = { head: link.head, relation: "nsubj" };
    links.forEach((other, at) => {
      if (other.head === clause && at < noun) other.head = noun;
    });
    links[clause] = { head: noun, relation: "acl" };
  });
}

/**
 * "A wants B to scrap the pact that the two signed, and accuses him": a verb in the singular goes on from the singular above, not from
 * "signed".
 */
export function mendNumber(tokens: readonly Token[], links: Link[]): void {
  tokens.forEach((token, at) => {
    const link = links[at];
    if (token.xpos !== "VBZ" || token.upos !== "VERB" || link?.relation !== "conj" || hasDependent(links, at, /^nsubj/)) return;
    const inner = links[link.head];
    if (!/^VB[DP]$/.test(tokens[link.head]?.xpos ?? "") || inner?.relation !== "acl:relcl") return;
    let above = inner.head;
    while (above >= 0 && !(tokens[above]?.xpos === "VBZ" && hasDependent(links, above, /^nsubj/))) above = links[above]?.head ?? -1;
    if (above >= 0) attach(links, at, above, "conj");
  });
}

/**
 * "after soldiers ousted President X" with the verb before the title as an adjective of it: a verb with a subject of its own takes the name
 * as its object.
 */
export function mendTitledObject(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  links.forEach((link, verb) => {
    if (!/^(amod|acl)$/.test(link.relation) || link.head <= verb || tokens[verb]?.upos !== "VERB") return;
    if (!links.some((other, at) => other.head === verb && /^nsubj/.test(other.relation) && at < verb)) return;
    const title = links[link.head];
    const name = title?.relation === "nmod:desc" ? title.head : link.head;
    const outer = links[name];
    if (!outer || name <= verb || reaches(links, outer.head, verb)) return;
    const clause = links.findIndex((other, at) => other.head === name && /^(case|mark)$/.test(other.relation) && at < verb);
    links[verb] = { head: outer.head, relation: clause < 0 ? outer.relation : "advcl" };
    if (clause >= 0) links[clause] = { head: verb, relation: "mark" };
    links[name] = { head: verb, relation: "obj" };
    links.forEach((other, at) => {
      if (other.head === name && at < verb && words[at] === ",") other.head = verb;
    });
  });
}

/** "CARICOM, chaired by X, and the Commonwealth stand behind Ruritania": a sentence without a main verb whose later verb hangs on an aside. */
export function mendParted(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const root = links.findIndex((link) => link.head < 0);
  const first = units.find((unit) => unit.mention.head === root);
  if (tokens[root]?.upos !== "PROPN" || !first || words[first.mention.last] !== ",") return;
  if (hasDependent(links, root, /^(cop|nsubj)$/)) return;
  const verb = tokens.findIndex((token, at) => {
    const above = links[at]?.head ?? -1;
    return (
      at > root &&
      token.upos === "VERB" &&
      FINITE.has(token.xpos) &&
      links[at]?.relation === "conj" &&
      /^acl/.test(links[above]?.relation ?? "") &&
      links[above]?.head === root
    );
  });
  if (verb < 0) return;
  const partner = units.find((unit) => unit.mention.last <= verb && unit.mention.last >= verb - 2 && unit.mention.head !== root);
  attach(links, root, verb, "nsubj");
  links.forEach((link, at) => {
    if (link.head === verb && /^nsubj/.test(link.relation) && at !== root) link.relation = "dep";
  });
  if (partner && words[partner.first - 1] === "and" && links[partner.mention.head]?.relation !== "nsubj")
    attach(links, partner.mention.head, root, "conj");
}

/** "X, the commander of the force that will replace them, signed for NATO": the last participle after a comma is the main verb of a name without one. */
export function mendLateVerb(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const root = links.findIndex((link) => link.head < 0);
  const first = units.find((unit) => root >= unit.first && root < unit.mention.last);
  if (!/^(PROPN|NOUN)$/.test(tokens[root]?.upos ?? "") || !first || words[first.mention.last] !== ",") return;
  if (hasDependent(links, root, /^(cop|nsubj)/)) return;
  const verb = tokens.findLastIndex(
    (token, at) =>
      at > first.mention.last + 2 &&
      /^VB[ND]$/.test(token.xpos) &&
      token.upos === "VERB" &&
      words[at - 1] === "," &&
      /^(acl|advcl|amod|conj|appos|parataxis)$/.test(links[at]?.relation ?? "") &&
      !hasDependent(links, at, /^(aux|nsubj)/) &&
      !actedOn(words, at),
  );
  if (verb >= 0) attach(links, root, verb, "nsubj");
}
