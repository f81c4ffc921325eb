/** Sets and maps over rows of columns: nothing is copied, what is asked is looked up. */

interface Rows {
  readonly size: number;
  readonly has: (row: number) => boolean;
}

/**
 * A map whose values are made when they are asked for.
 * @param rows where each key is
 * @param chosen which rows are in the map; absent for all
 */
export function rowMap<V>(
  rows: ReadonlyMap<string, number>,
  valueAt: (row: number) => V,
  chosen: Rows = { size: rows.size, has: () => true },
): ReadonlyMap<string, V> {
  function* entries(): MapIterator<[string, V]> {
    for (const [key, row] of rows) if (chosen.has(row)) yield [key, valueAt(row)];
  }
  function* keys(): MapIterator<string> {
    for (const [key, row] of rows) if (chosen.has(row)) yield key;
  }
  function* values(): MapIterator<V> {
    for (const row of rows.values()) if (chosen.has(row)) yield valueAt(row);
  }
  const map: ReadonlyMap<string, V> = {
    size: chosen.size,
    get(key) {
      const row = rows.get(key);
      return row !== undefined && chosen.has(row) ? valueAt(row) : undefined;
    },
    has(key) {
      const row = rows.get(key);
      return row !== undefined && chosen.has(row);
    },
    forEach(visit) {
      for (const [key, value] of entries()) visit(value, key, map);
    },
    entries,
    keys,
    values,
    [Symbol.iterator]: entries,
  };
  return map;
}

/** A set of the keys whose row is chosen. */
export function rowSet(rows: ReadonlyMap<string, number>, chosen: Rows): ReadonlySet<string> {
  const map = rowMap(rows, () => true, chosen);
  const keys = () => map.keys();
  const set: ReadonlySet<string> = {
    size: map.size,
    has: (key) => map.has(key),
    keys,
    values: keys,
    [Symbol.iterator]: keys,
    forEach(visit) {
      for (const key of keys()) visit(key, key, set as Set<string>);
    },
    *entries(): SetIterator<[string, string]> {
      for (const key of keys()) yield [key, key];
    },
  };
  return set;
}
