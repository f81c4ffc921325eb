/** What the analysis of a graph found, kept beside the graph: it comes later than the graph, from a worker. */
import type { GraphAnswer } from "../../../src/model/api.ts";

/** The community of each entity, named by the id of its best connected member. */
export type Membership = ReadonlyMap<string, string>;

/** Shares of the greatest value are what sizes are drawn by. */
export interface Analysis {
  readonly communities: Membership;
  /** Share of all shortest paths that lead through an entity, 0 to 1. */
  readonly betweenness: ReadonlyMap<string, number>;
  /** Share of a random walk's time spent at an entity; all add up to 1. */
  readonly pagerank: ReadonlyMap<string, number>;
  /** How much denser the communities are than chance would make them, -0.5 to 1. */
  readonly modularity: number;
}

const known = new WeakMap<GraphAnswer, Analysis>();

export function analysisOf(graph: GraphAnswer): Analysis | undefined {
  return known.get(graph);
}

export function keepAnalysis(graph: GraphAnswer, analysis: Analysis): void {
  known.set(graph, analysis);
}
