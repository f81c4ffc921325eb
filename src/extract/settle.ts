/** Makes one claim of what a document says more than once, and one talk relation of each meeting. */
import type { RelationName } from "../model/graph.ts";
import type { Draft, Reading } from "./claims.ts";
import { withDates } from "./occasions.ts";
import { childrenOf, lower } from "./tree.ts";

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
  const telling = withoutImplied(withoutWeaker(reading, withoutLesserTalks(drafts))).toSorted(
    (a, b) => a.sentence - b.sentence || a.trigger - b.trigger,
  );
  for (const draft of withDates(reading, telling)) {
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

/** What one and the same clause says of two actors better than the relation it stands by. */
const BETTER: ReadonlyMap<RelationName, ReadonlySet<RelationName>> = new Map([
  ["supported", new Set<RelationName>(["hosted"])],
  ["deployed-to", new Set<RelationName>(["armed", "invaded"])],
]);
/** The content of a threat is no claim of its own where it falls on the one threatened. */
const THREATS: ReadonlySet<RelationName> = new Set(["threatened", "warned"]);
const MEETING: ReadonlySet<RelationName> = new Set(["met-with"]);
const MENACED: ReadonlySet<RelationName> = new Set(["attacked", "invaded", "killed", "captured", "expelled", "blockaded", "detained"]);

/** Leaves out what another claim says better: who signed is bound, who rejects does not sign; and talks of a person with his own state. */
function withoutImplied(drafts: readonly Draft[]): Draft[] {
  const key = (relation: RelationName, draft: Draft): string => [relation, draft.subject.chain, draft.object.chain].join("|");
  const affirmed = new Set(drafts.filter((draft) => draft.polarity === "affirmed").map((draft) => key(draft.relation, draft)));
  const denied = new Set(
    drafts.filter((draft) => draft.polarity === "negated" && draft.modality === "happened").map((draft) => key(draft.relation, draft)),
  );
  // Drawn from the same clause between the same two.
  const beside = (draft: Draft, relations: ReadonlySet<RelationName> | undefined): boolean =>
    relations !== undefined &&
    drafts.some(
      (other) =>
        relations.has(other.relation) &&
        other.sentence === draft.sentence &&
        other.subject.chain === draft.subject.chain &&
        other.object.chain === draft.object.chain,
    );
  return drafts.filter((draft) => {
    if (beside(draft, BETTER.get(draft.relation))) return false;
    if (draft.relation === "attacked" && draft.object.mention.kind === "place" && drafts.some((other) => isOpponent(other, draft)))
      return false;
    if (draft.modality !== "happened" && MENACED.has(draft.relation) && beside(draft, THREATS)) return false;
    // "called on the president, who accepted": nothing is asked.
    if (
      draft.rule === "urge.call-on" &&
      drafts.some((other) => other.rule === "meet.call-on" && other.trigger === draft.trigger && beside(draft, MEETING))
    )
      return false;
    if (draft.relation === "party-to" && affirmed.has(key("signed", draft))) return false;
    if (draft.rule.startsWith("sign.reach") && draft.polarity === "affirmed" && denied.has(key("signed", draft))) return false;
    if (draft.relation === "signed" && draft.polarity === "negated" && affirmed.has(key("rejected", draft))) return false;
    if (draft.rule === "warn.that" && affirmed.has(key("leads", draft))) return false;
    return !(ABROAD.has(draft.relation) && (affirmed.has(key("leads", draft)) || affirmed.has(key("represents", draft))));
  });
}

/** Whether the same words name whom the attack on a place was on. */
function isOpponent(other: Draft, draft: Draft): boolean {
  return (
    other.relation === "attacked" &&
    other.sentence === draft.sentence &&
    other.trigger === draft.trigger &&
    other.subject.chain === draft.subject.chain &&
    other.object.mention.kind !== "place"
  );
}

/** "agreed to restore ties": what one sentence says to have happened it does not also say to be planned or supposed. */
function withoutWeaker(reading: Reading, drafts: readonly Draft[]): Draft[] {
  const happened = new Set(drafts.filter((draft) => draft.modality === "happened").map(placeKey));
  return drafts.filter(
    (draft) =>
      !(draft.modality === "planned" || draft.modality === "hypothetical") || !happened.has(placeKey(draft)) || isRepeated(reading, draft),
  );
}

/** "met on Sunday and will meet again": another time. */
function isRepeated({ trees }: Reading, { sentence, trigger }: Draft): boolean {
  const tree = trees.find(({ index }) => index === sentence);
  return tree !== undefined && childrenOf(tree, trigger, "advmod").some((child) => lower(tree, child) === "again");
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
