/** What a query runs over: a property graph whose nodes and relationships are small integers. */
import type { MapValue, Value } from "./value.ts";

export interface PropertyGraph {
  /** Nodes are 0 to nodeCount - 1. */
  readonly nodeCount: number;
  readonly relationshipCount: number;
  labels(node: number): readonly string[];
  /** In ascending order; all nodes when no label is given. */
  nodesWith(label: string | undefined): Iterable<number>;
  countWith(label: string | undefined): number;
  /** Nodes whose property `key` is `value`, where an index knows them; undefined where none does. */
  find?(key: string, value: Value): Iterable<number> | undefined;
  /** Relationships in ascending order. */
  outgoing(node: number): ArrayLike<number>;
  incoming(node: number): ArrayLike<number>;
  type(relationship: number): string;
  source(relationship: number): number;
  target(relationship: number): number;
  /** Stable names for those outside. */
  nodeId(node: number): string;
  relationshipId(relationship: number): string;
  nodeProperty(node: number, key: string): Value;
  nodeProperties(node: number): MapValue;
  relationshipProperty(relationship: number, key: string): Value;
  relationshipProperties(relationship: number): MapValue;
}

/** What a running query may use up. Each is checked as it is spent, so that no query runs on. */
export interface Budget {
  /** Elementary steps: nodes looked at, relationships followed, values made. */
  readonly steps: number;
  readonly rows: number;
  readonly milliseconds: number;
}
