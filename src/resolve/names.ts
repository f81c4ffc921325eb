/** Compares names of different documents: how near two of one kind are, with a reason that a user can check. */
import { foldedWords, nameKey, personWords, transliteration } from "../knowledge/fold.ts";

/** From certain to weak. `spelling`: the same consonants, other vowels, which is enough only for two of one country. `surname`: all that the shorter one gives is the other's surname (or, East Asian order, its first word). */
export type Nearness = "same" | "variant" | "shorter" | "spelling" | "surname";

/**
 * How near two persons' names are, or undefined when they are two names.
 * Same: equal but for case, accents, particles and punctuation. Variant: transliterated otherwise. Shorter: one leaves out middle names
 * or initials of the other.
 */
export function comparePersons(left: string, right: string): Nearness | undefined {
  const [a, b] = [personWords(left), personWords(right)];
  if (a.join(" ") === b.join(" ")) return "same";
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) {
    const word = short[0] ?? "";
    return long.length > 1 && (alike(word, long.at(-1)) || alike(word, long[0]))
      ? "surname"
      : alike(word, long[0]) && long.length === 1
        ? "variant"
        : undefined;
  }
  if (short.length === long.length) {
    if (short.every((word, at) => alike(word, long[at]))) return "variant";
    return short.every((word, at) => alike(word, long[at]) || spelledOtherwise(word, long[at])) ? "spelling" : undefined;
  }
  // "Recep Tayyip Erdogan" and "Recep Erdogan"; "Alexander M. Haig" and "Alexander Haig".
  if (!alike(short.at(-1), long.at(-1)) || !(alike(short[0], long[0]) || alike(short[0], long[1]))) return undefined;
  // "George W. Bush" and "George H. W. Bush": initials of both tell them apart.
  if (short.length > 2 && long.some((word) => word.length === 1 && !short.includes(word))) return undefined;
  let at = 0;
  for (const word of long) if (alike(word, short[at])) at += 1;
  return at === short.length ? "shorter" : undefined;
}

function alike(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (left === right) return true;
  return left.length > 3 && right.length > 3 && transliteration(left) === transliteration(right);
}

/**
 * "Hifter" and "Haftar", "Lukashenka" and "Lukashenko": the same consonants, and more than three of them or one vowel apart. An ending in a
 * vowel against one in a consonant is another name: "Martin" and "Martina".
 */
function spelledOtherwise(left: string, right: string | undefined): boolean {
  if (right === undefined || left.length < 5 || right.length < 5) return false;
  const [a, b] = [skeleton(left), skeleton(right)];
  if (a !== b || VOWEL_END.test(left) !== VOWEL_END.test(right)) return false;
  if (a.length > 3) return true;
  const [one, other] = [transliteration(left), transliteration(right)];
  return one.length === other.length && [...one].filter((letter, at) => letter !== other[at]).length <= 1;
}

const VOWEL_END = /[aeiou]$/;

/** A word's consonants, transliterated. */
function skeleton(word: string): string {
  return transliteration(word.replaceAll("x", "ks")).replaceAll(/[aeiouy]/g, "");
}

/** Words that a body or agreement of any country may bear: a name of these alone tells none of them apart. */
const COMMON = new Set(
  `national supreme federal central state states royal general public foreign interior home internal external defence defense finance
  justice economic political military armed people peoples popular democratic republican united joint high house of the and for on
  representatives commons lords deputies senate congress parliament assembly council court ministry department office government cabinet
  committee commission bank army navy air force forces police guard guards party union front security service services intelligence affairs
  agency authority chamber constitutional electoral election transitional revolutionary coalition movement opposition labour labor
  conservative liberal socialist green greens democrats republicans agreement agreements accord accords treaty pact deal truce ceasefire
  cease fire memorandum understanding declaration protocol convention charter framework peace final cooperation trade free joint bilateral
  trilateral draft resolution friendship status package withdrawal technical comprehensive partnership strategic roadmap road map
  armistice settlement signed in a`.split(/\s+/),
);

/** Whether a name says too little to be one thing in every document: "House of Representatives", "Ceasefire Agreement". */
export function isCommonName(name: string): boolean {
  return foldedWords(name).every((word) => COMMON.has(word));
}

/** "10 November 2020 agreement", "ceasefire signed in June": a description, not a name. */
export function isDescription(name: string): boolean {
  return /^\p{Ll}|^\p{N}{1,2} \p{Lu}\p{Ll}+ \p{N}{4} /u.test(name.replace(/^the /, ""));
}

/** "FARC", "R-ARCSS". */
export function isAcronym(name: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}.-]{2,}$/u.test(name);
}

/** Readable end of an id: "Recep Tayyip Erdoğan" gives "recep-tayyip-erdogan". */
export function slug(name: string): string {
  return nameKey(name).replaceAll(" ", "-") || "unnamed";
}

/** Keys under which a name is looked for: its words for comparing. A pair without a common key is never compared. */
export function blockingKeys(kind: string, name: string): string[] {
  if (kind !== "person") return [nameKey(name)];
  const words = personWords(name);
  const [first, last] = [words[0] ?? "", words.at(-1) ?? ""];
  return [...new Set([transliteration(last), transliteration(first), last.length < 5 ? "" : `~${skeleton(last)}`])].filter(
    (key) => key !== "",
  );
}
