/** Reads the whole graph, or what was added to it, in one scan a table. */
import type { Connection } from "./driver.ts";
import { type Fragment, LIST, list } from "./filter.ts";
import { DOCUMENT_COLUMNS, type DocumentRow, documentOf, ENTITY_COLUMNS, type EntityRow, entityOf } from "./rows.ts";
import type { Additions, ClaimRowOfGraph, GraphRows } from "./store.ts";

export function graphRows(connection: Connection, added?: Additions): GraphRows {
  const among = (column: string, keys: readonly number[] | undefined): Fragment =>
    keys === undefined ? { sql: "true", parameters: [] } : { sql: `${column} IN ${LIST}`, parameters: [list(keys)] };
  const ofDocument = (column: string): Fragment => among(column, added?.documents);
  let named: Named | undefined;
  const allNamed = (): Named => (named ??= readNamed(connection));
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
      return added === undefined ? allClaims(connection, allNamed()) : claimsOf(connection, ofDocument("claim.document"));
    },
    appearances() {
      if (added === undefined) return allAppearances(allNamed());
      const { sql, parameters } = ofDocument("appearance.document");
      return connection.iterate(
        `SELECT DISTINCT node.survivor AS entity, appearance.document FROM appearance JOIN node ON node.key = appearance.node
         WHERE ${sql} ORDER BY appearance.document, node.survivor`,
        parameters,
      );
    },
  };
}

const CLAIM_COLUMNS = `claim.id, claim.relation, claim.document, evidence.sentence, evidence.rule, claim.event, claim.polarity, claim.modality,
  claim.medium, claim.date_start AS "from", claim.date_end AS "to", claim.date_precision AS precision, claim.confidence`;
const WITH_EVIDENCE = "FROM claim JOIN evidence ON evidence.claim = claim.key AND evidence.position = 0";

function claimsOf(connection: Connection, chosen: Fragment): IterableIterator<ClaimRowOfGraph> {
  return connection.iterate(
    `SELECT ${CLAIM_COLUMNS}, s_node.survivor AS subject, o_node.survivor AS object ${WITH_EVIDENCE}
     JOIN appearance AS s ON s.key = claim.subject JOIN node AS s_node ON s_node.key = s.node
     JOIN appearance AS o ON o.key = claim.object JOIN node AS o_node ON o_node.key = o.node
     WHERE claim.edge IS NOT NULL AND ${chosen.sql} ORDER BY claim.key`,
    chosen.parameters,
  );
}

/** Which entity appears, and in which document, by the key of its appearance: looked up here, in a third of the time of SQLite's joins. */
interface Named {
  readonly entity: Uint32Array;
  /** 0 where there is no appearance of that key. */
  readonly document: Uint32Array;
}

function readNamed(connection: Connection): Named {
  const keysOf = (table: string): number => connection.one<{ keys: number }>(`SELECT coalesce(max(key), 0) + 1 AS keys FROM ${table}`).keys;
  const survivors = new Uint32Array(keysOf("node"));
  for (const { key, survivor } of connection.iterate<{ key: number; survivor: number }>("SELECT key, survivor FROM node")) {
    survivors[key] = survivor;
  }
  const keys = keysOf("appearance");
  const named: Named = { entity: new Uint32Array(keys), document: new Uint32Array(keys) };
  for (const { key, node, document } of connection.iterate<{ key: number; node: number; document: number }>(
    "SELECT key, node, document FROM appearance",
  )) {
    named.entity[key] = survivors[node]!;
    named.document[key] = document;
  }
  return named;
}

function* allClaims(connection: Connection, { entity }: Named): Generator<ClaimRowOfGraph, undefined, undefined> {
  for (const row of connection.iterate<ClaimRowOfGraph>(
    `SELECT ${CLAIM_COLUMNS}, claim.subject, claim.object ${WITH_EVIDENCE} WHERE claim.edge IS NOT NULL ORDER BY claim.key`,
  )) {
    yield Object.assign(row, { subject: entity[row.subject]!, object: entity[row.object]! });
  }
}

/** A document's appearances have keys in a row: they came in one commit. */
function* allAppearances({ entity, document }: Named): Generator<{ entity: number; document: number }, undefined, undefined> {
  const seen = new Set<number>();
  for (let key = 0; key < document.length; key++) {
    if (document[key] === 0) continue;
    if (document[key] !== document[key - 1]) seen.clear();
    if (seen.has(entity[key]!)) continue;
    seen.add(entity[key]!);
    yield { entity: entity[key]!, document: document[key]! };
  }
}
