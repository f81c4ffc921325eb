/** What the analysis of a graph found, kept beside the graph: it comes later than the graph, from a worker. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import { memoize } from "./store.ts";

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

export interface Community {
  /** Id of its best connected member. */
  readonly leader: string;
  /** Ids, the leader first. */
  readonly members: readonly string[];
}

/** Communities of two or more, largest first. */
export const communitiesOf = memoize((analysis: Analysis): readonly Community[] => {
  const members = Map.groupBy(analysis.communities.keys(), (id) => analysis.communities.get(id) ?? id);
  return [...members]
    .filter(([, ids]) => ids.length > 1)
    .map(([leader, ids]) => ({ leader, members: [leader, ...ids.filter((id) => id !== leader)] }))
    .toSorted((a, b) => b.members.length - a.members.length || (a.leader < b.leader ? -1 : 1));
});
