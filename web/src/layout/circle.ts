/** Everything on one circle, the kinds side by side, in each the best connected first: what belongs together is found by going round. Pure. */
import type { EntitySummary } from "../../../src/model/api.ts";
import { ENTITY_KINDS } from "../../../src/model/graph.ts";
import type { Point } from "../state/state.ts";

/** Along the circle from node to node, in the layout's units. */
const STEP = 46;
const LEAST_RADIUS = 260;
/** As many nodes' room between two kinds. */
const GAP = 1.5;

/** Clockwise from the top. */
export function placesOnCircle(nodes: readonly EntitySummary[]): ReadonlyMap<string, Point> {
  const kinds = ENTITY_KINDS.map((kind) =>
    nodes.filter((node) => node.kind === kind).toSorted((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1)),
  ).filter((group) => group.length > 0);
  const steps = nodes.length + (kinds.length > 1 ? GAP * kinds.length : 0);
  const radius = Math.max(LEAST_RADIUS, (steps * STEP) / (2 * Math.PI));
  const places = new Map<string, Point>();
  let step = 0;
  for (const group of kinds) {
    for (const { id } of group) {
      const angle = Math.PI / 2 - (step / steps) * 2 * Math.PI;
      places.set(id, { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius });
      step++;
    }
    step += GAP;
  }
  return places;
}
