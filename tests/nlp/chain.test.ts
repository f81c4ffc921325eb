import { expect, test } from "vitest";
import { bestNames, mayFollow } from "../../src/nlp/decode.ts";
import { LabelChain, NAME_OPEN } from "../../src/nlp/training/chain.ts";
import { Random } from "../../src/nlp/training/dropout.ts";

const LABELS = 5;
const WORDS = 4;

/** Every label sequence that a reader could give. */
function* sequences(): Generator<number[]> {
  for (let code = 0; code < LABELS ** WORDS; code++) {
    const labels = Array.from({ length: WORDS }, (_, i) => Math.floor(code / LABELS ** i) % LABELS);
    if (labels.every((y, i) => mayFollow(i > 0 ? (labels[i - 1] as number) : 0, y))) yield labels;
  }
}

const random = new Random(3);
const draw = (length: number) => Float32Array.from({ length }, () => 4 * (random.next() - 0.5));
const [scores, transitions] = [draw(WORDS * LABELS), draw(LABELS * LABELS)];
const total = (labels: readonly number[]) =>
  labels.reduce((sum, y, i) => {
    const step = i > 0 ? (transitions[(labels[i - 1] as number) * LABELS + y] as number) : 0;
    return sum + (scores[i * LABELS + y] as number) + step;
  }, 0);
const mass = (chosen: Iterable<number[]>) => [...chosen].reduce((sum, labels) => sum + Math.exp(total(labels)), 0);

test("the loss of a chain is minus the log of its share in all sequences, its gradient the surplus of expected labels", () => {
  const targets = Int32Array.of(1, 2, NAME_OPEN, 0);
  const [gradient, transitionGradient] = [new Float32Array(scores.length), new Float32Array(transitions.length)];
  const chain = {
    scores,
    gradient,
    stride: LABELS,
    transitions,
    transitionGradient,
    transitionsAt: 0,
    transitionsStride: LABELS,
  };
  const loss = new LabelChain(LABELS, WORDS).loss(chain, 0, targets, 1);
  const right = (labels: number[]) => labels[0] === 1 && labels[1] === 2 && [0, 3, 4].includes(labels[2] as number) && labels[3] === 0;
  const [all, gold] = [mass(sequences()), mass([...sequences()].filter(right))];
  expect(loss).toBeCloseTo(Math.log(all) - Math.log(gold), 4);
  const share = (test: (labels: number[]) => boolean) =>
    mass([...sequences()].filter(test)) / all - mass([...sequences()].filter((labels) => right(labels) && test(labels))) / gold;
  expect(gradient[2 * LABELS + 3]).toBeCloseTo(
    share((labels) => labels[2] === 3),
    4,
  );
  expect(transitionGradient[2 * LABELS]).toBeCloseTo(
    share((labels) => labels[1] === 2 && labels[2] === 0) +
      share((labels) => labels[0] === 2 && labels[1] === 0) +
      share((labels) => labels[2] === 2 && labels[3] === 0),
    4,
  );
});

test("bestNames finds the best of all sequences under transitions", () => {
  const labels = new Uint8Array(WORDS);
  bestNames(scores, 0, LABELS, WORDS, LABELS, transitions, new Uint8Array(WORDS * LABELS), new Float64Array(2 * LABELS), labels);
  const [best] = [...sequences()].sort((a, b) => total(b) - total(a));
  expect([...labels]).toEqual(best);
});
