/** Trains the second opinion on tags (../tag-opinion.ts) on trees that the trained network reads. */
import { DEPENDENCY_RELATIONS, UPOS } from "../../model/annotation.ts";
import { isShouting } from "../features.ts";
import { packHashedWeights } from "../hashed-weights.ts";
import type { Model } from "../weights.ts";
import { MOST_KEYS, OPINION_BUCKETS, opinionKeys } from "../tag-opinion.ts";
import type { TokenReader } from "../reader.ts";
import type { GoldSentence } from "./corpus.ts";
import { trainLogLinear } from "./log-linear.ts";

const OPTIONS = { seed: 20264, epochs: 1, rate: 0.15, buckets: OPINION_BUCKETS };
/** How often each sentence is read, every time with other noise. */
const READINGS = 3;

/**
 * The bytes of tags.bin, learnt from the treebanks' sentences among `sentences`. `reader` reads them with as much noise as in training: of
 * its own training sentences it would else get nearly every tree right, and the model would trust trees too far.
 */
export function trainTagOpinion(
  sentences: readonly GoldSentence[],
  reader: TokenReader,
  { features }: Pick<Model, "features">,
): Uint8Array {
  const treebanks = sentences.filter(({ convention, upos }) => convention !== "any" && upos);
  const tagged = Array.from({ length: READINGS }, () => treebanks).flat();
  const readings = reader.readAll(
    tagged.map(({ words }) => words),
    "any",
  );
  const words = tagged.reduce((sum, sentence) => sum + sentence.words.length, 0);
  let keys = new Uint32Array(words * 80);
  const starts = new Uint32Array(words + 1);
  const classes = new Uint8Array(words);
  const found = new Uint32Array(MOST_KEYS);
  let [used, examples] = [0, 0];
  tagged.forEach(({ words: forms, upos = [], convention }, s) => {
    const reading = readings[s] as (typeof readings)[number];
    const tree = {
      start: 0,
      length: forms.length,
      features: forms.map((form) => features.of(form)),
      tags: Uint8Array.from(reading.upos, (tag) => UPOS.indexOf(tag)),
      relations: Uint8Array.from(reading.relations, (relation) => DEPENDENCY_RELATIONS.indexOf(relation)),
      heads: reading.heads,
      shouting: isShouting(forms),
    };
    upos.forEach((tag, i) => {
      const right = (UPOS as readonly string[]).indexOf(tag);
      if (right < 0) return;
      const count = opinionKeys(tree, i, convention, found);
      if (used + count > keys.length) {
        const longer = new Uint32Array(Math.ceil(keys.length * 1.3));
        longer.set(keys);
        keys = longer;
      }
      keys.set(found.subarray(0, count), used);
      used += count;
      classes[examples++] = right;
      starts[examples] = used;
    });
  });
  const learnt = { keys, starts: starts.subarray(0, examples + 1), classes: classes.subarray(0, examples) };
  return packHashedWeights(trainLogLinear(learnt, UPOS.length, OPTIONS));
}
