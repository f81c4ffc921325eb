/** Goes through all of the graph that a filter leaves, in order of id and in constant memory: what exports are written from. */
import type { ClaimBrief, ClaimReport, EdgeSummary, EntitySummary, GraphFilter } from "../model/api.ts";
import type { Modality, Polarity } from "../model/graph.ts";
import type { ClaimReader } from "./claims.ts";
import type { Connection } from "./driver.ts";
import { all, claimConditions, passingEdges, passingEntities } from "./filter.ts";
import { NO_DATE } from "./pages.ts";
import {
  CLAIM_COLUMNS,
  type ClaimColumns,
  DATE_COLUMNS,
  type DateRow,
  dateOf,
  DOCUMENT_COLUMNS,
  type DocumentRow,
  EDGE_COLUMNS,
  EDGE_ENDS,
  type EdgeRowOfTable,
  ENTITY_COLUMNS,
  type EntityRow,
  edgeOf,
  entityOf,
  EVIDENCE_COLUMNS,
  type EvidenceRow,
  proofOf,
} from "./rows.ts";
import type { EdgeBrief, EdgeReport, EntityReport } from "./store.ts";

const EDGE_ORDER = "ORDER BY subject_node.id, edge.relation, object_node.id";

export function* walkEntities(connection: Connection, filter: GraphFilter): Generator<EntitySummary, undefined, undefined> {
  const passing = passingEntities(filter);
  for (const row of connection.iterate<EntityRow>(
    `SELECT ${ENTITY_COLUMNS} FROM node JOIN entity ON entity.key = node.key
     WHERE entity.key IN (SELECT key FROM (${passing.sql})) ORDER BY node.id`,
    passing.parameters,
  )) {
    yield entityOf(row);
  }
}

export function* walkEntityReports(connection: Connection, filter: GraphFilter): Generator<EntityReport, undefined, undefined> {
  const entities = passingEntities(filter);
  const edges = passingEdges(filter);
  const claims = all(claimConditions(filter));
  // Every edge comes once for each of its ends, and every entity once more, for those without an edge.
  for (const row of connection.iterate<EntityRow & { date_from: string | null; date_to: string | null; undated: number }>(
    `SELECT ${ENTITY_COLUMNS}, span.date_from, span.date_to, span.undated
     FROM (
       SELECT key, min(date_from) AS date_from, max(date_to) AS date_to, max(undated) AS undated FROM (
         SELECT CASE side.column1 WHEN 0 THEN edge.subject ELSE edge.object END AS key, edge.date_from, edge.date_to,
           edge.key IN (SELECT claim.edge FROM claim WHERE coalesce(claim.date_start, '') = '' AND ${claims.sql}) AS undated
         FROM (${edges.sql}) AS edge CROSS JOIN (VALUES (0), (1)) AS side
         UNION ALL SELECT key, NULL, NULL, false FROM (${entities.sql})
       ) GROUP BY key
     ) AS span CROSS JOIN entity ON entity.key = span.key CROSS JOIN node ON node.key = entity.key ORDER BY node.id`,
    [...claims.parameters, ...edges.parameters, ...entities.parameters],
  )) {
    // Not `{ ...entityOf(row), ... }`, here and below: V8 gives every object made so a hidden class of its own, which outlives it.
    const span = row.date_from === null || row.date_to === null ? {} : { from: row.date_from, to: row.date_to };
    yield Object.assign(entityOf(row), span, { undated: row.undated === 1 });
  }
}

export function* walkEdges(connection: Connection, filter: GraphFilter): Generator<EdgeSummary, undefined, undefined> {
  const passing = passingEdges(filter);
  const sql = `SELECT ${EDGE_COLUMNS} FROM (${passing.sql}) AS edge ${EDGE_ENDS} ${EDGE_ORDER}`;
  for (const row of connection.iterate<EdgeRowOfTable>(sql, passing.parameters)) yield edgeOf(row);
}

/** An edge with one of its claims: `edgeKey` and `edgeConfidence` are the edge's, `key` the document's, `confidence` the claim's. */
type EdgeOfClaim = EdgeRowOfTable & { readonly edgeKey: number; readonly edgeConfidence: number };

type ReportRow = DocumentRow &
  EdgeOfClaim &
  ClaimColumns &
  EvidenceRow & {
    /** For relations without direction: key of the entity that the claim names first. */
    readonly first: number | null;
    readonly more: number;
  };

export function* walkEdgeReports(
  connection: Connection,
  reader: ClaimReader,
  filter: GraphFilter,
): Generator<EdgeReport, undefined, undefined> {
  const columns = `${DOCUMENT_COLUMNS}, ${CLAIM_COLUMNS}, ${EVIDENCE_COLUMNS},
    CASE WHEN edge.relation IN symmetric THEN
      (SELECT node.survivor FROM appearance JOIN node ON node.key = appearance.node WHERE appearance.key = claim.subject)
    END AS first,
    EXISTS (SELECT 1 FROM evidence AS other WHERE other.claim = claim.key AND other.position = 1) AS more`;
  yield* byEdge(claimsOfEdges<ReportRow>(connection, filter, columns), (row, edge): ClaimReport => {
    const swapped = row.first === row.objectKey;
    const ends = swapped
      ? { edge: edge.id, subject: edge.object, object: edge.subject }
      : { edge: edge.id, subject: edge.subject, object: edge.object };
    return reader.report(row, ends, row.more === 1 ? reader.proofsOf(row.claimKey) : [proofOf(row)]);
  });
}

interface BriefRow extends EdgeOfClaim, DateRow {
  readonly polarity: Polarity;
  readonly modality: Modality;
  readonly text: string;
  readonly source: string | null;
  readonly url: string | null;
}

export function* walkEdgeBriefs(connection: Connection, filter: GraphFilter): Generator<EdgeBrief, undefined, undefined> {
  const columns = `claim.polarity, claim.modality, ${DATE_COLUMNS}, sentence.text, document.source, document.url`;
  yield* byEdge(
    claimsOfEdges<BriefRow>(connection, filter, columns),
    (row): ClaimBrief => ({
      polarity: row.polarity,
      modality: row.modality,
      ...dateOf(row),
      text: row.text,
      document: { ...(row.source === null ? {} : { source: row.source }), ...(row.url === null ? {} : { url: row.url }) },
    }),
  );
}

/**
 * Claims with their edges, in order of these. One sorted scan: to look claims up edge by edge would read the file back and forth, for
 * claims lie there by document. Where the filter is on edges they are few, and looking up is quicker than the scan.
 * @param columns of tables `claim`, `document`, `evidence`, `sentence` and `edge`; each costs time in a scan of all
 */
function claimsOfEdges<Row>(connection: Connection, filter: GraphFilter, columns: string): Generator<Row, undefined, undefined> {
  const passing = passingEdges(filter);
  const conditions = all(claimConditions(filter));
  const few = filter.ego !== undefined || filter.relations !== undefined || filter.kinds !== undefined;
  const tables = few
    ? `(${passing.sql}) AS edge CROSS JOIN claim ON claim.edge = edge.key`
    : `claim CROSS JOIN (${passing.sql}) AS edge ON edge.key = claim.edge`;
  return connection.iterate<Row>(
    `SELECT ${EDGE_COLUMNS}, edge.key AS edgeKey, edge.confidence AS edgeConfidence, ${columns}
     FROM ${tables} CROSS JOIN document ON document.key = claim.document
     CROSS JOIN evidence ON evidence.claim = claim.key AND evidence.position = 0
     CROSS JOIN sentence ON sentence.key = evidence.sentence ${EDGE_ENDS}
     WHERE ${conditions.sql} ${EDGE_ORDER}, coalesce(claim.date_start, '${NO_DATE}'), claim.key`,
    [...passing.parameters, ...conditions.parameters],
  );
}

/** Gathers the rows of each edge, which follow one another. */
function* byEdge<Row extends EdgeOfClaim, Claim>(
  rows: Iterable<Row>,
  claimOf: (row: Row, edge: EdgeSummary) => Claim,
): Generator<EdgeSummary & { readonly claims: readonly Claim[] }, undefined, undefined> {
  let key: number | undefined;
  let edge: (EdgeSummary & { readonly claims: Claim[] }) | undefined;
  for (const row of rows) {
    if (edge === undefined || row.edgeKey !== key) {
      if (edge !== undefined) yield edge;
      edge = Object.assign(edgeOf(row), { confidence: row.edgeConfidence, claims: [] });
      key = row.edgeKey;
    }
    edge.claims.push(claimOf(row, edge));
  }
  if (edge !== undefined) yield edge;
}
