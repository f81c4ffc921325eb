/** From judgements to clusters, without a store. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/model/graph.ts";
import { clusters, inForce } from "../../src/store/clusters.ts";
import { different, same } from "./story.ts";

const formed = (...judgements: Judgement[]): string[] =>
  clusters(inForce(judgements))
    .map(({ survivor, members }) => `${members.join(" ")} > ${survivor}`)
    .sort();

describe("clusters", () => {
  it.each([
    ["right survives left", [same("b", "a")], ["a b > a"]],
    ["the end of a chain survives", [same("a", "b"), same("b", "c")], ["a b c > c"]],
    ["of two ends the first", [same("b", "c"), same("b", "a")], ["a b c > a"]],
    ["of a circle the first", [same("a", "b"), same("b", "a"), same("b", "c"), same("c", "a")], ["a b c > a"]],
    ["different keeps apart", [same("a", "b"), different("a", "b")], ["a > a", "b > b"]],
    ["in either order", [same("a", "b"), different("b", "a")], ["a > a", "b > b"]],
    ["a user stands above a rule", [same("a", "b", "user"), different("a", "b")], ["a b > b"]],
    ["also along a chain", [same("a", "b"), same("b", "c", "user"), different("a", "c")], ["a > a", "b c > c"]],
  ] as const)("%s", (_what, judgements, expected) => {
    expect(formed(...judgements)).toEqual(expected);
  });

  it("do not depend on the order of judgements, and keep what is different apart", () => {
    const id = fc.constantFrom("a", "b", "c", "d", "e");
    const judgement = fc
      .record({ left: id, right: id, is: fc.boolean(), by: fc.constantFrom("rule" as const, "user" as const) })
      .filter(({ left, right }) => left !== right)
      .map(({ left, right, is, by }) => (is ? same(left, right, by) : different(left, right, by)));
    fc.assert(
      fc.property(
        fc
          .array(judgement, { maxLength: 10 })
          .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const found = clusters(inForce(list));
          const sorted = (each: typeof found): string[] => each.map((cluster) => JSON.stringify(cluster)).sort();
          expect(sorted(clusters(inForce(shuffled)))).toEqual(sorted(found));
          for (const { left, right, verdict } of inForce(list)) {
            const together = found.some(({ members }) => members.includes(left) && members.includes(right));
            if (verdict === "different") expect(together).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
