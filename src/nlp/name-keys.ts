/** What the second opinion on names (name-opinion.ts) sees of a word: hashed features of the word, its neighbours and its place in the tree. */
import { DEPENDENCY_RELATIONS, type DependencyRelation, UPOS, type Upos } from "../model/annotation.ts";
import { CONVENTIONS, type Convention } from "./conventions.ts";
import type { WordFeatures } from "./features.ts";

/** No word has more keys. */
const MOST_KEYS = 56;
/** The longest run of capitalised words that is told from longer ones, and how far a word's names are followed up the tree. */
const LONGEST_RUN = 3;
const HIGHEST = 6;
/** The cluster of a word that has no vector. */
const UNCLUSTERED = 0xffff;

const numbered = <T extends string>(labels: readonly T[]) => new Map<T, number>(labels.map((label, i) => [label, i + 1]));
const TAGS = numbered(UPOS);
const RELATIONS = numbered(DEPENDENCY_RELATIONS);
/** Relations between the words of one name. */
const INSIDE = new Set<DependencyRelation>(["flat", "compound", "nmod:unmarked", "nummod"]);

/** A sentence as the network has read it: rows [at, at + length) of `words`, the rest by the word's index in the sentence. */
export interface TaggedSentence {
  readonly words: readonly WordFeatures[];
  readonly at: number;
  readonly length: number;
  /** Whether its capitals say nothing (isShouting). */
  readonly shouting: boolean;
  readonly upos: readonly Upos[];
  readonly heads: Int32Array;
  readonly relations: readonly DependencyRelation[];
  readonly convention: Convention;
}

/** A word before or after the sentence. */
type Word = Omit<WordFeatures, "id" | "word" | "grams">;
const OUTSIDE: Word = {
  form: 1,
  lower: 1,
  ending: 1,
  shape: -1,
  suffixes: [-1, -1],
  prefixes: [-1, -1],
  capital: false,
  nameLike: false,
  vector: -1,
};

/** Clusters of words of like vectors. */
export interface WordClusters {
  /** By row of the word vectors. */
  readonly fine: Uint16Array;
  /** Clusters of clusters, by number of the fine one. */
  readonly coarse: Uint8Array;
}

/** The keys of one word after the other, of one sentence after the other. */
export class NameKeys {
  /** The keys of the word asked for last, from 0. */
  readonly keys = new Uint32Array(MOST_KEYS);
  readonly #clusters: WordClusters;
  #count = 0;
  #sentence: TaggedSentence | undefined;
  #linked = false;
  /** By head: its last preposition before it and its last apposition, 0 for none. */
  readonly #cases: number[] = [];
  readonly #appositions: number[] = [];

  constructor(clusters: WordClusters) {
    this.#clusters = clusters;
  }

  /** Turns to a sentence. */
  begin(sentence: TaggedSentence): void {
    this.#sentence = sentence;
    this.#linked = false;
  }

  /** Finds what hangs on each word, once somebody asks. */
  #link({ words, at, length, heads, relations }: TaggedSentence): void {
    for (let i = 0; i < length; i++) this.#cases[i] = this.#appositions[i] = 0;
    for (let i = 0; i < length; i++) {
      const head = heads[i] as number;
      if (relations[i] === "case" && i < head) this.#cases[head] = (words[at + i] as WordFeatures).lower;
      else if (relations[i] === "appos") this.#appositions[head] = (words[at + i] as WordFeatures).lower;
    }
    this.#linked = true;
  }

  /**
   * Writes the keys of word i of the sentence into `keys` and returns how many there are: a single one for a word that neither looks like
   * a name nor stands beside one that does.
   */
  of(i: number): number {
    const sentence = this.#sentence as TaggedSentence;
    const { upos, heads, relations, shouting } = sentence;
    const word = this.#word(i);
    const before = this.#word(i - 1);
    const after = this.#word(i + 1);
    const convention = CONVENTIONS.indexOf(sentence.convention);
    this.#count = 0;
    if (!word.nameLike && !before.nameLike && !after.nameLike) {
      this.#add(0, convention, 0, 0);
      return 1;
    }
    if (!this.#linked) this.#link(sentence);
    const kind = (word.nameLike ? 0 : 1) + (shouting ? 2 : 0) + (i === 0 ? 4 : 0);
    const capital = word.capital ? 1 : 0;
    this.#add(1, kind, convention, 0);
    this.#add(2, word.form, 0, 0);
    this.#add(3, word.lower, 0, 0);
    this.#add(4, word.form, convention, 0);
    this.#add(5, word.shape, kind, 0);
    this.#add(6, before.shape, word.shape, after.shape);
    this.#add(7, word.shape, convention, 0);
    this.#add(8, word.suffixes[1], capital, 0);
    this.#add(9, word.ending, capital, 0);
    this.#add(10, word.prefixes[1], capital, 0);
    this.#addNeighbours(i, convention);
    this.#addClusters(i, kind, convention);
    if (word.capital) this.#addRun(i, kind);
    this.#add(45, tagAt(upos, i), kind, 0);
    this.#add(46, tagAt(upos, i - 1), tagAt(upos, i), 0);
    this.#add(47, tagAt(upos, i), tagAt(upos, i + 1), 0);
    this.#addEdge(48, i, 0);
    let top = i;
    for (let steps = 0; steps < HIGHEST && INSIDE.has(relations[top] as DependencyRelation); steps++) top = heads[top] as number;
    const own = top === i ? 1 : 0;
    this.#add(50, this.#word(top).lower, own, 0);
    this.#addEdge(51, top, own);
    this.#add(53, this.#cases[top] as number, relationAt(relations, top), own);
    this.#add(54, this.#appositions[top] as number, own, 0);
    return this.#count;
  }

  #addNeighbours(i: number, convention: number): void {
    const word = this.#word(i);
    const before = this.#word(i - 1);
    const after = this.#word(i + 1);
    this.#add(11, before.lower, 0, 0);
    this.#add(12, after.lower, 0, 0);
    this.#add(13, this.#word(i - 2).lower, 0, 0);
    this.#add(14, this.#word(i + 2).lower, 0, 0);
    this.#add(15, before.lower, convention, 0);
    this.#add(16, after.lower, convention, 0);
    this.#add(17, before.lower, word.lower, 0);
    this.#add(18, word.lower, after.lower, 0);
    this.#add(19, before.lower, after.lower, 0);
    this.#add(20, before.suffixes[1], 0, 0);
    this.#add(21, after.suffixes[1], 0, 0);
  }

  #addClusters(i: number, kind: number, convention: number): void {
    const fine = this.#fine(i);
    const own = this.#coarse(fine);
    const before = this.#coarse(this.#fine(i - 1));
    const after = this.#coarse(this.#fine(i + 1));
    this.#add(22, fine, 0, 0);
    this.#add(23, this.#fine(i - 1), 0, 0);
    this.#add(24, this.#fine(i + 1), 0, 0);
    this.#add(25, own, kind, 0);
    this.#add(26, own, convention, 0);
    this.#add(27, before, own, after);
    this.#add(28, before, own, 0);
    this.#add(29, own, after, 0);
    this.#add(30, this.#coarse(this.#fine(i - 2)), 0, 0);
    this.#add(31, this.#coarse(this.#fine(i + 2)), 0, 0);
  }

  /** Keys of the run of capitalised words around word i: its first and last word and what stands around it. */
  #addRun(i: number, kind: number): void {
    let first = i;
    while (this.#word(first - 1).capital) first--;
    let last = i;
    while (this.#word(last + 1).capital) last++;
    const led = i > first ? 1 : 0;
    const followed = i < last ? 1 : 0;
    this.#add(32, Math.min(LONGEST_RUN, i - first), Math.min(LONGEST_RUN, last - i), kind);
    this.#add(33, this.#word(last).lower, followed, 0);
    this.#add(34, this.#fine(last), followed, led);
    this.#add(35, this.#word(first).lower, led, 0);
    this.#add(36, this.#word(first - 1).lower, led, 0);
    this.#add(37, this.#word(last + 1).lower, followed, 0);
    this.#add(38, this.#fine(first - 1), led, 0);
    this.#add(39, this.#fine(last + 1), followed, 0);
  }

  /** Two keys of word i's relation and head. */
  #addEdge(template: number, i: number, own: number): void {
    const sentence = this.#sentence as TaggedSentence;
    const head = sentence.heads[i] as number;
    const relation = relationAt(sentence.relations, i);
    this.#add(template, relation, this.#word(head).lower, own);
    this.#add(template + 1, relation, this.#fine(head), own);
  }

  #word(i: number): Word {
    const { words, at, length } = this.#sentence as TaggedSentence;
    return i < 0 || i >= length ? OUTSIDE : (words[at + i] as WordFeatures);
  }

  #fine(i: number): number {
    const { vector } = this.#word(i);
    return vector < 0 ? UNCLUSTERED : (this.#clusters.fine[vector] as number);
  }

  #coarse(fine: number): number {
    return fine === UNCLUSTERED ? UNCLUSTERED : (this.#clusters.coarse[fine] as number);
  }

  /** One key more: a hash of the feature's number and its up to three values (steps of MurmurHash3's finaliser). */
  #add(template: number, a: number, b: number, c: number): void {
    let h = Math.imul(template + 1, 0x9e3779b1) ^ a;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) ^ b;
    h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35) ^ c;
    h = Math.imul(h ^ (h >>> 16), 0x27d4eb2f);
    this.keys[this.#count++] = h ^ (h >>> 15);
  }
}

const tagAt = (upos: readonly Upos[], i: number) => (upos[i] === undefined ? 0 : (TAGS.get(upos[i] as Upos) as number));
const relationAt = (relations: readonly DependencyRelation[], i: number) => RELATIONS.get(relations[i] as DependencyRelation) ?? 0;
