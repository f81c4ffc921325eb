/** Names that only the recogniser or the words around them tell: what no list and no noun explains. */
import { fold } from "../model/letters.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Name, NameLabel } from "../model/annotation.ts";
import type { EntityKind } from "../model/graph.ts";
import { type Run, isHyphen, endsBody, acronym, plainName } from "./capital-runs.ts";
import type { Hit } from "./gazetteer.ts";
import type { TitleSpan, Proposal } from "./names.ts";
import { leadingState } from "./structured-names.ts";
import {
  PLACE_NOUNS,
  AGREEMENT_NAME_NOUNS,
  NAME_PARTICLES,
  CALENDAR,
  FUNCTION_WORDS,
  ROLE_NOUNS,
  PERSON_APPOSITIONS,
  ORGANIZATION_APPOSITIONS,
  PLACE_APPOSITIONS,
  STATE_BODY_PHRASES,
} from "./vocabulary.ts";
import type { Words } from "./words.ts";

const KIND_OF: Readonly<Record<NameLabel, EntityKind | undefined>> = {
  person: "person",
  organization: "organization",
  place: "place",
  other: undefined,
};

/** Names of the recogniser, without titles and demonyms at their front; two of a person that touch are one. */
export function recognised(
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
      // "On Monday Mitsotakis accused"
      else if (kind === "person" && last - first > 1 && /^(mon|tues|wednes|thurs|fri|satur|sun)day$/.test(words.lower[first] ?? ""))
        first += 1;
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
    // "Minister of State for Foreign Affairs | X", "Deputy Prime Minister for Reintegration | X"
    if (kind === "person" && /^(for|of)$/.test(words.lower[first - 1] ?? ""))
      while (last - first > 1 && PORTFOLIOS.test(words.lower[first] ?? "")) first += 1;
    const of = words.lower.indexOf("of", first);
    if (of > first && of < last && (kind === "person" || isPersonOf(words, first, of, hits))) {
      kind = "person";
      last = of;
    }
    // "Manchester United signed Casemiro": no name goes on over a verb in small letters.
    for (let token = first + 1; token < last; token += 1)
      if (!words.capital(token) && !words.attached(token) && /^VB[DNZP]$/.test(words.tokens[token]?.xpos ?? "")) last = token;
    while (
      last > first &&
      (/^(['’]s?|,|of|and|the)$/.test(words.text[last - 1] ?? "") ||
        (words.text[last - 1] === "." && (words.text[last - 2]?.length ?? 9) > 3))
    ) {
      last -= 1;
    }
    // "Joseph R. Biden, Jr.": no name by itself.
    if (last - first === 1 && /^(jr|sr|ii|iii|iv)\.?$/i.test(words.text[first] ?? "")) continue;
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
    if (isTimeZone(words, first, last)) continue;
    // "the Navy would go on": the arm of a state that is not named here.
    if (kind === "organization" && SERVICES.test(words.lower.slice(first, last).join(" ")) && words.lower[first - 1] === "the") continue;
    // "Azerbaijan's Foreign Ministry": the state's own body.
    if (kind === "organization" && leadingState(words, first, last - 1, last, hits) === "body") continue;
    if (kind === "organization" && isStatesOwn(words, first, last, hits)) continue;
    // "Clashes erupted": the tagger sees a plural that a sentence begins with, not somebody.
    if (kind === "person" && !several && words.tokens[first]?.xpos === "NNS") continue;
    // "MPIGO and MJP signed": letters of a name are a body's, unless something is in them.
    if (kind !== "organization" && acronym(words, first, last) && !/\p{Ll}/u.test(words.text[first] ?? "")) {
      const where = /^(in|at|near|from|to|into|outside)$/.test(words.lower[first - 1] ?? "");
      if (kind === "person" || !where) kind = "organization";
    }
    // "the RED-Tabara group", "the Azov militia"
    if (kind !== "organization" && isBodyNoun(words, last)) kind = "organization";
    if (kind !== "organization" && /^(opposition|ruling|coalition)$/.test(words.lower[first - 1] ?? "")) kind = "organization";
    // "the Franco-German plan"
    if (!several && words.text[last] === "-" && /^(franco|anglo|sino|russo|indo|greco|afro|euro|austro|serbo|hispano|luso)$/.test(lower))
      continue;
    // "the destroyer Thomas Hudner", "the cargo ship Galaxy Leader"
    if (SHIPS.test(words.lower[first - 1] ?? "")) {
      proposals.push({ first, last, kind: "none", strength: 90, reason: "name of a ship" });
      continue;
    }
    // "in Khuzistan", "invading Khuzistan" name no person.
    if (
      kind === "person" &&
      !several &&
      (/^(in|near|at)$/.test(words.lower[first - 1] ?? "") ||
        motionTo(words, first) ||
        LOCATIVE_OBJECT.test(words.tokens[first - 1]?.lemma ?? "") ||
        struck(words, first))
    )
      kind = "place";
    if (kind !== "organization" && !several && COMPANY.test(lower)) kind = "organization";
    // "Gulf monarchies": a word that only modifies a noun names no place by itself, unless we know it.
    if (
      kind === "place" &&
      !several &&
      words.tokens[last]?.upos === "NOUN" &&
      words.head(first) === last &&
      !PLACE_NOUNS.has(words.lower[last] ?? "") &&
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
    const indefinite = said === "organization" && /^(a|an)$/.test(words.lower[last + 1] ?? "");
    if (said !== undefined && said !== kind && !(kind === "person" && several && said !== "agreement" && !indefinite)) {
      proposals.push({ first, last, kind: said, strength: strength + 2, reason: "apposition" });
    } else proposals.push({ first, last, kind, strength, reason: beside ? "coordinated with a person" : `recogniser: ${name.label}` });
    if (kind !== "person" && several && givenName(words, first, knowledge)) {
      proposals.push({ first, last, kind: "person", strength: 65, reason: "given name" });
    }
  }
  return proposals;
}

/** "Teófilo Rada | of the Movement toward Socialism": somebody and what he belongs to, taken for one name. */
function isPersonOf(words: Words, first: number, of: number, hits: readonly Hit[]): boolean {
  return (
    of - first >= 2 &&
    of - first <= 4 &&
    words.lower[of + 1] === "the" &&
    plainName(words, first, of) &&
    !endsBody(words, first, of) &&
    !hits.some((hit) => hit.first < of && first < hit.last) &&
    words.lower[first - 1] !== "the"
  );
}

/** "the Albanian | Government", "the Government of Albania": a body of the state named beside it, which the state stands for. */
function isStatesOwn(words: Words, first: number, last: number, hits: readonly Hit[]): boolean {
  if (!STATE_BODY_PHRASES.has(words.lower.slice(first, last).join(" "))) return false;
  const isState = (hit: Hit): boolean => hit.meanings.some((meaning) => meaning.type === "state");
  return hits.some(
    (hit) => isState(hit) && (hit.last === first || (words.lower[last] === "of" && hit.first - last <= 2 && hit.first > last)),
  );
}

const SHIPS =
  /^(destroyer|frigate|ship|vessel|carrier|submarine|tanker|corvette|yacht|ferry|trawler|cruiser|warship|liner|freighter|boat|flagship)$/;

const SERVICES = /^(army|navy|air force|armed forces|marines|marine corps|coast ?guard|military|police|royal (navy|air force))$/;

/** "at 3 a.m. GMT", "06:00 UTC". */
function isTimeZone(words: Words, first: number, last: number): boolean {
  if (
    last - first !== 1 ||
    !/^(GMT|UTC|[ECMPWA][SDE]T|CEST|EEST|WEST|BST|IST|MSK|JST|KST|HKT|WIB|[ACE]AT|NPT|PKT)$/.test(words.text[first] ?? "")
  )
    return false;
  return /^(\p{N}[\p{N}:.]*|[ap]\.?m\.?|hours|hrs|noon|midnight|\()$/iu.test(
    words.text[first - 1] === "." ? (words.text[first - 2] ?? "") : (words.text[first - 1] ?? ""),
  );
}

/** Nouns that make a body of the unknown name before them. */
const BODIES =
  /^(group|movement|militia|rebels|insurgents|guerrillas|militants|insurgency|faction|alliance|coalition|party|front|fighters|paramilitaries|jihadists)$/;

/** "RED-Tabara | group", but not "Paris | group meeting". */
function isBodyNoun(words: Words, token: number): boolean {
  return BODIES.test(words.lower[token] ?? "") && words.tokens[token]?.upos === "NOUN" && words.tokens[token + 1]?.upos !== "NOUN";
}

/** What ministers are ministers for. */
const PORTFOLIOS =
  /^(foreign|external|internal|home|political|humanitarian|european|economic|social|military|affairs|reintegration|integration|defen[cs]e|security|trade|development|cooperation|peace|operations|human|rights|energy|finance|justice|relations|water|and)$/;

/** "crossed by launch to Otesevo". */
function motionTo(words: Words, first: number): boolean {
  if (!/^(to|from|into)$/.test(words.lower[first - 1] ?? "")) return false;
  return /^(fly|travel|cross|return|drive|move|flee|arrive|march|sail|withdraw|trek|hurry|escape)$/.test(
    words.tokens[words.head(first)]?.lemma ?? "",
  );
}

/** "the shelling of Namtu", "a raid on Kutkai": a lone unknown name there is a town's. */
function struck(words: Words, first: number): boolean {
  const noun = words.lower[first - 2] ?? "";
  if (words.lower[first - 1] === "of")
    return /^(shelling|bombing|bombardment|siege|fall|capture|recapture|liberation|storming|evacuation|occupation|encirclement|sacking|outskirts|north|south|east|west|northeast|northwest|southeast|southwest)$/.test(
      noun,
    );
  return (
    /^(on|against)$/.test(words.lower[first - 1] ?? "") &&
    /^(attack|raid|assault|strike|airstrike|offensive|march|advance|bombardment|raids|attacks|strikes|airstrikes)$/.test(noun)
  );
}

const LOCATIVE_OBJECT =
  /^(invade|enter|leave|reach|bomb|shell|occupy|liberate|capture|recapture|seize|retake|overrun|evacuate|besiege|storm|cross)$/;
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
export function context(words: Words, first: number, last: number): EntityKind | undefined {
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
  // "Australia's Pacific minister, Zed Seselja, had flown in"
  const role = words.lower[first - 2] ?? "";
  const named = words.text[first - 1] === "," && words.tokens[first - 2]?.xpos === "NN" && last - first > 1;
  if (named && (ROLE_NOUNS.has(role) || PERSON_APPOSITIONS.has(role)) && plainName(words, first, last) && !endsBody(words, first, last))
    return "person";
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
      // "shelled Namtu, a rebel spokesman said": who said so.
      if (/^(said|says|told|added)$/.test(lower) && first > 0) return undefined;
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
export function leftover(words: Words, run: Run, hits: readonly Hit[], titleTokens: ReadonlySet<number>, knowledge: Knowledge): Proposal[] {
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
    if (isTimeZone(words, first, last)) return [];
    // "the M19 guerrillas"
    if (/\p{N}/u.test(text) && isBodyNoun(words, last))
      return [{ ...span, kind: "organization", strength: 64, reason: "letters of a group" }];
    return text.length >= 3 && !/\p{N}/u.test(text) ? [{ ...span, kind: "organization", strength: 45, reason: "acronym" }] : [];
  }
  const tokens = last - first;
  if (endsBody(words, first, last)) return [];
  if (tokens >= 2 && givenName(words, first, knowledge)) return [{ ...span, kind: "person", strength: 68, reason: "given name" }];
  const initials =
    words.text.slice(first, last).some((word) => /^(\p{Lu}\.?|(\p{Lu}\.){2,3})$/u.test(word)) ||
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
