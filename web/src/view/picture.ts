/** From state to what the canvas shows: which nodes and edges, which stand out, how each is drawn. Pure. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import type { Selection, State } from "../state/state.ts";
import { memoize } from "../state/store.ts";
import { type Index, indexOf, type Visible, visibleOf } from "../state/visible.ts";

export interface Emphasis {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export interface Picture {
  readonly visible: Visible;
  /** What stands out while the rest is faded; absent when all is shown alike. */
  readonly emphasis: Emphasis | undefined;
  /** Nodes drawn with a ring: the selected and the marked. */
  readonly chosen: ReadonlySet<string>;
  readonly marked: ReadonlySet<string>;
  /** What the selection alone emphasises, whatever the pointer is on. */
  readonly selected: Emphasis;
  /** The edge drawn stronger than its neighbours. */
  readonly strong: string | undefined;
}

const NOTHING_SELECTED: Emphasis = { nodes: new Set(), edges: new Set() };

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

/** What the selection makes of the picture. */
const selectedOf = memoize((graph: GraphAnswer, visible: Visible, selection: Selection, spotlight: State["spotlight"]) => {
  const index = indexOf(graph);
  let selected = NOTHING_SELECTED;
  let strong: string | undefined;
  let chosen: ReadonlySet<string> = new Set();
  switch (selection.type) {
    case "entity":
      chosen = new Set([selection.id]);
      if (visible.nodes.has(selection.id)) selected = aroundNode(index, visible, selection.id);
      break;
    case "edge":
      strong = selection.id;
      selected = ofEdges(index, [selection.id]);
      chosen = selected.nodes;
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
  if (spotlight) selected = ofEdges(index, spotlight);
  return { selected, strong, chosen };
});

const hoveredOf = memoize((graph: GraphAnswer, visible: Visible, type: "entity" | "edge", id: string) =>
  type === "entity" ? aroundNode(indexOf(graph), visible, id) : ofEdges(indexOf(graph), [id]),
);

const together = memoize((chosen: ReadonlySet<string>, marked: ReadonlySet<string>) => new Set([...chosen, ...marked]));

export function pictureOf(graph: GraphAnswer, state: Pick<State, "scene" | "selection" | "hover" | "spotlight">): Picture {
  const visible = visibleOf(graph, state.scene);
  const { selected, strong, chosen } = selectedOf(graph, visible, state.selection, state.spotlight);
  const { hover, scene } = state;
  const emphasis = hover ? hoveredOf(graph, visible, hover.type, hover.id) : selected;
  return {
    visible,
    emphasis: emphasis.nodes.size > 0 ? emphasis : undefined,
    chosen: scene.marked.size > 0 ? together(chosen, scene.marked) : chosen,
    marked: scene.marked,
    selected,
    strong: hover?.type === "edge" ? hover.id : strong,
  };
}
