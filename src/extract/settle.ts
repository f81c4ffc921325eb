/** Makes one claim of what a document says more than once, and one talk relation of each meeting. */
import type { RelationName } from "../model/graph.ts";
import type { Draft, Reading } from "./claims.ts";

/** Of one event between two parties the most telling of these is kept. */
const TALKS: ReadonlyMap<RelationName, number> = new Map([
  ["spoke-with", 1],
  ["met-with", 2],
  ["negotiated-with", 3],
  ["hosted", 4],
]);

/**
 * Groups drafts by fact, in text order.
 * @returns per claim its drafts; the first is the earliest dated one, or the first where none is dated.
 */
export function settleDrafts(reading: Reading, drafts: readonly Draft[]): Draft[][] {
  const groups = new Map<string, Draft[]>();
  for (const draft of datedMeetings(datedSignings(withoutImplied(withoutWeaker(withoutLesserTalks(drafts))))).toSorted(
    (a, b) => a.sentence - b.sentence || a.trigger - b.trigger,
  )) {
    const key = factKey(reading, draft);
    const group = groups.get(key);
    if (!group) groups.set(key, [draft]);
    else if (!group.some((other) => other.sentence === draft.sentence && other.rule === draft.rule && other.trigger === draft.trigger))
      group.push(draft);
  }
  return [...groups.values()].map((group) => {
    const dated = group.filter((draft) => draft.date);
    const first = dated.toSorted((a, b) => (a.date?.start ?? "").localeCompare(b.date?.start ?? ""))[0] ?? group[0];
    return first ? [first, ...group.filter((draft) => draft !== first)] : [];
  });
}

function factKey(reading: Reading, draft: Draft): string {
  const symmetric = reading.knowledge.relations.get(draft.relation)?.symmetric === true;
  const ends = [draft.subject.chain, draft.object.chain];
  if (symmetric) ends.sort((a, b) => a - b);
  return [...ends, draft.relation, draft.polarity, draft.modality].join("|");
}

/** Relations that nobody has with his own state. */
const ABROAD: ReadonlySet<RelationName> = new Set(["met-with", "spoke-with", "negotiated-with", "visited", "hosted", "agreed-with"]);

/** Leaves out what another claim says better: who signed is bound, who rejects does not sign; and talks of a person with his own state. */
function withoutImplied(drafts: readonly Draft[]): Draft[] {
  const key = (relation: RelationName, draft: Draft): string => [relation, draft.subject.chain, draft.object.chain].join("|");
  const affirmed = new Set(drafts.filter((draft) => draft.polarity === "affirmed").map((draft) => key(draft.relation, draft)));
  const denied = new Set(
    drafts.filter((draft) => draft.polarity === "negated" && draft.modality === "happened").map((draft) => key(draft.relation, draft)),
  );
  return drafts.filter((draft) => {
    if (draft.relation === "party-to" && affirmed.has(key("signed", draft))) return false;
    if (draft.rule.startsWith("sign.reach") && draft.polarity === "affirmed" && denied.has(key("signed", draft))) return false;
    if (draft.relation === "signed" && draft.polarity === "negated" && affirmed.has(key("rejected", draft))) return false;
    return !(ABROAD.has(draft.relation) && (affirmed.has(key("leads", draft)) || affirmed.has(key("represents", draft))));
  });
}

/** A signing is one event: where the text gives it one day, that is the day of all who signed. */
function datedSignings(drafts: readonly Draft[]): Draft[] {
  const signing = (draft: Draft): boolean => draft.relation === "signed" && draft.polarity === "affirmed" && draft.modality === "happened";
  return drafts.map((draft) => {
    if (!signing(draft) || draft.date) return draft;
    const dates = drafts
      .filter((other) => signing(other) && other.object.chain === draft.object.chain)
      .flatMap((other) => (other.date ? [other.date] : []));
    const [first] = dates;
    return first && dates.every((date) => date.start === first.start && date.end === first.end) ? { ...draft, date: first } : draft;
  });
}

/** Leaders who are said to be together next to the sentence in which their states sign on a day are together on that day. */
function datedMeetings(drafts: readonly Draft[]): Draft[] {
  const states = (person: number): number[] =>
    drafts.filter((draft) => draft.relation === "leads" && draft.subject.chain === person).map((draft) => draft.object.chain);
  return drafts.map((draft) => {
    if (draft.relation !== "met-with" || draft.date || draft.modality !== "happened" || draft.polarity !== "affirmed") return draft;
    const near = drafts.filter(
      (other) =>
        other.relation === "signed" && other.date && other.modality === "happened" && Math.abs(other.sentence - draft.sentence) <= 1,
    );
    const first = near.find((other) => states(draft.subject.chain).includes(other.subject.chain));
    const both =
      first && near.some((other) => other.object.chain === first.object.chain && states(draft.object.chain).includes(other.subject.chain));
    return both && first.date ? { ...draft, date: first.date } : draft;
  });
}

/** "agreed to restore ties": what one sentence says to have happened it does not also say to be planned or supposed. */
function withoutWeaker(drafts: readonly Draft[]): Draft[] {
  const happened = new Set(drafts.filter((draft) => draft.modality === "happened").map(placeKey));
  return drafts.filter((draft) => !(draft.modality === "planned" || draft.modality === "hypothetical") || !happened.has(placeKey(draft)));
}

function placeKey(draft: Draft): string {
  return [draft.sentence, draft.relation, ...[draft.subject.chain, draft.object.chain].toSorted((a, b) => a - b)].join("|");
}

function withoutLesserTalks(drafts: readonly Draft[]): Draft[] {
  const byPair = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (!TALKS.has(draft.relation)) continue;
    const key = [draft.subject.chain, draft.object.chain].toSorted((a, b) => a - b).join("|");
    byPair.set(key, [...(byPair.get(key) ?? []), draft]);
  }
  return drafts.filter((draft) => {
    const rank = TALKS.get(draft.relation);
    if (rank === undefined) return true;
    const key = [draft.subject.chain, draft.object.chain].toSorted((a, b) => a - b).join("|");
    return !(byPair.get(key) ?? []).some((other) => (TALKS.get(other.relation) ?? 0) > rank && sameEvent(draft, other));
  });
}

function sameEvent(draft: Draft, other: Draft): boolean {
  if (draft.polarity !== other.polarity || draft.modality !== other.modality) return false;
  if (draft.medium === "phone" && other.medium !== "phone" && draft.sentence !== other.sentence) return false;
  if (draft.date && other.date) return draft.date.start === other.date.start && draft.date.end === other.date.end;
  return draft.sentence === other.sentence || !draft.date;
}
