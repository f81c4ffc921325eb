/** How far one word is from another. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { slips } from "../../src/store/spelling.ts";

it.each([
  ["putin", "putin", 0],
  ["putni", "putin", 1],
  ["ptin", "putin", 1],
  ["puttin", "putin", 1],
  ["potin", "putin", 1],
  ["azerbiajan", "azerbaijan", 1],
  ["erdogna", "erdogan", 1],
  ["abc", "", 3],
])("%s is from %s so many slips away", (typed, word, distance) => {
  expect(slips(typed, word)).toBe(distance);
});

it("is a distance, bounded when asked, and to a beginning never more than to the whole", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.nat(8), (one, other, most) => {
      const distance = slips(one, other);
      expect(distance).toBe(slips(other, one));
      expect(distance === 0).toBe(one === other);
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(slips(one, other, false, most)).toBe(Math.min(distance, most + 1));
      expect(slips(one, other, true)).toBeLessThanOrEqual(distance);
      expect(slips(one, `${one}${other}`, true)).toBe(0);
    }),
  );
});
