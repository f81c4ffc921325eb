/** A sentence as a tree with the look-ups that the matcher needs, and steps on it that say nothing of roles: what is a verb, a portion, a conjunct. */
import type { Anchored, RuleIndex } from "../knowledge/rules.ts";
import type { Annotated, Mention, Sentence, Token } from "../model/annotation.ts";
import { repairTree } from "./repair.ts";

/** A sentence with the look-ups that the matcher needs. */
export interface Tree {
  readonly index: number;
  readonly sentence: Sentence;
  /** The document's text. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly children: readonly (readonly number[])[];
  /** Mentions by head token, longest first. */
  readonly byHead: ReadonlyMap<number, readonly Mention[]>;
  /** Per token the shortest mention that covers it. */
  readonly covering: readonly (Mention | undefined)[];
  readonly rules: RuleIndex;
  /** Tokens in lower case. */
  readonly words: readonly string[];
  /** Mentions of the sentence in text order. */
  readonly mentions: readonly Mention[];
  /** Prepositions of each token, filled in as they are asked for. */
  readonly cases: (readonly string[] | undefined)[];
  /** Rules anchored at each token, filled in as they are asked for. */
  readonly anchors: (readonly Anchored[] | undefined)[];
}

/** The trees of all sentences, in order. */
export function readTrees(annotated: Annotated, rules: RuleIndex): Tree[] {
  const mentions = annotated.sentences.map((): Mention[] => []);
  for (const mention of annotated.mentions) mentions[mention.sentence]?.push(mention);
  const mended = annotated.times.filter(({ governor }) => governor !== undefined);
  return annotated.sentences.map((sentence, index) => {
    const here = (mentions[index] ?? []).toSorted((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
    const words = sentence.tokens.map((token) => annotated.document.text.slice(token.start, token.end).toLowerCase());
    const tokens = repairTree(sentence.tokens, mentions[index] ?? [], words);
    for (const { sentence: place, head, governor } of mended)
      if (place === index && governor !== undefined) tokens[head] = { ...(tokens[head] as Token), head: governor, relation: "obl" };
    const children = tokens.map((): number[] => []);
    tokens.forEach((token, at) => {
      if (token.head >= 0) children[token.head]?.push(at);
    });
    const byHead = new Map<number, Mention[]>();
    const covering: (Mention | undefined)[] = tokens.map(() => undefined);
    for (const mention of here) {
      const list = byHead.get(mention.head);
      if (list) list.push(mention);
      else byHead.set(mention.head, [mention]);
      for (let at = mention.first; at < mention.last; at++) covering[at] = mention;
    }
    const own = mentions[index] ?? [];
    return {
      index,
      sentence,
      text: annotated.document.text,
      tokens,
      children,
      byHead,
      covering,
      rules,
      words,
      mentions: own,
      cases: [],
      anchors: [],
    };
  });
}

/** Nouns that measure or portion what follows "of": "a round of talks" is talks. */
const PARTITIVES = new Set(
  (
    "round series wave number set pair group string spate package kind sort type part most some all both each one two three four five six seven eight nine ten " +
    "dozen hundred thousand million many several first second third last fourth majority couple lot handful batch barrage flurry hour day week month year " +
    "stage phase bout volley spell session act form member rest half third quarter either neither none"
  ).split(" "),
);

const RELATIVE = new Set(["who", "whom", "which", "that", "whose"]);

export function isVerb(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (token.upos === "VERB" || (token.upos === "AUX" && !token.relation.startsWith("aux") && token.relation !== "cop"))
  );
}

export function isNominal(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (token.upos === "NOUN" || token.upos === "PROPN" || token.upos === "PRON" || token.upos === "NUM" || token.upos === "DET")
  );
}

export function childrenOf(tree: Tree, at: number, ...relations: string[]): number[] {
  const found: number[] = [];
  const children = tree.children[at];
  if (children) for (const child of children) if (relations.includes(tree.tokens[child]?.relation ?? "")) found.push(child);
  return found;
}

export function lower(tree: Tree, at: number): string {
  return tree.words[at] ?? "";
}

/** The prepositions of a nominal: "with", "out" "of". */
export function casesOf(tree: Tree, at: number): readonly string[] {
  const known = tree.cases[at];
  if (known) return known;
  const found = ownCases(tree, at);
  // "by Crown Prince X" with the preposition hung on the title.
  for (const title of childrenOf(tree, at, "nmod:desc", "compound", "flat", "advmod", "amod", "nummod"))
    if (title < at) found.push(...ownCases(tree, title));
  tree.cases[at] = found;
  return found;
}

function ownCases(tree: Tree, at: number): string[] {
  const found: string[] = [];
  for (const child of tree.children[at] ?? []) {
    const token = tree.tokens[child];
    if (child > at) continue;
    if (token?.relation === "case" || (token?.relation === "mark" && token.upos !== "PART")) {
      found.push(lower(tree, child));
      for (const fixed of childrenOf(tree, child, "fixed")) found.push(lower(tree, fixed));
    }
  }
  return found;
}

/** Verbs that take two objects, so that an object after a participle does not make it a finite verb. */
const DITRANSITIVE = new Set(
  "give grant award offer deny hand send pay show tell ask promise owe refuse allow call name elect appoint".split(" "),
);

/** Whether what looks like the verb's subject is acted on. */
export function isPassive(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  if (!token) return false;
  for (const child of tree.children[at] ?? []) {
    const relation = tree.tokens[child]?.relation;
    if (relation === "aux:pass" || relation === "nsubj:pass" || relation === "csubj:pass" || relation === "obl:agent") return true;
  }
  if (token.xpos !== "VBN") return false;
  const active = childrenOf(tree, at, "aux", "nsubj").length > 0;
  if (active) return false;
  const hasObject = childrenOf(tree, at, "obj").length > 0;
  if (hasObject && !DITRANSITIVE.has(token.lemma)) return false;
  if (token.relation === "conj") {
    const head = tree.tokens[token.head];
    return head?.xpos === "VBN" ? isPassive(tree, token.head) : false;
  }
  return ["acl", "acl:relcl", "advcl", "amod", "xcomp", "root", "dep", "parataxis", "ccomp", "nmod", "appos"].includes(token.relation);
}

/** The noun that a relative pronoun stands for; the token itself otherwise. */
export function antecedent(tree: Tree, at: number): number {
  const token = tree.tokens[at];
  if (!token || !token.xpos.startsWith("W") || !RELATIVE.has(lower(tree, at))) return at;
  let climb = at;
  for (let steps = 0; steps < 8; steps++) {
    const here = tree.tokens[climb];
    if (!here || here.head < 0) return at;
    if (here.relation === "acl:relcl" || here.relation === "advcl:relcl" || (here.relation === "acl" && climb !== at)) return here.head;
    climb = here.head;
  }
  return at;
}

/** Steps from a portion to what it portions ("rounds" of "talks"); the token itself otherwise. */
export function core(tree: Tree, at: number): number {
  const real = antecedent(tree, at);
  const token = tree.tokens[real];
  if (!token || tree.byHead.has(real) || !PARTITIVES.has(token.lemma.toLowerCase())) return real;
  const inner = childrenOf(tree, real, "nmod").find(
    (child) =>
      casesOf(tree, child).includes("of") || (casesOf(tree, child).includes("among") && !tree.words.slice(real, child).includes(",")),
  );
  return inner === undefined ? real : core(tree, inner);
}

/** Steps from a noun out to the portion it hangs on, where there is one. */
export function shell(tree: Tree, at: number): number {
  const token = tree.tokens[at];
  const head = token && token.relation === "nmod" ? tree.tokens[token.head] : undefined;
  if (!token || !head || !PARTITIVES.has(head.lemma.toLowerCase()) || !casesOf(tree, at).includes("of")) return at;
  return shell(tree, token.head);
}

/** Whether "together", "along" or "jointly" stands before the "with" of the phrase. */
function isJoining(tree: Tree, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) if (lower(tree, at) === "with") return /^(together|along|jointly)$/.test(lower(tree, at - 1));
  return false;
}

/** The token and everything coordinated with it. */
export function conjuncts(tree: Tree, at: number): number[] {
  const found = [at];
  for (const child of childrenOf(tree, at, "conj")) {
    if (isVerb(tree.tokens[at]) || !isVerb(tree.tokens[child])) found.push(...conjuncts(tree, child));
  }
  // "A, together with B, met C"
  for (const child of childrenOf(tree, at, "nmod")) {
    if (child > at && casesOf(tree, child).includes("with") && isJoining(tree, at, child)) found.push(...conjuncts(tree, child));
  }
  // "A, joined by B, cut ties"
  for (const clause of childrenOf(tree, at, "acl"))
    if (/^(join|follow)$/.test(tree.tokens[clause]?.lemma ?? "") && tree.tokens[clause]?.xpos === "VBN")
      for (const child of childrenOf(tree, clause, "obl:agent")) found.push(...conjuncts(tree, child));
  return found;
}

export function hasCopula(tree: Tree, at: number): boolean {
  return childrenOf(tree, at, "cop").length > 0;
}

export function isPredicate(tree: Tree, at: number): boolean {
  return hasCopula(tree, at) || childrenOf(tree, at, "nsubj", "nsubj:pass").length > 0 || tree.tokens[at]?.upos === "ADJ";
}

export function isInfinitive(tree: Tree, at: number): boolean {
  return childrenOf(tree, at, "mark").some((mark) => tree.tokens[mark]?.upos === "PART" || lower(tree, mark) === "to");
}

/** The word before the hyphen of "Russia-brokered". */
export function hyphenLeft(tree: Tree, at: number): number | undefined {
  return /^[-‐–]$/.test(lower(tree, at - 1)) && at >= 2 ? at - 2 : undefined;
}

const TEMPORAL = new Set(
  "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december today yesterday tomorrow week month year morning night evening afternoon day".split(
    " ",
  ),
);

export function isTemporal(tree: Tree, at: number): boolean {
  return (TEMPORAL.has(lower(tree, at)) || /^(19|20)\d\d$/.test(lower(tree, at))) && !tree.byHead.has(at);
}

/** Children of a verb or noun that stand under this preposition. */
export function prepositional(tree: Tree, at: number, word: string): number[] {
  return (tree.children[at] ?? []).filter((child) => {
    const token = tree.tokens[child];
    return (
      token !== undefined &&
      /^(obl|nmod|advcl|acl$|iobj|conj|appos|dep|parataxis|xcomp)/.test(token.relation) &&
      !isVerb(token) &&
      casesOf(tree, child).includes(word) &&
      !casesOf(tree, child).includes("according")
    );
  });
}
