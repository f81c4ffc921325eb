/** The table of export formats: the command line, the API, the viewer's menu and the README take their list from here. */
import { claimsCsv, edgesCsv, eventsCsv, nodesCsv } from "./csv.ts";
import { followTheMoney } from "./followthemoney.ts";
import { gexf } from "./gexf.ts";
import { graphml } from "./graphml.ts";
import { graphologyJson, jsonLines } from "./json.ts";
import { cypher, neo4jNodes, neo4jRelationships } from "./neo4j.ts";
import { jsonLd, turtle } from "./rdf.ts";
import type { ExportFormat } from "./format.ts";

export { exportSource, type ExportFormat, type ExportSource, type ExportSummary } from "./format.ts";

export const FORMATS: readonly ExportFormat[] = [
  gexf,
  graphml,
  nodesCsv,
  edgesCsv,
  claimsCsv,
  eventsCsv,
  jsonLines,
  graphologyJson,
  turtle,
  jsonLd,
  followTheMoney,
  cypher,
  neo4jNodes,
  neo4jRelationships,
];

/** The format of that name or file extension, if there is one. */
export function findFormat(name: string): ExportFormat | undefined {
  return FORMATS.find((format) => format.name === name || format.extension === name);
}
