/** Clauses -> a pipe of rows: each clause takes rows and gives rows, lazily, so that LIMIT stops the work before it. */
import type { Clause, Expression, Projection, Query, SingleQuery } from "./ast.ts";
import { CypherError } from "./errors.ts";
import type { AggregateSlot, Evaluate, ExpressionCompiler, Projected, Row } from "./expression.ts";
import { aggregates, freeVariables, shape } from "./free.ts";
import { compileMatch } from "./match.ts";
import type { Run } from "./run.ts";
import { Scope, type VariableKind } from "./scope.ts";
import { groupKey, isList, order, type Value } from "./value.ts";

type Pipe = (rows: Iterable<Row>, run: Run) => Iterable<Row>;

export interface CompiledQuery {
  /** Names of the columns; empty for a subquery without RETURN. */
  readonly columns: readonly string[];
  /** Rows as wide as `columns`. `outer` is the row that a subquery starts from. */
  run(outer: Row, run: Run): Iterable<Row>;
}

/** `outer` is given for a subquery, which sees the variables around it and needs no RETURN. */
export function compileQuery(compiler: ExpressionCompiler, query: Query, outer?: Scope): CompiledQuery {
  const parts = query.parts.map((part) => compileSingle(compiler, part, outer));
  const [first] = parts as [CompiledQuery];
  if (parts.some((part) => part.columns.join("\0") !== first.columns.join("\0"))) {
    throw compiler.error("DifferentColumnsInUnion", "all parts of a UNION must return the same columns", 0);
  }
  if (parts.length === 1) return first;
  return {
    columns: first.columns,
    *run(row, run) {
      const all = (function* () {
        for (const part of parts) yield* part.run(row, run);
      })();
      yield* query.unionAll ? all : unique(all, run);
    },
  };
}

function compileSingle(compiler: ExpressionCompiler, { clauses }: SingleQuery, outer: Scope | undefined): CompiledQuery {
  let scope = outer?.inner() ?? new Scope();
  const pipes: Pipe[] = [];
  let columns: readonly string[] | undefined;
  for (const clause of clauses) {
    if (columns) throw compiler.error("InvalidClauseComposition", "nothing can follow RETURN", clause.offset);
    const compiled = compileClause(compiler, clause, scope);
    pipes.push(compiled.pipe);
    scope = compiled.scope;
    if (clause.type === "return") columns = scope.names();
  }
  if (!columns && !outer) throw compiler.error("InvalidClauseComposition", "a query ends with RETURN", clauses.at(-1)!.offset);
  return {
    columns: columns ?? [],
    run: (row, run) => pipes.reduce<Iterable<Row>>((rows, pipe) => pipe(rows, run), [row.slice()]),
  };
}

function compileClause(compiler: ExpressionCompiler, clause: Clause, scope: Scope): { pipe: Pipe; scope: Scope } {
  switch (clause.type) {
    case "match": {
      const inner = scope.inner();
      refuseAggregates(compiler, clause.where);
      const matcher = compileMatch(compiler, clause.patterns, inner, { newVariables: true, where: clause.where });
      return { scope: inner, pipe: clause.optional ? optionally(matcher) : everyMatch(matcher) };
    }
    case "unwind": {
      if (scope.get(clause.variable)) throw compiler.error("VariableAlreadyBound", `${clause.variable} is already bound`, clause.offset);
      refuseAggregates(compiler, clause.list);
      const list = compiler.compile(clause.list, scope);
      const inner = scope.inner();
      const { slot } = inner.add(clause.variable, "value");
      return { scope: inner, pipe: unwind(list, slot) };
    }
    case "with":
    case "return":
      return compileProjection(compiler, clause, scope);
    case "create":
      throw compiler.error("UnsupportedClause", "CREATE is refused: queries here only read", clause.offset);
  }
}

function refuseAggregates(compiler: ExpressionCompiler, expression: Expression | undefined): void {
  if (expression && aggregates(expression)) {
    throw compiler.error("InvalidAggregation", "an aggregate can only stand in WITH and RETURN", expression.offset);
  }
}

function everyMatch(matcher: ReturnType<typeof compileMatch>): Pipe {
  return function* (rows, run) {
    for (const row of rows) yield* matcher.rows(row, run);
  };
}

function optionally(matcher: ReturnType<typeof compileMatch>): Pipe {
  return function* (rows, run) {
    for (const row of rows) {
      let found = false;
      for (const match of matcher.rows(row.slice(), run)) {
        found = true;
        yield match;
      }
      if (found) continue;
      for (const slot of matcher.bound) row[slot] = null;
      yield row;
    }
  };
}

function unwind(list: Evaluate, slot: number): Pipe {
  return function* (rows, run) {
    for (const row of rows) {
      const value = list(row, run);
      if (value === null) continue;
      for (const item of isList(value) ? value : [value]) {
        run.spend();
        const next = row.slice();
        next[slot] = item;
        yield next;
      }
    }
  };
}

interface Item {
  readonly name: string;
  readonly expression: Expression;
  readonly kind: VariableKind;
  /** Where the value stands while the clause works, behind the slots of the input. */
  readonly slot: number;
  readonly evaluate: Evaluate;
  readonly aggregated: boolean;
}

function compileProjection(compiler: ExpressionCompiler, clause: Projection, input: Scope): { pipe: Pipe; scope: Scope } {
  const written = [...starItems(compiler, clause, input), ...clause.items];
  checkNames(compiler, clause, written);
  const aggregated = written.some((item) => aggregates(item.expression));
  const slots: AggregateSlot[] = [];
  const grouping = new Map<string, number>();
  const plain = written.filter((item) => !aggregates(item.expression));
  const items = [...plain, ...written.filter((item) => aggregates(item.expression))].map((item): Item => {
    const isAggregate = aggregates(item.expression);
    const slot = input.hidden();
    const projected: Projected | undefined = isAggregate ? { known: grouping, collect: { input, into: slots }, grouped: true } : undefined;
    const evaluate = compiler.compile(item.expression, input, projected);
    if (!isAggregate) grouping.set(shape(item.expression), slot);
    return { name: item.name, expression: item.expression, kind: kindOf(item.expression, input), slot, evaluate, aggregated: isAggregate };
  });
  const columns = written.map((item) => items.find((other) => other.name === item.name)!);

  // ORDER BY and WHERE see the columns, and where rows are still those of the input, its variables too.
  const collapsed = aggregated || clause.distinct;
  const visible = new Scope(input.layout, collapsed ? [] : input.entries());
  const sight = new Map([...visible.entries(), ...columns.map(({ name, kind, slot }) => [name, { slot, kind }] as const)]);
  const after = new Scope(input.layout, sight);
  const known = new Map(columns.map((item) => [shape(item.expression), item.slot]));
  for (const { name } of columns) known.delete(shape({ type: "variable", name, offset: 0 }));
  const afterwards = (expression: Expression): Evaluate => {
    if (aggregates(expression) && !aggregated) {
      throw compiler.error("InvalidAggregation", "an aggregate cannot stand in ORDER BY of a clause without aggregates", expression.offset);
    }
    return compiler.compile(expression, after, {
      known,
      grouped: false,
      ...(aggregated && aggregates(expression) && { collect: { input, into: slots } }),
    });
  };
  const sorting = clause.orderBy.map(({ expression, descending }) => ({ evaluate: afterwards(expression), sign: descending ? -1 : 1 }));
  const where = clause.where && afterwards(clause.where);
  const skip = clause.skip && boundary(compiler, "SKIP", clause.skip);
  const limit = clause.limit && boundary(compiler, "LIMIT", clause.limit);

  const output = new Scope();
  for (const { name, kind } of columns) output.add(name, kind);
  const compact: Pipe = function* (rows) {
    for (const row of rows) yield columns.map(({ slot }) => row[slot] ?? null);
  };
  const stages: Pipe[] = [aggregated ? group(items, slots) : project(items)];
  if (clause.distinct)
    stages.push((rows, run) =>
      unique(
        rows,
        run,
        columns.map((item) => item.slot),
      ),
    );
  if (sorting.length > 0) stages.push(sort(sorting, skip, limit));
  if (skip || limit) stages.push(window(skip, limit));
  if (where) stages.push(filter(where));
  stages.push(compact);
  return { scope: output, pipe: (rows, run) => stages.reduce((stream, stage) => stage(stream, run), rows) };
}

function starItems(compiler: ExpressionCompiler, clause: Projection, input: Scope): Projection["items"] {
  if (!clause.all) return [];
  const names = input.names().filter((name) => !name.startsWith(" "));
  if (names.length === 0 && clause.type === "return") {
    throw compiler.error("NoVariablesInScope", "RETURN * needs variables, and there are none", clause.offset);
  }
  const { offset } = clause;
  return names.sort().map((name) => ({ expression: { type: "variable", name, offset }, name, aliased: false, offset }));
}

function checkNames(compiler: ExpressionCompiler, clause: Projection, items: Projection["items"]): void {
  const names = new Set<string>();
  for (const { name, aliased, expression, offset } of items) {
    if (names.has(name)) throw compiler.error("ColumnNameConflict", `two columns are named ${name}`, offset);
    names.add(name);
    if (expression.type === "patternPredicate" && !expression.path.shortest) {
      throw compiler.error("UnexpectedSyntax", "a pattern is a condition, not a value; use EXISTS { } or a comprehension", offset);
    }
    if (clause.type === "with" && !aliased && expression.type !== "variable") {
      throw compiler.error("NoExpressionAlias", `WITH needs a name for ${name}: add AS`, offset);
    }
  }
}

function kindOf(expression: Expression, scope: Scope): VariableKind {
  return expression.type === "variable" ? (scope.get(expression.name)?.kind ?? "value") : "value";
}

function project(items: readonly Item[]): Pipe {
  return function* (rows, run) {
    for (const row of rows) {
      run.spend();
      const values = items.map((item) => item.evaluate(row, run));
      items.forEach((item, index) => (row[item.slot] = values[index]!));
      yield row;
    }
  };
}

/** Rows with equal values in the items without aggregates make a group; with no such items all rows make one, even when there are none. */
function group(items: readonly Item[], slots: readonly AggregateSlot[]): Pipe {
  const keys = items.filter((item) => !item.aggregated);
  return function* (rows, run) {
    const groups = new Map<string, { row: Row; accumulators: ReturnType<AggregateSlot["start"]>[] }>();
    const open = (row: Row, key: string) => {
      const made = { row, accumulators: slots.map((slot) => slot.start(run, row)) };
      groups.set(key, made);
      run.hold(groups.size);
      return made;
    };
    for (const row of rows) {
      run.spend();
      for (const item of keys) row[item.slot] = item.evaluate(row, run);
      const key = keys.map((item) => groupKey(row[item.slot]!)).join("|");
      const { accumulators } = groups.get(key) ?? open(row, key);
      slots.forEach(({ argument }, index) => {
        const value = argument ? argument(row, run) : true;
        if (value !== null) accumulators[index]!.add(value);
      });
    }
    if (groups.size === 0 && keys.length === 0) open([], "");
    for (const { row, accumulators } of groups.values()) {
      slots.forEach(({ slot }, index) => (row[slot] = accumulators[index]!.result()));
      for (const item of items) if (item.aggregated) row[item.slot] = item.evaluate(row, run);
      yield row;
    }
  };
}

function* unique(rows: Iterable<Row>, run: Run, slots?: readonly number[]): Generator<Row> {
  const seen = new Set<string>();
  for (const row of rows) {
    const key = (slots ? slots.map((slot) => row[slot]!) : row).map((value) => groupKey(value ?? null)).join("|");
    if (seen.has(key)) continue;
    seen.add(key);
    run.hold(seen.size);
    yield row;
  }
}

interface Sorting {
  readonly evaluate: Evaluate;
  readonly sign: number;
}

function sort(keys: readonly Sorting[], skip: Boundary | undefined, limit: Boundary | undefined): Pipe {
  return function* (rows, run) {
    const kept = limit ? (skip?.(run) ?? 0) + limit(run) : Number.POSITIVE_INFINITY;
    let held: { row: Row; values: Value[] }[] = [];
    const sorted = () =>
      held.sort((a, b) => {
        for (let index = 0; index < keys.length; index++) {
          const difference = order(a.values[index]!, b.values[index]!);
          if (difference !== 0) return keys[index]!.sign * difference;
        }
        return 0;
      });
    for (const row of rows) {
      run.spend();
      held.push({ row, values: keys.map((key) => key.evaluate(row, run)) });
      if (held.length >= 2 * kept + 1000) held = sorted().slice(0, kept);
      run.hold(held.length);
    }
    for (const { row } of sorted()) yield row;
  };
}

type Boundary = (run: Run) => number;

/** The number behind SKIP or LIMIT: a constant or a parameter, zero or more. */
function boundary(compiler: ExpressionCompiler, clause: "SKIP" | "LIMIT", expression: Expression): Boundary {
  if (freeVariables(expression).size > 0) {
    throw compiler.error("NonConstantExpression", `${clause} takes a number that does not depend on the row`, expression.offset);
  }
  const evaluate = compiler.compile(expression, new Scope());
  const check = (value: Value): number => {
    if (typeof value !== "bigint") throw compiler.error("InvalidArgumentType", `${clause} takes an Integer`, expression.offset);
    if (value < 0n) throw compiler.error("NegativeIntegerArgument", `${clause} takes no negative number`, expression.offset);
    return Number(value);
  };
  if (expression.type === "literal") check(expression.value);
  return (run) => check(evaluate([], run));
}

function window(skip: Boundary | undefined, limit: Boundary | undefined): Pipe {
  return function* (rows, run) {
    const from = skip?.(run) ?? 0;
    const to = limit ? from + limit(run) : Number.POSITIVE_INFINITY;
    if (from >= to) return;
    let index = 0;
    for (const row of rows) {
      if (index >= from) yield row;
      if (++index >= to) return;
    }
  };
}

function filter(where: Evaluate): Pipe {
  return function* (rows, run) {
    for (const row of rows) {
      const value = where(row, run);
      if (value === true) yield row;
      else if (value !== false && value !== null) throw new CypherError("TypeError", "InvalidArgumentType", "WHERE takes a Boolean");
    }
  };
}
