/** The weight files: reading them into a network and writing a trained network to them. */
import { UPOS } from "../model/annotation.ts";
import { FeatureReader } from "./features.ts";
import { HashedWeights } from "./hashed-weights.ts";
import { NameOpinion } from "./name-opinion.ts";
import { type Dimensions, type Network, planOf, type WordVectors } from "./network.ts";
import { WordIndex } from "./word-index.ts";

/** What reader.json says. */
interface Header {
  readonly format: 1;
  readonly size: Dimensions;
  readonly xpos: readonly string[];
}

export interface Model {
  readonly size: Dimensions;
  readonly xpos: readonly string[];
  readonly vectors: WordVectors;
  readonly features: FeatureReader;
  /** The second opinion on tags (tag-opinion.ts). */
  readonly tags: HashedWeights;
  /** The second opinion on names (name-opinion.ts). */
  readonly names: NameOpinion;
  /** Copies the weights into a network of the same dimensions. */
  copyInto(network: Network): void;
}

/** Floats that the parameters of a network of this size take in an arena. */
export function modelFloats(size: Dimensions): number {
  return planOf(size).length + 64;
}

/** Reads reader.json, reader.bin, words.txt, vectors.txt, vectors.bin, tags.bin and names.bin through `open`; throws when their sizes do not agree. */
export function readModel(open: (name: string) => Uint8Array): Model {
  const header = JSON.parse(new TextDecoder().decode(open("reader.json"))) as Header;
  const list = new WordIndex(open("vectors.txt"));
  const bytes = open("vectors.bin");
  const { size } = header;
  if (bytes.length !== list.size * (size.vector + 4)) throw new Error("vectors.bin and vectors.txt do not belong together");
  const scales = new Float32Array(bytes.slice(0, list.size * 4).buffer);
  const rows = new Int8Array(bytes.buffer, bytes.byteOffset + list.size * 4, list.size * size.vector);
  const vectors: WordVectors = { rows, scales, width: size.vector };
  const packed = open("reader.bin");
  return {
    size,
    xpos: header.xpos,
    vectors,
    tags: new HashedWeights(open("tags.bin"), UPOS.length, "tags.bin"),
    names: new NameOpinion(open("names.bin")),
    features: new FeatureReader(list, new WordIndex(open("words.txt"), 1)),
    copyInto(network) {
      const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
      const integers = new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength);
      const { values } = network;
      let at = 0;
      for (const tensor of network.tensors) {
        if (tensor.rows === 1) {
          for (let i = 0; i < tensor.cols; i++, at += 4) values[tensor.at + i] = view.getFloat32(at, true);
          continue;
        }
        for (let r = 0; r < tensor.rows; r++) {
          const scale = view.getFloat32(at, true);
          at += 4;
          const to = tensor.at + r * tensor.cols;
          for (let i = 0; i < tensor.cols; i++) values[to + i] = scale * (integers[at++] as number);
        }
      }
      if (at !== packed.length) throw new Error("reader.bin does not belong to reader.json");
    },
  };
}

/** Bytes of reader.bin: each matrix row as a float scale and int8 weights, vectors as floats, little-endian. */
export function packWeights(network: Network, values: Float32Array): Uint8Array {
  const size = network.tensors.reduce((sum, t) => sum + (t.rows === 1 ? t.cols * 4 : t.rows * (t.cols + 4)), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const tensor of network.tensors) {
    if (tensor.rows === 1) {
      for (let i = 0; i < tensor.cols; i++, at += 4) view.setFloat32(at, values[tensor.at + i] as number, true);
      continue;
    }
    for (let r = 0; r < tensor.rows; r++) {
      const row = values.subarray(tensor.at + r * tensor.cols, tensor.at + (r + 1) * tensor.cols);
      at += packRow(row, view, at);
    }
  }
  return bytes;
}

/** Writes one row as scale and int8 weights at `at`; returns the bytes taken. */
function packRow(row: Float32Array, view: DataView, at: number): number {
  let top = 0;
  for (const v of row) top = Math.max(top, Math.abs(v));
  const scale = Math.fround(top / 127);
  view.setFloat32(at, scale, true);
  for (let i = 0; i < row.length; i++) view.setInt8(at + 4 + i, scale === 0 ? 0 : Math.round((row[i] as number) / scale));
  return 4 + row.length;
}

/** Bytes of vectors.bin for `rows`: all scales, then all int8 rows. */
export function packVectors(rows: readonly ArrayLike<number>[], width: number): Uint8Array {
  const bytes = new Uint8Array(rows.length * (width + 4));
  const view = new DataView(bytes.buffer);
  rows.forEach((row, r) => {
    let top = 0;
    for (let i = 0; i < width; i++) top = Math.max(top, Math.abs(row[i] as number));
    const scale = Math.fround(top / 127);
    view.setFloat32(r * 4, scale, true);
    const at = rows.length * 4 + r * width;
    for (let i = 0; i < width; i++) view.setInt8(at + i, scale === 0 ? 0 : Math.round((row[i] as number) / scale));
  });
  return bytes;
}

export function packHeader(size: Dimensions, xpos: readonly string[]): string {
  const header: Header = { format: 1, size, xpos };
  return `${JSON.stringify(header, null, 2)}\n`;
}
