/**
 * RDF as Turtle and JSON-LD: entities, claims as reified statements, and where each claim comes from in PROV-O.
 *
 * A claim is an `rdf:Statement` derived from its document (`prov:wasDerivedFrom`) with the sentence as `prov:value`. The plain triple
 * subject-relation-object is stated only where some claim is affirmed and happened: RDF has no "denied" or "planned".
 */
import { DataFactory, Writer } from "n3";
import type { ClaimReport, DocumentSummary, EntitySummary } from "../model/api.ts";
import type { EntityKind } from "../model/graph.ts";
import type { ExportFormat, ExportSource, ExportSummary } from "./format.ts";

const PREFIXES = {
  ent: "urn:entente:vocabulary:",
  entity: "urn:entente:entity:",
  claim: "urn:entente:claim:",
  document: "urn:entente:document:",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  prov: "http://www.w3.org/ns/prov#",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;
type Prefix = keyof typeof PREFIXES;
/** "prefix:local", the local part already safe in an IRI. */
type Name = `${Prefix}:${string}`;
type Value = { readonly id: Name } | { readonly value: string; readonly type?: Name };

/** A subject and what is said of it: what both syntaxes are written from. */
interface Resource {
  readonly id: Name;
  readonly properties: readonly (readonly [Name, Value])[];
}

const CLASSES: Readonly<Record<EntityKind, Name>> = {
  person: "schema:Person",
  state: "schema:Country",
  organization: "schema:Organization",
  agreement: "ent:Agreement",
  place: "schema:Place",
};

export const turtle: ExportFormat = {
  name: "turtle",
  extension: "ttl",
  mediaType: "text/turtle; charset=utf-8",
  description: "RDF, Turtle: claims as statements with PROV-O",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    let pending = "";
    const sink = {
      write(chunk: string, _encoding: string, done?: () => void) {
        pending += chunk;
        done?.();
      },
      end(done?: () => void) {
        done?.();
      },
    };
    const writer = new Writer(sink, { prefixes: PREFIXES });
    let items = 0;
    for (const resource of resources(source)) {
      items++;
      for (const [predicate, value] of resource.properties) writer.addQuad(node(resource.id), node(predicate), term(value));
      yield pending;
      pending = "";
    }
    writer.end();
    yield pending;
    return { items, removedCharacters: 0 };
  },
};

export const jsonLd: ExportFormat = {
  name: "jsonld",
  extension: "jsonld",
  mediaType: "application/ld+json",
  description: "RDF, JSON-LD: claims as statements with PROV-O",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    let items = 0;
    yield `{"@context":${JSON.stringify(PREFIXES)},"@graph":[`;
    for (const { id, properties } of resources(source)) {
      const object: Record<string, unknown> = { "@id": id };
      for (const [predicate, value] of properties) {
        if (predicate === "rdf:type" && "id" in value) object["@type"] = value.id;
        else ((object[predicate] ??= []) as unknown[]).push(jsonValue(value));
      }
      yield `${items++ === 0 ? "\n" : ",\n"}${JSON.stringify(object)}`;
    }
    yield "\n]}\n";
    return { items, removedCharacters: 0 };
  },
};

function* resources(source: ExportSource): Generator<Resource> {
  for (const entity of source.outline.entities()) yield entityResource(entity);
  const documents = new Set<string>();
  for (const edge of source.reports()) {
    if (edge.claims.some((claim) => claim.polarity === "affirmed" && claim.modality === "happened")) {
      yield { id: name("entity", edge.subject), properties: [[name("ent", edge.relation), { id: name("entity", edge.object) }]] };
    }
    for (const claim of edge.claims) {
      if (!documents.has(claim.document.id)) {
        documents.add(claim.document.id);
        yield documentResource(claim.document);
      }
      yield claimResource(claim);
    }
  }
}

function entityResource(entity: EntitySummary): Resource {
  return {
    id: name("entity", entity.id),
    properties: [
      ["rdf:type", { id: CLASSES[entity.kind] }],
      ["rdfs:label", { value: entity.name }],
      ...entity.aliases.map((alias) => ["skos:altLabel", { value: alias }] as const),
      ...optional("ent:country", entity.country),
      ...optional("ent:role", entity.role),
    ],
  };
}

function documentResource(document: DocumentSummary): Resource {
  return {
    id: name("document", document.id),
    properties: [
      ["rdf:type", { id: "schema:Article" }],
      ["schema:headline", { value: document.title }],
      ...optional("schema:datePublished", document.date, "xsd:date"),
      ...optional("schema:publisher", document.source),
      ...optional("schema:url", document.url),
    ],
  };
}

function claimResource(claim: ClaimReport): Resource {
  return {
    id: name("claim", claim.claim),
    properties: [
      ["rdf:type", { id: "rdf:Statement" }],
      ["rdf:subject", { id: name("entity", claim.subject) }],
      ["rdf:predicate", { id: name("ent", claim.relation) }],
      ["rdf:object", { id: name("entity", claim.object) }],
      ["prov:wasDerivedFrom", { id: name("document", claim.document.id) }],
      ["prov:value", { value: claim.text }],
      ["ent:polarity", { value: claim.polarity }],
      ["ent:modality", { value: claim.modality }],
      ["ent:confidence", { value: String(claim.confidence), type: "xsd:decimal" }],
      ["ent:event", { value: claim.event }],
      ...optional("schema:startDate", claim.date?.start, "xsd:date"),
      ...optional("schema:endDate", claim.date?.end, "xsd:date"),
      ...(claim.place ? [["schema:location", { id: name("entity", claim.place.id) }] as const] : []),
      ...(claim.source ? [["prov:wasAttributedTo", { id: name("entity", claim.source.id) }] as const] : []),
    ],
  };
}

function optional(predicate: Name, value: string | undefined, type?: Name): (readonly [Name, Value])[] {
  return value === undefined ? [] : [[predicate, type ? { value, type } : { value }]];
}

/** An id of ours as a local name: whatever could end an IRI or a prefixed name early is percent-encoded. */
function name(prefix: Prefix, id: string): Name {
  return `${prefix}:${encodeURIComponent(id.toWellFormed()).replaceAll("%3A", ":")}`;
}

function expand(short: Name): string {
  const colon = short.indexOf(":");
  return PREFIXES[short.slice(0, colon) as Prefix] + short.slice(colon + 1);
}

function node(short: Name) {
  return DataFactory.namedNode(expand(short));
}

function term(value: Value) {
  if ("id" in value) return node(value.id);
  return DataFactory.literal(value.value.toWellFormed(), value.type ? node(value.type) : undefined);
}

function jsonValue(value: Value): object {
  if ("id" in value) return { "@id": value.id };
  return value.type ? { "@value": value.value, "@type": value.type } : { "@value": value.value.toWellFormed() };
}
