/** JSON for programs: one record a line (JSON Lines), and graphology's own serialisation. */
import type { ExportFormat, ExportSource, ExportSummary } from "./format.ts";

export const jsonLines: ExportFormat = {
  name: "jsonl",
  extension: "jsonl",
  mediaType: "application/jsonl; charset=utf-8",
  description: "JSON Lines: a record an entity, edge and claim",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    let items = 0;
    const record = (type: string, value: object): string => {
      items++;
      return `${JSON.stringify({ type, ...value })}\n`;
    };
    for (const entity of source.entities()) yield record("entity", entity);
    for (const { claims, ...edge } of source.reports()) {
      yield record("edge", edge);
      for (const claim of claims) yield record("claim", claim);
    }
    return { items, removedCharacters: 0 };
  },
};

/** `new MultiGraph().import(...)` takes it; attributes are the API's entity and edge. */
export const graphologyJson: ExportFormat = {
  name: "graphology",
  extension: "graphology.json",
  mediaType: "application/json",
  description: "graphology JSON: Sigma and other graphology programs",
  *write(source: ExportSource): Generator<string, ExportSummary, undefined> {
    const symmetric = new Set(source.ontology.relations.filter((relation) => relation.symmetric).map((relation) => relation.name));
    let items = 0;
    yield '{"options":{"type":"mixed","multi":true,"allowSelfLoops":true},"attributes":{},"nodes":[';
    for (const { id, ...entity } of source.entities()) {
      yield `${separator(items++)}${JSON.stringify({ key: id, attributes: { label: entity.name, ...entity } })}`;
    }
    yield '\n],"edges":[';
    let edges = 0;
    for (const { id, subject, object, ...edge } of source.reports()) {
      const attributes = { label: edge.relation, weight: edge.events, ...edge };
      yield `${separator(edges++)}${JSON.stringify({ key: id, source: subject, target: object, attributes, undirected: symmetric.has(edge.relation) })}`;
    }
    yield "\n]}\n";
    return { items: items + edges, removedCharacters: 0 };
  },
};

function separator(index: number): string {
  return index === 0 ? "\n" : ",\n";
}
