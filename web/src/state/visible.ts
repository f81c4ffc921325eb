/** Which part of the loaded graph a scene shows, with the counts that legend, timeline and lists tell. */
import type { EdgeSummary, EntitySummary, GraphAnswer, OntologyAnswer } from "../../../src/model/api.ts";
import type { EntityId, EntityKind, EventDate, Modality, Polarity } from "../../../src/model/graph.ts";
import { type Columns, columnsOf, type GraphEdge, UNDATED } from "../graph/columns.ts";
import { dayNumber, dayOf } from "../text/dates.ts";
import { analysisOf, type Membership } from "./analysis.ts";
import { rowMap, rowSet } from "./rows.ts";
import { STANDINGS, type Scene, type Standing, standingOf, type Window } from "./state.ts";
import { memoize, sameParts } from "./store.ts";

export type { GraphEdge } from "../graph/columns.ts";

/** The loaded graph by id. */
export interface Index {
  readonly nodes: ReadonlyMap<string, EntitySummary>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  /** Edges at each node. */
  readonly at: ReadonlyMap<string, readonly GraphEdge[]>;
}

export const indexOf = memoize((graph: GraphAnswer): Index => {
  const { nodes, edges, nodeRow, edgeRow, firstAt, edgesAt } = columnsOf(graph);
  const edgesOf = (row: number) => Array.from(edgesAt.subarray(firstAt[row], firstAt[row + 1]), (edge) => edges[edge] as GraphEdge);
  return {
    nodes: rowMap(nodeRow, (row) => nodes[row] as EntitySummary),
    edges: rowMap(edgeRow, (row) => edges[row] as GraphEdge),
    at: rowMap(nodeRow, edgesOf),
  };
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
  /** Documents that the shown claims are from. */
  readonly documents: number;
  /** Counts of what each filter row stands for, as if only the other filters were set. */
  readonly facets: {
    readonly kinds: ReadonlyMap<EntityKind, number>;
    readonly relations: ReadonlyMap<string, number>;
    readonly standings: ReadonlyMap<Standing, number>;
    readonly outlets: ReadonlyMap<string, number>;
    /** Entities by community; empty until communities are known. */
    readonly communities: ReadonlyMap<string, number>;
    /** Claims without a date. */
    readonly undated: number;
    readonly dated: number;
  };
  /** The same by rows of the columns: 1 for a node that is shown; an edge's claims shown and the place of its standing. */
  readonly nodeShown: Uint8Array;
  readonly edgeReports: Uint32Array;
  readonly edgeStanding: Uint8Array;
  /** How many neighbours a collapsed entity holds, by its row. */
  readonly folded: ReadonlyMap<number, number>;
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

/** @param outlet of the claim's document, "" where it names none */
export function passesClaim(claim: ClaimLike, scene: Scene, outlet: string): boolean {
  return (
    claim.confidence >= scene.minConfidence && !scene.hiddenOutlets.has(outlet) && passesStanding(claim, scene) && passesTime(claim, scene)
  );
}

/** Whether a scene shows less than all claims of a relation it shows. */
function narrows(scene: Scene): boolean {
  return (
    scene.hiddenRelations.size > 0 ||
    scene.hiddenStandings.size > 0 ||
    scene.hiddenOutlets.size > 0 ||
    scene.window !== undefined ||
    !scene.undated ||
    scene.minConfidence > 0
  );
}

function add<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** The node at the other end of an edge, by rows. */
function across({ subject, object }: Columns, edge: number, node: number): number {
  return (subject[edge] === node ? object[edge] : subject[edge]) as number;
}

/** Rows of an entity's neighbours, the most reported first. */
export function neighborsOf(columns: Columns, node: number): readonly number[] {
  const { firstAt, edgesAt, firstClaim, nodes } = columns;
  const reports = new Map<number, number>();
  for (let at = firstAt[node] as number; at < (firstAt[node + 1] as number); at++) {
    const edge = edgesAt[at] as number;
    const other = across(columns, edge, node);
    if (other >= 0 && other !== node) add(reports, other, (firstClaim[edge + 1] as number) - (firstClaim[edge] as number));
  }
  const id = (row: number) => (nodes[row] as EntitySummary).id;
  return [...reports].toSorted((a, b) => b[1] - a[1] || (id(a[0]) < id(b[0]) ? -1 : 1)).map(([row]) => row);
}

/** Nodes that a focus, isolation, expanding, hiding and the least degree leave, whatever their kind and community: 1 by row. */
function keptNodes(columns: Columns, scene: Scene): Uint8Array {
  const { nodes, nodeRow, base, brought } = columns;
  const narrowed = (scene.focus !== undefined && nodeRow.has(scene.focus)) || scene.isolated !== undefined;
  const kept = new Uint8Array(nodes.length);
  if (!narrowed) kept.fill(1, 0, base);
  const focus = scene.focus === undefined ? undefined : nodeRow.get(scene.focus);
  if (focus !== undefined) {
    kept[focus] = 1;
    for (const row of neighborsOf(columns, focus)) if (row < base) kept[row] = 1;
  }
  for (const id of scene.isolated ?? []) {
    const row = nodeRow.get(id);
    if (row !== undefined) kept[row] = 1;
  }
  for (const [id, count] of scene.expanded) {
    const row = nodeRow.get(id);
    if (row === undefined) continue;
    kept[row] = 1;
    for (const neighbor of (brought.get(id) ?? neighborsOf(columns, row)).slice(0, count)) kept[neighbor] = 1;
  }
  for (const id of scene.hiddenEntities) {
    const row = nodeRow.get(id);
    if (row !== undefined) kept[row] = 0;
  }
  if (scene.minDegree > 0) nodes.forEach(({ degree }, row) => degree < scene.minDegree && (kept[row] = 0));
  return kept;
}

/** The same array as long as the same nodes of a graph are left: what expanding asks for is on its way, and all else stays as it is. */
const keptOf = (() => {
  const latest = new WeakMap<GraphAnswer, Uint8Array>();
  return memoize((graph: GraphAnswer, scene: Scene): Uint8Array => {
    const last = latest.get(graph);
    const kept = keptNodes(columnsOf(graph), scene);
    if (last && sameArray(last, kept)) return last;
    latest.set(graph, kept);
    return kept;
  });
})();

/** Those of the nodes (1 by row) whose kind is shown. */
function ofShownKind({ nodes }: Columns, scene: Scene, from: Uint8Array): Uint8Array {
  const left = from.slice();
  if (scene.hiddenKinds.size > 0) nodes.forEach(({ kind }, row) => scene.hiddenKinds.has(kind) && (left[row] = 0));
  return left;
}

/** Those of the nodes (1 by row) whose community is shown; all, until communities are known. */
function ofShownCommunity({ nodes }: Columns, scene: Scene, membership: Membership | undefined, from: Uint8Array): Uint8Array {
  const left = from.slice();
  if (membership && scene.hiddenCommunities.size > 0)
    nodes.forEach(({ id }, row) => scene.hiddenCommunities.has(membership.get(id) ?? "") && (left[row] = 0));
  return left;
}

/** Takes out of `allowed` the nodes whose every neighbour is collapsed. @returns how many each collapsed node holds */
function fold(columns: Columns, scene: Scene, allowed: Uint8Array): ReadonlyMap<number, number> {
  const folded = new Map<number, number>();
  if (scene.collapsed.size === 0) return folded;
  const { nodeRow, firstAt, edgesAt } = columns;
  const holders = new Set<number>();
  for (const id of scene.collapsed) {
    const row = nodeRow.get(id);
    if (row !== undefined && allowed[row] === 1) holders.add(row);
  }
  const gone: number[] = [];
  for (let node = 0; node < allowed.length; node++) {
    if (allowed[node] === 0 || holders.has(node)) continue;
    const around = new Set<number>();
    for (let at = firstAt[node] as number; at < (firstAt[node + 1] as number); at++) {
      const other = across(columns, edgesAt[at] as number, node);
      if (other >= 0 && other !== node && allowed[other] === 1) around.add(other);
    }
    if (around.size === 0 || ![...around].every((row) => holders.has(row))) continue;
    gone.push(node);
    for (const row of around) add(folded, row);
  }
  for (const node of gone) allowed[node] = 0;
  return folded;
}

/**
 * Applies a scene to the loaded graph. An entity whose every edge is filtered away is not drawn;
 * one that has no edge in the data is drawn while no filter on claims is set.
 */
export function visibleOf(graph: GraphAnswer, scene: Scene): Visible {
  return shownOf(graph, keptOf(graph, scene), filteredAlike(scene), analysisOf(graph)?.communities);
}

const shownOf = memoize((graph: GraphAnswer, nodesKept: Uint8Array, scene: Scene, membership: Membership | undefined): Visible => {
  const columns = columnsOf(graph);
  const { nodes, edges, nodeRow, edgeRow, subject, object, relation, relations, firstClaim, firstAt } = columns;
  const { start, end, standing, confidence, document, outlet, outlets } = columns;
  const kept = nodesKept.slice();
  const folded = fold(columns, scene, kept);
  const ofAnyCommunity = ofShownKind(columns, scene, kept);
  const ofAnyKind = ofShownCommunity(columns, scene, membership, kept);
  const allowed = ofShownCommunity(columns, scene, membership, ofAnyCommunity);

  const relationHidden = Uint8Array.from(relations, (name) => Number(scene.hiddenRelations.has(name)));
  const standingHidden = Uint8Array.from(STANDINGS, (each) => Number(scene.hiddenStandings.has(each)));
  const outletHidden = Uint8Array.from(outlets, (name) => Number(scene.hiddenOutlets.has(name)));
  const from = scene.window ? dayNumber(scene.window.from) : -UNDATED;
  const to = scene.window ? dayNumber(scene.window.to) : UNDATED - 1;
  const { undated: withUndated, minConfidence } = scene;

  const edgeReports = new Uint32Array(edges.length);
  const edgeStanding = new Uint8Array(edges.length);
  const linked = new Uint8Array(nodes.length);
  const linkedOfAnyKind = new Uint8Array(nodes.length);
  const linkedOfAnyCommunity = new Uint8Array(nodes.length);
  const ofOutlet = new Float64Array(outlets.length);
  const documents = new Uint8Array(graph.documents.length);
  const ofRelation = new Float64Array(relations.length);
  const ofStanding = new Float64Array(STANDINGS.length);
  let [shownEdges, claims, documentsShown, undated, undatedFacet, datedFacet] = [0, 0, 0, 0, 0, 0];

  for (let edge = 0; edge < edges.length; edge++) {
    const [one, other, kind] = [subject[edge] as number, object[edge] as number, relation[edge] as number];
    if (one < 0 || other < 0 || kept[one] === 0 || kept[other] === 0) continue;
    const endsShown = allowed[one] === 1 && allowed[other] === 1;
    const counts = endsShown && relationHidden[kind] === 0;
    let [reports, best, withoutDate] = [0, STANDINGS.length - 1, 0];
    for (let claim = firstClaim[edge] as number; claim < (firstClaim[edge + 1] as number); claim++) {
      if ((confidence[claim] as number) < minConfidence) continue;
      const begins = start[claim] as number;
      const isUndated = begins === UNDATED;
      const time = isUndated ? withUndated : begins <= to && (end[claim] as number) >= from;
      const says = standing[claim] as number;
      const by = outlet[claim] as number;
      if (counts) {
        if (time && outletHidden[by] === 0) ofStanding[says]!++;
        if (time && standingHidden[says] === 0) ofOutlet[by]!++;
        if (standingHidden[says] === 0 && outletHidden[by] === 0) {
          if (isUndated) undatedFacet++;
          else datedFacet++;
        }
      }
      if (!time || standingHidden[says] === 1 || outletHidden[by] === 1) continue;
      if (counts && documents[document[claim] as number] === 0) {
        documents[document[claim] as number] = 1;
        documentsShown++;
      }
      reports++;
      if (says < best) best = says;
      if (isUndated) withoutDate++;
    }
    if (reports === 0) continue;
    if (endsShown) ofRelation[kind]! += reports;
    if (relationHidden[kind] === 1) continue;
    if (ofAnyKind[one] === 1 && ofAnyKind[other] === 1) linkedOfAnyKind[one] = linkedOfAnyKind[other] = 1;
    if (ofAnyCommunity[one] === 1 && ofAnyCommunity[other] === 1) linkedOfAnyCommunity[one] = linkedOfAnyCommunity[other] = 1;
    if (!endsShown) continue;
    edgeReports[edge] = reports;
    edgeStanding[edge] = best;
    shownEdges++;
    claims += reports;
    undated += withoutDate;
    linked[one] = linked[other] = 1;
  }

  // What is narrowed to by name stays, even alone.
  const lonelyShown = !narrows(scene);
  const named = new Set(
    [...(scene.focus ? [scene.focus] : []), ...(scene.isolated ?? []), ...scene.collapsed].map((id) => nodeRow.get(id)),
  );
  const isDrawn = (row: number, held: Uint8Array) =>
    held[row] === 1 || named.has(row) || (lonelyShown && firstAt[row] === firstAt[row + 1]);
  const nodeShown = new Uint8Array(nodes.length);
  const kinds = new Map<EntityKind, number>();
  const communities = new Map<string, number>();
  let shownNodes = 0;
  for (let row = 0; row < nodes.length; row++) {
    if (ofAnyKind[row] === 1 && isDrawn(row, linkedOfAnyKind)) add(kinds, (nodes[row] as EntitySummary).kind);
    const community = membership?.get((nodes[row] as EntitySummary).id);
    if (community !== undefined && ofAnyCommunity[row] === 1 && isDrawn(row, linkedOfAnyCommunity)) add(communities, community);
    if (allowed[row] === 0 || !isDrawn(row, linked)) continue;
    nodeShown[row] = 1;
    shownNodes++;
  }
  const counted = <K>(names: readonly K[], counts: Float64Array) =>
    new Map(names.map((name, i) => [name, counts[i] as number] as const).filter(([, count]) => count > 0));
  return {
    nodes: rowSet(nodeRow, { size: shownNodes, has: (row) => nodeShown[row] === 1 }),
    edges: rowMap(
      edgeRow,
      (row): ShownEdge => ({
        edge: edges[row] as GraphEdge,
        reports: edgeReports[row] as number,
        standing: STANDINGS[edgeStanding[row] as number] as Standing,
      }),
      { size: shownEdges, has: (row) => (edgeReports[row] as number) > 0 },
    ),
    claims,
    undated,
    documents: documentsShown,
    facets: {
      kinds,
      communities,
      outlets: counted(outlets, ofOutlet),
      relations: counted(relations, ofRelation),
      standings: counted(STANDINGS, ofStanding),
      undated: undatedFacet,
      dated: datedFacet,
    },
    nodeShown,
    edgeReports,
    edgeStanding,
    folded,
  };
});

/** The claims that all filters but those on time let through, edge by edge. */
export interface Passing {
  /** Dated claims of edge `e` are `first[e]` up to `first[e + 1]`; days since 1970-01-01, both inclusive. */
  readonly first: Uint32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** How many claims without a date each edge has. */
  readonly undated: Uint32Array;
}

/** What filters claims whatever their time, and entities besides those that `keptOf` leaves. */
const timelessFilters = (scene: Scene) => [
  scene.hiddenKinds,
  scene.hiddenRelations,
  scene.hiddenStandings,
  scene.hiddenOutlets,
  scene.hiddenCommunities,
  scene.minConfidence,
  scene.focus,
  scene.isolated,
  scene.collapsed,
];

/** The same scene for all that differ in nothing but which entities are left, and what is taken together. */
const filteredAlike = sameParts((scene: Scene) => [...timelessFilters(scene), scene.window, scene.undated]);

/** The same for all that differ in time too. */
const timeless = sameParts(timelessFilters);

function sameArray(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** The same as long as it holds the same: other filters may let the same claims through. */
const settled = (() => {
  let last: Passing | undefined;
  return (next: Passing): Passing => {
    const isSame =
      last !== undefined && (["first", "undated", "start", "end"] as const).every((part) => sameArray((last as Passing)[part], next[part]));
    if (!isSame) last = next;
    return last as Passing;
  };
})();

const passing = memoize((graph: GraphAnswer, nodesKept: Uint8Array, scene: Scene, membership: Membership | undefined): Passing => {
  const columns = columnsOf(graph);
  const { edges, subject, object, relation, relations, firstClaim, start, end, standing, confidence, outlet, outlets } = columns;
  const kept = nodesKept.slice();
  fold(columns, scene, kept);
  const allowed = ofShownCommunity(columns, scene, membership, ofShownKind(columns, scene, kept));
  const relationHidden = Uint8Array.from(relations, (name) => Number(scene.hiddenRelations.has(name)));
  const standingHidden = Uint8Array.from(STANDINGS, (each) => Number(scene.hiddenStandings.has(each)));
  const outletHidden = Uint8Array.from(outlets, (name) => Number(scene.hiddenOutlets.has(name)));
  const first = new Uint32Array(edges.length + 1);
  const undated = new Uint32Array(edges.length);
  const found = { start: new Int32Array(start.length), end: new Int32Array(start.length) };
  let count = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    const [one, other] = [subject[edge] as number, object[edge] as number];
    if (relationHidden[relation[edge] as number] === 0 && one >= 0 && other >= 0 && allowed[one] === 1 && allowed[other] === 1) {
      for (let claim = firstClaim[edge] as number; claim < (firstClaim[edge + 1] as number); claim++) {
        if ((confidence[claim] as number) < scene.minConfidence) continue;
        if (standingHidden[standing[claim] as number] === 1 || outletHidden[outlet[claim] as number] === 1) continue;
        if (start[claim] === UNDATED) undated[edge]!++;
        else {
          found.start[count] = start[claim] as number;
          found.end[count++] = end[claim] as number;
        }
      }
    }
    first[edge + 1] = count;
  }
  return settled({ first, start: found.start.subarray(0, count), end: found.end.subarray(0, count), undated });
});

/** What a time window then chooses from. */
export function passingOf(graph: GraphAnswer, scene: Scene): Passing {
  return passing(graph, keptOf(graph, scene), timeless(scene), analysisOf(graph)?.communities);
}

/** Claims as the timeline counts them. */
export interface DatedClaims {
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Place in the ontology's families; the number of families for a relation that has none. */
  readonly family: Uint8Array;
}

const datedClaims = memoize((graph: GraphAnswer, ontology: OntologyAnswer, { first, start, end }: Passing): DatedClaims => {
  const { relation, relations } = columnsOf(graph);
  const families = familiesOf(ontology);
  const places = new Map(ontology.families.map(({ family }, place) => [family, place]));
  const familyOf = relations.map((name) => places.get(families.get(name) ?? "") ?? places.size);
  const family = new Uint8Array(start.length);
  relation.forEach((kind, edge) => family.fill(familyOf[kind] as number, first[edge], first[edge + 1]));
  return { start, end, family };
});

/** Dated claims that all filters except the window let through. */
export function timelineOf(graph: GraphAnswer, ontology: OntologyAnswer, scene: Scene): DatedClaims {
  return datedClaims(graph, ontology, passingOf(graph, scene));
}

/** First and last day that any claim of the graph bears; absent while none is dated. */
export const extentOf = memoize((graph: GraphAnswer): Window | undefined => {
  const { start, end } = columnsOf(graph);
  let [from, to] = [UNDATED, -UNDATED];
  for (let claim = 0; claim < start.length; claim++) {
    if (start[claim] === UNDATED) continue;
    from = Math.min(from, start[claim] as number);
    to = Math.max(to, end[claim] as number);
  }
  return from === UNDATED ? undefined : { from: dayOf(from), to: dayOf(to) };
});

/** Outlets of the loaded graph with the number of their claims, most first. */
export const outletsOf = memoize((graph: GraphAnswer): readonly (readonly [string, number])[] => {
  const { outlet, outlets } = columnsOf(graph);
  const counts = new Map<string, number>();
  for (const row of outlet) add(counts, outlets[row] ?? "");
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
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
