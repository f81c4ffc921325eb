/** The loaded graph as it is drawn: one edge a pair of entities, which fans out into its relations where there is room for them. */
import Graph from "graphology";
import type { EntitySummary, GraphAnswer, OntologyAnswer } from "../../../src/model/api.ts";
import type { LayoutInput } from "../layout/settle.ts";
import { nodeRadius } from "../look/look.ts";
import type { Point, Scene } from "../state/state.ts";
import { isSymmetric } from "../text/words.ts";
import { type Columns, columnsOf, type GraphEdge, isMoreOf } from "./columns.ts";

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
  /** Bundles whose relations are in the graph, drawn or hidden. */
  readonly unfolded: Set<number>;
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
  const graph: ViewGraph = new Graph({ multi: true, type: "directed", allowSelfLoops: true });
  const { drawing, add } = onGraph(graph, columns, ontology, { nodes: 0, pairs: 0, unfolded: new Set(), fanned: new Set() });
  add();
  graph.forEachNode((id, attributes) => {
    if (!earlier?.graph.hasNode(id)) return;
    const { x, y } = earlier.graph.getNodeAttributes(id);
    Object.assign(attributes, { x, y });
  });
  return drawing;
}

/** A drawing of more, on the graph of the earlier one. */
export interface Grown {
  readonly drawing: Drawing;
  /**
   * Adds to the graph what is new; whoever listens to it must know the drawing by then.
   * @param places of new nodes, as far as they are known
   * @returns keys of what came
   */
  readonly add: (places?: ReadonlyMap<string, Point>) => { readonly nodes: readonly string[]; readonly edges: readonly string[] };
}

/** @returns undefined where the answer is not what the earlier drawing shows and more, each with its row */
export function growDrawing(answer: GraphAnswer, ontology: OntologyAnswer, earlier: Drawing): Grown | undefined {
  const [columns, before] = [columnsOf(answer), earlier.columns];
  const isMore =
    isMoreOf(columns, before) &&
    before.edges.length > NEVER_BUNDLED &&
    sizeOfFirst(columns, before.pairs.size) === sizeOfFirst(before, before.pairs.size);
  if (!isMore) return undefined;
  return onGraph(earlier.graph, columns, ontology, {
    nodes: before.nodes.length,
    pairs: before.pairs.size,
    unfolded: earlier.unfolded,
    fanned: earlier.fanned,
  });
}

/** How many edges the first pairs have. */
function sizeOfFirst({ pairs }: Columns, count: number): number {
  return pairs.first[count] as number;
}

/** What the graph holds already: the first nodes and pairs by rows, and bundles that have been fanned out, or are. */
interface There {
  readonly nodes: number;
  readonly pairs: number;
  readonly unfolded: Set<number>;
  readonly fanned: ReadonlySet<number>;
}

function onGraph(graph: ViewGraph, columns: Columns, ontology: OntologyAnswer, there: There): Grown {
  const { nodes, edges, subject, object, relation, relations, pairs, base } = columns;
  const { unfolded } = there;
  // What is brought in later makes nothing else smaller.
  const first = nodes.slice(0, base);
  const crowd = { nodes: base, most: first.reduce((most, { degree }) => Math.max(most, degree), 1) };
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
  const add: Grown["add"] = (places) => {
    const [order, size] = [graph.order, graph.size];
    for (let row = there.nodes; row < nodes.length; row++) {
      const { id, degree, name } = nodes[row] as EntitySummary;
      const at = places?.get(id) ?? { x: 0, y: 0 };
      graph.addNode(id, { x: at.x, y: at.y, size: nodeRadius(Math.min(degree, crowd.most), crowd), label: name, row });
    }
    for (let pair = there.pairs; pair < pairs.size; pair++) {
      if (isBundle(pair)) addBundle(pair);
      else if (isLoaded(pair)) addRelations(pair);
    }
    return there.nodes === 0 ? { nodes: [], edges: [] } : { nodes: graph.nodes().slice(order), edges: graph.edges().slice(size) };
  };

  let { fanned } = there;
  const keysOf = (pair: number) => [
    ...(isBundle(pair) ? [bundleKey(pair)] : []),
    ...(!isBundle(pair) || unfolded.has(pair) ? Array.from(membersOf(pair), (edge) => (edges[edge] as GraphEdge).id) : []),
  ];
  const drawing: Drawing = {
    graph,
    columns,
    unfolded,
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
  return { drawing, add };
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
