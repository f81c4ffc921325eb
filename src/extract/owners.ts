/** Whose a noun is: possessors, demonyms and names before it, what it is of. */
import { nearby } from "./prepositions.ts";
import { casesOf, childrenOf, isNominal, prepositional } from "./tree.ts";
import type { Tree } from "./tree.ts";

export function modifiers(tree: Tree, at: number): number[] {
  const own = childrenOf(tree, at, "amod", "compound", "nmod:unmarked", "nmod:desc", "nmod").filter(
    (child) =>
      child < at &&
      casesOf(tree, child).length === 0 &&
      tree.covering[child] !== undefined &&
      tree.covering[child] !== tree.covering[at] &&
      !isPrivately(tree, child),
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

/** "an Israeli-owned hotel", "a Greek-flagged tanker": no state's own. */
function isPrivately(tree: Tree, at: number): boolean {
  const after = tree.covering[at]?.last ?? at + 1;
  return (
    /^[-‐–]$/.test(tree.words[after] ?? "") &&
    /^(owned|flagged|registered|made|built|born|speaking|based|linked|language)$/.test(tree.words[after + 1] ?? "")
  );
}

/** Acts whose of-phrase names whom they befall, as does a person's genitive: "the arrest of X", "X's murder". */
const BEFALLS =
  /^(killing|murder|assassination|execution|slaying|massacre|arrest|detention|imprisonment|jailing|abduction|kidnapping|poisoning|torture|persecution|expulsion|deportation|treatment|ouster|overthrow|sentencing|conviction)$/;
/** Acts whose of-phrase names what they befall, and whose genitive names who does them: "Ruritania's shelling of X". */
const DONE_TO =
  /^(bombing|bombardment|shelling|invasion|occupation|annexation|capture|seizure|blockade|siege|destruction|downing|sinking|storming)$/;

/** Who did a deed: not whom it befell. */
function doers(tree: Tree, at: number, genitive: readonly number[]): number[] {
  const of = prepositional(tree, at, "of");
  const own = prepositional(tree, at, "by");
  const by = own.length > 0 ? own : nearby(tree, at, "by");
  if (by.length > 0) return by;
  const acts = of.length > 0 || DONE_TO.test(tree.tokens[at]?.lemma ?? "");
  return acts && genitive.length > 0 ? [...genitive] : modifiers(tree, at);
}

/** Words for a deed that has just been told. */
const DEEDS =
  /^(act|action|attack|announcement|claim|comment|concession|decision|declaration|demand|gesture|invasion|measure|move|offer|operation|pledge|plan|policy|proposal|remark|raid|response|ruling|statement|step|strike|threat|verdict|vote)$/;

/** "imposed a ban on B, a step that C applauded": whether the noun, with a clause of its own, stands beside the sentence for what it tells. */
export function isAsideOn(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  return (
    token !== undefined &&
    DEEDS.test(token.lemma) &&
    /^(appos|parataxis|dep|conj|obl:unmarked|nmod:unmarked|dislocated)$/.test(token.relation) &&
    token.head < at &&
    childrenOf(tree, at, "acl:relcl", "acl").some((clause) => clause > at) &&
    childrenOf(tree, at, "det").some((det) => /^an?$/.test(tree.words[det] ?? "") && tree.words[det - 1] === ",")
  );
}

/** Who does what such a noun stands for. */
function doerOfAside(tree: Tree, at: number): number[] {
  for (let above = tree.tokens[at]?.head ?? -1, steps = 0; above >= 0 && steps < 8; above = tree.tokens[above]?.head ?? -1, steps++) {
    if (tree.tokens[above]?.upos !== "VERB") continue;
    const passive = childrenOf(tree, above, "aux:pass").length > 0;
    const subjects = childrenOf(tree, above, passive ? "obl:agent" : "nsubj");
    if (subjects.length > 0 || passive) return subjects;
  }
  return [];
}

/** Those who fight states, or for nobody's: "Ruritania's Shia militias" are not Ruritania. */
const REBELS = /^(militia|rebel|insurgent|guerrilla|militant|jihadist|separatist|extremist|terrorist|gunman|warlord|insurgency)$/;

export function owners(tree: Tree, at: number): number[] {
  const found = anyOwners(tree, at);
  return REBELS.test(tree.tokens[at]?.lemma ?? "")
    ? found.filter((owner) => tree.byHead.get(owner)?.some(({ kind, form }) => kind === "state" && form === "name") !== true)
    : found;
}

function anyOwners(tree: Tree, at: number): number[] {
  const possessors = childrenOf(tree, at, "nmod:poss");
  const lemma = tree.tokens[at]?.lemma ?? "";
  if (isAsideOn(tree, at)) return doerOfAside(tree, at);
  if (BEFALLS.test(lemma) || DONE_TO.test(lemma)) return doers(tree, at, possessors);
  if (possessors.length > 0) return possessors;
  const before = modifiers(tree, at);
  if (before.length > 0) return before;
  const of = prepositional(tree, at, "of");
  if (of.length > 0) return of;
  for (const word of ["from", "by", "for"]) {
    const found = prepositional(tree, at, word);
    if (found.length > 0) return found;
  }
  return [];
}
