/** The place of each word of a list, looked up in the bytes of the list itself: no string and no map entry per word. */

/**
 * Index over the words of a file, one a line in UTF-8, all different. A hash table of open addressing holds the words' numbers; it is
 * filled in one pass over the bytes, several times as fast as a Map of strings.
 */
export class WordIndex {
  /** Number of words. */
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #starts: Int32Array;
  /** Number of the word in each slot, -1 where empty. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #first: number;
  readonly #encoder = new TextEncoder();
  #key = new Uint8Array(256);

  /** @param first number of the first word. */
  constructor(bytes: Uint8Array, first = 0) {
    let size = 1;
    for (const byte of bytes) if (byte === NEWLINE) size++;
    this.size = size;
    this.#bytes = bytes;
    this.#first = first;
    const starts = new Int32Array(size + 1);
    const mask = 2 ** Math.ceil(Math.log2(size * 2)) - 1;
    const slots = new Int32Array(mask + 1).fill(-1);
    this.#starts = starts;
    this.#mask = mask;
    this.#slots = slots;
    let word = 0;
    let hash = BASIS;
    for (let at = 0; at <= bytes.length; at++) {
      if (at < bytes.length && bytes[at] !== NEWLINE) {
        hash = Math.imul(hash ^ (bytes[at] as number), PRIME);
        continue;
      }
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = word++;
      starts[word] = at + 1;
      hash = BASIS;
    }
  }

  /** Number of the word, or undefined where the list does not hold it. */
  get(word: string): number | undefined {
    if (word.length * 3 > this.#key.length) this.#key = new Uint8Array(word.length * 6);
    const length = this.#encoder.encodeInto(word, this.#key).written;
    let hash = BASIS;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (this.#key[i] as number), PRIME);
    for (let slot = (hash ^ (hash >>> 15)) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = this.#slots[slot] as number;
      if (found < 0) return undefined;
      const start = this.#starts[found] as number;
      if ((this.#starts[found + 1] as number) - 1 - start === length && this.#is(start, length)) return found + this.#first;
    }
  }

  #is(start: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== this.#key[i]) return false;
    return true;
  }
}

const NEWLINE = 10;
/** FNV-1a (Fowler, Noll and Vo) over bytes. */
const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
