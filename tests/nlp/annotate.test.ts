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

/** What is wrong: offsets that do not reproduce the text, sentences that are not one tree. */
function faults({ document, sentences, mentions, times }: Annotated): string[] {
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  let at = 0;
  sentences.forEach(({ start, end, block, tokens, names }, index) => {
    const { start: from, end: to } = document.blocks[block] ?? { start: -1, end: -1 };
    demand(start >= Math.max(at, from) && end <= to, `sentence ${index} lies outside its block`);
    demand(tokens.length > 0 && start === tokens[0]?.start && end === tokens.at(-1)?.end, `sentence ${index} is not its tokens`);
    for (const token of tokens) {
      demand(token.start >= at && token.end > token.start, `token at ${token.start} is empty or out of order`);
      demand(token.lemma !== "", `token at ${token.start} has no lemma`);
      at = token.end;
    }
    demand(tokens.filter(({ head }) => head === -1).length === 1, `sentence ${index} has not one root`);
    tokens.forEach((_, i) => {
      let steps = 0;
      for (let up = i; up >= 0 && steps <= tokens.length; up = tokens[up]?.head ?? -1) steps++;
      demand(steps <= tokens.length, `token ${i} of sentence ${index} goes round`);
    });
    for (const { first, last } of names) demand(0 <= first && first < last && last <= tokens.length, `a name leaves sentence ${index}`);
  });
  for (const { sentence, first, last, head, start, end } of [...mentions, ...times]) {
    const tokens = sentences[sentence]?.tokens ?? [];
    demand(0 <= first && first < last && last <= tokens.length && head in tokens, `span at ${start} leaves its sentence`);
    demand(start >= (tokens[first]?.start ?? end) && end <= (tokens[last - 1]?.end ?? start), `span at ${start} is not its tokens`);
  }
  return wrong;
}

describe("a news story", () => {
  const file = "000_69dfcfd1fc353171.txt";
  const annotated = annotate(read(readFileSync(new URL(`../../seeds/${file}`, import.meta.url)), file), knowledge, reader);

  it("has its offsets, trees and times in order", () => {
    expect(faults(annotated)).toEqual([]);
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
        expect(faults(annotate(readText(value, "x", { date: "2021-01-13" }), knowledge, reader))).toEqual([]);
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
