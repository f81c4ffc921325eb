/** The codes that event data gives a relation, PLOVER's and CAMEO's, on the claims and events that are answered. */
import type { EventCodes, OntologyAnswer } from "../model/api.ts";

/** Gives what names a relation the codes of that relation. */
export type Coder = <T extends { readonly relation: string }>(row: T) => T & EventCodes;

export function coderOf(ontology: OntologyAnswer): Coder {
  const codes = new Map(
    ontology.relations.map(({ name, plover, cameo }): [string, EventCodes] => [name, { plover, ...(cameo === "" ? {} : { cameo }) }]),
  );
  return (row) => ({ ...row, ...codes.get(row.relation) });
}
