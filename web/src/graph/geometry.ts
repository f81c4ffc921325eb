/** The shape of drawn edges in CSS pixels: the drawing program and the labels follow the same lines. */
import type { Point } from "../state/state.ts";

/** How much a chosen node's radius grows, for its ring. */
export const CHOSEN_GROWTH = 5;
/** Greatest distance between neighbouring parallel edges at their middle, at no zoom. */
export const FAN_GAP = 34;
/** The same as a share of the edge's length: short edges fan out less. */
export const FAN_SHARE = 0.2;
/** Radius of the smallest self-loop beyond the node's, and how much each further loop adds. */
export const LOOP_RADIUS = 13;
export const LOOP_STEP = 9;

/**
 * How far a curve's middle lies off the straight line.
 * @param lane position among the parallel edges: 0 is straight, ±1 the next lane
 * @param length of the straight line
 * @param scale size of things at the present zoom (1 at no zoom)
 */
export function bend(lane: number, length: number, scale: number): number {
  return lane * Math.min(FAN_GAP * scale, FAN_SHARE * length);
}

export interface Place extends Point {
  /** Direction of the line there, in radians, y down. */
  readonly angle: number;
}

/** The point of the drawn edge at `t` (0 at the source's middle, 1 at the target's), y down. */
export function pointOf(source: Point, target: Point, lane: number, scale: number, t: number): Place {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  const length = Math.hypot(dx, dy);
  // The control point of a quadratic curve lies twice as far off as its middle.
  const off = length === 0 ? 0 : (2 * bend(lane, length, scale)) / length;
  const control = { x: (source.x + target.x) / 2 + dy * off, y: (source.y + target.y) / 2 - dx * off };
  const s = 1 - t;
  return {
    x: s * s * source.x + 2 * s * t * control.x + t * t * target.x,
    y: s * s * source.y + 2 * s * t * control.y + t * t * target.y,
    angle: Math.atan2(s * (control.y - source.y) + t * (target.y - control.y), s * (control.x - source.x) + t * (target.x - control.x)),
  };
}

/** Centre and radius of a self-loop above its node, y down. */
export function loopOf(node: Point, radius: number, index: number, scale: number): Point & { readonly radius: number } {
  const size = (LOOP_RADIUS + index * LOOP_STEP) * scale;
  return { x: node.x, y: node.y - radius - size * 0.7, radius: size };
}
