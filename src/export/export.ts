/** The table of export formats: the command line, the API, the viewer's menu and the README take their list from here. */
import type { ClaimReport, EdgeSummary, EntitySummary, GraphFilter, OntologyAnswer } from "../model/api.ts";
import type { GraphView } from "../model/view.ts";
import { gexf } from "./gexf.ts";

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
  readonly nodes: number;
  readonly edges: number;
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

/** What `filter` leaves of a graph, ready for a writer. */
export function exportSource(view: GraphView, filter: GraphFilter, ontology: OntologyAnswer): ExportSource {
  return {
    ontology,
    filter,
    entities: () => view.entities(filter),
    *edges() {
      const claims = new Map<string, ClaimReport[]>();
      for (const claim of view.claims(filter)) {
        const group = claims.get(claim.edge);
        if (group) group.push(claim);
        else claims.set(claim.edge, [claim]);
      }
      for (const edge of view.edges(filter)) yield { ...edge, claims: claims.get(edge.id)?.sort(byDate) ?? [] };
    },
  };
}

function byDate(a: ClaimReport, b: ClaimReport): number {
  const [left, right] = [a.date?.start ?? "9999", b.date?.start ?? "9999"];
  return left < right ? -1 : left > right ? 1 : 0;
}

export const FORMATS: readonly ExportFormat[] = [gexf];

/** The format of that name or file extension, if there is one. */
export function findFormat(name: string): ExportFormat | undefined {
  return FORMATS.find((format) => format.name === name || format.extension === name);
}
