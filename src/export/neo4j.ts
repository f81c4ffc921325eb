/** Neo4j and its kin: a Cypher script to run, and the two CSV files that `neo4j-admin database import` takes. */
import { stringify } from "csv-stringify/sync";
import type { EntitySummary } from "../model/api.ts";
import { dateText, type ExportEdge, type ExportFormat, type ExportSource, type ExportSummary } from "./format.ts";

type Property = string | number | readonly string[] | undefined;

/** Between the items of a list in the import's CSV: text never holds it. Pass `--array-delimiter=U+001F`. */
const LIST_SEPARATOR = "\u001F";

export const cypher: ExportFormat = {
  name: "cypher",
  extension: "cypher",
  mediaType: "application/x-cypher-query; charset=utf-8",
  description: "Cypher script: Neo4j, Memgraph",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    let items = 0;
    yield "CREATE CONSTRAINT entente_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;\n";
    for (const entity of source.outline.entities()) {
      items++;
      yield `MERGE (e:Entity {id: ${literal(entity.id)}}) SET e:${label(entity)}, e += ${map(nodeProperties(entity))};\n`;
    }
    for (const edge of source.edges()) {
      items++;
      const ends = `MATCH (s:Entity {id: ${literal(edge.subject)}}), (o:Entity {id: ${literal(edge.object)}})`;
      yield `${ends} MERGE (s)-[r:${type(edge.relation)}]->(o) SET r += ${map(edgeProperties(edge))};\n`;
    }
    return { items, removedCharacters: 0 };
  },
};

export const neo4jNodes: ExportFormat = {
  name: "neo4j-nodes",
  extension: "neo4j-nodes.csv",
  mediaType: "text/csv; charset=utf-8",
  description: "neo4j-admin import: nodes (--array-delimiter=U+001F)",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    let items = 0;
    yield row(["id:ID", "name", "kind", "aliases:string[]", "country", "role", ":LABEL"]);
    for (const entity of source.outline.entities()) {
      items++;
      const { name, kind, aliases, country, role } = nodeProperties(entity);
      yield row([entity.id, name, kind, aliases, country, role, ["Entity", label(entity)]]);
    }
    return { items, removedCharacters: 0 };
  },
};

export const neo4jRelationships: ExportFormat = {
  name: "neo4j-relationships",
  extension: "neo4j-relationships.csv",
  mediaType: "text/csv; charset=utf-8",
  description: "neo4j-admin import: relationships (--array-delimiter=U+001F)",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    const header =
      "id,events:int,reports:int,confidence:double,from:date,to:date,dates:string[],polarity:string[],modality:string[],evidence:string[],urls:string[]";
    let items = 0;
    yield row([":START_ID", ":END_ID", ":TYPE", ...header.split(",")]);
    for (const edge of source.edges()) {
      items++;
      yield row([edge.subject, edge.object, type(edge.relation), ...Object.values(edgeProperties(edge))]);
    }
    return { items, removedCharacters: 0 };
  },
};

function nodeProperties({ name, kind, aliases, country, role }: EntitySummary) {
  return { name, kind, aliases, country, role };
}

/** In the order of the import's header. */
function edgeProperties(edge: ExportEdge): Record<string, Property> {
  return {
    id: edge.id,
    events: edge.events,
    reports: edge.reports,
    confidence: edge.confidence,
    from: edge.from,
    to: edge.to,
    dates: edge.claims.map((claim) => (claim.date ? dateText(claim.date) : "")),
    polarity: edge.claims.map((claim) => claim.polarity),
    modality: edge.claims.map((claim) => claim.modality),
    evidence: edge.claims.map((claim) => claim.text),
    urls: edge.claims.map((claim) => claim.document.url ?? ""),
  };
}

/** "person" -> Person */
function label(entity: EntitySummary): string {
  return entity.kind[0]!.toUpperCase() + entity.kind.slice(1);
}

/** "met-with" -> MET_WITH. Names come from the ontology, whose loader lets only letters and hyphens through; the rest is dropped. */
function type(relation: string): string {
  return relation
    .toUpperCase()
    .replaceAll("-", "_")
    .replace(/[^A-Z_]/g, "");
}

/** openCypher string literal: backslash, quote and every control or line-separating character escaped. */
function literal(value: string): string {
  const escaped = value
    .toWellFormed()
    .replace(/[\\'"]|[\p{Cc}\u2028\u2029]/gu, (character) =>
      /[\\'"]/.test(character) ? `\\${character}` : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  return `'${escaped}'`;
}

function map(properties: Readonly<Record<string, Property>>): string {
  const entries = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `{${entries.map(([name, value]) => `${name}: ${cypherValue(value!)}`).join(", ")}}`;
}

function cypherValue(value: string | number | readonly string[]): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? literal(value) : `[${value.map(literal).join(", ")}]`;
}

function row(cells: readonly Property[]): string {
  const text = cells.map((cell) =>
    typeof cell === "object" ? cell.map((item) => item.replaceAll(LIST_SEPARATOR, " ")).join(LIST_SEPARATOR) : cell,
  );
  return stringify([text.map((cell) => cell ?? "")]);
}
