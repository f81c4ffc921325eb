/** Rows and columns that stay in the store until somebody asks for them. */
import type { ClaimValues, GraphRows } from "../../store/store.ts";
import type { Numbers } from "./columns.ts";

/** Most rows read at once. */
const MOST_AHEAD = 512;
/** How far behind the last row read a key may lie to be asked for in order: rows between may be gone, or not be wanted. */
const NEAR = 16;

/**
 * Rows of a table by key. One that is asked for is read by itself; where they are asked for in order, twice as many each time. Those read
 * are kept, so they must be those of the state that the copy is of: see `forget`.
 */
export class LazyRows<Row extends { readonly key: number }> {
  private readonly kept = new Map<number, Row>();
  private readonly read: (first: number, last: number) => readonly Row[];
  private readonly most: number;
  private next = 0;
  private ahead = 1;

  /**
   * @param read the rows from one key to another
   * @param most kept at once; then all are let go
   */
  constructor(read: (first: number, last: number) => readonly Row[], most: number) {
    this.read = read;
    this.most = most;
  }

  /** @throws {Error} where there is no such row, which then was taken out of the store without the copy being told */
  at(key: number): Row {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    this.ahead = key >= this.next && key < this.next + NEAR ? Math.min(2 * this.ahead, MOST_AHEAD) : 1;
    this.next = key + this.ahead;
    if (this.kept.size + this.ahead > this.most) this.kept.clear();
    const rows = this.read(key, this.next - 1);
    for (const row of rows) this.kept.set(row.key, row);
    const [found] = rows;
    if (found?.key !== key) throw new Error(`Row ${key} is not in the store any more.`);
    return found;
  }

  forget(key: number): void {
    this.kept.delete(key);
  }
}

interface Values<Value> {
  readonly length: number;
  at(row: number): Value;
  take(values: readonly Value[]): void;
}

/** One of the columns of claims: read as a whole when somebody asks for the first value of it. */
export class LazyColumn<Name extends keyof ClaimValues> {
  private readonly name: Name;
  private readonly keys: Numbers;
  private readonly rows: () => GraphRows;
  private readonly make: () => Values<ClaimValues[Name]>;
  private values: Values<ClaimValues[Name]> | undefined;

  /**
   * @param keys of the claims in the copy
   * @param rows those of the state that the copy is of
   * @param make an empty column
   */
  constructor(name: Name, keys: Numbers, rows: () => GraphRows, make: () => Values<ClaimValues[Name]>) {
    this.name = name;
    this.keys = keys;
    this.rows = rows;
    this.make = make;
  }

  at(claim: number): ClaimValues[Name] {
    return (this.values ??= this.filled(this.make(), this.rows())).at(claim);
  }

  /** Takes in what was added to the store, after the keys were. */
  add(rows: GraphRows): void {
    if (this.values !== undefined) this.filled(this.values, rows);
  }

  private filled(values: Values<ClaimValues[Name]>, rows: GraphRows): Values<ClaimValues[Name]> {
    for (const [keys, piece] of rows.claimValues(this.name)) {
      const first = values.length;
      for (const [row, key] of keys.entries()) if (this.keys.at(first + row) !== key) throw new Error(`Claim ${key} is out of its place.`);
      values.take(piece);
    }
    return values;
  }
}
