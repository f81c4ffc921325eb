/**
 * GEXF 1.3 for Gephi and Gephi Lite: one edge a (subject, relation, object), its events as spells.
 *
 * What decides the form, tried with the importer of Gephi 0.10.1:
 * - the graph has no `defaultedgetype`: with one, Gephi drops every edge of the other direction;
 * - times are intervals, not timestamps, because an event known to the month or year has a length; both set the timeline;
 * - an element without a spell is always shown, so undated edges never disappear, nor do nodes that have one;
 * - a column takes its id as its name, so ids are the words a user should see;
 * - lists are `["a", "b"]` with backslash escapes.
 * Source, target and kind together are unique, as the GEXF primer asks.
 */
import type { ClaimBrief, GraphFilter } from "../model/api.ts";
import {
  dateText,
  type ExportEdge,
  type ExportEntity,
  type ExportFormat,
  type ExportSource,
  type ExportSummary,
  oneLine,
  relationTypes,
  type TypedEdge,
} from "./format.ts";
import { layOut } from "./layout.ts";
import { XmlText } from "./xml.ts";

type ColumnType = "string" | "integer" | "double" | "liststring" | "anyURI";
interface Column<T> {
  readonly id: string;
  readonly type: ColumnType;
  readonly value: (item: T) => string | number | readonly string[] | undefined;
}

const NODE_COLUMNS: readonly Column<ExportEntity>[] = [
  { id: "kind", type: "string", value: (node) => node.kind },
  { id: "aliases", type: "liststring", value: (node) => node.aliases },
  { id: "country", type: "string", value: (node) => node.country },
  { id: "role", type: "string", value: (node) => node.role },
  { id: "relations", type: "integer", value: (node) => node.degree },
  { id: "mentions", type: "integer", value: (node) => node.mentions },
  { id: "documents", type: "integer", value: (node) => node.documents },
  { id: "first date", type: "string", value: (node) => node.from },
  { id: "last date", type: "string", value: (node) => node.to },
];

const EDGE_COLUMNS: readonly Column<TypedEdge>[] = [
  { id: "relation", type: "string", value: ({ edge }) => edge.relation },
  { id: "PLOVER", type: "string", value: ({ type }) => type?.plover },
  { id: "CAMEO", type: "string", value: ({ type }) => type?.cameo },
  { id: "events", type: "integer", value: ({ edge }) => edge.events },
  { id: "reports", type: "integer", value: ({ edge }) => edge.reports },
  { id: "documents", type: "integer", value: ({ edge }) => edge.documents },
  { id: "affirmed share", type: "double", value: ({ edge }) => share(edge.affirmed, edge.reports) },
  { id: "happened share", type: "double", value: ({ edge }) => share(edge.happened, edge.reports) },
  { id: "confidence", type: "double", value: ({ edge }) => edge.confidence },
  { id: "first date", type: "string", value: ({ edge }) => edge.from },
  { id: "last date", type: "string", value: ({ edge }) => edge.to },
  { id: "dates", type: "liststring", value: ({ edge }) => distinct(edge, (claim) => claim.date && dateText(claim.date)) },
  { id: "polarity", type: "liststring", value: ({ edge }) => distinct(edge, (claim) => claim.polarity) },
  { id: "modality", type: "liststring", value: ({ edge }) => distinct(edge, (claim) => claim.modality) },
  { id: "evidence", type: "liststring", value: ({ edge }) => distinct(edge, (claim) => oneLine(claim.text)) },
  { id: "outlets", type: "liststring", value: ({ edge }) => distinct(edge, (claim) => claim.document.source) },
  { id: "urls", type: "liststring", value: ({ edge }) => distinct(edge, (claim) => claim.document.url) },
];

export const gexf: ExportFormat = {
  name: "gexf",
  extension: "gexf",
  mediaType: "application/gexf+xml",
  description: "GEXF 1.3, dynamic: Gephi, Gephi Lite",
  write: writeGexf,
};

function* writeGexf(source: ExportSource): Generator<string, ExportSummary, undefined> {
  const xml = new XmlText();
  const relations = relationTypes(source);
  const familyColor = new Map(source.ontology.families.map((family) => [family.family, family.color]));
  const kindColor = new Map<string, string>(source.ontology.kinds.map((kind) => [kind.kind, kind.color]));

  const { x, y } = layOut(
    Array.from(source.outline.entities(), ({ id, degree }) => ({ id, degree })),
    () => source.outline.edges(),
  );

  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n';
  yield ` <meta${xml.attributes({ lastmodifieddate: source.updated })}>\n  <creator>Entente</creator>\n`;
  yield `  <keywords>diplomacy, knowledge graph, news</keywords>\n  <description>${xml.escape(describe(source.filter))}</description>\n </meta>\n`;
  yield ' <graph mode="dynamic" timeformat="date" timerepresentation="interval" idtype="string">\n';
  yield declare("node", NODE_COLUMNS, xml) + declare("edge", EDGE_COLUMNS, xml);

  yield " <nodes>\n";
  const nodeValues = values(NODE_COLUMNS, xml);
  let nodes = 0;
  for (const node of source.entities()) {
    yield `<node id="${xml.escape(node.id)}" label="${xml.escape(node.name)}">\n${nodeValues(node)}` +
      (node.undated || !node.from || !node.to ? "" : spells([[node.from, node.to]])) +
      ` <viz:color hex="${kindColor.get(node.kind) ?? "#888888"}"/>\n` +
      ` <viz:position x="${x[nodes]}" y="${y[nodes]}" z="0"/>\n <viz:size value="${nodeSize(node.degree)}"/>\n</node>\n`;
    nodes++;
  }
  yield " </nodes>\n";

  yield " <edges>\n";
  const edgeValues = values(EDGE_COLUMNS, xml);
  let edges = 0;
  for (const edge of source.edges()) {
    edges++;
    const type = relations.get(edge.relation);
    yield `<edge id="${xml.escape(edge.id)}" source="${xml.escape(edge.subject)}" target="${xml.escape(edge.object)}"` +
      ` type="${type?.symmetric ? "undirected" : "directed"}" kind="${xml.escape(edge.relation)}"` +
      ` label="${xml.escape(type?.label ?? edge.relation)}" weight="${edge.events}">\n` +
      edgeValues({ edge, type }) +
      spells(eventSpells(edge)) +
      ` <viz:color hex="${familyColor.get(type?.family ?? "") ?? "#888888"}"/>\n` +
      ` <viz:thickness value="${edgeThickness(edge.events)}"/>\n</edge>\n`;
  }
  yield ` </edges>\n </graph>\n</gexf>\n${xml.remark()}`;
  return { items: nodes + edges, removedCharacters: xml.removed };
}

function declare<T>(kind: "node" | "edge", columns: readonly Column<T>[], xml: XmlText): string {
  const rows = columns.map((column) => `  <attribute${xml.attributes({ id: column.id, title: column.id, type: column.type })}/>\n`);
  return ` <attributes class="${kind}" mode="static">\n${rows.join("")} </attributes>\n`;
}

/** Writes an item's columns, leaving out those it has nothing for. */
function values<T>(columns: readonly Column<T>[], xml: XmlText): (item: T) => string {
  const starts = columns.map((column) => `  <attvalue${xml.attributes({ for: column.id })} value="`);
  return (item) => {
    let out = "";
    for (let index = 0; index < columns.length; index++) {
      const value = columns[index]!.value(item);
      if (value === undefined || value === "" || (typeof value === "object" && value.length === 0)) continue;
      const text = typeof value === "number" ? value : typeof value === "string" ? xml.escape(value) : list(value, xml);
      out += `${starts[index]}${text}"/>\n`;
    }
    return out && ` <attvalues>\n${out} </attvalues>\n`;
  };
}

/** One spell a distinct dated event, in order of time. Spells of one day have equal ends. */
function eventSpells(edge: ExportEdge): [string, string][] {
  if (edge.claims.some((claim) => claim.date === undefined)) return [];
  const days = new Map<string, [string, string]>();
  for (const { date } of edge.claims) if (date) days.set(`${date.start}/${date.end}`, [date.start, date.end]);
  return [...days.values()].sort(([a, b], [c, d]) => (a < c || (a === c && b < d) ? -1 : 1));
}

function spells(intervals: readonly (readonly [string, string])[]): string {
  if (intervals.length === 0) return "";
  const rows = intervals.map(([start, end]) => `<spell start="${start}" end="${end}"/>`);
  return ` <spells>${rows.join("")}</spells>\n`;
}

/** What an edge's claims have of something, each value once. */
function distinct({ claims }: ExportEdge, valueOf: (claim: ClaimBrief) => string | undefined): string[] {
  const [first, second] = claims;
  if (first && !second) {
    const only = valueOf(first);
    return only === undefined ? [] : [only];
  }
  return [...new Set(claims.map(valueOf).filter((value) => value !== undefined))];
}

/** A list as Gephi reads it, `["a", "b"]`, as an attribute's value. */
function list(items: readonly string[], xml: XmlText): string {
  const quoted = items.map((item) => `&quot;${xml.escape(/["\\]/.test(item) ? item.replace(/["\\]/g, "\\$&") : item)}&quot;`);
  return `[${quoted.join(", ")}]`;
}

function share(part: number, whole: number): number {
  return Math.round((100 * part) / whole) / 100;
}

function nodeSize(degree: number): number {
  return Math.round(10 * (6 + 4 * Math.sqrt(degree))) / 10;
}

function edgeThickness(events: number): number {
  return Math.round(10 * (1 + Math.log2(events))) / 10;
}

/** The description in the file: what it holds and what the filter left out. */
function describe(filter: GraphFilter): string {
  const limits = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} = ${Array.isArray(value) ? value.join(", ") : String(value)}`);
  const scope = limits.length > 0 ? `filtered by ${limits.join("; ")}` : "the whole graph";
  return `Who did what to whom, as the documents say it; ${scope}. Every edge carries its sentences in the column evidence.`;
}
