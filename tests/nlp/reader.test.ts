import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEPENDENCY_RELATIONS } from "../../src/model/annotation.ts";
import { isTree } from "../../src/nlp/decode.ts";
import { LONGEST_SENTENCE, loadReader } from "../../src/nlp/reader.ts";

const reader = loadReader();

describe("reader", () => {
  test("any words give one tree with known relations and names inside the sentence", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 }), (words) => {
        const reading = reader.read(words);
        expect(isTree(reading.heads, 0, words.length)).toBe(true);
        expect(reading.relations.every((relation) => DEPENDENCY_RELATIONS.includes(relation))).toBe(true);
        reading.relations.forEach((relation, i) => expect(relation === "root").toBe(reading.heads[i] === -1));
        let end = 0;
        for (const name of reading.names) {
          expect(name.first).toBeGreaterThanOrEqual(end);
          expect(name.last).toBeGreaterThan(name.first);
          end = name.last;
        }
        expect(end).toBeLessThanOrEqual(words.length);
      }),
      { numRuns: 60 },
    );
  });

  test("sentences above the limit are read in pieces and are still one tree", () => {
    const words = Array.from({ length: LONGEST_SENTENCE + 7 }, (_, i) => (i % 9 === 0 ? "Iran" : "talks"));
    const reading = reader.read(words);
    expect(reading.heads).toHaveLength(words.length);
    expect(isTree(reading.heads, 0, words.length)).toBe(true);
    expect(reading.names.every((name) => name.last <= words.length)).toBe(true);
  });

  test("an empty sentence reads as nothing", () => {
    expect(reader.read([]).heads).toHaveLength(0);
    expect(reader.readAll([])).toEqual([]);
  });

  const sentences = ["Iran accused Israel .", "Talks between Egypt and Sudan collapsed .", "No ."].map((s) => s.split(" "));

  test("a sentence reads the same alone, in a batch and after a fresh load", () => {
    const alone = sentences.map((words) => reader.read(words));
    expect(reader.readAll(sentences)).toEqual(alone);
    expect(loadReader().readAll(sentences)).toEqual(alone);
  });

  test("plain JavaScript reads as WebAssembly does", () => {
    expect(loadReader(undefined, "javascript").readAll(sentences)).toEqual(reader.readAll(sentences));
  });
});
