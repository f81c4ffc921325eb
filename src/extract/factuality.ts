/** Whether the text says that something happened: polarity, modality and source of what a verb or event noun states, from the words that govern it. */
import type { Modality, Polarity } from "../model/graph.ts";
import { contentApplies } from "./anchors.ts";
import { contextRules, roleTokens } from "./roles.ts";
import { supportOf } from "./support.ts";
import { casesOf, childrenOf, isInfinitive, isNominal, isVerb, lower, shell } from "./tree.ts";
import type { Tree } from "./tree.ts";

export interface Factuality {
  readonly polarity: Polarity;
  readonly modality: Modality;
  /** Tokens that stand for whoever is quoted. */
  readonly source: readonly number[];
  /** The governing context lets nothing be drawn from here. */
  readonly blocked: boolean;
  /** The event happens at a time that its own clause or its governors give: tokens whose time expressions date it. */
  readonly clauses: readonly number[];
  /** What decided, for `explain`. */
  readonly reasons: readonly string[];
}

/** The weaker claim wins: an accusation of planning is an accusation. */
const WEAKER: readonly Modality[] = ["happened", "planned", "hypothetical", "called-for", "alleged"];

const CONDITION = new Set(["if", "unless", "should", "provided", "providing", "lest", "whether", "supposing"]);
const NEGATIONS = new Set(["not", "n't", "never", "neither", "nor", "hardly", "scarcely", "without", "n’t"]);
/** "nearly attacked": did not. */
const NEARLY = new Set(["nearly", "almost", "narrowly"]);
const MOTION = new Set("go travel fly head leave come arrive return depart sail set drive rush journey be visit".split(" "));
/** Verbs of going and coming together: what follows "for" is their purpose, not their reason. */
const GATHERING = new Set([...MOTION, ..."host receive welcome meet gather convene assemble reconvene sit".split(" ")]);
/** Verbs of bringing about what is their object. */
const HOLDING = new Set(
  "hold host chair convene organise organize arrange set schedule stage sponsor facilitate prepare resume restart open begin start launch relaunch".split(
    " ",
  ),
);
/** Verbs that say of an event noun that it takes place. */
const OCCUR = new Set(
  "take begin start open resume continue happen occur follow last end close produce proceed go come be remain focus cover".split(" "),
);

interface State {
  negations: number;
  /** Words of negation that have been counted: "no" of "held no talks" is the noun's and the verb's. */
  readonly negators: Set<number>;
  modality: Modality;
  blocked: boolean;
  would: boolean;
  /** Governors still date the event; past a plan or a wish they do not. */
  dating: boolean;
  readonly source: number[];
  readonly clauses: number[];
  readonly reasons: string[];
}

/** Nothing said yet: it happened. */
function plain(negators: Set<number>): State {
  return {
    negations: 0,
    negators,
    modality: "happened",
    blocked: false,
    would: false,
    dating: true,
    source: [],
    clauses: [],
    reasons: [],
  };
}

/** Reads how the event at `anchor` is asserted, from its own auxiliaries and then from each governor up to the root. */
export function factualityOf(tree: Tree, anchor: number): Factuality {
  const state = plain(new Set());
  state.clauses.push(anchor);
  own(tree, anchor, state);
  climb(tree, anchor, state);
  if (state.would) weaken(state, "hypothetical", "would");
  let { modality } = state;
  let polarity: Polarity = state.negations % 2 === 1 ? "negated" : "affirmed";
  if (state.negations === 2 && modality === "happened") {
    modality = "hypothetical";
    polarity = "affirmed";
  }
  return { polarity, modality, source: state.source, blocked: state.blocked, clauses: state.clauses, reasons: state.reasons };
}

function carry(state: State, clause: number): void {
  if (state.dating) state.clauses.push(clause);
}

function weaken(state: State, modality: Modality, reason: string): void {
  if (WEAKER.indexOf(modality) > WEAKER.indexOf(state.modality)) state.modality = modality;
  state.reasons.push(`${modality}: ${reason}`);
}

/** @param word the token that negates, where there is one. */
function negate(state: State, reason: string, word?: number): void {
  if (word !== undefined) {
    if (state.negators.has(word)) return;
    state.negators.add(word);
  }
  state.negations++;
  state.reasons.push(`negated: ${reason}`);
}

/** Auxiliaries, negation words and conditions of the anchor's own clause. */
function own(tree: Tree, at: number, state: State): void {
  const token = tree.tokens[at];
  if (!token) return;
  if (!isVerb(token) && isNominal(token)) {
    for (const child of tree.children[at] ?? []) {
      const word = lower(tree, child);
      const relation = tree.tokens[child]?.relation;
      if (relation === "det" && (word === "no" || word === "neither")) negate(state, word, child);
      if (relation === "det" && word === "any") weaken(state, "hypothetical", word);
      if (relation === "cc:preconj" && word === "neither") negate(state, word);
      if (relation === "case" && word === "without") negate(state, word);
      if (relation === "advmod" && NEGATIONS.has(word)) negate(state, word);
      if (relation === "case" && word === "despite") continue;
      if (relation === "amod") adjective(word, state);
      if ((relation === "case" || relation === "advmod") && word === "ahead") weaken(state, "planned", "ahead of");
      if (relation === "cop" || relation === "aux") auxiliary(tree, at, child, state);
    }
    return;
  }
  let modal = false;
  for (const child of tree.children[at] ?? []) {
    const token = tree.tokens[child];
    const word = lower(tree, child);
    if (!token) continue;
    if (
      (token.relation === "advmod" || token.relation === "cc:preconj" || token.relation === "det" || token.relation === "cc") &&
      NEGATIONS.has(word) &&
      !correlative(tree, at, child)
    )
      negate(state, word);
    else if (
      token.relation === "advmod" &&
      word === "longer" &&
      childrenOf(tree, child, "advmod", "det").some((no) => lower(tree, no) === "no")
    )
      negate(state, "no longer");
    else if (token.relation === "advmod" && child === at - 1 && NEARLY.has(word)) weaken(state, "hypothetical", word);
    else if ((token.relation === "mark" || token.relation === "case") && word === "without") negate(state, word);
    else if (/^(mark|case|cc)$/.test(token.relation) && isInstead(tree, child)) negate(state, word);
    else if (token.relation === "mark" && /^(due|set|about|poised|scheduled|ready)$/.test(word)) weaken(state, "planned", `${word} to`);
    else if ((token.relation === "nsubj" || token.relation === "nsubj:pass") && negativeSubject(tree, child) !== undefined)
      negate(state, "subject", negativeSubject(tree, child));
    else if (token.relation === "obj" && noOf(tree, child) !== undefined) negate(state, "no", noOf(tree, child));
    else if (token.relation === "aux" || (token.relation === "aux:pass" && word !== "been")) {
      if (auxiliary(tree, at, child, state)) modal = true;
    } else if (
      token.relation === "advcl" &&
      condition(tree, child) &&
      (modal || tree.children[at]?.some((aux) => tree.tokens[aux]?.xpos === "MD") === true)
    ) {
      weaken(state, "hypothetical", lower(tree, child));
    }
  }
  if (
    isInfinitive(tree, at) &&
    !modal &&
    childrenOf(tree, at, "aux", "cop", "aux:pass").some(
      (child) => ["is", "are", "was", "were"].includes(lower(tree, child)) && toFollows(tree, child),
    )
  ) {
    weaken(state, "planned", "is to");
  }
  // "Ruritania to send troops": a headline's future.
  if (isInfinitive(tree, at) && token.relation === "root" && childrenOf(tree, at, "nsubj", "nsubj:pass").length > 0 && !modal)
    weaken(state, "planned", "headline: to");
}

/** "rather than", "instead of". */
function isInstead(tree: Tree, at: number): boolean {
  const pair = `${lower(tree, at)} ${lower(tree, at + 1)}`;
  return pair === "rather than" || pair === "instead of";
}

/** "signed not by the four but by ...": the negation belongs to the phrase that follows it. */
function correlative(tree: Tree, at: number, child: number): boolean {
  // "not only condemned": it did.
  if (lower(tree, child) === "not" && /^(only|just|merely|simply)$/.test(lower(tree, child + 1))) return true;
  return child > at && lower(tree, child) === "not";
}

function toFollows(tree: Tree, at: number): boolean {
  for (let next = at + 1; next <= at + 3; next++) {
    const word = lower(tree, next);
    if (word === "to") return true;
    if (tree.tokens[next]?.upos !== "ADV" && tree.tokens[next]?.upos !== "PART") return false;
  }
  return false;
}

/** The word that makes a subject none: "nobody", "no leader", "neither side". */
function negativeSubject(tree: Tree, at: number): number | undefined {
  if (["none", "nobody", "neither", "no-one"].includes(lower(tree, at))) return at;
  return childrenOf(tree, at, "det", "cc:preconj").find((child) => ["no", "neither"].includes(lower(tree, child)));
}

function noOf(tree: Tree, noun: number): number | undefined {
  return childrenOf(tree, noun, "det").find((det) => lower(tree, det) === "no");
}

const ADJECTIVES: ReadonlyMap<string, Modality | "negated"> = new Map([
  ["planned", "planned"],
  ["upcoming", "planned"],
  ["forthcoming", "planned"],
  ["scheduled", "planned"],
  ["future", "planned"],
  ["impending", "planned"],
  ["possible", "hypothetical"],
  ["potential", "hypothetical"],
  ["proposed", "hypothetical"],
  ["prospective", "hypothetical"],
  ["likely", "hypothetical"],
  ["threatened", "hypothetical"],
  ["alleged", "alleged"],
  ["suspected", "alleged"],
  ["reported", "alleged"],
  ["purported", "alleged"],
  ["aborted", "negated"],
  ["cancelled", "negated"],
  ["canceled", "negated"],
]);

function adjective(word: string, state: State): void {
  const effect = ADJECTIVES.get(word);
  if (effect === "negated") negate(state, word);
  else if (effect) weaken(state, effect, word);
}

/** What an auxiliary does to the modality; true when it is a modal verb. */
function auxiliary(tree: Tree, at: number, child: number, state: State): boolean {
  switch (lower(tree, child)) {
    case "will":
    case "'ll":
    case "’ll":
    case "shall":
    case "wo":
      weaken(state, "planned", "will");
      return true;
    case "would":
    case "'d":
      // "would have fired": it did not come to that, whoever says so.
      if (childrenOf(tree, at, "aux").some((aux) => aux > child && lower(tree, aux) === "have"))
        weaken(state, "hypothetical", "would have");
      else state.would = true;
      return true;
    case "may":
    case "might":
    case "can":
      weaken(state, "hypothetical", lower(tree, child));
      return true;
    case "could":
      if (!childrenOf(tree, at, "advmod").some((not) => NEGATIONS.has(lower(tree, not)))) weaken(state, "hypothetical", "could");
      return true;
    case "should":
      // "should have met" says that it was not done.
      if (childrenOf(tree, at, "aux").some((aux) => aux > child && lower(tree, aux) === "have")) {
        negate(state, "should have");
        weaken(state, "hypothetical", "should have");
        return true;
      }
      // Before its subject it opens a condition: "Should Russia attack, ...".
      weaken(
        state,
        childrenOf(tree, at, "nsubj", "nsubj:pass").some((subject) => subject > child) ? "hypothetical" : "called-for",
        "should",
      );
      return true;
    case "must":
    case "ought":
      weaken(state, "called-for", "must");
      return true;
    default:
      return false;
  }
}

function condition(tree: Tree, at: number): boolean {
  return (
    childrenOf(tree, at, "mark", "advmod").some((mark) => CONDITION.has(lower(tree, mark))) ||
    childrenOf(tree, at, "aux", "aux:pass", "cop").some(
      (aux) =>
        ["should", "were", "had"].includes(lower(tree, aux)) &&
        childrenOf(tree, at, "nsubj", "nsubj:pass").some((subject) => subject > aux),
    )
  );
}

/** "Will A join B?", "Did A meet B?": asked, not said. Why, how and since when take it for granted. */
function isQuestion(tree: Tree, root: number): boolean {
  let end = tree.words.length - 1;
  while (end > 0 && /^["”'’)]$/.test(tree.words[end] ?? "")) end--;
  if (tree.words[end] !== "?") return false;
  const subject = childrenOf(tree, root, "nsubj", "nsubj:pass")[0] ?? -1;
  const asks = childrenOf(tree, root, "aux", "aux:pass", "cop").some((aux) => aux < subject);
  return asks && !childrenOf(tree, root, "advmod").some((word) => /^(why|how|when)$/.test(lower(tree, word)));
}

const ASKING = new Set(["ask", "wonder", "question", "inquire", "enquire", "debate"]);
const NONFINITE = new Set(["VB", "VBG", "VBN"]);

function climb(tree: Tree, anchor: number, state: State): void {
  let here = anchor;
  for (let steps = 0; steps < 8; steps++) {
    here = shell(tree, here);
    const token = tree.tokens[here];
    if (!token || token.head < 0) {
      if (isVerb(token) && isQuestion(tree, here)) weaken(state, "hypothetical", "question");
      parenthesis(tree, here, state);
      return;
    }
    const above = token.head;
    const head = tree.tokens[above];
    if (!head) return;
    // "hope that B will join, though C told him": the tree has it hoped as well.
    if (
      isVerb(token) &&
      token.relation === "ccomp" &&
      childrenOf(tree, here, "mark").some((mark) => /^(though|although|whereas)$/.test(lower(tree, mark)))
    )
      return;
    // "charged that B attacked him; C accused B": a sentence of its own, whatever the first one said.
    if (isVerb(token) && here > above && lower(tree, clauseStart(tree, here) - 1) === ";") return;
    if (isVerb(token) && condition(tree, here)) {
      weaken(state, "hypothetical", "condition");
      // "asked whether he had met her": a question says nothing.
      if (ASKING.has(head.lemma) && token.relation !== "advcl") state.blocked = true;
      return;
    }
    if (isVerb(token) && token.relation === "advcl" && isEndpoint(tree, here)) {
      weaken(state, "hypothetical", "until, of what is to come");
      return;
    }
    if (token.relation === "conj") {
      const bare = isVerb(token) && childrenOf(tree, here, "nsubj", "nsubj:pass", "aux").length === 0;
      if (bare && isVerb(head) && (token.xpos === head.xpos || token.xpos === "VB")) {
        // "neither condemned nor endorsed it": denied once.
        const denied = childrenOf(tree, here, "cc").some((and) => lower(tree, and) === "nor");
        const shared = denied ? plain(new Set()) : state;
        own(tree, above, shared);
        if (denied && shared.modality !== "happened") weaken(state, shared.modality, "shared");
      }
      // "Clashes erupted on Monday and the army attacked": one day for both, unless a comma parts them.
      const joined = childrenOf(tree, here, "cc").some((and) => lower(tree, and) === "and" && lower(tree, and - 1) !== ",");
      if (bare || !isVerb(token) || joined) carry(state, above);
      if (!isVerb(token) && isVerb(head)) return;
      here = above;
      continue;
    }
    if (token.relation === "acl:relcl" || token.relation === "advcl:relcl") return;
    const rule = contextRules(tree, above).find(
      (anchored) => anchored.rule.content && contentApplies(tree, anchored.rule.content, here, above),
    )?.rule;
    if (rule?.content) {
      const { content } = rule;
      state.reasons.push(rule.id);
      if (content.blocked) state.blocked = true;
      const governor = plain(state.negators);
      own(tree, above, governor);
      if (content.polarity === "negated") {
        // "never stopped talking": it was done.
        if (governor.negations % 2 === 0 || !/^(stop|cease)$/.test(head.lemma)) {
          negate(state, rule.id);
          if (governor.negations % 2 === 1) negate(state, `not ${rule.id}`);
        }
        carry(state, above);
        if (content.modality) weaken(state, content.modality, rule.id);
        if (governor.modality !== "happened") weaken(state, governor.modality, rule.id);
        here = above;
        continue;
      }
      if (content.said) {
        state.source.push(...roleTokens(tree, above, "agent"));
        if (state.would && token.relation !== "obl") {
          state.would = false;
          weaken(state, "planned", "would, as reported");
        }
        if (content.modality) weaken(state, content.modality, rule.id);
        if (governor.negations > 0) state.blocked = true;
        return;
      }
      if (content.modality) {
        if (content.modality === "called-for" || content.modality === "alleged") {
          if (governor.negations > 0) state.blocked = true;
          state.source.push(...(content.modality === "alleged" ? roleTokens(tree, above, "agent") : []));
          weaken(state, content.modality, rule.id);
          return;
        }
        weaken(state, content.modality, rule.id);
        state.dating = false;
        if (governor.negations > 0) negate(state, `not ${rule.id}`);
      } else {
        carry(state, above);
        if (governor.negations > 0) negate(state, `not ${rule.id}`);
      }
      if (governor.modality !== "happened") weaken(state, governor.modality, rule.id);
      if (governor.would) state.would = true;
      here = above;
      continue;
    }
    if (isVerb(token)) {
      if (token.relation === "ccomp") {
        if (token.xpos !== "VB" && token.xpos !== "VBG") return;
      } else if (
        token.relation === "advcl" ||
        token.relation === "acl" ||
        token.relation === "xcomp" ||
        token.relation === "csubj" ||
        token.relation === "dep" ||
        token.relation === "obl"
      ) {
        if (token.relation === "advcl" && childrenOf(tree, here, "nsubj", "nsubj:pass").length > 0) {
          // What happens as or while something else happens has its date.
          if (childrenOf(tree, here, "mark", "advmod").some((mark) => ["as", "while", "when"].includes(lower(tree, mark))))
            carry(state, above);
          return;
        }
        const infinitive = isInfinitive(tree, here);
        if (infinitive && token.relation === "advcl" && MOTION.has(head.lemma)) {
          weaken(state, "planned", `purpose of "${head.lemma}"`);
          state.dating = false;
        }
        // "became the first leader to visit": he did.
        if (infinitive && token.relation === "acl" && isOrdinal(tree, above)) {
          carry(state, above);
          here = above;
          continue;
        }
        if (infinitive && token.relation === "acl") {
          weaken(state, "planned", "infinitive of a noun");
          carry(state, above);
          here = above;
          continue;
        }
        if (
          head.lemma === "have" &&
          token.relation === "xcomp" &&
          childrenOf(tree, above, "advmod").some((yet) => lower(tree, yet) === "yet")
        ) {
          negate(state, "yet to");
        }
        if (token.relation === "xcomp" && head.lemma === "be" && infinitive) weaken(state, "planned", "is to");
        if (NONFINITE.has(token.xpos)) {
          if (token.relation === "acl") return;
          // "is due on Friday, having accepted": done before, at another time.
          if (token.relation === "advcl" && childrenOf(tree, here, "aux").some((aux) => lower(tree, aux) === "having")) return;
          const governor = plain(state.negators);
          own(tree, above, governor);
          carry(state, above);
          if (governor.modality !== "happened") weaken(state, governor.modality, head.lemma);
          if (governor.would) state.would = true;
          if (governor.negations > 0 && (token.relation === "xcomp" || infinitive)) negate(state, "governor");
          here = above;
          continue;
        }
        return;
      } else if (token.relation === "parataxis") return;
      else return;
      here = above;
      continue;
    }
    // An event noun or a predicate noun.
    if (childrenOf(tree, here, "cop", "nsubj").length > 0) {
      if (token.relation === "ccomp" || token.relation === "parataxis") return;
      here = above;
      continue;
    }
    // "will fly to Rome for talks with A": what one goes for is as real as the going.
    const purpose = token.relation.startsWith("obl") && GATHERING.has(head.lemma) && casesOf(tree, here).includes("for");
    // "is ready to host talks between A and B": they are as real as the hosting.
    if (purpose || (/^(obj|nsubj:pass)$/.test(token.relation) && HOLDING.has(head.lemma))) {
      own(tree, above, state);
      carry(state, above);
      here = above;
      continue;
    }
    const support = supportOf(tree, here, undefined);
    if (support?.as === "relative") own(tree, support.verb, state);
    if (support && (support.as === "object" || (support.as === "subject" && OCCUR.has(head.lemma)))) {
      own(tree, support.verb, state);
      carry(state, support.verb);
      here = support.verb;
      continue;
    }
    if (isVerb(head)) {
      // Elsewhere the event is taken for granted ("discussed the attack", "after the talks"), save that what is ahead is planned.
      if (casesOf(tree, here).some((word) => word === "ahead" || word === "before")) {
        weaken(state, "planned", "before");
      }
      if (token.relation.startsWith("obl")) carry(state, above);
      return;
    }
    if (token.relation === "nmod" || token.relation === "compound" || token.relation === "appos" || token.relation === "nmod:poss") return;
    here = above;
  }
}

/** "would fight until they met", "will not talk until they leave": the end of what has not come to an end. */
function isEndpoint(tree: Tree, clause: number): boolean {
  if (!childrenOf(tree, clause, "mark").some((mark) => /^(?:until|till)$/.test(lower(tree, mark)))) return false;
  const above = tree.tokens[clause]?.head ?? -1;
  for (const verb of [above, tree.tokens[above]?.head ?? -1])
    if (childrenOf(tree, verb, "aux").some((aux) => /^(?:will|would|'ll|’ll|must|should|shall)$/.test(lower(tree, aux)))) return true;
  return false;
}

/** The first token of a clause's own words before its verb. */
function clauseStart(tree: Tree, verb: number): number {
  const before = (tree.children[verb] ?? []).filter((child) => child < verb && tree.tokens[child]?.relation !== "punct");
  return Math.min(verb, ...before.map((child) => leftEdge(tree, child)));
}

function leftEdge(tree: Tree, at: number, depth = 0): number {
  if (depth > 6) return at;
  return Math.min(at, ...(tree.children[at] ?? []).filter((child) => child < at).map((child) => leftEdge(tree, child, depth + 1)));
}

/** "the first leader", "the only country", "the latest to": of those that did. */
function isOrdinal(tree: Tree, noun: number): boolean {
  return [noun, ...childrenOf(tree, noun, "amod", "nummod", "compound")].some((word) =>
    /^(first|second|third|last|only|latest|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))$/.test(lower(tree, word)),
  );
}

/** "A met B, C said": who says it, where the reporting clause is added to the sentence. */
function parenthesis(tree: Tree, root: number, state: State): void {
  for (const child of childrenOf(tree, root, "parataxis")) {
    // "A accused B, a charge that C denied": a noun says nothing of the clause before it.
    const rule = isVerb(tree.tokens[child])
      ? contextRules(tree, child).find((anchored) => anchored.rule.content?.said === true)?.rule
      : undefined;
    if (!rule || tree.words.slice(Math.min(root, child), Math.max(root, child)).includes(";")) continue;
    state.source.push(...roleTokens(tree, child, "agent"));
    if (state.would) {
      state.would = false;
      weaken(state, "planned", "would, as reported");
    }
    if (rule.content?.modality) weaken(state, rule.content.modality, rule.id);
  }
}
