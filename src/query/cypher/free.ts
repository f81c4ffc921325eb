/** What shows in an expression without running it: which variables it needs, whether two say the same, whether one aggregates. */
import type { Expression, PathPattern, Query } from "./ast.ts";
import { AGGREGATES } from "./functions.ts";

/** Names that must be bound before the expression can be evaluated. */
export function freeVariables(expression: Expression): Set<string> {
  const names = new Set<string>();
  collect(expression, new Set(), names);
  return names;
}

function collect(node: unknown, bound: ReadonlySet<string>, names: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, bound, names);
    return;
  }
  if (typeof node !== "object" || node === null || !("offset" in node || "clauses" in node || "parts" in node)) return;
  const expression = node as Expression;
  switch (expression.type) {
    case "variable":
      if (!bound.has(expression.name)) names.add(expression.name);
      return;
    case "listComprehension":
    case "quantifier": {
      collect(expression.list, bound, names);
      const inner = new Set([...bound, expression.variable]);
      collect(expression.where, inner, names);
      if (expression.type === "listComprehension") collect(expression.result, inner, names);
      return;
    }
    case "reduce":
      collect([expression.initial, expression.list], bound, names);
      collect(expression.step, new Set([...bound, expression.variable, expression.accumulator]), names);
      return;
    case "patternComprehension":
      for (const name of patternVariables(expression.path)) if (!bound.has(name)) names.add(name);
      collect([...patternExpressions(expression.path), expression.where, expression.result], bound, names);
      return;
    case "patternPredicate":
      for (const name of patternVariables(expression.path)) if (!bound.has(name)) names.add(name);
      collect(patternExpressions(expression.path), bound, names);
      return;
    case "subquery":
      for (const name of queryVariables(expression.query)) if (!bound.has(name)) names.add(name);
      return;
    default:
      for (const child of Object.values(node)) collect(child, bound, names);
  }
}

function patternVariables(path: PathPattern): string[] {
  const variables = [...path.nodes, ...path.relationships, path].map((part) => part.variable);
  return variables.filter((name) => name !== undefined);
}

function patternExpressions(path: PathPattern): Expression[] {
  return [...path.nodes, ...path.relationships].map((part) => part.properties).filter((properties) => properties !== undefined);
}

/** Every name that occurs: more than is free, and enough to know when a subquery can run. */
function queryVariables(query: Query): Set<string> {
  const names = new Set<string>();
  JSON.stringify(query, (key, value: unknown) => {
    if (key === "variable" && typeof value === "string") names.add(value);
    if (typeof value === "object" && value !== null && (value as { type?: unknown }).type === "variable") {
      names.add((value as { name: string }).name);
    }
    return typeof value === "bigint" ? String(value) : value;
  });
  return names;
}

/** Equal for expressions that are the same but for where they stand. */
export function shape(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) =>
    key === "offset" ? undefined : typeof value === "bigint" ? `${value}n` : Object.is(value, Infinity) ? "∞" : value,
  );
}

/** Whether an aggregate stands in the expression, outside of any subquery. */
export function aggregates(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(aggregates);
  if (typeof node !== "object" || node === null) return false;
  const expression = node as Expression;
  if (expression.type === "countAll") return true;
  if (expression.type === "call" && Object.hasOwn(AGGREGATES, expression.name.toLowerCase())) return true;
  if (expression.type === "subquery") return false;
  return Object.values(node).some(aggregates);
}
