/** Positions for files that carry a drawing: ForceAtlas2 for graphs a person can look at, a sunflower by degree beyond that. */
import { UndirectedGraph } from "graphology";
import forceAtlas2Module from "graphology-layout-forceatlas2";
import type { EdgeSummary, EntitySummary } from "../model/api.ts";

/** Up to here ForceAtlas2 settles in a few seconds on one core; above it the layout is best done where the file is opened. */
const FORCE_LIMIT = 3_000;
/** The package is CommonJS: Node gives its function itself, while its types speak of a `default`. */
const forceAtlas2 = forceAtlas2Module as unknown as typeof forceAtlas2Module.default;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Coordinates, by the nodes' positions. */
export interface Drawing {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * A position for every node: the same nodes and links give the same drawing.
 * Nodes start on a sunflower (Vogel 1979), the most connected in the middle; `links` is only asked for graphs that ForceAtlas2 settles.
 */
export function layOut(
  nodes: readonly Pick<EntitySummary, "id" | "degree">[],
  links: () => Iterable<Pick<EdgeSummary, "subject" | "object">>,
): Drawing {
  const order = Uint32Array.from(nodes.keys());
  order.sort((a, b) => nodes[b]!.degree - nodes[a]!.degree || (nodes[a]!.id < nodes[b]!.id ? -1 : 1));
  const drawing: Drawing = { x: new Float64Array(nodes.length), y: new Float64Array(nodes.length) };
  const put = (index: number, x: number, y: number): void => {
    drawing.x[index] = round(x);
    drawing.y[index] = round(y);
  };
  order.forEach((index, rank) => {
    const radius = 12 * Math.sqrt(rank + 0.5);
    put(index, radius * Math.cos(rank * GOLDEN_ANGLE), radius * Math.sin(rank * GOLDEN_ANGLE));
  });
  if (nodes.length > FORCE_LIMIT || nodes.length < 3) return drawing;

  const graph = new UndirectedGraph();
  nodes.forEach(({ id }, index) => graph.addNode(id, { x: drawing.x[index], y: drawing.y[index] }));
  for (const { subject, object } of links()) {
    graph.updateUndirectedEdge(subject, object, (attributes) => ({ weight: ((attributes["weight"] as number | undefined) ?? 0) + 1 }));
  }
  const settled = forceAtlas2(graph, {
    iterations: nodes.length < 500 ? 500 : 150,
    settings: { ...forceAtlas2.inferSettings(graph), scalingRatio: 20, gravity: 1, barnesHutOptimize: nodes.length > 500 },
  });
  nodes.forEach(({ id }, index) => put(index, settled[id]!["x"]!, settled[id]!["y"]!));
  return drawing;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
