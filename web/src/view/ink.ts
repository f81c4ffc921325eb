/** What is written over the drawing: pictograms, and labels placed so that none covers another or a node. */
import type { ViewGraph } from "../graph/graph.ts";
import { CHOSEN_GROWTH, loopOf, pointOf } from "../graph/geometry.ts";
import { mix } from "../look/color.ts";
import type { Look } from "../look/look.ts";
import { PICTOGRAMS } from "../look/pictograms.ts";
import type { Point } from "../state/state.ts";
import type { Picture } from "./picture.ts";

export const LABEL_FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
/** Letter sizes in CSS pixels. */
const NODE_LABEL = 13;
const EDGE_LABEL = 11;
const MOST_LABELS = 200;
/** With more edges than this in sight, only those that stand out are named. */
const MOST_NAMED_EDGES = 60;
/** With more edges than this, labels no longer look for a place beside the lines. */
const MOST_AVOIDED_EDGES = 150;

const PATHS = new Map(Object.entries(PICTOGRAMS).map(([kind, path]) => [kind, new Path2D(path)]));

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Boxes on a coarse grid, so that asking for a free place costs the same in a full picture. */
function createOccupancy() {
  const CELL = 64;
  const cells = new Map<number, Box[]>();
  const each = (box: Box, visit: (key: number) => boolean): boolean => {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) if (visit(x * 4096 + y)) return true;
    }
    return false;
  };
  return {
    isFree: (box: Box) =>
      !each(box, (key) =>
        (cells.get(key) ?? []).some((o) => box.left < o.right && box.right > o.left && box.top < o.bottom && box.bottom > o.top),
      ),
    take: (box: Box) =>
      void each(box, (key) => {
        const cell = cells.get(key);
        if (cell) cell.push(box);
        else cells.set(key, [box]);
        return false;
      }),
  };
}

const widths = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null | undefined;

/** Width of a text in CSS pixels. */
export function textWidth(text: string, font: string): number {
  const key = `${font}\n${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler ??= document.createElement("canvas").getContext("2d");
    if (ruler) ruler.font = font;
    width = ruler?.measureText(text).width ?? text.length * 7;
    widths.set(key, width);
  }
  return width;
}

export const nodeLabelFont = (strong = false) => `${strong ? 600 : 500} ${NODE_LABEL}px ${LABEL_FONT}`;
const EDGE_FONT = `500 ${EDGE_LABEL}px ${LABEL_FONT}`;

export interface InkScene {
  readonly graph: ViewGraph;
  readonly picture: Picture;
  readonly look: Look;
  readonly width: number;
  readonly height: number;
  /** Size of things at the present zoom. */
  readonly scale: number;
  /** Where a node is drawn, in CSS pixels. */
  readonly at: (id: string) => Point;
  readonly family: (relation: string) => string;
  readonly relationLabel: (relation: string) => string;
}

interface Drawn extends Point {
  readonly id: string;
  readonly radius: number;
  readonly faded: boolean;
  readonly strong: boolean;
}

/** Draws pictograms and labels; what matters most is placed first, what finds no room is left out. */
export function drawInk(context: CanvasRenderingContext2D, scene: InkScene): void {
  const { graph, picture, width, height, scale } = scene;
  context.clearRect(0, 0, width, height);
  const nodes: Drawn[] = [];
  const occupied = createOccupancy();
  for (const id of picture.visible.nodes) {
    const { x, y } = scene.at(id);
    const strong = picture.chosen.has(id);
    const radius = (graph.getNodeAttribute(id, "size") + (strong ? CHOSEN_GROWTH : 0)) * scale;
    if (x < -200 || x > width + 200 || y < -60 || y > height + 60) continue;
    nodes.push({
      id,
      x,
      y,
      radius,
      strong,
      faded: picture.emphasis !== undefined && !picture.emphasis.nodes.has(id) && !strong,
    });
    const inner = radius * 0.85;
    occupied.take({ left: x - inner, right: x + inner, top: y - inner, bottom: y + inner });
  }
  drawPictograms(context, scene, nodes);
  context.lineJoin = "round";
  const byId = new Map(nodes.map((node) => [node.id, node]));
  drawNodeLabels(context, scene, nodes, occupied, pointsOnLines(scene, byId));
  drawEdgeLabels(context, scene, byId, occupied);
}

/** Points along the drawn edges, close enough that a label cannot lie on a line unnoticed; none in a full picture, where it would not help. */
function pointsOnLines({ graph, picture, scale }: InkScene, nodes: ReadonlyMap<string, Drawn>): Point[] {
  if (picture.visible.edges.size > MOST_AVOIDED_EDGES) return [];
  const points: Point[] = [];
  for (const id of picture.visible.edges.keys()) {
    if (picture.emphasis && !picture.emphasis.edges.has(id)) continue;
    const { edge, lane, loop } = graph.getEdgeAttributes(id);
    const [source, target] = [nodes.get(edge.subject), nodes.get(edge.object)];
    if (!source || !target || loop) continue;
    const count = Math.ceil(Math.hypot(target.x - source.x, target.y - source.y) / 9);
    for (let i = 1; i < count; i++) points.push(pointOf(source, target, lane, scale, i / count));
  }
  return points;
}

function drawPictograms(context: CanvasRenderingContext2D, { graph, look }: InkScene, nodes: readonly Drawn[]): void {
  for (const { id, x, y, radius, faded } of nodes) {
    if (radius < 6) continue;
    const path = PATHS.get(graph.getNodeAttribute(id, "entity").kind);
    if (!path) continue;
    const size = (radius * 1.16) / 24;
    context.save();
    context.translate(x - 12 * size, y - 12 * size);
    context.scale(size, size);
    context.fillStyle = faded ? mix("#ffffff", look.ground.paper, look.ground.dark ? 0.3 : 0.8) : "#ffffff";
    context.fill(path, "evenodd");
    context.restore();
  }
}

function drawNodeLabels(
  context: CanvasRenderingContext2D,
  scene: InkScene,
  nodes: readonly Drawn[],
  occupied: ReturnType<typeof createOccupancy>,
  lines: readonly Point[],
): void {
  const { graph, look, width, height } = scene;
  const rank = (node: Drawn) => (node.strong ? 2e6 : 0) + (node.faded ? 0 : 1e6) + node.radius;
  const ordered = nodes.toSorted((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  let placed = 0;
  for (const node of ordered) {
    if (placed >= MOST_LABELS) break;
    const text = graph.getNodeAttribute(node.id, "label");
    const font = nodeLabelFont(node.strong);
    const half = textWidth(text, font) / 2;
    const line = NODE_LABEL + 3;
    const gap = node.radius + 3;
    // At the border a label moves in, as far as it stays by its node.
    const within = (x: number) => {
      const moved = Math.min(Math.max(x, half + 4), width - half - 4);
      return Math.abs(moved - x) < half ? moved : x;
    };
    // Middle of the label's box, best place first.
    const places: readonly Point[] = [
      { x: within(node.x), y: node.y + gap + line / 2 },
      { x: node.x + gap + 3 + half, y: node.y },
      { x: node.x - gap - 3 - half, y: node.y },
      { x: within(node.x), y: node.y - gap - line / 2 },
    ];
    const boxOf = ({ x, y }: Point): Box => ({ left: x - half - 2, right: x + half + 2, top: y - line / 2, bottom: y + line / 2 });
    const inside = (box: Box) => box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2;
    const free = places.filter((at) => occupied.isFree(boxOf(at)));
    const crossings = (at: Point) => {
      const box = boxOf(at);
      return lines.filter(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom).length;
    };
    // The first of those that cross the fewest lines; the usual place below is worth a crossing.
    const costs = free.map((at) => crossings(at) + (inside(boxOf(at)) ? 0 : 50) + (at === places[0] ? 0 : 1.5));
    const place = free[costs.indexOf(Math.min(...costs))] ?? (node.strong ? places[0] : undefined);
    if (!place) continue;
    occupied.take(boxOf(place));
    placed++;
    write(context, text, place, 0, font, node.faded ? mix(look.ground.ink, look.ground.paper, 0.38) : look.ground.ink, look.ground.paper);
  }
}

function drawEdgeLabels(
  context: CanvasRenderingContext2D,
  scene: InkScene,
  nodes: ReadonlyMap<string, Drawn>,
  occupied: ReturnType<typeof createOccupancy>,
): void {
  const { graph, picture, look, scale } = scene;
  const { emphasis, visible } = picture;
  const named = emphasis ? [...emphasis.edges].filter((id) => visible.edges.has(id)) : [...visible.edges.keys()];
  if (named.length > MOST_NAMED_EDGES) return;
  for (const id of named.toSorted((a, b) => Number(b === picture.strong) - Number(a === picture.strong))) {
    const { edge, lane, loop } = graph.getEdgeAttributes(id);
    const source = nodes.get(edge.subject);
    const target = nodes.get(edge.object);
    if (!source || !target) continue;
    const text = scene.relationLabel(edge.relation);
    const half = textWidth(text, EDGE_FONT) / 2;
    const strong = id === picture.strong;
    const room = Math.hypot(target.x - source.x, target.y - source.y) - source.radius - target.radius;
    if (!loop && !strong && room < 2 * half + 16) continue;
    const candidates = loop
      ? [{ ...topOf(loopOf(source, source.radius, lane, scale)), angle: 0 }]
      : [0.5, 0.42, 0.58, 0.34, 0.66].map((t) => pointOf(source, target, lane, scale, t));
    for (const at of candidates) {
      // Never upside down.
      const angle = Math.abs(at.angle) > Math.PI / 2 ? at.angle + Math.PI : at.angle;
      const boxes = boxesAlong(at, angle, half);
      if (!boxes.every(occupied.isFree)) continue;
      boxes.forEach(occupied.take);
      write(context, text, at, angle, EDGE_FONT, look.familyText(scene.family(edge.relation)), look.ground.paper);
      break;
    }
  }
}

function topOf(loop: Point & { readonly radius: number }): Point {
  return { x: loop.x, y: loop.y - loop.radius - EDGE_LABEL * 0.8 };
}

/** A slanted label covered by small upright boxes along its line. */
function boxesAlong(at: Point, angle: number, half: number): Box[] {
  const reach = EDGE_LABEL * 0.55;
  const count = Math.max(1, Math.ceil(half / reach));
  return Array.from({ length: count }, (_, i) => {
    const along = count === 1 ? 0 : -half + reach + ((2 * (half - reach)) / (count - 1)) * i;
    const [x, y] = [at.x + Math.cos(angle) * along, at.y + Math.sin(angle) * along];
    return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
  });
}

/** Writes a text about a point, with a rim of the ground's colour that keeps lines off it. */
function write(
  context: CanvasRenderingContext2D,
  text: string,
  at: Point,
  angle: number,
  font: string,
  color: string,
  ground: string,
): void {
  context.save();
  context.translate(at.x, at.y);
  if (angle !== 0) context.rotate(angle);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 4.5;
  context.strokeStyle = ground;
  context.strokeText(text, 0, 0);
  context.fillStyle = color;
  context.fillText(text, 0, 0);
  context.restore();
}
