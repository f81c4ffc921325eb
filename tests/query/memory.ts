/** A small property graph in memory, and a loader that reads it from CREATE statements: for tests of the query language only. */
import type { Clause, Expression, NodePattern, PathPattern, Query, RelationshipPattern } from "../../src/query/cypher/ast.ts";
import { ExpressionCompiler } from "../../src/query/cypher/expression.ts";
import type { PropertyGraph } from "../../src/query/cypher/graph.ts";
import { parse } from "../../src/query/cypher/parser.ts";
import { compileQuery } from "../../src/query/cypher/query.ts";
import { Run } from "../../src/query/cypher/run.ts";
import { Scope } from "../../src/query/cypher/scope.ts";
import { NodeValue, RelationshipValue, type MapValue, type Value } from "../../src/query/cypher/value.ts";

export const GENEROUS = { steps: 5_000_000, rows: 200_000, milliseconds: 20_000 };

interface Node {
  readonly labels: readonly string[];
  readonly properties: Map<string, Value>;
  readonly outgoing: number[];
  readonly incoming: number[];
}

interface Relationship {
  readonly type: string;
  readonly source: number;
  readonly target: number;
  readonly properties: Map<string, Value>;
}

export class MemoryGraph implements PropertyGraph {
  readonly nodes: Node[] = [];
  readonly relationships: Relationship[] = [];

  get nodeCount(): number {
    return this.nodes.length;
  }

  get relationshipCount(): number {
    return this.relationships.length;
  }

  addNode(labels: readonly string[], properties: MapValue): number {
    return this.nodes.push({ labels, properties: withoutNulls(properties), outgoing: [], incoming: [] }) - 1;
  }

  addRelationship(type: string, source: number, target: number, properties: MapValue): number {
    const id = this.relationships.push({ type, source, target, properties: withoutNulls(properties) }) - 1;
    this.nodes[source]!.outgoing.push(id);
    this.nodes[target]!.incoming.push(id);
    return id;
  }

  labels(node: number): readonly string[] {
    return this.nodes[node]!.labels;
  }

  *nodesWith(label: string | undefined): Iterable<number> {
    for (const [index, node] of this.nodes.entries()) if (label === undefined || node.labels.includes(label)) yield index;
  }

  countWith(label: string | undefined): number {
    return [...this.nodesWith(label)].length;
  }

  outgoing(node: number): readonly number[] {
    return this.nodes[node]!.outgoing;
  }

  incoming(node: number): readonly number[] {
    return this.nodes[node]!.incoming;
  }

  type(relationship: number): string {
    return this.relationships[relationship]!.type;
  }

  source(relationship: number): number {
    return this.relationships[relationship]!.source;
  }

  target(relationship: number): number {
    return this.relationships[relationship]!.target;
  }

  nodeId(node: number): string {
    return `n${node}`;
  }

  relationshipId(relationship: number): string {
    return `r${relationship}`;
  }

  nodeProperty(node: number, key: string): Value {
    return this.nodes[node]!.properties.get(key) ?? null;
  }

  nodeProperties(node: number): MapValue {
    return this.nodes[node]!.properties;
  }

  relationshipProperty(relationship: number, key: string): Value {
    return this.relationships[relationship]!.properties.get(key) ?? null;
  }

  relationshipProperties(relationship: number): MapValue {
    return this.relationships[relationship]!.properties;
  }

  /** Runs a statement of CREATE clauses, with reading clauses before or between them. */
  load(statement: string): void {
    const query = parse(statement);
    let bindings: Map<string, Value>[] = [new Map()];
    let reading: Clause[] = [];
    for (const clause of query.parts[0].clauses) {
      if (clause.type !== "create") {
        reading.push(clause);
        continue;
      }
      bindings = bindings.flatMap((binding) => this.read(statement, reading, binding));
      reading = [];
      for (const binding of bindings) for (const path of clause.patterns) this.create(statement, path, binding);
    }
  }

  private read(statement: string, clauses: readonly Clause[], binding: ReadonlyMap<string, Value>): Map<string, Value>[] {
    if (clauses.length === 0) return [new Map(binding)];
    const { scope, row } = bind(binding);
    const star: Clause = { type: "return", distinct: false, all: true, items: [], orderBy: [], offset: 0 };
    const query: Query = { parts: [{ clauses: [...clauses, star] }], unionAll: false };
    const compiled = compileQuery(new ExpressionCompiler(statement), query, scope);
    const rows = [...compiled.run(row, new Run(this, new Map(), GENEROUS))];
    return rows.map((values) => new Map(compiled.columns.map((name, index) => [name, values[index]!])));
  }

  private create(statement: string, path: PathPattern, binding: Map<string, Value>): void {
    const evaluate = (expression: Expression | undefined): MapValue => {
      if (!expression) return new Map();
      const { scope, row } = bind(binding);
      return new ExpressionCompiler(statement).compile(expression, scope)(row, new Run(this, new Map(), GENEROUS)) as MapValue;
    };
    const node = (pattern: NodePattern): number => {
      const known = pattern.variable === undefined ? undefined : binding.get(pattern.variable);
      if (known instanceof NodeValue) return known.node;
      const id = this.addNode(pattern.labels, evaluate(pattern.properties));
      if (pattern.variable !== undefined) binding.set(pattern.variable, new NodeValue(id));
      return id;
    };
    const relate = (pattern: RelationshipPattern, left: number, right: number): void => {
      const [source, target] = pattern.direction === "in" ? [right, left] : [left, right];
      const id = this.addRelationship(pattern.types[0]!, source, target, evaluate(pattern.properties));
      if (pattern.variable !== undefined) binding.set(pattern.variable, new RelationshipValue(id));
    };
    const nodes = path.nodes.map(node);
    path.relationships.forEach((pattern, index) => relate(pattern, nodes[index]!, nodes[index + 1]!));
  }
}

function withoutNulls(properties: MapValue): Map<string, Value> {
  return new Map([...properties].filter(([, value]) => value !== null));
}

function bind(binding: ReadonlyMap<string, Value>): { scope: Scope; row: Value[] } {
  const scope = new Scope();
  const row: Value[] = [];
  for (const [name, value] of binding) {
    const kind = value instanceof NodeValue ? "node" : value instanceof RelationshipValue ? "relationship" : "value";
    row[scope.add(name, kind).slot] = value;
  }
  return { scope, row };
}
