/** Writes scores as Markdown tables. */
import { percent, table } from "./figures.ts";
import type { Figures } from "./figures.ts";
import type { GoldScores } from "./gold.ts";
import type { NameScores, TreebankScores } from "./treebank.ts";

/** Reading: tags, lemmas, trees and names, by test set, relation and genre. */
export function treebankTables(trees: readonly TreebankScores[], names: readonly NameScores[]): string {
  const labels = [...new Set(trees.flatMap(({ tokens }) => Object.keys(tokens.byRelation)))].sort();
  return [
    "## Reading",
    "### Gold tokens, predicted tags (punctuation and relation subtypes count)",
    table(
      ["test set", "words", "UPOS", "XPOS", "lemmas", "UAS", "LAS"],
      trees.map(({ name, tokens }) => [
        name,
        tokens.words,
        ...[tokens.upos, tokens.xpos, tokens.lemma, tokens.uas, tokens.las].map(percent),
      ]),
    ),
    "### Raw text (CoNLL 2018: F1 of aligned words, relations without subtypes)",
    table(
      ["test set", "tokens", "sentences", "UPOS", "XPOS", "lemmas", "UAS", "LAS"],
      trees.map(({ name, raw }) => [name, ...[raw.tokens, raw.sentences, raw.upos, raw.xpos, raw.lemma, raw.uas, raw.las].map(percent)]),
    ),
    "### Names (exact span and label, gold tokens)",
    table(
      ["test set", "names", "P", "R", "F1", ...Object.keys(names[0]?.byLabel ?? {}).map((label) => `${label} F1`)],
      names.map(({ name, all, byLabel }) => [
        name,
        all.wanted,
        ...threeFigures(all),
        ...Object.values(byLabel).map(({ f1 }) => percent(f1)),
      ]),
    ),
    "### By genre",
    table(
      ["test set and genre", "words", "UPOS", "UAS", "LAS", "LAS from raw text"],
      trees.flatMap(({ name, byGenre }) =>
        Object.entries(byGenre).map(([genre, { words, upos, uas, las, rawLas }]) => [
          `${name}: ${genre}`,
          words,
          ...[upos, uas, las, rawLas].map(percent),
        ]),
      ),
    ),
    "### By relation (F1 of head and relation; in brackets how often the treebank has it)",
    table(
      ["relation", ...trees.map(({ name }) => name)],
      labels.map((label) => [
        label,
        ...trees.map(({ tokens }) => {
          const figures = tokens.byRelation[label];
          return figures ? `${percent(figures.f1)} (${figures.wanted})` : "";
        }),
      ]),
    ),
  ].join("\n\n");
}

function threeFigures({ precision, recall, f1 }: Figures): string[] {
  return [precision, recall, f1].map(percent);
}

function row(name: string, figures: Figures): (string | number)[] {
  const { right, given, wanted } = figures;
  return [name, wanted, right, given - right, wanted - right, ...threeFigures(figures)];
}

/** Graphs: entities by kind, relations by strictness and type, attributes; the sample documents apart. */
export function graphTables(scores: GoldScores, samples: GoldScores): string {
  const { attributes: a } = scores;
  const header = ["", "gold", "right", "false", "missing", "P", "R", "F1"];
  const share = (right: number, of: number): string => (of > 0 ? `${percent(right / of)} (${right} of ${of})` : "none");
  return [
    "## Graphs",
    `### ${scores.documents} hand-marked documents`,
    table(header, [
      row("entities", scores.entities),
      ...Object.entries(scores.entitiesByKind).map(([kind, figures]) => row(`- ${kind}`, figures)),
      row("relations, strict", scores.strict),
      row("relations, same event class", scores.lenient),
      row("pairs of ends", scores.pairs),
      row("sample document: entities", samples.entities),
      row("sample document: relations, strict", samples.strict),
    ]),
    `Standing facts beyond the gold (they count neither way): ${scores.extraStructure}.`,
    "### Attributes of the relations that are strictly right",
    table(
      ["attribute", "right"],
      [
        ["polarity", share(a.polarity, a.matched)],
        ["- of the negated", share(a.negatedFound, a.negated)],
        ["modality", share(a.modality, a.matched)],
        ["- of those that did not simply happen", share(a.notHappenedRight, a.notHappened)],
        ["date, where the gold has one", share(a.dateExact, a.dated)],
        ["- missing", share(a.dateMissing, a.dated)],
        ["a date where the gold has none", share(a.dateSpurious, a.matched - a.dated)],
      ],
    ),
    "### By relation (strict)",
    table(
      ["relation", ...header.slice(1)],
      Object.entries(scores.byRelation).map(([name, figures]) => row(name, figures)),
    ),
  ].join("\n\n");
}
