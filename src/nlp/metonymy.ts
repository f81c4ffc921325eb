/** Tells whether a capital or seat of power stands for its government or is just where something happens. */
import { GOVERNMENT_HEADS, GOVERNMENT_NOUNS, LOCATIVE_VERBS, PLACE_NOUNS, SOURCE_WORDS, TRANSFER_WORDS } from "./vocabulary.ts";
import type { Words } from "./words.ts";

/** Prepositions after which a town is a town. */
const WHERE = new Set([
  "in",
  "at",
  "near",
  "outside",
  "inside",
  "around",
  "through",
  "into",
  "via",
  "throughout",
  "across",
  "above",
  "beyond",
  "off",
  "beside",
  "towards",
  "toward",
  "onto",
  "past",
]);
/** Prepositions after which it acts or is acted on. */
const WHO = new Set([
  "with",
  "by",
  "against",
  "between",
  "without",
  "for",
  "among",
  "upon",
  "like",
  "unlike",
  "than",
  "alongside",
  "versus",
  "on",
  "under",
]);

/**
 * How the sentence uses a town or building that is also a government: "state" for "Ankara said", "between Moscow and Kyiv",
 * "Ankara's offer"; "place" for "in Moscow", "flew to Kyiv", "attacked Kyiv". `kind` tells a capital from a seat, since seats
 * ("Kremlin") rarely are places.
 */
export function stateOrPlace(words: Words, first: number, last: number, kind: "capital" | "seat"): "state" | "place" {
  const after = words.lower[last] ?? "";
  if (/^['’]s?$/.test(after) && words.tokens[last]?.xpos !== "''") return possessor(words, last);
  const before = cueBefore(words, first);
  const preposition = before === undefined ? "" : (words.lower[before] ?? "");
  const parent = before === undefined ? -1 : governor(words, before);
  const parentLemma = lemma(words, parent);
  // A noun that the name modifies: "the Kremlin spokesman", "the Abuja meeting".
  if (words.tokens[last]?.upos === "NOUN" && !words.attached(last) && PLACE_NOUNS.has(after)) return "place";
  const noun = modified(words, first, last);
  if (noun !== undefined) {
    if (GOVERNMENT_NOUNS.has(words.lower[noun] ?? "")) return "state";
    return kind === "seat" ? "state" : "place";
  }
  if (before === undefined) {
    const verb = objectOf(words, first);
    if (verb !== undefined) return LOCATIVE_VERBS.has(lemma(words, verb)) ? "place" : "state";
    return "state";
  }
  if (preposition === "of") {
    const of = words.lower[before - 1] ?? "";
    if (
      /^(city|town|capital|streets|outskirts|suburb|suburbs|fall|siege|battle|mayor|centre|center|north|south|east|west|part|airport|university)$/.test(
        of,
      )
    ) {
      return "place";
    }
    return PLACE_NOUNS.has(of) ? "place" : "state";
  }
  // "lashed out at Moscow", "anger at Moscow"
  if (
    preposition === "at" &&
    /^(back|out|anger|fury|outrage|dismay|swipe|dig|barb|jibe|frustration|irritation)$/.test(words.lower[before - 1] ?? "")
  )
    return "state";
  if (WHERE.has(preposition)) {
    if (preposition === "in" && GOVERNMENT_HEADS.has(words.lower[before - 1] ?? "")) return "state";
    // "officials in Lutha", unlike "UN officials in Lutha"
    if (
      preposition === "in" &&
      /^(officials|lawmakers|parliament|ministry|cabinet|generals)$/.test(words.lower[before - 1] ?? "") &&
      !words.tokens.slice(Math.max(0, before - 2), before - 1).some(({ upos, xpos }) => upos === "PROPN" || xpos.startsWith("NNP")) &&
      !/^(['’]s|['’]|european|african|american|western)$/.test(words.lower[before - 2] ?? "")
    )
      return "state";
    if (preposition === "in" && /^(confidence|trust|faith|interest)$/.test(words.lower[before - 1] ?? "")) return "state";
    return "place";
  }
  if (preposition === "to") {
    const left = leftContent(words, before);
    if (/^(visit|trip|tour|journey|return|flight|voyage|pilgrimage)$/.test(left)) return "place";
    return TRANSFER_WORDS.has(parentLemma) || TRANSFER_WORDS.has(left) ? "state" : "place";
  }
  if (preposition === "from") {
    const left = leftContent(words, before);
    return SOURCE_WORDS.has(parentLemma) || SOURCE_WORDS.has(left) ? "state" : kind === "seat" ? "state" : "place";
  }
  if (preposition === "over" || preposition === "about") return kind === "seat" ? "state" : "place";
  if (WHO.has(preposition)) {
    if (preposition === "for" && /^(leave|depart|head|set|bind|fly|sail|embark)$/.test(parentLemma)) return "place";
    if (
      preposition === "on" &&
      /^(march|converge|descend|advance|attack|assault|raid|strike|airstrike|bombing|fly|fire|rain)$/.test(parentLemma)
    )
      return "place";
    if (preposition === "against" && /^(airstrike|raid|offensive)$/.test(parentLemma)) return "place";
    return "state";
  }
  return "state";
}

function lemma(words: Words, token: number): string {
  return (words.tokens[token]?.lemma ?? "").toLowerCase();
}

function possessor(words: Words, last: number): "state" | "place" {
  let token = last + 1;
  while (token < words.length && /^(ADJ|NUM|ADV)$/.test(words.tokens[token]?.upos ?? "")) token += 1;
  return /^(streets?|suburbs?|outskirts|airport|airports|mayor|residents?|squares?|skyline|centre|center|metro|hotels?|university|districts?)$/.test(
    words.lower[token] ?? "",
  )
    ? "place"
    : "state";
}

/** The preposition that governs the name at `first`, looking back over its article, its adjectives and names coordinated before it. */
function cueBefore(words: Words, first: number): number | undefined {
  let token = first - 1;
  for (let steps = 0; token >= 0 && steps < 14; steps += 1, token -= 1) {
    const upos = words.tokens[token]?.upos;
    const lower = words.lower[token] ?? "";
    if (/^(the|nearby|central|northern|southern|eastern|western|downtown|both|either|neither|rebel-held)$/.test(lower)) continue;
    if (upos === "ADP" || lower === "to") return token;
    if (/^(in|at|to|from|of|with|by|between|against|for|near|on|over)$/.test(lower)) return token;
    // Coordination: "between Moscow and Kyiv", "in Moscow, Paris and Rome".
    if (
      (lower === "and" || lower === "or" || lower === "," || lower === "nor" || lower === "/") &&
      words.capital(token - 1) &&
      conjoined(words, first, token)
    )
      continue;
    if (
      words.capital(token) &&
      token < first - 1 &&
      !/^(said|,)$/.test(lower) &&
      /^(and|or|,|nor|\/)$/.test(words.lower[token + 1] ?? "")
    ) {
      // A run of capitals back to its start.
      while (token > 0 && words.capital(token - 1)) token -= 1;
      continue;
    }
    return undefined;
  }
  return undefined;
}

/** Whether the tree (or, failing it, an "and" between two names) coordinates the name at `first` with the one before `separator`. */
function conjoined(words: Words, first: number, separator: number): boolean {
  let token = first;
  for (let steps = 0; steps < 4; steps += 1) {
    if (words.relation(token) === "conj") {
      const head = words.head(token);
      return head < separator && (words.tokens[head]?.upos === "PROPN" || words.capital(head));
    }
    const head = words.head(token);
    if (head < first || head > first + 2) break;
    token = head;
  }
  return false;
}

/** The word that a preposition's phrase hangs on. */
function governor(words: Words, preposition: number): number {
  const noun = words.head(preposition);
  return noun < 0 ? -1 : words.head(noun);
}

function leftContent(words: Words, token: number): string {
  for (let at = token - 1; at >= Math.max(0, token - 3); at -= 1) {
    const upos = words.tokens[at]?.upos;
    if (upos === "NOUN" || upos === "VERB" || upos === "ADJ") return lemma(words, at) || (words.lower[at] ?? "");
    if (upos === "PUNCT") break;
  }
  return "";
}

/** The noun right after the name that it modifies, if any. */
function modified(words: Words, first: number, last: number): number | undefined {
  let token = last;
  while (
    token < words.length &&
    (words.tokens[token]?.upos === "ADJ" ||
      (words.tokens[token]?.upos === "NOUN" && words.tokens[token + 1]?.upos === "NOUN" && !words.attached(token + 1)))
  ) {
    token += 1;
  }
  if (words.tokens[token]?.upos !== "NOUN") return undefined;
  const head = words.head(first);
  const relation = words.relation(first);
  const modifies =
    head >= last &&
    head <= token + 1 &&
    (relation === "compound" ||
      relation === "nmod" ||
      relation === "amod" ||
      relation === "nmod:desc" ||
      relation === "nmod:unmarked" ||
      relation === "dep");
  return modifies ? token : undefined;
}

function objectOf(words: Words, first: number): number | undefined {
  for (let token = first, steps = 0; steps < 6; steps += 1) {
    const relation = words.relation(token);
    const head = words.head(token);
    if (relation === "obj") return head;
    if (relation === "nsubj:pass") return head;
    if (relation !== "conj" && relation !== "compound" && relation !== "flat") return undefined;
    token = head;
  }
  return undefined;
}
