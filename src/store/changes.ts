/** What was changed in the store, for those who keep something of it. */
import type { Connection } from "./driver.ts";
import type { Additions } from "./store.ts";

/** See `View.revision`. */
export function revision(connection: Connection): number {
  return connection.one<{ key: number }>("SELECT coalesce(max(key), 0) AS key FROM change").key;
}

/** See `View.additions`. */
export function additions(connection: Connection, since: number): Additions | undefined {
  const rows = connection.all<{ key: number; documents: string; entities: string; whole: number }>(
    "SELECT key, documents, entities, whole FROM change WHERE key > ? ORDER BY key",
    [since],
  );
  if (rows.some((row) => row.whole === 1) || (rows[0]?.key ?? since + 1) !== since + 1) return undefined;
  const all = (column: "documents" | "entities"): number[] => [...new Set(rows.flatMap((row) => JSON.parse(row[column]) as number[]))];
  return { documents: all("documents"), entities: all("entities") };
}
