/**
 * Conventions of annotation. The treebanks that the reader has learnt from tag the same words differently ("United" of "United Nations"
 * is ADJ in EWT and VERB in GUM), so a reading follows one of them: the tag counts of that treebank weigh in (tag-counts.ts).
 */

/** In the order of their numbers in tags.bin; "any" leaves the tags to the network, which has seen both. */
export const CONVENTIONS = ["any", "ewt", "gum"] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** What readings follow where nothing else is asked for. */
export const DEFAULT_CONVENTION: Convention = "gum";
