/** What a state, body or town that goes by its kind stands for: "the bloc", "the kingdom", "his country", "the Ethiopian capital". */
import { nameKey } from "../knowledge/fold.ts";
import { type Draft, addForm, newDraft } from "./chains.ts";
import { isModifier } from "./clauses.ts";
import { type Discourse, type Resolution, distinct, unlessEmpty } from "./discourse.ts";
import { GROUP_REACH } from "./group-reference.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";
import { leadsState } from "./role-reference.ts";

/** The states of persons, or of the states that a pronoun stands for, where all are known and named in the text. */
export function resolveCountry(
  discourse: Discourse,
  candidate: MentionCandidate,
  { of, ruled }: Extract<Reference, { type: "country" }>,
): Resolution | undefined {
  const owners = distinct(of.flatMap((owner) => [...discourse.draftsOf(owner)]));
  if (ruled === true && !owners.every((owner) => owner.kind === "state" || rules(owner))) return undefined;
  const states = owners.map((owner) =>
    owner.kind === "state" ? owner : discourse.chains.drafts.find((draft) => draft.known === `state:${owner.country}`),
  );
  return states.includes(undefined) ? undefined : unlessEmpty(distinct(states), candidate.reason);
}

/** Whether the person heads a state or its government, by the text or by our knowledge of that day. */
function rules(person: Draft): boolean {
  return person.titles.some(({ title }) => title?.office?.startsWith("head-of") === true) || leadsState(person);
}

/** "The former", "the latter": of the two actors of one kind that the sentence, or else the one before, named as such. */
export function resolveLatter(discourse: Discourse, candidate: MentionCandidate, which: "latter" | "former"): Resolution | undefined {
  const before = discourse
    .since(candidate.sentence - 1)
    .filter(({ candidate: other }) => other.form === "name" && other.start < candidate.start);
  for (const sentence of [candidate.sentence, candidate.sentence - 1]) {
    const named = before.filter(
      (one) => one.candidate.sentence === sentence && !isModifier(discourse.wordsOf(one.candidate), one.candidate),
    );
    const actors = distinct(named.flatMap((one) => one.drafts.filter((draft) => draft.kind !== "place" && draft.kind !== "agreement")));
    const last = actors.at(-1);
    const pair = actors.filter((draft) => (draft.kind === "person") === (last?.kind === "person"));
    const meant = which === "latter" ? last : pair.length === 2 ? pair[0] : undefined;
    if (meant !== undefined && (pair.length >= 2 || (which === "latter" && meant.kind === "person")))
      return { drafts: [meant], reason: `the one named ${which === "latter" ? "last" : "first"}` };
    if (actors.length > 0) break;
  }
  // "The former closed it. The latter sent police": the other of those two.
  const mate = discourse.found.candidates.findLast(
    ({ reference, start, sentence }) =>
      reference?.type === "former" && which === "latter" && start < candidate.start && candidate.sentence - sentence <= 1,
  );
  return mate === undefined ? undefined : resolveLatter(discourse, { ...candidate, sentence: mate.sentence, start: mate.start }, which);
}

export function resolveCapital(discourse: Discourse, candidate: MentionCandidate, owner: MentionCandidate): Resolution | undefined {
  const names = [owner.state?.capital ?? "", ...(owner.state?.capitalNames ?? [])].map(nameKey);
  const town = discourse.chains.drafts.find((draft) => draft.kind === "place" && names.some((name) => draft.keys.has(name)));
  return town === undefined ? unlessEmpty(discourse.draftsOf(owner), candidate.reason) : { drafts: [town], reason: candidate.reason };
}

/** A body known by its description: the same states and noun are the same body. */
export function resolveBody(
  discourse: Discourse,
  bodies: Map<string, Draft>,
  candidate: MentionCandidate,
  reference: Extract<Reference, { type: "body" }>,
): Resolution {
  const key = [
    reference.noun,
    ...distinct(reference.owners.flatMap((owner) => [...discourse.draftsOf(owner)])).map((owner) => owner.known ?? ""),
  ]
    .sort()
    .join(" ");
  let draft = bodies.get(key);
  if (draft === undefined) {
    draft = newDraft("organization", candidate, { role: "intergovernmental" });
    bodies.set(key, draft);
    discourse.chains.drafts.push(draft);
  }
  addForm(draft, reference.phrase);
  return { drafts: [draft], reason: "joint body of the same states" };
}

export function resolveKind(
  discourse: Discourse,
  candidate: MentionCandidate,
  { noun, from }: Extract<Reference, { type: "kind" }>,
): Resolution | undefined {
  const home = from === undefined ? undefined : discourse.draftsOf(from)[0]?.country;
  const every = discourse.recentFirst(
    (draft) => draft.kind === "organization" && (from === undefined || draft.country === undefined || draft.country === home),
  );
  const bodies = every.filter((draft) => candidate.sentence - discourse.lastSentence(draft) <= GROUP_REACH);
  const named = bodies.filter(
    (draft) =>
      [...draft.keys].some((key) => key.split(" ").includes(noun) || (noun === "army" && /armed forces|defen[cs]e force/.test(key))) ||
      (/^(court|tribunal)$/.test(noun) && [...draft.keys].some((key) => /\b(court|tribunal)\b/.test(key))),
  );
  // "the army" is the state's sooner than a rebel "Liberation Army".
  if (noun === "army" && named.some((draft) => draft.role === "armed group")) return undefined;
  if (named.length === 1) return { drafts: [named[0] as Draft], reason: `its name holds "${noun}"` };
  const roles = ROLES_OF[noun];
  if (roles === undefined) return undefined;
  const near = bodies.filter((draft) => draft.role !== undefined && roles.test(draft.role));
  const all = every.filter((draft) => draft.role !== undefined && roles.test(draft.role));
  // Further back only what nothing else could be.
  const fitting = near.length > 0 || all.length !== 1 || all[0] === undefined ? near : all;
  const unknown = bodies.filter((draft) => draft.role === undefined);
  // "asked Frontex for help, and the agency": the one that the sentence itself names.
  const here = fitting.filter((draft) => discourse.lastSentence(draft) === candidate.sentence);
  if (here.length === 1 && /^(agency|watchdog|company|militia|movement|party)$/.test(noun))
    return { drafts: here, reason: `the ${noun} of this sentence` };
  const mentions = (draft: Draft): number => discourse.history.filter((occurrence) => occurrence.drafts.includes(draft)).length;
  // "the alliance's spokesman" after a body of unknown sort was named: either may be meant.
  const unsorted = unknown.filter((draft) => candidate.sentence - discourse.lastSentence(draft) <= 1 && couldBe(draft, noun));
  if (near.length === 1 && noun === "alliance" && unsorted.length > 0) return undefined;
  const [nearest] =
    fitting.length > 0
      ? fitting.toSorted((left, right) => mentions(right) - mentions(left))
      : unknown.length === 1 && unknown.every((draft) => couldBe(draft, noun))
        ? unknown
        : [];
  return nearest === undefined ? undefined : { drafts: [nearest], reason: `the last body that is a ${noun}` };
}

const ROLES_OF: Readonly<Record<string, RegExp | undefined>> = {
  bloc: /intergovernmental/,
  alliance: /intergovernmental/,
  union: /intergovernmental/,
  body: /intergovernmental|government/,
  organization: /intergovernmental|armed group|non-governmental/,
  organisation: /intergovernmental|armed group|non-governmental/,
  group: /armed group|party|intergovernmental/,
  movement: /armed group|party/,
  militia: /armed group/,
  rebels: /armed group/,
  insurgents: /armed group/,
  guerrillas: /armed group/,
  militants: /armed group/,
  paramilitaries: /armed group/,
  front: /armed group|party/,
  faction: /armed group|party/,
  party: /party/,
  company: /company/,
  agency: /intergovernmental|government/,
  watchdog: /intergovernmental|non-governmental/,
  grouping: /intergovernmental/,
  jihadists: /armed group/,
  fighters: /armed group/,
};

/** Whether a body of unknown sort may be called so: no enterprise is a bloc, no ministry a group. */
function couldBe(draft: Draft, noun: string): boolean {
  const firm = [...draft.keys].some((key) =>
    /(enterprise|bank|company|corp|airlines|oil|gas|ministry|department|university|agency)s?$/.test(key),
  );
  return !firm || /^(company|agency|body)$/.test(noun);
}
