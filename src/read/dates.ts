/** Calendar dates as documents print them in their own lines: ISO, dd.mm.yyyy, slashes, written out in English or Turkish. */

/** A calendar day, checked to exist. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What a date line says: one day, or two where only the writer's country tells 3 April from 4 March. */
export interface DateReading extends Day {
  /** Set on all-number dates with slashes or hyphens that may be read both ways: the month-first reading, the day itself being day first. */
  readonly monthFirst?: Day;
}

const MONTH_NAMES: readonly (readonly string[])[] = [
  ["january", "jan", "ocak"],
  ["february", "feb", "şubat"],
  ["march", "mar", "mart"],
  ["april", "apr", "nisan"],
  ["may", "mayıs"],
  ["june", "jun", "haziran"],
  ["july", "jul", "temmuz"],
  ["august", "aug", "ağustos"],
  ["september", "sept", "sep", "eylül"],
  ["october", "oct", "ekim"],
  ["november", "nov", "kasım"],
  ["december", "dec", "aralık"],
];
const MONTHS: ReadonlyMap<string, number> = new Map(MONTH_NAMES.flatMap((names, index) => names.map((name) => [name, index + 1])));
const WEEKDAYS: readonly string[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const MONTH = `(?<name>${[...MONTHS.keys()].sort((a, b) => b.length - a.length).join("|")})\\.?`;
const WEEKDAY = "(?:(?<weekday>sun|mon|tue|wed|thu|fri|sat)(?:s|nes|rs|ur)?(?:day)?\\.?,?\\s+)?";
const TIME =
  "(?:,?\\s*(?:at\\s+)?[t ]?\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2}(?:\\.\\d+)?)?\\s*(?:[ap]\\.?m\\.?)?\\s*(?:z|[a-z]{2,4}|[+-]\\d{2}:?\\d{2})?)?";
const FORMS: readonly string[] = [
  "(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})",
  "(?<day>\\d{1,2})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})",
  `(?<day>\\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?${MONTH},?[ -](?<year>\\d{4})`,
  `${MONTH} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})`,
].map((form) => `${WEEKDAY}${form}${TIME}`);
const WHOLE: readonly RegExp[] = FORMS.map((form) => new RegExp(`^${form}$`, "u"));
const YEAR_FIRST = WHOLE[0];
const WITHIN: readonly RegExp[] = FORMS.map((form) => new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{L}\\p{N}])`, "giu"));

/** The date that `text` is, as a whole (weekday and time of day may stand by it); undefined for anything else and for days that do not exist. */
export function readDate(text: string): DateReading | undefined {
  if (text.length > 60) return undefined;
  const line = text.trim().toLowerCase().replace(/\s+/gu, " ");
  for (const form of WHOLE) {
    const groups = form.exec(line)?.groups;
    if (!groups) continue;
    const year = fullYear(groups["year"] ?? "");
    const day = Number(groups["day"]);
    if (groups["name"] !== undefined) return existing(year, MONTHS.get(groups["name"]) ?? 0, day);
    const month = Number(groups["month"]);
    const dayFirst = existing(year, month, day);
    if (form === YEAR_FIRST) return dayFirst;
    const monthFirst = existing(year, day, month);
    // With dots the day comes first all over the world.
    if (!dayFirst || !monthFirst || day === month || groups["mark"] === ".") return dayFirst ?? monthFirst;
    const weekday = groups["weekday"] === undefined ? -1 : WEEKDAYS.indexOf(groups["weekday"]);
    if (weekday === weekdayOf(dayFirst)) return dayFirst;
    if (weekday === weekdayOf(monthFirst)) return monthFirst;
    return { ...dayFirst, monthFirst };
  }
  return undefined;
}

/** The dates that a line holds, with their weekdays and times of day, in their order; `start` and `end` are offsets in the line. */
export function findDates(line: string): { readonly start: number; readonly end: number; readonly date: DateReading }[] {
  const found = WITHIN.flatMap((form) =>
    [...line.matchAll(form)].map(({ 0: text, index }) => ({ start: index, end: index + text.length, date: readDate(text) })),
  )
    .filter((each): each is typeof each & { date: DateReading } => each.date !== undefined)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter(({ start }, index) => !found.slice(0, index).some((earlier) => earlier.end > start));
}

/** Month and day of "Jan 14" or "14 January", the year unknown. */
export function readMonthDay(text: string): { readonly month: number; readonly day: number } | undefined {
  const line = text.trim().toLowerCase();
  const groups = (new RegExp(`^${MONTH} (?<day>\\d{1,2})$`, "u").exec(line) ?? new RegExp(`^(?<day>\\d{1,2}) ${MONTH}$`, "u").exec(line))
    ?.groups;
  const month = MONTHS.get(groups?.["name"] ?? "");
  const day = Number(groups?.["day"]);
  return month !== undefined && existing(2000, month, day) ? { month, day } : undefined;
}

/** The day of that year, or undefined where the calendar has none. */
export function existing(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1500 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? { year, month, day } : undefined;
}

/** Days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / 86_400_000;
}

/** YYYY-MM-DD. */
export function isoDay(day: Day): string {
  return `${day.year}-${String(day.month).padStart(2, "0")}-${String(day.day).padStart(2, "0")}`;
}

function weekdayOf(day: Day): number {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
}

/** Two figures mean 1970 to 2069. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
}
