/**
 * GraphML 1.0 for yEd, igraph and networkx: plain typed keys; lists are joined by " | ", since the format has none. All edges are
 * directed, for networkx refuses a file in which some are not: `symmetric` says which relations have no direction.
 */
import {
  dateText,
  type ExportEntity,
  type ExportFormat,
  type ExportSource,
  type ExportSummary,
  oneLine,
  relationTypes,
  type TypedEdge,
} from "./format.ts";
import { XmlText } from "./xml.ts";

interface Key<T> {
  readonly name: string;
  readonly type: "string" | "int" | "double" | "boolean";
  readonly value: (item: T) => string | number | boolean | undefined;
}

const NODE_KEYS: readonly Key<ExportEntity>[] = [
  { name: "label", type: "string", value: (node) => node.name },
  { name: "kind", type: "string", value: (node) => node.kind },
  { name: "aliases", type: "string", value: (node) => node.aliases.join(" | ") },
  { name: "country", type: "string", value: (node) => node.country },
  { name: "role", type: "string", value: (node) => node.role },
  { name: "mentions", type: "int", value: (node) => node.mentions },
  { name: "documents", type: "int", value: (node) => node.documents },
  { name: "first_date", type: "string", value: (node) => node.from },
  { name: "last_date", type: "string", value: (node) => node.to },
];

const EDGE_KEYS: readonly Key<TypedEdge>[] = [
  { name: "relation_id", type: "string", value: ({ edge }) => edge.id },
  { name: "relation", type: "string", value: ({ edge }) => edge.relation },
  { name: "symmetric", type: "boolean", value: ({ type }) => type?.symmetric ?? false },
  { name: "plover", type: "string", value: ({ type }) => type?.plover },
  { name: "cameo", type: "string", value: ({ type }) => type?.cameo },
  { name: "weight", type: "double", value: ({ edge }) => edge.events },
  { name: "reports", type: "int", value: ({ edge }) => edge.reports },
  { name: "affirmed", type: "int", value: ({ edge }) => edge.affirmed },
  { name: "happened", type: "int", value: ({ edge }) => edge.happened },
  { name: "confidence", type: "double", value: ({ edge }) => edge.confidence },
  { name: "first_date", type: "string", value: ({ edge }) => edge.from },
  { name: "last_date", type: "string", value: ({ edge }) => edge.to },
  { name: "dates", type: "string", value: ({ edge }) => join(edge.claims.map((claim) => (claim.date ? dateText(claim.date) : undefined))) },
  { name: "polarity", type: "string", value: ({ edge }) => join(edge.claims.map((claim) => claim.polarity)) },
  { name: "modality", type: "string", value: ({ edge }) => join(edge.claims.map((claim) => claim.modality)) },
  { name: "evidence", type: "string", value: ({ edge }) => join(edge.claims.map((claim) => oneLine(claim.text))) },
  { name: "urls", type: "string", value: ({ edge }) => join(edge.claims.map((claim) => claim.document.url)) },
];

export const graphml: ExportFormat = {
  name: "graphml",
  extension: "graphml",
  mediaType: "application/graphml+xml",
  description: "GraphML: yEd, igraph, networkx",
  write: writeGraphml,
};

function* writeGraphml(graph: ExportSource): Generator<string, ExportSummary, undefined> {
  const xml = new XmlText();
  const types = relationTypes(graph);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield declare("node", NODE_KEYS, xml) + declare("edge", EDGE_KEYS, xml);
  yield '  <graph id="entente" edgedefault="directed">\n';
  let items = 0;
  for (const node of graph.entities()) {
    items++;
    yield `    <node${xml.attributes({ id: token(node.id) })}>\n${data("node", NODE_KEYS, node, xml)}    </node>\n`;
  }
  for (const edge of graph.edges()) {
    items++;
    const [source, target] = [token(edge.subject), token(edge.object)];
    const attributes = xml.attributes({ id: `${source}.${token(edge.relation)}.${target}`, source, target });
    yield `    <edge${attributes}>\n${data("edge", EDGE_KEYS, { edge, type: types.get(edge.relation) }, xml)}    </edge>\n`;
  }
  yield `  </graph>\n</graphml>\n${xml.remark()}`;
  return { items, removedCharacters: xml.removed };
}

function declare<T>(domain: "node" | "edge", keys: readonly Key<T>[], xml: XmlText): string {
  const rows = keys.map((key) =>
    xml.attributes({ id: `${domain}.${key.name}`, for: domain, "attr.name": key.name, "attr.type": key.type }),
  );
  return rows.map((attributes) => `  <key${attributes}/>\n`).join("");
}

function data<T>(domain: "node" | "edge", keys: readonly Key<T>[], item: T, xml: XmlText): string {
  let out = "";
  for (const key of keys) {
    const value = key.value(item);
    if (value === undefined || value === "") continue;
    out += `      <data${xml.attributes({ key: `${domain}.${key.name}` })}>${xml.escape(String(value))}</data>\n`;
  }
  return out;
}

/** An id as GraphML's schema has it, an NMTOKEN: other characters as their code point between underscores. Different ids stay so. */
function token(id: string): string {
  return id.replace(/[^A-Za-z0-9:-]/gu, (character) => `_${character.codePointAt(0)!.toString(16)}_`);
}

function join(items: readonly (string | undefined)[]): string {
  return [...new Set(items.filter((item) => item !== undefined))].join(" | ");
}
