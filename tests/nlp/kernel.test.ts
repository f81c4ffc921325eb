import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createKernel } from "../../src/nlp/kernel.ts";
import { compileKernel } from "../../src/nlp/training/compile.ts";

const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
const fill = (values: Float32Array, seed: number) => values.forEach((_, i) => (values[i] = Math.sin(seed + i * 1.7) * 3));

describe("kernel", () => {
  test("the committed module is what kernel.as compiles to", async () => {
    const committed = readFileSync(new URL("../../src/nlp/kernel.wasm", import.meta.url));
    expect(Buffer.from(await compileKernel()).equals(committed)).toBe(true);
  });

  test("WebAssembly and JavaScript multiply to the same bytes, near the exact product", () => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 23 }),
      cols: fc.integer({ min: 1, max: 40 }),
      depth: fc.integer({ min: 1, max: 30 }),
      transposed: fc.boolean(),
      add: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ rows, cols, depth, transposed, add }) => {
        const stride = Math.ceil(cols / 4) * 4;
        const [wasm, javascript] = (["wasm", "javascript"] as const).map((kind) => {
          const kernel = createKernel(10_000, kind);
          const [a, b, c] = [kernel.allocate(rows * depth), kernel.allocate(depth * stride), kernel.allocate(rows * stride)];
          [a, b, c].forEach(fill);
          const [across, down] = transposed ? [1, rows] : [depth, 1];
          kernel.multiply(c, 0, stride, a, 0, across, down, b, 0, stride, rows, cols, depth, add);
          let exact = add ? Math.sin(2) * 3 : 0;
          for (let k = 0; k < depth; k++) exact += (a[k * down] as number) * (b[k * stride] as number);
          expect(c[0]).toBeCloseTo(exact, 3);
          return bytes(c);
        }) as [Buffer, Buffer];
        expect(wasm.equals(javascript)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("a depth above the packing panel gives the same bytes too", () => {
    const [wasm, javascript] = (["wasm", "javascript"] as const).map((kind) => {
      const kernel = createKernel(100_000, kind);
      const [a, b, c] = [kernel.allocate(9 * 2500), kernel.allocate(2500 * 8), kernel.allocate(72)];
      [a, b].forEach(fill);
      kernel.multiply(c, 0, 8, a, 0, 2500, 1, b, 0, 8, 9, 8, 2500, false);
      return bytes(c);
    }) as [Buffer, Buffer];
    expect(wasm.equals(javascript)).toBe(true);
  });

  test("the rounded product is the same in both and within a thousandth of the product of the rounded weight", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.constantFrom(8, 24, 96), fc.constantFrom(8, 16, 56), (rows, depth, cols) => {
        const [wasm, javascript] = (["wasm", "javascript"] as const).map((kind) => {
          const kernel = createKernel(700_000, kind);
          const [a, b, c] = [kernel.allocate(rows * depth), kernel.allocate(depth * cols), kernel.allocate(rows * cols)];
          [a, b].forEach(fill);
          const weight = kernel.pack(b, 0, depth, cols);
          kernel.multiplyPacked(c, 0, cols, a, 0, depth, weight, rows, false);
          let exact = 0;
          for (let k = 0; k < depth; k++) {
            const scale = weight.scales[k] as number;
            exact += (a[k] as number) * scale * Math.round((b[k * cols] as number) / scale);
          }
          expect(Math.abs((c[0] as number) - exact)).toBeLessThan(1e-3 * depth);
          return bytes(c);
        }) as [Buffer, Buffer];
        expect(wasm.equals(javascript)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("Adam steps to the same bytes and clears the gradient", () => {
    const [wasm, javascript] = (["wasm", "javascript"] as const).map((kind) => {
      const kernel = createKernel(1000, kind);
      const arrays = [kernel.allocate(16), kernel.allocate(16), kernel.allocate(16), kernel.allocate(16)] as const;
      fill(arrays[0], 1);
      fill(arrays[1], 2);
      kernel.adam(...arrays, 4, 8, 0.01, 0.9, 0.98, 1e-8, 0.001);
      expect([...arrays[1].subarray(4, 12)]).toEqual(Array(8).fill(0));
      expect(arrays[1][3]).not.toBe(0);
      return Buffer.concat(arrays.map(bytes));
    }) as [Buffer, Buffer];
    expect(wasm.equals(javascript)).toBe(true);
  });

  test("runs a gated recurrence both ways, to the same bytes", () => {
    const [rows, d] = [5, 16];
    const [wasm, javascript] = (["wasm", "javascript"] as const).map((kind) => {
      const kernel = createKernel(1000, kind);
      const [state, inner] = [kernel.allocate((rows + 2) * d), kernel.allocate(rows * 2 * d)];
      fill(inner, 7);
      inner[d] = 1e30;
      inner[d + 1] = -1e30;
      kernel.recur(state, d, inner, 0, rows, d);
      const at = (row: number, unit: number) => inner[row * 2 * d + unit] as number;
      const gate = (row: number, unit: number) => 1 / (1 + Math.exp(-at(row, d + unit)));
      let [forwards, backwards] = [0, 0];
      for (let row = 0; row < rows; row++) {
        forwards = gate(row, 2) * forwards + (1 - gate(row, 2)) * at(row, 2);
        expect(state[(row + 1) * d + 2]).toBeCloseTo(forwards, 5);
        const back = rows - 1 - row;
        backwards = gate(back, 11) * backwards + (1 - gate(back, 11)) * at(back, 11);
        expect(state[(back + 1) * d + 11]).toBeCloseTo(backwards, 5);
      }
      return bytes(state);
    }) as [Buffer, Buffer];
    expect(wasm.equals(javascript)).toBe(true);
  });

  test("a full arena is an error, not a wrong result", () => {
    expect(() => createKernel(100).allocate(1_000_000)).toThrow(RangeError);
  });
});
