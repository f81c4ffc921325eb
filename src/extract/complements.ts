/** What stands beside a verb that is neither its subject nor a plain object. */
import { antecedent, childrenOf, isInfinitive, isNominal, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** Who is given or told: the indirect object, also where it was read as a second direct one. */
export function recipients(tree: Tree, at: number): number[] {
  const indirect = childrenOf(tree, at, "iobj");
  if (indirect.length > 0) return indirect;
  const objects = childrenOf(tree, at, "obj");
  return objects.length > 1 ? objects.slice(0, 1) : [];
}

/** "must leave", "should leave", "has to leave", "needs to leave". */
export function isObligation(tree: Tree, at: number): boolean {
  const subject = childrenOf(tree, at, "nsubj", "nsubj:pass")[0] ?? -1;
  // "Should A attack" is a condition.
  if (childrenOf(tree, at, "aux").some((aux) => aux > subject && /^(must|should|ought)$/.test(lower(tree, aux)))) return true;
  return /^(have|need)$/.test(tree.tokens[at]?.lemma ?? "") && childrenOf(tree, at, "xcomp").some((child) => isInfinitive(tree, child));
}

/** "that the boats had left", not "that it might fail", nor a sentence in quotation marks, which may do anything. */
export function isStatement(tree: Tree, at: number): boolean {
  const opens = Math.min(at, ...(tree.children[at] ?? []));
  return (
    !/["“«]/.test(tree.words[opens] ?? "") &&
    childrenOf(tree, at, "aux").every((aux) => !/^(may|might|can|could)$/.test(lower(tree, aux))) &&
    !isObligation(tree, at)
  );
}

/** "A condemned it, and so did B", "as did B": B does the same. */
export function likewise(tree: Tree, at: number): number[] {
  return childrenOf(tree, at, "conj", "advcl", "parataxis", "advcl:relcl").flatMap((child) => {
    const token = tree.tokens[child];
    if (isRefusal(tree, child)) return childrenOf(tree, child, "nsubj");
    if (token?.lemma !== "do" || !["so", "as"].includes(lower(tree, child - 1))) return [];
    const own = childrenOf(tree, child, "nsubj", "obj");
    if (own.length > 0) return own;
    // "as did NATO chief X" with X hung elsewhere.
    let head = child + 1;
    for (let above = tree.tokens[head]?.head ?? -1; above > head && above <= child + 6; above = tree.tokens[head]?.head ?? -1) head = above;
    return isNominal(tree.tokens[head]) && head <= child + 6 ? [head] : [];
  });
}

/** "the blockade that Ruritania maintains": the noun that a relative clause leaves out as its object. */
export function relativeGap(tree: Tree, at: number): number | undefined {
  const token = tree.tokens[at];
  if (!token) return undefined;
  const clause = token.relation === "conj" ? token.head : at;
  if (tree.tokens[clause]?.relation !== "acl:relcl") return undefined;
  const subject = childrenOf(tree, clause, "nsubj");
  const pronounSubject = subject.some((child) => antecedent(tree, child) !== child);
  const gapped = (tree.children[clause] ?? []).some(
    (child) => childrenOf(tree, child, "case").length > 0 && antecedent(tree, child) !== child,
  );
  const noun = tree.tokens[clause]?.head ?? -1;
  return subject.length > 0 && !pronounSubject && !gapped && noun >= 0 ? noun : undefined;
}

/** "but B did not": a clause that denies of B what the one before says. */
export function isRefusal(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  return (
    token?.lemma === "do" &&
    childrenOf(tree, at, "advmod").some((not) => /^(not|n['’]t)$/.test(lower(tree, not))) &&
    childrenOf(tree, at, "nsubj").length > 0 &&
    childrenOf(tree, at, "obj", "xcomp", "ccomp", "obl").length === 0
  );
}
