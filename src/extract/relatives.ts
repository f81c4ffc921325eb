/** Relative clauses after a name: where they end, which verb they hang by, and who acts in them. */
import type { Token } from "../model/annotation.ts";
import { attach, hasDependent, isOuter, range } from "./links.ts";
import type { Link } from "./links.ts";
import type { Unit } from "./units.ts";

export const FINITE = new Set(["VBD", "VBZ", "VBP", "MD"]);

const RELATIVES = new Set(["who", "whom", "which", "whose"]);

/** Where the relative clause that starts at a comma or its pronoun is over: after the comma that a finite verb follows. */
export function pastRelative(tokens: readonly Token[], words: readonly string[], from: number): number {
  const at = words[from] === "," ? from + 1 : from;
  // ", left for Lutha": who goes is never gone.
  const participle = ["VBG", "VBN"].includes(tokens[at]?.xpos ?? "") && !GOING.test(words[at] ?? "");
  if (words[at - 1] !== "," || !(RELATIVES.has(words[at] ?? "") || participle)) return from;
  for (let end = at + 2; end < Math.min(at + 40, tokens.length); end++) {
    if (words[end] !== "," || !range(at, end).some((inner) => /^(VERB|AUX)$/.test(tokens[inner]?.upos ?? ""))) continue;
    const next = tokens[end + 1];
    const later = tokens[end + 2];
    const finite = next !== undefined && (FINITE.has(next.xpos) || (next.xpos === "VBN" && words[end + 2] !== "by"));
    const past = later && (FINITE.has(later.xpos) || (later.xpos === "VBN" && !actedOn(words, end + 2)));
    if ((finite || (next?.upos === "ADV" && past)) && words[end + 1] !== "said") return end + 1;
  }
  return from;
}

/** ", whom the court has accused, and who denies it": hangs each clause's verb on the name, and its subject on the verb. */
export function mendRelatives(tokens: readonly Token[], links: Link[], words: readonly string[], unit: Unit): void {
  const first = words[unit.last] === "," ? unit.last + 1 : unit.last;
  if (words[first - 1] !== "," || !RELATIVES.has(words[first] ?? "")) return;
  mendRelative(tokens, links, words, unit, first);
  const next = range(first + 2, Math.min(first + 30, tokens.length)).find(
    (at) => words[at - 1] === "and" && /^(who|whom|which)$/.test(words[at] ?? ""),
  );
  if (next !== undefined) mendRelative(tokens, links, words, unit, next);
}

function mendRelative(tokens: readonly Token[], links: Link[], words: readonly string[], unit: Unit, pronoun: number): void {
  if (words[pronoun] === "whose" || tokens[pronoun]?.xpos.startsWith("W") !== true) return;
  let verb = -1;
  for (let at = pronoun + 1; at < Math.min(pronoun + 18, tokens.length); at++) {
    const token = tokens[at];
    if (!token || words[at] === "," || words[at] === ";") break;
    if (token.upos === "AUX" && (links[at]?.head ?? -1) > at && /^(aux|cop)/.test(links[at]?.relation ?? "")) verb = links[at]?.head ?? -1;
    else if (FINITE.has(token.xpos) && token.xpos !== "MD") verb = at;
    if (verb >= 0) break;
  }
  if (verb < 0) return;
  const head = unit.mention.head;
  const between =
    verb > pronoun + 1
      ? range(pronoun + 1, verb).filter(
          (at) => ["NOUN", "PROPN", "PRON"].includes(tokens[at]?.upos ?? "") && isOuter(links, at, pronoun + 1, verb),
        )
      : [];
  const subject =
    between.find((at) => /^nsubj/.test(links[at]?.relation ?? "")) ?? (words[pronoun] === "whom" ? between.at(-1) : undefined);
  if (links[verb]?.relation !== "acl:relcl" || ofAnother(links, words, unit, pronoun, verb)) attach(links, verb, head, "acl:relcl");
  const passive = hasDependent(links, verb, /^aux:pass$/);
  if (subject !== undefined) {
    attach(links, subject, verb, passive ? "nsubj:pass" : "nsubj");
    attach(links, pronoun, verb, "obj");
  } else attach(links, pronoun, verb, passive ? "nsubj:pass" : "nsubj");
}

/** "the head of the mission in Liberia, X, who praised Y": a "who" right after a person's name that hangs on something before it. */
function ofAnother(links: readonly Link[], words: readonly string[], { mention }: Unit, pronoun: number, verb: number): boolean {
  const on = links[verb]?.head ?? -1;
  return (
    mention.kind === "person" &&
    words[pronoun] === "who" &&
    words[mention.first - 1] !== "of" &&
    mention.last === pronoun - 1 &&
    on < mention.first &&
    on !== links[mention.head]?.head
  );
}

/** Past ", according to activists," and ", he said,". */
export function pastParenthesis(words: readonly string[], from: number): number {
  if (words[from] !== "," || !(words[from + 1] === "according" || words.slice(from + 2, from + 5).includes("said"))) return from;
  const end = words.indexOf(",", from + 1);
  return end > 0 && end - from <= 8 ? end + 1 : from;
}

/** Verbs of going, which are never done to anybody. */
export const GOING =
  /^(crossed|flew|flown|travelled|traveled|arrived|went|came|returned|sailed|drove|left|departed|landed|walked|rode|fled)$/;

/** "brokered last July by": a participle with its by-phrase close behind, whatever it was tagged. */
export function actedOn(words: readonly string[], verb: number): boolean {
  // "crossed by ferry": nobody is crossed.
  if (GOING.test(words[verb] ?? "")) return false;
  const by = words.indexOf("by", verb + 1);
  return by > 0 && by - verb <= 4 && !words.slice(verb, by).includes(",");
}
