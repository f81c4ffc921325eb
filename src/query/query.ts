/** Questions to the graph, answered in the shapes of model/api.ts: lists in pages, an entity with its surroundings, an edge with its proof. */
import type {
  DocumentAnswer,
  DocumentSummary,
  EdgeAnswer,
  EdgeRow,
  EntityAnswer,
  EntitySummary,
  EventRow,
  GraphAnswer,
  GraphFilter,
  NeighborEdge,
  Page,
  SentenceHit,
  TimelineAnswer,
} from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { EntityId } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";
import type { EdgeQuery, EntityQuery, NeighborQuery, PageRequest, Slice, View } from "../store/store.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

/** Which page of a list: `cursor` is the `next` of the page before. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** @param withFacets whether to count the entities by kind too */
export function entities(view: View, query: EntityQuery, page: PageQuery, withFacets = false): Page<EntitySummary> {
  const found = paged(["entities", query], page, (request) => view.listEntities(query, request));
  return withFacets ? { ...found, facets: { kind: view.countByKind(query) } } : found;
}

/**
 * @param naming only those that name this entity
 * @throws {KnownError} unknown-entity
 */
export function documents(view: View, page: PageQuery, naming?: EntityId): Page<DocumentSummary> {
  if (naming === undefined) return paged(["documents"], page, (request) => view.listDocuments(request));
  const { id } = known(view, naming);
  return paged(["documents", id], page, (request) => view.documentsNaming(id, request));
}

/** @throws {KnownError} unknown-document */
export function document(view: View, id: DocumentId): DocumentAnswer {
  const found = view.document(id);
  if (found === undefined) throw noSuchDocument(id);
  return found;
}

function noSuchDocument(id: string): KnownError {
  return new KnownError("unknown-document", `No document has the id "${id}": /api/documents lists them.`);
}

export function sentences(view: View, text: string, page: PageQuery): Page<SentenceHit> {
  return paged(["sentences", text], page, (request) => view.searchSentences(text, request));
}

/** @throws {KnownError} unknown-entity */
export function neighbors(view: View, id: EntityId, filter: NeighborQuery, page: PageQuery): Page<NeighborEdge> {
  known(view, id);
  return paged(["neighbors", id, filter], page, (request) => view.neighbors(id, filter, request));
}

/** By what edges may be counted: their relations, the months of their claims. */
export const EDGE_FACETS = ["type", "month"] as const;
export type EdgeFacet = (typeof EDGE_FACETS)[number];

/** @throws {KnownError} unknown-entity, for an end or centre that is not in the graph */
export function edges(view: View, query: EdgeQuery, page: PageQuery, facets: readonly EdgeFacet[] = []): Page<EdgeRow> {
  knownCenters(view, query);
  const { items, ...rest } = paged(["edges", query], page, (request) => view.listEdges(query, request));
  const names = new Map<EntityId, string>();
  const nameOf = (id: EntityId): string => {
    const name = names.get(id) ?? known(view, id).name;
    names.set(id, name);
    return name;
  };
  const counts = facets.map((facet) => [facet, facet === "type" ? view.countByRelation(query) : view.countByMonth(query)] as const);
  return {
    ...rest,
    items: items.map((edge) => ({ ...edge, subjectName: nameOf(edge.subject), objectName: nameOf(edge.object) })),
    ...(counts.length === 0 ? {} : { facets: Object.fromEntries(counts) }),
  };
}

/** How much is told of an entity's surroundings. */
export interface Surroundings {
  /** Edges of each relation, the best reported first. */
  readonly edges: number;
  /** Documents that name it, the newest first. */
  readonly documents: number;
}

/**
 * An entity with its edges by relation, the documents that name it and why it is one.
 * @throws {KnownError} unknown-entity
 */
export function entity(view: View, id: EntityId, { edges: ofEach, documents: most }: Surroundings = ENTITY_SURROUNDINGS): EntityAnswer {
  return {
    ...known(view, id),
    relations: ofEach === 0 ? [] : view.neighborsByRelation(id, ofEach),
    inDocuments: most === 0 ? [] : view.documentsNaming(id, { limit: most }).items,
    merges: view.mergesOf(id),
  };
}

/** @throws {KnownError} unknown-relation */
export function edge(view: View, id: string, page: PageQuery): EdgeAnswer {
  const summary = view.edge(id);
  if (summary === undefined) {
    throw new KnownError(
      "unknown-relation",
      `No relation has the id "${id}": ids are "subject~relation~object", as /api/relations lists them.`,
    );
  }
  const claims = paged(["claims", summary.id], page, (request) => view.claimsOf(summary.id, request));
  return {
    edge: summary,
    subject: known(view, summary.subject),
    object: known(view, summary.object),
    claims: claims.items,
    ...(claims.next === undefined ? {} : { next: claims.next }),
  };
}

/** @throws {KnownError} unknown-entity, unknown-document */
export function events(view: View, query: EdgeQuery, page: PageQuery): Page<EventRow> {
  knownCenters(view, query);
  return paged(["events", query], page, (request) => view.listEvents(query, request));
}

/** @throws {KnownError} unknown-entity, unknown-document */
export function timeline(
  view: View,
  query: EdgeQuery,
  by: TimelineAnswer["by"],
  families: ReadonlyMap<string, string> = new Map(),
): TimelineAnswer {
  knownCenters(view, query);
  const { buckets, ...rest } = view.timeline(query, by);
  return { ...rest, buckets: buckets.map((bucket) => ({ ...bucket, families: summed(bucket.relations, families) })) };
}

/** A timeline by rows; the last one, without a day, counts the events that are in no bucket. */
export function* timelineRows({ buckets, unplaced }: TimelineAnswer, families: ReadonlyMap<string, string>): Generator<object> {
  for (const { start, relations } of buckets) {
    for (const [relation, events] of Object.entries(relations)) yield { start, family: families.get(relation), relation, events };
  }
  if (unplaced > 0) yield { events: unplaced };
}

/** Counts of relations as counts of their families, most first. */
function summed(relations: Readonly<Record<string, number>>, families: ReadonlyMap<string, string>): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [relation, events] of Object.entries(relations)) {
    const family = families.get(relation);
    if (family !== undefined) sums.set(family, (sums.get(family) ?? 0) + events);
  }
  return Object.fromEntries([...sums].sort(([, one], [, other]) => other - one));
}

/**
 * The part of the graph that passes the filter, the best connected entities first where it is over the limit.
 * @throws {KnownError} unknown-entity, for an `ego` that is not in the graph
 */
export function graph(view: View, filter: GraphFilter, limit: number): GraphAnswer {
  knownCenters(view, filter);
  return view.strongest(filter, limit);
}

/** @throws {KnownError} unknown-entity, unknown-document, for ids in a filter that are not in the graph */
export function knownCenters(view: View, query: EdgeQuery): void {
  for (const id of [query.ego, query.subject, query.object]) if (id !== undefined) known(view, id);
  for (const id of query.documents ?? []) {
    if (view.knowledgeOf(id) === undefined) throw noSuchDocument(id);
  }
}

/** The entity under this or any id it was known by. @throws {KnownError} unknown-entity */
export function known(view: View, id: EntityId): EntitySummary {
  const found = view.entity(id);
  if (found === undefined) throw new KnownError("unknown-entity", `No entity has the id "${id}": search for it with /api/entities?q=NAME.`);
  return found;
}

/** Where nothing is said. A capital has edges of every relation: a few dozen of each would be most of a megabyte. */
export const ENTITY_SURROUNDINGS: Surroundings = { edges: 10, documents: 20 };

/** A page of a list that a view gives by position. @param list what tells it from other lists */
export function paged<T>(list: readonly unknown[], page: PageQuery, read: (request: PageRequest) => Slice<T>): Page<T> {
  const name = JSON.stringify(list);
  const { items, total, next } = read({
    limit: page.limit,
    ...(page.cursor === undefined ? {} : { after: decodeCursor(name, page.cursor) }),
  });
  return { items, total, ...(next === undefined ? {} : { next: encodeCursor(name, next) }) };
}
