/** Whom those stand for who are told by whom they deal with: "his Saudi counterpart", "her host", "the guest". */
import type { Draft } from "./chains.ts";
import { clauseOf } from "./clauses.ts";
import { type Discourse, type Resolution, distinct } from "./discourse.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";

export const OPPOSITE = /^(counterpart|colleague|opposite number|host|guest)s?$/;

/** How many sentences back a visit may have been told. */
const VISIT_REACH = 3;

/**
 * "His Saudi counterpart", "her Polish and Czech colleagues": the one person of that state that the text names, of the same office where it
 * names several; the state where it names none. Without a state the one other person that was named with an office lately.
 */
export function resolveOpposite(
  discourse: Discourse,
  candidate: MentionCandidate,
  reference: Extract<Reference, { type: "role" }>,
  owners: readonly Draft[],
  persons: readonly Draft[],
): Resolution | undefined {
  const self = owners.filter((owner) => owner.kind === "person");
  const states = owners.filter((owner) => owner.kind === "state" || owner.kind === "organization");
  const alike = (person: Draft): boolean =>
    person.titles.some((title) =>
      self.some((one) => one.titles.some((own) => own.title?.office !== undefined && own.title.office === title.title?.office)),
    ) || person.holders?.some((holder) => self.some((one) => one.holders?.some((own) => own.office === holder.office))) === true;
  if (states.length === 0) {
    if (reference.plural || self.length !== 1) return undefined;
    const near = persons.filter((person) => !self.includes(person) && candidate.sentence - discourse.lastSentence(person) <= 1);
    const [other] = near;
    const abroad = other?.country !== undefined && other.country !== self[0]?.country;
    const official = other !== undefined && (abroad || other.titles.length + (other.holders?.length ?? 0) > 0);
    if (near.length === 1 && official) return { drafts: near, reason: "the only other office holder named lately" };
    const visit = /^(host|guest)$/.test(reference.noun) ? resolveHost(discourse, candidate, reference.noun) : undefined;
    return visit?.drafts.some((draft) => self.includes(draft)) === true ? undefined : visit;
  }
  const named = states.map((state) => {
    const from = persons.filter((person) => !self.includes(person) && state.country !== undefined && person.country === state.country);
    const same = from.filter(alike);
    // "Putin phoned Pezeshkian. He told his Iranian counterpart": of whom nothing else was said.
    const strangers = persons.filter(
      (person) =>
        !self.includes(person) &&
        person.country === undefined &&
        person.titles.length === 0 &&
        discourse
          .since(candidate.sentence - 2)
          .some((one) => one.drafts.includes(person) && self.some((other) => isBeside(discourse, one.candidate.sentence, other))),
    );
    if (from.length === 0 && strangers.length === 1 && !reference.plural) return strangers[0];
    return from.length === 0 ? state : from.length === 1 ? from[0] : same.length === 1 ? same[0] : undefined;
  });
  return named.includes(undefined) ? undefined : { drafts: distinct(named), reason: `${reference.noun} from there` };
}

/** Whether the sentence mentions this one too. */
function isBeside(discourse: Discourse, sentence: number, draft: Draft): boolean {
  return discourse.history.some(({ candidate, drafts }) => candidate.sentence === sentence && drafts.includes(draft));
}

/** "The host", "the guest": who received whom in the visit told last; nothing where two such visits were told. */
export function resolveHost(discourse: Discourse, candidate: MentionCandidate, noun: string): Resolution | undefined {
  const told = discourse.since(candidate.sentence - VISIT_REACH).filter((one) => one.candidate.sentence < candidate.sentence);
  const found = new Set<Draft>();
  for (const { candidate: one, drafts } of told) {
    const [draft] = drafts;
    if (draft?.kind !== "person" || drafts.length > 1) continue;
    const words = discourse.wordsOf(one);
    const verb = clauseOf(words, one.head);
    const relation = discourse.relationOf(one);
    if (!/^(receive|host|welcome|greet)$/.test(words.tokens[verb]?.lemma ?? "")) continue;
    const passive = words.child(verb, "aux:pass", "nsubj:pass") !== undefined;
    const receives = passive ? relation === "obl:agent" : relation === "nsubj";
    const received = passive ? relation === "nsubj:pass" : relation === "obj";
    if (noun === "host" ? receives : received) found.add(draft);
  }
  return found.size === 1 ? { drafts: [...found], reason: noun === "host" ? "who received" : "who was received" } : undefined;
}
