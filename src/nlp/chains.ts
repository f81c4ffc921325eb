/** Joins the names of one document into entities: same state or body, surname to full name, acronym to long form, spelling variants. */
import { foldedWords, nameKey, personWords, transliteration } from "../knowledge/fold.ts";
import { fold } from "../model/letters.ts";
import type { Gender, Knowledge, OfficeHolder, Title } from "../knowledge/types.ts";
import type { EntityKind } from "../model/graph.ts";
import { gazetteerOf, namesakes, officeHolders } from "./gazetteer.ts";
import type { Attribution, MentionCandidate } from "./mentions.ts";
import { spelled, type Words } from "./words.ts";

/** An entity while it is put together; `mentions` and `reasons` run in parallel. */
export interface Draft {
  readonly kind: EntityKind;
  /** Name forms in order of appearance. */
  readonly forms: string[];
  /** Folded words of the forms. */
  readonly keys: Set<string>;
  first: number;
  known?: string;
  country?: string;
  role?: string;
  gender?: Gender;
  /** A name that the text does not give in this form: a state's usual name, a description of an unnamed agreement. */
  given?: string;
  readonly titles: BorneTitle[];
  /** Offices the person held on the document's day, as our knowledge has it. */
  holders?: readonly OfficeHolder[];
  /** Of a person with only a surname: who of that name held an office on the document's day. */
  readonly namesakes?: readonly OfficeHolder[];
  /** Agreements: day of signing where the text tells it, and the nouns used of it. */
  date?: string;
  readonly nouns: Set<string>;
  /** Forms that are the town or building it sits in. */
  seats?: string[];
  readonly words: Set<string>;
}

/** An entity that the text brings up with this mention, still without forms. */
export function newDraft(kind: EntityKind, mention: MentionCandidate, extra: Partial<Draft> = {}): Draft {
  return { kind, forms: [], keys: new Set(), first: mention.start, titles: [], nouns: new Set(), words: new Set(), ...extra };
}

export interface BorneTitle {
  readonly noun: string;
  readonly title?: Title;
  /** Known ids or folded names of the states and bodies it is said of. */
  readonly of: readonly Draft[];
}

export interface NameChains {
  readonly drafts: Draft[];
  readonly of: Map<MentionCandidate, { readonly draft: Draft; readonly reason: string }>;
}

const LINKS = new Set([
  "pour",
  "l",
  "d",
  "do",
  "da",
  "dos",
  "das",
  "del",
  "los",
  "las",
  "et",
  "e",
  "y",
  "of",
  "for",
  "the",
  "and",
  "on",
  "to",
  "in",
  "a",
  "an",
  "de",
  "la",
  "le",
  "du",
  "des",
  "against",
  "with",
]);

/** Chains of all candidates that are names. `day`: the document's date, for who held which office then. */
export function chainNames(
  candidates: readonly MentionCandidate[],
  sentences: readonly Words[],
  knowledge: Knowledge,
  day: string | undefined,
): NameChains {
  const drafts: Draft[] = [];
  const of = new Map<MentionCandidate, { draft: Draft; reason: string }>();
  const names = candidates.filter((candidate) => candidate.form === "name");
  const text = (candidate: MentionCandidate): string => spelled(sentences[candidate.sentence] as Words, candidate.first, candidate.last);
  const place = (candidate: MentionCandidate, draft: Draft, reason: string): void => {
    of.set(candidate, { draft, reason });
    addForm(draft, text(candidate));
    draft.first = Math.min(draft.first, candidate.start);
  };
  const fresh = (candidate: MentionCandidate, extra: Partial<Draft> = {}): Draft => {
    const draft = newDraft(candidate.kind, candidate, extra);
    drafts.push(draft);
    return draft;
  };
  const byKnown = new Map<string, Draft>();

  for (const candidate of names) {
    if (candidate.kind !== "state" || candidate.state === undefined) continue;
    const known = `state:${candidate.state.code}`;
    const draft = byKnown.get(known) ?? fresh(candidate, { known, country: candidate.state.code, given: candidate.state.name });
    byKnown.set(known, draft);
    place(candidate, draft, candidate.reason);
  }
  chainPlaces(names, text, fresh, place);
  // "the Revitalised Agreement on ..., or R-ARCSS": an acronym may be an agreement's.
  const agreements = names.filter((candidate) => candidate.kind === "agreement");
  const acronyms = names.filter(
    (candidate) =>
      candidate.kind === "organization" &&
      candidate.organization === undefined &&
      agreements.some((long) => isAcronym(text(candidate), text(long))),
  );
  chainBodies(
    names.filter((candidate) => candidate.kind === "organization" && !acronyms.includes(candidate)),
    text,
    fresh,
    place,
    byKnown,
    sentences,
  );
  chainAgreements([...agreements, ...acronyms], text, fresh, place);
  chainPersons(
    names.filter((candidate) => candidate.kind === "person"),
    text,
    fresh,
    place,
    knowledge,
    day,
    sentences,
  );
  return { drafts, of };
}

export function addForm(draft: Draft, form: string): void {
  const key = nameKey(form);
  if (!draft.forms.includes(form)) draft.forms.push(form);
  draft.keys.add(key);
  for (const word of key.split(" ")) draft.words.add(word);
}

type Text = (candidate: MentionCandidate) => string;
type Fresh = (candidate: MentionCandidate, extra?: Partial<Draft>) => Draft;
type Join = (candidate: MentionCandidate, draft: Draft, reason: string) => void;

function chainPlaces(names: readonly MentionCandidate[], text: Text, fresh: Fresh, join: Join): void {
  const places = new Map<string, Draft>();
  for (const candidate of names) {
    if (candidate.kind !== "place") continue;
    const key = candidate.place === undefined ? nameKey(text(candidate)) : nameKey(candidate.place.name);
    const country = candidate.place?.country;
    const draft = places.get(key) ?? fresh(candidate, country === undefined ? {} : { country });
    places.set(key, draft);
    join(candidate, draft, candidate.reason);
  }
}

// ------------------------------------------------------------------------------------------------------------------- bodies

function chainBodies(
  names: readonly MentionCandidate[],
  text: Text,
  fresh: Fresh,
  join: Join,
  byKnown: Map<string, Draft>,
  sentences: readonly Words[],
): void {
  const drafts: Draft[] = [];
  const later: MentionCandidate[] = [];
  const ordered = [...names].sort(
    (left, right) => Number(shortForm(text(left))) - Number(shortForm(text(right))) || left.start - right.start,
  );
  for (const candidate of ordered) {
    const form = text(candidate);
    const key = nameKey(form);
    const paired = introducer(candidate, names, sentences);
    // "the Coordination des Mouvements de l'Azawad (CMA)": what the text itself spells out is not the other CMA that we know.
    const spelt = paired !== undefined && paired.organization !== candidate.organization && isAcronym(form, text(paired));
    const organization = spelt ? undefined : candidate.organization;
    const known = organization === undefined ? undefined : `organization:${organization.id}`;
    let draft = known === undefined ? undefined : byKnown.get(known);
    let reason = known === undefined ? "same name" : candidate.reason;
    draft ??= drafts.find((other) => other.keys.has(key) && (known === undefined || other.known === undefined || other.known === known));
    if (draft === undefined) {
      draft = drafts.find(
        (other) => (known === undefined || other.known === undefined) && other.forms.some((long) => isAcronym(form, long)),
      );
      if (draft !== undefined) reason = "initials";
    }
    if (draft === undefined && (known === undefined || (paired !== undefined && paired.organization === undefined && shortForm(form)))) {
      draft = paired === undefined ? undefined : drafts.find((other) => other.keys.has(nameKey(text(paired))));
      if (draft !== undefined) reason = "acronym in parentheses";
    }
    const article = sentences[candidate.sentence]?.lower[candidate.first - 1];
    const shortened = article === "the" && names.some((other) => nameKey(text(other)).endsWith(` ${key}`));
    if (draft === undefined && known === undefined && (foldedWords(form).length === 1 || shortened)) {
      later.push(candidate);
      continue;
    }
    if (draft === undefined) {
      draft = fresh(candidate, {
        ...(organization?.country === undefined ? {} : { country: organization.country }),
        ...(organization === undefined ? {} : { role: organization.role }),
      });
      drafts.push(draft);
    }
    if (known !== undefined && draft.known === undefined) {
      draft.known = known;
      if (organization !== undefined) draft.role ??= organization.role;
      if (organization?.country !== undefined) draft.country ??= organization.country;
      byKnown.set(known, draft);
    }
    join(candidate, draft, reason);
    if (candidate.use === "seat") draft.seats = [...(draft.seats ?? []), form];
  }
  // "the Tigers" after "the Liberation Tigers of Tamil Eelam": one capitalised word that only one longer name holds.
  for (const candidate of later) {
    const key = nameKey(text(candidate));
    const holders = drafts.filter(
      (draft) =>
        draft.keys.has(key) ||
        (!isUpper(text(candidate)) &&
          [...draft.keys].some((long) => long.split(" ").includes(key) || (key.includes(" ") && long.endsWith(` ${key}`)))),
    );
    const bodies =
      key in CAPITAL_KINDS ? drafts.filter((draft) => draft.role !== undefined && CAPITAL_KINDS[key]?.test(draft.role) === true) : [];
    let draft =
      holders.length === 1 ? holders[0] : (drafts.find((other) => other.keys.has(key)) ?? (bodies.length === 1 ? bodies[0] : undefined));
    const reason = draft?.keys.has(key) === true ? "same name" : "short for the longer name";
    if (draft === undefined) {
      draft = fresh(candidate);
      drafts.push(draft);
    }
    join(candidate, draft, reason);
  }
}

/** "the Alliance", "the Union": with a capital the only body of that sort in the text. */
const CAPITAL_KINDS: Readonly<Record<string, RegExp | undefined>> = {
  alliance: /intergovernmental/,
  union: /intergovernmental/,
  league: /intergovernmental/,
  organization: /intergovernmental/,
  organisation: /intergovernmental/,
  front: /armed group|party/,
  movement: /armed group|party/,
};

function shortForm(form: string): boolean {
  return !form.includes(" ");
}

function isUpper(form: string): boolean {
  return form === form.toUpperCase();
}

/** Whether `short` ("RSF", "P.L.O.", "R-ARCSS") spells the initials of `long`. */
export function isAcronym(short: string, long: string): boolean {
  const letters = short.replace(/[^\p{L}]/gu, "");
  if (letters.length < 2 || letters.length > 8 || !/^\p{Lu}/u.test(short) || (letters.match(/\p{Lu}/gu) ?? []).length < 2) return false;
  const words = foldedWords(long).filter((word) => word !== "s");
  if (words.length < 2) return false;
  const target = fold(letters);
  const all = words.map((word) => word.charAt(0)).join("");
  const content = words
    .filter((word) => !LINKS.has(word))
    .map((word) => word.charAt(0))
    .join("");
  return target === all || target === content;
}

/** The longer name that introduces this one: "Syrian Democratic Forces (SDF)", "the Revolutionary Armed Forces of Colombia, or FARC". */
function introducer(
  candidate: MentionCandidate,
  names: readonly MentionCandidate[],
  sentences: readonly Words[],
): MentionCandidate | undefined {
  const words = sentences[candidate.sentence] as Words;
  const before = words.lower[candidate.first - 1];
  let end: number | undefined;
  if (before === "(") end = candidate.first - 1;
  else if (before === "or" && words.lower[candidate.first - 2] === ",") end = candidate.first - 2;
  else if (before === "or" || before === "as" || before === "the") return undefined;
  if (end === undefined) return undefined;
  return names.find((other) => other.sentence === candidate.sentence && other.last === end);
}

// --------------------------------------------------------------------------------------------------------------- agreements

function chainAgreements(names: readonly MentionCandidate[], text: Text, fresh: Fresh, join: Join): void {
  const byKnown = new Map<string, Draft>();
  const drafts: Draft[] = [];
  const ordered = [...names].sort(
    (left, right) => foldedWords(text(right)).length - foldedWords(text(left)).length || left.start - right.start,
  );
  for (const candidate of ordered) {
    const form = text(candidate);
    const key = nameKey(form);
    const content = key.split(" ").filter((word) => !LINKS.has(word));
    let reason = "same name";
    const known = candidate.agreement?.name;
    let draft = drafts.find((other) => other.keys.has(key)) ?? (known === undefined ? undefined : byKnown.get(known));
    if (draft === undefined) {
      draft = drafts.find((other) => other.forms.some((long) => isAcronym(form, long)));
      if (draft !== undefined) reason = "initials";
    }
    if (draft === undefined && content.length > 1) {
      const holders = drafts.filter((other) => content.every((word) => other.words.has(word) || other.words.has(word.replace(/s$/, ""))));
      if (holders.length === 1) {
        draft = holders[0];
        reason = "its words are in the longer name";
      }
    }
    if (draft === undefined) {
      draft = fresh(candidate);
      drafts.push(draft);
    }
    if (known !== undefined) byKnown.set(known, draft);
    join(candidate, draft, reason);
  }
}

// ------------------------------------------------------------------------------------------------------------------ persons

function chainPersons(
  names: readonly MentionCandidate[],
  text: Text,
  fresh: Fresh,
  join: Join,
  knowledge: Knowledge,
  day: string | undefined,
  sentences: readonly Words[],
): void {
  const gazetteer = gazetteerOf(knowledge);
  const drafts: Draft[] = [];
  const parts = new Map(names.map((candidate) => [candidate, personWords(text(candidate))]));
  const size = (candidate: MentionCandidate): number => (parts.get(candidate) ?? []).length;
  // Full names first, so that a surname finds its bearer even when it comes earlier in the text.
  const full = names.filter((candidate) => size(candidate) > 1).sort((left, right) => size(right) - size(left) || left.start - right.start);
  const bare = names.filter((candidate) => size(candidate) <= 1).sort((left, right) => left.start - right.start);
  const bearer = new Map<Draft, string[][]>();
  const enter = (candidate: MentionCandidate): Draft => {
    const form = text(candidate);
    const holders = officeHolders(gazetteer, form, undefined);
    const current = officeHolders(gazetteer, form, day);
    const holder: OfficeHolder | undefined = current[0] ?? holders[0];
    const states = new Set((current.length > 0 ? current : holders).map((one) => one.state));
    const [state] = states;
    const own = parts.get(candidate) ?? [];
    const alike = own.length === 1 && day !== undefined ? namesakes(gazetteer, own[0] ?? "", day) : [];
    const draft = fresh(candidate, {
      ...(states.size > 1 || state === undefined ? {} : { country: state }),
      holders: current,
      ...(alike.length > 0 ? { namesakes: alike } : {}),
      ...(holder === undefined ? genderOf(parts.get(candidate) ?? [], form, knowledge) : { gender: holder.gender }),
    });
    drafts.push(draft);
    bearer.set(draft, []);
    return draft;
  };
  const note = (candidate: MentionCandidate, draft: Draft, reason: string): void => {
    bearer.get(draft)?.push(parts.get(candidate) ?? []);
    join(candidate, draft, reason);
  };
  for (const candidate of full) {
    const own = parts.get(candidate) ?? [];
    const same = drafts.filter((draft) => bearer.get(draft)?.some((other) => sameFullName(own, other)));
    const draft = same[0] ?? enter(candidate);
    note(candidate, draft, same.length > 0 ? "same full name" : candidate.reason);
  }
  // "Comandante Tigre, whose real name is Omar Diallo": his every mention is Diallo's.
  const renamed = new Set<MentionCandidate>();
  for (const candidate of bare) {
    const real = realName(candidate, full, sentences);
    const draft = real === undefined ? undefined : drafts.find((one) => one.keys.has(nameKey(text(real))));
    if (draft === undefined) continue;
    note(candidate, draft, "real name");
    renamed.add(candidate);
  }
  for (const candidate of bare) {
    if (renamed.has(candidate)) continue;
    const bearerBefore = calledAfter(candidate, full, sentences);
    const called = bearerBefore === undefined ? undefined : drafts.find((draft) => draft.keys.has(nameKey(text(bearerBefore))));
    if (called !== undefined) {
      note(candidate, called, "known as");
      continue;
    }
    const word = parts.get(candidate)?.[0] ?? "";
    const surname = drafts.filter((draft) => bearer.get(draft)?.some((other) => other.length > 1 && sameWord(other.at(-1) ?? "", word)));
    const exact = drafts.filter((draft) => bearer.get(draft)?.some((other) => other.length === 1 && sameWord(other[0] ?? "", word)));
    const given = drafts.filter((draft) => bearer.get(draft)?.some((other) => other.length > 1 && sameWord(other[0] ?? "", word)));
    const middle = drafts.filter((draft) =>
      bearer.get(draft)?.some((other) => other.length > 2 && other.slice(1, -1).some((one) => sameWord(one, word))),
    );
    const options = surname.length > 0 ? surname : exact.length > 0 ? exact : given.length > 0 ? given : middle;
    let draft = options.length === 1 ? options[0] : undefined;
    let reason = surname.length > 0 ? "surname" : exact.length > 0 ? "same name" : "given name";
    if (options.length > 1) {
      // Two of one name: the one named last before.
      const before = options.filter((option) => option.first < candidate.start).sort((left, right) => right.first - left.first);
      draft = before[0] ?? options[0];
      reason = `${reason}, the nearest of ${options.length}`;
    }
    // "the Biden administration" names no person that the text has not named already.
    const words = sentences[candidate.sentence] as Words;
    if (draft === undefined && /^(administration|government|regime|cabinet|presidency)$/.test(words.lower[candidate.last] ?? "")) continue;
    if (draft === undefined) {
      draft = enter(candidate);
      reason = candidate.reason;
    }
    note(candidate, draft, reason);
  }
}

/** The name after "whose real name is", "born" or "real name". */
function realName(
  candidate: MentionCandidate,
  full: readonly MentionCandidate[],
  sentences: readonly Words[],
): MentionCandidate | undefined {
  const words = sentences[candidate.sentence] as Words;
  let token = candidate.last;
  while (/^(,|\(|whose|his|her|real|true|full|birth|given|legal|name|is|was|born)$/.test(words.lower[token] ?? "")) token += 1;
  const said = words.lower.slice(candidate.last, token);
  if (!/^[,(]$/.test(said[0] ?? "") || !(said.at(-1) === "born" || (said.includes("name") && said.length > 2))) return undefined;
  return full.find((other) => other.sentence === candidate.sentence && other.first === token);
}

/** The person before "known as", "alias": "Rodrigo Londono, alias Timochenko". */
function calledAfter(
  candidate: MentionCandidate,
  full: readonly MentionCandidate[],
  sentences: readonly Words[],
): MentionCandidate | undefined {
  const words = sentences[candidate.sentence] as Words;
  let token = words.lower[candidate.first - 1] === "as" ? candidate.first - 2 : candidate.first - 1;
  if (!/^(known|alias|nicknamed|called|dubbed|aka)$/.test(words.lower[token] ?? "")) return undefined;
  // "Obama called Santos" names nobody anew, "X, also called Y" does.
  if (words.lower[token] === "called" && !/^(,|also|better|so|is|was|often)$/.test(words.lower[token - 1] ?? "")) return undefined;
  token -= 1;
  while (token > 0 && /^(,|also|better|widely|\(|is|was)$/.test(words.lower[token] ?? "")) token -= 1;
  return full.find((other) => other.sentence === candidate.sentence && other.last === token + 1);
}

/** Same given name and surname, whatever initials or middle names stand between; or one is the front or end of the other. */
function sameFullName(left: readonly string[], right: readonly string[]): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short.length < 2) return false;
  const inside = (part: readonly string[], whole: readonly string[]): boolean => {
    let at = 0;
    for (const word of whole) if (at < part.length && sameWord(part[at] ?? "", word)) at += 1;
    return at === part.length;
  };
  if (!inside(short, long)) return false;
  return sameWord(short[0] ?? "", long[0] ?? "") || sameWord(short.at(-1) ?? "", long.at(-1) ?? "");
}

function sameWord(left: string, right: string): boolean {
  return left === right || (left.length > 4 && right.length > 4 && transliteration(left) === transliteration(right));
}

function genderOf(words: readonly string[], form: string, knowledge: Knowledge): { gender?: Gender } {
  const given = form.split(/[\s-]/)[0] ?? "";
  const gender =
    knowledge.givenNames.get(given) ?? knowledge.givenNames.get(given.toLowerCase()) ?? knowledge.givenNames.get(words[0] ?? "");
  return words.length > 1 && (gender === "male" || gender === "female") ? { gender } : {};
}

/** "President Reagan" in 1987: the only one of that name who held such an office then. */
function placeByOffice(draft: Draft, title: Title | undefined): void {
  if (title?.office === undefined || draft.namesakes === undefined) return;
  const held = draft.namesakes.filter(
    (holder) => holder.office === title.office || (/^head/.test(title.office ?? "") && /^head/.test(holder.office)),
  );
  const states = new Set(held.map((holder) => holder.state));
  const [holder] = held;
  if (states.size !== 1 || holder?.state === undefined) return;
  draft.country = holder.state;
  draft.holders = held;
  draft.gender ??= holder.gender;
}

const OPPOSITES = /^(counterpart|colleague|opposite number)$/;

/** Notes titles on their bearers, with country and gender where they tell. */
export function attribute(
  chains: NameChains,
  attributions: readonly Attribution[],
  owners: (owner: MentionCandidate) => readonly Draft[],
): void {
  for (const attribution of attributions) {
    const draft = chains.of.get(attribution.person)?.draft;
    if (draft === undefined) continue;
    const all = attribution.owners.flatMap((owner) => [...owners(owner)]);
    const of = all.filter((owner) => owner.kind !== "person");
    // "his Ruritanian counterpart": of the same office.
    const model = OPPOSITES.test(attribution.noun) ? all.find((owner) => owner.kind === "person")?.titles.at(-1) : undefined;
    const { noun, title } = model ?? attribution;
    if (noun !== "") draft.titles.push({ noun, ...(title === undefined ? {} : { title }), of });
    const country = of.find((owner) => owner.country !== undefined)?.country;
    if (draft.country === undefined && country === undefined) placeByOffice(draft, attribution.title);
    if (draft.country === undefined && country !== undefined) draft.country = country;
    const gender =
      attribution.title?.gender ?? (/woman$|^(queen|princess|mother|daughter|wife|sister)$/.test(attribution.noun) ? "female" : undefined);
    if (gender !== undefined) draft.gender ??= gender;
  }
}
