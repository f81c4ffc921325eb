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

/** The degree that a node of the greatest value is drawn as. */
const GREATEST_AS = 40;

/** Radii in CSS pixels at no zoom, areas by the measure; the degree's, while the measure is not worked out. */
export function radiiOf(
  nodes: readonly EntitySummary[],
  sizing: Appearance["sizing"],
  analysis: Analysis | undefined,
): (entity: EntitySummary) => number {
  if (sizing === "degree") return (entity) => nodeRadius(entity.degree);
  const values = nodes.map((entity) => measureOf(sizing, entity, analysis));
  const greatest = Math.max(0, ...values.map((value) => value ?? 0));
  if (greatest === 0) return (entity) => nodeRadius(entity.degree);
  return (entity) => nodeRadius(((measureOf(sizing, entity, analysis) ?? 0) / greatest) * GREATEST_AS);
}
