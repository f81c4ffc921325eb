/** Communities and measures of a graph: Louvain, betweenness, PageRank. Pure, and the same for the same graph. */
import Graph from "graphology";
import louvain from "graphology-communities-louvain";
import betweenness from "graphology-metrics/centrality/betweenness";
import pagerank from "graphology-metrics/centrality/pagerank";

export interface AnalysisInput {
  /** In order, whatever the server's. */
  readonly ids: readonly string[];
  /** One a pair of neighbours: places in `ids`, and how many reports tie them. */
  readonly links: readonly (readonly [number, number, number])[];
}

/** By place in the input's ids. */
export interface AnalysisResult {
  /** Place of the community's best connected member; the node's own for one without neighbours. */
  readonly community: Int32Array;
  /** Share of all shortest paths; empty where the graph is too large for it. */
  readonly betweenness: Float64Array;
  readonly pagerank: Float64Array;
  readonly modularity: number;
}

/** Betweenness costs nodes times edges; beyond so many steps it would take minutes. */
const MOST_STEPS = 4e8;
const SEED = 0x5eed;

/** Mulberry32: the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function analyse({ ids, links }: AnalysisInput): AnalysisResult {
  const count = ids.length;
  const graph = new Graph<object, { weight: number }>({ type: "undirected" });
  const strength = new Float64Array(count);
  for (const [one, other, weight] of links) {
    if (one === other) continue;
    graph.mergeNode(String(one));
    graph.mergeNode(String(other));
    graph.mergeEdge(String(one), String(other), { weight });
    strength[one] = (strength[one] as number) + weight;
    strength[other] = (strength[other] as number) + weight;
  }
  const community = Int32Array.from({ length: count }, (_, place) => place);
  const result = { community, betweenness: new Float64Array(0), pagerank: new Float64Array(count), modularity: 0 };
  if (graph.size === 0) return result;

  const found = louvain.detailed(graph, { rng: randomNumbers(SEED), getEdgeWeight: "weight" });
  const leaders = new Map<number, number>();
  for (const [key, group] of Object.entries(found.communities)) {
    const [place, leader] = [Number(key), leaders.get(group)];
    if (leader === undefined || (strength[place] as number) > (strength[leader] as number)) leaders.set(group, place);
  }
  for (const [key, group] of Object.entries(found.communities)) community[Number(key)] = leaders.get(group) as number;

  const ranks = pagerank(graph, { getEdgeWeight: "weight", maxIterations: 200 });
  for (const [key, rank] of Object.entries(ranks)) result.pagerank[Number(key)] = rank;
  if (graph.order * graph.size > MOST_STEPS) return { ...result, modularity: found.modularity };
  const between = new Float64Array(count);
  // Paths over the fewest steps: reports say how often, not how far.
  for (const [key, share] of Object.entries(betweenness(graph, { getEdgeWeight: null, normalized: true }))) between[Number(key)] = share;
  return { ...result, betweenness: between, modularity: found.modularity };
}
