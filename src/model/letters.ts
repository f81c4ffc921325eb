/** Letters as people type them: without case, accents and typographic apostrophes. One folding for names, search and viewer. */

/** Letters that Unicode does not decompose into a base letter and a mark, as they are written where the letter is not at hand. */
const BASE: Readonly<Record<string, string>> = {
  ı: "i",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ħ: "h",
  ŧ: "t",
  ə: "a",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  "’": "'",
  "‘": "'",
  ʼ: "'",
};
const SINGLE = new RegExp(`[${Object.keys(BASE).join("")}]`, "gu");
const ASCII = /^[\x20-\x7e]*$/;

/** Lower case without accents: "Erdoğan" and "ERDOGAN" give "erdogan". Length may change. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(SINGLE, (letter) => BASE[letter] ?? letter);
}
