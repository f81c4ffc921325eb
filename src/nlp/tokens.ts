/** Splits the text of a document into sentences and tokens, the way the English treebanks do; every token is a span of the text. */
import type { Block, SourceDocument, Span } from "../model/text.ts";
import { ABBREVIATIONS, BEFORE_NUMBER, HYPHEN_PREFIXES } from "./abbreviations.ts";
import { sentenceEnds } from "./sentences.ts";

/** A sentence before anything is known about its words. */
export interface TokenizedSentence extends Span {
  /** Index into `SourceDocument.blocks`. */
  readonly block: number;
  readonly tokens: readonly Span[];
  /** Set on "MOSCOW, Jan 14 (Reuters) -": where and when a report was filed, cut off from its first sentence. */
  readonly dateline: boolean;
}

/** Kinds of block that hold language; the others have no sentences. */
const READ: ReadonlySet<Block["kind"]> = new Set(["headline", "paragraph", "list-item"]);

/**
 * Sentences of a document in text order. No sentence crosses a block, none is empty, and tokens hold every character that is
 * neither white space nor a control character nor one of the document's marks.
 */
export function tokenizeDocument(document: SourceDocument): TokenizedSentence[] {
  const text = withoutMarkup(document);
  return document.blocks.flatMap((block, index) => (READ.has(block.kind) ? tokenizeBlock(text, block, index) : []));
}

/** The text with spaces where marks are: every offset stays what it was. */
function withoutMarkup({ text, markup = [] }: SourceDocument): string {
  if (markup.length === 0) return text;
  let [clean, end] = ["", 0];
  for (const mark of markup) {
    clean += text.slice(end, mark.start) + " ".repeat(mark.end - mark.start);
    end = mark.end;
  }
  return clean + text.slice(end);
}

/** Sentences of one block: `block` is its span in `text`, `index` what the sentences will bear as `block`. */
export function tokenizeBlock(text: string, block: Block, index: number): TokenizedSentence[] {
  const sentences: TokenizedSentence[] = [];
  let start = block.start;
  if (block.kind === "paragraph") {
    const end = datelineEnd(text, block);
    if (end > start) {
      const tokens = tokenize(text, start, end);
      if (tokens.length > 0) sentences.push(sentence(tokens, index, true));
      start = end;
    }
  }
  const tokens = tokenize(text, start, block.end);
  let first = 0;
  for (const last of sentenceEnds(text, tokens)) {
    sentences.push(sentence(tokens.slice(first, last), index, false));
    first = last;
  }
  return sentences;
}

function sentence(tokens: Span[], block: number, dateline: boolean): TokenizedSentence {
  return { start: (tokens[0] as Span).start, end: (tokens.at(-1) as Span).end, block, tokens, dateline };
}

// ---------------------------------------------------------------------------------------------------------------- tokens

/** What separates tokens: white space, control characters and the zero-width characters that join no letters. */
const GAP = /[\s\p{Cc}\u200b\u200e\u200f\u2060\ufeff]+/uy;
/** Letters, marks and digits, with the invisible characters that may stand inside a word. */
const WORD = /[\p{L}\p{M}\p{N}_\u00ad\u200c\u200d]+/uy;
const LETTERS = /[\p{L}\p{M}\u00ad\u200c\u200d]+/uy;
const MAIL = /(?:mailto:)?[\w.+%-]{1,64}@[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}/uy;
const ADDRESS = /(?:(?:https?|ftp):\/\/|www\.)[^\s<>"“”«»]{1,2000}/iuy;
const DOMAIN =
  /(?:[\p{L}\p{N}-]{1,63}\.){1,5}(?:com|org|net|gov|edu|info|int|mil|pdf|docx?|xlsx?|txt|html?|jpe?g|co\.uk|gov\.uk|org\.uk)(?![\p{L}\p{N}])(?:\/[^\s<>"“”«»]{0,500})?/uy;
const PHONE = /\d{1,4}(?:-\d{3}){1,2}-\d{4}(?!\d)|\d{3}-\d{4}(?![\d-])/uy;
const ISO_DATE = /\d{4}-\d\d-\d\d(?!\d)/uy;
const SLASH_DATE = /\d{1,4}\/\d{1,4}(?:\/\d{1,4})?(?![\d/])/uy;
const NUMBER = /\d+(?:[.,:]\d+)*/uy;
const ORDINAL = /(?:st|nd|rd|th|s)(?![\p{L}\p{M}\p{N}])/iuy;
const YEAR_ELIDED = /['’]\d\ds?(?![\p{L}\p{N}])/uy;
const CURRENCY = /(?:US|A|AU|C|CA|HK|NZ|NT|S|R|U)\$/uy;
const INITIALS = /(?:\p{Lu}\.){2,8}(?:\p{Lu}(?![\p{L}\p{M}\p{N}.]))?|(?:\p{Ll}\.){2,4}|Ph\.D\.?/uy;
/** The few words that are written with a stroke. */
const STROKE = /(?:b\/c|w\/o?|s\/he|c\/o|n\/a|a\/k\/a)(?![\p{L}\p{N}])/iuy;
const HASHTAG = /[#@][\p{L}\p{N}_]{1,100}/uy;
const AMPERSAND = /&(?=\p{Lu})/uy;
const APOSTROPHE_INSIDE = /['’](?=[\p{L}\p{M}])/uy;
const ELIDED_WORD = /['’](?:em|til|tis|twas|cause|bout|n)(?![\p{L}\p{M}\p{N}])/iuy;
const HYPHEN_INSIDE = /[-‑](?=[\p{L}\p{M}\p{N}])/uy;
const EMOTICON = /[:;=]-?[()DPp](?![\p{L}\p{N}])/uy;
/** Runs of one mark are one token. */
const RUN = /\.{2,}|…+|[!?]{2,}|-{2,}|–{2,}|_+|={2,}|\*+|~+|<{2,}|>{2,}|''|``|‘‘|’’|\+{2,}|#{2,}|\|+/uy;
const CLITIC = /(?:n['’]t|['’](?:s|re|ve|ll|d|m))$/iu;
/** Words written as one that the treebanks read as two: length of the first. */
const FUSED: ReadonlyMap<string, number> = new Map([
  ["cannot", 3],
  ["gonna", 3],
  ["gotta", 3],
  ["wanna", 3],
  ["gimme", 3],
  ["lemme", 3],
  ["dont", 2],
  ["didnt", 3],
  ["doesnt", 4],
  ["isnt", 2],
  ["wasnt", 3],
  ["couldnt", 5],
  ["wouldnt", 5],
  ["shouldnt", 6],
  ["havent", 4],
  ["hasnt", 3],
  ["arent", 3],
  ["werent", 4],
  ["aint", 2],
  ["wont", 2],
  ["cant", 2],
  ["im", 1],
  ["ive", 1],
  ["youre", 3],
  ["youll", 3],
  ["thats", 4],
  ["whats", 4],
  ["theres", 5],
  ["alot", 1],
]);

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Token spans of `text` from `start` to `end`, in order; takes time linear in the length. */
export function tokenize(text: string, start: number, end: number): Span[] {
  const tokens: Span[] = [];
  // The patterns look at what follows; a slice keeps them from looking past the end.
  const piece = start === 0 && end === text.length ? text : text.slice(start, end);
  let at = match(GAP, piece, 0);
  while (at < piece.length) {
    const stop = tokenEnd(piece, at);
    pushWord(piece, at, stop, start, tokens);
    at = match(GAP, piece, stop);
  }
  return tokens;
}

/** Pushes the token from `at` to `stop`, its clitics apart; `shift` is where `piece` starts in the text. */
function pushWord(piece: string, at: number, stop: number, shift: number, tokens: Span[]): void {
  const length = stop - at;
  if (length <= 40) {
    const word = piece.slice(at, stop);
    // "Im" is a Korean name
    const fused = word === "Im" ? undefined : FUSED.get(word.toLowerCase());
    const cut = fused ?? word.match(CLITIC)?.index ?? 0;
    if (cut > 0) {
      pushWord(piece, at, at + cut, shift, tokens);
      tokens.push({ start: shift + at + cut, end: shift + stop });
      return;
    }
  }
  tokens.push({ start: shift + at, end: shift + stop });
}

/** End of the token that starts at `at`. */
function tokenEnd(text: string, at: number): number {
  const first = text.codePointAt(at) as number;
  let stop = match(ADDRESS, text, at);
  if (stop > at) return trimAddress(text, at, stop);
  const isDigit = first >= 0x30 && first <= 0x39;
  if (isDigit) {
    for (const pattern of [ISO_DATE, PHONE, SLASH_DATE]) {
      stop = match(pattern, text, at);
      if (stop > at) return stop;
    }
  }
  if (match(WORD, text, at) > at) {
    for (const pattern of [MAIL, DOMAIN]) {
      stop = match(pattern, text, at);
      if (stop > at) return trimAddress(text, at, stop);
    }
    if (isDigit) {
      stop = match(NUMBER, text, at);
      const ordinal = match(ORDINAL, text, stop);
      if (ordinal > stop) return ordinal;
      // "10am", "$20m", "33K": number and unit are two tokens; "3D" and "4x4" go the same way.
      return stop;
    }
    for (const pattern of [CURRENCY, INITIALS, STROKE]) {
      stop = match(pattern, text, at);
      if (stop > at) return stop;
    }
    return wordEnd(text, at);
  }
  for (const pattern of [YEAR_ELIDED, ELIDED_WORD, HASHTAG, RUN, EMOTICON]) {
    stop = match(pattern, text, at);
    if (stop > at) return stop;
  }
  if ((first === 0x27 || first === 0x2019) && at > 0) {
    // A clitic after a full stop or a bracket: "U.S.'s", "(EU)'s".
    stop = match(LETTERS, text, at + 1);
    if (stop > at + 1 && CLITIC.test(text.slice(at, Math.min(stop, at + 4))) && match(GAP, text, at - 1) === at - 1) return stop;
  }
  stop = match(NUMBER, text, at + 1);
  // ".5" and "+3" are numbers; "-3" is not, for a hyphen that follows a word stands apart.
  if (stop > at + 1 && (first === 0x2e || first === 0x2b) && (at === 0 || match(WORD, text, at - 1) === at - 1)) return stop;
  return at + (first > 0xffff ? 2 : 1);
}

/** End of the word that starts with a letter at `at`: apostrophes and "&" inside, some prefixes with their hyphen, an abbreviation's point. */
function wordEnd(text: string, at: number): number {
  let stop = match(WORD, text, at);
  for (;;) {
    let next = match(APOSTROPHE_INSIDE, text, stop);
    if (next === stop) next = match(AMPERSAND, text, stop);
    if (next === stop) break;
    // "AT&T", "R&D"; a longer word before "&" stands apart.
    if (text[stop] === "&" && !(stop - at <= 3 && text.slice(at, stop) === text.slice(at, stop).toUpperCase())) break;
    stop = match(WORD, text, next);
    if (stop - at > 200) return stop;
  }
  const hyphen = match(HYPHEN_INSIDE, text, stop);
  if (hyphen > stop && stop - at <= 8) {
    if (HYPHEN_PREFIXES.has(text.slice(at, stop).toLowerCase())) return wordEnd(text, hyphen);
  }
  return text[stop] === "." && isAbbreviation(text, at, stop) ? stop + 1 : stop;
}

/** Whether the word before the point at `stop` is an abbreviation that owns it. */
function isAbbreviation(text: string, at: number, stop: number): boolean {
  const word = text.slice(at, stop);
  if (word.length > 8) return false;
  const following = text.slice(stop + 1, stop + 12);
  if (/^\p{Lu}$/u.test(word)) {
    // An initial: "George W. Bush", "C. Vance". "Plan B." before the end of the text or a lower-case word is a letter.
    return word !== "I"
      ? /^(?:\s*[\p{Lu},]|-\p{Lu})/u.test(following)
      : /^\s*\p{Lu}\p{Ll}/u.test(following) && /\p{Lu}\p{Ll}+ $/u.test(text.slice(Math.max(0, at - 40), at));
  }
  if (BEFORE_NUMBER.has(word) && !ABBREVIATIONS.has(word))
    return /^\s*[\p{N}]/u.test(following) || (word.length > 2 && word !== "Art" && /^,?\s+[\p{N}\p{Ll}]/u.test(following));
  return ABBREVIATIONS.has(word) || ABBREVIATIONS.has(word.toLowerCase());
}

/** Takes off the marks that follow an address rather than belong to it. */
function trimAddress(text: string, at: number, stop: number): number {
  let end = stop;
  while (end > at + 1 && /[.,;:!?'’)\]}>*…]/u.test(text[end - 1] as string)) {
    if (text[end - 1] === ")" && text.slice(at, end).includes("(")) break;
    end--;
  }
  return end;
}

// -------------------------------------------------------------------------------------------------------------- datelines

const CITY =
  "(?!(?:NATO|OPEC|ASEAN|OSCE|IAEA|ECOWAS|UNESCO|UN|EU|US|UK)(?![\\p{L}-]))\\p{Lu}[\\p{Lu}\\p{M}'’.-]+(?: (?:\\p{Lu}[\\p{Lu}\\p{M}'’.-]*|DE|LA|AL|DU))*";
const REGION = ",? (?:\\p{Lu}[\\p{L}\\p{M}.'’-]*)(?: \\p{Lu}[\\p{L}\\p{M}.'’-]*){0,2}";
const MONTH =
  "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)\\.?";
const DAY = `(?:${MONTH} \\d{1,2}|\\d{1,2}(?:st|nd|rd|th)? ${MONTH})(?:,? \\d{4})?`;
const DAY_OF_YEAR = `(?:(?=[^:]{3,24}\\d{4})${DAY}|\\d{1,2}[-./]\\d{1,2}[-./]\\d{4})`;
const PLACE = "\\p{Lu}[\\p{L}\\p{M}'’.-]+(?: \\p{Lu}[\\p{L}\\p{M}'’.-]+){0,2}";
const AGENCY = "(?:\\([^()\\n]{2,40}\\)|/[^/\\n]{2,30}/)";
const DASH = "(?: ?[—–]|\\s+--?(?=\\s)|\\s*―)";
/** "MOSCOW, Jan 14 (Reuters) -", "KYIV, Ukraine (AP) —", "MINSK (12 February) —", "ZAGREB (Hina), 14 June 1992.", "ISLAMABAD:". */
const DATELINE_CAPITALS = new RegExp(
  `(?:${CITY})(?:/(?:${CITY}))*(?:${REGION}){0,2}(?:[,.]? ${DAY}[,.]?)?(?: ${AGENCY}){0,2}\\.?${DASH}\\s*|(?:${CITY}),? ${DAY}\\.? ${AGENCY}\\.\\s+|(?:${CITY})(?: ${AGENCY})?, ${DAY}(?: ${AGENCY})?\\.\\s+|(?:${CITY})(?:, ${DAY})?:\\s+(?=\\p{Lu})`,
  "uy",
);
/** "Geneva, 14 January 2021 –", "Addis Ababa, 13th January 2021:", "13-01-2021, Djibouti City:", "Paris (AFP) –", "(Reuters) -". */
const DATELINE_MIXED = new RegExp(
  `(?:\\p{Lu}[\\p{L}\\p{M}'’.-]+(?:[ /]\\p{Lu}[\\p{L}\\p{M}'’.-]+){0,2}(?:${REGION})?,? (?:${DAY}[,.]?(?: ${AGENCY})?|${AGENCY})|\\p{Lu}[\\p{L}\\p{M}'’.-]+, (?:\\p{Lu}\\.){2}|\\((?:Reuters|AP|AFP|CNN|Bloomberg|Xinhua|UPI)\\))${DASH}\\s*|(?:${PLACE}, ${DAY_OF_YEAR}|${DAY_OF_YEAR}, ${PLACE}):\\s+(?=\\p{Lu})`,
  "uy",
);

/** End of the dateline with which a block opens, its dash included; the block's start where it has none. */
function datelineEnd(text: string, block: Span): number {
  const opening = text.slice(block.start, Math.min(block.end, block.start + 120));
  for (const pattern of [DATELINE_CAPITALS, DATELINE_MIXED]) {
    const end = match(pattern, opening, 0);
    if (end > 0 && end < opening.length && /^["'“‘(]?[\p{Lu}\p{N}]/u.test(opening.slice(end))) return block.start + end;
  }
  return block.start;
}
