/** Reads arguments off a dependency tree: which tokens fill which role of a verb, noun or adjective, whatever its construction. */
import type { Anchored, Frame } from "../knowledge/rules.ts";
import { anchoredAt, contentApplies, singular } from "./anchors.ts";
import { isObligation, isStatement, likewise, recipients, relativeGap } from "./complements.ts";
import { modifiers, owners } from "./owners.ts";
import { nearby, nounPrepositional, verbPrepositional } from "./prepositions.ts";
import { LIGHT_VERBS, SETTINGS, supportOf } from "./support.ts";
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

/** What stands before the verb as its subject, inherited where the clause has none of its own. */
export function surfaceSubject(tree: Tree, at: number, depth = 0): number[] {
  if (depth > 6) return [];
  const token = tree.tokens[at];
  if (!token) return [];
  const own = childrenOf(tree, at, "nsubj", "nsubj:pass", "nsubj:outer");
  const nearest = own.findLast((child) => child < at) ?? own[0];
  // "A and B traded fire, each accusing the other": each of those who act above.
  const distributive = nearest !== undefined && lower(tree, nearest) === "each" && /^(advcl|acl|ccomp|parataxis)$/.test(token.relation);
  if (nearest !== undefined && !distributive) return [antecedent(tree, nearest)];
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
      // "said the six had sent arms": a finite clause has its own subject, read or not.
      if (
        token.relation === "ccomp" &&
        childrenOf(tree, at, "aux").some((aux) => /^(had|has|have|will|would|could|can|may|might|'d|'ll)$/.test(lower(tree, aux)))
      )
        return [];
      if (!isVerb(head) && !isPredicate(tree, token.head)) return isNominal(head) ? controllerOfNoun(tree, at, token.head, depth) : [];
      if (/^(join|follow)$/.test(head.lemma) && casesOf(tree, at).includes("in")) {
        // "A joined B in breaking off relations": B had broken them off as well.
        return [...surfaceSubject(tree, token.head, depth + 1), ...verbPatient(tree, token.head, depth + 1)];
      }
      // "A wants the council to name B": the council names, whoever sits on it.
      const wanted = /^(want|expect|prefer|wish|need|like)$/.test(head.lemma) ? childrenOf(tree, token.head, "obj", "iobj") : [];
      const bearer = isInfinitive(tree, at) ? wanted.find((object) => object < at && !isTemporal(tree, object)) : undefined;
      if (bearer !== undefined) return [bearer];
      const controlled = controlledBy(tree, at, token.head);
      if (controlled) {
        const found = controlled.flatMap((role) =>
          role.includes(".") ? pathTokens(tree, token.head, role) : roleTokens(tree, token.head, role, depth + 1),
        );
        // "asked to see him": with nobody asked, the one who asks.
        if (found.length > 0 || controlled.includes("none") || !isInfinitive(tree, at)) return found.slice(0, 1);
      }
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

/** Texts, which say what their authors say. */
const UTTERANCES = new Set(
  "statement letter note message communique communiqué resolution declaration sentence speech text decree order tweet post telegram cable petition motion memo ultimatum appeal remark address video editorial article manifesto".split(
    " ",
  ),
);

const REFUSALS = new Set("veto reject block oppose defeat kill withdraw draft propose table circulate".split(" "));

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
  // "issued a statement condemning Ruritania": who issued it.
  if (token.xpos === "VBG" && UTTERANCES.has(tree.tokens[noun]?.lemma ?? "")) {
    // "vetoed a Security Council resolution condemning Ruritania": nobody says what it says.
    if (tree.tokens[noun]?.relation === "obj" && REFUSALS.has(tree.tokens[tree.tokens[noun]?.head ?? -1]?.lemma ?? "")) return [];
    const speaker = nounAgent(tree, noun, undefined, depth + 1);
    if (speaker.length > 0) return speaker;
    const above = tree.tokens[noun]?.head ?? -1;
    if (isVerb(tree.tokens[above])) return surfaceSubject(tree, above, depth + 1);
  }
  const infinitive = token.xpos === "VB" || casesOf(tree, clause).length > 0;
  if (token.xpos === "VBG" && (tree.byHead.has(noun) || !infinitive)) return [noun];
  // "became the first leader to visit": he of whom the noun is said.
  if (tree.tokens[noun]?.relation === "xcomp") return surfaceSubject(tree, noun, depth + 1);
  if (PRIVATE.has(tree.tokens[noun]?.lemma ?? "")) return [noun];
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

/** Nouns for those who act for themselves, wherever they are from. */
const PRIVATE = new Set(
  `bank company firm business corporation conglomerate manufacturer maker chipmaker carmaker supplier retailer airline shipper trader
  investor lender exporter importer farmer miner student pupil teacher doctor nurse scientist researcher academic scholar professor
  journalist reporter newspaper daily magazine paper broadcaster channel station website outlet media press blogger writer author poet
  singer actor actress artist filmmaker director musician player footballer striker goalkeeper athlete coach club squad fan
  tourist traveller traveler refugee migrant immigrant expatriate resident villager citizen voter protester demonstrator
  campaigner dissident charity church cleric analyst commentator observer economist historian lawyer businessman
  tycoon oligarch billionaire hacker smuggler trafficker gang criminal volunteer`.split(/\s+/),
);

/** The tokens at the end of a path of roles. */
export function pathTokens(tree: Tree, at: number, path: string, rule?: Frame): number[] {
  let here = [at];
  path.split(".").forEach((role, step, steps) => {
    // "Lebanese banks aided Hezbollah": not Lebanon did.
    if (role === "owner" && steps[step - 1] === "agent")
      here = here.filter((token) => !PRIVATE.has(tree.tokens[core(tree, token)]?.lemma ?? ""));
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
  const clause = tree.tokens[at];
  return plainRole(tree, at, role, depth, rule).flatMap((token) => {
    const noun = antecedent(tree, token);
    const joined = conjuncts(tree, noun);
    // "A, chaired by B, and C", "A, who is backed by B, and C": the clause stands beside A alone.
    return (clause?.relation === "acl" || clause?.relation === "acl:relcl") && clause.head === noun
      ? joined.filter((each) => each < at)
      : joined;
  });
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
      return isGivenTo(tree, at) ? surfaceSubject(tree, at, depth) : recipients(tree, at);
    case "possessor":
      return childrenOf(tree, at, "nmod:poss");
    case "modifier":
      return modifiers(tree, at);
    case "owner":
      return owners(tree, at);
    case "bearer":
      return /^(nmod:desc|compound|nmod:unmarked|flat)$/.test(token.relation) && token.head > at ? [token.head] : [];
    case "apposition":
      if (tree.tokens[shell(tree, at)]?.relation === "appos") return [apposedTo(tree, shell(tree, at))];
      // "NATO allies A and B" with the names hung on the noun before them.
      return [
        ...childrenOf(tree, at, "appos"),
        ...childrenOf(tree, at, "nmod:unmarked", "flat", "nmod:desc").filter((child) => named(tree, at, child)),
      ];
    case "governor":
      return token.head >= 0 && !(token.relation === "conj" && isNominal(token) && isNominal(tree.tokens[token.head])) ? [token.head] : [];
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
      return [
        ...childrenOf(tree, at, "xcomp", "ccomp", "advcl", "obl", "obl:unmarked"),
        ...childrenOf(tree, at, "obj").slice(1),
        // "called the deal a sham" with the sham as an apposition.
        ...childrenOf(tree, at, "obj").flatMap((object) => childrenOf(tree, object, "appos")),
      ];
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
    case "undergone":
      return plainRole(tree, at, "infinitive", depth, rule).filter((child) => isPassive(tree, child));
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
      if (named.length > 0) return named;
      // "host talks between them" with the two hung on the verb.
      const between = token.relation === "obj" ? prepositional(tree, token.head, "between") : [];
      return between.length > 0 ? between : settingSubject(tree, at);
    }
    case "clause":
      return childrenOf(tree, at, "xcomp", "ccomp", "advcl", "acl");
    case "statement":
      return childrenOf(tree, at, "ccomp").filter((child) => child > at && isStatement(tree, child));
    case "obligation":
      return childrenOf(tree, at, "ccomp", "parataxis").filter((child) => isObligation(tree, child));
    case "case":
      return (tree.children[shell(tree, at)] ?? []).filter((child) => /^(case|mark)$/.test(tree.tokens[child]?.relation ?? ""));
    default:
      return verbal || token.upos === "ADJ" ? verbPrepositional(tree, at, role) : nounPrepositional(tree, at, role, rule);
  }
}

/** "A and B, the sponsors": a plural is said of all that are listed before it. */
function apposedTo(tree: Tree, at: number): number {
  const token = tree.tokens[at];
  let head = token?.head ?? -1;
  if (token?.xpos !== "NNS") return head;
  while (tree.tokens[head]?.relation === "conj" && isNominal(tree.tokens[tree.tokens[head]?.head ?? -1]))
    head = tree.tokens[head]?.head ?? -1;
  return head;
}

/** Whether a name begins right after the noun that it hangs on. */
function named(tree: Tree, noun: number, child: number): boolean {
  return tree.byHead.get(child)?.some((mention) => mention.form === "name" && mention.first === noun + 1) === true;
}

/** The word before the preposition of a phrase. */
function wordBefore(tree: Tree, phrase: number, preposition: string): string {
  const at = (tree.children[phrase] ?? []).find((child) => child < phrase && lower(tree, child) === preposition);
  return at === undefined ? "" : lower(tree, at - 1);
}

function verbAgent(tree: Tree, at: number, depth: number): number[] {
  const hyphen = hyphenLeft(tree, at);
  const token = tree.tokens[at];
  if (hyphen !== undefined && token && ["amod", "acl", "nmod", "compound", "conj"].includes(token.relation)) return [hyphen];
  if (isPassive(tree, at)) {
    const agents = childrenOf(tree, at, "obl:agent");
    // "brokered by A together with B"
    if (agents.length > 0)
      return [
        ...agents,
        ...prepositional(tree, at, "with").filter((child) => /^(together|along|jointly)$/.test(wordBefore(tree, child, "with"))),
      ];
    const by = prepositional(tree, at, "by");
    if (by.length > 0) return by;
    // "represented at the talks by X": the by-phrase is as readily hung on the noun before it.
    const beside = childrenOf(tree, at, "obl", "xcomp", ...(isGivenTo(tree, at) ? ["obj"] : []))
      .filter((child) => child > at)
      .flatMap((child) => prepositional(tree, child, "by"));
    // "was given two days to leave by A"
    for (const child of beside.length > 0 ? [] : childrenOf(tree, at, "xcomp", "advcl"))
      if (isInfinitive(tree, child) && !isPassive(tree, child)) beside.push(...prepositional(tree, child, "by"));
    if (beside.length > 0 || token?.relation !== "conj") return beside;
    // "was ratified by A, and called on B": who comes before the comma does not do the rest.
    const ended = childrenOf(tree, at, "cc").some((and) => lower(tree, and - 1) === ",");
    return childrenOf(tree, token.head, "obl:agent").filter((agent) => !ended || agent > at);
  }
  return [...surfaceSubject(tree, at, depth), ...likewise(tree, at)];
}

/** "Ruritania was granted a loan": the passive's subject is who is given to, its object what is given. */
function isGivenTo(tree: Tree, at: number): boolean {
  return (
    /^(give|grant|award|offer|deny|hand|send|promise|owe|lend|sell|loan|pledge|guarantee|refuse)$/.test(tree.tokens[at]?.lemma ?? "") &&
    childrenOf(tree, at, "obj").some((object) => !isTemporal(tree, object)) &&
    isPassive(tree, at)
  );
}

function verbPatient(tree: Tree, at: number, depth: number): number[] {
  const token = tree.tokens[at];
  if (!token) return [];
  if (hyphenLeft(tree, at) !== undefined && token.relation === "amod") return [token.head];
  if (isPassive(tree, at)) return isGivenTo(tree, at) ? childrenOf(tree, at, "obj") : surfaceSubject(tree, at, depth);
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
  const gap = relativeGap(tree, at);
  if (gap !== undefined) return [gap];
  if (token.relation === "xcomp" && depth < 5) {
    // "whom the rebels tried to kill": the relative clause's gap is the infinitive's object.
    const governor = tree.tokens[token.head];
    const relative = governor?.relation === "conj" ? tree.tokens[governor.head] : governor;
    if (relative?.relation === "acl:relcl" && childrenOf(tree, token.head, "ccomp").length === 0) {
      const above = verbPatient(tree, token.head, depth + 1);
      if (above.length > 0 && above[0] === relative.head) return above;
    }
  }
  if (token.relation === "conj" && isVerb(tree.tokens[token.head])) {
    // "condemned and rejected the offer": the second verb's object serves the first as well, not the other way round.
    return [];
  }
  // "A has sanctioned, and B has condemned, C"
  const late = lower(tree, at + 1) === "," ? childrenOf(tree, at, "conj").find((child) => lower(tree, child + 1) === ",") : undefined;
  if (late !== undefined && isVerb(tree.tokens[late]) && childrenOf(tree, late, "nsubj").length > 0) {
    const object = childrenOf(tree, late, "obj").filter((child) => child > late);
    if (object.length > 0) return object;
  }
  const shared = childrenOf(tree, at, "conj").find(
    (child) => isVerb(tree.tokens[child]) && child - at <= 3 && tree.tokens[child]?.xpos === token.xpos,
  );
  if (shared !== undefined && childrenOf(tree, at, "obl", "ccomp", "xcomp").length === 0 && childrenOf(tree, shared, "nsubj").length === 0)
    return childrenOf(tree, shared, "obj");
  return [];
}

/** "lodged a complaint with B at the overflight of C by D": who lodged it complains, unless the noun itself has somebody by whom it is. */
function lentBy(tree: Tree, at: number, rule: Frame | undefined, depth: number): number[] {
  if (prepositional(tree, at, "by").length > 0 || childrenOf(tree, at, "amod", "compound").some((child) => tree.covering[child])) return [];
  const support = supportOf(tree, at, rule);
  if (support?.as !== "object" || isPassive(tree, support.verb) || childrenOf(tree, support.verb, "nsubj").length === 0) return [];
  return verbAgent(tree, support.verb, depth + 1);
}

/** "after talks hosted by A, B and C announced": those whom the main clause speaks of. */
function settingSubject(tree: Tree, at: number): number[] {
  const outer = shell(tree, at);
  const token = tree.tokens[outer];
  if (
    token?.relation !== "obl" ||
    !isVerb(tree.tokens[token.head]) ||
    !casesOf(tree, outer).some((word) => ["after", "following", "during", "at"].includes(word))
  )
    return [];
  return surfaceSubject(tree, token.head);
}

/** Who acts in an event noun: possessive, by-phrase, demonym, predicate's subject, or the subject of the verb it stands under. */
function nounAgent(tree: Tree, at: number, rule: Frame | undefined, depth: number): number[] {
  if (depth > 6) return [];
  const own = childrenOf(tree, at, "nsubj", "nsubj:outer", "nsubj:pass");
  // "A is one of the guarantors"
  const subjects = own.length > 0 ? own : childrenOf(tree, shell(tree, at), "nsubj");
  const possessors = childrenOf(tree, at, "nmod:poss");
  // "It was X's first visit": his.
  const impersonal = possessors.length > 0 && subjects.every((subject) => /^(it|this|that|there)$/.test(lower(tree, subject)));
  if (subjects.length > 0 && !impersonal) return subjects.slice(0, 1);
  if (possessors.length > 0) return possessors;
  const lender = lentBy(tree, at, rule, depth);
  if (lender.length > 0) return lender;
  // "the release of X by Y", "a visit to X by Y": the by-phrase is as readily hung on X.
  const by = [at, ...childrenOf(tree, at, "nmod"), ...nounPrepositional(tree, at, "of", undefined)].flatMap((token) =>
    prepositional(tree, token, "by"),
  );
  if (by.length > 0) return by;
  const beside = nearby(tree, at, "by").filter((token) => !isPassive(tree, tree.tokens[token]?.head ?? -1));
  if (beside.length > 0) return beside;
  // "the US-led invasion", "an Israeli-imposed blockade"
  const leaders = childrenOf(tree, at, "amod", "acl", "compound")
    .filter((child) => child < at && /^(led|imposed|launched|ordered|declared|conducted|enforced)$/.test(lower(tree, child)))
    .flatMap((child) => hyphenLeft(tree, child) ?? []);
  if (leaders.length > 0) return leaders;
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
