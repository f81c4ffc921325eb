/** Goes through all of the graph that a filter leaves, in order of id and in constant memory: what exports are written from. */
import type { ClaimReport, EdgeSummary, EntitySummary, GraphFilter } from "../model/api.ts";
import type { ClaimReader } from "./claims.ts";
import type { Connection } from "./driver.ts";
import { all, claimConditions, passingEdges, passingEntities } from "./filter.ts";
import { NO_DATE } from "./pages.ts";
import {
  CLAIM_COLUMNS,
  type ClaimColumns,
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
import type { EdgeReport, EntityReport } from "./store.ts";

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
  for (const row of connection.iterate<EntityRow & { date_from: string | null; date_to: string | null; undated: number | null }>(
    `WITH passing AS MATERIALIZED (
       SELECT subject, object, date_from, date_to,
         key IN (SELECT claim.edge FROM claim WHERE coalesce(claim.date_start, '') = '' AND ${claims.sql}) AS undated
       FROM (${edges.sql})
     ), span AS MATERIALIZED (
       SELECT key, min(date_from) AS date_from, max(date_to) AS date_to, max(undated) AS undated FROM (
         SELECT subject AS key, date_from, date_to, undated FROM passing
         UNION ALL SELECT object, date_from, date_to, undated FROM passing
       ) GROUP BY key
     )
     SELECT ${ENTITY_COLUMNS}, span.date_from, span.date_to, span.undated
     FROM node JOIN entity ON entity.key = node.key LEFT JOIN span ON span.key = entity.key
     WHERE entity.key IN (SELECT key FROM (${entities.sql})) ORDER BY node.id`,
    [...claims.parameters, ...edges.parameters, ...entities.parameters],
  )) {
    yield {
      ...entityOf(row),
      ...(row.date_from === null ? {} : { from: row.date_from }),
      ...(row.date_to === null ? {} : { to: row.date_to }),
      undated: row.undated === 1,
    };
  }
}

export function* walkEdges(connection: Connection, filter: GraphFilter): Generator<EdgeSummary, undefined, undefined> {
  const passing = passingEdges(filter);
  const sql = `SELECT ${EDGE_COLUMNS} FROM (${passing.sql}) AS edge ${EDGE_ENDS} ${EDGE_ORDER}`;
  for (const row of connection.iterate<EdgeRowOfTable>(sql, passing.parameters)) yield edgeOf(row);
}

/** An edge with one of its claims. Of columns by one name the last counts: `key` is the edge's, `confidence` the claim's. */
type ReportRow = DocumentRow &
  EdgeRowOfTable &
  ClaimColumns &
  EvidenceRow & {
    readonly edgeConfidence: number;
    /** For relations without direction: key of the entity that the claim names first. */
    readonly first: number | null;
    readonly more: number;
  };

/**
 * One sorted scan: to look claims up edge by edge would read the file back and forth, for claims lie there by document. Where the filter
 * is on edges they are few, and looking up is quicker than the scan.
 */
export function* walkEdgeReports(
  connection: Connection,
  reader: ClaimReader,
  filter: GraphFilter,
): Generator<EdgeReport, undefined, undefined> {
  const passing = passingEdges(filter);
  const conditions = all(claimConditions(filter));
  const few = filter.ego !== undefined || filter.relations !== undefined || filter.kinds !== undefined;
  const tables = few
    ? `(${passing.sql}) AS edge CROSS JOIN claim ON claim.edge = edge.key`
    : `claim CROSS JOIN (${passing.sql}) AS edge ON edge.key = claim.edge`;
  const rows = connection.iterate<ReportRow>(
    `SELECT ${DOCUMENT_COLUMNS}, ${EDGE_COLUMNS}, edge.confidence AS edgeConfidence, ${CLAIM_COLUMNS}, ${EVIDENCE_COLUMNS},
       CASE WHEN edge.relation IN symmetric THEN
         (SELECT node.survivor FROM appearance JOIN node ON node.key = appearance.node WHERE appearance.key = claim.subject)
       END AS first,
       EXISTS (SELECT 1 FROM evidence AS other WHERE other.claim = claim.key AND other.position = 1) AS more
     FROM ${tables} CROSS JOIN document ON document.key = claim.document
     CROSS JOIN evidence ON evidence.claim = claim.key AND evidence.position = 0
     CROSS JOIN sentence ON sentence.key = evidence.sentence ${EDGE_ENDS}
     WHERE ${conditions.sql} ${EDGE_ORDER}, coalesce(claim.date_start, '${NO_DATE}'), claim.key`,
    [...passing.parameters, ...conditions.parameters],
  );
  let key: number | undefined;
  let edge: (EdgeSummary & { readonly claims: ClaimReport[] }) | undefined;
  for (const row of rows) {
    if (edge === undefined || row.key !== key) {
      if (edge !== undefined) yield edge;
      edge = { ...edgeOf(row), confidence: row.edgeConfidence, claims: [] };
      key = row.key;
    }
    const swapped = row.first === row.objectKey;
    const ends = swapped
      ? { edge: edge.id, subject: edge.object, object: edge.subject }
      : { edge: edge.id, subject: edge.subject, object: edge.object };
    edge.claims.push(reader.report(row, ends, row.more === 1 ? reader.proofsOf(row.claimKey) : [proofOf(row)]));
  }
  if (edge !== undefined) yield edge;
}
