/** Reads the treebanks and name corpora (CoNLL-U, IOB2, two-column BIO) into annotated sentences. */
import { readFileSync } from "node:fs";
import { NAME_LABELS, type Name, type NameLabel } from "../../model/annotation.ts";
import type { Convention } from "../conventions.ts";
import { type GoldDocument, parseConllu } from "./conllu.ts";
import { entityNames } from "./entities.ts";

/** A sentence with whatever its corpus annotates; heads are indices, -1 for the root. */
export interface GoldSentence {
  /** Document id of the treebank ("GUM_news_..."), or the corpus' name. */
  readonly document: string;
  /** Which convention its annotation follows, "any" of corpora that are no treebank. */
  readonly convention: Convention;
  readonly words: readonly string[];
  readonly upos?: string[];
  readonly xpos?: string[];
  readonly heads?: number[];
  readonly relations?: string[];
  readonly names?: Name[];
  /** Whether names of the class "other" are marked. */
  readonly others?: boolean;
}

/** Sentences of a CoNLL-U file; names come from GUM's Entity brackets or from Name marks, where a file has them. */
export function readConllu(file: string): GoldSentence[] {
  return sentencesOf(parseConllu(readFileSync(file, "utf8"), file));
}

/** The sentences of parsed CoNLL-U documents, with their names. */
export function sentencesOf(documents: readonly GoldDocument[]): GoldSentence[] {
  const has = (mark: string) => documents.some((d) => d.sentences.some((s) => s.words.some((word) => word.misc.includes(mark))));
  const [entities, marks] = [has("Entity="), has("Name=B-")];
  return documents.flatMap(({ id, sentences }) =>
    sentences.map(({ words }) => {
      const sentence: GoldSentence = {
        document: id,
        convention: entities ? "gum" : marks ? "any" : "ewt",
        words: words.map((word) => word.form),
        upos: words.map((word) => word.upos),
        xpos: words.map((word) => word.xpos),
        heads: words.map((word) => word.head),
        relations: words.map((word) => word.relation),
      };
      const misc = words.map((word) => word.misc);
      if (entities) return { ...sentence, names: entityNames(sentence, misc), others: true };
      return marks ? { ...sentence, names: markedNames(misc), others: false } : sentence;
    }),
  );
}

/** Names written as Name=B-person, Name=I-person in MISC: the form of this project's own sentences. */
function markedNames(misc: readonly string[]): Name[] {
  const names: { first: number; last: number; label: NameLabel }[] = [];
  misc.forEach((field, i) => {
    const [, part, label] = /Name=([BI])-(\w+)/.exec(field) ?? [];
    const last = names.at(-1);
    if (part === "B") names.push({ first: i, last: i + 1, label: label as NameLabel });
    else if (part === "I" && last) last.last = i + 1;
  });
  return names;
}

/** Sentences of a UNER file: index, word, tag per line; PER, ORG and LOC, with OTH and O as marked there. */
export function readUner(file: string): GoldSentence[] {
  const kinds: Readonly<Record<string, NameLabel>> = { PER: "person", ORG: "organization", LOC: "place", OTH: "other" };
  return readColumns(file, "uner", 1, 2, kinds, false, "ewt");
}

/** Sentences of a CrossNER politics file: word and tag per line. */
export function readCrossNer(file: string): GoldSentence[] {
  const kinds: Readonly<Record<string, NameLabel>> = {
    politician: "person",
    person: "person",
    organisation: "organization",
    politicalparty: "organization",
    country: "place",
    location: "place",
    event: "other",
    election: "other",
    misc: "other",
  };
  return readColumns(file, "crossner-politics", 0, 1, kinds, true, "any");
}

function readColumns(
  file: string,
  document: string,
  wordColumn: number,
  tagColumn: number,
  kinds: Readonly<Record<string, NameLabel>>,
  others: boolean,
  convention: Convention,
): GoldSentence[] {
  const sentences: GoldSentence[] = [];
  let id = document;
  for (const block of readFileSync(file, "utf8").split(/\n\s*\n/)) {
    const rows = block
      .split("\n")
      .filter((line) => line.includes("\t") && !line.startsWith("# "))
      .map((line) => line.trimEnd().split("\t"));
    if (rows.length === 0) continue;
    id = /^# newdoc id = (.+)$/m.exec(block)?.[1] ?? id;
    const names: { first: number; last: number; label: NameLabel }[] = [];
    let current: (typeof names)[number] | undefined;
    rows.forEach((row, i) => {
      const [prefix, kind] = (row[tagColumn] ?? "O").split("-");
      const label = kind === undefined ? undefined : kinds[kind];
      if (prefix === "I" && current && label === current.label) current.last = i + 1;
      else if (label) {
        current = { first: i, last: i + 1, label };
        names.push(current);
      } else current = undefined;
    });
    sentences.push({ document: id, convention, words: rows.map((row) => row[wordColumn] as string), names, others });
  }
  return sentences;
}

/** EWT sentences with the names of the UNER sentences that hold the same words. */
export function withNames(sentences: readonly GoldSentence[], named: readonly GoldSentence[]): GoldSentence[] {
  const key = (s: GoldSentence) => s.words.join(" ");
  const byWords = new Map(named.map((s) => [key(s), s.names as Name[]]));
  return sentences.map((s) => {
    const names = byWords.get(key(s));
    return names ? { ...s, names, others: false } : s;
  });
}

/** BIO label per word: 0 outside, 2k + 1 begins and 2k + 2 continues class k of NAME_LABELS. */
export function nameLabels(length: number, names: readonly Name[]): Int32Array {
  const labels = new Int32Array(length);
  for (const name of names) {
    const k = 2 * NAME_LABELS.indexOf(name.label) + 1;
    labels[name.first] = k;
    labels.fill(k + 1, name.first + 1, name.last);
  }
  return labels;
}
