/** Wire datelines: where and when a report was filed, and by which agency. */
import { type DateReading, readDate, readMonthDay } from "./dates.ts";

/** Where a wire report was filed, when and by whom: "MOSCOW, Jan 14 (Reuters) -". */
export interface WireDateline {
  readonly agency?: string;
  readonly date?: DateReading;
  readonly monthDay?: { readonly month: number; readonly day: number };
  /** Characters that it takes, its dash included. */
  readonly length: number;
}

const WIRE = /^(?=\p{Lu})(?<head>[^\n—–]{2,90}?)(?:\s*[—–]|\s--?\s|\s*―|(?<=\/[^/\n]{2,20}\/)[.:]?\s|(?<=^[\p{Lu}\s,/-]{3,40}):\s)\s*/u;
/** "ZAGREB (Hina), 14 June 1992. ": place and day closed by a full stop, the text following. */
const STOPPED =
  /^(?<head>\p{Lu}[\p{Lu}\p{M}'’ -]{2,30}(?: [(/][^()/\n]{2,30}[)/])?, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?(?: [(/][^()/\n]{2,30}[)/])?)[.:]\s+(?=\p{Lu})/u;
/** "Addis Ababa, 13th January 2021: ", "13-01-2021, Djibouti City: ": a place in small letters, a day of a year, the text following. */
const DATED =
  /^(?:\p{Lu}[\p{L}\p{M}.'’ -]{2,40}, (?<after>[^:,\n]{6,20},? \d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4})|(?<before>[^:,\n]{6,20},? \d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4}), \p{Lu}[\p{L}\p{M}.'’ -]{2,40})(?::| ?[—–]| --?)\s+(?=["“]?\p{Lu})/u;
const AGENCY = /[(/](\p{Lu}[\p{L} .&-]{1,28})[)/]\.?$/u;
const AGENCY_AFTER_PLACE = /^[\p{Lu}\p{M}'’ -]{3,31} [(/](\p{Lu}[\p{L} .&-]{1,28})[)/],/u;
const NUMBERED_DAY = /\b(?:[A-Za-z]{3,9}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9}\.?)(?:,? \d{4})?(?!\d)/gu;

/** The wire dateline that a paragraph opens with, if it does. */
export function wireDateline(paragraph: string): WireDateline | undefined {
  const opening = paragraph.slice(0, 120);
  const dated = DATED.exec(opening);
  const day = readDate(dated?.groups?.["after"] ?? dated?.groups?.["before"] ?? "");
  if (dated && day) return { date: day, length: dated[0].length };
  const found = WIRE.exec(opening) ?? STOPPED.exec(opening);
  const head = found?.groups?.["head"]?.trim() ?? "";
  const agency = AGENCY.exec(head)?.[1];
  // A place in capitals or an agency in parentheses: otherwise it is a sentence with a dash.
  if (!found || (agency === undefined && !/^\p{Lu}[\p{Lu}\p{M}'’.-]{2,}(?=[\s,/(]|$)/u.test(head))) return undefined;
  return details(head, found[0].length);
}

function details(head: string, length: number): WireDateline {
  const agency = (AGENCY.exec(head) ?? AGENCY_AFTER_PLACE.exec(head))?.[1];
  let date: DateReading | undefined;
  let monthDay: WireDateline["monthDay"];
  for (const [text] of head.matchAll(NUMBERED_DAY)) {
    date ??= readDate(text);
    monthDay ??= readMonthDay(text.replace(/,? \d{4}$/u, ""));
  }
  const isAgency =
    agency !== undefined && readMonthDay(agency) === undefined && !/^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/iu.test(agency);
  return { length, ...(isAgency && { agency }), ...(date && { date }), ...(monthDay && { monthDay }) };
}

const PLACE = "\\p{Lu}[\\p{L}\\p{M}.'’-]*(?:[ /]\\p{Lu}[\\p{L}\\p{M}.'’-]*){0,3}";
/** "MOSCOW, Jan 14 (Reuters)", "Geneva, Switzerland, 14 January 2021": a place, a day, perhaps an agency, no more. */
const ALONE = new RegExp(
  `^${PLACE}(?:, ${PLACE})?, (?<day>[A-Za-z]{3,9}\\.? \\d{1,2}|\\d{1,2} [A-Za-z]{3,9}\\.?)(?:,? \\d{4})?(?: [(/][^()/]{2,30}[)/])?[.:]?$`,
  "u",
);

/** The dateline that a line is as a whole. */
export function datelineAlone(line: string): WireDateline | undefined {
  const day = ALONE.exec(line)?.groups?.["day"];
  return day === undefined || readMonthDay(day.replace(/\.$/u, "")) === undefined
    ? undefined
    : details(line.replace(/[.:]$/u, ""), line.length);
}
