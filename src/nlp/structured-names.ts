/** Names built around a noun that says what they are: bodies, agreements, places; and events, which are no nodes. */
import type { Knowledge } from "../knowledge/types.ts";
import type { EntityKind } from "../model/graph.ts";
import { acronym, endsBody, type Run } from "./capital-runs.ts";
import type { Hit } from "./gazetteer.ts";
import type { Proposal } from "./names.ts";
import {
  ORGANIZATION_NOUNS,
  STATE_BODY_PHRASES,
  EVENT_NOUNS,
  FOREIGN_BODIES,
  FOREIGN_LINKS,
  PLACE_NOUNS,
  PLACE_OPENERS,
  AGREEMENT_NAME_NOUNS,
  NAME_LINKS,
  CALENDAR,
  ROLE_NOUNS,
} from "./vocabulary.ts";
import type { Words } from "./words.ts";

/** Names built around a noun that says what they are: bodies, agreements, places; and events, which are no nodes. */
export function structured(
  words: Words,
  run: Run,
  runs: readonly Run[],
  hits: readonly Hit[],
  titleTokens: ReadonlySet<number>,
  knowledge: Knowledge,
): Proposal[] {
  let first = run.first;
  for (let token = run.first; token < run.last; token += 1) if (titleTokens.has(token)) first = token + 1;
  if (first >= run.last) return [];
  const joined = possessiveOpening(words, runs, run);
  if (joined !== undefined) first = joined;
  const proposals: Proposal[] = [];
  for (let noun = run.last - 1; noun >= first; noun -= 1) {
    const kind = structuredKind(words, noun, knowledge);
    if (kind === undefined) continue;
    const last = extended(words, kind, noun, run, runs, hits);
    const dated = kind === "organization" && DATED_BODIES.test(words.lower[noun] ?? "") && datedStart(words, first) < first;
    const premodified = noun > first || dated;
    const rest = run.last - 1 - noun;
    // "Treaty of Guarantee" opens with its noun, "Lahore Declaration" ends with it: a noun in the middle of a run is neither.
    if (rest > 0 && !numeral(words, noun + 1, run.last)) {
      if (kind === "place" && PLACE_OPENERS.has(words.lower[noun] ?? "")) {
        proposals.push({ first: noun, last: run.last, kind, strength: 81, reason: `place noun: ${words.lower[noun]}` });
      }
      continue;
    }
    if (!premodified && last === run.last && rest === 0) continue;
    const own = leadingState(words, first, noun, last, hits);
    if (own === "body") break;
    const opening = kind === "place" || kind === "none" ? undefined : jointOpening(words, runs, first, hits);
    const start = opening ?? (kind === "agreement" || dated ? datedStart(words, own ?? first) : (own ?? first));
    const reason = `${kind === "none" ? "event" : kind} noun: ${words.lower[noun]}`;
    proposals.push({
      first: start,
      last,
      kind,
      strength: kind === "agreement" ? 100 : kind === "none" ? 85 : kind === "place" ? 80 : 90,
      reason,
    });
    if (kind === "agreement" && words.lower[noun] === "resolution" && noun - start > 0) {
      proposals.push({ first: start, last: noun, kind: "organization", strength: 99, reason: "body of the resolution" });
    }
    break;
  }
  proposals.push(...foreignBody(words, first, run.last));
  proposals.push(...buildingWithCommonNoun(words, run, hits), ...agreementWithCommonNoun(words, run, hits, knowledge));
  return proposals;
}

/** "resolution 1701 (2006)", "General Assembly resolution ES-11/1": told by its number, in small letters too; the body is named inside. */
export function numberedResolutions(words: Words, hits: readonly Hit[]): Proposal[] {
  const proposals: Proposal[] = [];
  for (let noun = 0; noun < words.length - 1; noun += 1) {
    if (words.lower[noun] !== "resolution" || !/^(\p{Lu}+-)?\p{N}{1,4}(\/\p{N}{1,4})?$/u.test(words.text[noun + 1] ?? "")) continue;
    let last = noun + 2;
    if (words.text[last] === "(" && /^(19|20)\p{N}\p{N}$/u.test(words.text[last + 1] ?? "") && words.text[last + 2] === ")") last += 3;
    const body = hits.find((hit) => hit.last === noun && hit.meanings.some((meaning) => meaning.type === "organization"));
    const first = body?.first ?? noun;
    proposals.push({ first, last, kind: "agreement", strength: 100, reason: "numbered resolution" });
    if (body) proposals.push({ first, last: noun, kind: "organization", strength: 99, reason: "body of the resolution" });
  }
  return proposals;
}

/** "the royalist RPP-Nepal": unknown letters and their state are one body, unlike "US-China" and "an LTTE-Norway meeting". */
export function nationalParty(words: Words, run: Run, hits: readonly Hit[]): Proposal[] {
  for (let token = run.first; token < run.last - 2; token += 1) {
    const state = hits.find((hit) => hit.first === token + 2 && hit.meanings.some((one) => one.type === "state" && one.use === "name"));
    if (state === undefined || !/^\p{Lu}{3,}$/u.test(words.text[token] ?? "") || !/^[-‐‑]$/.test(words.text[token + 1] ?? "")) continue;
    if (hits.some((hit) => hit.first <= token && token < hit.last) || /^(NOUN|PROPN)$/.test(words.tokens[state.last]?.upos ?? "")) continue;
    return [{ first: token, last: state.last, kind: "organization", strength: 97, reason: "letters with a state" }];
  }
  return [];
}

/** "the Acquisition and | Cross-Servicing Agreement": the words before "and" are no name of their own. */
function jointOpening(words: Words, runs: readonly Run[], first: number, hits: readonly Hit[]): number | undefined {
  if (words.lower[first - 1] !== "and") return undefined;
  const before = runs.find((run) => run.last === first - 1);
  if (before === undefined || before.last - before.first > 3 || endsBody(words, before.first, before.last)) return undefined;
  // "Ruritanian Defense Minister and | War Cabinet": a title.
  if (titleLike(words, before.last - 1)) return undefined;
  if (hits.some((hit) => hit.last === before.last) || acronym(words, before.last - 1, before.last)) return undefined;
  if (words.sentence.names.some((name) => name.last === before.last && name.label !== "organization" && name.label !== "other"))
    return undefined;
  // "the Peace, Stability and Development Pact"
  let opening = before;
  for (;;) {
    const listed = words.text[opening.first - 1] === "," ? runs.find((run) => run.last === opening.first - 1) : undefined;
    if (listed === undefined || listed.last - listed.first > 1 || hits.some((hit) => hit.first < listed.last && hit.last > listed.first))
      break;
    opening = listed;
  }
  if (opening !== before && /^(the|its|their|a|an)$/.test(words.lower[opening.first - 1] ?? "")) return opening.first;
  const owned = /^(the|its|their|a|an)$/.test(words.lower[before.first - 1] ?? "") && words.capital(before.first);
  return owned || hits.some((hit) => hit.first === before.first) ? before.first : undefined;
}

/** "Coordination des Mouvements de l'Azawad", "Partido dos Trabalhadores": opened by a noun of another language. */
function foreignBody(words: Words, first: number, last: number): Proposal[] {
  const noun = words.lower[first] ?? "";
  if (last - first < 3 || !FOREIGN_BODIES.has(noun) || !FOREIGN_LINKS.has(words.lower[first + 1] ?? "")) return [];
  return [{ first, last, kind: "organization", strength: 90, reason: `organization noun: ${noun}` }];
}

/** Bodies that may be called by a day: "the 23 March Movement". */
const DATED_BODIES = /^(movement|front|alliance|brigades?|army|organi[sz]ation|coalition|group|party|battalion|committee)$/;

/** "the 2013 Brussels Agreement", "the June 15 North-South Joint Declaration": the date is part of the name. */
function datedStart(words: Words, first: number): number {
  let start = first;
  if (/^\p{N}{1,4}$/u.test(words.text[first - 1] ?? "")) start -= 1;
  if (start < first && CALENDAR.has((words.lower[start - 1] ?? "").replace(/\.$/, ""))) start -= 1;
  // "the 23 March Movement"
  else if (CALENDAR.has(words.lower[first - 1] ?? "") && /^\p{N}{1,2}(st|nd|rd|th)?$/u.test(words.text[first - 2] ?? "")) start = first - 2;
  return start < first && /^(the|a|an|its|their|that|this)$/.test(words.lower[start - 1] ?? "") ? start : first;
}

function numeral(words: Words, first: number, last: number): boolean {
  for (let token = first; token < last; token += 1) if (!/^([IVX]+|\p{N}+|\(|\))$/u.test(words.text[token] ?? "")) return false;
  return true;
}

const VENUES =
  /^(convention|conventions|conference|conferences|exhibition|exhibitions|expo|congress|trade|shopping|banquet|concert|town|city)$/;

function structuredKind(words: Words, token: number, knowledge: Knowledge): EntityKind | "none" | undefined {
  const lower = words.lower[token] ?? "";
  if (!words.capital(token)) return undefined;
  if (AGREEMENT_NAME_NOUNS.has(lower) || knowledge.agreementNouns.has(lower)) return "agreement";
  // "the Tirana Convention Center" is where one meets.
  if (/^(center|centre|complex|hall)$/.test(lower) && VENUES.test(words.lower[token - 1] ?? "") && words.capital(token - 1)) return "place";
  if (ORGANIZATION_NOUNS.has(lower)) return "organization";
  if (
    lower === "house" &&
    words.lower[token + 1] === "of" &&
    /^(commons|lords|representatives|assembly|peoples|people|elders|councill?ors|deputies|unity)$/.test(words.lower[token + 2] ?? "")
  ) {
    return "organization";
  }
  if (EVENT_NOUNS.has(lower)) return "none";
  if (PLACE_NOUNS.has(lower) || PLACE_OPENERS.has(lower)) return "place";
  return undefined;
}

/** Common nouns whose possessive may stand inside a name. */
const POSSESSIVES =
  /^(people|peoples|workers?|governor|wom[ae]n|men|children|citizens?|soldiers?|mothers|farmers|lord|students?|writers|king|queen)$/;

/** "Tigray People's Liberation Front", "Governor's House": the first token where a possessive common noun stands inside the name. */
function possessiveOpening(words: Words, runs: readonly Run[], run: Run): number | undefined {
  if (!/^['’]s?$/.test(words.text[run.first - 1] ?? "") || !words.capital(run.first - 2)) return undefined;
  if (!POSSESSIVES.test(words.lower[run.first - 2] ?? "")) return undefined;
  return runs.find((other) => other.last === run.first - 1)?.first ?? run.first - 2;
}

/** The end of the name when "of", "for", "on" and the like lead on to more capitalised words. */
function extended(words: Words, kind: EntityKind | "none", noun: number, run: Run, runs: readonly Run[], hits: readonly Hit[]): number {
  let last = run.last;
  if (kind === "none") return last;
  if (kind === "agreement" && /^\p{N}+$/u.test(words.text[last] ?? "") && words.lower[noun] === "resolution") last += 1;
  if (noun !== run.last - 1 && last === run.last) return last;
  let steps = 0;
  for (;;) {
    const link = words.lower[last] ?? "";
    const opening =
      kind === "place"
        ? link === "of"
        : kind === "organization"
          ? link === "of" ||
            link === "for" ||
            spelledOut(words, last, hits) !== undefined ||
            (link === "on" && /^(council|committee|commission|cent(er|re)|conference)$/.test(words.lower[noun] ?? ""))
          : // "the Vienna Accord between Norway and Kenya": its parties are named, and are no part of its name.
            link === "of" || link === "on" || link === "for" || (link === "between" && words.capital(last));
    if (steps === 0 && !opening) break;
    const whole = kind === "organization" ? spelledOut(words, last, hits) : undefined;
    if (whole !== undefined) return whole;
    if (!NAME_LINKS.has(link)) break;
    if (steps > 0 && kind === "place") break;
    let at = last;
    while (at < last + 4 && NAME_LINKS.has(words.lower[at] ?? "")) at += 1;
    const next = runs.find((other) => other.first <= at && at < other.last);
    if (next === undefined || !words.capital(at)) break;
    if (CALENDAR.has((words.lower[at] ?? "").replace(/\.$/, ""))) break;
    const isState = hits.some(
      (hit) => hit.first === at && hit.last === next.last && hit.meanings.some((meaning) => meaning.type === "state"),
    );
    const capitalCity = hits.some(
      (hit) =>
        hit.first === at &&
        hit.meanings.every((meaning) => meaning.type === "place" || (meaning.type === "state" && meaning.use === "capital")),
    );
    const word = words.lower[last] ?? "";
    const ownName = hits.some(
      (hit) =>
        hit.first === at &&
        hit.last === next.last &&
        hit.meanings.some((meaning) => meaning.type === "organization" || meaning.type === "person"),
    );
    // "of the Central Committee and Minister of Trade X": another of his titles.
    if (word === "and" && (ownName || titleLike(words, at) || titleLike(words, next.last - 1))) break;
    // "the National Front of Holden Roberto": whose it is.
    const person = words.sentence.names.some((name) => name.label === "person" && name.first === at && name.last - name.first > 1);
    if (kind === "organization" && word === "of" && steps === 0 && person) break;
    if (word === "on" && words.lower.slice(noun, last).includes("on")) break;
    // "an Agreement on Confidence-Building in the Border Area": what it is about, not where it was made.
    const matter =
      kind === "agreement" &&
      (words.attached(next.last - 1) ||
        /^(border|military|security|frontier|common|coastal|maritime|demilitari[sz]ed)$/.test(words.lower[at] ?? ""));
    if ((word === "on" || word === "in" || word === "at") && PLACE_NOUNS.has(words.lower[next.last - 1] ?? "") && !isState && !matter)
      break;
    // "Monitoring Mission of Nordic observers": the capitalised word belongs to a common noun.
    if (words.tokens[next.last]?.upos === "NOUN" && !words.attached(next.last) && !ROLE_NOUNS.has(words.lower[next.last] ?? "")) break;
    if (word === "and" && (isState || capitalCity) && !words.lower.slice(noun, last).includes("between")) break;
    if ((word === "in" || word === "at" || word === "by" || word === "to" || word === "with") && steps > 0) {
      if (word !== "in" && word !== "to") break;
      if (capitalCity && words.lower[at - 1] !== "the") break;
      if (word === "to" && words.tokens[at]?.upos !== "VERB" && !/^\p{Lu}/u.test(words.text[at] ?? "")) break;
    }
    if (
      kind === "organization" &&
      steps > 0 &&
      (word === "in" || word === "to" || word === "on" || (word === "of" && isState && steps > 1))
    )
      break;
    if (kind === "organization" && steps === 0 && noun === run.first && isState && STATE_BODY_PHRASES.has(words.lower[noun] ?? "")) break;
    // "Director of the Foreign Affairs Commission | Wang Yi": who holds it is no part of its name.
    const holder = words.sentence.names.find(
      ({ label, first, last: end }) =>
        label === "person" && first > at && end === next.last && ORGANIZATION_NOUNS.has(words.lower[first - 1] ?? ""),
    );
    last = holder?.first ?? next.last;
    // "Standing Committee of the National People's Congress"
    if (/^['’]s?$/.test(words.text[last] ?? "") && POSSESSIVES.test(words.lower[last - 1] ?? "")) {
      const rest = runs.find((other) => other.first === last + 1);
      if (rest !== undefined) last = rest.last;
    }
    steps += 1;
    if (titleLike(words, last)) break;
  }
  return last;
}

/** "Stabilization Mission | in the Central African Republic (MINUSCA)": the end of a name whose letters follow in brackets. */
function spelledOut(words: Words, link: number, hits: readonly Hit[]): number | undefined {
  if (!/^(in|to|on|at|against)$/.test(words.lower[link] ?? "")) return undefined;
  const at = words.lower[link + 1] === "the" ? link + 2 : link + 1;
  const end = hits.find((hit) => hit.first === at)?.last;
  return end !== undefined && words.text[end] === "(" && words.text[end + 2] === ")" && acronym(words, end + 1, end + 2) ? end : undefined;
}

function titleLike(words: Words, token: number): boolean {
  return ROLE_NOUNS.has(words.lower[token] ?? "");
}

/**
 * What a state's name at the front of a body's name means: "body" when the whole is just the state's own ("Armenian Army"), the start of
 * the rest when that alone is a known body ("US | State Department"), else nothing.
 */
export function leadingState(words: Words, first: number, noun: number, last: number, hits: readonly Hit[]): "body" | number | undefined {
  const state = hits.find((hit) => hit.first === first && hit.last <= noun && hit.meanings.some((meaning) => meaning.type === "state"));
  // "Azerbaijan's | Foreign Ministry"
  const possessor = /^['’]s?$/.test(words.text[first - 1] ?? "") ? hits.find((hit) => hit.last === first - 1) : undefined;
  if (possessor?.meanings.some((meaning) => meaning.type === "state") === true)
    return STATE_BODY_PHRASES.has(words.lower.slice(first, last).join(" ")) ? "body" : undefined;
  if (state === undefined) return undefined;
  const rest = words.lower.slice(state.last, last).join(" ");
  if (STATE_BODY_PHRASES.has(rest)) return "body";
  const known = hits.find(
    (hit) => hit.first === state.last && hit.last === last && hit.meanings.some((meaning) => meaning.type === "organization"),
  );
  return known === undefined ? undefined : state.last;
}

const LOWER_BUILDINGS = /^(base|guesthouse|plant|barracks|compound|prison|mosque|stadium|airbase|bridge|dam|crossing|refinery|shipyard)$/;

/** "Al Udeid air base", "Chernobyl nuclear plant": a name with its common noun. */
function buildingWithCommonNoun(words: Words, run: Run, hits: readonly Hit[]): Proposal[] {
  let noun = run.last;
  if (/^(air|naval|nuclear|military|power|border|army|presidential)$/.test(words.lower[noun] ?? "")) noun += 1;
  if (/^(power)$/.test(words.lower[noun] ?? "")) noun += 1;
  if (!LOWER_BUILDINGS.test(words.lower[noun] ?? "")) return [];
  let first = run.first;
  for (const hit of hits)
    if (hit.first >= run.first && hit.last < run.last && hit.meanings.some((meaning) => meaning.type === "state")) first = hit.last;
  if (hits.some((hit) => hit.first <= first && hit.last >= run.last && hit.meanings.some((meaning) => meaning.type !== "place"))) return [];
  return [{ first, last: noun + 1, kind: "place", strength: 82, reason: `place noun: ${words.lower[noun]}` }];
}

/** "the Paris climate accord", "the Black Sea grain deal": a place's name, a common noun or two, and an agreement noun. */
function agreementWithCommonNoun(words: Words, run: Run, hits: readonly Hit[], knowledge: Knowledge): Proposal[] {
  if (run.last - run.first > 3 || words.startsSentence(run.first)) return [];
  const place = hits.find((hit) => hit.first === run.first && hit.last === run.last);
  const isPlace =
    place === undefined
      ? words.sentence.names.some((name) => name.first === run.first && name.last === run.last && name.label === "place")
      : place.meanings.some((meaning) => meaning.type === "place" || (meaning.type === "state" && meaning.use === "capital")) &&
        !place.meanings.some((meaning) => meaning.type === "state" && meaning.use !== "capital");
  if (!isPlace) return [];
  let noun = run.last;
  while (noun < run.last + 2 && /^(NOUN|ADJ|PROPN)$/.test(words.tokens[noun]?.upos ?? "") && !agreementNounAt(words, noun, knowledge))
    noun += 1;
  if (!agreementNounAt(words, noun, knowledge) || words.attached(noun) || words.tokens[noun + 1]?.upos === "NOUN") return [];
  return [{ first: run.first, last: noun + 1, kind: "agreement", strength: 89, reason: `agreement noun: ${words.lower[noun]}` }];
}

function agreementNounAt(words: Words, token: number, knowledge: Knowledge): boolean {
  const lower = words.lower[token] ?? "";
  if (words.tokens[token]?.upos !== "NOUN") return false;
  return AGREEMENT_NAME_NOUNS.has(lower) || knowledge.agreementNouns.has(lower) || knowledge.agreementNouns.has(lower.replace(/s$/, ""));
}
