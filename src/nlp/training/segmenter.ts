/** Trains the sentence splitter: `tsx src/nlp/training/segmenter.ts --data DIR` writes weights/segmenter.bin. An averaged perceptron. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Boundaries, SEGMENTER_SIZE, sentenceEnds } from "../sentences.ts";
import { tokenize } from "../tokens.ts";
import { type GoldDocument, readConllu } from "./conllu.ts";

const EPOCHS = 8;
/** GUM's fiction and how-to guides are not free for commercial use: nothing is learnt from them. */
const CLOSED = /^GUM_(?:fiction|whow)_/;

const { values } = parseArgs({ options: { data: { type: "string", default: "../shared/treebanks" } } });

interface Paragraph {
  readonly boundaries: Boundaries;
  /** Per token, whether a sentence ends after it. */
  readonly ends: Uint8Array;
}

function paragraphs(document: GoldDocument): Paragraph[] {
  const ends = new Set(document.sentences.map((sentence) => sentence.end));
  return document.paragraphs.map(({ start, end }) => {
    const tokens = tokenize(document.text, start, end);
    return { boundaries: new Boundaries(document.text, tokens), ends: Uint8Array.from(tokens, (token) => (ends.has(token.end) ? 1 : 0)) };
  });
}

/** Deterministic shuffle (mulberry32). */
function shuffle<T>(items: T[], seed: number): void {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
}

const documents = ["ewt.train.conllu", "gum.train.conllu"]
  .flatMap((file) => readConllu(join(values.data, file)))
  .filter(({ id }) => !CLOSED.test(id));
const corpus = documents.flatMap(paragraphs);
const weights = new Float64Array(SEGMENTER_SIZE);
const sums = new Float64Array(SEGMENTER_SIZE);
const features: number[] = [];
let time = 1;
for (let epoch = 0; epoch < EPOCHS; epoch++) {
  shuffle(corpus, epoch + 1);
  let wrong = 0;
  for (const { boundaries, ends } of corpus) {
    let start = 0;
    for (let i = 0; i + 1 < ends.length; i++) {
      let end = boundaries.decided(i);
      if (end === undefined) {
        boundaries.features(i, start, features);
        let score = 0;
        for (const feature of features) score += weights[feature] as number;
        end = score > 0;
        if (end !== (ends[i] === 1)) {
          const step = end ? -1 : 1;
          for (const feature of features) {
            weights[feature] = (weights[feature] as number) + step;
            sums[feature] = (sums[feature] as number) + step * time;
          }
          wrong++;
        }
        time++;
      }
      // Later decisions see what the model itself would have decided.
      if (end) start = i + 1;
    }
  }
  process.stdout.write(`epoch ${epoch + 1}: ${wrong} wrong\n`);
}
const averaged = weights.map((weight, i) => weight - (sums[i] as number) / time);
const largest = averaged.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
const bytes = Buffer.alloc(2 * SEGMENTER_SIZE);
averaged.forEach((weight, i) => bytes.writeInt16LE(Math.round((weight / largest) * 32767), 2 * i));
writeFileSync(new URL("../../../src/knowledge/weights/segmenter.bin", import.meta.url), bytes);

for (const file of ["ewt.dev.conllu", "gum.dev.conllu"]) {
  let [right, given, wanted] = [0, 0, 0];
  for (const document of readConllu(join(values.data, file))) {
    const gold = new Set(document.sentences.map(({ start, end }) => `${start} ${end}`));
    wanted += gold.size;
    for (const { start, end } of document.paragraphs) {
      const tokens = tokenize(document.text, start, end);
      let first = 0;
      for (const last of sentenceEnds(document.text, tokens)) {
        given++;
        if (gold.has(`${tokens[first]?.start} ${tokens[last - 1]?.end}`)) right++;
        first = last;
      }
    }
  }
  process.stdout.write(`${file}: sentence F1 ${((200 * right) / (given + wanted)).toFixed(2)}\n`);
}
