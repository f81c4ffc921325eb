/** What is shown, as files: tables for a spreadsheet, JSON for programs. */
import type { OntologyAnswer } from "../../../src/model/api.ts";
import type { Data, Scene } from "../state/state.ts";
import { familiesOf, type Index, passesClaim, type Visible, visibleOf } from "../state/visible.ts";
import { csv } from "./tables.ts";

export function entitiesCsv(index: Index, visible: Visible): string {
  const nodes = [...visible.nodes].flatMap((id) => index.nodes.get(id) ?? []);
  return csv([
    ["id", "name", "kind", "country", "role", "aliases", "relations", "mentions", "documents"],
    ...nodes.map((n) => [n.id, n.name, n.kind, n.country, n.role, n.aliases.join("; "), n.degree, n.mentions, n.documents]),
  ]);
}

export function relationsCsv(ontology: OntologyAnswer, index: Index, visible: Visible): string {
  const families = familiesOf(ontology);
  const name = (id: string) => index.nodes.get(id)?.name ?? id;
  return csv([
    ["subject", "relation", "object", "family", "standing", "from", "to", "reports", "events", "documents", "confidence", "id"],
    ...[...visible.edges.values()].map(({ edge, reports, standing }) => [
      name(edge.subject),
      edge.relation,
      name(edge.object),
      families.get(edge.relation),
      standing,
      edge.from,
      edge.to,
      reports,
      edge.events,
      edge.documents,
      edge.confidence,
      edge.id,
    ]),
  ]);
}

/** Nodes and edges shown, with the claims that the filters leave, as JSON. */
export function shownJson(data: Data, scene: Scene): string {
  const visible = visibleOf(data.graph, scene);
  const { documents } = data.graph;
  return JSON.stringify(
    {
      window: scene.window ?? null,
      nodes: data.graph.nodes.filter((node) => visible.nodes.has(node.id)),
      edges: data.graph.edges
        .filter((edge) => visible.edges.has(edge.id))
        .map((edge) => ({
          id: edge.id,
          subject: edge.subject,
          relation: edge.relation,
          object: edge.object,
          events: edge.events,
          claims: edge.claims
            .filter((claim) => passesClaim(claim, scene, documents[claim.document]?.source ?? ""))
            .map((claim) => ({ ...claim, document: documents[claim.document]?.id })),
        })),
    },
    null,
    1,
  );
}
