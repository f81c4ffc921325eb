/** A sentence prepared for looking up names: token texts, folded pieces, capitals, children in the tree. */
import { foldedWords } from "../knowledge/fold.ts";
import type { DependencyRelation, Sentence, Token } from "../model/annotation.ts";

/** Read-only view of one sentence. Token indices outside the sentence give empty text and no pieces. */
export interface Words {
  readonly sentence: Sentence;
  /** Index of the sentence in the document. */
  readonly index: number;
  readonly length: number;
  readonly tokens: readonly Token[];
  readonly text: readonly string[];
  readonly lower: readonly string[];
  /** Folded words of each token; none for punctuation. */
  readonly pieces: readonly (readonly string[])[];
  readonly children: readonly (readonly number[])[];
  capital(token: number): boolean;
  /** Whether a capital at this token says nothing: first word of a sentence or of a quotation. */
  startsSentence(token: number): boolean;
  /** Whether this punctuation token stands inside a word: a hyphen without spaces, the dot of an abbreviation. */
  joins(token: number): boolean;
  /** Whether no space stands between this token and the one before. */
  attached(token: number): boolean;
  head(token: number): number;
  relation(token: number): DependencyRelation | undefined;
  /** The child of `token` with one of these relations, first in order. */
  child(token: number, ...relations: readonly DependencyRelation[]): number | undefined;
}

const HYPHENS = new Set(["-", "‐", "‑", "–", "/"]);
const OPENERS = new Set(['"', "“", "``", "«", "'", "‘", "(", "[", "—", "–", "--", ":", "•", "-", "*"]);

/** Prepares sentence number `index` of a document with this text. */
export function wordsOf(documentText: string, sentence: Sentence, index: number): Words {
  const { tokens } = sentence;
  const text = tokens.map((token) => documentText.slice(token.start, token.end));
  const children: number[][] = tokens.map(() => []);
  tokens.forEach((token, child) => {
    children[token.head]?.push(child);
  });
  const attached = (token: number): boolean => token > 0 && tokens[token - 1]?.end === tokens[token]?.start;
  const words: Words = {
    sentence,
    index,
    length: tokens.length,
    tokens,
    text,
    lower: text.map((word) => word.toLowerCase()),
    pieces: text.map(foldedWords),
    children,
    capital: (token) => startsWithCapital(text[token] ?? ""),
    startsSentence: (token) => {
      let before = token - 1;
      while (before >= 0 && OPENERS.has(text[before] ?? "")) before -= 1;
      return before < 0;
    },
    joins: (token) =>
      attached(token) && tokens[token]?.end === tokens[token + 1]?.start
        ? HYPHENS.has(text[token] ?? "") || text[token] === "." || text[token] === "'" || text[token] === "’"
        : text[token] === "." && attached(token) && (text[token - 1]?.length ?? 9) <= 3 && /^\p{Lu}/u.test(text[token + 1] ?? ""),
    attached,
    head: (token) => tokens[token]?.head ?? -1,
    relation: (token) => tokens[token]?.relation,
    child: (token, ...relations) => children[token]?.find((child) => relations.includes(tokens[child]?.relation as DependencyRelation)),
  };
  return words;
}

/** Whether the first letter or digit is an upper-case letter. */
function startsWithCapital(word: string): boolean {
  const first = word.charCodeAt(0);
  if (first >= 0x61 && first <= 0x7a) return false;
  return (first >= 0x41 && first <= 0x5a) || /^[^\p{L}\p{N}]*\p{Lu}/u.test(word);
}

/** The token of `first` to `last` (exclusive) on which the others depend: the first whose head lies outside. */
export function headWithin(words: Words, first: number, last: number): number {
  for (let token = first; token < last; token += 1) {
    const head = words.head(token);
    if ((head < first || head >= last) && words.tokens[token]?.upos !== "PUNCT") return token;
  }
  return last - 1;
}

/** Tokens `first` to `last` (exclusive) as the text has them, any white space made one space. */
export function spelled(words: Words, first: number, last: number): string {
  let text = "";
  for (let token = first; token < last; token += 1)
    text += token > first && !words.attached(token) ? ` ${words.text[token]}` : words.text[token];
  return text;
}
