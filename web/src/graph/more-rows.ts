/** Rows of ids, some thousands of which are known already: these are not copied when a few more come. Pure. */
export class MoreRows implements ReadonlyMap<string, number> {
  readonly #first: ReadonlyMap<string, number>;
  readonly #further: ReadonlyMap<string, number>;

  /** @param ids in the order of their rows, which follow on those before */
  constructor(before: ReadonlyMap<string, number>, ids: readonly string[]) {
    const further = new Map(before instanceof MoreRows ? before.#further : undefined);
    this.#first = before instanceof MoreRows ? before.#first : before;
    this.#further = further;
    for (const id of ids) further.set(id, this.size);
  }

  get size(): number {
    return this.#first.size + this.#further.size;
  }

  get(id: string): number | undefined {
    return this.#first.get(id) ?? this.#further.get(id);
  }

  has(id: string): boolean {
    return this.#first.has(id) || this.#further.has(id);
  }

  *entries(): MapIterator<[string, number]> {
    yield* this.#first;
    yield* this.#further;
  }

  *keys(): MapIterator<string> {
    yield* this.#first.keys();
    yield* this.#further.keys();
  }

  *values(): MapIterator<number> {
    yield* this.#first.values();
    yield* this.#further.values();
  }

  [Symbol.iterator](): MapIterator<[string, number]> {
    return this.entries();
  }

  forEach(visit: (row: number, id: string, rows: ReadonlyMap<string, number>) => void): void {
    for (const [id, row] of this) visit(row, id, this);
  }
}
