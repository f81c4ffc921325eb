/** When an event was that its own sentence leaves undated: the day that another clause or sentence gives to the same occasion. */
import type { EventDate } from "../model/graph.ts";
import type { TimeExpression } from "../model/annotation.ts";
import type { Draft, Reading } from "./claims.ts";
import { governs, MOMENTS } from "./dates.ts";
import { supportOf } from "./support.ts";
import { casesOf, childrenOf, isVerb, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/**
 * Gives claims that their own sentence leaves undated the day that another sentence gives to the same event.
 * @param drafts of the whole document, in text order.
 */
export function withDates(reading: Reading, drafts: readonly Draft[]): Draft[] {
  return datedByOccasion(reading, datedInTurn(reading, datedMeetings(datedSignatories(datedSignings(reading, drafts)))));
}

/** Whom a person acts for: himself, and what he leads or represents. */
function sidesOf(drafts: readonly Draft[], person: number): number[] {
  const offices = drafts.filter(
    (draft) => (draft.relation === "leads" || draft.relation === "represents") && draft.subject.chain === person,
  );
  return [person, ...offices.map((draft) => draft.object.chain)];
}

function isSigning({ relation, polarity, modality }: Draft): boolean {
  return relation === "signed" && polarity === "affirmed" && modality === "happened";
}

/** "A and B signed a pact on Friday. Ministers X of A and Y of B signed it": the day on which their states sign next to it. */
function datedSignatories(drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    if (!isSigning(draft) || draft.date) return draft;
    const [, ...states] = sidesOf(drafts, draft.subject.chain);
    const state = drafts.find(
      (other) =>
        isSigning(other) && other.date && draft.sentence - other.sentence === 1 && states.some((chain) => chain === other.subject.chain),
    );
    return state?.date ? { ...draft, date: state.date } : draft;
  });
}

/** "They signed the pact and later met the president": what the same subject goes on to do is of the same day, where its own clause names none. */
function datedInTurn(reading: Reading, drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    const tree = reading.trees[draft.sentence];
    const token = tree?.tokens[draft.trigger];
    if (draft.date || draft.modality !== "happened" || !tree || token?.relation !== "conj" || token.xpos !== "VBD") return draft;
    if (childrenOf(tree, draft.trigger, "nsubj", "nsubj:pass").length > 0) return draft;
    if ((reading.times.get(draft.sentence) ?? []).some((time) => governs(tree, draft.trigger, time.head))) return draft;
    const before = drafts.find(
      (other) =>
        other.sentence === draft.sentence &&
        other.trigger === token.head &&
        other.date?.precision === "day" &&
        other.modality === "happened" &&
        other.subject.chain === draft.subject.chain,
    );
    return before?.date ? { ...draft, date: before.date } : draft;
  });
}

/** A signing is one event: where the text gives it, or the agreement, one day, that is the day of all who signed. */
function datedSignings(reading: Reading, drafts: readonly Draft[]): Draft[] {
  const made = agreementDates(reading);
  return drafts.map((draft) => {
    if (!isSigning(draft) || draft.date) return draft;
    const dates = drafts
      .filter((other) => isSigning(other) && other.object.chain === draft.object.chain)
      .flatMap((other) => (other.date ? [other.date] : []));
    const date = common(dates.length > 0 ? dates : (made.get(draft.object.chain) ?? []));
    return date ? { ...draft, date } : draft;
  });
}

/** The one day that all dates say, some more exactly than others. */
function common(dates: readonly EventDate[]): EventDate | undefined {
  const narrowest = dates.toSorted((a, b) => (a.start === b.start ? (a.end < b.end ? -1 : 1) : a.start > b.start ? -1 : 1))[0];
  return narrowest && dates.every((date) => date.start <= narrowest.start && date.end >= narrowest.end) ? narrowest : undefined;
}

const CONCLUDED = new Set("sign initial conclude reach agree adopt ink seal strike clinch".split(" "));

/** When each agreement was made, where its phrase says so: "the Nov. 27 memorandum", "the treaty of 1960", "an accord initialled on Friday". */
function agreementDates(reading: Reading): Map<number, EventDate[]> {
  const made = new Map<number, EventDate[]>();
  for (const tree of reading.trees) {
    for (const time of reading.times.get(tree.index) ?? []) {
      const { date } = time;
      if (!date) continue;
      const agreement = agreementOf(tree, time);
      const [chain] = agreement?.chains ?? [];
      if (chain !== undefined && agreement?.chains.length === 1) made.set(chain, [...(made.get(chain) ?? []), date]);
    }
  }
  return made;
}

function agreementOf(tree: Tree, time: TimeExpression): Tree["covering"][number] {
  const agreement = (at: number): Tree["covering"][number] => (tree.covering[at]?.kind === "agreement" ? tree.covering[at] : undefined);
  const inside = agreement(time.head);
  if (inside) return inside;
  const head = tree.tokens[time.head]?.head ?? -1;
  if (casesOf(tree, time.head).includes("of")) return agreement(head);
  const verb = tree.tokens[head];
  return verb?.relation === "acl" && verb.xpos === "VBN" && CONCLUDED.has(verb.lemma) ? agreement(verb.head) : undefined;
}

/**
 * Meetings that another sentence dates: leaders who are said to be together next to the sentence in which their states sign on a day, and
 * guests who are said to be received next to that in which they sign.
 */
function datedMeetings(drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    if (draft.date || draft.modality !== "happened" || draft.polarity !== "affirmed") return draft;
    if (draft.relation !== "met-with" && draft.relation !== "hosted") return draft;
    const near = drafts.filter(
      (other) =>
        other.relation === "signed" && other.date && other.modality === "happened" && Math.abs(other.sentence - draft.sentence) <= 1,
    );
    if (draft.relation === "hosted") {
      const guest = near.find((other) => other.subject.chain === draft.object.chain);
      return guest?.date ? { ...draft, date: guest.date } : draft;
    }
    const first = near.find((other) => sidesOf(drafts, draft.subject.chain).includes(other.subject.chain));
    const both =
      first &&
      near.some((other) => other.object.chain === first.object.chain && sidesOf(drafts, draft.object.chain).includes(other.subject.chain));
    return both && first.date ? { ...draft, date: first.date } : draft;
  });
}

const OCCASIONS = new Set("meeting talk talks summit ceremony signing call conversation visit session".split(" "));
/** Relations that are occasions themselves. */
const HELD = new Set(["met-with", "spoke-with", "negotiated-with", "hosted", "signed", "agreed-with"]);

/** "At the close of the meeting they signed": the day of the meeting last spoken of, in the sentence before or earlier in this one. */
function datedByOccasion(reading: Reading, drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    if (draft.date || draft.modality !== "happened" || draft.polarity !== "affirmed") return draft;
    const tree = reading.trees[draft.sentence];
    if (!tree || !namesOccasion(tree, draft.trigger)) return draft;
    const held = drafts.filter(
      (other) =>
        HELD.has(other.relation) &&
        other.date?.precision === "day" &&
        other.modality === "happened" &&
        draft.sentence - other.sentence <= 1 &&
        (other.sentence < draft.sentence || (other.sentence === draft.sentence && other.trigger < draft.trigger)),
    );
    const date = held.at(-1)?.date;
    return date && held.every((other) => other.date?.start === date.start) ? { ...draft, date } : draft;
  });
}

/** "At the end of the talks the ministers signed": whatever the parser makes of the words that follow. */
const OPENING =
  /^(?:at|after|during|following) the (?:(?:end|close|start|conclusion|opening) of the )?(?:meeting|talks?|summit|ceremony|signing|call|conversation|session)(?! (?:between|with|of|on|in|at))/;

function namesOccasion(tree: Tree, trigger: number): boolean {
  const verb = isVerb(tree.tokens[trigger]) ? trigger : (supportOf(tree, trigger, undefined)?.verb ?? trigger);
  if (tree.tokens[verb]?.relation === "root" && OPENING.test(tree.words.slice(0, 7).join(" "))) return true;
  return childrenOf(tree, verb, "obl").some((child) => {
    if (!casesOf(tree, child).some((word) => ["at", "after", "during", "in", "following", "on"].includes(word))) return false;
    const inner = MOMENTS.has(lower(tree, child)) ? childrenOf(tree, child, "nmod")[0] : child;
    if (inner === undefined || !OCCASIONS.has(lower(tree, inner))) return false;
    const bare = (tree.children[inner] ?? []).every((word) =>
      ["det", "case", "nmod:poss", "punct"].includes(tree.tokens[word]?.relation ?? ""),
    );
    return bare && childrenOf(tree, inner, "det").some((det) => ["the", "that", "this"].includes(lower(tree, det)));
  });
}
