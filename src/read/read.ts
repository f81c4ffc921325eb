/** Bytes or text -> SourceDocument: the text unchanged, its blocks, and what the document says of its title, date, outlet and address. */
import { createHash } from "node:crypto";
import { parse } from "node:path";
import type { DocumentId, SourceDocument } from "../model/text.ts";
import { wireDateline } from "./dateline.ts";
import { readDate } from "./dates.ts";
import { decode, SIZE_LIMIT } from "./decode.ts";
import { layOut, splitLines, webAddress } from "./layout.ts";
import { inlineMarkup } from "./markup.ts";
import { firstWords, publicationDate, readPreamble } from "./metadata.ts";

/** Endings of the files that are read. */
export const EXTENSIONS: readonly string[] = [".txt", ".md", ".markdown", ".text"];

/** What a caller knows of a document better than its text says. `date` is YYYY-MM-DD. */
export interface Given {
  readonly title?: string;
  readonly date?: string;
  readonly source?: string;
  readonly url?: string;
}

/**
 * Reads a file's bytes. `file` is its name or path: the document is named after it where it bears no `id`, and errors name it.
 * The same bytes and name give the same document.
 * @throws {KnownError} file-too-large (over `limit` bytes), file-empty, file-binary, file-encoding, file-format
 */
export function read(bytes: Uint8Array, file: string, limit: number = SIZE_LIMIT): SourceDocument {
  return readText(decode(bytes, file, limit), parse(file).name);
}

/** Reads a decoded text; `name` is used where the text bears no `id`. */
export function readText(text: string, name: string, given: Given = {}): SourceDocument {
  const lines = splitLines(text);
  const preamble = readPreamble(text, lines);
  const layout = layOut(lines.slice(preamble.lines), given.title ?? preamble.title);
  const blocks = [...preamble.blocks, ...layout.blocks];

  const story = blocks.find((block) => block.kind === "paragraph");
  const opening = story ? text.slice(story.start, Math.min(story.end, story.start + 600)) : "";
  const inline = wireDateline(opening);
  const wire = inline ?? layout.wire;
  const source = given.source ?? preamble.source ?? layout.source ?? wire?.agency;
  const url = given.url ?? (preamble.url === undefined ? undefined : webAddress(preamble.url)) ?? layout.url;
  const stated = readDate(preamble.date ?? "");
  const date =
    given.date ??
    publicationDate({
      lines: layout.dates,
      ...(stated && { stated }),
      ...(wire && { wire }),
      ...(source !== undefined && { source }),
      ...(url !== undefined && { url }),
    });
  const title = given.title ?? preamble.title ?? layout.title ?? (firstWords(opening.slice(inline?.length ?? 0)) || name);

  const metadata = {
    title,
    ...(date !== undefined && { date }),
    ...(source !== undefined && { source }),
    ...(url !== undefined && { url }),
  };
  const markup = inlineMarkup(text, blocks);
  return { id: documentId(text, metadata), name: preamble.id ?? name, text, blocks, ...(markup.length > 0 && { markup }), ...metadata };
}

/** Line ends, Unicode form and white space at line ends do not make another document. */
function documentId(text: string, metadata: Given): DocumentId {
  const normalised = text
    .normalize("NFC")
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
  const { title, date, source, url } = metadata;
  return createHash("sha256")
    .update(JSON.stringify([normalised, title, date, source, url]))
    .digest("hex") as DocumentId;
}
