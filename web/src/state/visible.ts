/** Which part of the loaded graph a scene shows, with the counts that legend, timeline and lists tell. */
import type { EdgeSummary, EntitySummary, GraphAnswer, OntologyAnswer } from "../../../src/model/api.ts";
import type { EntityId, EntityKind, EventDate, Modality, Polarity } from "../../../src/model/graph.ts";
import { STANDINGS, type Scene, type Standing, standingOf, type Window } from "./state.ts";
import { memoize } from "./store.ts";

export type GraphEdge = GraphAnswer["edges"][number];

/** The loaded graph by id. */
export interface Index {
  readonly nodes: ReadonlyMap<string, EntitySummary>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  /** Edges at each node. */
  readonly at: ReadonlyMap<string, readonly GraphEdge[]>;
}

export const indexOf = memoize((graph: GraphAnswer): Index => {
  const at = new Map<string, GraphEdge[]>();
  for (const node of graph.nodes) at.set(node.id, []);
  const edges = new Map<string, GraphEdge>();
  for (const edge of graph.edges) {
    edges.set(edge.id, edge);
    at.get(edge.subject)?.push(edge);
    if (edge.object !== edge.subject) at.get(edge.object)?.push(edge);
  }
  return { nodes: new Map(graph.nodes.map((node) => [node.id, node])), edges, at };
});

/** What a relation name means to the eye: its family. */
export const familiesOf = memoize(
  (ontology: OntologyAnswer): ReadonlyMap<string, string> => new Map(ontology.relations.map((r) => [r.name, r.family])),
);

/** How an edge is drawn, from those of its claims that are shown. */
export interface ShownEdge {
  readonly edge: GraphEdge;
  /** Claims shown. */
  readonly reports: number;
  /** The surest thing that its shown claims say: `happened` before all others, `negated` last. */
  readonly standing: Standing;
}

export interface Visible {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlyMap<string, ShownEdge>;
  readonly claims: number;
  /** Claims shown that bear no date. */
  readonly undated: number;
  /** Counts of what each filter row stands for, as if only the other filters were set. */
  readonly facets: {
    readonly kinds: ReadonlyMap<EntityKind, number>;
    readonly relations: ReadonlyMap<string, number>;
    readonly standings: ReadonlyMap<Standing, number>;
    /** Claims without a date. */
    readonly undated: number;
    readonly dated: number;
  };
}

interface ClaimLike {
  readonly date?: EventDate;
  readonly polarity: Polarity;
  readonly modality: Modality;
  readonly confidence: number;
}

/** Whether any day that the date may mean lies in the window. */
export function inWindow(date: EventDate, window: Window): boolean {
  return date.start <= window.to && date.end >= window.from;
}

/** Whether the claim's time passes: undated claims by their own switch, dated ones by the window. */
export function passesTime(claim: ClaimLike, scene: Scene): boolean {
  if (!claim.date) return scene.undated;
  return !scene.window || inWindow(claim.date, scene.window);
}

function passesStanding(claim: ClaimLike, scene: Scene): boolean {
  return !scene.hiddenStandings.has(standingOf(claim));
}

export function passesClaim(claim: ClaimLike, scene: Scene): boolean {
  return claim.confidence >= scene.minConfidence && passesStanding(claim, scene) && passesTime(claim, scene);
}

/** Whether a scene shows less than all claims of a relation it shows. */
function narrows(scene: Scene): boolean {
  return (
    scene.hiddenRelations.size > 0 ||
    scene.hiddenStandings.size > 0 ||
    scene.window !== undefined ||
    !scene.undated ||
    scene.minConfidence > 0
  );
}

function add<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Entities that hiding, kinds and focus leave. */
function keptNodes(index: Index, scene: Scene, kinds: boolean): Set<string> {
  let within: ReadonlySet<string> | undefined;
  if (scene.focus && index.nodes.has(scene.focus)) {
    within = new Set([scene.focus, ...(index.at.get(scene.focus) ?? []).flatMap((edge) => [edge.subject, edge.object])]);
  }
  const kept = new Set<string>();
  for (const node of index.nodes.values()) {
    if (kinds && scene.hiddenKinds.has(node.kind)) continue;
    if (scene.hiddenEntities.has(node.id)) continue;
    if (within && !within.has(node.id)) continue;
    kept.add(node.id);
  }
  return kept;
}

/**
 * Applies a scene to the loaded graph. An entity whose every edge is filtered away is not drawn;
 * one that has no edge in the data is drawn while no filter on claims is set.
 */
export const visibleOf = memoize((graph: GraphAnswer, scene: Scene): Visible => {
  const index = indexOf(graph);
  const allowed = keptNodes(index, scene, true);
  const ofAnyKind = keptNodes(index, scene, false);
  const edges = new Map<string, ShownEdge>();
  const connected = new Set<string>();
  const connectedOfAnyKind = new Set<string>();
  const relations = new Map<string, number>();
  const standings = new Map<Standing, number>();
  let undatedFacet = 0;
  let datedFacet = 0;
  let claims = 0;
  let undated = 0;

  for (const edge of graph.edges) {
    const endsShown = allowed.has(edge.subject) && allowed.has(edge.object);
    const relationShown = !scene.hiddenRelations.has(edge.relation);
    let reports = 0;
    let best = STANDINGS.length - 1;
    for (const claim of edge.claims) {
      if (claim.confidence < scene.minConfidence) continue;
      const time = passesTime(claim, scene);
      const standing = standingOf(claim);
      const standingShown = !scene.hiddenStandings.has(standing);
      if (endsShown && relationShown) {
        if (time) add(standings, standing);
        if (standingShown) {
          if (claim.date) datedFacet++;
          else undatedFacet++;
        }
      }
      if (!time || !standingShown) continue;
      reports++;
      best = Math.min(best, STANDINGS.indexOf(standing));
      if (endsShown && relationShown && !claim.date) undated++;
    }
    if (reports === 0) continue;
    if (endsShown) add(relations, edge.relation, reports);
    if (!relationShown) continue;
    if (ofAnyKind.has(edge.subject) && ofAnyKind.has(edge.object)) {
      connectedOfAnyKind.add(edge.subject).add(edge.object);
    }
    if (!endsShown) continue;
    edges.set(edge.id, { edge, reports, standing: STANDINGS[best] ?? "happened" });
    claims += reports;
    connected.add(edge.subject).add(edge.object);
  }

  const lonelyShown = !narrows(scene);
  const isDrawn = (id: string, linked: ReadonlySet<string>) =>
    linked.has(id) || id === scene.focus || (lonelyShown && (index.at.get(id)?.length ?? 0) === 0);
  const nodes = new Set([...allowed].filter((id) => isDrawn(id, connected)));
  const kinds = new Map<EntityKind, number>();
  for (const id of ofAnyKind) {
    const node = index.nodes.get(id);
    if (node && isDrawn(id, connectedOfAnyKind)) add(kinds, node.kind);
  }
  return { nodes, edges, claims, undated, facets: { kinds, relations, standings, undated: undatedFacet, dated: datedFacet } };
});

/** A claim as the timeline counts it. */
export interface DatedClaim {
  readonly date: EventDate;
  readonly family: string;
}

/** Dated claims that all filters except the window let through. */
export const timelineOf = memoize((graph: GraphAnswer, ontology: OntologyAnswer, scene: Scene): readonly DatedClaim[] => {
  const allowed = keptNodes(indexOf(graph), scene, true);
  const families = familiesOf(ontology);
  const dated: DatedClaim[] = [];
  for (const edge of graph.edges) {
    if (scene.hiddenRelations.has(edge.relation) || !allowed.has(edge.subject) || !allowed.has(edge.object)) continue;
    for (const claim of edge.claims) {
      if (claim.date && claim.confidence >= scene.minConfidence && passesStanding(claim, scene)) {
        dated.push({ date: claim.date, family: families.get(edge.relation) ?? "" });
      }
    }
  }
  return dated;
});

/** First and last day that any claim of the graph bears; absent while none is dated. */
export const extentOf = memoize((graph: GraphAnswer): Window | undefined => {
  let from: string | undefined;
  let to: string | undefined;
  for (const edge of graph.edges) {
    for (const { date } of edge.claims) {
      if (!date) continue;
      if (from === undefined || date.start < from) from = date.start;
      if (to === undefined || date.end > to) to = date.end;
    }
  }
  return from !== undefined && to !== undefined ? { from, to } : undefined;
});

/** The other end of an edge. */
export function otherEnd(edge: Pick<EdgeSummary, "subject" | "object">, id: string): EntityId {
  return edge.subject === id ? edge.object : edge.subject;
}

/**
 * Edges of a shortest way between two entities over shown edges, in order; undefined when there is none.
 * Ties go to the edge with more reports, then to the smaller id, so that the same graph gives the same path.
 */
export function shortestPath(index: Index, visible: Visible, from: string, to: string): readonly GraphEdge[] | undefined {
  const cameBy = new Map<string, GraphEdge>();
  const seen = new Set([from]);
  let frontier = [from];
  while (frontier.length > 0 && !seen.has(to)) {
    const next: string[] = [];
    for (const id of frontier) {
      const steps = (index.at.get(id) ?? [])
        .filter((edge) => visible.edges.has(edge.id))
        .toSorted((a, b) => b.reports - a.reports || (a.id < b.id ? -1 : 1));
      for (const edge of steps) {
        const other = otherEnd(edge, id);
        if (seen.has(other)) continue;
        seen.add(other);
        cameBy.set(other, edge);
        next.push(other);
      }
    }
    frontier = next;
  }
  if (!seen.has(to)) return undefined;
  const path: GraphEdge[] = [];
  for (let at = to; at !== from; ) {
    const edge = cameBy.get(at);
    if (!edge) return undefined;
    path.unshift(edge);
    at = otherEnd(edge, at);
  }
  return path;
}
