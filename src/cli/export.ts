/** `entente export`: the graph, or what filters leave of it, as a file for other programs. */
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { type ExportFormat, type ExportSummary, exportSource, FORMATS, findFormat } from "../export/export.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import { KnownError } from "../model/errors.ts";
import type { GraphFilter } from "../model/api.ts";
import { filterOf, filterParameters } from "../server/parameters.ts";
import { ontologyOf } from "../server/routes.ts";
import { openSnapshot } from "../store/sqlite.ts";
import { EXIT, type ExitCode, note, print, table } from "./terminal.ts";

/** The filters bear the names, and take the values, of the API's parameters. */
export interface ExportCommand extends Readonly<Record<string, unknown>> {
  readonly db: string;
  readonly format: string;
  /** List the formats and do no more. */
  readonly formats?: boolean;
  readonly output?: string;
  readonly knowledge: readonly string[];
}

/** Text written at a time, in characters. */
const CHUNK = 65_536;

/** @throws {KnownError} unknown-format, bad-parameter, file-unwritable, and what opening the database throws */
export async function exportGraph({ db, format: name, formats, output, knowledge: folders, ...filters }: ExportCommand): Promise<ExitCode> {
  if (formats) {
    await print(table(FORMATS.map((each) => [each.name, `.${each.extension}`, each.description])));
    return EXIT.ok;
  }
  const format = findFormat(name);
  if (!format) {
    throw new KnownError("unknown-format", `--format ${name}: take one of ${FORMATS.map((each) => each.name).join(", ")}.`);
  }
  const knowledge = loadKnowledge(folders);
  const filter = filterFrom(filters, [...knowledge.relations.keys()]);
  // Whole scans gain nothing from a large cache.
  const store = openSnapshot(db, { cacheMegabytes: 8 });
  try {
    const pieces = format.write(exportSource(store, filter, ontologyOf(knowledge)));
    const summary = output === undefined || output === "-" ? await toStandardOutput(pieces) : toFile(pieces, output);
    note(inWords(format, summary, output));
  } finally {
    store.close();
  }
  return EXIT.ok;
}

function filterFrom(given: Readonly<Record<string, unknown>>, relations: readonly string[]): GraphFilter {
  const result = z.strictObject(filterParameters(relations)).safeParse(given);
  if (result.success) return filterOf(result.data);
  const [issue] = result.error.issues;
  const option = String(issue?.path[0] ?? "");
  throw new KnownError("bad-parameter", `--${option} ${String(given[option])}: ${issue?.message ?? "is not allowed"}.`, {
    parameter: option,
  });
}

async function toStandardOutput(pieces: Generator<string, ExportSummary>): Promise<ExportSummary> {
  const steps = chunked(pieces);
  let step = steps.next();
  for (; !step.done; step = steps.next()) await print(step.value);
  return step.value;
}

/** Writes beside the file and then takes its place, so that nobody meets half a file. */
function toFile(pieces: Generator<string, ExportSummary>, file: string): ExportSummary {
  const partial = `${file}.partial`;
  try {
    const descriptor = openSync(partial, "w");
    try {
      const steps = chunked(pieces);
      let step = steps.next();
      for (; !step.done; step = steps.next()) writeFileSync(descriptor, step.value);
      renameSync(partial, file);
      return step.value;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(partial, { force: true });
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!/^E[A-Z]+$/u.test(code)) throw error;
    throw new KnownError("file-unwritable", `${file}: cannot be written (${code}); name another place with -o.`, {}, { cause: error });
  }
}

function* chunked(pieces: Generator<string, ExportSummary>): Generator<string, ExportSummary, undefined> {
  let gathered = "";
  let step = pieces.next();
  for (; !step.done; step = pieces.next()) {
    gathered += step.value;
    if (gathered.length < CHUNK) continue;
    yield gathered;
    gathered = "";
  }
  if (gathered !== "") yield gathered;
  return step.value;
}

function inWords(format: ExportFormat, summary: ExportSummary, output: string | undefined): string {
  const removed = summary.removedCharacters > 0 ? `, ${summary.removedCharacters} characters left out that the format forbids` : "";
  return `${format.name}: ${summary.items} items${output === undefined ? "" : ` in ${output}`}${removed}.`;
}
