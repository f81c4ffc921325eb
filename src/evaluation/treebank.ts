/** Scores the reader against treebanks: on gold tokens, and from raw text the way the CoNLL 2018 shared task did; names by exact span. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { NAME_LABELS, type Name } from "../model/annotation.ts";
import { lemmaOf } from "../nlp/lemma.ts";
import type { Convention } from "../nlp/conventions.ts";
import { following, type Reading, type TokenReader } from "../nlp/reader.ts";
import { tokenizeBlock } from "../nlp/tokens.ts";
import { type GoldDocument, type GoldWord, readConllu } from "../nlp/training/conllu.ts";
import { readConllu as readSentences, readCrossNer, readUner } from "../nlp/training/corpus.ts";
import { type Figures, figures } from "./figures.ts";

/** Shares of one, on gold tokens with predicted tags; punctuation and relation subtypes count. */
export interface TokenScores {
  readonly words: number;
  readonly upos: number;
  readonly xpos: number;
  readonly lemma: number;
  readonly uas: number;
  readonly las: number;
  /** Attachment and relation together, by UD relation. */
  readonly byRelation: Readonly<Record<string, Figures>>;
}

/** From raw text: F1 over words aligned by their span; relations without subtypes. */
export interface RawScores {
  readonly tokens: number;
  readonly sentences: number;
  readonly upos: number;
  readonly xpos: number;
  readonly lemma: number;
  readonly uas: number;
  readonly las: number;
}

export interface TreebankScores {
  readonly name: string;
  readonly tokens: TokenScores;
  readonly raw: RawScores;
  readonly byGenre: Readonly<
    Record<string, { readonly words: number; readonly upos: number; readonly uas: number; readonly las: number; readonly rawLas: number }>
  >;
}

export interface NameScores {
  readonly name: string;
  /** Person, organisation and place together. */
  readonly all: Figures;
  readonly byLabel: Readonly<Record<string, Figures>>;
}

export interface TestScores {
  readonly trees: readonly TreebankScores[];
  /** The same trees, all read by the convention that readings follow by default. */
  readonly byDefault: readonly TreebankScores[];
  readonly names: readonly NameScores[];
  /** The same names, all read by the default convention. */
  readonly namesByDefault: readonly NameScores[];
}

/**
 * Test sets of a data folder (see `npm run eval -- --help`), each read by the convention of its treebank; undefined where the folder has
 * none of them.
 */
export function scoreTreebanks(folder: string, reader: TokenReader): TestScores | undefined {
  const file = (name: string): string => join(folder, name);
  if (!existsSync(file("ewt.test.conllu"))) return undefined;
  const ewt = readConllu(file("ewt.test.conllu"));
  const gum = readConllu(file("gum.test.conllu"));
  const news = [...readConllu(file("gum.dev.conllu")), ...gum].filter(({ genre }) => genre === "news");
  const gumNames = [...readSentences(file("gum.dev.conllu")), ...readSentences(file("gum.test.conllu"))].filter(({ document }) =>
    document.startsWith("GUM_news_"),
  );
  const trees = (by: (own: Convention) => TokenReader): TreebankScores[] => [
    scoreTreebank("EWT test", ewt, by("ewt")),
    scoreTreebank("GUM test", gum, by("gum")),
    scoreTreebank("GUM news (dev and test)", news, by("gum")),
  ];
  const names = (by: (own: Convention) => TokenReader): NameScores[] => [
    scoreNames("UNER EWT test", byDocument(readUner(file("uner.test.iob2"))), by("ewt")),
    // single sentences from anywhere
    scoreNames(
      "CrossNER politics test",
      readCrossNer(file("crossner-politics/politics.test.txt")).map((sentence) => [sentence]),
      by("any"),
    ),
    scoreNames("GUM news (dev and test)", byDocument(gumNames), by("gum")),
  ];
  return {
    trees: trees((own) => following(reader, own)),
    byDefault: trees(() => reader),
    names: names((own) => following(reader, own)),
    namesByDefault: names(() => reader),
  };
}

export function scoreTreebank(name: string, documents: readonly GoldDocument[], reader: TokenReader): TreebankScores {
  const genres = new Map<string, GoldDocument[]>();
  for (const document of documents) genres.set(document.genre, [...(genres.get(document.genre) ?? []), document]);
  const byGenre = [...genres]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([genre, members]) => {
      const { words, upos, uas, las } = scoreTokens(members, reader);
      return [genre, { words, upos, uas, las, rawLas: scoreRaw(members, reader).las }] as const;
    });
  return { name, tokens: scoreTokens(documents, reader), raw: scoreRaw(documents, reader), byGenre: Object.fromEntries(byGenre) };
}

export function scoreTokens(documents: readonly GoldDocument[], reader: TokenReader): TokenScores {
  const sentences = documents.flatMap((document) => document.sentences);
  const readings = reader.readAll(sentences.map(({ words }) => words.map(({ form }) => form)));
  let [words, upos, xpos, lemma, uas, las] = [0, 0, 0, 0, 0, 0];
  const relations = new Map<string, { right: number; given: number; wanted: number }>();
  const count = (relation: string): { right: number; given: number; wanted: number } => {
    const found = relations.get(relation) ?? { right: 0, given: 0, wanted: 0 };
    relations.set(relation, found);
    return found;
  };
  sentences.forEach((sentence, s) => {
    const reading = readings[s] as Reading;
    sentence.words.forEach((word, i) => {
      const [tag, fine, relation] = [reading.upos[i] as string, reading.xpos[i] as string, reading.relations[i] as string];
      words++;
      if (tag === word.upos) upos++;
      if (fine === word.xpos) xpos++;
      if (sameLemma(lemmaOf(word.form, tag, fine), word)) lemma++;
      count(word.relation).wanted++;
      count(relation).given++;
      if (reading.heads[i] !== word.head) return;
      uas++;
      if (relation !== word.relation) return;
      las++;
      count(relation).right++;
    });
  });
  const share = (right: number): number => (words > 0 ? right / words : 0);
  const byRelation = [...relations]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, { right, given, wanted }]) => [label, figures(right, given, wanted)]);
  return {
    words,
    upos: share(upos),
    xpos: share(xpos),
    lemma: share(lemma),
    uas: share(uas),
    las: share(las),
    byRelation: Object.fromEntries(byRelation) as Record<string, Figures>,
  };
}

/** The treebanks write "_" where they give no lemma; it matches any, as in the shared task. */
function sameLemma(lemma: string, word: GoldWord): boolean {
  return word.lemma === "_" || lemma === word.lemma;
}

export function scoreRaw(documents: readonly GoldDocument[], reader: TokenReader): RawScores {
  let [given, wanted, tokens, upos, xpos, lemma, uas, las] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [givenSentences, wantedSentences, sentences] = [0, 0, 0];
  for (const document of documents) {
    const drafts = document.paragraphs.flatMap((paragraph, index) =>
      tokenizeBlock(document.text, { ...paragraph, kind: "paragraph" }, index),
    );
    const forms = drafts.map((draft) => draft.tokens.map((token) => document.text.slice(token.start, token.end)));
    const readings = reader.readAll(forms);
    const key = ({ start, end }: { start: number; end: number }): string => `${start} ${end}`;
    const goldSentences = new Set(document.sentences.map(key));
    givenSentences += drafts.length;
    wantedSentences += goldSentences.size;
    sentences += drafts.filter((draft) => goldSentences.has(key(draft))).length;
    /** Span of a gold word -> the word and the span of its head. */
    const gold = new Map<string, { word: GoldWord; head: string }>();
    for (const { words } of document.sentences) {
      wanted += words.length;
      for (const word of words) gold.set(key(word), { word, head: word.head < 0 ? "root" : key(words[word.head] as GoldWord) });
    }
    drafts.forEach((draft, s) => {
      const reading = readings[s] as Reading;
      given += draft.tokens.length;
      draft.tokens.forEach((token, i) => {
        const found = gold.get(key(token));
        if (!found) return;
        const { word, head } = found;
        const [tag, fine] = [reading.upos[i] as string, reading.xpos[i] as string];
        tokens++;
        if (tag === word.upos) upos++;
        if (fine === word.xpos) xpos++;
        if (sameLemma(lemmaOf(forms[s]?.[i] as string, tag, fine), word)) lemma++;
        const parent = draft.tokens[reading.heads[i] as number];
        if ((parent ? key(parent) : "root") !== head) return;
        uas++;
        if (universal(reading.relations[i] as string) === universal(word.relation)) las++;
      });
    });
  }
  const f1 = (right: number): number => figures(right, given, wanted).f1;
  return {
    tokens: f1(tokens),
    sentences: figures(sentences, givenSentences, wantedSentences).f1,
    upos: f1(upos),
    xpos: f1(xpos),
    lemma: f1(lemma),
    uas: f1(uas),
    las: f1(las),
  };
}

function universal(relation: string): string {
  return relation.split(":")[0] as string;
}

interface NamedSentence {
  readonly words: readonly string[];
  readonly names?: readonly Name[];
}

function byDocument<T extends { readonly document: string }>(sentences: readonly T[]): T[][] {
  const documents: T[][] = [];
  for (const sentence of sentences) {
    const current = documents.at(-1);
    if (current?.[0]?.document === sentence.document) current.push(sentence);
    else documents.push([sentence]);
  }
  return documents;
}

/** Names on gold tokens; within a document they are made to agree, as `annotate` does. */
export function scoreNames(name: string, documents: readonly (readonly NamedSentence[])[], reader: TokenReader): NameScores {
  const found = documents.flatMap((sentences) => {
    const words = sentences.map((sentence) => sentence.words);
    return reader.readDocument(words).map(({ names }) => names);
  });
  const labels = NAME_LABELS.filter((label) => label !== "other");
  const counts = Object.fromEntries(labels.map((label) => [label, { right: 0, given: 0, wanted: 0 }]));
  documents.flat().forEach(({ names = [] }, s) => {
    const key = ({ first, last, label }: Name): string => `${first} ${last} ${label}`;
    const gold = new Set(names.map(key));
    for (const one of names) {
      const count = counts[one.label];
      if (count) count.wanted++;
    }
    for (const one of found[s] as Name[]) {
      const count = counts[one.label];
      if (!count) continue;
      count.given++;
      if (gold.has(key(one))) count.right++;
    }
  });
  const sum = (field: "right" | "given" | "wanted"): number => Object.values(counts).reduce((total, count) => total + count[field], 0);
  return {
    name,
    all: figures(sum("right"), sum("given"), sum("wanted")),
    byLabel: Object.fromEntries(Object.entries(counts).map(([label, { right, given, wanted }]) => [label, figures(right, given, wanted)])),
  };
}
