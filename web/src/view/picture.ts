/** From state to what the canvas shows: which nodes and edges, which stand out, how each is drawn. Pure. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import type { State } from "../state/state.ts";
import { type Index, indexOf, type Visible, visibleOf } from "../state/visible.ts";

export interface Emphasis {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export interface Picture {
  readonly visible: Visible;
  /** What stands out while the rest is faded; absent when all is shown alike. */
  readonly emphasis: Emphasis | undefined;
  /** Nodes drawn with a ring. */
  readonly chosen: ReadonlySet<string>;
  /** The edge drawn stronger than its neighbours. */
  readonly strong: string | undefined;
}

function aroundNode(index: Index, visible: Visible, id: string): Emphasis {
  const nodes = new Set([id]);
  const edges = new Set<string>();
  for (const edge of index.at.get(id) ?? []) {
    if (!visible.edges.has(edge.id)) continue;
    edges.add(edge.id);
    nodes.add(edge.subject).add(edge.object);
  }
  return { nodes, edges };
}

/** @param ids of edges, which stand out with their ends, and of nodes */
function ofEdges(index: Index, ids: Iterable<string>): Emphasis {
  const edges = new Set<string>();
  const nodes = new Set<string>();
  for (const id of ids) {
    const edge = index.edges.get(id);
    if (index.nodes.has(id)) nodes.add(id);
    if (!edge) continue;
    edges.add(id);
    nodes.add(edge.subject).add(edge.object);
  }
  return { nodes, edges };
}

export function pictureOf(graph: GraphAnswer, state: Pick<State, "scene" | "selection" | "hover" | "spotlight">): Picture {
  const visible = visibleOf(graph, state.scene);
  const index = indexOf(graph);
  const { selection, hover, spotlight } = state;
  let emphasis: Emphasis | undefined;
  let strong: string | undefined;
  let chosen: ReadonlySet<string> = new Set();
  switch (selection.type) {
    case "entity":
      chosen = new Set([selection.id]);
      if (visible.nodes.has(selection.id)) emphasis = aroundNode(index, visible, selection.id);
      break;
    case "edge":
      strong = selection.id;
      emphasis = ofEdges(index, [selection.id]);
      chosen = emphasis.nodes;
      break;
    case "path":
      chosen = new Set(selection.stops);
      break;
    case "query":
    case "comparison":
    case "analysis":
    case "document":
    case "none":
      break;
  }
  if (spotlight) emphasis = ofEdges(index, spotlight);
  if (hover?.type === "entity") emphasis = aroundNode(index, visible, hover.id);
  if (hover?.type === "edge") {
    emphasis = ofEdges(index, [hover.id]);
    strong = hover.id;
  }
  return { visible, emphasis: emphasis && emphasis.nodes.size > 0 ? emphasis : undefined, chosen, strong };
}
