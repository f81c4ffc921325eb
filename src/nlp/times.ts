/**
 * Finds expressions of time and resolves them to calendar days, months or years: a grammar over tokens, with the direction of a bare
 * "Friday" or "Nov. 10" taken from the tense of its clause. Nothing is resolved against the clock; without a date of the document only
 * what is written out in full is.
 */
import type { Sentence, TimeExpression, Token } from "../model/annotation.ts";
import type { EventDate } from "../model/graph.ts";
import type { SourceDocument } from "../model/text.ts";
import { type DayNumber, dayDate, dayNumber, monthDate, parseDay, partsOf, weekdayOf, yearDate } from "./calendar.ts";
import { findIn, type Found, type Meaning, type Turn } from "./time-grammar.ts";
import { type Direction, directionOf, treeOf } from "./tense.ts";

/** Days from the document's date within which an earlier sentence's day is what a later "the day before" counts from. */
const STORY = 7;

/** Time expressions of a document in text order. Those that no calendar places ("last week", "recently") have no date; "Friday" in an undated document is left out. */
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
      if (!date && meaning.kind !== "vague") return;
      const { start } = sentence.tokens[first] as Token;
      const { end } = sentence.tokens[last - 1] as Token;
      times.push({ start, end, sentence: index, first, last, head, ...(date ? { date } : {}) });
      if (!date || sentence.dateline || until || meaning.kind === "anaphor" || date.precision === "year") return;
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

function headOf(sentence: Sentence, first: number, last: number, meaning: Meaning): number {
  if (meaning.kind === "anaphor" && meaning.ofEvent) return last - 1;
  for (let i = first; i < last; i++) {
    const { head } = sentence.tokens[i] as Token;
    if (head < first || head >= last) return i;
  }
  return first;
}

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
    case "vague":
      return undefined;
    case "month-beside":
      return placeMonthBeside(meaning.month, meaning.by, spoken);
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

function placeMonthBeside(month: number, by: -1 | 0 | 1, spoken: EventDate | undefined): EventDate | undefined {
  if (!spoken) return undefined;
  const here = partsOf(parseDay(spoken.start) as DayNumber);
  const over = by > 0 ? month <= here.month : by < 0 ? month >= here.month : false;
  return monthDate(here.year + (over ? by : 0), month, "relative");
}
