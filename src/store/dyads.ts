/** Pairs of entities and what happened between them, by kind of event and over time. */
import type { EntityId } from "../model/graph.ts";
import { BUCKETS } from "./claims.ts";
import { type Connection, LIMIT } from "./driver.ts";
import { type Fragment, joinedConditions, list, LIST } from "./filter.ts";
import { cut, start } from "./pages.ts";
import type { Dyad, DyadQuery, PageRequest, Slice } from "./store.ts";

/**
 * One row an event between a pair: `one` and `other` are keys, the less first; `class` is the number of the relation's class. An event of
 * several reports is one row, one with three parties a row for each pair.
 */
function happenings({ classes, of, ...query }: DyadQuery): Fragment {
  const chosen = joinedConditions({ ...query, relations: query.relations ?? classes.flat(), ...(of === undefined ? {} : { at: of }) });
  const classOf = classes.map((relations, index) => ({
    sql: `WHEN claim.relation IN ${LIST} THEN ${index}`,
    parameters: [list(relations)],
  }));
  return {
    sql: `SELECT min(edge.subject, edge.object) AS one, max(edge.subject, edge.object) AS other, claim.event,
        min(claim.date_start) AS day, max(claim.date_end) AS "end", claim.date_precision AS precision,
        CASE ${classOf.map((each) => each.sql).join(" ")} END AS class
      FROM claim CROSS JOIN edge ON edge.key = claim.edge WHERE ${chosen.sql}
      GROUP BY one, other, coalesce(claim.date_start, ''), claim.event`,
    parameters: [...classOf.flatMap((each) => each.parameters), ...chosen.parameters],
  };
}

function counts(classes: number): string {
  return Array.from({ length: classes }, (_, index) => `sum(class = ${index}) AS class${index}`).join(", ");
}

type Counted = Readonly<Record<`class${number}`, number>>;

function counted(row: Counted, classes: number): number[] {
  return Array.from({ length: classes }, (_, index) => row[`class${index}`] ?? 0);
}

/** Pairs, those with the most events first. */
export function dyads(connection: Connection, query: DyadQuery, page: PageRequest): Slice<Dyad> {
  const [events, one, other] = start(page, [Number.MAX_SAFE_INTEGER, 0, 0]);
  const classes = query.classes.length;
  const all = happenings(query);
  const rows = connection.all<
    Counted & { one: number; other: number; oneId: EntityId; otherId: EntityId; oneName: string; otherName: string } & {
      events: number;
      total: number;
      first: string | null;
      last: string | null;
    }
  >(
    `SELECT pair.*, one_node.id AS oneId, other_node.id AS otherId, one_entity.name AS oneName, other_entity.name AS otherName FROM (
       SELECT *, count(*) OVER () AS total FROM (
         SELECT one, other, count(*) AS events, min(day) AS first, max("end") AS last, ${counts(classes)}
         FROM (${all.sql}) WHERE class IS NOT NULL GROUP BY one, other
       )
     ) AS pair
     JOIN node AS one_node ON one_node.key = pair.one JOIN entity AS one_entity ON one_entity.key = pair.one
     JOIN node AS other_node ON other_node.key = pair.other JOIN entity AS other_entity ON other_entity.key = pair.other
     WHERE pair.events < ? OR (pair.events = ? AND (pair.one, pair.other) > (?, ?))
     ORDER BY pair.events DESC, pair.one, pair.other ${LIMIT}`,
    [...all.parameters, events, events, one, other, page.limit + 1],
  );
  const [bucket, precisions] = BUCKETS[query.by];
  const overTime = (row: (typeof rows)[number]): Dyad["buckets"] => {
    const { of: _of, ...rest } = query;
    const between = happenings({ ...rest, subject: row.oneId, object: row.otherId });
    const back = happenings({ ...rest, subject: row.otherId, object: row.oneId });
    const expression = bucket.replaceAll("claim.date_start", "day");
    return connection
      .all<Counted & { start: string }>(
        `SELECT start, ${counts(classes)} FROM (
           SELECT DISTINCT day, event, class, ${expression} AS start, precision FROM (${between.sql} UNION ${back.sql})
         ) WHERE class IS NOT NULL AND precision IN ${LIST} GROUP BY start ORDER BY start`,
        [...between.parameters, ...back.parameters, list(precisions)],
      )
      .map((each) => ({ start: each.start, events: counted(each, classes) }));
  };
  return {
    ...cut(
      rows,
      page.limit,
      (row) => [row.events, row.one, row.other],
      (row) => ({
        one: { id: row.oneId, name: row.oneName },
        other: { id: row.otherId, name: row.otherName },
        events: counted(row, classes),
        ...(row.first === null || row.last === null ? {} : { first: row.first, last: row.last }),
        buckets: overTime(row),
      }),
    ),
    total: rows[0]?.total ?? 0,
  };
}
