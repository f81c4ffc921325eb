/** What a store of the graph can do: `GraphStore` = `Writer` + `View`, with the meaning that every implementation keeps. */
import type {
  ClaimBrief,
  ClaimReport,
  DocumentAnswer,
  DocumentSummary,
  EdgeSummary,
  EntityAnswer,
  EntitySummary,
  EventRow,
  GraphAnswer,
  GraphFilter,
  GraphState,
  NeighborEdge,
  SentenceHit,
  StatsAnswer,
  TimelineAnswer,
} from "../model/api.ts";
import type { DocumentGraph, EntityId, EntityKind, Judgement, Links } from "../model/graph.ts";
import type { DocumentId, SourceDocument } from "../model/text.ts";

/*
 * The record is: documents with their text, what each says (`DocumentGraph`), the links that lead its entities to the graph's, and
 * judgements. Everything else (entities, edges, counts, search) is derived from the record and can be rebuilt from it.
 *
 * Three ids an entity may have:
 *   local    `Entity.id`, unique in its document;
 *   linked   where the document's link leads. Links need no judgement: two documents that link to `person:ilham-aliyev` mean one
 *            entity. So link by grounds that cannot be wrong (a known state, the same full name and country), and where joining is
 *            a judgement give the entity a linked id of its own and add a "same" judgement, which can then be taken back;
 *   survivor the id of the cluster that "same" judgements make of linked ids. `right` survives `left`: of a cluster the survivor is
 *            the id that no judgement in force joins into another (the first by code unit order where there are several or none).
 *            All answers bear survivors; every other id of the cluster still finds its entity.
 *
 * A "different" judgement keeps its two ids in two clusters. Of two judgements on one pair the user's is in force; of several chains
 * that would break a "different", user's judgements are joined before rules', then in code unit order.
 */

export interface CommitOptions {
  /** `Knowledge.version` that the graph was drawn with. */
  readonly knowledge: string;
  /** Where the document was read from (an absolute path): a changed document from the same place takes the older one's place. */
  readonly origin?: string;
}

export interface Writer {
  /**
   * Puts a document into the store in one durable transaction; when this returns, the document survives the end of the process.
   * A document with the same id is replaced. Entities keep their linked ids, so judgements made by users hold on.
   * @throws {KnownError} store-locked, store-damaged, store-unwritable
   * @throws {TypeError} a graph that does not hold together: an entity without a link, a claim with unknown ends, a span outside the
   *   text, evidence whose sentence is not one of `graph.sentences`
   */
  commit(source: SourceDocument, graph: DocumentGraph, links: Links, options: CommitOptions): void;
  /** Takes a document out, with all that rests on it alone. False when there is none. */
  remove(id: DocumentId): boolean;
  /** Adds a user's or rule's judgement, in place of one by the same hand on the same pair. */
  judge(judgement: Judgement): void;
  /** Takes back what was judged on a pair, by whomever, in either order. False when nothing was. */
  withdraw(left: EntityId, right: EntityId): boolean;
  /** Derives everything anew from the record. */
  rebuild(): void;
  close(): void;
}

/** Chooses edges at one entity. */
export interface NeighborQuery extends GraphFilter {
  /** Only edges that lead from it, or to it; those without direction do both. */
  readonly direction?: "out" | "in";
}

/** An entity with the first and last day of the claims at it. */
export interface EntityReport extends EntitySummary {
  readonly from?: string;
  readonly to?: string;
  /** Whether a claim at it bears no date. */
  readonly undated: boolean;
}

/** An edge with what stands behind it. */
export interface EdgeReport extends EdgeSummary {
  /** By date, undated last. */
  readonly claims: readonly ClaimReport[];
}

/** An edge with what stands behind it, in brief. */
export interface EdgeBrief extends EdgeSummary {
  /** By date, undated last. */
  readonly claims: readonly ClaimBrief[];
}

/**
 * The graph as exports walk it, in constant memory. A filter's `from`, `to`, `polarity`, `modality`, `minConfidence` and `documents`
 * choose claims, and edges are then counted over the chosen claims alone; claims without a date pass no date filter. `kinds` (of both
 * ends) and `relations` choose edges; `ego` keeps that entity, its neighbours and the edges among them; `limit` is not read here.
 */
export interface GraphView {
  /**
   * By id. All entities, with `kinds` those of the kinds; with a filter that chooses claims or relations only those at an edge that
   * passes, except that `documents` alone gives all that the documents name.
   */
  entities(filter?: GraphFilter): IterableIterator<EntitySummary>;
  /** By ids of subject, relation and object; both ends are among `entities(filter)`. */
  edges(filter?: GraphFilter): IterableIterator<EdgeSummary>;
  /** `entities(filter)` with the days of the claims that pass. */
  entityReports(filter?: GraphFilter): IterableIterator<EntityReport>;
  /** `edges(filter)` with the claims that pass. */
  edgeReports(filter?: GraphFilter): IterableIterator<EdgeReport>;
  /** The same, with less of each claim: in half the time. */
  edgeBriefs(filter?: GraphFilter): IterableIterator<EdgeBrief>;
  /** By date, undated last. */
  documents(): IterableIterator<DocumentSummary>;
}

/** Values of a list's sort key: those of the last row a page held. */
export type Position = readonly (string | number)[];

export interface PageRequest {
  readonly limit: number;
  /** The `next` of the page before. One of another list is refused with KnownError bad-parameter. */
  readonly after?: Position;
}

export interface Slice<T> {
  readonly items: readonly T[];
  /** In all pages. */
  readonly total: number;
  /** Absent on the last page. */
  readonly next?: Position;
}

export interface EntityQuery {
  /**
   * Words, the last of them a beginning, in any script's letter case and with or without diacritics. Never a search syntax. Where no
   * entity has them, words that no name holds are taken for slips of those that do.
   */
  readonly text?: string;
  readonly kinds?: readonly EntityKind[];
  /** Names from A on, all else the greatest first; by `degree` where nothing is said. */
  readonly sort?: EntitySort;
}

export type EntitySort = "degree" | "mentions" | "documents" | "name";

/** Chooses events, and says what classes they are counted in. */
export interface DyadQuery extends EdgeQuery {
  /** The relations of each class, which share none. */
  readonly classes: readonly (readonly string[])[];
  readonly by: TimelineAnswer["by"];
  /** Only pairs that this entity is of. */
  readonly of?: EntityId;
}

/** Two entities and the events between them, whoever did it to whom. */
export interface Dyad {
  readonly one: { readonly id: EntityId; readonly name: string };
  readonly other: { readonly id: EntityId; readonly name: string };
  /** As many numbers as there are classes. */
  readonly events: readonly number[];
  /** First and last day of the dated ones. */
  readonly first?: string;
  readonly last?: string;
  /** In order; times without an event, and events dated less closely than a bucket is long, are left out. */
  readonly buckets: readonly { readonly start: string; readonly events: readonly number[] }[];
}

/** Chooses edges: a filter, and the ends. */
export interface EdgeQuery extends GraphFilter {
  readonly subject?: EntityId;
  readonly object?: EntityId;
}

export interface NeighborGroup {
  readonly relation: string;
  /** How many edges of the relation there are in all. */
  readonly total: number;
  readonly edges: readonly NeighborEdge[];
}

/**
 * The graph's skeleton by columns, in pieces: arrays of one length each, whose values at one place belong to one row. What a copy in
 * memory is made of; the rest is in `GraphDetails`.
 */
export interface GraphRows {
  entities(): Iterable<readonly [keys: readonly number[], kinds: readonly EntityKind[], names: readonly string[]]>;
  documents(): Iterable<readonly [keys: readonly number[]]>;
  sentences(): Iterable<readonly [documents: readonly number[], keys: readonly number[]]>;
  /** Claims whose ends are two entities. */
  claims(): Iterable<
    readonly [keys: readonly number[], subjects: readonly number[], objects: readonly number[], relations: readonly string[]]
  >;
  /** More of the same claims, in the same order. */
  claimValues<Column extends keyof ClaimValues>(
    column: Column,
  ): Iterable<readonly [keys: readonly number[], values: readonly ClaimValues[Column][]]>;
  /** Which documents name an entity, each once. */
  appearances(): Iterable<readonly [entities: readonly number[], documents: readonly number[]]>;
}

export interface ClaimValues {
  /** Its key. */
  document: number;
  /** First and last day, and how exactly they are known; null where there is no date. */
  from: string | null;
  to: string | null;
  precision: string | null;
  polarity: string | null;
  modality: string | null;
  confidence: number;
}

/** Rows by their keys, from the first to the last of those asked for, in ascending order; and the keys that ids and names have. */
export interface GraphDetails {
  entities(first: number, last: number): readonly (EntitySummary & { readonly key: number })[];
  documents(first: number, last: number): readonly (DocumentSummary & { readonly key: number })[];
  sentences(first: number, last: number): readonly { readonly key: number; readonly text: string }[];
  claims(first: number, last: number): readonly ClaimDetails[];
  /** By its own id, not by one that it was known by. */
  entity(id: EntityId): number | undefined;
  document(id: DocumentId): number | undefined;
  entitiesCalled(name: string): readonly number[];
}

export interface ClaimDetails {
  readonly key: number;
  readonly id: string;
  readonly medium: string | null;
  readonly event: string;
  /** Rule and sentence of the first of its evidence. */
  readonly rule: string;
  readonly evidence: string;
}

/** What came into the graph: keys of documents, and of entities that may say something else by now. */
export interface Additions {
  readonly documents: readonly number[];
  readonly entities: readonly number[];
}

/** A document as it came into the store: later ones have greater keys. */
export interface Arrival extends DocumentSummary {
  readonly key: number;
  /** How many entities it names. */
  readonly entities: number;
}

export interface View extends GraphView {
  stats(): StatsAnswer;
  /** The sums of `stats` alone, which are sooner found. */
  size(): Omit<GraphState, "version">;
  /** Documents in the order in which they came, from `key` on. The newest one's key is given to another when it is taken out. */
  arrivals(key: number, limit: number): readonly Arrival[];
  /** The key of the newest document; 0 when there is none. */
  lastArrival(): number;
  /** Another text once anything was written, here or by another process. */
  state(): string;
  /** How often the graph was changed. */
  revision(): number;
  /** What was added since a revision; undefined where something was also taken out or moved, or when that is too long ago. */
  additions(since: number): Additions | undefined;
  /** All rows, or those that belong to what was added. */
  rows(added?: Additions): GraphRows;
  details(): GraphDetails;

  /** `Knowledge.version` that a stored document was drawn with: what says whether it must be read again. */
  knowledgeOf(id: DocumentId): string | undefined;
  /** The document as it was committed. */
  source(id: DocumentId): SourceDocument | undefined;
  document(id: DocumentId): DocumentAnswer | undefined;
  /** By date, newest first, undated last. */
  listDocuments(page: PageRequest): Slice<DocumentSummary>;
  /** Best first; of very many (5000) those that came last first. `text` as in `EntityQuery`: all its words. */
  searchSentences(text: string, page: PageRequest): Slice<SentenceHit>;

  /** The survivor's id for any linked id; undefined when the store knows no such entity. */
  survivor(id: EntityId): EntityId | undefined;
  /** Takes any linked id. */
  entity(id: EntityId): EntitySummary | undefined;
  /** With `text` the same name first, then by `sort`. */
  listEntities(query: EntityQuery, page: PageRequest): Slice<EntitySummary>;
  /** How many entities there are of each kind, most first. */
  countByKind(query: EntityQuery): Readonly<Record<string, number>>;
  /** Documents that name the entity, newest first, undated last. */
  documentsNaming(id: EntityId, page: PageRequest): Slice<DocumentSummary>;
  /** Why mentions under other names or from other documents were joined into it. */
  mergesOf(id: EntityId): EntityAnswer["merges"];
  judgements(): IterableIterator<Judgement>;

  /** Most reported first. */
  neighbors(id: EntityId, query: NeighborQuery, page: PageRequest): Slice<NeighborEdge>;
  /** The entity's edges by relation, largest group first, the `perRelation` most reported of each. */
  neighborsByRelation(id: EntityId, perRelation: number): readonly NeighborGroup[];
  /** By its id, whose ends may be any linked ids and, where the relation has no direction, in either order. */
  edge(id: string): EdgeSummary | undefined;
  /** Most reported first. */
  listEdges(query: EdgeQuery, page: PageRequest): Slice<EdgeSummary>;
  /** How many edges there are of each relation, most first, and how many with a claim in each month ("2021-01"), in order. */
  countByRelation(query: EdgeQuery): Readonly<Record<string, number>>;
  countByMonth(query: EdgeQuery): Readonly<Record<string, number>>;
  /** Pairs with the most events first. */
  dyads(query: DyadQuery, page: PageRequest): Slice<Dyad>;
  /** The earliest claim of any of these edges (ids) that passes the filter and is dated on this day or later. */
  earliestClaim(edges: readonly string[], filter: GraphFilter, day: string): ClaimReport | undefined;
  /** The claims behind an edge by date, undated last. */
  claimsOf(edge: string, page: PageRequest): Slice<ClaimReport>;
  /** All edges with an end among these entities, in no order; undefined when they are more than `most`. */
  edgesAround(ids: readonly EntityId[], filter: GraphFilter, most: number): readonly EdgeSummary[] | undefined;
  /** Newest first, undated last. */
  listEvents(query: EdgeQuery, page: PageRequest): Slice<EventRow>;
  timeline(query: EdgeQuery, by: TimelineAnswer["by"]): TimelineAnswer;
  /** `limit` best connected of `entities(filter)` by number of edges that pass, and all passing edges between them. */
  strongest(filter: GraphFilter, limit: number): GraphAnswer;
  /** An entity's neighbours, those that most is reported of first. */
  strongestNeighbors(id: EntityId, limit: number): Slice<EntityId>;
  /**
   * These entities, in this order, with all edges among them and between them and the others. Those that a client has not yet come with
   * all edges to what it has too.
   * @param has how many of the best connected entities, and which besides
   */
  between(
    ids: readonly EntityId[],
    others: readonly EntityId[],
    has?: { readonly best: number; readonly others: readonly EntityId[] },
  ): GraphAnswer;
}

/** A view that does not change while it is read, whatever is committed meanwhile: for exports. Close it. */
export interface Snapshot extends View {
  close(): void;
}

/** A view that shows the newest state, but while it is held the one it had then. */
export interface SteadyView extends View {
  hold(): void;
  /** Does nothing when it is not held. What was read while it was held must have been read to its end, or returned. */
  release(): void;
  close(): void;
}

export interface GraphStore extends Writer, View {
  /** Iterators of the store itself must be read to their end (or returned) before the next write; a snapshot's need not. */
  snapshot(): Snapshot;
  /** Does in one state of the store what reads several things; it is not to write, nor to leave anything half read. */
  steadily<T>(work: () => T): T;
}
