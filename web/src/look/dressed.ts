/** The look with what the user chose to see in colours: communities, or what changed. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import { type Analysis, communitiesOf } from "../state/analysis.ts";
import { differenceOf } from "../state/compare.ts";
import type { Appearance, Comparison, Scene } from "../state/state.ts";
import { memoize } from "../state/store.ts";
import type { Look } from "./look.ts";

const byCommunity = memoize((look: Look, analysis: Analysis): Look => {
  const places = new Map(communitiesOf(analysis).flatMap(({ members }, place) => members.map((id) => [id, place] as const)));
  return { ...look, node: ({ id }) => look.group(places.get(id) ?? -1) };
});

const byChange = memoize((look: Look, graph: GraphAnswer, scene: Scene, comparison: Comparison): Look => {
  const { byEdge } = differenceOf(graph, scene, comparison);
  return { ...look, edge: (id) => look.change(byEdge.get(id)?.change ?? "same") };
});

export function dressed(
  look: Look,
  graph: GraphAnswer,
  analysis: Analysis | undefined,
  {
    scene,
    appearance,
    comparison,
  }: { readonly scene: Scene; readonly appearance: Appearance; readonly comparison: Comparison | undefined },
): Look {
  const nodes = appearance.coloring === "community" && analysis ? byCommunity(look, analysis) : look;
  return comparison ? byChange(nodes, graph, scene, comparison) : nodes;
}
