/** From an annotated document to its graph: rules and offices give drafts, drafts of one fact become one claim with all its evidence. */
import { createHash } from "node:crypto";
import type { Annotated, Chain, TimeExpression } from "../model/annotation.ts";
import type { Claim, ClaimId, DocumentGraph, Entity, EntityId, EventKey, Evidence } from "../model/graph.ts";
import type { Span } from "../model/text.ts";
import { foldedWords } from "../knowledge/fold.ts";
import { indexRules } from "../knowledge/rules.ts";
import type { Grounds } from "../knowledge/confidence.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { applyRules } from "./claims.ts";
import type { Attempt, Draft, Reading } from "./claims.ts";
import { readTrees } from "./tree.ts";
import { readOffices } from "./offices.ts";
import { settleDrafts } from "./settle.ts";

/**
 * Draws the graph of one document. Pure and deterministic.
 *
 * @param annotated the document with sentences, mentions, chains and times; all offsets are into its text.
 * @param knowledge rules, ontology and lexicons.
 */
export function extract(annotated: Annotated, knowledge: Knowledge): DocumentGraph {
  const reading = read(annotated, knowledge);
  return build(reading, facts(reading));
}

/** All that the document says, by fact. */
function facts(reading: Reading): Draft[][] {
  const drawn = reading.trees.flatMap((tree) => applyRules(reading, tree).flatMap((attempt) => attempt.drafts));
  return settleDrafts(reading, [...drawn, ...readOffices(reading)]);
}

/** What each claim of the graph rests on, in the graph's order: for fitting confidences. Absent for standing facts that titles give. */
export function groundsOfClaims(annotated: Annotated, knowledge: Knowledge): (Grounds | undefined)[] {
  return facts(read(annotated, knowledge)).map(([first]) => first?.grounds);
}

/** What the rules did at one sentence. */
export interface SentenceTrace {
  readonly sentence: number;
  readonly attempts: readonly Attempt[];
  /** Claims read off titles, appositions and datelines. */
  readonly offices: readonly Draft[];
  /** Drafts of this sentence that the document's claims were made of. */
  readonly kept: readonly Draft[];
}

/** Every rule tried in every sentence, with why it fired or did not. */
export function explain(annotated: Annotated, knowledge: Knowledge): SentenceTrace[] {
  const reading = read(annotated, knowledge);
  const attempts = reading.trees.map((tree) => applyRules(reading, tree));
  const offices = readOffices(reading);
  const kept = settleDrafts(reading, [...attempts.flat().flatMap((attempt) => attempt.drafts), ...offices]).flat();
  return reading.trees.map((tree, sentence) => ({
    sentence,
    attempts: attempts[sentence] ?? [],
    offices: offices.filter((draft) => draft.sentence === tree.index),
    kept: kept.filter((draft) => draft.sentence === tree.index),
  }));
}

function read(annotated: Annotated, knowledge: Knowledge): Reading {
  const times = new Map<number, TimeExpression[]>();
  for (const time of annotated.times) {
    const list = times.get(time.sentence);
    if (list) list.push(time);
    else times.set(time.sentence, [time]);
  }
  return { annotated, knowledge, trees: readTrees(annotated, indexRules(knowledge.rules)), times, sides: [], told: [] };
}

/** @param groups drafts by fact; the first of each group gives the claim, the others add evidence. */
function build(reading: Reading, groups: readonly (readonly Draft[])[]): DocumentGraph {
  const { annotated } = reading;
  const ids = entityIds(annotated);
  const idOf = (chain: number): EntityId => ids[chain] ?? ("" as EntityId);
  const claims = groups.flatMap((group): Claim[] => {
    const [first] = group;
    if (!first) return [];
    const evidence = group.map((draft) => evidenceOf(reading, draft));
    const [head, ...tail] = evidence;
    if (!head) return [];
    const event = eventKey(reading, first, first.parties.map(idOf));
    const place = first.place === undefined ? undefined : idOf(first.place);
    const source = first.source === undefined ? undefined : idOf(first.source);
    return [
      {
        id: `claim:${hash([annotated.document.id, idOf(first.subject.chain), first.relation, idOf(first.object.chain), first.polarity, first.modality, head.sentence.start, head.trigger.start].join("|"))}` as ClaimId,
        subject: idOf(first.subject.chain),
        relation: first.relation,
        object: idOf(first.object.chain),
        polarity: first.polarity,
        modality: first.modality,
        ...(first.date ? { date: first.date } : {}),
        ...(place ? { place } : {}),
        ...(first.medium ? { medium: first.medium } : {}),
        ...(first.topic.length > 0 ? { topic: first.topic.map(idOf) } : {}),
        ...(source ? { source } : {}),
        confidence: Math.round(first.confidence * 100) / 100,
        event,
        evidence: [head, ...tail],
      },
    ];
  });
  return {
    document: annotated.document.id,
    sentences: annotated.sentences.map(({ start, end }): Span => ({ start, end })),
    entities: annotated.chains.map((chain, index) => entityOf(annotated, chain, idOf(index))),
    claims,
  };
}

function evidenceOf(reading: Reading, draft: Draft): Evidence {
  const { annotated } = reading;
  const sentence = annotated.sentences[draft.sentence];
  const trigger = sentence?.tokens[draft.trigger];
  return {
    document: annotated.document.id,
    sentence: { start: sentence?.start ?? 0, end: sentence?.end ?? 0 },
    trigger: { start: trigger?.start ?? 0, end: trigger?.end ?? 0 },
    subject: { start: draft.subject.mention.start, end: draft.subject.mention.end },
    object: { start: draft.object.mention.start, end: draft.object.mention.end },
    rule: draft.rule,
  };
}

/**
 * Same parties, relation and date give the same key in any document; an undated event is known only within its document. A copy that gives
 * another day, or none, is an event of its own: days that are near are not joined, or Monday's call would be Tuesday's.
 */
function eventKey(reading: Reading, draft: Draft, parties: readonly EntityId[]): EventKey {
  const standing = reading.knowledge.relations.get(draft.relation)?.structure === true;
  const when = standing ? "" : (draft.date?.start ?? reading.annotated.document.id);
  return `${standing ? "standing" : "event"}:${hash([...parties.toSorted(), draft.relation, when].join("|"))}` as EventKey;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function entityIds(annotated: Annotated): EntityId[] {
  const taken = new Set<string>();
  return annotated.chains.map((chain) => {
    const base = chain.known ?? `${chain.kind}:${foldedWords(chain.name).join("-") || "unnamed"}`;
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
    taken.add(id);
    return id as EntityId;
  });
}

function entityOf(annotated: Annotated, chain: Chain, id: EntityId): Entity {
  return {
    id,
    kind: chain.kind,
    name: chain.name,
    aliases: chain.aliases,
    ...(chain.country === undefined ? {} : { country: chain.country }),
    ...(chain.role === undefined ? {} : { role: chain.role }),
    mentions: chain.mentions.flatMap((index) => {
      const mention = annotated.mentions[index];
      return mention ? [{ start: mention.start, end: mention.end, form: mention.form }] : [];
    }),
  };
}
