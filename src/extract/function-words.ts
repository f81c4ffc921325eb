/** Mends what a preposition, a form of "be" or a conjunction goes with, where the order of words says it. */
import type { Mention, Token } from "../model/annotation.ts";
import { attach, hasDependent } from "./links.ts";
import type { Link } from "./links.ts";
import { DAYS } from "./units.ts";

/** "under European Union sanctions": the preposition is that of the noun, not of the name that it is put together with. */
export function mendCases(links: Link[]): void {
  links.forEach((link, at) => {
    if (link.relation !== "case") return;
    const noun = links[link.head];
    if (noun?.relation === "compound" && at < link.head && noun.head > link.head) link.head = noun.head;
  });
}

/** "is opposed to the accord": the verb is that of the participle that follows, not of the noun that hangs on the participle. */
export function mendPassives(tokens: readonly Token[], links: Link[]): void {
  links.forEach((link, at) => {
    if (link.relation !== "cop") return;
    const participle = links[link.head]?.head ?? -1;
    if (at < participle && participle < link.head && tokens[participle]?.xpos === "VBN") attach(links, at, participle, "aux:pass");
  });
}

/** "relations warmed as A met B": a clause with its own conjunction and subject is the verb's, not that of the noun before the verb. */
export function mendAdverbials(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  links.forEach((link, clause) => {
    if (link.relation !== "acl" || tokens[clause]?.upos !== "VERB") return;
    const noun = link.head;
    const mark = links.findIndex(({ head, relation }) => head === clause && /^(mark|advmod)$/.test(relation));
    if (!/^(as|while|when|after|before|because|although|though)$/i.test(words[mark] ?? "")) return;
    if (!hasDependent(links, clause, /^nsubj/)) return;
    const verb = links.findIndex(
      ({ head, relation }, at) =>
        noun < at &&
        at < mark &&
        tokens[at]?.upos === "VERB" &&
        ((head === noun && relation === "acl") || (links[noun]?.head === at && /^nsubj/.test(links[noun]?.relation ?? ""))),
    );
    if (verb >= 0) attach(links, clause, verb, "advcl");
  });
}

/** Verbs with "about" or "over" for whom or what they are of. */
const ABOUT =
  /^(talk|speak|argue|quarrel|complain|worry|fight|ask|say|write|warn|know|hear|read|think|clash|differ|squabble|bicker|fly|preside)$/;

/** "is stationing about a hundred men", "sent over 500 soldiers": an adverb before a number is no preposition. */
export function mendRoughNumbers(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  links.forEach((link, at) => {
    const noun = links[link.head];
    if (link.relation !== "case" || !/^(about|around|over|under)$/.test(words[at] ?? "") || noun?.relation !== "obl") return;
    const article = /^an?$/.test(words[at + 1] ?? "") ? 2 : 1;
    const verb = noun.head;
    if (tokens[at + article]?.upos !== "NUM" || at + article >= link.head || verb !== at - 1 || tokens[verb]?.upos !== "VERB") return;
    if (ABOUT.test(tokens[verb]?.lemma ?? "") || hasDependent(links, verb, /^(obj|aux:pass)$/)) return;
    noun.relation = "obj";
    links[at] = { head: at + article, relation: "advmod" };
  });
}

/** "sat across the table from X" with X as the object: what has a preposition of its own right before it is none. */
export function mendCasedObject(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  links.forEach((link, at) => {
    if (link.relation !== "obj" || link.head > at || tokens[link.head]?.upos !== "VERB") return;
    const preposition = links.findIndex(
      ({ head, relation }, word) =>
        relation === "case" && word < at && (head === at || (links[head]?.head === at && links[head]?.relation === "nmod:desc")),
    );
    if (preposition > link.head + 1 && preposition < at && /^(from|with|to|against|by|for)$/.test(words[preposition] ?? ""))
      link.relation = "obl";
  });
}

/** "praised Secretary X for it": a name after a verb without object, and without preposition, is the object. */
export function mendBareName(links: Link[], words: readonly string[], mention: Mention): void {
  const link = links[mention.head];
  if (mention.form !== "name" || link?.relation !== "obl" || link.head > mention.first || DAYS.test(words[mention.head] ?? "")) return;
  if (!hasDependent(links, mention.head, /^case$/) && !hasDependent(links, link.head, /^(obj|aux:pass|nsubj:pass|ccomp)$/))
    link.relation = "obj";
}

/** "signed on Monday morning by A": a time has no doer; the participle before it has. */
export function mendDoer(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  const link = links[mention.head];
  if (mention.form !== "name" || link?.relation !== "nmod") return;
  if (!links.some(({ head, relation }, at) => head === mention.head && relation === "case" && words[at] === "by")) return;
  const time = words[link.head] ?? "";
  const participle = links[link.head]?.head ?? -1;
  if (!DAYS.test(time) && !/^(morning|afternoon|evening|night|week|month|year)$/.test(time)) return;
  if (tokens[participle]?.xpos === "VBN" && participle < link.head) attach(links, mention.head, participle, "obl:agent");
}
