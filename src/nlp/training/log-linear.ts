/** Trains log-linear models over hashed sparse features. */
import { Random } from "./dropout.ts";

/** Examples one after the other: the features of example e are keys[starts[e], starts[e + 1]), its class is classes[e]. */
export interface SparseExamples {
  readonly keys: Uint32Array;
  readonly starts: Uint32Array;
  readonly classes: Uint8Array;
}

export interface LogLinearOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly rate: number;
  /** Buckets of the table, a power of two. */
  readonly buckets: number;
}

/** Gradients smaller than this change nothing. */
const SMALL = 1e-4;

/**
 * Weights of a row per bucket and a column per class, for which softmax(sum of a feature's rows) fits the examples: AdaGrad (Duchi et al.
 * 2011) on single examples in random order. Same input, same bytes.
 */
export function trainLogLinear(examples: SparseExamples, classes: number, options: LogLinearOptions): Float32Array {
  const { keys, starts } = examples;
  const mask = options.buckets - 1;
  const weights = new Float32Array(options.buckets * classes);
  const squares = new Float32Array(weights.length).fill(0.1);
  const random = new Random(options.seed);
  const order = Array.from({ length: examples.classes.length }, (_, e) => e);
  const errors = new Float64Array(classes);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    random.shuffle(order);
    for (const e of order) {
      const [from, to] = [starts[e] as number, starts[e + 1] as number];
      errors.fill(0);
      for (let k = from; k < to; k++) {
        const row = ((keys[k] as number) & mask) * classes;
        for (let y = 0; y < classes; y++) errors[y] = (errors[y] as number) + (weights[row + y] as number);
      }
      softmax(errors);
      const right = examples.classes[e] as number;
      errors[right] = (errors[right] as number) - 1;
      for (let y = 0; y < classes; y++) {
        const error = errors[y] as number;
        if (Math.abs(error) < SMALL) continue;
        for (let k = from; k < to; k++) {
          const at = ((keys[k] as number) & mask) * classes + y;
          squares[at] = (squares[at] as number) + error * error;
          weights[at] = (weights[at] as number) - (options.rate * error) / Math.sqrt(squares[at] as number);
        }
      }
    }
  }
  return weights;
}

/** In place. */
function softmax(scores: Float64Array): void {
  const top = Math.max(...scores);
  let sum = 0;
  for (let y = 0; y < scores.length; y++) sum += scores[y] = Math.exp((scores[y] as number) - top);
  for (let y = 0; y < scores.length; y++) scores[y] = (scores[y] as number) / sum;
}
