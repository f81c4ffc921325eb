/** Which state is meant where it goes by its sort or by what rules it: "the kingdom", "the country", "the government", "the junta". */
import { fold } from "../model/letters.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Draft } from "./chains.ts";
import { clauseOf } from "./clauses.ts";
import { type Discourse, type Resolution, distinct } from "./discourse.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";
import type { Words } from "./words.ts";

/** How many sentences back a state may have been named that goes by its sort. */
const SORT_REACH = 4;

/** Known ids of the states of each sort, by its folded words. */
export interface StateSorts {
  readonly nouns: ReadonlyMap<string, ReadonlySet<string>>;
  readonly regions: ReadonlyMap<string, ReadonlySet<string>>;
}

const indexes = new WeakMap<Knowledge, StateSorts>();

export function stateSorts(knowledge: Knowledge): StateSorts {
  let index = indexes.get(knowledge);
  if (index === undefined) {
    const of = (use: "noun" | "region") =>
      new Map(
        knowledge.stateSorts
          .filter((sort) => sort.use === use)
          .map((sort) => [fold(sort.sort), new Set(sort.states.map((code) => `state:${code}`))] as const),
      );
    index = { nouns: of("noun"), regions: of("region") };
    indexes.set(knowledge, index);
  }
  return index;
}

/** Known ids of the states of the part of the world that stands before a noun, after its article: "West African", "landlocked Central Asian". */
export function regionIn(sorts: StateSorts, before: string): ReadonlySet<string> | undefined {
  const words = fold(before).replace(/^(the|this|that|these|those) ?/, "");
  return [...sorts.regions].find(([name]) => words === name || words.endsWith(` ${name}`) || words.startsWith(`${name} `))?.[1];
}

/** "The kingdom", "the Gulf emirate", "the island": the one state of that sort that was named lately; "the country": see `country`. */
export function resolveSort(
  discourse: Discourse,
  sorts: StateSorts,
  candidate: MentionCandidate,
  reference: Extract<Reference, { type: "sort" }>,
): Resolution | undefined {
  const before = fold(reference.words).replace(/^(the|this|that|these) ?/, "");
  const region = regionIn(sorts, before);
  const noun = sorts.nouns.get(`${before} ${reference.noun}`.trim()) ?? sorts.nouns.get(reference.noun);
  if (region === undefined && noun === undefined) return before === "" ? country(discourse, candidate, reference.noun) : undefined;
  const fits = (draft: Draft): boolean =>
    draft.kind === "state" &&
    (region === undefined || region.has(draft.known ?? "")) &&
    (noun === undefined || noun.has(draft.known ?? ""));
  const others = notActing(discourse, candidate);
  const recent = discourse.recentFirst((draft) => fits(draft) && !others.has(draft));
  const near = recent.filter((draft) => candidate.sentence - discourse.lastSentence(draft) <= SORT_REACH);
  // "King Hamad met him. The kingdom ...": another of the sort stands nearer, though the text does not name it.
  const meant = new Set(near.map((draft) => draft.country));
  const rival = discourse
    .since(candidate.sentence - 2)
    .some(({ drafts }) =>
      drafts.some(
        (draft) =>
          draft.kind === "person" &&
          draft.country !== undefined &&
          !meant.has(draft.country) &&
          noun?.has(`state:${draft.country}`) === true,
      ),
    );
  if (rival) return undefined;
  const options = near.length > 0 ? near : recent;
  const [only] = options;
  if (only === undefined) return undefined;
  if (options.length === 1) return { drafts: options, reason: `the only state so called: ${reference.noun}` };
  // Of several the one that the text speaks of far more.
  const [most, second] = options.toSorted((left, right) => discourse.weight(right) - discourse.weight(left));
  return most !== undefined && second !== undefined && discourse.weight(most) >= 2 * discourse.weight(second)
    ? { drafts: [most], reason: `the state so called that the text is about: ${reference.noun}` }
    : undefined;
}

/** "Left the country", "troops in the country": the one state that this sentence or the one before names besides those who act. */
function country(discourse: Discourse, candidate: MentionCandidate, noun: string): Resolution | undefined {
  if (!/^(country|nation)$/.test(noun)) return undefined;
  const words = discourse.wordsOf(candidate);
  // "expelled them from the country": one's own.
  if (OUSTING.test(words.tokens[words.head(candidate.head)]?.lemma ?? "")) return undefined;
  const others = new Set([
    ...notActing(discourse, candidate),
    ...controllers(discourse, candidate),
    // "Beijing, the country's largest creditor"
    ...discourse
      .since(candidate.sentence)
      .flatMap(({ candidate: other, drafts }) => (other.last === candidate.first - 1 && words.text[other.last] === "," ? [...drafts] : [])),
  ]);
  const recent = discourse
    .since(candidate.sentence - 1)
    .filter(({ candidate: other }) => other.form === "name" && other.use !== "adjective" && other.start < candidate.start);
  const named = distinct(recent.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "state")));
  const options = named.filter((draft) => !others.has(draft));
  return options.length === 1 ? { drafts: options, reason: "the only state named lately" } : undefined;
}

/** The states that act in the mention's clause, themselves or through a person: what is done to a country is done by others. */
function notActing(discourse: Discourse, candidate: MentionCandidate): ReadonlySet<Draft> {
  const acting = discourse.beforeInClause(candidate).flatMap(({ drafts, subject }) => (subject ? [...drafts] : []));
  const homes = discourse.chains.drafts.filter(
    (draft) =>
      draft.kind === "state" && acting.some((one) => one.kind === "person" && one.country !== undefined && one.country === draft.country),
  );
  return new Set([...acting, ...homes]);
}

/** "Wants Ruritania to leave the country": whose doing the infinitive is. */
function controllers(discourse: Discourse, candidate: MentionCandidate): readonly Draft[] {
  const words = discourse.wordsOf(candidate);
  const verb = clauseOf(words, candidate.head);
  if (words.relation(verb) !== "xcomp" && words.relation(verb) !== "ccomp") return [];
  const object = words.child(words.head(verb), "obj", "iobj");
  const subject = words.child(verb, "nsubj");
  return discourse
    .since(candidate.sentence)
    .flatMap(({ candidate: other, drafts }) => (other.head === object || other.head === subject ? [...drafts] : []));
}

/** "Its southern neighbour", "Ruritania's rival": the one other state that this sentence or the two before name. */
export function resolveNeighbour(discourse: Discourse, candidate: MentionCandidate, of: MentionCandidate): Resolution | undefined {
  const [owner] = discourse.draftsOf(of);
  if (owner?.kind !== "state") return undefined;
  const others = notActing(discourse, candidate);
  const lately = discourse
    .since(candidate.sentence - 2)
    .filter(({ candidate: other }) => other.start < candidate.start)
    .flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "state"));
  const states = distinct(lately).filter((draft) => draft !== owner && !others.has(draft));
  return states.length === 1 ? { drafts: states, reason: "the only other state named lately" } : undefined;
}

const OUSTING = /^(expel|deport|ban|bar|evict|remove|oust|banish|exile|flee|extradite)$/;

/** Nouns that stand for the same institution. */
const SAME: readonly RegExp[] = [
  /^(governments?|cabinet|administration|authorities|presidency|ministry)$/,
  /^(parliament|lawmakers|legislature|assembly)$/,
  /^(army|military|navy|forces|troops)$/,
  /^(junta|generals|putschists|rulers|regime)$/,
];

/** "The government", "the junta": whose it was said to be before; else the state that the text is datelined from and most about. */
export function resolveInstitution(
  discourse: Discourse,
  sorts: StateSorts,
  candidate: MentionCandidate,
  noun: string,
): Resolution | undefined {
  const seat = seatedIn(discourse, candidate);
  if (seat !== undefined) return { drafts: [seat], reason: `the ${noun} in the seat named with it` };
  const same = SAME.find((nouns) => nouns.test(noun));
  if (same === undefined) return undefined;
  const owned = discourse.history.filter(
    ({ candidate: other, drafts }) =>
      drafts.length === 1 && drafts[0]?.kind === "state" && other.form === "nominal" && says(discourse.wordsOf(other), other, same),
  );
  const owners = distinct(owned.flatMap((one) => [...one.drafts]));
  if (owners.length === 1) return { drafts: owners, reason: `whose ${noun} was named before` };
  if (owners.length > 1) return undefined;
  if (same.test("junta"))
    return seized(discourse, candidate) ?? (noun === "junta" ? ruledByOfficers(discourse, sorts, candidate) : undefined);
  const home = discourse.home ?? (noun === "government" ? loneState(discourse, candidate) : undefined);
  return home === undefined ? undefined : { drafts: [home], reason: `the ${noun} of the state that the text is about` };
}

/** "The government in Lutha", "the junta in Ruritania": the state whose name or capital follows. */
function seatedIn(discourse: Discourse, candidate: MentionCandidate): Draft | undefined {
  const words = discourse.wordsOf(candidate);
  if (words.lower[candidate.last] !== "in") return undefined;
  const seat = discourse.found.candidates.find(
    (other) =>
      other.sentence === candidate.sentence && other.first === candidate.last + 1 && other.kind === "state" && other.form === "name",
  );
  return seat === undefined ? undefined : discourse.draftsOf(seat)[0];
}

/** The one state that the text has named so far, where that was lately; nothing where it has named an armed group or party too. */
function loneState(discourse: Discourse, candidate: MentionCandidate): Draft | undefined {
  const named = distinct(discourse.history.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "state")));
  const [only] = named;
  const rivals = discourse.history.some(({ drafts }) => drafts.some(({ role }) => role === "armed group" || role === "government body"));
  const foreign = discourse.history.some(({ drafts }) =>
    drafts.some((draft) => draft.kind === "person" && draft.country !== undefined && draft.country !== only?.country),
  );
  return only !== undefined && named.length === 1 && !rivals && !foreign && candidate.sentence - discourse.lastSentence(only) <= 2
    ? only
    : undefined;
}

function says(words: Words, { first, last }: MentionCandidate, nouns: RegExp): boolean {
  return words.lower.slice(first, last).some((word) => nouns.test(word));
}

/** "The junta": the one state named lately, or the one of those named that officers are known to have ruled. */
function ruledByOfficers(discourse: Discourse, sorts: StateSorts, candidate: MentionCandidate): Resolution | undefined {
  const lately = discourse
    .since(candidate.sentence - 2)
    .filter(({ candidate: other }) => other.form === "name" && other.use !== "adjective" && other.start < candidate.start);
  const states = distinct(lately.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "state")));
  const ruled = states.filter((draft) => sorts.nouns.get("junta")?.has(draft.known ?? ""));
  return ruled.length === 1 ? { drafts: ruled, reason: "the only state named lately that a junta may rule" } : undefined;
}

/** "The junta that toppled Niger's president": the one state that the sentence names. */
function seized(discourse: Discourse, candidate: MentionCandidate): Resolution | undefined {
  const words = discourse.wordsOf(candidate);
  const clause = words.child(candidate.head, "acl:relcl");
  if (clause === undefined) return undefined;
  const states = discourse.found.candidates.filter(
    (other) => other.sentence === candidate.sentence && other.kind === "state" && other.form === "name" && other.start > candidate.end,
  );
  const drafts = distinct(states.flatMap((other) => [...discourse.draftsOf(other)]));
  return drafts.length === 1 ? { drafts, reason: "the only state that its clause names" } : undefined;
}
