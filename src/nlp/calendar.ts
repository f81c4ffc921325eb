/** Arithmetic on calendar days, months and years (proleptic Gregorian, UTC, no clock). */
import type { EventDate } from "../model/graph.ts";

/** Days since 1970-01-01. */
export type DayNumber = number;

const DAY = 86_400_000;

/** Day number of a date; undefined where there is no such day (31 June). `month` from 1. */
export function dayNumber(year: number, month: number, day: number): DayNumber | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? Math.floor(date.getTime() / DAY) : undefined;
}

/** Day number of "YYYY-MM-DD"; undefined where it is none. */
export function parseDay(text: string): DayNumber | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  return parts ? dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
}

export function formatDay(day: DayNumber): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function partsOf(day: DayNumber): { year: number; month: number; day: number } {
  const date = new Date(day * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

type Basis = EventDate["basis"];

export function dayDate(day: DayNumber, basis: Basis, end: DayNumber = day): EventDate {
  return { start: formatDay(day), end: formatDay(end), precision: "day", basis };
}

/** A whole month; `month` may lie outside 1 to 12 and then counts into the years around. */
export function monthDate(year: number, month: number, basis: Basis): EventDate {
  const at = year * 12 + month - 1;
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1];
  const start = dayNumber(y, m, 1) as DayNumber;
  const next = m === 12 ? dayNumber(y + 1, 1, 1) : dayNumber(y, m + 1, 1);
  return { start: formatDay(start), end: formatDay((next as DayNumber) - 1), precision: "month", basis };
}

export function yearDate(year: number, basis: Basis): EventDate {
  return {
    start: formatDay(dayNumber(year, 1, 1) as DayNumber),
    end: formatDay(dayNumber(year, 12, 31) as DayNumber),
    precision: "year",
    basis,
  };
}
