/** Stretches of capitalised words, and what their shape alone says. */
import type { Hit } from "./gazetteer.ts";
import {
  ORGANIZATION_NOUNS,
  EVENT_NOUNS,
  PLACE_NOUNS,
  PLACE_OPENERS,
  AGREEMENT_NAME_NOUNS,
  NAME_PARTICLES,
  CALENDAR,
  FUNCTION_WORDS,
} from "./vocabulary.ts";
import type { Words } from "./words.ts";

/** Tokens `first` to `last` (exclusive) of a sentence. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** Whose body a name may say that it is. */
const MEMBERS = /^(people|peoples|workers?|women|children|citizens?|soldiers|mothers|farmers|peasants|students?|writers|teachers)$/;

/** Stretches of capitalised words, with particles ("bin", "von der") and hyphens inside, broken at commas and possessives. */
export function capitalRuns(words: Words, hits: readonly Hit[]): Run[] {
  const covered = new Set<number>();
  for (const hit of hits) for (let token = hit.first; token < hit.last; token += 1) covered.add(token);
  for (const name of words.sentence.names) for (let token = name.first; token < name.last; token += 1) covered.add(token);
  const demonyms = new Set(hits.filter((hit) => hit.last - hit.first === 1).map((hit) => hit.first));
  const isName = (token: number): boolean => {
    if (!words.capital(token)) return /^((al|el|ad|as|ul|e|i|ur|ud)-|[ld]['’])\p{Lu}/u.test(words.text[token] ?? "");
    const lower = (words.lower[token] ?? "").replace(/\.$/, "");
    if (CALENDAR.has(lower))
      return (
        lower === "may" && words.capital(token - 1) && !words.startsSentence(token) && !FUNCTION_WORDS.has(words.lower[token - 1] ?? "")
      );
    if (covered.has(token)) return true;
    if (FUNCTION_WORDS.has(lower)) return false;
    return !words.startsSentence(token) || words.tokens[token]?.upos === "PROPN" || words.capital(token + 1);
  };
  const runs: Run[] = [];
  let token = 0;
  while (token < words.length) {
    let first = token;
    if (!isName(token)) {
      if (startsWithParticle(words, token) && isName(token + 2)) first = token;
      else {
        token += 1;
        continue;
      }
    }
    let last = first + (isName(first) ? 1 : 3);
    for (;;) {
      if (last < words.length && isName(last) && !(words.attached(last) && demonyms.has(last - 1))) last += 1;
      else if (words.text[last] === "." && words.joins(last) && isName(last + 1) && (words.text[last - 1]?.length ?? 9) <= 3) last += 1;
      else if (isHyphen(words, last) && words.attached(last) && words.attached(last + 1)) {
        if (demonyms.has(last - 1) && !isName(last + 1)) break;
        const within = hits.some((hit) => hit.first < last && hit.last > last);
        if (demonyms.has(last - 1) && demonyms.has(last + 1) && !within && !leadsToNoun(words, last + 2)) break;
        last += 2;
      } else if (
        // "the National People's Congress"
        /^['’]s?$/.test(words.text[last] ?? "") &&
        MEMBERS.test(words.lower[last - 1] ?? "") &&
        words.capital(last - 1) &&
        isName(last + 1) &&
        !demonyms.has(last + 1)
      )
        last += 2;
      else {
        const past = skipParticles(words, last);
        if (past > last && isName(past)) last = past;
        else break;
      }
    }
    runs.push({ first, last: Math.min(last, words.length) });
    token = last;
  }
  return runs;
}

/** "Nato-Russia Council": whether the capitalised words from here end in the noun of a body or agreement. */
function leadsToNoun(words: Words, token: number): boolean {
  let last = token;
  while (words.capital(last)) last += 1;
  const noun = words.lower[last - 1] ?? "";
  return last > token && (ORGANIZATION_NOUNS.has(noun) || AGREEMENT_NAME_NOUNS.has(noun));
}

export function isHyphen(words: Words, token: number): boolean {
  return /^[-‐‑–]$/.test(words.text[token] ?? "");
}

/** "al - Sisi" at the start of a name, tokenised apart. */
function startsWithParticle(words: Words, token: number): boolean {
  return (
    NAME_PARTICLES.has(words.lower[token] ?? "") && isHyphen(words, token + 1) && words.attached(token + 1) && words.capital(token + 2)
  );
}

function skipParticles(words: Words, token: number): number {
  let past = token;
  while (past < token + 3) {
    const lower = words.lower[past] ?? "";
    if (!NAME_PARTICLES.has(lower)) break;
    past += 1;
    if (isHyphen(words, past) && words.attached(past) && words.attached(past + 1)) past += 1;
    else if (lower === "as" || lower === "ad" || lower === "ul") return token;
  }
  return past;
}

export function endsBody(words: Words, first: number, last: number): boolean {
  for (let token = first; token < last; token += 1) {
    const lower = words.lower[token] ?? "";
    if (token > first || last - first === 1) {
      if (ORGANIZATION_NOUNS.has(lower) || AGREEMENT_NAME_NOUNS.has(lower) || EVENT_NOUNS.has(lower)) return true;
      if (token === last - 1 && PLACE_NOUNS.has(lower) && lower !== "hill" && lower !== "park" && lower !== "garden") return true;
    }
  }
  return false;
}

export function acronym(words: Words, first: number, last: number): boolean {
  const text = words.text.slice(first, last).join("");
  return (
    (last - first === 1 || words.text.slice(first, last).some((_, at) => isHyphen(words, first + at))) &&
    /^\p{Lu}[\p{Lu}\p{N}.-]+$/u.test(text)
  );
}

/** Capitalised words of small letters only, no place or body noun at the end: as people are called. */
export function plainName(words: Words, first: number, last: number): boolean {
  for (let token = first; token < last; token += 1) if (!/^\p{Lu}[\p{Ll}'’-]+$/u.test(words.text[token] ?? "")) return false;
  return !PLACE_OPENERS.has(words.lower[first] ?? "");
}
