/** Joins what a text calls "the deal", "the Nov. 10 agreement" or "a pact" into one agreement each, and describes those without a name. */
import type { TimeExpression } from "../model/annotation.ts";
import type { AgreementReference } from "./agreements.ts";
import { addForm, type Draft, type NameChains, newDraft } from "./chains.ts";
import type { Resolution } from "./discourse.ts";
import type { FoundMentions, MentionCandidate } from "./mentions.ts";
import { clauseOf } from "./clauses.ts";
import { AGREEMENT_ANAPHORS } from "./vocabulary.ts";
import type { Words } from "./words.ts";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/** Words in a description that do not tell one agreement from another. */
const WEAK =
  /(brokered|backed|mediated|sponsored|led|signed|negotiated)$|^(peace|final|permanent|regional|historic|interim|nuclear|joint|day|week|month|open|ended|long|point|two|three|four|five|six|seven|eight|nine|ten|page|sweeping|new|formal|fragile|comprehensive|wide|ranging)$/;

/** Phrases that do not tell one agreement from another. */
const BARE = /^(agreement|accord|deal|pact|text|declaration)s?$/;
/** Nouns that say what sort of paper it is. */
const SORTS = /^(declaration|charter|treaty|protocol|memorandum|resolution|convention|constitution|communiqu[eé]|statement)s?$/;
const TRUCES = /^(truce|cease-?fire|armistice)s?$/;

export class AgreementLinker {
  /** Agreements in the order they were last meant. */
  private readonly recent: Draft[] = [];
  /** How much the text has to do with each: mentions, those as subject or object counting double. */
  private readonly weight = new Map<Draft, number>();
  private readonly last = new Map<Draft, number>();
  /** The sentence that last brought up an agreement which stands for none that we know; -1 before that. */
  private open = -1;
  /** The sentence that first spoke of "the deal" where none was known. */
  private unknown: number | undefined;
  private readonly found: FoundMentions;
  private readonly chains: NameChains;
  private readonly times: readonly TimeExpression[];

  constructor(found: FoundMentions, chains: NameChains, times: readonly TimeExpression[]) {
    this.found = found;
    this.chains = chains;
    this.times = times;
  }

  /** How many agreements the text has brought up. */
  get count(): number {
    return this.recent.length;
  }

  /** Notes that a named agreement has come up. */
  seen(candidate: MentionCandidate, draft: Draft): void {
    this.weigh(candidate, draft);
    const day = this.ownDate(candidate);
    if (day !== undefined) draft.date ??= day;
    this.touch(draft);
  }

  /** The agreement that a phrase without a name means; nothing where that is in doubt. */
  resolve(candidate: MentionCandidate, reference: AgreementReference): Resolution | undefined {
    const resolution = this.meant(candidate, reference);
    if (resolution === undefined && !reference.definite) this.open = candidate.sentence;
    if (resolution === undefined && reference.definite && BARE.test(reference.noun)) this.unknown ??= candidate.sentence;
    return resolution;
  }

  private meant(candidate: MentionCandidate, reference: AgreementReference): Resolution | undefined {
    const day = this.ownDate(candidate);
    const distinguishing = reference.modifiers.filter((word) => !WEAK.test(word) && word !== "-");
    if (day !== undefined) {
      const dated = this.recent.find((draft) => draft.date === day);
      if (dated !== undefined) return this.join(candidate, dated, reference, "same day");
    }
    if (reference.count !== undefined && reference.definite && this.recent.length >= reference.count) {
      const several = this.recent.slice(-reference.count);
      return { drafts: several, reason: `the last ${reference.count} agreements` };
    }
    const apposed = this.apposed(candidate);
    const older = reference.definite && apposed === undefined ? this.ofAnotherYear(reference) : false;
    if (older !== false) {
      return older === undefined
        ? this.describe(candidate, reference, undefined, [reference.year as string])
        : this.join(candidate, older, reference, "same year");
    }
    if (apposed !== undefined) return this.join(candidate, apposed, reference, "apposition");
    if (reference.definite) {
      const described =
        distinguishing.length === 0
          ? undefined
          : [...this.recent]
              .reverse()
              .find((draft) => distinguishing.every((word) => draft.words.has(word) || draft.words.has(word.replace(/s$/, ""))));
      if (described !== undefined) return this.join(candidate, described, reference, "same description");
      // "Chile's accession protocol" after another protocol: told by whose it is, and by what it is for.
      if (reference.owned && distinguishing.length > 0 && reference.concluded)
        return this.describe(candidate, reference, day, distinguishing);
      const sameNoun = [...this.recent].reverse().find((draft) => draft.nouns.has(reference.noun) || draft.words.has(reference.noun));
      const last = this.recent.at(-1);
      const dateOff = day !== undefined && last?.date !== undefined && last.date !== day;
      // "signed a similar pact ... That deal": the one just brought up, though we cannot tell it from others.
      const pointed = /^(this|that|these|those)$/.test(this.found.sentences[candidate.sentence]?.lower[candidate.first] ?? "");
      if (pointed && this.open >= (last === undefined ? 0 : (this.last.get(last) ?? 0))) return undefined;
      // Of statements only those that were signed are agreements.
      const target = sameNoun ?? (/statements?$/.test(reference.noun) ? undefined : this.salient(candidate));
      if (
        target !== undefined &&
        !this.ofOtherSort(reference.noun, target) &&
        !this.ofOtherName(reference.names, target) &&
        !this.isAnother(reference, target) &&
        !dateOff &&
        !(reference.plural && target.given !== undefined)
      )
        return this.join(candidate, target, reference, "the agreement named last");
    } else if (this.recent.length > 0) {
      const only =
        this.recent.length === 1 && reference.relative && distinguishing.length === 0 && day === undefined ? this.recent[0] : undefined;
      // "the Warsaw Pact ... put their names to a treaty that": of another sort.
      const alike = only?.nouns.has(reference.noun) === true || only?.words.has(reference.noun) === true || BARE.test(reference.noun);
      if (only !== undefined && alike) return this.join(candidate, only, reference, "the only agreement before");
    }
    // The name may follow: "signed a peace agreement ... The accord, formally the General Framework Agreement".
    if (this.recent.length === 0 && (reference.concluded || reference.definite)) {
      const following =
        this.following(candidate, distinguishing, reference.count === undefined ? 1 : 4) ??
        (reference.count === undefined && reference.concluded ? this.onlyName(candidate, distinguishing) : undefined);
      if (following !== undefined && this.ofOtherSort(reference.noun, following)) return undefined;
      if (following !== undefined && reference.count !== undefined) {
        const several = this.namedAfter(candidate).slice(0, reference.count);
        if (several.length === reference.count) return { drafts: several, reason: `the next ${reference.count} agreements` };
      }
      if (following !== undefined) return this.join(candidate, following, reference, "named further on");
    }
    if (AGREEMENT_ANAPHORS.has(reference.noun)) return undefined;
    if (!reference.concluded && day === undefined) return undefined;
    if (reference.plural && distinguishing.length === 0 && day === undefined && !reference.concluded) return undefined;
    return this.describe(candidate, reference, day, distinguishing);
  }

  /** "The 2009 pact", where no agreement before is of that year: undefined, or the one that is. False where the phrase names no year. */
  private ofAnotherYear({ year, noun, modifiers }: AgreementReference): Draft | undefined | false {
    if (year === undefined) return false;
    const same = this.recent.filter(
      (draft) => draft.date?.startsWith(year) === true || draft.words.has(year) || draft.given?.includes(year),
    );
    if (same.length > 0) return same.length === 1 ? same[0] : false;
    // An agreement of no known date may be of that year, if it is called alike.
    const alike = this.recent.some(
      (draft) => draft.date === undefined && modifiers.length > 0 && modifiers.every((word) => draft.words.has(word)),
    );
    return alike || AGREEMENT_ANAPHORS.has(noun) ? false : undefined;
  }

  private join(candidate: MentionCandidate, draft: Draft, reference: AgreementReference, reason: string): Resolution {
    draft.nouns.add(reference.noun);
    this.weigh(candidate, draft);
    if (
      draft.given !== undefined &&
      reference.phrase !== "" &&
      !AGREEMENT_ANAPHORS.has(reference.noun) &&
      !/^(agreement|accord|deal|pact)s?$/.test(reference.phrase)
    )
      addForm(draft, reference.phrase);
    this.touch(draft);
    return { drafts: [draft], reason };
  }

  private weigh(candidate: MentionCandidate, draft: Draft): void {
    const relation = this.found.sentences[candidate.sentence]?.relation(candidate.head) ?? "";
    this.weight.set(draft, (this.weight.get(draft) ?? 0) + (/^(nsubj|obj)/.test(relation) ? 1 : 0.5));
    this.last.set(draft, candidate.sentence);
  }

  /** The agreement that "the accord" means: the one the text is about, rather than one mentioned by the way. */
  salient(candidate: MentionCandidate): Draft | undefined {
    const score = (draft: Draft): number => {
      const weight = this.weight.get(draft) ?? 0;
      const near = candidate.sentence - (this.last.get(draft) ?? 0) <= 1 ? 0.6 : 0;
      return weight + near + (draft.given === undefined ? (weight >= 1 ? 0.8 : 0.3) : 0);
    };
    return this.recent.toReversed().toSorted((left, right) => score(right) - score(left))[0];
  }

  private touch(draft: Draft): void {
    const at = this.recent.indexOf(draft);
    if (at >= 0) this.recent.splice(at, 1);
    this.recent.push(draft);
  }

  /** A new agreement, called by its description or, where that says nothing, by its day. */
  private describe(
    candidate: MentionCandidate,
    reference: AgreementReference,
    own: string | undefined,
    distinguishing: readonly string[],
  ): Resolution | undefined {
    const day = own ?? this.sentenceDate(candidate);
    const phrase = reference.phrase;
    const month = day === undefined && BARE.test(phrase) ? this.ownMonth(candidate) : undefined;
    if (month !== undefined) return this.describe(candidate, { ...reference, phrase: `${month} ${phrase}` }, undefined, [month]);
    const telling = distinguishing.length > 0 || /\bof\b|\bin\b|road ?map|resolution \p{N}|\b\p{N}+-point\b/iu.test(phrase);
    // "a deal" of no day and no description is a node that says nothing.
    if (!telling && day === undefined && BARE.test(phrase) && (reference.definite || !this.isSubjectOfText(candidate))) return undefined;
    // "Nov. 10 agreement" and "Russia-brokered agreement" (signed that day) are told better by the full date than by the words.
    const given =
      day === undefined || (telling && own === undefined)
        ? phrase
        : `${spelledDay(day)} ${reference.plural ? `${reference.noun}s` : reference.noun}`;
    const draft = newDraft("agreement", candidate, {
      nouns: new Set([reference.noun]),
      given,
      ...(day === undefined ? {} : { date: day }),
    });
    if (!/^(agreement|accord|deal|pact)s?$/.test(phrase) || given === phrase) addForm(draft, phrase);
    this.chains.drafts.push(draft);
    this.weigh(candidate, draft);
    this.touch(draft);
    return { drafts: [draft], reason: "concluded, without a name" };
  }

  /** "A and B reached a deal", which the text opens with and comes back to as "the deal": it is what the text is about. */
  private isSubjectOfText(candidate: MentionCandidate): boolean {
    if (candidate.sentence > 1 || this.recent.length > 0) return false;
    return this.found.candidates.some(
      ({ form, reference, sentence }) =>
        form === "nominal" &&
        reference?.type === "agreement" &&
        reference.definite &&
        sentence > candidate.sentence &&
        BARE.test(reference.phrase) &&
        !AGREEMENT_ANAPHORS.has(reference.noun),
    );
  }

  /** The day inside the phrase itself: "the Nov. 10 agreement", "agreement on Nov. 10". */
  private ownDate(candidate: MentionCandidate): string | undefined {
    const inside = this.times.find(
      (time) => time.sentence === candidate.sentence && time.start >= candidate.start && time.end <= candidate.end,
    );
    if (inside?.date?.precision === "day") return inside.date.start;
    if (candidate.form === "name") return undefined;
    // "signed an agreement on Nov. 10", "signed a pact Monday": a day right after, if the agreement is what was concluded then.
    const reference = candidate.reference;
    if (reference?.type !== "agreement" || reference.definite || !reference.concluded) return undefined;
    const after = this.times.find(
      (time) => time.sentence === candidate.sentence && time.first >= candidate.last && time.first - candidate.last <= 1,
    );
    return after?.date?.precision === "day" ? after.date.start : undefined;
  }

  /** "An agreement that it signed in August 2023": the month or year that the clause about the agreement gives. */
  private ownMonth(candidate: MentionCandidate): string | undefined {
    const words = this.found.sentences[candidate.sentence] as Words;
    const clauses = new Set((words.children[candidate.head] ?? []).filter((child) => words.relation(child)?.startsWith("acl") === true));
    const time = this.times.find(
      ({ sentence, head, date }) =>
        sentence === candidate.sentence &&
        (date?.precision === "month" || date?.precision === "year") &&
        date.basis === "explicit" &&
        clauses.has(clauseOf(words, head)),
    );
    const [year = "", month = ""] = time?.date?.start.split("-") ?? [];
    if (time === undefined) return undefined;
    return time.date?.precision === "year" ? year : `${MONTHS[Number(month) - 1]} ${year}`;
  }

  private sentenceDate(candidate: MentionCandidate): string | undefined {
    const words = this.found.sentences[candidate.sentence] as Words;
    const clause = clauseOf(words, candidate.head);
    const days = this.times.filter(
      (time) =>
        time.sentence === candidate.sentence &&
        time.date?.precision === "day" &&
        (clauseOf(words, time.head) === clause || Math.abs(time.first - candidate.head) <= 3),
    );
    return days.length === 1 ? days[0]?.date?.start : undefined;
  }

  /** "the Abraham Accords, a pact that ...": the agreement named right before. */
  private apposed(candidate: MentionCandidate): Draft | undefined {
    const words = this.found.sentences[candidate.sentence];
    if (words === undefined || !/^[,(—–-]$/.test(words.text[candidate.first - 1] ?? "")) return undefined;
    const before = this.found.candidates.find(
      (other) =>
        other.sentence === candidate.sentence &&
        other.kind === "agreement" &&
        other !== candidate &&
        other.last <= candidate.first &&
        candidate.first - other.last <= 8,
    );
    return before === undefined ? undefined : this.chains.of.get(before)?.draft;
  }

  /** Whether the noun is of another sort than the agreement's own name says: "the declaration" is no charter. */
  private ofOtherSort(noun: string, draft: Draft): boolean {
    const truce = TRUCES.test(noun);
    if (!SORTS.test(noun) && !truce) return false;
    const own = [...(draft.given === undefined ? draft.words : draft.nouns)];
    const sorts = own.filter((word) => SORTS.test(word));
    if (truce)
      return !own.some((word) => TRUCES.test(word)) && sorts.some((word) => /^(resolution|communiqu|statement|conv|const)/.test(word));
    return sorts.length > 0 && !sorts.some((word) => word.replace(/s$/, "") === noun.replace(/s$/, ""));
  }

  /** "The deal calls for elections. A cease-fire signed in January collapsed. ... welcomed the accord": the deal, of which we know nothing. */
  private isAnother({ noun, relative }: AgreementReference, draft: Draft): boolean {
    // "has a free trade agreement with ... The treaty that they signed yesterday": told by what its clause says.
    if (relative && draft.given !== undefined && !draft.nouns.has(noun) && !AGREEMENT_ANAPHORS.has(noun)) return true;
    return this.unknown !== undefined && draft.given !== undefined && BARE.test(noun) && [...draft.nouns].every((own) => TRUCES.test(own));
  }

  /** Whether the phrase holds a name that the agreement's own does not: "the Teesta agreement" is no Land Boundary Agreement. */
  private ofOtherName(names: readonly string[], draft: Draft): boolean {
    return names.length > 0 && draft.given === undefined && !names.some((name) => draft.words.has(name));
  }

  /** The first named agreement after this phrase, where the phrase says nothing that the name does not. */
  private following(candidate: MentionCandidate, distinguishing: readonly string[], reach: number): Draft | undefined {
    const [draft] = this.namedAfter(candidate, reach);
    return draft !== undefined && distinguishing.every((word) => draft.words.has(word)) ? draft : undefined;
  }

  /**
   * "signed a peace agreement on Friday ... The Washington Accord": the one name of the whole text, unless its year or an article that brings
   * it up anew tells it from the agreement that the text opens with.
   */
  private onlyName(candidate: MentionCandidate, distinguishing: readonly string[]): Draft | undefined {
    const named = this.found.candidates.filter((other) => other.form === "name" && other.kind === "agreement");
    const drafts = new Set(named.flatMap((other) => this.chains.of.get(other)?.draft ?? []));
    const [draft] = drafts;
    const [first] = named;
    if (drafts.size !== 1 || draft === undefined || first === undefined || first.start < candidate.start || candidate.sentence > 1)
      return undefined;
    const words = this.found.sentences[first.sentence];
    const year = /^\p{N}{4}$/u;
    const around = [words?.lower[first.first - 1], words?.lower[first.last], words?.lower[first.last + 1]];
    if (around.some((word) => year.test(word ?? "")) || draft.forms.some((form) => /\p{N}{4}/u.test(form))) return undefined;
    if (!/^(the|its|their|of)$/.test(words?.lower[first.first - 1] ?? "")) return undefined;
    if (!this.sharesActor(candidate, first)) return undefined;
    return distinguishing.every((word) => draft.words.has(word)) ? draft : undefined;
  }

  /** Whether an actor of the phrase's sentence comes up from there to the name's: news in brief speak of different ones. */
  private sharesActor(candidate: MentionCandidate, name: MentionCandidate): boolean {
    const actors = (from: number, to: number): Set<Draft> =>
      new Set(
        this.found.candidates
          .filter(
            (other) =>
              other.form === "name" && other.sentence >= from && other.sentence <= to && /^(person|state|organization)$/.test(other.kind),
          )
          .flatMap((other) => this.chains.of.get(other)?.draft ?? []),
      );
    const here = actors(candidate.sentence, candidate.sentence);
    return here.size === 0 || [...actors(candidate.sentence + 1, name.sentence + 1)].some((draft) => here.has(draft));
  }

  /** Agreements named in this sentence after the phrase or in the next few. */
  private namedAfter(candidate: MentionCandidate, reach = 4): Draft[] {
    const drafts = this.found.candidates
      .filter((other) => other.form === "name" && other.start > candidate.start && other.sentence - candidate.sentence <= reach)
      .flatMap((other) => this.chains.of.get(other)?.draft ?? []);
    return [...new Set(drafts)].filter((draft) => draft.kind === "agreement");
  }
}

function spelledDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}
