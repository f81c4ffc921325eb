/** Whom "they", "them" and "their" stand for. */
import { clauseOf, governs } from "./clauses.ts";
import { type Discourse, type Occurrence, type Resolution, sameKind } from "./discourse.ts";
import type { Draft } from "./chains.ts";
import type { MentionCandidate } from "./mentions.ts";
import type { Words } from "./words.ts";

/**
 * "they", "them", "their": the nearest group before, a subject's sooner than another's. A plural that stands for nobody we know ends the
 * search, since it may be meant as well.
 */
export function resolvePlural(discourse: Discourse, candidate: MentionCandidate, possessive: boolean): Resolution | undefined {
  const words = discourse.wordsOf(candidate);
  const verb = clauseOf(words, candidate.head);
  const acts = discourse.isSubject(candidate);
  let second: readonly Draft[] | undefined;
  const recent = discourse.since(candidate.sentence - 1);
  for (let at = recent.length - 1; at >= 0; at -= 1) {
    const occurrence = recent[at] as Occurrence;
    const { candidate: other } = occurrence;
    const near = other.sentence === candidate.sentence;
    if (near && other.start >= candidate.start) continue;
    if (!possessive && near && clauseOf(words, other.head) === verb) continue;
    const joint = (occurrence.drafts.length > 1 ? occurrence.drafts : discourse.joint(occurrence)).filter(
      (draft) => draft.kind !== "place" && draft.kind !== "agreement",
    );
    if (joint.length >= 2 && sameKind(joint)) {
      if (unknownPlural(discourse, occurrence, candidate)) return undefined;
      // "The two presidents held talks, in which X and Y took part. They": those of the main clause, if it has some.
      const there = discourse.wordsOf(other);
      if (!near && words.lower[candidate.head] === "they" && there.relation(clauseOf(there, other.head)) === "acl:relcl") {
        second ??= joint;
        continue;
      }
      if (
        occurrence.subject ||
        other.form === "pronoun" ||
        (!acts && near && !/^(nmod|compound|amod)/.test(discourse.relationOf(other))) ||
        discourse.isObject(other)
      )
        return { drafts: joint, reason: "pronoun: the group named last" };
      second ??= joint;
      continue;
    }
    if (other.form === "pronoun" || !occurrence.subject) continue;
    // "Russian units ... carry out their duties"
    if (other.form === "nominal" && discourse.wordsOf(other).tokens[other.head]?.xpos === "NNS")
      return { drafts: occurrence.drafts, reason: "pronoun: nearest plural subject" };
    if (other.use === "people" && other.form === "name") return { drafts: occurrence.drafts, reason: "pronoun: nearest plural subject" };
    // One person or state is no "they", nor what stands in a clause below; a body may be.
    const below = near && governs(words, other.head, clauseOf(words, other.head)) && words.head(clauseOf(words, other.head)) >= 0;
    if (occurrence.drafts[0]?.kind === "organization" && !below) return undefined;
  }
  if (second !== undefined) return { drafts: second, reason: "pronoun: the group named last" };
  return acts || possessive ? dealing(discourse, candidate) : undefined;
}

/** "Macron met Merkel in Berlin. They agreed": the two that the sentence before says deal with each other, and nobody else. */
function dealing(discourse: Discourse, candidate: MentionCandidate): Resolution | undefined {
  const words = discourse.wordsOf(candidate);
  if (words.child(clauseOf(words, candidate.head), "nsubj", "nsubj:pass") === undefined || candidate.first > 3) return undefined;
  const before = discourse.since(candidate.sentence - 1).filter((one) => one.candidate.sentence === candidate.sentence - 1);
  const actors = before.filter(({ candidate: other, drafts }) => drafts.length > 0 && other.kind !== "place" && other.kind !== "agreement");
  const persons = [...new Set(actors.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "person")))];
  const subject = actors.find((one) => one.subject && one.candidate.kind === "person");
  if (persons.length !== 2 || subject === undefined) return undefined;
  const there = discourse.wordsOf(subject.candidate);
  const clause = clauseOf(there, subject.candidate.head);
  const other = actors.find(
    (one) =>
      !one.drafts.some((draft) => subject.drafts.includes(draft)) &&
      one.candidate.kind === "person" &&
      clauseOf(there, one.candidate.head) === clause &&
      /^(obj|obl)$/.test(there.relation(one.candidate.head) ?? ""),
  );
  if (other === undefined || unknownPlural(discourse, subject, candidate)) return undefined;
  return { drafts: persons, reason: "pronoun: the two of the sentence before" };
}

/** Plural nouns for people. */
const PEOPLE =
  /^(troops|soldiers|forces|fighters|rebels|militants|insurgents|guerrillas|diplomats|officials|experts|envoys|negotiators|observers|monitors|inspectors|refugees|migrants|prisoners|hostages|captives|detainees|citizens|nationals|civilians|workers|journalists|lawmakers|ministers|leaders|generals|officers|commanders|protesters|demonstrators|residents|villagers|settlers|students|pilots|sailors|fishermen|spies|agents|investigators|prosecutors|judges|families|relatives|victims|mediators|delegates|allies|advisers|aides|countries|states|nations|governments|groups|parties|militias|companies|banks|firms)$/;

/** Whether a plural that stands for nobody we know could be meant instead: any subject between the two, and people of any role nearby. */
function unknownPlural(discourse: Discourse, { candidate: group }: Occurrence, candidate: MentionCandidate): boolean {
  for (let sentence = group.sentence; sentence <= candidate.sentence; sentence += 1) {
    const words = discourse.found.sentences[sentence] as Words;
    const from = sentence === group.sentence && words.lower[candidate.head] !== "them" ? group.last : 0;
    const to = sentence === candidate.sentence ? candidate.first : words.length;
    for (let token = from; token < to; token += 1) {
      if (words.tokens[token]?.xpos !== "NNS") continue;
      const near = sentence === candidate.sentence;
      // "host talks between them": no talks are meant.
      const object =
        near &&
        !discourse.isSubject(candidate) &&
        words.lower[candidate.head] === "them" &&
        words.lower[candidate.first - 1] !== "between" &&
        words.relation(token) === "obj";
      const people = near && PEOPLE.test(words.lower[token] ?? "");
      if (!people && !object && !/^nsubj/.test(words.relation(token) ?? "")) continue;
      const known = discourse.found.candidates.some(
        (other) => other.sentence === sentence && other.head === token && discourse.draftsOf(other).length > 0,
      );
      if (!known) return true;
    }
  }
  return false;
}
