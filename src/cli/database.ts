/** The database that the commands share: how it is opened, what it holds in a few lines. */
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Knowledge } from "../knowledge/types.ts";
import type { StatsAnswer } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import { openStore } from "../store/sqlite.ts";
import type { GraphStore } from "../store/store.ts";
import { table } from "./terminal.ts";

/**
 * Opens the database for reading and writing, its folder made where there is none.
 * @throws {KnownError} store-unwritable and what `openStore` throws
 */
export function openDatabase(file: string, knowledge: Knowledge): GraphStore {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
  } catch (error) {
    const message = `${dirname(resolve(file))} cannot be made for the database: name another place with --db.`;
    throw new KnownError("store-unwritable", message, { file }, { cause: error });
  }
  const symmetric = [...knowledge.relations.values()].filter((relation) => relation.symmetric).map((relation) => relation.name);
  return openStore(file, { symmetric });
}

/** What the graph holds, for people. */
export function describe(stats: StatsAnswer): string {
  const nodes = Object.entries(stats.entitiesByKind);
  const relations = Object.entries(stats.claimsByRelation);
  const total = nodes.reduce((sum, [, number]) => sum + number, 0);
  const rows: (readonly (string | number)[])[] = [
    ["Documents", stats.documents, ""],
    ["Sentences", stats.sentences, ""],
    ["Nodes", total, list(nodes)],
    ["Edges", stats.edges, ""],
    ["Relations", stats.claims, list(relations)],
  ];
  const dates = stats.dates ? `Events from ${stats.dates.from} to ${stats.dates.to}\n` : "";
  return table(rows) + dates;
}

function list(counts: readonly (readonly [string, number])[]): string {
  return counts
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${name} ${number}`)
    .join(", ");
}
