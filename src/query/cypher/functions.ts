/** openCypher's functions and aggregates. */
import { CypherError } from "./errors.ts";
import type { Run } from "./run.ts";
import {
  DateValue,
  groupKey,
  isList,
  isMap,
  isNumber,
  NodeValue,
  order,
  PathValue,
  RelationshipValue,
  typeName,
  type Value,
} from "./value.ts";

/** Gets its arguments evaluated; null in gives null out unless `takesNull`. */
export interface CypherFunction {
  readonly min: number;
  readonly max: number;
  readonly takesNull?: boolean;
  readonly apply: (args: readonly Value[], run: Run) => Value;
}

function fn(min: number, max: number, apply: CypherFunction["apply"], takesNull = false): CypherFunction {
  return { min, max, takesNull, apply };
}

export function typeError(message: string, detail = "InvalidArgumentValue"): CypherError {
  return new CypherError("TypeError", detail, message);
}

function text(name: string, value: Value): string {
  if (typeof value !== "string") throw typeError(`${name} takes a String, not ${typeName(value)}`);
  return value;
}

function real(name: string, value: Value): number {
  if (!isNumber(value)) throw typeError(`${name} takes a number, not ${typeName(value)}`);
  return Number(value);
}

function whole(name: string, value: Value): bigint {
  if (typeof value !== "bigint") throw typeError(`${name} takes an Integer, not ${typeName(value)}`);
  return value;
}

function index(name: string, value: Value): number {
  const number = Number(whole(name, value));
  if (number < 0) throw new CypherError("ArgumentError", "NumberOutOfRange", `${name} takes no negative number`);
  return number;
}

function list(name: string, value: Value): readonly Value[] {
  if (!isList(value)) throw typeError(`${name} takes a List, not ${typeName(value)}`);
  return value;
}

function math(name: string, calculate: (value: number) => number): CypherFunction {
  return fn(1, 1, ([value]) => calculate(real(name, value!)));
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

function date([value]: readonly Value[]): Value {
  if (value instanceof DateValue) return value;
  if (isMap(value!)) {
    const part = (key: string, otherwise: bigint) => toText(value.get(key) ?? otherwise).padStart(key === "year" ? 4 : 2, "0");
    return date([`${part("year", 0n)}-${part("month", 1n)}-${part("day", 1n)}`]);
  }
  const day = text("date()", value!);
  const [, year, month, dayOfMonth] = DATE.exec(day) ?? [];
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)));
  if (!year || Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== day) {
    throw new CypherError("ArgumentError", "InvalidArgumentValue", `date() takes a day as "YYYY-MM-DD", not ${JSON.stringify(day)}`);
  }
  return new DateValue(day);
}

function toInteger(value: Value): Value {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isFinite(value) ? BigInt(Math.trunc(value)) : null;
  if (typeof value === "string") return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value) ? wholePart(value.trim()) : null;
  throw typeError(`toInteger() takes a number or a String, not ${typeName(value)}`);
}

function wholePart(number: string): Value {
  if (/^[+-]?\d+$/.test(number)) return BigInt(number.replace("+", ""));
  return toInteger(Number(number));
}

function toFloat(value: Value): Value {
  if (isNumber(value)) return Number(value);
  if (typeof value === "string") return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value) ? Number(value) : null;
  throw typeError(`toFloat() takes a number or a String, not ${typeName(value)}`);
}

function toBoolean(value: Value): Value {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return { true: true, false: false }[value.trim().toLowerCase()] ?? null;
  throw typeError(`toBoolean() takes a Boolean or a String, not ${typeName(value)}`);
}

/** A value as toString() and string concatenation write it. */
export function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return floatText(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof DateValue) return value.day;
  throw typeError(`toString() takes a number, Boolean, String or Date, not ${typeName(value)}`);
}

/** 1 -> "1.0", 1e21 -> "1.0E21". */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  const plain = String(value);
  if (!plain.includes("e")) return Number.isInteger(value) ? `${plain}.0` : plain;
  const [mantissa, exponent] = plain.split("e") as [string, string];
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}E${exponent.replace("+", "")}`;
}

function propertiesOf(value: Value, { graph }: Run): Value {
  if (value instanceof NodeValue) return graph.nodeProperties(value.node);
  if (value instanceof RelationshipValue) return graph.relationshipProperties(value.relationship);
  if (isMap(value)) return value;
  throw typeError(`properties() takes a Node, Relationship or Map, not ${typeName(value)}`, "InvalidArgumentType");
}

function relationship(name: string, value: Value): number {
  if (!(value instanceof RelationshipValue)) throw typeError(`${name} takes a Relationship, not ${typeName(value)}`);
  return value.relationship;
}

function path(name: string, value: Value): PathValue {
  if (!(value instanceof PathValue)) throw typeError(`${name} takes a Path, not ${typeName(value)}`);
  return value;
}

function size(value: Value): bigint {
  if (typeof value === "string") return BigInt([...value].length);
  if (isList(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(value.size);
  throw typeError(`size() takes a List or a String, not ${typeName(value)}`);
}

function range([first, last, step = 1n]: readonly Value[], run: Run): Value {
  if (typeof first !== "bigint" || typeof last !== "bigint" || typeof step !== "bigint") {
    throw new CypherError(
      "ArgumentError",
      "InvalidArgumentType",
      `range() takes Integers, not ${[first!, last!, step].map(typeName).join(", ")}`,
    );
  }
  const [from, to, by] = [first, last, step];
  if (by === 0n) throw new CypherError("ArgumentError", "NumberOutOfRange", "range() takes no step of 0");
  const numbers: bigint[] = [];
  for (let number = from; by > 0n ? number <= to : number >= to; number += by) {
    run.spend();
    run.hold(numbers.length);
    numbers.push(number);
  }
  return numbers;
}

function substring([value, start, length]: readonly Value[]): Value {
  const characters = [...text("substring()", value!)];
  const from = index("substring()", start!);
  return characters.slice(from, length === undefined ? undefined : from + index("substring()", length!)).join("");
}

/** Half away from zero, as openCypher rounds. */
function round([value, digits = 0n]: readonly Value[]): Value {
  const scale = 10 ** index("round()", digits);
  const number = real("round()", value!) * scale;
  return (Math.sign(number) * Math.round(Math.abs(number))) / scale;
}

export const FUNCTIONS: Readonly<Record<string, CypherFunction>> = {
  abs: fn(1, 1, ([value]) => (typeof value === "bigint" ? (value < 0n ? -value : value) : Math.abs(real("abs()", value!)))),
  acos: math("acos()", Math.acos),
  asin: math("asin()", Math.asin),
  atan: math("atan()", Math.atan),
  atan2: fn(2, 2, ([y, x]) => Math.atan2(real("atan2()", y!), real("atan2()", x!))),
  ceil: math("ceil()", Math.ceil),
  coalesce: fn(1, Number.POSITIVE_INFINITY, (args) => args.find((value) => value !== null) ?? null, true),
  cos: math("cos()", Math.cos),
  date: fn(1, 1, date),
  degrees: math("degrees()", (value) => (value * 180) / Math.PI),
  e: fn(0, 0, () => Math.E),
  elementid: fn(1, 1, ([value], { graph }) => {
    if (value instanceof NodeValue) return graph.nodeId(value.node);
    return graph.relationshipId(relationship("elementId()", value!));
  }),
  endnode: fn(1, 1, ([value], { graph }) => new NodeValue(graph.target(relationship("endNode()", value!)))),
  exists: fn(1, 1, ([value]) => value !== null, true),
  exp: math("exp()", Math.exp),
  floor: math("floor()", Math.floor),
  head: fn(1, 1, ([value]) => list("head()", value!)[0] ?? null),
  id: fn(1, 1, ([value]) => {
    if (value instanceof NodeValue) return BigInt(value.node);
    return BigInt(relationship("id()", value!));
  }),
  keys: fn(1, 1, ([value], run) => [...(propertiesOf(value!, run) as ReadonlyMap<string, Value>).keys()]),
  labels: fn(1, 1, ([value], { graph }) => {
    if (!(value instanceof NodeValue)) throw typeError(`labels() takes a Node, not ${typeName(value!)}`);
    return graph.labels(value.node);
  }),
  last: fn(1, 1, ([value]) => list("last()", value!).at(-1) ?? null),
  left: fn(2, 2, ([value, length]) => [...text("left()", value!)].slice(0, index("left()", length!)).join("")),
  length: fn(1, 1, ([value]) => (value instanceof PathValue ? BigInt(value.relationships.length) : size(value!))),
  log: math("log()", Math.log),
  log10: math("log10()", Math.log10),
  ltrim: fn(1, 1, ([value]) => text("ltrim()", value!).trimStart()),
  nodes: fn(1, 1, ([value]) => path("nodes()", value!).nodes.map((node) => new NodeValue(node))),
  pi: fn(0, 0, () => Math.PI),
  properties: fn(1, 1, ([value], run) => propertiesOf(value!, run)),
  radians: math("radians()", (value) => (value * Math.PI) / 180),
  rand: fn(0, 0, () => Math.random()),
  range: fn(2, 3, range),
  relationships: fn(1, 1, ([value]) => path("relationships()", value!).relationships.map((id) => new RelationshipValue(id))),
  replace: fn(3, 3, ([value, from, to], run) => {
    const [whole, part, other] = [text("replace()", value!), text("replace()", from!), text("replace()", to!)];
    run.spend((whole.length / Math.max(1, part.length)) * other.length);
    return whole.replaceAll(part, () => other);
  }),
  reverse: fn(1, 1, ([value]) => (isList(value!) ? value.toReversed() : [...text("reverse()", value!)].reverse().join(""))),
  right: fn(2, 2, ([value, length]) => {
    const characters = [...text("right()", value!)];
    return characters.slice(Math.max(0, characters.length - index("right()", length!))).join("");
  }),
  round: fn(1, 2, round),
  rtrim: fn(1, 1, ([value]) => text("rtrim()", value!).trimEnd()),
  sign: fn(1, 1, ([value]) => BigInt(Math.sign(real("sign()", value!)))),
  sin: math("sin()", Math.sin),
  size: fn(1, 1, ([value]) => size(value!)),
  split: fn(2, 2, ([value, separator]) => text("split()", value!).split(text("split()", separator!))),
  sqrt: math("sqrt()", Math.sqrt),
  startnode: fn(1, 1, ([value], { graph }) => new NodeValue(graph.source(relationship("startNode()", value!)))),
  substring: fn(2, 3, substring),
  tail: fn(1, 1, ([value]) => list("tail()", value!).slice(1)),
  tan: math("tan()", Math.tan),
  toboolean: fn(1, 1, ([value]) => toBoolean(value!)),
  tofloat: fn(1, 1, ([value]) => toFloat(value!)),
  tointeger: fn(1, 1, ([value]) => toInteger(value!)),
  tolower: fn(1, 1, ([value]) => text("toLower()", value!).toLowerCase()),
  tostring: fn(1, 1, ([value]) => toText(value!)),
  toupper: fn(1, 1, ([value]) => text("toUpper()", value!).toUpperCase()),
  trim: fn(1, 1, ([value]) => text("trim()", value!).trim()),
  type: fn(1, 1, ([value], { graph }) => graph.type(relationship("type()", value!))),
};

/** Takes the values of a group one by one; null values never reach it. */
export interface Accumulator {
  add(value: Value): void;
  result(): Value;
}

export interface Aggregate {
  readonly args: number;
  /** `parameter`: the second argument, which is the same for all rows. */
  readonly start: (run: Run, parameter: Value) => Accumulator;
}

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  avg: { args: 1, start: () => mean() },
  collect: { args: 1, start: (run) => collect(run, (values) => values) },
  count: { args: 1, start: () => counter() },
  max: { args: 1, start: () => extreme(1) },
  min: { args: 1, start: () => extreme(-1) },
  percentilecont: { args: 2, start: (run, share) => collect(run, (values) => percentile(values, share, true)) },
  percentiledisc: { args: 2, start: (run, share) => collect(run, (values) => percentile(values, share, false)) },
  stdev: { args: 1, start: (run) => collect(run, (values) => deviation(values, 1)) },
  stdevp: { args: 1, start: (run) => collect(run, (values) => deviation(values, 0)) },
  sum: { args: 1, start: () => summer() },
};

/** An accumulator that lets equal values through once. */
export function distinct(inner: Accumulator): Accumulator {
  const seen = new Set<string>();
  return {
    add(value) {
      const key = groupKey(value);
      if (seen.has(key)) return;
      seen.add(key);
      inner.add(value);
    },
    result: () => inner.result(),
  };
}

function counter(): Accumulator {
  let count = 0n;
  return {
    add() {
      count++;
    },
    result: () => count,
  };
}

function summer(): Accumulator {
  let total: bigint | number = 0n;
  return {
    add(value) {
      if (!isNumber(value)) throw typeError(`sum() takes numbers, not ${typeName(value)}`, "InvalidArgumentType");
      total = typeof total === "bigint" && typeof value === "bigint" ? total + value : Number(total) + Number(value);
    },
    result: () => total,
  };
}

function mean(): Accumulator {
  let [total, count] = [0, 0];
  return {
    add(value) {
      total += real("avg()", value);
      count++;
    },
    result: () => (count === 0 ? null : total / count),
  };
}

function extreme(sign: 1 | -1): Accumulator {
  let best: Value = null;
  return {
    add(value) {
      if (best === null || sign * order(value, best) > 0) best = value;
    },
    result: () => best,
  };
}

function collect(run: Run, finish: (values: Value[]) => Value): Accumulator {
  const values: Value[] = [];
  return {
    add(value) {
      run.hold(values.length);
      values.push(value);
    },
    result: () => finish(values),
  };
}

function percentile(values: readonly Value[], share: Value, continuous: boolean): Value {
  const fraction = real("percentile", share);
  if (fraction < 0 || fraction > 1) throw new CypherError("ArgumentError", "NumberOutOfRange", "a percentile lies between 0.0 and 1.0");
  if (values.length === 0) return null;
  const sorted = values.toSorted(order);
  if (!continuous) return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)]!;
  const place = fraction * (sorted.length - 1);
  const [low, high] = [Number(sorted[Math.floor(place)]), Number(sorted[Math.ceil(place)])];
  return low + (high - low) * (place - Math.floor(place));
}

function deviation(values: readonly Value[], correction: 0 | 1): Value {
  const numbers = values.map((value) => real("stDev()", value));
  if (numbers.length <= correction) return 0;
  const average = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, number) => sum + (number - average) ** 2, 0) / (numbers.length - correction));
}
