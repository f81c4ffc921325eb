/** Which bundles fan out into their relations. */
import type { Displayed } from "./displayed.ts";
import { type Drawn, projectionOf } from "./projection.ts";

/** As many relations may be in sight for bundles to fan out, and a bundle shorter than this has no room for it. */
const MOST_FANNED = 320;
const FAN_LENGTH = 70;
/** The bundles at a selected entity fan out when they hold no more relations. */
const MOST_FANNED_AROUND = 120;

/**
 * Bundles that are looked at closely are drawn by their relations: the selected ones, and all in sight when they are few.
 * @returns rows of their pairs
 */
export function fansOf(shown: Displayed, made: Drawn): ReadonlySet<number> {
  const { columns } = shown.drawing;
  const { pairs } = columns;
  const wanted = new Set<number>();
  const sizeOf = (pair: number) => (pairs.first[pair + 1] as number) - (pairs.first[pair] as number);
  for (const id of shown.picture.selected.edges) {
    const edge = columns.edgeRow.get(id);
    if (edge !== undefined) wanted.add(columns.pair[edge] as number);
  }
  if ([...wanted].reduce((sum, pair) => sum + sizeOf(pair), 0) > MOST_FANNED_AROUND && shown.picture.strong === undefined) wanted.clear();
  for (const pair of inSight(shown, made) ?? []) wanted.add(pair);
  return wanted;
}

/** Pairs whose ends are both in sight and far enough apart; undefined when they hold too many relations. */
function inSight(shown: Displayed, made: Drawn): number[] | undefined {
  const { columns, graph } = shown.drawing;
  const { pairs, nodes } = columns;
  if (pairs.size === columns.edges.length) return [];
  const { x, y, xx, xy, yx, yy } = projectionOf(made);
  const { width, height } = made.getDimensions();
  const places = new Float32Array(2 * nodes.length);
  nodes.forEach(({ id }, row) => {
    const at = graph.getNodeAttributes(id);
    places[2 * row] = x + at.x * xx + at.y * yx;
    places[2 * row + 1] = y + at.x * xy + at.y * yy;
  });
  const inside = (row: number) => {
    const [left, top] = [places[2 * row] as number, places[2 * row + 1] as number];
    return left > 0 && top > 0 && left < width && top < height && shown.picture.visible.nodeShown[row] === 1;
  };
  const found: number[] = [];
  let relations = 0;
  for (let pair = 0; pair < pairs.size; pair++) {
    const [one, other] = [pairs.one[pair] as number, pairs.other[pair] as number];
    if (one < 0 || other < 0 || !inside(one) || !inside(other)) continue;
    relations += (pairs.first[pair + 1] as number) - (pairs.first[pair] as number);
    if (relations > MOST_FANNED) return undefined;
    const length = Math.hypot(
      (places[2 * one] as number) - (places[2 * other] as number),
      (places[2 * one + 1] as number) - (places[2 * other + 1] as number),
    );
    if (length > FAN_LENGTH) found.push(pair);
  }
  return found;
}
