/** One way to compare names: without case, accents, dots of abbreviations or punctuation between words. */
import { fold } from "../model/letters.ts";

const PLAIN = /^[A-Za-z0-9]+$/;

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

/** A name as a key: two names with the same key are spelled alike but for case, accents, punctuation and a leading "the". */
export function nameKey(name: string): string {
  const words = foldedWords(name);
  if (words[0] === "the" && words.length > 1) words.shift();
  return words.length > 0 ? words.join(" ") : fold(name);
}

const PARTICLE =
  /^(al|el|ul|ad|as|ar|bin|ibn|bint|binti|abu|ould|de|del|della|dello|di|da|dos|das|du|la|le|las|los|van|von|der|den|ter|ten|y|e|zu|af|av)$/;
const GENERATION = /^(jr|sr|ii|iii|iv)$/;

/** The folded words of a person's name that tell who it is: without particles ("al-", "von der") and "Jr." behind. */
export function personWords(name: string): string[] {
  const all = foldedWords(name);
  const words = all.filter((word, at) => !PARTICLE.test(word) && !(at > 1 && GENERATION.test(word)));
  return words.length > 0 ? words : all;
}

/**
 * What is left of a transliterated word when the usual doubts are taken out: "Pashinyan" and "Pashinian", "Zelensky" and "Zelenskiy",
 * "Qaddafi" and "Kadafi" give the same.
 */
export function transliteration(word: string): string {
  let found = transliterations.get(word);
  if (found === undefined) {
    found = transliterate(word);
    if (transliterations.size >= LARGEST_CACHE) transliterations.clear();
    transliterations.set(word, found);
  }
  return found;
}

const LARGEST_CACHE = 20_000;
const transliterations = new Map<string, string>();

function transliterate(word: string): string {
  return fold(word)
    .replace(/[iy]+(?=[aeou])/g, "y")
    .replace(/[iy]+$/g, "y")
    .replace(/ei|ey|ay|ai/g, "e")
    .replace(/ou|oo/g, "u")
    .replace(/kh/g, "h")
    .replace(/ck|q/g, "k")
    .replace(/ph/g, "f")
    .replace(/w/g, "v")
    .replace(/dzh|dj/g, "j")
    .replace(/tch/g, "ch")
    .replace(/(.)\1/g, "$1");
}
