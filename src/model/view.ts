/** The graph as its readers walk it: what exports take, and every store gives. */
import type { ClaimReport, DocumentSummary, EdgeSummary, EntitySummary, GraphFilter } from "./api.ts";

/**
 * Walks in constant memory. A filter's `from`, `to`, `polarity`, `modality`, `minConfidence` and `documents` choose claims, and edges
 * are then counted over the chosen claims alone; claims without a date pass no date filter. `kinds` and `relations` choose edges;
 * `limit` is not read here.
 */
export interface GraphView {
  /**
   * By id. All entities; with a filter that chooses claims or relations only those at an edge that passes; with `ego` that entity
   * and its neighbours; with `documents` and nothing else those that the documents name.
   */
  entities(filter?: GraphFilter): IterableIterator<EntitySummary>;
  /** By subject, relation, object. Both ends are among `entities(filter)`. */
  edges(filter?: GraphFilter): IterableIterator<EdgeSummary>;
  /** By document, then place in its text: the claims behind `edges(filter)`. */
  claims(filter?: GraphFilter): IterableIterator<ClaimReport>;
  /** By date, undated last. */
  documents(): IterableIterator<DocumentSummary>;
}
