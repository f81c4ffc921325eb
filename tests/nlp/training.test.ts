import { describe, expect, test } from "vitest";
import { FeatureReader } from "../../src/nlp/features.ts";
import { createKernel } from "../../src/nlp/kernel.ts";
import { Activations, type Dimensions, embed, forward, Network } from "../../src/nlp/network.ts";
import { parseConllu } from "../../src/nlp/training/conllu.ts";
import { nameLabels, sentencesOf } from "../../src/nlp/training/corpus.ts";
import { DropoutMaker, Random } from "../../src/nlp/training/dropout.ts";
import { entityNames } from "../../src/nlp/training/entities.ts";
import { Gradient, type Lesson } from "../../src/nlp/training/gradient.ts";
import { DEFAULTS, readerOf, train } from "../../src/nlp/training/train.ts";

const TOY = `
1	Mara	Mara	PROPN	NNP	_	2	nsubj	_	_
2	met	meet	VERB	VBD	_	0	root	_	_
3	Omar	Omar	PROPN	NNP	_	2	obj	_	_
4	.	.	PUNCT	.	_	2	punct	_	_

1	Omar	Omar	PROPN	NNP	_	3	nsubj	_	_
2	has	have	AUX	VBZ	_	3	aux	_	_
3	left	leave	VERB	VBN	_	0	root	_	_
4	Lima	Lima	PROPN	NNP	_	3	obj	_	_
5	.	.	PUNCT	.	_	3	punct	_	_
`;
const VECTORS = {
  words: ["met", "left", "has", "omar"],
  rows: [0, 1, 2, 3].map((r) => [0, 1, 2, 3, 4, 5, 6, 7].map((i) => Math.sin(r * 8 + i))),
  width: 8,
};
const OPTIONS = {
  ...DEFAULTS,
  epochs: 40,
  rate: 0.01,
  batch: 4,
  average: 0.5,
  width: 16,
  arc: 8,
  label: 8,
  word: 8,
  gram: 8,
  capitals: 0,
  unknown: 0,
  unknownNames: 0,
  renamed: 0,
  dropout: { input: 0.05, block: 0.05, final: 0, head: 0 },
};

describe("training", () => {
  const sentences = sentencesOf(parseConllu(TOY, "toy")).map((s) => ({
    ...s,
    names: [{ first: 0, last: 1, label: "person" as const }],
    others: true,
  }));
  const run = () => {
    let epoch = 0;
    return train(
      sentences,
      VECTORS,
      OPTIONS,
      () => ({ value: ++epoch, text: "" }),
      () => {},
    );
  };

  test("learns a toy treebank, and twice the same bytes", () => {
    const files = run();
    const again = run();
    expect([...files.keys()].sort()).toEqual([
      "names.bin",
      "reader.bin",
      "reader.json",
      "tags.bin",
      "vectors.bin",
      "vectors.txt",
      "words.txt",
    ]);
    for (const [name, bytes] of files) expect(Buffer.from(bytes).equals(Buffer.from(again.get(name) as Uint8Array))).toBe(true);
    const reading = readerOf(files).read(["Mara", "met", "Omar", "."]);
    expect(reading.upos).toEqual(["PROPN", "VERB", "PROPN", "PUNCT"]);
    expect([...reading.heads]).toEqual([1, -1, 1, 1]);
    expect(reading.relations).toEqual(["nsubj", "root", "obj", "punct"]);
  });
});

describe("gradient", () => {
  const size: Dimensions = {
    vector: 8,
    word: 8,
    gram: 8,
    suffix: 8,
    prefix: 8,
    shape: 8,
    width: 16,
    blocks: ["convolution", "recurrence"],
    arc: 8,
    label: 8,
    words: 3,
    upos: 5,
    xpos: 6,
    names: 9,
    relations: 7,
  };

  test("agrees with differences of the loss along a random direction", () => {
    const network = new Network(size, createKernel(2_000_000));
    const random = new Random(5);
    for (let i = 0; i < network.values.length; i++) network.values[i] = 0.5 * (random.next() - 0.5);
    const vectors = {
      words: new Map([["met", 0]]),
      rows: Int8Array.from([90, -20, 30, 5, 60, -70, 8, 9]),
      scales: Float32Array.of(0.01),
      width: 8,
    };
    const features = new FeatureReader(vectors.words, new Map([["met", 1]]));
    const activations = new Activations(network, 24);
    const gradient = new Gradient(network, 24, 10);
    const dropout = new DropoutMaker(random, { input: 0, block: 0, final: 0, head: 0 });
    const at = (...values: number[]) => Int32Array.from(values);
    const lessons: Lesson[] = [
      {
        words: ["Mara", "met", "Omar", "."],
        upos: at(0, 1, 2, 3),
        xpos: at(0, -1, 2, 5),
        heads: at(1, -1, 1, 1),
        relations: at(0, 1, 2, 3),
        names: at(1, 0, -2, 7),
      },
      { words: ["Lima", "met"], names: at(3, 0) },
    ];
    const loss = () => {
      activations.layOut(
        lessons.map((l) => l.words),
        0,
        features,
      );
      embed(network, vectors, activations, dropout.apply);
      forward(network, activations, dropout.apply);
      return gradient.backward(activations, lessons, { upos: 1, xpos: 0.5, names: 1, arcs: 1, labels: 1 }, dropout);
    };
    loss();
    const grads = gradient.grads.slice();
    const before = network.values.slice();
    for (let trial = 0; trial < 5; trial++) {
      const direction = before.map(() => random.next() - 0.5);
      const move = (by: number) => network.values.set(before.map((v, i) => v + by * (direction[i] as number)));
      move(5e-4);
      const up = loss();
      move(-5e-4);
      const down = loss();
      const expected = grads.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
      expect(Math.abs((up - down) / 1e-3 - expected)).toBeLessThan(0.02 * Math.abs(expected) + 0.004);
    }
  });
});

describe("corpus", () => {
  const [sentence] = sentencesOf(
    parseConllu(
      `# newdoc id = GUM_news_x
# global.Entity = GRP-etype
1	President	president	PROPN	NNP	_	0	root	_	Entity=(1-person-new-nnnnn-cf1-1-sgl-X
2	Ada	Ada	PROPN	NNP	_	1	flat	_	_
3	Obi	Obi	PROPN	NNP	_	1	flat	_	Entity=1)
4	left	leave	VERB	VBD	_	1	acl	_	_
5	the	the	DET	DT	_	6	det	_	Entity=(2-place-new-nnnnn-cf1-2,4-sgl
6	Republic	Republic	PROPN	NNP	_	4	obj	_	_
7	of	of	ADP	IN	_	8	case	_	_
8	Togo	Togo	PROPN	NNP	_	6	nmod	_	Entity=(3-place-new-nnnnn-cf1-1-sgl)2)

`,
      "gum",
    ),
  );

  test("names of GUM entities lose their title and article and hold no second name", () => {
    expect(sentence?.names).toEqual([
      { first: 1, last: 3, label: "person" },
      { first: 5, last: 8, label: "place" },
    ]);
    expect([...nameLabels(8, sentence?.names ?? [])]).toEqual([0, 1, 2, 0, 0, 5, 6, 6]);
  });

  test("a mention without a proper noun is no name", () => {
    expect(
      entityNames({ document: "", words: ["rebels"], upos: ["NOUN"], heads: [-1] }, ["Entity=(1-person-new-nnnnn-cf1-1-sgl)"]),
    ).toEqual([]);
  });
});
