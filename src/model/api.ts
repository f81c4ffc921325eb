/** What server and viewer say to each other: the shapes of every HTTP answer. */
import { type EntityId, type EntityKind, type EventDate, MODALITIES, type Modality, POLARITIES, type Polarity } from "./graph.ts";
import type { BlockKind, DocumentId, Span } from "./text.ts";

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly parameter?: string;
}

/** GET /api/health */
export interface HealthAnswer {
  readonly status: "ok";
  readonly version: string;
}

/** GET /api/stats */
export interface StatsAnswer {
  readonly documents: number;
  readonly sentences: number;
  readonly claims: number;
  readonly edges: number;
  readonly entitiesByKind: Readonly<Record<EntityKind, number>>;
  /** Claims by relation, most frequent first. */
  readonly claimsByRelation: Readonly<Record<string, number>>;
  /** First and last day that a claim bears; absent while no claim is dated. */
  readonly dates?: { readonly from: string; readonly to: string };
}

/** A page of a list; pass `next` as `cursor` for the following page; absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next?: string;
  /** Where it was asked for: how many there are in all pages, by what each may be. */
  readonly facets?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface EntitySummary {
  readonly id: EntityId;
  readonly kind: EntityKind;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly country?: string;
  readonly role?: string;
  /** Distinct edges at this entity. */
  readonly degree: number;
  readonly mentions: number;
  readonly documents: number;
}

/** An edge: all claims of one (subject, relation, object). Symmetric relations are stored once. */
export interface EdgeSummary {
  /** "subject~relation~object": entity ids joined by "~". */
  readonly id: string;
  readonly subject: EntityId;
  readonly relation: string;
  readonly object: EntityId;
  /** Number of claims. */
  readonly reports: number;
  /** Number of distinct events. */
  readonly events: number;
  readonly documents: number;
  /** First and last day of its dated claims. */
  readonly from?: string;
  readonly to?: string;
  /** Claims by polarity and modality: what decides dashes and fading. */
  readonly affirmed: number;
  readonly happened: number;
  /** Highest confidence among its claims. */
  readonly confidence: number;
}

/** GET /api/entities/:id */
export interface EntityAnswer extends EntitySummary {
  /** Edges grouped by relation, largest group first. */
  readonly relations: readonly {
    readonly relation: string;
    /** How many edges the group has in all; `edges` holds the most reported. */
    readonly total?: number;
    readonly edges: readonly NeighborEdge[];
  }[];
  readonly inDocuments: readonly DocumentSummary[];
  /** Why mentions under other names or from other documents were joined into this entity. */
  readonly merges: readonly { readonly from: string; readonly reason: string; readonly by: "rule" | "user" }[];
}

/** An edge seen from one end. */
export interface NeighborEdge {
  readonly edge: EdgeSummary;
  readonly direction: "out" | "in" | "both";
  readonly neighbor: EntitySummary;
}

export interface DocumentSummary {
  readonly id: DocumentId;
  readonly name: string;
  readonly title: string;
  readonly date?: string;
  readonly source?: string;
  readonly url?: string;
  readonly sentences: number;
  readonly claims: number;
}

/** GET /api/documents/:id. All spans are UTF-16 offsets into `text`. */
export interface DocumentAnswer extends DocumentSummary {
  readonly text: string;
  readonly blocks: readonly (Span & { readonly kind: BlockKind })[];
  readonly mentions: readonly (Span & {
    readonly entity: EntityId;
    readonly kind: EntityKind;
    readonly name: string;
    readonly form: string;
  })[];
  readonly evidence: readonly ClaimReport[];
}

/** What event data calls a relation, as the ontology says; the API gives it with every claim and event. */
export interface EventCodes {
  /** PLOVER event class; "STRUCTURE" for a standing fact. */
  readonly plover?: string;
  /** CAMEO code; absent for a standing fact, and where there is none. */
  readonly cameo?: string;
}

/** One claim with the sentence that says it. */
export interface ClaimReport extends EventCodes {
  readonly claim: string;
  readonly edge: string;
  readonly subject: EntityId;
  readonly relation: string;
  readonly object: EntityId;
  readonly polarity: Polarity;
  readonly modality: Modality;
  readonly date?: EventDate;
  readonly place?: { readonly id: EntityId; readonly name: string };
  readonly medium?: string;
  readonly topic?: readonly { readonly id: EntityId; readonly name: string }[];
  readonly source?: { readonly id: EntityId; readonly name: string };
  readonly confidence: number;
  readonly event: string;
  readonly rule: string;
  readonly document: DocumentSummary;
  /** Offsets into the document's text. */
  readonly sentence: Span;
  /** The document's text at `sentence`. */
  readonly text: string;
  readonly spans: { readonly subject: Span; readonly trigger: Span; readonly object: Span };
  /** Further places in the document that say the same; absent when there are none. */
  readonly alsoIn?: readonly Pick<ClaimReport, "rule" | "sentence" | "text" | "spans">[];
}

/** What a claim says, without where in its document it says so. */
export interface ClaimBrief extends Pick<ClaimReport, "polarity" | "modality" | "date" | "text"> {
  readonly document: Pick<DocumentSummary, "source" | "url">;
}

/** A row of GET /api/relations: an edge with the names of its ends. */
export interface EdgeRow extends EdgeSummary {
  readonly subjectName: string;
  readonly objectName: string;
}

/** GET /api/relations/:id */
export interface EdgeAnswer {
  readonly edge: EdgeSummary;
  readonly subject: EntitySummary;
  readonly object: EntitySummary;
  /** By date, undated last. */
  readonly claims: readonly ClaimReport[];
  /** Set when there are more claims: pass it as `cursor`. */
  readonly next?: string;
}

/** A row of GET /api/search: a sentence that holds the searched words. */
export interface SentenceHit {
  readonly document: DocumentSummary;
  /** Offsets into the document's text. */
  readonly sentence: Span;
  readonly text: string;
  /** Where the searched words stand, as offsets into `text`. */
  readonly highlights: readonly Span[];
}

/** A row of GET /api/events: an event with all that reports it. One of three parties has three edges. */
export interface EventRow extends EventCodes {
  readonly event: string;
  readonly relation: string;
  readonly date?: EventDate;
  readonly subjects: readonly { readonly id: EntityId; readonly name: string }[];
  readonly objects: readonly { readonly id: EntityId; readonly name: string }[];
  /** Ids. */
  readonly edges: readonly string[];
  /** Number of claims, and of documents they are from. */
  readonly claims: number;
  readonly documents: number;
  readonly affirmed: number;
  readonly happened: number;
  /** The surest of its claims. */
  readonly claim: ClaimReport;
}

/** GET /api/timeline: events over time. */
export interface TimelineAnswer {
  readonly by: "day" | "week" | "month" | "year";
  /** In order; times without an event are left out. A week starts on its Monday. */
  readonly buckets: readonly {
    readonly start: string;
    readonly events: number;
    /** Events by relation, and by class of relations (`RelationType.family`). */
    readonly relations: Readonly<Record<string, number>>;
    readonly families?: Readonly<Record<string, number>>;
  }[];
  /** Events that fall in no bucket: undated, or dated less closely than a bucket is long. */
  readonly unplaced: number;
}

/** Events: all of cooperation and of conflict, and those of them that are deeds rather than words. */
export interface DyadCounts {
  readonly cooperation: number;
  readonly conflict: number;
  readonly materialCooperation: number;
  readonly materialConflict: number;
}

/** A row of GET /api/dyads: two entities and what happened between them, whoever did it to whom. */
export interface DyadRow extends DyadCounts {
  readonly one: { readonly id: EntityId; readonly name: string };
  readonly other: { readonly id: EntityId; readonly name: string };
  /** First and last day of the dated events. */
  readonly from?: string;
  readonly to?: string;
  /** In order; as in `TimelineAnswer`. */
  readonly buckets: readonly (DyadCounts & { readonly start: string })[];
}

/** GET /api/paths: how two entities are connected, shortest first. */
export interface PathsAnswer {
  readonly from: EntitySummary;
  readonly to: EntitySummary;
  readonly paths: readonly {
    /** In order from `from` to `to`; each hop by its best reported edge. */
    readonly hops: readonly {
      readonly from: EntitySummary;
      readonly to: EntitySummary;
      readonly edge: EdgeSummary;
      /** The surest claim behind the edge. */
      readonly claim: ClaimReport;
    }[];
  }[];
  /** False when the search was given up before all paths of the lengths shown were seen. */
  readonly complete: boolean;
}

/** GET /api/graph: what the viewer draws. */
export interface GraphAnswer {
  readonly nodes: readonly EntitySummary[];
  readonly edges: readonly (EdgeSummary & {
    /** One entry a claim: what date filters count without asking again. */
    readonly claims: readonly {
      readonly date?: EventDate;
      readonly polarity: Polarity;
      readonly modality: Modality;
      readonly confidence: number;
      /** Index into `documents`. */
      readonly document: number;
    }[];
  })[];
  /** The documents that the claims are from, with their outlets. */
  readonly documents: readonly Pick<DocumentSummary, "id" | "source">[];
  /** Set when a limit cut the graph: how many nodes there are in all. */
  readonly truncated?: {
    readonly nodes: number;
    /** Where only the strongest pairs of the nodes are there: how many there are in all. */
    readonly pairs?: number;
  };
}

/**
 * GET /api/overview and /api/entities/:id/expansion: a graph by columns, a tenth of the size that it has as a GraphAnswer. Every list
 * of `edges` is as long as the others, and so is every list of `claims`; the claims of the first edge come first.
 */
export interface GraphColumns {
  readonly nodes: readonly EntitySummary[];
  /** Other entities that edges lead to or from: ids of what the client has already. They follow on `nodes`. */
  readonly known: readonly EntityId[];
  readonly relations: readonly string[];
  readonly outlets: readonly string[];
  readonly edges: {
    /** Indices into `nodes` and `known`, one after the other. */
    readonly subject: readonly number[];
    /** Index into `relations`. */
    readonly relation: readonly number[];
    readonly object: readonly number[];
    /** How many claims. */
    readonly reports: readonly number[];
    readonly events: readonly number[];
    readonly documents: readonly number[];
  };
  readonly claims: {
    /** Days since 1970-01-01; null for a claim without a date. */
    readonly day: readonly (number | null)[];
    /** Days until the last day that the date may mean. */
    readonly days: readonly number[];
    /** See `saysOf`. */
    readonly says: readonly number[];
    /** Index into `confidences`. */
    readonly confidence: readonly number[];
    /** Numbers of documents, counted from 0. */
    readonly document: readonly number[];
  };
  readonly confidences: readonly number[];
  /** Index into `outlets` of each document; -1 for one that names none. */
  readonly outlet: readonly number[];
  /** How much there is altogether, where this is a part of it: entities of the graph, or neighbours; pairs of the entities shown. */
  readonly total: { readonly nodes: number; readonly pairs: number };
}

/** POST /api/overview/layout: where entities are already, as far as is known; the lists are as long as each other. */
export interface LayoutRequest {
  readonly ids: readonly string[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Positions in `ids` of those that stay just where they are. */
  readonly pinned?: readonly number[] | undefined;
}

/** GET and POST /api/overview/layout: where the entities of the overview lie, in its order. */
export interface LayoutAnswer {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const PRECISIONS = ["day", "month", "year"] as const;
const BASES = ["explicit", "relative", "document"] as const;

/** Polarity, modality, and a date's precision and basis, in one small number. */
export function saysOf(claim: GraphAnswer["edges"][number]["claims"][number]): number {
  const date = claim.date ? PRECISIONS.indexOf(claim.date.precision) + PRECISIONS.length * BASES.indexOf(claim.date.basis) : 0;
  return POLARITIES.indexOf(claim.polarity) + POLARITIES.length * (MODALITIES.indexOf(claim.modality) + MODALITIES.length * date);
}

/** The inverse of `saysOf`. */
export function readSays(says: number): {
  polarity: Polarity;
  modality: Modality;
  precision: EventDate["precision"];
  basis: EventDate["basis"];
} {
  const claim = Math.floor(says / POLARITIES.length);
  const date = Math.floor(claim / MODALITIES.length);
  return {
    polarity: POLARITIES[says % POLARITIES.length] as Polarity,
    modality: MODALITIES[claim % MODALITIES.length] as Modality,
    precision: PRECISIONS[date % PRECISIONS.length] as EventDate["precision"],
    basis: BASES[Math.floor(date / PRECISIONS.length)] as EventDate["basis"],
  };
}

/** GET /api/ontology */
export interface OntologyAnswer {
  readonly kinds: readonly { readonly kind: EntityKind; readonly label: string; readonly color: string }[];
  readonly families: readonly { readonly family: string; readonly label: string; readonly color: string }[];
  readonly relations: readonly RelationType[];
}

/** GET /api/formats: what /api/export.NAME writes. */
export interface FormatsAnswer {
  readonly items: readonly {
    readonly name: string;
    /** Of the file, without the dot before it. */
    readonly extension: string;
    readonly mediaType: string;
    /** One line for menus. */
    readonly description: string;
  }[];
}

export interface RelationType {
  readonly name: string;
  readonly label: string;
  /** How the edge reads from its object: "was signed by". */
  readonly inverse: string;
  readonly family: string;
  readonly symmetric: boolean;
  readonly subject: readonly EntityKind[];
  readonly object: readonly EntityKind[];
  readonly plover: string;
  readonly cameo: string;
}

/** Filters that /api/graph, /api/relations and every export share. Dates are inclusive days, YYYY-MM-DD. */
export interface GraphFilter {
  readonly kinds?: readonly EntityKind[];
  readonly relations?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly polarity?: Polarity;
  readonly modality?: readonly Modality[];
  readonly minConfidence?: number;
  /** Only this entity and its neighbours. */
  readonly ego?: EntityId;
  readonly documents?: readonly DocumentId[];
  /** Only edges between these entities. */
  readonly among?: readonly EntityId[];
  /** Only claims of documents of these outlets. */
  readonly outlets?: readonly string[];
  readonly limit?: number;
}

/** POST /api/documents: what was found in a document that was sent. */
export interface IngestAnswer {
  /** `updated`: it was there, read with other rules. `unchanged`: it was there as it is now. */
  readonly status: "created" | "updated" | "unchanged";
  readonly document: DocumentSummary;
  /** Those that it names, in the order in which it first does. */
  readonly entities: readonly EntitySummary[];
  readonly claims: readonly ClaimReport[];
}

/** GET /api/jobs/:id: how it goes with a document that was sent with `Prefer: respond-async`. */
export type JobAnswer =
  | { readonly id: string; readonly state: "reading" }
  /** `document` is its id. */
  | { readonly id: string; readonly state: "done"; readonly status: IngestAnswer["status"]; readonly document: DocumentId }
  | { readonly id: string; readonly state: "failed"; readonly problem: Problem };

/** How much there is, and of which state of the graph that is said. */
export interface GraphState {
  /** Another one once anything in the graph has changed, or the server has begun anew. */
  readonly version: string;
  readonly documents: number;
  readonly entities: number;
  readonly edges: number;
  readonly claims: number;
}

/** GET /api/events/stream: what each kind of event holds. Their ids, sent back as `Last-Event-ID`, get what was missed. */
export interface LiveEvents {
  /** First, and after what was missed. */
  readonly ready: GraphState;
  /** A document was read into the graph. */
  readonly document: {
    readonly id: DocumentId;
    readonly name: string;
    readonly title: string;
    readonly date?: string;
    readonly source?: string;
    readonly url?: string;
    readonly counts: { readonly sentences: number; readonly claims: number; readonly entities: number };
  };
  /** The graph is another than it was: at most once a second, after the documents that made it so. */
  readonly graph: GraphState;
}
