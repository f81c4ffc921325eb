/** How two entities are connected: the k shortest paths, searched from both ends within a budget. */
import type { ClaimReport, EdgeSummary, EntitySummary, GraphFilter, PathsAnswer } from "../model/api.ts";
import type { EntityId } from "../model/graph.ts";
import type { View } from "../store/store.ts";
import { known } from "./query.ts";

export const MOST_HOPS = 6;
/** Edges that one search may read. */
const EDGE_BUDGET = 60_000;
/** Steps that one search may take along them; in order of time each asks the store for a claim. */
const STEP_BUDGET = 200_000;
const ORDERED_STEP_BUDGET = 20_000;

export interface PathQuery {
  readonly filter: GraphFilter;
  /** Edges of a path at most. */
  readonly maxHops: number;
  readonly k: number;
  /** Whether the hops must follow each other in time: each by a claim that is dated, and not before that of the hop before. */
  readonly ordered?: boolean;
}

/**
 * Paths without a node twice, edges taken in either direction: first all of the least length, then of the next, until there are `k`. Of
 * paths of one length those come first whose least reported hop is best reported.
 * @throws {KnownError} unknown-entity
 */
export function shortestPaths(view: View, from: EntityId, to: EntityId, query: PathQuery): PathsAnswer {
  const [start, end] = [known(view, from), known(view, to)];
  const search = new Search(view, query, start.id, end.id);
  const found: Path[] = [];
  let complete = true;
  if (start.id !== end.id) {
    for (let length = 1; length <= query.maxHops && found.length < query.k; length += 1) {
      const paths = search.reach(length) ? search.pathsOf(length) : undefined;
      if (paths === undefined) {
        complete = false;
        break;
      }
      found.push(...paths);
    }
  }
  const entities = new Map<EntityId, EntitySummary>();
  const entity = (id: EntityId): EntitySummary => {
    const summary = entities.get(id) ?? known(view, id);
    entities.set(id, summary);
    return summary;
  };
  const paths = found.slice(0, query.k).map(({ nodes, claims }) => ({
    hops: nodes.slice(1).map((id, index) => {
      const before = nodes[index] as EntityId;
      const dated = claims[index];
      if (dated !== undefined) return { from: entity(before), to: entity(id), edge: search.edge(before, id, dated.edge), claim: dated };
      const edge = search.bestEdge(before, id);
      const [event] = view.listEvents(
        { ...query.filter, subject: edge.subject, object: edge.object, relations: [edge.relation] },
        { limit: 1 },
      ).items;
      if (event === undefined) throw new Error(`Edge ${edge.id} has no claim.`);
      return { from: entity(before), to: entity(id), edge, claim: event.claim };
    }),
  }));
  return { from: start, to: end, paths, complete };
}

interface Path {
  readonly nodes: readonly EntityId[];
  /** In order of time, one a hop; none where time is no matter. */
  readonly claims: readonly ClaimReport[];
}

/** What is known of the graph from one end. */
interface Side {
  readonly distance: Map<EntityId, number>;
  frontier: readonly EntityId[];
  /** Every entity less than so many hops away has been read. */
  depth: number;
}

class Search {
  readonly #view: View;
  readonly #filter: GraphFilter;
  readonly #start: EntityId;
  readonly #near: Side;
  readonly #far: Side;
  /** Neighbours as far as they were read, with the best reported edge to each. */
  readonly #edges = new Map<EntityId, Map<EntityId, EdgeSummary>>();
  /** All edges that were read between two, by `pair`; kept only where the hops must follow each other in time. */
  readonly #between = new Map<string, EdgeSummary[]>();
  readonly #earliest = new Map<string, ClaimReport | undefined>();
  readonly #ordered: boolean;
  #edgesLeft = EDGE_BUDGET;
  #stepsLeft: number;

  constructor(view: View, { filter, ordered = false }: PathQuery, start: EntityId, end: EntityId) {
    this.#view = view;
    this.#filter = filter;
    this.#ordered = ordered;
    this.#stepsLeft = ordered ? ORDERED_STEP_BUDGET : STEP_BUDGET;
    this.#start = start;
    this.#near = { distance: new Map([[start, 0]]), frontier: [start], depth: 0 };
    this.#far = { distance: new Map([[end, 0]]), frontier: [end], depth: 0 };
  }

  /** Reads on, at the end where less is to be read, until every path of this length can be seen; false when that is over the budget. */
  reach(length: number): boolean {
    while (this.#near.depth + this.#far.depth < length) {
      const [small, large] = this.#near.frontier.length <= this.#far.frontier.length ? [this.#near, this.#far] : [this.#far, this.#near];
      if (!this.#expand(small) && !this.#expand(large)) return false;
    }
    return true;
  }

  /** All paths of exactly this many hops, the better reported first; undefined when there are too many to see. */
  pathsOf(length: number): Path[] | undefined {
    const paths: (Path & { reports: number })[] = [];
    const path = [this.#start];
    const claims: ClaimReport[] = [];
    const walk = (reports: number): boolean => {
      if (--this.#stepsLeft < 0) return false;
      const here = path.at(-1) as EntityId;
      const left = length - path.length + 1;
      if (left === 0) {
        paths.push({ nodes: [...path], claims: [...claims], reports });
        return true;
      }
      for (const [next, edge] of this.#edges.get(here) ?? []) {
        if (path.includes(next) || !this.#canEnd(next, left - 1)) continue;
        if (this.#ordered) {
          const claim = this.#earliestClaim(here, next, claims.at(-1)?.date?.start ?? "");
          if (--this.#stepsLeft < 0) return false;
          if (claim === undefined) continue;
          claims.push(claim);
        }
        path.push(next);
        const whole = walk(Math.min(reports, edge.reports));
        path.pop();
        claims.pop();
        if (!whole) return false;
      }
      return true;
    };
    if (!walk(Number.MAX_SAFE_INTEGER)) return undefined;
    return paths.sort((one, other) => other.reports - one.reports || compare(one.nodes.join(" "), other.nodes.join(" ")));
  }

  /** The earlier a hop is taken, the more ways lead on from it. */
  #earliestClaim(one: EntityId, other: EntityId, day: string): ClaimReport | undefined {
    const key = `${pair(one, other)} ${day}`;
    if (!this.#earliest.has(key)) {
      const edges = (this.#between.get(pair(one, other)) ?? []).filter(({ to }) => to !== undefined && to >= day).map(({ id }) => id);
      this.#earliest.set(key, edges.length === 0 ? undefined : this.#view.earliestClaim(edges, this.#filter, day));
    }
    return this.#earliest.get(key);
  }

  edge(one: EntityId, other: EntityId, id: string): EdgeSummary {
    return this.#between.get(pair(one, other))?.find((edge) => edge.id === id) as EdgeSummary;
  }

  bestEdge(one: EntityId, other: EntityId): EdgeSummary {
    return (this.#edges.get(one)?.get(other) ?? this.#edges.get(other)?.get(one)) as EdgeSummary;
  }

  /** Whether the end can be so few hops away, as far as is known. */
  #canEnd(id: EntityId, hops: number): boolean {
    const distance = this.#far.distance.get(id);
    return distance === undefined ? hops > this.#far.depth : distance <= hops;
  }

  #expand(side: Side): boolean {
    const read = this.#view.edgesAround(side.frontier, this.#filter, this.#edgesLeft);
    if (read === undefined) return false;
    this.#edgesLeft -= read.length;
    const next: EntityId[] = [];
    for (const edge of read) {
      if (this.#ordered) this.#keep(edge);
      for (const [here, there] of [
        [edge.subject, edge.object],
        [edge.object, edge.subject],
      ] as const) {
        if (side.distance.get(here) !== side.depth) continue;
        this.#learn(here, there, edge);
        // Where the two sides meet, an entity was read from neither; its edges to those that were read are what the path needs.
        this.#learn(there, here, edge);
        if (side.distance.has(there)) continue;
        side.distance.set(there, side.depth + 1);
        next.push(there);
      }
    }
    side.frontier = next;
    side.depth += 1;
    return true;
  }

  #keep(edge: EdgeSummary): void {
    const key = pair(edge.subject, edge.object);
    const others = this.#between.get(key);
    if (others === undefined) this.#between.set(key, [edge]);
    else if (!others.some((other) => other.id === edge.id)) others.push(edge);
  }

  #learn(here: EntityId, there: EntityId, edge: EdgeSummary): void {
    const edges = this.#edges.get(here) ?? new Map<EntityId, EdgeSummary>();
    this.#edges.set(here, edges);
    const other = edges.get(there);
    if (other === undefined || edge.reports > other.reports || (edge.reports === other.reports && edge.id < other.id))
      edges.set(there, edge);
  }
}

function pair(one: EntityId, other: EntityId): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
