/** Long answers, made piece by piece: lists as CSV or JSON Lines. */
import { stringify } from "csv-stringify/sync";
import type { Page } from "../model/api.ts";

/** Characters gathered before they are sent on: writers yield line by line. */
const CHUNK = 65_536;

/** The same text in larger pieces. */
export function* chunks(pieces: Iterable<string>): Generator<string, undefined, undefined> {
  let gathered = "";
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length < CHUNK) continue;
    yield gathered;
    gathered = "";
  }
  if (gathered !== "") yield gathered;
}

/** Name of a CSV column, and the path to its value in a row: "edge.id", "subjects.name". */
export type Columns = Readonly<Record<string, string>>;

export function* csvLines(columns: Columns, rows: Iterable<object>): Generator<string, undefined, undefined> {
  const paths = Object.values(columns).map((path) => path.split("."));
  const line = (cells: readonly string[]): string => stringify([cells], { escape_formulas: true, record_delimiter: "windows" });
  yield line(Object.keys(columns));
  for (const row of rows) yield line(paths.map((path) => cell(path.reduce<unknown>(member, row))));
}

/** Of a list, each one's. */
function member(value: unknown, key: string): unknown {
  return Array.isArray(value) ? value.map((each) => member(each, key)) : (value as Record<string, unknown> | undefined)?.[key];
}

function cell(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join("; ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function* jsonLines(rows: Iterable<object>): Generator<string, undefined, undefined> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** Rows of the first page that is read when all are sent, and of the longest. */
export const FIRST_BATCH = 5000;
const LONGEST_BATCH = 80_000;

/**
 * All rows of a list, page by page. Each page is twice as long as the one before, up to a point: where a filter must be followed anew for
 * every page, many rows take few pages, and few rows little memory.
 * @param following reads the page at a cursor, of as many rows or fewer
 */
export function* rowsOf<T>(first: Page<T>, following: (cursor: string, most: number) => Page<T>, most: number): Generator<T> {
  let page = first;
  let batch = FIRST_BATCH;
  for (let left = most; ; ) {
    yield* page.items;
    left -= page.items.length;
    if (page.next === undefined || left <= 0) return;
    batch = Math.min(2 * batch, LONGEST_BATCH);
    page = following(page.next, Math.min(left, batch));
  }
}
