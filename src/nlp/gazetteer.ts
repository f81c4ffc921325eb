/** The names that our knowledge holds, as a trie over folded words, and their longest matches in a sentence. */
import { foldedWords, personWords, transliteration } from "../knowledge/fold.ts";
import { inOffice } from "../knowledge/offices.ts";
import type { Knowledge, NamedAgreement, OfficeHolder, Organization, Place, State, Title } from "../knowledge/types.ts";
import type { Words } from "./words.ts";

/** `name`, `adjective`, `people`: the state itself; `capital`, `seat`: the state or a place, as the sentence uses it. */
export type StateUse = "name" | "adjective" | "people" | "capital" | "seat";

export type Meaning =
  | { readonly type: "state"; readonly state: State; readonly use: StateUse }
  /** `seat`: a town or building that stands for it as a capital does for a state ("Brussels"). */
  | { readonly type: "organization"; readonly organization: Organization; readonly use: "name" | "seat" }
  | { readonly type: "agreement"; readonly agreement: NamedAgreement }
  | { readonly type: "place"; readonly place: Place }
  | { readonly type: "person"; readonly holders: readonly OfficeHolder[] }
  /** "West African", "Latin American": a part of the world, and no name of a state that ends it. */
  | { readonly type: "region" }
  | { readonly type: "title"; readonly title: Title };

/** Tokens `first` to `last` (exclusive) of a sentence carry a known name with these meanings. */
export interface Hit {
  readonly first: number;
  readonly last: number;
  readonly meanings: readonly Meaning[];
}

interface Entry {
  readonly meaning: Meaning;
  /** Letters only in capitals, one word: must not match the common word ("US", "WHO"). */
  readonly acronym: boolean;
  /** Ends in a word of small letters: "Paris climate accord". */
  readonly common: boolean;
}

interface Node {
  readonly next: Map<string, Node>;
  readonly entries: Entry[];
}

export interface Gazetteer {
  readonly names: Node;
  readonly titles: Node;
  /** Office holders by the folded words of any of their names, joined by a space. */
  readonly holders: ReadonlyMap<string, readonly OfficeHolder[]>;
  /** The same by name with the doubts of transliteration taken out, and by surname alone. */
  readonly spellings: ReadonlyMap<string, readonly OfficeHolder[]>;
  readonly surnames: ReadonlyMap<string, readonly OfficeHolder[]>;
}

const built = new WeakMap<Knowledge, Gazetteer>();

/** The index of all names in `knowledge`; built once for each Knowledge. */
export function gazetteerOf(knowledge: Knowledge): Gazetteer {
  let gazetteer = built.get(knowledge);
  if (gazetteer === undefined) {
    gazetteer = build(knowledge);
    built.set(knowledge, gazetteer);
  }
  return gazetteer;
}

function build(knowledge: Knowledge): Gazetteer {
  const names = node();
  const titles = node();
  const add = (form: string, meaning: Meaning): void => insert(names, form, meaning);
  for (const state of knowledge.states.values()) {
    for (const form of new Set([state.name, ...state.names])) add(form, { type: "state", state, use: "name" });
    for (const form of state.adjectives) add(form, { type: "state", state, use: "adjective" });
    for (const form of state.people) add(form, { type: "state", state, use: "people" });
    for (const form of new Set([state.capital, ...state.capitalNames])) add(form, { type: "state", state, use: "capital" });
    for (const form of state.seats) add(form, { type: "state", state, use: "seat" });
  }
  for (const organization of knowledge.organizations) {
    for (const form of new Set([organization.name, ...organization.names])) add(form, { type: "organization", organization, use: "name" });
    for (const form of organization.seats) add(form, { type: "organization", organization, use: "seat" });
  }
  for (const agreement of knowledge.agreements) {
    for (const form of new Set([agreement.name, ...agreement.names])) add(form, { type: "agreement", agreement });
  }
  for (const place of knowledge.places) {
    for (const form of new Set([place.name, ...place.names])) add(form, { type: "place", place });
  }
  for (const { sort, use } of knowledge.stateSorts) if (use === "region" && /(?:an|ic)$/.test(sort)) add(sort, { type: "region" });
  const holders = new Map<string, OfficeHolder[]>();
  const spellings = new Map<string, OfficeHolder[]>();
  const surnames = new Map<string, OfficeHolder[]>();
  for (const holder of knowledge.offices) {
    for (const form of new Set([holder.holder, ...holder.names])) {
      const words = personWords(form);
      enter(holders, foldedWords(form).join(" "), holder);
      if (words.length > 1) enter(spellings, spelling(words), holder);
      enter(surnames, words.at(-1) ?? "", holder);
    }
  }
  for (const [key, same] of holders) if (key.includes(" ")) insert(names, key, { type: "person", holders: same });
  for (const title of knowledge.titles) {
    for (const form of [title.title, title.plural ?? `${title.title}s`]) insert(titles, form, { type: "title", title });
  }
  return { names, titles, holders, spellings, surnames };
}

function enter(map: Map<string, OfficeHolder[]>, key: string, holder: OfficeHolder): void {
  const same = map.get(key);
  if (same === undefined) map.set(key, [holder]);
  else if (!same.includes(holder)) same.push(holder);
}

/** A name as it sounds: "Edward Nalbandian" and "Edward Nalbandyan" are one. */
function spelling(words: readonly string[]): string {
  return words.map(transliteration).join(" ");
}

function node(): Node {
  return { next: new Map(), entries: [] };
}

function insert(root: Node, form: string, meaning: Meaning): void {
  let at = root;
  const words = foldedWords(form);
  // "The Left Party" is found without its article, "The Hague" is not.
  if (words[0] === "the" && words.length > 2) words.shift();
  for (const word of words) {
    let next = at.next.get(word);
    if (next === undefined) {
      next = node();
      at.next.set(word, next);
    }
    at = next;
  }
  if (at === root) return;
  const letters = form.replace(/[^\p{L}]/gu, "");
  const acronym = letters.length <= 7 && letters === letters.toUpperCase() && !form.trim().includes(" ");
  at.entries.push({ meaning, acronym, common: /\s\p{Ll}[\p{L}'’-]*$/u.test(form) });
}

/** All longest known names from left to right, not overlapping; hyphens and tokenisation do not matter, capitals do. */
export function knownNames(gazetteer: Gazetteer, words: Words): Hit[] {
  return matches(gazetteer.names, words, true);
}

/** The longest known name from token `first` that ends before `end`. */
export function knownNameAt(gazetteer: Gazetteer, words: Words, first: number, end: number): Hit | undefined {
  return longest(gazetteer.names, words, first, true, end);
}

/** All longest titles from left to right, in any case. */
export function knownTitles(gazetteer: Gazetteer, words: Words): Hit[] {
  return matches(gazetteer.titles, words, false);
}

function matches(root: Node, words: Words, cased: boolean): Hit[] {
  const hits: Hit[] = [];
  for (let first = 0; first < words.length; ) {
    const hit = longest(root, words, first, cased);
    if (hit === undefined) first += 1;
    else {
      hits.push(hit);
      first = hit.last;
    }
  }
  return hits;
}

function longest(root: Node, words: Words, first: number, cased: boolean, end = words.length): Hit | undefined {
  if (words.pieces[first]?.length === 0) return undefined;
  let at: Node = root;
  let found: Hit | undefined;
  for (let last = first; last < end; last += 1) {
    const pieces = words.pieces[last] ?? [];
    if (pieces.length === 0) {
      if (words.joins(last)) continue;
      break;
    }
    let next: Node | undefined = at;
    for (const piece of pieces) next = next?.next.get(piece);
    if (next === undefined) break;
    at = next;
    if (at.entries.length === 0) continue;
    const meanings = at.entries.filter((entry) => !cased || casingFits(entry, words, first, last)).map((entry) => entry.meaning);
    if (meanings.length > 0) found = { first, last: last + 1, meanings };
  }
  return found;
}

/** Acronyms that are words too: "Plan Colombia" is no navy. */
const COMMON_WORDS = /^(plan|care|help|aims|fair|safe|star|arms|idea|core|coma|pact|past|fate|most)$/i;

function casingFits(entry: Entry, words: Words, first: number, last: number): boolean {
  if (!words.capital(first) && !/^\p{N}|^al$|^el$/u.test(words.lower[first] ?? "")) return false;
  if (entry.acronym && first === last) {
    const letters = (words.text[first] ?? "").replace(/[^\p{L}]/gu, "");
    if (letters === letters.toUpperCase()) return true;
    return (
      letters.length >= 4 &&
      !COMMON_WORDS.test(letters) &&
      !words.startsSentence(first) &&
      letters.slice(1) === letters.slice(1).toLowerCase()
    );
  }
  return last === first || entry.common || words.capital(last) || !/^\p{Ll}+$/u.test(words.text[last] ?? "") || words.text[last] === "s";
}

/** The office holder whose name this is, on `day` (YYYY-MM-DD) if given, else whoever of that name comes first. */
export function officeHolders(gazetteer: Gazetteer, name: string, day: string | undefined): readonly OfficeHolder[] {
  const words = personWords(name);
  const all =
    gazetteer.holders.get(foldedWords(name).join(" ")) ??
    gazetteer.holders.get(`${words[0]} ${words.at(-1)}`) ??
    (words.length > 1 ? gazetteer.spellings.get(spelling(words)) : undefined) ??
    [];
  if (day === undefined) return all;
  return all.filter((holder) => inOffice(holder, day));
}

/** Who of this surname held an office on `day` (YYYY-MM-DD). */
export function namesakes(gazetteer: Gazetteer, surname: string, day: string): readonly OfficeHolder[] {
  return (gazetteer.surnames.get(surname) ?? []).filter((holder) => inOffice(holder, day));
}
