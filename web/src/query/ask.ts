/** Asks a query of the server, and says what its answer is: rows to list, entities and edges to draw. */
import type { OntologyAnswer } from "../../../src/model/api.ts";
import { isSymmetric } from "../text/words.ts";
import { typeOf } from "./completion.ts";

export interface QueryNode {
  readonly elementId: string;
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface QueryRelationship {
  readonly elementId: string;
  readonly startNodeElementId: string;
  readonly endNodeElementId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A table: one value a field in every row. Values are JSON, nodes and relationships as Neo4j's Query API writes them. */
export interface QueryAnswer {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** From asking to having it, in milliseconds. */
  readonly took: number;
}

/** Why there is no answer; where, if it is the query's own fault (both from 1). */
export interface QueryError {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

interface Sent {
  readonly data?: { readonly fields: readonly string[]; readonly values: readonly (readonly unknown[])[] };
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
}

/** @throws {QueryFailure} for a query that is wrong, takes too long, or meets no server */
export async function ask(statement: string, signal: AbortSignal): Promise<QueryAnswer> {
  const began = performance.now();
  let response: Response;
  try {
    response = await fetch("db/entente/query/v2", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ statement }),
      signal,
    });
  } catch (cause) {
    throw new QueryFailure({ message: "The server does not answer." }, { cause });
  }
  const { data, errors } = ((await response.json().catch(() => undefined)) ?? {}) as Sent;
  if (data) return { fields: data.fields, rows: data.values, took: performance.now() - began };
  throw new QueryFailure(placed(errors?.[0]?.message ?? `The server answered ${response.status}.`));
}

export class QueryFailure extends Error {
  readonly error: QueryError;

  constructor(error: QueryError, options?: ErrorOptions) {
    super(error.message, options);
    this.name = "QueryFailure";
    this.error = error;
  }
}

/** Takes the place out of the server's words: "line 1, column 17: found ...". */
export function placed(message: string): QueryError {
  const [whole, line, column] = /^line (\d+), column (\d+): /.exec(message) ?? [];
  return whole ? { message: message.slice(whole.length), line: Number(line), column: Number(column) } : { message };
}

export function isNode(value: unknown): value is QueryNode {
  return typeof value === "object" && value !== null && "elementId" in value && "labels" in value;
}

export function isRelationship(value: unknown): value is QueryRelationship {
  return typeof value === "object" && value !== null && "elementId" in value && "startNodeElementId" in value;
}

/** Whether a node is a thing of the graph, not a document or sentence. */
export function isEntity(node: QueryNode): boolean {
  return !node.labels.includes("Document") && !node.labels.includes("Sentence");
}

/** The edge that a claim's relationship belongs to; undefined for what is no claim. Relations without direction are kept with ends in order. */
export function edgeOf(ontology: OntologyAnswer, relationship: QueryRelationship): string | undefined {
  const relation = ontology.relations.find(({ name }) => typeOf(name) === relationship.type)?.name;
  if (relation === undefined) return undefined;
  let [subject, object] = [relationship.startNodeElementId, relationship.endNodeElementId];
  if (isSymmetric(ontology, relation) && subject > object) [subject, object] = [object, subject];
  return `${subject}~${relation}~${object}`;
}

/** Ids of the entities and edges anywhere in the answer. */
export function drawnIn(ontology: OntologyAnswer, { rows }: QueryAnswer): { entities: Set<string>; edges: Set<string> } {
  const entities = new Set<string>();
  const edges = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      if (isEntity(value)) entities.add(value.elementId);
    } else if (isRelationship(value)) {
      const edge = edgeOf(ontology, value);
      if (edge === undefined) return;
      edges.add(edge);
      entities.add(value.startNodeElementId).add(value.endNodeElementId);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  rows.forEach(visit);
  return { entities, edges };
}
