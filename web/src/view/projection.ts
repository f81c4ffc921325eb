/** Between the graph's coordinates and the canvas. */
import type Sigma from "sigma";
import type { EdgeAttributes, NodeAttributes } from "../graph/graph.ts";
import type { Point } from "../state/state.ts";
import type { InkScene } from "./ink.ts";

export type Drawn = Sigma<NodeAttributes, EdgeAttributes>;

/** From graph coordinates to CSS pixels of the canvas, y down. */
export function projectionOf(made: Drawn): InkScene["projection"] {
  const [origin, right, up] = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
  ].map((point) => made.graphToViewport(point)) as [Point, Point, Point];
  return { x: origin.x, y: origin.y, xx: right.x - origin.x, xy: right.y - origin.y, yx: up.x - origin.x, yy: up.y - origin.y };
}

/** Where a node is drawn, in CSS pixels of the canvas. */
export function viewportOf(made: Drawn, id: string): Point | undefined {
  const data = made.getNodeDisplayData(id);
  return data ? made.framedGraphToViewport(data) : undefined;
}
