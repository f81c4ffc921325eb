/** Finds where sentences end: rules for punctuation, capitals and abbreviations, and a small trained model that knows the rules' answer. */
import { readFileSync } from "node:fs";
import type { Span } from "../model/text.ts";
import { BEFORE_NAME, BEFORE_NUMBER, REGIONS } from "./abbreviations.ts";

/** Number of weights; a feature is hashed to one of them. */
export const SEGMENTER_SIZE = 1 << 16;
/**
 * In prose a sentence ends without a full stop only where the model is so sure: letters and lists are full of such ends, news has next to none.
 * In units of the quantised weights.
 */
const UNMARKED_MARGIN = 10_000;

/** Shapes of words that open no sentence in prose. */
const INNER = new Set(["x", ",", ".", ";", ":", ")", "”", "'", "-", "–", "—", "%"]);
/** So many tokens back an open quote or bracket still counts. */
const WINDOW = 120;

let loaded: Int16Array | undefined;

/** Weights of `weights/segmenter.bin`, read once. */
function weights(): Int16Array {
  if (!loaded) {
    const bytes = readFileSync(new URL("../../src/knowledge/weights/segmenter.bin", import.meta.url));
    loaded = Int16Array.from({ length: SEGMENTER_SIZE }, (_, i) => bytes.readInt16LE(2 * i));
  }
  return loaded;
}

/** For each sentence of a block the index behind its last token; the last is `tokens.length`. */
export function sentenceEnds(text: string, tokens: readonly Span[]): number[] {
  const model = weights();
  const ends: number[] = [];
  const boundaries = new Boundaries(text, tokens);
  const features: number[] = [];
  for (let i = 0; i + 1 < tokens.length; i++) {
    const decided = boundaries.decided(i);
    let end = decided;
    if (end === undefined) {
      features.length = 0;
      boundaries.surroundings(i, features);
      boundaries.sentenceSoFar(i, ends.at(-1) ?? 0, features);
      let score = 0;
      for (const feature of features) score += model[feature] as number;
      end = score > (boundaries.prose && !boundaries.marked(i) ? UNMARKED_MARGIN : 0);
    }
    if (end) ends.push(i + 1);
  }
  if (tokens.length > 0) ends.push(tokens.length);
  return ends;
}

/** The gaps between the tokens of one block, as the model sees them. */
export class Boundaries {
  private readonly text: string;
  private readonly tokens: readonly Span[];
  private readonly words: readonly string[];
  private readonly shapes: readonly string[];
  /** Whether the block reads like edited prose. */
  readonly prose: boolean;
  /** Whether the block is one line without a full stop or the like, a headline say. */
  private readonly line: boolean;
  /** What the block is like as a whole: prose ends in a full stop, letters and lists hold addresses and stray lower case. */
  private readonly manner: string;
  /** What the rule says of the gap that was asked for last. */
  private ruledAt = -1;
  private ruled = "on";

  constructor(text: string, tokens: readonly Span[]) {
    this.text = text;
    this.tokens = tokens;
    this.words = tokens.map((token) => form(text, token));
    this.shapes = this.words.map(shape);
    const last = this.words.findLast((word) => !CLOSING.test(word)) ?? "";
    const lower = this.words.filter((word, i) => i > 0 && /^[.?!]+$/u.test(this.words[i - 1] as string) && /^\p{Ll}/u.test(word)).length;
    const mail = this.words.some((word) => word.includes("@"));
    this.prose = TERMINAL.test(last) && !mail && lower <= 1;
    this.line =
      !mail &&
      tokens.length <= LONGEST_HEADLINE &&
      !this.words.some((word) => TERMINAL.test(word)) &&
      !text.slice(tokens[0]?.start, tokens.at(-1)?.end).includes("\n");
    const small = lower > 1 || /^\p{Ll}/u.test(this.words[0] ?? "");
    this.manner = [TERMINAL.test(last) ? "prose" : "open", mail ? "mail" : "", small ? "small" : ""].join(" ");
  }

  /** What needs no model: no sentence ends inside a word, after a title or before what closes it; an empty line ends one. */
  decided(index: number): boolean | undefined {
    const [token, next] = [this.tokens[index] as Span, this.tokens[index + 1] as Span];
    if (token.end === next.start) return false;
    const gap = this.text.slice(token.end, Math.min(next.start, token.end + 200));
    if (/\n[^\S\n]*\n/u.test(gap)) return true;
    const word = this.words[index] as string;
    const stem = word.endsWith(".") ? word.slice(0, -1) : "";
    if (BEFORE_NAME.has(stem)) return false;
    if (BEFORE_NUMBER.has(stem)) return endsByRule(this.text, this.tokens, index);
    // "she wrote on X. The": the platform, not an initial.
    if (word === "X." && /^(on|to|via)$/.test(this.words[index - 1] ?? "") && /^\p{Lu}/u.test(this.words[index + 1] ?? "")) return true;
    if (/^\p{Lu}\.$/u.test(word)) return endsByRule(this.text, this.tokens, index);
    const [one, two] = [this.words[index - 1] ?? "", this.words[index - 2] ?? ""];
    // "Gen. (ret.) Silva", "2. The parties": a remark and a number belong to what follows.
    if (word === ")" && two === "(" && one.length > 1 && one.endsWith(".")) return false;
    if (word === "." && index === 1 && /^(?:\p{N}+|\p{L})$/u.test(one)) return false;
    if (this.prose && word === "." && /^\p{Lu}/u.test(this.words[index + 1] as string)) return true;
    if (this.prose && (word === "," || word === ";")) return false;
    // "Blinken, Lavrov meet in Geneva": a headline.
    if (this.line && word === "," && this.opensWithNames(index)) return false;
    // Prose has no sentence end before a small letter or a comma that no full stop announces.
    if (this.prose && !this.marked(index) && INNER.has(this.shapes[index + 1] as string)) return false;
    return undefined;
  }

  /** Whether the block up to token `index` is capitalised words, and the word after it such a one that does not begin a sentence. */
  private opensWithNames(index: number): boolean {
    const next = this.words[index + 1] as string;
    return (
      /^\p{Lu}/u.test(next) &&
      !STARTERS.has(next) &&
      !SALUTATIONS.has(next) &&
      this.words.slice(0, index).every((word) => /^(?:\p{Lu}.*|,)$/u.test(word) && !SALUTATIONS.has(word))
    );
  }

  /** Whether the token before the gap, or before closing quotes and brackets there, is a full stop or the like. */
  marked(index: number): boolean {
    let at = index;
    while (at > 0 && index - at < 4 && CLOSING.test(this.words[at] as string)) at--;
    return (this.words[at] as string).endsWith(".") || TERMINAL.test(this.words[at] as string);
  }

  /** Adds to `out` the features of the gap after token `index` that do not depend on where its sentence began. */
  surroundings(index: number, out: number[]): void {
    const { words, shapes } = this;
    const word = (i: number): string => words[i] ?? "";
    const small = (i: number): string => word(i).toLowerCase();
    const kind = (i: number): string => shapes[i] ?? "";
    const rule = this.rule(index);
    const [before, here, next, after] = [kind(index - 1), kind(index), kind(index + 1), kind(index + 2)];
    const line = this.text.slice((this.tokens[index] as Span).end, (this.tokens[index + 1] as Span).start).includes("\n") ? "line" : "";
    const marked = this.marked(index) ? "." : "";
    const left = Math.min(6, words.length - index - 1);
    const add = (...parts: readonly string[]): void => void out.push(hash(parts));
    const { manner } = this;
    add(rule);
    add("r ", rule, " ", manner, " ", next);
    add("s ", here, " ", next, " ", line);
    add("t ", before, " ", here, " ", next, " ", after);
    add("T ", kind(index - 2), " ", before, " ", here, " ", next, " ", after, " ", kind(index + 3));
    add("u ", here, " ", next, " ", after, " ", rule);
    add("m ", here, " ", next, " ", manner);
    add("w ", small(index));
    add("W ", word(index), " ", next);
    add("v ", word(index - 1), " ", word(index));
    add("b ", small(index - 1), " ", here, " ", next);
    add("B ", before, " ", here, " ", next, " ", small(index + 1));
    add("n ", word(index + 1), " ", rule);
    add("N ", here, " ", small(index + 1));
    add("o ", word(index + 1), " ", word(index + 2), " ", marked);
    add("p ", word(index), " ", word(index + 1));
    add("e ", String(left), " ", here, " ", next, " ", marked);
    add("z ", String(Math.min(12, words.length)), " ", String(Math.min(6, index)), " ", here, " ", next);
  }

  /** Adds to `out` the features of the gap after token `index` in a sentence that begins with token `start`. */
  sentenceSoFar(index: number, start: number, out: number[]): void {
    const { words, shapes } = this;
    const rule = this.rule(index);
    const ends = `${shapes[index]} ${shapes[index + 1]}`;
    const length = Math.min(6, Math.floor(Math.log2(index - start + 2)));
    let quotes = 0;
    let brackets = 0;
    for (let i = Math.max(start, index - WINDOW); i <= index; i++) {
      if (words[i] === '"') quotes ^= 1;
      else if (words[i] === "“") quotes = 1;
      else if (words[i] === "”") quotes = 0;
      else if (words[i] === "(") brackets++;
      else if (words[i] === ")") brackets--;
    }
    out.push(hash([`l ${length} `, ends]));
    out.push(hash([`L ${length} `, rule, this.marked(index) ? " . " : "  ", this.manner]));
    out.push(hash([`q ${quotes}${brackets > 0 ? 1 : 0} `, rule, " ", ends]));
    out.push(hash(["f ", words[start] ?? "undefined", " ", ends, ` ${length}`]));
  }

  private rule(index: number): string {
    if (this.ruledAt !== index) {
      this.ruledAt = index;
      this.ruled = endsByRule(this.text, this.tokens, index) ? "end" : "on";
    }
    return this.ruled;
  }
}

/** "Xx" for a capitalised word, "9" for a number; marks stand for themselves. */
function shape(word: string): string {
  if (/^\p{Lu}\.$/u.test(word)) return "I.";
  if (/^\p{L}.*\.$/u.test(word)) return BEFORE_NUMBER.has(word.slice(0, -1)) ? "month." : /^\p{Ll}/u.test(word) ? "abbr." : "Abbr.";
  if (/^\p{Lu}+$/u.test(word)) return word.length === 1 ? "X" : "XX";
  if (/^\p{Lu}/u.test(word)) return "Xx";
  if (/^\p{Ll}/u.test(word)) return "x";
  if (/^\p{N}/u.test(word)) return /^\d{1,2}[/:.]\d/u.test(word) ? "9:9" : "9";
  if (/^[-=_*~#+|]{2,}$/u.test(word)) return "rule";
  return word.includes("@") || word.includes("://") ? "@" : word.slice(0, 3);
}

/** FNV-1a of the parts one behind the other, folded to an index of the weights. */
function hash(parts: readonly string[]): number {
  let value = 0x811c9dc5;
  for (const part of parts) for (let i = 0; i < part.length; i++) value = Math.imul(value ^ part.charCodeAt(i), 0x01000193);
  return (value ^ (value >>> 16)) & (SEGMENTER_SIZE - 1);
}

/** In tokens. */
const LONGEST_HEADLINE = 25;

const TERMINAL = /^(?:[.!?…]+|[.!?]+["'”’)]*)$/u;
const CLOSING = /^(?:["'”’»)\]}]|''|’’)$/u;
const OPENING = /^(?:["'“‘«([{]|``|‘‘|[-–—•*·▪◦‣])$/u;

/** Whether, by punctuation and capitals alone, a sentence ends after token `index` (which is not the last). */
function endsByRule(text: string, tokens: readonly Span[], index: number): boolean {
  const next = tokens[index + 1] as Span;
  let last = index;
  let closers = 0;
  while (
    last > 0 &&
    closers < 4 &&
    CLOSING.test(form(text, tokens[last] as Span)) &&
    (tokens[last - 1] as Span).end === (tokens[last] as Span).start
  ) {
    last--;
    closers++;
  }
  const word = form(text, tokens[last] as Span);
  const follower = form(text, next);
  const starter = OPENING.test(follower) && index + 2 < tokens.length ? form(text, tokens[index + 2] as Span) : follower;
  const upper = /^[\p{Lu}\p{Lt}\p{N}]/u.test(starter) || /^\p{Lo}/u.test(starter);
  if (TERMINAL.test(word)) {
    if (CLOSING.test(follower) && !/^["'’]$/u.test(follower)) return false;
    // "Yahoo! said", "... in this, he", '"Never again!" he said': a lower-case word goes on.
    return (
      upper ||
      (closers === 0 &&
        (word === "." || word.startsWith("?")) &&
        OPENING.test(follower) &&
        follower !== "(" &&
        starter !== follower &&
        /^\p{L}/u.test(starter))
    );
  }
  if (word.endsWith(".") && word.length > 1 && closers === 0) return upper && abbreviationEnds(text, tokens, last, starter);
  return false;
}

/** Words that begin sentences and seldom stand after an abbreviation inside one. */
const STARTERS = new Set(
  "The A An In On At But And He She It They We I You This That These Those There His Her Its Their Our My If When While As For After Before Since Both Some Many Most No Not Under With By From To Meanwhile However Earlier Later Last Also Although Though What Who Why How".split(
    " ",
  ),
);

/** Words that open or follow the address of a letter: "Dear John, Please". */
const SALUTATIONS = new Set(
  "Dear Hi Hello Hey Hola Thanks Thank Please Sorry Yes Yeah Ok OK Well Attached Hope Can Could Would Will Do Did Are Is Let Just Great Good".split(
    " ",
  ),
);

/** Whether a sentence ends at the abbreviation `index`, the next word being upper-case `starter`. */
function abbreviationEnds(text: string, tokens: readonly Span[], index: number, starter: string): boolean {
  const word = form(text, tokens[index] as Span);
  const stem = word.slice(0, -1);
  if (BEFORE_NAME.has(stem)) return false;
  if (BEFORE_NUMBER.has(stem)) return /^\p{L}/u.test(starter) && STARTERS.has(starter);
  // "at Camp David, Md. President Carter": inside a sentence a comma would follow the region.
  if (REGIONS.has(stem) && index > 0 && form(text, tokens[index - 1] as Span) === ",") return true;
  if (/^\p{Lu}\.$/u.test(word)) return STARTERS.has(starter) && starter.length > 1 && starter !== "The";
  return STARTERS.has(starter);
}

function form(text: string, token: Span): string {
  return text.slice(token.start, Math.min(token.end, token.start + 40));
}
