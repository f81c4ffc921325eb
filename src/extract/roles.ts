/** Reads arguments off a dependency tree: which tokens fill which role of a verb, noun or adjective, whatever its construction. */
import type { Anchored, Frame } from "../knowledge/rules.ts";
import { anchoredAt, contentApplies, singular } from "./anchors.ts";
import {
  antecedent,
  casesOf,
  childrenOf,
  conjuncts,
  core,
  hasCopula,
  hyphenLeft,
  isInfinitive,
  isNominal,
  isPassive,
  isPredicate,
  isTemporal,
  isVerb,
  lower,
  prepositional,
  shell,
} from "./tree.ts";
import type { Tree } from "./tree.ts";

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
    const fronted = relation === "advcl" && cases.length === 0 && outer < head;
    return rule?.setting && (fronted || cases.some((word) => SETTINGS.has(word))) ? { verb: head, as: "setting" } : undefined;
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
      if (head.lemma === "join" && casesOf(tree, at).includes("in")) {
        // "A joined B in breaking off relations": B had broken them off as well.
        return [...surfaceSubject(tree, token.head, depth + 1), ...verbPatient(tree, token.head, depth + 1)];
      }
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
  const controlled = controlledBy(tree, clause, noun);
  if (controlled) {
    for (const path of controlled) {
      const found = pathTokens(tree, noun, path);
      if (found.length > 0) return found.slice(0, 1);
    }
  }
  if (token.xpos === "VBN" || token.xpos === "VBD") return [noun];
  if (token.xpos === "VBG" && lower(tree, clause - 1) === ",") {
    // ", violating the truce": what the whole clause before it does.
    let verb = noun;
    for (let steps = 0; steps < 6 && verb >= 0 && !isVerb(tree.tokens[verb]); steps++) verb = tree.tokens[verb]?.head ?? -1;
    if (verb >= 0) return surfaceSubject(tree, verb, depth + 1);
  }
  const infinitive = token.xpos === "VB" || casesOf(tree, clause).length > 0;
  if (token.xpos === "VBG" && (tree.byHead.has(noun) || !infinitive)) return [noun];
  // "became the first leader to visit": he of whom the noun is said.
  if (tree.tokens[noun]?.relation === "xcomp") return surfaceSubject(tree, noun, depth + 1);
  const owner = nounAgent(tree, noun, undefined, depth + 1);
  return owner.length > 0 ? owner : [noun];
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

function filled(tree: Tree, at: number, role: string, lemmas: readonly string[]): boolean {
  const tokens = pathTokens(tree, at, role);
  if (lemmas.includes("*")) return tokens.some((token) => !isTemporal(tree, token));
  return tokens.some((token) => isOneOf(tree, token, lemmas));
}

function isOneOf(tree: Tree, token: number, lemmas: readonly string[]): boolean {
  const lemma = tree.tokens[core(tree, token)]?.lemma.toLowerCase() ?? "";
  return lemmas.includes(lemma) || lemmas.includes(singular(lemma)) || lemmas.includes(lower(tree, core(tree, token)));
}

/** The tokens at the end of a path of roles. */
export function pathTokens(tree: Tree, at: number, path: string, rule?: Frame): number[] {
  let here = [at];
  path.split(".").forEach((role, step) => {
    here = here.flatMap((token) => roleTokens(tree, step === 0 ? token : core(tree, token), role, 0, rule));
    // "said that A attacked and that B would pay": the arguments of the clause that the rule asks for.
    const lemmas = step === 0 && path.includes(".") ? rule?.where?.[role] : undefined;
    if (lemmas && !lemmas.includes("*") && here.length > 1) {
      const asked = here.filter((token) => isOneOf(tree, token, lemmas));
      if (asked.length > 0) here = asked;
    }
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
      return recipients(tree, at);
    case "possessor":
      return childrenOf(tree, at, "nmod:poss");
    case "modifier":
      return modifiers(tree, at);
    case "owner":
      return owners(tree, at);
    case "bearer":
      return /^(nmod:desc|compound|nmod:unmarked|flat)$/.test(token.relation) && token.head > at ? [token.head] : [];
    case "apposition":
      if (token.relation === "appos") return [token.head];
      // "NATO allies A and B" with the names hung on the noun before them.
      return [
        ...childrenOf(tree, at, "appos"),
        ...childrenOf(tree, at, "nmod:unmarked", "flat", "nmod:desc").filter((child) => named(tree, at, child)),
      ];
    case "governor":
      return token.head >= 0 ? [token.head] : [];
    case "kind":
      return [
        ...childrenOf(tree, at, "amod", "compound", "nmod:poss"),
        ...childrenOf(tree, at, "nsubj", "nmod:unmarked").filter((child) => child === at - 1),
      ];
    case "place":
      return ["in", "at"].flatMap((word) => prepositional(tree, at, word));
    case "that":
      return [
        ...childrenOf(tree, at, "ccomp"),
        ...childrenOf(tree, at, "acl", "acl:relcl").filter(
          (clause) => !verbal && (tree.children[clause] ?? []).some((word) => word < clause && lower(tree, word) === "that"),
        ),
      ];
    case "complement":
      return [...childrenOf(tree, at, "xcomp", "ccomp", "advcl", "obl", "obl:unmarked"), ...childrenOf(tree, at, "obj").slice(1)];
    case "subjunctive":
      return childrenOf(tree, at, "ccomp").filter(
        (child) =>
          (["VB", "VBP"].includes(tree.tokens[child]?.xpos ?? "") || lower(tree, child) === tree.tokens[child]?.lemma) &&
          childrenOf(tree, child, "aux").length === 0,
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
      // "ordered the envoys to leave" with the infinitive hung on the envoys.
      return [at, ...(verbal ? childrenOf(tree, at, "obj", "iobj") : [])]
        .flatMap((governor) => childrenOf(tree, governor, "xcomp", "advcl", "ccomp", "acl"))
        .filter((child) => isInfinitive(tree, child));
    case "xcomp":
    case "advmod":
      return childrenOf(tree, at, role);
    case "parties": {
      const named = [
        ...nounAgent(tree, at, rule, depth),
        // "mediated the dispute along with A": A is no party to it.
        ...["between", "with", "among", "of"]
          .flatMap((word) => prepositional(tree, at, word))
          .filter((token) => !childrenOf(tree, token, "case").some((word) => /^(along|together)$/.test(lower(tree, word - 1)))),
      ];
      return named.length > 0 ? named : settingSubject(tree, at);
    }
    case "clause":
      return childrenOf(tree, at, "xcomp", "ccomp", "advcl", "acl");
    case "obligation":
      return childrenOf(tree, at, "ccomp", "parataxis").filter((child) => isObligation(tree, child));
    case "case":
      return (tree.children[shell(tree, at)] ?? []).filter((child) => tree.tokens[child]?.relation === "case");
    default:
      return verbal || token.upos === "ADJ" ? verbPrepositional(tree, at, role) : nounPrepositional(tree, at, role, rule);
  }
}

/** Whether a name begins right after the noun that it hangs on. */
function named(tree: Tree, noun: number, child: number): boolean {
  return tree.byHead.get(child)?.some((mention) => mention.form === "name" && mention.first === noun + 1) === true;
}

/** Who is given or told: the indirect object, also where it was read as a second direct one. */
function recipients(tree: Tree, at: number): number[] {
  const indirect = childrenOf(tree, at, "iobj");
  if (indirect.length > 0) return indirect;
  const objects = childrenOf(tree, at, "obj");
  return objects.length > 1 ? objects.slice(0, 1) : [];
}

/** "must leave", "should leave", "has to leave", "needs to leave". */
function isObligation(tree: Tree, at: number): boolean {
  const subject = childrenOf(tree, at, "nsubj", "nsubj:pass")[0] ?? -1;
  // "Should A attack" is a condition.
  if (childrenOf(tree, at, "aux").some((aux) => aux > subject && /^(must|should|ought)$/.test(lower(tree, aux)))) return true;
  return /^(have|need)$/.test(tree.tokens[at]?.lemma ?? "") && childrenOf(tree, at, "xcomp").some((child) => isInfinitive(tree, child));
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
  if (word !== "of") {
    // "the attack by A on B", "the withdrawal of troops from B": the second phrase is as readily hung on the first.
    for (const first of [...(word === "by" ? [] : prepositional(tree, at, "by")), ...prepositional(tree, at, "of")]) {
      const inner = prepositional(tree, first, word);
      if (inner.length > 0) return inner;
    }
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
  // "the release of X by Y", "a visit to X by Y": the by-phrase is as readily hung on X.
  const by = [at, ...childrenOf(tree, at, "nmod")].flatMap((token) => prepositional(tree, token, "by"));
  if (by.length > 0) return by;
  const beside = nearby(tree, at, "by").filter((token) => !isPassive(tree, tree.tokens[token]?.head ?? -1));
  if (beside.length > 0) return beside;
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
