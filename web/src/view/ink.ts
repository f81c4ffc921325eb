/** What is written over the drawing: pictograms, and labels placed so that none covers another or a node. */
import type { Drawing } from "../graph/graph.ts";
import { CHOSEN_GROWTH, loopOf, pointOf } from "../graph/geometry.ts";
import { mix } from "../look/color.ts";
import type { Look } from "../look/look.ts";
import { PICTOGRAMS } from "../look/pictograms.ts";
import type { Point } from "../state/state.ts";
import { count } from "../text/words.ts";
import type { Picture } from "./picture.ts";
import { type Box, createOccupancy, createPoints, type Occupancy, type Points } from "./room.ts";

export const LABEL_FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
/** Letter sizes in CSS pixels. */
const NODE_LABEL = 13;
const EDGE_LABEL = 11;
const MOST_LABELS = 200;
/** Square pixels of canvas for each label at most: more would be a wall of names. */
const ROOM_PER_LABEL = 10_000;
/** With more nodes in sight than this, labels may cover small ones where there is no better place. */
const CROWD = 400;
/** So many of the largest they never cover. */
const NEVER_COVERED = 80;
/** So many of the largest are named in any case that leaves other names alone. */
const SURELY_NAMED = 12;
/** With more nodes than this, long names are cut short, and none runs over the border. */
const FEW_NODES = 60;
const LONGEST_IN_A_CROWD = 30;
/** A covered node is worth so many crossed lines. */
const COVERING = 4;
/** Radius from which a node bears its kind's pictogram. */
const LEAST_SIGNED = 6;
/** With more edges than this in sight, only those that stand out are named. */
const MOST_NAMED_EDGES = 60;
/** With more edges than this, labels no longer look for a place beside the lines, and no edge is named. */
const MOST_AVOIDED_EDGES = 150;

const PATHS = new Map(Object.entries(PICTOGRAMS).map(([kind, path]) => [kind, new Path2D(path)]));

/** The SVG path data of a pictogram's path; empty for any other path. */
export function pathDataOf(path: Path2D): string {
  const kind = [...PATHS].find(([, each]) => each === path)?.[0];
  return kind === undefined ? "" : PICTOGRAMS[kind as keyof typeof PICTOGRAMS];
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
  readonly drawing: Drawing;
  readonly picture: Picture;
  readonly look: Look;
  readonly width: number;
  readonly height: number;
  /** Size of things at the present zoom. */
  readonly scale: number;
  /** From graph coordinates to CSS pixels: where 0, 0 is, and how far a step right (`xx`, `xy`) and up (`yx`, `yy`) leads. */
  readonly projection: {
    readonly x: number;
    readonly y: number;
    readonly xx: number;
    readonly xy: number;
    readonly yx: number;
    readonly yy: number;
  };
  readonly family: (relation: string) => string;
  readonly relationLabel: (relation: string) => string;
}

interface DrawnNode extends Point {
  readonly id: string;
  readonly row: number;
  readonly radius: number;
  readonly faded: boolean;
  readonly strong: boolean;
}

/** A text and where it was placed, seen from its node. */
interface PlacedLabel extends Point {
  readonly node: string;
  readonly text: string;
  readonly font: string;
  readonly strong: boolean;
}

export interface Ink {
  /** Draws pictograms and labels; what matters most is placed first, what finds no room is left out. */
  place(context: CanvasRenderingContext2D, scene: InkScene): void;
  /** Draws while the picture moves or the pointer goes over it: the labels of nodes go with them, nothing is placed anew. */
  follow(context: CanvasRenderingContext2D, scene: InkScene): void;
  /** The line around nodes to be taken. */
  lasso(context: CanvasRenderingContext2D, line: readonly Point[], look: Look): void;
}

export function createInk(): Ink {
  let labels: readonly PlacedLabel[] = [];
  let signed: readonly DrawnNode[] = [];
  return {
    place(context, scene) {
      const { width, height } = scene;
      context.clearRect(0, 0, width, height);
      const nodes = nodesInSight(scene);
      const occupied = createOccupancy();
      occupied.take(toolsBox(width, height));
      const { hard, soft } = obstacles(nodes);
      const discs = createOccupancy();
      for (const { x, y, radius } of hard) {
        const inner = radius * 0.85;
        discs.take({ left: x - inner, right: x + inner, top: y - inner, bottom: y + inner });
      }
      signed = nodes.filter(({ radius }) => radius >= LEAST_SIGNED);
      drawPictograms(context, scene, signed);
      beginWriting(context, scene.look.ground.paper);
      const byId = new Map(nodes.map((node) => [node.id, node]));
      const named = edgesToName(scene, byId);
      const points = createPoints();
      for (const point of pointsOnLines(scene, byId, named)) points.add(point);
      for (const node of soft) points.add(node, COVERING);
      labels = drawNodeLabels(context, scene, nodes, { occupied, discs }, points);
      for (const { x, y, radius } of hard) occupied.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
      drawEdgeLabels(context, scene, byId, occupied, named);
      drawFolded(context, scene, byId);
    },
    follow(context, scene) {
      const { width, height, scale, drawing, look } = scene;
      const { graph } = drawing;
      const project = projectorOf(scene);
      context.clearRect(0, 0, width, height);
      const moved = signed.flatMap((node): DrawnNode[] => {
        if (!graph.hasNode(node.id)) return [];
        const place = graph.getNodeAttributes(node.id);
        const faded = isFaded(scene.picture, node.id, node.strong);
        return [{ ...node, ...project(place), radius: radiusOf(place.size, node.strong, scale), faded }];
      });
      drawPictograms(context, scene, moved);
      beginWriting(context, look.ground.paper);
      const [plain, faint] = [labelColor(look, false), labelColor(look, true)];
      for (const { node, text, font, strong, x, y } of labels) {
        if (!graph.hasNode(node)) continue;
        const at = project(graph.getNodeAttributes(node));
        write(context, text, { x: at.x + x, y: at.y + y }, 0, font, isFaded(scene.picture, node, strong) ? faint : plain);
      }
    },
    lasso(context, line, look) {
      context.save();
      context.beginPath();
      for (const { x, y } of line) context.lineTo(x, y);
      context.closePath();
      context.globalAlpha = 0.12;
      context.fillStyle = look.ground.accent;
      context.fill();
      context.globalAlpha = 1;
      context.setLineDash([5, 4]);
      context.lineWidth = 1.5;
      context.strokeStyle = look.ground.accent;
      context.stroke();
      context.restore();
    },
  };
}

/** Where the tools lie over the drawing: upright on a wide canvas, along the border on a narrow one. */
function toolsBox(width: number, height: number): Box {
  const [wide, high] = width > 400 ? [50, 216] : [216, 50];
  return { left: width - wide, right: width, top: height - high, bottom: height };
}

/** Nodes that a label may not cover, and those that it had better not: in a crowd there would be no place for any label. */
function obstacles(nodes: readonly DrawnNode[]): { readonly hard: readonly DrawnNode[]; readonly soft: readonly DrawnNode[] } {
  if (nodes.length <= CROWD) return { hard: nodes, soft: [] };
  const least = Float64Array.from(nodes, ({ radius }) => radius).sort()[nodes.length - 1 - NEVER_COVERED] as number;
  const isHard = ({ radius, strong }: DrawnNode) => strong || radius > least;
  return { hard: nodes.filter(isHard), soft: nodes.filter((node) => !isHard(node)) };
}

function projectorOf({ projection: { x, y, xx, xy, yx, yy } }: InkScene): (place: Point) => Point {
  return (place) => ({ x: x + place.x * xx + place.y * yx, y: y + place.x * xy + place.y * yy });
}

const isFaded = ({ emphasis }: Picture, id: string, strong: boolean) => emphasis !== undefined && !emphasis.nodes.has(id) && !strong;
const labelColor = ({ ground }: Look, faded: boolean) => (faded ? mix(ground.ink, ground.paper, 0.38) : ground.ink);
const radiusOf = (size: number, strong: boolean, scale: number) => (size + (strong ? CHOSEN_GROWTH : 0)) * scale;

function nodesInSight(scene: InkScene): DrawnNode[] {
  const { drawing, picture, width, height, scale } = scene;
  const project = projectorOf(scene);
  const nodes: DrawnNode[] = [];
  drawing.graph.forEachNode((id, place) => {
    const { row, size } = place;
    if (picture.visible.nodeShown[row] !== 1) return;
    const { x, y } = project(place);
    if (x < -200 || x > width + 200 || y < -60 || y > height + 60) return;
    const strong = picture.chosen.has(id);
    nodes.push({ id, row, x, y, radius: radiusOf(size, strong, scale), strong, faded: isFaded(picture, id, strong) });
  });
  return nodes;
}

/** Keys of the drawn edges between nodes in sight that get their names, when they are few enough to be read. */
function edgesToName({ drawing, picture }: InkScene, nodes: ReadonlyMap<string, DrawnNode>): string[] {
  const { emphasis, visible } = picture;
  const { columns } = drawing;
  const rows = emphasis ? [...emphasis.edges].map((id) => columns.edgeRow.get(id) ?? -1) : visible.edgeReports.keys();
  const named = new Set<string>();
  for (const row of rows) {
    const edge = columns.edges[row];
    if (!edge || visible.edgeReports[row] === 0 || !nodes.has(edge.subject) || !nodes.has(edge.object)) continue;
    named.add(drawing.keyOf(row));
    if (named.size > MOST_AVOIDED_EDGES) return [];
  }
  return [...named];
}

/** Points along the drawn edges, close enough that a label cannot lie on a line unnoticed. */
function pointsOnLines({ drawing, scale }: InkScene, nodes: ReadonlyMap<string, DrawnNode>, edges: readonly string[]): Point[] {
  const points: Point[] = [];
  for (const key of edges) {
    const { lane, loop } = drawing.graph.getEdgeAttributes(key);
    const [from, to] = drawing.graph.extremities(key);
    const [source, target] = [nodes.get(from), nodes.get(to)];
    if (!source || !target || loop) continue;
    const count = Math.ceil(Math.hypot(target.x - source.x, target.y - source.y) / 9);
    for (let i = 1; i < count; i++) points.push(pointOf(source, target, lane, scale, i / count));
  }
  return points;
}

function drawPictograms(context: CanvasRenderingContext2D, { drawing, look }: InkScene, nodes: readonly DrawnNode[]): void {
  const page = context.getTransform();
  const faint = mix("#ffffff", look.ground.paper, look.ground.dark ? 0.3 : 0.8);
  for (const { row, x, y, radius, faded } of nodes) {
    const path = PATHS.get(drawing.columns.nodes[row]?.kind ?? "");
    if (!path) continue;
    const size = (radius * 1.16) / 24;
    context.setTransform(page.a * size, 0, 0, page.d * size, page.e + page.a * (x - 12 * size), page.f + page.d * (y - 12 * size));
    context.fillStyle = faded ? faint : "#ffffff";
    context.fill(path, "evenodd");
  }
  context.setTransform(page);
}

/** Those that are named first, in order: what is chosen, what stands out, what is large. */
function foremost(nodes: readonly DrawnNode[], most: number): readonly DrawnNode[] {
  const ranks = Float64Array.from(nodes, (node) => (node.strong ? 2e6 : 0) + (node.faded ? 0 : 1e6) + node.radius);
  const least = ranks.slice().sort()[Math.max(0, nodes.length - most)] ?? 0;
  const found: { readonly node: DrawnNode; readonly rank: number }[] = [];
  ranks.forEach((rank, at) => rank >= least && found.push({ node: nodes[at] as DrawnNode, rank }));
  return found
    .sort((a, b) => b.rank - a.rank || (a.node.id < b.node.id ? -1 : 1))
    .slice(0, most)
    .map(({ node }) => node);
}

function drawNodeLabels(
  context: CanvasRenderingContext2D,
  scene: InkScene,
  nodes: readonly DrawnNode[],
  { occupied, discs }: Readonly<Record<"occupied" | "discs", Occupancy>>,
  points: Points,
): PlacedLabel[] {
  const { drawing, look, width, height } = scene;
  const most = Math.min(MOST_LABELS, Math.ceil((width * height) / ROOM_PER_LABEL));
  const placed: PlacedLabel[] = [];
  const isCrowd = nodes.length > FEW_NODES;
  // What finds no room says so again and again in a crowd: the search ends where it no longer pays.
  for (const [rankOf, node] of foremost(nodes, most * 4).entries()) {
    if (placed.length >= most) break;
    const label = drawing.graph.getNodeAttribute(node.id, "label");
    const text =
      isCrowd && !node.strong && label.length > LONGEST_IN_A_CROWD ? `${label.slice(0, LONGEST_IN_A_CROWD - 1).trimEnd()}…` : label;
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
    const places = [
      [within(node.x), node.y + gap + line / 2],
      [node.x + gap + 3 + half, node.y],
      [node.x - gap - 3 - half, node.y],
      [within(node.x), node.y - gap - line / 2],
      [node.x + half * 0.7 + 4, node.y + gap + line / 2],
      [node.x - half * 0.7 - 4, node.y + gap + line / 2],
      [node.x + half * 0.7 + 4, node.y - gap - line / 2],
      [node.x - half * 0.7 - 4, node.y - gap - line / 2],
    ].map(([x = 0, y = 0]) => {
      const box: Box = { left: x - half - 2, right: x + half + 2, top: y - line / 2, bottom: y + line / 2 };
      return { x, y, box, inside: box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2 };
    });
    // A long name runs over the border only where it has no other place.
    const isAnyInside = places.some(({ box, inside }) => inside && occupied.isFree(box));
    const unwritten = places.filter(({ box, inside }) => (inside || (!isAnyInside && (!isCrowd || node.strong))) && occupied.isFree(box));
    const clear = unwritten.filter(({ box }) => discs.isFree(box));
    // Whom all look for has a name, be it over a neighbour; no other name lies on a node.
    const free = clear.length > 0 || rankOf >= SURELY_NAMED ? clear : unwritten;
    const covered = (box: Box) =>
      clear.length > 0
        ? 0
        : nodes.filter(
            ({ x, y, radius }) => x + radius > box.left && x - radius < box.right && y + radius > box.top && y - radius < box.bottom,
          ).length;
    // The first of those that cross the fewest lines; the usual place below is worth a crossing.
    const costs = free.map((at) => points.within(at.box) + covered(at.box) * COVERING * 2 + (at === places[0] ? 0 : 1.5));
    const place = free[costs.indexOf(Math.min(...costs))] ?? (node.strong ? places[0] : undefined);
    if (!place) continue;
    occupied.take(place.box);
    placed.push({ node: node.id, text, font, strong: node.strong, x: place.x - node.x, y: place.y - node.y });
    write(context, text, place, 0, font, labelColor(look, node.faded));
  }
  return placed;
}

function drawEdgeLabels(
  context: CanvasRenderingContext2D,
  scene: InkScene,
  nodes: ReadonlyMap<string, DrawnNode>,
  occupied: Occupancy,
  keys: readonly string[],
): void {
  if (keys.length > MOST_NAMED_EDGES) return;
  const { drawing, picture, look, scale, family, relationLabel } = scene;
  const { columns, graph } = drawing;
  const isStrong = (key: string) => key === picture.strong;
  for (const key of keys.toSorted((a, b) => Number(isStrong(b)) - Number(isStrong(a)))) {
    const { pair, edge, lane, loop } = graph.getEdgeAttributes(key);
    const [from, to] = graph.extremities(key);
    const [source, target] = [nodes.get(from), nodes.get(to)];
    if (!source || !target) continue;
    const relation = columns.edges[edge ?? -1]?.relation;
    const text = relation === undefined ? bundleText(scene, pair) : relationLabel(relation);
    const color = relation === undefined ? look.ground.quiet : look.familyText(family(relation));
    const half = textWidth(text, EDGE_FONT) / 2;
    const room = Math.hypot(target.x - source.x, target.y - source.y) - source.radius - target.radius;
    if (!loop && !isStrong(key) && room < 2 * half + 16) continue;
    const candidates = loop
      ? [{ ...topOf(loopOf(source, source.radius, lane, scale)), angle: 0 }]
      : [0.5, 0.42, 0.58, 0.34, 0.66].map((t) => pointOf(source, target, lane, scale, t));
    for (const at of candidates) {
      // Never upside down.
      const angle = Math.abs(at.angle) > Math.PI / 2 ? at.angle + Math.PI : at.angle;
      const boxes = boxesAlong(at, angle, half);
      if (!boxes.every(occupied.isFree)) continue;
      boxes.forEach(occupied.take);
      write(context, text, at, angle, EDGE_FONT, color);
      break;
    }
  }
}

function bundleText({ drawing, picture }: InkScene, pair: number): string {
  const { first, edges } = drawing.columns.pairs;
  const members = edges.subarray(first[pair], first[pair + 1]);
  return count(members.filter((edge) => (picture.visible.edgeReports[edge] as number) > 0).length, "relation");
}

/** How many neighbours a collapsed entity holds, at its upper right. */
function drawFolded(context: CanvasRenderingContext2D, { drawing, picture, look }: InkScene, nodes: ReadonlyMap<string, DrawnNode>): void {
  for (const [row, held] of picture.visible.folded) {
    const node = nodes.get(drawing.columns.nodes[row]?.id ?? "");
    if (!node) continue;
    const at = { x: node.x + node.radius * 0.8 + 8, y: node.y - node.radius * 0.8 - 4 };
    write(context, `+${held}`, at, 0, nodeLabelFont(true), look.ground.accent);
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

/** What all texts have in common. */
function beginWriting(context: CanvasRenderingContext2D, ground: string): void {
  context.lineJoin = "round";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 4.5;
  context.strokeStyle = ground;
}

/** Writes a text about a point, with a rim of the ground's colour that keeps lines off it. */
function write(context: CanvasRenderingContext2D, text: string, at: Point, angle: number, font: string, color: string): void {
  context.font = font;
  context.fillStyle = color;
  if (angle === 0) {
    context.strokeText(text, at.x, at.y);
    context.fillText(text, at.x, at.y);
    return;
  }
  context.save();
  context.translate(at.x, at.y);
  context.rotate(angle);
  context.strokeText(text, 0, 0);
  context.fillText(text, 0, 0);
  context.restore();
}
