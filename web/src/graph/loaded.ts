/** The server's columns as the loaded graph: typed columns underneath, and an answer whose edges look up what is asked of them. Pure. */
import { type EntitySummary, type GraphAnswer, type GraphColumns, readSays } from "../../../src/model/api.ts";
import type { EntityId, EventDate } from "../../../src/model/graph.ts";
import { STANDINGS, standingOf } from "../state/state.ts";
import { dayOf } from "../text/dates.ts";
import { type Columns, columnsOf, complete, type Given, type GraphEdge, keepColumns, UNDATED } from "./columns.ts";

type Claim = GraphEdge["claims"][number];

/** Claims of some answer, made when they are looked at. */
interface Claims {
  readonly table: GraphColumns["claims"];
  readonly confidences: readonly number[];
  /** What the answer's documents are numbered from. */
  readonly documents: number;
}

function claimAt({ table, confidences, documents }: Claims, row: number): Claim {
  const { polarity, modality, precision, basis } = readSays(table.says[row] as number);
  const day = table.day[row] ?? undefined;
  const date: EventDate | undefined =
    day === undefined ? undefined : { start: dayOf(day), end: dayOf(day + (table.days[row] as number)), precision, basis };
  return {
    ...(date ? { date } : {}),
    polarity,
    modality,
    confidence: confidences[table.confidence[row] as number] as number,
    document: documents + (table.document[row] as number),
  };
}

/** An edge that counts its claims when it is asked: there are hundreds of thousands, of which a panel shows a few. */
class LoadedEdge {
  readonly id: string;
  readonly subject: EntityId;
  readonly relation: string;
  readonly object: EntityId;
  readonly events: number;
  readonly documents: number;
  readonly reports: number;
  readonly #from: Claims;
  readonly #first: number;

  constructor(
    subject: EntityId,
    relation: string,
    object: EntityId,
    counts: Pick<GraphEdge, "events" | "documents" | "reports">,
    from: Claims,
    first: number,
  ) {
    this.id = `${subject}~${relation}~${object}`;
    this.subject = subject;
    this.relation = relation;
    this.object = object;
    this.events = counts.events;
    this.documents = counts.documents;
    this.reports = counts.reports;
    this.#from = from;
    this.#first = first;
  }

  get claims(): readonly Claim[] {
    return Array.from({ length: this.reports }, (_, i) => claimAt(this.#from, this.#first + i));
  }

  get from(): string | undefined {
    const { day } = this.#from.table;
    let first: number | undefined;
    for (const row of this.#rows()) if ((day[row] ?? null) !== null) first = Math.min(first ?? Infinity, day[row] as number);
    return first === undefined ? undefined : dayOf(first);
  }

  get to(): string | undefined {
    const { day, days } = this.#from.table;
    let last: number | undefined;
    for (const row of this.#rows())
      if ((day[row] ?? null) !== null) last = Math.max(last ?? -Infinity, (day[row] as number) + (days[row] as number));
    return last === undefined ? undefined : dayOf(last);
  }

  *#rows(): Generator<number> {
    for (let i = 0; i < this.reports; i++) yield this.#first + i;
  }

  get affirmed(): number {
    return this.claims.filter(({ polarity }) => polarity === "affirmed").length;
  }

  get happened(): number {
    return this.claims.filter(({ modality }) => modality === "happened").length;
  }

  get confidence(): number {
    return Math.max(...this.claims.map(({ confidence }) => confidence));
  }
}

/** `STANDINGS` by what `saysOf` writes. */
const standings = new Map<number, number>();

function standingAt(says: number): number {
  let standing = standings.get(says);
  if (standing === undefined) standings.set(says, (standing = STANDINGS.indexOf(standingOf(readSays(says)))));
  return standing;
}

/** @param before nodes, edges and documents that are loaded already; the answer's are numbered on from them */
function read(answer: GraphColumns, before?: Columns): Omit<Given, "base" | "brought"> & { readonly documents: GraphAnswer["documents"] } {
  const { edges, claims } = answer;
  const fresh = before ? answer.nodes.filter(({ id }) => !before.nodeRow.has(id)) : answer.nodes;
  const nodes = [...(before?.nodes ?? []), ...fresh];
  const ids = [...answer.nodes.map(({ id }) => id), ...answer.known];
  const rows = new Map(fresh.map(({ id }, row) => [id, (before?.nodes.length ?? 0) + row]));
  const rowOf = ids.map((id) => rows.get(id) ?? before?.nodeRow.get(id) ?? -1);
  const relations = [...(before?.relations ?? [])];
  const relationOf = answer.relations.map((name) => (relations.includes(name) ? relations.indexOf(name) : relations.push(name) - 1));
  const outlets = [...(before?.outlets ?? [""])];
  const outletOf = answer.outlets.map((name) => (outlets.includes(name) ? outlets.indexOf(name) : outlets.push(name) - 1));
  const from: Claims = { table: claims, confidences: answer.confidences, documents: before ? 1 + maximum(before.document) : 0 };

  // Edges that are loaded already come again with an expansion.
  const kept: { readonly edge: number; readonly first: number; readonly row: GraphEdge }[] = [];
  let first = 0;
  for (let edge = 0; edge < edges.subject.length; edge++) {
    const [subject, object] = [ids[edges.subject[edge] as number] as EntityId, ids[edges.object[edge] as number] as EntityId];
    const reports = edges.reports[edge] as number;
    const counts = { reports, events: edges.events[edge] as number, documents: edges.documents[edge] as number };
    const relation = answer.relations[edges.relation[edge] as number] as string;
    const row = new LoadedEdge(subject, relation, object, counts, from, first) as unknown as GraphEdge;
    if (!before?.edgeRow.has(row.id)) kept.push({ edge, first, row });
    first += reports;
  }
  const claimRows = before ? kept.flatMap(({ first, row }) => Array.from({ length: row.reports }, (_, i) => first + i)) : undefined;
  const count = claimRows?.length ?? claims.day.length;
  const at = claimRows ? (i: number) => claimRows[i] as number : (i: number) => i;
  const columns = {
    start: new Int32Array(count),
    end: new Int32Array(count),
    standing: new Uint8Array(count),
    confidence: new Float32Array(count),
    document: new Uint32Array(count),
    outlet: new Uint16Array(count),
  };
  for (let i = 0; i < count; i++) {
    const claim = at(i);
    const day = claims.day[claim] ?? null;
    columns.start[i] = day ?? UNDATED;
    columns.end[i] = day === null ? UNDATED : day + (claims.days[claim] as number);
    columns.standing[i] = standingAt(claims.says[claim] as number);
    columns.confidence[i] = answer.confidences[claims.confidence[claim] as number] as number;
    columns.document[i] = from.documents + (claims.document[claim] as number);
    columns.outlet[i] = outletOf[answer.outlet[claims.document[claim] as number] as number] ?? 0;
  }
  const firstClaim = new Uint32Array(kept.length);
  let end = before ? before.start.length : 0;
  kept.forEach(({ row }, i) => {
    end += row.reports;
    firstClaim[i] = end;
  });
  const joined = <T extends Int32Array | Uint32Array | Uint16Array | Uint8Array | Float32Array>(old: T | undefined, next: T): T => {
    if (!old) return next;
    const both = new (next.constructor as new (length: number) => T)(old.length + next.length);
    both.set(old);
    both.set(next, old.length);
    return both;
  };
  const places = (column: readonly number[], rowsBy: readonly number[]) =>
    Int32Array.from(kept, ({ edge }) => rowsBy[column[edge] as number] as number);
  return {
    nodes,
    edges: [...(before?.edges ?? []), ...kept.map(({ row }) => row)],
    relations,
    outlets,
    subject: joined(before?.subject, places(edges.subject, rowOf)),
    object: joined(before?.object, places(edges.object, rowOf)),
    relation: joined(before?.relation, Uint16Array.from(places(edges.relation, relationOf))),
    firstClaim: joined(before?.firstClaim ?? new Uint32Array(1), firstClaim),
    start: joined(before?.start, columns.start),
    end: joined(before?.end, columns.end),
    standing: joined(before?.standing, columns.standing),
    confidence: joined(before?.confidence, columns.confidence),
    document: joined(before?.document, columns.document),
    outlet: joined(before?.outlet, columns.outlet),
    documents: answer.outlet.map((place) => ({ id: "" as never, ...(place < 0 ? {} : { source: answer.outlets[place] as string }) })),
  };
}

function maximum(values: Uint32Array): number {
  let most = -1;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** What the viewer starts with. */
export function loadGraph(answer: GraphColumns): GraphAnswer {
  const { documents, ...given } = read(answer);
  const columns = complete({ ...given, base: answer.nodes.length, brought: new Map() });
  const { total } = answer;
  const isPart = total.nodes > answer.nodes.length || total.pairs > columns.pairs.size;
  const pairs = total.pairs > columns.pairs.size ? { pairs: total.pairs } : {};
  const truncated = isPart ? { truncated: { nodes: total.nodes, ...pairs } } : {};
  const graph: GraphAnswer = { nodes: columns.nodes, edges: columns.edges, documents, ...truncated };
  keepColumns(graph, columns);
  return graph;
}

/** The graph with an entity's neighbours; what was loaded keeps its rows. */
export function growGraph(graph: GraphAnswer, id: EntityId, answer: GraphColumns): GraphAnswer {
  const before = columnsOf(graph);
  const { documents, ...given } = read(answer, before);
  const fresh = new Map(given.nodes.slice(before.nodes.length).map((node: EntitySummary, row) => [node.id, before.nodes.length + row]));
  const neighbors = Int32Array.from(answer.nodes, ({ id }) => before.nodeRow.get(id) ?? (fresh.get(id) as number));
  const columns = complete({ ...given, base: before.base, brought: new Map(before.brought).set(id, neighbors) }, before);
  const grown: GraphAnswer = { ...graph, nodes: columns.nodes, edges: columns.edges, documents: [...graph.documents, ...documents] };
  keepColumns(grown, columns);
  return grown;
}
