/** Filters as SQL: which edges pass, counted over which claims, and which entities stand at them. Values are bound, never written in. */
import type { GraphFilter } from "../model/api.ts";
import type { EntityId } from "../model/graph.ts";
import { EDGE_COUNTS } from "./derive.ts";
import { LIMIT, type Value } from "./driver.ts";
import type { EdgeQuery } from "./store.ts";

/** SQL with its parameters by position. */
export interface Fragment {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

/** A query for edges, perhaps only of those at one entity, whichever end it is. */
export interface EdgeChoice extends EdgeQuery {
  readonly at?: EntityId;
  /** Only edges with an end among these. */
  readonly around?: readonly EntityId[];
}

/** The values of a bound JSON array. */
export const LIST = "(SELECT value FROM json_each(?))";
/** The key of the entity that a bound id means. */
export const SURVIVOR_KEY = "(SELECT survivor FROM node WHERE id = ?)";

export function list(values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}

/** Joins conditions by AND; none gives "true". */
export function all(conditions: readonly Fragment[]): Fragment {
  return {
    sql: conditions.length === 0 ? "true" : conditions.map((condition) => condition.sql).join(" AND "),
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}

/** That a column has one of some values; for one value in the form that lets an index keep its order. */
export function oneOf(column: string, values: readonly string[]): Fragment {
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return { sql: `${column} = ?`, parameters: [only] };
  return { sql: `${column} IN ${LIST}`, parameters: [list(values)] };
}

/** What a filter asks of a claim (table `claim`). */
export function claimConditions(filter: GraphFilter): Fragment[] {
  const conditions: Fragment[] = [];
  if (filter.from !== undefined) {
    // No date is longer than a year; saying so lets the index on the start bound the search from both sides.
    conditions.push({
      sql: "claim.date_end >= ? AND claim.date_start >= date(?, '-366 days')",
      parameters: [filter.from, filter.from],
    });
  }
  if (filter.to !== undefined) conditions.push({ sql: "claim.date_start <= ?", parameters: [filter.to] });
  if (filter.polarity !== undefined) conditions.push({ sql: "claim.polarity = ?", parameters: [filter.polarity] });
  if (filter.modality !== undefined) conditions.push(oneOf("claim.modality", filter.modality));
  if (filter.minConfidence !== undefined) conditions.push({ sql: "claim.confidence >= ?", parameters: [filter.minConfidence] });
  if (filter.documents !== undefined) {
    conditions.push({ sql: `claim.document IN (SELECT key FROM document WHERE id IN ${LIST})`, parameters: [list(filter.documents)] });
  }
  if (filter.outlets !== undefined) {
    const sql = `claim.document IN (SELECT key FROM document WHERE source IN ${LIST})`;
    conditions.push({ sql, parameters: [list(filter.outlets)] });
  }
  return conditions;
}

/** What a query asks of an edge (table `edge`) whatever its ends are and its claims say. */
function edgeConditions(query: EdgeChoice): Fragment[] {
  const conditions: Fragment[] = [];
  // By "+" SQLite leaves the index on relations alone: ends are fewer, and their index keeps the order.
  const column = hasEnds(query) ? "+edge.relation" : "edge.relation";
  if (query.relations !== undefined) conditions.push(oneOf(column, query.relations));
  if (query.kinds !== undefined) {
    for (const end of ["subject", "object"]) {
      conditions.push(oneOf(`(SELECT kind FROM entity WHERE entity.key = edge.${end})`, query.kinds));
    }
  }
  if (query.among !== undefined) {
    const among = `(SELECT survivor FROM node WHERE id IN ${LIST})`;
    const ids = list(query.among);
    conditions.push({ sql: `edge.subject IN ${among} AND edge.object IN ${among}`, parameters: [ids, ids] });
  }
  return conditions;
}

function hasEnds({ subject, object, at, around }: EdgeChoice): boolean {
  return subject !== undefined || object !== undefined || at !== undefined || around !== undefined;
}

/**
 * What a query asks of the ends: alternatives that no edge meets two of, each of which an index answers. A relation without direction
 * has no subject and object to tell apart.
 */
function endAlternatives({ subject, object, at, around }: EdgeChoice): Fragment[] {
  const end = (column: "subject" | "object", id: EntityId): Fragment => ({ sql: `edge.${column} = ${SURVIVOR_KEY}`, parameters: [id] });
  const symmetric: Fragment = { sql: "edge.relation IN symmetric", parameters: [] };
  if (around !== undefined) {
    const among = `(SELECT survivor FROM node WHERE id IN ${LIST})`;
    const ids = list(around);
    return [
      { sql: `edge.subject IN ${among}`, parameters: [ids] },
      { sql: `edge.object IN ${among} AND edge.subject NOT IN ${among}`, parameters: [ids, ids] },
    ];
  }
  if (at !== undefined) return [end("subject", at), end("object", at)];
  if (subject !== undefined && object !== undefined) {
    return [all([end("subject", subject), end("object", object)]), all([end("subject", object), end("object", subject), symmetric])];
  }
  if (subject !== undefined) return [end("subject", subject), all([end("object", subject), symmetric])];
  if (object !== undefined) return [end("object", object), all([end("subject", object), symmetric])];
  return [all([])];
}

function unionAll(fragments: readonly Fragment[]): Fragment {
  return {
    sql: fragments.map((fragment) => `SELECT * FROM (${fragment.sql})`).join(" UNION ALL "),
    parameters: fragments.flatMap((fragment) => fragment.parameters),
  };
}

/**
 * A SELECT of the passing edges with the columns of table `edge`, `ego` left aside.
 * @param extra conditions on table `edge` that leave few of them
 */
function passingAnywhere(query: EdgeChoice, extra: readonly Fragment[]): Fragment {
  const onClaims = claimConditions(query);
  const few = extra.length > 0 || hasEnds(query);
  return unionAll(
    endAlternatives(query).map((ends) => {
      const edges = all([...edgeConditions(query), ends, ...extra]);
      if (onClaims.length === 0) return { sql: `SELECT edge.* FROM edge WHERE ${edges.sql}`, parameters: edges.parameters };
      const claims = all(onClaims);
      // Where the edges are few, start from them; else from the claims. CROSS JOIN keeps SQLite to that order.
      const tables = few ? "edge CROSS JOIN claim" : "claim CROSS JOIN edge";
      return {
        sql: `SELECT edge.key, edge.subject, edge.relation, edge.object, ${EDGE_COUNTS}
          FROM ${tables} WHERE claim.edge = edge.key AND ${edges.sql} AND ${claims.sql} GROUP BY edge.key`,
        parameters: [...edges.parameters, ...claims.parameters],
      };
    }),
  );
}

/**
 * A SELECT of the edges that pass, with the columns of table `edge`; counts are over the claims that pass.
 * @param extra conditions on table `edge` that leave few of them
 */
export function passingEdges(query: EdgeChoice, extra: readonly Fragment[] = []): Fragment {
  if (query.ego === undefined) return passingAnywhere(query, extra);
  const spokes = passingAnywhere({ ...query, at: query.ego }, []);
  const passing = passingAnywhere(query, [{ sql: "edge.subject IN near AND edge.object IN near", parameters: [] }, ...extra]);
  return {
    sql: `SELECT * FROM (
      WITH spokes AS MATERIALIZED (${spokes.sql}),
        near AS MATERIALIZED (SELECT subject AS key FROM spokes UNION SELECT object FROM spokes)
      ${passing.sql})`,
    parameters: [...spokes.parameters, ...passing.parameters],
  };
}

/**
 * A SELECT of one page of the edges that pass, most reported first, and one row more.
 * @param columns of a table `edge`, `reports` and `key` among them
 * @param reports of the last edge of the page before
 * @param key of that edge
 */
export function pageOfEdges(query: EdgeChoice, columns: string, reports: number, key: number, limit: number): Fragment {
  const after: Fragment = {
    sql: "edge.reports <= ? AND (edge.reports < ? OR edge.key > ?)",
    parameters: [reports, reports, key],
  };
  const order = `ORDER BY reports DESC, key ${LIMIT}`;
  if (claimConditions(query).length > 0 || query.ego !== undefined) {
    const passing = passingEdges(query);
    return {
      sql: `SELECT ${columns}, edge.total FROM (SELECT *, count(*) OVER () AS total FROM (${passing.sql})) AS edge WHERE ${after.sql} ${order}`,
      parameters: [...passing.parameters, ...after.parameters, limit + 1],
    };
  }
  // An index gives each alternative in order already: SQLite merges them, and stops when the page is full.
  const alternatives = endAlternatives(query).map((ends) => all([...edgeConditions(query), ends, after]));
  const selects = alternatives.map(({ sql }) => `SELECT ${columns}, NULL AS total FROM edge WHERE ${sql}`);
  return {
    sql: `${selects.join(" UNION ALL ")} ${order}`,
    parameters: [...alternatives.flatMap(({ parameters }) => parameters), limit + 1],
  };
}

/** A SELECT of how many edges pass. */
export function countOfEdges(query: EdgeChoice): Fragment {
  const passing = passingEdges(query);
  return { sql: `SELECT count(*) AS count FROM (${passing.sql})`, parameters: passing.parameters };
}

/** What a query asks of a claim and its edge (tables `claim` and `edge`, joined). */
export function joinedConditions(query: EdgeChoice): Fragment {
  const conditions = [...claimConditions(query), ...edgeConditions(query)];
  if (hasEnds(query) || query.ego !== undefined) {
    const passing = passingEdges(query);
    conditions.push({ sql: `edge.key IN (SELECT key FROM (${passing.sql}))`, parameters: passing.parameters });
  }
  return all(conditions);
}

/** Whether a filter chooses claims or edges, so that entities without a passing edge fall out. */
function choosesEdges(filter: GraphFilter): boolean {
  const { kinds: _kinds, documents: _documents, limit: _limit, ...rest } = filter;
  return Object.values(rest).some((value) => value !== undefined);
}

/**
 * A SELECT of the entities that pass: `key`, and `strength`, the number of passing edges at it. The centre of `ego` always passes, and
 * is strongest by one more than its edges.
 */
export function passingEntities(filter: GraphFilter): Fragment {
  if (!choosesEdges(filter) && filter.documents === undefined && filter.kinds === undefined) {
    return { sql: "SELECT key, degree AS strength FROM entity", parameters: [] };
  }
  const kinds: Fragment = filter.kinds === undefined ? all([]) : oneOf("entity.kind", filter.kinds);
  const edges = passingEdges(filter);
  const also: Fragment[] = [];
  if (filter.ego !== undefined) also.push({ sql: `SELECT ${SURVIVOR_KEY} AS key, 1 AS edges`, parameters: [filter.ego] });
  else if (!choosesEdges(filter)) {
    also.push(
      filter.documents === undefined
        ? { sql: "SELECT key, 0 AS edges FROM entity", parameters: [] }
        : {
            sql: `SELECT DISTINCT node.survivor AS key, 0 AS edges FROM document
              JOIN appearance ON appearance.document = document.key JOIN node ON node.key = appearance.node
              WHERE document.id IN ${LIST}`,
            parameters: [list(filter.documents)],
          },
    );
  }
  return {
    sql: `SELECT ends.key AS key, sum(ends.edges) AS strength FROM (
        WITH passing AS MATERIALIZED (${edges.sql})
        SELECT subject AS key, 1 AS edges FROM passing UNION ALL SELECT object, 1 FROM passing
        ${also.map((fragment) => `UNION ALL ${fragment.sql}`).join(" ")}
      ) AS ends JOIN entity ON entity.key = ends.key WHERE ${kinds.sql} GROUP BY ends.key`,
    parameters: [...edges.parameters, ...also.flatMap((fragment) => fragment.parameters), ...kinds.parameters],
  };
}
