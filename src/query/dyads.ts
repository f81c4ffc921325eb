/** Cooperation and conflict between two, over time. */
import type { DyadCounts, DyadRow, Page, RelationType } from "../model/api.ts";
import type { Dyad, DyadQuery, View } from "../store/store.ts";
import { knownCenters, paged, type PageQuery } from "./query.ts";

/**
 * PLOVER's four quad classes: words and deeds, of cooperation and of conflict (PLOVER manual, "Quad counts"). Its AGREE is COOPERATE here.
 * Standing facts are of none.
 */
const QUAD_CLASSES = {
  verbalCooperation: ["CONSULT", "SUPPORT", "CONCEDE"],
  materialCooperation: ["COOPERATE", "AID", "RETREAT"],
  verbalConflict: ["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
  materialConflict: ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
} as const satisfies Record<string, readonly string[]>;

/**
 * Pairs of entities with their events, those with the most first. Of claims that say nothing of polarity or modality in `query`, only those
 * count that say something happened.
 * @throws {KnownError} unknown-entity, unknown-document
 */
export function dyads(view: View, relations: readonly RelationType[], query: Omit<DyadQuery, "classes">, page: PageQuery): Page<DyadRow> {
  knownCenters(view, { ...query, ...(query.of === undefined ? {} : { ego: query.of }) });
  const wanted = query.relations && new Set(query.relations);
  const classes = Object.values(QUAD_CLASSES).map((plover: readonly string[]) =>
    relations.filter((relation) => plover.includes(relation.plover) && wanted?.has(relation.name) !== false).map(({ name }) => name),
  );
  const asked: DyadQuery = { polarity: "affirmed", modality: ["happened"], ...query, relations: classes.flat(), classes };
  const { items, ...rest } = paged(["dyads", asked], page, (request) => view.dyads(asked, request));
  return { ...rest, items: items.map(rowOf) };
}

function rowOf({ one, other, events, first, last, buckets }: Dyad): DyadRow {
  return {
    one,
    other,
    ...countsOf(events),
    ...(first === undefined || last === undefined ? {} : { from: first, to: last }),
    buckets: buckets.map((bucket) => ({ start: bucket.start, ...countsOf(bucket.events) })),
  };
}

function countsOf([
  verbalCooperation = 0,
  materialCooperation = 0,
  verbalConflict = 0,
  materialConflict = 0,
]: readonly number[]): DyadCounts {
  return {
    cooperation: verbalCooperation + materialCooperation,
    conflict: verbalConflict + materialConflict,
    materialCooperation,
    materialConflict,
  };
}
