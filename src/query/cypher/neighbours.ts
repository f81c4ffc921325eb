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

/** Relationships whose steps are spent at once. */
const STRIDE = 64;

/**
 * The relationships at a node: those that lead out, then those that lead in, each ascending; a loop once. They are looked at as they are
 * asked for: of a hub's, LIMIT may want few.
 */
export function* relationshipsAt({ types, out, in: into }: Direction, node: number, run: Run): Generator<number, void, undefined> {
  const { graph } = run;
  for (const leaving of [true, false]) {
    if (!(leaving ? out : into)) continue;
    const relationships = leaving ? graph.outgoing(node) : graph.incoming(node);
    for (let index = 0; index < relationships.length; index++) {
      if (index % STRIDE === 0) run.spend(Math.min(STRIDE, relationships.length - index));
      const relationship = relationships[index]!;
      if (types.length > 0 && !types.includes(graph.type(relationship))) continue;
      // A loop has led out already.
      if (leaving || !out || graph.source(relationship) !== node) yield relationship;
    }
  }
}

/** Where a relationship leads from one of its ends. */
export function otherEnd(relationship: number, node: number, { graph }: Run): number {
  const source = graph.source(relationship);
  return source === node ? graph.target(relationship) : source;
}
