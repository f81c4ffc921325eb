/** Filters as SQL: which edges pass, counted over which claims, and which entities stand at them. Values are bound, never written in. */
import type { GraphFilter } from "../model/api.ts";
import { EDGE_COUNTS } from "./derive.ts";
import type { Value } from "./driver.ts";
import type { EdgeQuery } from "./store.ts";

/** SQL with its parameters by position. */
export interface Fragment {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

/** Joins conditions by AND; none gives "true". */
export function all(conditions: readonly Fragment[]): Fragment {
  return {
    sql: conditions.length === 0 ? "true" : conditions.map((condition) => condition.sql).join(" AND "),
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}

/** What a filter asks of a claim (table `claim`). */
export function claimConditions(filter: GraphFilter): Fragment[] {
  const conditions: Fragment[] = [];
  if (filter.from !== undefined) conditions.push({ sql: "claim.date_end >= ?", parameters: [filter.from] });
  if (filter.to !== undefined) conditions.push({ sql: "claim.date_start <= ?", parameters: [filter.to] });
  if (filter.polarity !== undefined) conditions.push({ sql: "claim.polarity = ?", parameters: [filter.polarity] });
  if (filter.modality !== undefined) conditions.push({ sql: `claim.modality IN ${LIST}`, parameters: [list(filter.modality)] });
  if (filter.minConfidence !== undefined) conditions.push({ sql: "claim.confidence >= ?", parameters: [filter.minConfidence] });
  if (filter.documents !== undefined) {
    conditions.push({ sql: `claim.document IN (SELECT key FROM document WHERE id IN ${LIST})`, parameters: [list(filter.documents)] });
  }
  return conditions;
}

/** What a query asks of an edge (table `edge`), whatever its claims say. */
function edgeConditions(query: EdgeQuery): Fragment[] {
  const conditions: Fragment[] = [];
  if (query.relations !== undefined) conditions.push({ sql: `edge.relation IN ${LIST}`, parameters: [list(query.relations)] });
  if (query.kinds !== undefined) {
    const kinds = list(query.kinds);
    for (const end of ["subject", "object"]) {
      conditions.push({ sql: `(SELECT kind FROM entity WHERE entity.key = edge.${end}) IN ${LIST}`, parameters: [kinds] });
    }
  }
  if (query.subject !== undefined) conditions.push(edgesFrom("subject", "object", query.subject));
  if (query.object !== undefined) conditions.push(edgesFrom("object", "subject", query.object));
  return conditions;
}

/**
 * A SELECT of the passing edges with the columns of table `edge`, before `ego` is looked at.
 * @param extra conditions on table `edge`
 */
function passingAnywhere(query: EdgeQuery, extra: readonly Fragment[]): Fragment {
  const onClaims = claimConditions(query);
  const onEdges = all([...edgeConditions(query), ...extra]);
  if (onClaims.length === 0) return { sql: `SELECT edge.* FROM edge WHERE ${onEdges.sql}`, parameters: onEdges.parameters };
  const claims = all(onClaims);
  // Where the edges are few, start from them; else from the claims. CROSS JOIN keeps SQLite to that order.
  const few = query.subject !== undefined || query.object !== undefined || extra.length > 0;
  const [first, second] = few ? ["edge", "claim"] : ["claim", "edge"];
  return {
    sql: `SELECT edge.key, edge.subject, edge.relation, edge.object, ${EDGE_COUNTS}
      FROM ${first} CROSS JOIN ${second} WHERE claim.edge = edge.key AND ${onEdges.sql} AND ${claims.sql} GROUP BY edge.key`,
    parameters: [...onEdges.parameters, ...claims.parameters],
  };
}

/**
 * A SELECT of the edges that pass, with the columns of table `edge`; counts are over the claims that pass.
 * @param extra conditions on table `edge` that leave few of them
 */
export function passingEdges(query: EdgeQuery, extra: readonly Fragment[] = []): Fragment {
  if (query.ego === undefined) return passingAnywhere(query, extra);
  const atEgo = passingAnywhere(query, [edgesAt(query.ego)]);
  const among: Fragment = { sql: "edge.subject IN near AND edge.object IN near", parameters: [] };
  const passing = passingAnywhere(query, [among, ...extra]);
  return {
    sql: `SELECT * FROM (
      WITH spokes AS MATERIALIZED (${atEgo.sql}),
        near AS MATERIALIZED (SELECT subject AS key FROM spokes UNION SELECT object FROM spokes)
      ${passing.sql})`,
    parameters: [...atEgo.parameters, ...passing.parameters],
  };
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
  const kinds: Fragment =
    filter.kinds === undefined ? { sql: "true", parameters: [] } : { sql: `entity.kind IN ${LIST}`, parameters: [list(filter.kinds)] };
  if (!choosesEdges(filter) && filter.documents === undefined && filter.kinds === undefined) {
    return { sql: "SELECT key, degree AS strength FROM entity", parameters: [] };
  }
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

/** An edge with the entity with this id at one end; at either end where the relation has no direction. */
function edgesFrom(end: "subject" | "object", other: "subject" | "object", id: string): Fragment {
  return {
    sql: `edge.key IN (SELECT key FROM edge WHERE ${end} = ${SURVIVOR_KEY}
      UNION ALL SELECT key FROM edge WHERE ${other} = ${SURVIVOR_KEY} AND relation IN symmetric)`,
    parameters: [id, id],
  };
}

/** An edge at the entity with this id, at either end. */
export function edgesAt(id: string): Fragment {
  return { sql: `edge.key IN (${EDGES_AT})`, parameters: [id, id] };
}

/** The values of a bound JSON array. */
export const LIST = "(SELECT value FROM json_each(?))";
/** The key of the entity that a bound id means. */
export const SURVIVOR_KEY = "(SELECT survivor FROM node WHERE id = ?)";
const EDGES_AT = `SELECT key FROM edge WHERE subject = ${SURVIVOR_KEY} UNION ALL SELECT key FROM edge WHERE object = ${SURVIVOR_KEY}`;

export function list(values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}
