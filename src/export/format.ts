/** What an export format is, and what a writer reads: every writer of this folder is built on these few types. */
import type {
  ClaimBrief,
  ClaimReport,
  DocumentSummary,
  EdgeSummary,
  EntitySummary,
  GraphFilter,
  OntologyAnswer,
  RelationType,
} from "../model/api.ts";
import type { EventDate } from "../model/graph.ts";

/** An entity with the first and last day of the claims at it. */
export interface ExportEntity extends EntitySummary {
  readonly from?: string;
  readonly to?: string;
  /** Whether a claim at it bears no date. */
  readonly undated: boolean;
}

/** An edge with what its claims say, by date, undated last. */
export interface ExportEdge extends EdgeSummary {
  readonly claims: readonly ClaimBrief[];
}

/** An edge with everything that stands behind it. */
export interface ExportReport extends EdgeSummary {
  readonly claims: readonly ClaimReport[];
}

/** An edge with what the ontology says of its relation. */
export interface TypedEdge<Edge extends EdgeSummary = ExportEdge> {
  readonly edge: Edge;
  readonly type: RelationType | undefined;
}

/** What a writer reads. All walks are in order of id and may be taken more than once; nothing is held between steps. */
export interface ExportSource {
  readonly ontology: OntologyAnswer;
  /** The filter that chose these entities and edges: files say what they leave out. */
  readonly filter: GraphFilter;
  /** Day of the newest document. */
  readonly updated?: string;
  entities(): Iterable<ExportEntity>;
  edges(): Iterable<ExportEdge>;
  /** The same with all of each claim: takes twice the time. */
  reports(): Iterable<ExportReport>;
  /** The same without what claims say of them: much quicker. */
  readonly outline: { entities(): Iterable<EntitySummary>; edges(): Iterable<EdgeSummary> };
}

/** What was written, for the summary that the user sees. */
export interface ExportSummary {
  /** Nodes and edges, rows, lines or resources: whatever the format is made of. */
  readonly items: number;
  /** Characters that the format forbids and that were left out (control characters, lone surrogates in XML). */
  readonly removedCharacters: number;
}

export interface ExportFormat {
  /** As on the command line: `--format gexf`. */
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  /** One line for menus and help. */
  readonly description: string;
  /** Yields the file in pieces, in constant memory; the same source gives the same bytes. Returns the summary. */
  write(source: ExportSource): Generator<string, ExportSummary, undefined>;
}

/** The walks that a store offers: by id, in constant memory. */
export interface FilteredGraph {
  entityReports(filter: GraphFilter): Iterable<ExportEntity>;
  edgeBriefs(filter: GraphFilter): Iterable<ExportEdge>;
  edgeReports(filter: GraphFilter): Iterable<ExportReport>;
  entities(filter: GraphFilter): Iterable<EntitySummary>;
  edges(filter: GraphFilter): Iterable<EdgeSummary>;
  /** By date, newest first. */
  listDocuments(page: { readonly limit: number }): { readonly items: readonly DocumentSummary[] };
}

/** What `filter` leaves of a graph, ready for a writer. */
export function exportSource(graph: FilteredGraph, filter: GraphFilter, ontology: OntologyAnswer): ExportSource {
  const updated = graph.listDocuments({ limit: 1 }).items[0]?.date;
  return {
    ontology,
    filter,
    ...(updated === undefined ? {} : { updated }),
    entities: () => graph.entityReports(filter),
    edges: () => graph.edgeBriefs(filter),
    reports: () => graph.edgeReports(filter),
    outline: { entities: () => graph.entities(filter), edges: () => graph.edges(filter) },
  };
}

/** The relations of an ontology by name. */
export function relationTypes({ ontology }: ExportSource): ReadonlyMap<string, RelationType> {
  return new Map(ontology.relations.map((relation) => [relation.name, relation]));
}

/** "2021-01-11", "2021-01", "2021": as closely as the date is known. */
export function dateText(date: EventDate): string {
  return date.start.slice(0, { day: 10, month: 7, year: 4 }[date.precision]);
}

/** A sentence without line breaks, tabs and doubled spaces. */
export function oneLine(text: string): string {
  return /[^\S ]|^ | $| {2}/u.test(text) ? text.replace(/\s+/gu, " ").trim() : text;
}
