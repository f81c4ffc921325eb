/** One SQLite connection: prepared statements kept, errors told in plain words; the only file that knows better-sqlite3. */
import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { KnownError } from "../model/errors.ts";

export type Value = string | number | null;
/** Bound by position, or by name (`:name`). */
export type Parameters = readonly Value[] | Readonly<Record<string, Value>>;
export type Row = Record<string, Value>;

export interface ConnectionOptions {
  readonly readonly?: boolean;
  /** Milliseconds to wait for another process that writes. */
  readonly busyTimeout?: number;
  /** Of SQLite's cache of pages; sorting takes as much again. */
  readonly cacheMegabytes?: number;
}

export class Connection {
  readonly file: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /** @throws {KnownError} store-missing (when only reading), store-locked, store-damaged, store-unwritable */
  constructor(file: string, options: ConnectionOptions = {}) {
    this.file = file;
    const readonly = options.readonly ?? false;
    if (readonly && !existsSync(file)) {
      throw new KnownError("store-missing", `No database at ${file}: make one with "entente ingest PATH --db ${file}".`, { file });
    }
    this.#database = this.#told(() => new Database(file, { readonly, timeout: options.busyTimeout ?? 5000 }));
    // Negative: kibibytes. SQLite's own 2 MB are too few for the indexes of a graph of any size.
    this.pragma(`cache_size = -${1024 * (options.cacheMegabytes ?? 64)}`);
  }

  all<T = Row>(sql: string, parameters: Parameters = []): T[] {
    return this.#told(() => this.#prepare(sql).all(parameters) as T[]);
  }

  /** The first row. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a row holds is known to its query alone
  get<T = Row>(sql: string, parameters: Parameters = []): T | undefined {
    return this.#told(() => this.#prepare(sql).get(parameters) as T | undefined);
  }

  /** The row of a query that always gives one. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
  one<T = Row>(sql: string, parameters: Parameters = []): T {
    return this.get<T>(sql, parameters) as T;
  }

  /** Number of rows changed, and the key of the last one inserted. */
  run(sql: string, parameters: Parameters = []): { readonly changes: number; readonly key: number } {
    const result = this.#told(() => this.#prepare(sql).run(parameters));
    return { changes: result.changes, key: Number(result.lastInsertRowid) };
  }

  /** Rows one by one. Until it ends the connection cannot write. */
  *iterate<T = Row>(sql: string, parameters: Parameters = []): Generator<T, undefined, undefined> {
    // A statement of its own: a kept one would refuse to run again while this walk is open.
    const rows = this.#told(() => this.#database.prepare(sql).iterate(parameters) as IterableIterator<T>);
    try {
      for (;;) {
        const step = this.#told(() => rows.next());
        if (step.done === true) return undefined;
        yield step.value;
      }
    } finally {
      rows.return?.();
    }
  }

  /** Several statements, no parameters, no rows. */
  execute(sql: string): void {
    this.#told(() => this.#database.exec(sql));
  }

  pragma(text: string): Value {
    return this.#told(() => this.#database.pragma(text, { simple: true }) as Value);
  }

  /** Runs `work` in one transaction that holds the write lock from the start; all of it is kept, or none. */
  transaction<T>(work: () => T): T {
    return this.#told(() => this.#database.transaction(work).immediate());
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #told<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#inPlainWords(error);
    }
  }

  #inPlainWords(error: unknown): unknown {
    if (error instanceof TypeError && /directory does not exist/u.test(error.message)) {
      return new KnownError("store-unwritable", `The folder of ${this.file} does not exist: make it, or name another file with --db.`, {
        file: this.file,
      });
    }
    if (!(error instanceof Database.SqliteError)) return error;
    const detail = { file: this.file, sqlite: error.code };
    const cause = { cause: error };
    if (/^SQLITE_(?:BUSY|LOCKED)/u.test(error.code)) {
      return new KnownError(
        "store-locked",
        `Another process is writing to ${this.file}: wait until it has ended, or use another --db.`,
        detail,
        cause,
      );
    }
    if (/^SQLITE_(?:CORRUPT|NOTADB)/u.test(error.code)) {
      return new KnownError(
        "store-damaged",
        `${this.file} is damaged or not a database (${error.message}): move it away and ingest the documents again.`,
        detail,
        cause,
      );
    }
    if (/^SQLITE_(?:CANTOPEN|READONLY|IOERR|FULL|PERM|AUTH)/u.test(error.code)) {
      return new KnownError(
        "store-unwritable",
        `${this.file} cannot be opened or written (${error.message}): check that the disk has room and that the file and its folder are yours.`,
        detail,
        cause,
      );
    }
    return error;
  }
}
