/** The loaded graph as it is drawn: one edge a pair of entities, which fans out into its relations where there is room for them. */
import Graph from "graphology";
import type { EntitySummary, GraphAnswer, OntologyAnswer } from "../../../src/model/api.ts";
import type { LayoutInput } from "../layout/settle.ts";
import { nodeRadius } from "../look/look.ts";
import type { Scene } from "../state/state.ts";
import { isSymmetric } from "../text/words.ts";
import { type Columns, columnsOf, type GraphEdge } from "./columns.ts";

export interface NodeAttributes {
  x: number;
  y: number;
  size: number;
  label: string;
  /** In the columns. */
  row: number;
}

export interface EdgeAttributes {
  /** Rows in the columns. */
  readonly pair: number;
  /** The relation that is drawn; absent for a bundle, which stands for all of its pair. */
  readonly edge?: number;
  /** Lane among the edges of the same pair, seen from source to target; for a self-loop its number. */
  readonly lane: number;
  readonly loop: boolean;
  readonly arrow: boolean;
}

export type ViewGraph = Graph<NodeAttributes, EdgeAttributes>;

/** Up to so many relations none is bundled. */
const NEVER_BUNDLED = 400;

export interface Drawing {
  readonly graph: ViewGraph;
  readonly columns: Columns;
  /** Bundles that are drawn by their relations now, by the rows of their pairs. */
  readonly fanned: ReadonlySet<number>;
  /** Draws these bundles by their relations, and no others. @returns keys of the drawn edges that appear or vanish */
  fan(pairs: ReadonlySet<number>): string[];
  /** Keys of all edges that may be drawn for a pair. */
  keysOf(pair: number): string[];
  /** The key of the edge that stands for a relation now: its own, or its bundle's. */
  keyOf(edge: number): string;
}

export function bundleKey(pair: number): string {
  return `bundle ${pair}`;
}

/** Builds the drawing; positions of nodes that the earlier one held are kept, new ones start at 0, 0. */
export function createDrawing(answer: GraphAnswer, ontology: OntologyAnswer, earlier?: Drawing): Drawing {
  const columns = columnsOf(answer);
  const { nodes, edges, subject, object, relation, relations, pairs } = columns;
  const graph: ViewGraph = new Graph({ multi: true, type: "directed", allowSelfLoops: true });
  const most = nodes.reduce((most, { degree }) => Math.max(most, degree), 1);
  nodes.forEach((entity, row) => {
    const known = earlier?.graph.hasNode(entity.id) ? earlier.graph.getNodeAttributes(entity.id) : undefined;
    const size = nodeRadius(entity.degree, { nodes: nodes.length, most });
    graph.addNode(entity.id, { x: known?.x ?? 0, y: known?.y ?? 0, size, label: entity.name, row });
  });

  const symmetric = relations.map((name) => isSymmetric(ontology, name));
  const idOf = (row: number) => (nodes[row] as EntitySummary).id;
  const membersOf = (pair: number) => pairs.edges.subarray(pairs.first[pair], pairs.first[pair + 1]);
  const isLoaded = (pair: number) => (pairs.one[pair] as number) >= 0 && (pairs.other[pair] as number) >= 0;
  const isBundle = (pair: number) =>
    edges.length > NEVER_BUNDLED && membersOf(pair).length > 1 && pairs.one[pair] !== pairs.other[pair] && isLoaded(pair);

  const addRelations = (pair: number) => {
    const members = membersOf(pair);
    const loop = pairs.one[pair] === pairs.other[pair];
    members.forEach((edge, index) => {
      const fromMiddle = index - (members.length - 1) / 2;
      const lane = loop ? index : subject[edge] === pairs.one[pair] ? fromMiddle : -fromMiddle;
      const arrow = symmetric[relation[edge] as number] === false;
      const attributes = { pair, edge, lane: lane === 0 ? 0 : lane, loop, arrow };
      graph.addDirectedEdgeWithKey((edges[edge] as GraphEdge).id, idOf(subject[edge] as number), idOf(object[edge] as number), attributes);
    });
  };
  const addBundle = (pair: number) => {
    const members = membersOf(pair);
    // It points somewhere only when all of it does.
    const first = subject[members[0] as number];
    const arrow = members.every((edge) => symmetric[relation[edge] as number] === false && subject[edge] === first);
    const [from, to] = arrow && first === pairs.other[pair] ? [pairs.other, pairs.one] : [pairs.one, pairs.other];
    graph.addDirectedEdgeWithKey(bundleKey(pair), idOf(from[pair] as number), idOf(to[pair] as number), {
      pair,
      lane: 0,
      loop: false,
      arrow,
    });
  };
  for (let pair = 0; pair < pairs.size; pair++) {
    if (isBundle(pair)) addBundle(pair);
    else if (isLoaded(pair)) addRelations(pair);
  }

  let fanned: ReadonlySet<number> = new Set();
  /** Bundles whose relations are in the graph already, drawn or hidden. */
  const unfolded = new Set<number>();
  const keysOf = (pair: number) => [
    ...(isBundle(pair) ? [bundleKey(pair)] : []),
    ...(!isBundle(pair) || unfolded.has(pair) ? Array.from(membersOf(pair), (edge) => (edges[edge] as GraphEdge).id) : []),
  ];
  return {
    graph,
    columns,
    get fanned() {
      return fanned;
    },
    fan(wanted) {
      const next = new Set([...wanted].filter(isBundle));
      const changed = [...next].filter((pair) => !fanned.has(pair)).concat([...fanned].filter((pair) => !next.has(pair)));
      fanned = next;
      for (const pair of next) {
        if (unfolded.has(pair)) continue;
        unfolded.add(pair);
        addRelations(pair);
      }
      return changed.flatMap(keysOf);
    },
    keysOf,
    keyOf: (edge) => {
      const pair = columns.pair[edge] as number;
      return isBundle(pair) && !fanned.has(pair) ? bundleKey(pair) : (edges[edge] as GraphEdge).id;
    },
  };
}

/**
 * What the layout needs to know, nodes in the order of their ids so that the answer's order does not matter.
 * @param labelWidth width of a label in CSS pixels
 * @param warm whether nodes start where the graph has them
 */
export function layoutInput({ graph, columns }: Drawing, scene: Scene, labelWidth: (label: string) => number, warm: boolean): LayoutInput {
  const { nodes, pairs } = columns;
  const ids = graph.nodes().toSorted();
  const position = new Map(ids.map((id, index) => [id, index]));
  const links: LayoutInput["links"][number][] = [];
  for (let pair = 0; pair < pairs.size; pair++) {
    const [one, other] = [nodes[pairs.one[pair] as number], nodes[pairs.other[pair] as number]];
    if (!one || !other || one === other) continue;
    const ends = [position.get(one.id) as number, position.get(other.id) as number];
    const weight = (pairs.first[pair + 1] as number) - (pairs.first[pair] as number);
    links.push({ source: Math.min(...ends), target: Math.max(...ends), weight });
  }
  links.sort((a, b) => a.source - b.source || a.target - b.target);
  return {
    nodes: ids.map((id) => {
      const { x, y, size, label } = graph.getNodeAttributes(id);
      const pinned = scene.pinned.get(id as EntitySummary["id"]);
      const at = pinned ?? (warm && (x !== 0 || y !== 0) ? { x, y } : undefined);
      return { id, radius: size, label: labelWidth(label), ...(at ? { at } : {}), ...(pinned ? { pinned: true } : {}) };
    }),
    links,
  };
}
