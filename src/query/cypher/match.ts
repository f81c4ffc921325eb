/**
 * MATCH: patterns -> an order of small steps (take a node, follow a relationship, test), and a walk through them with backtracking.
 *
 * Each pattern starts at its cheapest node (bound before, found by an index, rarest label); every condition is tested as soon as the
 * variables it needs are bound. Within one MATCH no relationship is used twice, as openCypher demands.
 */
import type { Expression, NodePattern, PathPattern, RelationshipPattern } from "./ast.ts";
import type { Evaluate, ExpressionCompiler, Row } from "./expression.ts";
import { freeVariables } from "./free.ts";
import { degree, type Direction, otherEnd, relationshipsAt, reversed } from "./neighbours.ts";
import type { Run } from "./run.ts";
import { Scope, type VariableKind } from "./scope.ts";
import { shortestPaths } from "./shortest.ts";
import { equals, NodeValue, PathValue, RelationshipValue, type Value } from "./value.ts";

/** Advances a row by one step: yields once for every way it can be done, with the row's slots set. */
type Step = (row: Row, run: Run, used: Set<number>) => Iterable<undefined>;

export interface Matcher {
  /** The scope with the pattern's variables added. */
  readonly scope: Scope;
  /** Slots that the patterns bind anew: null in the row of an OPTIONAL MATCH that finds nothing. */
  readonly bound: readonly number[];
  /** Every match of one row. The row is written to; each match is a copy. */
  rows(row: Row, run: Run): Generator<Row, undefined>;
}

interface MatchOptions {
  /** False in a predicate: a name that is not known yet is an error there. */
  readonly newVariables: boolean;
  readonly where?: Expression | undefined;
}

/** Matches a single pattern inside an expression; `path` is the path that a found row holds. */
export function matchOne(
  compiler: ExpressionCompiler,
  path: PathPattern,
  scope: Scope,
  options: MatchOptions,
): Matcher & { path(row: Row, run: Run): Value } {
  const name = path.variable ?? `${hiddenName(scope)} path`;
  const matcher = compileMatch(compiler, [{ ...path, variable: name }], scope.inner(), options);
  const { slot } = matcher.scope.get(name)!;
  return { ...matcher, path: (row) => row[slot]! };
}

/** @throws {CypherError} for names used as two kinds of thing, or bound twice */
export function compileMatch(compiler: ExpressionCompiler, patterns: readonly PathPattern[], scope: Scope, options: MatchOptions): Matcher {
  return new MatchCompiler(compiler, scope, options).compile(patterns);
}

/** A name that no user can write and no other part of the row has. */
function hiddenName(scope: Scope): string {
  return ` ${scope.layout.width}`;
}

interface Condition {
  readonly needs: Set<string>;
  readonly test: () => Evaluate;
  /** `variable.key = value`: what an index may answer. */
  readonly lookup?: { readonly variable: string; readonly key: string; readonly value: Expression };
  done: boolean;
}

/** A pattern with a name for each of its parts; those that the user left out get one that no user can write. */
interface NamedPattern {
  readonly path: PathPattern;
  readonly nodes: readonly string[];
  readonly relationships: readonly string[];
}

class MatchCompiler {
  private readonly compiler: ExpressionCompiler;
  private readonly scope: Scope;
  private readonly options: MatchOptions;
  private readonly before: ReadonlySet<string>;
  private readonly known: Set<string>;
  private readonly steps: Step[] = [];
  private readonly conditions: Condition[] = [];
  private readonly newSlots: number[] = [];

  constructor(compiler: ExpressionCompiler, scope: Scope, options: MatchOptions) {
    this.compiler = compiler;
    this.scope = scope;
    this.options = options;
    this.before = new Set(scope.names());
    this.known = new Set(this.before);
  }

  compile(patterns: readonly PathPattern[]): Matcher {
    const named = patterns.map((path) => this.declare(path));
    for (const conjunct of conjuncts(this.options.where)) {
      this.compiler.requireBoolean(conjunct, this.scope);
      this.condition(conjunct);
    }
    this.test();
    const waiting = [...named];
    while (waiting.length > 0) {
      const next = waiting.find((pattern) => pattern.nodes.some((name) => this.known.has(name))) ?? waiting[0]!;
      waiting.splice(waiting.indexOf(next), 1);
      this.walk(next);
    }
    this.conditions.forEach((condition) => this.apply(condition));
    const { steps, scope, newSlots } = this;
    return {
      scope,
      bound: newSlots,
      *rows(row, run) {
        const used = new Set<number>();
        for (const _ of runSteps(steps, 0, row, run, used)) yield row.slice();
        return undefined;
      },
    };
  }

  // Names

  private declare(path: PathPattern): NamedPattern {
    const nodes = path.nodes.map((node) => this.declareNode(node));
    const relationships = path.relationships.map((part) => this.declareRelationship(part));
    if (path.variable !== undefined) {
      if (this.scope.get(path.variable)) {
        throw this.compiler.error("VariableAlreadyBound", `${path.variable} is already bound`, path.offset);
      }
      this.add(path.variable, "path");
    }
    return { path, nodes, relationships };
  }

  private declareNode(node: NodePattern): string {
    const name = this.name(node.variable, "node", node.offset);
    if (node.labels.length > 0) {
      const { slot } = this.scope.get(name)!;
      const { labels } = node;
      this.conditions.push({
        needs: new Set([name]),
        done: false,
        test: () => (row, run) => {
          const all = run.graph.labels((row[slot] as NodeValue).node);
          return labels.every((label) => all.includes(label));
        },
      });
    }
    this.propertyConditions(name, node.properties);
    return name;
  }

  private declareRelationship(part: RelationshipPattern): string {
    if (part.variable !== undefined && this.scope.get(part.variable) && !this.before.has(part.variable)) {
      const kind = this.scope.get(part.variable)!.kind;
      throw this.compiler.error(
        kind === "relationship" ? "RelationshipUniquenessViolation" : "VariableTypeConflict",
        kind === "relationship"
          ? `the relationship ${part.variable} cannot stand twice in one pattern`
          : `${part.variable} is already a ${kind}`,
        part.offset,
      );
    }
    const name = this.name(part.variable, part.hops ? "relationships" : "relationship", part.offset);
    if (!part.hops) this.propertyConditions(name, part.properties);
    return name;
  }

  /** The variable, or a hidden name; bound here or before as the same kind of thing. */
  private name(variable: string | undefined, kind: VariableKind, offset: number): string {
    const name = variable ?? hiddenName(this.scope);
    const existing = this.scope.get(name);
    if (!existing) {
      if (variable !== undefined && !this.options.newVariables) {
        throw this.compiler.error(
          "UndefinedVariable",
          `the variable ${name} is not defined; a pattern in an expression binds no new names`,
          offset,
        );
      }
      this.add(name, kind);
    } else if (existing.kind !== kind && !(existing.kind === "value" && this.before.has(name))) {
      throw this.compiler.error("VariableTypeConflict", `${name} is a ${existing.kind} and cannot be a ${kind} too`, offset);
    }
    return name;
  }

  private add(name: string, kind: VariableKind): void {
    this.newSlots.push(this.scope.add(name, kind).slot);
  }

  // Conditions

  private propertyConditions(name: string, properties: Expression | undefined): void {
    if (properties?.type !== "map") return;
    for (const [key, value] of properties.entries) {
      const target: Expression = { type: "property", target: { type: "variable", name, offset: value.offset }, key, offset: value.offset };
      this.condition({ type: "comparison", first: target, rest: [["=", value]], offset: value.offset });
    }
  }

  private condition(expression: Expression): void {
    const needs = freeVariables(expression);
    const lookup = lookupOf(expression);
    const test = (): Evaluate => this.compiler.compile(expression, this.scope);
    this.conditions.push({ needs, test, done: false, ...(lookup && { lookup }) });
  }

  /** Adds every condition that can be tested now. */
  private test(): void {
    for (const condition of this.conditions) {
      if ([...condition.needs].every((name) => this.known.has(name))) this.apply(condition);
    }
  }

  private apply(condition: Condition): void {
    if (condition.done) return;
    condition.done = true;
    const met = condition.test();
    this.steps.push(function* (row, run) {
      if (met(row, run) === true) yield;
    });
  }

  // Steps

  private walk(pattern: NamedPattern): void {
    const { path, nodes } = pattern;
    if (path.shortest) {
      nodes.forEach((_, index) => this.takeNode(pattern, index));
      this.shortest(pattern);
    } else {
      const start = this.cheapest(pattern);
      this.takeNode(pattern, start);
      for (let index = start; index < nodes.length - 1; index++) this.follow(pattern, index, true);
      for (let index = start - 1; index >= 0; index--) this.follow(pattern, index, false);
    }
    if (path.variable !== undefined) {
      this.bindPath(pattern, path.variable);
      this.test();
    }
  }

  private cheapest(pattern: NamedPattern): number {
    const costs = pattern.nodes.map((name, index): number => {
      if (this.known.has(name)) return 0;
      if (this.lookups(name).length > 0) return 1;
      return pattern.path.nodes[index]!.labels.length > 0 ? 2 : 3;
    });
    return costs.indexOf(Math.min(...costs));
  }

  private lookups(name: string): NonNullable<Condition["lookup"]>[] {
    const found = this.conditions.map((condition) => condition.lookup).filter((lookup) => lookup !== undefined);
    return found.filter((lookup) => lookup.variable === name && [...freeVariables(lookup.value)].every((need) => this.known.has(need)));
  }

  /** A node: checked when it is bound already, else each candidate in turn. */
  private takeNode(pattern: NamedPattern, index: number): void {
    const name = pattern.nodes[index]!;
    const { slot } = this.scope.get(name)!;
    if (this.known.has(name)) {
      this.steps.push(function* (row) {
        if (row[slot] instanceof NodeValue) yield;
      });
      this.test();
      return;
    }
    const { labels } = pattern.path.nodes[index]!;
    const lookups = this.lookups(name).map(({ key, value }) => ({ key, value: this.compiler.compile(value, this.scope) }));
    this.steps.push(function* (row, run) {
      for (const node of candidates(labels, lookups, row, run)) {
        run.spend();
        row[slot] = new NodeValue(node);
        yield;
      }
    });
    this.known.add(name);
    this.test();
  }

  private follow(pattern: NamedPattern, index: number, forward: boolean): void {
    const part = pattern.path.relationships[index]!;
    const [from, to] = forward ? [index, index + 1] : [index + 1, index];
    const names = { from: pattern.nodes[from]!, to: pattern.nodes[to]!, relationship: pattern.relationships[index]! };
    const hop: Hop = {
      from: this.scope.get(names.from)!.slot,
      to: this.scope.get(names.to)!.slot,
      relationship: this.scope.get(names.relationship)!.slot,
      toKnown: this.known.has(names.to),
      relationshipKnown: this.known.has(names.relationship),
      types: part.types,
      out: part.direction === "both" || (part.direction === "out") === forward,
      in: part.direction === "both" || (part.direction === "in") === forward,
    };
    this.steps.push(part.hops ? this.many(part, hop, forward) : one(hop));
    this.known.add(names.to).add(names.relationship);
    this.test();
  }

  /** `*min..max`: every walk of that length over unused relationships. */
  private many(part: RelationshipPattern, hop: Hop, forward: boolean): Step {
    const { min, max } = part.hops!;
    const properties = this.relationshipProperties(part);
    return function* (row, run, used) {
      const start = row[hop.from];
      if (!(start instanceof NodeValue)) return;
      const expected = hop.relationshipKnown ? row[hop.relationship]! : undefined;
      const goal = hop.toKnown ? (row[hop.to] as NodeValue | null)?.node : undefined;
      if (hop.toKnown && goal === undefined) return;
      const allowed = properties(row, run);
      const walk: number[] = [];
      function* extend(node: number): Iterable<undefined> {
        if (walk.length >= min && (goal === undefined || goal === node)) {
          const list = (forward ? walk : walk.toReversed()).map((relationship) => new RelationshipValue(relationship));
          if (expected === undefined || equals(expected, list) === true) {
            row[hop.relationship] = list;
            if (!hop.toKnown) row[hop.to] = new NodeValue(node);
            yield;
          }
        }
        if (walk.length >= max) return;
        for (const relationship of relationshipsAt(hop, node, run)) {
          if (used.has(relationship) || !allowed(relationship)) continue;
          used.add(relationship);
          walk.push(relationship);
          yield* extend(otherEnd(relationship, node, run));
          walk.pop();
          used.delete(relationship);
        }
      }
      yield* extend(start.node);
    };
  }

  /** Whether a relationship has the pattern's properties, with their values in this row. */
  private relationshipProperties(part: RelationshipPattern): (row: Row, run: Run) => (relationship: number) => boolean {
    if (part.properties?.type !== "map") return () => () => true;
    const wanted = part.properties.entries.map(([key, value]) => [key, this.compiler.compile(value, this.scope)] as const);
    return (row, run) => {
      const values = wanted.map(([key, value]) => [key, value(row, run)] as const);
      return (relationship) => values.every(([key, value]) => equals(run.graph.relationshipProperty(relationship, key), value) === true);
    };
  }

  private shortest({ path, nodes, relationships }: NamedPattern): void {
    const part = path.relationships[0]!;
    const [from, to, slot] = [nodes[0]!, nodes[1]!, relationships[0]!].map((name) => this.scope.get(name)!.slot) as [
      number,
      number,
      number,
    ];
    const properties = this.relationshipProperties(part);
    const options = {
      types: part.types,
      out: part.direction !== "in",
      in: part.direction !== "out",
      ...(part.hops ?? { min: 1, max: 1 }),
      all: path.shortest === "all",
    };
    this.steps.push(function* (row, run) {
      const [start, end] = [row[from], row[to]];
      if (!(start instanceof NodeValue && end instanceof NodeValue)) return;
      const allowed = properties(row, run);
      for (const walk of shortestPaths(start.node, end.node, { ...options, allowed }, run)) {
        row[slot] = part.hops ? walk.map((relationship) => new RelationshipValue(relationship)) : new RelationshipValue(walk[0]!);
        yield;
      }
    });
    this.known.add(relationships[0]!);
    this.test();
  }

  private bindPath(pattern: NamedPattern, variable: string): void {
    const { slot } = this.scope.get(variable)!;
    const first = this.scope.get(pattern.nodes[0]!)!.slot;
    const slots = pattern.relationships.map((name) => this.scope.get(name)!.slot);
    this.steps.push(function* (row, run) {
      const nodes = [(row[first] as NodeValue).node];
      const relationships = slots.flatMap((part) => row[part] as RelationshipValue | RelationshipValue[]).map((item) => item.relationship);
      for (const relationship of relationships) {
        const [source, target] = [run.graph.source(relationship), run.graph.target(relationship)];
        nodes.push(source === nodes.at(-1) ? target : source);
      }
      row[slot] = new PathValue(nodes, relationships);
      yield;
    });
    this.known.add(variable);
  }
}

/** Where a step comes from and leads, as slots, and which relationships it may take. */
interface Hop extends Direction {
  readonly from: number;
  readonly to: number;
  readonly relationship: number;
  readonly toKnown: boolean;
  readonly relationshipKnown: boolean;
}

function* runSteps(steps: readonly Step[], index: number, row: Row, run: Run, used: Set<number>): Generator<undefined, undefined> {
  const step = steps[index];
  if (!step) {
    yield undefined;
    return undefined;
  }
  for (const _ of step(row, run, used)) yield* runSteps(steps, index + 1, row, run, used);
  return undefined;
}

function candidates(
  labels: readonly string[],
  lookups: readonly { readonly key: string; readonly value: Evaluate }[],
  row: Row,
  run: Run,
): Iterable<number> {
  for (const { key, value } of lookups) {
    const found = run.graph.find?.(key, value(row, run));
    if (found) return found;
  }
  const rarest = labels.toSorted((a, b) => run.graph.countWith(a) - run.graph.countWith(b))[0];
  return run.graph.nodesWith(rarest);
}

/** A single relationship. With both ends known it is looked for at the end that has fewer. */
function one(hop: Hop): Step {
  return function* (row, run, used) {
    const from = row[hop.from];
    const to = hop.toKnown ? row[hop.to] : undefined;
    if (!(from instanceof NodeValue) || to === null) return;
    const expected = hop.relationshipKnown ? (row[hop.relationship] as RelationshipValue | null) : undefined;
    if (expected === null) return;
    const goal = (to as NodeValue | undefined)?.node;
    const back = reversed(hop);
    const swapped = goal !== undefined && degree(back, goal, run) < degree(hop, from.node, run);
    const direction = swapped ? back : hop;
    const [start, end] = swapped ? [goal, from.node] : [from.node, goal];
    for (const relationship of relationshipsAt(direction, start, run)) {
      const other = otherEnd(relationship, start, run);
      if (used.has(relationship) || (end !== undefined && other !== end)) continue;
      if (expected !== undefined && expected.relationship !== relationship) continue;
      used.add(relationship);
      row[hop.relationship] = new RelationshipValue(relationship);
      if (!hop.toKnown) row[hop.to] = new NodeValue(other);
      yield;
      used.delete(relationship);
    }
  };
}

function conjuncts(where: Expression | undefined): Expression[] {
  if (!where) return [];
  if (where.type === "binary" && where.operator === "AND") return [...conjuncts(where.left), ...conjuncts(where.right)];
  return [where];
}

/** `n.key = value` or `value = n.key`, for an index. */
function lookupOf(expression: Expression): Condition["lookup"] {
  if (expression.type !== "comparison" || expression.rest.length !== 1 || expression.rest[0]![0] !== "=") return undefined;
  const sides = [expression.first, expression.rest[0]![1]] as const;
  for (const [target, value] of [sides, [sides[1], sides[0]] as const]) {
    if (target.type === "property" && target.target.type === "variable" && !freeVariables(value).has(target.target.name)) {
      return { variable: target.target.name, key: target.key, value };
    }
  }
  return undefined;
}
