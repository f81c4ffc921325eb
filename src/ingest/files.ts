/** Paths -> files to read: folders walked in order of name, what is not a document passed over and counted. */
import { closeSync, type Dirent, fstatSync, lstatSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { KnownError } from "../model/errors.ts";
import { SIZE_LIMIT, tooLarge } from "../read/decode.ts";
import { EXTENSIONS } from "../read/read.ts";

export interface Found {
  /** In the order of the paths given; within a folder by name. None twice. */
  readonly files: readonly string[];
  /** Files in folders that are of other kinds: extension ("" for none) -> number; READMEs that were named, by name. */
  readonly passedOver: ReadonlyMap<string, number>;
  readonly errors: readonly KnownError[];
}

/** A README describes its folder; it is read only when it is all that was asked for. */
const ABOUT_FOLDER = /^readme(?:\.\w+)?$/iu;

/**
 * The documents at `paths`. A file named outright is taken whatever its extension, "-" is standard input; in folders .txt and .md files are, hidden ones and
 * READMEs are not. Links to files are followed, links to folders are not, so that a loop of links cannot trap the walk.
 */
export function findFiles(paths: readonly string[]): Found {
  const files = new Set<string>();
  const passedOver = new Map<string, number>();
  const errors: KnownError[] = [];
  for (const path of paths) {
    if (path === "-") {
      files.add(path);
      continue;
    }
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) walk(path, files, passedOver, errors);
      else if (paths.length === 1 || !ABOUT_FOLDER.test(basename(path))) files.add(path);
      else count(passedOver, basename(path));
    } catch (error) {
      errors.push(fileError(path, error));
    }
  }
  return { files: [...files], passedOver, errors };
}

function walk(folder: string, files: Set<string>, passedOver: Map<string, number>, errors: KnownError[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    errors.push(fileError(folder, error));
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || ABOUT_FOLDER.test(entry.name)) continue;
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") walk(path, files, passedOver, errors);
    } else if (EXTENSIONS.includes(extname(entry.name).toLowerCase())) {
      if (entry.isFile() || leadsToFile(path)) files.add(path);
    } else count(passedOver, extname(entry.name).toLowerCase());
  }
}

function leadsToFile(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink() && statSync(path).isFile();
  } catch {
    return false;
  }
}

function count(passedOver: Map<string, number>, kind: string): void {
  passedOver.set(kind, (passedOver.get(kind) ?? 0) + 1);
}

/**
 * A file's bytes; "-" is standard input. Its size is looked at before it is read.
 * @throws {KnownError} file-not-found, file-unreadable, file-too-large, file-format
 */
export function loadFile(path: string): Uint8Array {
  if (path === "-") return readFileSync(0);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const stats = fstatSync(descriptor);
    if (!stats.isFile() && !stats.isFIFO()) throw new KnownError("file-format", `${path}: is not a file; name a .txt or .md file.`);
    if (stats.size > SIZE_LIMIT) throw tooLarge(path, stats.size);
    return readFileSync(descriptor);
  } catch (error) {
    throw fileError(path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** An error of the file system in the user's words. */
function fileError(path: string, error: unknown): KnownError {
  if (error instanceof KnownError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const options = { cause: error };
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new KnownError("file-not-found", `${path}: there is no such file; check the path.`, {}, options);
  }
  if (code === "EACCES" || code === "EPERM") {
    return new KnownError("file-unreadable", `${path}: you may not read it; change its permissions.`, {}, options);
  }
  return new KnownError("file-unreadable", `${path}: cannot be read (${code || String(error)}); check the disk or the link.`, {}, options);
}
