/** The two sides of a comparison next to each other, every entity at the same place in both. */
import { useMemo } from "react";
import { sideText } from "../panels/ComparisonPanel.tsx";
import { layOut, type SmallEdge, SmallGraph, type SmallNode } from "../panels/SmallGraph.tsx";
import { differenceOf } from "../state/compare.ts";
import type { Comparison } from "../state/state.ts";
import { indexOf } from "../state/visible.ts";
import { count, isSymmetric } from "../text/words.ts";
import { edgeWidth } from "../look/look.ts";
import { useReady, useSelected } from "./app-context.ts";

/** So many relations of each side a picture without zoom can show. */
const MOST_OF_A_SIDE = 40;

export default function SideBySide({ comparison }: { readonly comparison: Comparison }) {
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const { edges: all } = differenceOf(data.graph, scene, comparison);
  const edges = useMemo(() => {
    const most = (side: "left" | "right") =>
      all
        .filter((changed) => changed[side] > 0)
        .toSorted((a, b) => b[side] - a[side] || (a.edge.id < b.edge.id ? -1 : 1))
        .slice(0, MOST_OF_A_SIDE);
    const kept = new Set([...most("left"), ...most("right")]);
    return all.filter((changed) => kept.has(changed));
  }, [all]);
  const sides = useMemo(() => {
    const index = indexOf(data.graph);
    const ids = new Set(edges.flatMap(({ edge }) => [edge.subject as string, edge.object as string]));
    const bare = [...ids].flatMap((id): SmallNode[] => {
      const node = index.nodes.get(id);
      return node ? [{ id, kind: node.kind, name: node.name }] : [];
    });
    const places = layOut(
      bare,
      edges.map(({ edge }) => ({ from: edge.subject, to: edge.object })),
    );
    const nodesOf = (side: "left" | "right") => {
      const held = new Set(
        edges.flatMap((changed) => (changed[side] > 0 ? [changed.edge.subject as string, changed.edge.object as string] : [])),
      );
      return bare.map((node): SmallNode => ({ ...node, at: places.get(node.id) ?? { x: 0, y: 0 }, faint: !held.has(node.id) }));
    };
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
    return {
      left: { nodes: nodesOf("left"), edges: edgesOf("left") },
      right: { nodes: nodesOf("right"), edges: edgesOf("right") },
    };
  }, [data, edges, look]);
  return (
    <div className="side-by-side">
      {edges.length < all.length && (
        <p className="quiet side-note">
          The {MOST_OF_A_SIDE} most reported relations of each side, of {count(all.length, "relation")} in all; filters narrow them.
        </p>
      )}
      {(["left", "right"] as const).map((side) => (
        <figure key={side}>
          <figcaption>
            <strong>{sideText(comparison, side)}</strong> <span className="quiet">{count(sides[side].edges.length, "relation")}</span>
          </figcaption>
          <SmallGraph
            label={`${sideText(comparison, side)}: ${count(sides[side].edges.length, "relation")} between ${count(sides[side].nodes.filter(({ faint }) => !faint).length, "entity", "entities")}`}
            nodes={sides[side].nodes}
            edges={sides[side].edges}
            width={420}
            height={640}
          />
        </figure>
      ))}
    </div>
  );
}
