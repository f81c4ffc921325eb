// The matrix kernels of the reader in AssemblyScript with SIMD. `training/compile.ts` turns this file into kernel.wasm;
// kernel.ts holds the same functions in plain JavaScript. Every sum runs in the same order in both, so both give the same bytes.
// Pointers are byte offsets into the imported memory; strides count floats.

/** Bytes at the start of the memory that hold eight columns of b, packed: room for a depth of 2,000. */
const PANEL: usize = 1024;
const DEEPEST: i32 = 2000;

/** c[rows x cols] = (add ? c : 0) + a[rows x depth] * b[depth x cols]; a is read with any row and column stride. */
export function multiply(
  c: usize, ldc: usize, a: usize, rowStride: usize, columnStride: usize, b: usize, ldb: usize,
  rows: i32, cols: i32, depth: i32, add: i32,
): void {
  const rowBytes = rowStride << 2;
  const stepA = columnStride << 2;
  const stepB = ldb << 2;
  const stepC = ldc << 2;
  const pack = rows >= 8 && depth <= DEEPEST;
  let j: i32 = 0;
  for (; j + 8 <= cols; j += 8) {
    let panel = b + ((<usize>j) << 2);
    let stepP = stepB;
    if (pack) {
      let to: usize = PANEL;
      for (let k: i32 = 0; k < depth; k++) {
        v128.store(to, v128.load(panel));
        v128.store(to, v128.load(panel, 16), 16);
        panel += stepB;
        to += 32;
      }
      panel = PANEL;
      stepP = 32;
    }
    let i: i32 = 0;
    for (; i + 4 <= rows; i += 4) {
      let s00 = f32x4.splat(0), s01 = f32x4.splat(0);
      let s10 = f32x4.splat(0), s11 = f32x4.splat(0);
      let s20 = f32x4.splat(0), s21 = f32x4.splat(0);
      let s30 = f32x4.splat(0), s31 = f32x4.splat(0);
      let p = panel;
      let a0 = a + (<usize>i) * rowBytes;
      let k: i32 = 0;
      if (pack && stepA == 4) {
        let a1 = a0 + rowBytes;
        let a2 = a1 + rowBytes;
        let a3 = a2 + rowBytes;
        for (; k + 2 <= depth; k += 2) {
          let b0 = v128.load(p, 0);
          let b1 = v128.load(p, 16);
          let x = v128.load32_splat(a0, 0);
          s00 = f32x4.add(s00, f32x4.mul(x, b0));
          s01 = f32x4.add(s01, f32x4.mul(x, b1));
          x = v128.load32_splat(a1, 0);
          s10 = f32x4.add(s10, f32x4.mul(x, b0));
          s11 = f32x4.add(s11, f32x4.mul(x, b1));
          x = v128.load32_splat(a2, 0);
          s20 = f32x4.add(s20, f32x4.mul(x, b0));
          s21 = f32x4.add(s21, f32x4.mul(x, b1));
          x = v128.load32_splat(a3, 0);
          s30 = f32x4.add(s30, f32x4.mul(x, b0));
          s31 = f32x4.add(s31, f32x4.mul(x, b1));
          b0 = v128.load(p, 32);
          b1 = v128.load(p, 48);
          x = v128.load32_splat(a0, 4);
          s00 = f32x4.add(s00, f32x4.mul(x, b0));
          s01 = f32x4.add(s01, f32x4.mul(x, b1));
          x = v128.load32_splat(a1, 4);
          s10 = f32x4.add(s10, f32x4.mul(x, b0));
          s11 = f32x4.add(s11, f32x4.mul(x, b1));
          x = v128.load32_splat(a2, 4);
          s20 = f32x4.add(s20, f32x4.mul(x, b0));
          s21 = f32x4.add(s21, f32x4.mul(x, b1));
          x = v128.load32_splat(a3, 4);
          s30 = f32x4.add(s30, f32x4.mul(x, b0));
          s31 = f32x4.add(s31, f32x4.mul(x, b1));
          p += 64;
          a0 += 8;
          a1 += 8;
          a2 += 8;
          a3 += 8;
        }
      } else if (pack && rowBytes == 4) {
        for (; k + 2 <= depth; k += 2) {
          let b0 = v128.load(p, 0);
          let b1 = v128.load(p, 16);
          let x = v128.load32_splat(a0, 0);
          s00 = f32x4.add(s00, f32x4.mul(x, b0));
          s01 = f32x4.add(s01, f32x4.mul(x, b1));
          x = v128.load32_splat(a0, 4);
          s10 = f32x4.add(s10, f32x4.mul(x, b0));
          s11 = f32x4.add(s11, f32x4.mul(x, b1));
          x = v128.load32_splat(a0, 8);
          s20 = f32x4.add(s20, f32x4.mul(x, b0));
          s21 = f32x4.add(s21, f32x4.mul(x, b1));
          x = v128.load32_splat(a0, 12);
          s30 = f32x4.add(s30, f32x4.mul(x, b0));
          s31 = f32x4.add(s31, f32x4.mul(x, b1));
          a0 += stepA;
          b0 = v128.load(p, 32);
          b1 = v128.load(p, 48);
          x = v128.load32_splat(a0, 0);
          s00 = f32x4.add(s00, f32x4.mul(x, b0));
          s01 = f32x4.add(s01, f32x4.mul(x, b1));
          x = v128.load32_splat(a0, 4);
          s10 = f32x4.add(s10, f32x4.mul(x, b0));
          s11 = f32x4.add(s11, f32x4.mul(x, b1));
          x = v128.load32_splat(a0, 8);
          s20 = f32x4.add(s20, f32x4.mul(x, b0));
          s21 = f32x4.add(s21, f32x4.mul(x, b1));
          x = v128.load32_splat(a0, 12);
          s30 = f32x4.add(s30, f32x4.mul(x, b0));
          s31 = f32x4.add(s31, f32x4.mul(x, b1));
          p += 64;
          a0 += stepA;
        }
      }
      for (; k < depth; k++) {
        const b0 = v128.load(p);
        const b1 = v128.load(p, 16);
        let x = v128.load32_splat(a0);
        s00 = f32x4.add(s00, f32x4.mul(x, b0));
        s01 = f32x4.add(s01, f32x4.mul(x, b1));
        x = v128.load32_splat(a0 + rowBytes);
        s10 = f32x4.add(s10, f32x4.mul(x, b0));
        s11 = f32x4.add(s11, f32x4.mul(x, b1));
        x = v128.load32_splat(a0 + 2 * rowBytes);
        s20 = f32x4.add(s20, f32x4.mul(x, b0));
        s21 = f32x4.add(s21, f32x4.mul(x, b1));
        x = v128.load32_splat(a0 + 3 * rowBytes);
        s30 = f32x4.add(s30, f32x4.mul(x, b0));
        s31 = f32x4.add(s31, f32x4.mul(x, b1));
        p += stepP;
        a0 += stepA;
      }
      let out = c + (<usize>i) * stepC + ((<usize>j) << 2);
      put(out, s00, s01, add);
      out += stepC;
      put(out, s10, s11, add);
      out += stepC;
      put(out, s20, s21, add);
      out += stepC;
      put(out, s30, s31, add);
    }
    for (; i < rows; i++) {
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
      let p = panel;
      let q = a + (<usize>i) * rowBytes;
      for (let k: i32 = 0; k < depth; k++) {
        const x = v128.load32_splat(q);
        s0 = f32x4.add(s0, f32x4.mul(x, v128.load(p)));
        s1 = f32x4.add(s1, f32x4.mul(x, v128.load(p, 16)));
        p += stepP;
        q += stepA;
      }
      put(c + (<usize>i) * stepC + ((<usize>j) << 2), s0, s1, add);
    }
  }
  for (; j < cols; j++) {
    for (let i: i32 = 0; i < rows; i++) {
      let s: f32 = 0;
      let p = b + ((<usize>j) << 2);
      let q = a + (<usize>i) * rowBytes;
      for (let k: i32 = 0; k < depth; k++) {
        s += load<f32>(q) * load<f32>(p);
        p += stepB;
        q += stepA;
      }
      const out = c + (<usize>i) * stepC + ((<usize>j) << 2);
      store<f32>(out, add ? load<f32>(out) + s : s);
    }
  }
}

// @ts-ignore: decorator
@inline
function put(out: usize, s0: v128, s1: v128, add: i32): void {
  if (add) {
    s0 = f32x4.add(v128.load(out), s0);
    s1 = f32x4.add(v128.load(out, 16), s1);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
}

/** One step of Adam (Kingma and Ba 2015) over n weights, n a multiple of 4: moments m and v, gradient g, which is cleared. */
export function adam(w: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, beta1: f32, beta2: f32, epsilon: f32, decay: f32): void {
  const keep1 = f32x4.splat(beta1), take1 = f32x4.splat(1 - beta1);
  const keep2 = f32x4.splat(beta2), take2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate), small = f32x4.splat(epsilon), shrink = f32x4.splat(1 - decay);
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < (<usize>n) << 2; i += 16) {
    const x = v128.load(g + i);
    const first = f32x4.add(f32x4.mul(keep1, v128.load(m + i)), f32x4.mul(take1, x));
    const second = f32x4.add(f32x4.mul(keep2, v128.load(v + i)), f32x4.mul(take2, f32x4.mul(x, x)));
    v128.store(m + i, first);
    v128.store(v + i, second);
    const move = f32x4.div(f32x4.mul(step, first), f32x4.add(f32x4.sqrt(second), small));
    v128.store(w + i, f32x4.sub(f32x4.mul(v128.load(w + i), shrink), move));
    v128.store(g + i, zero);
  }
}

/** Four partial sums of d floats, added in order; d a multiple of 4. */
// @ts-ignore: decorator
@inline
function total(lanes: v128): f32 {
  return f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3);
}

// @ts-ignore: decorator
@inline
function mean(x: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) sum = f32x4.add(sum, v128.load(x + i));
  return total(sum) / <f32>(bytes >> 2);
}

/** Layer normalisation of one row of d floats, d a multiple of 4; returns 1 / standard deviation. */
export function normalise(to: usize, x: usize, gain: usize, shift: usize, d: i32): f32 {
  const bytes = (<usize>d) << 2;
  const middle = f32x4.splat(mean(x, bytes));
  let square = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = f32x4.sub(v128.load(x + i), middle);
    square = f32x4.add(square, f32x4.mul(v, v));
  }
  const r: f32 = 1 / sqrt<f32>(total(square) / <f32>d + <f32>1e-5);
  const scale = f32x4.splat(r);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = f32x4.mul(f32x4.sub(v128.load(x + i), middle), scale);
    v128.store(to + i, f32x4.add(f32x4.mul(v, v128.load(gain + i)), v128.load(shift + i)));
  }
  return r;
}

/** The gradient of `normalise`: adds to dx, dGain and dShift what dy brings; r is what `normalise` returned. */
export function normaliseBack(dx: usize, dGain: usize, dShift: usize, dy: usize, x: usize, gain: usize, r: f32, d: i32): void {
  const bytes = (<usize>d) << 2;
  const middle = f32x4.splat(mean(x, bytes));
  const scale = f32x4.splat(r);
  let sums = f32x4.splat(0);
  let dots = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = f32x4.mul(f32x4.sub(v128.load(x + i), middle), scale);
    const g = v128.load(dy + i);
    v128.store(dGain + i, f32x4.add(v128.load(dGain + i), f32x4.mul(g, v)));
    v128.store(dShift + i, f32x4.add(v128.load(dShift + i), g));
    const gv = f32x4.mul(g, v128.load(gain + i));
    sums = f32x4.add(sums, gv);
    dots = f32x4.add(dots, f32x4.mul(gv, v));
  }
  const sum = f32x4.splat(total(sums) / <f32>d);
  const dot = f32x4.splat(total(dots) / <f32>d);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = f32x4.mul(f32x4.sub(v128.load(x + i), middle), scale);
    const gv = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
    const move = f32x4.mul(scale, f32x4.sub(f32x4.sub(gv, sum), f32x4.mul(v, dot)));
    v128.store(dx + i, f32x4.add(v128.load(dx + i), move));
  }
}

/** m = max(0, m + bias), or m + bias, for rows of n floats, n a multiple of 4. */
export function addBias(m: usize, stride: usize, rows: i32, bias: usize, n: i32, rectify: i32): void {
  const zero = f32x4.splat(0);
  for (let row: i32 = 0; row < rows; row++) {
    for (let i: usize = 0; i < (<usize>n) << 2; i += 16) {
      const v = f32x4.add(v128.load(m + i), v128.load(bias + i));
      v128.store(m + i, rectify ? v128.bitselect(v, zero, f32x4.gt(v, zero)) : v);
    }
    m += stride << 2;
  }
}

/** to += the sum of the rows of m, each n floats, n a multiple of 4. */
export function sumRows(to: usize, m: usize, stride: usize, rows: i32, n: i32): void {
  for (let row: i32 = 0; row < rows; row++) {
    for (let i: usize = 0; i < (<usize>n) << 2; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(m + i)));
    m += stride << 2;
  }
}

/** to = a + b over n floats, n a multiple of 4. */
export function add(to: usize, a: usize, b: usize, n: i32): void {
  for (let i: usize = 0; i < (<usize>n) << 2; i += 16) v128.store(to + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
}

/** to = from * scale where active > 0 (or, with `signed`, where active is not 0), and 0 elsewhere. */
export function mask(to: usize, from: usize, active: usize, scale: f32, n: i32, signed: i32): void {
  const zero = f32x4.splat(0), factor = f32x4.splat(scale);
  for (let i: usize = 0; i < (<usize>n) << 2; i += 16) {
    const a = v128.load(active + i);
    const on = signed ? f32x4.ne(a, zero) : f32x4.gt(a, zero);
    v128.store(to + i, v128.and(f32x4.mul(v128.load(from + i), factor), on));
  }
}

/** Largest size of a rounded activation: with weights of at most 127, sums over 1,000 products stay inside 32 bits. */
const TOP: f32 = 16383;

/**
 * The product of `multiply` for weights rounded to integers: c = (add ? c : 0) + round(a * scales) * packed. Each row of a, times the
 * scales of the weight's rows, is rounded to integers of its own scale (kept in `factors`); the sums are exact. `packed` holds eight
 * columns after another, each as pairs of rows. depth and cols are multiples of 8.
 */
export function multiplyPacked(
  c: usize, ldc: usize, a: usize, rowStride: usize, scales: usize, packed: usize,
  rows: i32, cols: i32, depth: i32, rounded: usize, factors: usize, add: i32,
): void {
  const bytes = (<usize>depth) << 2;
  const half = f32x4.splat(0.5);
  const width = (<usize>depth) << 1;
  for (let i: i32 = 0; i < rows; i++) {
    const row = a + (((<usize>i) * rowStride) << 2);
    let largest = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      largest = f32x4.max(largest, f32x4.abs(f32x4.mul(v128.load(row + k), v128.load(scales + k))));
    }
    const m = max<f32>(
      max<f32>(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
      max<f32>(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
    );
    const up = f32x4.splat(m > 0 ? TOP / m : 0);
    store<f32>(factors + ((<usize>i) << 2), m / TOP);
    // four rows lie together, pair by pair
    let to = rounded + (<usize>(i & ~3)) * width + ((<usize>(i & 3)) << 2);
    for (let k: usize = 0; k < bytes; k += 32) {
      const x = f32x4.mul(f32x4.mul(v128.load(row + k), v128.load(scales + k)), up);
      const y = f32x4.mul(f32x4.mul(v128.load(row + k, 16), v128.load(scales + k, 16)), up);
      const pairs = i16x8.narrow_i32x4_s(
        i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(x, half))),
        i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(y, half))),
      );
      v128.store32_lane(to, pairs, 0, 0);
      v128.store32_lane(to, pairs, 1, 16);
      v128.store32_lane(to, pairs, 2, 32);
      v128.store32_lane(to, pairs, 3, 48);
      to += 64;
    }
  }
  for (let j: i32 = 0; j < cols; j += 8) {
    const panel = packed + (<usize>j) * width;
    let i: i32 = 0;
    for (; i + 4 <= rows; i += 4) {
      let s00 = i32x4.splat(0), s01 = i32x4.splat(0);
      let s10 = i32x4.splat(0), s11 = i32x4.splat(0);
      let s20 = i32x4.splat(0), s21 = i32x4.splat(0);
      let s30 = i32x4.splat(0), s31 = i32x4.splat(0);
      let p = panel;
      let q = rounded + (<usize>i) * width;
      const end = q + 4 * width;
      for (; q < end; q += 16) {
        const b0 = v128.load(p);
        const b1 = v128.load(p, 16);
        let x = v128.load32_splat(q);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(x, b0));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(x, b1));
        x = v128.load32_splat(q, 4);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(x, b0));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(x, b1));
        x = v128.load32_splat(q, 8);
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(x, b0));
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(x, b1));
        x = v128.load32_splat(q, 12);
        s30 = i32x4.add(s30, i32x4.dot_i16x8_s(x, b0));
        s31 = i32x4.add(s31, i32x4.dot_i16x8_s(x, b1));
        p += 32;
      }
      let out = c + (((<usize>i) * ldc + (<usize>j)) << 2);
      const f = factors + ((<usize>i) << 2);
      putScaled(out, s00, s01, load<f32>(f), add);
      out += ldc << 2;
      putScaled(out, s10, s11, load<f32>(f, 4), add);
      out += ldc << 2;
      putScaled(out, s20, s21, load<f32>(f, 8), add);
      out += ldc << 2;
      putScaled(out, s30, s31, load<f32>(f, 12), add);
    }
    for (; i < rows; i++) {
      let s0 = i32x4.splat(0), s1 = i32x4.splat(0);
      let p = panel;
      let q = rounded + (<usize>(i & ~3)) * width + ((<usize>(i & 3)) << 2);
      const end = q + 4 * width;
      for (; q < end; q += 16) {
        const x = v128.load32_splat(q);
        s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, v128.load(p)));
        s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, v128.load(p, 16)));
        p += 32;
      }
      putScaled(c + (((<usize>i) * ldc + (<usize>j)) << 2), s0, s1, load<f32>(factors + ((<usize>i) << 2)), add);
    }
  }
}

// @ts-ignore: decorator
@inline
function putScaled(out: usize, s0: v128, s1: v128, factor: f32, add: i32): void {
  const by = f32x4.splat(factor);
  put(out, f32x4.mul(f32x4.convert_i32x4_s(s0), by), f32x4.mul(f32x4.convert_i32x4_s(s1), by), add);
}

/** 1 / (1 + exp(-x)) of four floats, to about 1e-6. */
// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(30)), f32x4.splat(-30));
  const y = f32x4.mul(bounded, f32x4.splat(-1.4426950408889634));
  const n = f32x4.floor(f32x4.add(y, f32x4.splat(0.5)));
  const r = f32x4.sub(y, n);
  // Taylor series of 2^r, |r| <= 1/2
  let e = f32x4.splat(0.0001540353039338161);
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.0013333558146428443));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.009618129107628477));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.05550410866482158));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.2402265069591007));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.6931471805599453));
  const one = f32x4.splat(1);
  e = f32x4.add(f32x4.mul(e, r), one);
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.div(one, f32x4.add(one, f32x4.mul(e, power)));
}

/** state[t] = f state[t -+ 1] + (1 - f) z over n units of `rows` rows, f the sigmoid of what lies `gate` bytes after z. */
function run(state: usize, z: usize, rows: i32, n: i32, gate: usize, stateStep: isize, zStep: isize): void {
  const one = f32x4.splat(1);
  for (let row: i32 = 0; row < rows; row++) {
    const before = state - stateStep;
    for (let i: usize = 0; i < (<usize>n) << 2; i += 16) {
      const f = sigmoid(v128.load(z + i + gate));
      const kept = f32x4.mul(f, v128.load(before + i));
      v128.store(state + i, f32x4.add(kept, f32x4.mul(f32x4.sub(one, f), v128.load(z + i))));
    }
    state += stateStep;
    z += zStep;
  }
}

/**
 * A gated recurrence over the rows of one sentence: the first half of d units runs forwards, the second backwards. Each row of `inner`
 * holds d candidates z and d gates before their sigmoid; the rows of `state` before the first and after the last hold the start.
 */
export function recur(state: usize, inner: usize, rows: i32, d: i32): void {
  const half = d >> 1;
  const bytes = (<usize>d) << 2;
  const middle = (<usize>half) << 2;
  const last = <usize>(rows - 1);
  run(state, inner, rows, half, bytes, bytes, 2 * bytes);
  run(state + last * bytes + middle, inner + last * 2 * bytes + middle, rows, half, bytes, -(<isize>bytes), -2 * <isize>bytes);
}
