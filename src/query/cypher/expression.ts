/** Expression -> function of a row: names resolved, arguments checked, aggregates set apart, all before the first row. */
import type { ComparisonOperator, Expression } from "./ast.ts";
import { CypherError } from "./errors.ts";
import { aggregates, shape } from "./free.ts";
import { AGGREGATES, FUNCTIONS, toText, typeError, type Accumulator, distinct } from "./functions.ts";
import { matchOne } from "./match.ts";
import { compileQuery } from "./query.ts";
import type { Run } from "./run.ts";
import type { Scope } from "./scope.ts";
import { compare, DateValue, equals, isList, isMap, isNumber, NodeValue, RelationshipValue, typeName, type Value } from "./value.ts";

export type Row = Value[];
export type Evaluate = (row: Row, run: Run) => Value;

const INT64 = 64;
/** Searching text is quick. */
const CHARACTERS_A_STEP = 100;

/** An aggregate of a projection: what goes in row by row, and the slot that its result takes. */
export interface AggregateSlot {
  readonly slot: number;
  readonly start: (run: Run, firstRow: Row) => Accumulator;
  /** Undefined for count(*). */
  readonly argument: Evaluate | undefined;
}

/** What a projection knows of its own values: these shapes are read from slots instead of being computed. */
export interface Projected {
  /** Shape of an expression -> the slot that holds its value. */
  readonly known: ReadonlyMap<string, number>;
  /** Where aggregates may stand: their arguments see `input`. Absent where they may not. */
  readonly collect?: { readonly input: Scope; readonly into: AggregateSlot[] } | undefined;
  /** After grouping a variable is only known through the shapes above. */
  readonly grouped: boolean;
}

export class ExpressionCompiler {
  readonly statement: string;

  constructor(statement: string) {
    this.statement = statement;
  }

  /** @throws {CypherError} for anything wrong that can be seen without data */
  compile(expression: Expression, scope: Scope, projected?: Projected): Evaluate {
    const slot = projected?.known.get(shape(expression));
    if (slot !== undefined) return (row) => row[slot]!;
    const sub = (inner: Expression): Evaluate => this.compile(inner, scope, projected);
    switch (expression.type) {
      case "literal": {
        const { value } = expression;
        return () => value;
      }
      case "variable":
        return this.variable(expression.name, expression.offset, scope, projected);
      case "parameter": {
        const { name } = expression;
        return (_, run) => {
          const value = run.parameters.get(name);
          if (value === undefined) throw new CypherError("ParameterMissing", "MissingParameter", `the parameter $${name} was not given`);
          return value;
        };
      }
      case "property":
        return this.property(expression, sub, scope);
      case "labels":
        return hasLabels(sub(expression.target), expression.labels);
      case "list": {
        const items = expression.items.map(sub);
        return (row, run) => items.map((item) => item(row, run));
      }
      case "map": {
        const entries = expression.entries.map(([key, value]) => [key, sub(value)] as const);
        return (row, run) => new Map(entries.map(([key, value]) => [key, value(row, run)]));
      }
      case "not": {
        this.requireBoolean(expression.operand, scope);
        const operand = sub(expression.operand);
        return (row, run) => negate(truth(operand(row, run)));
      }
      case "sign": {
        const operand = sub(expression.operand);
        return expression.negative ? (row, run) => minus(operand(row, run)) : operand;
      }
      case "binary":
        return this.binary(expression, sub, scope);
      case "comparison": {
        const first = sub(expression.first);
        const rest = expression.rest.map(([operator, operand]) => [operator, sub(operand)] as const);
        return (row, run) => compareChain(first, rest, row, run);
      }
      case "isNull": {
        const operand = sub(expression.operand);
        const { negated } = expression;
        return (row, run) => (operand(row, run) === null) !== negated;
      }
      case "index": {
        const [target, index] = [sub(expression.target), sub(expression.index)];
        return (row, run) => subscript(target(row, run), index(row, run), run);
      }
      case "slice": {
        const target = sub(expression.target);
        const from = expression.from && sub(expression.from);
        const to = expression.to && sub(expression.to);
        return (row, run) => slice(target(row, run), from ? from(row, run) : 0n, to ? to(row, run) : undefined);
      }
      case "call":
        return this.call(expression, sub, scope, projected);
      case "countAll":
        return this.aggregate(expression.offset, undefined, projected, () => AGGREGATES["count"]!.start(undefined as never, null));
      case "case": {
        const subject = expression.subject && sub(expression.subject);
        const branches = expression.branches.map(([condition, result]) => [sub(condition), sub(result)] as const);
        const otherwise = expression.otherwise && sub(expression.otherwise);
        return (row, run) => {
          const value = subject?.(row, run);
          for (const [condition, result] of branches) {
            const met = subject ? equals(value!, condition(row, run)) : condition(row, run);
            if (met === true) return result(row, run);
          }
          return otherwise ? otherwise(row, run) : null;
        };
      }
      case "listComprehension": {
        const list = sub(expression.list);
        const inner = scope.inner();
        const { slot: item } = inner.add(expression.variable, "value");
        const where = expression.where && this.compile(expression.where, inner, withLocal(projected, expression.variable, item));
        const result = expression.result && this.compile(expression.result, inner, withLocal(projected, expression.variable, item));
        return (row, run) => {
          const values = listOf(list(row, run), "a list comprehension");
          if (values === null) return null;
          const results: Value[] = [];
          for (const value of values) {
            run.spend();
            row[item] = value;
            if (!where || where(row, run) === true) results.push(result ? result(row, run) : value);
          }
          return results;
        };
      }
      case "quantifier":
        return this.quantifier(expression, sub, scope, projected);
      case "reduce": {
        const [initial, list] = [sub(expression.initial), sub(expression.list)];
        const inner = scope.inner();
        const { slot: total } = inner.add(expression.accumulator, "value");
        const { slot: item } = inner.add(expression.variable, "value");
        const step = this.compile(expression.step, inner, projected && { ...projected, grouped: false });
        return (row, run) => {
          const values = listOf(list(row, run), "reduce()");
          if (values === null) return null;
          row[total] = initial(row, run);
          for (const value of values) {
            run.spend();
            row[item] = value;
            row[total] = step(row, run);
          }
          return row[total]!;
        };
      }
      case "patternPredicate": {
        const matcher = matchOne(this, expression.path, scope, { newVariables: false });
        if (expression.path.shortest) {
          return (row, run) => {
            for (const found of matcher.rows(row.slice(), run)) return matcher.path(found, run);
            return null;
          };
        }
        return (row, run) => !matcher.rows(row.slice(), run).next().done;
      }
      case "patternComprehension": {
        const matcher = matchOne(this, expression.path, scope, { newVariables: true, where: expression.where });
        const result = this.compile(expression.result, matcher.scope);
        return (row, run) => {
          const results: Value[] = [];
          for (const found of matcher.rows(row.slice(), run)) {
            run.hold(results.length);
            results.push(result(found, run));
          }
          return results;
        };
      }
      case "subquery": {
        const query = compileQuery(this, expression.query, scope);
        if (expression.result === "exists") return (row, run) => !query.run(row, run)[Symbol.iterator]().next().done;
        return (row, run) => {
          let count = 0n;
          for (const _ of query.run(row, run)) count++;
          return count;
        };
      }
    }
  }

  error(detail: string, message: string, offset: number): CypherError {
    return new CypherError("SyntaxError", detail, message, { statement: this.statement, offset });
  }

  private variable(name: string, offset: number, scope: Scope, projected: Projected | undefined): Evaluate {
    const variable = scope.get(name);
    if (!variable) {
      const near = scope.names().length > 0 ? `; known here: ${scope.names().slice(0, 10).join(", ")}` : "";
      throw this.error("UndefinedVariable", `the variable ${name} is not defined${near}`, offset);
    }
    if (projected?.grouped) {
      throw this.error(
        "AmbiguousAggregationExpression",
        `${name} stands beside an aggregate but is not one of the values that rows are grouped by`,
        offset,
      );
    }
    const { slot } = variable;
    return (row) => row[slot] ?? null;
  }

  private property(expression: Expression & { type: "property" }, sub: (e: Expression) => Evaluate, scope: Scope): Evaluate {
    const { target, key } = expression;
    const kind = target.type === "variable" ? scope.get(target.name)?.kind : undefined;
    const type = kind === "path" ? "Path" : kind === "relationships" ? "List" : staticType(target, scope);
    if (type && ["Path", "List", "Integer", "Float", "String", "Boolean"].includes(type)) {
      throw this.error("InvalidArgumentType", `a ${type} has no property ${key}`, expression.offset);
    }
    const value = sub(target);
    return (row, run) => property(value(row, run), key, run);
  }

  private binary(expression: Expression & { type: "binary" }, sub: (e: Expression) => Evaluate, scope: Scope): Evaluate {
    const { operator } = expression;
    const [left, right] = [sub(expression.left), sub(expression.right)];
    switch (operator) {
      case "AND":
      case "OR":
      case "XOR":
        this.requireBoolean(expression.left, scope);
        this.requireBoolean(expression.right, scope);
        return logic(operator, left, right);
      case "IN": {
        const type = staticType(expression.right, scope);
        if (type && type !== "List")
          throw this.error("InvalidArgumentType", `IN looks into a List, not a ${type}`, expression.right.offset);
        return (row, run) => contains(left(row, run), right(row, run), run);
      }
      case "STARTS WITH":
        return textPredicate(left, right, (value, part) => value.startsWith(part));
      case "ENDS WITH":
        return textPredicate(left, right, (value, part) => value.endsWith(part));
      case "CONTAINS":
        return textPredicate(left, right, (value, part) => value.includes(part));
      case "=~":
        throw this.error(
          "UnsupportedOperator",
          "=~ is refused: a pattern from outside could run for ever; use CONTAINS, STARTS WITH or ENDS WITH",
          expression.offset,
        );
      default:
        return (row, run) => paid(arithmetic(operator, left(row, run), right(row, run)), run);
    }
  }

  /** Refuses what cannot be a condition whatever the data. */
  requireBoolean(expression: Expression, scope: Scope): void {
    const type = staticType(expression, scope);
    if (type && type !== "Boolean" && type !== "null") {
      throw this.error("InvalidArgumentType", `expected a Boolean, found a ${type}`, expression.offset);
    }
  }

  private call(
    expression: Expression & { type: "call" },
    sub: (e: Expression) => Evaluate,
    scope: Scope,
    projected: Projected | undefined,
  ): Evaluate {
    const name = expression.name.toLowerCase();
    const aggregate = Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined;
    const { args, offset } = expression;
    const spec = aggregate ? { min: aggregate.args, max: aggregate.args } : Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!spec) throw this.error("UnknownFunction", `there is no function ${expression.name}()`, offset);
    if (args.length < spec.min || args.length > spec.max) {
      throw this.error(
        "InvalidNumberOfArguments",
        `${expression.name}() takes ${spec.min} to ${spec.max} arguments, not ${args.length}`,
        offset,
      );
    }
    if (name !== "exists" && args.some((arg) => arg.type === "patternPredicate" && !arg.path.shortest)) {
      throw this.error(
        "UnexpectedSyntax",
        `a pattern is a condition, not a value for ${expression.name}(); use COUNT { } or a comprehension`,
        offset,
      );
    }
    this.checkArguments(name, args, scope, offset);
    if (aggregate) {
      const input = projected?.collect?.input;
      if (args.some(aggregates)) throw this.error("NestedAggregation", "an aggregate cannot stand inside another", offset);
      const values = input ? args.map((arg) => this.compile(arg, input)) : [];
      return this.aggregate(offset, values[0], projected, (run, row) => {
        const accumulator = aggregate.start(run, values[1]?.(row, run) ?? null);
        return expression.distinct ? distinct(accumulator) : accumulator;
      });
    }
    const { apply, takesNull } = FUNCTIONS[name]!;
    const values = args.map(sub);
    return (row, run) => {
      run.spend();
      const evaluated = values.map((value) => value(row, run));
      return !takesNull && evaluated.includes(null) ? null : paid(apply(evaluated, run), run);
    };
  }

  /** What a wrong kind of variable shows before any data is read. */
  private checkArguments(name: string, args: readonly Expression[], scope: Scope, offset: number): void {
    const kinds: Readonly<Record<string, readonly string[]>> = {
      type: ["Relationship"],
      labels: ["Node"],
      nodes: ["Path"],
      relationships: ["Path"],
      length: ["Path", "String", "List"],
      size: ["String", "List", "Map"],
      properties: ["Node", "Relationship", "Map"],
      keys: ["Node", "Relationship", "Map"],
    };
    const allowed = kinds[name];
    const type = args[0] && staticType(args[0], scope);
    if (!allowed || !type || type === "null" || allowed.includes(type)) return;
    throw this.error("InvalidArgumentType", `${name}() takes a ${allowed.join(" or a ")}, not a ${type}`, offset);
  }

  private aggregate(
    offset: number,
    argument: Evaluate | undefined,
    projected: Projected | undefined,
    start: AggregateSlot["start"],
  ): Evaluate {
    if (!projected?.collect) throw this.error("InvalidAggregation", "an aggregate can only stand in WITH and RETURN", offset);
    const slot = projected.collect.input.hidden();
    projected.collect.into.push({ slot, argument, start });
    return (row) => row[slot]!;
  }

  private quantifier(
    expression: Expression & { type: "quantifier" },
    sub: (e: Expression) => Evaluate,
    scope: Scope,
    projected: Projected | undefined,
  ): Evaluate {
    const list = sub(expression.list);
    const inner = scope.inner();
    const { slot: item } = inner.add(expression.variable, "value");
    if (expression.where) this.requireBoolean(expression.where, inner);
    const where = expression.where && this.compile(expression.where, inner, withLocal(projected, expression.variable, item));
    const { quantifier } = expression;
    return (row, run) => {
      const values = listOf(list(row, run), `${quantifier}()`);
      if (values === null) return null;
      let [yes, unknown] = [0, 0];
      for (const value of values) {
        run.spend();
        row[item] = value;
        const met = where ? truth(where(row, run)) : truth(value);
        if (met === true) yes++;
        else if (met === null) unknown++;
      }
      const no = values.length - yes - unknown;
      switch (quantifier) {
        case "all":
          return no > 0 ? false : unknown > 0 ? null : true;
        case "any":
          return yes > 0 ? true : unknown > 0 ? null : false;
        case "none":
          return yes > 0 ? false : unknown > 0 ? null : true;
        case "single":
          return yes > 1 ? false : unknown > 0 ? null : yes === 1;
      }
    };
  }
}

/** A comprehension's own variable is known wherever it stands, grouped or not. */
function withLocal(projected: Projected | undefined, variable: string, slot: number): Projected | undefined {
  if (!projected) return undefined;
  const name = shape({ type: "variable", name: variable, offset: 0 });
  return { ...projected, known: new Map([...projected.known, [name, slot]]) };
}

/** The type of an expression where it shows in the text alone. */
function staticType(expression: Expression, scope: Scope): string | undefined {
  switch (expression.type) {
    case "literal":
      return typeName(expression.value);
    case "list":
    case "listComprehension":
    case "patternComprehension":
      return "List";
    case "map":
      return "Map";
    case "variable": {
      const kind = scope.get(expression.name)?.kind;
      return kind && { node: "Node", relationship: "Relationship", relationships: "List", path: "Path", value: undefined }[kind];
    }
    default:
      return undefined;
  }
}

function truth(value: Value): boolean | null {
  if (typeof value === "boolean" || value === null) return value;
  throw typeError(`expected a Boolean, found a ${typeName(value)}`, "InvalidArgumentType");
}

function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function logic(operator: "AND" | "OR" | "XOR", left: Evaluate, right: Evaluate): Evaluate {
  const decides = operator === "OR";
  return (row, run) => {
    const a = truth(left(row, run));
    if (operator !== "XOR" && a === decides) return decides;
    const b = truth(right(row, run));
    if (operator === "XOR") return a === null || b === null ? null : a !== b;
    return b === decides ? decides : a === null || b === null ? null : !decides;
  };
}

function hasLabels(target: Evaluate, labels: readonly string[]): Evaluate {
  return (row, run) => {
    const value = target(row, run);
    if (value === null) return null;
    if (value instanceof NodeValue) {
      const all = run.graph.labels(value.node);
      return labels.every((label) => all.includes(label));
    }
    if (value instanceof RelationshipValue) return labels.every((label) => run.graph.type(value.relationship) === label);
    throw typeError(`only a Node has labels, not a ${typeName(value)}`, "InvalidArgumentType");
  };
}

function property(value: Value, key: string, run: Run): Value {
  if (value === null) return null;
  if (value instanceof NodeValue) return run.graph.nodeProperty(value.node, key);
  if (value instanceof RelationshipValue) return run.graph.relationshipProperty(value.relationship, key);
  if (isMap(value)) return value.get(key) ?? null;
  if (value instanceof DateValue) return datePart(value, key);
  throw typeError(`a ${typeName(value)} has no property ${key}`, "InvalidArgumentType");
}

function datePart(date: DateValue, key: string): Value {
  const [year, month, day] = date.day.split("-").map(BigInt) as [bigint, bigint, bigint];
  return key === "year" ? year : key === "month" ? month : key === "day" ? day : null;
}

function compareChain(first: Evaluate, rest: readonly (readonly [ComparisonOperator, Evaluate])[], row: Row, run: Run): Value {
  let left = first(row, run);
  let answer: boolean | null = true;
  for (const [operator, operand] of rest) {
    const right = operand(row, run);
    run.spend(1 + weight(left));
    const met = compareOnce(operator, left, right);
    if (met === false) return false;
    if (met === null) answer = null;
    left = right;
  }
  return answer;
}

function compareOnce(operator: ComparisonOperator, left: Value, right: Value): boolean | null {
  if (operator === "=") return equals(left, right);
  if (operator === "<>") return negate(equals(left, right));
  if (left === null || right === null) return null;
  const difference = compare(left, right);
  if (difference === null) return null;
  if (Number.isNaN(difference)) return false;
  switch (operator) {
    case "<":
      return difference < 0;
    case ">":
      return difference > 0;
    case "<=":
      return difference <= 0;
    case ">=":
      return difference >= 0;
  }
}

function contains(item: Value, list: Value, run: Run): Value {
  if (list === null) return null;
  if (!isList(list)) throw typeError(`IN looks into a List, not a ${typeName(list)}`, "InvalidArgumentType");
  let unknown = false;
  for (const candidate of list) {
    run.spend();
    const same = equals(item, candidate);
    if (same === true) return true;
    if (same === null) unknown = true;
  }
  return unknown ? null : false;
}

function textPredicate(left: Evaluate, right: Evaluate, test: (value: string, part: string) => boolean): Evaluate {
  return (row, run) => {
    const [value, part] = [left(row, run), right(row, run)];
    run.spend(1 + weight(value) / CHARACTERS_A_STEP);
    return typeof value === "string" && typeof part === "string" ? test(value, part) : null;
  };
}

function subscript(target: Value, index: Value, run: Run): Value {
  if (target === null || index === null) return null;
  if (isList(target)) {
    if (typeof index !== "bigint") throw typeError(`a List is indexed by an Integer, not a ${typeName(index)}`, "InvalidArgumentType");
    return target.at(Number(index)) ?? null;
  }
  if (target instanceof NodeValue || target instanceof RelationshipValue || isMap(target)) {
    if (typeof index !== "string") {
      throw typeError(`a ${typeName(target)} is indexed by a String, not a ${typeName(index)}`, "MapElementAccessByNonString");
    }
    return property(target, index, run);
  }
  throw typeError(`a ${typeName(target)} cannot be indexed`, "InvalidArgumentType");
}

function slice(target: Value, from: Value, to: Value | undefined): Value {
  if (target === null || from === null || to === null) return null;
  if (!isList(target)) throw typeError(`a slice is taken of a List, not a ${typeName(target)}`, "InvalidArgumentType");
  return target.slice(Number(from as bigint), to === undefined ? undefined : Number(to as bigint));
}

/** Text and lists that are made cost what they are long: doubling one over and over soon ends. */
function paid(value: Value, run: Run): Value {
  run.spend(weight(value));
  return value;
}

function weight(value: Value): number {
  return typeof value === "string" || isList(value) ? value.length : isMap(value) ? value.size : 0;
}

function listOf(value: Value, where: string): readonly Value[] | null {
  if (value === null || isList(value)) return value;
  throw typeError(`${where} takes a List, not a ${typeName(value)}`, "InvalidArgumentType");
}

function minus(value: Value): Value {
  if (value === null) return null;
  if (isNumber(value)) return typeof value === "bigint" ? int64(-value) : -value;
  throw typeError(`- takes a number, not a ${typeName(value)}`, "InvalidArgumentType");
}

function int64(value: bigint): bigint {
  if (BigInt.asIntN(INT64, value) !== value)
    throw new CypherError("ArgumentError", "NumberOutOfRange", "the result does not fit in 64 bits");
  return value;
}

function arithmetic(operator: "+" | "-" | "*" | "/" | "%" | "^", a: Value, b: Value): Value {
  if (operator === "+" && (isList(a!) || isList(b!)) && a !== null && b !== null)
    return [...(isList(a) ? a : [a]), ...(isList(b) ? b : [b])];
  if (a === null || b === null) return null;
  if (operator === "+" && (typeof a === "string" || typeof b === "string")) return toText(a) + toText(b);
  if (!isNumber(a) || !isNumber(b)) {
    throw typeError(`${operator} does not go between a ${typeName(a)} and a ${typeName(b)}`, "InvalidArgumentType");
  }
  if (operator === "^") return Number(a) ** Number(b);
  if (typeof a === "bigint" && typeof b === "bigint") return integerArithmetic(operator, a, b);
  const [x, y] = [Number(a), Number(b)];
  return { "+": x + y, "-": x - y, "*": x * y, "/": x / y, "%": x % y }[operator];
}

function integerArithmetic(operator: "+" | "-" | "*" | "/" | "%", a: bigint, b: bigint): bigint {
  if (b === 0n && (operator === "/" || operator === "%"))
    throw new CypherError("ArgumentError", "DivisionByZero", "an Integer cannot be divided by 0");
  switch (operator) {
    case "+":
      return int64(a + b);
    case "-":
      return int64(a - b);
    case "*":
      return int64(a * b);
    case "/":
      return int64(a / b);
    case "%":
      return a % b;
  }
}
