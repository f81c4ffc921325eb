/** Which rules are anchored at a word, and whether a clause or noun stands where such a rule's content stands. */
import { CONTEXT } from "../knowledge/rules.ts";
import type { Anchored, Content } from "../knowledge/rules.ts";
import { casesOf, hyphenLeft, isInfinitive, isVerb, lower, shell } from "./tree.ts";
import type { Tree } from "./tree.ts";

const COMPLEMENTS = new Set(["xcomp", "ccomp", "advcl", "acl", "obj", "csubj", "nsubj:pass"]);

/** Whether the clause or noun stands where the governor's content stands. */
export function contentApplies(tree: Tree, content: Content, inner: number, governor: number): boolean {
  const outer = shell(tree, inner);
  const token = tree.tokens[outer];
  if (!token || token.head !== governor) return false;
  if (!content.at) return COMPLEMENTS.has(token.relation) && !isAside(tree, outer);
  return content.at.some((role) => {
    switch (role) {
      case "clause":
        return ["xcomp", "ccomp", "csubj", "advcl", "acl"].includes(token.relation) && isVerb(token) && !isAside(tree, outer);
      case "that":
        return token.relation === "ccomp" || (token.relation === "acl" && casesOf(tree, outer).includes("that"));
      case "to":
        return (
          (isInfinitive(tree, outer) && token.relation !== "acl:relcl") ||
          (casesOf(tree, outer).includes("to") && /^(obl|nmod|advcl|acl)/.test(token.relation))
        );
      case "patient":
        return (
          token.relation === "obj" ||
          token.relation === "nsubj:pass" ||
          (token.relation === "xcomp" && (token.xpos === "VBG" || token.upos === "NOUN"))
        );
      case "agent":
        return token.relation === "nsubj" || token.relation === "obl:agent";
      case "owner":
        return (
          token.relation === "nmod:poss" ||
          token.relation === "compound" ||
          (token.relation === "nmod" && casesOf(tree, outer).includes("of"))
        );
      default:
        return /^(obl|nmod|advcl|acl|xcomp|ccomp)/.test(token.relation) && casesOf(tree, outer).includes(role);
    }
  });
}

/** A finite adverbial clause ("after he left") or a participle beside the main clause (", ending a feud") says nothing of its governor's content. */
function isAside(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  if (token?.relation !== "advcl") return false;
  if (isInfinitive(tree, at)) return false;
  // "ruled out negotiating": right after the verb or its particle.
  if (token.xpos === "VBG" && at > token.head && at - token.head <= 2 && tree.tokens[at - 1]?.upos !== "PUNCT") return false;
  return !casesOf(tree, at).some((mark) => ["of", "for", "from", "into", "with", "to", "against"].includes(mark));
}

/** Rules anchored at the token by lemma, particle and word class. */
export function anchoredAt(tree: Tree, at: number): readonly Anchored[] {
  const known = tree.anchors[at];
  if (known) return known;
  const found = findAnchored(tree, at);
  tree.anchors[at] = found;
  return found;
}

function findAnchored(tree: Tree, at: number): readonly Anchored[] {
  const token = tree.tokens[at];
  if (!token) return [];
  const lemma = token.lemma.toLowerCase();
  const { rules } = tree;
  let found: readonly Anchored[] = [];
  if (token.upos === "VERB" || token.upos === "AUX") found = rules.verb.get(lemma) ?? [];
  else if (token.upos === "NOUN" || token.upos === "PROPN" || (token.upos === "INTJ" && token.xpos === "NN")) {
    // "is home to": a noun said of the subject, as an adjective is.
    const said = (tree.children[at] ?? []).some((child) => tree.tokens[child]?.relation === "cop");
    found = rules.noun.get(lemma) ?? rules.noun.get(singular(lemma)) ?? (said ? rules.adjective.get(lemma) : undefined) ?? [];
  } else if (token.upos === "ADJ" || token.upos === "ADV") {
    const participle = (token.xpos === "VBN" || token.xpos === "JJ") && token.relation === "amod" && hyphenLeft(tree, at) !== undefined;
    found = [...(rules.adjective.get(lemma) ?? []), ...(participle ? (rules.verb.get(lemma) ?? []) : [])];
  }
  if (found.every(({ particle }) => particle === undefined)) return found;
  const fitting = found.filter(({ particle }) => particle === undefined || hasParticle(tree, at, particle));
  const own = fitting.filter(({ particle }) => particle !== undefined);
  // "hit out at" is no "hit": a verb with its particle is a word of its own.
  return own.length === 0 ? fitting : fitting.filter(({ rule, particle }) => particle !== undefined || rule.relation === CONTEXT);
}

function hasParticle(tree: Tree, at: number, particle: string): boolean {
  if (lower(tree, at + 1) === particle) return true;
  return (tree.children[at] ?? []).some((child) => {
    const relation = tree.tokens[child]?.relation;
    return (relation === "compound:prt" || relation === "advmod" || relation === "xcomp") && lower(tree, child) === particle;
  });
}

/** "troops" and "arms" keep their plural as a lemma. */
export function singular(lemma: string): string {
  if (lemma.length <= 3 || !lemma.endsWith("s")) return lemma;
  return lemma.endsWith("ies") ? `${lemma.slice(0, -3)}y` : lemma.slice(0, -1);
}
