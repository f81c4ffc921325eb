/** A document as it was read, in the form that is scored. */
import type { Processed } from "../ingest/process.ts";
import { documentRecord } from "../ingest/record.ts";
import type { Claim } from "../model/graph.ts";
import type { DocumentAnswer, GraphRelation } from "./matching.ts";

export interface Answer extends DocumentAnswer {
  readonly processed: Processed;
  /** The claim behind each relation, in the graph's order. */
  readonly claims: ReadonlyMap<GraphRelation, Claim>;
}

export function answerOf(processed: Processed): Answer {
  const { source, graph } = processed;
  const { id, entities, relations } = documentRecord(source, graph);
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  const claims = new Map(
    graph.claims.map((claim, i): [GraphRelation, Claim] => {
      const { subject, relation, object, date, polarity, modality } = relations[i] as (typeof relations)[number];
      const alleger = claim.source ? (names.get(claim.source) ?? null) : null;
      return [{ subject, relation, object, date, polarity, modality, confidence: claim.confidence, source: alleger }, claim];
    }),
  );
  return { id, entities, relations: [...claims.keys()], processed, claims };
}
