import { describe, expect, test } from "vitest";
import { FeatureReader } from "../../src/nlp/features.ts";
import { HashedWeights, packHashedWeights } from "../../src/nlp/hashed-weights.ts";
import { following, loadReader } from "../../src/nlp/reader.ts";
import { MOST_KEYS, opinionKeys } from "../../src/nlp/tag-opinion.ts";
import { trainLogLinear } from "../../src/nlp/training/log-linear.ts";

const keysOf = (count: number, first: number) => Uint32Array.from({ length: count }, (_, k) => first + k);

describe("log-linear models", () => {
  // feature 1 means class 0, feature 2 class 1, feature 3 is in all
  const examples = {
    keys: Uint32Array.of(1, 3, 2, 3, 1, 3, 2, 3),
    starts: Uint32Array.of(0, 2, 4, 6, 8),
    classes: Uint8Array.of(0, 1, 0, 1),
  };
  const learn = () => packHashedWeights(trainLogLinear(examples, 2, { seed: 1, epochs: 20, rate: 0.2, buckets: 8 }));
  const scores = (share: number, ...keys: number[]) => {
    const sums = new Float32Array(4);
    new HashedWeights(learn(), 2, "toy").weigh(sums, 1, Uint32Array.from(keys), keys.length, share);
    return sums;
  };

  test("learn what features say, the same bytes every time", () => {
    const first = scores(1, 1, 3);
    expect(first[1]).toBeGreaterThan(first[2] as number);
    const second = scores(1, 2, 3);
    expect(second[2]).toBeGreaterThan(second[1] as number);
    expect([first[0], first[3]]).toEqual([0, 0]);
    expect(learn()).toEqual(learn());
  });

  test("weigh by their share, and find a feature by its hash's last bits", () => {
    const [whole, half, far] = [scores(1, 1, 3), scores(0.5, 1, 3), scores(1, 9, 11)];
    expect(half[1]).toBeCloseTo((whole[1] as number) / 2, 5);
    expect(far).toEqual(whole);
  });

  test("are refused when cut off", () => {
    expect(() => new HashedWeights(learn().subarray(0, 15), 2, "toy.bin")).toThrow(/toy\.bin has 15 bytes/);
  });
});

describe("the second opinion on tags", () => {
  const reader = new FeatureReader(new Map(), new Map());
  const tree = (words: string[], start: number) => ({
    start,
    length: words.length,
    features: [...Array.from({ length: start }, () => reader.of("before")), ...words.map((word) => reader.of(word))],
    tags: new Uint8Array(start + words.length),
    relations: new Uint8Array(start + words.length),
    heads: Int32Array.from({ length: start + words.length }, (_, row) => row - start - 1),
    shouting: false,
  });
  const keys = (words: string[], start: number, i: number) => {
    const found = new Uint32Array(MOST_KEYS);
    return found.slice(0, opinionKeys(tree(words, start), i, "gum", found));
  };

  test("sees a sentence alone, wherever it lies in a batch", () => {
    const words = ["Talks", "in", "Doha", "failed"];
    expect(keys(words, 0, 1)).toEqual(keys(words, 7, 1));
    expect(keys(words, 0, 1)).not.toEqual(keys(words, 0, 2));
  });

  test("has room for a word that all others hang on", () => {
    const found = keysOf(MOST_KEYS, 0);
    const star = {
      ...tree(
        Array.from({ length: 200 }, () => "word"),
        0,
      ),
      heads: new Int32Array(200),
    };
    expect(opinionKeys(star, 0, "ewt", found)).toBeLessThanOrEqual(MOST_KEYS);
  });

  test("makes a reading follow a treebank", () => {
    const trained = loadReader();
    const words = "The United Nations met in Geneva .".split(" ");
    expect(trained.read(words, "ewt").upos[1]).toBe("ADJ");
    expect(following(trained, "gum").read(words).upos[1]).toBe("VERB");
  });
});
