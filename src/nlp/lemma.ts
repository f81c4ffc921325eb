/** The dictionary form of a word from its spelling and tags: a table of exceptions first, spelling rules after. */
import { readFileSync } from "node:fs";

/** Inflection classes; the rows of `lemmas.tsv` begin with one. */
export const LEMMA_CLASSES = ["verb", "noun", "name", "adjective", "adverb", "other"] as const;
export type LemmaClass = (typeof LEMMA_CLASSES)[number];

/** The verbs of English: base forms, and base forms by irregular past or participle. */
export interface Verbs {
  readonly base: ReadonlySet<string>;
  readonly irregular: ReadonlyMap<string, string>;
}

interface Lexicon {
  readonly verbs: Verbs;
  readonly exceptions: Readonly<Record<LemmaClass, ReadonlyMap<string, string>>>;
}

let loaded: Lexicon | undefined;

/** Read once, on first use. */
function lexicon(): Lexicon {
  loaded ??= {
    verbs: readVerbs(),
    exceptions: parseExceptions(lines("weights/lemmas.tsv")),
  };
  return loaded;
}

/** `lexicon/verbs.txt` and `lexicon/irregular-verbs.txt`. */
export function readVerbs(): Verbs {
  const irregular = new Map<string, string>();
  for (const line of lines("lexicon/irregular-verbs.txt")) {
    const [base = "", ...forms] = line.split(/[ /]/u);
    for (const form of forms) irregular.set(form, base);
  }
  return { base: new Set(lines("lexicon/verbs.txt")), irregular };
}

function lines(file: string): string[] {
  return readFileSync(new URL(`../../src/knowledge/${file}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "));
}

function parseExceptions(rows: readonly string[]): Lexicon["exceptions"] {
  const tables = Object.fromEntries(LEMMA_CLASSES.map((name) => [name, new Map<string, string>()])) as Record<
    LemmaClass,
    Map<string, string>
  >;
  for (const row of rows) {
    const [name, form, lemma] = row.split("\t");
    const table = tables[name as LemmaClass] as Map<string, string> | undefined;
    if (!table || !form || !lemma) throw new Error(`weights/lemmas.tsv: not a row: ${row}`);
    table.set(form, lemma);
  }
  return tables;
}

/**
 * Lemma of a word, by the conventions of the English UD treebanks: lower case, except for names and what is written like one
 * ("American", "TV"); "n't" is "not", "an" is "a", "him" is "he".
 */
export function lemmaOf(form: string, upos: string, xpos: string): string {
  if (form.length > 60) return form;
  const spelling = plainSpelling(form);
  const name = lemmaClass(upos, xpos);
  const { exceptions, verbs } = lexicon();
  const key = exceptionKey(spelling, name, xpos);
  return exceptions[name].get(key) ?? ruledLemma(spelling, name, xpos, verbs);
}

/** A word with straight apostrophes and without the invisible characters that may stand in it. */
export function plainSpelling(form: string): string {
  return /[’\u00ad\u200c\u200d]/u.test(form) ? form.replaceAll("’", "'").replaceAll(/[\u00ad\u200c\u200d]/gu, "") : form;
}

export function lemmaClass(upos: string, xpos: string): LemmaClass {
  if (xpos.startsWith("NNP")) return "name";
  if (upos === "VERB") return "verb";
  if (upos === "NOUN") return "noun";
  if (upos === "ADJ") return "adjective";
  if (upos === "ADV") return "adverb";
  if (upos === "PROPN") return "name";
  return "other";
}

/** What a form is looked up by: inflections that share a spelling ("found", "lay", "'s") are told apart by the tag. */
export function exceptionKey(spelling: string, name: LemmaClass, xpos: string): string {
  if (name === "name") return `${spelling} ${xpos}`;
  return `${spelling.toLowerCase()} ${xpos}`;
}

/** Lemma by rule alone. */
export function ruledLemma(spelling: string, name: LemmaClass, xpos: string, verbs: Verbs): string {
  if (name === "name") return xpos === "NNPS" ? singular(spelling) : spelling;
  const lower = spelling.toLowerCase();
  switch (name) {
    case "verb":
      return verbLemma(lower, xpos, verbs);
    case "noun": {
      // "GDP", "MPs", "F16": written in capitals everywhere; longer words in capitals are a headline's.
      const kept = spelling !== lower && (/^\p{Lu}[\p{Lu}\p{N}&.]{0,3}s?$/u.test(spelling) || /\p{Ll}\p{Lu}/u.test(spelling));
      const base = kept ? spelling : lower;
      return xpos === "NNS" ? singular(base) : base;
    }
    case "adjective":
    case "adverb":
      if (xpos === "JJR" || xpos === "RBR") return ungraded(lower, "er");
      if (xpos === "JJS" || xpos === "RBS") return ungraded(lower, "est");
      return name === "adjective" && spelling !== lower && isDemonym(spelling) ? spelling : lower;
    case "other":
      if (xpos === "CD") return lower.replaceAll(",", "");
      return lower;
  }
}

function isDemonym(spelling: string): boolean {
  return /^\p{Lu}\p{Ll}+(?:ian|ean|ese|stani|[aeo]li|[rnqtbdm]i)$/u.test(spelling);
}

const CONSONANT = "[bcdfghjklmnpqrstvwxz]";
const DOUBLED = new RegExp(`(${CONSONANT})\\1$`, "u");

function verbLemma(lower: string, xpos: string, verbs: Verbs): string {
  if (xpos === "VBD" || xpos === "VBN") {
    const irregular = verbs.irregular.get(lower);
    if (irregular) return irregular;
    const prefix = PREFIX.exec(lower)?.[0] ?? "";
    const simple = prefix && verbs.irregular.get(lower.slice(prefix.length));
    if (simple && verbs.base.has(prefix + simple)) return prefix + simple;
  }
  const suffix = xpos === "VBZ" ? "s" : xpos === "VBG" ? "ing" : xpos === "VBD" || xpos === "VBN" ? "ed" : "";
  if (suffix === "" || !lower.endsWith(suffix) || lower.length <= suffix.length + 1) return lower;
  const stem = lower.slice(0, -suffix.length);
  const candidates: string[] = [];
  if (suffix === "s") {
    if (stem.endsWith("ie")) candidates.push(`${stem.slice(0, -2)}y`, stem);
    else if (/(?:s|x|z|ch|sh|o)e$/u.test(stem)) candidates.push(stem, stem.slice(0, -1));
    else return stem;
  } else {
    if (suffix === "ed" && stem.endsWith("i")) candidates.push(`${stem.slice(0, -1)}y`, `${stem}e`);
    if (suffix === "ing" && stem.endsWith("y")) candidates.push(stem, `${stem.slice(0, -1)}ie`);
    if (DOUBLED.test(stem)) candidates.push(stem, stem.slice(0, -1));
    // "singing" is of "sing", not "singe"; "hoping" is of "hope", not "hop".
    candidates.push(...(stem.endsWith("ng") ? [stem, `${stem}e`] : [`${stem}e`, stem]));
    if (/ck$/u.test(stem)) candidates.push(stem.slice(0, -1));
  }
  const known =
    candidates.find((candidate) => verbs.base.has(candidate)) ?? candidates.find((candidate) => verbs.base.has(inner(candidate)));
  if (known) return known;
  if (suffix === "s") return stem.endsWith("ie") ? `${stem.slice(0, -2)}y` : /(?:ss|x|zz|ch|sh)e$/u.test(stem) ? stem.slice(0, -1) : stem;
  if (suffix === "ed" && stem.endsWith("i")) return `${stem.slice(0, -1)}y`;
  if (DOUBLED.test(stem) && !/(?:ll|ss|ff|zz)$/u.test(stem)) return stem.slice(0, -1);
  return /(?:[cuvz]|[^n]g|[aeiou]s|[iua]at|i[rnt]|ur|[bdgkptz]l)$/u.test(stem) && !/[aeiou]{2}[rnt]$/u.test(stem) ? `${stem}e` : stem;
}

const PREFIX = /^(?:under|un|re|over|out|mis|dis|de|co|pre|counter|up|fore)-?/u;

/** The verb inside "re-impose", "outmanoeuvre". */
function inner(word: string): string {
  return word.includes("-") ? word.slice(word.lastIndexOf("-") + 1) : word.replace(PREFIX, "");
}

function singular(form: string): string {
  const lower = form.toLowerCase();
  if (form === form.toUpperCase() && lower.length > 3 && lower.endsWith("s")) {
    const one = singular(lower);
    return form.slice(0, one.length) + one.slice(form.length);
  }
  if (/(?:wo|^|[^u])men$/u.test(lower) && lower !== "omen") return `${form.slice(0, -2)}an`;
  if (!lower.endsWith("s") || /\ds$/u.test(lower) || /(?:ss|us|is|ous)$/u.test(lower) || lower.length < 3) return form;
  if (/[^aeiou]ies$/u.test(lower) && lower.length > 4) return `${form.slice(0, -3)}y`;
  if (/(?:ss|x|zz|ch|sh)es$/u.test(lower)) return form.slice(0, -2);
  if (/[^aeiou]oes$/u.test(lower) && lower.length > 5) return form.slice(0, -2);
  return lower.endsWith("'s") ? form.slice(0, -2) : form.slice(0, -1);
}

/** Positive of a comparative or superlative. */
function ungraded(lower: string, suffix: string): string {
  if (!lower.endsWith(suffix) || lower.length < suffix.length + 3) return lower;
  const stem = lower.slice(0, -suffix.length);
  if (stem.endsWith("i")) return `${stem.slice(0, -1)}y`;
  if (DOUBLED.test(stem) && !/(?:ll|ss|ff)$/u.test(stem)) return stem.slice(0, -1);
  return /(?:[^n]g|[cvz]|[ao]r|[^s]s|[bdt]l|[aiu][dt]|[aio]m|[iu]n|[aiou]p)$/u.test(stem) && !/[aeiou]{2}[dtmnp]$/u.test(stem)
    ? `${stem}e`
    : stem;
}
