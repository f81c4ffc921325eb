/** How large a node is drawn, by what decides its size. */
import type { EntitySummary } from "../../../src/model/api.ts";
import type { Analysis } from "../state/analysis.ts";
import type { Appearance } from "../state/state.ts";
import { nodeRadius } from "./look.ts";

export const SIZING_LABELS: Readonly<Record<Appearance["sizing"], string>> = {
  degree: "Relations",
  mentions: "Mentions",
  betweenness: "Betweenness",
  pagerank: "PageRank",
};

export const SIZING_TEXT: Readonly<Record<Appearance["sizing"], string>> = {
  degree: "how many relations it has",
  mentions: "how often the documents name it",
  betweenness: "how many shortest paths lead through it",
  pagerank: "how well connected those are that it is connected to",
};

/** An entity's value of a measure; undefined while it is not worked out. */
export function measureOf(sizing: Appearance["sizing"], entity: EntitySummary, analysis: Analysis | undefined): number | undefined {
  switch (sizing) {
    case "degree":
      return entity.degree;
    case "mentions":
      return entity.mentions;
    case "betweenness":
      return analysis?.betweenness.get(entity.id);
    case "pagerank":
      return analysis?.pagerank.get(entity.id);
  }
}

/** Radii in CSS pixels at no zoom, areas by the measure; by degree while it is not worked out. */
export function radiiOf(
  nodes: readonly EntitySummary[],
  sizing: Appearance["sizing"],
  analysis: Analysis | undefined,
): (entity: EntitySummary) => number {
  const known = nodes.some((entity) => (measureOf(sizing, entity, analysis) ?? 0) > 0) ? sizing : "degree";
  const valueOf = (entity: EntitySummary) => measureOf(known, entity, analysis) ?? 0;
  const most = nodes.reduce((greatest, entity) => Math.max(greatest, valueOf(entity)), 0);
  const degree = nodes.reduce((greatest, entity) => Math.max(greatest, entity.degree), 1);
  // The greatest value is drawn as the greatest degree would be, so that another measure makes no other picture of the whole.
  return (entity) => nodeRadius(most === 0 ? 0 : (valueOf(entity) / most) * degree, { nodes: nodes.length, most: degree });
}
