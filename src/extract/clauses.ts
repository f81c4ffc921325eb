/** Mends which verb a gerund or a later verb of the sentence goes with. */
import type { Mention, Token } from "../model/annotation.ts";
import { attach, reaches } from "./links.ts";
import type { Link } from "./links.ts";

/** Verbs by the preposition under which they say what their object does or did: "accuse A of arming B", "thank A for hosting B". */
const CONTENT_VERBS: Readonly<Record<string, RegExp | undefined>> = {
  of: /^(accuse|suspect|convict|absolve|clear|acquit)$/,
  for: /^(thank|praise|congratulate|commend|laud|hail|applaud|credit|reward|condemn|criticise|criticize|denounce|blame|fault|rebuke|chide|reproach|reprimand|slam|blast|lambast|berate|castigate|scold|censure|indict|punish|sanction|forgive|attack|assail)$/,
  on: /^(congratulate|commend|compliment)$/,
  from: /^(prevent|stop|bar|keep|block|ban|prohibit|dissuade|discourage|deter|hinder)$/,
};

/** "A and Ruritania's former president X met": the possessor of a name is no party beside it. */
export function mendPossessors(tokens: readonly Token[], links: Link[], words: readonly string[], mentions: readonly Mention[]): void {
  for (const owner of mentions) {
    if (owner.form !== "name" || !/^['’]s$/.test(words[owner.last] ?? "") || links[owner.head]?.relation === "nmod:poss") continue;
    let at = owner.last + 1;
    while (
      at < owner.last + 8 &&
      /^(ADJ|NOUN|PROPN|NUM)$/.test(tokens[at]?.upos ?? "") &&
      !mentions.some((one) => one.form === "name" && one.first === at)
    )
      at++;
    const owned = mentions.find((one) => one.form === "name" && one.kind === "person" && one.first === at);
    if (owned && links[owner.head]?.head !== owned.head && !reaches(links, owned.head, owner.head))
      attach(links, owner.head, owned.head, "nmod:poss");
  }
}

/** "accused Ruritania of arming the rebels": the gerund is the verb's, not the name's that it follows. */
export function mendGerunds(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.xpos !== "VBG" || !/^(acl|advcl|nmod)$/.test(links[at]?.relation ?? "")) continue;
    const mark = links.findIndex((link, child) => link.head === at && child < at && /^(mark|case)$/.test(link.relation));
    const verbs = CONTENT_VERBS[words[mark] ?? ""];
    if (verbs === undefined) continue;
    for (let above = links[at]?.head ?? -1, steps = 0; above >= 0 && steps < 4; above = links[above]?.head ?? -1, steps++) {
      if (tokens[above]?.upos !== "VERB") continue;
      if (steps > 0 && verbs.test(tokens[above]?.lemma ?? "")) attach(links, at, above, "advcl");
      break;
    }
  }
}

/** "ordered the envoy to leave, accusing Ruritania of": who orders accuses, not the envoy. */
export function mendAsides(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 1; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "advcl" || tokens[at]?.xpos !== "VBG" || words[at - 1] !== ",") continue;
    const infinitive = links[link.head];
    if (
      tokens[link.head]?.xpos !== "VB" ||
      !/^(xcomp|advcl)$/.test(infinitive?.relation ?? "") ||
      infinitive === undefined ||
      tokens[infinitive.head]?.upos !== "VERB"
    )
      continue;
    const urges = links.some((other) => other.head === infinitive.head && other.relation === "obj");
    if (urges) attach(links, at, infinitive.head, "advcl");
  }
}

/** Verbs of motion that are never done to somebody: "forces crossed" is a clause, "forces defeated" may be a phrase. */
const MOTION = /^(cross|enter|flee|return|arrive|march|advance|withdraw|retreat|storm|clash|collapse)$/;

/** "after Ruritanian forces crossed the border" read as "after forces, crossed": the preposition opens a clause. */
export function mendMotion(tokens: readonly Token[], links: Link[]): void {
  for (let at = 1; at < tokens.length; at++) {
    const link = links[at];
    const noun = links[link?.head ?? -1];
    if (link?.relation !== "acl" || noun?.relation !== "obl" || !/^VB[DN]$/.test(tokens[at]?.xpos ?? "") || link.head !== at - 1) continue;
    if (!MOTION.test(tokens[at]?.lemma ?? "")) continue;
    const opener = links.findIndex((other) => other.head === link.head && other.relation === "case");
    if (tokens[opener]?.xpos !== "IN" || tokens[noun.head]?.upos !== "VERB") continue;
    const { head } = link;
    links[at] = { head: noun.head, relation: "advcl" };
    links[head] = { head: at, relation: "nsubj" };
    links[opener] = { head: at, relation: "mark" };
  }
}

/** "had moved troops after Ruritanian forces crossed and killed him": a past tense goes on from the clause beside it, not from a participle. */
export function mendContinuations(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  const has = (verb: number, relation: RegExp): boolean => links.some((link) => link.head === verb && relation.test(link.relation));
  for (let at = 0; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "conj" || tokens[at]?.xpos !== "VBD" || has(at, /^nsubj|^aux/) || words[at - 1] !== "and") continue;
    if (words[at - 2] === "," || tokens[link.head]?.upos !== "VERB" || !has(link.head, /^aux$/)) continue;
    const { head } = link;
    const clause = links.findLastIndex(
      (other, verb) =>
        verb > head &&
        verb < at &&
        other.head === head &&
        other.relation === "advcl" &&
        tokens[verb]?.upos === "VERB" &&
        has(verb, /^nsubj/),
    );
    if (clause >= 0 && !has(clause, /^aux/) && !words.slice(clause, at).includes(",")) attach(links, at, clause, "conj");
  }
}
