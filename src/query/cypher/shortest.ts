/** Shortest walks between two nodes, breadth first. */

export interface ShortestOptions {
  readonly min: number;
  readonly max: number;
  /** All of the shortest length, or the first found. */
  readonly all: boolean;
}

/**
 * Lists of relationships from `start` to `end`, each as short as can be; none where the shortest is longer than `max`.
 * `min` 0 lets a node reach itself by no step. Order follows that of `next`.
 */
export function* shortestPaths(
  start: number,
  end: number,
  { min, max, all }: ShortestOptions,
  next: (node: number) => readonly (readonly [relationship: number, other: number])[],
): Generator<number[], undefined> {
  if (start === end) {
    if (min === 0) yield [];
    return undefined;
  }
  const depth = new Map([[start, 0]]);
  const parents = new Map<number, [relationship: number, node: number][]>();
  let level = [start];
  for (let steps = 1; steps <= max && level.length > 0 && !depth.has(end); steps++) {
    const reached: number[] = [];
    for (const node of level) {
      for (const [relationship, other] of next(node)) {
        const known = depth.get(other);
        if (known === undefined) {
          depth.set(other, steps);
          parents.set(other, [[relationship, node]]);
          reached.push(other);
        } else if (all && known === steps) parents.get(other)!.push([relationship, node]);
      }
    }
    level = reached;
  }
  if (depth.has(end)) yield* back(end, []);
  return undefined;

  function* back(node: number, after: readonly number[]): Generator<number[], undefined> {
    if (node === start) {
      yield [...after];
      return undefined;
    }
    for (const [relationship, parent] of parents.get(node)!) yield* back(parent, [relationship, ...after]);
    return undefined;
  }
}
