/** What the reader sees of a word before its sentence: rows of the embedding tables, computed once per word form. */

/** Buckets of the hashed tables. */
export const BUCKETS = { gram: 8192, suffix: 4096, prefix: 4096, shape: 512 } as const;
/** Rows of the `position` table: see `positionOf`. */
export const POSITIONS = 4;
const LONGEST = 24;
const LARGEST_CACHE = 60_000;

/** Embedding rows of one word form. `vector` and `word` are -1 and 0 for forms outside the vocabularies. */
export interface WordFeatures {
  /** Running number, for caches. */
  readonly id: number;
  readonly vector: number;
  readonly word: number;
  readonly suffixes: readonly [number, number];
  readonly prefixes: readonly [number, number];
  readonly shape: number;
  readonly grams: Int32Array;
  /** Hashes of the form as it stands and in its normal form, for features of pairs of words. */
  readonly form: number;
  readonly lower: number;
  /** Hash of its last four letters. */
  readonly ending: number;
  /** Whether it starts with a capital. */
  readonly capital: boolean;
  /** Whether it looks like (part of) a name or an address: a capital anywhere, "@". */
  readonly nameLike: boolean;
}

/** The row of each word of a vocabulary. */
export interface WordRows {
  get(word: string): number | undefined;
}

export class FeatureReader {
  readonly #vectors: WordRows;
  readonly #words: WordRows;
  #next = 0;
  readonly #cache = new Map<string, WordFeatures>();

  /** @param vectors rows of the pretrained vectors by lower-case word; @param words rows of the trained table, 1 upwards. */
  constructor(vectors: WordRows, words: WordRows) {
    this.#vectors = vectors;
    this.#words = words;
  }

  of(form: string): WordFeatures {
    let found = this.#cache.get(form);
    if (found === undefined) {
      found = this.#compute(form);
      if (this.#cache.size >= LARGEST_CACHE) this.#cache.clear();
      this.#cache.set(form, found);
    }
    return found;
  }

  #compute(form: string): WordFeatures {
    const lower = normalise(form);
    const short = lower.length > LONGEST ? lower.slice(0, LONGEST / 2) + lower.slice(-LONGEST / 2) : lower;
    const marked = `<${short}>`;
    const grams: number[] = [];
    for (let size = 3; size <= 4; size++) {
      for (let i = 0; i + size <= marked.length; i++) grams.push(hash(marked, i, i + size, size) % BUCKETS.gram);
    }
    if (grams.length === 0) grams.push(hash(marked, 0, marked.length, 0) % BUCKETS.gram);
    const n = short.length;
    return {
      id: this.#next++,
      vector: vectorRow(this.#vectors, lower),
      word: this.#words.get(lower) ?? 0,
      suffixes: [hash(short, Math.max(0, n - 2), n, 11) % BUCKETS.suffix, hash(short, Math.max(0, n - 3), n, 12) % BUCKETS.suffix],
      prefixes: [hash(short, 0, Math.min(2, n), 13) % BUCKETS.prefix, hash(short, 0, Math.min(3, n), 14) % BUCKETS.prefix],
      shape: shapeOf(form),
      grams: Int32Array.from(grams),
      form: hash(form, 0, form.length, 0),
      lower: hash(lower, 0, lower.length, 0),
      ending: hash(lower, Math.max(0, lower.length - 4), lower.length, 0),
      capital: /^\p{Lu}/u.test(form),
      nameLike: /\p{Lu}|.@./u.test(form),
    };
  }
}

/** The key of a word in both vocabularies: lower case, straight quotes, one kind of dash. */
export function normalise(form: string): string {
  return form
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/[“”]|''/g, '"')
    .replace(/[–—]/g, "-");
}

/** Row of the pretrained vectors for a lower-case word: itself, then without diacritics, then its digits as the nearest round number. */
function vectorRow(vectors: WordRows, lower: string): number {
  const own = vectors.get(lower);
  if (own !== undefined) return own;
  const plain = lower.normalize("NFD").replace(/\p{M}/gu, "");
  const ascii = plain.replace(/ı/g, "i").replace(/ø/g, "o").replace(/ł/g, "l").replace(/đ/g, "d").replace(/ß/g, "ss").replace(/æ/g, "ae");
  const bare = vectors.get(ascii) ?? vectors.get(ascii.replace(/\.$/, ""));
  if (bare !== undefined) return bare;
  if (/^\d{4}$/.test(lower)) return vectors.get("2004") ?? -1;
  if (/^\d[\d.,:]*$/.test(lower)) return vectors.get(lower.length < 3 ? "30" : "3,000") ?? -1;
  const dash = ascii.lastIndexOf("-");
  return dash > 0 ? (vectors.get(ascii.slice(dash + 1)) ?? -1) : -1;
}

/** Pattern of letters, digits and marks, runs cut to two: "Xx", "XX", "Xx-x", "dd". */
function shapeOf(form: string): number {
  let shape = "";
  let last = "";
  let run = 0;
  for (const c of form.length > 2 * LONGEST ? form.slice(0, 2 * LONGEST) : form) {
    const kind = /\p{Lu}/u.test(c)
      ? "X"
      : /\p{L}|\p{M}/u.test(c)
        ? "x"
        : /\p{N}/u.test(c)
          ? "d"
          : /[,.;:!?'"()[\]/%$&@#-]/.test(c)
            ? c
            : "s";
    run = kind === last ? run + 1 : 1;
    last = kind;
    if (run <= 2) shape += kind;
  }
  return hash(shape, 0, shape.length, 17) % BUCKETS.shape;
}

/** Which row of the position table a token takes: first word or not, in an all-capital (or title-case) sentence or not. */
export function positionOf(index: number, shouting: boolean): number {
  return (index === 0 ? 1 : 0) + (shouting ? 2 : 0);
}

/** Whether a row of the position table is one of such sentences. */
export const isShoutingPosition = (row: number): boolean => row >= 2;

/** Whether a sentence's capitals say nothing: (nearly) every word that could start small starts with a capital, as in headlines. */
export function isShouting(words: readonly string[]): boolean {
  let long = 0;
  let capital = 0;
  for (let i = 1; i < words.length; i++) {
    const word = words[i] as string;
    if (word.length < 4 || !/^\p{L}/u.test(word)) continue;
    long++;
    if (/^\p{Lu}/u.test(word)) capital++;
  }
  return long >= 3 && capital >= long * 0.8;
}

/** FNV-1a over UTF-16 units [from, to), seeded. */
export function hash(text: string, from: number, to: number, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = from; i < to; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193) >>> 0;
  }
  h ^= h >>> 15;
  return h >>> 0;
}
