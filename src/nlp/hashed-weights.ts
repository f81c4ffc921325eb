/** Weights of a log-linear model over sparse features: a table of int8 rows, a feature's row being found by its hash alone. */

/** A row per bucket, a weight per class in each row; features that share a bucket share its weights. */
export class HashedWeights {
  readonly #rows: Int8Array;
  readonly #scale: number;
  readonly #classes: number;
  readonly #mask: number;

  /** @param bytes as packHashedWeights gives them; throws when they hold no power of two of rows of `classes` weights. */
  constructor(bytes: Uint8Array, classes: number, name: string) {
    const buckets = (bytes.length - SCALE) / classes;
    if (!(buckets >= 1) || !Number.isInteger(Math.log2(buckets)))
      throw new Error(`${name} has ${bytes.length} bytes, which are no power of two of rows of ${classes} weights`);
    this.#scale = new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
    this.#rows = new Int8Array(bytes.buffer, bytes.byteOffset + SCALE, buckets * classes);
    this.#classes = classes;
    this.#mask = buckets - 1;
  }

  /** Adds `share` of each class's weights for the features keys[0, count) to scores[at ...]. */
  weigh(scores: Float32Array, at: number, keys: Uint32Array, count: number, share: number): void {
    const [rows, classes, sums] = [this.#rows, this.#classes, this.#sums];
    sums.fill(0, 0, classes);
    for (let k = 0; k < count; k++) {
      const row = ((keys[k] as number) & this.#mask) * classes;
      for (let y = 0; y < classes; y++) sums[y] = (sums[y] as number) + (rows[row + y] as number);
    }
    const factor = share * this.#scale;
    for (let y = 0; y < classes; y++) scores[at + y] = (scores[at + y] as number) + factor * (sums[y] as number);
  }

  readonly #sums = new Int32Array(256);
}

/** Bytes of the scale before the rows. */
const SCALE = 4;
/** Weights beyond this are cut: few are, and the others are rounded the finer. */
const LARGEST = 3;

/** The bytes of HashedWeights: the scale as a little-endian float, then all weights as int8. */
export function packHashedWeights(weights: Float32Array): Uint8Array {
  const top = Math.min(
    LARGEST,
    weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0),
  );
  const scale = Math.fround(top / 127);
  const bytes = new Uint8Array(SCALE + weights.length);
  new DataView(bytes.buffer).setFloat32(0, scale, true);
  const rows = new Int8Array(bytes.buffer, SCALE);
  if (scale > 0) weights.forEach((w, i) => (rows[i] = Math.round(Math.max(-top, Math.min(top, w)) / scale)));
  return bytes;
}
