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

/**
 * LIMIT with a bound number. By "+ 0" SQLite does not plan for that number: a statement with a bare `LIMIT ?` is prepared anew whenever it is
 * run, which takes several times as long as finding a page of rows.
 */
export const LIMIT = "LIMIT ? + 0";

/** SQLite maps no more than it was built to, by default 2 GB. */
const MAPPED_BYTES = 2 ** 40;

/** A prepared statement; `row` makes an object of a row's values. */
interface Prepared {
  readonly statement: Database.Statement<unknown[], Value[]>;
  readonly row: (values: readonly Value[]) => unknown;
}

export class Connection {
  readonly file: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Prepared>();
  #writes = 0;
  /** The state that the database is held in. */
  #held: string | undefined;

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
    // Pages that are not in that cache, which is emptied by whatever another connection commits, are read where the system has them.
    this.pragma(`mmap_size = ${MAPPED_BYTES}`);
  }

  all<T = Row>(sql: string, parameters: Parameters = []): T[] {
    return this.#told(() => {
      const { statement, row } = this.#kept(sql);
      return statement.all(parameters).map(row) as T[];
    });
  }

  /** The first row. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a row holds is known to its query alone
  get<T = Row>(sql: string, parameters: Parameters = []): T | undefined {
    return this.#told(() => {
      const { statement, row } = this.#kept(sql);
      const values = statement.get(parameters);
      return values && (row(values) as T);
    });
  }

  /** The row of a query that always gives one. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
  one<T = Row>(sql: string, parameters: Parameters = []): T {
    return this.get<T>(sql, parameters) as T;
  }

  /** Another text once anything was written, over this connection or another. */
  state(): string {
    // As a statement, which is kept: `pragma` would prepare it for every request.
    return this.#held ?? `${this.one<{ data_version: number }>("PRAGMA data_version").data_version}.${this.#writes}`;
  }

  /**
   * Until `release`, all that is read is of one state, and SQLite takes and gives back its locks once and not for every statement. Nothing
   * is to be written meanwhile.
   */
  hold(): void {
    this.#step("BEGIN");
    // This first read fixes what the transaction sees.
    this.#held = this.state();
  }

  /** Does nothing when it is not held. What was read while it was held must have been read to its end, or returned. */
  release(): void {
    if (this.#held !== undefined) this.#step("COMMIT");
    this.#held = undefined;
  }

  /** Number of rows changed, and the key of the last one inserted. */
  run(sql: string, parameters: Parameters = []): { readonly changes: number; readonly key: number } {
    this.#writes++;
    const result = this.#told(() => this.#kept(sql).statement.run(parameters));
    return { changes: result.changes, key: Number(result.lastInsertRowid) };
  }

  /** Rows one by one. Until it ends the connection cannot write. */
  *iterate<T = Row>(sql: string, parameters: Parameters = []): Generator<T, undefined, undefined> {
    // A statement of its own: a kept one would refuse to run again while this walk is open.
    const { statement, row } = this.#told(() => this.#prepare(sql));
    const rows = this.#told(() => statement.iterate(parameters));
    const next = (): IteratorResult<readonly Value[]> => rows.next();
    try {
      for (;;) {
        const step = this.#told(next);
        if (step.done === true) return undefined;
        yield row(step.value) as T;
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
    this.#writes++;
    return this.#told(() => this.#database.transaction(work).immediate());
  }

  close(): void {
    this.#database.close();
  }

  #step(sql: "BEGIN" | "COMMIT"): void {
    this.#told(() => this.#kept(sql).statement.run());
  }

  #kept(sql: string): Prepared {
    let prepared = this.#statements.get(sql);
    if (prepared === undefined) {
      prepared = this.#prepare(sql);
      this.#statements.set(sql, prepared);
    }
    return prepared;
  }

  #prepare(sql: string): Prepared {
    const statement = this.#database.prepare<unknown[], Value[]>(sql);
    if (!statement.reader) return { statement, row: (values) => values };
    const names = statement.columns().map((column) => column.name);
    return { statement: statement.raw(), row: rowMaker(names) };
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

/**
 * A function from a row's values to an object; of columns by one name the last counts. Written as code, so that all rows have one shape:
 * a wide row takes half the time that it takes better-sqlite3 to make an object. Names are those of our own statements.
 */
function rowMaker(names: readonly string[]): (values: readonly Value[]) => unknown {
  const fields = names.map((name, index) => `${JSON.stringify(name)}: values[${index}]`);
  // oxlint-disable-next-line typescript/no-implied-eval -- nothing but quoted names and positions stands in it
  return new Function("values", `return { ${fields.join(", ")} };`) as (values: readonly Value[]) => unknown;
}
