/** `npm run calibrate`: fits the weights of confidence on the development parts of the hand-marked documents and writes them with their card. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { groundsOfClaims } from "../extract/extract.ts";
import process from "node:process";
import { process as readDocument } from "../ingest/process.ts";
import { type Confidence, featuresOf, type Grounds, logit, sigmoid } from "../knowledge/confidence.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import { loadReader } from "../nlp/reader.ts";
import { answerOf } from "./answer.ts";
import { percent, table } from "./figures.ts";
import { asFile, type GoldDocument, readGold, scoreGraphs } from "./gold.ts";
import type { GraphRelation } from "./matching.ts";

/** The parts it is fitted on, of tests/gold. The held-out part is never among them. */
const PARTS = [".", "second", "third", "fourth"];
/**
 * Right of the relations that rules gave for documents that none of them had seen: of the second, third and fourth part when each was first
 * measured, strictly, and of 48 and 40 articles that were read by hand. Rules are right more often on documents they were developed with
 * than on others; this is the share that confidences are brought to on average.
 */
const UNSEEN = { right: 87 + 177 + 128 + 452 + 304, given: 114 + 219 + 198 + 543 + 376 };
/** Grounds that can only speak for a claim; all others, but for families, can only speak against it. */
const FOR = new Set(["prior"]);
/** Strength of the pull of every weight to nothing, in examples. */
const RIDGE = 4;
const STEPS = 4000;
const RATE = 0.02;

interface Example {
  readonly document: string;
  readonly features: readonly (readonly [string, number])[];
  readonly right: boolean;
  readonly weight: number;
}

/** Claims of a part that rest on a rule, each with whether it is strictly right; all parts weigh alike. */
function examplesOf(folder: string): Example[] {
  const knowledge = loadKnowledge();
  const reader = loadReader();
  const gold = readGold(fileURLToPath(new URL(`../../tests/gold/${folder}`, import.meta.url)));
  const grounds = new Map<GraphRelation, { readonly document: string; readonly grounds: Grounds }>();
  const answers = gold.map((document: GoldDocument) => {
    const answer = answerOf(readDocument(asFile(document), `${document.id}.md`, knowledge, reader));
    groundsOfClaims(answer.processed.annotated, knowledge).forEach((found, i) => {
      const relation = answer.relations[i];
      if (found && relation) grounds.set(relation, { document: document.id, grounds: found });
    });
    return answer;
  });
  const judged = scoreGraphs(gold, answers, knowledge.relations).judged.flatMap(({ relation, answers: wanted }) => {
    const found = grounds.get(relation);
    return found ? [{ document: found.document, features: featuresOf(found.grounds), right: wanted !== undefined }] : [];
  });
  return judged.map((example) => ({ ...example, weight: 1 / judged.length }));
}

/**
 * Logistic regression with a pull to zero on all weights but the bias and a sign given to each ground, by projected gradient descent from
 * zero: the same examples, the same weights.
 */
function fit(examples: readonly Example[]): Confidence {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const names = [...new Set(examples.flatMap(({ features }) => features.map(([name]) => name)))].sort();
  const weights = new Map(names.map((name) => [name, 0]));
  let bias = logit(UNSEEN.right / UNSEEN.given);
  for (let step = 0; step < STEPS; step++) {
    const slopes = new Map(names.map((name) => [name, 0]));
    let slope = 0;
    for (const { features, right, weight } of examples) {
      const share = (weight / total) * examples.length;
      const guess = sigmoid(features.reduce((sum, [name, value]) => sum + (weights.get(name) ?? 0) * value, bias));
      const error = share * (Number(right) - guess);
      slope += error;
      for (const [name, value] of features) slopes.set(name, (slopes.get(name) ?? 0) + error * value);
    }
    const rate = (RATE * 50) / examples.length;
    bias += rate * slope;
    for (const name of names) {
      const weight = weights.get(name) ?? 0;
      const moved = weight + rate * ((slopes.get(name) ?? 0) - RIDGE * weight);
      weights.set(name, name.startsWith("family:") ? moved : FOR.has(name) ? Math.max(moved, 0) : Math.min(moved, 0));
    }
  }
  return { bias, weights: Object.fromEntries(weights) };
}

function guess({ bias, weights }: Confidence, { features }: Example): number {
  return sigmoid(features.reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, bias));
}

/** Moves the bias until the examples' mean confidence is that of unseen documents. */
function settleAtUnseen(fitted: Confidence, examples: readonly Example[]): Confidence {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  let [low, high] = [-10, 10];
  for (let i = 0; i < 60; i++) {
    const bias = (low + high) / 2;
    const mean = examples.reduce((sum, example) => sum + (example.weight / total) * guess({ ...fitted, bias }, example), 0);
    if (mean < UNSEEN.right / UNSEEN.given) low = bias;
    else high = bias;
  }
  return { ...fitted, bias: low };
}

/** Mean squared error of confidences (Brier), each document judged by weights fitted without it. */
function crossValidated(examples: readonly Example[]): { readonly fitted: number; readonly constant: number } {
  const documents = [...new Set(examples.map(({ document }) => document))];
  const folds = 8;
  let [fitted, constant, total] = [0, 0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const out = new Set(documents.filter((_, i) => i % folds === fold));
    const others = examples.filter(({ document }) => !out.has(document));
    const model = fit(others);
    const share =
      others.reduce((sum, { right, weight }) => sum + weight * Number(right), 0) / others.reduce((sum, { weight }) => sum + weight, 0);
    for (const example of examples.filter(({ document }) => out.has(document))) {
      const truth = Number(example.right);
      fitted += example.weight * (guess(model, example) - truth) ** 2;
      constant += example.weight * (share - truth) ** 2;
      total += example.weight;
    }
  }
  return { fitted: fitted / total, constant: constant / total };
}

function rounded({ bias, weights }: Confidence): Confidence {
  const round = (x: number): number => Math.round(x * 1000) / 1000;
  return { bias: round(bias), weights: Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, round(weight)])) };
}

const examples = PARTS.flatMap(examplesOf);
const confidence = rounded(settleAtUnseen(fit(examples), examples));
const brier = crossValidated(examples);
const wrong = examples.filter(({ right }) => !right).length;
const card = `# How sure a claim is

Written by \`npm run calibrate\`; \`confidence.json\` holds the figures. A claim's confidence is a logistic regression over what its rule found
(\`../confidence.ts\` says what each ground counts): the bias and, for each ground, its value times its weight, as log-odds.

Fitted on ${examples.length} relations (${wrong} of them wrong) of the four development parts in \`tests/gold\`, which count alike, with a pull to zero of
${RIDGE} examples; but for the rule's prior, no ground may speak for a claim. The bias is then set so that the mean is ${percent(UNSEEN.right / UNSEEN.given)} %: what was right
(${UNSEEN.right} of ${UNSEEN.given}) in documents that no rule had seen: three of the parts at first, and 88 articles read by hand. The held-out part had no say;
\`../../evaluation/SCORES.md\` shows what it makes of the result. Standing facts that titles and appositions give
("President X of Y") keep the confidence their reader gives them.

Mean squared error, each document judged by weights fitted without it: ${brier.fitted.toFixed(4)}; with one confidence for all: ${brier.constant.toFixed(4)}.

${table(["ground", "weight"], [["bias", confidence.bias], ...Object.entries(confidence.weights).map(([name, weight]) => [name, weight])])}
`;
const home = new URL("../../src/knowledge/weights/", import.meta.url);
writeFileSync(new URL("confidence.json", home), `${JSON.stringify(confidence, null, 2)}\n`);
writeFileSync(new URL("CONFIDENCE.md", home), card);
process.stdout.write(card);
