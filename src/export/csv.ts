/** Tables for spreadsheets, R and pandas: nodes, edges, claims, and events as users of event data know them. RFC 4180, UTF-8. */
import { stringify } from "csv-stringify/sync";
import type { ClaimReport, EdgeSummary, EntitySummary, RelationType } from "../model/api.ts";
import {
  dateText,
  type ExportEntity,
  type ExportFormat,
  type ExportSource,
  type ExportSummary,
  relationTypes,
  type TypedEdge,
} from "./format.ts";

type Cell = string | number | undefined;
type Columns<T> = Readonly<Record<string, (row: T) => Cell>>;

const NODE_COLUMNS: Columns<ExportEntity> = {
  id: (node) => node.id,
  label: (node) => node.name,
  kind: (node) => node.kind,
  aliases: (node) => node.aliases.join("; "),
  country: (node) => node.country,
  role: (node) => node.role,
  relations: (node) => node.degree,
  mentions: (node) => node.mentions,
  documents: (node) => node.documents,
  first_date: (node) => node.from,
  last_date: (node) => node.to,
};

/** Gephi's spreadsheet import reads Source, Target, Type and Weight by these names. */
const EDGE_COLUMNS: Columns<TypedEdge<EdgeSummary>> = {
  id: ({ edge }) => edge.id,
  Source: ({ edge }) => edge.subject,
  Target: ({ edge }) => edge.object,
  Type: ({ type }) => (type?.symmetric ? "Undirected" : "Directed"),
  Weight: ({ edge }) => edge.events,
  relation: ({ edge }) => edge.relation,
  label: ({ edge, type }) => type?.label ?? edge.relation,
  plover: ({ type }) => type?.plover,
  cameo: ({ type }) => type?.cameo,
  reports: ({ edge }) => edge.reports,
  documents: ({ edge }) => edge.documents,
  affirmed: ({ edge }) => edge.affirmed,
  happened: ({ edge }) => edge.happened,
  first_date: ({ edge }) => edge.from,
  last_date: ({ edge }) => edge.to,
  confidence: ({ edge }) => edge.confidence,
};

interface ClaimRow {
  readonly claim: ClaimReport;
  readonly type: RelationType | undefined;
  readonly subject: EntitySummary | undefined;
  readonly object: EntitySummary | undefined;
}

const CLAIM_COLUMNS: Columns<ClaimRow> = {
  claim: ({ claim }) => claim.claim,
  event: ({ claim }) => claim.event,
  subject: ({ claim, subject }) => subject?.name ?? claim.subject,
  relation: ({ claim }) => claim.relation,
  object: ({ claim, object }) => object?.name ?? claim.object,
  date: ({ claim }) => claim.date && dateText(claim.date),
  date_precision: ({ claim }) => claim.date?.precision,
  polarity: ({ claim }) => claim.polarity,
  modality: ({ claim }) => claim.modality,
  place: ({ claim }) => claim.place?.name,
  medium: ({ claim }) => claim.medium,
  quoted: ({ claim }) => claim.source?.name,
  confidence: ({ claim }) => claim.confidence,
  sentence: ({ claim }) => claim.text,
  document: ({ claim }) => claim.document.title,
  outlet: ({ claim }) => claim.document.source,
  published: ({ claim }) => claim.document.date,
  url: ({ claim }) => claim.document.url,
  rule: ({ claim }) => claim.rule,
  subject_id: ({ claim }) => claim.subject,
  object_id: ({ claim }) => claim.object,
};

const EVENT_COLUMNS: Columns<ClaimRow> = {
  event_id: ({ claim }) => claim.event,
  event_date: ({ claim }) => claim.date && dateText(claim.date),
  source: ({ claim, subject }) => subject?.name ?? claim.subject,
  source_country: ({ subject }) => subject?.country,
  source_sector: ({ subject }) => subject?.role ?? subject?.kind,
  target: ({ claim, object }) => object?.name ?? claim.object,
  target_country: ({ object }) => object?.country,
  target_sector: ({ object }) => object?.role ?? object?.kind,
  plover: ({ type }) => type?.plover,
  cameo: ({ type }) => type?.cameo,
  relation: ({ claim }) => claim.relation,
  polarity: ({ claim }) => claim.polarity,
  modality: ({ claim }) => claim.modality,
  sentence: ({ claim }) => claim.text,
  document: ({ claim }) => claim.document.id,
  publisher: ({ claim }) => claim.document.source,
  story_date: ({ claim }) => claim.document.date,
  url: ({ claim }) => claim.document.url,
};

export const nodesCsv = table("nodes", "Table of nodes: Excel, R, Gephi's spreadsheet import", NODE_COLUMNS, (source) => source.entities());
export const edgesCsv = table("edges", "Table of edges: Excel, R, Gephi's spreadsheet import", EDGE_COLUMNS, function* (source) {
  const types = relationTypes(source);
  for (const edge of source.outline.edges()) yield { edge, type: types.get(edge.relation) };
});
export const claimsCsv = table("claims", "Table of claims, one row each, with its sentence", CLAIM_COLUMNS, claimRows);
export const eventsCsv = table(
  "events",
  "Event data: dated who-to-whom rows with PLOVER and CAMEO codes",
  EVENT_COLUMNS,
  function* (source) {
    for (const row of claimRows(source)) if (row.type?.cameo) yield row;
  },
);

function* claimRows(source: ExportSource): Generator<ClaimRow> {
  const types = relationTypes(source);
  const entities = new Map<string, EntitySummary>();
  for (const entity of source.outline.entities()) entities.set(entity.id, entity);
  for (const edge of source.reports()) {
    const ends = { type: types.get(edge.relation), subject: entities.get(edge.subject), object: entities.get(edge.object) };
    for (const claim of edge.claims) yield { claim, ...ends };
  }
}

/** A table as a format: `NAME.csv`, a header and a line a row. Cells that a spreadsheet would run as a formula are defused. */
function table<T>(name: string, description: string, columns: Columns<T>, rows: (source: ExportSource) => Iterable<T>): ExportFormat {
  function* write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    const cells = Object.values(columns);
    yield line(Object.keys(columns));
    let written = 0;
    for (const row of rows(source)) {
      written++;
      yield line(cells.map((cell) => cell(row)));
    }
    return { items: written, removedCharacters: 0 };
  }
  return { name: `${name}-csv`, extension: `${name}.csv`, mediaType: "text/csv; charset=utf-8", description, write };
}

function line(cells: readonly Cell[]): string {
  return stringify([cells.map((cell) => cell ?? "")], { escape_formulas: true, record_delimiter: "windows" });
}
