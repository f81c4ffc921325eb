/** From a rule and its anchor to claims: who stands in which role, whether it happened, when, where, by what means and who says so. */
import type { Annotated, TimeExpression } from "../model/annotation.ts";
import type { EntityKind, EventDate, Medium, Modality, Polarity, RelationName } from "../model/graph.ts";
import type { Frame } from "../knowledge/rules.ts";
import { type Grounds, weigh } from "../knowledge/confidence.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { mediumOf, placeOf, topicOf } from "./circumstances.ts";
import { groundsOf } from "./confidence.ts";
import { dateOf } from "./dates.ts";
import { IMPLIED, impliedBy, isAnaphoric, isCamps, opponents } from "./implied.ts";
import { factualityOf } from "./factuality.ts";
import type { Factuality } from "./factuality.ts";
import { anchoredAt } from "./anchors.ts";
import { isDenied, isOpen, partiesAt } from "./parties.ts";
import type { Party } from "./parties.ts";
import { fits, pathTokens } from "./roles.ts";
import { supportOf } from "./support.ts";
import { casesOf, childrenOf, conjuncts, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** A claim before documents' ids are given out: ends are chains. */
export interface Draft {
  readonly relation: RelationName;
  readonly rule: string;
  readonly sentence: number;
  /** Token of the sentence that states it. */
  readonly trigger: number;
  readonly subject: Party;
  readonly object: Party;
  /** Chains of all who take part in the event that this claim is drawn from. */
  readonly parties: readonly number[];
  readonly polarity: Polarity;
  readonly modality: Modality;
  readonly date?: EventDate;
  readonly place?: number;
  readonly medium?: Medium;
  readonly topic: readonly number[];
  readonly source?: number;
  readonly confidence: number;
  /** What the confidence rests on; absent where it is the reader's own, for standing facts. */
  readonly grounds?: Grounds;
}

/** One rule tried at one anchor, for `explain`. */
export interface Attempt {
  readonly rule: string;
  readonly anchor: number;
  /** "fired", or why not. */
  readonly outcome: string;
  readonly drafts: readonly Draft[];
}

/** What reading claims needs to know of the whole document. */
export interface Reading {
  readonly annotated: Annotated;
  readonly knowledge: Knowledge;
  readonly trees: readonly Tree[];
  /** Time expressions by sentence. */
  readonly times: ReadonlyMap<number, readonly TimeExpression[]>;
  /** Parties of the deals and talks read so far, latest last: "the sides" of what follows. Grows as sentences are read in order. */
  readonly sides: (readonly Party[])[];
  /** What has been drawn so far, in text order; grows like `sides`. */
  readonly told: Draft[];
}

/** Relations whose parties are "the sides" for what follows. */
const DEALS = new Set(["signed", "negotiated-with", "agreed-with", "party-to", "met-with"]);

/** Applies every rule whose anchor occurs in the sentence. */
export function applyRules(reading: Reading, tree: Tree): Attempt[] {
  const attempts: Attempt[] = [];
  for (let at = 0; at < tree.tokens.length; at++) {
    const frames = anchoredAt(tree, at).filter((anchored) => anchored.rule.relation !== "*");
    if (frames.length === 0) continue;
    const cover = tree.covering[at];
    if (cover && cover.form === "name" && cover.head !== at) continue;
    let factuality: Factuality | undefined;
    // "the Alliance of Sahel States": a noun in a body's name tells of no alliance that somebody makes.
    const named = cover?.form === "name" && cover.last - cover.first > 1 && cover.kind !== "agreement";
    for (const { rule } of frames) {
      if (named && reading.knowledge.relations.get(rule.relation)?.structure !== true) continue;
      factuality ??= factualityOf(tree, at);
      const attempt = apply(reading, tree, at, rule, factuality);
      attempts.push(attempt);
      remember(reading, attempt);
    }
  }
  return attempts;
}

function remember(reading: Reading, { drafts }: Attempt): void {
  const [first] = drafts;
  reading.told.push(...drafts);
  if (!first || !DEALS.has(first.relation)) return;
  const deal = reading.knowledge.relations.get(first.relation)?.symmetric !== true;
  const parties = drafts.flatMap((draft) => (deal ? [draft.subject] : [draft.subject, draft.object]));
  const distinct = parties.filter((party, index) => parties.findIndex((other) => other.chain === party.chain) === index);
  if (distinct.length > 1) reading.sides.push(distinct);
}

function apply(reading: Reading, tree: Tree, at: number, rule: Frame, factuality: Factuality): Attempt {
  const failed = (outcome: string): Attempt => ({ rule: rule.id, anchor: at, outcome, drafts: [] });
  const relation = reading.knowledge.relations.get(rule.relation);
  if (!relation) return failed("relation not in the ontology");
  if (!fits(tree, at, rule)) return failed("its words do not stand there");
  if (rule.supported && !["object", "relative"].includes(supportOf(tree, at, rule)?.as ?? ""))
    return failed("no verb that lends it a subject");
  // "did not discuss the pact between A and B": there is one all the same.
  const standing = relation.structure && rule.noun !== undefined && childrenOf(tree, at, "det").some((det) => lower(tree, det) === "the");
  if (standing) factuality = { ...factuality, polarity: "affirmed", modality: "happened", blocked: false };
  if (factuality.blocked) return failed("the context lets nothing be drawn");
  const subjects = fill(reading, tree, at, rule, rule.subject ?? ["agent"], kindsOf(rule.kinds?.subject, relation.subject), []);
  if (subjects.parties.length === 0) return failed("no subject");
  if (rule.joint && subjects.parties.length < 2) return failed("nobody does it alone");
  const objectPaths = rule.object ?? [rule.noun ? "of" : "patient"];
  const objects = fill(reading, tree, at, rule, objectPaths, kindsOf(rule.kinds?.object, relation.object), subjects.parties);
  if (rule.noun && rule.mutual && objects.parties.length === 0 && !takesPart(tree, at, rule)) return failed("nobody is said to take part");
  // "A and B were in touch with both camps": with somebody who is not known, not with each other.
  if (
    rule.mutual &&
    objects.parties.length === 0 &&
    objectPaths.some((path) => pathTokens(tree, at, path, rule).some((token) => isOpen(tree, token)))
  )
    return failed("the other party is left open");
  let pairs = pair(subjects.parties, objects.parties, rule.mutual === true);
  if (pairs.length === 0 && rule.mutual) pairs = pair(coordinated(reading, tree, subjects.parties), [], true);
  // "A and B clashed": each does it to the other.
  if (rule.mutual && !relation.symmetric) pairs = pairs.flatMap(([left, right]) => [[left, right] as const, [right, left] as const]);
  if (pairs.length === 0) return failed(objects.parties.length === 0 ? "no object" : "subject and object are one");

  const date = relation.structure || rule.undated ? undefined : dateOf(reading, tree, at, factuality, rule);
  const modality = settle(reading, tree, at, factuality, rule, date);
  const polarity = polarityOf(rule, factuality);
  const parties = [...new Set(pairs.flatMap(([left, right]) => [left.chain, right.chain]))].toSorted((a, b) => a - b);
  const teller = sourceOf(tree, at, factuality);
  const source = teller?.chain;
  const place = placeOf(tree, at, parties);
  const topic = topicOf(tree, at, parties);
  const medium = rule.medium ?? mediumOf(tree, at);
  const drafts = pairs.flatMap(([subject, object]): Draft[] => {
    const denied = subject.negated || object.negated ? "negated" : polarity;
    const found = { detours: subjects.step + objects.step, factuality, polarity: denied, modality } as const;
    const grounds = groundsOf(tree, at, rule, relation.family, [subject, object], found);
    const charge = modality === "happened" && isCharge(reading, rule, subject, source);
    const draft: Draft = {
      relation: rule.relation,
      rule: rule.id,
      sentence: tree.index,
      trigger: at,
      subject,
      object,
      parties,
      polarity: denied,
      modality: charge ? "alleged" : modality,
      ...(date && !isForerunner(tree, at, subject) ? { date } : {}),
      ...(place !== undefined && !relation.structure ? { place } : {}),
      ...(medium !== undefined && relation.family === "talks" ? { medium } : {}),
      topic: relation.structure ? [] : topic,
      ...(source !== undefined && source !== subject.chain ? { source } : {}),
      confidence: weigh(reading.knowledge.confidence, grounds),
      grounds,
    };
    return charge && denied === "affirmed" && teller && draft.relation !== "captured" ? [draft, chargeOf(draft, teller)] : [draft];
  });
  return { rule: rule.id, anchor: at, outcome: "fired", drafts };
}

/** "A on Monday joined B in breaking off relations": B had done so before. */
function isForerunner(tree: Tree, at: number, { mention }: Party): boolean {
  const head = tree.tokens[at]?.head ?? -1;
  return (
    mention.sentence === tree.index &&
    /^(join|follow)$/.test(tree.tokens[head]?.lemma ?? "") &&
    casesOf(tree, at).includes("in") &&
    childrenOf(tree, head, "obj").includes(mention.head)
  );
}

/** Acts that are no report but a charge when somebody else tells them: "Kyiv said that Moscow had shelled the town". */
const WRONGS: ReadonlySet<RelationName> = new Set(["attacked", "invaded", "killed", "violated", "captured", "occupied"]);

function isCharge(reading: Reading, rule: Frame, actor: Party, source: number | undefined): boolean {
  if (source === undefined || source === actor.chain || !WRONGS.has(rule.relation)) return false;
  // A paper that reports it charges nobody.
  if (reading.annotated.chains[source]?.role === "media") return false;
  const country = (chain: number): string | undefined => reading.annotated.chains[chain]?.country;
  return country(source) === undefined || country(source) !== country(actor.chain);
}

/** "Kyiv said that Moscow had shelled the town" accuses Moscow. */
function chargeOf(content: Draft, teller: Party): Draft {
  const { date: _, place: __, medium: ___, source: ____, ...rest } = content;
  return {
    ...rest,
    relation: "accused",
    subject: teller,
    object: content.subject,
    parties: [teller.chain, content.subject.chain],
    polarity: "affirmed",
    modality: "happened",
  };
}

/** Whether an event noun's parties are its own or its light verb's, not just those whom it is kept from or told of. */
function takesPart(tree: Tree, at: number, rule: Frame): boolean {
  return (
    ["between", "of", "among", "possessor", "modifier", "by"].some((role) => pathTokens(tree, at, role, rule).length > 0) ||
    supportOf(tree, at, rule) !== undefined ||
    childrenOf(tree, at, "nsubj").length > 0
  );
}

/** "A and B, who met": the relative clause hangs on one of those who met. */
function coordinated(reading: Reading, tree: Tree, parties: readonly Party[]): Party[] {
  const [only] = parties;
  if (parties.length !== 1 || !only || only.mention.sentence !== tree.index) return [];
  const token = tree.tokens[only.mention.head];
  const relative = childrenOf(tree, only.mention.head, "acl:relcl").length > 0;
  if (!relative || token?.relation !== "conj") return [];
  const kind = reading.annotated.chains[only.chain]?.kind;
  return conjuncts(tree, token.head)
    .flatMap((each) => partiesAt(tree, each))
    .filter((party) => reading.annotated.chains[party.chain]?.kind === kind);
}

function kindsOf(own: readonly EntityKind[] | undefined, ontology: readonly EntityKind[]): ReadonlySet<EntityKind> {
  return new Set(own ?? ontology);
}

/** Whether what the sentence says keeps an implied path from taking up what was spoken of before. */
function isOfItsOwn(tree: Tree, at: number, rule: Frame, paths: readonly string[], step: number): boolean {
  const objects = pathTokens(tree, at, "patient", rule);
  const objectless = paths[0] === "patient" && objects.length === 0;
  switch (paths[step]) {
    case "sides": {
      // "an urgent meeting": none that was spoken of.
      const fresh = (token: number): boolean => childrenOf(tree, token, "det").some((det) => /^an?$/.test(lower(tree, det)));
      // "hosted the Tashkent conference": another than that of those who speak.
      const named = (token: number): boolean =>
        childrenOf(tree, token, "compound", "amod").some((child) => tree.covering[child] !== undefined);
      return (
        objects.some(fresh) ||
        // "brought together by Peru", without a subject: who was is in the sentence, not in what came before.
        (objectless && childrenOf(tree, at, "obl:agent").length > 0) ||
        (rule.relation === "hosted" && objects.some(named))
      );
    }
    case "accord": {
      // "put their names to a treaty": one that we know nothing of, not the one spoken of before.
      const unknown = (token: number): boolean =>
        tree.byHead.get(token)?.some(({ kind, form, chains }) => kind === "agreement" && form === "nominal" && chains.length === 0) ===
        true;
      return (
        // "Peru branded that a threat", where the tree finds no object: nothing stands there to be taken up.
        (objectless && rule.where?.["patient"] === undefined) ||
        paths.slice(0, step).some((before) => !IMPLIED.has(before) && pathTokens(tree, at, before, rule).some(unknown))
      );
    }
    default:
      return false;
  }
}

/** The first path that leads to entities of a fitting kind. */
function fill(
  reading: Reading,
  tree: Tree,
  at: number,
  rule: Frame,
  paths: readonly string[],
  kinds: ReadonlySet<EntityKind>,
  others: readonly Party[],
): { readonly parties: readonly Party[]; readonly step: number } {
  const direct = paths[0] === "patient" && pathTokens(tree, at, "patient", rule).length > 0;
  for (const [step, path] of paths.entries()) {
    // With an object of its own that is no entity ("attacked a bear on the island"), what stands under a preposition is not the object.
    if (direct && step > 0 && !path.includes(".") && path !== "recipient" && !IMPLIED.has(path)) continue;
    if (IMPLIED.has(path)) {
      if (isOfItsOwn(tree, at, rule, paths, step)) continue;
      const open = !direct || pathTokens(tree, at, "patient", rule).every((token) => isAnaphoric(tree, token, path));
      const implied = impliedBy(path, reading, tree, at, others, open).filter((party) =>
        kinds.has(reading.annotated.chains[party.chain]?.kind ?? "place"),
      );
      if (implied.length > (path === "sides" ? 1 : 0)) return { parties: implied, step: path === "sides" ? 4 : 3 };
      continue;
    }
    const parties: Party[] = [];
    for (const token of pathTokens(tree, at, path, rule)) {
      if (others.length > 1 && isReciprocal(tree, token)) {
        // "the five will notify each other": of so many no pair is meant.
        if (others.length > 3) continue;
        return { parties: others.filter(({ chain }) => kinds.has(reading.annotated.chains[chain]?.kind ?? "place")), step };
      }
      const named = partiesAt(tree, token);
      const found = named.length > 0 || !isCamps(tree, token) ? named : opponents(reading, tree, others);
      // "A and B congratulated the two": not themselves.
      if (others.length > 1 && found.length > 1 && found.every((party) => others.some((other) => other.chain === party.chain))) continue;
      for (const reached of found) {
        const seat = rule.capital ? stateOfCapital(reading, reached.chain) : undefined;
        const party = seat === undefined ? reached : { ...reached, chain: seat, relayed: true };
        const chain = reading.annotated.chains[party.chain];
        if (!chain || !kinds.has(chain.kind) || parties.some((other) => other.chain === party.chain)) continue;
        // What a paper is told is told to its readers, and what it reports it does not charge.
        if (chain.role === "media" && (rule.relation === "informed" || (rule.relation === "accused" && others.length === 0))) continue;
        parties.push(isDenied(tree, token) ? { ...party, negated: true } : party);
      }
    }
    const fresh = others.length === 0 ? parties : parties.filter((party) => others.some((other) => other.chain !== party.chain));
    if (fresh.length > 0) return { parties: fresh, step };
  }
  return { parties: [], step: 0 };
}

/** The state of the document whose capital this place is. */
function stateOfCapital({ annotated, knowledge }: Reading, place: number): number | undefined {
  const chain = annotated.chains[place];
  if (chain?.kind !== "place") return undefined;
  const state = annotated.chains.findIndex(({ kind, known }) => {
    const { capital, capitalNames } = (kind === "state" && knowledge.states.get(known?.replace("state:", "") ?? "")) || {};
    return capital === chain.name || capitalNames?.includes(chain.name) === true;
  });
  return state < 0 ? undefined : state;
}

/** "each other", "one another". */
function isReciprocal(tree: Tree, at: number): boolean {
  if (lower(tree, at) === "other" && lower(tree, at - 1) === "the" && tree.words.lastIndexOf("each", at) >= 0) return true;
  const pair = `${lower(tree, at - 1)} ${lower(tree, at)} ${lower(tree, at + 1)}`;
  return /^each other |^one another | each other$| one another$/.test(pair);
}

/** Up to four parties: all pairs; from five on: the first with each of the others. */
function pair(subjects: readonly Party[], objects: readonly Party[], mutual: boolean): (readonly [Party, Party])[] {
  const pairs: (readonly [Party, Party])[] = [];
  if (mutual && objects.every((object) => subjects.some((subject) => subject.chain === object.chain))) {
    const firsts = subjects.length > 4 ? 1 : subjects.length - 1;
    for (let left = 0; left < firsts; left++) {
      for (let right = left + 1; right < subjects.length; right++) {
        const first = subjects[left];
        const second = subjects[right];
        if (first && second) pairs.push([first, second]);
      }
    }
    return pairs;
  }
  for (const subject of subjects) {
    for (const object of objects) if (subject.chain !== object.chain) pairs.push([subject, object]);
  }
  return pairs;
}

/** A rule may say what its words mean whatever governs them: sanctions that were not lifted had been imposed all the same. */
function polarityOf(rule: Frame, factuality: Factuality): Polarity {
  if (rule.polarity === "affirmed") return "affirmed";
  if (rule.polarity === "negated") return factuality.polarity === "negated" ? "affirmed" : "negated";
  return factuality.polarity;
}

function settle(reading: Reading, tree: Tree, at: number, factuality: Factuality, rule: Frame, date: EventDate | undefined): Modality {
  let { modality } = factuality;
  if (rule.modality === "happened") return "happened";
  if (modality === "happened" && rule.modality) modality = rule.modality;
  const published = reading.annotated.document.date;
  if (modality === "happened" && date && published && date.start > published) modality = "planned";
  // "flies to Rabat on Tuesday night": the present tense speaks of today or later.
  if (
    modality === "happened" &&
    ["VBZ", "VBP", "VB"].includes(tree.tokens[at]?.xpos ?? "") &&
    date?.precision === "day" &&
    published &&
    date.start >= published
  )
    modality = "planned";
  return modality;
}

function sourceOf(tree: Tree, at: number, factuality: Factuality): Party | undefined {
  for (const token of factuality.source) {
    const party = partiesAt(tree, token).find(({ mention }) => mention.kind !== "place" && mention.kind !== "agreement");
    if (party) return party;
  }
  for (const clause of [at, ...factuality.clauses]) {
    for (const child of childrenOf(tree, clause, "obl")) {
      if (!casesOf(tree, child).includes("according")) continue;
      const party = partiesAt(tree, child)[0];
      if (party) return party;
    }
  }
  return undefined;
}
