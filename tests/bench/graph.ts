/** Makes a large made-up graph, the same for the same seed, through the store's own door: what the store's and API's speeds are measured on. */
import type { Claim, ClaimId, DocumentGraph, Entity, EntityId, EntityKind, EventKey, Links } from "../../src/model/graph.ts";
import type { DocumentId, SourceDocument, Span } from "../../src/model/text.ts";

export interface GraphSize {
  readonly entities: number;
  readonly claims: number;
  readonly seed?: number;
}

export interface MadeDocument {
  readonly source: SourceDocument;
  readonly graph: DocumentGraph;
  readonly links: Links;
}

export const RELATIONS = [
  ..."spoke-with met-with visited hosted negotiated-with informed invited brokered signed ratified agreed-with joined proposed".split(" "),
  ..."cooperated-with supported praised thanked released aided armed withdrew-from urged accused condemned rejected".split(" "),
  ..."threatened warned sanctioned deployed-to attacked".split(" "),
];
/** Those of them that have no direction. */
export const SYMMETRIC_RELATIONS = ["spoke-with", "met-with", "negotiated-with", "agreed-with", "cooperated-with"];
const KINDS: readonly EntityKind[] = ["person", "person", "person", "organization", "agreement", "place", "state"];
const SYLLABLES = "ba ke li mo nu sa te vi ro za du fe gi ho ja ka le mi no pa".split(" ");
const CLAIMS_PER_DOCUMENT = 10;

/** Numbers in [0, 1) by xorshift32. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/** Id of the entity with this rank; low ranks are named most. */
export function madeEntity(rank: number): { readonly id: EntityId; readonly kind: EntityKind; readonly name: string } {
  const kind = KINDS[rank % KINDS.length] as EntityKind;
  const name = `${word(rank * 7 + 3)} ${word(rank)}`;
  return { id: `${kind}:${name.toLowerCase().replace(" ", "-")}-${rank}` as EntityId, kind, name };
}

/** A made-up word, another for each number. */
export function word(number: number): string {
  let letters = "";
  for (let rest = number + 400; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) letters += SYLLABLES[rest % SYLLABLES.length];
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

/** Rank of an entity by a power law: few are named in most of the claims. */
export function drawRank(random: () => number, entities: number): number {
  return Math.floor(entities * random() ** 3);
}

export function* madeDocuments({ entities, claims, seed = 7 }: GraphSize): Generator<MadeDocument, undefined, undefined> {
  const random = randomNumbers(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const documents = Math.ceil(claims / CLAIMS_PER_DOCUMENT);
  for (let number = 0; number < documents; number += 1) {
    const id = `d${number.toString(16).padStart(8, "0")}` as DocumentId;
    const found = new Map<EntityId, { entity: ReturnType<typeof madeEntity>; mentions: Span[] }>();
    const sentences: Span[] = [];
    const said: Claim[] = [];
    let text = "";
    const mention = (rank: number): { id: EntityId; span: Span } => {
      const entity = madeEntity(rank);
      const span = { start: text.length, end: text.length + entity.name.length };
      text += entity.name;
      const other = found.get(entity.id);
      if (other === undefined) found.set(entity.id, { entity, mentions: [span] });
      else other.mentions.push(span);
      return { id: entity.id, span };
    };
    for (let index = 0; index < CLAIMS_PER_DOCUMENT; index += 1) {
      const start = text.length;
      // Every tenth claim names an entity by number, so that all of them occur.
      const first = index === 0 ? (number * 2) % entities : drawRank(random, entities);
      const second = index === 0 ? (number * 2 + 1) % entities : drawRank(random, entities);
      const subject = mention(first);
      const relation = pick(RELATIONS);
      text += " ";
      const trigger = { start: text.length, end: text.length + relation.length };
      text += `${relation} `;
      const object = mention(second === first ? (first + 1) % entities : second);
      text += ` near ${word(Math.floor(random() * 5000)).toLowerCase()} ${word(Math.floor(random() * 5000)).toLowerCase()} again.`;
      const sentence = { start, end: text.length };
      sentences.push(sentence);
      text += " ";
      const day = `20${String(10 + Math.floor(random() * 15))}-${String(1 + Math.floor(random() * 12)).padStart(2, "0")}-${String(1 + Math.floor(random() * 28)).padStart(2, "0")}`;
      said.push({
        id: `${id}-${index}` as ClaimId,
        subject: subject.id,
        relation,
        object: object.id,
        polarity: random() < 0.95 ? "affirmed" : "negated",
        modality: random() < 0.8 ? "happened" : pick(["planned", "called-for", "alleged"]),
        ...(random() < 0.8 ? { date: { start: day, end: day, precision: "day", basis: "explicit" } } : {}),
        confidence: Math.round(500 + random() * 500) / 1000,
        event: `${subject.id}+${relation}+${object.id}+${day}` as EventKey,
        evidence: [{ document: id, sentence, trigger, subject: subject.span, object: object.span, rule: "made" }],
      });
    }
    const listed = [...found.values()].map(
      ({ entity, mentions }): Entity => ({
        ...entity,
        aliases: [],
        mentions: mentions.map((span) => ({ ...span, form: "name" })),
      }),
    );
    yield {
      source: {
        id,
        name: `made-${number}`,
        text,
        blocks: [{ start: 0, end: text.length, kind: "paragraph" }],
        title: `Report ${number}`,
        date: `20${String(10 + (number % 15))}-06-15`,
        source: `Outlet ${number % 50}`,
      },
      graph: { document: id, sentences, entities: listed, claims: said },
      links: { entities: listed.map((entity) => ({ local: entity.id, entity: entity.id })), judgements: [] },
    };
  }
}
