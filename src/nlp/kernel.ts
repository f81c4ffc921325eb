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
  /** Rounds a weight of `depth` rows and `cols` columns (multiples of 8) at b[bAt ...] for `multiplyPacked`. */
  pack(b: Float32Array, bAt: number, depth: number, cols: number): PackedWeight;
  /** `multiply` by a rounded weight: half the arithmetic, activations rounded to 15 bits a row. */
  multiplyPacked(
    c: Float32Array,
    cAt: number,
    cStride: number,
    a: Float32Array,
    aAt: number,
    aStride: number,
    weight: PackedWeight,
    rows: number,
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
  /** Layer normalisation of d elements of x from xAt into `to`; gain and shift lie in w. d a multiple of 4. Returns 1 / deviation. */
  normalise(to: Float32Array, toAt: number, x: Float32Array, xAt: number, w: Float32Array, gain: number, shift: number, d: number): number;
  /** Gradient of `normalise`: adds to dx and, at the places of gain and shift, to g what dy brings; r is what `normalise` returned. */
  normaliseBack(
    dx: Float32Array,
    xAt: number,
    g: Float32Array,
    gain: number,
    shift: number,
    dy: Float32Array,
    yAt: number,
    x: Float32Array,
    w: Float32Array,
    r: number,
    d: number,
  ): void;
  /** Adds w[bias ...] to rows of n elements (a multiple of 4), and with `rectify` cuts them at zero. */
  addBias(m: Float32Array, at: number, stride: number, rows: number, w: Float32Array, bias: number, n: number, rectify: boolean): void;
  /** to[toAt ...] += the sum of the rows of m, each n elements (a multiple of 4). */
  sumRows(to: Float32Array, toAt: number, m: Float32Array, at: number, stride: number, rows: number, n: number): void;
  /** to = a + b over the first n elements, n a multiple of 4. */
  add(to: Float32Array, a: Float32Array, b: Float32Array, n: number): void;
  /** to = from * scale where active > 0 (with `signed`: is not 0), else 0, over n elements from the same index; n a multiple of 4. */
  mask(to: Float32Array, from: Float32Array, active: Float32Array, at: number, scale: number, n: number, signed: boolean): void;
  /**
   * The gated recurrence c = f c' + (1 - f) z over `rows` rows of d units (a multiple of 8): the first half forwards, the second
   * backwards, c' from the row before. inner[innerAt ...] holds z and, after it, the gates before their sigmoid; the rows of `state`
   * before and after these hold the start.
   */
  recur(state: Float32Array, stateAt: number, inner: Float32Array, innerAt: number, rows: number, d: number): void;
}

/** A weight as int8 values in 16 bits, eight columns after another, each as pairs of rows; one scale per row. */
export interface PackedWeight {
  readonly depth: number;
  readonly cols: number;
  readonly scales: Float32Array;
  readonly values: Int16Array;
}

/** Rows that `multiplyPacked` rounds at once: few enough to stay in the processor's nearer caches. */
const PACKED_ROWS = 64;
const DEEPEST_PACKED = 1024;
/** Largest rounded activation, as in kernel.as. */
const TOP = 16383;

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
  multiplyPacked(
    c: number,
    cStride: number,
    a: number,
    aStride: number,
    scales: number,
    packed: number,
    rows: number,
    cols: number,
    depth: number,
    rounded: number,
    factors: number,
    add: number,
  ): void;
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
  normalise(to: number, x: number, gain: number, shift: number, d: number): number;
  normaliseBack(dx: number, dGain: number, dShift: number, dy: number, x: number, gain: number, r: number, d: number): void;
  addBias(m: number, stride: number, rows: number, bias: number, n: number, rectify: number): void;
  sumRows(to: number, m: number, stride: number, rows: number, n: number): void;
  add(to: number, a: number, b: number, n: number): void;
  mask(to: number, from: number, active: number, scale: number, n: number, signed: number): void;
  recur(state: number, inner: number, rows: number, d: number): void;
}

/** A kernel with an arena of `floats` floats. Both kinds give the same bytes: their sums run in the same order in single precision. */
export function createKernel(floats: number, kind: KernelKind = "wasm"): Kernel {
  const pages = Math.ceil((floats * 4 + 2 * PAGE) / PAGE);
  if (kind === "javascript") return javascriptKernel(new ArrayBuffer(pages * PAGE));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const code = readFileSync(new URL("../../src/nlp/kernel.wasm", import.meta.url));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const wasm = instance.exports as Exports;
  const byte = (values: Float32Array, at: number) => values.byteOffset + at * 4;
  const allocate = arena(memory.buffer);
  let rounded: Float32Array | undefined;
  const factors = allocate(PACKED_ROWS);
  return {
    kind,
    allocate,
    pack: (b, bAt, depth, cols) => pack(allocate, b, bAt, depth, cols),
    multiplyPacked: (c, cAt, cStride, a, aAt, aStride, weight, rows, add) => {
      const { depth, cols, scales, values } = weight;
      rounded ??= allocate((PACKED_ROWS * DEEPEST_PACKED) / 2);
      for (let row = 0; row < rows; row += PACKED_ROWS) {
        wasm.multiplyPacked(
          byte(c, cAt + row * cStride),
          cStride,
          byte(a, aAt + row * aStride),
          aStride,
          scales.byteOffset,
          values.byteOffset,
          Math.min(PACKED_ROWS, rows - row),
          cols,
          depth,
          rounded.byteOffset,
          factors.byteOffset,
          add ? 1 : 0,
        );
      }
    },
    multiply: (c, cAt, cStride, a, aAt, aRowStride, aColumnStride, b, bAt, bStride, rows, cols, depth, add) =>
      wasm.multiply(byte(c, cAt), cStride, byte(a, aAt), aRowStride, aColumnStride, byte(b, bAt), bStride, rows, cols, depth, add ? 1 : 0),
    adam: (w, g, m, v, at, length, rate, beta1, beta2, epsilon, decay) =>
      wasm.adam(byte(w, at), byte(g, at), byte(m, at), byte(v, at), length, rate, beta1, beta2, epsilon, decay),
    normalise: (to, toAt, x, xAt, w, gain, shift, d) => wasm.normalise(byte(to, toAt), byte(x, xAt), byte(w, gain), byte(w, shift), d),
    normaliseBack: (dx, xAt, g, gain, shift, dy, yAt, x, w, r, d) =>
      wasm.normaliseBack(byte(dx, xAt), byte(g, gain), byte(g, shift), byte(dy, yAt), byte(x, xAt), byte(w, gain), r, d),
    addBias: (m, at, stride, rows, w, bias, n, rectify) => wasm.addBias(byte(m, at), stride, rows, byte(w, bias), n, rectify ? 1 : 0),
    sumRows: (to, toAt, m, at, stride, rows, n) => wasm.sumRows(byte(to, toAt), byte(m, at), stride, rows, n),
    add: (to, a, b, n) => wasm.add(to.byteOffset, a.byteOffset, b.byteOffset, n),
    mask: (to, from, active, at, scale, n, signed) => wasm.mask(byte(to, at), byte(from, at), byte(active, at), scale, n, signed ? 1 : 0),
    recur: (state, stateAt, inner, innerAt, rows, d) => wasm.recur(byte(state, stateAt), byte(inner, innerAt), rows, d),
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

function pack(allocate: Kernel["allocate"], b: Float32Array, bAt: number, depth: number, cols: number): PackedWeight {
  if (depth > DEEPEST_PACKED || depth % 8 !== 0 || cols % 8 !== 0) throw new RangeError(`cannot pack ${depth} x ${cols}`);
  const scales = allocate(depth);
  const room = allocate((depth * cols) / 2);
  const values = new Int16Array(room.buffer, room.byteOffset, depth * cols);
  for (let k = 0; k < depth; k++) {
    let top = 0;
    for (let j = 0; j < cols; j++) top = Math.max(top, Math.abs(b[bAt + k * cols + j] as number));
    scales[k] = top / 127;
    for (let j = 0; j < cols; j++) {
      const value = top === 0 ? 0 : Math.round((127 * (b[bAt + k * cols + j] as number)) / top);
      values[(j >> 3) * 8 * depth + (k >> 1) * 16 + (j & 7) * 2 + (k & 1)] = value;
    }
  }
  return { depth, cols, scales, values };
}

function javascriptKernel(buffer: ArrayBuffer): Kernel {
  const round = Math.fround;
  const allocate = arena(buffer);
  const rounded = new Int16Array(DEEPEST_PACKED);
  return {
    kind: "javascript",
    allocate,
    pack: (b, bAt, depth, cols) => pack(allocate, b, bAt, depth, cols),
    multiplyPacked(c, cAt, cStride, a, aAt, aStride, { depth, cols, scales, values }, rows, add) {
      for (let i = 0; i < rows; i++) {
        const row = aAt + i * aStride;
        let top = 0;
        for (let k = 0; k < depth; k++) top = Math.max(top, Math.abs(round((a[row + k] as number) * (scales[k] as number))));
        const up = top > 0 ? round(TOP / top) : 0;
        const factor = round(top / TOP);
        for (let k = 0; k < depth; k++) {
          const x = round(round((a[row + k] as number) * (scales[k] as number)) * up);
          rounded[k] = Math.floor(round(x + 0.5));
        }
        for (let j = 0; j < cols; j++) {
          let sum = 0;
          const panel = (j >> 3) * 8 * depth + (j & 7) * 2;
          for (let k = 0; k < depth; k += 2) {
            const at = panel + k * 8;
            sum += (rounded[k] as number) * (values[at] as number) + (rounded[k + 1] as number) * (values[at + 1] as number);
          }
          const out = cAt + i * cStride + j;
          const value = round(round(sum) * factor);
          c[out] = add ? (c[out] as number) + value : value;
        }
      }
    },
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
    normalise(to, toAt, x, xAt, w, gain, shift, d) {
      const middle = mean(x, xAt, d);
      const square = fourSums(d, (i) => {
        const v = round((x[xAt + i] as number) - middle);
        return round(v * v);
      });
      const r = round(1 / round(Math.sqrt(round(round(square / d) + round(1e-5)))));
      for (let i = 0; i < d; i++) {
        const v = round(round((x[xAt + i] as number) - middle) * r);
        to[toAt + i] = round(v * (w[gain + i] as number)) + (w[shift + i] as number);
      }
      return r;
    },
    normaliseBack(dx, xAt, g, gain, shift, dy, yAt, x, w, r, d) {
      const middle = mean(x, xAt, d);
      const v = (i: number) => round(round((x[xAt + i] as number) - middle) * r);
      const gv = (i: number) => round((dy[yAt + i] as number) * (w[gain + i] as number));
      for (let i = 0; i < d; i++) {
        g[gain + i] = (g[gain + i] as number) + round((dy[yAt + i] as number) * v(i));
        g[shift + i] = (g[shift + i] as number) + (dy[yAt + i] as number);
      }
      const sum = round(fourSums(d, gv) / d);
      const dot = round(fourSums(d, (i) => round(gv(i) * v(i))) / d);
      for (let i = 0; i < d; i++) {
        const move = round(r * round(round(gv(i) - sum) - round(v(i) * dot)));
        dx[xAt + i] = (dx[xAt + i] as number) + move;
      }
    },
    addBias(m, at, stride, rows, w, bias, n, rectify) {
      for (let row = 0, start = at; row < rows; row++, start += stride) {
        for (let i = 0; i < n; i++) {
          const v = (m[start + i] as number) + (w[bias + i] as number);
          m[start + i] = rectify && !(v > 0) ? 0 : v;
        }
      }
    },
    sumRows(to, toAt, m, at, stride, rows, n) {
      for (let row = 0, start = at; row < rows; row++, start += stride) {
        for (let i = 0; i < n; i++) to[toAt + i] = (to[toAt + i] as number) + (m[start + i] as number);
      }
    },
    add(to, a, b, n) {
      for (let i = 0; i < n; i++) to[i] = (a[i] as number) + (b[i] as number);
    },
    mask(to, from, active, at, scale, n, signed) {
      const factor = round(scale);
      for (let i = at; i < at + n; i++) {
        const a = active[i] as number;
        to[i] = (signed ? a !== 0 : a > 0) ? (from[i] as number) * factor : 0;
      }
    },
    recur(state, stateAt, inner, innerAt, rows, d) {
      for (const [first, last, step, low, high] of [
        [0, rows, 1, 0, d / 2],
        [rows - 1, -1, -1, d / 2, d],
      ] as const) {
        for (let row = first; row !== last; row += step) {
          for (let i = low; i < high; i++) {
            const z = innerAt + row * 2 * d + i;
            const at = stateAt + row * d + i;
            const f = sigmoid(inner[z + d] as number);
            state[at] = round(f * (state[at - step * d] as number)) + round(round(1 - f) * (inner[z] as number));
          }
        }
      }
    },
  };
}

/** Coefficients of 2^r, highest power first. */
const POWERS_OF_TWO = Float32Array.of(
  0.0001540353039338161,
  0.0013333558146428443,
  0.009618129107628477,
  0.05550410866482158,
  0.2402265069591007,
  0.6931471805599453,
  1,
);
const MINUS_LOG2_E = Math.fround(-1.4426950408889634);

/** 1 / (1 + exp(-x)) to about 1e-6, by the operations of kernel.as. */
function sigmoid(x: number): number {
  const round = Math.fround;
  const y = round(Math.max(Math.min(x, 30), -30) * MINUS_LOG2_E);
  const n = Math.floor(round(y + 0.5));
  const r = round(y - n);
  let e = POWERS_OF_TWO[0] as number;
  for (let i = 1; i < POWERS_OF_TWO.length; i++) e = round(round(e * r) + (POWERS_OF_TWO[i] as number));
  return round(1 / round(1 + round(e * 2 ** n)));
}

/** Sum of term(0 ... n - 1) in single precision as four interleaved partial sums, as the SIMD lanes add. */
function fourSums(n: number, term: (i: number) => number): number {
  const lanes = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) lanes[i & 3] = Math.fround((lanes[i & 3] as number) + term(i));
  return lanes.reduce((sum, lane) => Math.fround(sum + lane));
}

function mean(x: Float32Array, at: number, n: number): number {
  return Math.fround(fourSums(n, (i) => x[at + i] as number) / n);
}
