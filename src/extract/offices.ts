/** Standing facts that noun phrases say: who leads or represents whom (titles, appositions, possessives), what is part of or lies in what. */
import type { Mention } from "../model/annotation.ts";
import type { RelationName } from "../model/graph.ts";
import { fold } from "../knowledge/fold.ts";
import type { Knowledge, Title } from "../knowledge/types.ts";
import type { Draft, Reading } from "./claims.ts";
import type { Party, Tree } from "./match.ts";

/** Words that end an office: no edge is drawn for who held it before. */
const FORMER = new Set([
  "former",
  "ex",
  "ex-",
  "late",
  "erstwhile",
  "onetime",
  "one-time",
  "sometime",
  "deposed",
  "ousted",
  "then-",
  "ex-president",
  "retired",
]);
/** What may stand between a state and the title: "Turkey's new foreign minister". */
const BETWEEN = new Set(
  "new newly elected current outgoing acting interim chief top main senior veteran long-time longtime far-right right-wing left-wing conservative liberal populist embattled powerful de facto own first deputy assistant special permanent influential the right left far - overall".split(
    " ",
  ),
);
const LINKS = new Set(["of", "for", "to", "at", "in", "with"]);
const DETERMINERS = new Set(["the", "a", "an", "both", "two", "three", "four", "all"]);
const COUNTERPARTS = new Set(["counterpart", "counterparts", "colleague", "number"]);

/** Titles by their letters alone, so that "vice president" and "vice-president" are one, however they were cut into tokens. */
type TitleIndex = ReadonlyMap<string, { readonly title: Title; readonly plural: boolean }>;

const indexes = new WeakMap<readonly Title[], TitleIndex>();

function indexTitles(titles: readonly Title[]): TitleIndex {
  const known = indexes.get(titles);
  if (known) return known;
  const index = new Map<string, { title: Title; plural: boolean }>();
  for (const title of titles) {
    index.set(letters(fold(title.plural ?? `${title.title}s`)), { title, plural: true });
  }
  for (const title of titles) index.set(letters(fold(title.title)), { title, plural: false });
  indexes.set(titles, index);
  return index;
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

/** A title found in a sentence: tokens first (inclusive) to last (exclusive). */
interface FoundTitle {
  readonly first: number;
  readonly last: number;
  readonly title: Title;
  readonly plural: boolean;
}

/** A sentence as this reader sees it. */
interface Page {
  readonly reading: Reading;
  readonly tree: Tree;
  readonly words: readonly string[];
  readonly titles: TitleIndex;
  readonly mentions: readonly Mention[];
  readonly out: Draft[];
  readonly open: Open[];
}

/** A title whose state the noun phrase does not name. */
interface Open {
  readonly page: Page;
  readonly found: FoundTitle;
  readonly person: Mention;
}

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
  if (readTitleBefore(page, person)) return;
  if (readTitleAfter(page, person)) return;
  readBarePossessive(page, person);
}

// --- titles before a name ---------------------------------------------------------------------------------------------------------------

function readTitleBefore(page: Page, person: Mention): boolean {
  const group = groupBackTo(page, person);
  let end = group.first;
  end = skipHonorifics(page, end);
  const comma = page.words[end - 1] === ",";
  if (comma) end = skipHonorifics(page, end - 1);
  if (page.words[end - 1] === ":" || end <= 0) return false;
  const found = titleEndingAt(page, end);
  if (found) {
    if (found.plural !== group.people.length > 1 && found.plural) return false;
    if (isFormer(page, found.first)) return true;
    const owners = ownersBefore(page, found.first, found.plural);
    const after = owners.length > 0 ? [] : comma ? [] : ownersAfter(page, person.last, found.plural);
    const all = owners.length > 0 ? owners : after;
    if (all.length > 0) {
      draw(page, found, group.people, all, person);
      return true;
    }
    if (!comma && readTitleAfter(page, person)) return true;
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
    if (at > 0 && LINKS.has(page.words[at - 1] ?? "")) {
      const outer = titleEndingAt(page, at - 1);
      if (outer && outer.title.relation !== "none" && (comma || outer.plural)) {
        if (!isFormer(page, outer.first)) draw(page, outer, group.people, outer.plural ? owners : owners.slice(-1), person);
        return true;
      }
    }
  }
  if (comma || page.words[end - 1] !== ",") return readCounterpart(page, person, end);
  return false;
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
  if (relation !== "leads" && relation !== "represents") return;
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
      const known = home(annotated.chains[index]?.country) ?? (found.title.title.endsWith("secretary of state") ? home("USA") : undefined);
      const called = known ?? (ofState ? calledSo(reading, found) : undefined);
      const local =
        ofState && /^(president|premier|chancellor|.*minister)$/.test(found.title.title) ? home(datelineCountry(reading)) : undefined;
      const taken = out.some(
        (draft) => draft.relation === "leads" && draft.object.chain === local && found.title.office?.startsWith("head") === true,
      );
      const state = called ?? (taken ? undefined : local);
      const mention = annotated.mentions[annotated.chains[state ?? -1]?.mentions[0] ?? -1];
      if (state !== undefined && mention)
        push(
          page,
          found.title.relation,
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
  const mention = annotated.mentions.find((each) => each.sentence === line && each.kind === "place");
  const chain = annotated.chains[mention?.chains[0] ?? -1];
  if (!chain) return undefined;
  if (chain.country) return chain.country;
  return capitals(knowledge).get(fold(chain.name));
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
    if (COUNTERPARTS.has(word) || (word === "opposite" && words[here + 1] === "number"))
      return sameOffice(page, person, ownersBefore(page, here));
    const found = titleStartingAt(page, here);
    if (!found || found.title.relation === "none") continue;
    const people = groupBackwards(page, person).filter((mention) => mention.kind === "person");
    const group = found.plural ? people : [person];
    const before = ownersBefore(page, found.first, found.plural).filter((owner) => owner.first >= start - 1);
    const after = ownersAfter(page, found.last, found.plural);
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
  if (words[after] === "," && words[after + 1] === "of") after++;
  if (words[after] !== "of" && !(words[after] === "," && words[after + 1] === "of")) return;
  for (const named of ownersAfter(page, after)) {
    const party = /^(party|movement)$/.test(words[named.last] ?? "");
    for (const chain of chainsOf(named)) bear(page, person, named, chain, "office.of", 0.85, party);
  }
}

/** "Three presidents, A's X, B's Y and C's Z": the plural title that a list of names explains. */
function titleOfList(page: Page, first: number): FoundTitle | undefined {
  for (let at = first - 1; at >= Math.max(0, first - 40); at--) {
    const word = page.words[at] ?? "";
    if (word === ",") {
      const found = titleEndingAt(page, at);
      if (found?.plural && found.title.relation !== "none") return found;
    } else if (word !== "and" && !isPossessive(word) && page.tree.covering[at] === undefined) return undefined;
  }
  return undefined;
}

/** Of a party one is a member; of a state or another organisation one stands for it. */
function bear(page: Page, person: Mention, owner: Mention, chain: number, rule: string, confidence: number, party = false): void {
  const role = page.reading.annotated.chains[chain]?.role;
  for (const index of chainsOf(person))
    push(page, party || role === "party" ? "member-of" : "represents", rule, person, index, owner, chain, confidence);
}

// --- nominal mentions, organisations, places --------------------------------------------------------------------------------------------

/** "the Russian leader" said of a person who is named elsewhere. */
function readNominal(page: Page, mention: Mention): void {
  if (mention.chains.length !== 1) return;
  for (let at = mention.last; at > mention.first; at--) {
    const found = titleEndingAt(page, at);
    if (!found || found.first < mention.first) continue;
    if (found.plural || isFormer(page, found.first)) return;
    const relation = found.title.relation;
    if (relation === "none" || relation === "member-of") return;
    const owners = ownersBefore(page, found.first);
    const after = owners.length > 0 ? [] : ownersAfter(page, found.last);
    for (const owner of owners.length > 0 ? owners : after) {
      if (owner.kind !== "person") add(page, relation, "office.nominal", mention, owner, 0.88);
    }
    return;
  }
}

/** "Iran's Supreme National Security Council", "Machar's SPLM-IO". */
function readOrganization(page: Page, organization: Mention): void {
  if (!isPossessive(page.words[organization.first - 1])) return;
  const owner = mentionEndingAt(page, organization.first - 1, ["state", "organization", "person"]);
  if (!owner) return;
  const role = page.reading.annotated.chains[organization.chains[0] ?? -1]?.role;
  if (owner.kind === "person") add(page, "leads", "office.own-organization", owner, organization, 0.7);
  else if (role === undefined || role === "government body" || role === "armed force")
    add(page, "part-of", "structure.possessive", organization, owner, 0.85);
}

/** "Mekelle, the Tigrayan capital", "the IHH, a Turkish charity": a place or body in the state that its apposition names. */
function readApposition(page: Page, mention: Mention): void {
  const { words } = page;
  if (words[mention.last] !== "," || !DETERMINERS.has(words[mention.last + 1] ?? "")) return;
  const outer = page.mentions.find(
    (other) => other.first === mention.last + 2 && other.form === "name" && (other.kind === "state" || other.kind === "place"),
  );
  const noun = page.tree.tokens[outer?.last ?? -1];
  if (!outer || !noun || noun.upos !== "NOUN" || isPossessive(words[outer.last])) return;
  if (
    mention.kind === "place"
      ? /^(capital|city|town|port|resort|village|region|province)$/.test(words[outer.last] ?? "")
      : !/^(government|ministry|army|state)$/.test(words[outer.last] ?? "")
  ) {
    add(page, "located-in", "structure.apposition", mention, outer, 0.8);
  }
}

/** "the Wagner Group in Bamako": only where the place belongs to the name, not to what is done there. */
function readSeat(page: Page, organization: Mention): void {
  if (page.words[organization.last] !== "in") return;
  const at = organization.last + 1;
  const place = page.mentions.find(
    (mention) => mention.first === at && mention.form === "name" && (mention.kind === "place" || mention.kind === "state"),
  );
  const token = page.tree.tokens[place?.head ?? -1];
  if (!place || token?.relation !== "nmod" || token.head < organization.first || token.head >= organization.last) return;
  add(page, "located-in", "structure.seat", organization, place, 0.75);
}

/** "Doha, Qatar" and "Merowe, in northern Sudan". */
function readPlace(page: Page, place: Mention): void {
  const { words } = page;
  if (words[place.last] !== ",") return;
  let at = place.last + 1;
  const inside = words[at] === "in";
  if (inside) at++;
  while (
    ["the", "northern", "southern", "eastern", "western", "central", "south", "north", "east", "west"].includes(words[at] ?? "") &&
    !page.mentions.some((mention) => mention.first === at)
  )
    at++;
  const outer = page.mentions.find(
    (mention) => mention.first === at && (mention.kind === "state" || mention.kind === "place") && mention.form === "name",
  );
  if (!outer || outer.chains[0] === place.chains[0]) return;
  const after = words[outer.last];
  const dateline = page.reading.annotated.sentences[page.tree.index]?.dateline === true;
  const listed =
    after === "and" ||
    after === "or" ||
    (after === "," && page.mentions.some((mention) => mention.first === outer.last + 1 && mention.kind === outer.kind));
  if (isPossessive(after) || (listed && !inside) || (outer.kind === "place" && !inside && !dateline && after !== ",")) return;
  add(page, "located-in", "structure.located", place, outer, 0.9);
}

// --- parts of phrases -------------------------------------------------------------------------------------------------------------------

function draw(page: Page, found: FoundTitle, people: readonly Mention[], owners: readonly Mention[], person: Mention): void {
  const relation = found.title.relation;
  if (relation === "none") return;
  const paired = people.length > 1 && people.length === owners.length;
  const mine = paired ? [owners[people.indexOf(person)]] : people.length > 1 && owners.length > 1 ? [] : owners;
  for (const owner of mine) {
    if (!owner) continue;
    if (owner.kind === "person") {
      // "adviser to Prime Minister X", "his foreign minister": of the state or organisation that X leads.
      const led = page.out.find(
        (draft) => owner.chains.includes(draft.subject.chain) && (draft.relation === "leads" || draft.relation === "represents"),
      );
      const home = led ? led.object : homeOf(page, owner);
      if (home)
        for (const index of chainsOf(person)) push(page, relation, "office.of-person", person, index, home.mention, home.chain, 0.8);
    } else add(page, relation === "member-of" && owner.kind === "state" ? "represents" : relation, "office.title", person, owner, 0.93);
  }
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

function add(page: Page, relation: RelationName, rule: string, subject: Mention, object: Mention, confidence: number): void {
  for (const left of chainsOf(subject))
    for (const right of chainsOf(object)) push(page, relation, rule, subject, left, object, right, confidence);
}

function push(
  page: Page,
  relation: RelationName,
  rule: string,
  subject: Mention,
  left: number,
  object: Mention,
  right: number,
  confidence: number,
): void {
  if (left === right) return;
  const known = page.reading.knowledge.relations.get(relation);
  const kinds = [page.reading.annotated.chains[left]?.kind, page.reading.annotated.chains[right]?.kind];
  if (!known || !kinds[0] || !kinds[1] || !known.subject.includes(kinds[0]) || !known.object.includes(kinds[1])) return;
  page.out.push({
    relation,
    rule,
    sentence: page.tree.index,
    trigger: subject.head,
    subject: { chain: left, mention: subject, relayed: false },
    object: { chain: right, mention: object, relayed: false },
    parties: [left, right].toSorted((a, b) => a - b),
    polarity: "affirmed",
    modality: "happened",
    topic: [],
    confidence,
  });
}

function chainsOf(mention: Mention): readonly number[] {
  return mention.chains;
}

function isPossessive(word: string | undefined): boolean {
  return word === "'s" || word === "'" || word === "’s" || word === "’";
}

function isFormer(page: Page, first: number): boolean {
  for (let at = first - 1; at >= Math.max(0, first - 4); at--) {
    const word = page.words[at] ?? "";
    if (FORMER.has(word) || (word === "-" && FORMER.has(page.words[at - 1] ?? ""))) return true;
    if (word === "," || word === ".") return false;
  }
  return false;
}

function skipHonorifics(page: Page, end: number): number {
  let at = end;
  for (let steps = 0; steps < 3; steps++) {
    const found = titleEndingAt(page, at);
    if (found && found.title.relation === "none") at = found.first;
    else if (page.words[at - 1] === '"' || page.words[at - 1] === "“") at--;
    else break;
  }
  return at;
}

/** The longest title that ends before the token, or the one that also starts at `start`. */
function titleEndingAt(page: Page, end: number, start?: number): FoundTitle | undefined {
  let best: FoundTitle | undefined;
  let text = "";
  for (let first = end - 1; first >= Math.max(0, end - 8); first--) {
    const word = letters(page.words[first] ?? "");
    if (word === "" && !/^[-.]$/.test(page.words[first] ?? "")) break;
    text = word + text;
    const found = page.titles.get(text);
    if (insideOrAtName(page, first)) continue;
    if (found && word !== "" && (start === undefined || start === first)) best = { first, last: end, ...found };
  }
  return best;
}

/** "UN envoy" is the envoy of a name, not a title of its own. */
function insideOrAtName(page: Page, at: number): boolean {
  return page.mentions.some(
    (mention) =>
      mention.form === "name" && (mention.kind === "state" || mention.kind === "organization") && mention.first <= at && at < mention.last,
  );
}

/** The longest title that starts at the token. */
function titleStartingAt(page: Page, first: number): FoundTitle | undefined {
  let best: FoundTitle | undefined;
  for (let last = first + 1; last <= Math.min(first + 7, page.words.length); last++) best = titleEndingAt(page, last, first) ?? best;
  return best;
}

/** Whose title it is, read leftwards from the title: "Turkey's", "Turkish", "NATO", "his"; coordinated ones too. */
function ownersBefore(page: Page, first: number, several = false): Mention[] {
  let at = first;
  for (let steps = 0; steps < 4; steps++) {
    let end = at;
    if (isPossessive(page.words[end - 1])) end--;
    const owner = mentionEndingAt(page, end, ["state", "organization", "person"]);
    if (owner) {
      if (owner.kind === "person" && end === at && owner.form !== "pronoun") return [];
      return several ? groupBackwards(page, owner) : [owner];
    }
    if (page.words[end - 1] === "whose" && at === first) return antecedentOf(page, end - 1);
    if (!BETWEEN.has(page.words[at - 1] ?? "")) return [];
    at--;
  }
  return [];
}

/** The actor before "whose" or ", whose". */
function antecedentOf(page: Page, whose: number): Mention[] {
  const end = page.words[whose - 1] === "," ? whose - 1 : whose;
  const owner = mentionEndingAt(page, end, ["state", "organization"]);
  return owner ? [owner] : [];
}

/** Whose title it is, read rightwards from "of", "for", "to". */
function ownersAfter(page: Page, from: number, several = false): Mention[] {
  let at = from;
  if (!LINKS.has(page.words[at] ?? "")) return [];
  at++;
  for (let steps = 0; steps < 6; steps++) {
    const owner = page.mentions.find(
      (mention) =>
        mention.first === at &&
        mention.chains.length > 0 &&
        (mention.kind === "state" || mention.kind === "organization" || mention.kind === "person"),
    );
    if (owner) {
      const inner = page.mentions.find(
        (mention) => mention.kind === "organization" && isPossessive(page.words[owner.last]) && mention.first === owner.last + 1,
      );
      if (inner) return [inner];
      // "informed President X of Turkey's plans": not his state.
      if (isPossessive(page.words[owner.last])) return [];
      return several ? [owner, ...groupForwards(page, owner)] : [owner];
    }
    const title = titleStartingAt(page, at);
    if (title) at = title.last;
    else if (
      DETERMINERS.has(page.words[at] ?? "") ||
      BETWEEN.has(page.words[at] ?? "") ||
      /^(ruling|opposition|main|largest|paramilitary|rebel|militant|exiled)$/.test(page.words[at] ?? "")
    )
      at++;
    else return [];
  }
  return [];
}

function mentionEndingAt(page: Page, end: number, kinds: readonly Mention["kind"][]): Mention | undefined {
  let best: Mention | undefined;
  for (const mention of page.mentions) {
    if (mention.last === end && kinds.includes(mention.kind) && mention.chains.length > 0 && (!best || mention.first < best.first))
      best = mention;
  }
  return best;
}

/** Mentions of one kind joined by commas and "and" before this one, in text order, itself last. */
function groupBackwards(page: Page, last: Mention): Mention[] {
  const group = [last];
  for (let steps = 0; steps < 6; steps++) {
    let at = group[0]?.first ?? 0;
    const joint = page.words[at - 1];
    if (DETERMINERS.has(joint ?? "")) at--;
    if (page.words[at - 1] === "and" || page.words[at - 1] === ",") at--;
    else break;
    if (page.words[at - 1] === ",") at--;
    const before = page.mentions.find((mention) => mention.last === at && mention.kind === last.kind && mention.form === last.form);
    if (!before) break;
    group.unshift(before);
  }
  return group.length > 1 && page.words.slice(group[0]?.first, last.first).includes("and") ? group : [last];
}

function groupForwards(page: Page, first: Mention): Mention[] {
  const group: Mention[] = [];
  let here = first;
  for (let steps = 0; steps < 6; steps++) {
    let at = here.last;
    if (page.words[at] !== "," && page.words[at] !== "and") break;
    at++;
    if (page.words[at] === "and") at++;
    if (DETERMINERS.has(page.words[at] ?? "")) at++;
    const next = page.mentions.find((mention) => mention.first === at && mention.kind === first.kind && mention.form === first.form);
    if (!next) break;
    group.push(next);
    here = next;
  }
  const last = group.at(-1);
  return last && page.words.slice(first.last, last.first).includes("and") ? group : [];
}

/** "Foreign ministers X and Y": the people that share a title before the first of them. */
function groupBackTo(page: Page, person: Mention): { readonly first: number; readonly people: readonly Mention[] } {
  const back = groupBackwards(page, person);
  const people = [...back, ...groupForwards(page, person)];
  const head = people[0] ?? person;
  if (head === person) {
    return titleEndingAt(page, skipHonorifics(page, person.first))?.plural === true
      ? { first: person.first, people }
      : { first: person.first, people: [person] };
  }
  const plural = titleEndingAt(page, skipHonorifics(page, head.first))?.plural === true;
  return plural ? { first: head.first, people } : { first: person.first, people: [person] };
}
