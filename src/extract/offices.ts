/** Standing facts that noun phrases say: who leads or represents whom (titles, appositions, possessives), what is part of or lies in what. */
import { fold } from "../model/letters.ts";
import { bearersOf, headsOf, inOffice } from "../knowledge/offices.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Mention } from "../model/annotation.ts";
import type { Draft, Reading } from "./claims.ts";
import { DETERMINERS, add, chainsOf, isPossessive, push } from "./page.ts";
import type { FoundTitle, Open, Page } from "./page.ts";
import type { Party } from "./parties.ts";
import {
  FORMER,
  LINKS,
  groupBackTo,
  groupBackwards,
  groupForwards,
  indexTitles,
  isDestination,
  isFormer,
  mentionEndingAt,
  ownersAfter,
  ownersBefore,
  ownersOfBoth,
  skipHonorifics,
  titleEndingAt,
  titleStartingAt,
} from "./titles.ts";
import { readApposition, readOrganization, readPlace, readSeat } from "./whereabouts.ts";

/** Titles that many bear at a time: with "a" before them no head is meant. */
const ONE_OF_MANY = /(commander|officer|leader|director|boss)$/;

const COUNTERPARTS = new Set(["counterpart", "counterparts", "colleague", "number"]);

/** Reads offices, membership and location off the noun phrases of all sentences. */
export function readOffices(reading: Reading): Draft[] {
  const titles = indexTitles(reading.knowledge.titles);
  const out: Draft[] = [];
  const open: Open[] = [];
  for (const tree of reading.trees) {
    const { mentions } = tree;
    if (mentions.length === 0) continue;
    const words = tree.words.map(fold);
    const page: Page = { reading, tree, words, titles, mentions, out, open };
    for (const mention of mentions) {
      if (mention.kind === "person" && mention.form === "name") readPerson(page, mention);
      else if (mention.kind === "person" && mention.form === "nominal") readNominal(page, mention);
      else if (mention.kind === "organization" && mention.form === "name") {
        readOrganization(page, mention);
        readSeat(page, mention);
        readApposition(page, mention);
      } else if (mention.kind === "place" && mention.form === "name") {
        readPlace(page, mention);
        readApposition(page, mention);
      }
    }
  }
  settleOpen(open, out, reading);
  return out;
}

function readPerson(page: Page, person: Mention): void {
  if (readDistributed(page, person)) return;
  if (readPairs(page, person)) return;
  if (readTitleBefore(page, person)) return;
  if (readTitleAfter(page, person)) return;
  readBarePossessive(page, person);
}

/** "Foreign ministers X of A and Y of B": each has the office in the state named after him. */
function readPairs(page: Page, person: Mention): boolean {
  const [owner] = ownersAfter(page, person.last);
  if (page.words[person.last] !== "of" || !owner) return false;
  let first = person;
  for (let steps = 0; steps < 6; steps++) {
    const found = titleEndingAt(page, skipHonorifics(page, first.first));
    if (found) {
      if (!found.plural || isFormer(page, found.first)) return false;
      if (found.title.relation === "none") return false;
      add(page, found.title.relation, "office.pairs", person, owner, 0.9);
      return true;
    }
    let at = first.first;
    if (page.words[at - 1] === "and") at--;
    if (page.words[at - 1] === ",") at--;
    if (at === first.first) return false;
    const state = mentionEndingAt(page, at, ["state", "organization"]);
    let before = state?.first ?? -1;
    if (page.words[before - 1] === "the") before--;
    if (page.words[before - 1] !== "of") return false;
    const other = mentionEndingAt(page, before - 1, ["person"]);
    if (!other) return false;
    first = other;
  }
  return false;
}

/** "The Presidents of A, X, and of B, Y": the office is of the state between "of" and the name. */
function readDistributed(page: Page, person: Mention): boolean {
  const { words } = page;
  let at = person.first;
  let owner: Mention | undefined;
  for (let steps = 0; steps < 6; steps++) {
    const state = words[at - 1] === "," ? mentionEndingAt(page, at - 1, ["state", "organization"]) : undefined;
    const before = state === undefined ? -1 : state.first - (words[state.first - 1] === "the" ? 1 : 0);
    // "The presidents of A, X, and B, Y": the "of" serves both.
    if (state === undefined || !/^(of|and|,)$/.test(words[before - 1] ?? "")) return false;
    const of = words[before - 1] === "of" ? before - 1 : before;
    owner ??= state;
    const found = of < before ? titleEndingAt(page, of) : undefined;
    if (found) {
      // One alone is "the president of A, X", which is read elsewhere.
      if (!found.plural || isFormer(page, found.first)) return false;
      if (found.title.relation === "none") return false;
      add(page, found.title.relation, "office.pairs", person, owner, 0.9);
      return true;
    }
    let end = of;
    while (words[end - 1] === "and" || words[end - 1] === ",") end--;
    const other = mentionEndingAt(page, end, ["person"]);
    if (!other) return false;
    at = other.first;
  }
  return false;
}

// --- titles before a name ---------------------------------------------------------------------------------------------------------------

function readTitleBefore(page: Page, person: Mention): boolean {
  const group = groupBackTo(page, person);
  let end = group.first;
  end = skipHonorifics(page, end);
  const comma = page.words[end - 1] === ",";
  if (comma) end = skipHonorifics(page, end - 1);
  if (page.words[end - 1] === ":" || end <= 0) return false;
  const last = titleEndingAt(page, end);
  // "Foreign Minister Prince X", "Defence Minister General Y": the office, not the rank after it.
  const office = last && last.title.relation !== "leads" ? titleEndingAt(page, last.first) : undefined;
  const found = office?.title.relation === "leads" ? office : last;
  if (found) {
    if (found.plural !== group.people.length > 1 && found.plural) return false;
    if (isFormer(page, found.first)) return true;
    const before = ownersBefore(page, found.first, found.plural);
    const owners = before.length > 0 || comma ? before : ownersOfBoth(page, found.first);
    // After the name "of" alone: "welcomed President X to Ruritania", "meet President X in Ruritania" say where.
    const isBehind = owners.length === 0 && !comma && page.words[person.last] === "of";
    const after = isBehind ? ownersAfter(page, person.last, found.plural).filter(({ kind }) => kind !== "person") : [];
    const all = owners.length > 0 ? owners : after;
    if (all.length > 0) {
      draw(page, found, group.people, all, person);
      return true;
    }
    if (!comma && readTitleAfter(page, person)) return true;
    // "its leader, X": of a body that we did not make out, not of X's state.
    if (/^(its|their|whose)$/.test(page.words[found.first - 1] ?? "") && !OF_STATES.has(found.title.office ?? "")) return true;
    leave(page, found, [person]);
    return true;
  }
  // "the president of the United States, Joe Biden" and "the spokesman for the EU, ...".
  const owner = mentionEndingAt(page, end, ["state", "organization", "person"]);
  if (owner && (comma || page.words[end - 1] !== ",")) {
    const owners = groupBackwards(page, owner);
    const first = owners[0] ?? owner;
    let at = first.first;
    while (at > 0 && DETERMINERS.has(page.words[at - 1] ?? "")) at--;
    at = formalStart(page, at);
    if (at > 0 && LINKS.has(page.words[at - 1] ?? "")) {
      const outer = isDestination(page, at - 1) ? undefined : titleEndingAt(page, at - 1);
      if (outer && outer.title.relation !== "none") {
        if (isFormer(page, outer.first)) return true;
        // "the foreign ministers of A and B, X and Y": to each his own.
        const people = outer.plural && owners.length > 1 ? [person, ...groupForwards(page, person)] : group.people;
        if (people === group.people) draw(page, outer, people, outer.plural ? owners : owners.slice(-1), person);
        else if (people.length === owners.length) for (const one of people) draw(page, outer, people, owners, one);
        return true;
      }
    }
  }
  if (comma || page.words[end - 1] !== ",") return readCounterpart(page, person, end);
  return false;
}

/** "the | Federative Republic of Brazil": where the state's full name begins, its article included. */
function formalStart(page: Page, state: number): number {
  if (page.words[state - 1] !== "of") return state;
  let at = state - 1;
  while (
    /^(republic|kingdom|state|federation|sultanate|federative|federal|democratic|islamic|people|'s|socialist|arab|united|hashemite)$/.test(
      page.words[at - 1] ?? "",
    )
  )
    at--;
  if (at === state - 1) return state;
  while (at > 0 && DETERMINERS.has(page.words[at - 1] ?? "")) at--;
  return at;
}

/** "his Israeli counterpart, X": the same kind of office, of the state named. */
function readCounterpart(page: Page, person: Mention, end: number): boolean {
  if (!COUNTERPARTS.has(page.words[end - 1] ?? "")) return false;
  let start = end - 1;
  if (page.words[start] === "number" && page.words[start - 1] === "opposite") start--;
  return sameOffice(page, person, ownersBefore(page, start));
}

/** A counterpart holds what the one before him holds. */
function sameOffice(page: Page, person: Mention, owners: readonly Mention[]): boolean {
  if (owners.length === 0) return false;
  const before = page.out.findLast(
    (draft) => draft.sentence === page.tree.index && (draft.relation === "leads" || draft.relation === "represents"),
  );
  for (const owner of owners) add(page, before?.relation ?? "leads", "office.counterpart", person, owner, 0.75);
  return true;
}

/** A title without a state: settled when the whole document has been read. */
function leave(page: Page, found: FoundTitle, people: readonly Mention[]): void {
  const { relation } = found.title;
  if ((relation !== "leads" && relation !== "represents") || found.title.office === "faction") return;
  // "Bougainville's president": of a place that is no state.
  if (isPossessive(page.words[found.first - 1]) && mentionEndingAt(page, found.first - 1, ["place"])) return;
  for (const person of people) page.open.push({ page, found, person });
}

/** Offices that only the state itself has: named without it at home. */
const OF_STATES = new Set(["head-of-state", "head-of-government", "foreign-minister", "defence-minister"]);

/**
 * Whom a title without a state belongs to: the state that its bearer is known to belong to, the one that the text calls "the American
 * President" elsewhere, or the one that the report is datelined from, which a report at home does not name.
 */
function settleOpen(open: readonly Open[], out: Draft[], reading: Reading): void {
  for (const { page, found, person } of open) {
    const { annotated } = reading;
    for (const index of person.chains) {
      if (out.some((draft) => draft.subject.chain === index && (draft.relation === "leads" || draft.relation === "represents"))) continue;
      const states = annotated.chains.flatMap((chain, at) => (chain.kind === "state" ? [at] : []));
      const home = (country: string | undefined): number | undefined =>
        country ? states.find((at) => annotated.chains[at]?.known === `state:${country}`) : undefined;
      const ofState = found.title.office !== undefined && OF_STATES.has(found.title.office);
      const country = annotated.chains[index]?.country ?? holderBySurname(reading, found, index);
      // Known to be of a state that the text does not name: of no other.
      if (country !== undefined && ofState && home(country) === undefined) continue;
      const known = home(country) ?? (found.title.title.endsWith("secretary of state") ? home("USA") : undefined);
      const called = known ?? (ofState ? calledSo(reading, found) : undefined);
      const local =
        ofState && /^(president|premier|chancellor|.*minister)$/.test(found.title.title) ? home(datelineCountry(reading)) : undefined;
      const taken = out.some(
        (draft) => draft.relation === "leads" && draft.object.chain === local && found.title.office?.startsWith("head") === true,
      );
      // A report from Arusha about Rwanda's talks names the Rwandan minister without his state as well.
      const size = (at: number | undefined): number => annotated.chains[at ?? -1]?.mentions.length ?? 0;
      const away = states.some((at) => size(at) > size(local));
      const state = called ?? (taken || away ? undefined : local);
      // "Ibrahim Rugova, the moderate leader": of what, the text does not say.
      if (state !== undefined && found.title.title === "leader" && !headsState(reading, index, state)) continue;
      const mention = annotated.mentions[annotated.chains[state ?? -1]?.mentions[0] ?? -1];
      if (state !== undefined && mention)
        push(
          page,
          headsState(reading, index, state) ? "leads" : found.title.relation,
          "office.title-alone",
          person,
          index,
          mention,
          state,
          known !== undefined ? 0.88 : called !== undefined ? 0.8 : 0.7,
        );
    }
  }
}

/** "President X" where X is the last name of the one president of that name on the day of the report: his state's code. */
function holderBySurname(reading: Reading, found: FoundTitle, person: number): string | undefined {
  const { annotated, knowledge } = reading;
  const day = annotated.document.date;
  const name = fold(annotated.chains[person]?.name ?? "");
  if (day === undefined || name === "" || name.includes(" ")) return undefined;
  const states = new Set<string>();
  for (const term of bearersOf(knowledge, name))
    if (term.title === found.title.title && term.state !== undefined && inOffice(term, day)) states.add(term.state);
  return states.size === 1 ? [...states][0] : undefined;
}

/** "Colonel X" of whom we know that he headed that state on the day of the report. */
function headsState(reading: Reading, person: number, state: number): boolean {
  const { annotated, knowledge } = reading;
  const day = annotated.document.date;
  const known = annotated.chains[state]?.known;
  const chain = annotated.chains[person];
  if (day === undefined || chain === undefined || known === undefined) return false;
  const names = new Set([chain.name, ...chain.aliases].map(fold));
  return headsOf(knowledge, known.replace("state:", "")).some(
    (term) => inOffice(term, day) && [term.holder, ...term.names].some((name) => names.has(fold(name))),
  );
}

/** The one state that the text gives this title to, as in "the American President". */
function calledSo(reading: Reading, found: FoundTitle): number | undefined {
  const { annotated } = reading;
  const text = annotated.document.text;
  const states = new Set<number>();
  for (const mention of annotated.mentions) {
    if (mention.kind !== "state" || mention.form !== "nominal" || mention.chains.length !== 1) continue;
    const words = fold(text.slice(mention.start, mention.end));
    if (words.endsWith(` ${found.title.title}`) || (found.title.office?.startsWith("head") === true && words.endsWith(" leader")))
      states.add(mention.chains[0] ?? -1);
  }
  return states.size === 1 ? [...states][0] : undefined;
}

/** The state that the dateline's place lies in or is the capital of. */
function datelineCountry(reading: Reading): string | undefined {
  const { annotated, knowledge } = reading;
  const line = annotated.sentences.findIndex((sentence) => sentence.dateline === true);
  const places = annotated.mentions.filter((each) => each.sentence === line && each.kind === "place");
  const countries = places.map((place) => {
    const chain = annotated.chains[place.chains[0] ?? -1];
    return chain?.country ?? capitals(knowledge).get(fold(chain?.name ?? ""));
  });
  // "PRETORIA/MASERU": of two datelines either may be home.
  return new Set(countries).size === 1 ? countries[0] : undefined;
}

const capitalIndexes = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

/** Codes of states by the folded names of their capitals. */
function capitals(knowledge: Knowledge): ReadonlyMap<string, string> {
  const known = capitalIndexes.get(knowledge);
  if (known) return known;
  const index = new Map<string, string>();
  for (const state of knowledge.states.values())
    for (const name of [state.capital, ...state.capitalNames]) index.set(fold(name), state.code);
  capitalIndexes.set(knowledge, index);
  return index;
}

// --- titles after a name ----------------------------------------------------------------------------------------------------------------

/** "X, the Turkish president", "X, president of Turkey", "X and Y, the foreign ministers of A and B". */
function readTitleAfter(page: Page, person: Mention): boolean {
  const { words } = page;
  let at = person.last;
  let named: Mention[] = [];
  if (words[at] === "of") {
    named = ownersAfter(page, at);
    at = (named.at(-1)?.last ?? at) || at;
  }
  if (words[at] !== "," && words[at] !== "(" && words[at] !== "-" && words[at] !== "–" && words[at] !== "—") return false;
  at++;
  if (words[at] === "himself" || words[at] === "now" || words[at] === "then") at++;
  while (DETERMINERS.has(words[at] ?? "")) at++;
  const start = at;
  for (let skip = 0; skip < 7; skip++) {
    const here = start + skip;
    const word = words[here] ?? "";
    const token = page.tree.tokens[here];
    if (
      !token ||
      word === "," ||
      word === "." ||
      (["ADP", "VERB", "AUX", "SCONJ", "CCONJ", "PART"].includes(token.upos) && !isPossessive(word) && word !== "-")
    )
      break;
    if (FORMER.has(word)) return true;
    if (insideName(page, here)) continue;
    // "X, his Ruritanian counterpart Y": the title of the next.
    const next = here + (word === "opposite" ? 2 : 1);
    if (COUNTERPARTS.has(word) && page.mentions.some(({ first, kind, form }) => first === next && kind === "person" && form === "name"))
      return false;
    if (COUNTERPARTS.has(word) || (word === "opposite" && words[here + 1] === "number"))
      return sameOffice(page, person, ownersBefore(page, here));
    const found = titleStartingAt(page, here);
    if (!found || found.title.relation === "none") continue;
    // "X, the premier's father"
    if (isPossessive(words[found.last])) return false;
    // "met X, Ruritanian president Y and Z": the title is that of the name after it.
    if (isPersonAt(page, found.last)) return false;
    const people = groupBackwards(page, person).filter((mention) => mention.kind === "person");
    const group = found.plural ? people : [person];
    const before = ownersBefore(page, found.first, found.plural).filter((owner) => owner.first >= start - 1);
    const after = ownersAfter(page, found.last, found.plural);
    // "X, President of Ruritania Y": likewise.
    const [lastOwner] = after.slice(-1);
    if (lastOwner && isPersonAt(page, lastOwner.last)) return false;
    const owners =
      after.length > 0 && (before.length === 0 || after.some((owner) => owner.kind === "organization"))
        ? after
        : before.length > 0
          ? before
          : after;
    if (owners.length > 0) {
      for (const each of group) draw(page, found, group, owners, each);
      return true;
    }
    if (named.length > 0) {
      draw(page, found, [person], named, person);
      return true;
    }
    leave(page, found, group);
    return true;
  }
  return false;
}

/** Whether a person's name begins at the token, or after an honorific that does. */
function isPersonAt(page: Page, at: number): boolean {
  const honorific = titleStartingAt(page, at);
  const name = honorific?.title.relation === "none" ? honorific.last : at;
  return page.mentions.some(({ first, kind, form }) => first === name && kind === "person" && form === "name");
}

/** Whether the token stands inside a name of a state or organisation, not at its start. */
function insideName(page: Page, at: number): boolean {
  return page.mentions.some((mention) => mention.form === "name" && mention.kind !== "person" && mention.first < at && at < mention.last);
}

/** "Iran's Hassan Rouhani", "Justin Trudeau of Canada", "Gerry Adams of Sinn Fein". */
function readBarePossessive(page: Page, person: Mention): void {
  const { words } = page;
  const at = skipHonorifics(page, person.first);
  const owner = isPossessive(words[at - 1]) ? mentionEndingAt(page, at - 1, ["state", "organization"]) : undefined;
  if (owner) {
    const found = titleOfList(page, owner.first);
    if (found) draw(page, found, [person], [owner], person);
    else for (const chain of chainsOf(owner)) bear(page, person, owner, chain, "office.possessive", 0.85);
    return;
  }
  let after = person.last;
  // "Omar Diallo (Kenya)" in the minutes of a meeting
  const bracketed =
    words[after] === "("
      ? page.mentions.find((mention) => mention.first === after + 1 && mention.kind === "state" && mention.form === "name")
      : undefined;
  if (bracketed && words[bracketed.last] === ")" && !isAdjective(page, bracketed)) {
    for (const chain of chainsOf(bracketed)) bear(page, person, bracketed, chain, "office.bracket", 0.85);
    return;
  }
  // "the chief negotiators, A for Norway and B for Kenya"
  if (words[after] === "for") {
    const [served] = ownersAfter(page, after);
    const found = served && titleOfList(page, person.first);
    if (found) draw(page, found, [person], [served], person);
    return;
  }
  if (words[after] === "," && words[after + 1] === "of") after++;
  if (words[after] !== "of" && !(words[after] === "," && words[after + 1] === "of")) return;
  for (const named of ownersAfter(page, after)) {
    const party = /^(party|movement)$/.test(words[named.last] ?? "");
    for (const chain of chainsOf(named)) bear(page, person, named, chain, "office.of", 0.85, party);
  }
}

/** "(Kenyan)": whose he is, not whom he stands for. */
function isAdjective(page: Page, { chains, start, end }: Mention): boolean {
  const { annotated, knowledge } = page.reading;
  const known = annotated.chains[chains[0] ?? -1]?.known ?? "";
  const state = knowledge.states.get(known.replace("state:", ""));
  return state?.adjectives.includes(annotated.document.text.slice(start, end)) === true;
}

/** "Three presidents, A's X, B's Y and C's Z": the plural title that a list of names explains. */
function titleOfList(page: Page, first: number): FoundTitle | undefined {
  for (let at = first - 1; at >= Math.max(0, first - 40); at--) {
    const word = page.words[at] ?? "";
    if (word === ",") {
      const found = titleEndingAt(page, at);
      if (found?.plural && found.title.relation !== "none") return found;
    } else if (word !== "and" && word !== "for" && !isPossessive(word) && page.tree.covering[at] === undefined) return undefined;
  }
  return undefined;
}

/** Of a party one is a member; of a state or another organisation one stands for it. */
function bear(page: Page, person: Mention, owner: Mention, chain: number, rule: string, confidence: number, party = false): void {
  const role = page.reading.annotated.chains[chain]?.role;
  for (const index of chainsOf(person))
    push(page, party || role === "party" ? "member-of" : "represents", rule, person, index, owner, chain, confidence);
}

// --- nominal mentions -------------------------------------------------------------------------------------------------------------------

/** "the Russian leader" said of a person who is named elsewhere. */
function readNominal(page: Page, mention: Mention): void {
  if (mention.chains.length !== 1) return;
  for (let at = mention.last; at > mention.first; at--) {
    const found = titleEndingAt(page, at);
    if (!found || found.first < mention.first) continue;
    if (found.plural || isFormer(page, found.first)) return;
    const relation = found.title.relation;
    if (relation === "none" || relation === "member-of") return;
    // "The Slovak diplomat" is where he is from, not whom he serves.
    if (/^(diplomat|official)$/.test(found.title.title) && page.words[mention.first] === "the") return;
    const owners = ownersBefore(page, found.first);
    const after = owners.length > 0 ? [] : ownersAfter(page, found.last);
    for (const owner of owners.length > 0 ? owners : after) {
      // "a Ruritanian commander, X": one of several.
      const one = relation === "leads" && ONE_OF_MANY.test(found.title.title) && /^(a|an)$/.test(page.words[mention.first] ?? "");
      if (isOfBody(page, found, owner)) continue;
      if (owner.kind !== "person" && !isOfPart(found, owner))
        add(page, one || ofEnvoy(found, owner) ? "represents" : relation, "office.nominal", mention, owner, 0.88);
    }
    return;
  }
}

// --- parts of phrases -------------------------------------------------------------------------------------------------------------------

function draw(page: Page, found: FoundTitle, people: readonly Mention[], owners: readonly Mention[], person: Mention): void {
  const relation = found.title.relation;
  if (relation === "none") return;
  const paired = people.length > 1 && people.length === owners.length;
  const mine = paired ? [owners[people.indexOf(person)]] : people.length > 1 && owners.length > 1 ? [] : owners;
  for (const owner of mine) {
    if (!owner || isOfPart(found, owner)) continue;
    if (isOfBody(page, found, owner)) {
      add(page, "represents", "office.title", person, owner, 0.85);
      continue;
    }
    if (owner.form === "pronoun" && owner.chains.length > 1) {
      // "their presidents, X and Y": each his own state's, as we know it or in the order of the states.
      const home = homeOf(page, person);
      const inOrder = people.length === owner.chains.length ? owner.chains[people.indexOf(person)] : undefined;
      const chain = home && owner.chains.includes(home.chain) ? home.chain : inOrder;
      if (chain !== undefined)
        for (const index of chainsOf(person)) push(page, relation, "office.each-his", person, index, owner, chain, 0.8);
    } else if (owner.kind === "person") {
      // "adviser to Prime Minister X", "his foreign minister": of the state or organisation that X leads.
      const led = page.out.find(
        (draft) => owner.chains.includes(draft.subject.chain) && (draft.relation === "leads" || draft.relation === "represents"),
      );
      const home = led ? led.object : homeOf(page, owner);
      if (home)
        for (const index of chainsOf(person)) push(page, relation, "office.of-person", person, index, home.mention, home.chain, 0.8);
    } else {
      // "a Ruritanian commander, X": one of several.
      const one =
        relation === "leads" &&
        ONE_OF_MANY.test(found.title.title) &&
        /^(a|an)$/.test(page.words[Math.min(found.first, owner.first) - 1] ?? "");
      add(page, one || ofEnvoy(found, owner) ? "represents" : relation, "office.title", person, owner, 0.93);
    }
  }
}

/** "the head of the Ruritanian security committee": of a body of the state. */
function isOfBody(page: Page, found: FoundTitle, owner: Mention): boolean {
  if (owner.kind !== "state" || owner.first < found.last) return false;
  for (let token = owner.last; token < owner.last + 4; token++) {
    if (
      /^(committee|commission|council|service|agency|bank|bureau|board|authority|party|federation|union|company|institute)$/.test(
        page.words[token] ?? "",
      )
    )
      return true;
    if (!/^(NOUN|ADJ|PROPN)$/.test(page.tree.tokens[token]?.upos ?? "")) return false;
  }
  return false;
}

/** "Israel's opposition leader": of some in the state, not of the state. */
function isOfPart({ title }: FoundTitle, owner: Mention): boolean {
  return owner.kind === "state" && title.office === "faction";
}

/** "the Indian high commissioner", "a French member": an organisation's office, said of a state, is that of its envoy. */
function ofEnvoy({ title }: FoundTitle, owner: Mention): boolean {
  return owner.kind === "state" && (title.relation === "member-of" || title.office === "chief");
}

function homeOf(page: Page, owner: Mention): Party | undefined {
  for (const index of owner.chains) {
    const country = page.reading.annotated.chains[index]?.country;
    const state = country
      ? page.reading.annotated.chains.findIndex((chain) => chain.kind === "state" && chain.known === `state:${country}`)
      : -1;
    const mention = page.reading.annotated.mentions[page.reading.annotated.chains[state]?.mentions[0] ?? -1];
    if (mention) return { chain: state, mention, relayed: true };
  }
  return undefined;
}
