/** Reads the whole graph in one scan a table. */
import type { Connection } from "./driver.ts";
import { DOCUMENT_COLUMNS, type DocumentRow, documentOf, ENTITY_COLUMNS, type EntityRow, entityOf } from "./rows.ts";
import type { ClaimRowOfGraph, GraphRows } from "./store.ts";

export function graphRows(connection: Connection): GraphRows {
  return {
    *entities() {
      const sql = `SELECT ${ENTITY_COLUMNS} FROM entity JOIN node ON node.key = entity.key ORDER BY entity.key`;
      for (const row of connection.iterate<EntityRow>(sql)) yield { ...entityOf(row), key: row.key };
    },
    *documents() {
      for (const row of connection.iterate<DocumentRow>(`SELECT ${DOCUMENT_COLUMNS} FROM document ORDER BY key`))
        yield { ...documentOf(row), key: row.key };
    },
    sentences: () => connection.iterate("SELECT key, document, text FROM sentence ORDER BY key"),
    claims: () =>
      connection.iterate<ClaimRowOfGraph>(
        `SELECT claim.id, s_node.survivor AS subject, claim.relation, o_node.survivor AS object, claim.document, evidence.sentence,
           evidence.rule, claim.event, claim.polarity, claim.modality, claim.medium, claim.date_start AS "from", claim.date_end AS "to",
           claim.date_precision AS precision, claim.confidence
         FROM claim
         JOIN evidence ON evidence.claim = claim.key AND evidence.position = 0
         JOIN appearance AS s ON s.key = claim.subject JOIN node AS s_node ON s_node.key = s.node
         JOIN appearance AS o ON o.key = claim.object JOIN node AS o_node ON o_node.key = o.node
         WHERE claim.edge IS NOT NULL ORDER BY claim.key`,
      ),
    appearances: () =>
      connection.iterate(
        `SELECT DISTINCT node.survivor AS entity, appearance.document FROM appearance JOIN node ON node.key = appearance.node
         ORDER BY appearance.document, node.survivor`,
      ),
  };
}
