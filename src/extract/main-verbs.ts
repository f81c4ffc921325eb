/** Mends sentences whose main verb was missed: it was read as a participle, or its subject as something else. */
import type { Token } from "../model/annotation.ts";
import { attach } from "./links.ts";
import type { Link } from "./links.ts";
import { FINITE, actedOn } from "./relatives.ts";
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
