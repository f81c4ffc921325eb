/** The gradient of the reader's training loss: what network.ts computes forwards, backwards. */
import type { Name } from "../../model/annotation.ts";
import type { WordFeatures } from "../features.ts";
import { type Activations, DISTANCES, distanceRow, type Network, scoreArcs, scoreLabels, type Tensor } from "../network.ts";
import { type ChainScores, LabelChain } from "./chain.ts";
import type { DropoutMaker } from "./dropout.ts";

/** What a sentence teaches; a missing part is not trained on. `names` holds NAME_OPEN where "outside" and "other" are both right. */
export interface Lesson {
  readonly words: readonly string[];
  readonly upos?: Int32Array;
  readonly xpos?: Int32Array;
  /** Index of the head in the sentence, -1 for the root. */
  readonly heads?: Int32Array;
  readonly relations?: Int32Array;
  readonly names?: Int32Array;
  /** The same names as spans, for renaming. */
  readonly spans?: readonly Name[];
}

/** How much each task's loss counts. */
export interface LossWeights {
  readonly upos: number;
  readonly xpos: number;
  readonly names: number;
  readonly arcs: number;
  readonly labels: number;
}

const ROOT_DISTANCE = 15;

export class Gradient {
  readonly network: Network;
  readonly grads: Float32Array;
  /** Rows of each embedding table that have a gradient. */
  readonly touched: { readonly tensor: Tensor; readonly rows: number[]; readonly stamp: Uint8Array }[];
  readonly #dOut: Float32Array;
  readonly #dStream: Float32Array;
  readonly #dNormal: Float32Array;
  readonly #dInner: Float32Array;
  readonly #state: Float32Array;
  readonly #dX: Float32Array;
  readonly #dArcs: Float32Array;
  readonly #dDistances: Float32Array;
  readonly #dLabels: Float32Array;
  readonly #transposed: Float32Array;
  readonly #scores: Float32Array;
  readonly #heads: Float32Array;
  readonly #rowHeads: Int32Array;
  readonly #chain: LabelChain;
  readonly longest: number;

  constructor(network: Network, rows: number, longest: number) {
    const { kernel, size, outputs, input } = network;
    this.network = network;
    this.longest = longest;
    this.grads = kernel.allocate(network.values.length);
    this.touched = network.tensors.filter((t) => t.table).map((tensor) => ({ tensor, rows: [], stamp: new Uint8Array(tensor.rows) }));
    const d = size.width;
    this.#dOut = kernel.allocate(rows * outputs.width);
    this.#dStream = kernel.allocate(rows * d);
    this.#dNormal = kernel.allocate((rows + 2) * d);
    this.#dInner = kernel.allocate(rows * 2 * d);
    this.#state = kernel.allocate(rows * d);
    this.#dX = kernel.allocate(rows * input);
    this.#dArcs = kernel.allocate(rows * size.arc);
    this.#dDistances = kernel.allocate(rows * DISTANCES);
    this.#dLabels = kernel.allocate(rows * size.label);
    this.#transposed = kernel.allocate(Math.max(outputs.width * d, input * d, 3 * d * d, size.arc * size.arc));
    const stride = Math.ceil((longest + 1) / 8) * 8;
    this.#scores = kernel.allocate(longest * stride);
    this.#heads = kernel.allocate(size.arc * stride);
    this.#rowHeads = new Int32Array(rows);
    this.#chain = new LabelChain(size.names, longest);
  }

  /** Adds the gradient of the mean loss over the batch in `a` (already run forward with the same dropout); returns the loss per word. */
  backward(a: Activations, lessons: readonly Lesson[], weights: LossWeights, dropout: DropoutMaker): number {
    const { network } = this;
    const { size, outputs, values } = network;
    const w = outputs.width;
    const words = a.lengths.reduce((sum, n) => sum + n, 0);
    const dOut = this.#dOut;
    dOut.fill(0, 0, a.count * w);
    this.#dArcs.fill(0, 0, a.count * size.arc);
    this.#dDistances.fill(0, 0, a.count * DISTANCES);
    let loss = 0;
    // labels first: they run on gold heads
    const rowHeads = this.#rowHeads;
    rowHeads.fill(-1);
    lessons.forEach((lesson, s) => {
      if (lesson.heads) rowHeads.set(lesson.heads, a.starts[s] as number);
    });
    scoreLabels(network, a, rowHeads, dropout.apply);
    const relWidth = Math.ceil(size.relations / 8) * 8;
    const transition = network.tensor("names.transition");
    const chain: ChainScores = {
      scores: a.out,
      gradient: dOut,
      stride: w,
      transitions: values,
      transitionGradient: this.grads,
      transitionsAt: transition.at,
      transitionsStride: transition.cols,
    };
    lessons.forEach((lesson, s) => {
      const start = a.starts[s] as number;
      for (let i = 0; i < lesson.words.length; i++) {
        const row = start + i;
        const at = row * w;
        if (lesson.upos) loss += crossEntropy(a.out, dOut, at + outputs.upos, size.upos, lesson.upos[i] as number, weights.upos / words);
        if (lesson.xpos) loss += crossEntropy(a.out, dOut, at + outputs.xpos, size.xpos, lesson.xpos[i] as number, weights.xpos / words);
        const r = row * relWidth;
        if (lesson.relations) {
          loss += crossEntropy(a.relations, a.relations, r, size.relations, lesson.relations[i] as number, weights.labels / words);
        } else a.relations.fill(0, r, r + size.relations);
        a.relations.fill(0, r + size.relations, r + relWidth);
      }
      if (lesson.names) loss += this.#chain.loss(chain, start * w + outputs.names, lesson.names, weights.names / words);
      if (lesson.heads) loss += this.#arcs(a, s, lesson.heads, weights.arcs / words);
    });
    for (let row = 0; row < a.count; row++) if (!a.filled[row]) a.relations.fill(0, row * relWidth, row * relWidth + size.relations);
    this.#labels(a, rowHeads, relWidth, dropout);
    // bilinear arc layer
    const arc = network.tensor("arc");
    const distance = network.tensor("arc.distance").at;
    this.#weight(distance, DISTANCES, a.arcs, 0, size.arc, this.#dDistances, 0, DISTANCES, a.count, size.arc);
    this.#through(this.#dArcs, 0, size.arc, this.#dDistances, 0, DISTANCES, values, distance, size.arc, DISTANCES, a.count, true);
    this.#sumRows(this.#dArcs, 0, size.arc, a.count, size.arc, network.tensor("arc.bias").at);
    this.#weight(arc.at, size.arc, a.out, outputs.arcDependent, w, this.#dArcs, 0, size.arc, a.count, size.arc);
    this.#through(dOut, outputs.arcDependent, w, this.#dArcs, 0, size.arc, values, arc.at, size.arc, size.arc, a.count, false);
    const scale = dropout.scale("head");
    for (let row = 0; row < a.count; row++) {
      const at = row * w;
      for (let i = outputs.arcDependent; i < outputs.labelDependent; i++) {
        dOut[at + i] = (a.out[at + i] as number) > 0 ? (dOut[at + i] as number) * scale : 0;
      }
    }
    this.#body(a, dropout);
    return loss;
  }

  #arcs(a: Activations, s: number, heads: Int32Array, weight: number): number {
    const { network } = this;
    const { size, outputs, kernel } = network;
    const start = a.starts[s] as number;
    const n = a.lengths[s] as number;
    const stride = Math.ceil((n + 1) / 8) * 8;
    const scores = this.#scores;
    scoreArcs(network, a, s, scores, this.#heads, stride);
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const at = i * stride;
      scores[at + i + 1] = -1e9;
      loss += crossEntropy(scores, scores, at, n + 1, (heads[i] as number) + 1, weight);
      for (let j = 0; j <= n; j++) {
        const column = (start + i) * DISTANCES + (j === 0 ? ROOT_DISTANCE : distanceRow(i, j - 1));
        if (j !== i + 1) this.#dDistances[column] = (this.#dDistances[column] as number) + (scores[at + j] as number);
      }
    }
    const w = outputs.width;
    const headsAt = (start - 1) * w + outputs.arcHead;
    kernel.multiply(this.#dArcs, start * size.arc, size.arc, scores, 0, stride, 1, a.out, headsAt, w, n, size.arc, n + 1, false);
    kernel.multiply(this.#dOut, headsAt, w, scores, 0, 1, stride, a.arcs, start * size.arc, size.arc, n + 1, size.arc, n, true);
    return loss;
  }

  #labels(a: Activations, rowHeads: Int32Array, relWidth: number, dropout: DropoutMaker): void {
    const { network } = this;
    const { size, outputs, values } = network;
    const w = outputs.width;
    const label = network.tensor("label");
    this.#sumRows(a.relations, 0, relWidth, a.count, relWidth, network.tensor("label.bias").at);
    this.#weight(label.at, relWidth, a.labels, 0, size.label, a.relations, 0, relWidth, a.count, size.label);
    this.#through(this.#dLabels, 0, size.label, a.relations, 0, relWidth, values, label.at, size.label, relWidth, a.count, false);
    const scale = dropout.scale("head");
    const distance = network.tensor("label.distance").at;
    const { grads } = this;
    const dOut = this.#dOut;
    for (let s = 0; s < a.starts.length; s++) {
      const start = a.starts[s] as number;
      for (let i = 0; i < (a.lengths[s] as number); i++) {
        const row = start + i;
        const head = rowHeads[row] as number;
        const own = row * w + outputs.labelDependent;
        const other = (head < 0 ? start - 1 : start + head) * w + outputs.labelHead;
        const far = distance + (head < 0 ? ROOT_DISTANCE : distanceRow(i, head)) * size.label;
        for (let k = 0; k < size.label; k++) {
          if ((a.labels[row * size.label + k] as number) <= 0) continue;
          const g = (this.#dLabels[row * size.label + k] as number) * scale;
          dOut[own + k] = (dOut[own + k] as number) + g;
          dOut[other + k] = (dOut[other + k] as number) + g;
          grads[far + k] = (grads[far + k] as number) + g;
        }
      }
    }
  }

  #body(a: Activations, dropout: DropoutMaker): void {
    const { network } = this;
    const { size, outputs, values, input, kernel } = network;
    const d = size.width;
    const n = a.count;
    const w = outputs.width;
    const last = size.blocks.length;
    const output = network.tensor("output");
    const normal = a.normal[last] as Float32Array;
    this.#sumRows(this.#dOut, 0, w, n, outputs.labelDependent, network.tensor("output.bias").at);
    this.#weight(output.at, w, normal, d, d, this.#dOut, 0, w, n, d);
    this.#through(this.#dNormal, d, d, this.#dOut, 0, w, values, output.at, d, w, n, false);
    const finalScale = dropout.scale("final");
    if (finalScale !== 1) {
      kernel.mask(this.#dNormal, this.#dNormal, normal, d, finalScale, n * d, true);
    }
    const dStream = this.#dStream;
    dStream.fill(0, 0, n * d);
    this.#normalise(a, last, "final");
    const blockScale = dropout.scale("block");
    for (let i = last - 1; i >= 0; i--) {
      const inner = a.inner[i] as Float32Array;
      const before = a.normal[i] as Float32Array;
      const weight = network.tensor(`${i}.weight`);
      const bias = network.tensor(`${i}.bias`).at;
      const dInner = this.#dInner;
      if (size.blocks[i] === "convolution") {
        kernel.mask(dInner, dStream, inner, 0, blockScale, n * d, false);
        this.#sumRows(dInner, 0, d, n, d, bias);
        this.#weight(weight.at, d, before, 0, d, dInner, 0, d, n, 3 * d);
        this.#dNormal.fill(0, 0, (n + 2) * d);
        for (let j = 0; j < 3; j++) this.#through(this.#dNormal, j * d, d, dInner, 0, d, values, weight.at + j * d * d, d, d, n, true);
      } else {
        const state = a.state[i] as Float32Array;
        const out = network.tensor(`${i}.out`);
        this.#weight(out.at, d, state, 0, d, dStream, 0, d, n, d);
        const dState = this.#dNormal;
        this.#through(dState, 0, d, dStream, 0, d, values, out.at, d, d, n, false);
        kernel.mask(dState, dState, state, 0, blockScale, n * d, true);
        this.#recurrence(a, inner, dState, dInner, d);
        this.#sumRows(dInner, 0, 2 * d, n, 2 * d, bias);
        this.#weight(weight.at, 2 * d, before, d, d, dInner, 0, 2 * d, n, d);
        this.#through(this.#dNormal, d, d, dInner, 0, 2 * d, values, weight.at, d, 2 * d, n, false);
      }
      this.#normalise(a, i, `${i}`);
    }
    // word level
    const position = network.tensor("position").at;
    for (let row = 0; row < n; row++) {
      if (!a.filled[row]) {
        dStream.fill(0, row * d, (row + 1) * d);
        continue;
      }
      const p = position + (a.positions[row] as number) * d;
      kernel.sumRows(this.grads, p, dStream, row * d, d, 1, d);
    }
    this.#sumRows(dStream, 0, d, n, d, network.tensor("input.bias").at);
    const first = network.tensor("input");
    this.#weight(first.at, d, a.x, 0, input, dStream, 0, d, n, input);
    this.#through(this.#dX, 0, input, dStream, 0, d, values, first.at, input, d, n, false);
    this.#tables(a, dropout.scale("input"));
  }

  #tables(a: Activations, scale: number): void {
    const { size, input } = this.network;
    const [word, gram, suffix, prefix, shape] = this.touched as [Touched, Touched, Touched, Touched, Touched];
    const dX = this.#dX;
    for (let row = 0; row < a.count; row++) {
      if (!a.filled[row]) continue;
      const f = a.features[row] as WordFeatures;
      let at = row * input;
      if (scale !== 1) for (let i = at; i < at + input; i++) dX[i] = a.x[i] === 0 ? 0 : (dX[i] as number) * scale;
      at += size.vector;
      this.#toTable(word, f.word, at, 1);
      at += size.word;
      const share = 1 / Math.sqrt(f.grams.length);
      for (const g of f.grams) this.#toTable(gram, g, at, share);
      at += size.gram;
      for (const s of f.suffixes) this.#toTable(suffix, s, at, 1);
      at += size.suffix;
      for (const p of f.prefixes) this.#toTable(prefix, p, at, 1);
      at += size.prefix;
      this.#toTable(shape, f.shape, at, 1);
    }
  }

  #toTable(table: Touched, row: number, at: number, factor: number): void {
    if (!table.stamp[row]) {
      table.stamp[row] = 1;
      table.rows.push(row);
    }
    const { cols } = table.tensor;
    const to = table.tensor.at + row * cols;
    for (let i = 0; i < cols; i++) this.grads[to + i] = (this.grads[to + i] as number) + factor * (this.#dX[at + i] as number);
  }

  /** Gradient through the gates: dState (of the states) to dInner (of candidates and gate inputs). */
  #recurrence(a: Activations, inner: Float32Array, dState: Float32Array, dInner: Float32Array, d: number): void {
    const half = d / 2;
    const state = this.#state;
    state.fill(0, 0, a.count * d);
    dInner.fill(0, 0, a.count * 2 * d);
    for (let s = 0; s < a.starts.length; s++) {
      const start = a.starts[s] as number;
      const end = start + (a.lengths[s] as number);
      for (const [from, to, step, low, high] of [
        [start, end, 1, 0, half],
        [end - 1, start - 1, -1, half, d],
      ] as const) {
        for (let row = from; row !== to; row += step) {
          for (let i = low; i < high; i++) {
            const f = inner[row * 2 * d + d + i] as number;
            state[row * d + i] = f * (state[(row - step) * d + i] as number) + (1 - f) * (inner[row * 2 * d + i] as number);
          }
        }
        for (let row = to - step; row !== from - step; row -= step) {
          for (let i = low; i < high; i++) {
            const at = row * 2 * d + i;
            const f = inner[at + d] as number;
            const g = dState[row * d + i] as number;
            const previous = state[(row - step) * d + i] as number;
            dInner[at] = g * (1 - f);
            dInner[at + d] = g * (previous - (inner[at] as number)) * f * (1 - f);
            if (row !== from) dState[(row - step) * d + i] = (dState[(row - step) * d + i] as number) + g * f;
          }
        }
      }
    }
  }

  /** Layer normalisation backwards: dNormal (row + 1) into dStream, added. */
  #normalise(a: Activations, index: number, name: string): void {
    const { network } = this;
    const { kernel, values, size } = network;
    const d = size.width;
    const gain = network.tensor(`${name}.gain`).at;
    const shift = network.tensor(`${name}.shift`).at;
    const from = a.stream[index] as Float32Array;
    const deviation = a.deviation[index] as Float32Array;
    for (let row = 0; row < a.count; row++) {
      if (!a.filled[row]) continue;
      const r = deviation[row] as number;
      kernel.normaliseBack(this.#dStream, row * d, this.grads, gain, shift, this.#dNormal, (row + 1) * d, from, values, r, d);
    }
  }

  /** grads[at ...] += a^T * dY, for a weight of `inputs` rows and `stride` columns. */
  #weight(
    at: number,
    stride: number,
    a: Float32Array,
    aAt: number,
    aStride: number,
    dY: Float32Array,
    yAt: number,
    yStride: number,
    rows: number,
    inputs: number,
  ): void {
    this.network.kernel.multiply(this.grads, at, stride, a, aAt, 1, aStride, dY, yAt, yStride, inputs, stride, rows, true);
  }

  /** dA (+)= dY * w^T, w having `inputs` rows and `outputs` columns. */
  #through(
    dA: Float32Array,
    aAt: number,
    aStride: number,
    dY: Float32Array,
    yAt: number,
    yStride: number,
    w: Float32Array,
    wAt: number,
    inputs: number,
    outputs: number,
    rows: number,
    add: boolean,
  ): void {
    const t = this.#transposed;
    for (let i = 0; i < inputs; i++) for (let j = 0; j < outputs; j++) t[j * inputs + i] = w[wAt + i * outputs + j] as number;
    this.network.kernel.multiply(dA, aAt, aStride, dY, yAt, yStride, 1, t, 0, inputs, rows, inputs, outputs, add);
  }

  #sumRows(from: Float32Array, at: number, stride: number, rows: number, cols: number, to: number): void {
    this.network.kernel.sumRows(this.grads, to, from, at, stride, rows, cols);
  }
}

type Touched = Gradient["touched"][number];

/** Softmax cross-entropy of scores[at ...] against `target`; writes weight * gradient to `to` (which may be `scores`). */
function crossEntropy(scores: Float32Array, to: Float32Array, at: number, n: number, target: number, weight: number): number {
  if (target === -1) {
    if (to === scores) to.fill(0, at, at + n);
    return 0;
  }
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) max = Math.max(max, scores[at + i] as number);
  const gold = scores[at + target] as number;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const e = Math.exp((scores[at + i] as number) - max);
    to[at + i] = e;
    total += e;
  }
  for (let i = 0; i < n; i++) to[at + i] = weight * ((to[at + i] as number) / total - (i === target ? 1 : 0));
  return weight * (Math.log(total) - (gold - max));
}
