/**
 * Where the entities of a large graph go: coarsened until it is small, laid out by ForceAtlas2 (Jacomy and others 2014) and refined
 * level by level (multilevel layout: Walshaw 2003), then pushed apart. The same graph gives the same places. Pure.
 */
import iterate from "graphology-layout-forceatlas2/iterate.js";

export interface Link {
  /** Positions in the list of ids. */
  readonly source: number;
  readonly target: number;
  readonly weight: number;
}

/** A graph of some level: clusters of the level below it are its nodes. */
interface Level {
  readonly size: number;
  /** Nodes of the given graph in each. */
  readonly mass: Float64Array;
  readonly links: readonly Link[];
  /** Which cluster each node of the level below is in; absent at the lowest. */
  readonly clusterOf?: Int32Array;
}

const COARSEST = 160;
const PER_NODE = 10;
const PER_LINK = 3;
/** Width in units of a page for so many nodes: the area grows with their number. */
const PAGE = { width: 980, height: 760, nodes: 400 };

/** Where nodes are already, by positions in the list of ids. */
export interface Known {
  readonly places: ReadonlyMap<number, readonly [x: number, y: number]>;
  /** Those that stay just where they are. */
  readonly pinned: ReadonlySet<number>;
}

/**
 * @param known where at least half of the linked nodes have a place, the others join their neighbours and what is there moves no further
 * than it is pushed; where fewer have, all but the pinned are laid out anew
 * @returns x and y by turns, in the order of the ids
 */
export function layOut(ids: readonly string[], links: readonly Link[], known?: Known): Float64Array {
  const degree = new Float64Array(ids.length);
  for (const { source, target } of links) {
    degree[source]!++;
    degree[target]!++;
  }
  const linked = ids.map((_, row) => row).filter((row) => (degree[row] as number) > 0);
  const slot = new Map(linked.map((row, place) => [row, place]));
  const ofLinked = links.map(({ source, target, weight }) => ({
    source: slot.get(source) as number,
    target: slot.get(target) as number,
    weight: 1 + Math.log(weight),
  }));
  const names = linked.map((row) => ids[row] as string);
  const there = new Map(linked.flatMap((row, place) => (known?.places.has(row) ? [[place, known.places.get(row) as Place]] : [])));
  const isWarm = linked.length > 0 && there.size * 2 >= linked.length;
  const grow = Math.sqrt(Math.max(1, linked.length / PAGE.nodes));
  const places = isWarm ? joinNeighbors(names, ofLinked, there) : multilevel(names, ofLinked);
  if (!isWarm) fitToPage(places, PAGE.width * grow, PAGE.height * grow);
  const most = Math.max(1, ...linked.map((row) => degree[row] as number));
  const mobility = linked.map((row, place) => (known?.pinned.has(row) ? 0 : isWarm && there.has(place) ? SETTLED : 1));
  linked.forEach((row, place) => {
    if (known?.pinned.has(row)) places.set(known.places.get(row) as Place, 2 * place);
  });
  pushApart(
    places,
    linked.map((row) => 11 + 34 * Math.sqrt((degree[row] as number) / most)),
    mobility,
  );
  return withUnlinked(ids.length, linked, places, known?.places);
}

type Place = readonly [x: number, y: number];

/** How far what was there is pushed, of what a new node is. */
const SETTLED = 0.1;
/** How far from its neighbours' middle a new node starts. */
const BESIDE = 60;

/** Puts each new node near the middle of those of its neighbours that have a place, on a side that its id chooses; one after the other. */
function joinNeighbors(names: readonly string[], links: readonly Link[], there: ReadonlyMap<number, Place>): Float64Array {
  const places = new Map(there);
  const around = new Map(names.flatMap((_, node) => (there.has(node) ? [] : [[node, [] as number[]]])));
  for (const { source, target } of links) {
    around.get(source)?.push(target);
    around.get(target)?.push(source);
  }
  const turned = (node: number, [x, y]: Place, reach: number): Place => {
    const angle = (hash(names[node] as string) / 2 ** 32) * 2 * Math.PI;
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
  };
  for (let left = around.size; left > 0; ) {
    // Neighbours of what is there first, then theirs.
    const round = [...around].flatMap(([node, neighbors]): [number, Place][] => {
      if (places.has(node)) return [];
      const found = neighbors.flatMap((other) => (places.has(other) ? [places.get(other) as Place] : []));
      if (found.length === 0) return [];
      const mean = (axis: 0 | 1) => found.reduce((sum, place) => sum + place[axis], 0) / found.length;
      return [[node, turned(node, [mean(0), mean(1)], BESIDE)]];
    });
    for (const [node, place] of round) places.set(node, place);
    if (round.length === 0) break;
    left -= round.length;
  }
  // What hangs together with nothing that was there goes round it.
  const rim = Math.max(0, ...[...there.values()].map(([x, y]) => Math.hypot(x, y)));
  const all = new Float64Array(2 * names.length);
  names.forEach((_, node) => all.set(places.get(node) ?? turned(node, [0, 0], rim + BESIDE), 2 * node));
  return all;
}

function multilevel(names: readonly string[], links: readonly Link[]): Float64Array {
  const levels: Level[] = [{ size: names.length, mass: new Float64Array(names.length).fill(1), links }];
  for (let level = levels[0] as Level; level.size > COARSEST; ) {
    const next = coarsen(level);
    if (next.size > level.size * 0.9) break;
    levels.push(next);
    level = next;
  }
  let places: Float64Array = new Float64Array(0);
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    const level = levels[depth] as Level;
    const above = levels[depth + 1]?.clusterOf;
    const start = new Float64Array(2 * level.size);
    const grow = Math.sqrt(level.size / (levels[depth + 1]?.size ?? level.size));
    for (let node = 0; node < level.size; node++) {
      // At the lowest level by id, so that a node starts at the same side whatever else there is.
      const turn = depth === 0 ? hash(names[node] as string) : hash(String(node));
      const angle = ((turn & 0xffff) / 0x10000) * 2 * Math.PI;
      const reach = above ? 12 : Math.sqrt((turn >>> 16) / 0x10000) * 40 * Math.sqrt(level.size);
      const from = above ? (above[node] as number) : -1;
      start[2 * node] = (from < 0 ? 0 : (places[2 * from] as number) * grow) + Math.cos(angle) * reach;
      start[2 * node + 1] = (from < 0 ? 0 : (places[2 * from + 1] as number) * grow) + Math.sin(angle) * reach;
    }
    const steps = above ? Math.max(30, Math.min(120, Math.round(180_000 / level.size))) : 250;
    places = settle(level, start, steps);
  }
  return places;
}

/** Joins each node with the neighbour that it is tied to most, small clusters first: a level of a third or less of the nodes. */
function coarsen({ size, mass, links }: Level): Level {
  const around: [number, number][][] = Array.from({ length: size }, () => []);
  for (const { source, target, weight } of links) {
    around[source]?.push([target, weight]);
    around[target]?.push([source, weight]);
  }
  const order = Array.from({ length: size }, (_, node) => node).sort(
    (a, b) => (around[a] as []).length - (around[b] as []).length || a - b,
  );
  const total = mass.reduce((sum, each) => sum + each, 0);
  const largest = Math.max(4, (6 * total) / size);
  const clusterOf = new Int32Array(size).fill(-1);
  const weights: number[] = [];
  for (const node of order) {
    if (clusterOf[node] !== -1) continue;
    let [best, score] = [-1, 0];
    for (const [other, weight] of around[node] as [number, number][]) {
      const cluster = clusterOf[other] as number;
      const joined = cluster === -1 ? (mass[other] as number) : (weights[cluster] as number);
      if (joined + (mass[node] as number) > largest) continue;
      const tie = weight / joined;
      if (tie > score) [best, score] = [other, tie];
    }
    if (best === -1) {
      clusterOf[node] = weights.push(mass[node] as number) - 1;
      continue;
    }
    if (clusterOf[best] === -1) clusterOf[best] = weights.push(mass[best] as number) - 1;
    const cluster = clusterOf[best] as number;
    clusterOf[node] = cluster;
    weights[cluster]! += mass[node] as number;
  }
  const sums = new Map<number, number>();
  for (const { source, target, weight } of links) {
    const [a, b] = [clusterOf[source] as number, clusterOf[target] as number];
    if (a === b) continue;
    const key = Math.min(a, b) * weights.length + Math.max(a, b);
    sums.set(key, (sums.get(key) ?? 0) + weight);
  }
  return {
    size: weights.length,
    mass: Float64Array.from(weights),
    links: [...sums].map(([key, weight]) => ({ source: Math.floor(key / weights.length), target: key % weights.length, weight })),
    clusterOf,
  };
}

const SETTINGS = {
  linLogMode: false,
  outboundAttractionDistribution: false,
  adjustSizes: false,
  edgeWeightInfluence: 1,
  scalingRatio: 60,
  strongGravityMode: true,
  gravity: 0.015,
  barnesHutTheta: 0.9,
};

function settle(level: Level, start: Float64Array, steps: number): Float64Array {
  const matrix = new Float32Array(level.size * PER_NODE);
  const degree = new Float64Array(level.size);
  const edges = new Float32Array(level.links.length * PER_LINK);
  level.links.forEach(({ source, target, weight }, index) => {
    degree[source]!++;
    degree[target]!++;
    edges.set([source * PER_NODE, target * PER_NODE, weight], index * PER_LINK);
  });
  for (let node = 0; node < level.size; node++) {
    const row = node * PER_NODE;
    matrix[row] = start[2 * node] as number;
    matrix[row + 1] = start[2 * node + 1] as number;
    matrix[row + 6] = (level.mass[node] as number) + (degree[node] as number);
    matrix[row + 7] = 1;
    matrix[row + 8] = 1;
  }
  const settings = { ...SETTINGS, slowDown: 2 + Math.log(1 + level.size), barnesHutOptimize: level.size > 300 };
  for (let step = 0; step < steps; step++) iterate(settings, matrix, edges);
  return Float64Array.from({ length: 2 * level.size }, (_, at) => matrix[(at >> 1) * PER_NODE + (at & 1)] as number);
}

/** Moves the middle to 0, 0 and scales so that most of the drawing fills the page. */
function fitToPage(places: Float64Array, width: number, height: number): void {
  for (const [axis, length] of [
    [0, width],
    [1, height],
  ] as const) {
    const values = Float64Array.from({ length: places.length / 2 }, (_, node) => places[2 * node + axis] as number).sort();
    if (values.length === 0) return;
    const at = (share: number) => values[Math.floor((values.length - 1) * share)] as number;
    // A few that lie far out do not make all others small.
    const [low, high] = [at(0.02), at(0.98)];
    const scale = length / Math.max(1e-6, (high - low) * 1.15);
    for (let node = 0; node < values.length; node++) {
      const from = ((places[2 * node + axis] as number) - (low + high) / 2) * scale;
      places[2 * node + axis] = Math.max(-length * 0.75, Math.min(length * 0.75, from));
    }
  }
}

/**
 * Pushes discs apart that overlap, on a grid.
 * @param mobility how much of a push each takes, against what the other takes
 */
function pushApart(places: Float64Array, radii: readonly number[], mobility: readonly number[]): void {
  const cell = 2 * Math.max(1, ...radii);
  for (let round = 0; round < 40; round++) {
    const cells = new Map<number, number[]>();
    const keyOf = (x: number, y: number) => (x + 32_768) * 65_536 + y + 32_768;
    radii.forEach((_, node) => {
      const key = keyOf(Math.floor((places[2 * node] as number) / cell), Math.floor((places[2 * node + 1] as number) / cell));
      const there = cells.get(key);
      if (there) there.push(node);
      else cells.set(key, [node]);
    });
    let apart = true;
    radii.forEach((radius, node) => {
      const [column, row] = [Math.floor((places[2 * node] as number) / cell), Math.floor((places[2 * node + 1] as number) / cell)];
      for (let x = column - 1; x <= column + 1; x++) {
        for (let y = row - 1; y <= row + 1; y++) {
          for (const other of cells.get(keyOf(x, y)) ?? []) {
            if (other <= node) continue;
            let dx = (places[2 * other] as number) - (places[2 * node] as number);
            let dy = (places[2 * other + 1] as number) - (places[2 * node + 1] as number);
            const distance = Math.hypot(dx, dy);
            const over = radius + (radii[other] as number) - distance;
            const [mine, its] = [mobility[node] as number, mobility[other] as number];
            if (over <= 0.5 || mine + its === 0) continue;
            apart = false;
            if (distance < 1e-6) [dx, dy] = [node % 2 === 0 ? 1 : -1, 0.5];
            const share = over / (Math.max(distance, 1) * (mine + its));
            places[2 * node]! -= dx * share * mine;
            places[2 * node + 1]! -= dy * share * mine;
            places[2 * other]! += dx * share * its;
            places[2 * other + 1]! += dy * share * its;
          }
        }
      }
    });
    if (apart) return;
  }
}

/** Those without a link stay where they are, or lie in rows below all others. */
function withUnlinked(size: number, linked: readonly number[], places: Float64Array, known: Known["places"] = new Map()): Float64Array {
  const all = new Float64Array(2 * size);
  let [left, right, bottom] = [-PAGE.width / 2, PAGE.width / 2, 0];
  linked.forEach((row, place) => {
    const [x, y] = [places[2 * place] as number, places[2 * place + 1] as number];
    all[2 * row] = x;
    all[2 * row + 1] = y;
    [left, right, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(bottom, y)];
  });
  const held = new Set(linked);
  for (const [row, [x, y]] of known) {
    if (held.has(row)) continue;
    held.add(row);
    all.set([x, y], 2 * row);
    bottom = Math.min(bottom, y + 30);
  }
  let [x, y] = [left, bottom - 90];
  for (let row = 0; row < size; row++) {
    if (held.has(row)) continue;
    all[2 * row] = x;
    all[2 * row + 1] = y;
    x += 60;
    if (x > right) [x, y] = [left, y - 60];
  }
  return all;
}

/** 32-bit FNV-1a with a last avalanche. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
