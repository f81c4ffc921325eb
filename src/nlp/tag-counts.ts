/**
 * How often the training sentences give a word a tag, by its relation and the treebank. Beside its relation a word's tag is nearly certain
 * ("for" is SCONJ as mark, ADP as case), and what treebanks do not agree on is mostly a matter of single words ("United" of "United
 * Nations"), which a network learns slowly. The counts weigh in when the tag is chosen, after the tree.
 */
import { UPOS } from "../model/annotation.ts";
import { CONVENTIONS, type Convention } from "./conventions.ts";
import { hash } from "./features.ts";

/** Tags kept of a key, the commonest, each with its count. */
const KEPT = 3;
const ROW = 2 * KEPT;
/** Bytes of a key's hash. */
const HASH = 4;
const LARGEST = 255;
/** How far the logarithm of a tag's share weighs beside the network's score; chosen on the dev parts of the treebanks. */
const WEIGHT = 0.5;
/** No share is smaller than this. */
const FLOOR = 1e-4;

/** Key of a word with a relation in the sentences of a convention. */
export function tagKey(convention: Convention, relation: string, word: string): string {
  return `${CONVENTIONS.indexOf(convention)}${relation} ${word}`;
}

/** Counts by tagKey, a key being known by its hash alone: one in 50,000 unknown keys is taken for a known one. */
export class TagCounts {
  readonly #hashes: Uint32Array;
  readonly #rows: Uint8Array;

  /** @param bytes as packTagCounts gives them; throws when they hold no whole number of keys. */
  constructor(bytes: Uint8Array) {
    const keys = bytes.length / (HASH + ROW);
    if (!Number.isInteger(keys)) throw new Error(`tags.bin has ${bytes.length} bytes, which is no multiple of ${HASH + ROW}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    this.#hashes = Uint32Array.from({ length: keys }, (_, k) => view.getUint32(k * HASH, true));
    this.#rows = bytes.subarray(keys * HASH);
  }

  /** Adds the weighted logarithm of each tag's share, up to a constant, to scores[at ...]; nothing for an unknown key. */
  weigh(scores: Float32Array, at: number, key: string): void {
    const row = this.#find(hashOf(key));
    if (row < 0) return;
    const rows = this.#rows;
    // one occurrence more counts as spread over all tags
    let total = 1;
    for (let i = row * ROW; i < (row + 1) * ROW; i += 2) total += rows[i + 1] as number;
    const logShare = (count: number) => Math.log((count + 1 / UPOS.length) / total + FLOOR);
    const unseen = logShare(0);
    for (let i = row * ROW; i < (row + 1) * ROW && rows[i + 1] !== 0; i += 2) {
      const tag = at + (rows[i] as number);
      scores[tag] = (scores[tag] as number) + WEIGHT * (logShare(rows[i + 1] as number) - unseen);
    }
  }

  #find(wanted: number): number {
    let low = 0;
    let high = this.#hashes.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#hashes[middle] as number;
      if (found === wanted) return middle;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

const hashOf = (key: string) => hash(key, 0, key.length, 0);

/** The bytes of TagCounts for pairs of a key and a tag's number: all hashes in ascending order, little-endian, then all rows. */
export function packTagCounts(pairs: Iterable<readonly [key: string, tag: number]>): Uint8Array {
  const counts = new Map<number, Map<number, number>>();
  for (const [key, tag] of pairs) {
    const hashed = hashOf(key);
    const found = counts.get(hashed) ?? new Map<number, number>();
    counts.set(hashed, found.set(tag, (found.get(tag) ?? 0) + 1));
  }
  const keys = [...counts.keys()].sort((a, b) => a - b);
  const bytes = new Uint8Array(keys.length * (HASH + ROW));
  const view = new DataView(bytes.buffer);
  keys.forEach((key, k) => {
    view.setUint32(k * HASH, key, true);
    const commonest = [...(counts.get(key) as Map<number, number>)].sort(([a, n], [b, m]) => m - n || a - b).slice(0, KEPT);
    const scale = Math.min(1, LARGEST / (commonest[0]?.[1] ?? 1));
    const row = keys.length * HASH + k * ROW;
    commonest.forEach(([tag, count], i) => bytes.set([tag, Math.max(1, Math.round(scale * count))], row + 2 * i));
  });
  return bytes;
}
