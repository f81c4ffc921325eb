import fc from "fast-check";
import { expect, test } from "vitest";
import { bestNames, bestTree, isTree } from "../../src/nlp/decode.ts";

/** Every head assignment of n words that is one tree, by counting through all. */
function* trees(n: number): Generator<Int32Array> {
  for (let code = 0; code < (n + 1) ** n; code++) {
    const heads = new Int32Array(n);
    let rest = code;
    for (let i = 0; i < n; i++) {
      heads[i] = (rest % (n + 1)) - 1;
      rest = Math.floor(rest / (n + 1));
    }
    if (isTree(heads, 0, n)) yield heads;
  }
}

const total = (scores: Float32Array, stride: number, heads: Int32Array) =>
  heads.reduce((sum, head, i) => sum + (scores[i * stride + head + 1] as number), 0);

test("isTree refuses cycles, forests and no root", () => {
  expect(isTree(Int32Array.of(-1, 0, 1), 0, 3)).toBe(true);
  expect(isTree(Int32Array.of(-1, -1, 1), 0, 3)).toBe(false);
  expect(isTree(Int32Array.of(1, 0, -1), 0, 3)).toBe(false);
  expect(isTree(Int32Array.of(1, 0), 0, 2)).toBe(false);
});

test("bestTree finds a tree, and with one root picked greedily the best one", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 30, maxLength: 30 }),
      (n, values) => {
        const stride = n + 1;
        const scores = Float32Array.from({ length: n * stride }, (_, i) => (values[i] as number) + i / 1000);
        const heads = new Int32Array(n);
        bestTree(scores, stride, n, heads, 0);
        expect(isTree(heads, 0, n)).toBe(true);
        const best = Math.max(...[...trees(n)].map((tree) => total(scores, stride, tree)));
        expect(total(scores, stride, heads)).toBeCloseTo(best, 3);
      },
    ),
    { numRuns: 150 },
  );
});

test("bestNames never continues a name that did not begin", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 54, maxLength: 54 }),
      (n, values) => {
        const labels = new Uint8Array(n);
        bestNames(Float32Array.from(values), 0, 9, n, 9, new Float32Array(81), new Uint8Array(n * 9), new Float64Array(18), labels);
        const loose = [...labels].filter((y, i) => y > 0 && y % 2 === 0 && ![y, y - 1].includes(i > 0 ? (labels[i - 1] as number) : -1));
        expect(loose).toEqual([]);
      },
    ),
  );
});

test("bestNames takes the best path where the best single labels disagree", () => {
  // outside, begin and continue person; the second word alone would be "continue", its first "outside" by a hair
  const scores = Float32Array.of(1, 0.9, -5, -5, -5, 0, 0, 2, -5, -5);
  const labels = new Uint8Array(2);
  bestNames(scores, 0, 5, 2, 5, new Float32Array(25), new Uint8Array(10), new Float64Array(10), labels);
  expect([...labels]).toEqual([1, 2]);
});
