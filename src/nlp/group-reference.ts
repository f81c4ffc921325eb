/** Whom a group without names stands for: "both leaders", "the two countries", "the parties". */
import type { Draft } from "./chains.ts";
import { clauseOf, isModifier } from "./clauses.ts";
import { type Discourse, type Occurrence, type Resolution, distinct } from "./discourse.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";
import { sameRole } from "./role-reference.ts";
import { PERSON_NOUNS } from "./vocabulary.ts";

/** How many sentences back a group may look. */
export const GROUP_REACH = 4;

export function resolveGroup(
  discourse: Discourse,
  candidate: MentionCandidate,
  reference: Extract<Reference, { type: "group" }>,
): Resolution | undefined {
  const words = discourse.wordsOf(candidate);
  const clause = clauseOf(words, candidate.head);
  const subject = discourse.isSubject(candidate);
  // Who congratulates the three leaders is none of them.
  const others = discourse.history.filter(
    ({ candidate: other, subject: acts }) =>
      other.start < candidate.start &&
      !(other.sentence === candidate.sentence && acts && !subject && clauseOf(words, other.head) === clause),
  );
  const acting = new Set(discourse.history.filter((one) => !others.includes(one)).flatMap((one) => [...one.drafts]));
  const want = reference.count;
  if (reference.noun !== undefined && reference.of === "person") {
    const role = { type: "role" as const, noun: reference.noun, plural: false, indefinite: false, owners: [] };
    const bearers = discourse.recentFirst(
      (draft) => draft.kind === "person" && !acting.has(draft) && draft.titles.some((title) => sameRole(title.noun, title.title, role)),
    );
    if (bearers.length >= 2 && (want === undefined ? bearers.length <= 3 : bearers.length === want)) {
      return { drafts: bearers.toReversed(), reason: `all that bear the title ${reference.noun}` };
    }
    if (want === undefined || !(PERSON_NOUNS.has(reference.noun) || /^head of /.test(reference.noun))) return undefined;
  }
  if (reference.fresh === true) return want === undefined || want < 3 ? undefined : listAhead(discourse, candidate, want);
  // "Both sides" are whoever was named together last; two that only stand near each other need not be.
  const party = /^(side|party|signatory|foe|rival|adversary|enemy|faction|delegation)$/.test(reference.noun ?? "");
  for (const kinds of GROUP_KINDS[party ? "party" : reference.of]) {
    const found = lastGroup(
      discourse,
      candidate.sentence,
      others,
      (draft) => kinds.includes(draft.kind) && !acting.has(draft),
      want,
      party,
    );
    if (found !== undefined) return found;
  }
  return undefined;
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
  sentence: number,
  history: readonly Occurrence[],
  fits: (draft: Draft) => boolean,
  want: number | undefined,
  jointly: boolean,
): Resolution | undefined {
  const all = new Set<Draft>();
  for (let at = sentence; at >= Math.max(0, sentence - GROUP_REACH); at -= 1) {
    const here = history.filter((occurrence) => occurrence.candidate.sentence === at);
    // A group of just that size, named together: "Egypt and Israel ... the two countries".
    for (const occurrence of here.toReversed()) {
      const joint = jointly && !agreeing(discourse, occurrence) ? [] : discourse.joint(occurrence).filter(fits);
      // Two officials of one state are no two sides.
      const countries = new Set(joint.map((draft) => (draft.kind === "person" ? draft.country : undefined) ?? draft));
      if (jointly && countries.size < joint.length) continue;
      if (joint.length >= 2 && (want === undefined || joint.length === want)) return { drafts: joint, reason: "the group named last" };
    }
    // Else all that were named, in this sentence alone or since, when they are just so many.
    const plain = here.filter(
      ({ candidate }) => candidate.use !== "adjective" && (at < sentence || !isModifier(discourse.wordsOf(candidate), candidate)),
    );
    const own = distinct(plain.flatMap((occurrence) => occurrence.drafts.filter(fits)));
    for (const draft of own) all.add(draft);
    if (jointly) continue;
    for (const set of [own, [...all]]) if (set.length === want) return { drafts: set, reason: `the last ${want} named` };
    if (want !== undefined && all.size > want) return undefined;
  }
  return undefined;
}

/** Whether it stands where parties stand: who signs, fights, talks, or what lies between them. */
function agreeing(discourse: Discourse, { candidate }: Occurrence): boolean {
  const words = discourse.wordsOf(candidate);
  let root = candidate.head;
  while (words.relation(root) === "conj") root = words.head(root);
  if (words.lower[words.child(root, "case") ?? -1] === "between") return true;
  return /^(sign|initial|agree|conclude|reach|fight|negotiate|meet|clash|announce|accept|reject|resume|begin|break|hold|war|battle|talk)$/.test(
    words.tokens[words.head(root)]?.lemma ?? "",
  );
}

/** What a group may be of, tried in order. */
const GROUP_KINDS: Readonly<Record<"person" | "state" | "actor" | "party", readonly (readonly string[])[]>> = {
  party: [["state", "organization"], ["state"], ["organization"], ["person"]],
  person: [["person"]],
  state: [["state"]],
  actor: [["person"], ["state"], ["organization"], ["state", "organization"]],
};
