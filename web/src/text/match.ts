/** Finding names as people type them: without accents, in any case, with a slip or two. */

/** Whether two words differ by at most one letter inserted, left out, changed or swapped with its neighbour. */
function oneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const a = left.slice(at);
  const b = right.slice(at);
  return (
    a === b ||
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}

/** The words of a folded text. */
function wordsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** Whether a part of a query begins a word: 2 as it is written, 1 with a slip, which is forgiven from five letters on, 0 if not. */
function begins(part: string, word: string): 0 | 1 | 2 {
  if (word.startsWith(part)) return 2;
  return part.length >= 5 && (oneSlip(part, word) || oneSlip(part, word.slice(0, part.length))) ? 1 : 0;
}

/** A text to be found. */
export interface Findable {
  /** Folded. */
  readonly text: string;
  /** Its words' numbers in the vocabulary. */
  readonly words: readonly number[];
}

/** No more words of a query are looked at. */
const MOST_PARTS = 30;

export interface Query {
  /**
   * How well a text answers: 0 not at all, up to 4 (it is the query). Every word of the query must begin a word of the text, as it is
   * written or with a slip.
   */
  match(text: Findable): number;
  /** Which of the query's words begin one of the text's: a bit each. */
  held(text: Findable): number;
  /** Of a text that holds all. */
  readonly all: number;
}

export interface Vocabulary {
  /** @param text folded */
  add(text: string): Findable;
  /** @param query folded */
  ask(query: string): Query;
}

/** The words of many texts, each once: a query meets a word once, however many texts hold it. */
export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const numberOf = (word: string) => {
    let number = numbers.get(word);
    if (number === undefined) {
      numbers.set(word, (number = words.length));
      words.push(word);
    }
    return number;
  };
  return {
    add: (text) => ({ text, words: wordsOf(text).map(numberOf) }),
    ask(query) {
      const parts = wordsOf(query).slice(0, MOST_PARTS);
      // Of each word: which parts begin it, and which of them as it is written.
      const [any, exact] = [new Int32Array(words.length), new Int32Array(words.length)];
      words.forEach((word, number) => {
        parts.forEach((part, bit) => {
          const found = begins(part, word);
          if (found > 0) any[number]! |= 1 << bit;
          if (found === 2) exact[number]! |= 1 << bit;
        });
      });
      const all = 2 ** parts.length - 1;
      const union = (of: Int32Array, text: Findable) => text.words.reduce((bits, number) => bits | (of[number] ?? 0), 0);
      return {
        all,
        held: (text) => union(any, text),
        match(text) {
          if (query === "") return 1;
          if (text.text === query) return 4;
          if (text.text.startsWith(query)) return 3;
          if (union(any, text) !== all) return 0;
          let slips = 0;
          for (let missing = all & ~union(exact, text); missing !== 0; missing &= missing - 1) slips++;
          return slips === 0 ? 2 : 1 / slips;
        },
      };
    },
  };
}

/** How well one folded text answers a folded query, as `Query.match` says. */
export function match(query: string, text: string): number {
  const vocabulary = createVocabulary();
  const findable = vocabulary.add(text);
  return vocabulary.ask(query).match(findable);
}
