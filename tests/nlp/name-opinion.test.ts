import { describe, expect, test } from "vitest";
import type { Upos } from "../../src/model/annotation.ts";
import { FeatureReader } from "../../src/nlp/features.ts";
import { NameKeys, type TaggedSentence, type WordClusters } from "../../src/nlp/name-keys.ts";
import { LABELS, NameOpinion, NO_OPINION, packNameOpinion } from "../../src/nlp/name-opinion.ts";
import { following, loadReader } from "../../src/nlp/reader.ts";

const features = new FeatureReader(new Map([["oslo", 0]]), new Map());
const clusters: WordClusters = { fine: Uint16Array.of(1), coarse: Uint8Array.of(0, 3) };
const sentence = (words: readonly string[], change: Partial<TaggedSentence> = {}): TaggedSentence => ({
  words: words.map((word) => features.of(word)),
  at: 0,
  length: words.length,
  shouting: false,
  upos: words.map((word): Upos => (/^\p{Lu}/u.test(word) ? "PROPN" : "NOUN")),
  heads: Int32Array.from(words, (_, i) => i - 1),
  relations: words.map((_, i) => (i === 0 ? "root" : "flat")),
  convention: "gum",
  ...change,
});
const keysOf = (of: TaggedSentence, i: number): number[] => {
  const keys = new NameKeys(clusters);
  keys.begin(of);
  return [...keys.keys.subarray(0, keys.of(i))];
};

describe("keys of a word", () => {
  test("are many beside a capital and one elsewhere, whatever comes before the sentence", () => {
    const words = ["talks", "went", "on", "in", "Oslo"];
    expect(keysOf(sentence(words), 0)).toHaveLength(1);
    expect(keysOf(sentence(words), 3).length).toBeGreaterThan(30);
    expect(keysOf(sentence(words), 4).length).toBeGreaterThan(keysOf(sentence(words), 3).length);
    const later = sentence(["Bergen", ...words], { at: 1, length: words.length });
    const shifted = { ...later, upos: sentence(words).upos, heads: sentence(words).heads, relations: sentence(words).relations };
    for (const i of words.keys()) expect(keysOf(shifted, i)).toEqual(keysOf(sentence(words), i));
  });

  test("tell conventions apart in a few features only", () => {
    const gum = new Set(keysOf(sentence(["in", "Oslo"]), 1));
    const ewt = keysOf(sentence(["in", "Oslo"], { convention: "ewt" }), 1);
    const shared = ewt.filter((key) => gum.has(key)).length;
    expect(shared).toBeLessThan(ewt.length);
    expect(shared).toBeGreaterThan(ewt.length / 2);
  });
});

describe("an opinion", () => {
  const words = sentence(["in", "Oslo"]);
  const weights = Float32Array.from({ length: LABELS }, (_, y) => (y === 5 ? 2 : y === 0 ? -1 : 0));
  const transitions = Float32Array.from({ length: LABELS * LABELS }, (_, at) => at / 10);
  const bytes = packNameOpinion({ rows: [[keysOf(words, 1)[1] as number, weights]], transitions, clusters }, 8);
  const weighed = (opinion: NameOpinion, start = 0): number[] => {
    const scores = new Float32Array(2 * LABELS);
    scores[LABELS] = start;
    opinion.weigh(scores, words);
    return [...scores];
  };

  test("adds the weights of a known key and of no other, and leaves what is certain alone", () => {
    const scores = weighed(new NameOpinion(bytes));
    expect(scores.slice(0, LABELS).every((score) => score === 0)).toBe(true);
    expect(scores[LABELS + 5]).toBeGreaterThan(0);
    expect((scores[LABELS] as number) / (scores[LABELS + 5] as number)).toBeCloseTo(-0.5, 1);
    expect(weighed(new NameOpinion(bytes), 50)[LABELS + 5]).toBe(0);
    expect(new NameOpinion(bytes).transition(2, 1) / new NameOpinion(bytes).transition(1, 0)).toBeCloseTo(19 / 9, 5);
  });

  test("reads from bytes at an odd address, and refuses bytes of another length", () => {
    const odd = new Uint8Array(bytes.length + 1);
    odd.set(bytes, 1);
    expect(weighed(new NameOpinion(odd.subarray(1)))).toEqual(weighed(new NameOpinion(bytes)));
    expect(() => new NameOpinion(bytes.subarray(1))).toThrow(/names\.bin/);
  });

  test("that is empty says nothing", () => {
    expect(weighed(new NameOpinion(NO_OPINION)).every((score) => score === 0)).toBe(true);
  });
});

test("the weights that ship find names by every convention", () => {
  const reader = loadReader();
  const words = "Prime Minister Narendra Modi met officials of the World Bank in New Delhi .".split(" ");
  for (const convention of ["any", "ewt", "gum"] as const) {
    const names = following(reader, convention).read(words).names;
    expect(names.map(({ first, last, label }) => `${words.slice(first, last).join(" ")}: ${label}`)).toEqual([
      "Narendra Modi: person",
      "World Bank: organization",
      "New Delhi: place",
    ]);
  }
});
