/** What we know, frozen: the shapes that `knowledge.ts` builds from the data files. */
import type { Confidence } from "./confidence.ts";
import type { EntityKind, RelationName, RuleId } from "../model/graph.ts";

/** A relation of `ontology.yaml`. */
export interface Relation {
  readonly name: RelationName;
  readonly label: string;
  /** How it reads from its object: "was signed by". */
  readonly inverse: string;
  readonly family: string;
  readonly symmetric: boolean;
  /** No event: a standing fact (leads, member-of, located-in ...), never dated. */
  readonly structure: boolean;
  readonly subject: readonly EntityKind[];
  readonly object: readonly EntityKind[];
  /** PLOVER event class; "STRUCTURE" for a standing fact. */
  readonly plover: string;
  /** The CAMEO code that fits best (three or four digits, as text); empty for a standing fact, which is no event. */
  readonly cameo: string;
}

export interface KindStyle {
  readonly kind: EntityKind;
  readonly label: string;
  readonly color: string;
}

/** What sort of organisation it is ("party", "armed group"), of `ontology.yaml`. */
export interface Role {
  readonly role: string;
  readonly label: string;
}

/** Relations that are drawn alike and offered as one filter. */
export interface Family {
  readonly family: string;
  readonly label: string;
  readonly color: string;
}

/** A state, present or past, of `lexicon/states.yaml`. */
export interface State {
  /** ISO 3166-1 alpha-3 (or the usual code of a former state: SUN, YUG, CSK, DDR; XKX for Kosovo). */
  readonly code: string;
  /** Short usual English name, without "the". */
  readonly name: string;
  /** Other names and spellings, abbreviations included ("Türkiye", "U.S.", "UK"). */
  readonly names: readonly string[];
  /** Adjectives ("Turkish") and nouns for its people ("Turk", "Turks"). */
  readonly adjectives: readonly string[];
  readonly people: readonly string[];
  readonly capital: string;
  /** Other spellings of the capital and other cities that stand for the government ("Kiev", "Tel Aviv", "The Hague"). */
  readonly capitalNames: readonly string[];
  /** Buildings, streets and bodies' seats that stand for its government ("Kremlin", "White House", "Downing Street"). */
  readonly seats: readonly string[];
  /** Those of its names and people's nouns that are also something else ("Georgia", "Jordan", "Chad", "Poles"). */
  readonly ambiguous: readonly string[];
  /** Years in which it existed, where it is no longer or not always a state. */
  readonly from?: number;
  readonly to?: number;
}

/** A sort of state of `lexicon/state-sorts.yaml`, as news calls one that has been named. */
export interface StateSort {
  /** "kingdom", "West African". */
  readonly sort: string;
  /** `noun`: "the kingdom"; `region`: before a noun, "the West African country". */
  readonly use: "noun" | "region";
  /** Codes of the states that are of it. */
  readonly states: readonly string[];
}

/** A known organisation of `lexicon/organizations.yaml`. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** Other names, spellings and acronyms. */
  readonly names: readonly string[];
  readonly role: string;
  /** Code of the state it belongs to. */
  readonly country?: string;
  /** Metonyms for it that are places by themselves ("Brussels" for the European Union, "Foggy Bottom"). */
  readonly seats: readonly string[];
  /** Id of the organisation it is an organ of. */
  readonly partOf?: string;
}

/** A known agreement of `lexicon/agreements.yaml`. */
export interface NamedAgreement {
  readonly name: string;
  /** Other names, spellings and acronyms. */
  readonly names: readonly string[];
}

/** A known place (city, region, disputed territory, sea, base, venue) of `lexicon/places.yaml`. */
export interface Place {
  readonly name: string;
  readonly names: readonly string[];
  /** Code of the state it lies in; absent where that is disputed, shared or nobody's. */
  readonly country?: string;
}

export type Gender = "male" | "female";

export const OFFICES = ["head-of-state", "head-of-government", "foreign-minister", "defence-minister", "chief"] as const;
/** `chief` is the head of an organisation; the others are of states. */
export type Office = (typeof OFFICES)[number];

/**
 * Who held an office of a state or an organisation (exactly one of the two is given), of `lexicon/offices.yaml`; days YYYY-MM-DD
 * (or YYYY-MM, YYYY where not known closer), `to` absent while in office.
 */
export interface OfficeHolder {
  readonly state?: string;
  /** Id of the organisation. */
  readonly organization?: string;
  readonly office: Office;
  /** How the text calls the office: "president", "king", "prime minister", "chancellor", "secretary of state". */
  readonly title: string;
  readonly holder: string;
  readonly names: readonly string[];
  readonly gender: Gender;
  readonly from: string;
  readonly to?: string;
}

export const TITLE_RELATIONS = ["leads", "represents", "member-of", "none"] as const;
export type TitleRelation = (typeof TITLE_RELATIONS)[number];

/** A title before or after a person's name, of `lexicon/titles.yaml`. */
export interface Title {
  /** Lower case, singular: "prime minister". */
  readonly title: string;
  /** What bearing it says: leads or represents the state or organisation it is said of; none for "Mr", "Dr". */
  readonly relation: TitleRelation;
  /** Given only where it is not made by adding "s": "secretaries-general". */
  readonly plural?: string;
  readonly gender?: Gender;
  /** The office of `offices.yaml` it may name; `faction`: heads a party, a militia, an opposition, and never the state they are of. */
  readonly office?: Office | "faction";
}

/** An extraction rule as its file gives it, checked; `extract/match.ts` says what the patterns mean. */
export interface Rule {
  readonly id: RuleId;
  readonly relation: RelationName;
  readonly [field: string]: unknown;
}

export interface Knowledge {
  /** SHA-256 (hex) of all files read: part of every cache key. */
  readonly version: string;
  readonly kinds: readonly KindStyle[];
  readonly families: readonly Family[];
  readonly roles: readonly Role[];
  readonly relations: ReadonlyMap<RelationName, Relation>;
  readonly states: ReadonlyMap<string, State>;
  readonly stateSorts: readonly StateSort[];
  readonly organizations: readonly Organization[];
  readonly agreements: readonly NamedAgreement[];
  readonly places: readonly Place[];
  readonly offices: readonly OfficeHolder[];
  readonly titles: readonly Title[];
  /** Given names with the gender they are mostly borne by. */
  readonly givenNames: ReadonlyMap<string, Gender | "either">;
  /** Head nouns that make a noun phrase an agreement: "treaty", "accord", "ceasefire". */
  readonly agreementNouns: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  /** What a claim's grounds weigh. */
  readonly confidence: Confidence;
}
