/** The arithmetic of the reader: one arena of floats and a matrix product over it, in WebAssembly or in plain JavaScript. */
import { readFileSync } from "node:fs";

export type KernelKind = "wasm" | "javascript";

/** A matrix inside the arena: `data` may be longer than one matrix, `at` is the index of the first element, `stride` the row length. */
export interface Kernel {
  readonly kind: KernelKind;
  /** Takes `length` zeroed floats from the arena, 16-byte aligned; throws RangeError when the arena is full. */
  allocate(length: number): Float32Array;
  /**
   * c[rows x cols] = (add ? c : 0) + a[rows x depth] * b[depth x cols]. All arrays come from `allocate`. `a` has a row and a column
   * stride, so a transposed matrix or overlapping rows (a convolution's window) need no copy.
   */
  multiply(
    c: Float32Array,
    cAt: number,
    cStride: number,
    a: Float32Array,
    aAt: number,
    aRowStride: number,
    aColumnStride: number,
    b: Float32Array,
    bAt: number,
    bStride: number,
    rows: number,
    cols: number,
    depth: number,
    add: boolean,
  ): void;
  /** One Adam step over elements [at, at + length) of weights w, gradient g (cleared), moments m and v; length a multiple of 4. */
  adam(
    w: Float32Array,
    g: Float32Array,
    m: Float32Array,
    v: Float32Array,
    at: number,
    length: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ): void;
}

const PAGE = 65536;
/** Bytes before the arena that kernel.as uses to pack a matrix. */
const ARENA_START = PAGE;

/** The part of the JavaScript interface of WebAssembly used here; the ES library types leave it out. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

interface Exports {
  multiply(
    c: number,
    cStride: number,
    a: number,
    aRowStride: number,
    aColumnStride: number,
    b: number,
    bStride: number,
    rows: number,
    cols: number,
    depth: number,
    add: number,
  ): void;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    length: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ): void;
}

/** A kernel with an arena of `floats` floats. Both kinds give the same bytes: their sums run in the same order in single precision. */
export function createKernel(floats: number, kind: KernelKind = "wasm"): Kernel {
  const pages = Math.ceil((floats * 4 + 2 * PAGE) / PAGE);
  if (kind === "javascript") return javascriptKernel(new ArrayBuffer(pages * PAGE));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const code = readFileSync(new URL("../../src/nlp/kernel.wasm", import.meta.url));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const { multiply, adam } = instance.exports as Exports;
  return {
    kind,
    allocate: arena(memory.buffer),
    multiply: (c, cAt, cStride, a, aAt, aRowStride, aColumnStride, b, bAt, bStride, rows, cols, depth, add) =>
      multiply(
        c.byteOffset + cAt * 4,
        cStride,
        a.byteOffset + aAt * 4,
        aRowStride,
        aColumnStride,
        b.byteOffset + bAt * 4,
        bStride,
        rows,
        cols,
        depth,
        add ? 1 : 0,
      ),
    adam: (w, g, m, v, at, length, rate, beta1, beta2, epsilon, decay) =>
      adam(
        w.byteOffset + at * 4,
        g.byteOffset + at * 4,
        m.byteOffset + at * 4,
        v.byteOffset + at * 4,
        length,
        rate,
        beta1,
        beta2,
        epsilon,
        decay,
      ),
  };
}

function arena(buffer: ArrayBuffer): (length: number) => Float32Array {
  let next = ARENA_START;
  return (length) => {
    const start = next;
    next += Math.ceil(length / 4) * 16;
    if (next > buffer.byteLength) throw new RangeError(`arena of ${buffer.byteLength} bytes is full`);
    return new Float32Array(buffer, start, length);
  };
}

function javascriptKernel(buffer: ArrayBuffer): Kernel {
  const round = Math.fround;
  return {
    kind: "javascript",
    allocate: arena(buffer),
    multiply(c, cAt, cStride, a, aAt, aRowStride, aColumnStride, b, bAt, bStride, rows, cols, depth, add) {
      for (let i = 0; i < rows; i++) {
        const row = cAt + i * cStride;
        for (let j = 0; j < cols; j += 4) {
          let s0 = round(0);
          let s1 = round(0);
          let s2 = round(0);
          let s3 = round(0);
          let p = aAt + i * aRowStride;
          let q = bAt + j;
          for (let k = 0; k < depth; k++) {
            const x = a[p] as number;
            s0 = round(s0 + round(x * (b[q] as number)));
            s1 = round(s1 + round(x * (b[q + 1] as number)));
            s2 = round(s2 + round(x * (b[q + 2] as number)));
            s3 = round(s3 + round(x * (b[q + 3] as number)));
            p += aColumnStride;
            q += bStride;
          }
          const out = row + j;
          c[out] = add ? (c[out] as number) + s0 : s0;
          if (j + 1 < cols) c[out + 1] = add ? (c[out + 1] as number) + s1 : s1;
          if (j + 2 < cols) c[out + 2] = add ? (c[out + 2] as number) + s2 : s2;
          if (j + 3 < cols) c[out + 3] = add ? (c[out + 3] as number) + s3 : s3;
        }
      }
    },
    adam(w, g, m, v, at, length, rate, beta1, beta2, epsilon, decay) {
      const [keep1, take1, keep2, take2] = [round(beta1), round(1 - round(beta1)), round(beta2), round(1 - round(beta2))];
      const [step, small, shrink] = [round(rate), round(epsilon), round(1 - round(decay))];
      for (let i = at; i < at + length; i++) {
        const x = g[i] as number;
        const first = round(round(keep1 * (m[i] as number)) + round(take1 * x));
        const second = round(round(keep2 * (v[i] as number)) + round(take2 * round(x * x)));
        m[i] = first;
        v[i] = second;
        const move = round(round(step * first) / round(round(Math.sqrt(second)) + small));
        w[i] = round(round((w[i] as number) * shrink) - move);
        g[i] = 0;
      }
    },
  };
}
