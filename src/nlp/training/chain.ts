/** The loss of the name labels of a sentence as one sequence: a linear-chain conditional random field (Lafferty et al. 2001). */
import { mayFollow } from "../decode.ts";

/** The target of a word for which "outside" and "other" are both right. */
export const NAME_OPEN = -2;

/** Where a chain's numbers lie: a score per word and label, a score per pair of neighbouring labels (row = the former). */
export interface ChainScores {
  readonly scores: Float32Array;
  readonly gradient: Float32Array;
  readonly stride: number;
  readonly transitions: Float32Array;
  readonly transitionGradient: Float32Array;
  readonly transitionsAt: number;
  readonly transitionsStride: number;
}

/** Posterior probabilities of labels and of pairs of labels by the forward and backward sums, both scaled word by word. */
export class LabelChain {
  readonly #labels: number;
  readonly #forward: Float64Array;
  readonly #backward: Float64Array;
  readonly #emission: Float64Array;
  readonly #scale: Float64Array;
  readonly #step: Float64Array;

  constructor(labels: number, longest: number) {
    this.#labels = labels;
    this.#forward = new Float64Array(longest * labels);
    this.#backward = new Float64Array(longest * labels);
    this.#emission = new Float64Array(longest * labels);
    this.#scale = new Float64Array(longest);
    this.#step = new Float64Array(labels * labels);
  }

  /**
   * Adds weight * gradient of -log p(targets) for n words whose first scores lie at `at`, and returns weight * -log p. NAME_OPEN
   * allows label 0 and the last two.
   */
  loss(c: ChainScores, at: number, targets: Int32Array, weight: number): number {
    const k = this.#labels;
    for (let x = 0; x < k; x++) {
      for (let y = 0; y < k; y++) {
        const score = c.transitions[c.transitionsAt + x * c.transitionsStride + y] as number;
        this.#step[x * k + y] = mayFollow(x, y) ? Math.exp(score) : 0;
      }
    }
    return weight * (this.#pass(c, at, targets.length, undefined, weight) - this.#pass(c, at, targets.length, targets, -weight));
  }

  /** Adds factor * the expected labels and pairs to the gradients; with `targets` among the allowed labels alone. Returns log of the sum. */
  #pass(c: ChainScores, at: number, n: number, targets: Int32Array | undefined, factor: number): number {
    const k = this.#labels;
    const [forward, backward, emission, scale, step] = [this.#forward, this.#backward, this.#emission, this.#scale, this.#step];
    let log = 0;
    for (let i = 0; i < n; i++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let y = 0; y < k; y++) top = Math.max(top, c.scores[at + i * c.stride + y] as number);
      log += top;
      const target = targets?.[i];
      let sum = 0;
      for (let y = 0; y < k; y++) {
        const allowed = target === undefined || (target === NAME_OPEN ? y === 0 || y >= k - 2 : y === target);
        const e = allowed ? Math.exp((c.scores[at + i * c.stride + y] as number) - top) : 0;
        emission[i * k + y] = e;
        let before = 0;
        if (e === 0) before = 0;
        else if (i === 0) before = mayFollow(0, y) ? 1 : 0;
        else for (let x = 0; x < k; x++) before += (forward[(i - 1) * k + x] as number) * (step[x * k + y] as number);
        forward[i * k + y] = e * before;
        sum += e * before;
      }
      scale[i] = sum;
      log += Math.log(sum);
      for (let y = 0; y < k; y++) forward[i * k + y] = (forward[i * k + y] as number) / sum;
    }
    backward.fill(1, (n - 1) * k, n * k);
    for (let i = n - 1; i >= 0; i--) {
      for (let y = 0; y < k; y++) {
        const p = (forward[i * k + y] as number) * (backward[i * k + y] as number);
        const to = at + i * c.stride + y;
        c.gradient[to] = (c.gradient[to] as number) + factor * p;
      }
      if (i === 0) break;
      for (let x = 0; x < k; x++) {
        const before = forward[(i - 1) * k + x] as number;
        let sum = 0;
        for (let y = 0; y < k; y++) {
          const weight = (step[x * k + y] as number) * (emission[i * k + y] as number) * (backward[i * k + y] as number);
          if (weight === 0) continue;
          sum += weight;
          const to = c.transitionsAt + x * c.transitionsStride + y;
          c.transitionGradient[to] = (c.transitionGradient[to] as number) + (factor * before * weight) / (scale[i] as number);
        }
        backward[(i - 1) * k + x] = sum / (scale[i] as number);
      }
    }
    return log;
  }
}
