/** Columns of a graph in memory: numbers, few words said often, and who is next to whom. */

const FIRST_ROWS = 1024;

/** A typed array that grows. */
class Column<Values extends Uint32Array | Float64Array> {
  private values: Values;
  private readonly make: (rows: number) => Values;
  length = 0;

  constructor(make: (rows: number) => Values) {
    this.make = make;
    this.values = make(FIRST_ROWS);
  }

  /** @returns how many there are then */
  push(value: number): number {
    if (this.length === this.values.length) this.widen(this.length + 1);
    this.values[this.length] = value;
    return ++this.length;
  }

  take(values: readonly number[]): void {
    this.widen(this.length + values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  fill(value: number, rows: number): void {
    this.widen(this.length + rows);
    this.values.fill(value, this.length, this.length + rows);
    this.length += rows;
  }

  at(row: number): number {
    return this.values[row]!;
  }

  /** All of them; a view, good until the next push. */
  array(): Values {
    return this.values.subarray(0, this.length) as Values;
  }

  private widen(rows: number): void {
    if (rows <= this.values.length) return;
    const wider = this.make(Math.max(rows, 2 * this.values.length));
    wider.set(this.values);
    this.values = wider;
  }
}

/** Whole numbers from 0 to 2^32 - 1. */
export class Numbers extends Column<Uint32Array> {
  constructor() {
    super((rows) => new Uint32Array(rows));
  }
}

export class Decimals extends Column<Float64Array> {
  constructor() {
    super((rows) => new Float64Array(rows));
  }
}

/** In the place of a node that is not there. */
export const NONE = -1;

/** What nodes some keys have. The keys lie close together. */
export class NodesByKey {
  /** One more than the node; 0 for none. */
  private values = new Uint32Array(FIRST_ROWS);

  set(key: number, node: number): void {
    if (key >= this.values.length) {
      const wider = new Uint32Array(Math.max(key + 1, 2 * this.values.length));
      wider.set(this.values);
      this.values = wider;
    }
    this.values[key] = node + 1;
  }

  /** NONE where there is none. */
  at(key: number): number {
    return (this.values[key] ?? 0) - 1;
  }

  all(keys: readonly number[]): number[] {
    const nodes: number[] = [];
    for (const key of keys) nodes.push((this.values[key] ?? 0) - 1);
    return nodes;
  }
}

/** Values of which few differ: each is kept once, rows hold its number. */
export class Words {
  private readonly codes = new Numbers();
  private readonly values: (string | null)[] = [null];
  private readonly known = new Map<string | null, number>([[null, 0]]);

  get length(): number {
    return this.codes.length;
  }

  take(words: readonly (string | null)[]): void {
    for (const word of words) this.codes.push(this.codeOf(word));
  }

  fill(word: string, rows: number): void {
    this.codes.fill(this.codeOf(word), rows);
  }

  private codeOf(word: string | null): number {
    let code = this.known.get(word);
    if (code === undefined) {
      code = this.values.push(word) - 1;
      this.known.set(word, code);
    }
    return code;
  }

  at(row: number): string | null {
    return this.values[this.codes.at(row)]!;
  }
}

/**
 * For each node the relationships that have it at one end, in ascending order: in two arrays (compressed sparse rows), but for nodes
 * that have gained some since those were made.
 */
export class Adjacency {
  private starts = new Uint32Array(1);
  private relationships = new Uint32Array(0);
  /** All relationships of the nodes that gained some. */
  private readonly grown = new Map<number, number[]>();
  /** How many relationships were taken in. */
  private known = 0;

  /**
   * Takes in the relationships that are new.
   * @param ends the node that each relationship, known or new, has at this end
   */
  follow(nodes: number, ends: Uint32Array): void {
    const { known } = this;
    if (ends.length - this.relationships.length > Math.max(FEWEST_APART, this.relationships.length / SHARE_APART))
      return this.sort(nodes, ends);
    for (let relationship = known; relationship < ends.length; relationship++) {
      const node = ends[relationship]!;
      let all = this.grown.get(node);
      if (all === undefined) this.grown.set(node, (all = [...this.sorted(node)]));
      all.push(relationship);
    }
    this.known = ends.length;
  }

  private sort(nodes: number, ends: Uint32Array): void {
    this.grown.clear();
    this.known = ends.length;
    this.starts = new Uint32Array(nodes + 1);
    for (const node of ends) this.starts[node + 1]!++;
    for (let node = 0; node < nodes; node++) this.starts[node + 1]! += this.starts[node]!;
    const next = this.starts.slice();
    this.relationships = new Uint32Array(ends.length);
    for (let relationship = 0; relationship < ends.length; relationship++) {
      this.relationships[next[ends[relationship]!]!++] = relationship;
    }
  }

  private sorted(node: number): Uint32Array {
    return this.relationships.subarray(this.starts[node] ?? 0, this.starts[node + 1] ?? 0);
  }

  at(node: number): ArrayLike<number> {
    return this.grown.get(node) ?? this.sorted(node);
  }
}

/** How many relationships, and what part of all, may be kept apart before all are sorted anew. */
const FEWEST_APART = 10_000;
const SHARE_APART = 10;
