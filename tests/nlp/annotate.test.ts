import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { Annotated } from "../../src/model/annotation.ts";
import { annotate } from "../../src/nlp/annotate.ts";
import { loadReader } from "../../src/nlp/reader.ts";
import { read, readText } from "../../src/read/read.ts";

const knowledge = loadKnowledge();
const reader = loadReader();

/** Offsets reproduce the text, and every sentence is one tree. */
function check({ document, sentences, mentions, times }: Annotated): void {
  let at = 0;
  for (const { start, end, block, tokens, names } of sentences) {
    const { start: from, end: to } = document.blocks[block] ?? { start: -1, end: -1 };
    expect(start).toBeGreaterThanOrEqual(Math.max(at, from));
    expect(end).toBeLessThanOrEqual(to);
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) {
      expect(token.start).toBeGreaterThanOrEqual(at);
      expect(token.end).toBeGreaterThan(token.start);
      expect(token.lemma).not.toBe("");
      at = token.end;
    }
    expect([start, end]).toEqual([tokens[0]?.start, at]);
    expect(tokens.filter(({ head }) => head === -1)).toHaveLength(1);
    const depth = tokens.map((_, index) => {
      let steps = 0;
      for (let i = index; i >= 0 && steps <= tokens.length; i = tokens[i]?.head ?? -1) steps++;
      return steps;
    });
    expect(Math.max(...depth)).toBeLessThanOrEqual(tokens.length);
    for (const { first, last } of names) expect(0 <= first && first < last && last <= tokens.length).toBe(true);
  }
  for (const { sentence, first, last, head, start, end } of [...mentions, ...times]) {
    const tokens = sentences[sentence]?.tokens ?? [];
    expect(0 <= first && first <= head && head < last && last <= tokens.length).toBe(true);
    expect(start).toBeGreaterThanOrEqual(tokens[first]?.start as number);
    expect(end).toBeLessThanOrEqual(tokens[last - 1]?.end as number);
  }
}

describe("a news story", () => {
  const file = "000_69dfcfd1fc353171.txt";
  const annotated = annotate(read(readFileSync(new URL(`../../seeds/${file}`, import.meta.url)), file), knowledge, reader);

  it("has its offsets, trees and times in order", () => {
    check(annotated);
    const { text } = annotated.document;
    const found = annotated.times.map(({ start, end, date }) => [text.slice(start, end), date.start]);
    expect(found).toEqual([
      ["Wednesday", "2021-01-13"],
      ["Monday", "2021-01-11"],
      ["Nov. 10", "2020-11-10"],
      ["Sept. 27", "2020-09-27"],
      ["Nov. 10", "2020-11-10"],
    ]);
  });

  it("is read alike every time", () => {
    expect(JSON.stringify(annotate(annotated.document, knowledge, reader))).toBe(JSON.stringify(annotated));
  });
});

describe("any text", () => {
  it("keeps its offsets, and every sentence is one tree", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            "Putin",
            "met",
            "Mr.",
            "Biden",
            ".",
            " ",
            "\n\n",
            "on Friday",
            "“",
            "”",
            "the U.S.",
            "n't",
            "—",
            "٣",
            "\u200b",
            "é",
            "Ankara",
            ",",
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(text, (value) => {
        check(annotate(readText(value, "x", { date: "2021-01-13" }), knowledge, reader));
      }),
      { numRuns: 60 },
    );
  });

  it.each(["a", "é", "1", "\u0301"])("of a megabyte of %j without a space is read", (unit) => {
    const annotated = annotate(readText(unit.repeat(1_000_000), "x"), knowledge, reader);
    expect(annotated.sentences.map(({ tokens }) => tokens.length)).toEqual([1]);
  });

  it("of many tokens without a space is read", () => {
    const annotated = annotate(readText("Rome-".repeat(4_000), "x"), knowledge, reader);
    expect(annotated.sentences.flatMap(({ tokens }) => tokens)).toHaveLength(8_000);
  });
});
