/** How sure a claim is: a logistic regression over what its rule found, with weights fitted on hand-marked documents (`weights/CONFIDENCE.md`). */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { invalid } from "./files.ts";

/** What speaks for or against a claim; counts and lengths, each from 0 on. Families of the ontology are features too: `family:talks`. */
export const GROUNDS = [
  /** Log-odds of the rule's own prior, against that of a rule without one. */
  "prior",
  /** Ends that are pronouns. */
  "pronoun",
  /** Ends that are role nouns: "the president". */
  "nominal",
  /** Ends that an owner stands in for, or that the opening of the story lends. */
  "inferred",
  /** Paths tried before those that led to the ends. */
  "detours",
  "negated",
  /** It is planned, called for, supposed or alleged. */
  "unsure",
  /** Governing words that had a say in polarity and modality. */
  "reasons",
  /** Tens of tokens from the deciding word to the farther end, 3 at most; 3 where an end stands in another sentence. */
  "distance",
  /** Tens of tokens in the sentence, 6 at most. */
  "length",
  /** Of the deciding word and both ends, how many hang elsewhere than the parser put them. */
  "mended",
  /** The deciding word is a noun. */
  "noun",
] as const;
export type Ground = (typeof GROUNDS)[number];

export type Grounds = Readonly<Record<Ground, number>> & { readonly family: string };

export interface Confidence {
  readonly bias: number;
  /** By ground, and by "family:" and the name of a family. What is not listed weighs nothing. */
  readonly weights: Readonly<Record<string, number>>;
}

const schema = z.strictObject({ bias: z.number(), weights: z.record(z.string(), z.number()) });

/** @throws {KnownError} "knowledge-invalid" */
export function readConfidence(file: string): Confidence {
  const result = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (result.success) return Object.freeze(result.data);
  const issue = result.error.issues[0];
  throw invalid({ file, line: () => 1 }, issue?.path.map(String).join("."), issue?.message ?? "is not valid");
}

/** The features of a claim by name, as fitting and weighing see them. */
export function featuresOf(grounds: Grounds): [name: string, value: number][] {
  return [...GROUNDS.map((ground): [string, number] => [ground, grounds[ground]]), [`family:${grounds.family}`, 1]];
}

/** Probability that a reader would agree with a claim. */
export function weigh({ bias, weights }: Confidence, grounds: Grounds): number {
  return sigmoid(featuresOf(grounds).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, bias));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
