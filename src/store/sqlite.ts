/** The store in one SQLite file. */
import { KnownError } from "../model/errors.ts";
import type { DocumentGraph, EntityId, Judgement, Links, RelationName } from "../model/graph.ts";
import type { DocumentId, SourceDocument } from "../model/text.ts";
import { Derivation } from "./derive.ts";
import { Connection, type ConnectionOptions } from "./driver.ts";
import { checkGraph, putIn, takeOut } from "./record.ts";
import { bringUpToDate, checkReadable } from "./schema.ts";
import type { CommitOptions, GraphStore, Snapshot, SteadyView } from "./store.ts";
import { SqliteView } from "./view.ts";

export interface StoreOptions extends Pick<ConnectionOptions, "busyTimeout"> {
  /** Relations that have no direction (`Relation.symmetric`): their edges are stored once, whoever a sentence names first. */
  readonly symmetric: Iterable<RelationName>;
}

/**
 * Opens a database for reading and writing; a missing file is made.
 * @throws {KnownError} store-locked, store-damaged, store-foreign, store-newer, store-unwritable
 */
export function openStore(file: string, options: StoreOptions): GraphStore {
  const connection = new Connection(file, options);
  return orClose(connection, () => {
    // Before anything is changed: a file of another program stays as it is.
    bringUpToDate(connection);
    if (connection.pragma("journal_mode = WAL") !== "wal") {
      throw new KnownError("store-unwritable", `${file} lies on a file system without shared memory: name a file on a local disk.`, {
        file,
      });
    }
    connection.pragma("synchronous = FULL");
    connection.pragma("foreign_keys = ON");
    // Pages (of 4 KB): most commits touch the same ones, and writing them back less often is what makes long ingestion fast.
    connection.pragma("wal_autocheckpoint = 8000");
    const store = new SqliteStore(connection);
    store.declareSymmetric(options.symmetric);
    return store;
  });
}

/**
 * Opens a database for reading alone, to show what is in it whenever it is asked.
 * @throws {KnownError} as `openSnapshot`
 */
export function openView(file: string): SteadyView {
  const connection = new Connection(file, { readonly: true });
  return orClose(connection, () => {
    checkReadable(connection);
    return new SqliteSteadyView(connection);
  });
}

/**
 * Opens a database for reading alone, as it is at this moment.
 * @throws {KnownError} store-missing, store-locked, store-damaged, store-foreign, store-newer, store-unwritable
 */
export function openSnapshot(file: string, options: Pick<ConnectionOptions, "cacheMegabytes"> = {}): Snapshot {
  const connection = new Connection(file, { ...options, readonly: true });
  return orClose(connection, () => {
    checkReadable(connection);
    return new SqliteSnapshot(connection);
  });
}

function orClose<T>(connection: Connection, work: () => T): T {
  try {
    return work();
  } catch (error) {
    connection.close();
    throw error;
  }
}

class SqliteSteadyView extends SqliteView implements SteadyView {
  hold(): void {
    this.connection.hold();
  }

  release(): void {
    this.connection.release();
  }

  close(): void {
    this.connection.close();
  }
}

class SqliteSnapshot extends SqliteView implements Snapshot {
  constructor(connection: Connection) {
    super(connection);
    connection.hold();
  }

  close(): void {
    this.connection.close();
  }
}

class SqliteStore extends SqliteView implements GraphStore {
  snapshot(): Snapshot {
    return openSnapshot(this.connection.file);
  }

  steadily<T>(work: () => T): T {
    this.connection.hold();
    try {
      return work();
    } finally {
      this.connection.release();
    }
  }

  commit(source: SourceDocument, graph: DocumentGraph, links: Links, options: CommitOptions): void {
    checkGraph(source, graph, links);
    this.#change((derivation) => {
      const older = this.connection.all<{ key: number }>("SELECT key FROM document WHERE id = ? OR origin = ?", [
        source.id,
        options.origin ?? null,
      ]);
      for (const { key } of older) takeOut(this.connection, derivation, key);
      putIn(this.connection, derivation, source, graph, links, options);
    });
  }

  remove(id: DocumentId): boolean {
    return this.#change((derivation) => {
      const row = this.connection.get<{ key: number }>("SELECT key FROM document WHERE id = ?", [id]);
      if (row === undefined) return false;
      takeOut(this.connection, derivation, row.key);
      return true;
    });
  }

  judge({ left, right, verdict, reason, by }: Judgement): void {
    this.#change((derivation) => {
      this.connection.run(`DELETE FROM judgement WHERE by = ? AND document IS NULL AND ${PAIR}`, [by, left, right, right, left]);
      this.connection.run('INSERT INTO judgement ("left", "right", verdict, reason, by) VALUES (?, ?, ?, ?, ?)', [
        left,
        right,
        verdict,
        reason,
        by,
      ]);
      derivation.judged(left, right);
    });
  }

  withdraw(left: EntityId, right: EntityId): boolean {
    return this.#change((derivation) => {
      const { changes } = this.connection.run(`DELETE FROM judgement WHERE ${PAIR}`, [left, right, right, left]);
      derivation.judged(left, right);
      return changes > 0;
    });
  }

  rebuild(): void {
    this.#change((derivation) => derivation.everything());
  }

  close(): void {
    this.connection.close();
  }

  /** Keeps the list of relations without direction; edges are derived anew when it changed. */
  declareSymmetric(relations: Iterable<RelationName>): void {
    const declared = JSON.stringify([...new Set(relations)].sort());
    const stored = "SELECT json_group_array(relation) AS list FROM (SELECT relation FROM symmetric ORDER BY relation)";
    if (this.connection.get<{ list: string }>(stored)?.list === declared) return;
    this.#change((derivation) => {
      this.connection.run("DELETE FROM symmetric");
      this.connection.run("INSERT INTO symmetric (relation) SELECT value FROM json_each(?)", [declared]);
      derivation.everything();
    });
  }

  /** One transaction: the record changes, then what is derived from it. */
  #change<T>(work: (derivation: Derivation) => T): T {
    return this.connection.transaction(() => {
      const derivation = new Derivation(this.connection);
      const result = work(derivation);
      derivation.settle();
      return result;
    });
  }
}

const PAIR = `(("left" = ? AND "right" = ?) OR ("left" = ? AND "right" = ?))`;
