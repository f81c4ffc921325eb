/** Columns of a graph in memory: numbers, few words said often, texts said once, and who is next to whom. */

const FIRST_ROWS = 1024;
const FIRST_BYTES = 65_536;
/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const BYTES_A_UNIT = 3;

/** Whole numbers from 0 to 2^32 - 1. */
export class Numbers {
  private values = new Uint32Array(FIRST_ROWS);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Uint32Array(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  at(row: number): number {
    return this.values[row]!;
  }

  /** All of them; a view, good until the next push. */
  array(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}

/** Values of which few differ: each is kept once, rows hold its number. */
export class Words {
  private readonly codes = new Numbers();
  private readonly values: (string | null)[] = [null];
  private readonly known = new Map<string | null, number>([[null, 0]]);

  push(value: string | null | undefined): void {
    const word = value ?? null;
    let code = this.known.get(word);
    if (code === undefined) {
      code = this.values.push(word) - 1;
      this.known.set(word, code);
    }
    this.codes.push(code);
  }

  at(row: number): string | null {
    return this.values[this.codes.at(row)]!;
  }
}

/** Texts end to end in one buffer of UTF-8, out of the garbage collector's way. Together at most 4 GB. */
export class Texts {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private readonly ends = new Numbers();
  private used = 0;

  push(text: string): void {
    const needed = this.used + text.length * BYTES_A_UNIT;
    if (needed > this.bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(wider, 0, 0, this.used);
      this.bytes = wider;
    }
    this.used += this.bytes.write(text, this.used, "utf8");
    this.ends.push(this.used);
  }

  get length(): number {
    return this.ends.length;
  }

  at(row: number): string {
    return this.bytes.toString("utf8", row === 0 ? 0 : this.ends.at(row - 1), this.ends.at(row));
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
