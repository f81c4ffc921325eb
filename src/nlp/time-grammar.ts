/** The grammar of time: which stretches of a sentence's tokens name a time, and what they say of it before it is placed in the calendar. */
import type { Sentence, Token } from "../model/annotation.ts";

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
export type Meaning =
  | { readonly kind: "day"; readonly year?: number; readonly month: number; readonly day: number; readonly lastDay?: number }
  | { readonly kind: "day-of-month"; readonly day: number }
  | { readonly kind: "month"; readonly year?: number; readonly month: number; readonly turn?: Turn }
  /** "the following May": the first such month on that side of the day last spoken of; `by` 0 is that of the same year. */
  | { readonly kind: "month-beside"; readonly month: number; readonly by: -1 | 0 | 1 }
  | { readonly kind: "year"; readonly year: number }
  | { readonly kind: "weekday"; readonly weekday: number; readonly turn?: Turn }
  /** Days, months or years from the document's date. */
  | { readonly kind: "shift"; readonly unit: "day" | "month" | "year"; readonly by: number }
  /** Days, months or years from the day last spoken of; `ofEvent` where the last word ("after") introduces the event that it dates. */
  | { readonly kind: "anaphor"; readonly unit: "day" | "month" | "year"; readonly by: number; readonly ofEvent?: true }
  /** A time that no calendar places: "last week", "recently", "in the 1990s". It dates its clause all the same, so that no other day does. */
  | { readonly kind: "vague" };
export type Turn = "last" | "this" | "next";

export interface Found {
  readonly first: number;
  readonly last: number;
  readonly meaning: Meaning;
  /** Set on a range: what its end says. */
  readonly until?: Meaning;
}

/** The expressions of time in a sentence, in order. */
export function findIn(text: string, sentence: Sentence): Found[] {
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
      fullDate(at) ??
      monthDay(at) ??
      monthBeside(at) ??
      monthOnly(at) ??
      weekday(at) ??
      holiday(at) ??
      relative(at) ??
      vague(at) ??
      numericDate(at) ??
      dayOfMonth(at) ??
      yearOnly(at);
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
  ..."few several recently lately weeks days months years over christmas new".split(" "),
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
    dayAt(at, offset + 1) === undefined &&
    (offset === 0 || dayAt(at, offset - 1) === undefined)
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
  // "in November of that year"
  if (at.word(offset + 1) === "of" && /^(?:that|the)$/u.test(at.word(offset + 2))) {
    const same = at.word(offset + 3) === "same" ? 1 : 0;
    if (at.word(offset + 3 + same) === "year") return at.take(offset + 4 + same, { kind: "month-beside", month, by: 0 });
  }
  return at.take(offset + 1, { kind: "month", month, ...(turn ? { turn } : {}) });
}

/** "the following May", "the previous June". */
function monthBeside(at: Cursor): Meaning | undefined {
  const side = at.word(1);
  // "in 1994 he flew there; they signed that October"
  const that = at.word(0) === "that" ? monthAt(at, 1) : undefined;
  if (that !== undefined && !inName(at, 1)) return at.take(2, { kind: "month-beside", month: that, by: 0 });
  if (at.word(0) !== "the" || !/^(?:following|next|previous|preceding|same)$/u.test(side)) return undefined;
  const month = monthAt(at, 2);
  if (month === undefined) return undefined;
  return at.take(3, { kind: "month-beside", month, by: side === "same" ? 0 : /^(?:following|next)$/u.test(side) ? 1 : -1 });
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

/** "Christmas Day", "New Year's Eve": the feasts that have a day of the calendar in their name. */
function holiday(at: Cursor): Meaning | undefined {
  const christmas = at.form(0) === "Christmas";
  const newYear = at.form(0) === "New" && at.form(1) === "Year" && /^['’]s$/u.test(at.word(2));
  if (!christmas && !newYear) return undefined;
  const offset = christmas ? 1 : 3;
  const which = at.form(offset);
  if (which !== "Day" && which !== "Eve") return undefined;
  const year = yearAfter(at, offset + 1);
  const day = christmas ? { month: 12, day: which === "Day" ? 25 : 24 } : which === "Day" ? { month: 1, day: 1 } : { month: 12, day: 31 };
  return at.take(year?.end ?? offset + 1, { kind: "day", ...day, ...(year ? { year: year.year } : {}) });
}

/** Stretches of time that no one day, month or year is: said, but not placed. */
function vague(at: Cursor): Meaning | undefined {
  const [one, two, three, four] = [at.word(0), at.word(1), at.word(2), at.word(3)];
  const gone = (length: number): Meaning => at.take(length, { kind: "vague" });
  if (/^(?:recently|lately)$/u.test(one) && at.token(0)?.upos === "ADV") return gone(1);
  const stretch = /^(?:week|weekend|fortnight|decade|century)$/u;
  if (/^(?:last|this|next)$/u.test(one) && stretch.test(two)) return gone(2);
  if (/^(?:earlier|later)$/u.test(one) && /^(?:this|that|in)$/u.test(two)) {
    if (stretch.test(three)) return gone(3);
    if (two === "in" && three === "the" && /^(?:week|month|year)$/u.test(four)) return gone(4);
  }
  if (/^(?:the|that|over)$/u.test(one)) {
    if (one === "over" && two === "the" && three === "weekend") return gone(3);
    if (/^(?:same|previous|following|next|past|coming|last)$/u.test(two) && stretch.test(three)) return gone(3);
    if (one === "that" && stretch.test(two)) return gone(2);
  }
  const units = /^(?:days?|weeks?|months?|years?|decades?|fortnight)$/u;
  const side = /^(?:ago|earlier|later|before|after)$/u;
  const closes = (offset: number): boolean => /^(?:|[.,;:"”)])$/u.test(at.word(offset));
  // "two weeks ago", "a few days earlier", "weeks later"; "weeks after the vote" is what "after" says of the vote.
  for (const [length, unit, word] of [
    [2, one, two],
    [3, two, three],
    [4, three, four],
  ] as const) {
    if (!units.test(unit) || !side.test(word)) continue;
    if (length === 3 && !(countAt(at, 0) !== undefined || /^(?:few|several|many|some)$/u.test(one))) continue;
    if (length === 4 && !(one === "a" && /^(?:few|couple)$/u.test(two))) continue;
    if (word === "ago" || word === "earlier" || word === "later" || closes(length)) return gone(length);
  }
  if (one === "in" && /^(?:recent|coming|past)$/u.test(two) && units.test(three)) return gone(3);
  const decade = /^(?:the)$/u.test(one) ? (/^(?:early|mid|late|-)$/u.test(two) ? 2 : 1) : 0;
  if (decade > 0 && /^(?:1[5-9]|20)\d0s$/u.test(at.word(decade))) return gone(decade + 1);
  return undefined;
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
  // A season has no months of its own: north and south of the equator it is another.
  if (turn === "this" && /^(?:spring|summer|autumn|fall)$/u.test(after)) return at.take(2, { kind: "shift", unit: "year", by: 0 });
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
  const few = at.word(0) === "a" && at.word(1) === "few" ? 2 : count !== undefined || at.word(0) === "few" ? 1 : 0;
  if (/^(?:hours?|minutes?)$/u.test(at.word(few)) && at.word(few + 1) === "ago" && (count ?? 0) <= 12)
    return at.take(few + 2, { kind: "shift", unit: "day", by: 0 });
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
  if (one === "the" && two === "day" && three === "before" && four === "yesterday")
    return at.take(4, { kind: "shift", unit: "day", by: -2 });
  if (one === "the" && two === "day" && (three === "before" || three === "after") && at.word(-1) !== "to") return sideOfEvent(at, 2, 1);
  if ((one === "the" || one === "that") && /^(?:same|very)$/u.test(two) && (three === "day" || DAY_PARTS.has(three))) return day(3, 0);
  if (one === "that" && (two === "day" || DAY_PARTS.has(two))) return day(2, 0);
  if (one === "the" && /^(?:next|following)$/u.test(two) && (three === "day" || three === "morning")) return day(3, 1);
  if (/^(?:the|that)$/u.test(one) && (three === "month" || three === "year") && /^(?:next|following|previous|same|very)$/u.test(two)) {
    const by = two === "previous" ? -1 : two === "same" || two === "very" ? 0 : 1;
    return at.take(3, { kind: "anaphor", unit: three, by });
  }
  if (one === "that" && (two === "month" || two === "year")) return at.take(2, { kind: "anaphor", unit: two, by: 0 });
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
