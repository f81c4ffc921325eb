/** YAML files as entries that remember their lines. */
import { type Event, constructFromEvents, EVENT_ID, getScalarValue, parseEvents, YAMLException } from "js-yaml";
import { KnownError } from "../model/errors.ts";

export interface Entry {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The line it stands in, or that of one of its fields; counted from 1. */
  readonly line: (field?: string) => number;
}

/** Where the parts of a file stand: a collection's parts are its items, or its keys and values in turn. */
interface Part {
  readonly event: Event;
  readonly start: number;
  readonly parts: Part[];
}

interface Parsed {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly root: Part | undefined;
}

/**
 * The entries of a file that is either a list of mappings, or a table: `columns` names the fields and `rows` is a block of text with one
 * entry a line and "|" between cells. An empty cell is an absent field; lines that are empty or start with "#" are skipped. Tables are
 * for the long lists: a parser takes much longer over a list of mappings.
 *
 * @throws {KnownError} "knowledge-invalid", naming file and line.
 */
export function readRows(file: string, text: string): Entry[] {
  const parsed = parse(file, text);
  const { value, root } = parsed;
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item: unknown, index) => entryOf(parsed, item, root?.parts[index]));
  if (isRecord(value) && "columns" in value) return table(parsed, value);
  throw invalid({ file, line: () => 1 }, undefined, 'must be a list of entries ("- name: ..."), or a table of columns and rows');
}

/**
 * The lists of mappings below the keys of a file.
 * @throws {KnownError} "knowledge-invalid", naming file and line.
 */
export function readLists<K extends string>(file: string, text: string, keys: readonly K[]): Map<K, Entry[]> {
  const parsed = parse(file, text);
  const lists = new Map<K, Entry[]>();
  if (parsed.value === undefined || parsed.value === null) return lists;
  if (!isRecord(parsed.value)) throw invalid({ file, line: () => 1 }, undefined, `must hold lists named ${keys.join(", ")}`);
  for (const [name, list] of Object.entries(parsed.value)) {
    const line = (): number => fieldLine(parsed, parsed.root, name);
    const key = keys.find((one) => one === name);
    if (key === undefined) throw invalid({ file, line }, name, `is not known; use one of ${keys.join(", ")}`);
    if (!Array.isArray(list)) throw invalid({ file, line }, name, "must be a list");
    const part = fieldParts(parsed, parsed.root, name)?.[1];
    lists.set(
      key,
      list.map((item: unknown, index) => entryOf(parsed, item, part?.parts[index])),
    );
  }
  return lists;
}

/** One line that names file, line, field and what is wrong. */
export function invalid(at: { file: string; line?: (field?: string) => number }, field: string | undefined, message: string): KnownError {
  const line = at.line?.(field?.split(".")[0]);
  const place = [
    at.file,
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(field === undefined || field === "" ? [] : [`field ${field}`]),
  ];
  return new KnownError("knowledge-invalid", `${place.join(", ")}: ${message}`, {
    file: at.file,
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
  });
}

function parse(file: string, text: string): Parsed {
  try {
    const events = parseEvents(text, {});
    const documents = constructFromEvents(events, { source: text });
    if (documents.length > 1) throw new YAMLException("more than one document");
    return { file, text, value: documents[0], root: outline(events) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark } = error;
    throw invalid({ file, ...(mark === undefined ? {} : { line: () => mark.line + 1 }) }, undefined, `is not YAML: ${error.reason}`);
  }
}

/** The tree of the first document's parts. */
function outline(events: readonly Event[]): Part | undefined {
  const open: Part[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (open.length === 0) return closed;
      continue;
    }
    const start = event.type === EVENT_ID.SCALAR ? event.valueStart : event.type === EVENT_ID.ALIAS ? event.anchorStart : event.start;
    const part: Part = { event, start, parts: [] };
    open.at(-1)?.parts.push(part);
    if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) open.push(part);
  }
  return undefined;
}

function entryOf(parsed: Parsed, item: unknown, part: Part | undefined): Entry {
  const line = (field?: string): number => fieldLine(parsed, part, field);
  if (!isRecord(item)) throw invalid({ file: parsed.file, line }, undefined, "must be an entry of named fields (name: value)");
  return { file: parsed.file, value: item, line };
}

function table(parsed: Parsed, value: Readonly<Record<string, unknown>>): Entry[] {
  const { file } = parsed;
  const at = { file, line: (field?: string) => fieldLine(parsed, parsed.root, field) };
  if (typeof value["rows"] !== "string") throw invalid(at, "rows", 'must be a block of text ("rows: |")');
  if (typeof value["columns"] !== "string") throw invalid(at, "columns", 'must be names with "|" between them');
  const columns = value["columns"].split("|").map((column) => column.trim());
  const first = fieldLine(parsed, parsed.root, "rows") + 1;
  return value["rows"].split("\n").flatMap((row, index): Entry[] => {
    if (row.trim() === "" || row.startsWith("#")) return [];
    const line = (): number => first + index;
    const cells = row.split("|");
    if (cells.length > columns.length) {
      throw invalid(
        { file, line },
        undefined,
        `has ${cells.length} cells, but there are ${columns.length} columns (${columns.join(", ")})`,
      );
    }
    const fields: Record<string, unknown> = {};
    cells.forEach((cell, column) => {
      const content = cell.trim();
      if (content !== "") fields[columns[column] ?? ""] = content;
    });
    return [{ file, value: fields, line }];
  });
}

/** Key and value of a mapping's field. */
function fieldParts(parsed: Parsed, part: Part | undefined, field: string): readonly [Part, Part | undefined] | undefined {
  if (part?.event.type !== EVENT_ID.MAPPING) return undefined;
  for (let index = 0; index < part.parts.length; index += 2) {
    const key = part.parts[index];
    if (key?.event.type === EVENT_ID.SCALAR && getScalarValue(parsed.text, key.event) === field) return [key, part.parts[index + 1]];
  }
  return undefined;
}

function fieldLine(parsed: Parsed, part: Part | undefined, field?: string): number {
  const at = (field === undefined ? undefined : fieldParts(parsed, part, field)?.[0]) ?? part;
  return parsed.text.slice(0, at?.start ?? 0).split("\n").length;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
