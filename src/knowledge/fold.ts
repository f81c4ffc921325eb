/** One way to compare names: without case, accents, dots of abbreviations or punctuation between words. */

const SINGLE: Readonly<Record<string, string>> = {
  ı: "i",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  "’": "'",
  "‘": "'",
  ʼ: "'",
};

const ASCII = /^[\x20-\x7e]*$/;
const PLAIN = /^[A-Za-z0-9]+$/;

/** Lower case without accents: "Erdoğan" and "ERDOGAN" give "erdogan". Length may change. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ıøłđðþßæœ’‘ʼ]/g, (character) => SINGLE[character] ?? character);
}

/**
 * The folded words of a name: split at everything that is neither letter nor digit, dotted abbreviations joined.
 * "Nagorno-Karabakh" gives ["nagorno", "karabakh"], "U.S. Treasury" gives ["us", "treasury"].
 */
export function foldedWords(name: string): string[] {
  if (PLAIN.test(name)) return [name.toLowerCase()];
  return fold(name.replace(/(?<!\p{L})(?:\p{L}\.){2,}|(?<!\p{L})(?:\p{L}\.)+\p{L}(?!\p{L})/gu, (letters) => letters.replaceAll(".", "")))
    .split(/[^\p{L}\p{N}&]+/u)
    .filter((word) => word !== "");
}
