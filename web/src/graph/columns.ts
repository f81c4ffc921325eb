/** The loaded graph as typed columns, one row a node, edge or claim: what filters, drawing and timeline run over. Pure. */
import type { EntitySummary, GraphAnswer } from "../../../src/model/api.ts";
import { STANDINGS, standingOf } from "../state/state.ts";
import { dayNumber } from "../text/dates.ts";
import { MoreRows } from "./more-rows.ts";

export type GraphEdge = GraphAnswer["edges"][number];

/** Start and end of a claim that bears no date: later than any day, so that no window holds it. */
export const UNDATED = 0x7fffffff;

/** Rows are numbered from 0 in the order of the answer. */
export interface Columns {
  readonly nodes: readonly EntitySummary[];
  readonly edges: readonly GraphEdge[];
  /** Row of a node or an edge by its id. */
  readonly nodeRow: ReadonlyMap<string, number>;
  readonly edgeRow: ReadonlyMap<string, number>;
  /** Of each edge: rows of its ends, its relation's place in `relations`, the row of its pair. An end that is not loaded is -1. */
  readonly subject: Int32Array;
  readonly object: Int32Array;
  readonly relation: Uint16Array;
  readonly pair: Uint32Array;
  readonly relations: readonly string[];
  /** Claims of edge `e` are rows `firstClaim[e]` up to `firstClaim[e + 1]`. */
  readonly firstClaim: Uint32Array;
  /** Days since 1970-01-01, both inclusive; `UNDATED` for none. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Place in `STANDINGS`. */
  readonly standing: Uint8Array;
  readonly confidence: Float32Array;
  /** Of each claim: its document's place in the answer, its outlet's place in `outlets`. */
  readonly document: Uint32Array;
  readonly outlet: Uint16Array;
  /** "" stands for documents that name none. */
  readonly outlets: readonly string[];
  /** Edges at node `n` are `edgesAt[firstAt[n]]` up to `edgesAt[firstAt[n + 1]]`; a self-loop counts once. */
  readonly firstAt: Uint32Array;
  readonly edgesAt: Uint32Array;
  readonly pairs: Pairs;
  /** The same object for all columns that grew out of the same. */
  readonly origin: object;
  /** Nodes before this row are shown from the start; later ones were asked for by expanding. */
  readonly base: number;
  /** For entities that were expanded: rows of their neighbours, the most reported first. Others' neighbours are all here. */
  readonly brought: ReadonlyMap<string, Int32Array>;
}

/** Two nodes with all edges between them, or one node with its self-loops. */
export interface Pairs {
  readonly size: number;
  /** Rows of the ends, the one with the smaller id first. */
  readonly one: Int32Array;
  readonly other: Int32Array;
  /** Edges of pair `p` are `edges[first[p]]` up to `edges[first[p + 1]]`, by id. */
  readonly first: Uint32Array;
  readonly edges: Uint32Array;
}

const known = new WeakMap<GraphAnswer, Columns>();

/** The columns of an answer, made once. */
export function columnsOf(graph: GraphAnswer): Columns {
  let columns = known.get(graph);
  if (!columns) {
    columns = fromRows(graph);
    known.set(graph, columns);
  }
  return columns;
}

/** Ties an answer to columns that were there before it. */
export function keepColumns(graph: GraphAnswer, columns: Columns): void {
  known.set(graph, columns);
}

function fromRows(graph: GraphAnswer): Columns {
  const { nodes, edges } = graph;
  const claims = edges.reduce((sum, edge) => sum + edge.claims.length, 0);
  const relations = [...new Set(edges.map((edge) => edge.relation))];
  const outletOf = graph.documents.map(({ source }) => source ?? "");
  const outlets = [...new Set(["", ...outletOf])];
  const outletRow = new Map(outlets.map((outlet, row) => [outlet, row]));
  const outletByDocument = Uint16Array.from(outletOf, (outlet) => outletRow.get(outlet) as number);
  const relationRow = new Map(relations.map((relation, row) => [relation, row]));
  const nodeRow = new Map(nodes.map((node, row) => [node.id as string, row]));
  const table = {
    subject: Int32Array.from(edges, (edge) => nodeRow.get(edge.subject) ?? -1),
    object: Int32Array.from(edges, (edge) => nodeRow.get(edge.object) ?? -1),
    relation: Uint16Array.from(edges, (edge) => relationRow.get(edge.relation) as number),
    firstClaim: new Uint32Array(edges.length + 1),
    start: new Int32Array(claims),
    end: new Int32Array(claims),
    standing: new Uint8Array(claims),
    confidence: new Float32Array(claims),
    document: new Uint32Array(claims),
    outlet: new Uint16Array(claims),
  };
  const days = new Map<string, number>();
  const dayRow = (day: string) => {
    let number = days.get(day);
    if (number === undefined) days.set(day, (number = dayNumber(day)));
    return number;
  };
  let at = 0;
  edges.forEach((edge, row) => {
    for (const claim of edge.claims) {
      table.start[at] = claim.date ? dayRow(claim.date.start) : UNDATED;
      table.end[at] = claim.date ? dayRow(claim.date.end) : UNDATED;
      table.standing[at] = STANDINGS.indexOf(standingOf(claim));
      table.confidence[at] = claim.confidence;
      table.document[at] = claim.document;
      table.outlet[at] = outletByDocument[claim.document] as number;
      at++;
    }
    table.firstClaim[row + 1] = at;
  });
  return complete({ nodes, edges, relations, outlets, base: nodes.length, brought: new Map(), ...table });
}

/** What the rest of the columns follows from. */
export type Given = Omit<Columns, "origin" | "nodeRow" | "edgeRow" | "pair" | "pairs" | "firstAt" | "edgesAt">;

/**
 * Adds what follows from the rows: where ids are, which edges are at a node, which share a pair.
 * @param before columns of which these are more: what has a row there keeps it, pairs too
 */
export function complete(given: Given, before?: Columns): Columns {
  const { nodes, edges, subject, object } = given;
  const rowsOf = (items: readonly { readonly id: string }[], known: ReadonlyMap<string, number> | undefined) =>
    known
      ? new MoreRows(
          known,
          items.slice(known.size).map(({ id }) => id),
        )
      : new Map(items.map(({ id }, row) => [id, row]));
  return {
    ...given,
    origin: before?.origin ?? {},
    nodeRow: rowsOf(nodes, before?.nodeRow),
    edgeRow: rowsOf(edges, before?.edgeRow),
    ...adjacency(nodes.length, subject, object),
    ...pairUp(given, before),
  };
}

/** Whether all rows of `before` are there, each where it was. */
export function isMoreOf(columns: Columns, before: Columns): boolean {
  const isKept = (now: readonly unknown[], then: readonly unknown[]) => now.length >= then.length && now[then.length - 1] === then.at(-1);
  return columns.origin === before.origin && isKept(columns.nodes, before.nodes) && isKept(columns.edges, before.edges);
}

function adjacency(nodes: number, subject: Int32Array, object: Int32Array): Pick<Columns, "firstAt" | "edgesAt"> {
  const firstAt = new Uint32Array(nodes + 1);
  const count = (node: number) => {
    if (node >= 0) firstAt[node + 1] = (firstAt[node + 1] as number) + 1;
  };
  for (let edge = 0; edge < subject.length; edge++) {
    count(subject[edge] as number);
    if (object[edge] !== subject[edge]) count(object[edge] as number);
  }
  for (let node = 0; node < nodes; node++) firstAt[node + 1] = (firstAt[node + 1] as number) + (firstAt[node] as number);
  const edgesAt = new Uint32Array(firstAt[nodes] as number);
  const next = firstAt.slice();
  const put = (node: number, edge: number) => {
    if (node >= 0) edgesAt[next[node]!++] = edge;
  };
  for (let edge = 0; edge < subject.length; edge++) {
    put(subject[edge] as number, edge);
    if (object[edge] !== subject[edge]) put(object[edge] as number, edge);
  }
  return { firstAt, edgesAt };
}

type Paired = Pick<Columns, "pair" | "pairs">;

/** The ends of an edge, the one with the smaller id first. */
function endsOf({ nodes, subject, object }: Given, edge: number): [number, number] {
  const [a, b] = [subject[edge] as number, object[edge] as number];
  return a >= 0 && b >= 0 && (nodes[a] as EntitySummary).id > (nodes[b] as EntitySummary).id ? [b, a] : [a, b];
}

/** @param before of which the edges are more: its pairs keep their rows */
function pairUp(given: Given, before?: Columns): Paired {
  const { nodes, edges } = given;
  const pair = new Uint32Array(edges.length);
  if (before) pair.set(before.pair);
  const known = before?.pairs.size ?? 0;
  const [one, other]: [number[], number[]] = [[], []];
  const rows = new Map<number, number>();
  for (let edge = before?.edges.length ?? 0; edge < edges.length; edge++) {
    const [a, b] = endsOf(given, edge);
    const key = (a + 1) * (nodes.length + 1) + b + 1;
    let row = rows.get(key);
    if (row === undefined) {
      row = before && pairAt(before, a, b);
      if (row === undefined) {
        row = known + one.length;
        one.push(a);
        other.push(b);
      }
      rows.set(key, row);
    }
    pair[edge] = row;
  }
  const further = (first: Int32Array | undefined, more: readonly number[]): Int32Array => {
    const joined = new Int32Array(known + more.length);
    joined.set(first ?? []);
    joined.set(more, known);
    return joined;
  };
  return grouped(given, pair, further(before?.pairs.one, one), further(before?.pairs.other, other), before);
}

/** The pair of two nodes, by its row. */
function pairAt({ firstAt, edgesAt, subject, object, pair }: Columns, a: number, b: number): number | undefined {
  const isThere = (node: number) => node >= 0 && node < firstAt.length - 1;
  if (!isThere(a) || !isThere(b)) return undefined;
  const degree = (node: number) => (firstAt[node + 1] as number) - (firstAt[node] as number);
  const [near, far] = degree(a) <= degree(b) ? [a, b] : [b, a];
  for (let at = firstAt[near] as number; at < (firstAt[near + 1] as number); at++) {
    const edge = edgesAt[at] as number;
    const end = subject[edge] === near ? object[edge] : subject[edge];
    if (end === far) return pair[edge];
  }
  return undefined;
}

/** @param before of which these are more: its pairs, which come first, keep their edges as long as they gain none */
function grouped({ edges }: Given, pair: Uint32Array, one: Int32Array, other: Int32Array, before?: Columns): Paired {
  const size = one.length;
  const isKept = before !== undefined && pair.subarray(before.edges.length).every((row) => row >= before.pairs.size);
  const [pairsKept, edgesKept] = isKept ? [before.pairs.size, before.edges.length] : [0, 0];
  const first = new Uint32Array(size + 1);
  const members = new Uint32Array(edges.length);
  if (isKept) {
    first.set(before.pairs.first);
    members.set(before.pairs.edges);
  }
  for (let edge = edgesKept; edge < edges.length; edge++) first[(pair[edge] as number) + 1]!++;
  for (let row = pairsKept; row < size; row++) first[row + 1]! += first[row] as number;
  const next = first.slice();
  for (let edge = edgesKept; edge < edges.length; edge++) members[next[pair[edge] as number]!++] = edge;
  for (let row = pairsKept; row < size; row++) {
    const [from, to] = [first[row] as number, first[row + 1] as number];
    if (to - from > 1) members.subarray(from, to).sort((a, b) => ((edges[a] as GraphEdge).id < (edges[b] as GraphEdge).id ? -1 : 1));
  }
  return { pair, pairs: { size, one, other, first, edges: members } };
}
