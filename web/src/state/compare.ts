/** Two periods or two outlets against each other: what is new, gone, stronger, weaker. Pure. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import { columnsOf, type GraphEdge } from "../graph/columns.ts";
import type { Comparison, Scene, Window } from "./state.ts";
import { memoize } from "./store.ts";
import { visibleOf } from "./visible.ts";

/** From the left side to the right. */
export const CHANGES = ["new", "stronger", "same", "weaker", "gone"] as const;
export type Change = (typeof CHANGES)[number];

export interface ChangedEdge {
  readonly edge: GraphEdge;
  /** Reports on each side. */
  readonly left: number;
  readonly right: number;
  readonly change: Change;
}

export interface Difference {
  /** Edges that either side has, those of most reports first. */
  readonly edges: readonly ChangedEdge[];
  readonly byEdge: ReadonlyMap<string, ChangedEdge>;
}

/** The scene as one side has it: its own claims only, all other filters as they are set. Undated claims belong to no period. */
export function sideOf(graph: GraphAnswer, scene: Scene, comparison: Comparison, side: "left" | "right"): Scene {
  if (comparison.by === "period") return { ...scene, window: comparison[side], undated: false };
  const { window: _, ...rest } = scene;
  const others = columnsOf(graph).outlets.filter((outlet) => outlet !== comparison[side]);
  return { ...(scene.window ? scene : rest), hiddenOutlets: new Set(others) };
}

function changeFrom(left: number, right: number): Change {
  if (left === 0) return "new";
  if (right === 0) return "gone";
  return right > left ? "stronger" : right < left ? "weaker" : "same";
}

export const differenceOf = memoize((graph: GraphAnswer, scene: Scene, comparison: Comparison): Difference => {
  const [left, right] = [
    visibleOf(graph, sideOf(graph, scene, comparison, "left")).edges,
    visibleOf(graph, sideOf(graph, scene, comparison, "right")).edges,
  ];
  const edges: ChangedEdge[] = [];
  for (const edge of graph.edges) {
    const [before, after] = [left.get(edge.id)?.reports ?? 0, right.get(edge.id)?.reports ?? 0];
    if (before + after > 0) edges.push({ edge, left: before, right: after, change: changeFrom(before, after) });
  }
  edges.sort((a, b) => b.left + b.right - (a.left + a.right) || (a.edge.id < b.edge.id ? -1 : 1));
  return { edges, byEdge: new Map(edges.map((changed) => [changed.edge.id, changed])) };
});

/** A first proposal: the years before and after the middle of the dated reports, or the two outlets with most of them. */
export function proposedPeriods(graph: GraphAnswer, extent: Window): { readonly left: Window; readonly right: Window } {
  const days = graph.edges
    .flatMap((edge) => edge.claims.flatMap(({ date }) => date?.start ?? []))
    .filter((day) => day > extent.from)
    .toSorted();
  const middle = days[Math.floor(days.length / 2)] ?? extent.to;
  return { left: { from: extent.from, to: before(middle) }, right: { from: middle, to: extent.to } };
}

function before(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
