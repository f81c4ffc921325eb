/** Bytes -> text: size limit, binary files, Unicode with and without byte order mark, Windows code pages. */
import { analyse } from "chardet";
import { KnownError } from "../model/errors.ts";

/** Largest file that is read, in bytes, unless the caller says otherwise. */
export const SIZE_LIMIT = 20_000_000;

/** Openings of formats that are not text, with the words the user sees. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x25, 0x50, 0x44, 0x46, 0x2d], "a PDF"],
  [[0x50, 0x4b, 0x03, 0x04], "a zip archive or an office document"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old office document"],
  [[0x1f, 0x8b], "a gzip archive"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG image"],
  [[0xff, 0xd8, 0xff], "a JPEG image"],
  [[0x47, 0x49, 0x46, 0x38], "a GIF image"],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20], "an SQLite database"],
];

/**
 * The text of a file, its byte order mark removed and nothing else changed. `file` names it in errors.
 * @throws {KnownError} file-too-large, file-empty, file-binary, file-encoding, file-format
 */
export function decode(bytes: Uint8Array, file: string, limit: number = SIZE_LIMIT): string {
  if (bytes.length > limit) throw tooLarge(file, bytes.length, limit);
  if (bytes.length === 0) throw empty(file);
  for (const [signature, what] of SIGNATURES) {
    if (signature.every((byte, index) => bytes[index] === byte)) {
      throw new KnownError("file-binary", `${file}: is ${what}, not text; save its text as a .txt file in UTF-8.`);
    }
  }
  const text = decodeUnicode(bytes, file) ?? decodeCodePage(bytes, file);
  if (!/\S/u.test(text)) throw empty(file);
  refuseControls(text, file);
  if (/^\s*(?:<!doctype html|<html[\s>])/iu.test(text)) {
    throw new KnownError("file-format", `${file}: is a web page; save the article's text as a .txt or .md file.`);
  }
  if (text.startsWith("{\\rtf")) throw new KnownError("file-format", `${file}: is rich text (RTF); save it as plain text.`);
  return text;
}

/** The error for a file of `size` bytes, over the limit: also for callers that look at the size before they read. */
export function tooLarge(file: string, size: number, limit: number = SIZE_LIMIT): KnownError {
  const megabytes = (value: number) => `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;
  return new KnownError("file-too-large", `${file}: ${megabytes(size)}, over the limit of ${megabytes(limit)}; split it into articles.`);
}

function empty(file: string): KnownError {
  return new KnownError("file-empty", `${file}: holds no text; remove it or put the article's text into it.`);
}

/** Text in UTF-8 or UTF-16; undefined where the bytes are neither. */
function decodeUnicode(bytes: Uint8Array, file: string): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (
    (first === 0xff && second === 0xfe && third === 0 && fourth === 0) ||
    (first === 0 && second === 0 && third === 0xfe && fourth === 0xff)
  ) {
    throw new KnownError("file-encoding", `${file}: is UTF-32, which is not read; save it as UTF-8.`);
  }
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : unmarkedUtf16(bytes);
  if (encoding) {
    const text = strictly(encoding, bytes);
    if (text === undefined) throw new KnownError("file-encoding", `${file}: is damaged UTF-16; save it anew as UTF-8.`);
    return text;
  }
  return strictly("utf-8", bytes);
}

/** UTF-16 without a mark: English text in it has a zero in nearly every second byte. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const length = Math.min(bytes.length, 4096) & ~1;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] as number) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > length * 0.3 && even < length * 0.02) return "utf-16le";
  if (even > length * 0.3 && odd < length * 0.02) return "utf-16be";
  return undefined;
}

function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Words, as Latin-1, with a letter that tells Windows-1254 from Windows-1252: ğ ı ş and their capitals stand where the other has ð ý þ. */
const TELLING_WORD = /[a-z\xc0-\xff]*[\xd0\xdd\xde\xf0\xfd\xfe][a-z\xc0-\xff]*/giu;
/** Letters that Turkish words do not have, and Icelandic, Czech or Faroese ones that have ð ý þ mostly do: á é í ó ú æ. */
const NOT_TURKISH = /[\xc1\xc9\xcd\xd3\xda\xc6\xe1\xe9\xed\xf3\xfa\xe6]/u;
/** What Windows-1252 has at 0x80 to 0x9f. Node 20's own decoder takes it for Latin-1 and gives control characters there. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
/** Bytes that it leaves free. */
const UNDEFINED_BYTES: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const MULTI_BYTE = /^(?:Shift_JIS|EUC-|GB18030|Big5)/u;

/**
 * Text in a code page. English text has few letters beyond ASCII, too few to tell western code pages apart by statistics: those
 * are told by the letters in question; the detector decides only on texts that are mainly in another alphabet.
 */
function decodeCodePage(bytes: Uint8Array, file: string): string {
  const { high, sequences, firstBad } = highBytes(bytes);
  if (high === 0 || sequences * 4 > high) {
    throw new KnownError("file-encoding", `${file}: is damaged UTF-8 (byte ${firstBad + 1} is wrong); save it anew as UTF-8.`);
  }
  if (high > bytes.length * 0.3) {
    const found = analyse(bytes.subarray(0, 65_536)).find((match) => match.confidence >= 40 && !match.name.startsWith("UTF"));
    const text = found && strictly(found.name, bytes);
    if (text !== undefined) return text;
  } else {
    const detected = analyse(bytes.subarray(0, 65_536))[0];
    if (detected && detected.confidence >= 80 && MULTI_BYTE.test(detected.name)) {
      const text = strictly(detected.name, bytes);
      if (text !== undefined) return text;
    }
    if (!bytes.some((byte) => UNDEFINED_BYTES.has(byte))) {
      const letters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
      const telling = letters.match(TELLING_WORD) ?? [];
      if (telling.filter((word) => !NOT_TURKISH.test(word)).length * 2 > telling.length)
        return new TextDecoder("windows-1254").decode(bytes);
      return letters.replace(/[\x80-\x9f]/gu, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80));
    }
  }
  throw new KnownError("file-encoding", `${file}: its text encoding was not recognised; save it as UTF-8.`);
}

/** Bytes beyond ASCII, how many of them stand in sound UTF-8 sequences, and the first that does not. */
function highBytes(bytes: Uint8Array): { high: number; sequences: number; firstBad: number } {
  let [high, sequences, firstBad] = [0, 0, -1];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    let sound = length > 1 && lead < 0xf5;
    for (let next = 1; next < length; next++) sound &&= ((bytes[at + next] ?? 0) & 0xc0) === 0x80;
    if (!sound && firstBad < 0) firstBad = at;
    const step = sound ? length : 1;
    if (sound) sequences += length;
    high += step;
    at += step;
  }
  return { high, sequences, firstBad };
}

/** Refuses what decodes but is no text: zeros, or more than one control character in two hundred. */
function refuseControls(text: string, file: string): void {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0) throw binary(file);
    if (code < 0x20 && (code < 0x09 || code > 0x0d)) controls++;
  }
  if (controls * 200 > text.length) throw binary(file);
}

function binary(file: string): KnownError {
  return new KnownError("file-binary", `${file}: is binary, not text; save its text as a .txt file in UTF-8.`);
}
