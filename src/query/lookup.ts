/**
 * Statements that ask for what has an id and for nothing more, `MATCH (a:Person {id: $id}) RETURN a.name`: programs send these most of
 * all. The store finds the one node along its index, so they are answered in the thread that asks, where the way to another and back
 * would take longer than the answer.
 */
import type { EntityId } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";
import type { GraphDetails, SteadyView } from "../store/store.ts";
import { answer, type Answer, type Question } from "./cypher/answer.ts";
import type { Clause, Expression, NodePattern, Query } from "./cypher/ast.ts";
import { CypherError } from "./cypher/errors.ts";
import type { Budget, PropertyGraph } from "./cypher/graph.ts";
import { parse } from "./cypher/parser.ts";
import type { Value } from "./cypher/value.ts";
import { ENTITY_LABELS, OF_DOCUMENT, OF_ENTITY, valuesOf } from "./graph/store-graph.ts";

/** UTF-16 units; who writes more asks for more. */
const LONGEST = 1000;
/** Statements of which it is remembered whether they are lookups. */
const MOST_KNOWN = 200;

/** The answer to a lookup; undefined for all other questions. The view is held meanwhile. */
export function lookups(view: SteadyView, budget: Budget): (question: Question) => Answer | undefined {
  const known = new Map<string, boolean>();
  const details = view.details();
  return (question) => {
    const { statement } = question;
    if (statement.length > LONGEST) return undefined;
    let isOne = known.get(statement);
    if (isOne === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(statement, (isOne = isLookup(statement)));
    }
    if (!isOne) return undefined;
    view.hold();
    try {
      return answer(question, new Nodes(details), budget);
    } finally {
      view.release();
    }
  };
}

/** Whether a statement is `MATCH (name:Label {id: ...}) RETURN` of that node or its properties. */
export function isLookup(statement: string): boolean {
  let query: Query;
  try {
    query = parse(statement);
  } catch (error) {
    if (error instanceof CypherError || error instanceof RangeError) return false;
    throw error;
  }
  const [first, second, ...more] = query.parts[0].clauses;
  return query.parts.length === 1 && more.length === 0 && first !== undefined && findsOne(first) && second !== undefined && shows(second);
}

function findsOne(clause: Clause): boolean {
  if (clause.type !== "match" || clause.optional || clause.where !== undefined) return false;
  const [path, ...others] = clause.patterns;
  return path !== undefined && others.length === 0 && path.relationships.length === 0 && !path.shortest && hasId(path.nodes[0]);
}

function hasId(node: NodePattern | undefined): boolean {
  if (node?.properties?.type !== "map") return false;
  const { entries } = node.properties;
  return entries.some(([key]) => key === "id") && entries.every(([, value]) => isGiven(value));
}

function isGiven({ type }: Expression): boolean {
  return type === "literal" || type === "parameter";
}

function shows(clause: Clause): boolean {
  if (clause.type !== "return" || clause.orderBy.length > 0 || clause.where !== undefined) return false;
  if ([clause.skip, clause.limit].some((bound) => bound !== undefined && !isGiven(bound))) return false;
  return clause.items.every(
    ({ expression }) => isGiven(expression) || isVariable(expression) || (expression.type === "property" && isVariable(expression.target)),
  );
}

function isVariable({ type }: Expression): boolean {
  return type === "variable";
}

/** The nodes that have ids, without what lies between them: node 2k is the entity of key k, 2k + 1 the document of key k. */
class Nodes implements PropertyGraph {
  readonly nodeCount = 0;
  readonly relationshipCount = 0;
  readonly #details: GraphDetails;
  /** Those read for this question. */
  readonly #rows = new Map<number, Found>();

  constructor(details: GraphDetails) {
    this.#details = details;
  }

  find(key: string, value: Value): Iterable<number> | undefined {
    if (key !== "id") return undefined;
    if (typeof value !== "string") return [];
    const [entity, document] = [this.#details.entity(value as EntityId), this.#details.document(value as DocumentId)];
    return [...(entity === undefined ? [] : [2 * entity]), ...(document === undefined ? [] : [2 * document + 1])];
  }

  labels(node: number): readonly string[] {
    const { entity } = this.#row(node);
    return [entity === undefined ? "Document" : ENTITY_LABELS[entity.kind]];
  }

  nodeId(node: number): string {
    const { entity, document } = this.#row(node);
    return (entity ?? document)?.id ?? "";
  }

  nodeProperty(node: number, key: string): Value {
    return this.nodeProperties(node).get(key) ?? null;
  }

  nodeProperties(node: number): ReadonlyMap<string, Value> {
    const { entity, document } = this.#row(node);
    if (entity !== undefined) return valuesOf(OF_ENTITY, entity);
    return document === undefined ? new Map() : valuesOf(OF_DOCUMENT, document);
  }

  #row(node: number): Found {
    let row = this.#rows.get(node);
    if (row === undefined) {
      const key = node >> 1;
      row = node % 2 === 0 ? { entity: this.#details.entities(key, key)[0] } : { document: this.#details.documents(key, key)[0] };
      this.#rows.set(node, row);
    }
    return row;
  }

  nodesWith(): Iterable<number> {
    return [];
  }

  countWith(): number {
    return 0;
  }

  outgoing(): ArrayLike<number> {
    return [];
  }

  incoming(): ArrayLike<number> {
    return [];
  }

  type(): string {
    return "";
  }

  source(): number {
    return -1;
  }

  target(): number {
    return -1;
  }

  relationshipId(): string {
    return "";
  }

  relationshipProperty(): Value {
    return null;
  }

  relationshipProperties(): ReadonlyMap<string, Value> {
    return new Map();
  }
}

interface Found {
  readonly entity?: ReturnType<GraphDetails["entities"]>[number] | undefined;
  readonly document?: ReturnType<GraphDetails["documents"]>[number] | undefined;
}
