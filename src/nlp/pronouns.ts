/** Pronouns that may stand for an actor or agreement, and what a relative pronoun stands for. */
import type { Gender } from "../knowledge/types.ts";
import type { EntityKind } from "../model/graph.ts";
import type { MentionCandidate } from "./mentions.ts";
import type { Words } from "./words.ts";

interface Pronoun {
  readonly gender?: Gender | "thing";
  readonly number: "singular" | "plural";
  readonly possessive: boolean;
}

const PRONOUNS: ReadonlyMap<string, Pronoun> = new Map<string, Pronoun>([
  ["he", { gender: "male", number: "singular", possessive: false }],
  ["him", { gender: "male", number: "singular", possessive: false }],
  ["himself", { gender: "male", number: "singular", possessive: false }],
  ["his", { gender: "male", number: "singular", possessive: true }],
  ["she", { gender: "female", number: "singular", possessive: false }],
  ["her", { gender: "female", number: "singular", possessive: true }],
  ["herself", { gender: "female", number: "singular", possessive: false }],
  ["it", { gender: "thing", number: "singular", possessive: false }],
  ["itself", { gender: "thing", number: "singular", possessive: false }],
  ["its", { gender: "thing", number: "singular", possessive: true }],
  ["they", { number: "plural", possessive: false }],
  ["them", { number: "plural", possessive: false }],
  ["themselves", { number: "plural", possessive: false }],
  ["their", { number: "plural", possessive: true }],
]);

const RELATIVES: ReadonlySet<string> = new Set(["who", "which", "whom", "whose", "that"]);

export function pronounCandidate(words: Words, token: number, names: readonly MentionCandidate[]): MentionCandidate | undefined {
  const lower = words.lower[token] ?? "";
  const pronoun = PRONOUNS.get(lower);
  const relative = pronoun === undefined && RELATIVES.has(lower) && words.tokens[token]?.upos !== "SCONJ";
  if (pronoun === undefined && !relative && lower !== "we" && words.text[token] !== "I") return undefined;
  const span = {
    start: words.tokens[token]?.start ?? 0,
    end: words.tokens[token]?.end ?? 0,
    sentence: words.index,
    first: token,
    last: token + 1,
    head: token,
    form: "pronoun" as const,
  };
  if (pronoun !== undefined) {
    if (words.relation(token) === "expl" || (lower === "it" && isDummy(words, token))) return undefined;
    const possessive =
      pronoun.possessive && (lower !== "her" || words.relation(token) === "nmod:poss" || words.tokens[token]?.xpos === "PRP$");
    const kind: EntityKind = pronoun.gender === "thing" || pronoun.number === "plural" ? "state" : "person";
    return { ...span, kind, reason: "pronoun", reference: { type: "pronoun", ...pronoun, possessive } };
  }
  if (lower === "we" || words.text[token] === "I") {
    const number = lower === "we" ? "plural" : "singular";
    return { ...span, kind: "person", reason: "pronoun", reference: { type: "pronoun", number, possessive: false, speaker: true } };
  }
  if (relative) {
    const antecedent = relativeAntecedent(words, token, names);
    if (antecedent.length > 0) {
      return {
        ...span,
        kind: (antecedent[0] as MentionCandidate).kind,
        reason: "relative pronoun",
        reference: { type: "same", as: antecedent },
      };
    }
  }
  return undefined;
}

/** "it was stressed", "it took a nudge to": stands for nothing. */
function isDummy(words: Words, token: number): boolean {
  const verb = words.head(token);
  if (!/^nsubj/.test(words.relation(token) ?? "") || verb < 0) return false;
  const lemma = words.tokens[verb]?.lemma ?? "";
  // "It was Smith's first visit to Peru"
  if (
    words.lower[token] === "it" &&
    words.child(verb, "cop") !== undefined &&
    /^(visit|trip|meeting|call|time|summit|talks|tour)$/.test(lemma)
  )
    return true;
  if (
    words.child(verb, "csubj", "csubj:pass", "ccomp") !== undefined &&
    /^(be|seem|appear|take|say|report|clear|likely|possible|stress|note|understand|believe|expect|time)$/.test(lemma)
  )
    return true;
  return (
    words.relation(token) === "nsubj:pass" &&
    /^(say|report|stress|note|understand|believe|expect|think|hope|announce|add|emerge|agree)$/.test(lemma)
  );
}

/** What "who", "which", "whose", "that" stands for: the noun that its clause modifies, or the name right before the comma. */
function relativeAntecedent(words: Words, token: number, names: readonly MentionCandidate[]): MentionCandidate[] {
  // "Eritrea, whose army fought there and which Kenya accuses": the same as the one before.
  if (/^(and|but)$/.test(words.lower[token - 1] ?? "")) {
    for (let before = token - 2; before >= 0 && token - before < 18; before -= 1)
      if (/^(who|which|whose|whom)$/.test(words.lower[before] ?? "")) return relativeAntecedent(words, before, names);
  }
  const adjacent = words.text[token - 1] === "," ? names.findLast((one) => one.last === token - 1) : undefined;
  let at = token;
  for (let steps = 0; steps < 8 && at >= 0; steps += 1) {
    if (words.relation(at) === "acl:relcl") {
      const noun = words.head(at);
      const name = names.find((one) => one.head === noun || (one.first <= noun && noun < one.last));
      if (name !== undefined && name.first < token) {
        // "from Ruritania, and from the Lake Union, which praised": the name right before, past another phrase.
        const parted = adjacent !== undefined && words.lower.slice(name.last, adjacent.first).includes("and");
        if (parted && fits(words, token, adjacent)) return [adjacent];
        return fits(words, token, name) ? [name] : [];
      }
      // "a summit in Lima, which condemned": the noun, which is no name.
      if (noun < token && words.tokens[noun]?.upos === "NOUN" && adjacent !== undefined && noun < adjacent.first) return [];
      break;
    }
    at = words.head(at);
  }
  const before = words.text[token - 1] === "," ? token - 1 : token;
  const name = names.find((one) => one.last === before);
  if (name !== undefined && words.lower[token] !== "that" && fits(words, token, name)) return [name];
  return [];
}

function fits(words: Words, token: number, name: MentionCandidate): boolean {
  const lower = words.lower[token] ?? "";
  if (lower === "who" || lower === "whom") return name.kind === "person" || name.use === "people";
  if (lower === "which") return name.kind !== "person";
  return true;
}
