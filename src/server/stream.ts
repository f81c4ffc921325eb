/** Long answers, sent as they are made: exports, and lists as CSV or JSON Lines. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import type { Response } from "express";
import type { Page } from "../model/api.ts";

/** Characters gathered before they are sent on: writers yield line by line. */
const CHUNK = 65_536;

/**
 * Sends text piece by piece, no faster than the client takes it. What fails before the first piece is thrown while another answer can
 * still be given; what fails later breaks the connection off.
 */
export async function sendPieces(response: Response, pieces: Iterable<string>): Promise<void> {
  const gathered = chunks(pieces);
  const first = gathered.next();
  function* whole(): Generator<string, undefined, undefined> {
    if (first.done !== true) yield first.value;
    yield* gathered;
  }
  try {
    await pipeline(Readable.from(whole()), response);
  } catch (error) {
    // The client went away: nobody is left to be told.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

function* chunks(pieces: Iterable<string>): Generator<string, undefined, undefined> {
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

/** All rows of a list, page by page. */
export function* rowsOf<T>(read: (page: { limit: number; cursor?: string | undefined }) => Page<T>, limit: number): Generator<T> {
  let left = limit;
  for (let cursor: string | undefined; left > 0; ) {
    const page = read({ limit: Math.min(left, 500), cursor });
    yield* page.items;
    left -= page.items.length;
    cursor = page.next;
    if (cursor === undefined) return;
  }
}
