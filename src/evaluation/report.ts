/** Writes scores as Markdown tables. */
import type { Knowledge } from "../knowledge/types.ts";
import { countCauses, type Fault, type Faults } from "./causes.ts";
import type { CorpusScores } from "./corpus.ts";
import { type Figures, figures, percent, table } from "./figures.ts";
import type { GoldScores } from "./gold.ts";
import { DEFAULT_CONVENTION } from "../nlp/conventions.ts";
import type { TestScores } from "./treebank.ts";

/** Reading: tags, lemmas, trees and names, by test set, relation and genre; in short by the default convention, too. */
export function treebankTables({ trees, byDefault, names, namesByDefault }: TestScores): string {
  const labels = [...new Set(trees.flatMap(({ tokens }) => Object.keys(tokens.byRelation)))].sort();
  return [
    "## Reading",
    `The treebanks tag like words unlike ("United" of "United Nations" is ADJ in EWT, VERB in GUM), so readings follow a convention
(src/nlp/conventions.ts). Each test set is read by the convention of its own treebank; one table reads all of them by
the convention that documents are read by ("${DEFAULT_CONVENTION}").`,
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
    `### All by the default convention, "${DEFAULT_CONVENTION}"`,
    table(
      ["test set", "UPOS", "XPOS", "UAS", "LAS", "LAS from raw text"],
      byDefault.map(({ name, tokens, raw }) => [name, ...[tokens.upos, tokens.xpos, tokens.uas, tokens.las, raw.las].map(percent)]),
    ),
    table(
      ["test set", "names", "P", "R", "F1"],
      namesByDefault.map(({ name, all }) => [name, all.wanted, ...threeFigures(all)]),
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

/** A part of the hand-marked documents and how it was answered. */
export interface ScoredPart {
  readonly name: string;
  readonly scores: GoldScores;
  /** What went wrong and why: absent of a part that is only measured. */
  readonly faults?: Faults;
}

/** Graphs: entities by kind, relations by strictness, attributes and confidence of each part; families, causes and types of those with faults. */
export function graphTables(parts: readonly ScoredPart[], samples: GoldScores, knowledge: Knowledge): string {
  const header = ["", "gold", "right", "false", "missing", "P", "R", "F1"];
  const shown = parts.filter(({ faults }) => faults);
  const types = [...new Set(shown.flatMap(({ scores }) => Object.keys(scores.byRelation)))].sort();
  return [
    "## Graphs",
    ...parts.map(({ name, scores }) =>
      [
        `### ${capitalised(name)}: ${scores.documents} hand-marked documents`,
        table(header, [
          row("entities", scores.entities),
          ...Object.entries(scores.entitiesByKind).map(([kind, figures]) => row(`- ${kind}`, figures)),
          row("relations, strict", scores.strict),
          row("relations, same event class", scores.lenient),
          row("pairs of ends", scores.pairs),
        ]),
        `Standing facts beyond the gold (they count neither way): ${scores.extraStructure}.`,
      ].join("\n\n"),
    ),
    "### The sample document",
    table(header, [row("entities", samples.entities), row("relations, strict", samples.strict)]),
    "### Attributes of the relations that are strictly right",
    table(["attribute", ...parts.map(({ name }) => name)], attributeRows(parts)),
    "### Confidence: of the relations in each band, how many are strictly right",
    table(["confidence", ...parts.map(({ name }) => name)], confidenceRows(parts)),
    "### By family of rules (strict; brings: points of the recall of all relations)",
    table(
      ["family", ...shown.flatMap(({ name }) => [`${name}: drawn`, "right", "wrong", "P", "gold", "R", "brings"])],
      familyRows(shown, knowledge),
    ),
    "### Causes, over all development parts",
    ...causeTables(shown.flatMap(({ faults }) => faults ?? [])),
    "### By relation (strict)",
    table(
      ["relation", ...shown.flatMap(({ name }) => [`${name}: gold`, ...header.slice(2)])],
      types.map((type) => [
        type,
        ...shown.flatMap(({ scores }) => {
          const figures = scores.byRelation[type];
          return figures ? row("", figures).slice(1) : header.slice(1).map(() => "");
        }),
      ]),
    ),
  ].join("\n\n");
}

/** Strict figures by family: the rules of all relations that the ontology puts together. */
export function byFamily({ byRelation }: GoldScores, knowledge: Pick<Knowledge, "relations">): Map<string, Figures> {
  const families = new Map<string, Figures>();
  for (const [relation, one] of Object.entries(byRelation)) {
    const family = knowledge.relations.get(relation)?.family ?? "none";
    const before = families.get(family);
    const sum = (key: "right" | "given" | "wanted"): number => one[key] + (before?.[key] ?? 0);
    families.set(family, figures(sum("right"), sum("given"), sum("wanted")));
  }
  return families;
}

function familyRows(parts: readonly ScoredPart[], knowledge: Knowledge): (string | number)[][] {
  const cells = parts.map(({ scores }) => ({ all: scores.strict, families: byFamily(scores, knowledge) }));
  return [...knowledge.families.values()].map(({ family, label }) => [
    label,
    ...cells.flatMap(({ all, families }) => {
      const { right, given, wanted, precision, recall } = families.get(family) ?? figures(0, 0, 0);
      return [
        given,
        right,
        given - right,
        given > 0 ? percent(precision) : "",
        wanted,
        wanted > 0 ? percent(recall) : "",
        percent(right / all.wanted),
      ];
    }),
  ]);
}

const FAULTS = [
  ["missed", "missed relations"],
  ["wrong", "wrong relations"],
  ["attributes", "attributes of right relations"],
] as const satisfies readonly (readonly [keyof Faults, string])[];

function causeTables(faults: readonly Faults[]): string[] {
  return FAULTS.map(([key, title]) => {
    const all = faults.flatMap((one) => one[key]);
    return table([`${title} by cause`, `${all.length}`], countCauses(all));
  });
}

/** Every fault under its cause, for reading. */
export function causeLines(part: string, faults: Faults): string {
  const show = ({ document, relation: { subject, relation, object } }: Fault): string =>
    `    ${document}: ${subject} > ${relation} > ${object}`;
  return FAULTS.map(([key, title]) => {
    const lines = countCauses(faults[key]).flatMap(([cause, count]) => [
      `  ${count} ${cause}`,
      ...faults[key].filter((fault) => fault.cause === cause).map(show),
    ]);
    return [`${part}: ${title}`, ...lines].join("\n");
  }).join("\n");
}

/** Entities of several documents that are one, or are not. */
export function corpusTable({ occurrences, missing, pairs, bCubed }: CorpusScores): string {
  const documents = new Set(occurrences.map(({ document }) => document)).size;
  const figure = ({ precision, recall, f1 }: { precision: number; recall: number; f1: number }): string[] =>
    [precision, recall, f1].map(percent);
  return [
    `### Entities over ${documents} documents: which are one`,
    table(
      ["", "P", "R", "F1"],
      [
        [`pairs (${pairs.wanted} to be joined, ${pairs.given} joined)`, ...figure(pairs)],
        [`B-cubed over ${occurrences.length} entities`, ...figure(bCubed)],
      ],
    ),
    `Marked names without an entity: ${missing.length}.`,
  ].join("\n\n");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function share(right: number, of: number): string {
  return of > 0 ? `${percent(right / of)} (${right} of ${of})` : "none";
}

function attributeRows(parts: readonly ScoredPart[]): string[][] {
  const rows: [string, (attributes: GoldScores["attributes"]) => readonly [number, number]][] = [
    ["polarity", (a) => [a.polarity, a.matched]],
    ["- of the negated", (a) => [a.negatedFound, a.negated]],
    ["modality", (a) => [a.modality, a.matched]],
    ["- of those that did not simply happen", (a) => [a.notHappenedRight, a.notHappened]],
    ["who alleges it", (a) => [a.ascribedRight, a.ascribed]],
    ["date, where the gold has one", (a) => [a.dateExact, a.dated]],
    ["- missing", (a) => [a.dateMissing, a.dated]],
    ["a date where the gold has none", (a) => [a.dateSpurious, a.matched - a.dated]],
  ];
  return rows.map(([name, figures]) => [name, ...parts.map(({ scores }) => share(...figures(scores.attributes)))]);
}

/** Lower ends of the bands of confidence that are printed. */
const BANDS = [0.95, 0.9, 0.8, 0.7, 0.6, 0] as const;

function confidenceRows(parts: readonly ScoredPart[]): string[][] {
  return BANDS.map((low, i) => {
    const high = BANDS[i - 1] ?? Number.POSITIVE_INFINITY;
    const cells = parts.map(({ scores }) => {
      const band = scores.judged.filter(({ relation: { confidence = 1 } }) => confidence >= low && confidence < high);
      return share(band.filter(({ answers }) => answers).length, band.length);
    });
    return [low === 0 ? `below ${BANDS[i - 1]}` : i === 0 ? `${low} and over` : `${low} to ${BANDS[i - 1]}`, ...cells];
  });
}
