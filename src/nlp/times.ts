/**
 * Finds expressions of time and resolves them to calendar days, months or years: a grammar over tokens, with the direction of a bare
 * "Friday" or "Nov. 10" taken from the tense of its clause. Nothing is resolved against the clock; without a date of the document only
 * what is written out in full is.
 */
import type { Sentence, TimeExpression, Token } from "../model/annotation.ts";
import type { EventDate } from "../model/graph.ts";
import type { SourceDocument } from "../model/text.ts";
import { type DayNumber, dayDate, dayNumber, monthDate, parseDay, partsOf, weekdayOf, yearDate } from "./calendar.ts";
import { type Direction, directionOf, treeOf } from "./tense.ts";

const MONTHS = "january february march april may june july august september october november december".split(" ");
const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const DAY_PARTS = new Set(["morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "dawn", "lunchtime"]);
const SMALL_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
/** What may stand before a year that is a time and not a number. */
const BEFORE_YEAR = new Set(
  "in since by until till during of from to before after between and mid through around circa throughout (".split(" "),
);

/** What may stand before "May" or "March" that is a month. */
const BEFORE_MONTH = new Set("in since by until till during of from before after between early late through last this next for".split(" "));

/** What a stretch of tokens says, before it is placed in the calendar. */
type Meaning =
  | { readonly kind: "day"; readonly year?: number; readonly month: number; readonly day: number; readonly lastDay?: number }
  | { readonly kind: "day-of-month"; readonly day: number }
  | { readonly kind: "month"; readonly year?: number; readonly month: number; readonly turn?: Turn }
  | { readonly kind: "year"; readonly year: number }
  | { readonly kind: "weekday"; readonly weekday: number; readonly turn?: Turn }
  /** Days, months or years from the document's date. */
  | { readonly kind: "shift"; readonly unit: "day" | "month" | "year"; readonly by: number }
  /** Days, months or years from the day last spoken of; `ofEvent` where the last word ("after") introduces the event that it dates. */
  | { readonly kind: "anaphor"; readonly unit: "day" | "month" | "year"; readonly by: number; readonly ofEvent?: true };
type Turn = "last" | "this" | "next";

interface Found {
  readonly first: number;
  readonly last: number;
  readonly meaning: Meaning;
  /** Set on a range: what its end says. */
  readonly until?: Meaning;
}

/** Days from the document's date within which an earlier sentence's day is what a later "the day before" counts from. */
const STORY = 7;

/** Time expressions of a document in text order. Those that cannot be placed ("last week", "recently", "Friday" in an undated document) are left out. */
export function findTimes(document: SourceDocument, sentences: readonly Sentence[]): TimeExpression[] {
  const published = document.date === undefined ? undefined : parseDay(document.date);
  const times: TimeExpression[] = [];
  /** The last single day of the story itself. */
  let story: EventDate | undefined = published === undefined ? undefined : dayDate(published, "document");
  sentences.forEach((sentence, index) => {
    const headline = document.blocks[sentence.block]?.kind === "headline";
    const found = findIn(document.text, sentence);
    if (found.length === 0) return;
    const tree = treeOf(sentence.tokens);
    let spoken = story;
    found.forEach(({ first, last, meaning, until }, i) => {
      const head = headOf(sentence, first, last, meaning);
      const direction = directionOf(tree, head, headline);
      const context: Context = { published, direction, spoken, year: sharedYear(until, first, last, found[i + 1]) };
      const date = until ? range(place(meaning, context), place(until, context)) : place(meaning, context);
      if (!date) return;
      const { start } = sentence.tokens[first] as Token;
      const { end } = sentence.tokens[last - 1] as Token;
      times.push({ start, end, sentence: index, first, last, head, date });
      if (sentence.dateline || until || meaning.kind === "anaphor" || date.precision === "year") return;
      spoken = date;
      const distance = Math.abs((parseDay(date.start) as DayNumber) - (published ?? Number.POSITIVE_INFINITY));
      if (date.precision === "day" && distance <= STORY && direction !== "future") story = date;
    });
  });
  return times;
}

/** "May 3 and June 5, 2019", "from May 3 to June 5, 2019": the year that the next or the last day bears for both. */
function sharedYear(until: Meaning | undefined, first: number, last: number, next: Found | undefined): number | undefined {
  const other = until ?? (next && next.first > first && next.first - last <= 1 ? next.meaning : undefined);
  return other && (other.kind === "day" || other.kind === "month") ? other.year : undefined;
}

/** From the beginning of one date to the end of another. */
function range(from: EventDate | undefined, to: EventDate | undefined): EventDate | undefined {
  if (!from || !to || from.start > to.end) return undefined;
  const order = ["day", "month", "year"] as const;
  const precision = order[Math.max(order.indexOf(from.precision), order.indexOf(to.precision))] as EventDate["precision"];
  return {
    start: from.start,
    end: to.end,
    precision,
    basis: from.basis === "explicit" && to.basis === "explicit" ? "explicit" : "relative",
  };
}

// ---------------------------------------------------------------------------------------------------------------- finding

function findIn(text: string, sentence: Sentence): Found[] {
  const words = sentence.tokens.map((token) => text.slice(token.start, token.end));
  const named = new Uint8Array(words.length);
  for (const name of sentence.names) if (name.last - name.first > 1) named.fill(1, name.first, name.last);
  const found: Found[] = [];
  for (let first = 0; first < words.length; ) {
    if (!opens(words[first] as string)) {
      first++;
      continue;
    }
    const at = new Cursor(sentence, words, named, first);
    const meaning =
      fullDate(at) ?? monthDay(at) ?? monthOnly(at) ?? weekday(at) ?? relative(at) ?? numericDate(at) ?? dayOfMonth(at) ?? yearOnly(at);
    if (meaning && at.next > first) {
      found.push({ first, last: at.next, meaning });
      first = at.next;
    } else first++;
  }
  return joinRanges(words, found);
}

const OPENERS = new Set([
  ...MONTHS.flatMap((month) => [month, month.slice(0, 3), `mid-${month}`]),
  ...WEEKDAYS.flatMap((day) => [day, day.slice(0, 3)]),
  ...SMALL_NUMBERS,
  ..."sept tues thur thurs good last this next yesterday today tonight tomorrow a an the that in earlier later hours minutes".split(" "),
]);

/** Whether an expression of time can begin with a word: most words end the search here. */
function opens(word: string): boolean {
  if (word.length > 16) return false;
  return /^(?:mid-)?\d/u.test(word) || OPENERS.has(word.toLowerCase().replace(/\.$/u, ""));
}

/** "from May 3 to June 5", "between Monday and Wednesday", "2015-2019": two expressions that are one. */
function joinRanges(words: readonly string[], found: readonly Found[]): Found[] {
  const joined: Found[] = [];
  for (const next of found) {
    const previous = joined.at(-1);
    const link = words[next.first - 1]?.toLowerCase() ?? "";
    const before = previous && words[previous.first - 1]?.toLowerCase();
    const links =
      /^(?:-|–|—|through)$/u.test(link) ||
      (before === "from" && /^(?:to|until|till)$/u.test(link)) ||
      (before === "between" && link === "and");
    if (previous && !previous.until && previous.last === next.first - 1 && previous.meaning.kind === next.meaning.kind && links) {
      joined[joined.length - 1] = { first: previous.first, last: next.last, meaning: previous.meaning, until: next.meaning };
    } else joined.push(next);
  }
  return joined;
}

/** A position in a sentence that a rule moves when it fits, and leaves alone when it does not. */
class Cursor {
  readonly sentence: Sentence;
  readonly words: readonly string[];
  /** Per token, whether it is part of a name of several words. */
  readonly named: Uint8Array;
  readonly first: number;
  next: number;

  constructor(sentence: Sentence, words: readonly string[], named: Uint8Array, first: number) {
    this.sentence = sentence;
    this.words = words;
    this.named = named;
    this.first = first;
    this.next = first;
  }

  /** Lower-case word at `offset` from the start of the expression; "" outside the sentence. */
  word(offset: number): string {
    return this.words[this.first + offset]?.toLowerCase() ?? "";
  }

  form(offset: number): string {
    return this.words[this.first + offset] ?? "";
  }

  token(offset: number): Token | undefined {
    return this.sentence.tokens[this.first + offset];
  }

  /** Takes `count` tokens. */
  take<T>(count: number, value: T): T {
    this.next = this.first + count;
    return value;
  }
}

/** Month (from 1) named at `offset`: capitalised, and no verb or surname. */
function monthAt(at: Cursor, offset: number): number | undefined {
  const form = at.form(offset);
  if (!/^(?:mid-)?\p{Lu}\p{L}+\.?$/u.test(form)) return undefined;
  const stem = form.toLowerCase().replace(/^mid-/u, "").replace(/\.$/u, "");
  const index = MONTHS.findIndex(
    (month) => month === stem || (stem.length >= 3 && (month.slice(0, 3) === stem || (stem === "sept" && month === "september"))),
  );
  if (index < 0) return undefined;
  if (
    (stem === "may" || stem === "march" || stem === "mar") &&
    /^(?:MD|VB)/u.test(at.token(offset)?.xpos ?? "") &&
    dayAt(at, offset + 1) === undefined
  )
    return undefined;
  return index + 1;
}

/** Day of the month at `offset`: "5", "05", "5th". */
function dayAt(at: Cursor, offset: number): number | undefined {
  const parts = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(at.word(offset));
  const day = parts ? Number(parts[1]) : 0;
  return day >= 1 && day <= 31 ? day : undefined;
}

function yearAt(at: Cursor, offset: number): number | undefined {
  return /^(?:1[0-9]|20)\d\d$/u.test(at.word(offset)) ? Number(at.word(offset)) : undefined;
}

/** Year after a day or month, with or without comma; its offset behind it. */
function yearAfter(at: Cursor, offset: number): { year: number; end: number } | undefined {
  const comma = at.word(offset) === "," ? 1 : at.word(offset) === "of" ? 1 : 0;
  const year = yearAt(at, offset + comma);
  return year === undefined ? undefined : { year, end: offset + comma + 1 };
}

const DASH = /^(?:-|–|—|to|and|through|till|until)$/u;

/** "10 November 2020", "the 14th of January", "3-5 May", "from 3 to 5 May 2021". */
function fullDate(at: Cursor): Meaning | undefined {
  const day = dayAt(at, 0);
  if (day === undefined) return undefined;
  let offset = 1;
  let lastDay: number | undefined;
  if (DASH.test(at.word(1)) && dayAt(at, 2) !== undefined) {
    lastDay = dayAt(at, 2);
    offset = 3;
  }
  if (at.word(offset) === "of") offset++;
  const month = monthAt(at, offset);
  if (month === undefined || /^mid-/iu.test(at.form(offset))) return undefined;
  const year = yearAfter(at, offset + 1);
  const range = lastDay !== undefined && lastDay > day ? { lastDay } : {};
  return at.take(year?.end ?? offset + 1, { kind: "day", month, day, ...range, ...(year ? { year: year.year } : {}) });
}

/** "Nov. 10", "November 10th, 2020", "May 3-5". */
function monthDay(at: Cursor): Meaning | undefined {
  const month = monthAt(at, 0);
  const day = dayAt(at, 1);
  if (month === undefined || day === undefined) return undefined;
  let offset = 2;
  let lastDay: number | undefined;
  if (DASH.test(at.word(2)) && at.word(2) !== "and" && (dayAt(at, 3) ?? 0) > day) {
    lastDay = dayAt(at, 3);
    offset = 4;
  }
  const year = yearAfter(at, offset);
  return at.take(year?.end ?? offset, { kind: "day", month, day, ...(lastDay ? { lastDay } : {}), ...(year ? { year: year.year } : {}) });
}

/** "January 2021", "August", "last July", "next May". */
function monthOnly(at: Cursor): Meaning | undefined {
  const turn = turnAt(at, 0);
  const offset = turn ? 1 : 0;
  const month = monthAt(at, offset);
  if (month === undefined || inName(at, offset)) return undefined;
  const year = yearAfter(at, offset + 1);
  // "May said", "March on the capital": these two need a word of time before them.
  const sure = year !== undefined || turn !== undefined || /^mid-/iu.test(at.form(offset)) || BEFORE_MONTH.has(at.word(offset - 1));
  if ((month === 5 || month === 3) && !sure) return undefined;
  if (year) return at.take(year.end, { kind: "month", month, year: year.year });
  return at.take(offset + 1, { kind: "month", month, ...(turn ? { turn } : {}) });
}

function turnAt(at: Cursor, offset: number): Turn | undefined {
  const word = at.word(offset);
  return word === "last" || word === "next" || word === "this" ? word : undefined;
}

/** "Wednesday", "last Friday night", "Tuesday, Jan. 12" (the date is what counts), "Good Friday". */
function weekday(at: Cursor): Meaning | undefined {
  const turn = turnAt(at, 0);
  let offset = turn || at.form(0) === "Good" ? 1 : 0;
  const name = at.word(offset).replace(/\.$/u, "");
  const index = WEEKDAYS.findIndex((day) => day === name || (at.word(offset).endsWith(".") && name.length >= 3 && day.startsWith(name)));
  if (index < 0 || !/^\p{Lu}/u.test(at.form(offset)) || (at.form(0) === "Good" && index !== 5) || inName(at, offset)) return undefined;
  offset++;
  const comma = at.word(offset) === "," ? 1 : 0;
  const dated = new Cursor(at.sentence, at.words, at.named, at.first + offset + comma);
  const date = fullDate(dated) ?? monthDay(dated);
  if (date) {
    at.next = dated.next;
    return date;
  }
  if (DAY_PARTS.has(at.word(offset))) offset++;
  return at.take(offset, { kind: "weekday", weekday: index, ...(turn ? { turn } : {}) });
}

/** Whether the calendar word at `offset` is part of a name: "Friday Accords", "June Movement". */
function inName(at: Cursor, offset: number): boolean {
  if (/^(?:on|in|by|since|until|till|from|last|next|this|late|early)$/u.test(at.word(offset - 1))) return false;
  return at.named[at.first + offset] === 1;
}

function relative(at: Cursor): Meaning | undefined {
  const word = at.word(0);
  const after = at.word(1);
  const part = (offset: number): number => (DAY_PARTS.has(at.word(offset)) ? offset + 1 : offset);
  if (word === "yesterday") return at.take(part(1), { kind: "shift", unit: "day", by: -1 });
  if (word === "today" || word === "tonight") return at.take(1, { kind: "shift", unit: "day", by: 0 });
  if (word === "tomorrow") return at.take(part(1), { kind: "shift", unit: "day", by: 1 });
  if (word === "last" && after === "night") return at.take(2, { kind: "shift", unit: "day", by: -1 });
  if (word === "this" && DAY_PARTS.has(after)) return at.take(2, { kind: "shift", unit: "day", by: 0 });
  const turn = turnAt(at, 0);
  if (turn && (after === "month" || after === "year")) {
    return at.take(2, { kind: "shift", unit: after, by: turn === "last" ? -1 : turn === "next" ? 1 : 0 });
  }
  return ago(at) ?? anaphor(at);
}

/** Number written at `offset`. */
function countAt(at: Cursor, offset: number): number | undefined {
  const word = at.word(offset);
  if (word === "a" || word === "an") return 1;
  const small = SMALL_NUMBERS.indexOf(word);
  if (small > 0) return small;
  return /^\d{1,3}$/u.test(word) ? Number(word) : undefined;
}

function unitAt(at: Cursor, offset: number): "day" | "month" | "year" | undefined {
  const parts = /^(day|month|year)s?$/u.exec(at.word(offset));
  return parts?.[1] as "day" | "month" | "year" | undefined;
}

/** "two days ago", "three years earlier", "six months later", "a day before", "two days after the vote". */
function ago(at: Cursor): Meaning | undefined {
  const count = countAt(at, 0);
  const unit = unitAt(at, 1);
  if (count === undefined || !unit || /^(?:than|about|around|nearly|almost|some|roughly|over)$/u.test(at.word(-1))) return undefined;
  const word = at.word(2);
  if (word === "ago") return at.take(3, { kind: "shift", unit, by: -count });
  if (word === "earlier") return at.take(3, { kind: "anaphor", unit, by: -count });
  if (word === "later") return at.take(3, { kind: "anaphor", unit, by: count });
  if (unit !== "day" || count > 10 || (word !== "before" && word !== "after")) return undefined;
  return sideOfEvent(at, 2, count);
}

/**
 * "the day before" counts from the day last spoken of. "A day after the vote" dates the vote, not the clause around it: it is that much
 * before the day last spoken of.
 */
function sideOfEvent(at: Cursor, offset: number, count: number): Meaning | undefined {
  const sign = at.word(offset) === "before" ? -1 : 1;
  const side = at.token(offset);
  const following = at.word(offset + 1);
  if (following === "" || /^[.,;:"”)]$/u.test(following)) return at.take(offset + 1, { kind: "anaphor", unit: "day", by: sign * count });
  if (side && /^(?:case|mark)$/u.test(side.relation) && side.head > at.first + offset) {
    return at.take(offset + 1, { kind: "anaphor", unit: "day", by: -sign * count, ofEvent: true });
  }
  return undefined;
}

/** "the day before", "the next day", "the same evening", "earlier in the day", "in the afternoon", "hours earlier". */
function anaphor(at: Cursor): Meaning | undefined {
  const day = (length: number, by: number): Meaning => at.take(length, { kind: "anaphor", unit: "day", by });
  const [one, two, three, four] = [at.word(0), at.word(1), at.word(2), at.word(3)];
  if (one === "the" && two === "day" && (three === "before" || three === "after") && at.word(-1) !== "to") return sideOfEvent(at, 2, 1);
  if ((one === "the" || one === "that") && /^(?:same|very)$/u.test(two) && (three === "day" || DAY_PARTS.has(three))) return day(3, 0);
  if (one === "that" && (two === "day" || DAY_PARTS.has(two))) return day(2, 0);
  if (one === "the" && /^(?:next|following)$/u.test(two) && (three === "day" || three === "morning")) return day(3, 1);
  if (one === "the" && two === "previous" && (three === "day" || DAY_PARTS.has(three))) return day(3, -1);
  if (/^(?:earlier|later)$/u.test(one) && two === "in" && three === "the" && four === "day") return day(4, 0);
  if (/^(?:earlier|later)$/u.test(one) && two === "that" && three === "day") return day(3, 0);
  if (one === "in" && two === "the" && /^(?:morning|afternoon|evening)$/u.test(three) && four !== "of") return day(3, 0);
  if (/^(?:hours|minutes)$/u.test(one) && (two === "earlier" || two === "later") && three !== "than") return day(2, 0);
  return undefined;
}

/** "2020-11-10", "10.11.2020", "31/12/2020"; "03/04/2020" may be either of two days and is left out. */
function numericDate(at: Cursor): Meaning | undefined {
  const word = at.word(0);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(word);
  if (iso) return at.take(1, { kind: "day", year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2((?:1[0-9]|20)\d\d)$/u.exec(word);
  if (!parts) return undefined;
  const [a, b, year] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  if (parts[2] === "." || a > 12) return at.take(1, { kind: "day", year, month: b, day: a });
  return b > 12 || a === b ? at.take(1, { kind: "day", year, month: a, day: b }) : undefined;
}

/** "on the 14th". */
function dayOfMonth(at: Cursor): Meaning | undefined {
  if (at.word(0) !== "the" || !/^(?:on|since|until|till|by|from)$/u.test(at.word(-1)) || !/^\d+(?:st|nd|rd|th)$/u.test(at.word(1)))
    return undefined;
  const day = dayAt(at, 1);
  if (day === undefined || /^(?:NOUN|ADJ|PROPN|NUM)$/u.test(at.token(2)?.upos ?? "")) return undefined;
  return at.take(2, { kind: "day-of-month", day });
}

/** "in 2019", "mid-2003", "the 2015 accord", "(2001)". */
function yearOnly(at: Cursor): Meaning | undefined {
  if (/^mid-(?:1[0-9]|20)\d\d$/u.test(at.word(0))) return at.take(1, { kind: "year", year: Number(at.word(0).slice(4)) });
  const year = yearAt(at, 0);
  if (year === undefined) return undefined;
  const before = at.word(-1);
  // "in 1550 villages", "to 2000 dollars": a count.
  const counts = at.token(0)?.relation === "nummod" && (at.token(1)?.xpos === "NNS" || at.token(1)?.upos === "SYM");
  if (counts && before !== "the") return undefined;
  const rangeEnd = /^[-–]$/u.test(before) && yearAt(at, -2) !== undefined;
  const named =
    year >= 1900 &&
    (before === "the" || before === "'s" || before === "’s" || /^(?:summer|winter|spring|autumn|fall|early|late)$/u.test(before));
  return BEFORE_YEAR.has(before) || named || rangeEnd ? at.take(1, { kind: "year", year }) : undefined;
}

// ---------------------------------------------------------------------------------------------------------------- placing

/** What an expression is placed against. */
interface Context {
  readonly published: DayNumber | undefined;
  readonly direction: Direction;
  /** The day or month last spoken of: what "the day before" and "in the afternoon" count from. */
  readonly spoken: EventDate | undefined;
  /** A year that a neighbouring expression lends. */
  readonly year: number | undefined;
}

function place(meaning: Meaning, context: Context): EventDate | undefined {
  const { published, direction, spoken } = context;
  switch (meaning.kind) {
    case "day":
      return placeDay(meaning, context);
    case "day-of-month": {
      if (published === undefined) return undefined;
      const { year, month } = partsOf(published);
      const days = [-1, 0, 1].map((by) => dayInMonth(year, month + by, meaning.day));
      return relativeDay(nearest(days, published, direction));
    }
    case "month":
      return placeMonth(meaning, context);
    case "year":
      return yearDate(meaning.year, "explicit");
    case "weekday":
      return published === undefined ? undefined : relativeDay(placeWeekday(meaning.weekday, meaning.turn, published, direction));
    case "shift": {
      if (published === undefined) return undefined;
      const { year, month } = partsOf(published);
      if (meaning.unit === "day") return relativeDay(published + meaning.by);
      return meaning.unit === "month" ? monthDate(year, month + meaning.by, "relative") : yearDate(year + meaning.by, "relative");
    }
    case "anaphor":
      return placeAnaphor(meaning.unit, meaning.by, spoken);
  }
}

function relativeDay(day: DayNumber | undefined): EventDate | undefined {
  return day === undefined ? undefined : dayDate(day, "relative");
}

function dayInMonth(year: number, month: number, day: number): DayNumber | undefined {
  const at = year * 12 + month - 1;
  return dayNumber(Math.floor(at / 12), (at % 12) + 1, day);
}

/** The nearest of some days in a direction, the day itself included; either way where the direction is not known. */
function nearest(days: readonly (DayNumber | undefined)[], from: DayNumber, direction: Direction): DayNumber | undefined {
  const known = days.filter((day) => day !== undefined);
  const allowed = known.filter((day) => (direction === "past" ? day <= from : direction === "future" ? day >= from : true));
  return allowed.sort((a, b) => Math.abs(a - from) - Math.abs(b - from) || a - b)[0];
}

function placeDay({ year, month, day, lastDay }: Extract<Meaning, { kind: "day" }>, context: Context): EventDate | undefined {
  const { published, direction } = context;
  const written = year ?? context.year;
  const basis = written === undefined ? "relative" : "explicit";
  let start: DayNumber | undefined;
  if (written !== undefined) start = dayNumber(written, month, day);
  else if (published !== undefined) {
    const around = partsOf(published).year;
    start = nearest(
      [around - 1, around, around + 1].map((candidate) => dayNumber(candidate, month, day)),
      published,
      direction,
    );
  }
  return start === undefined ? undefined : dayDate(start, basis, lastDay === undefined ? start : start + lastDay - day);
}

function placeMonth({ year, month, turn }: Extract<Meaning, { kind: "month" }>, context: Context): EventDate | undefined {
  const { published, direction } = context;
  const written = year ?? context.year;
  if (written !== undefined) return monthDate(written, month, "explicit");
  if (published === undefined) return undefined;
  const now = partsOf(published);
  const here = now.year * 12 + now.month;
  const months = [now.year - 1, now.year, now.year + 1].map((candidate) => candidate * 12 + month);
  const ahead = turn === "next" || (turn !== "last" && direction === "future");
  const back = turn === "last" || (turn !== "next" && direction === "past");
  // "last July" said in July is that of the year before.
  const strict = turn === "last" || turn === "next";
  const allowed = months.filter((at) => (ahead ? (strict ? at > here : at >= here) : back ? (strict ? at < here : at <= here) : true));
  const at = turn === "this" ? now.year * 12 + month : allowed.sort((a, b) => Math.abs(a - here) - Math.abs(b - here) || a - b)[0];
  return at === undefined ? undefined : monthDate(0, at, "relative");
}

function placeWeekday(weekday: number, turn: Turn | undefined, published: DayNumber, direction: Direction): DayNumber {
  const back = (weekdayOf(published) - weekday + 7) % 7;
  const ahead = (7 - back) % 7;
  // "Next Friday" is that of the coming week (weeks begin on Monday); "last Friday" the nearest one that is over.
  if (turn === "next") {
    const monday = published - ((weekdayOf(published) + 6) % 7);
    return monday + 7 + ((weekday + 6) % 7);
  }
  if (turn === "last") return published - (back === 0 ? 7 : back);
  return direction === "future" || (turn === "this" && direction === "unknown") ? published + ahead : published - back;
}

function placeAnaphor(unit: "day" | "month" | "year", by: number, spoken: EventDate | undefined): EventDate | undefined {
  if (!spoken) return undefined;
  const start = parseDay(spoken.start) as DayNumber;
  if (unit === "day") return spoken.precision === "day" ? dayDate(start + by, "relative") : undefined;
  const { year, month } = partsOf(start);
  if (unit === "month") return spoken.precision === "year" ? undefined : monthDate(year, month + by, "relative");
  return yearDate(year + by, "relative");
}

function headOf(sentence: Sentence, first: number, last: number, meaning: Meaning): number {
  if (meaning.kind === "anaphor" && meaning.ofEvent) return last - 1;
  for (let i = first; i < last; i++) {
    const { head } = sentence.tokens[i] as Token;
    if (head < first || head >= last) return i;
  }
  return first;
}
