/** Finds the proper names of a document: which tokens, what kind, by what evidence; the strongest reading of each stretch wins. */
import type { Name, NameLabel } from "../model/annotation.ts";
import type { EntityKind } from "../model/graph.ts";
import type { Knowledge, NamedAgreement, OfficeHolder, Organization, Place, State, Title } from "../knowledge/types.ts";
import { fold } from "../knowledge/fold.ts";
import { type Gazetteer, gazetteerOf, type Hit, knownNameAt, knownNames, knownTitles, type Meaning, type StateUse } from "./gazetteer.ts";
import {
  AGREEMENT_NAME_NOUNS,
  CALENDAR,
  EVENT_NOUNS,
  FUNCTION_WORDS,
  NAME_LINKS,
  NAME_PARTICLES,
  ORGANIZATION_APPOSITIONS,
  ORGANIZATION_NOUNS,
  PERSON_APPOSITIONS,
  PLACE_APPOSITIONS,
  PLACE_NOUNS,
  PLACE_OPENERS,
  ROLE_NOUNS,
  STATE_BODY_PHRASES,
} from "./vocabulary.ts";
import type { Words } from "./words.ts";

/** A title or role noun said of a person, with the tokens it stands on. */
export interface TitleSpan {
  readonly first: number;
  readonly last: number;
  readonly title: Title;
}

export interface NameSpan {
  readonly first: number;
  readonly last: number;
  readonly kind: EntityKind;
  /** Words a user can check: "state name", "title before it", "recogniser: person". */
  readonly reason: string;
  readonly state?: State;
  readonly use?: StateUse;
  /** Other states of the same name or capital ("Belgrade": Serbia, Yugoslavia). */
  readonly otherStates?: readonly State[];
  readonly organization?: Organization;
  readonly agreement?: NamedAgreement;
  readonly place?: Place;
  readonly holders?: readonly OfficeHolder[];
  /** Title directly before a person's name. */
  readonly title?: TitleSpan;
}

interface Proposal extends Omit<NameSpan, "kind"> {
  /** `none` takes the stretch so that nothing else does: titles, events, prizes. */
  readonly kind: EntityKind | "none";
  readonly strength: number;
}

interface Run {
  readonly first: number;
  readonly last: number;
}

/** All titles and names of one sentence; `names` in text order and not overlapping, but for a body inside the name of its resolution. */
export interface SentenceNames {
  readonly titles: readonly TitleSpan[];
  readonly names: readonly NameSpan[];
}

/**
 * Names of all sentences of a document. A name seen once with good evidence is recognised again wherever it recurs, also by surname.
 * `headlines` says which sentences are headlines, whose capitals mean nothing.
 */
export function findNames(sentences: readonly Words[], headlines: readonly boolean[], knowledge: Knowledge): SentenceNames[] {
  const gazetteer = gazetteerOf(knowledge);
  const scans = sentences.map((words, index) => scan(words, gazetteer, knowledge, headlines[index] === true));
  const first = scans.map((one) => select(one.proposals));
  const memory = remember(
    sentences,
    first.map((names, index) => (headlines[index] === true ? [] : names)),
  );
  return scans.map((one, index) => {
    const words = sentences[index] as Words;
    const recalled = recall(words, memory, one.titleTokens);
    const names = recalled.length === 0 ? (first[index] as Proposal[]) : select([...one.proposals, ...recalled]);
    return { titles: one.titles, names: names.filter((name): name is Proposal & NameSpan => name.kind !== "none") };
  });
}

// ------------------------------------------------------------------------------------------------------------- one sentence

interface Scan {
  readonly titles: readonly TitleSpan[];
  readonly titleTokens: ReadonlySet<number>;
  readonly proposals: readonly Proposal[];
}

function scan(words: Words, gazetteer: Gazetteer, knowledge: Knowledge, headline: boolean): Scan {
  const titles = titleSpans(knownTitles(gazetteer, words));
  const hits = knownNames(gazetteer, words)
    .flatMap((hit) => apart(hit, words, gazetteer))
    .map((hit) => withoutTitle(hit, titles));
  if (words.sentence.dateline === true) return { titles: [], titleTokens: new Set(), proposals: dateline(words, hits) };
  const plain = headline || shouts(words);
  const hitAt = new Map(hits.map((hit) => [hit.first, hit]));
  const proposals: Proposal[] = hits.flatMap((hit) => known(hit, words));
  if (plain) return { titles, titleTokens: new Set(), proposals };
  const runs = capitalRuns(words, hits);
  const titleTokens = new Set<number>();
  const persons = titledPersons(words, runs, titles, hitAt, titleTokens);
  proposals.push(...persons);
  for (const run of runs) proposals.push(...structured(words, run, runs, hits, titleTokens, knowledge));
  proposals.push(...possessedPersons(words, runs, hits, titles));
  proposals.push(...recognised(words, runs, hits, titles, titleTokens, knowledge));
  const taken = new Set(titleTokens);
  for (const title of titles) for (let token = title.first; token < title.last; token += 1) taken.add(token);
  for (const run of runs) proposals.push(...leftover(words, run, hits, taken, knowledge));
  return { titles, titleTokens, proposals };
}

/** "Iran's | Supreme National Security Council", "US | State Department": a body's state stands by itself before a name that does without. */
function apart(hit: Hit, words: Words, gazetteer: Gazetteer): Hit[] {
  const bodies = hit.meanings.filter((meaning) => meaning.type === "organization");
  if (bodies.length === 0 || hit.last - hit.first < 3) return [hit];
  const owner = knownNameAt(gazetteer, words, hit.first, hit.last - 1);
  if (owner === undefined || !owner.meanings.some((meaning) => meaning.type === "state" && meaning.use !== "capital")) return [hit];
  const possessive = /^['’]s?$/.test(words.text[owner.last] ?? "");
  const rest = knownNameAt(gazetteer, words, owner.last + Number(possessive), hit.last);
  if (!possessive && (rest?.last !== hit.last || rest.last - rest.first < 2)) return [hit];
  return [owner, { first: owner.last + Number(possessive), last: hit.last, meanings: bodies }];
}

/** "Pope | Francis": a title in the usual name of a person is none of its own forms. */
function withoutTitle(hit: Hit, titles: readonly TitleSpan[]): Hit {
  const title = titles.find((one) => one.first === hit.first && one.last < hit.last);
  return title === undefined || !personLike(hit) ? hit : { ...hit, first: title.last };
}

/** "ANKARA/ROME, June 28 -", "SEOUL, June 15 (from pool reports in Pyongyang) -": every name is a place, or the state it lies in. */
function dateline(words: Words, hits: readonly Hit[]): Proposal[] {
  const proposals: Proposal[] = hits.flatMap((hit) => known(hit, words)).filter((one) => one.kind === "state" || one.kind === "place");
  let first = -1;
  for (let token = 0; token <= words.length; token += 1) {
    const lower = (words.lower[token] ?? "").replace(/\.$/, "");
    const name =
      token < words.length &&
      (words.capital(token) || (isHyphen(words, token) && words.attached(token) && words.attached(token + 1))) &&
      !CALENDAR.has(lower);
    if (name && first < 0) first = token;
    else if (!name && first >= 0) {
      if (!/^(reuters|ap|afp|tass|xinhua|upi|dpa|efe|ansa|anadolu)$/i.test(words.text[first] ?? ""))
        proposals.push({ first, last: token, kind: "place", strength: 50, reason: "dateline" });
      first = -1;
    }
  }
  return proposals;
}

function shouts(words: Words): boolean {
  const letters = words.text.filter((word) => /\p{L}/u.test(word));
  return letters.length >= 5 && letters.filter((word) => word === word.toUpperCase()).length / letters.length > 0.7;
}

function titleSpans(hits: readonly Hit[]): TitleSpan[] {
  return hits.flatMap((hit) => {
    const meaning = hit.meanings.find((one) => one.type === "title");
    return meaning === undefined ? [] : [{ first: hit.first, last: hit.last, title: meaning.title }];
  });
}

function known(hit: Hit, words: Words): Proposal[] {
  const several = hit.last - hit.first > 1;
  const meanings = hit.meanings;
  const find = <T extends Meaning["type"]>(type: T) =>
    meanings.find((meaning): meaning is Extract<Meaning, { type: T }> => meaning.type === type);
  const span = { first: hit.first, last: hit.last };
  const person = find("person");
  if (person !== undefined) {
    // "Daniel Ortega Saavedra": the text may give more of a name than the list does.
    while (plainName(words, span.last, span.last + 1)) span.last += 1;
    return [{ ...span, kind: "person", holders: person.holders, strength: 96, reason: "known office holder" }];
  }
  const agreement = find("agreement");
  if (agreement !== undefined)
    return [{ ...span, kind: "agreement", agreement: agreement.agreement, strength: 98, reason: "known agreement" }];
  const state = bestState(meanings);
  const organizations = meanings.filter((meaning) => meaning.type === "organization");
  const organization = organizations.find((meaning) => meaning.use === "name") ?? organizations[0];
  const place = find("place");
  const extra = place === undefined ? {} : { place: place.place };
  if (
    state !== undefined &&
    (state.use === "name" || state.use === "adjective" || state.use === "people" || organization?.use !== "name")
  ) {
    const seat = organization === undefined ? {} : { organization: organization.organization };
    const reason = `state: ${state.use}`;
    const otherStates = meanings.flatMap((meaning) =>
      meaning.type === "state" && meaning.use === state.use && meaning.state !== state.state ? [meaning.state] : [],
    );
    const others = otherStates.length === 0 ? {} : { otherStates };
    return [
      { ...span, kind: "state", state: state.state, use: state.use, ...others, ...seat, ...extra, strength: several ? 98 : 75, reason },
    ];
  }
  if (organization !== undefined) {
    const weak = !several && words.startsSentence(hit.first) && words.tokens[hit.first]?.upos !== "PROPN";
    if (!several && context(words, hit.first, hit.last) === "agreement")
      return [{ ...span, kind: "agreement", strength: 77, reason: "apposition" }];
    const seat = organization.use === "seat" ? { use: "seat" as const } : {};
    const strength = weak ? 20 : several ? 98 : 76;
    return [
      { ...span, kind: "organization", organization: organization.organization, ...seat, ...extra, strength, reason: "known organisation" },
    ];
  }
  if (place !== undefined) return [{ ...span, kind: "place", place: place.place, strength: several ? 97 : 60, reason: "known place" }];
  return [];
}

const USE_ORDER: readonly StateUse[] = ["name", "adjective", "people", "capital", "seat"];

function bestState(meanings: readonly Meaning[]): Extract<Meaning, { type: "state" }> | undefined {
  const states = meanings.filter((meaning) => meaning.type === "state");
  for (const use of USE_ORDER) {
    const found = states.filter((state) => state.use === use);
    // Of two states with one name the one that exists today is the likelier ("Serbia", not "Serbia and Montenegro").
    if (found.length > 0) return found.find((state) => state.state.to === undefined) ?? found[0];
  }
  return undefined;
}

// -------------------------------------------------------------------------------------------------------------------- runs

/** Stretches of capitalised words, with particles ("bin", "von der") and hyphens inside, broken at commas and possessives. */
function capitalRuns(words: Words, hits: readonly Hit[]): Run[] {
  const covered = new Set<number>();
  for (const hit of hits) for (let token = hit.first; token < hit.last; token += 1) covered.add(token);
  for (const name of words.sentence.names) for (let token = name.first; token < name.last; token += 1) covered.add(token);
  const demonyms = new Set(hits.filter((hit) => hit.last - hit.first === 1).map((hit) => hit.first));
  const isName = (token: number): boolean => {
    if (!words.capital(token)) return /^(al|el|ad|as|ul)-\p{Lu}/u.test(words.text[token] ?? "");
    const lower = (words.lower[token] ?? "").replace(/\.$/, "");
    if (CALENDAR.has(lower)) return lower === "may" && token > 0 && words.capital(token - 1) && !words.startsSentence(token);
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
      } else {
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

function isHyphen(words: Words, token: number): boolean {
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

// ----------------------------------------------------------------------------------------------------------------- persons

/** "President Vladimir Putin", "army chief General Abdel Fattah al-Burhan", "foreign ministers Nikos Kotzias and Nikola Dimitrov". */
function titledPersons(
  words: Words,
  runs: readonly Run[],
  titles: readonly TitleSpan[],
  hitAt: ReadonlyMap<number, Hit>,
  titleTokens: Set<number>,
): Proposal[] {
  const proposals: Proposal[] = [];
  const ends = new Map(titles.map((title) => [title.last, title]));
  const titleStarts = new Map(titles.map((title) => [title.first, title]));
  for (const run of runs) {
    let start = -1;
    let title: TitleSpan | undefined;
    for (let token = run.first; token < run.last; token += 1) {
      const ending = ends.get(token);
      if (ending !== undefined) {
        title = ending;
        start = token;
      } else if (start === -1 && token === run.first && PERSON_APPOSITIONS.has(words.lower[token - 1] ?? "") && !words.capital(token - 1))
        start = token;
    }
    if (start === -1) continue;
    while (words.text[start] === "." && start < run.last) start += 1;
    const blocked = hitAt.get(start);
    if (start >= run.last || (blocked !== undefined && !personLike(blocked) && blocked.last >= run.last)) continue;
    if (blocked !== undefined && blocked.meanings.some((meaning) => meaning.type === "state" && meaning.use !== "capital")) continue;
    let last = run.last;
    for (let token = start + 1; token < run.last; token += 1) {
      const next = titleStarts.get(token);
      if (next !== undefined && next.last < run.last && token > start) last = Math.min(last, token);
    }
    if (endsBody(words, start, last) || acronym(words, start, last)) continue;
    // All capitalised words of the run before the name belong to the title ("Justice Minister", "Police General"), known names apart.
    if (title !== undefined) {
      for (let token = title.first; token < start; token += 1) titleTokens.add(token);
      for (let token = title.first - 1; token >= run.first; token -= 1) {
        if ([...hitAt.values()].some((hit) => hit.first <= token && token < hit.last)) break;
        titleTokens.add(token);
      }
    }
    const reason = title === undefined ? `role noun before it: ${words.lower[start - 1]}` : `title before it: ${title.title.title}`;
    proposals.push({
      first: start,
      last,
      kind: "person",
      strength: title === undefined ? 78 : 86,
      reason,
      ...(title === undefined ? {} : { title }),
    });
    if (title !== undefined && /s$|men$/.test(words.lower[title.last - 1] ?? "")) proposals.push(...coordinated(words, runs, run, hitAt));
  }
  for (const one of proposals)
    if (one.title !== undefined) for (let token = one.title.first; token < one.title.last; token += 1) titleTokens.add(token);
  return proposals;
}

function coordinated(words: Words, runs: readonly Run[], after: Run, hitAt: ReadonlyMap<number, Hit>): Proposal[] {
  const proposals: Proposal[] = [];
  let end = after.last;
  for (const run of runs) {
    if (run.first < end) continue;
    const between = words.lower.slice(end, run.first);
    if (between.length === 0 || between.length > 2 || !between.every((word) => word === "," || word === "and")) break;
    if (run.last - run.first < 2 || hitAt.has(run.first)) break;
    proposals.push({ ...run, kind: "person", strength: 79, reason: "coordinated with titled persons" });
    end = run.last;
  }
  return proposals;
}

function personLike(hit: Hit): boolean {
  return hit.meanings.some((meaning) => meaning.type === "person");
}

/** "Iran's Hassan Rouhani", "Nato's Jens Stoltenberg": at least two capitalised words owned by a known actor. */
function possessedPersons(words: Words, runs: readonly Run[], hits: readonly Hit[], titles: readonly TitleSpan[]): Proposal[] {
  const ends = new Map(hits.map((hit) => [hit.last, hit]));
  const starts = new Set(hits.filter((hit) => !personLike(hit)).map((hit) => hit.first));
  return runs
    .filter((run) => {
      const owner = ends.get(run.first - 1);
      return (
        owner !== undefined &&
        /^['’]s?$/.test(words.text[run.first - 1] ?? "") &&
        run.last - run.first >= 2 &&
        run.last - run.first <= 5 &&
        !titles.some((title) => title.first < run.last && title.last > run.first) &&
        !starts.has(run.first) &&
        !endsBody(words, run.first, run.last)
      );
    })
    .map((run) => ({ ...run, kind: "person" as const, strength: 74, reason: "named after its state or body" }));
}

function endsBody(words: Words, first: number, last: number): boolean {
  for (let token = first; token < last; token += 1) {
    const lower = words.lower[token] ?? "";
    if (token > first || last - first === 1) {
      if (ORGANIZATION_NOUNS.has(lower) || AGREEMENT_NAME_NOUNS.has(lower) || EVENT_NOUNS.has(lower)) return true;
      if (token === last - 1 && PLACE_NOUNS.has(lower) && lower !== "hill" && lower !== "park" && lower !== "garden") return true;
    }
  }
  return false;
}

function acronym(words: Words, first: number, last: number): boolean {
  const text = words.text.slice(first, last).join("");
  return (
    (last - first === 1 || words.text.slice(first, last).some((_, at) => isHyphen(words, first + at))) &&
    /^\p{Lu}[\p{Lu}\p{N}.-]+$/u.test(text)
  );
}

// -------------------------------------------------------------------------------------------------------- structured names

/** Names built around a noun that says what they are: bodies, agreements, places; and events, which are no nodes. */
function structured(
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
    const premodified = noun > first;
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
    const start = kind === "agreement" ? datedStart(words, own ?? first) : (own ?? first);
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
  proposals.push(...buildingWithCommonNoun(words, run, hits), ...agreementWithCommonNoun(words, run, hits, knowledge));
  return proposals;
}

/** "the 2013 Brussels Agreement", "the June 15 North-South Joint Declaration": the date is part of the name. */
function datedStart(words: Words, first: number): number {
  let start = first;
  if (/^\p{N}{1,4}$/u.test(words.text[first - 1] ?? "")) start -= 1;
  if (start < first && CALENDAR.has((words.lower[start - 1] ?? "").replace(/\.$/, ""))) start -= 1;
  return start < first && /^(the|a|an|its|their|that|this)$/.test(words.lower[start - 1] ?? "") ? start : first;
}

function numeral(words: Words, first: number, last: number): boolean {
  for (let token = first; token < last; token += 1) if (!/^([IVX]+|\p{N}+|\(|\))$/u.test(words.text[token] ?? "")) return false;
  return true;
}

function structuredKind(words: Words, token: number, knowledge: Knowledge): EntityKind | "none" | undefined {
  const lower = words.lower[token] ?? "";
  if (!words.capital(token)) return undefined;
  if (AGREEMENT_NAME_NOUNS.has(lower) || knowledge.agreementNouns.has(lower)) return "agreement";
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

/** "Tigray People's Liberation Front", "Governor's House": the first token where a possessive common noun stands inside the name. */
function possessiveOpening(words: Words, runs: readonly Run[], run: Run): number | undefined {
  const OPENING =
    /^(people|peoples|workers?|governor|wom[ae]n|men|children|citizens?|soldiers?|mothers|farmers|lord|students?|writers|king|queen)$/;
  if (!/^['’]s?$/.test(words.text[run.first - 1] ?? "") || !words.capital(run.first - 2)) return undefined;
  if (!OPENING.test(words.lower[run.first - 2] ?? "")) return undefined;
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
            (link === "on" && /^(council|committee|commission|cent(er|re)|conference)$/.test(words.lower[noun] ?? ""))
          : link === "of" || link === "on" || link === "for" || link === "between";
    if (steps === 0 && !opening) break;
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
    if (word === "and" && ownName) break;
    if (word === "on" && words.lower.slice(noun, last).includes("on")) break;
    if ((word === "on" || word === "in" || word === "at") && PLACE_NOUNS.has(words.lower[next.last - 1] ?? "") && !isState) break;
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
    last = next.last;
    steps += 1;
    if (titleLike(words, last)) break;
  }
  return last;
}

function titleLike(words: Words, token: number): boolean {
  return ROLE_NOUNS.has(words.lower[token] ?? "");
}

/**
 * What a state's name at the front of a body's name means: "body" when the whole is just the state's own ("Armenian Army"), the start of
 * the rest when that alone is a known body ("US | State Department"), else nothing.
 */
function leadingState(words: Words, first: number, noun: number, last: number, hits: readonly Hit[]): "body" | number | undefined {
  const state = hits.find((hit) => hit.first === first && hit.last <= noun && hit.meanings.some((meaning) => meaning.type === "state"));
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
  while (noun < run.last + 2 && /^(NOUN|ADJ)$/.test(words.tokens[noun]?.upos ?? "") && !agreementNounAt(words, noun, knowledge)) noun += 1;
  if (!agreementNounAt(words, noun, knowledge) || words.attached(noun) || words.tokens[noun + 1]?.upos === "NOUN") return [];
  return [{ first: run.first, last: noun + 1, kind: "agreement", strength: 89, reason: `agreement noun: ${words.lower[noun]}` }];
}

function agreementNounAt(words: Words, token: number, knowledge: Knowledge): boolean {
  const lower = words.lower[token] ?? "";
  if (words.tokens[token]?.upos !== "NOUN") return false;
  return AGREEMENT_NAME_NOUNS.has(lower) || knowledge.agreementNouns.has(lower) || knowledge.agreementNouns.has(lower.replace(/s$/, ""));
}

// -------------------------------------------------------------------------------------------------- recogniser and leftovers

const KIND_OF: Readonly<Record<NameLabel, EntityKind | undefined>> = {
  person: "person",
  organization: "organization",
  place: "place",
  other: undefined,
};

/** Names of the recogniser, without titles and demonyms at their front; two of a person that touch are one. */
function recognised(
  words: Words,
  runs: readonly Run[],
  hits: readonly Hit[],
  titles: readonly TitleSpan[],
  titleTokens: ReadonlySet<number>,
  knowledge: Knowledge,
): Proposal[] {
  const proposals: Proposal[] = [];
  for (const name of touching(words)) {
    let kind = KIND_OF[name.label];
    let { first, last } = name;
    for (;;) {
      const hit = hits.find((one) => one.first === first && one.last < last && one.meanings.some((meaning) => meaning.type === "state"));
      const title = titles.find((one) => one.first === first && one.last <= last);
      if (kind === "person" && hit !== undefined) first = hit.last;
      else if (kind === "person" && title !== undefined) first = title.last;
      else if (titleTokens.has(first) || /^(['’]s?|the|The|of|and)$/.test(words.text[first] ?? "")) first += 1;
      else break;
    }
    // "alias Timochenko", "Disney quit": small letters at either end are no part of a name, particles apart.
    while (
      first < last &&
      !words.capital(first) &&
      !NAME_PARTICLES.has(words.lower[first] ?? "") &&
      !/^(al|el)-/.test(words.lower[first] ?? "")
    )
      first += 1;
    while (last > first && !words.capital(last - 1) && !/\p{N}/u.test(words.text[last - 1] ?? "") && !words.attached(last - 1)) last -= 1;
    ({ first, last } = wholeRun(words, runs, first, last, hits, titles));
    if (kind === "person") {
      const of = words.lower.indexOf("of", first);
      if (of > first && of < last) last = of;
    }
    while (
      last > first &&
      (/^(['’]s?|,|of|and|the)$/.test(words.text[last - 1] ?? "") ||
        (words.text[last - 1] === "." && (words.text[last - 2]?.length ?? 9) > 3))
    ) {
      last -= 1;
    }
    if (first >= last || kind === undefined || !words.text.slice(first, last).some((_, at) => words.capital(first + at))) continue;
    const lower = words.lower[first] ?? "";
    const several = last - first > 1;
    if (!several && (CALENDAR.has(lower.replace(/\.$/, "")) || /^(north|south|east|west|northern|southern|eastern|western)$/.test(lower)))
      continue;
    if (
      /^(aboard|exercise|codenamed|dubbed)$/.test(
        words.lower[words.lower[first - 1] === "the" || words.text[first - 1] === '"' ? first - 2 : first - 1] ?? "",
      )
    )
      continue;
    if (kind !== "organization" && /^["“]$/.test(words.text[first - 1] ?? "") && /^["”\p{N}]/u.test(words.text[last] ?? "")) continue;
    if (titles.some((title) => title.first <= first && last <= title.last)) continue;
    if (kind === "person" && endsBody(words, first, last)) continue;
    if (kind === "person" && acronym(words, first, last)) kind = "organization";
    // "in Khuzistan", "invading Khuzistan" name no person.
    if (
      kind === "person" &&
      !several &&
      (/^(in|near|at)$/.test(words.lower[first - 1] ?? "") ||
        motionTo(words, first) ||
        LOCATIVE_OBJECT.test(words.tokens[first - 1]?.lemma ?? ""))
    )
      kind = "place";
    if (kind !== "organization" && !several && COMPANY.test(lower)) kind = "organization";
    // "Gulf monarchies": a word that only modifies a noun names no place by itself, unless we know it.
    if (
      kind === "place" &&
      !several &&
      words.tokens[last]?.upos === "NOUN" &&
      words.head(first) === last &&
      !/^(city|province|region|airport|talks|summit|meeting)/.test(words.lower[last] ?? "")
    )
      continue;
    // Two unknown words that nothing puts anywhere are sooner somebody than somewhere.
    if (
      kind === "place" &&
      several &&
      !hits.some((hit) => hit.first < last && first < hit.last) &&
      !PLACE_NOUNS.has(words.lower[last - 1] ?? "") &&
      (first === 0 || /^(with|and|by|,|said|told|whom|between)$/.test(words.lower[first - 1] ?? "")) &&
      plainName(words, first, last)
    ) {
      kind = "person";
    }
    const beside = kind !== "person" && several && besidePerson(words, first, last);
    if (beside) kind = "person";
    const strength = kind === "person" ? (several ? 77 : 56) : kind === "organization" ? (several ? 64 : 52) : several ? 62 : 54;
    const said = context(words, first, last);
    if (said !== undefined && said !== kind && !(kind === "person" && several && said !== "agreement")) {
      proposals.push({ first, last, kind: said, strength: strength + 2, reason: "apposition" });
    } else proposals.push({ first, last, kind, strength, reason: beside ? "coordinated with a person" : `recogniser: ${name.label}` });
    if (kind !== "person" && several && givenName(words, first, knowledge)) {
      proposals.push({ first, last, kind: "person", strength: 65, reason: "given name" });
    }
  }
  return proposals;
}

/** "crossed by launch to Otesevo". */
function motionTo(words: Words, first: number): boolean {
  if (!/^(to|from|into)$/.test(words.lower[first - 1] ?? "")) return false;
  return /^(fly|travel|cross|return|drive|move|flee|arrive|march|sail|withdraw|trek|hurry|escape)$/.test(
    words.tokens[words.head(first)]?.lemma ?? "",
  );
}

/** Capitalised words of small letters only, no place or body noun at the end: as people are called. */
function plainName(words: Words, first: number, last: number): boolean {
  for (let token = first; token < last; token += 1) if (!/^\p{Lu}[\p{Ll}'’-]+$/u.test(words.text[token] ?? "")) return false;
  return !PLACE_OPENERS.has(words.lower[first] ?? "");
}

const LOCATIVE_OBJECT = /^(invade|enter|leave|reach|bomb|shell|occupy|liberate|recapture|besiege|storm|cross)$/;
/** A name that the recogniser cut short: "Benishangul" of "Benishangul-Gumuz", "Nord" of "Nord Stream". */
function wholeRun(
  words: Words,
  runs: readonly Run[],
  first: number,
  last: number,
  hits: readonly Hit[],
  titles: readonly TitleSpan[],
): Run {
  const run = runs.find((one) => one.first <= first && last <= one.last);
  if (run === undefined) return { first, last };
  const rest = (from: number, to: number): boolean =>
    [...hits, ...titles, ...words.sentence.names].every(
      (one) => one.last <= from || one.first >= to || (one.first <= first && last <= one.last),
    );
  const start = run.first < first && rest(run.first, first) ? run.first : first;
  const end = run.last > last && rest(last, run.last) ? run.last : last;
  return { first: start, last: end };
}

const COMPANY = /.(bank|neft|prom|flot|telecom|tech|soft|corp|gaz|steel|motors|airlines|airways)$/;

function touching(words: Words): Name[] {
  const names: Name[] = [];
  for (const name of words.sentence.names) {
    const before = names.at(-1);
    if (before !== undefined && before.label === "person" && name.label === "person" && before.last === name.first) {
      names[names.length - 1] = { ...before, last: name.last };
    } else names.push(name);
  }
  return names;
}

/** "Uhuru Kenyatta and Phumzile Mlambo-Ngcuka": two words or three after "and", before it a person. */
function besidePerson(words: Words, first: number, last: number): boolean {
  if (words.lower[first - 1] !== "and" || last - first > 4 || endsBody(words, first, last)) return false;
  return words.sentence.names.some((name) => name.label === "person" && name.last === first - 1 && name.last - name.first > 1);
}

function givenName(words: Words, token: number, knowledge: Knowledge): boolean {
  const text = words.text[token] ?? "";
  return knowledge.givenNames.has(text) || knowledge.givenNames.has(words.lower[token] ?? "") || knowledge.givenNames.has(fold(text));
}

/**
 * What the words around a name say that it is: ", a far-right party," ", the Turkish charity that", "the town of", "a security pact,".
 */
function context(words: Words, first: number, last: number): EntityKind | undefined {
  // "Mohamed Hamdan Dagalo, known as Hemedti", "the accord, known as Esquipulas II": the same kind as what stands before.
  const known = words.lower[first - 1] === "as" ? first - 2 : first - 1;
  if (/^(known|alias|nicknamed|called|dubbed|aka)$/.test(words.lower[known] ?? "")) {
    let before = known - 1;
    while (before > 0 && /^(,|also|better|formally|is|was|widely|\()$/.test(words.lower[before] ?? "")) before -= 1;
    if (isAgreementNoun(words, before)) return "agreement";
    if (words.sentence.names.some((name) => name.label === "person" && name.last === before + 1)) return "person";
  }
  if (words.text[first - 1] === "," && isAgreementNoun(words, first - 2) && words.text[last] !== "'s") return "agreement";
  // "the town of Pale"
  if (words.lower[first - 1] === "of" && PLACE_APPOSITIONS.has(words.lower[first - 2] ?? "")) return "place";
  if (words.text[last] !== ",") return undefined;
  const next = words.lower[last + 1] ?? "";
  if (next === "who") return "person";
  if (!/^(a|an|the|his|her|its|their|another|one)$/.test(next)) return undefined;
  for (let token = last + 2; token < Math.min(last + 10, words.length); token += 1) {
    const lower = words.lower[token] ?? "";
    const upos = words.tokens[token]?.upos;
    if (isHyphen(words, token) || (upos === "VERB" && words.head(token) > token)) continue;
    if (/^(of|that|which|who|for|in|and)$/.test(lower) || upos === "VERB" || upos === "PUNCT" || upos === "ADP") {
      const noun = words.lower[token - 1] ?? "";
      if (isAgreementNoun(words, token - 1)) return "agreement";
      if (ROLE_NOUNS.has(noun) || PERSON_APPOSITIONS.has(noun)) return "person";
      if (ORGANIZATION_APPOSITIONS.has(noun)) return "organization";
      if (PLACE_APPOSITIONS.has(noun)) return "place";
      return undefined;
    }
  }
  return undefined;
}

function isAgreementNoun(words: Words, token: number): boolean {
  const lower = words.lower[token] ?? "";
  return (
    words.tokens[token]?.upos === "NOUN" &&
    (AGREEMENT_NAME_NOUNS.has(lower) || lower === "deal" || lower === "partnership") &&
    !/^(plan|initiative|package|framework|resolution)$/.test(lower)
  );
}

/** Capitalised words that nothing has explained yet. */
function leftover(words: Words, run: Run, hits: readonly Hit[], titleTokens: ReadonlySet<number>, knowledge: Knowledge): Proposal[] {
  const proposals: Proposal[] = [];
  let first = run.first;
  const flush = (end: number): void => {
    while (first < end && (words.text[first] === "." || isHyphen(words, first))) first += 1;
    if (first < end) proposals.push(...guess(words, first, end, knowledge));
  };
  for (let token = run.first; token < run.last; token += 1) {
    const hit = hits.find((one) => one.first === token);
    if (hit !== undefined || titleTokens.has(token)) {
      flush(token);
      first = hit === undefined ? token + 1 : hit.last;
      token = first - 1;
    }
  }
  flush(run.last);
  return proposals;
}

function guess(words: Words, first: number, last: number, knowledge: Knowledge): Proposal[] {
  const span = { first, last };
  const apposed = context(words, first, last);
  if (apposed !== undefined) return [{ ...span, kind: apposed, strength: 58, reason: "apposition" }];
  if (acronym(words, first, last)) {
    const text = words.text.slice(first, last).join("");
    // "LAHORE, Pakistan: ..." where the dateline was not cut off.
    if (first === 0 && words.text[last] === "," && words.text.slice(last, last + 5).includes(":"))
      return [{ ...span, kind: "place", strength: 87, reason: "dateline" }];
    return text.length >= 3 && !/\p{N}/u.test(text) ? [{ ...span, kind: "organization", strength: 45, reason: "acronym" }] : [];
  }
  const tokens = last - first;
  if (endsBody(words, first, last)) return [];
  if (tokens >= 2 && givenName(words, first, knowledge)) return [{ ...span, kind: "person", strength: 68, reason: "given name" }];
  const initials =
    words.text.slice(first, last).some((word) => /^\p{Lu}\.?$/u.test(word)) ||
    words.lower.slice(first + 1, last).some((word) => NAME_PARTICLES.has(word));
  if (tokens >= 2 && initials) return [{ ...span, kind: "person", strength: 50, reason: "initial or particle" }];
  if (words.lower[last] === "," && words.lower[last + 1] === "who") return [{ ...span, kind: "person", strength: 50, reason: "who" }];
  // Last resort, below anything the recogniser says: two or three plain capitalised words are a person, one after "in" or "near" a place.
  if (words.sentence.names.some((name) => name.first < last && first < name.last)) return [];
  if (words.startsSentence(first) && tokens === 1) return [];
  const plainWords = words.text
    .slice(first, last)
    .every((word) => /^\p{Lu}[\p{L}'’.-]*$/u.test(word) || word === "-" || NAME_PARTICLES.has(word));
  const named = words.text.slice(first, last).filter((word) => /^\p{Lu}/u.test(word)).length;
  if (named >= 2 && named <= 4 && plainWords && words.tokens[last]?.upos !== "NOUN" && !FUNCTION_WORDS.has(words.lower[first] ?? "")) {
    return [{ ...span, kind: "person", strength: 32, reason: "capitalised words" }];
  }
  if (
    named === 1 &&
    plainWords &&
    /^(in|at|near|from|outside|around|over|toward|towards)$/.test(words.lower[first - 1] ?? "") &&
    words.tokens[last]?.upos !== "NOUN"
  ) {
    return [{ ...span, kind: "place", strength: 30, reason: `after "${words.lower[first - 1]}"` }];
  }
  return [];
}

// ------------------------------------------------------------------------------------------------------------ choose, remember

/** From here on the evidence is in the words themselves, and the longer name wins whatever its strength. */
const STRONG = 85;

/** The strongest proposals that do not overlap, longer before shorter, in text order. */
function select(proposals: readonly Proposal[]): Proposal[] {
  const length = (proposal: Proposal): number => proposal.last - proposal.first;
  const ordered = [...proposals].sort(
    (left, right) =>
      Number(right.strength >= STRONG) - Number(left.strength >= STRONG) ||
      (left.strength >= STRONG ? length(right) - length(left) : 0) ||
      right.strength - left.strength ||
      length(right) - length(left) ||
      left.first - right.first,
  );
  const taken = new Map<number, Proposal>();
  const chosen: Proposal[] = [];
  for (const proposal of ordered) {
    const over = new Set<Proposal>();
    for (let token = proposal.first; token < proposal.last; token += 1) {
      const other = taken.get(token);
      if (other !== undefined) over.add(other);
    }
    const nested = [...over].every((other) => other.kind === "agreement" && proposal.reason === "body of the resolution");
    if (over.size > 0 && !nested) continue;
    for (let token = proposal.first; token < proposal.last; token += 1) if (!taken.has(token)) taken.set(token, proposal);
    chosen.push(proposal);
  }
  return chosen.sort((left, right) => left.first - right.first || right.last - left.last);
}

interface Memory {
  /** Folded text to the name seen, by its first word: whole names, and for persons their surnames and what is left of the front. */
  readonly byFirst: ReadonlyMap<string, readonly Remembered[]>;
}

interface Remembered {
  readonly words: readonly string[];
  readonly kind: EntityKind;
  readonly whole: boolean;
  readonly organization?: Organization;
}

function remember(sentences: readonly Words[], names: readonly (readonly Proposal[])[]): Memory {
  const byFirst = new Map<string, Remembered[]>();
  const add = (parts: readonly string[], kind: EntityKind, whole: boolean): void => {
    const first = parts[0];
    if (first === undefined || parts.join("").length < 3) return;
    const same = byFirst.get(first) ?? [];
    const key = parts.join(" ");
    if (same.some((other) => other.words.join(" ") === key && (other.kind === "person" || other.kind === kind))) return;
    same.push({ words: parts, kind, whole });
    byFirst.set(first, same);
  };
  names.forEach((found, index) => {
    const words = sentences[index] as Words;
    for (const name of found) {
      if (name.kind === "none" || name.kind === "state" || name.strength < 50) continue;
      const parts = words.pieces.slice(name.first, name.last).flat();
      if (name.kind === "person") {
        if (parts.length < 2) {
          if (name.strength > 60) add(parts, "person", true);
          continue;
        }
        add(parts, "person", true);
        for (let from = 1; from < parts.length; from += 1)
          if (!/^(jr|sr|ii|iii|iv)$/.test(parts[from] ?? "")) add(parts.slice(from), "person", false);
        add(parts.slice(0, 1), "person", false);
      } else if (name.strength >= 64) add(parts, name.kind, true);
    }
  });
  for (const same of byFirst.values()) same.sort((left, right) => right.words.length - left.words.length);
  return { byFirst };
}

function recall(words: Words, memory: Memory, titleTokens: ReadonlySet<number>): Proposal[] {
  const proposals: Proposal[] = [];
  for (let first = 0; first < words.length; first += 1) {
    const piece = words.pieces[first]?.[0];
    if (piece === undefined || titleTokens.has(first) || !(words.capital(first) || /^(al|el)$/.test(words.lower[first] ?? ""))) continue;
    if (words.startsSentence(first) && FUNCTION_WORDS.has(words.lower[first] ?? "")) continue;
    if (CALENDAR.has(words.lower[first] ?? "") && words.tokens[first]?.upos !== "PROPN") continue;
    for (const seen of memory.byFirst.get(piece) ?? []) {
      const last = matchFrom(words, first, seen.words);
      if (last === undefined) continue;
      const strength = seen.kind === "person" ? (seen.whole ? 77 : 72) : 66;
      proposals.push({ first, last, kind: seen.kind, strength, reason: "seen before in the text" });
      break;
    }
  }
  return proposals;
}

function matchFrom(words: Words, first: number, parts: readonly string[]): number | undefined {
  let at = 0;
  let token = first;
  while (at < parts.length) {
    const pieces = words.pieces[token];
    if (pieces === undefined) return undefined;
    if (pieces.length === 0) {
      if (!words.joins(token)) return undefined;
      token += 1;
      continue;
    }
    for (const piece of pieces) {
      if (piece !== parts[at]) return undefined;
      at += 1;
    }
    token += 1;
  }
  return token;
}
