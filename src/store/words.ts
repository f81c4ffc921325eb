/** Names and words as search compares them: without letter case, diacritics and punctuation. */
import { fold as foldLetters } from "../model/letters.ts";
import type { Span } from "../model/text.ts";

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** "Recep Tayyip ERDOĞAN" and "recep  tayyip erdogan" fold to the same. */
export function fold(text: string): string {
  return words(text).join(" ");
}

/** The folded words of a text, in order. */
export function words(text: string): string[] {
  return [...text.normalize("NFC").matchAll(WORD)].map(([word]) => foldWord(word)).filter((word) => word !== "");
}

function foldWord(word: string): string {
  return foldLetters(word).replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * What a user typed, as an FTS5 expression: all words, the last one as a beginning. Undefined when it holds no word. Every word is
 * quoted and holds letters and digits only, so nothing typed is ever read as search syntax.
 */
export function matchExpression(typed: string): string | undefined {
  const terms = words(typed);
  if (terms.length === 0) return undefined;
  return terms.map((term, index) => (index === terms.length - 1 ? `"${term}" *` : `"${term}"`)).join(" AND ");
}

/** An FTS5 expression for one of the folded words of each list. */
export function anyOfEach(lists: readonly (readonly string[])[]): string {
  return lists.map((terms) => `(${terms.map((term) => `"${term}"`).join(" OR ")})`).join(" AND ");
}

/** Where the typed words stand in a text that matched them. */
export function highlights(text: string, typed: string): Span[] {
  const terms = words(typed);
  const last = terms.at(-1);
  if (last === undefined) return [];
  const whole = new Set(terms);
  const spans: Span[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = foldWord(match[0]);
    if (whole.has(word) || word.startsWith(last)) spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
