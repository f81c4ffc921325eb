/** What reading finds in a text: tokens, trees, names, mentions, chains of mentions, dates. */
import type { EntityKind, EventDate } from "./graph.ts";
import type { SourceDocument, Span } from "./text.ts";

/** Universal part-of-speech tags (universaldependencies.org/u/pos). */
export const UPOS = [
  "ADJ",
  "ADP",
  "ADV",
  "AUX",
  "CCONJ",
  "DET",
  "INTJ",
  "NOUN",
  "NUM",
  "PART",
  "PRON",
  "PROPN",
  "PUNCT",
  "SCONJ",
  "SYM",
  "VERB",
  "X",
] as const;
export type Upos = (typeof UPOS)[number];

/** UD v2 relations used by the English treebanks, subtypes included (universaldependencies.org/en/dep). */
export const DEPENDENCY_RELATIONS = [
  "acl",
  "acl:relcl",
  "advcl",
  "advcl:relcl",
  "advmod",
  "amod",
  "appos",
  "aux",
  "aux:pass",
  "case",
  "cc",
  "cc:preconj",
  "ccomp",
  "compound",
  "compound:prt",
  "conj",
  "cop",
  "csubj",
  "csubj:outer",
  "csubj:pass",
  "dep",
  "det",
  "det:predet",
  "discourse",
  "dislocated",
  "expl",
  "fixed",
  "flat",
  "goeswith",
  "iobj",
  "list",
  "mark",
  "nmod",
  "nmod:desc",
  "nmod:poss",
  "nmod:unmarked",
  "nsubj",
  "nsubj:outer",
  "nsubj:pass",
  "nummod",
  "obj",
  "obl",
  "obl:agent",
  "obl:unmarked",
  "orphan",
  "parataxis",
  "punct",
  "reparandum",
  "root",
  "vocative",
  "xcomp",
] as const;
export type DependencyRelation = (typeof DEPENDENCY_RELATIONS)[number];

export interface Token extends Span {
  /** Dictionary form, lower case except for proper nouns. */
  readonly lemma: string;
  readonly upos: Upos;
  /** Penn Treebank tag (VBD, NNP ...). */
  readonly xpos: string;
  /** Index in the sentence of the token this one depends on; -1 for the root. */
  readonly head: number;
  readonly relation: DependencyRelation;
}

/** The name recogniser's classes. `place` holds countries too: telling states from places is the mention stage's work. */
export const NAME_LABELS = ["person", "organization", "place", "other"] as const;
export type NameLabel = (typeof NAME_LABELS)[number];

/** A recognised name: tokens `first` (inclusive) to `last` (exclusive) of its sentence. */
export interface Name {
  readonly first: number;
  readonly last: number;
  readonly label: NameLabel;
}

/** One sentence is one tree: exactly one token has head -1, and every token reaches it. */
export interface Sentence extends Span {
  /** Index into `SourceDocument.blocks`. */
  readonly block: number;
  readonly tokens: readonly Token[];
  readonly names: readonly Name[];
  /** Set on "MOSCOW, Jan 14 (Reuters) -", which stands before a report's first sentence and is no sentence of its own. */
  readonly dateline?: true;
}

export const MENTION_FORMS = ["name", "nominal", "pronoun"] as const;
export type MentionForm = (typeof MENTION_FORMS)[number];

/**
 * A stretch of text that stands for one or more entities. `chains` holds one chain for an ordinary mention, several for
 * "the two leaders" or "both countries", none where it was left open.
 */
export interface Mention extends Span {
  readonly sentence: number;
  /** Tokens first (inclusive) to last (exclusive) of the sentence. */
  readonly first: number;
  readonly last: number;
  /** Index in the sentence of the token that the rest depends on: what the rules meet in the tree. */
  readonly head: number;
  readonly kind: EntityKind;
  readonly form: MentionForm;
  readonly chains: readonly number[];
  /** Why it was joined to its chains ("exact name", "surname", "title + state", "pronoun: nearest male person" ...), for `explain`. */
  readonly reason: string;
}

/** One entity within one document: its mentions joined. */
export interface Chain {
  readonly kind: EntityKind;
  /** The fullest form the text gives; short usual English name for a state. */
  readonly name: string;
  /** The other name forms that occur; no titles, no pronouns, no role nouns. */
  readonly aliases: readonly string[];
  /** Indices into `Annotated.mentions`, in text order. */
  readonly mentions: readonly number[];
  /** Knowledge id where the entity is a known one ("state:AZE", "organization:nato"). */
  readonly known?: string;
  /** ISO 3166-1 alpha-3 code of the state it belongs to, where the text or our knowledge says so. */
  readonly country?: string;
  /** For organisations: see ontology `roles`. */
  readonly role?: string;
}

/** An expression of time in a sentence, resolved against the document's date. */
export interface TimeExpression extends Span {
  readonly sentence: number;
  readonly first: number;
  readonly last: number;
  /** Index in the sentence of the token that the rest of the expression depends on. */
  readonly head: number;
  /** Token that the expression hangs on, where it is another than the parser's. */
  readonly governor?: number;
  /** Absent where the words say a time that no calendar places: "last week". */
  readonly date?: EventDate;
}

export interface Annotated {
  readonly document: SourceDocument;
  readonly sentences: readonly Sentence[];
  readonly mentions: readonly Mention[];
  readonly chains: readonly Chain[];
  readonly times: readonly TimeExpression[];
}
