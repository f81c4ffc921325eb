/** Whom a group without names stands for: "both leaders", "the two countries", "the parties". */
import type { Draft } from "./chains.ts";
import { clauseOf, isModifier } from "./clauses.ts";
import { type Discourse, type Occurrence, type Resolution, distinct, sameKind } from "./discourse.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";
import { LEADER, leadsState, sameRole } from "./role-reference.ts";
import { PERSON_NOUNS } from "./vocabulary.ts";

/** How many sentences back a group may look. */
export const GROUP_REACH = 4;
/** In how many sentences at its start a text says whom it is about. */
const LEAD = 3;

type GroupReference = Extract<Reference, { type: "group" }>;

/** Nouns for those who deal with each other, rather than for any two that were named. */
const PARTIES = /^(side|party|signatory|foe|rival|adversary|enemy|faction|delegation|neighbou?r)$/;
/** Nouns that say nothing of an office. */
const ANYBODY =
  /^(man|woman|pair|duo|trio|politician|statesman|counterpart|official|diplomat|interlocutor|dignitary|officer|commander|cleric)$/;

export function resolveGroup(discourse: Discourse, candidate: MentionCandidate, reference: GroupReference): Resolution | undefined {
  const want = reference.count;
  const acting = actingBefore(discourse, candidate);
  const others = discourse
    .since(candidate.sentence - GROUP_REACH)
    .filter(({ candidate: other, drafts }) => other.start < candidate.start && !drafts.some((draft) => acting.has(draft)));
  if (reference.noun !== undefined && reference.of === "person" && !ANYBODY.test(reference.noun)) {
    const bearers = bearersOf(discourse, reference.noun).filter((draft) => !acting.has(draft));
    const near = bearers.filter((draft) => candidate.sentence - discourse.lastSentence(draft) <= GROUP_REACH);
    if (near.length === want) return { drafts: near.toReversed(), reason: `the last that bear the title ${reference.noun}` };
    if (want === undefined) {
      // "X spoke with Y. The leaders agreed": not also with Z, of whom the text spoke before.
      const close = near.filter((draft) => candidate.sentence - discourse.lastSentence(draft) <= 1);
      if (close.length === 2) return { drafts: close.toReversed(), reason: `the two of title ${reference.noun} named just before` };
      // "to join X at a summit, where the leaders will meet": others than those of the text.
      if (close.length === 1 && discourse.lastSentence(close[0] as Draft) === candidate.sentence) return undefined;
    }
    if (bearers.length >= 2 && (want === undefined ? bearers.length <= 3 : bearers.length === want)) {
      return { drafts: bearers.toReversed(), reason: `all that bear the title ${reference.noun}` };
    }
    // "Ruritania and Lutha signed an accord ... the two foreign ministers": known only by their states.
    if (
      bearers.length === 0 &&
      want === 2 &&
      /^(president|prime minister|premier|(foreign |defen[cs]e )?minister|leader)$/.test(reference.noun)
    ) {
      const states = stateLead(discourse, candidate);
      if (states !== undefined) return { drafts: states, reason: "known only by the states that the text is about" };
    }
    // "Slovenia's X and Croatia's Y opened a bridge. The two ministers thanked ...": nothing else was said of them.
    const untitled = want === 2 && bearers.length === 0 ? untitledPair(discourse, candidate) : undefined;
    if (untitled !== undefined) return { drafts: untitled, reason: "the two persons named together, of whom no other title is said" };
    if (want === undefined || !(PERSON_NOUNS.has(reference.noun) || /^head of /.test(reference.noun))) return undefined;
    const leading = lastGroup(discourse, candidate, others, (draft) => bearers.includes(draft), want, false);
    if (leading !== undefined) return leading;
    // "The two leaders" of whom only the states were named, or one of the two.
    if (bearers.length > 0) return leadersOf(discourse, candidate, acting, want);
  }
  if (reference.fresh === true) return want === undefined || want < 3 ? undefined : listAhead(discourse, candidate, want);
  if (want !== undefined && want >= 3) {
    // "The six are Britain, China, ...", "the three powers - France, ..."
    const words = discourse.wordsOf(candidate);
    const list = /^(are|were|[-–—:,(])$/.test(words.lower[candidate.last] ?? "") ? listAhead(discourse, candidate, want) : undefined;
    if (list !== undefined) return list;
  }
  if (reference.distributive === true) return nearestGroup(candidate, others);
  const party = PARTIES.test(reference.noun ?? "");
  for (const kinds of GROUP_KINDS[party ? "party" : reference.of]) {
    const found = lastGroup(discourse, candidate, others, (draft) => kinds.includes(draft.kind), want, party);
    if (found !== undefined) return found;
  }
  // "India's prime minister and his Pakistani host met after both countries had tested missiles."
  if (reference.of === "state" || party) {
    const near = discourse.since(candidate.sentence - 1).filter((one) => one.candidate.start < candidate.start);
    for (const occurrence of near.toReversed()) {
      const states = statesOf(discourse, discourse.joint(occurrence));
      if (states.length === (want ?? 2)) return { drafts: states, reason: "the states of those named last" };
    }
    const homes = want === undefined || want === 2 ? homesOfTwo(discourse, candidate) : undefined;
    const lead =
      want === undefined || want === 2
        ? (leadPair(discourse, candidate) ?? firstTwo(discourse, candidate, party && !/^neighbou?r$/.test(reference.noun ?? "")))
        : undefined;
    const both = lead !== undefined && lead.every((draft) => !acting.has(draft)) ? lead : undefined;
    if (homes !== undefined && (both === undefined || !party))
      return { drafts: homes, reason: "the states of the two persons named lately" };
    if (both !== undefined) return { drafts: both, reason: "the pair that the text is about" };
  }
  return undefined;
}

function leadersOf(discourse: Discourse, candidate: MentionCandidate, acting: ReadonlySet<Draft>, want: number): Resolution | undefined {
  const lead = want === 2 ? leadPair(discourse, candidate) : undefined;
  return lead?.every((draft) => !acting.has(draft)) === true
    ? { drafts: lead, reason: "leaders of the pair that the text is about" }
    : undefined;
}

/**
 * Who congratulates the three leaders is none of them: those who act in the clause that the group is acted on in; nor is he who says that
 * another will speak with them.
 */
function actingBefore(discourse: Discourse, candidate: MentionCandidate): ReadonlySet<Draft> {
  const words = discourse.wordsOf(candidate);
  const clause = clauseOf(words, candidate.head);
  const tellers = new Set<number>();
  if (!discourse.isSubject(candidate))
    for (let verb = clause; /^(ccomp|xcomp|conj|advcl)$/.test(words.relation(verb) ?? ""); verb = words.head(verb)) {
      if (words.relation(verb) === "ccomp") tellers.add(words.head(verb));
    }
  const telling = discourse
    .since(candidate.sentence)
    .filter((one) => one.subject && one.candidate.kind === "person" && tellers.has(words.head(one.candidate.head)));
  const acting = discourse
    .beforeInClause(candidate)
    .filter(
      ({ candidate: other, subject }) =>
        subject || (other.form === "name" && other.last <= clause && clause < candidate.head && !isModifier(words, other)),
    );
  return new Set([...telling, ...acting, ...actedOn(discourse, candidate)].flatMap((one) => [...one.drafts]));
}

/** "The two presidents criticised X": X is none of them. */
function actedOn(discourse: Discourse, candidate: MentionCandidate): readonly { readonly drafts: readonly Draft[] }[] {
  if (!discourse.isSubject(candidate)) return [];
  const words = discourse.wordsOf(candidate);
  const verb = words.head(candidate.head);
  return discourse.found.candidates
    .filter(
      (other) =>
        other.sentence === candidate.sentence &&
        other.form === "name" &&
        other.start > candidate.end &&
        words.head(other.head) === verb &&
        words.relation(other.head) === "obj",
    )
    .map((other) => ({ drafts: discourse.draftsOf(other) }));
}

/** Persons of that title that the text has named, the one mentioned last first; leaders also by our knowledge of that day. */
function bearersOf(discourse: Discourse, noun: string): Draft[] {
  const role = { type: "role" as const, noun, plural: false, indefinite: false, owners: [] };
  return discourse.recentFirst(
    (draft) =>
      draft.kind === "person" &&
      (draft.titles.some((title) => sameRole(title.noun, title.title, role)) ||
        (LEADER.test(noun) && leadsState(draft)) ||
        draft.holders?.some((holder) => sameRole(holder.title, undefined, role)) === true),
  );
}

/** "Each", "neither": the group that the sentence or the one before named last, of whatever kind. */
function nearestGroup(candidate: MentionCandidate, others: readonly Occurrence[]): Resolution | undefined {
  const found = others.findLast(
    ({ candidate: other, drafts }) => candidate.sentence - other.sentence <= 1 && drafts.length === 2 && other.kind !== "agreement",
  );
  return found === undefined ? undefined : { drafts: found.drafts, reason: "the group named last" };
}

/** "Four Arab countries severed relations ... Saudi Arabia, the Emirates, Bahrain and Egypt": the list of just so many that follows. */
function listAhead(discourse: Discourse, candidate: MentionCandidate, want: number): Resolution | undefined {
  const states = discourse.found.candidates.filter(
    (other) => other.form === "name" && other.kind === "state" && other.start > candidate.end && other.sentence - candidate.sentence <= 1,
  );
  for (const first of states) {
    const listed = distinct(discourse.listed(first).flatMap((other) => [...discourse.draftsOf(other)]));
    if (listed.length === want) return { drafts: listed, reason: `the ${want} listed further on` };
  }
  return undefined;
}

function lastGroup(
  discourse: Discourse,
  candidate: MentionCandidate,
  history: readonly Occurrence[],
  fits: (draft: Draft) => boolean,
  want: number | undefined,
  jointly: boolean,
): Resolution | undefined {
  const { sentence } = candidate;
  const lead = want === undefined || want === 2 ? leadPair(discourse, candidate, fits) : undefined;
  // Two that were merely named one after the other are not sooner meant than the pair that the text opens with; of persons it may be either.
  const named = (drafts: readonly Draft[], reason: string): Resolution | undefined => {
    if (lead === undefined || lead.every((draft) => drafts.includes(draft))) return { drafts, reason };
    return lead[0]?.kind === "person" ? undefined : { drafts: lead, reason: "the pair that the text is about" };
  };
  const all = new Set<Draft>();
  for (let at = sentence; at >= Math.max(0, sentence - GROUP_REACH); at -= 1) {
    const here = history.filter((occurrence) => occurrence.candidate.sentence === at);
    // A group of just that size, named together: "Egypt and Israel ... the two countries".
    for (const occurrence of here.toReversed()) {
      const joint = jointly && !agreeing(discourse, occurrence) ? [] : discourse.joint(occurrence).filter(fits);
      // Two officials of one state are no two sides.
      const countries = new Set(joint.map((draft) => (draft.kind === "person" ? draft.country : undefined) ?? draft));
      if (jointly && countries.size < joint.length) continue;
      if (joint.length < 2 || (want !== undefined && joint.length !== want)) continue;
      // "a pact guaranteed by Argentina and Chile" does not change whom the text is about.
      const core = at === sentence || occurrence.subject || discourse.isObject(occurrence.candidate);
      // "Both sides" of two persons are their states.
      const states = jointly && joint.every((draft) => draft.kind === "person") ? statesOf(discourse, joint) : [];
      const members = states.length === joint.length ? states : joint;
      return core ? { drafts: members, reason: "the group named last" } : named(members, "the group named last");
    }
    // Else all that were named, in this sentence alone or since, when they are just so many.
    const plain = here.filter(
      ({ candidate: other }) => other.use !== "adjective" && (at < sentence || !isModifier(discourse.wordsOf(other), other)),
    );
    const own = distinct(plain.flatMap((occurrence) => occurrence.drafts.filter(fits)));
    for (const draft of own) all.add(draft);
    if (jointly) continue;
    for (const set of [own, [...all]])
      if (set.length === want && !(set.length === 2 && countrymen(set))) return named(set, `the last ${want} named`);
    if (want !== undefined && all.size > want) return undefined;
  }
  return undefined;
}

/** Persons of one state who were not named together: a president and his spokesman are no "two". */
function countrymen(drafts: readonly Draft[]): boolean {
  const [country, ...others] = new Set(drafts.map((draft) => (draft.kind === "person" ? draft.country : undefined)));
  return country !== undefined && others.length === 0;
}

/** The two that the text's first sentences name together: whom it is about. */
function leadPair(discourse: Discourse, candidate: MentionCandidate, fits?: (draft: Draft) => boolean): readonly Draft[] | undefined {
  for (const occurrence of discourse.history) {
    const { candidate: other } = occurrence;
    if (other.sentence >= Math.min(LEAD, candidate.sentence)) return undefined;
    if (discourse.wordsOf(other).sentence.dateline === true) continue;
    if (fits !== undefined && other.kind === "person" && other.sentence > 1) continue;
    if (!occurrence.subject && !agreeing(discourse, occurrence)) continue;
    const joint = discourse.joint(occurrence);
    if (joint.length !== 2 || !sameKind(joint) || joint.some((draft) => draft.kind === "place" || draft.kind === "agreement")) continue;
    if (fits === undefined || joint.every(fits))
      return fits === undefined && joint[0]?.kind === "person" ? pair(statesOf(discourse, joint)) : joint;
    const states = pair(statesOf(discourse, joint));
    if (states?.every(fits) === true) return states;
  }
  return undefined;
}

/** "Burundi closed its border with Rwanda": the two states, or with `bodies` the two actors, that the text's first sentence names, and no third. */
function firstTwo(discourse: Discourse, candidate: MentionCandidate, bodies: boolean): readonly Draft[] | undefined {
  const opening = discourse.found.sentences.findIndex((words) => words.sentence.dateline !== true && words.length > 6);
  if (opening < 0 || opening >= candidate.sentence) return undefined;
  const named = discourse.history.filter(
    ({ candidate: one }) => one.sentence === opening && one.form === "name" && one.use !== "adjective",
  );
  const fits = (draft: Draft): boolean => draft.kind === "state" || (bodies && draft.kind === "organization");
  return pair(distinct(named.flatMap(({ drafts }) => drafts.filter(fits))));
}

/** The only two persons whom the sentence before names, where they act together and bear no title. */
function untitledPair(discourse: Discourse, candidate: MentionCandidate): readonly Draft[] | undefined {
  const before = discourse.since(candidate.sentence - 1).filter((one) => one.candidate.sentence === candidate.sentence - 1);
  const persons = distinct(before.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "person")));
  const together = before.find((one) => one.subject && one.candidate.kind === "person" && discourse.joint(one).length === 2);
  return together !== undefined && persons.every((draft) => draft.titles.length === 0) ? pair(persons) : undefined;
}

/** The two states that the text opens with, where it names no person of either. */
function stateLead(discourse: Discourse, candidate: MentionCandidate): readonly Draft[] | undefined {
  const lead = leadPair(discourse, candidate);
  if (lead?.every((draft) => draft.kind === "state") !== true) return undefined;
  const persons = discourse.chains.drafts.some((draft) => draft.kind === "person" && lead.some(({ country }) => country === draft.country));
  return persons ? undefined : lead;
}

/** "President X of Ruritania received Y of Lutha. ... the two countries": of the only two persons that this sentence and the one before name. */
function homesOfTwo(discourse: Discourse, candidate: MentionCandidate): readonly Draft[] | undefined {
  const lately = discourse.since(candidate.sentence - 1).filter((one) => one.candidate.start < candidate.start);
  const persons = distinct(lately.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "person")));
  // "X received Y. Z urged both countries": he speaks of others' states.
  if (discourse.beforeInClause(candidate).some(({ drafts, subject }) => subject && drafts.some((draft) => persons.includes(draft))))
    return undefined;
  const states = pair(persons.length === 2 ? statesOf(discourse, persons) : []);
  const others = lately.some(({ drafts }) => drafts.some((draft) => draft.kind === "state" && states?.includes(draft) !== true));
  return others ? undefined : states;
}

function pair(drafts: readonly Draft[]): readonly Draft[] | undefined {
  return drafts.length === 2 ? drafts : undefined;
}

/** The states that persons act for, where the text names all of them; nothing where it does not. */
function statesOf(discourse: Discourse, drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.some((draft) => draft.kind !== "person")) return [];
  const states = drafts.map((draft) =>
    draft.country === undefined ? undefined : discourse.chains.drafts.find((other) => other.known === `state:${draft.country}`),
  );
  return states.includes(undefined) ? [] : distinct(states);
}

/** Whether it stands where parties stand: who signs, fights, talks, or what lies between them. */
function agreeing(discourse: Discourse, { candidate }: Occurrence): boolean {
  const words = discourse.wordsOf(candidate);
  let root = candidate.head;
  while (words.relation(root) === "conj") root = words.head(root);
  if (words.lower[words.child(root, "case") ?? -1] === "between") return true;
  const verb = words.head(root);
  const lemma = words.tokens[verb]?.lemma ?? "";
  if (lemma === "agree") return words.child(verb, "xcomp", "ccomp", "obl", "obj", "obl:unmarked") !== undefined;
  return /^(sign|initial|conclude|reach|fight|negotiate|meet|clash|announce|accept|reject|resume|begin|break|hold|war|battle|talk)$/.test(
    lemma,
  );
}

/** What a group may be of, tried in order. */
const GROUP_KINDS: Readonly<Record<"person" | "state" | "actor" | "party", readonly (readonly string[])[]>> = {
  party: [["state", "organization"], ["state"], ["organization"], ["person"]],
  person: [["person"]],
  state: [["state"]],
  actor: [["person"], ["state"], ["organization"], ["state", "organization"]],
};
