/**
 * Where nodes go: seeded by id, moved by ForceAtlas2 until they rest, turned to the page, spread until nothing overlaps. Where most
 * nodes have a place already, the others join their neighbours and nothing else moves but what they push aside. Pure.
 */
import iterate from "graphology-layout-forceatlas2/iterate.js";

/** Positions are in CSS pixels of a page of this size, which the drawing then scales to the canvas it has. */
const PAGE = { width: 980, height: 760 };
/** How large that page usually is on the screen; discs and labels keep their size, so here they count for more. */
const USUAL_SCALE = 0.74;

export interface LayoutNode {
  readonly id: string;
  /** Radius and label width in CSS pixels. */
  readonly radius: number;
  readonly label: number;
  /** Where it was before; absent for a new node. */
  readonly at?: { readonly x: number; readonly y: number };
  /** The user put it there: it does not move. */
  readonly pinned?: boolean;
}

export interface LayoutInput {
  readonly nodes: readonly LayoutNode[];
  /** Pairs of positions in `nodes` with the number of edges between them. */
  readonly links: readonly Link[];
}

export interface Link {
  readonly source: number;
  readonly target: number;
  readonly weight: number;
}

/** How far from its neighbours' middle a new node starts. */
const BESIDE = 130;

const PER_NODE = 10;
const PER_LINK = 3;
const LABEL_HEIGHT = 18;
/** Above it, spreading looks at discs only, and rests sooner. */
const SMALL = 400;

/** 32-bit FNV-1a: the same id starts at the same place in every graph. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // Final avalanche, so that ids that differ in the last letter lie far apart.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}

function seed(id: string, count: number): { x: number; y: number } {
  const code = hash(id);
  const angle = ((code & 0xffff) / 0x10000) * 2 * Math.PI;
  const distance = Math.sqrt((code >>> 16) / 0x10000) * 40 * Math.sqrt(count);
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance };
}

/**
 * Runs the layout step by step.
 * @yields positions (x, y by turns, in the order of `nodes`) every `every` steps; the last yield is the finished layout
 */
export function* settle(input: LayoutInput, every = 50): Generator<Float32Array, void, void> {
  const { nodes, links } = input;
  const degree = new Uint32Array(nodes.length);
  for (const { source, target } of links) {
    degree[source] = (degree[source] as number) + 1;
    degree[target] = (degree[target] as number) + 1;
  }
  // Nodes without an edge have no place of their own among the others: they wait in rows below.
  const linked = nodes.map((_, i) => i).filter((i) => (degree[i] as number) > 0);
  const slot = new Map(linked.map((node, position) => [node, position]));
  const matrix = new Float32Array(linked.length * PER_NODE);
  const isWarm = linked.length > 0 && linked.filter((node) => nodes[node]?.at).length * 2 >= linked.length;
  const beside = isWarm ? besideNeighbors(linked, nodes, links) : new Map<number, Place>();
  linked.forEach((node, position) => {
    const { id, at, radius, pinned } = nodes[node] as LayoutNode;
    const start = at ?? beside.get(node) ?? seed(id, linked.length);
    const row = position * PER_NODE;
    matrix[row] = start.x;
    matrix[row + 1] = start.y;
    matrix[row + 6] = 1 + (degree[node] as number);
    matrix[row + 7] = 1;
    matrix[row + 8] = radius;
    matrix[row + 9] = pinned ? 1 : 0;
  });
  const edges = new Float32Array(links.length * PER_LINK);
  links.forEach(({ source, target, weight }, index) => {
    edges[index * PER_LINK] = (slot.get(source) as number) * PER_NODE;
    edges[index * PER_LINK + 1] = (slot.get(target) as number) * PER_NODE;
    edges[index * PER_LINK + 2] = 1 + Math.log(weight);
  });

  const finish = (last: boolean): Float32Array => {
    const positions = new Float32Array(nodes.length * 2);
    const core = new Float32Array(linked.length * 2);
    for (let i = 0; i < linked.length; i++) {
      core[2 * i] = matrix[i * PER_NODE] as number;
      core[2 * i + 1] = matrix[i * PER_NODE + 1] as number;
    }
    if (!isWarm) fitToPage(core, linked.length > SMALL ? Math.sqrt(linked.length / SMALL) : 1);
    if (last) {
      spread(
        core,
        linked.map((node) => nodes[node] as LayoutNode),
        links.map(({ source, target, weight }) => ({ source: slot.get(source) as number, target: slot.get(target) as number, weight })),
      );
    }
    linked.forEach((node, position) => {
      positions[2 * node] = core[2 * position] as number;
      positions[2 * node + 1] = core[2 * position + 1] as number;
    });
    placeUnlinked(positions, nodes, degree);
    return positions;
  };

  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 60,
    strongGravityMode: true,
    gravity: linked.length > SMALL ? 0.02 : 0.06,
    slowDown: 2 + Math.log(1 + linked.length),
    barnesHutOptimize: linked.length > SMALL,
    barnesHutTheta: 0.6,
  };
  const steps = linked.length === 0 || isWarm ? 0 : linked.length > SMALL ? 400 : 900;
  for (let step = 1; step <= steps; step++) {
    iterate(settings, matrix, edges);
    if (step % 10 === 0 && atRest(matrix)) break;
    if (step % every === 0) yield finish(false);
  }
  yield finish(true);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** For new nodes: near the middle of those neighbours that have a place, on a side that the id chooses; one after the other. */
function besideNeighbors(linked: readonly number[], nodes: readonly LayoutNode[], links: readonly Link[]): Map<number, Place> {
  const fresh = new Map(linked.filter((node) => !nodes[node]?.at).map((node) => [node, [] as number[]]));
  for (const { source, target } of links) {
    fresh.get(source)?.push(target);
    fresh.get(target)?.push(source);
  }
  const found = new Map<number, Place>();
  for (let left = fresh.size; left > 0; ) {
    const round = [...fresh].filter(([node]) => !found.has(node));
    for (const [node, around] of round) {
      const places = around.flatMap((other) => nodes[other]?.at ?? found.get(other) ?? []);
      if (places.length === 0) continue;
      const angle = (hash((nodes[node] as LayoutNode).id) / 2 ** 32) * 2 * Math.PI;
      const mean = (axis: "x" | "y") => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
      found.set(node, { x: mean("x") + Math.cos(angle) * BESIDE, y: mean("y") + Math.sin(angle) * BESIDE });
    }
    const next = fresh.size - found.size;
    // What hangs together with nothing that was there has no neighbour to join.
    if (next === left) break;
    left = next;
  }
  return found;
}

/** Whether the nodes' mean step is below a five-hundredth of the picture's size. */
function atRest(matrix: Float32Array): boolean {
  let moved = 0;
  let size = 1;
  for (let row = 0; row < matrix.length; row += PER_NODE) {
    moved += Math.hypot(matrix[row + 2] as number, matrix[row + 3] as number) * (matrix[row + 7] as number);
    size = Math.max(size, Math.abs(matrix[row] as number), Math.abs(matrix[row + 1] as number));
  }
  return (moved / matrix.length) * PER_NODE < size / 50_000;
}

/** Turns the longest axis to the page's long side and scales to the page; mirrored so that the same shape always faces the same way. */
function fitToPage(points: Float32Array, grow: number): void {
  const count = points.length / 2;
  if (count === 0) return;
  let [cx, cy] = [0, 0];
  for (let i = 0; i < count; i++) {
    cx += (points[2 * i] as number) / count;
    cy += (points[2 * i + 1] as number) / count;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [(points[2 * i] as number) - cx, (points[2 * i + 1] as number) - cy];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const angle = -0.5 * Math.atan2(2 * xy, xx - yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [(points[2 * i] as number) - cx, (points[2 * i + 1] as number) - cy];
    points[2 * i] = dx * cos - dy * sin;
    points[2 * i + 1] = dx * sin + dy * cos;
  }
  const [left, right] = pullIn(points, 0);
  const [bottom, top] = pullIn(points, 1);
  const scaleX = (PAGE.width * grow) / Math.max(right - left, 1e-6);
  const scaleY = (PAGE.height * grow) / Math.max(top - bottom, 1e-6);
  // Fill the page, but never stretch one way more than half as much again as the other.
  const least = Math.min(scaleX, scaleY);
  const [sx, sy] = [Math.min(scaleX, least * 1.5), Math.min(scaleY, least * 1.5)];
  const few = Math.min(1, Math.sqrt(count / 8));
  for (let i = 0; i < count; i++) {
    points[2 * i] = ((points[2 * i] as number) - (left + right) / 2) * sx * few;
    points[2 * i + 1] = ((points[2 * i + 1] as number) - (bottom + top) / 2) * sy * few;
  }
}

/** Of many nodes so many on each side may lie far out, and how far beyond the others, as a share of these' extent. */
const FAR_OUT = 0.04;
const BEYOND = 0.08;

/** Brings the few that lie far out on an axis closer, so that they do not make all others small. @returns the least and the greatest value */
function pullIn(points: Float32Array, axis: 0 | 1): readonly [number, number] {
  const values = points.filter((_, at) => at % 2 === axis).sort();
  const count = values.length;
  const far = count > SMALL ? Math.floor(count * FAR_OUT) : 0;
  const [low, high] = [values[far] as number, values[count - 1 - far] as number];
  const reach = (high - low) * BEYOND;
  const [least, greatest] = [values[0] as number, values[count - 1] as number];
  if (far === 0 || reach === 0) return [least, greatest];
  for (let at = axis; at < points.length; at += 2) {
    const value = points[at] as number;
    // The order among them stays.
    if (value < low) points[at] = low - (reach * (low - value)) / Math.max(1e-6, low - least);
    else if (value > high) points[at] = high + (reach * (value - high)) / Math.max(1e-6, greatest - high);
  }
  return [low - reach, high + reach];
}

interface Half {
  readonly x: number;
  readonly y: number;
}

/** Pushes apart what overlaps, in small graphs discs with their labels and nodes that lie on a line of others, else discs only. */
function spread(points: Float32Array, nodes: readonly LayoutNode[], links: readonly Link[]): void {
  const small = nodes.length <= SMALL;
  const halves = nodes.map(
    ({ radius, label }): Half => ({
      x: ((small ? Math.max(radius, label / 2) : radius) + 7) / USUAL_SCALE,
      y: (radius + (small ? LABEL_HEIGHT / 2 : 0) + 6) / USUAL_SCALE,
    }),
  );
  for (let round = 0; round < 120; round++) {
    const apart = separate(points, nodes, halves);
    const roomy = !small || stretchLinks(points, nodes, links);
    const clear = !small || clearLines(points, nodes, links);
    if (apart && roomy && clear) break;
  }
  // A line may touch a disc in a crowd, a label may not cover another: overlaps have the last word.
  for (let round = 0; round < 60 && !separate(points, nodes, halves); round++);
}

/** One round of pushing overlapping boxes apart along their shorter overlap; true when none overlapped. */
function separate(points: Float32Array, nodes: readonly LayoutNode[], halves: readonly Half[]): boolean {
  const order = nodes.map((_, i) => i).sort((a, b) => (points[2 * a] as number) - (points[2 * b] as number) || a - b);
  const widest = Math.max(0, ...halves.map(({ x }) => x));
  let apart = true;
  for (let p = 0; p < order.length; p++) {
    const i = order[p] as number;
    for (let q = p + 1; q < order.length; q++) {
      const j = order[q] as number;
      const dx = (points[2 * j] as number) - (points[2 * i] as number);
      // Sorted by x: further ones are further away.
      if (dx > 2 * widest + 1) break;
      const dy = (points[2 * j + 1] as number) - (points[2 * i + 1] as number);
      const [a, b] = [halves[i] as Half, halves[j] as Half];
      const [overX, overY] = [a.x + b.x - Math.abs(dx), a.y + b.y - Math.abs(dy)];
      if (overX <= 0.5 || overY <= 0.5) continue;
      const [shareI, shareJ] = nodes[i]?.pinned ? [0, nodes[j]?.pinned ? 0 : 1] : nodes[j]?.pinned ? [1, 0] : [0.5, 0.5];
      if (shareI + shareJ === 0) continue;
      apart = false;
      const axis = overX < overY ? 0 : 1;
      const by = (axis === 0 ? overX : overY) * ((axis === 0 ? dx : dy) < 0 ? -1.05 : 1.05);
      points[2 * i + axis] = (points[2 * i + axis] as number) - by * shareI;
      points[2 * j + axis] = (points[2 * j + axis] as number) + by * shareJ;
    }
  }
  return apart;
}

/** Least free length of a line in CSS pixels: room for its name, and for a fan where there are several. */
const LINE_ROOM = 62;
const FAN_ROOM = 104;

/** One round of lengthening lines that leave their name no room; true when all did. */
function stretchLinks(points: Float32Array, nodes: readonly LayoutNode[], links: readonly Link[]): boolean {
  let roomy = true;
  for (const { source: a, target: b, weight } of links) {
    const dx = (points[2 * b] as number) - (points[2 * a] as number);
    const dy = (points[2 * b + 1] as number) - (points[2 * a + 1] as number);
    const length = Math.hypot(dx, dy) || 1;
    const [from, to] = [nodes[a] as LayoutNode, nodes[b] as LayoutNode];
    const need = (from.radius + to.radius + (weight > 1 ? FAN_ROOM : LINE_ROOM)) / USUAL_SCALE;
    if (length >= need - 0.5 || (from.pinned && to.pinned)) continue;
    roomy = false;
    const by = ((need - length) * 0.4) / length;
    if (!from.pinned) {
      points[2 * a] = (points[2 * a] as number) - dx * by;
      points[2 * a + 1] = (points[2 * a + 1] as number) - dy * by;
    }
    if (!to.pinned) {
      points[2 * b] = (points[2 * b] as number) + dx * by;
      points[2 * b + 1] = (points[2 * b + 1] as number) + dy * by;
    }
  }
  return roomy;
}

/** One round of moving nodes off the lines between others; true when none lay on one. */
function clearLines(points: Float32Array, nodes: readonly LayoutNode[], links: readonly Link[]): boolean {
  let clear = true;
  for (const { source: a, target: b } of links) {
    const [ax, ay, bx, by] = [2 * a, 2 * a + 1, 2 * b, 2 * b + 1].map((at) => points[at] as number) as [number, number, number, number];
    const [lx, ly] = [bx - ax, by - ay];
    const square = lx * lx + ly * ly;
    if (square === 0) continue;
    for (let i = 0; i < nodes.length; i++) {
      if (i === a || i === b || nodes[i]?.pinned) continue;
      const [px, py] = [(points[2 * i] as number) - ax, (points[2 * i + 1] as number) - ay];
      const along = (px * lx + py * ly) / square;
      if (along < 0.04 || along > 0.96) continue;
      const length = Math.sqrt(square);
      const off = (px * -ly + py * lx) / length;
      const need = ((nodes[i] as LayoutNode).radius + 12) / USUAL_SCALE;
      if (Math.abs(off) >= need - 0.5) continue;
      clear = false;
      const by = ((need - Math.abs(off)) * (off < 0 ? -1 : 1) * 0.6) / length;
      points[2 * i] = (points[2 * i] as number) - ly * by;
      points[2 * i + 1] = (points[2 * i + 1] as number) + lx * by;
    }
  }
  return clear;
}

/** More nodes without an edge than this stand close together: they would take the room of those that have some. */
const FEW_UNLINKED = 24;

/** Rows below the drawing, in the order given; those with a place of their own keep it, new ones come below them. */
function placeUnlinked(positions: Float32Array, nodes: readonly LayoutNode[], degree: Uint32Array): void {
  let [left, right, bottom] = [-PAGE.width / 2, PAGE.width / 2, PAGE.height / 2];
  let unlinked = 0;
  nodes.forEach(({ at }, i) => {
    if (degree[i] === 0) unlinked++;
    if (degree[i] === 0 && !at) return;
    const [x, y] = degree[i] === 0 && at ? [at.x, at.y] : [positions[2 * i] as number, positions[2 * i + 1] as number];
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
  });
  if (bottom === PAGE.height / 2) bottom = 0;
  const isClose = unlinked > FEW_UNLINKED;
  let x = left;
  let y = bottom - (isClose ? 60 : 90);
  nodes.forEach((node, i) => {
    if (degree[i] !== 0) return;
    if (node.at) {
      positions[2 * i] = node.at.x;
      positions[2 * i + 1] = node.at.y;
      return;
    }
    const width = (isClose ? node.radius * 3 + 4 : Math.max(node.radius * 2, node.label) + 30) / USUAL_SCALE;
    if (x + width > right && x > left) {
      x = left;
      y -= isClose ? width : 70;
    }
    positions[2 * i] = x + width / 2;
    positions[2 * i + 1] = y;
    x += width;
  });
}
