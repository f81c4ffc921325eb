/** Trains the second opinion on names (../name-opinion.ts) from the sentences whose names are marked, read by the network. */
import { isShouting, type WordFeatures } from "../features.ts";
import { NameKeys } from "../name-keys.ts";
import { LABELS, packNameOpinion } from "../name-opinion.ts";
import type { Reading, TokenReader } from "../reader.ts";
import type { Model } from "../weights.ts";
import { LabelChain } from "./chain.ts";
import { clusterWords } from "./clusters.ts";
import type { GoldSentence } from "./corpus.ts";
import { Random } from "./dropout.ts";
import { nameTargets } from "./train.ts";

const SETTINGS = {
  seed: 20264,
  epochs: 4,
  rate: 0.1,
  /** Share of the rate that is gone by the last epoch. */
  slowed: 0.6,
  /** Share of a word's keys that are hidden. */
  dropout: 0.2,
  /** Epochs whose weights are averaged, the last ones. */
  averaged: 3,
  /** Keys that are seen less often are left out. */
  least: 2,
  /** Keys kept, the heaviest. */
  kept: 100_000,
  slots: 1 << 17,
} as const;
const LONGEST = 400;
/** Bits of a key by which its occurrences are counted. */
const COUNTED = 24;

/** The known keys of each word of a sentence, by their number: word i has keys[starts[i]] to keys[starts[i + 1] - 1]. */
interface KeyedSentence {
  readonly keys: Int32Array;
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

/**
 * The bytes of names.bin. `reader` gives the tags and trees and has read with the weights of `model`; `copies` says how often an epoch
 * shows the sentences of a corpus, where not once.
 */
export function trainNameOpinion(
  sentences: readonly GoldSentence[],
  reader: TokenReader,
  model: Model,
  copies: Readonly<Record<string, number>>,
  report: (line: string) => void,
): Uint8Array {
  const clusters = clusterWords(model.vectors);
  const named = sentences.filter(({ names, words }) => names && words.length <= LONGEST);
  const { lessons, known } = keyed(named, reader, model, new NameKeys(clusters));
  report(`${named.length} sentences with names, ${known.length} keys`);
  const shown = lessons.flatMap((lesson, s) => Array.from({ length: copies[(named[s] as GoldSentence).document] ?? 1 }, () => lesson));
  const { weights, transitions } = learn(shown, known.length, report);
  const strength = (key: number) => weights.subarray(key * LABELS, (key + 1) * LABELS).reduce((sum, w) => sum + Math.abs(w), 0);
  const strengths = Float32Array.from(known, (_, key) => strength(key));
  const heaviest = [...known.keys()].sort((a, b) => (strengths[b] as number) - (strengths[a] as number) || a - b).slice(0, SETTINGS.kept);
  const rows = heaviest.map((key) => [known[key] as number, weights.subarray(key * LABELS, (key + 1) * LABELS)] as const);
  return packNameOpinion({ rows, transitions, clusters }, SETTINGS.slots);
}

/** The sentences with the numbers of the keys that are seen often enough, and these keys by number. */
function keyed(sentences: readonly GoldSentence[], reader: TokenReader, model: Model, extractor: NameKeys) {
  const conventions = [...new Set(sentences.map(({ convention }) => convention))];
  const counts = new Uint8Array(1 << COUNTED);
  const placeOf = (key: number) => key >>> (32 - COUNTED);
  const numbers = new Map<number, number>();
  const drafts = sentences.map(() => ({ keys: new Uint32Array(0), starts: new Int32Array(0) }));
  for (const convention of conventions) {
    const indices = [...sentences.keys()].filter((s) => (sentences[s] as GoldSentence).convention === convention);
    const readings = reader.readAll(
      indices.map((s) => (sentences[s] as GoldSentence).words),
      convention,
    );
    for (const [k, s] of indices.entries()) {
      const draft = keysOf(sentences[s] as GoldSentence, readings[k] as Reading, model, extractor);
      drafts[s] = draft;
      for (const key of draft.keys) counts[placeOf(key)] = Math.min(255, (counts[placeOf(key)] as number) + 1);
    }
  }
  const numberOf = (key: number): number => {
    const found = numbers.get(key);
    if (found !== undefined) return found;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const lessons = drafts.map(({ keys, starts }, s): KeyedSentence => {
    const kept: number[] = [];
    const from = starts.map((start, i) => {
      const at = kept.length;
      for (let k = start; k < (starts[i + 1] ?? start); k++) {
        const key = keys[k] as number;
        if ((counts[placeOf(key)] as number) >= SETTINGS.least) kept.push(numberOf(key));
      }
      return at;
    });
    return { keys: Int32Array.from(kept), starts: from, targets: nameTargets(sentences[s] as GoldSentence) as Int32Array };
  });
  return { lessons, known: Uint32Array.from(numbers.keys()) };
}

function keysOf({ words, convention }: GoldSentence, { upos, heads, relations }: Reading, model: Model, extractor: NameKeys) {
  const features: WordFeatures[] = words.map((word) => model.features.of(word));
  extractor.begin({ words: features, at: 0, length: words.length, shouting: isShouting(words), upos, heads, relations, convention });
  const keys: number[] = [];
  const starts = Int32Array.from({ length: words.length + 1 }, (_, i) => {
    const start = keys.length;
    const count = i < words.length ? extractor.of(i) : 0;
    for (let k = 0; k < count; k++) keys.push(extractor.keys[k] as number);
    return start;
  });
  return { keys: Uint32Array.from(keys), starts };
}

/** Weights by key and label, and of pairs of labels, that make the marked names likeliest: AdaGrad (Duchi et al. 2011) with dropout. */
function learn(lessons: readonly KeyedSentence[], keys: number, report: (line: string) => void) {
  const { epochs, rate, slowed, dropout, averaged } = SETTINGS;
  const random = new Random(SETTINGS.seed);
  const weights = new Float32Array(keys * LABELS);
  const squares = new Float32Array(keys * LABELS).fill(0.01);
  const transitions = new Float32Array(LABELS * LABELS);
  const transitionSquares = new Float32Array(LABELS * LABELS).fill(1);
  const transitionGradient = new Float32Array(LABELS * LABELS);
  const meanWeights = new Float32Array(weights.length);
  const meanTransitions = new Float32Array(transitions.length);
  const chain = new LabelChain(LABELS, LONGEST);
  const scores = new Float32Array(LONGEST * LABELS);
  const gradient = new Float32Array(LONGEST * LABELS);
  const label = { stride: LABELS, transitions, transitionGradient, transitionsAt: 0, transitionsStride: LABELS };
  const descend = (values: Float32Array, sums: Float32Array, at: number, slope: number, step: number) => {
    sums[at] = (sums[at] as number) + slope * slope;
    values[at] = (values[at] as number) - (step * slope) / Math.sqrt(sums[at] as number);
  };
  const order = [...lessons];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    random.shuffle(order);
    const step = rate * (1 - (slowed * (epoch - 1)) / (epochs - 1));
    let loss = 0;
    for (const { keys: all, starts, targets } of order) {
      const n = targets.length;
      const seen = all.map((key) => (random.next() < dropout ? -1 : key));
      scores.fill(0, 0, n * LABELS);
      gradient.fill(0, 0, n * LABELS);
      transitionGradient.fill(0);
      const each = (i: number, visit: (key: number) => void) => {
        for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) if (seen[k] !== -1) visit(seen[k] as number);
      };
      for (let i = 0; i < n; i++) {
        each(i, (key) => {
          for (let y = 0; y < LABELS; y++) {
            const at = i * LABELS + y;
            scores[at] = (scores[at] as number) + (weights[key * LABELS + y] as number) / (1 - dropout);
          }
        });
      }
      loss += chain.loss({ ...label, scores, gradient }, 0, targets, 1);
      for (let i = 0; i < n; i++) {
        const slopes = gradient.subarray(i * LABELS, (i + 1) * LABELS);
        if (slopes.every((slope) => Math.abs(slope) < 1e-3)) continue;
        each(i, (key) => slopes.forEach((slope, y) => descend(weights, squares, key * LABELS + y, slope, step)));
      }
      transitionGradient.forEach((slope, at) => descend(transitions, transitionSquares, at, slope, step));
    }
    report(`names, epoch ${epoch}  loss ${(loss / order.length).toFixed(4)}`);
    if (epoch <= epochs - averaged) continue;
    weights.forEach((w, at) => (meanWeights[at] = (meanWeights[at] as number) + w / averaged));
    transitions.forEach((w, at) => (meanTransitions[at] = (meanTransitions[at] as number) + w / averaged));
  }
  return { weights: meanWeights, transitions: meanTransitions };
}
