/** Puts what was brought into a large graph beside what it belongs to; nothing that is there moves. Pure. */
import type { Columns } from "../graph/columns.ts";
import type { Point } from "../state/state.ts";

/** In the layout's units: the first node's distance from the one that brought it, and how much room each further one takes. */
const NEAREST = 60;
const ROOM = 26;
/** Turns by the golden angle fill a disc evenly. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * @param earlier where nodes have been put before
 * @param places of the overview, for those that have not
 * @returns places of all nodes but those that neither were there nor were brought
 */
export function placesBeside(
  { nodes, nodeRow, brought }: Columns,
  earlier: ReadonlyMap<string, Point>,
  places: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const all = new Map<string, Point>();
  for (const { id } of nodes) {
    const at = earlier.get(id) ?? places.get(id);
    if (at) all.set(id, at);
  }
  for (const [center, neighbors] of brought) {
    const middle = all.get(center) ?? { x: 0, y: 0 };
    neighbors.forEach((row, place) => {
      const id = nodes[row]?.id;
      if (id === undefined || all.has(id)) return;
      const reach = NEAREST + ROOM * Math.sqrt(place);
      const angle = place * GOLDEN + (nodeRow.get(center) ?? 0);
      all.set(id, { x: middle.x + Math.cos(angle) * reach, y: middle.y + Math.sin(angle) * reach });
    });
  }
  return all;
}
