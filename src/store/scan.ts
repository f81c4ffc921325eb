/** Reads the whole graph, or what was added to it, in one scan a table. */
import type { Connection } from "./driver.ts";
import { type Fragment, LIST, list } from "./filter.ts";
import { DOCUMENT_COLUMNS, type DocumentRow, documentOf, ENTITY_COLUMNS, type EntityRow, entityOf } from "./rows.ts";
import type { Additions, ClaimRowOfGraph, GraphRows } from "./store.ts";

export function graphRows(connection: Connection, added?: Additions): GraphRows {
  const among = (column: string, keys: readonly number[] | undefined): Fragment =>
    keys === undefined ? { sql: "true", parameters: [] } : { sql: `${column} IN ${LIST}`, parameters: [list(keys)] };
  const ofDocument = (column: string): Fragment => among(column, added?.documents);
  return {
    *entities() {
      const { sql, parameters } = among("entity.key", added?.entities);
      for (const row of connection.iterate<EntityRow>(
        `SELECT ${ENTITY_COLUMNS} FROM entity JOIN node ON node.key = entity.key WHERE ${sql} ORDER BY entity.key`,
        parameters,
      ))
        yield Object.assign(entityOf(row), { key: row.key });
    },
    *documents() {
      const { sql, parameters } = ofDocument("key");
      for (const row of connection.iterate<DocumentRow>(`SELECT ${DOCUMENT_COLUMNS} FROM document WHERE ${sql} ORDER BY key`, parameters))
        yield Object.assign(documentOf(row), { key: row.key });
    },
    sentences() {
      const { sql, parameters } = ofDocument("document");
      return connection.iterate(`SELECT key, document, text FROM sentence WHERE ${sql} ORDER BY key`, parameters);
    },
    claims() {
      const { sql, parameters } = ofDocument("claim.document");
      return connection.iterate<ClaimRowOfGraph>(
        `SELECT claim.id, s_node.survivor AS subject, claim.relation, o_node.survivor AS object, claim.document, evidence.sentence,
           evidence.rule, claim.event, claim.polarity, claim.modality, claim.medium, claim.date_start AS "from", claim.date_end AS "to",
           claim.date_precision AS precision, claim.confidence
         FROM claim
         JOIN evidence ON evidence.claim = claim.key AND evidence.position = 0
         JOIN appearance AS s ON s.key = claim.subject JOIN node AS s_node ON s_node.key = s.node
         JOIN appearance AS o ON o.key = claim.object JOIN node AS o_node ON o_node.key = o.node
         WHERE claim.edge IS NOT NULL AND ${sql} ORDER BY claim.key`,
        parameters,
      );
    },
    appearances() {
      const { sql, parameters } = ofDocument("appearance.document");
      return connection.iterate(
        `SELECT DISTINCT node.survivor AS entity, appearance.document FROM appearance JOIN node ON node.key = appearance.node
         WHERE ${sql} ORDER BY appearance.document, node.survivor`,
        parameters,
      );
    },
  };
}
