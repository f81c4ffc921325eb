/** Trains the reader's network: batches, noise, Adam, averaging, early stopping. */
import { DEPENDENCY_RELATIONS, NAME_LABELS, type Name, UPOS } from "../../model/annotation.ts";
import { normalise, type WordFeatures } from "../features.ts";
import { createKernel } from "../kernel.ts";
import { packHashedWeights } from "../hashed-weights.ts";
import { NO_OPINION } from "../name-opinion.ts";
import { Activations, type Block, type Dimensions, type Dropout, embed, forward, Network } from "../network.ts";
import { createReader, readerFloats, type TokenReader } from "../reader.ts";
import { type Model, modelFloats, packHeader, packVectors, packWeights, readModel } from "../weights.ts";
import { NAME_OPEN } from "./chain.ts";
import { type GoldSentence, nameLabels } from "./corpus.ts";
import { DropoutMaker, Random } from "./dropout.ts";
import { Gradient, type Lesson, type LossWeights } from "./gradient.ts";
import { type NameLists, readNameLists, rename } from "./rename.ts";
import { trainTagOpinion } from "./tag-opinion.ts";
import type { PretrainedVectors } from "./vectors.ts";

export interface TrainingOptions {
  readonly seed: number;
  readonly epochs: number;
  /** Words of a batch, about. */
  readonly batch: number;
  readonly rate: number;
  readonly width: number;
  readonly blocks: readonly Block[];
  readonly arc: number;
  readonly label: number;
  readonly word: number;
  readonly gram: number;
  readonly losses: LossWeights;
  readonly dropout: { readonly input: number; readonly block: number; readonly final: number; readonly head: number };
  /** Share of sentences seen in capitals, and in title case. */
  readonly capitals: number;
  /** Share of sentences seen in small letters. */
  readonly small: number;
  /** How often an epoch shows the sentences of a corpus (GoldSentence.document), where not once. */
  readonly copies: Readonly<Record<string, number>>;
  /** Share of words (of proper nouns) seen as unknown. */
  readonly unknown: number;
  readonly unknownNames: number;
  /** Whether the dev part of EWT is learnt from, too; GUM's then chooses the epoch alone. */
  readonly withDev: boolean;
  /** Share of the sentences with names that are seen with other names. */
  readonly renamed: number;
  readonly decay: number;
  readonly average: number;
  /** Share of the weights begun from in those returned (weights averaged as by Wortsman et al. 2022). */
  readonly kept: number;
}

export const DEFAULTS: TrainingOptions = {
  seed: 20261,
  epochs: 25,
  batch: 200,
  rate: 0.002,
  width: 160,
  blocks: ["convolution", "recurrence", "convolution", "recurrence", "convolution"],
  arc: 96,
  label: 96,
  word: 64,
  gram: 48,
  losses: { upos: 0.5, xpos: 0.5, names: 1, arcs: 1, labels: 1 },
  dropout: { input: 0.25, block: 0.25, final: 0.2, head: 0.35 },
  capitals: 0.03,
  small: 0,
  copies: {},
  unknown: 0.02,
  unknownNames: 0.12,
  withDev: false,
  renamed: 0.25,
  decay: 0,
  average: 0.9985,
  kept: 0,
};

/** One block more, less noise, smaller steps. */
const FINISH: TrainingOptions = {
  ...DEFAULTS,
  seed: 20262,
  epochs: 17,
  rate: 0.001,
  blocks: [...DEFAULTS.blocks, "recurrence"],
  dropout: { input: 0.15, block: 0.2, final: 0.15, head: 0.3 },
  small: 0.02,
  copies: { "crossner-politics": 2 },
};

/** The same again, with the dev part of EWT. */
const POLISH: TrainingOptions = { ...FINISH, seed: 20263, epochs: 16, withDev: true, kept: 0.5 };

/** The trainings that make the reader, each from the best weights of the one before. */
export const TRAININGS: readonly TrainingOptions[] = [DEFAULTS, FINISH, POLISH];

export const MODEL_FILES = ["reader.json", "reader.bin", "words.txt", "vectors.txt", "vectors.bin", "tags.bin", "names.bin"] as const;
/** The files of a trained model, by name. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>;

/** A reader over model files held in memory. */
export function readerOf(files: ModelFiles): TokenReader {
  return readerWith(files).reader;
}

function readerWith(files: ModelFiles, dropout?: Dropout): { readonly reader: TokenReader; readonly model: Model } {
  const model = readModel((name) => files.get(name) as Uint8Array);
  const network = new Network(model.size, createKernel(modelFloats(model.size) + readerFloats(model.size)));
  model.copyInto(network);
  return { reader: createReader(network, model, dropout), model };
}

/** Stands for tags.bin until that is learnt. */
const NO_TAG_OPINION = packHashedWeights(new Float32Array(UPOS.length));

/** The files of a trained network with a second opinion on tags, learnt from `sentences` as read with the noise of `options`. */
export function withTagOpinion(files: ModelFiles, sentences: readonly GoldSentence[], { seed, dropout }: TrainingOptions): ModelFiles {
  const network = new Map(files).set("tags.bin", NO_TAG_OPINION);
  const { reader, model } = readerWith(network, new DropoutMaker(new Random(seed), dropout).apply);
  return new Map(files).set("tags.bin", trainTagOpinion(sentences, reader, model));
}

const LONGEST = 160;

/**
 * Trains on `sentences`; after each epoch from the middle on `judge` scores a reader with averaged weights, and the best epoch's files
 * are returned. Same input, same bytes. `report` gets one line per epoch. `from` holds the weights to start from, trained on these
 * sentences or fewer; without it they are drawn at random.
 */
export function train(
  sentences: readonly GoldSentence[],
  pretrained: PretrainedVectors,
  options: TrainingOptions,
  judge: (reader: TokenReader) => { value: number; text: string },
  report: (line: string) => void,
  from?: ModelFiles,
): ModelFiles {
  const counts = countWords(sentences);
  const { vocabulary, xpos } = from ? inventoryOf(from) : newInventory(counts, sentences);
  const size: Dimensions = {
    vector: pretrained.width,
    word: options.word,
    gram: options.gram,
    suffix: 32,
    prefix: 24,
    shape: 24,
    width: options.width,
    blocks: options.blocks,
    arc: options.arc,
    label: options.label,
    words: vocabulary.length + 1,
    upos: UPOS.length,
    xpos: xpos.length,
    names: 2 * NAME_LABELS.length + 1,
    relations: DEPENDENCY_RELATIONS.length,
  };
  const rows = options.batch + LONGEST * 2;
  const kernel = createKernel(modelFloats(size) * 5 + rows * (options.width * (options.blocks.length * 6 + 14) + 4096) + 3_000_000);
  const network = new Network(size, kernel);
  const random = new Random(options.seed);
  initialise(network, random);
  if (from) startFrom(network, from);
  const begun = network.values.slice();
  const files = new Map<string, Uint8Array>();
  const encode = (text: string) => new TextEncoder().encode(text);
  files.set("reader.json", encode(packHeader(size, xpos)));
  files.set("words.txt", encode(vocabulary.join("\n")));
  files.set("vectors.txt", encode(pretrained.words.join("\n")));
  files.set("vectors.bin", packVectors(pretrained.rows, pretrained.width));
  files.set("tags.bin", NO_TAG_OPINION);
  files.set("names.bin", NO_OPINION);
  files.set("reader.bin", packWeights(network, network.values));
  const model = readModel((name) => files.get(name) as Uint8Array);
  const lessons = sentences
    .filter((s) => s.words.length <= LONGEST)
    .flatMap((s) => Array.from({ length: options.copies[s.document] ?? 1 }, () => lessonOf(s, xpos)));
  const rare = new Map(vocabulary.map((word) => [word, 0.3 / (0.3 + (counts.get(word) as number))]));
  const gradient = new Gradient(network, rows, LONGEST);
  const m = kernel.allocate(network.values.length);
  const v = kernel.allocate(network.values.length);
  const averaged = begun.slice();
  const activations = new Activations(network, rows);
  const dropout = new DropoutMaker(random, options.dropout);
  const total = options.epochs * Math.ceil(lessons.reduce((n, l) => n + l.words.length, 0) / options.batch);
  const dense = network.tensors.filter((t) => !t.table);
  const lists = readNameLists();
  const warm = Math.min(400, total / 10);
  let step = 0;
  let best = Number.NEGATIVE_INFINITY;
  let bestFiles: ModelFiles = files;
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    random.shuffle(lessons);
    let loss = 0;
    let batches = 0;
    for (let from = 0; from < lessons.length; ) {
      const batch: Lesson[] = [];
      for (let words = 0; from < lessons.length && words < options.batch; ) {
        const lesson = withNoise(lessons[from++] as Lesson, options, lists, random);
        batch.push(lesson);
        words += lesson.words.length;
      }
      activations.layOut(
        batch.map((l) => l.words),
        0,
        model.features,
      );
      hideWords(activations, batch, rare, options, random);
      embed(network, model.vectors, activations, dropout.apply);
      forward(network, activations, dropout.apply);
      loss += gradient.backward(activations, batch, options.losses, dropout);
      batches++;
      step++;
      const rate = options.rate * Math.min(1, step / warm) * (0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, step / total)));
      update(network, gradient, dense, m, v, rate, step, options.decay);
      if (step % 16 === 0) average(averaged, network.values, Math.min(options.average ** 16, step / (step + 100)));
    }
    const line = `epoch ${epoch}  loss ${(loss / batches).toFixed(4)}`;
    if (epoch % 4 === 0 || epoch > options.epochs - 2) {
      const candidate = new Map(files).set("reader.bin", packWeights(network, mixed(begun, averaged, options.kept)));
      const { value, text } = judge(readerOf(candidate));
      report(`${line}  ${text}`);
      if (value > best) {
        best = value;
        bestFiles = candidate;
      }
    } else report(line);
  }
  return bestFiles;
}

/** The place of a label among `labels`, -1 where it is none of them. */
function indexIn(labels: readonly string[]): (label: string) => number {
  const at = new Map(labels.map((label, i) => [label, i]));
  return (label) => at.get(label) ?? -1;
}

const relationAt = indexIn(DEPENDENCY_RELATIONS);
/** A subtype that we do not tell apart is its universal relation. */
const relationIndex = (label: string): number => {
  const own = relationAt(label);
  return own >= 0 ? own : relationAt(label.split(":")[0] as string);
};

/** The words and Penn tags that the network tells apart. */
interface Inventory {
  readonly vocabulary: readonly string[];
  readonly xpos: readonly string[];
}

function newInventory(counts: ReadonlyMap<string, number>, sentences: readonly GoldSentence[]): Inventory {
  const xpos = [...new Set(sentences.flatMap((s) => s.xpos ?? []))]
    .filter((tag) => /^(?:[A-Z]+\$?|-[A-Z]+-|[.,:$]|``|'')$/.test(tag) && tag !== "VERB")
    .sort();
  return { vocabulary: [...counts].filter(([, n]) => n >= 2).map(([word]) => word), xpos };
}

function inventoryOf(files: ModelFiles): Inventory {
  const text = (name: string) => new TextDecoder().decode(files.get(name));
  return { vocabulary: text("words.txt").split("\n"), xpos: (JSON.parse(text("reader.json")) as Pick<Inventory, "xpos">).xpos };
}

function countWords(sentences: readonly GoldSentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    for (const word of sentence.words) {
      const key = normalise(word);
      if (!key.includes("\n")) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort(([a, n], [b, k]) => k - n || (a < b ? -1 : 1)));
}

/** The name label that each word is to get, undefined where names are not marked. */
export function nameTargets(sentence: GoldSentence): Int32Array | undefined {
  const names = sentence.names ? nameLabels(sentence.words.length, sentence.names) : undefined;
  if (names && sentence.others === false)
    names.forEach((label, i) => label === 0 && isCapital(sentence.words[i] as string) && (names[i] = NAME_OPEN));
  return names;
}

function lessonOf(sentence: GoldSentence, xpos: readonly string[]): Lesson {
  const names = nameTargets(sentence);
  return {
    words: sentence.words,
    ...(sentence.upos && { upos: Int32Array.from(sentence.upos, indexIn(UPOS)) }),
    ...(sentence.xpos && { xpos: Int32Array.from(sentence.xpos, indexIn(xpos)) }),
    ...(sentence.heads && { heads: Int32Array.from(sentence.heads) }),
    ...(sentence.relations && {
      relations: Int32Array.from(sentence.relations, relationIndex),
    }),
    ...(names && { names, spans: sentence.names as Name[] }),
  };
}

const isCapital = (word: string) => /^\p{Lu}/u.test(word);

function initialise(network: Network, random: Random): void {
  const { values } = network;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  for (const tensor of network.tensors) {
    const length = tensor.rows * tensor.cols;
    if (tensor.name.endsWith(".gain")) values.fill(1, tensor.at, tensor.at + length);
    else if (tensor.name === "arc") for (let i = 0; i < length; i++) values[tensor.at + i] = 0.02 * normal();
    else if (tensor.name.endsWith(".distance") || tensor.name === "position" || tensor.name === "names.transition") continue;
    else if (tensor.table) for (let i = 0; i < length; i++) values[tensor.at + i] = 0.1 * normal();
    else if (tensor.rows > 1) {
      const deviation = Math.sqrt((tensor.name.endsWith(".weight") ? 1.5 : 1) / tensor.rows);
      for (let i = 0; i < length; i++) values[tensor.at + i] = deviation * normal();
      if (tensor.name === "label") {
        for (let r = 0; r < tensor.rows; r++)
          for (let c = network.size.relations; c < tensor.cols; c++) values[tensor.at + r * tensor.cols + c] = 0;
      }
    } else if (tensor.cols === 2 * network.size.width) {
      for (let i = network.size.width; i < tensor.cols; i++) values[tensor.at + i] = ((i % 16) / 15) * 3 - 0.5;
    }
  }
}

/**
 * Takes over the weights of a trained model, which may have fewer blocks: a recurrence more starts with output weights of zero, so that
 * at first the larger network computes what the smaller one did.
 */
function startFrom(network: Network, files: ModelFiles): void {
  const model = readModel((name) => files.get(name) as Uint8Array);
  const trained = new Network(model.size, createKernel(modelFloats(model.size)));
  model.copyInto(trained);
  const known = new Map(trained.tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, at, rows, cols } of network.tensors) {
    const old = known.get(name);
    if (old && (old.rows !== rows || old.cols !== cols))
      throw new Error(`${name} has ${old.rows} x ${old.cols} weights, not ${rows} x ${cols}`);
    if (old) network.values.set(trained.values.subarray(old.at, old.at + rows * cols), at);
    else if (name.endsWith(".out")) network.values.fill(0, at, at + rows * cols);
  }
}

function hideWords(
  a: Activations,
  batch: readonly Lesson[],
  rare: ReadonlyMap<string, number>,
  options: TrainingOptions,
  random: Random,
): void {
  const proper = UPOS.indexOf("PROPN");
  batch.forEach((lesson, s) => {
    const start = a.starts[s] as number;
    lesson.words.forEach((word, i) => {
      const f = a.features[start + i] as WordFeatures;
      const unknown = lesson.upos?.[i] === proper ? options.unknownNames : options.unknown;
      if (random.next() < unknown) a.features[start + i] = { ...f, word: 0, vector: -1 };
      else if (f.word > 0 && random.next() < (rare.get(normalise(word)) ?? 0)) a.features[start + i] = { ...f, word: 0 };
    });
  });
}

function withNoise(lesson: Lesson, options: TrainingOptions, lists: NameLists, random: Random): Lesson {
  if (lesson.spans?.length && random.next() < options.renamed)
    return { ...lesson, words: rename(lesson.words, lesson.spans, lists, random) };
  const draw = random.next();
  const { capitals, small } = options;
  if (draw >= capitals * 2 + small) return lesson;
  const change = (w: string) => {
    if (draw < capitals) return w.toUpperCase();
    if (draw >= capitals * 2) return w.toLowerCase();
    return w.length > 3 ? w[0]?.toUpperCase() + w.slice(1) : w;
  };
  return { ...lesson, words: lesson.words.map(change) };
}

const BETA1 = 0.9;
const BETA2 = 0.98;

function update(
  network: Network,
  gradient: Gradient,
  dense: readonly { at: number; rows: number; cols: number }[],
  m: Float32Array,
  v: Float32Array,
  rate: number,
  step: number,
  decay: number,
): void {
  const { kernel, values } = network;
  const { grads } = gradient;
  const corrected = (rate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
  for (const t of dense) {
    const length = Math.ceil((t.rows * t.cols) / 4) * 4;
    kernel.adam(values, grads, m, v, t.at, length, corrected, BETA1, BETA2, 1e-8, t.rows > 1 ? decay * rate : 0);
  }
  for (const table of gradient.touched) {
    const { at, cols } = table.tensor;
    for (const row of table.rows) {
      kernel.adam(values, grads, m, v, at + row * cols, cols, corrected, BETA1, BETA2, 1e-8, 0);
      table.stamp[row] = 0;
    }
    table.rows.length = 0;
  }
}

/** share * a + (1 - share) * b. */
function mixed(a: Float32Array, b: Float32Array, share: number): Float32Array {
  return b.map((value, i) => share * (a[i] as number) + (1 - share) * value);
}

function average(to: Float32Array, from: Float32Array, keep: number): void {
  const take = 1 - keep;
  for (let i = 0; i < to.length; i++) to[i] = keep * (to[i] as number) + take * (from[i] as number);
}
