/** Values in the TCK's notation, made canonical so that two can be compared as text: labels and keys sorted, no spaces. */
import { floatText } from "../../../src/query/cypher/functions.ts";
import {
  DateValue,
  isList,
  isMap,
  NodeValue,
  PathValue,
  RelationshipValue,
  type MapValue,
  type Value,
} from "../../../src/query/cypher/value.ts";
import type { MemoryGraph } from "../memory.ts";

/** `unorderedLists`: for results that are compared "ignoring element order for lists". */
export function write(value: Value, graph: MemoryGraph, unorderedLists = false): string {
  const inner = (item: Value): string => write(item, graph, unorderedLists);
  if (value === null) return "null";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return floatText(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (isList(value)) return list(value.map(inner), unorderedLists);
  if (isMap(value)) return map(value, inner);
  if (value instanceof DateValue) return quote(value.day);
  if (value instanceof NodeValue) return node(value.node);
  if (value instanceof RelationshipValue) return relationship(value.relationship);
  return path(value);

  function node(id: number): string {
    const labels = graph.labels(id).toSorted();
    return `(${labels.map((label) => `:${label}`).join("")}${properties(graph.nodeProperties(id), inner)})`;
  }
  function relationship(id: number): string {
    return `[:${graph.type(id)}${properties(graph.relationshipProperties(id), inner)}]`;
  }
  function path({ nodes, relationships }: PathValue): string {
    let text = `<${node(nodes[0]!)}`;
    relationships.forEach((id, index) => {
      const forward = graph.source(id) === nodes[index];
      text += `${forward ? "-" : "<-"}${relationship(id)}${forward ? "->" : "-"}${node(nodes[index + 1]!)}`;
    });
    return `${text}>`;
  }
}

function list(items: readonly string[], unordered: boolean): string {
  return `[${(unordered ? items.toSorted() : items).join(",")}]`;
}

function map(value: MapValue, inner: (item: Value) => string): string {
  const entries = [...value].map(([key, item]) => `${key}:${inner(item)}`);
  return `{${entries.sort().join(",")}}`;
}

function properties(value: MapValue, inner: (item: Value) => string): string {
  return value.size > 0 ? map(value, inner) : "";
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

/** The same for what a feature file expects. @throws {Error} for text that is not in the notation */
export function normalise(expected: string, unorderedLists = false): string {
  let at = 0;
  const result = value();
  skip();
  if (at !== expected.length) throw new Error(`not in the TCK's notation: ${expected}`);
  return result;

  function skip(): void {
    while (expected[at] === " ") at++;
  }
  function take(text: string): boolean {
    skip();
    if (!expected.startsWith(text, at)) return false;
    at += text.length;
    return true;
  }
  function word(pattern: RegExp): string {
    skip();
    pattern.lastIndex = at;
    const found = pattern.exec(expected)?.[0];
    if (!found) throw new Error(`not in the TCK's notation: ${expected}`);
    at += found.length;
    return found;
  }
  function value(): string {
    skip();
    const character = expected[at];
    if (character === "(") return node();
    if (character === "<") return path();
    if (character === "{") return entries();
    if (character === "'") return word(/'(?:[^'\\]|\\.)*'/y);
    if (character === "[") return expected.slice(at).match(/^\[\s*:/) ? relationship() : items();
    const plain = word(/[^\s,\]})>|]+/y);
    return /^-?(\d+\.\d*|\.\d+|\d)([eE]|\d|\.|$)/.test(plain) && /[.eE]/.test(plain) ? floatText(Number(plain)) : plain;
  }
  function items(): string {
    const found: string[] = [];
    take("[");
    if (!take("]")) {
      do found.push(value());
      while (take(","));
      take("]");
    }
    return list(found, unorderedLists);
  }
  function entries(): string {
    const found: string[] = [];
    take("{");
    if (!take("}")) {
      do {
        const key = word(/[^\s:]+/y);
        take(":");
        found.push(`${key}:${value()}`);
      } while (take(","));
      take("}");
    }
    return `{${found.sort().join(",")}}`;
  }
  function optionalEntries(): string {
    skip();
    const found = expected[at] === "{" ? entries() : "";
    return found === "{}" ? "" : found;
  }
  function node(): string {
    take("(");
    const labels: string[] = [];
    while (take(":")) labels.push(word(/[\p{L}\p{N}_]+/uy));
    const text = `(${labels
      .sort()
      .map((label) => `:${label}`)
      .join("")}${optionalEntries()})`;
    take(")");
    return text;
  }
  function relationship(): string {
    take("[");
    take(":");
    const text = `[:${word(/[\p{L}\p{N}_]+/uy)}${optionalEntries()}]`;
    take("]");
    return text;
  }
  function path(): string {
    take("<");
    let text = `<${node()}`;
    while (!take(">")) {
      const back = take("<-");
      if (!back) take("-");
      text += back ? "<-" : "-";
      text += relationship();
      const forward = take("->");
      if (!forward) take("-");
      text += `${forward ? "->" : "-"}${node()}`;
    }
    return `${text}>`;
  }
}
