/** Where a token stands: its clause, what it is coordinated with, whether it only modifies. */
import type { MentionCandidate } from "./mentions.ts";
import type { Words } from "./words.ts";

/** Heads of all that is coordinated with the phrase of this head, itself included. */
export function coordinated(words: Words, head: number): ReadonlySet<number> {
  let root = head;
  while (words.relation(root) === "conj") root = words.head(root);
  const heads = new Set([root]);
  // A set grows while it is walked: conjuncts may hang on each other.
  for (const one of heads) for (const child of words.children[one] ?? []) if (words.relation(child) === "conj") heads.add(child);
  return heads;
}

/** The verb (or clause-heading word) of the clause a token stands in. */
export function clauseOf(words: Words, token: number): number {
  let at = token;
  for (let steps = 0; steps < 20; steps += 1) {
    const relation = words.relation(at);
    const head = words.head(at);
    if (head < 0) return at;
    if (relation !== undefined && /^(ccomp|advcl|acl|acl:relcl|advcl:relcl|parataxis|xcomp|csubj|root)$/.test(relation)) return at;
    if (relation === "conj" && words.tokens[at]?.upos === "VERB") return at;
    at = head;
  }
  return at;
}

/** Whether the clause of `verb` hangs below the clause that `token` is the subject of. */
export function governs(words: Words, token: number, verb: number): boolean {
  const upper = clauseOf(words, token);
  for (let at = verb, steps = 0; at >= 0 && steps < 12; at = words.head(at), steps += 1) if (at === upper) return true;
  return false;
}

/** Possessors, demonyms and parts of "of" phrases are less likely to be taken up. */
export function isModifier(words: Words, candidate: MentionCandidate): boolean {
  if (wholeHead(words, candidate) !== candidate.head) return false;
  const relation = words.relation(candidate.head);
  return candidate.use === "adjective" || relation === "nmod:poss" || relation === "nmod" || relation === "compound" || relation === "amod";
}

/** "the | Lakeland alliance", "the | Volta group": the noun that only says what the name before it is, and stands in the tree for both. */
export function wholeHead(words: Words, { head, last, kind }: MentionCandidate): number {
  if (kind !== "organization" || words.head(head) !== last || !BODY_NOUNS.test(words.lower[last] ?? "")) return head;
  return /^(compound|amod|nmod|nmod:unmarked|nmod:desc|flat)$/.test(words.relation(head) ?? "") ? last : head;
}

const BODY_NOUNS =
  /^(group|movement|alliance|bloc|militia|party|coalition|faction|rebels|insurgents|guerrillas|militants|union|organi[sz]ation|front|government|administration|company|agency|regime|junta|network)$/;
