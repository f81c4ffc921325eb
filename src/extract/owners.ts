/** Whose a noun is: possessors, demonyms and names before it, what it is of. */
import { casesOf, childrenOf, isNominal, prepositional } from "./tree.ts";
import type { Tree } from "./tree.ts";

export function modifiers(tree: Tree, at: number): number[] {
  const own = childrenOf(tree, at, "amod", "compound", "nmod:unmarked", "nmod:desc", "nmod").filter(
    (child) =>
      child < at && casesOf(tree, child).length === 0 && tree.covering[child] !== undefined && tree.covering[child] !== tree.covering[at],
  );
  // "the Turkish-Russian center": the first hangs on the second.
  if (own.length > 0)
    return own.flatMap((child) => [...childrenOf(tree, child, "compound", "amod").filter((inner) => tree.byHead.has(inner)), child]);
  // "Ruritanian arms deliveries" with the demonym hung on the noun between.
  const inner = childrenOf(tree, at, "compound", "nsubj", "nmod:unmarked").filter((child) => child === at - 1 && !tree.byHead.has(child));
  for (const child of inner) {
    const found = modifiers(tree, child);
    if (found.length > 0) return found;
  }
  const token = tree.tokens[at];
  if (token?.relation === "conj" && isNominal(tree.tokens[token.head]) && childrenOf(tree, at, "det", "nmod:poss").length === 0)
    return modifiers(tree, token.head);
  return [];
}

export function owners(tree: Tree, at: number): number[] {
  const possessors = childrenOf(tree, at, "nmod:poss");
  if (possessors.length > 0) return possessors;
  const before = modifiers(tree, at);
  if (before.length > 0) return before;
  const of = prepositional(tree, at, "of");
  if (of.length > 0) return of;
  const from = prepositional(tree, at, "from");
  return from.length > 0 ? from : prepositional(tree, at, "for");
}
