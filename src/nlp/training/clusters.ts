/** Clusters of words by their vectors: k-means on the sphere (Dhillon and Modha 2001), twice. */
import type { WordClusters } from "../name-keys.ts";
import { createKernel } from "../kernel.ts";
import type { WordVectors } from "../network.ts";

const FINE = 1024;
const COARSE = 128;
const ROUNDS = 12;
/** Vectors that the centres are found by, the most frequent words'. */
const FREQUENT = 60_000;
const BATCH = 2000;

/** FINE clusters of all words and COARSE clusters of these; the same vectors give the same clusters. */
export function clusterWords({ rows, width }: WordVectors): WordClusters {
  const words = kMeans(rows, width, FINE, FREQUENT);
  const { of } = kMeans(words.centres, width, COARSE, FINE);
  return { fine: Uint16Array.from(words.of), coarse: Uint8Array.from(of) };
}

/** The nearest of `clusters` centres for each row, and the centres, found by the first `learnt` rows. */
function kMeans(rows: ArrayLike<number>, width: number, clusters: number, learnt: number): { of: Int32Array; centres: Float32Array } {
  const count = rows.length / width;
  const deep = Math.ceil(width / 8) * 8;
  const frequent = Math.min(learnt, count);
  const kernel = createKernel((count + clusters) * deep + BATCH * clusters + 4096);
  const points = kernel.allocate(count * deep);
  for (let r = 0; r < count; r++) {
    for (let i = 0; i < width; i++) points[r * deep + i] = rows[r * width + i] as number;
    toUnit(points, r * deep, 1, width);
  }
  // a column per centre
  const centres = kernel.allocate(deep * clusters);
  const move = (from: number, cluster: number) => {
    for (let i = 0; i < width; i++) {
      const at = i * clusters + cluster;
      centres[at] = (centres[at] as number) + (points[from * deep + i] as number);
    }
  };
  for (let c = 0; c < clusters; c++) move(Math.floor((c * frequent) / clusters), c);
  const scores = kernel.allocate(BATCH * clusters);
  const of = new Int32Array(count);
  const assign = (end: number) => {
    for (let from = 0; from < end; from += BATCH) {
      const batch = Math.min(BATCH, end - from);
      kernel.multiply(scores, 0, clusters, points, from * deep, deep, 1, centres, 0, clusters, batch, clusters, deep, false);
      for (let r = 0; r < batch; r++) {
        let best = 0;
        for (let c = 1; c < clusters; c++) {
          if ((scores[r * clusters + c] as number) > (scores[r * clusters + best] as number)) best = c;
        }
        of[from + r] = best;
      }
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    assign(frequent);
    centres.fill(0);
    for (let r = 0; r < frequent; r++) move(r, of[r] as number);
    for (let c = 0; c < clusters; c++) toUnit(centres, c, clusters, width);
  }
  assign(count);
  const byRow = Float32Array.from(
    { length: clusters * width },
    (_, at) => centres[(at % width) * clusters + Math.floor(at / width)] as number,
  );
  return { of, centres: byRow };
}

/** Scales the vector of `width` numbers, `stride` apart from `at`, to length one. */
function toUnit(values: Float32Array, at: number, stride: number, width: number): void {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (values[at + i * stride] as number) ** 2;
  const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < width; i++) values[at + i * stride] = factor * (values[at + i * stride] as number);
}
