/** Draws a text's graph with the real pipeline, and says its claims in one line each. */
import { extract } from "../../src/extract/extract.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { Claim, DocumentGraph } from "../../src/model/graph.ts";
import { annotate } from "../../src/nlp/annotate.ts";
import { loadReader } from "../../src/nlp/reader.ts";
import { readText } from "../../src/read/read.ts";

export const knowledge = loadKnowledge();
const reader = loadReader();

/** @param date publication date, YYYY-MM-DD. */
export function graphOf(text: string, date = "2021-01-14"): DocumentGraph {
  return extract(annotate(readText(text, "test", { title: "Test", date }), knowledge, reader), knowledge);
}

/** "Subject > relation > Object", then "!negated", "~modality" and "@date" where they are not the plain case. */
export function claimsOf(text: string, date?: string): string[] {
  const graph = graphOf(text, date);
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  return graph.claims.map((claim) => line(claim, String(names.get(claim.subject)), String(names.get(claim.object))));
}

function line(claim: Claim, subject: string, object: string): string {
  const parts = [`${subject} > ${claim.relation} > ${object}`];
  if (claim.polarity === "negated") parts.push("!negated");
  if (claim.modality !== "happened") parts.push(`~${claim.modality}`);
  if (claim.date)
    parts.push(
      `@${claim.date.precision === "day" ? claim.date.start : claim.date.start.slice(0, claim.date.precision === "month" ? 7 : 4)}`,
    );
  return parts.join(" ");
}

/** Whether `wanted` is among the claims; a wanted line without a date takes any. */
export function holds(claims: readonly string[], wanted: string): boolean {
  const [subject, relation, rest] = wanted.split(" > ");
  const mirrored = (object: string, flags: string): string => `${object} > ${relation} > ${subject}${flags}`;
  const flags = /( [!~@].*)?$/.exec(rest ?? "")?.[0] ?? "";
  const object = (rest ?? "").slice(0, (rest ?? "").length - flags.length);
  const symmetric = knowledge.relations.get(relation ?? "")?.symmetric === true;
  const forms = symmetric ? [wanted, mirrored(object, flags)] : [wanted];
  const undated = (claim: string): string => (wanted.includes("@") ? claim : claim.replace(/ @\S+$/, ""));
  return claims.some((claim) => forms.includes(undated(claim)));
}
