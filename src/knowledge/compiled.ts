/**
 * Our own knowledge as the build has read, checked and bound it. Reading a megabyte of YAML and checking it takes longer than reading a
 * document; a user's folders are read and checked every time.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Knowledge } from "./types.ts";

/** Beside the code that made it. From source there is none. */
const FILE = new URL("compiled.bin", import.meta.url);

interface Compiled {
  readonly stamp: string;
  readonly knowledge: Knowledge;
}

/** What was compiled from the files of this version by the code that stands here now; undefined where nothing was. */
export function compiled(version: string): Knowledge | undefined {
  if (!import.meta.url.endsWith(".js")) return undefined;
  try {
    const { stamp, knowledge } = deserialize(readFileSync(FILE)) as Compiled;
    return stamp === stampOf(version) ? frozen(knowledge) : undefined;
  } catch {
    // It is missing, or another Node wrote it in a form of its own.
    return undefined;
  }
}

/** Keeps what was read, for `compiled`. */
export function compile(knowledge: Knowledge): void {
  writeFileSync(FILE, serialize({ stamp: stampOf(knowledge.version), knowledge } satisfies Compiled));
}

function stampOf(version: string): string {
  const hash = createHash("sha256").update(version);
  const code = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".js"));
  for (const name of code.sort()) hash.update(readFileSync(new URL(name, import.meta.url)));
  return hash.digest("hex");
}

function frozen(knowledge: Knowledge): Knowledge {
  for (const part of Object.values(knowledge)) {
    if (Array.isArray(part)) Object.freeze(part);
    const entries: Iterable<unknown> = Array.isArray(part) ? part : part instanceof Map ? part.values() : [part];
    for (const entry of entries) Object.freeze(entry);
  }
  return Object.freeze(knowledge);
}
