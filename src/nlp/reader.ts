/** Reads tokenised sentences: tags, dependency trees and names from the trained network. */
import { readFileSync } from "node:fs";
import { DEPENDENCY_RELATIONS, type DependencyRelation, NAME_LABELS, type Name, UPOS, type Upos } from "../model/annotation.ts";
import { type Convention, DEFAULT_CONVENTION } from "./conventions.ts";
import { bestNames, bestTree, leadOf } from "./decode.ts";
import { createKernel, type KernelKind } from "./kernel.ts";
import { agreeOnNames, shareNameScores } from "./name-memory.ts";
import { Activations, type Dropout, embed, forward, Network, ProjectedWords, scoreArcs, scoreLabels } from "./network.ts";
import { CERTAIN, MOST_KEYS, OPINION_SHARE, opinionKeys } from "./tag-opinion.ts";
import { type Model, modelFloats, readModel } from "./weights.ts";

/** One sentence read: arrays run parallel to its words. */
export interface Reading {
  readonly upos: Upos[];
  readonly xpos: string[];
  /** Index in the sentence of each word's head, -1 for the one root. */
  readonly heads: Int32Array;
  readonly relations: DependencyRelation[];
  readonly names: Name[];
}

/** All readings follow `convention`, DEFAULT_CONVENTION where none is given. */
export interface TokenReader {
  read(words: readonly string[], convention?: Convention): Reading;
  /** The same for many sentences, in batches. */
  readAll(sentences: readonly (readonly string[])[], convention?: Convention): Reading[];
  /** The same for the sentences of one document, in order, whose names are made to agree. */
  readDocument(sentences: readonly (readonly string[])[], convention?: Convention): Reading[];
}

/** The reader whose readings follow `convention`. */
export function following(reader: TokenReader, convention: Convention): TokenReader {
  return {
    read: (words) => reader.read(words, convention),
    readAll: (sentences) => reader.readAll(sentences, convention),
    readDocument: (sentences) => reader.readDocument(sentences, convention),
  };
}

/** Sentences above this many words are read in pieces; the roots of later pieces hang on the first. */
export const LONGEST_SENTENCE = 250;
/** Rows of one batch. */
const ROWS = 1024;

export const WEIGHTS = new URL("../../src/knowledge/weights/", import.meta.url);

/** Loads the weights in `dir` (a folder URL ending in "/"); throws when they are missing or damaged. */
export function loadReader(dir: URL = WEIGHTS, kernel: KernelKind = "wasm"): TokenReader {
  const model = readModel((name) => readFileSync(new URL(name, dir)));
  const network = new Network(model.size, createKernel(modelFloats(model.size) + readerFloats(model.size), kernel));
  model.copyInto(network);
  return createReader(network, model);
}

/** Floats of the arena that `createReader` takes. */
export function readerFloats(size: Network["size"]): number {
  return (
    (ROWS + 3) * (size.width * (size.blocks.length * 5 + 4) + 2048) + 4 * LONGEST_SENTENCE * LONGEST_SENTENCE + size.arc * 400 + 1_200_000
  );
}

/** With `dropout`, readings are those of a network in training. */
export function createReader(
  network: Network,
  { vectors, features, tags, names: opinion, xpos: xposLabels }: Model,
  dropout?: Dropout,
): TokenReader {
  const { size, outputs, kernel } = network;
  network.pack();
  const a = new Activations(network, ROWS);
  const projected = new ProjectedWords(network, vectors, 1 << 14, ROWS);
  const stride = Math.ceil((LONGEST_SENTENCE + 1) / 8) * 8;
  const scores = kernel.allocate(LONGEST_SENTENCE * stride);
  const scratch = kernel.allocate(size.arc * stride);
  const heads = new Int32Array(ROWS);
  const tagged = new Uint8Array(ROWS);
  const related = new Uint8Array(ROWS);
  const keys = new Uint32Array(MOST_KEYS);
  const back = new Uint8Array(LONGEST_SENTENCE * size.names);
  const totals = new Float64Array(2 * size.names);
  const labels = new Uint8Array(LONGEST_SENTENCE);
  const transitions = new Float32Array(size.names * size.names);
  const learnt = network.tensor("names.transition");
  for (let x = 0; x < size.names; x++) {
    for (let y = 0; y < size.names; y++) {
      transitions[x * size.names + y] = (network.values[learnt.at + x * learnt.cols + y] as number) + opinion.transition(x, y);
    }
  }
  const relationWidth = Math.ceil(size.relations / 8) * 8;

  function best(values: Float32Array, at: number, n: number): number {
    let top = 0;
    for (let i = 1; i < n; i++) if ((values[at + i] as number) > (values[at + top] as number)) top = i;
    return top;
  }

  /** Names of n words with a row of name scores each. */
  function decodeNames(nameScores: Float32Array, n: number): Name[] {
    bestNames(nameScores, 0, size.names, n, size.names, transitions, back, totals, labels);
    const names: Name[] = [];
    for (let i = 0; i < n; i++) {
      const y = labels[i] as number;
      if (y % 2 === 0) continue;
      let last = i + 1;
      while (last < n && labels[last] === y + 1) last++;
      names.push({ first: i, last, label: NAME_LABELS[(y - 1) / 2] as Name["label"] });
      i = last - 1;
    }
    return names;
  }

  /** Readings still without names, and each sentence's name scores into `nameScores`. */
  function readShort(sentences: readonly (readonly string[])[], convention: Convention, nameScores: Float32Array[]): Reading[] {
    const readings: Reading[] = [];
    for (let from = 0; from < sentences.length; ) {
      const taken = a.layOut(sentences, from, features);
      if (dropout) embed(network, vectors, a, dropout);
      else projected.embed(a);
      forward(network, a, dropout);
      for (let s = 0; s < taken; s++) {
        const n = a.lengths[s] as number;
        const width = Math.ceil((n + 1) / 8) * 8;
        scoreArcs(network, a, s, scores, scratch, width);
        bestTree(scores, width, n, heads, a.starts[s] as number);
      }
      scoreLabels(network, a, heads, dropout);
      for (let s = 0; s < taken; s++) {
        const start = a.starts[s] as number;
        const n = a.lengths[s] as number;
        const upos: Upos[] = [];
        const xpos: string[] = [];
        const relations: DependencyRelation[] = [];
        tag(s, convention);
        const ofNames = new Float32Array(n * size.names);
        for (let row = start; row < start + n; row++) {
          const at = row * outputs.width;
          relations.push(DEPENDENCY_RELATIONS[related[row] as number] as DependencyRelation);
          upos.push(UPOS[tagged[row] as number] as Upos);
          xpos.push(xposLabels[best(a.out, at + outputs.xpos, size.xpos)] as string);
          for (let y = 0; y < size.names; y++) ofNames[(row - start) * size.names + y] = a.out[at + outputs.names + y] as number;
        }
        const reading: Reading = { upos, xpos, heads: heads.slice(start, start + n), relations, names: [] };
        opinion.weigh(ofNames, { words: a.features, at: start, length: n, shouting: a.shouting(s), convention, ...reading });
        nameScores.push(ofNames);
        readings.push(reading);
      }
      from += taken;
    }
    return readings;
  }

  /** Relations and tags of the words of sentence s of the batch into `related` and `tagged`. */
  function tag(s: number, convention: Convention): void {
    const start = a.starts[s] as number;
    const n = a.lengths[s] as number;
    for (let row = start; row < start + n; row++) {
      related[row] = relation(row);
      tagged[row] = best(a.out, row * outputs.width + outputs.upos, size.upos);
    }
    if (convention === "any") return;
    const tree = { start, length: n, features: a.features, tags: tagged, relations: related, heads, shouting: a.shouting(s) };
    // asked about all words before any changes
    const doubtful: number[] = [];
    for (let row = start; row < start + n; row++) {
      const at = row * outputs.width + outputs.upos;
      if (leadOf(a.out, at, size.upos) > CERTAIN) continue;
      tags.weigh(a.out, at, keys, opinionKeys(tree, row - start, convention, keys), OPINION_SHARE);
      doubtful.push(row);
    }
    for (const row of doubtful) tagged[row] = best(a.out, row * outputs.width + outputs.upos, size.upos);
  }

  /** Number of the relation; "root" belongs to the root and to no other word. */
  function relation(row: number): number {
    if ((heads[row] as number) < 0) return ROOT;
    const at = row * relationWidth;
    let top = -1;
    for (let i = 0; i < size.relations; i++) {
      if (i !== ROOT && (top < 0 || (a.relations[at + i] as number) > (a.relations[at + top] as number))) top = i;
    }
    return top;
  }

  function readSentences(sentences: readonly (readonly string[])[], share: boolean, convention = DEFAULT_CONVENTION): Reading[] {
    const pieces = sentences.map(piecesOf);
    const flat = pieces.flat();
    const nameScores: Float32Array[] = [];
    const unnamed = readShort(flat, convention, nameScores);
    if (share) shareNameScores(flat, nameScores, size.names);
    const readings = unnamed.map((reading, i) => ({ ...reading, names: decodeNames(nameScores[i] as Float32Array, reading.upos.length) }));
    let from = 0;
    return pieces.map(({ length }) => join(readings.slice(from, (from += length)), LONGEST_SENTENCE));
  }

  return {
    read: (words, convention) => readSentences([words], false, convention)[0] as Reading,
    readAll: (sentences, convention) => readSentences(sentences, false, convention),
    readDocument(sentences, convention) {
      const readings = readSentences(sentences, true, convention);
      const names = agreeOnNames(sentences, readings);
      return readings.map((reading, s) => ({ ...reading, names: names[s] as Name[] }));
    },
  };
}

/** The sentence, or pieces of it that are LONGEST_SENTENCE words long, the last one shorter. */
function piecesOf(words: readonly string[]): (readonly string[])[] {
  if (words.length <= LONGEST_SENTENCE) return [words];
  const pieces: (readonly string[])[] = [];
  for (let i = 0; i < words.length; i += LONGEST_SENTENCE) pieces.push(words.slice(i, i + LONGEST_SENTENCE));
  return pieces;
}

const ROOT = DEPENDENCY_RELATIONS.indexOf("root");

/** One reading from those of a long sentence's pieces, each but the last `size` words long. */
function join(pieces: readonly Reading[], size: number): Reading {
  const [first, ...rest] = pieces as [Reading, ...Reading[]];
  if (rest.length === 0) return first;
  const root = first.heads.indexOf(-1);
  const heads = [...first.heads];
  const relations = [...first.relations];
  const names = [...first.names];
  rest.forEach((piece, k) => {
    const offset = (k + 1) * size;
    piece.heads.forEach((head, i) => {
      heads.push(head < 0 ? root : head + offset);
      relations.push(head < 0 ? "parataxis" : (piece.relations[i] as DependencyRelation));
    });
    for (const name of piece.names) names.push({ ...name, first: name.first + offset, last: name.last + offset });
  });
  return { upos: pieces.flatMap((p) => p.upos), xpos: pieces.flatMap((p) => p.xpos), heads: Int32Array.from(heads), relations, names };
}
