/** Reads arguments off a dependency tree: which tokens fill which role of a verb, noun or adjective, whatever its construction. */
import type { Annotated, Mention, Sentence, Token } from "../model/annotation.ts";
import { repairTree } from "./repair.ts";
import type { Anchored, Content, Frame, RuleIndex } from "../knowledge/rules.ts";

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
  return annotated.sentences.map((sentence, index) => {
    const here = (mentions[index] ?? []).toSorted((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
    const words = sentence.tokens.map((token) => annotated.document.text.slice(token.start, token.end).toLowerCase());
    const tokens = repairTree(sentence.tokens, mentions[index] ?? [], words);
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

/** Nouns that act for whoever owns them: "the leaders of A and B", "Turkish officials". */
const STAND_INS = new Set(
  (
    "government leader president premier minister chancellor king emir ruler monarch official diplomat envoy ambassador delegation delegate negotiator representative " +
    "spokesman spokeswoman spokesperson troops troop soldier force army military navy air-force police commander general aircraft warplane jet plane warship ship vessel " +
    "fighter rebel militant commando parliament lawmaker legislature assembly cabinet ministry side people citizen national authority authorities administration leadership " +
    "team secretary head chief counterpart mediator missile rocket drone artillery tank gun gunner bomber fleet unit guard court prosecutor embassy consulate mission " +
    "position base target stronghold facility installation outpost convoy compound headquarters garrison patrol crew inspector observer monitor expert investigator worker activist supporter follower member tribesman gunman militiaman country state nation republic capital kingdom bloc alliance chairman chair director executive aide adviser advisor politician faction wing branch representative"
  ).split(" "),
);

const NOMINAL_LINKS = new Set(["flat", "compound", "nmod:desc", "nmod:unmarked", "goeswith"]);
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
    (child) => casesOf(tree, child).includes("of") || casesOf(tree, child).includes("among"),
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

/** The token and everything coordinated with it. */
export function conjuncts(tree: Tree, at: number): number[] {
  const found = [at];
  for (const child of childrenOf(tree, at, "conj")) {
    if (isVerb(tree.tokens[at]) || !isVerb(tree.tokens[child])) found.push(...conjuncts(tree, child));
  }
  return found;
}

/** One entity in a role. */
export interface Party {
  readonly chain: number;
  readonly mention: Mention;
  /** Reached through a noun that acts for it, not named in the role itself. */
  readonly relayed: boolean;
  /** Denied the role by its own "not", "neither" or "but not". */
  readonly negated?: true;
}

/** Whether the noun phrase is denied its role: "not by A", "neither A nor B", "but not B". */
export function isDenied(tree: Tree, at: number): boolean {
  const words = new Set(childrenOf(tree, at, "advmod", "cc", "cc:preconj", "det").map((child) => lower(tree, child)));
  if (words.has("not") || words.has("neither") || words.has("nor")) return true;
  const token = tree.tokens[at];
  return token?.relation === "conj" && isNominal(tree.tokens[token.head]) && !words.has("but") && isDenied(tree, token.head);
}

/** The entities that a token stands for: its own mentions, else those of the noun phrase that it heads. */
export function partiesAt(tree: Tree, at: number, depth = 0): Party[] {
  if (depth > 4) return [];
  const real = core(tree, at);
  const token = tree.tokens[real];
  if (!token) return [];
  const own = tree.byHead.get(real);
  if (own) {
    const found = own.flatMap((mention) => mention.chains.map((chain) => ({ chain, mention, relayed: false })));
    if (found.length > 0) return found;
  }
  const cover = tree.covering[real];
  if (cover && cover.chains.length > 0) return cover.chains.map((chain) => ({ chain, mention: cover, relayed: false }));
  for (const child of tree.children[real] ?? []) {
    if (NOMINAL_LINKS.has(tree.tokens[child]?.relation ?? "") && tree.tokens[child]?.upos === "PROPN" && isTitleLike(tree, real, child)) {
      const inner = partiesAt(tree, child, depth + 1).filter((party) => party.mention.kind === "person");
      if (inner.length > 0) return inner;
    }
  }
  for (const child of childrenOf(tree, real, "appos")) {
    const inner = conjuncts(tree, child).flatMap((each) => partiesAt(tree, each, depth + 1));
    if (inner.length > 0 && STAND_INS.has(token.lemma)) return inner;
  }
  if (token.relation === "appos" && depth === 0) {
    const outer = partiesAt(tree, token.head, depth + 1);
    if (outer.length > 0) return outer;
  }
  if (STAND_INS.has(token.lemma.toLowerCase()) || STAND_INS.has(singular(token.lemma.toLowerCase()))) {
    const owners = roleTokens(tree, real, "owner").flatMap((each) => partiesAt(tree, each, depth + 1));
    return owners
      .filter((party) => party.mention.kind === "state" || party.mention.kind === "organization")
      .map((party) => ({ ...party, relayed: true }));
  }
  return [];
}

/** Whether the token is a title that a following name hangs on ("President Putin" read with "President" as its head). */
function isTitleLike(tree: Tree, at: number, child: number): boolean {
  return child > at && (tree.tokens[at]?.upos === "NOUN" || tree.tokens[at]?.upos === "PROPN");
}

/** Verbs whose object is an event and whose subject acts in that event, unless a rule names its own. */
export const LIGHT_VERBS: ReadonlySet<string> = new Set(
  (
    "hold have conduct make pay launch carry stage mount give take reach strike sign conclude secure clinch seal impose begin start open resume continue end enter engage complete " +
    "undertake perform issue deliver extend place put lend provide wage inflict pursue lead join attend finish wrap do commit slap levy express voice offer receive win convene " +
    "embark arrive go come participate renew intensify step restart break suspend deploy declare announce lodge file send maintain keep forge enjoy accept"
  ).split(" "),
);

/** A verb under which an event noun stands, lending it its arguments. */
export interface Support {
  readonly verb: number;
  /** The noun is what the verb does ("held talks"), takes place ("talks were held", "talks began") or is set in ("during talks, he ..."). */
  readonly as: "object" | "relative" | "subject" | "setting";
}

const SETTINGS = new Set("in during after at following before on amid for into under to".split(" "));

export function supportOf(tree: Tree, noun: number, rule: Frame | undefined): Support | undefined {
  const outer = shell(tree, noun);
  const token = tree.tokens[outer];
  if (!token) return undefined;
  let relation: string = token.relation;
  let head = token.head;
  if (relation === "conj") {
    const first = tree.tokens[token.head];
    if (first && isNominal(first)) {
      relation = first.relation;
      head = first.head;
    }
  }
  const verb = tree.tokens[head];
  const verbs = rule?.light ?? LIGHT_VERBS;
  // "the blockade that Israel maintains on Gaza", "sanctions imposed by A on B".
  for (const clause of childrenOf(tree, outer, "acl:relcl", "acl")) {
    const token = tree.tokens[clause];
    if (token && isVerb(token) && verbs.has(token.lemma) && verbPatient(tree, clause, 4).includes(outer))
      return { verb: clause, as: "relative" };
  }
  if (!verb || !isVerb(verb)) return undefined;
  if (relation === "obj" || relation === "iobj") return verbs.has(verb.lemma) ? { verb: head, as: "object" } : undefined;
  if (relation === "nsubj:pass") return verbs.has(verb.lemma) ? { verb: head, as: "object" } : undefined;
  if (relation === "nsubj") return { verb: head, as: "subject" };
  if (relation === "obl" || relation === "obl:agent" || relation === "advcl") {
    const cases = casesOf(tree, outer);
    const known =
      verbs.has(verb.lemma) && cases.some((word) => ["in", "into", "on", "to", "for", "with", "of", "under", "as"].includes(word));
    if (known) return { verb: head, as: "object" };
    return rule?.setting && cases.some((word) => SETTINGS.has(word)) ? { verb: head, as: "setting" } : undefined;
  }
  return undefined;
}

/** What stands before the verb as its subject, inherited where the clause has none of its own. */
export function surfaceSubject(tree: Tree, at: number, depth = 0): number[] {
  if (depth > 6) return [];
  const token = tree.tokens[at];
  if (!token) return [];
  const own = childrenOf(tree, at, "nsubj", "nsubj:pass", "nsubj:outer");
  const nearest = own.findLast((child) => child < at) ?? own[0];
  if (nearest !== undefined) return [antecedent(tree, nearest)];
  const head = tree.tokens[token.head];
  if (!head) return [];
  switch (token.relation) {
    case "conj":
      return isNominal(head) && !hasCopula(tree, token.head)
        ? isVerb(token)
          ? [token.head]
          : []
        : surfaceSubject(tree, token.head, depth + 1);
    case "xcomp":
    case "csubj":
    case "ccomp":
    case "advcl":
    case "obl":
    case "dep":
    case "parataxis": {
      if (token.relation === "parataxis" && !["VBG", "VBN"].includes(token.xpos)) return [];
      if (token.relation === "ccomp" && !["VBG", "VB", "VBN"].includes(token.xpos)) return [];
      if (!isVerb(head) && !isPredicate(tree, token.head)) return isNominal(head) ? controllerOfNoun(tree, at, token.head, depth) : [];
      const controlled = controlledBy(tree, at, token.head);
      if (controlled) return controlled.flatMap((role) => roleTokens(tree, token.head, role, depth + 1)).slice(0, 1);
      return surfaceSubject(tree, token.head, depth + 1);
    }
    case "acl":
    case "nmod":
      return controllerOfNoun(tree, at, token.head, depth);
    case "acl:relcl":
      return [antecedent(tree, token.head)];
    case "amod":
      return [token.head];
    case "root":
      return [];
    default:
      return [];
  }
}

/** The subject of a clause that hangs on a noun: the noun itself ("forces attacking"), or who has it ("his promise to leave"). */
function controllerOfNoun(tree: Tree, clause: number, noun: number, depth: number): number[] {
  const token = tree.tokens[clause];
  if (!token) return [];
  if (token.xpos === "VBN" || token.xpos === "VBD") return [noun];
  if (token.xpos === "VBG" && lower(tree, clause - 1) === ",") {
    // ", violating the truce": what the whole clause before it does.
    let verb = noun;
    for (let steps = 0; steps < 6 && verb >= 0 && !isVerb(tree.tokens[verb]); steps++) verb = tree.tokens[verb]?.head ?? -1;
    if (verb >= 0) return surfaceSubject(tree, verb, depth + 1);
  }
  const infinitive = token.xpos === "VB" || casesOf(tree, clause).length > 0;
  if (token.xpos === "VBG" && (tree.byHead.has(noun) || !infinitive)) return [noun];
  const owner = nounAgent(tree, noun, undefined, depth + 1);
  return owner.length > 0 ? owner : [noun];
}

function hasCopula(tree: Tree, at: number): boolean {
  return childrenOf(tree, at, "cop").length > 0;
}

function isPredicate(tree: Tree, at: number): boolean {
  return hasCopula(tree, at) || childrenOf(tree, at, "nsubj", "nsubj:pass").length > 0 || tree.tokens[at]?.upos === "ADJ";
}

/** The roles of the governor that control this clause's subject, where a context rule says so. */
function controlledBy(tree: Tree, clause: number, governor: number): readonly string[] | undefined {
  for (const { rule } of contextRules(tree, governor)) {
    if (rule.content?.control && contentApplies(tree, rule.content, clause, governor)) return rule.content.control;
  }
  return undefined;
}

/** Context rules anchored at a token. */
export function contextRules(tree: Tree, at: number): readonly Anchored[] {
  const anchored = anchoredAt(tree, at);
  if (anchored.length === 0) return anchored;
  return anchored.filter(({ rule }) => rule.relation === "*" && rule.content !== undefined && fits(tree, at, rule));
}

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

export function isInfinitive(tree: Tree, at: number): boolean {
  return childrenOf(tree, at, "mark").some((mark) => tree.tokens[mark]?.upos === "PART" || lower(tree, mark) === "to");
}

/** A finite adverbial clause ("after he left") or a participle beside the main clause (", ending a feud") says nothing of its governor's content. */
function isAside(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  if (token?.relation !== "advcl") return false;
  if (isInfinitive(tree, at)) return false;
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
  else if (token.upos === "NOUN" || token.upos === "PROPN") found = rules.noun.get(lemma) ?? rules.noun.get(singular(lemma)) ?? [];
  else if (token.upos === "ADJ" || token.upos === "ADV") {
    const participle = (token.xpos === "VBN" || token.xpos === "JJ") && token.relation === "amod" && hyphenLeft(tree, at) !== undefined;
    found = [...(rules.adjective.get(lemma) ?? []), ...(participle ? (rules.verb.get(lemma) ?? []) : [])];
  }
  return found.length === 0 ? found : found.filter(({ particle }) => particle === undefined || hasParticle(tree, at, particle));
}

function hasParticle(tree: Tree, at: number, particle: string): boolean {
  if (lower(tree, at + 1) === particle) return true;
  return (tree.children[at] ?? []).some((child) => {
    const relation = tree.tokens[child]?.relation;
    return (relation === "compound:prt" || relation === "advmod" || relation === "xcomp") && lower(tree, child) === particle;
  });
}

/** The word before the hyphen of "Russia-brokered". */
function hyphenLeft(tree: Tree, at: number): number | undefined {
  return /^[-‐–]$/.test(lower(tree, at - 1)) && at >= 2 ? at - 2 : undefined;
}

/** Whether the rule's `where` and `unless` hold at the anchor. */
export function fits(tree: Tree, at: number, rule: Frame): boolean {
  for (const [role, lemmas] of Object.entries(rule.where ?? {})) {
    if (!filled(tree, at, role, lemmas)) return false;
  }
  for (const [role, lemmas] of Object.entries(rule.unless ?? {})) {
    if (filled(tree, at, role, lemmas)) return false;
  }
  return true;
}

/** "troops" and "arms" keep their plural as a lemma. */
function singular(lemma: string): string {
  return lemma.length > 3 && lemma.endsWith("s") ? lemma.slice(0, -1) : lemma;
}

function filled(tree: Tree, at: number, role: string, lemmas: readonly string[]): boolean {
  const tokens = pathTokens(tree, at, role);
  if (lemmas.includes("*")) return tokens.some((token) => !isTemporal(tree, token));
  return tokens.some((token) => {
    const lemma = tree.tokens[core(tree, token)]?.lemma.toLowerCase() ?? "";
    return lemmas.includes(lemma) || lemmas.includes(singular(lemma)) || lemmas.includes(lower(tree, core(tree, token)));
  });
}

/** The tokens at the end of a path of roles. */
export function pathTokens(tree: Tree, at: number, path: string, rule?: Frame): number[] {
  let here = [at];
  path.split(".").forEach((role, step) => {
    here = here.flatMap((token) => roleTokens(tree, step === 0 ? token : core(tree, token), role, 0, rule));
  });
  return [...new Set(here)].filter((token) => !apart(tree, at, token));
}

/** Whether a semicolon stands between: what is beyond belongs to another clause. */
function apart(tree: Tree, at: number, token: number): boolean {
  for (let between = Math.min(at, token) + 1; between < Math.max(at, token); between++) if (lower(tree, between) === ";") return true;
  return false;
}

/** The tokens that fill a role, coordinated ones included. */
export function roleTokens(tree: Tree, at: number, role: string, depth = 0, rule?: Frame): number[] {
  if (depth > 6) return [];
  return plainRole(tree, at, role, depth, rule).flatMap((token) => conjuncts(tree, antecedent(tree, token)));
}

function plainRole(tree: Tree, at: number, role: string, depth: number, rule: Frame | undefined): number[] {
  const token = tree.tokens[at];
  if (!token) return [];
  const verbal = isVerb(token) || (token.upos === "ADJ" && token.relation === "amod" && hyphenLeft(tree, at) !== undefined);
  switch (role) {
    case "self":
      return [at];
    case "agent":
      return verbal ? verbAgent(tree, at, depth) : nounAgent(tree, at, rule, depth);
    case "patient":
      return verbal ? verbPatient(tree, at, depth) : prepositional(tree, at, "of");
    case "recipient":
      return childrenOf(tree, at, "iobj");
    case "possessor":
      return childrenOf(tree, at, "nmod:poss");
    case "modifier":
      return modifiers(tree, at);
    case "owner":
      return owners(tree, at);
    case "bearer":
      return token.relation === "nmod:desc" ? [token.head] : [];
    case "apposition":
      return token.relation === "appos" ? [token.head] : childrenOf(tree, at, "appos");
    case "governor":
      return token.head >= 0 ? [token.head] : [];
    case "kind":
      return childrenOf(tree, at, "amod", "compound", "nmod:poss");
    case "place":
      return ["in", "at"].flatMap((word) => prepositional(tree, at, word));
    case "that":
      return childrenOf(tree, at, "ccomp");
    case "complement":
      return [...childrenOf(tree, at, "xcomp", "ccomp", "advcl", "obl", "obl:unmarked"), ...childrenOf(tree, at, "obj").slice(1)];
    case "subjunctive":
      return childrenOf(tree, at, "ccomp").filter(
        (child) => ["VB", "VBP"].includes(tree.tokens[child]?.xpos ?? "") && childrenOf(tree, child, "aux").length === 0,
      );
    case "matter":
      return [
        ...childrenOf(tree, at, "xcomp", "ccomp", "advcl").filter(
          (child) => isInfinitive(tree, child) || tree.tokens[child]?.relation === "ccomp",
        ),
        ...prepositional(tree, at, "on"),
        ...prepositional(tree, at, "to"),
      ];
    case "infinitive":
      return childrenOf(tree, at, "xcomp", "advcl", "ccomp", "acl").filter((child) => isInfinitive(tree, child));
    case "xcomp":
    case "advmod":
      return childrenOf(tree, at, role);
    case "parties": {
      const named = [
        ...nounAgent(tree, at, rule, depth),
        ...["between", "with", "among", "of"].flatMap((word) => prepositional(tree, at, word)),
      ];
      return named.length > 0 ? named : settingSubject(tree, at);
    }
    case "clause":
      return childrenOf(tree, at, "xcomp", "ccomp", "advcl", "acl");
    default:
      return verbal || token.upos === "ADJ" ? verbPrepositional(tree, at, role) : nounPrepositional(tree, at, role, rule);
  }
}

function verbAgent(tree: Tree, at: number, depth: number): number[] {
  const hyphen = hyphenLeft(tree, at);
  const token = tree.tokens[at];
  if (hyphen !== undefined && token && ["amod", "acl", "nmod", "compound", "conj"].includes(token.relation)) return [hyphen];
  if (isPassive(tree, at)) {
    const agents = childrenOf(tree, at, "obl:agent");
    if (agents.length > 0) return agents;
    const by = prepositional(tree, at, "by");
    if (by.length > 0 || token?.relation !== "conj") return by;
    return childrenOf(tree, token.head, "obl:agent");
  }
  return [...surfaceSubject(tree, at, depth), ...likewise(tree, at)];
}

/** "A condemned it, and so did B", "as did B": B does the same. */
function likewise(tree: Tree, at: number): number[] {
  return childrenOf(tree, at, "conj", "advcl", "parataxis", "advcl:relcl").flatMap((child) => {
    const token = tree.tokens[child];
    if (token?.lemma !== "do" || !["so", "as"].includes(lower(tree, child - 1))) return [];
    return childrenOf(tree, child, "nsubj", "obj");
  });
}

function verbPatient(tree: Tree, at: number, depth: number): number[] {
  const token = tree.tokens[at];
  if (!token) return [];
  if (hyphenLeft(tree, at) !== undefined && token.relation === "amod") return [token.head];
  if (isPassive(tree, at)) return surfaceSubject(tree, at, depth);
  const objects = childrenOf(tree, at, "obj");
  const real = objects.filter((child) => !isTemporal(tree, child));
  if (real.length > 0) return real.map((child) => antecedent(tree, child));
  const indirect = childrenOf(tree, at, "iobj");
  if (indirect.length > 0) return indirect;
  if (objects.length > 0) {
    // "signed a pact Monday" with the day as the object's head: what hangs on the day is the object.
    return objects.flatMap((child) =>
      childrenOf(tree, child, "compound", "nmod", "nmod:unmarked", "amod").filter((inner) => isNominal(tree.tokens[inner])),
    );
  }
  if (token.relation === "acl:relcl" || (token.relation === "conj" && tree.tokens[token.head]?.relation === "acl:relcl")) {
    const clause = token.relation === "conj" ? token.head : at;
    const subject = childrenOf(tree, clause, "nsubj");
    const pronounSubject = subject.some((child) => antecedent(tree, child) !== child);
    const gapped = (tree.children[clause] ?? []).some(
      (child) => childrenOf(tree, child, "case").length > 0 && antecedent(tree, child) !== child,
    );
    const noun = tree.tokens[clause]?.head ?? -1;
    if (subject.length > 0 && !pronounSubject && !gapped && noun >= 0) return [noun];
  }
  if (token.relation === "xcomp" && depth < 5) {
    // "whom the rebels tried to kill": the relative clause's gap is the infinitive's object.
    const governor = tree.tokens[token.head];
    if (governor?.relation === "acl:relcl" && childrenOf(tree, token.head, "ccomp").length === 0) {
      const gap = verbPatient(tree, token.head, depth + 1);
      if (gap.length > 0 && gap[0] === governor.head) return gap;
    }
  }
  if (token.relation === "conj" && isVerb(tree.tokens[token.head])) {
    // "condemned and rejected the offer": the second verb's object serves the first as well, not the other way round.
    return [];
  }
  const shared = childrenOf(tree, at, "conj").find(
    (child) => isVerb(tree.tokens[child]) && child - at <= 3 && tree.tokens[child]?.xpos === token.xpos,
  );
  if (shared !== undefined && childrenOf(tree, at, "obl", "ccomp", "xcomp").length === 0 && childrenOf(tree, shared, "nsubj").length === 0)
    return childrenOf(tree, shared, "obj");
  return [];
}

const TEMPORAL = new Set(
  "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december today yesterday tomorrow week month year morning night evening afternoon day".split(
    " ",
  ),
);

function isTemporal(tree: Tree, at: number): boolean {
  return TEMPORAL.has(lower(tree, at)) && !tree.byHead.has(at);
}

/** Children of a verb or noun that stand under this preposition. */
function prepositional(tree: Tree, at: number, word: string): number[] {
  return (tree.children[at] ?? []).filter((child) => {
    const token = tree.tokens[child];
    return (
      token !== undefined &&
      /^(obl|nmod|advcl|acl$|iobj|conj|appos|dep|parataxis|xcomp)/.test(token.relation) &&
      !isVerb(token) &&
      casesOf(tree, child).includes(word)
    );
  });
}

function verbPrepositional(tree: Tree, at: number, word: string): number[] {
  const own = prepositional(tree, at, word);
  if (own.length > 0) return own;
  // Relative pronoun that the preposition was left behind by, or fronted with: "with whom he met".
  const fronted = (tree.children[at] ?? []).filter((child) => antecedent(tree, child) !== child && casesOf(tree, child).includes(word));
  if (fronted.length > 0) return fronted;
  // "leave on Tuesday for Jordan": what hangs on the day hangs on the verb.
  for (const setting of childrenOf(tree, at, "obl", "obl:unmarked")) {
    if (!isTemporal(tree, setting)) continue;
    const inner = prepositional(tree, setting, word);
    if (inner.length > 0) return inner;
  }
  if (word === "of") return [];
  // Parsers attach prepositional phrases to the object as readily as to the verb.
  for (const object of childrenOf(tree, at, "obj", "nsubj:pass", "xcomp")) {
    if (tree.byHead.has(object) && tree.tokens[object]?.upos === "PROPN") continue;
    const inner = prepositional(tree, object, word);
    if (inner.length > 0) return inner;
  }
  return nearby(tree, at, word);
}

/** The nearest such phrase to the right in the same clause, whatever it was hung on. */
function nearby(tree: Tree, at: number, word: string): number[] {
  for (let next = at + 1; next < Math.min(at + 9, tree.tokens.length); next++) {
    const token = tree.tokens[next];
    if (!token || token.upos === "VERB" || token.upos === "SCONJ" || /^[,;:()"“”]$/.test(lower(tree, next))) return [];
    if (token.upos !== "ADP" || lower(tree, next) !== word) continue;
    const verbBetween = (end: number): boolean => tree.tokens.slice(next + 1, end + 1).some(isVerb);
    let head = token.head > next && !verbBetween(token.head) ? token.head : next + 1;
    for (
      let above = tree.tokens[head]?.head ?? -1;
      above > head && above <= next + 8 && !verbBetween(above);
      above = tree.tokens[head]?.head ?? -1
    )
      head = above;
    if (isNominal(tree.tokens[head])) return [head];
  }
  return [];
}

function nounPrepositional(tree: Tree, at: number, word: string, rule: Frame | undefined): number[] {
  const own = prepositional(tree, at, word);
  if (own.length > 0) return own;
  for (const participle of childrenOf(tree, at, "acl")) {
    if (LIGHT_VERBS.has(tree.tokens[participle]?.lemma ?? "")) {
      const inner = prepositional(tree, participle, word);
      if (inner.length > 0) return inner;
    }
  }
  const outer = shell(tree, at);
  if (outer !== at) {
    const inner = prepositional(tree, outer, word);
    if (inner.length > 0) return inner;
  }
  const support = supportOf(tree, at, rule);
  if (support && support.as !== "setting") {
    const inner = prepositional(tree, support.verb, word).filter((child) => child !== outer);
    if (inner.length > 0) return inner;
  }
  if (word === "of" || word === "with" || word === "between" || word === "by") {
    for (const child of tree.children[at] ?? []) {
      if (
        tree.tokens[child]?.relation === "conj" &&
        child > at &&
        prepositional(tree, child, word).length > 0 &&
        isNominal(tree.tokens[child])
      )
        return prepositional(tree, child, word);
    }
  }
  return lower(tree, at + 1) === word ? nearby(tree, at, word) : [];
}

function modifiers(tree: Tree, at: number): number[] {
  const own = childrenOf(tree, at, "amod", "compound", "nmod:unmarked", "nmod:desc", "nmod").filter(
    (child) =>
      child < at && casesOf(tree, child).length === 0 && tree.covering[child] !== undefined && tree.covering[child] !== tree.covering[at],
  );
  // "the Turkish-Russian center": the first hangs on the second.
  if (own.length > 0)
    return own.flatMap((child) => [...childrenOf(tree, child, "compound", "amod").filter((inner) => tree.byHead.has(inner)), child]);
  const token = tree.tokens[at];
  if (token?.relation === "conj" && isNominal(tree.tokens[token.head]) && childrenOf(tree, at, "det", "nmod:poss").length === 0)
    return modifiers(tree, token.head);
  return [];
}

function owners(tree: Tree, at: number): number[] {
  const possessors = childrenOf(tree, at, "nmod:poss");
  if (possessors.length > 0) return possessors;
  const before = modifiers(tree, at);
  if (before.length > 0) return before;
  return prepositional(tree, at, "of");
}

/** "after talks hosted by A, B and C announced": those whom the main clause speaks of. */
function settingSubject(tree: Tree, at: number): number[] {
  const outer = shell(tree, at);
  const token = tree.tokens[outer];
  if (
    token?.relation !== "obl" ||
    !isVerb(tree.tokens[token.head]) ||
    !casesOf(tree, outer).some((word) => ["after", "following", "during"].includes(word))
  )
    return [];
  return surfaceSubject(tree, token.head);
}

/** Who acts in an event noun: possessive, by-phrase, demonym, predicate's subject, or the subject of the verb it stands under. */
function nounAgent(tree: Tree, at: number, rule: Frame | undefined, depth: number): number[] {
  if (depth > 6) return [];
  const subjects = childrenOf(tree, at, "nsubj", "nsubj:outer", "nsubj:pass");
  if (subjects.length > 0) return subjects.slice(0, 1);
  const possessors = childrenOf(tree, at, "nmod:poss");
  if (possessors.length > 0) return possessors;
  // "the release of X by Y": the by-phrase is as readily hung on X.
  const by = [at, ...prepositional(tree, at, "of")].flatMap((token) => prepositional(tree, token, "by"));
  if (by.length > 0) return by;
  const before = modifiers(tree, at);
  if (before.length > 0) return before;
  for (const participle of childrenOf(tree, at, "acl")) {
    const token = tree.tokens[participle];
    if (token && token.xpos === "VBN" && LIGHT_VERBS.has(token.lemma)) {
      const inner = childrenOf(tree, participle, "obl:agent");
      if (inner.length > 0) return inner;
    }
  }
  const support = supportOf(tree, at, rule);
  if (support && support.as !== "subject") return verbAgent(tree, support.verb, depth + 1);
  const outer = shell(tree, at);
  const token = tree.tokens[outer];
  // "was in Warsaw for talks with": the predicate's subject.
  if (
    rule?.setting &&
    token &&
    token.head >= 0 &&
    !isVerb(tree.tokens[token.head]) &&
    hasCopula(tree, token.head) &&
    casesOf(tree, outer).some((word) => SETTINGS.has(word))
  ) {
    return childrenOf(tree, token.head, "nsubj");
  }
  if (token && token.head >= 0) {
    for (const { rule } of contextRules(tree, token.head)) {
      if (rule.content?.shared && isVerb(tree.tokens[token.head]) && contentApplies(tree, rule.content, at, token.head))
        return verbAgent(tree, token.head, depth + 1);
      if (rule.content?.control && contentApplies(tree, rule.content, at, token.head)) {
        return rule.content.control.flatMap((role) => plainRole(tree, token.head, role, depth + 1, undefined)).slice(0, 1);
      }
    }
  }
  return [];
}
