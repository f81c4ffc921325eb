/** What a document says of itself before its text: YAML front matter, or lines such as "Title: ..."; and which of its dates is the publication's. */
import { FAILSAFE_SCHEMA, load } from "js-yaml";
import type { Block } from "../model/text.ts";
import type { WireDateline } from "./dateline.ts";
import { type DateReading, type Day, daysBetween, existing, isoDay } from "./dates.ts";
import type { Line, PrintedDate } from "./layout.ts";

export interface Preamble {
  readonly id?: string;
  readonly title?: string;
  /** As written. */
  readonly date?: string;
  readonly source?: string;
  readonly url?: string;
  readonly blocks: readonly Block[];
  /** Number of lines that it takes. */
  readonly lines: number;
}

type Field = "id" | "title" | "date" | "source" | "url";

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ["id", "id"],
  ["title", "title"],
  ["headline", "title"],
  ["date", "date"],
  ["published", "date"],
  ["source", "source"],
  ["outlet", "source"],
  ["publisher", "source"],
  ["url", "url"],
  ["link", "url"],
]);
/** Front matter is looked for in so many lines and characters. */
const FRONT_MATTER_LINES = 200;
const FRONT_MATTER_CHARACTERS = 32_768;
const FIELD_LINE = /^([A-Za-z][\w -]{0,30}?)\s*:\s+(\S.*)$/u;
const BLOCK_OF: Readonly<Record<Field, Block["kind"]>> = {
  id: "boilerplate",
  title: "headline",
  date: "dateline",
  source: "outlet",
  url: "url",
};

/** The preamble of a document; takes no line where there is none. */
export function readPreamble(text: string, lines: readonly Line[]): Preamble {
  return frontMatter(text, lines) ?? headerLines(lines) ?? { blocks: [], lines: 0 };
}

/** A mapping between two lines "---" at the very start. Rules drawn as "---" hold no mapping and are left alone. */
function frontMatter(text: string, lines: readonly Line[]): Preamble | undefined {
  const open = lines.findIndex((line) => line.text !== "");
  if (lines[open]?.text !== "---") return undefined;
  const close = lines.findIndex((line, index) => index > open && index < open + FRONT_MATTER_LINES && /^(?:---|\.\.\.)$/u.test(line.text));
  const [first, last] = [lines[open], lines[close]];
  if (!first || !last || last.end > FRONT_MATTER_CHARACTERS) return undefined;
  const fields = yamlFields(text.slice(first.end, last.start)) ?? plainFields(lines.slice(open + 1, close));
  if (!fields) return undefined;
  return { ...fields, blocks: [{ kind: "boilerplate", start: first.start, end: last.end }], lines: close + 1 };
}

/** The fields of a YAML mapping whose values are all taken as text; undefined where it is no mapping or no sound YAML. */
function yamlFields(yaml: string): Partial<Record<Field, string>> | undefined {
  let mapping: unknown;
  try {
    mapping = load(yaml, { schema: FAILSAFE_SCHEMA });
  } catch {
    return undefined;
  }
  if (typeof mapping !== "object" || mapping === null || Array.isArray(mapping)) return undefined;
  return pickFields(Object.entries(mapping));
}

/** The same, line by line, for what people write as YAML and is not: a title with a colon in it. */
function plainFields(lines: readonly Line[]): Partial<Record<Field, string>> | undefined {
  const entries: [string, string][] = [];
  for (const { text } of lines) {
    if (text === "" || text.startsWith("#") || text.startsWith("- ") || text.endsWith(":")) continue;
    const [, key, value = ""] = FIELD_LINE.exec(text) ?? [];
    if (key === undefined) return undefined;
    entries.push([key, /^(["']).*\1$/u.test(value) ? value.slice(1, -1) : value]);
  }
  return entries.length > 0 ? pickFields(entries) : undefined;
}

function pickFields(entries: Iterable<[string, unknown]>): Partial<Record<Field, string>> {
  const fields: Partial<Record<Field, string>> = {};
  for (const [key, value] of entries) {
    const field = FIELDS.get(key.toLowerCase());
    const text = typeof value === "string" ? value.replace(/\s+/gu, " ").trim() : "";
    if (field && text !== "") fields[field] ??= text;
  }
  return fields;
}

/** Lines "Title: ...", "Date: ..." and the like at the top: two of them at least, or a title. */
function headerLines(lines: readonly Line[]): Preamble | undefined {
  const fields: Partial<Record<Field, string>> = {};
  const blocks: Block[] = [];
  let taken = 0;
  for (const [index, line] of lines.entries()) {
    if (line.text === "") {
      if (blocks.length > 0) break;
      continue;
    }
    const [, key = "", value = ""] = line.text.length > 500 ? [] : (FIELD_LINE.exec(line.text) ?? []);
    const field = FIELDS.get(key.toLowerCase());
    if (!field && !/^(?:by|author|byline|language|section|tags?|keywords?)$/iu.test(key)) break;
    const start = line.end - value.length;
    blocks.push({ kind: field ? BLOCK_OF[field] : "boilerplate", start, end: line.end });
    if (field) fields[field] ??= value;
    taken = index + 1;
  }
  return blocks.length >= 2 || fields.title !== undefined ? { ...fields, blocks, lines: taken } : undefined;
}

/** All that tells when a document was published, most trusted first. */
export interface DateClues {
  /** From front matter or a "Date:" line. */
  readonly stated?: DateReading;
  readonly lines: readonly PrintedDate[];
  readonly wire?: WireDateline;
  readonly source?: string;
  readonly url?: string;
}

/** How far, in days, a report may lie from a day printed near it. */
const NEAR = 7;

/**
 * The day of publication, YYYY-MM-DD. An outlet's own date goes before a date line, which may be that of the bulletin that reprints
 * it. All-number dates that may be read two ways are settled by the document's other dates, else by the outlet's country, else not.
 */
export function publicationDate(clues: DateClues): string | undefined {
  const urlDay = dayOfAddress(clues.url);
  const printed = (from: PrintedDate["from"]) => clues.lines.find((line) => line.from === from)?.date;
  const [outlet, line, end] = [printed("outlet"), printed("line"), printed("end")];
  const all = [clues.stated, outlet, clues.wire?.date, line, urlDay, end].filter((date) => date !== undefined);
  const settle = (date: DateReading | undefined) => date && settled(date, all, clues);
  const day =
    settle(clues.stated) ??
    settle(outlet) ??
    settle(clues.wire?.date) ??
    filed(settle(line), clues.wire) ??
    filed(urlDay, clues.wire) ??
    filed(settle(end), clues.wire);
  return day && isoDay(day);
}

/** The dateline's day in the year of `printed`, where it lies near it; else `printed` itself. */
function filed(printed: Day | undefined, wire: WireDateline | undefined): Day | undefined {
  if (!printed || !wire?.monthDay) return printed;
  const { month, day } = wire.monthDay;
  const near = [-1, 0, 1]
    .map((shift) => existing(printed.year + shift, month, day))
    .find((candidate) => candidate && Math.abs(daysBetween(candidate, printed)) <= NEAR);
  return near ?? printed;
}

function settled(date: DateReading, others: readonly DateReading[], clues: DateClues): Day | undefined {
  const { monthFirst } = date;
  if (!monthFirst) return date;
  for (const other of others) {
    if (other.monthFirst) continue;
    if (Math.abs(daysBetween(date, other)) <= NEAR) return date;
    if (Math.abs(daysBetween(monthFirst, other)) <= NEAR) return monthFirst;
  }
  const { monthDay } = clues.wire ?? {};
  for (const reading of [date, monthFirst]) if (monthDay && filed(reading, clues.wire) !== reading) return filed(reading, clues.wire);
  return isAmerican(clues) ? monthFirst : isElsewhere(clues.url) ? date : undefined;
}

const AMERICAN =
  /\b(?:associated press|AP|UPI|CNN|NPR|NBC|CBS|ABC News|Fox News|PBS|Bloomberg|Politico|Axios|Newsweek|VOA|Voice of America|RFE\/RL|new york|washington|wall street journal|los angeles|chicago|boston|usa today|u\.?s\.? department|state department|white house)\b/iu;

function isAmerican({ source, wire, url }: DateClues): boolean {
  return AMERICAN.test(`${source ?? ""} ${wire?.agency ?? ""}`) || /^https?:\/\/[^/]+\.(?:us|gov|mil)(?:\/|$)/iu.test(url ?? "");
}

/** Whether an address is under the domain of a country that puts the day first, as all but the United States do that print slashes. */
function isElsewhere(url: string | undefined): boolean {
  return /^https?:\/\/[^/]+\.(?!us\b|tv\b|io\b|co\b|ai\b|me\b)(?:[a-z]{2}|int)(?:\/|$)/iu.test(url ?? "");
}

/** The day in an address such as ".../2021/01/13/...". */
function dayOfAddress(url: string | undefined): Day | undefined {
  const [, year, month, day] = /[/-](\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)/u.exec(url ?? "") ?? [];
  return year === undefined ? undefined : existing(Number(year), Number(month), Number(day));
}

/** Start of a text as a title, for documents that have none: its first sentence, cut at 100 characters. */
export function firstWords(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/gu, " ").trim();
  const sentence = /^.*?(?:\p{Ll}{3}|\p{N}{2}|[)”"’'])[.!?]["”’')]*(?=\s+["“‘(]?[\p{Lu}\p{N}]|$)/u.exec(line)?.[0] ?? line;
  if (sentence.length <= 100) return sentence.replace(/\.$/u, "");
  const cut = sentence.slice(0, 100);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 60)).replace(/[\s,;:—–-]+$/u, "")} …`;
}
