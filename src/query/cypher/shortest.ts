/**
 * Shortest walks between two nodes: breadth first from both ends, level by level, each time from the end where fewer relationships have
 * to be looked at, until the two searches meet.
 */
import type { PropertyGraph } from "./graph.ts";
import { degree, type Direction, otherEnd, relationshipsAt, reversed } from "./neighbours.ts";
import type { Run } from "./run.ts";

export interface ShortestOptions extends Direction {
  readonly min: number;
  readonly max: number;
  /** All of the shortest length, or the first. */
  readonly all: boolean;
  /** Whether a relationship of these types may be walked. Evaluates nothing that could search too. */
  readonly allowed: (relationship: number) => boolean;
}

/** A relationship and the node it leads to. */
type Step = readonly [relationship: number, node: number];

/**
 * Lists of relationships from `start` to `end`, each as short as can be; none where the shortest is longer than `max`.
 * `min` 0 lets a node reach itself by no step. They come in the order in which `neighbours` has their first relationships, of those
 * with the same first one their second, and so on.
 * @throws {CypherError} BudgetExceeded
 */
export function* shortestPaths(start: number, end: number, options: ShortestOptions, run: Run): Generator<number[], undefined> {
  if (start === end) {
    if (options.min === 0) yield [];
    return undefined;
  }
  const onward = stepsBetween(start, end, options, run);
  const walk: number[] = [];
  /** For each node of the walk what is still to be tried there, the first last. */
  const untried = [[...(onward.get(start) ?? [])]];
  while (untried.length > 0) {
    const step = untried.at(-1)!.pop();
    if (step === undefined) {
      untried.pop();
      walk.pop();
      continue;
    }
    const [relationship, node] = step;
    if (node === end) {
      run.spend(walk.length + 1);
      yield [...walk, relationship];
      if (!options.all) return undefined;
    } else {
      walk.push(relationship);
      untried.push([...onward.get(node)!]);
    }
  }
  return undefined;
}

/** All steps of all shortest walks (of one at least when not `all`), by the node they are taken at, in descending order; none without a walk. */
function stepsBetween(start: number, end: number, options: ShortestOptions, run: Run): Map<number, Step[]> {
  const { max, all } = options;
  const { graph } = run;
  const [nearPlaces, farPlaces] = placesFor(graph);
  const near = new Side(start, options, nearPlaces, run);
  const far = new Side(end, { ...options, ...reversed(options) }, farPlaces, run);
  let met: readonly number[] = [];
  for (let length = 1; length <= max && met.length === 0 && !near.exhausted && !far.exhausted; length++) {
    // The first node at which the near side meets the far one is on the first walk; the far side comes upon such nodes in another order.
    met = near.cost <= far.cost ? near.grow(far, all ? Number.POSITIVE_INFINITY : 1) : far.grow(near);
  }
  const onward = new Map<number, Step[]>();
  const add = (node: number, step: Step) => {
    const others = onward.get(node);
    if (others === undefined) onward.set(node, [step]);
    else others.push(step);
  };
  near.trace(met, (outer, relationship, inner) => add(inner, [relationship, outer]));
  far.trace(met, (outer, relationship, inner) => add(outer, [relationship, inner]));
  for (const [node, steps] of onward) {
    const leadsIn = ([relationship]: Step) => Number(graph.source(relationship) !== node);
    steps.sort((one, other) => leadsIn(other) - leadsIn(one) || other[0] - one[0]);
  }
  return onward;
}

/** What one end has reached so far, and all steps by which it was reached soonest. */
class Side {
  /** In the order they were reached: a sparse set (Briggs & Torczon 1993), so that `places` need not be cleared between searches. */
  private readonly nodes: number[] = [];
  /** By node: where in `nodes` it is, if it is there. */
  private readonly places: Uint32Array;
  /** Where in `nodes` the outermost level begins. */
  private level = 0;
  /** By place: the last step that was found to lead there; -1 at the end itself. */
  private readonly latest = [-1];
  /** Of each step: what was walked, the place it came from, and the step found before it to lead to the same place. */
  private readonly relationships: number[] = [];
  private readonly origins: number[] = [];
  private readonly earlier: number[] = [];
  /** Relationships to be looked at in order to grow by a level. */
  cost: number;

  private readonly options: ShortestOptions;
  private readonly run: Run;

  constructor(end: number, options: ShortestOptions, places: Uint32Array, run: Run) {
    this.options = options;
    this.run = run;
    this.places = places;
    this.nodes.push(end);
    places[end] = 0;
    this.cost = degree(options, end, run);
  }

  get exhausted(): boolean {
    return this.level === this.nodes.length;
  }

  private has(node: number): boolean {
    const place = this.places[node]!;
    return place < this.nodes.length && this.nodes[place] === node;
  }

  /**
   * Grows by a level.
   * @param enough at how many nodes it has to meet the other side to stop within the level
   * @returns the nodes at which it meets the other side
   */
  grow(other: Side, enough = Number.POSITIVE_INFINITY): number[] {
    const { nodes, places, latest, options, run } = this;
    const met: number[] = [];
    const [first, next] = [this.level, nodes.length];
    for (let origin = first; origin < next && met.length < enough; origin++) {
      const from = nodes[origin]!;
      for (const relationship of relationshipsAt(options, from, run)) {
        const node = otherEnd(relationship, from, run);
        const known = this.has(node);
        if (known && places[node]! < next) continue;
        if (!options.allowed(relationship)) continue;
        if (!known) {
          places[node] = nodes.push(node) - 1;
          latest.push(-1);
          if (other.has(node)) met.push(node);
        }
        const place = places[node]!;
        this.earlier.push(latest[place]!);
        this.origins.push(origin);
        latest[place] = this.relationships.push(relationship) - 1;
      }
    }
    this.level = next;
    this.cost = 0;
    if (met.length === 0) for (let place = next; place < nodes.length; place++) this.cost += degree(options, nodes[place]!, run);
    return met;
  }

  /** Tells every step by which these nodes were reached, from the outer node to the inner one. */
  trace(reached: readonly number[], tell: (outer: number, relationship: number, inner: number) => void): void {
    const { nodes, places, latest, relationships, origins, earlier } = this;
    const waiting = new Set(reached.map((node) => places[node]!));
    for (const place of waiting) {
      for (let step = latest[place]!; step !== -1; step = earlier[step]!) {
        const origin = origins[step]!;
        tell(nodes[place]!, relationships[step]!, nodes[origin]!);
        waiting.add(origin);
      }
    }
  }
}

/** Room for the places of a graph's nodes on both sides, used by one search after the other. */
const rooms = new WeakMap<PropertyGraph, readonly [near: Uint32Array, far: Uint32Array]>();

function placesFor(graph: PropertyGraph): readonly [near: Uint32Array, far: Uint32Array] {
  const known = rooms.get(graph);
  if (known !== undefined && known[0].length >= graph.nodeCount) return known;
  // With room for what is added to the graph.
  const nodes = Math.ceil(1.1 * graph.nodeCount);
  const made = [new Uint32Array(nodes), new Uint32Array(nodes)] as const;
  rooms.set(graph, made);
  return made;
}
