/** Finds the proper names of a document: which tokens, what kind, by what evidence; the strongest reading of each stretch wins. */
import { foldedWords } from "../knowledge/fold.ts";
import type { Knowledge, NamedAgreement, OfficeHolder, Organization, Place, State, Title } from "../knowledge/types.ts";
import type { EntityKind } from "../model/graph.ts";
import { capitalRuns, endsBody, isHyphen, plainName } from "./capital-runs.ts";
import { type Gazetteer, gazetteerOf, type Hit, knownNameAt, knownNames, knownTitles, type Meaning, type StateUse } from "./gazetteer.ts";
import { apposedPersons, titledPersons, possessedPersons, personLike } from "./person-names.ts";
import { nationalParty, numberedResolutions, structured } from "./structured-names.ts";
import { recognised, leftover, context } from "./unlisted-names.ts";
import { CALENDAR, FUNCTION_WORDS, GENERIC_NOUNS, STATE_BODY_PHRASES } from "./vocabulary.ts";
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

export interface Proposal extends Omit<NameSpan, "kind"> {
  /** `none` takes the stretch so that nothing else does: titles, events, prizes. */
  readonly kind: EntityKind | "none";
  readonly strength: number;
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
  const found = knownNames(gazetteer, words);
  const titles = titleSpans(knownTitles(gazetteer, words)).filter(
    (title, at, all) => !found.some((hit) => namedSo(hit, title, words)) && !isNameAfterTitle(title, all[at - 1], words),
  );
  const hits = found
    .flatMap((hit) => apart(hit, words, gazetteer))
    .filter((hit, at, all) => !isAnothers(hit, all[at - 1], words))
    .map((hit) => withoutTitle(hit, titles))
    .filter((hit) => headline || !isGivenName(hit, words, knowledge));
  if (words.sentence.dateline === true) return { titles: [], titleTokens: new Set(), proposals: dateline(words, hits) };
  const plain = headline || shouts(words);
  const hitAt = new Map(hits.map((hit) => [hit.first, hit]));
  const proposals: Proposal[] = hits.flatMap((hit) => known(hit, words));
  if (plain) return { titles, titleTokens: new Set(), proposals };
  const runs = capitalRuns(words, hits);
  const titleTokens = new Set<number>();
  const persons = titledPersons(words, runs, titles, hitAt, titleTokens);
  proposals.push(...persons);
  for (const run of runs) proposals.push(...nationalParty(words, run, hits));
  for (const run of runs) proposals.push(...structured(words, run, runs, hits, titleTokens, knowledge));
  proposals.push(...numberedResolutions(words, hits));
  proposals.push(...apposedPersons(words, runs, hits, titles));
  proposals.push(...possessedPersons(words, runs, hits, titles));
  proposals.push(...recognised(words, runs, hits, titles, titleTokens, knowledge));
  const taken = new Set(titleTokens);
  for (const title of titles) for (let token = title.first; token < title.last; token += 1) taken.add(token);
  for (const run of runs) proposals.push(...leftover(words, run, hits, taken, knowledge));
  return { titles, titleTokens, proposals: proposals.filter((one) => !isGeneric(one, words)).map((one) => withoutHonours(one, words)) };
}

/** "Anthony Albanese | MP": letters after a name. */
function withoutHonours(one: Proposal, words: Words): Proposal {
  const honours =
    one.kind === "person" && one.last - one.first > 2 && /^(MP|MEP|MLA|KC|QC|OBE|CBE|KBE|PC|TD)$/.test(words.text[one.last - 1] ?? "");
  return honours ? { ...one, last: one.last - 1 } : one;
}

/** "Member States", "the Parties": capitals of respect, no name. */
function isGeneric({ kind, first, last }: Proposal, words: Words): boolean {
  if (kind !== "person" && kind !== "organization" && kind !== "place") return false;
  return words.lower.slice(first, last).every((word) => GENERIC_NOUNS.has(word));
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

/** "Sheikh Hasina", "Shah Mehmood Qureshi": what looks like a title is part of the name that its bearer goes by. */
function namedSo(hit: Hit, title: TitleSpan, words: Words): boolean {
  if (hit.first !== title.first || hit.last <= title.last || /^(king|queen|emperor|empress|emir|prince|princess)$/.test(title.title.title))
    return false;
  const front = words.pieces.slice(title.first, title.last).flat().join(" ");
  return hit.meanings.some(
    (meaning) => meaning.type === "person" && meaning.holders.some(({ holder }) => foldedWords(holder).join(" ").startsWith(`${front} `)),
  );
}

/** "Foreign Minister Shah Mahmood Qureshi", "Industry Minister Sultan Ahmed": a ruler's title after an office is a given name. */
function isNameAfterTitle(title: TitleSpan, before: TitleSpan | undefined, words: Words): boolean {
  return (
    before?.last === title.first &&
    before.title.relation === "leads" &&
    /^(shah|sultan|emir|amir)$/.test(words.lower[title.first] ?? "") &&
    plainName(words, title.last, title.last + 1)
  );
}

/** "the Paraguayan | Senate": a body of one state that goes by a common noun is not that of the other state named before it. */
function isAnothers(hit: Hit, before: Hit | undefined, words: Words): boolean {
  const owner = before?.meanings.find((meaning) => meaning.type === "state" && meaning.use !== "capital");
  if (before === undefined || owner?.type !== "state") return false;
  const joined = before.last === hit.first || (before.last === hit.first - 1 && /^['’]s?$/.test(words.text[before.last] ?? ""));
  if (!joined || !STATE_BODY_PHRASES.has(words.lower.slice(hit.first, hit.last).join(" "))) return false;
  return hit.meanings.every((meaning) => meaning.type === "organization" && meaning.organization.country !== owner.state.code);
}

/** "Pope | Francis": a title in the usual name of a person is none of its own forms. */
function withoutTitle(hit: Hit, titles: readonly TitleSpan[]): Hit {
  const title = titles.find((one) => one.first === hit.first && one.last < hit.last);
  return title === undefined || !personLike(hit) ? hit : { ...hit, first: title.last };
}

/** "Victoria | Nuland", "Salvador | Panelo": a state's name or capital before a lone surname is somebody's given name. */
function isGivenName(hit: Hit, words: Words, knowledge: Knowledge): boolean {
  const text = words.text[hit.first] ?? "";
  if (hit.last - hit.first > 1 || text === text.toUpperCase() || words.attached(hit.last)) return false;
  if (!hit.meanings.some((meaning) => meaning.type === "state" && (meaning.use === "name" || meaning.use === "capital"))) return false;
  if (!plainName(words, hit.last, hit.last + 1) || words.tokens[hit.last]?.upos === "NOUN") return false;
  // "In Damascus Ahmed Jibril said".
  const given = knowledge.givenNames.has(text) && !knowledge.givenNames.has(words.text[hit.last] ?? "");
  const told = words.text[hit.first - 1] === "," && /^[,.]$/.test(words.text[hit.last + 1] ?? "");
  if (given && told && !endsBody(words, hit.first, hit.last + 1)) return true;
  if (!given && /^(in|at|from|to|near|outside|of)$/.test(words.lower[hit.first - 1] ?? "")) return false;
  const surname = words.sentence.names.find((name) => name.label === "person" && name.first <= hit.last && name.last > hit.last);
  return surname !== undefined && surname.first >= hit.first && (given || surname.last === hit.last + 1);
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
    // "MAPUTO, July 9 (Lusa) -": who reports, not from where.
    if (words.text[token] === "(" && words.capital(token + 1)) token = Math.max(token, words.text.indexOf(")", token));
    else if (name && first < 0) first = token;
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
  // "LOOKING AHEAD" over a part of the text
  if (
    letters.length >= 2 &&
    letters.length < 5 &&
    letters.length === words.length &&
    letters.every((word) => word.length > 3 && word === word.toUpperCase())
  )
    return true;
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
  if (state?.use === "capital" && CLUBS.test(words.lower[hit.first - 1] ?? "") && words.capital(hit.first - 1))
    return [{ first: hit.first - 1, last: hit.last, kind: "none", strength: 99, reason: "name of a club" }];
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
  if (find("region") !== undefined && !words.capital(hit.last))
    return [{ ...span, kind: "none", strength: 90, reason: "part of the world" }];
  return [];
}

/** "Real Madrid", "Dynamo Kyiv": words that make a club of a town. */
const CLUBS =
  /^(real|atl[eé]tico|athletic|dynamo|dinamo|sporting|spartak|lokomotiv|sparta|slavia|rapid|hapoel|maccabi|partizan|legia|hertha|fc|ac|cska)$/;

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
