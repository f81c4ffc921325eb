/** Writes MODEL.md, the card beside the weights: data, licences, scores, the command that made them. */
import { createHash } from "node:crypto";
import type { GoldSentence } from "./corpus.ts";
import type { Scores } from "./score.ts";
import { type ModelFiles, TRAININGS, type TrainingOptions } from "./train.ts";
import { VECTOR_PACKAGE } from "./vectors.ts";

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export interface CardFacts {
  readonly files: ModelFiles;
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  readonly settings: readonly TrainingOptions[];
  readonly scores: readonly { readonly name: string; readonly scores: Scores }[];
  readonly sentences: readonly GoldSentence[];
}

/** The text of MODEL.md. */
export function modelCard({ files, inputs, settings, scores, sentences }: CardFacts): string {
  const { blocks, width } = settings.at(-1) as TrainingOptions;
  const words = sentences.reduce((n, s) => n + s.words.length, 0);
  const cell = (value: number) => (Number.isNaN(value) ? "-" : value.toFixed(2));
  const rows = scores.map(({ name, scores: s }) => `| ${name} | ${[s.upos, s.xpos, s.uas, s.las, s.names].map(cell).join(" | ")} |`);
  const size = [...files.values()].reduce((n, bytes) => n + bytes.length, 0);
  return `# The reader's weights

One network for part-of-speech tags (UPOS and Penn tags), dependency trees (Universal Dependencies v2) and names (person, organization,
place, other) of tokenised English: word vectors, trained word, character n-gram, affix and shape embeddings, ${blocks.length} residual
blocks of width ${width} (${blocks.join(", ")}), biaffine arcs with a maximum spanning tree, BIO names with a conditional random field.
Beside it two second opinions, whose scores are added to the network's where that is in doubt: a log-linear model of tags over hashed words,
affixes, neighbours and tree (tags.bin, tag-opinion.ts), and a conditional random field of names over hashed features of words, their
clusters, neighbours and heads (names.bin, name-opinion.ts).
Weights are int8 with one scale per row; ${(size / 1e6).toFixed(1)} MB in all.

Licence: CC BY-SA 4.0 (LICENSE); sources to credit: NOTICE. Made by \`npm run train -- --data DIR${settings.length < TRAININGS.length ? ` --stop ${settings.length}` : ""}\`; the same data gives
the same bytes.

## Scores
Gold tokens, all tags and trees predicted, punctuation counted, relation subtypes counted; names are exact person, organization and place
spans (F1). The treebanks tag like words unlike, so a reading follows the convention of one of them (conventions.ts); "by" names the one
followed: first the test set's own, whose figures are to be compared with others', then the one that documents are read by, then "any",
the network's tags alone and an opinion on names that follows nobody. Names of GUM are derived from its entity annotation (entities.ts), those of the EWT come from UNER. The politics dev part was
trained on, so its test part is in-domain.

| | UPOS | XPOS | UAS | LAS | names |
|---|---|---|---|---|---|
${rows.join("\n")}

## Data
${sentences.length} sentences, ${words} words. GUM documents of the genres fiction and whow (non-commercial licences) were left out.
The epoch was chosen on EWT dev and GUM dev${settings.some((training) => training.withDev) ? "; the last training learnt from EWT dev, too, and was judged by GUM dev alone" : ""}.
The log-linear model learnt from the treebanks alone, a minute of CPU time; how far it weighs was chosen on the same dev parts.
Test files only measured. Word vectors: npm package ${VECTOR_PACKAGE}.

| file | sha-256 |
|---|---|
${inputs.map((file) => `| ${file.name} | ${file.sha256} |`).join("\n")}

## Settings
${settings.length > 1 ? `${settings.length} trainings, each from the best weights of the one before.` : "One training."}
\`\`\`json
${settings.map((phase) => JSON.stringify(phase)).join("\n")}
\`\`\`

## Files
| file | bytes | sha-256 |
|---|---|---|
${[...files].map(([name, bytes]) => `| ${name} | ${bytes.length} | ${sha256(bytes)} |`).join("\n")}
`;
}
