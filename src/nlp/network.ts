/**
 * The reader's network: word embeddings, residual blocks over the sentence, and one output layer for tags, names and trees.
 * The forward pass here serves reading and training alike; its gradient is training/gradient.ts.
 */
import { BUCKETS, FeatureReader, isShouting, isShoutingPosition, POSITIONS, positionOf, type WordFeatures } from "./features.ts";
import type { Kernel, PackedWeight } from "./kernel.ts";

export type Block = "convolution" | "recurrence";

/** Sizes of a network; every width is a multiple of 8. */
export interface Dimensions {
  readonly vector: number;
  readonly word: number;
  readonly gram: number;
  readonly suffix: number;
  readonly prefix: number;
  readonly shape: number;
  readonly width: number;
  readonly blocks: readonly Block[];
  readonly arc: number;
  readonly label: number;
  /** Rows of the trained word table, row 0 for all other words. */
  readonly words: number;
  readonly upos: number;
  readonly xpos: number;
  readonly names: number;
  readonly relations: number;
}

/** A named matrix inside the parameter array, row by row from `at`. */
export interface Tensor {
  readonly name: string;
  readonly at: number;
  readonly rows: number;
  readonly cols: number;
  /** Whether only the rows of the words in a batch take part in it. */
  readonly table: boolean;
}

/** Where each head's columns lie in the output layer. */
export interface Outputs {
  readonly upos: number;
  readonly xpos: number;
  readonly names: number;
  readonly arcDependent: number;
  readonly arcHead: number;
  readonly labelDependent: number;
  readonly labelHead: number;
  readonly width: number;
}

/** Signed distance to the head, in buckets, row of the two distance tables. */
export const DISTANCES = 32;
export function distanceRow(from: number, to: number): number {
  const d = to - from;
  const size = d < 0 ? -d : d;
  const bucket = size < 8 ? size : size < 10 ? 8 : size < 13 ? 9 : size < 18 ? 10 : size < 26 ? 11 : size < 40 ? 12 : 13;
  return d < 0 ? bucket : 16 + bucket;
}
const ROOT_DISTANCE = 15;

const eight = (n: number) => Math.ceil(n / 8) * 8;

interface Plan {
  readonly tensors: readonly Tensor[];
  readonly outputs: Outputs;
  /** Width of a word's embeddings together. */
  readonly input: number;
  /** Length of the parameter array. */
  readonly length: number;
}

/** Lays out the parameters of a network of this size. */
export function planOf(size: Dimensions): Plan {
  const input = eight(size.vector + size.word + size.gram + size.suffix + size.prefix + size.shape);
  const tensors: Tensor[] = [];
  let at = 0;
  const add = (name: string, rows: number, cols: number, table = false) => {
    tensors.push({ name, at, rows, cols, table });
    at += Math.ceil((rows * cols) / 4) * 4;
  };
  add("word", size.words, size.word, true);
  add("gram", BUCKETS.gram, size.gram, true);
  add("suffix", BUCKETS.suffix, size.suffix, true);
  add("prefix", BUCKETS.prefix, size.prefix, true);
  add("shape", BUCKETS.shape, size.shape, true);
  add("position", POSITIONS, size.width);
  add("input", input, size.width);
  add("input.bias", 1, size.width);
  size.blocks.forEach((block, i) => {
    add(`${i}.gain`, 1, size.width);
    add(`${i}.shift`, 1, size.width);
    if (block === "convolution") {
      add(`${i}.weight`, 3 * size.width, size.width);
      add(`${i}.bias`, 1, size.width);
    } else {
      add(`${i}.weight`, size.width, 2 * size.width);
      add(`${i}.bias`, 1, 2 * size.width);
      add(`${i}.out`, size.width, size.width);
    }
  });
  add("final.gain", 1, size.width);
  add("final.shift", 1, size.width);
  const upos = 0;
  const xpos = upos + eight(size.upos);
  const names = xpos + eight(size.xpos);
  const arcDependent = names + eight(size.names);
  const arcHead = arcDependent + size.arc;
  const labelDependent = arcHead + size.arc;
  const labelHead = labelDependent + size.label;
  const outputs = { upos, xpos, names, arcDependent, arcHead, labelDependent, labelHead, width: labelHead + size.label };
  add("output", size.width, outputs.width);
  add("output.bias", 1, outputs.width);
  add("arc", size.arc, size.arc);
  add("arc.bias", 1, size.arc);
  add("arc.distance", size.arc, DISTANCES);
  add("label", size.label, eight(size.relations));
  add("label.bias", 1, eight(size.relations));
  add("label.distance", DISTANCES, size.label);
  add("names.transition", size.names, eight(size.names));
  return { tensors, outputs, input, length: at };
}

export class Network {
  readonly size: Dimensions;
  readonly kernel: Kernel;
  readonly tensors: readonly Tensor[];
  readonly outputs: Outputs;
  readonly values: Float32Array;
  readonly input: number;
  readonly #packed = new Map<string, PackedWeight>();

  constructor(size: Dimensions, kernel: Kernel) {
    const { tensors, outputs, input, length } = planOf(size);
    this.size = size;
    this.kernel = kernel;
    this.tensors = tensors;
    this.outputs = outputs;
    this.input = input;
    this.values = kernel.allocate(length);
  }

  /** Whether `pack` has rounded the weights. */
  get rounded(): boolean {
    return this.#packed.size > 0;
  }

  /** Rounds the weights for reading: half the work per word. Training goes on with the exact ones. */
  pack(): void {
    for (const { name, at, rows, cols, table } of this.tensors) {
      if (!table && rows > 1 && rows % 8 === 0 && cols % 8 === 0) this.#packed.set(name, this.kernel.pack(this.values, at, rows, cols));
    }
  }

  /** c (+)= a * weight, for `rows` rows of a; rounded after `pack`. */
  times(
    name: string,
    c: Float32Array,
    cAt: number,
    cStride: number,
    a: Float32Array,
    aAt: number,
    aStride: number,
    rows: number,
    add = false,
  ): void {
    const packed = this.#packed.get(name);
    if (packed) return this.kernel.multiplyPacked(c, cAt, cStride, a, aAt, aStride, packed, rows, add);
    const { at, rows: depth, cols } = this.tensor(name);
    this.kernel.multiply(c, cAt, cStride, a, aAt, aStride, 1, this.values, at, cols, rows, cols, depth, add);
  }

  tensor(name: string): Tensor {
    const found = this.tensors.find((t) => t.name === name);
    if (!found) throw new Error(`no tensor ${name}`);
    return found;
  }
}

/** Vectors of the vocabulary: int8 rows, each with its scale. */
export interface WordVectors {
  readonly rows: Int8Array;
  readonly scales: Float32Array;
  readonly width: number;
}

/** Called on every activation that training may thin out; reading passes nothing. `kind` chooses the rate; "input" is kept or dropped whole. */
export type Dropout = (kind: "input" | "block" | "final" | "head", values: Float32Array, at: number, length: number) => void;

/** The activations of one batch of sentences; sentences lie one after the other with an empty row before each and one at the end. */
export class Activations {
  readonly rows: number;
  readonly features: WordFeatures[] = [];
  readonly positions: Int32Array;
  /** 1 for rows that hold a word. */
  readonly filled: Uint8Array;
  readonly x: Float32Array;
  /** Residual stream before each block and after the last. */
  readonly stream: Float32Array[] = [];
  /** Normalised stream, one empty row of room before and after. */
  readonly normal: Float32Array[] = [];
  readonly deviation: Float32Array[] = [];
  /** What a block adds: rectified convolution, or gates and candidates of a recurrence. */
  readonly inner: Float32Array[] = [];
  /** State of a recurrence. */
  readonly state: Float32Array[] = [];
  readonly out: Float32Array;
  readonly arcs: Float32Array;
  /** What each word's arc vector says of each distance to its head. */
  readonly distances: Float32Array;
  readonly labels: Float32Array;
  readonly relations: Float32Array;
  count = 0;
  starts: number[] = [];
  lengths: number[] = [];

  constructor(network: Network, rows: number) {
    const { size, kernel, outputs, input } = network;
    this.rows = rows;
    this.positions = new Int32Array(rows);
    this.filled = new Uint8Array(rows);
    this.x = kernel.allocate(rows * input);
    const d = size.width;
    this.stream.push(kernel.allocate(rows * d));
    for (const block of size.blocks) {
      this.normal.push(kernel.allocate((rows + 2) * d));
      this.deviation.push(new Float32Array(rows));
      this.inner.push(kernel.allocate(rows * d * (block === "recurrence" ? 2 : 1)));
      this.state.push(block === "recurrence" ? kernel.allocate(rows * d) : new Float32Array(0));
      this.stream.push(kernel.allocate(rows * d));
    }
    this.normal.push(kernel.allocate((rows + 2) * d));
    this.deviation.push(new Float32Array(rows));
    this.out = kernel.allocate(rows * outputs.width);
    this.arcs = kernel.allocate(rows * size.arc);
    this.distances = kernel.allocate(rows * DISTANCES);
    this.labels = kernel.allocate(rows * size.label);
    this.relations = kernel.allocate(rows * eight(size.relations));
  }

  /** Whether the capitals of sentence s say nothing (isShouting). */
  shouting(s: number): boolean {
    return isShoutingPosition(this.positions[this.starts[s] as number] as number);
  }

  /** Lays the sentences out; returns how many fitted. */
  layOut(sentences: readonly (readonly string[])[], from: number, reader: FeatureReader): number {
    this.starts = [];
    this.lengths = [];
    this.filled.fill(0);
    let row = 1;
    let taken = 0;
    for (let s = from; s < sentences.length; s++) {
      const words = sentences[s] as readonly string[];
      if (row + words.length + 1 > this.rows) break;
      const shouting = isShouting(words);
      this.starts.push(row);
      this.lengths.push(words.length);
      for (let i = 0; i < words.length; i++) {
        this.features[row] = reader.of(words[i] as string);
        this.positions[row] = positionOf(i, shouting);
        this.filled[row++] = 1;
      }
      row++;
      taken++;
    }
    this.count = row;
    return taken;
  }
}

/** Starts of the embedding tables in the parameters. */
function tablesOf(network: Network): readonly [number, number, number, number, number] {
  const at = (name: string) => network.tensor(name).at;
  return [at("word"), at("gram"), at("suffix"), at("prefix"), at("shape")];
}

/** Fills `x` from the embedding tables and projects it into `stream[0]`, for every word of the batch. */
export function embed(network: Network, vectors: WordVectors, a: Activations, dropout?: Dropout): void {
  const { input, size } = network;
  const groups = [size.vector, size.word, size.gram, size.suffix, size.prefix, size.shape];
  const tables = tablesOf(network);
  a.x.fill(0, 0, a.count * input);
  for (let row = 0; row < a.count; row++) {
    if (!a.filled[row]) continue;
    embedWord(network, tables, vectors, a.features[row] as WordFeatures, a.x, row * input);
    if (dropout) {
      let at = row * input;
      for (const width of groups) {
        dropout("input", a.x, at, width);
        at += width;
      }
    }
  }
  project(network, a.x, a.count, a.stream[0] as Float32Array);
}

/** Adds the embeddings of one word to x[at ...], which is zero before. */
function embedWord(
  network: Network,
  [word, gram, suffix, prefix, shape]: ReturnType<typeof tablesOf>,
  vectors: WordVectors,
  f: WordFeatures,
  x: Float32Array,
  at: number,
): void {
  const { size, values } = network;
  if (f.vector >= 0) {
    const scale = vectors.scales[f.vector] as number;
    const from = f.vector * vectors.width;
    for (let i = 0; i < size.vector; i++) x[at + i] = scale * (vectors.rows[from + i] as number);
  }
  let start = at + size.vector;
  addRow(x, start, values, word + f.word * size.word, size.word, 1);
  start += size.word;
  const share = 1 / Math.sqrt(f.grams.length);
  for (const g of f.grams) addRow(x, start, values, gram + g * size.gram, size.gram, share);
  start += size.gram;
  for (const s of f.suffixes) addRow(x, start, values, suffix + s * size.suffix, size.suffix, 1);
  start += size.suffix;
  for (const p of f.prefixes) addRow(x, start, values, prefix + p * size.prefix, size.prefix, 1);
  start += size.prefix;
  addRow(x, start, values, shape + f.shape * size.shape, size.shape, 1);
}

/** Words already projected, so that reading computes the first layer once per word form. */
export class ProjectedWords {
  readonly #network: Network;
  readonly #vectors: WordVectors;
  readonly #tables: ReturnType<typeof tablesOf>;
  readonly #rows: Float32Array;
  readonly #owner: (WordFeatures | undefined)[];
  readonly #missing: Int32Array;

  /** `slots` bounds the memory: slots * width floats. */
  constructor(network: Network, vectors: WordVectors, slots: number, batch: number) {
    this.#network = network;
    this.#vectors = vectors;
    this.#tables = tablesOf(network);
    this.#rows = new Float32Array(slots * network.size.width);
    this.#owner = Array.from({ length: slots });
    this.#missing = new Int32Array(batch);
  }

  /** Fills `stream[0]`; gives the same bytes as `embed`. */
  embed(a: Activations): void {
    const { input, size } = this.#network;
    const d = size.width;
    const stream = a.stream[0] as Float32Array;
    const slots = this.#owner.length;
    let missing = 0;
    for (let row = 0; row < a.count; row++) {
      if (!a.filled[row]) {
        stream.fill(0, row * d, (row + 1) * d);
        continue;
      }
      const f = a.features[row] as WordFeatures;
      const slot = f.id % slots;
      if (this.#owner[slot] === f) stream.set(this.#rows.subarray(slot * d, (slot + 1) * d), row * d);
      else this.#missing[missing++] = row;
    }
    if (missing === 0) return;
    a.x.fill(0, 0, missing * input);
    for (let k = 0; k < missing; k++) {
      embedWord(this.#network, this.#tables, this.#vectors, a.features[this.#missing[k] as number] as WordFeatures, a.x, k * input);
    }
    const projected = a.normal[0] as Float32Array;
    project(this.#network, a.x, missing, projected);
    for (let k = 0; k < missing; k++) {
      const row = this.#missing[k] as number;
      const f = a.features[row] as WordFeatures;
      const values = projected.subarray(k * d, (k + 1) * d);
      stream.set(values, row * d);
      const slot = f.id % slots;
      this.#owner[slot] = f;
      this.#rows.set(values, slot * d);
    }
  }
}

function addRow(to: Float32Array, at: number, from: Float32Array, start: number, length: number, factor: number): void {
  for (let i = 0; i < length; i++) to[at + i] = (to[at + i] as number) + factor * (from[start + i] as number);
}

/** The first layer without its bias: `x` of the first `rows` rows into `to`, both row by row. */
export function project(network: Network, x: Float32Array, rows: number, to: Float32Array): void {
  const d = network.size.width;
  network.times("input", to, 0, d, x, 0, network.input, rows);
}

/** From the projected words in `stream[0]` through the blocks to `out`; arc activations in `out` come rectified. */
export function forward(network: Network, a: Activations, dropout?: Dropout): void {
  const { size, kernel, values, outputs } = network;
  const d = size.width;
  const n = a.count;
  const stream = a.stream[0] as Float32Array;
  const position = network.tensor("position").at;
  kernel.addBias(stream, 0, d, n, values, network.tensor("input.bias").at, d, false);
  for (let row = 0; row < n; row++) {
    const p = position + (a.positions[row] as number) * d;
    kernel.addBias(stream, row * d, d, 1, values, p, d, false);
  }
  size.blocks.forEach((block, i) => {
    const from = a.stream[i] as Float32Array;
    const to = a.stream[i + 1] as Float32Array;
    const normal = a.normal[i] as Float32Array;
    const inner = a.inner[i] as Float32Array;
    normalise(network, from, normal, a.deviation[i] as Float32Array, a, `${i}`);
    const shift = network.tensor(`${i}.bias`).at;
    if (block === "convolution") {
      network.times(`${i}.weight`, inner, 0, d, normal, 0, d, n);
      kernel.addBias(inner, 0, d, n, values, shift, d, true);
      dropout?.("block", inner, 0, n * d);
      kernel.add(to, from, inner, n * d);
    } else {
      const state = a.state[i] as Float32Array;
      network.times(`${i}.weight`, inner, 0, 2 * d, normal, d, d, n);
      kernel.addBias(inner, 0, 2 * d, n, values, shift, 2 * d, false);
      if (network.rounded) recurRounded(network, inner, state, a);
      else recur(inner, state, d, a);
      dropout?.("block", state, 0, n * d);
      to.set(from.subarray(0, n * d));
      network.times(`${i}.out`, to, 0, d, state, 0, d, n, true);
    }
  });
  const last = size.blocks.length;
  const normal = a.normal[last] as Float32Array;
  const deviation = a.deviation[last] as Float32Array;
  const top = a.stream[last] as Float32Array;
  normalise(network, top, normal, deviation, a, "final");
  dropout?.("final", normal, d, n * d);
  network.times("output", a.out, 0, outputs.width, normal, d, d, n);
  const outBias = network.tensor("output.bias").at;
  kernel.addBias(a.out, 0, outputs.width, n, values, outBias, outputs.arcDependent, false);
  const rectified = outputs.labelDependent - outputs.arcDependent;
  kernel.addBias(a.out, outputs.arcDependent, outputs.width, n, values, outBias + outputs.arcDependent, rectified, true);
  if (dropout) for (let row = 0; row < n; row++) dropout("head", a.out, row * outputs.width + outputs.arcDependent, rectified);
  // dependent side of the bilinear arc score
  network.times("arc", a.arcs, 0, size.arc, a.out, outputs.arcDependent, outputs.width, n);
  kernel.addBias(a.arcs, 0, size.arc, n, values, network.tensor("arc.bias").at, size.arc, false);
  network.times("arc.distance", a.distances, 0, DISTANCES, a.arcs, 0, size.arc, n);
}

/** Layer normalisation of the filled rows into row + 1 of `to`; empty rows become zero. `deviation` keeps 1 / standard deviation. */
function normalise(network: Network, from: Float32Array, to: Float32Array, deviation: Float32Array, a: Activations, name: string): void {
  const { kernel, values, size } = network;
  const d = size.width;
  const gain = network.tensor(`${name}.gain`).at;
  const shift = network.tensor(`${name}.shift`).at;
  to.fill(0, 0, d);
  to.fill(0, (a.count + 1) * d, (a.count + 2) * d);
  for (let row = 0; row < a.count; row++) {
    if (a.filled[row]) deviation[row] = kernel.normalise(to, (row + 1) * d, from, row * d, values, gain, shift, d);
    else to.fill(0, (row + 1) * d, (row + 2) * d);
  }
}

/**
 * Gated linear recurrence c[t] = f[t] c[t-1] + (1 - f[t]) z[t] (minimal GRU of Feng et al. 2024); the first half of the units runs
 * left to right, the second right to left. `inner` holds z before and (f in place) after.
 */
function recur(inner: Float32Array, state: Float32Array, d: number, a: Activations): void {
  const half = d / 2;
  state.fill(0, 0, a.count * d);
  for (let s = 0; s < a.starts.length; s++) {
    const start = a.starts[s] as number;
    const length = a.lengths[s] as number;
    for (let row = start; row < start + length; row++) {
      const at = row * 2 * d;
      for (let i = d; i < 2 * d; i++) inner[at + i] = 1 / (1 + Math.exp(-(inner[at + i] as number)));
      for (let i = 0; i < half; i++) {
        const f = inner[at + d + i] as number;
        state[row * d + i] = f * (state[(row - 1) * d + i] as number) + (1 - f) * (inner[at + i] as number);
      }
    }
    for (let row = start + length - 1; row >= start; row--) {
      const at = row * 2 * d;
      for (let i = half; i < d; i++) {
        const f = inner[at + d + i] as number;
        state[row * d + i] = f * (state[(row + 1) * d + i] as number) + (1 - f) * (inner[at + i] as number);
      }
    }
  }
}

/** The same by the kernel, whose sigmoid is good to about 1e-6: faster, for reading. */
function recurRounded({ kernel, size: { width } }: Network, inner: Float32Array, state: Float32Array, a: Activations): void {
  state.fill(0, 0, a.count * width);
  a.starts.forEach((start, s) => kernel.recur(state, start * width, inner, start * 2 * width, a.lengths[s] as number, width));
}

/**
 * Arc scores of sentence s into `scores` [length x stride]: row = dependent, column 0 = root, column j + 1 = word j.
 * `scratch` takes the transposed head vectors [arc x stride]. Both come from the kernel's arena.
 */
export function scoreArcs(network: Network, a: Activations, s: number, scores: Float32Array, scratch: Float32Array, stride: number): void {
  const { size, kernel, outputs } = network;
  const start = a.starts[s] as number;
  const length = a.lengths[s] as number;
  for (let j = 0; j <= length; j++) {
    const at = (start - 1 + j) * outputs.width + outputs.arcHead;
    for (let i = 0; i < size.arc; i++) scratch[i * stride + j] = a.out[at + i] as number;
  }
  kernel.multiply(scores, 0, stride, a.arcs, start * size.arc, size.arc, 1, scratch, 0, stride, length, length + 1, size.arc, false);
  for (let i = 0; i < length; i++) {
    const at = (start + i) * DISTANCES;
    for (let j = 0; j <= length; j++) {
      const column = at + (j === 0 ? ROOT_DISTANCE : distanceRow(i, j - 1));
      scores[i * stride + j] = (scores[i * stride + j] as number) + (a.distances[column] as number);
    }
  }
}

/** Label scores of every word given its head (index in the sentence, -1 for root) into `relations`; `heads` is per row of the batch. */
export function scoreLabels(network: Network, a: Activations, heads: Int32Array, dropout?: Dropout): void {
  const { size, values, outputs } = network;
  const distance = network.tensor("label.distance").at;
  a.labels.fill(0, 0, a.count * size.label);
  for (let s = 0; s < a.starts.length; s++) {
    const start = a.starts[s] as number;
    for (let i = 0; i < (a.lengths[s] as number); i++) {
      const row = start + i;
      const head = heads[row] as number;
      const own = row * outputs.width + outputs.labelDependent;
      const other = (head < 0 ? start - 1 : start + head) * outputs.width + outputs.labelHead;
      const far = distance + (head < 0 ? ROOT_DISTANCE : distanceRow(i, head)) * size.label;
      const at = row * size.label;
      for (let k = 0; k < size.label; k++) {
        const v = (a.out[own + k] as number) + (a.out[other + k] as number) + (values[far + k] as number);
        a.labels[at + k] = v > 0 ? v : 0;
      }
    }
  }
  dropout?.("head", a.labels, 0, a.count * size.label);
  const width = eight(size.relations);
  network.times("label", a.relations, 0, width, a.labels, 0, size.label, a.count);
  const bias = network.tensor("label.bias").at;
  for (let row = 0; row < a.count; row++) {
    for (let k = 0; k < size.relations; k++)
      a.relations[row * width + k] = (a.relations[row * width + k] as number) + (values[bias + k] as number);
  }
}
