import fc from "fast-check";
import { expect, test } from "vitest";
import { WordIndex } from "../../src/nlp/word-index.ts";

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }).filter((text) => !text.includes("\n") && text.isWellFormed());

test("finds every word of a list at its place and no other", () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 60 }), fc.array(word, { maxLength: 20 }), (words, others) => {
      const index = new WordIndex(new TextEncoder().encode(words.join("\n")), 1);
      expect(index.size).toBe(words.length);
      words.forEach((text, i) => expect(index.get(text)).toBe(i + 1));
      for (const other of others) if (!words.includes(other)) expect(index.get(other)).toBeUndefined();
    }),
  );
});

test("knows the beginnings and ends of words from words", () => {
  const index = new WordIndex(new TextEncoder().encode("peace\npea\nceasefire"));
  expect(["peace", "pea", "ceasefire", "pe", "ace", "peace\npea", "fire", ""].map((text) => index.get(text))).toEqual([
    0,
    1,
    2,
    ...Array(5).fill(undefined),
  ]);
});
