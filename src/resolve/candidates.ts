/** The graph's entities by blocking key, so that a new entity is compared with a few of them only. */
import type { EntityId, EntityKind } from "../model/graph.ts";
import { blockingKeys } from "./names.ts";

/** An entity of the graph, as much of it as resolving needs. A store's entity summaries will do. */
export interface KnownEntity {
  readonly id: EntityId;
  readonly kind: EntityKind;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly country?: string;
}

/** Entities by id and by kind and blocking key of each of their names. */
export class Candidates {
  readonly #byId = new Map<EntityId, KnownEntity>();
  readonly #byKey = new Map<string, Set<EntityId>>();

  /** Adds an entity, or new names and a country to one that is there. */
  add(entity: KnownEntity): void {
    const old = this.#byId.get(entity.id);
    const merged: KnownEntity =
      old === undefined
        ? entity
        : {
            ...old,
            aliases: [...new Set([...old.aliases, entity.name, ...entity.aliases])].filter((alias) => alias !== old.name),
            ...(old.country === undefined && entity.country !== undefined ? { country: entity.country } : {}),
          };
    this.#byId.set(entity.id, merged);
    for (const name of [merged.name, ...merged.aliases]) {
      for (const key of blockingKeys(merged.kind, name)) {
        const block = `${merged.kind}|${key}`;
        const ids = this.#byKey.get(block);
        if (ids === undefined) this.#byKey.set(block, new Set([entity.id]));
        else ids.add(entity.id);
      }
    }
  }

  get(id: EntityId): KnownEntity | undefined {
    return this.#byId.get(id);
  }

  /** All of this kind that share a key with one of the names, in the order they came. */
  near(kind: EntityKind, names: readonly string[]): KnownEntity[] {
    const ids = new Set<EntityId>();
    for (const name of names) {
      for (const key of blockingKeys(kind, name)) for (const id of this.#byKey.get(`${kind}|${key}`) ?? []) ids.add(id);
    }
    return [...ids].map((id) => this.#byId.get(id)).filter((entity) => entity !== undefined);
  }
}
