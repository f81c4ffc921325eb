import { describe, expect, it } from "vitest";
import { corpusErrors, type Occurrence, scoreClusters } from "../../src/evaluation/corpus.ts";
import type { EntityId } from "../../src/model/graph.ts";

function occurrences(...ends: readonly (readonly [label: string, cluster: string])[]): Occurrence[] {
  return ends.map(([label, cluster], i) => ({ document: `d${i}`, name: label, label, cluster: cluster as EntityId }));
}

describe("scores of entities over documents", () => {
  it("are perfect where every label has a cluster of its own", () => {
    const { pairs, bCubed } = scoreClusters(occurrences(["a", "1"], ["a", "1"], ["b", "2"]));
    expect([pairs.precision, pairs.recall]).toEqual([1, 1]);
    expect([bCubed.precision, bCubed.recall].map((x) => x.toFixed(6))).toEqual(["1.000000", "1.000000"]);
  });

  // By hand: clusters {a a b} and {a}; three pairs given, one right, three wanted.
  it("count wrong and missing joins", () => {
    const all = occurrences(["a", "1"], ["a", "1"], ["b", "1"], ["a", "2"]);
    const { pairs, bCubed } = scoreClusters(all);
    expect([pairs.right, pairs.given, pairs.wanted]).toEqual([1, 3, 3]);
    expect(bCubed.precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4);
    expect(bCubed.recall).toBeCloseTo((2 / 3 + 2 / 3 + 1 + 1 / 3) / 4);
    expect(corpusErrors({ occurrences: all, missing: ["d9: c"], pairs, bCubed })).toHaveLength(5);
  });
});
