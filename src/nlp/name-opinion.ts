/**
 * A second opinion on names beside the network's: a conditional random field over sparse features (name-keys.ts), whose scores are added
 * to the network's before the best sequence is sought (a product of experts, Hinton 2002). It sees what the network does not: whole runs
 * of capitals, words and their heads in the tree, and whose convention a name is to follow.
 */
import { NAME_LABELS } from "../model/annotation.ts";
import { leadOf } from "./decode.ts";
import type { WordFeatures } from "./features.ts";
import { NameKeys, type TaggedSentence, type WordClusters } from "./name-keys.ts";

/** Labels that a word may have: outside, and beginning or continuing a name of each class. */
export const LABELS = 2 * NAME_LABELS.length + 1;
/** How far its scores weigh beside the network's; chosen on the dev parts of the treebanks. */
const WEIGHT = 0.4;
/** A word that looks like a name, or another one, whose best score leads all others by more than this is not asked about. */
const SURE = 5;
const SURE_OF_COMMON = 2;
/** Bits of a key's mark in its slot; 0 marks an empty slot. */
const MARK_SHIFT = 16;
/** Numbers of slots, word vectors and their clusters, the worth of one step of a weight, then the scores of label pairs. */
const HEADER = 16 + 4 * LABELS * LABELS;

/** Where the parts of the file start, after the header; the last entry is its length. */
function partsOf(slots: number, vectors: number, clusters: number) {
  const coarse = HEADER + 2 * vectors;
  const marks = coarse + clusters;
  const weights = marks + 2 * slots;
  return { fine: HEADER, coarse, marks, weights, length: weights + slots * LABELS };
}

/** The weights of the features in a hash table of open addressing, which lies in the file as it is used. */
export class NameOpinion {
  readonly keys: NameKeys;
  readonly #marks: Uint16Array;
  readonly #weights: Int8Array;
  readonly #step: number;
  readonly #transitions: Float32Array;
  readonly #sums = new Int32Array(LABELS);

  /** @param bytes as packNameOpinion gives them; throws when their length is not what their header says. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const slots = view.getUint32(0, true);
    const parts = partsOf(slots, view.getUint32(4, true), view.getUint32(8, true));
    if (bytes.length !== parts.length) throw new Error(`names.bin has ${bytes.length} bytes, not ${parts.length} as its header says`);
    this.#step = view.getFloat32(12, true) * WEIGHT;
    this.#transitions = Float32Array.from({ length: LABELS * LABELS }, (_, i) => view.getFloat32(16 + 4 * i, true));
    // copied, since a file's bytes may lie at an odd address
    const pairs = (from: number, to: number) => new Uint16Array(new Uint8Array(bytes.subarray(from, to)).buffer);
    this.keys = new NameKeys({ fine: pairs(parts.fine, parts.coarse), coarse: bytes.subarray(parts.coarse, parts.marks) });
    this.#marks = pairs(parts.marks, parts.weights);
    this.#weights = new Int8Array(bytes.buffer, bytes.byteOffset + parts.weights, slots * LABELS);
  }

  /** The weighted score of label y after label x. */
  transition(x: number, y: number): number {
    return WEIGHT * (this.#transitions[x * LABELS + y] as number);
  }

  /** Adds the weighted scores of a sentence's words to `scores`, a row of LABELS numbers per word. */
  weigh(scores: Float32Array, sentence: TaggedSentence): void {
    if (this.#marks.length === 0) return;
    const { keys } = this.keys;
    const sums = this.#sums;
    const weights = this.#weights;
    this.keys.begin(sentence);
    for (let i = 0; i < sentence.length; i++) {
      const named = (sentence.words[sentence.at + i] as WordFeatures).nameLike;
      if (leadOf(scores, i * LABELS, LABELS) > (named ? SURE : SURE_OF_COMMON)) continue;
      sums.fill(0);
      const count = this.keys.of(i);
      for (let k = 0; k < count; k++) {
        const slot = slotOf(this.#marks, keys[k] as number);
        if (this.#marks[slot] === 0) continue;
        for (let y = 0; y < LABELS; y++) sums[y] = (sums[y] as number) + (weights[slot * LABELS + y] as number);
      }
      for (let y = 0; y < LABELS; y++) scores[i * LABELS + y] = (scores[i * LABELS + y] as number) + this.#step * (sums[y] as number);
    }
  }
}

/** The slot of a key, or the empty one where it would be. The slots are a power of two. */
function slotOf(marks: Uint16Array, key: number): number {
  const mark = key >>> MARK_SHIFT || 1;
  const last = marks.length - 1;
  let slot = key & last;
  while (marks[slot] !== 0 && marks[slot] !== mark) slot = (slot + 1) & last;
  return slot;
}

export interface NameWeights {
  /** Weights of the labels by key; the strongest keys first, so that of two which one slot cannot tell apart the stronger one stays. */
  readonly rows: Iterable<readonly [key: number, weights: ArrayLike<number>]>;
  /** The score of each label (column) after each other one (row). */
  readonly transitions: ArrayLike<number>;
  readonly clusters: WordClusters;
}

/** The bytes of NameOpinion, weights rounded to eight bits, in `slots` slots (a power of two, or 0 for no opinion at all). */
export function packNameOpinion({ rows, transitions, clusters }: NameWeights, slots: number): Uint8Array {
  const list = [...rows];
  if (slots > 0 && list.length >= slots) throw new Error(`${list.length} keys do not fit into ${slots} slots`);
  let largest = 0;
  for (const [, row] of list) for (let y = 0; y < LABELS; y++) largest = Math.max(largest, Math.abs(row[y] as number));
  const step = Math.fround(largest / 127);
  const marks = new Uint16Array(slots);
  const weights = new Int8Array(slots * LABELS);
  for (const [key, row] of list) {
    const slot = slotOf(marks, key);
    if (marks[slot] !== 0) continue;
    marks[slot] = key >>> MARK_SHIFT || 1;
    for (let y = 0; y < LABELS; y++) weights[slot * LABELS + y] = Math.round((row[y] as number) / step);
  }
  const { fine, coarse } = clusters;
  const parts = partsOf(slots, fine.length, coarse.length);
  const bytes = new Uint8Array(parts.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, slots, true);
  view.setUint32(4, fine.length, true);
  view.setUint32(8, coarse.length, true);
  view.setFloat32(12, step, true);
  for (let i = 0; i < LABELS * LABELS; i++) view.setFloat32(16 + 4 * i, transitions[i] as number, true);
  bytes.set(new Uint8Array(fine.buffer, fine.byteOffset, fine.byteLength), parts.fine);
  bytes.set(coarse, parts.coarse);
  bytes.set(new Uint8Array(marks.buffer), parts.marks);
  bytes.set(new Uint8Array(weights.buffer), parts.weights);
  return bytes;
}

/** The bytes of a NameOpinion that says nothing. */
export const NO_OPINION = packNameOpinion(
  { rows: [], transitions: new Float32Array(LABELS * LABELS), clusters: { fine: new Uint16Array(0), coarse: new Uint8Array(0) } },
  0,
);
