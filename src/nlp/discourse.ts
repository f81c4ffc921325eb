/** What a document has said up to a mention: who was named, in what order, and together with whom. */
import type { NameChains, Draft } from "./chains.ts";
import { clauseOf, coordinated, wholeHead } from "./clauses.ts";
import type { FoundMentions, MentionCandidate } from "./mentions.ts";
import type { Words } from "./words.ts";

/** A mention already read, with the entities it stands for. */
export interface Occurrence {
  readonly candidate: MentionCandidate;
  readonly drafts: readonly Draft[];
  /** Subject of a clause. */
  readonly subject: boolean;
}

export interface Resolution {
  readonly drafts: readonly Draft[];
  readonly reason: string;
}

/** In how many sentences after the dateline a report at home names its state. */
const OPENING = 2;

export class Discourse {
  readonly resolved = new Map<MentionCandidate, Resolution>();
  readonly history: Occurrence[] = [];
  readonly found: FoundMentions;
  readonly chains: NameChains;
  private readonly weights = new Map<Draft, number>();

  constructor(found: FoundMentions, chains: NameChains) {
    this.found = found;
    this.chains = chains;
    for (const [candidate, { draft, reason }] of chains.of) this.resolved.set(candidate, { drafts: [draft], reason });
  }

  draftsOf(candidate: MentionCandidate): readonly Draft[] {
    return this.resolved.get(candidate)?.drafts ?? [];
  }

  wordsOf(candidate: MentionCandidate): Words {
    return this.found.sentences[candidate.sentence] as Words;
  }

  isSubject(candidate: MentionCandidate): boolean {
    return /^(nsubj|nsubj:pass|csubj)$/.test(this.relationOf(candidate));
  }

  isObject(candidate: MentionCandidate): boolean {
    return this.relationOf(candidate) === "obj";
  }

  /** The relation of the whole phrase that the mention stands in, past what it is coordinated with. */
  relationOf(candidate: MentionCandidate): string {
    const words = this.wordsOf(candidate);
    let token = wholeHead(words, candidate);
    for (let steps = 0; steps < 4 && words.relation(token) === "conj"; steps += 1) token = words.head(token);
    return words.relation(token) ?? "";
  }

  /** What was said in this sentence and after it, in order. */
  since(sentence: number): readonly Occurrence[] {
    let first = this.history.length;
    while (first > 0 && (this.history[first - 1] as Occurrence).candidate.sentence >= sentence) first -= 1;
    return this.history.slice(first);
  }

  /** What was mentioned before in the clause that the mention is acted on in; nothing for its subject, which acts itself. */
  beforeInClause(candidate: MentionCandidate): readonly Occurrence[] {
    if (this.isSubject(candidate)) return [];
    const words = this.wordsOf(candidate);
    const clause = clauseOf(words, candidate.head);
    return this.since(candidate.sentence).filter(
      ({ candidate: other }) => other.start < candidate.start && clauseOf(words, other.head) === clause,
    );
  }

  /** Drafts seen so far, the one mentioned last first. */
  recentFirst(wanted: (draft: Draft) => boolean): Draft[] {
    const seen = new Set<Draft>();
    for (let at = this.history.length - 1; at >= 0; at -= 1) {
      for (const draft of this.history[at]?.drafts ?? []) if (wanted(draft)) seen.add(draft);
    }
    return [...seen];
  }

  lastSentence(draft: Draft): number {
    for (let at = this.history.length - 1; at >= 0; at -= 1) {
      const occurrence = this.history[at] as Occurrence;
      if (occurrence.drafts.includes(draft)) return occurrence.candidate.sentence;
    }
    return -1;
  }

  /** How often the names of the text mean this one. */
  weight(draft: Draft): number {
    if (this.weights.size === 0)
      for (const { draft: named } of this.chains.of.values()) this.weights.set(named, (this.weights.get(named) ?? 0) + 1);
    return this.weights.get(draft) ?? 0;
  }

  /** The state of the dateline, where the text is about no state more than about it. */
  get home(): Draft | undefined {
    const line = this.found.sentences.findIndex((words) => words.sentence.dateline === true);
    const places = this.found.candidates.filter((one) => one.sentence === line && (one.kind === "place" || one.kind === "state"));
    const codes = new Set(places.flatMap((one) => this.draftsOf(one)[0]?.country ?? one.seatOf?.code ?? one.state?.code ?? []));
    const [code] = codes;
    if (line < 0 || codes.size !== 1) return undefined;
    const home = this.chains.drafts.find((draft) => draft.known === `state:${code}`);
    const states = this.chains.drafts.filter((draft) => draft.kind === "state");
    const opening = this.history.some((one) => one.candidate.sentence <= line + OPENING && home !== undefined && one.drafts.includes(home));
    return home !== undefined && opening && states.every((other) => this.weight(other) <= this.weight(home)) ? home : undefined;
  }

  /** The drafts that an occurrence names together: its own, or those of the names coordinated with it. */
  joint(occurrence: Occurrence): Draft[] {
    if (occurrence.drafts.length > 1) return [...occurrence.drafts];
    const { candidate } = occurrence;
    if (candidate.form === "pronoun") return [];
    const words = this.wordsOf(candidate);
    // "Turkish-Russian center"
    if (candidate.use === "adjective") {
      const next = this.found.candidates.find(
        (other) => other.sentence === candidate.sentence && other.use === "adjective" && other.first === candidate.last + 1,
      );
      if (next === undefined || !/^([-–]|and)$/.test(words.text[candidate.last] ?? "")) return [];
      return distinct([...occurrence.drafts, ...this.draftsOf(next)]);
    }
    const heads = coordinated(words, candidate.head);
    const together = this.history.filter((other) => other.candidate.sentence === candidate.sentence && heads.has(other.candidate.head));
    const listed = this.listed(candidate).flatMap((other) => [...this.draftsOf(other)]);
    const joint = distinct(heads.size < 2 ? listed : [...listed, ...together.flatMap((other) => [...other.drafts])]);
    return joint.length > 1 ? joint : [];
  }

  /** Names of one kind with only commas and an "and" between them: a list, also where the parser sees none. */
  listed(candidate: MentionCandidate): readonly MentionCandidate[] {
    if (candidate.form !== "name") return [];
    const words = this.wordsOf(candidate);
    const names = this.found.candidates.filter(
      (other) => other.form === "name" && other.sentence === candidate.sentence && other.kind === candidate.kind,
    );
    // "X of Ruritania, Y of Lutha and Z": where one is from stands between.
    const end = ({ kind, last }: MentionCandidate): number => {
      const state =
        kind === "person" && words.lower[last] === "of"
          ? this.found.candidates.find(
              (other) =>
                other.sentence === candidate.sentence &&
                other.kind === "state" &&
                other.form === "name" &&
                other.first === last + (words.lower[last + 1] === "the" ? 2 : 1),
            )
          : undefined;
      return state?.last ?? last;
    };
    const gap = (left: MentionCandidate | undefined, right: MentionCandidate | undefined): readonly string[] | undefined => {
      const between = left === undefined || right === undefined ? [] : words.lower.slice(end(left), right.first);
      return between.length > 0 && between.every((word) => /^(,|and|the)$/.test(word)) ? between : undefined;
    };
    let first = names.indexOf(candidate);
    let last = first;
    while (gap(names[first - 1], names[first]) !== undefined) first -= 1;
    while (gap(names[last], names[last + 1]) !== undefined) last += 1;
    return gap(names[last - 1], names[last])?.includes("and") === true ? names.slice(first, last + 1) : [];
  }
}

export function unlessEmpty(drafts: readonly Draft[], reason: string): Resolution | undefined {
  return drafts.length === 0 ? undefined : { drafts, reason };
}

export function distinct(drafts: readonly (Draft | undefined)[]): Draft[] {
  return [...new Set(drafts.filter((draft) => draft !== undefined))];
}

export function sameKind(drafts: readonly Draft[]): boolean {
  return drafts.every((draft) => (draft.kind === "person") === (drafts[0]?.kind === "person"));
}
