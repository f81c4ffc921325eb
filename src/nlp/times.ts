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
import { type Direction, directionOf, type Tree, treeOf } from "./tense.ts";
import { governorOf, tellsWhen } from "./time-attachment.ts";

/** Days from the document's date within which an earlier sentence's day is what a later "the day before" counts from. */
const STORY = 7;

/** Sentences that a day stays in mind: "five days later" counts from the last one told no further back than this. */
const MEMORY = 2;

/** The time last told by a sentence's own clause. */
interface Told {
  readonly date: EventDate;
  readonly sentence: number;
  readonly future: boolean;
}

/** Time expressions of a document in text order. Those that no calendar places ("last week", "recently") have no date; "Friday" in an undated document is left out. */
export function findTimes(document: SourceDocument, sentences: readonly Sentence[]): TimeExpression[] {
  const published = document.date === undefined ? undefined : parseDay(document.date);
  const times: TimeExpression[] = [];
  /** The last single day of the story itself. */
  let story: EventDate | undefined = published === undefined ? undefined : dayDate(published, "document");
  let told: Told | undefined;
  sentences.forEach((sentence, index) => {
    const headline = document.blocks[sentence.block]?.kind === "headline";
    const found = findIn(document.text, sentence);
    if (found.length === 0) return;
    const words = sentence.tokens.map((token) => document.text.slice(token.start, token.end).toLowerCase());
    const parsed = treeOf(sentence.tokens);
    let spoken: EventDate | undefined;
    const before = told && index - told.sentence <= 1 ? told.date : undefined;
    const here: (Placed & { readonly found: Found })[] = found.map((expression, i) => {
      const { first, last, meaning, until } = expression;
      const head = headOf(sentence, first, last, meaning);
      const governor = governorOf(parsed, words, first, last, head);
      const tree =
        governor === undefined ? parsed : treeOf(sentence.tokens.with(head, { ...(sentence.tokens[head] as Token), head: governor }));
      const direction = directionOf(tree, head, headline);
      const future = direction === "future";
      const recent = told && told.future === future && index - told.sentence <= MEMORY ? told : undefined;
      const context: Context = {
        published,
        direction,
        spoken: spoken ?? recent?.date ?? story,
        told: spoken ?? (recent && index - recent.sentence <= 1 ? recent.date : undefined),
        year: sharedYear(until, first, last, found[i + 1]),
      };
      const placed = { found: expression, head, tree, ...(governor === undefined ? {} : { governor }) };
      if (meaning.kind === "anaphor" && meaning.ofEvent) return placed;
      const date = until ? range(place(meaning, context), place(until, context)) : place(meaning, context);
      if (!date) return placed;
      const counts = tellsWhen(tree, head) && !sentence.dateline;
      if (counts && !until) told = { date, sentence: index, future };
      if (!sentence.dateline && !until && meaning.kind !== "anaphor" && (date.precision !== "year" || counts)) spoken = date;
      const distance = Math.abs((parseDay(date.start) as DayNumber) - (published ?? Number.POSITIVE_INFINITY));
      if (!sentence.dateline && !until && meaning.kind !== "anaphor" && date.precision === "day" && distance <= STORY && !future)
        story = date;
      return { ...placed, date };
    });
    for (const each of here) {
      const { first, last, meaning } = each.found;
      const placed = meaning.kind === "anaphor" && meaning.ofEvent ? besideEvent(each, meaning, here, before) : each;
      if (!placed || (!placed.date && meaning.kind !== "vague")) continue;
      const { start } = sentence.tokens[first] as Token;
      const { end } = sentence.tokens[last - 1] as Token;
      const { head, date, governor } = placed;
      times.push({
        start,
        end,
        sentence: index,
        first,
        last,
        head,
        ...(date ? { date } : {}),
        ...(governor === undefined ? {} : { governor }),
      });
    }
  });
  return times;
}

/** An expression in its sentence, with its date where it has one. */
interface Placed {
  readonly head: number;
  readonly governor?: number;
  readonly date?: EventDate;
  readonly tree: Tree;
}

/**
 * "A day after the vote on Sunday, they met" dates the meeting by the vote, "they met on Monday, a day after the vote" the vote by the
 * meeting, which may have been told in the sentence before. Where neither has a day, nothing is said of either.
 */
function besideEvent(
  side: Placed & { readonly found: Found },
  { by }: Extract<Meaning, { kind: "anaphor" }>,
  all: readonly (Placed & { readonly found: Found })[],
  before: EventDate | undefined,
): Placed | undefined {
  const { tree } = side;
  const event = tree.tokens[side.head]?.head ?? -1;
  const outer = clauseAbove(tree, tree.tokens[event]?.head ?? -1);
  const dated = all.filter(
    (other): other is Placed & { readonly found: Found; readonly date: EventDate } => other !== side && other.date?.precision === "day",
  );
  const ofEvent = dated.find((other) => other.head > side.head && isBelow(other.tree, other.head, event));
  if (ofEvent) {
    const date = shifted(ofEvent.date, -by);
    return { tree, head: side.found.last - 2, governor: outer, date };
  }
  const ofOuter = dated.find((other) => outer >= 0 && clauseAbove(other.tree, other.tree.tokens[other.head]?.head ?? -1) === outer);
  const day = ofOuter?.date ?? (before?.precision === "day" ? before : undefined);
  return day && { ...side, date: shifted(day, by) };
}

function shifted(date: EventDate, by: number): EventDate {
  return dayDate((parseDay(date.start) as DayNumber) + by, "relative");
}

function isBelow({ tokens }: Tree, at: number, top: number): boolean {
  for (let here = at, steps = 0; here >= 0 && steps < 12; here = tokens[here]?.head ?? -1, steps++) if (here === top) return true;
  return false;
}

/** The verb at or above a token; -1 where there is none. */
function clauseAbove({ tokens }: Tree, at: number): number {
  let here = at;
  for (let steps = 0; here >= 0 && steps < 12; steps++) {
    if (tokens[here]?.upos === "VERB") return here;
    here = tokens[here]?.head ?? -1;
  }
  return here < 0 ? -1 : here;
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
  /** The time last spoken of: what "the day before" and "in the afternoon" count from. */
  readonly spoken: EventDate | undefined;
  /** The time told in this sentence or in the one before: "in June" after "in March 1998" is of that year. */
  readonly told: EventDate | undefined;
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
  else if (isOfThePast(context)) {
    start = dayNumber(yearOnwards(context.told, month), month, day);
  } else if (published !== undefined) {
    const around = partsOf(published).year;
    start = nearest(
      [around - 1, around, around + 1].map((candidate) => dayNumber(candidate, month, day)),
      published,
      direction,
    );
  }
  return start === undefined ? undefined : dayDate(start, basis, lastDay === undefined ? start : start + lastDay - day);
}

/** Whether what is told is of another year than the document: a day or month without a year that follows goes on from there. */
function isOfThePast(context: Context): context is Context & { readonly told: EventDate } {
  const { told, published, direction } = context;
  if (!told || direction === "future" || told.precision === "year") return false;
  const year = partsOf(parseDay(told.start) as DayNumber).year;
  return published === undefined || year < partsOf(published).year - 1 || (year < partsOf(published).year && told.basis === "explicit");
}

/** The year of the first such month from the time told on. */
function yearOnwards(told: EventDate, month: number): number {
  const from = partsOf(parseDay(told.start) as DayNumber);
  return from.year + (month < from.month ? 1 : 0);
}

function placeMonth({ year, month, turn }: Extract<Meaning, { kind: "month" }>, context: Context): EventDate | undefined {
  const { published, direction } = context;
  const written = year ?? context.year;
  if (written !== undefined) return monthDate(written, month, "explicit");
  if (!turn && isOfThePast(context)) return monthDate(yearOnwards(context.told, month), month, "relative");
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
  // "Four years later" is later than something told, never than the document.
  if (!spoken || (by > 0 && spoken.basis === "document")) return undefined;
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
