/** Reads the graph for a copy in memory: its skeleton by columns, or what was added to it; and the rest of its rows by their keys. */
import type { EntityId, EntityKind } from "../model/graph.ts";
import type { Connection, Value } from "./driver.ts";
import { type Fragment, LIST, list } from "./filter.ts";
import { DOCUMENT_COLUMNS, type DocumentRow, documentOf, ENTITY_COLUMNS, type EntityRow, entityOf } from "./rows.ts";
import type { Additions, ClaimDetails, ClaimValues, GraphDetails, GraphRows } from "./store.ts";
import { fold } from "./words.ts";

export function graphRows(connection: Connection, added?: Additions): GraphRows {
  const among = (column: string, keys: readonly number[] | undefined): Fragment | undefined =>
    keys && { sql: `${column} IN ${LIST}`, parameters: [list(keys)] };
  const documents = added?.documents;
  const claimColumns = <Columns extends unknown[][]>(...columns: readonly string[]) =>
    columnsOf<Columns>(connection, "claim", ["key", ...columns], among("document", documents), "edge IS NOT NULL");
  let named: Named | undefined;
  const namedOnce = (): Named => (named ??= readNamed(connection, documents));
  return {
    entities: () =>
      columnsOf<[number[], EntityKind[], string[]]>(connection, "entity", ["key", "kind", "name"], among("key", added?.entities)),
    documents: () => columnsOf<[number[]]>(connection, "document", ["key"], among("key", documents)),
    // By documents, and so from an index that lies apart from the texts.
    sentences: () => columnsOf<[number[], number[]]>(connection, "sentence", ["document", "key"], among("document", documents)),
    *claims() {
      const { entity } = namedOnce();
      for (const piece of claimColumns<[number[], number[], number[], string[]]>("subject", "object", "relation")) {
        const [, subjects, objects] = piece;
        for (const ends of [subjects, objects]) for (let row = 0; row < ends.length; row++) ends[row] = entity[ends[row]!]!;
        yield piece;
      }
    },
    claimValues: (column) => claimColumns<[number[], string[]]>(CLAIM_COLUMNS[column]) as Iterable<never>,
    appearances: () => appearances(namedOnce()),
  };
}

const CLAIM_COLUMNS: Readonly<Record<keyof ClaimValues, string>> = {
  document: "document",
  from: "date_start",
  to: "date_end",
  precision: "date_precision",
  polarity: "polarity",
  modality: "modality",
  confidence: "confidence",
};

/** Keys that one piece spans. */
const PIECE = 4096;

/**
 * Columns of a table, piece by piece by the first of them. SQLite writes each as a JSON array: that takes a third of the time that it
 * takes to hand rows over one by one, and as little memory as a piece needs.
 * @param chosen which rows alone; all where it is undefined
 */
function* columnsOf<Columns extends unknown[][]>(
  connection: Connection,
  table: string,
  columns: readonly string[],
  chosen: Fragment | undefined,
  condition = "true",
): Generator<Columns, undefined, undefined> {
  const read = (order: string, rows: string, parameters: readonly Value[]): Columns => {
    const arrays = columns.map((column, index) => `json_group_array(${column} ${order}) AS _${index}`);
    const row = connection.one<Record<string, string>>(
      `SELECT ${arrays.join(", ")} FROM ${table} WHERE ${condition} AND ${rows}`,
      parameters,
    );
    return Object.values(row).map((json) => JSON.parse(json) as unknown[]) as Columns;
  };
  if (chosen !== undefined) {
    yield read("ORDER BY key", chosen.sql, chosen.parameters);
    return;
  }
  const [key = ""] = columns;
  const keys = after(connection, table, key);
  // A range of keys is read in their order as it is.
  for (let first = 0; first < keys; first += PIECE) yield read("", `${key} BETWEEN ? AND ?`, [first, first + PIECE - 1]);
}

/** One more than the greatest value of a column of keys. */
function after(connection: Connection, table: string, key = "key"): number {
  return connection.one<{ keys: number }>(`SELECT coalesce(max(${key}), 0) + 1 AS keys FROM ${table}`).keys;
}

/** Numbers by keys. */
type ByKey = Record<number, number>;

/** Which entity appears, and in which document, by the key of its appearance: looked up here, in a third of the time of SQLite's joins. */
interface Named {
  readonly entity: ByKey;
  /** Nothing or 0 where there is no such appearance. */
  readonly document: ByKey;
  /** Of the first and the last one read. */
  readonly first: number;
  readonly last: number;
  /** Room for numbers by the keys of entities. */
  readonly byEntity: () => ByKey;
}

function readNamed(connection: Connection, documents: readonly number[] | undefined): Named {
  const ofDocuments = documents && { sql: `document IN ${LIST}`, parameters: [list(documents)] };
  const ofNodes = ofDocuments && { ...ofDocuments, sql: `key IN (SELECT node FROM appearance WHERE ${ofDocuments.sql})` };
  // Those of all, or of a few: room for all is not to be cleared and given back for each document that comes.
  const byKeyOf = (table: string): ByKey => (documents === undefined ? new Uint32Array(after(connection, table)) : {});
  const survivor = byKeyOf("node");
  for (const [keys, survivors] of columnsOf<[number[], number[]]>(connection, "node", ["key", "survivor"], ofNodes)) {
    keys.forEach((key, row) => (survivor[key] = survivors[row]!));
  }
  const [entity, document] = [byKeyOf("appearance"), byKeyOf("appearance")];
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const [keys, nodes, of] of columnsOf<[number[], number[], number[]]>(
    connection,
    "appearance",
    ["key", "node", "document"],
    ofDocuments,
  )) {
    for (const [row, key] of keys.entries()) {
      entity[key] = survivor[nodes[row]!]!;
      document[key] = of[row]!;
      if (key < first) first = key;
      if (key > last) last = key;
    }
  }
  return { entity, document, first, last, byEntity: () => byKeyOf("node") };
}

/** A document's appearances have keys in a row: they came in one commit. */
function* appearances({ entity, document, first, last, byEntity }: Named): Generator<[number[], number[]], undefined, undefined> {
  /** The document that was last seen to name one. */
  const namedLast = byEntity();
  let [entities, documents]: [number[], number[]] = [[], []];
  for (let key = first; key <= last; key++) {
    const [one = 0, of = 0] = [entity[key], document[key]];
    if (of === 0 || namedLast[one] === of) continue;
    namedLast[one] = of;
    entities.push(one);
    if (documents.push(of) < PIECE) continue;
    yield [entities, documents];
    [entities, documents] = [[], []];
  }
  yield [entities, documents];
}

export function graphDetails(connection: Connection): GraphDetails {
  const keysOf = (sql: string, parameters: readonly Value[]): number[] =>
    connection.all<{ key: number }>(sql, parameters).map(({ key }) => key);
  return {
    entities: (first, last) =>
      connection
        .all<EntityRow>(
          `SELECT ${ENTITY_COLUMNS} FROM entity JOIN node ON node.key = entity.key WHERE entity.key BETWEEN ? AND ? ORDER BY entity.key`,
          [first, last],
        )
        .map((row) => ({ ...entityOf(row), key: row.key })),
    documents: (first, last) =>
      connection
        .all<DocumentRow>(`SELECT ${DOCUMENT_COLUMNS} FROM document WHERE key BETWEEN ? AND ? ORDER BY key`, [first, last])
        .map((row) => ({ ...documentOf(row), key: row.key })),
    sentences: (first, last) => connection.all(`SELECT key, text FROM sentence WHERE key BETWEEN ? AND ? ORDER BY key`, [first, last]),
    claims: (first, last) =>
      connection.all<ClaimDetails>(
        `SELECT claim.key, claim.id, claim.medium, claim.event, evidence.rule, sentence.text AS evidence
         FROM claim JOIN evidence ON evidence.claim = claim.key AND evidence.position = 0 JOIN sentence ON sentence.key = evidence.sentence
         WHERE claim.key BETWEEN ? AND ? ORDER BY claim.key`,
        [first, last],
      ),
    entity: (id: EntityId) => keysOf("SELECT entity.key FROM node JOIN entity ON entity.key = node.key WHERE node.id = ?", [id])[0],
    document: (id) => keysOf("SELECT key FROM document WHERE id = ?", [id])[0],
    entitiesCalled: (name) =>
      keysOf("SELECT entity.key FROM form JOIN entity ON entity.key = form.entity WHERE form.folded = ? AND entity.name = ?", [
        fold(name),
        name,
      ]),
  };
}
