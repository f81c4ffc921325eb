/** The two sides of a comparison next to each other, every entity at the same place in both. */
import { useMemo } from "react";
import { sideText } from "../panels/ComparisonPanel.tsx";
import { type SmallEdge, SmallGraph, type SmallNode } from "../panels/SmallGraph.tsx";
import { differenceOf } from "../state/compare.ts";
import type { Comparison } from "../state/state.ts";
import { indexOf } from "../state/visible.ts";
import { count, isSymmetric } from "../text/words.ts";
import { edgeWidth } from "../look/look.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";

export default function SideBySide({ comparison }: { readonly comparison: Comparison }) {
  const { stage } = useApp();
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const { edges } = differenceOf(data.graph, scene, comparison);
  const { nodes, sides } = useMemo(() => {
    const index = indexOf(data.graph);
    const ids = new Set(edges.flatMap(({ edge }) => [edge.subject as string, edge.object as string]));
    const drawn = stage.graph();
    const made = [...ids].flatMap((id): SmallNode[] => {
      const node = index.nodes.get(id);
      const at = drawn?.hasNode(id) ? drawn.getNodeAttributes(id) : undefined;
      return node ? [{ id, kind: node.kind, name: node.name, ...(at ? { at: { x: at.x, y: at.y } } : {}) }] : [];
    });
    const edgesOf = (side: "left" | "right"): SmallEdge[] =>
      edges
        .filter((changed) => changed[side] > 0)
        .map((changed) => ({
          id: changed.edge.id,
          from: changed.edge.subject,
          to: changed.edge.object,
          color: look.change(changed.change),
          arrow: !isSymmetric(data.ontology, changed.edge.relation),
          width: edgeWidth(changed[side]),
        }));
    return { nodes: made, sides: { left: edgesOf("left"), right: edgesOf("right") } };
  }, [data, edges, look, stage]);
  return (
    <div className="side-by-side">
      {(["left", "right"] as const).map((side) => (
        <figure key={side}>
          <figcaption>
            <strong>{sideText(comparison, side)}</strong> <span className="quiet">{count(sides[side].length, "relation")}</span>
          </figcaption>
          <SmallGraph
            label={`${sideText(comparison, side)}: ${count(sides[side].length, "relation")} between ${count(nodes.length, "entity", "entities")}`}
            nodes={nodes}
            edges={sides[side]}
            width={520}
            height={620}
          />
        </figure>
      ))}
    </div>
  );
}
