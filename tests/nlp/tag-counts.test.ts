import { describe, expect, test } from "vitest";
import { UPOS } from "../../src/model/annotation.ts";
import { following, loadReader } from "../../src/nlp/reader.ts";
import { packTagCounts, TagCounts, tagKey } from "../../src/nlp/tag-counts.ts";

const [adjective, noun, verb] = (["ADJ", "NOUN", "VERB"] as const).map((tag) => UPOS.indexOf(tag)) as [number, number, number];

describe("tag counts", () => {
  const key = tagKey("ewt", "amod", "united");
  const counts = new TagCounts(
    packTagCounts([
      ...Array.from({ length: 900 }, () => [key, adjective] as const),
      ...Array.from({ length: 100 }, () => [key, verb] as const),
      [tagKey("gum", "amod", "united"), verb],
    ]),
  );
  const weighed = (of: string): Float32Array => {
    const scores = new Float32Array(UPOS.length + 1);
    counts.weigh(scores, 1, of);
    return scores;
  };

  test("raise the tags that a word has with its relation, the commoner the more, by convention", () => {
    const ewt = weighed(key);
    expect(ewt[1 + adjective]).toBeGreaterThan(ewt[1 + verb] as number);
    expect(ewt[1 + verb]).toBeGreaterThan(0);
    expect(ewt[1 + noun]).toBe(0);
    expect(weighed(tagKey("gum", "amod", "united"))[1 + adjective]).toBe(0);
  });

  test("raise a tag the more the oftener it was seen alone", () => {
    expect(ewtOnly(9)).toBeGreaterThan(ewtOnly(1));
    function ewtOnly(times: number): number {
      const scores = new Float32Array(UPOS.length);
      new TagCounts(packTagCounts(Array.from({ length: times }, () => [key, noun] as const))).weigh(scores, 0, key);
      return scores[noun] as number;
    }
  });

  test("say nothing of what they have not seen", () => {
    expect(weighed(tagKey("ewt", "nsubj", "united")).every((score) => score === 0)).toBe(true);
    expect(weighed(tagKey("any", "amod", "united")).every((score) => score === 0)).toBe(true);
  });

  test("are refused when cut off", () => {
    expect(() => new TagCounts(new Uint8Array(15))).toThrow(/tags\.bin has 15 bytes/);
  });

  test("make a reading follow a treebank", () => {
    const reader = loadReader();
    const words = "The United Nations met in Geneva .".split(" ");
    expect(reader.read(words, "ewt").upos[1]).toBe("ADJ");
    expect(following(reader, "gum").read(words).upos[1]).toBe("VERB");
  });
});
