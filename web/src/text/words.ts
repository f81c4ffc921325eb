/** The viewer's words for what the data says. */
import type { EdgeSummary, OntologyAnswer } from "../../../src/model/api.ts";
import type { Standing } from "../state/state.ts";
import { memoize } from "../state/store.ts";

export const STANDING_LABELS: Readonly<Record<Standing, string>> = {
  happened: "Reported as fact",
  planned: "Planned",
  "called-for": "Called for",
  hypothetical: "Hypothetical",
  alleged: "Alleged",
  negated: "Denied or negated",
};

const relationTypes = memoize((ontology: OntologyAnswer) => new Map(ontology.relations.map((relation) => [relation.name, relation])));

/** How an edge reads: from its subject, or with `inverse` from its object. A relation that the ontology lacks reads as its name. */
export function relationText(ontology: OntologyAnswer, relation: string, inverse = false): string {
  const type = relationTypes(ontology).get(relation);
  return (inverse ? type?.inverse : type?.label) ?? relation.replaceAll("-", " ");
}

export function isSymmetric(ontology: OntologyAnswer, relation: string): boolean {
  return relationTypes(ontology).get(relation)?.symmetric ?? false;
}

/** The noun in the number's form. */
export function nounFor(number: number, noun: string, plural = `${noun}s`): string {
  return number === 1 ? noun : plural;
}

/** A number with its thousands apart: "12,345", "0.5". */
export function figure(number: number): string {
  return String(number).replace(/^-?\d+/u, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ","));
}

/** "3 reports", "1 report". */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${figure(number)} ${nounFor(number, noun, plural)}`;
}

/** "Putin met with Aliyev". */
export function edgeText(ontology: OntologyAnswer, edge: Pick<EdgeSummary, "relation">, subject: string, object: string): string {
  return `${subject} ${relationText(ontology, edge.relation)} ${object}`;
}

/** How sure the extraction is, in a word. */
export function confidenceWord(confidence: number): "high" | "medium" | "low" {
  return confidence >= 0.8 ? "high" : confidence >= 0.55 ? "medium" : "low";
}
