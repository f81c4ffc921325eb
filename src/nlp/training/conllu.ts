/** Reads CoNLL-U treebanks: documents with their raw text rebuilt, every word a span of it. */
import { readFileSync } from "node:fs";
import type { Span } from "../../model/text.ts";

/** A syntactic word; the two words of "don't" have a span each. */
export interface GoldWord extends Span {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly xpos: string;
  /** Index in the sentence; -1 for the root. */
  readonly head: number;
  readonly relation: string;
  readonly misc: string;
}

export interface GoldSentence extends Span {
  readonly id: string;
  readonly words: readonly GoldWord[];
}

export interface GoldDocument {
  readonly id: string;
  /** "news" for GUM_news_nasa, "weblog" for weblog-blogspot.com_...; what stands before the first "_" or "-" after the corpus name. */
  readonly genre: string;
  /** Paragraphs joined by an empty line, sentences by a space where the treebank has one. */
  readonly text: string;
  readonly paragraphs: readonly Span[];
  readonly sentences: readonly GoldSentence[];
}

/** Documents of one .conllu file in file order. Empty nodes are left out. Throws Error naming the line of a malformed row. */
export function readConllu(file: string): GoldDocument[] {
  return parseConllu(readFileSync(file, "utf8"), file);
}

/** The same for the content of a file; `file` is named in errors. */
export function parseConllu(content: string, file: string): GoldDocument[] {
  const documents: GoldDocument[] = [];
  let text = "";
  let paragraphs: Span[] = [];
  let sentences: GoldSentence[] = [];
  let document = "";
  let id = "";
  let words: GoldWord[] = [];
  let paragraphStart = 0;
  let surfaceEnd = 0; // id of the last word of the multi-word token being read
  let surfaceAt = 0;

  const closeParagraph = (): void => {
    text = text.trimEnd();
    if (text.length > paragraphStart) paragraphs.push({ start: paragraphStart, end: text.length });
  };
  const closeDocument = (): void => {
    closeParagraph();
    if (sentences.length > 0) documents.push({ id: document, genre: genreOf(document), text, paragraphs, sentences });
    text = "";
    paragraphs = [];
    sentences = [];
    paragraphStart = 0;
  };

  content.split("\n").forEach((line, row) => {
    if (line === "") {
      const [first, last] = [words[0], words.at(-1)];
      if (first && last) sentences.push({ id, words, start: first.start, end: last.end });
      words = [];
      surfaceEnd = 0;
    } else if (line.startsWith("#")) {
      if (line.startsWith("# newdoc")) {
        closeDocument();
        document = line.split("= ")[1] ?? "";
      } else if (/^# newpar(?: |$)/.test(line) && text !== "") {
        closeParagraph();
        text += "\n\n";
        paragraphStart = text.length;
      } else if (line.startsWith("# sent_id = ")) id = line.slice(12);
    } else {
      const columns = line.split("\t");
      const [number, form, lemma, upos, xpos, , head, relation, , misc] = columns;
      if (columns.length !== 10 || !number || !form || !lemma || !upos || !xpos || !relation || !misc) {
        throw new Error(`${file}:${row + 1}: not a CoNLL-U row`);
      }
      if (number.includes(".")) return;
      const space = misc.includes("SpaceAfter=No") ? "" : " ";
      if (number.includes("-")) {
        surfaceEnd = Number(number.split("-")[1]);
        surfaceAt = text.length;
        text += form + space;
        return;
      }
      const inside = Number(number) <= surfaceEnd;
      const start = inside ? surfaceAt : text.length;
      // The last word of a multi-word token takes what is left of it, should the parts not add up.
      const end = inside && Number(number) === surfaceEnd ? text.trimEnd().length : start + form.length;
      if (inside) surfaceAt = end;
      else text += form + space;
      words.push({ form, lemma, upos, xpos, head: Number(head) - 1, relation, misc, start, end });
    }
  });
  closeDocument();
  return documents;
}

function genreOf(document: string): string {
  return /^GUM_([a-z]+)_/.exec(document)?.[1] ?? /^[a-z]+/.exec(document)?.[0] ?? "other";
}
