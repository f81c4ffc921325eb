/** Days as people write them. All dates are calendar days (YYYY-MM-DD) without a time zone. */
import type { EventDate } from "../../../src/model/graph.ts";

const DAY_MS = 86_400_000;

// The page is in English alone; Intl would cost a twentieth of a second before the first picture.
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** @param letters how many of the month's name to write; what is no day is given back as it is */
function dayText(day: string, letters?: number): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(day) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? day : `${Number(date)} ${name.slice(0, letters)} ${Number(year)}`;
}

/** "13 January 2021". */
export const longDay = (day: string) => dayText(day);
/** "13 Jan 2021". */
export const shortDay = (day: string) => dayText(day, 3);
const monthOf = (day: string) => longDay(day).replace(/^\d+ /u, "");

/** An event's date at its own precision: "13 January 2021", "January 2021", "2021", "11 January 2021 – 13 January 2021". */
export function dateText(date: EventDate): string {
  if (date.precision === "year") {
    const [first, last] = [date.start.slice(0, 4), date.end.slice(0, 4)];
    return first === last ? first : `${first} – ${last}`;
  }
  const show = date.precision === "month" ? monthOf : longDay;
  const [first, last] = [show(date.start), show(date.end)];
  return first === last ? first : `${first} – ${last}`;
}

/** Where the date comes from, in words a reader can check. */
export const BASIS_TEXT: Readonly<Record<EventDate["basis"], string>> = {
  explicit: "as written in the text",
  relative: "worked out from the text and the document’s date",
  document: "the document’s own date",
};

/** "11 Jan 2021", "Sep 2020 – Jan 2021" or a single day: a span in few characters. */
export function spanText(from: string, to: string): string {
  return from === to ? shortDay(from) : `${shortDay(from)} – ${shortDay(to)}`;
}
