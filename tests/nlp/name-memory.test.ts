import { expect, test } from "vitest";
import type { Name, Upos } from "../../src/model/annotation.ts";
import { agreeOnNames, shareNameScores } from "../../src/nlp/name-memory.ts";

/** Names of a document: capitalised words are tagged proper nouns; "[Omar Diallo]person" marks what the reader saw. */
function agreed(...marked: string[]): string[] {
  const sentences: string[][] = [];
  const readings = marked.map((text) => {
    const words: string[] = [];
    const names: Name[] = [];
    for (const part of text.match(/\[[^\]]+\]\w+|\S+/g) ?? []) {
      const [, inside, label] = /^\[(.+)\](\w+)$/.exec(part) ?? [];
      const first = words.length;
      words.push(...(inside ?? part).split(" "));
      if (label) names.push({ first, last: words.length, label: label as Name["label"] });
    }
    sentences.push(words);
    const upos = words.map((word): Upos => (/^\p{Lu}/u.test(word) ? "PROPN" : "NOUN"));
    return { upos, xpos: [], heads: new Int32Array(words.length), relations: [], names };
  });
  return agreeOnNames(sentences, readings).map((names, s) =>
    names.map(({ first, last, label }) => `${sentences[s]?.slice(first, last).join(" ")}/${label}`).join(" "),
  );
}

test("a surname alone names the person named before or after", () => {
  expect(agreed("[Norton]place left", "[Joshua Norton]person ruled", "friends of Norton")).toEqual([
    "Norton/person",
    "Joshua Norton/person",
    "Norton/person",
  ]);
});

test("a name that recurs has the label it has most often, a person's of equals", () => {
  expect(agreed("[Hamas]organization", "[Hamas]person", "[Hamas]organization")).toEqual(Array(3).fill("Hamas/organization"));
  expect(agreed("[Clare]place", "[Clare]person")).toEqual(["Clare/person", "Clare/person"]);
});

test("recurrences are found whole, in order, and never inside other names or common nouns", () => {
  expect(agreed("[Union]organization", "the African Union and Union", "[Trade Union Congress]organization")).toEqual([
    "Union/organization",
    "Union/organization Union/organization",
    "Trade Union Congress/organization",
  ]);
  expect(agreed("[Bay of Bengal]place", "in Bay of Bengal near [Dhaka]place")).toEqual([
    "Bay of Bengal/place",
    "Bay of Bengal/place Dhaka/place",
  ]);
  expect(agreed("[Turkey]place", "roast turkey")).toEqual(["Turkey/place", ""]);
});

test("evidence for names is shared between the sentences of a document, and by capitalised words of the same letters only", () => {
  const sentences = [
    ["Kyiv", "said"],
    ["KYIV", "kyiv"],
    ["Oslo", "Oslo"],
  ];
  const scores = [Float32Array.of(0, 4, 9, 9), Float32Array.of(2, 0, 9, 9), Float32Array.of(1, 3, 5, 7)];
  const before = scores.map((row) => row.slice());
  shareNameScores(sentences, scores, 2);
  const [first, second, third] = scores as [Float32Array, Float32Array, Float32Array];
  // the mean of both rows keeps its place, their distance shrinks
  expect((first[0] as number) + (second[0] as number)).toBeCloseTo(2);
  expect((first[1] as number) + (second[1] as number)).toBeCloseTo(4);
  expect(Math.abs((first[1] as number) - (second[1] as number))).toBeLessThan(4);
  expect([...first.slice(2), ...second.slice(2)]).toEqual([9, 9, 9, 9]);
  expect(third).toEqual(before[2]);
});
