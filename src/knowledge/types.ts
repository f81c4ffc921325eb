/** What we know, frozen: the shapes that `knowledge.ts` builds from the data files. */
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
  /** PLOVER event class and CAMEO code (three or four digits, as text). */
  readonly plover: string;
  readonly cameo: string;
}

export interface KindStyle {
  readonly kind: EntityKind;
  readonly label: string;
  readonly color: string;
}

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
  /** Seats and metonyms of its government other than the capital ("Kremlin", "White House", "Pentagon"). */
  readonly seats: readonly string[];
  /** Years in which it existed, where it is no longer or not always a state. */
  readonly from?: number;
  readonly to?: number;
}

/** A known organisation of `lexicon/organizations.yaml`. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** Other names, spellings and acronyms. */
  readonly names: readonly string[];
  readonly role: string;
  /** ISO 3166-1 alpha-3 of the state it belongs to. */
  readonly country?: string;
}

/** A known place (city, region, sea, base) of `lexicon/places.yaml`. */
export interface Place {
  readonly name: string;
  readonly names: readonly string[];
  readonly country?: string;
}

/** Who held an office, of `lexicon/offices.yaml`; days YYYY-MM-DD (or YYYY-MM, YYYY where not known closer), `to` absent while in office. */
export interface OfficeHolder {
  readonly state: string;
  readonly office: "head-of-state" | "head-of-government" | "foreign-minister" | "defence-minister";
  /** How the text calls the office: "president", "king", "prime minister", "chancellor", "secretary of state". */
  readonly title: string;
  readonly holder: string;
  readonly names: readonly string[];
  readonly gender: "male" | "female";
  readonly from: string;
  readonly to?: string;
}

/** A title before or after a person's name, of `lexicon/titles.yaml`. */
export interface Title {
  /** Lower case, singular: "prime minister". */
  readonly title: string;
  /** What bearing it says: leads or represents the state or organisation it is said of; none for "Mr", "Dr". */
  readonly relation: "leads" | "represents" | "member-of" | "none";
  readonly gender?: "male" | "female";
  /** The office of `offices.yaml` it may name. */
  readonly office?: OfficeHolder["office"];
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
  readonly relations: ReadonlyMap<RelationName, Relation>;
  readonly states: ReadonlyMap<string, State>;
  readonly organizations: readonly Organization[];
  readonly places: readonly Place[];
  readonly offices: readonly OfficeHolder[];
  readonly titles: readonly Title[];
  /** Given names with the gender they are mostly borne by. */
  readonly givenNames: ReadonlyMap<string, "male" | "female" | "either">;
  /** Head nouns that make a noun phrase an agreement: "treaty", "accord", "ceasefire". */
  readonly agreementNouns: ReadonlySet<string>;
  readonly rules: readonly Rule[];
}
