/**
 * Conventions of annotation. The treebanks that the reader has learnt from tag the same words differently ("United" of "United Nations"
 * is ADJ in EWT and VERB in GUM) and call different things names, so a reading follows one of them, which both second opinions are asked
 * for (tag-opinion.ts, name-opinion.ts).
 */

/** In the order of their numbers in the features of tags.bin and names.bin; "any" leaves the tags to the network, which has seen both, and is that of the name corpora without trees. */
export const CONVENTIONS = ["any", "ewt", "gum"] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** What readings follow where nothing else is asked for. */
export const DEFAULT_CONVENTION: Convention = "gum";
