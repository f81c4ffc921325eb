/** Trains the sentence splitter: `tsx src/nlp/training/segmenter.ts --data DIR` writes weights/segmenter.bin. An averaged perceptron. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Boundaries, SEGMENTER_SIZE, sentenceEnds } from "../sentences.ts";
import { tokenize } from "../tokens.ts";
import { type GoldDocument, readConllu } from "./conllu.ts";
import { Random } from "./dropout.ts";

const EPOCHS = 7;
/** Runs over differently shuffled paragraphs. */
const RUNS = 4;
/** GUM's fiction and how-to guides are not free for commercial use: nothing is learnt from them. */
const CLOSED = /^GUM_(?:fiction|whow)_/;

const { values } = parseArgs({ options: { data: { type: "string", default: "../shared/treebanks" } } });

interface Paragraph {
  readonly boundaries: Boundaries;
  /** Per token, whether a sentence ends after it. */
  readonly ends: Uint8Array;
  /** Per token, what the gap after it always shows; undefined where no model is asked. */
  readonly surroundings: readonly (readonly number[] | undefined)[];
}

function paragraphs(document: GoldDocument): Paragraph[] {
  const ends = new Set(document.sentences.map((sentence) => sentence.end));
  return document.paragraphs.map(({ start, end }) => {
    const tokens = tokenize(document.text, start, end);
    const boundaries = new Boundaries(document.text, tokens);
    const surroundings = tokens.map((_, i) => {
      if (i + 1 === tokens.length || boundaries.decided(i) !== undefined) return undefined;
      const features: number[] = [];
      boundaries.surroundings(i, features);
      return features;
    });
    return { boundaries, surroundings, ends: Uint8Array.from(tokens, (token) => (ends.has(token.end) ? 1 : 0)) };
  });
}

const documents = ["ewt.train.conllu", "gum.train.conllu"]
  .flatMap((file) => readConllu(join(values.data, file)))
  .filter(({ id }) => !CLOSED.test(id));
const corpus = documents.flatMap(paragraphs);
/** Sum of the averaged weights of all runs: linear models add up. */
const weights = new Float64Array(SEGMENTER_SIZE);
for (let run = 0; run < RUNS; run++) trainOnce(run);

function trainOnce(run: number): void {
  const current = new Float64Array(SEGMENTER_SIZE);
  const sums = new Float64Array(SEGMENTER_SIZE);
  const features: number[] = [];
  const random = new Random(run + 1);
  let time = 1;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    random.shuffle(corpus);
    let wrong = 0;
    for (const { boundaries, surroundings, ends } of corpus) {
      let start = 0;
      for (let i = 0; i + 1 < ends.length; i++) {
        const known = surroundings[i];
        let end = known ? false : boundaries.decided(i) === true;
        if (known) {
          features.length = 0;
          boundaries.sentenceSoFar(i, start, features);
          features.push(...known);
          let score = 0;
          for (const feature of features) score += current[feature] as number;
          end = score > 0;
          if (end !== (ends[i] === 1)) {
            const step = end ? -1 : 1;
            for (const feature of features) {
              current[feature] = (current[feature] as number) + step;
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
    process.stdout.write(`run ${run + 1}, epoch ${epoch + 1}: ${wrong} wrong\n`);
  }
  for (let i = 0; i < SEGMENTER_SIZE; i++) weights[i] = (weights[i] as number) + (current[i] as number) - (sums[i] as number) / time;
}

const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
const bytes = Buffer.alloc(2 * SEGMENTER_SIZE);
weights.forEach((weight, i) => bytes.writeInt16LE(Math.round((weight / largest) * 32767), 2 * i));
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
