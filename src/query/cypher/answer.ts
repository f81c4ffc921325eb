/** Queries in and answers out as Neo4j's Query API (version 2) has them: JSON, plain or with types. */
import { compileStatement, CypherError, type Budget, type Cancellation, type PropertyGraph, type Statement } from "./cypher.ts";
import { DateValue, isList, isMap, NodeValue, PathValue, RelationshipValue, type MapValue, type Value } from "./value.ts";

export interface Question {
  readonly statement: string;
  /** As JSON, plain or typed. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly typedParameters: boolean;
  readonly typed: boolean;
  readonly counters: boolean;
}

export interface Answer {
  /** Of HTTP. */
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

const ACCEPTED = 202;
const BAD_REQUEST = 400;
/** A query that only reads changes nothing; clients ask for these all the same. */
const COUNTERS = JSON.stringify({
  containsUpdates: false,
  nodesCreated: 0,
  nodesDeleted: 0,
  propertiesSet: 0,
  relationshipsCreated: 0,
  relationshipsDeleted: 0,
  labelsAdded: 0,
  labelsRemoved: 0,
  indexesAdded: 0,
  indexesRemoved: 0,
  constraintsAdded: 0,
  constraintsRemoved: 0,
  containsSystemUpdates: false,
  systemUpdates: 0,
});

const CODES: Readonly<Record<CypherError["kind"], string>> = {
  SyntaxError: "Neo.ClientError.Statement.SyntaxError",
  TypeError: "Neo.ClientError.Statement.TypeError",
  ArgumentError: "Neo.ClientError.Statement.ArgumentError",
  SemanticError: "Neo.ClientError.Statement.SemanticError",
  ParameterMissing: "Neo.ClientError.Statement.ParameterMissing",
  BudgetExceeded: "Neo.ClientError.Transaction.TransactionTimedOut",
};
const DAY = /^(?:\d{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;
/** UTF-16 units of JSON. */
const MAX_ANSWER = 64_000_000;
/** How deep lists and maps may lie in each other. */
const MAX_DEPTH = 200;

/** Answers a question over a graph. Whatever is wrong with it is an answer too. */
export function answer(question: Question, graph: PropertyGraph, budget: Budget, signal?: Cancellation): Answer {
  try {
    const write = question.typed ? writeTyped : writePlain;
    const parameters = readParameters(question.parameters, question.typedParameters);
    const statement = compiled(question.statement);
    const values: string[] = [];
    let size = 0;
    for (const row of statement.run(graph, parameters, budget, signal)) {
      const json = `[${row.map((value) => write(value, graph, 0)).join(",")}]`;
      size += json.length;
      if (size > MAX_ANSWER) throw new CypherError("BudgetExceeded", "memory", "the answer is too large: add LIMIT or return less");
      values.push(json);
    }
    const counters = question.counters ? `,"counters":${COUNTERS}` : "";
    const fields = JSON.stringify(statement.columns);
    return { status: ACCEPTED, body: `{"data":{"fields":${fields},"values":[${values.join(",")}]}${counters},"bookmarks":[]}` };
  } catch (error) {
    if (error instanceof CypherError) return refusal(CODES[error.kind], error.message);
    throw error;
  }
}

/** The statements asked last: programs ask the same ones again and again, with other parameters. */
const STATEMENTS = new Map<string, Statement>();
const MOST_STATEMENTS = 100;
/** Longer ones are compiled each time. */
const LONGEST_KEPT = 2000;

function compiled(text: string): Statement {
  const statement = STATEMENTS.get(text) ?? compileStatement(text);
  if (text.length > LONGEST_KEPT) return statement;
  // The newest last.
  STATEMENTS.delete(text);
  STATEMENTS.set(text, statement);
  for (const [oldest] of STATEMENTS) {
    if (STATEMENTS.size <= MOST_STATEMENTS) break;
    STATEMENTS.delete(oldest);
  }
  return statement;
}

/** An error in the shape of the Query API. */
export function refusal(code: string, message: string, status = BAD_REQUEST): Answer {
  return { status, body: JSON.stringify({ errors: [{ code, message }] }) };
}

/** @throws {CypherError} TypeError for a typed value that is not what it says */
export function readParameters(parameters: Readonly<Record<string, unknown>>, typed: boolean): Map<string, Value> {
  const read = typed ? readTyped : readPlain;
  return new Map(Object.entries(parameters).map(([name, value]) => [name, read(value, 0)]));
}

function readPlain(value: unknown, depth: number): Value {
  bounded(depth);
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case "string":
    case "boolean":
      return value;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((item) => readPlain(item, depth + 1));
      return new Map(Object.entries(value).map(([key, item]) => [key, readPlain(item, depth + 1)]));
    default:
      throw unreadable("a parameter");
  }
}

function readTyped(value: unknown, depth: number): Value {
  bounded(depth);
  if (typeof value !== "object" || value === null || !("$type" in value) || !("_value" in value)) throw unreadable("a parameter");
  const { $type: type, _value: given } = value;
  switch (type) {
    case "Null":
      return null;
    case "Boolean":
      if (typeof given === "boolean") return given;
      break;
    case "String":
      if (typeof given === "string") return given;
      break;
    case "Integer":
      if (/^-?\d{1,19}$/u.test(String(given)) && BigInt.asIntN(64, BigInt(String(given))) === BigInt(String(given)))
        return BigInt(String(given));
      break;
    case "Float":
      if (String(given) === "NaN" || !Number.isNaN(Number(given))) return Number(given);
      break;
    case "Date":
      if (DAY.test(String(given))) return new DateValue(String(given));
      break;
    case "List":
      if (Array.isArray(given)) return given.map((item) => readTyped(item, depth + 1));
      break;
    case "Map":
      if (typeof given === "object" && given !== null && !Array.isArray(given))
        return new Map(Object.entries(given).map(([key, item]) => [key, readTyped(item, depth + 1)]));
      break;
  }
  throw unreadable(`a ${String(type)}`);
}

function unreadable(what: string): CypherError {
  return new CypherError(
    "TypeError",
    "InvalidParameter",
    `${what} cannot be read: expected JSON, or {"$type": ..., "_value": ...} when typed`,
  );
}

function bounded(depth: number): void {
  if (depth > MAX_DEPTH) throw new CypherError("BudgetExceeded", "memory", `lists and maps may lie ${MAX_DEPTH} deep in each other`);
}

/** JSON of a value; dates as text, integers as numbers whatever their size, and NaN and infinities, which JSON has not, as text. */
export function writePlain(value: Value, graph: PropertyGraph, depth = 0): string {
  bounded(depth);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? decimal(value) : JSON.stringify(String(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => writePlain(item, graph, depth + 1)).join(",")}]`;
  if (value instanceof DateValue) return JSON.stringify(value.day);
  if (value instanceof PathValue)
    return `[${steps(value)
      .map((item) => writePlain(item, graph, depth + 1))
      .join(",")}]`;
  const properties = (map: MapValue) => object([...map].map(([key, item]) => [key, writePlain(item, graph, depth + 1)]));
  if (isMap(value)) return properties(value);
  if (value instanceof NodeValue) {
    const { node } = value;
    return object([
      ["elementId", JSON.stringify(graph.nodeId(node))],
      ["labels", JSON.stringify(graph.labels(node))],
      ["properties", properties(graph.nodeProperties(node))],
    ]);
  }
  const { relationship } = value;
  return object([
    ["elementId", JSON.stringify(graph.relationshipId(relationship))],
    ["startNodeElementId", JSON.stringify(graph.nodeId(graph.source(relationship)))],
    ["endNodeElementId", JSON.stringify(graph.nodeId(graph.target(relationship)))],
    ["type", JSON.stringify(graph.type(relationship))],
    ["properties", properties(graph.relationshipProperties(relationship))],
  ]);
}

function writeTyped(value: Value, graph: PropertyGraph, depth: number): string {
  bounded(depth);
  const tagged = (type: string, text: string) => `{"$type":"${type}","_value":${text}}`;
  const list = (items: readonly Value[]) => `[${items.map((item) => writeTyped(item, graph, depth + 1)).join(",")}]`;
  const map = (entries: MapValue) => object([...entries].map(([key, item]) => [key, writeTyped(item, graph, depth + 1)]));
  if (value === null) return tagged("Null", "null");
  if (typeof value === "boolean") return tagged("Boolean", String(value));
  if (typeof value === "bigint") return tagged("Integer", `"${value}"`);
  if (typeof value === "number") return tagged("Float", `"${Number.isFinite(value) ? decimal(value) : value}"`);
  if (typeof value === "string") return tagged("String", JSON.stringify(value));
  if (isList(value)) return tagged("List", list(value));
  if (isMap(value)) return tagged("Map", map(value));
  if (value instanceof DateValue) return tagged("Date", JSON.stringify(value.day));
  if (value instanceof PathValue) return tagged("Path", list(steps(value)));
  if (value instanceof NodeValue) {
    const { node } = value;
    const fields = object([
      ["_element_id", JSON.stringify(graph.nodeId(node))],
      ["_labels", JSON.stringify(graph.labels(node))],
      ["_properties", map(graph.nodeProperties(node))],
    ]);
    return tagged("Node", fields);
  }
  const { relationship } = value;
  const fields = object([
    ["_element_id", JSON.stringify(graph.relationshipId(relationship))],
    ["_start_node_element_id", JSON.stringify(graph.nodeId(graph.source(relationship)))],
    ["_end_node_element_id", JSON.stringify(graph.nodeId(graph.target(relationship)))],
    ["_type", JSON.stringify(graph.type(relationship))],
    ["_properties", map(graph.relationshipProperties(relationship))],
  ]);
  return tagged("Relationship", fields);
}

/** Node, relationship, node ... */
function steps(path: PathValue): Value[] {
  return path.nodes.flatMap((node, index) => {
    const relationship = path.relationships[index];
    return relationship === undefined ? [new NodeValue(node)] : [new NodeValue(node), new RelationshipValue(relationship)];
  });
}

function object(entries: readonly (readonly [key: string, json: string])[]): string {
  return `{${entries.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(",")}}`;
}

/** A float stays one for the reader: 1.0, not 1. */
function decimal(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/u.test(text) ? `${text}.0` : text;
}
