/**
 * openCypher's values and how they compare: equality with three answers, orderability over all types, and a key for grouping.
 *
 * Integers are `bigint` (64 bits, as the language asks) and floats are `number`, so that 1 and 1.0 stay apart where they must.
 */

export class NodeValue {
  readonly node: number;
  constructor(node: number) {
    this.node = node;
  }
}

export class RelationshipValue {
  readonly relationship: number;
  constructor(relationship: number) {
    this.relationship = relationship;
  }
}

/** `nodes` is one longer than `relationships`. */
export class PathValue {
  readonly nodes: readonly number[];
  readonly relationships: readonly number[];
  constructor(nodes: readonly number[], relationships: readonly number[]) {
    this.nodes = nodes;
    this.relationships = relationships;
  }
}

/** A calendar day, YYYY-MM-DD: compares as text. */
export class DateValue {
  readonly day: string;
  constructor(day: string) {
    this.day = day;
  }
}

export type MapValue = ReadonlyMap<string, Value>;
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly Value[]
  | MapValue
  | NodeValue
  | RelationshipValue
  | PathValue
  | DateValue;

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is MapValue {
  return value instanceof Map;
}

export function isNumber(value: Value): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

/** What a user calls the type of a value, for messages. */
export function typeName(value: Value): string {
  if (value === null) return "null";
  if (isList(value)) return "List";
  if (isMap(value)) return "Map";
  if (value instanceof NodeValue) return "Node";
  if (value instanceof RelationshipValue) return "Relationship";
  if (value instanceof PathValue) return "Path";
  if (value instanceof DateValue) return "Date";
  return { boolean: "Boolean", bigint: "Integer", number: "Float", string: "String" }[
    typeof value as "boolean" | "bigint" | "number" | "string"
  ];
}

/** `a = b`: null where the answer is not known. */
export function equals(a: Value, b: Value): boolean | null {
  if (a === null || b === null) return null;
  if (isNumber(a) && isNumber(b)) return a == b; // eslint-disable-line eqeqeq -- a bigint and a number may be equal
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    return every(a.map((item, index) => equals(item, b[index]!)));
  }
  if (isMap(a) && isMap(b)) {
    if (a.size !== b.size || [...a.keys()].some((key) => !b.has(key))) return false;
    return every([...a].map(([key, item]) => equals(item, b.get(key)!)));
  }
  if (a instanceof NodeValue && b instanceof NodeValue) return a.node === b.node;
  if (a instanceof RelationshipValue && b instanceof RelationshipValue) return a.relationship === b.relationship;
  if (a instanceof PathValue && b instanceof PathValue) return groupKey(a) === groupKey(b);
  if (a instanceof DateValue && b instanceof DateValue) return a.day === b.day;
  return typeof a === typeof b && typeof a !== "object" ? a === b : false;
}

function every(answers: readonly (boolean | null)[]): boolean | null {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

/** Negative, zero or positive as a is less than, equal to or greater than b; null where the two do not compare (NaN counts as that). */
export function compare(a: Value, b: Value): number | null {
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : a == b ? 0 : Number.NaN; // eslint-disable-line eqeqeq
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (a instanceof DateValue && b instanceof DateValue) return compareText(a.day, b.day);
  if (isList(a) && isList(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const order = compare(a[index]!, b[index]!);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return null;
}

/** By code point, as openCypher orders strings. */
function compareText(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** The order of ORDER BY, min and max: total over all types, null last. */
export function order(a: Value, b: Value): number {
  const [rankA, rankB] = [rank(a), rank(b)];
  if (rankA !== rankB) return rankA - rankB;
  if (isNumber(a) && isNumber(b)) {
    const [nanA, nanB] = [Number.isNaN(a), Number.isNaN(b)];
    return nanA || nanB ? Number(nanA) - Number(nanB) : compare(a, b)!;
  }
  if (isList(a) && isList(b)) return orderLists(a, b);
  if (isMap(a) && isMap(b)) {
    const sorted = (map: MapValue) => [...map].sort(([x], [y]) => compareText(x, y)).flat() as Value[];
    return orderLists(sorted(a), sorted(b));
  }
  if (a instanceof NodeValue && b instanceof NodeValue) return a.node - b.node;
  if (a instanceof RelationshipValue && b instanceof RelationshipValue) return a.relationship - b.relationship;
  if (a instanceof PathValue && b instanceof PathValue) return orderLists(interleave(a), interleave(b));
  return compare(a, b) ?? 0;
}

function orderLists(a: readonly Value[], b: readonly Value[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = order(a[index]!, b[index]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function interleave(path: PathValue): Value[] {
  return path.nodes.flatMap((node, index) => {
    const relationship = path.relationships[index];
    return relationship === undefined ? [BigInt(node)] : [BigInt(node), BigInt(relationship)];
  });
}

function rank(value: Value): number {
  const ranks = ["Map", "Node", "Relationship", "List", "Path", "Date", "String", "Boolean", "Integer", "null"];
  const name = typeName(value);
  return ranks.indexOf(name === "Float" ? "Integer" : name);
}

/** Values that DISTINCT and grouping take for one have one key: null equals null, 1 equals 1.0. */
export function groupKey(value: Value): string {
  if (value === null) return "_";
  if (typeof value === "bigint") return `#${value}`;
  if (typeof value === "number") return Number.isInteger(value) ? `#${BigInt(value)}` : `#${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return value ? "T" : "F";
  if (isList(value)) return `[${value.map(groupKey).join(",")}]`;
  if (isMap(value)) {
    const entries = [...value].map(([key, item]) => `${JSON.stringify(key)}:${groupKey(item)}`);
    return `{${entries.sort().join(",")}}`;
  }
  if (value instanceof NodeValue) return `n${value.node}`;
  if (value instanceof RelationshipValue) return `r${value.relationship}`;
  if (value instanceof DateValue) return `d${value.day}`;
  return `p${value.nodes.join("-")}/${value.relationships.join("-")}`;
}
