/** What a document says: entities and claims, each claim with the sentence that says it. */
import type { DocumentId, Span } from "./text.ts";

export const ENTITY_KINDS = ["person", "state", "organization", "agreement", "place"] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Kind and slug, readable in a URL: "state:AZE", "person:ilham-aliyev". */
export type EntityId = string & { readonly __brand: "EntityId" };
/** Stable over runs: made from document, relation, ends and evidence offsets. */
export type ClaimId = string & { readonly __brand: "ClaimId" };
/**
 * Same parties, relation and date give the same key, in one document or many: "event:..."; "standing:..." where the relation has no time. A
 * document's own keys go by its own ids; the store's by the entities that these are of, whatever the document calls them.
 */
export type EventKey = string & { readonly __brand: "EventKey" };
/** Name of a relation of the ontology ("spoke-with"): the set is data, so the type is open. */
export type RelationName = string;
/** Id of a rule of `knowledge/rules` ("sign.active"). */
export type RuleId = string;

export const POLARITIES = ["affirmed", "negated"] as const;
export type Polarity = (typeof POLARITIES)[number];
export const MODALITIES = ["happened", "planned", "called-for", "hypothetical", "alleged"] as const;
export type Modality = (typeof MODALITIES)[number];
export const MEDIA = ["phone", "video", "in person", "letter"] as const;
export type Medium = (typeof MEDIA)[number];

/** Calendar days, both inclusive, YYYY-MM-DD. A day has start = end; "2010" runs from 2010-01-01 to 2010-12-31. */
export interface EventDate {
  readonly start: string;
  readonly end: string;
  readonly precision: "day" | "month" | "year";
  /** `explicit`: written out in full; `relative`: resolved against the document's date; `document`: the document's own. */
  readonly basis: "explicit" | "relative" | "document";
}

/** Offsets into the document's text; `sentence` holds `trigger`, while `subject` and `object` may lie in another sentence. */
export interface Evidence {
  readonly document: DocumentId;
  readonly sentence: Span;
  readonly trigger: Span;
  readonly subject: Span;
  readonly object: Span;
  readonly rule: RuleId;
}

export interface Claim {
  readonly id: ClaimId;
  readonly subject: EntityId;
  readonly relation: RelationName;
  readonly object: EntityId;
  readonly polarity: Polarity;
  readonly modality: Modality;
  readonly date?: EventDate;
  readonly place?: EntityId;
  readonly medium?: Medium;
  readonly topic?: readonly EntityId[];
  /** Who is quoted for it. */
  readonly source?: EntityId;
  /** Probability in [0, 1] that a reader would agree. */
  readonly confidence: number;
  readonly event: EventKey;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** Where an entity is named or meant in a document. */
export interface EntityMention extends Span {
  readonly form: "name" | "nominal" | "pronoun";
}

/** An entity as one document shows it. Ids are unique within the document; the resolver joins them over documents. */
export interface Entity {
  readonly id: EntityId;
  readonly kind: EntityKind;
  readonly name: string;
  readonly aliases: readonly string[];
  /** ISO 3166-1 alpha-3 code of the state it is or belongs to, where known. */
  readonly country?: string;
  readonly role?: string;
  readonly mentions: readonly EntityMention[];
}

/** All that one document gives. `sentences` are all its sentences, in order, for full-text search. */
export interface DocumentGraph {
  readonly document: DocumentId;
  readonly sentences: readonly Span[];
  readonly entities: readonly Entity[];
  readonly claims: readonly Claim[];
}

/** That two entities of one or several documents are one, or are not; by rule or by a person. Undone by removing it. */
export interface Judgement {
  readonly left: EntityId;
  readonly right: EntityId;
  readonly verdict: "same" | "different";
  /** Why, in words a user can check. */
  readonly reason: string;
  readonly by: "rule" | "user";
}

/** Where an entity of one document goes in the graph of all documents. */
export interface Link {
  /** `Entity.id` within its document. */
  readonly local: EntityId;
  /** The graph's entity that it goes to: its own id, or that of an entity another document named. */
  readonly entity: EntityId;
  /** Why, in words a user can check; absent where local and entity bear the same id. */
  readonly reason?: string;
}

/** What the resolver says of one document: a link for every entity of its `DocumentGraph`, and the judgements it rests on. */
export interface Links {
  readonly entities: readonly Link[];
  readonly judgements: readonly Judgement[];
}
