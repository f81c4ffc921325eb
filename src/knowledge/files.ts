/** YAML files as entries that remember their lines. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { KnownError } from "../model/errors.ts";

export interface Entry {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly value: Record<string, unknown>;
  /** Lines of its fields, where they differ from its own. */
  readonly lines?: ReadonlyMap<string, number>;
}

interface Parsed {
  readonly file: string;
  readonly contents: Node | null;
  readonly line: (node: unknown) => number;
  readonly value: (node: Node) => unknown;
}

/**
 * The entries of a file that is either a list of mappings, or a table: `columns` names the fields and `rows` is a block of text with one
 * entry a line and "|" between cells. An empty cell is an absent field; lines that are empty or start with "#" are skipped. Tables are
 * for the long lists: YAML parsers take some hundred times longer over a list of mappings.
 *
 * @throws {KnownError} "knowledge-invalid", naming file and line.
 */
export function readRows(file: string, text: string): Entry[] {
  const parsed = parse(file, text);
  const { contents } = parsed;
  if (contents === null) return [];
  if (isSeq(contents)) return contents.items.map((item) => entryOf(parsed, item));
  if (isMap(contents) && contents.has("columns")) return table(parsed, contents);
  throw invalid({ file, line: 1 }, undefined, 'must be a list of entries ("- name: ..."), or a table of columns and rows');
}

/**
 * The lists of mappings below the keys of a file.
 * @throws {KnownError} "knowledge-invalid", naming file and line.
 */
export function readLists<K extends string>(file: string, text: string, keys: readonly K[]): Map<K, Entry[]> {
  const parsed = parse(file, text);
  const lists = new Map<K, Entry[]>();
  if (parsed.contents === null) return lists;
  if (!isMap(parsed.contents)) throw invalid({ file, line: 1 }, undefined, `must hold lists named ${keys.join(", ")}`);
  for (const pair of parsed.contents.items) {
    const name = keyOf(pair);
    const key = keys.find((one) => one === name);
    const line = parsed.line(pair.key);
    if (key === undefined) throw invalid({ file, line }, name, `is not known; use one of ${keys.join(", ")}`);
    if (!isSeq(pair.value)) throw invalid({ file, line }, name, "must be a list");
    lists.set(
      key,
      pair.value.items.map((item) => entryOf(parsed, item)),
    );
  }
  return lists;
}

/** One line that names file, line, field and what is wrong. */
export function invalid(
  at: { file: string; line?: number; lines?: ReadonlyMap<string, number> },
  field: string | undefined,
  message: string,
): KnownError {
  const line = (field === undefined ? undefined : at.lines?.get(field.split(".")[0] ?? "")) ?? at.line;
  const place = [
    at.file,
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(field === undefined || field === "" ? [] : [`field ${field}`]),
  ].join(", ");
  return new KnownError("knowledge-invalid", `${place}: ${message}`, {
    file: at.file,
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
  });
}

function parse(file: string, text: string): Parsed {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const error = document.errors[0];
  if (error !== undefined) {
    throw invalid(
      { file, line: counter.linePos(error.pos[0]).line },
      undefined,
      `is not YAML: ${error.message.split("\n")[0]?.replace(/ at line.*$/, "") ?? ""}`,
    );
  }
  return {
    file,
    contents: document.contents,
    line: (node) => {
      const range = (node as Node | null)?.range;
      return range ? counter.linePos(range[0]).line : 1;
    },
    value: (node) => node.toJS(document),
  };
}

function entryOf(parsed: Parsed, item: unknown): Entry {
  const line = parsed.line(item);
  if (!isMap(item)) throw invalid({ file: parsed.file, line }, undefined, "must be an entry of named fields (name: value)");
  const lines = new Map(item.items.map((pair) => [keyOf(pair), parsed.line(pair.key)]));
  return { file: parsed.file, line, value: parsed.value(item) as Record<string, unknown>, lines };
}

function table(parsed: Parsed, contents: YAMLMap): Entry[] {
  const { file } = parsed;
  const rows = contents.get("rows", true);
  const header = contents.get("columns", true);
  if (!isScalar(rows) || typeof rows.value !== "string")
    throw invalid({ file, line: parsed.line(rows) }, "rows", 'must be a block of text ("rows: |")');
  if (!isScalar(header) || typeof header.value !== "string")
    throw invalid({ file, line: parsed.line(header) }, "columns", 'must be names with "|" between them');
  const columns = header.value.split("|").map((column) => column.trim());
  const first = parsed.line(rows) + 1;
  return rows.value.split("\n").flatMap((row, index): Entry[] => {
    if (row.trim() === "" || row.startsWith("#")) return [];
    const line = first + index;
    const cells = row.split("|");
    if (cells.length > columns.length) {
      throw invalid(
        { file, line },
        undefined,
        `has ${cells.length} cells, but there are ${columns.length} columns (${columns.join(", ")})`,
      );
    }
    const value: Record<string, unknown> = {};
    cells.forEach((cell, at) => {
      const content = cell.trim();
      if (content !== "") value[columns[at] ?? ""] = content;
    });
    return [{ file, line, value }];
  });
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}
