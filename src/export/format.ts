/** What an export format is, and what a writer reads: every writer of this folder is built on these few types. */
import type { ClaimReport, EdgeSummary, EntitySummary, GraphFilter, OntologyAnswer } from "../model/api.ts";
import type { EventDate } from "../model/graph.ts";

/** An edge with everything that stands behind it, claims by date, undated last. */
export interface ExportEdge extends EdgeSummary {
  readonly claims: readonly ClaimReport[];
}

/** What a writer reads. Both walks are in order of id and may be taken more than once; nothing is held between steps. */
export interface ExportSource {
  readonly ontology: OntologyAnswer;
  /** The filter that chose these entities and edges: files say what they leave out. */
  readonly filter: GraphFilter;
  entities(): Iterable<EntitySummary>;
  edges(): Iterable<ExportEdge>;
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
  entities(filter: GraphFilter): Iterable<EntitySummary>;
  reports(filter: GraphFilter): Iterable<ExportEdge>;
}

/** What `filter` leaves of a graph, ready for a writer. */
export function exportSource(graph: FilteredGraph, filter: GraphFilter, ontology: OntologyAnswer): ExportSource {
  return { ontology, filter, entities: () => graph.entities(filter), edges: () => graph.reports(filter) };
}

/** "2021-01-11", "2021-01", "2021": as closely as the date is known. */
export function dateText(date: EventDate): string {
  return date.start.slice(0, { day: 10, month: 7, year: 4 }[date.precision]);
}
