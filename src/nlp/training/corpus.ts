/** Reads the treebanks and name corpora (CoNLL-U, IOB2, two-column BIO) into annotated sentences. */
import { readFileSync } from "node:fs";
import { NAME_LABELS, type Name, type NameLabel } from "../../model/annotation.ts";
import { type GoldDocument, parseConllu } from "./conllu.ts";

/** A sentence with whatever its corpus annotates; heads are indices, -1 for the root. */
export interface GoldSentence {
  /** Document id of the treebank ("GUM_news_..."), or the corpus' name. */
  readonly document: string;
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

const TITLES = new Set(
  "president minister mr mr. mrs mrs. ms ms. dr dr. sir king queen prince princess senator sen sen. governor gov. general gen. colonel captain lieutenant sergeant pope professor prof. rev. reverend ambassador secretary chancellor administrator judge justice lord lady dame chairman director".split(
    " ",
  ),
);
const KINDS: Readonly<Record<string, NameLabel>> = {
  person: "person",
  organization: "organization",
  place: "place",
  event: "other",
  object: "other",
  abstract: "other",
};

/**
 * Names out of GUM's Entity annotation: a mention whose head is a proper noun gives the unbroken stretch of name words around that head,
 * without a leading title; the widest mention wins. Mentions of things and events count as "other" only with a Wikipedia title.
 */
export function entityNames(sentence: GoldSentence, misc: readonly string[]): Name[] {
  const mentions: { first: number; last: number; label: NameLabel }[] = [];
  const open: { id: string; first: number; kind: string; linked: boolean }[] = [];
  misc.forEach((field, i) => {
    const value = /(?:^|\|)Entity=([^|]*)/.exec(field)?.[1];
    if (!value) return;
    for (const part of value.match(/\([^()]*\)?|[^()]+\)/g) ?? []) {
      if (part.startsWith("(")) {
        const fields = part.replace(/[()]/g, "").split("-");
        // id-type-status-salience-centering-minspan-link[-identity]; a minspan holds no hyphen
        open.push({ id: fields[0] as string, first: i, kind: fields[1] as string, linked: fields.length > 7 });
      }
      if (!part.endsWith(")")) continue;
      const id = part.startsWith("(") ? (open.at(-1)?.id ?? "") : (part.slice(0, -1).split("-")[0] as string);
      const at = open.findLastIndex((m) => m.id === id);
      const mention = open[at];
      if (!mention) continue;
      open.splice(at, 1);
      const label = KINDS[mention.kind];
      if (label && (label !== "other" || mention.linked)) mentions.push({ first: mention.first, last: i + 1, label });
    }
  });
  mentions.sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
  const taken = new Uint8Array(sentence.words.length);
  const names: Name[] = [];
  for (const mention of mentions) {
    const name = properCore(sentence, mention.first, mention.last);
    if (!name) continue;
    let free = true;
    for (let i = name.first; i < name.last; i++) if (taken[i]) free = false;
    if (!free) continue;
    taken.fill(1, name.first, name.last);
    names.push({ ...name, label: mention.label });
  }
  return names.sort((a, b) => a.first - b.first);
}

function properCore(sentence: GoldSentence, first: number, last: number): { first: number; last: number } | undefined {
  const { words, upos = [], heads = [] } = sentence;
  const head = Array.from({ length: last - first }, (_, k) => first + k).find((i) => {
    const h = heads[i] as number;
    return h < first || h >= last;
  });
  if (head === undefined || upos[head] !== "PROPN") return undefined;
  const isName = (i: number) =>
    upos[i] === "PROPN" || (/^\p{Lu}/u.test(words[i] as string) && upos[i] !== "DET" && upos[i] !== "PRON" && i !== 0);
  const joins = (i: number) => /^(?:of|the|and|for|-|–|'s|’s|&|de|la|del|von|van|bin|al|in|on)$/i.test(words[i] as string);
  let from = head;
  let to = head + 1;
  for (;;) {
    if (to < last && isName(to)) to++;
    else if (to + 1 < last && joins(to) && isName(to + 1)) to += 2;
    else if (to + 2 < last && joins(to) && joins(to + 1) && isName(to + 2)) to += 3;
    else break;
  }
  for (;;) {
    if (from > first && isName(from - 1)) from--;
    else if (from - 1 > first && joins(from - 1) && isName(from - 2)) from -= 2;
    else break;
  }
  for (let i = to - 2; i >= from; i--) {
    if (TITLES.has((words[i] as string).toLowerCase())) {
      from = i + 1;
      break;
    }
  }
  return { first: from, last: to };
}

/** Sentences of a UNER file: index, word, tag per line; PER, ORG and LOC, with OTH and O as marked there. */
export function readUner(file: string): GoldSentence[] {
  const kinds: Readonly<Record<string, NameLabel>> = { PER: "person", ORG: "organization", LOC: "place", OTH: "other" };
  return readColumns(file, "uner", 1, 2, kinds, false);
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
  return readColumns(file, "crossner-politics", 0, 1, kinds, true);
}

function readColumns(
  file: string,
  document: string,
  wordColumn: number,
  tagColumn: number,
  kinds: Readonly<Record<string, NameLabel>>,
  others: boolean,
): GoldSentence[] {
  const sentences: GoldSentence[] = [];
  for (const block of readFileSync(file, "utf8").split(/\n\s*\n/)) {
    const rows = block
      .split("\n")
      .filter((line) => line.includes("\t") && !line.startsWith("# "))
      .map((line) => line.trimEnd().split("\t"));
    if (rows.length === 0) continue;
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
    sentences.push({ document, words: rows.map((row) => row[wordColumn] as string), names, others });
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
