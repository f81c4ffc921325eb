/** Finds everything in a document that stands for a person, state, organisation, agreement or place: names first, then nominals and pronouns. */
import type { MentionForm, Sentence } from "../model/annotation.ts";
import type { EntityKind } from "../model/graph.ts";
import type { SourceDocument, Span } from "../model/text.ts";
import type { Gender, Knowledge, NamedAgreement, OfficeHolder, Organization, Place, State, Title } from "../knowledge/types.ts";
import type { StateUse } from "./gazetteer.ts";
import { stateOrPlace } from "./metonymy.ts";
import { findNames, type NameSpan } from "./names.ts";
import { findNominals } from "./nominals.ts";
import { headWithin, type Words, wordsOf } from "./words.ts";

/** A mention before coreference: what it is, and for anything but a name what it may refer to. */
export interface MentionCandidate extends Span {
  readonly sentence: number;
  /** Tokens first (inclusive) to last (exclusive). */
  readonly first: number;
  readonly last: number;
  readonly head: number;
  readonly kind: EntityKind;
  readonly form: MentionForm;
  readonly reason: string;
  /** What the knowledge files say of a name. */
  readonly state?: State;
  readonly use?: StateUse;
  /** The state whose capital or seat a place is. */
  readonly seatOf?: State;
  readonly organization?: Organization;
  readonly agreement?: NamedAgreement;
  readonly place?: Place;
  readonly holders?: readonly OfficeHolder[];
  /** What a nominal or pronoun refers to; absent for names. */
  readonly reference?: Reference;
}

export type Reference =
  /** Its owners act through it: "Turkish forces", "the leaders of Russia and Ukraine". */
  | { readonly type: "owners"; readonly owners: readonly MentionCandidate[] }
  /** Another name for mentions beside it: apposition, relative pronoun. */
  | { readonly type: "same"; readonly as: readonly MentionCandidate[] }
  /** The holder of a role: "the Turkish president", "the premier". */
  | {
      readonly type: "role";
      readonly noun: string;
      readonly title?: Title;
      readonly plural: boolean;
      /** "a Kremlin spokesman": nobody in particular. */
      readonly indefinite: boolean;
      readonly owners: readonly MentionCandidate[];
    }
  /** Several entities of one kind: "the two countries", "both men"; `fresh` when just brought up: "four Arab countries". */
  | {
      readonly type: "group";
      readonly of: "person" | "state" | "actor";
      readonly noun?: string;
      readonly count?: number;
      readonly fresh?: boolean;
      /** "each", "neither": the members one by one of a group just named. */
      readonly distributive?: boolean;
    }
  /** "The Slovak": somebody from there. */
  | { readonly type: "national"; readonly state: State }
  /** Of two the one named first or last. */
  | { readonly type: "latter" | "former" }
  /** "his country", "their governments": the states of these persons; `ruled`: "his troops", where they rule them. */
  | { readonly type: "country"; readonly of: readonly MentionCandidate[]; readonly ruled?: boolean }
  /** A body that goes by a description: "the joint Turkish-Russian center". */
  | { readonly type: "body"; readonly noun: string; readonly phrase: string; readonly owners: readonly MentionCandidate[] }
  /** "the Ethiopian capital": the town if the text names it, else the state. */
  | { readonly type: "capital"; readonly owner: MentionCandidate }
  /** An organisation by its kind: "the bloc", "the militia"; `from`: "the Lebanese militia". */
  | { readonly type: "kind"; readonly noun: string; readonly from?: MentionCandidate }
  /** "its southern neighbour": the other state of two. */
  | { readonly type: "neighbour"; readonly of: MentionCandidate }
  /** A state by its sort: "the kingdom", "the West African country", "the country". `words`: what stands before the noun. */
  | { readonly type: "sort"; readonly noun: string; readonly words: string }
  /** A state by what rules it: "the government", "the junta", "the foreign ministry". */
  | { readonly type: "institution"; readonly noun: string }
  | {
      readonly type: "agreement";
      readonly noun: string;
      readonly definite: boolean;
      /** "Chile's protocol": told by whose it is. */
      readonly owned: boolean;
      readonly plural: boolean;
      readonly count?: number;
      /** Words of the phrase that tell it from others: "reconciliation", "trilateral", "Nov. 10". */
      readonly modifiers: readonly string[];
      /** Those of them that are names: "the Teesta agreement". */
      readonly names: readonly string[];
      /** The year before the noun: "the 2009 pact". */
      readonly year?: string;
      /** Whether a relative clause follows: "a pact that ended the war". */
      readonly relative: boolean;
      /** Whether the sentence says that it was concluded, vetoed, broken ... */
      readonly concluded: boolean;
      /** The whole phrase as it may serve for a name ("security pact of 2001"). */
      readonly phrase: string;
    }
  | {
      readonly type: "pronoun";
      readonly number: "singular" | "plural";
      readonly gender?: Gender | "thing";
      readonly possessive: boolean;
      readonly speaker?: boolean;
    };

/** That a person bears a title of owners: "Russian President Vladimir Putin". */
export interface Attribution {
  readonly person: MentionCandidate;
  readonly noun: string;
  readonly title?: Title;
  readonly owners: readonly MentionCandidate[];
}

export interface FoundMentions {
  /** In text order; a mention that holds another comes first. */
  readonly candidates: readonly MentionCandidate[];
  readonly attributions: readonly Attribution[];
  readonly sentences: readonly Words[];
}

/** All mentions of a document with what each may refer to. `sentences` need trees; recogniser's names help but are not needed. */
export function findMentions(document: SourceDocument, sentences: readonly Sentence[], knowledge: Knowledge): FoundMentions {
  const prepared = sentences.map((sentence, index) => wordsOf(document.text, sentence, index));
  const headlines = sentences.map((sentence) => document.blocks[sentence.block]?.kind === "headline");
  const found = findNames(prepared, headlines, knowledge);
  const named = new Set(
    found.flatMap(({ names }) =>
      names.filter((name) => name.use === "name" || name.use === "adjective").flatMap((name) => name.state ?? []),
    ),
  );
  const candidates: MentionCandidate[] = [];
  const attributions: Attribution[] = [];
  prepared.forEach((words, index) => {
    const titles = found[index]?.titles ?? [];
    const names = (found[index]?.names ?? []).map((name) => theStateMeant(name, named, document.date));
    const own = names.flatMap((name) => {
      const candidate = nameCandidate(words, name);
      return candidate === undefined ? [] : [candidate];
    });
    const nominals = findNominals(words, own, titles, knowledge);
    candidates.push(...own, ...nominals.candidates);
    attributions.push(...nominals.attributions);
  });
  candidates.sort((left, right) => left.start - right.start || right.end - left.end);
  return { candidates, attributions, sentences: prepared };
}

/** Of several states with one name or capital: the one the text names otherwise, else one that existed on the document's day. */
function theStateMeant(name: NameSpan, named: ReadonlySet<State>, day: string | undefined): NameSpan {
  if (name.state === undefined || name.otherStates === undefined) return name;
  const options = [name.state, ...name.otherStates];
  const inText = name.use === "name" ? undefined : options.find((state) => named.has(state));
  const year = Number(day?.slice(0, 4) ?? Number.NaN);
  const then = options.find((state) => Number.isNaN(year) || ((state.from ?? 0) <= year && year <= (state.to ?? 9999)));
  return { ...name, state: inText ?? then ?? name.state };
}

function nameCandidate(words: Words, name: NameSpan): MentionCandidate | undefined {
  const { first, last } = name;
  let { kind, state, organization } = name;
  const seatOf = name.state;
  const national = state !== undefined && isSomebody(words, name) ? state : undefined;
  if (name.use === "capital" || name.use === "seat") {
    if (words.sentence.dateline === true || isDateline(words, first) || stateOrPlace(words, first, last, name.use) === "place") {
      kind = "place";
      state = undefined;
      organization = undefined;
    } else if (state !== undefined && organization !== undefined) {
      // "Brussels" acts for the European Union far more often than for Belgium.
      kind = "organization";
      state = undefined;
    }
  } else if (state !== undefined && name.use !== "name" && isPeopleOnly(words, first, last)) return undefined;
  return {
    start: words.tokens[first]?.start ?? 0,
    end: words.tokens[last - 1]?.end ?? 0,
    sentence: words.index,
    first,
    last,
    head: kind === "person" ? personHead(words, name) : headWithin(words, first, last),
    ...(national === undefined
      ? { kind, form: "name", reason: name.reason }
      : { kind: "person", form: "nominal", reason: "somebody from there", reference: { type: "national", state: national } }),
    ...(state === undefined || national !== undefined ? {} : { state }),
    ...(state !== undefined || seatOf === undefined ? {} : { seatOf }),
    ...(name.use === undefined || national !== undefined ? {} : { use: name.use }),
    ...(organization === undefined ? {} : { organization }),
    ...(name.agreement === undefined ? {} : { agreement: name.agreement }),
    ...(name.place === undefined ? {} : { place: name.place }),
    ...(name.holders === undefined ? {} : { holders: name.holders }),
  };
}

/** "ASUNCION, Nov 24.": a town in capitals and a date, and nothing said. */
function isDateline(words: Words, first: number): boolean {
  const town = words.text[first] ?? "";
  return (
    first === 0 &&
    words.length <= 9 &&
    town.length > 3 &&
    town === town.toUpperCase() &&
    words.tokens.every((token) => !/^(VERB|AUX)$/.test(token.upos))
  );
}

const PEOPLES =
  /^((bosnian|croatian|kosovo|krajina|kosovan|montenegrin) (serbs?|croats?|albanians?)|(turkish|greek) cypriots?|macedonian albanians?|(iraqi|syrian|turkish|iranian) kurds?|(israeli|british|american) (arabs?|jews?)|crimean tatars?)$/;

/** "Turkish Cypriots", "Bosnian Serb", "ethnic Albanians": peoples, not their states. */
function isPeopleOnly(words: Words, first: number, last: number): boolean {
  const before = words.lower[first - 1] ?? "";
  if (PEOPLES.test(words.lower.slice(first, last + 1).join(" ")) || PEOPLES.test(words.lower.slice(first - 1, last).join(" "))) return true;
  if (before === "ethnic" || before === "indigenous") return true;
  return /-speaking$/.test(words.lower[last] ?? "") || (words.text[last] === "-" && words.lower[last + 1] === "speaking");
}

/** "The Slovak", "the Turk": one person, unlike "the French" and "the Slovaks". */
function isSomebody(words: Words, { first, last, use }: NameSpan): boolean {
  if ((use !== "people" && use !== "adjective") || last - first !== 1 || words.lower[first - 1] !== "the") return false;
  if (/(s|ish|ese|ch|men|iss)$/.test(words.lower[first] ?? "") || words.attached(last)) return false;
  if (/^(NOUN|PROPN|ADJ|NUM)$/.test(words.tokens[last]?.upos ?? "") || /^['’]s?$/.test(words.text[last] ?? "")) return false;
  return /^(nsubj|nsubj:pass|obj|obl:agent|conj)$/.test(words.relation(first) ?? "");
}

/** A person's head in the tree: where the parser hangs the name on its title, the title's token. */
function personHead(words: Words, name: NameSpan): number {
  let head = headWithin(words, name.first, name.last);
  const start = Math.min(name.title?.first ?? name.first, name.first - 1);
  for (let above = words.head(head); above >= Math.max(0, start) && above < name.first; above = words.head(head)) {
    const hangs = /^(flat|compound|appos|nmod:desc|nmod|dep)$/.test(words.relation(head) ?? "");
    const bare = words.tokens
      .slice(above, name.first)
      .every((token) => token.upos !== "PUNCT" && token.upos !== "ADP" && token.upos !== "VERB");
    if (!hangs || !bare) break;
    head = above;
  }
  return head;
}
