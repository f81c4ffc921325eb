/** Which relationships lead on from a node, and where. */
import type { Run } from "./run.ts";

export interface Direction {
  /** None for all. */
  readonly types: readonly string[];
  readonly out: boolean;
  readonly in: boolean;
}

/** The same relationships, walked the other way. */
export function reversed({ types, out, in: into }: Direction): Direction {
  return { types, out: into, in: out };
}

/** How many relationships have to be looked at. */
export function degree({ out, in: into }: Direction, node: number, { graph }: Run): number {
  return (out ? graph.outgoing(node).length : 0) + (into ? graph.incoming(node).length : 0);
}

/** Visits the relationships at a node with their other ends: those that lead out, then those that lead in, each ascending; a loop once. */
export function visitNeighbours(
  { types, out, in: into }: Direction,
  node: number,
  run: Run,
  visit: (relationship: number, other: number) => void,
): void {
  const { graph } = run;
  const take = (relationships: ArrayLike<number>, other: (relationship: number) => number, loops: boolean) => {
    run.spend(relationships.length);
    for (let index = 0; index < relationships.length; index++) {
      const relationship = relationships[index]!;
      if (types.length > 0 && !types.includes(graph.type(relationship))) continue;
      const end = other(relationship);
      if (loops || end !== node) visit(relationship, end);
    }
  };
  if (out) take(graph.outgoing(node), (relationship) => graph.target(relationship), true);
  if (into) take(graph.incoming(node), (relationship) => graph.source(relationship), !out);
}

/** All that `visitNeighbours` visits, as a list of its own: the caller may go on while the graph is walked elsewhere. */
export function neighbours(direction: Direction, node: number, run: Run): [relationship: number, other: number][] {
  const found: [number, number][] = [];
  visitNeighbours(direction, node, run, (relationship, other) => found.push([relationship, other]));
  return found;
}
