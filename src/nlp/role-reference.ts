/** Whom a role without a name stands for: "the Turkish president", "the premier". */
import type { State, Title } from "../knowledge/types.ts";
import type { Draft } from "./chains.ts";
import { clauseOf } from "./clauses.ts";
import { OPPOSITE, resolveHost, resolveOpposite } from "./counterpart-reference.ts";
import { type Discourse, type Resolution, distinct } from "./discourse.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";
import { regionIn, type StateSorts } from "./state-reference.ts";
import { PERSON_NOUNS } from "./vocabulary.ts";
import { spelled } from "./words.ts";

export function resolveRole(
  discourse: Discourse,
  sorts: StateSorts,
  candidate: MentionCandidate,
  reference: Extract<Reference, { type: "role" }>,
): Resolution | undefined {
  const owners = distinct(reference.owners.flatMap((owner) => [...discourse.draftsOf(owner)]));
  const rivals = actingHere(discourse, candidate);
  const persons = discourse.recentFirst((draft) => draft.kind === "person" && !rivals.has(draft));
  if (owners.length > 0) {
    // "the two sides' coast guard chiefs" are not their leaders.
    const words = discourse.wordsOf(candidate);
    if (OPPOSITE.test(reference.noun)) return resolveOpposite(discourse, candidate, reference, owners, persons);
    const lesser =
      reference.title === undefined &&
      LEADER.test(reference.noun) &&
      (words.child(candidate.head, "compound") !== undefined || words.tokens[candidate.head - 1]?.upos === "NOUN");
    if (isEitherMinister(discourse, reference, owners, persons)) return undefined;
    const holders = owners.map((owner) =>
      reference.indefinite || lesser
        ? undefined
        : (persons.find((person) => bears(person, reference, owner)) ??
          // "The leaders of A and B signed" are the states, unless the text has named the persons; one alone may be named later.
          (reference.plural
            ? undefined
            : discourse.chains.drafts.find((person) => person.kind === "person" && !rivals.has(person) && held(person, reference, owner)))),
    );
    if (holders.every((holder) => holder !== undefined) && (reference.plural || owners.length === 1)) {
      return { drafts: distinct(holders), reason: "title and state" };
    }
    const stranger = reference.plural || reference.indefinite ? undefined : unexplained(discourse, candidate, owners, persons);
    if (stranger !== undefined) return stranger;
    // "President Carter ... the American President": nobody else of that title could be meant.
    const free = persons.filter(
      (person) =>
        person.country === undefined &&
        person.titles.some((title) => title.of.length === 0 && sameRole(title.noun, title.title, reference)),
    );
    const [bearer] = free;
    if (!reference.plural && !reference.indefinite && owners.length === 1 && free.length === 1 && bearer !== undefined) {
      const country = owners[0]?.country;
      if (country !== undefined) bearer.country = country;
      return { drafts: free, reason: "the only one of that title without a state" };
    }
    const [owner] = owners;
    if (owner?.kind === "state" && owners.length === 1 && !reference.plural && !reference.indefinite && OFFICIAL.test(reference.noun)) {
      const officials = officialsFrom(discourse, candidate, owner.country, persons).filter((person) =>
        reference.noun === "minister"
          ? isMinister(person)
          : // "its envoy" is not the minister who has just spoken.
            !/^(envoy|emissary|negotiator|representative)$/.test(reference.noun) || !isMinister(person),
      );
      if (officials.length > 1) return undefined;
      if (officials.length === 1 && !lesser && words.tokens[candidate.head - 1]?.upos !== "NOUN")
        return { drafts: officials, reason: `the only official from there: ${reference.noun}` };
      const abroad = servesABody(discourse, candidate, owner, persons);
      // "The Danish diplomat" of a state that the text does not speak of is somebody whom we did not make out.
      if (abroad !== undefined || (discourse.weight(owner) <= 1 && /^(diplomat|politician|statesman)$/.test(reference.noun))) return abroad;
    }
    // "The Italian-Swedish diplomat"
    if (owners.length > 1 && !reference.plural && OFFICIAL.test(reference.noun))
      return servesABody(discourse, candidate, undefined, persons);
    // Known only by its state: the state acts through it.
    const official = reference.title === undefined || reference.title.relation === "leads" || reference.title.relation === "represents";
    if (
      official &&
      owners.every((owner) => owner.kind === "state" || owner.kind === "organization") &&
      !/predecessor|successor/.test(reference.noun)
    ) {
      return reference.owners.some((owner) => owner.form === "pronoun") && !reference.plural
        ? undefined
        : { drafts: owners, reason: "official known only by state or body" };
    }
    return undefined;
  }
  if (reference.owners.length > 0 && !(/^(host|guest)$/.test(reference.noun) && !reference.plural)) return undefined;
  if (/^(host|guest)$/.test(reference.noun)) return resolveHost(discourse, candidate, reference.noun);
  if (/^(official|diplomat)$/.test(reference.noun)) return loneOfficial(discourse, candidate, persons);
  if (/counterpart|colleague|opposite|official|diplomat|predecessor|successor|adviser|aide/.test(reference.noun)) return undefined;
  // "the Southeast Asian leader"
  const before = spelled(discourse.wordsOf(candidate), candidate.first, candidate.head).toLowerCase();
  const region = regionIn(sorts, before);
  const bearers = persons.filter(
    (person) =>
      (region === undefined || region.has(`state:${person.country}`)) &&
      (person.titles.some((title) => sameRole(title.noun, title.title, reference)) ||
        person.holders?.some((holder) => holder.title === reference.noun)),
  );
  const [nearest] = bearers;
  if (nearest === undefined) return undefined;
  if (
    bearers.length > 1 &&
    discourse.lastSentence(bearers[1] as Draft) >= candidate.sentence - 1 &&
    discourse.lastSentence(nearest) - discourse.lastSentence(bearers[1] as Draft) < 1
  ) {
    return undefined;
  }
  return { drafts: [nearest], reason: `title: ${reference.noun}` };
}

/** Nouns for anybody who acts for a state. */
const OFFICIAL = /^(official|diplomat|minister|envoy|emissary|negotiator|representative|politician|statesman)$/;
/** Titles that make "the minister" of their bearer. */
const MINISTERIAL = /minister|secretary|counterpart|colleague|opposite/;

function isMinister({ titles, holders }: Draft): boolean {
  return titles.some(({ noun }) => MINISTERIAL.test(noun)) || holders?.some(({ title }) => MINISTERIAL.test(title)) === true;
}

/** "The Slovak", "the Senegalese": the one person from there that the text has named lately. */
export function resolveNational(discourse: Discourse, candidate: MentionCandidate, state: State): Resolution | undefined {
  const persons = discourse.recentFirst((draft) => draft.kind === "person");
  const rivals = actingHere(discourse, candidate);
  const named = discourse.chains.drafts.find((draft) => draft.known === `state:${state.code}`);
  const from = persons.filter(
    (person) =>
      person.country === state.code && !rivals.has(person) && candidate.sentence - discourse.lastSentence(person) <= OFFICIAL_REACH,
  );
  if (from.length > 0) return from.length === 1 ? { drafts: from, reason: "the only person from there" } : undefined;
  return named === undefined ? servesABody(discourse, candidate, undefined, persons) : undefined;
}

/** "The Peruvian minister" after two ministers of Peru were named in one sentence. */
function isEitherMinister(
  discourse: Discourse,
  reference: Extract<Reference, { type: "role" }>,
  owners: readonly Draft[],
  persons: readonly Draft[],
): boolean {
  const [owner] = owners;
  if (reference.noun !== "minister" || reference.plural || owners.length !== 1 || owner === undefined) return false;
  const [last, before] = persons.filter((person) => bears(person, reference, owner));
  return last !== undefined && before !== undefined && discourse.lastSentence(last) === discourse.lastSentence(before);
}

/** How many sentences back an official may have been named who goes by his state. */
const OFFICIAL_REACH = 3;

/** Who holds an office and is from the state of this code, the one named last first. */
function officialsFrom(discourse: Discourse, candidate: MentionCandidate, country: string | undefined, persons: readonly Draft[]): Draft[] {
  return persons.filter(
    (person) =>
      country !== undefined &&
      person.country === country &&
      person.titles.length + (person.holders?.length ?? 0) > 0 &&
      candidate.sentence - discourse.lastSentence(person) <= OFFICIAL_REACH,
  );
}

/** "The EU's envoy X ... The Slovak diplomat": of a state that the text does not speak of, where he serves a body of many. */
function servesABody(
  discourse: Discourse,
  candidate: MentionCandidate,
  state: Draft | undefined,
  persons: readonly Draft[],
): Resolution | undefined {
  if (state !== undefined && discourse.weight(state) > 1) return undefined;
  const lately = persons.filter((person) => candidate.sentence - discourse.lastSentence(person) <= OFFICIAL_REACH);
  const serving = lately.filter((person) => person.titles.some(({ of }) => of.some((owner) => owner.kind === "organization")));
  return serving.length === 1 ? { drafts: serving, reason: "the only one lately who serves a body of several states" } : undefined;
}

/** "Baku expelled X, the French ambassador. ... the diplomat": the only office holder whom this sentence and the two before name. */
function loneOfficial(discourse: Discourse, candidate: MentionCandidate, persons: readonly Draft[]): Resolution | undefined {
  const lately = persons.filter(
    (person) => candidate.sentence - discourse.lastSentence(person) <= 2 && person.titles.length + (person.holders?.length ?? 0) > 0,
  );
  return lately.length === 1 ? { drafts: lately, reason: "the only office holder named lately" } : undefined;
}

/** "She met Antonio Tajani. The Italian minister backed her": the one person of the sentence before of whom nothing was said. */
function unexplained(
  discourse: Discourse,
  candidate: MentionCandidate,
  owners: readonly Draft[],
  persons: readonly Draft[],
): Resolution | undefined {
  const [owner] = owners;
  if (owner?.kind !== "state" || owner.country === undefined || owners.length !== 1) return undefined;
  const lately = persons.filter((person) => candidate.sentence - discourse.lastSentence(person) === 1);
  const unknown = lately.filter((person) => person.country === undefined && person.titles.length === 0);
  const [stranger] = unknown;
  if (unknown.length !== 1 || stranger === undefined || stranger.namesakes !== undefined) return undefined;
  if (lately.length > 2) return undefined;
  stranger.country = owner.country;
  return { drafts: unknown, reason: "the one of whom nothing else is known" };
}

/** "Hayashi congratulated India and invited the minister": those who act in the clause, or in the one it goes on from, are others. */
function actingHere(discourse: Discourse, candidate: MentionCandidate): ReadonlySet<Draft> {
  const words = discourse.wordsOf(candidate);
  if (discourse.isSubject(candidate) || words.lower[candidate.first - 1] === "as") return new Set();
  const clauses = new Set<number>();
  for (let verb = clauseOf(words, candidate.head), steps = 0; verb >= 0 && steps < 4; verb = words.head(verb), steps += 1) {
    clauses.add(verb);
    if (!/^(conj|advcl|xcomp)$/.test(words.relation(verb) ?? "") || words.child(verb, "nsubj", "nsubj:pass") !== undefined) break;
  }
  const acting = discourse.history.filter(
    ({ candidate: other, subject }) =>
      subject && other.sentence === candidate.sentence && other.end <= candidate.start && clauses.has(clauseOf(words, other.head)),
  );
  return new Set(acting.flatMap((one) => [...one.drafts]));
}

/** Whether the person holds such a title of this owner, by the text or by our knowledge of that day. */
function bears(person: Draft, reference: Extract<Reference, { type: "role" }>, owner: Draft): boolean {
  const ofOwner = (of: readonly Draft[]): boolean =>
    of.includes(owner) || (of.length === 0 && person.country !== undefined && person.country === owner.country);
  if (person.titles.some((title) => sameRole(title.noun, title.title, reference) && ofOwner(title.of))) return true;
  return held(person, reference, owner);
}

/** Whether our knowledge of that day has the person in such an office of this owner. */
function held(person: Draft, reference: Extract<Reference, { type: "role" }>, owner: Draft): boolean {
  const offices = [...(person.holders ?? []), ...(person.country === undefined ? (person.namesakes ?? []) : [])];
  if (owner.kind === "state") {
    return offices.some(
      (holder) =>
        `state:${holder.state}` === owner.known &&
        (holder.office === reference.title?.office || (LEADER.test(reference.noun) && /^head/.test(holder.office))),
    );
  }
  return offices.some(
    (holder) =>
      holder.organization !== undefined &&
      `organization:${holder.organization}` === owner.known &&
      (reference.title?.office === holder.office || /secretary|leader|chief|head|chair|president|director/.test(reference.noun)),
  );
}

export const LEADER = /^(leader|ruler|chief|strongman|head|host|monarch|dictator)$/;

export function sameRole(noun: string, title: Title | undefined, reference: Extract<Reference, { type: "role" }>): boolean {
  if (noun === reference.noun) return true;
  if (reference.noun === "monarch") return /^(king|queen|emir|amir|sultan|emperor|grand duke|prince)$/.test(noun);
  if (LEADER.test(reference.noun))
    return (
      /^(president|prime minister|premier|leader|chancellor|king|queen|emir|sultan|chairman|chair|ruler|crown prince|taoiseach|ayatollah)$/.test(
        noun,
      ) ||
      (title?.relation === "leads" && !/minister|secretary/.test(noun))
    );
  if (PERSON_NOUNS.has(reference.noun) && /(man|woman)$/.test(reference.noun)) return true;
  // Any envoy may be called that, but not every envoy an ambassador.
  if (/^(envoy|emissary)$/.test(reference.noun)) return /\b(envoy|ambassador|representative|emissary|chargé|charge)\b/.test(noun);
  if (reference.noun === "mediator") return /\b(mediator|envoy|facilitator)\b/.test(noun);
  const synonyms: readonly RegExp[] = [
    /^(prime minister|premier|head of government)$/,
    /^(foreign minister|foreign secretary|secretary of state|(top|chief) diplomat)$/,
    /^spokes(man|woman|person)$/,
    /^(secretary[- ]general|chief|secretary general)$/,
    /^(crown prince|prince)$/,
    /^(emir|ruler|king|monarch)$/,
    /^(general|commander|army chief)$/,
    /^(president|head of state)$/,
  ];
  if (synonyms.some((group) => group.test(noun) && group.test(reference.noun))) return true;
  if (reference.noun === "minister")
    return (/minister\b/.test(noun) && noun !== "prime minister") || /^(secretary of state|foreign secretary)$/.test(noun);
  if (reference.noun === "chairman" || reference.noun === "chair") return /^chair/.test(noun);
  return false;
}

/** Whether our knowledge of that day has the person at the head of a state or government. */
export function leadsState(person: Draft): boolean {
  return person.holders?.some((holder) => /^head/.test(holder.office)) === true;
}
