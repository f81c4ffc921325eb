/** The server's answer as a graphology graph: what stays the same while filters and selection change. */
import Graph from "graphology";
import type { EntitySummary, GraphAnswer, OntologyAnswer } from "../../../src/model/api.ts";
import { nodeRadius } from "../look/look.ts";
import type { Scene } from "../state/state.ts";
import type { GraphEdge } from "../state/visible.ts";
import { isSymmetric } from "../text/words.ts";
import type { LayoutInput } from "../layout/settle.ts";

export interface NodeAttributes {
  x: number;
  y: number;
  size: number;
  label: string;
  entity: EntitySummary;
}

export interface EdgeAttributes {
  edge: GraphEdge;
  /** Lane among the edges of the same pair, seen from source to target; for a self-loop its number. */
  lane: number;
  loop: boolean;
  arrow: boolean;
}

export type ViewGraph = Graph<NodeAttributes, EdgeAttributes>;

export function emptyGraph(): ViewGraph {
  return new Graph<NodeAttributes, EdgeAttributes>({ multi: true, type: "directed", allowSelfLoops: true });
}

/** Builds the graph; positions of nodes that the earlier graph held are kept, new ones start at 0, 0. */
export function buildGraph(answer: GraphAnswer, ontology: OntologyAnswer, earlier?: ViewGraph): ViewGraph {
  const graph = emptyGraph();
  for (const entity of answer.nodes) {
    const known = earlier?.hasNode(entity.id) ? earlier.getNodeAttributes(entity.id) : undefined;
    graph.addNode(entity.id, { x: known?.x ?? 0, y: known?.y ?? 0, size: nodeRadius(entity.degree), label: entity.name, entity });
  }
  for (const [, edges] of byPair(answer.edges)) {
    edges.forEach((edge, index) => {
      if (!graph.hasNode(edge.subject) || !graph.hasNode(edge.object)) return;
      const loop = edge.subject === edge.object;
      const fromMiddle = index - (edges.length - 1) / 2;
      const lane = loop ? index : edge.subject < edge.object ? fromMiddle : -fromMiddle;
      graph.addDirectedEdgeWithKey(edge.id, edge.subject, edge.object, { edge, lane, loop, arrow: !isSymmetric(ontology, edge.relation) });
    });
  }
  return graph;
}

/** Edges between the same two entities, in a fixed order. */
function byPair(edges: readonly GraphEdge[]): Map<string, GraphEdge[]> {
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = edge.subject < edge.object ? `${edge.subject} ${edge.object}` : `${edge.object} ${edge.subject}`;
    const pair = pairs.get(key);
    if (pair) pair.push(edge);
    else pairs.set(key, [edge]);
  }
  for (const pair of pairs.values()) pair.sort((a, b) => (a.id < b.id ? -1 : 1));
  return pairs;
}

/**
 * What the layout needs to know, nodes in the order of their ids so that the answer's order does not matter.
 * @param labelWidth width of a label in CSS pixels
 * @param warm whether nodes start where the graph has them
 */
export function layoutInput(graph: ViewGraph, scene: Scene, labelWidth: (label: string) => number, warm: boolean): LayoutInput {
  const ids = graph.nodes().toSorted();
  const position = new Map(ids.map((id, index) => [id, index]));
  const links = new Map<string, { source: number; target: number; weight: number }>();
  graph.forEachEdge((_, __, from, to) => {
    if (from === to) return;
    const [source, target] = [position.get(from) as number, position.get(to) as number].toSorted((a, b) => a - b) as [number, number];
    const key = `${source} ${target}`;
    const link = links.get(key);
    if (link) link.weight++;
    else links.set(key, { source, target, weight: 1 });
  });
  const sorted = [...links.values()].toSorted((a, b) => a.source - b.source || a.target - b.target);
  return {
    nodes: ids.map((id) => {
      const { x, y, size, label } = graph.getNodeAttributes(id);
      const pinned = scene.pinned.get(id as EntitySummary["id"]);
      const at = pinned ?? (warm && (x !== 0 || y !== 0) ? { x, y } : undefined);
      return { id, radius: size, label: labelWidth(label), ...(at ? { at } : {}), ...(pinned ? { pinned: true } : {}) };
    }),
    links: sorted,
  };
}
