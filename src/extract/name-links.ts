/** Mends what stands about a name: a name read as a verb or preposition, a noun beside it as a second subject, two names joined by a hyphen. */
import type { Mention, Token } from "../model/annotation.ts";
import { attach, hasDependent, reaches } from "./links.ts";
import type { Link } from "./links.ts";

/** Classes that a one-word name never has. */
const NEVER = new Set(["VERB", "AUX", "ADP", "PRON", "SCONJ", "ADV", "DET", "CCONJ", "INTJ", "PART", "X"]);
/** Relations of function words. */
const FUNCTION = /^(aux|aux:pass|cop|case|mark|det|advmod|cc|discourse|expl|compound:prt)$/;

/** "ECOWAS" read as a past tense: one word that is a name is a proper noun. */
export function asNames(tokens: readonly Token[], mentions: readonly Mention[]): readonly Token[] {
  let mended: Token[] | undefined;
  for (const { form, first, last, head } of mentions) {
    const token = tokens[head];
    if (form !== "name" || last - first !== 1 || !token || !NEVER.has(token.upos)) continue;
    mended ??= [...tokens];
    mended[head] = { ...token, upos: "PROPN", xpos: "NNP" };
  }
  return mended ?? tokens;
}

/** "ECOWAS slapped an embargo", "warned ECOWAS that": a name that hangs as a function word would is the subject or object beside it. */
export function mendMisreadName(tokens: readonly Token[], links: Link[], mention: Mention): void {
  const { form, head, first } = mention;
  const link = links[head];
  if (form !== "name" || !link || !FUNCTION.test(link.relation)) return;
  const before = tokens[first - 1]?.upos === "DET" ? first - 2 : first - 1;
  if (tokens[before]?.upos === "VERB" && !hasDependent(links, before, /^obj$/)) {
    attach(links, head, before, "obj");
    return;
  }
  if (tokens[link.head]?.upos === "VERB" && link.head > head && !hasDependent(links, link.head, /^nsubj/)) link.relation = "nsubj";
}

/** "shelled Lutha hours later", "met X weeks ago": a name between a verb without object and a time is the object. */
export function mendNameBeforeTime(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  const link = links[mention.head];
  const verb = mention.first - 1;
  if (mention.form !== "name" || link?.relation !== "compound" || link.head !== mention.last || tokens[verb]?.upos !== "VERB") return;
  if (!/^(hours|minutes|days|weeks|months|years)$/.test(words[link.head] ?? "") || links[link.head]?.head !== verb) return;
  if (!hasDependent(links, verb, /^(obj|aux:pass)$/)) links[mention.head] = { head: verb, relation: "obj" };
}

/** "ASEAN members Vietnam and Laos signed": of two subjects side by side the noun is what the name is called. */
export function mendNounBesideName(tokens: readonly Token[], links: Link[], mention: Mention): void {
  const { form, kind, head, first } = mention;
  const noun = links[first - 1];
  const name = links[head];
  if (form !== "name" || kind === "person" || !noun || !name || tokens[first - 1]?.upos !== "NOUN" || noun.head !== name.head) return;
  if (!/^nsubj/.test(name.relation) || !/^nsubj/.test(noun.relation)) return;
  links[first - 1] = { head, relation: "nmod:desc" };
}

/** "Armenia-Azerbaijan talks": the first of two names joined by a hyphen hangs on the second, as the second does on the noun. */
export function mendHyphenatedPair(links: Link[], words: readonly string[], mentions: readonly Mention[], mention: Mention): void {
  const link = links[mention.head];
  if (mention.form !== "name" || !/^[-‐–]$/.test(words[mention.first - 1] ?? "") || !link || link.head < mention.last) return;
  if (!/^(compound|amod|nmod:unmarked|nmod:desc|flat)$/.test(link.relation)) return;
  const first = mentions.find((other) => other.form === "name" && other.last === mention.first - 1);
  if (first && !reaches(links, mention.head, first.head)) attach(links, first.head, mention.head, "compound");
}

/** "A and B upgraded ties" with the ties listed beside A and B: what is joined to a subject across its verb is the verb's object. */
export function mendCrossedList(tokens: readonly Token[], links: Link[]): void {
  links.forEach((link, at) => {
    if (link.relation !== "conj" || !/^(NOUN|PROPN)$/.test(tokens[at]?.upos ?? "")) return;
    const subject = links[link.head];
    const verb = subject?.head ?? -1;
    if (!subject || !/^nsubj/.test(subject.relation) || verb < link.head || verb > at || tokens[verb]?.upos !== "VERB") return;
    if (hasDependent(links, verb, /^(obj|obl:agent|ccomp|xcomp)$/) || hasDependent(links, at, /^(cc|case)$/)) return;
    attach(links, at, verb, "obj");
  });
}

/** "arrested the dissident X and his companion, Y" with Y joined to a part of X's name: what is joined to a part is joined to the whole. */
export function mendJoinedToPart(links: Link[]): void {
  links.forEach((link) => {
    if (link.relation !== "conj") return;
    for (let steps = 0; links[link.head]?.relation === "flat" && steps < 4; steps++) link.head = links[link.head]?.head ?? -1;
  });
}

/** "phoned A, as well as B" with B joined to the verb: a name goes with the name before it. */
export function mendVerbConjunct(tokens: readonly Token[], links: Link[], mention: Mention): void {
  const link = links[mention.head];
  if (mention.form !== "name" || link?.relation !== "conj" || tokens[link.head]?.upos !== "VERB" || link.head > mention.first) return;
  if (!hasDependent(links, mention.head, /^cc$/) || hasDependent(links, mention.head, /^(nsubj|cop|obj|orphan|obl|nummod|case)/)) return;
  const verb = link.head;
  const before = links.findLastIndex(
    (other, at) =>
      at < mention.first &&
      at > verb &&
      other.head === verb &&
      /^(obj|iobj|obl|obl:agent|xcomp)$/.test(other.relation) &&
      /^(NOUN|PROPN|PRON)$/.test(tokens[at]?.upos ?? ""),
  );
  if (before >= 0) attach(links, mention.head, before, "conj");
}

/** "met A in Lutha and B in Zenda" with B joined to the town: a person goes with the person before. */
export function mendPersonAfterPlace(tokens: readonly Token[], links: Link[], mentions: readonly Mention[], mention: Mention): void {
  const link = links[mention.head];
  if (mention.form !== "name" || mention.kind !== "person" || link?.relation !== "conj" || hasDependent(links, mention.head, /^case$/))
    return;
  const town = mentions.find((other) => other.form === "name" && other.head === link.head);
  if (town?.kind !== "place" || !hasDependent(links, town.head, /^case$/)) return;
  const verb = links[town.head]?.head ?? -1;
  const person = mentions.find(
    (other) =>
      other.kind === "person" &&
      links[other.head]?.head === verb &&
      /^(obj|obl)$/.test(links[other.head]?.relation ?? "") &&
      other.head < town.first,
  );
  if (tokens[verb]?.upos === "VERB" && person) attach(links, mention.head, person.head, "conj");
}

const HEADS =
  /^(head|chief|leader|minister|president|director|secretary|commander|spokesman|spokeswoman|ambassador|envoy|chairman|chair|governor|mayor|king|emir|founder|deputy|member|chancellor|premier|speaker)$/;

/** "the head of Ruritania's military intelligence, X, met": X is the head, not the service. */
export function mendHeadsName(
  tokens: readonly Token[],
  links: Link[],
  words: readonly string[],
  mentions: readonly Mention[],
  mention: Mention,
): void {
  const link = links[mention.head];
  if (mention.form !== "name" || mention.kind !== "person" || link?.relation !== "appos" || words[mention.first - 1] !== ",") return;
  if (
    HEADS.test(words[link.head] ?? "") ||
    mentions.some((other) => other.kind === "person" && other.form === "name" && other.head === link.head)
  )
    return;
  let noun = link.head;
  for (let steps = 0; steps < 3 && noun >= 0; steps++) {
    const above = links[noun];
    if (above?.relation !== "nmod" || above.head < 0 || above.head > noun) return;
    noun = above.head;
    if (tokens[noun]?.upos === "NOUN" && HEADS.test(words[noun] ?? "")) {
      attach(links, mention.head, noun, "appos");
      return;
    }
  }
}

/** "and in Lutha A threatened B" with A as a part of the town's name: the town is where, A who. */
export function mendNameAfterPlace(tokens: readonly Token[], links: Link[], mentions: readonly Mention[], mention: Mention): void {
  const link = links[mention.head];
  const town = mentions.find(
    (other) => other.form === "name" && other.last === mention.first && (other.kind === "place" || other.kind === "state"),
  );
  if (mention.form !== "name" || mention.kind !== "person" || !town || !link || link.head < town.first || link.head >= town.last) return;
  if (!/^(flat|appos|compound|nmod:unmarked|nmod:desc)$/.test(link.relation) || !hasDependent(links, town.head, /^case$/)) return;
  const verb = links[town.head]?.head ?? -1;
  if (tokens[verb]?.upos !== "VERB" || verb < mention.last || hasDependent(links, verb, /^nsubj/)) return;
  links[mention.head] = { head: verb, relation: "nsubj" };
  links.forEach((other, at) => {
    if (other.head === town.head && at >= mention.last && /^(appos|acl:relcl|punct)$/.test(other.relation)) other.head = mention.head;
  });
}

/** "received from A two systems": a noun without a preposition or a time is no circumstance but the object. */
export function mendBareOblique(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  links.forEach((link, at) => {
    if (link.relation !== "obl" || tokens[at]?.upos !== "NOUN" || link.head > at || tokens[link.head]?.upos !== "VERB") return;
    if (
      hasDependent(links, at, /^(case|advmod|mark|nsubj|cop)$/) ||
      hasDependent(links, link.head, /^(obj|ccomp|aux:pass)$/) ||
      TIMES.test(words[at] ?? "")
    )
      return;
    link.relation = "obj";
  });
}

const TIMES =
  /^(morning|noon|afternoon|evening|night|midnight|weeks?|weekend|months?|years?|days?|hours?|minutes?|decades?|times?|today|tomorrow|yesterday|way|abroad|home|miles?|km|kilometres|kilometers|percent|metres|meters|points?)$/;
