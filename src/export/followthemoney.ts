/** FollowTheMoney entities, one a line, for OpenAleph: relations as UnknownLink, documents as Article with what they document. */
import { createHash } from "node:crypto";
import countries from "i18n-iso-countries";
import type { ClaimReport, EntitySummary } from "../model/api.ts";
import { dateText, type ExportReport, type ExportFormat, type ExportSource, type ExportSummary, oneLine } from "./format.ts";

interface FtmEntity {
  readonly id: string;
  readonly schema: string;
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

export const followTheMoney: ExportFormat = {
  name: "ftm",
  extension: "ftm.json",
  mediaType: "application/x-ndjson",
  description: "FollowTheMoney entities: OpenAleph, yente",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    const labels = new Map(source.ontology.relations.map((relation) => [relation.name, relation.label]));
    const written = new Set<string>();
    let items = 0;
    const line = (entity: FtmEntity): string => {
      items++;
      return `${JSON.stringify(entity)}\n`;
    };
    for (const entity of source.outline.entities()) yield line(thing(entity));
    for (const edge of source.reports()) {
      yield line(link(edge, labels.get(edge.relation) ?? edge.relation));
      const backing = edge.claims.flatMap(({ document }) => [
        article(document),
        documentation(document.id, edge.subject),
        documentation(document.id, edge.object),
      ]);
      for (const entity of backing) {
        if (written.has(entity.id)) continue;
        written.add(entity.id);
        yield line(entity);
      }
    }
    return { items, removedCharacters: 0 };
  },
};

/** FollowTheMoney ids may not hold every character that ours do. */
function key(kind: string, id: string): string {
  return `entente-${kind}-${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
}

function thing(entity: EntitySummary): FtmEntity {
  const iso = entity.country && countries.alpha3ToAlpha2(entity.country)?.toLowerCase();
  return {
    id: key("entity", entity.id),
    schema: schemaOf(entity),
    properties: properties({ name: [entity.name], alias: entity.aliases, country: [iso] }),
  };
}

function schemaOf(entity: EntitySummary): string {
  switch (entity.kind) {
    case "person":
      return "Person";
    case "state":
      return "PublicBody";
    case "organization":
      return entity.role === "government body" ? "PublicBody" : entity.role === "company" ? "Company" : "Organization";
    case "agreement":
      return "Document";
    case "place":
      return "Address";
  }
}

function article(document: ClaimReport["document"]): FtmEntity {
  return {
    id: key("document", document.id),
    schema: "Article",
    properties: properties({
      title: [document.title],
      publishedAt: [document.date],
      publisher: [document.source],
      sourceUrl: [document.url],
    }),
  };
}

function documentation(document: string, entity: string): FtmEntity {
  return {
    id: key("documentation", `${document} ${entity}`),
    schema: "Documentation",
    properties: properties({ document: [key("document", document)], entity: [key("entity", entity)] }),
  };
}

function link(edge: ExportReport, label: string): FtmEntity {
  return {
    id: key("edge", edge.id),
    schema: "UnknownLink",
    properties: properties({
      subject: [key("entity", edge.subject)],
      object: [key("entity", edge.object)],
      role: [label],
      startDate: [edge.from],
      endDate: [edge.to],
      date: edge.claims.map((claim) => claim.date && dateText(claim.date)),
      summary: edge.claims.map((claim) => oneLine(claim.text)),
      publisher: edge.claims.map((claim) => claim.document.source),
      sourceUrl: edge.claims.map((claim) => claim.document.url),
    }),
  };
}

function properties(values: Readonly<Record<string, readonly (string | undefined)[]>>): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  for (const [name, list] of Object.entries(values)) {
    const present = [...new Set(list.filter((value) => value !== undefined && value !== ""))] as string[];
    if (present.length > 0) out[name] = present;
  }
  return out;
}
