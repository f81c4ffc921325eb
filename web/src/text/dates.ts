/** Days as people write them. All dates are calendar days (YYYY-MM-DD) without a time zone. */
import type { EventDate } from "../../../src/model/graph.ts";

const DAY_MS = 86_400_000;

const style = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const LONG = style({ day: "numeric", month: "long", year: "numeric" });
const SHORT = style({ day: "numeric", month: "short", year: "numeric" });
const MONTH = style({ month: "long", year: "numeric" });

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

function format(formatter: Intl.DateTimeFormat, day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : formatter.format(at);
}

/** "13 January 2021". */
export const longDay = (day: string) => format(LONG, day);
/** "13 Jan 2021". */
export const shortDay = (day: string) => format(SHORT, day);

/** An event's date at its own precision: "13 January 2021", "January 2021", "2021", "11 January 2021 – 13 January 2021". */
export function dateText(date: EventDate): string {
  if (date.precision === "year") {
    const [first, last] = [date.start.slice(0, 4), date.end.slice(0, 4)];
    return first === last ? first : `${first} – ${last}`;
  }
  const show = (day: string) => format(date.precision === "month" ? MONTH : LONG, day);
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
