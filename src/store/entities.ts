/** Entities by key, those read before kept: lists of neighbours name the same well connected ones again and again. */
import type { EntitySummary } from "../model/api.ts";
import type { EntityId } from "../model/graph.ts";
import { additions, revision } from "./changes.ts";
import type { Connection } from "./driver.ts";
import { list } from "./filter.ts";
import { ENTITY_COLUMNS, type EntityRow, entityOf } from "./rows.ts";

/** Kept at once; then all are let go. */
const MOST_KEPT = 50_000;

export class Entities {
  readonly #connection: Connection;
  readonly #kept = new Map<number, EntitySummary>();
  readonly #keys = new Map<EntityId, number>();
  #state = "";
  #revision = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The key of the entity that an id means; undefined where no node has it. */
  keyOf(id: EntityId): number | undefined {
    this.#follow();
    let key = this.#keys.get(id);
    if (key === undefined) {
      key = this.#connection.get<{ key: number }>("SELECT survivor AS key FROM node WHERE id = ?", [id])?.key;
      if (this.#keys.size >= MOST_KEPT) this.#keys.clear();
      if (key !== undefined) this.#keys.set(id, key);
    }
    return key;
  }

  one(key: number): EntitySummary | undefined {
    this.#follow();
    return this.#kept.get(key) ?? this.of([key]).get(key);
  }

  /** Those that there are, each once, in the order of the keys. */
  of(keys: readonly number[]): Map<number, EntitySummary> {
    this.#follow();
    const missing = keys.filter((key) => !this.#kept.has(key));
    if (this.#kept.size + missing.length > MOST_KEPT) this.#kept.clear();
    const read = missing.length === keys.length || this.#kept.size === 0 ? keys : missing;
    const rows = read.length === 0 ? [] : this.#read(read);
    for (const row of rows) this.#kept.set(row.key, entityOf(row));
    const found = new Map<number, EntitySummary>();
    for (const key of keys) {
      const entity = this.#kept.get(key);
      if (entity !== undefined) found.set(key, entity);
    }
    return found;
  }

  #read(keys: readonly number[]): EntityRow[] {
    return this.#connection.all<EntityRow>(
      `SELECT ${ENTITY_COLUMNS} FROM json_each(?) AS wanted
       JOIN entity ON entity.key = wanted.value JOIN node ON node.key = entity.key`,
      [list(keys)],
    );
  }

  /** Lets go of those that something written since may say more of. One read while that is written is of the newer state, or is let go. */
  #follow(): void {
    const state = this.#connection.state();
    if (state === this.#state) return;
    const now = revision(this.#connection);
    const added = now === this.#revision ? { entities: [] } : additions(this.#connection, this.#revision);
    if (added === undefined) {
      this.#kept.clear();
      this.#keys.clear();
    } else for (const key of added.entities) this.#kept.delete(key);
    this.#state = state;
    this.#revision = now;
  }
}
