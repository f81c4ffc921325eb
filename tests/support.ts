/** Builders for tests: annotated sentences written by hand, so that a test of a later stage does not hang on the trained reader. */
import type { DependencyRelation, Name, NameLabel, Sentence, Token, Upos } from "../src/model/annotation.ts";
import type { DocumentId, SourceDocument } from "../src/model/text.ts";

export interface WrittenDocument {
  readonly document: SourceDocument;
  readonly sentences: readonly Sentence[];
}

/**
 * A document from CoNLL-U (universaldependencies.org/format): sentences parted by blank lines, one paragraph. Forms stand a space apart
 * but for `SpaceAfter=No`; `Name=person` in MISC on each token of a name, a new name where it says `Name=+person`. The comment
 * `# date = 2021-01-13` dates the document, `# dateline` marks a sentence as one, `# newpar` starts a paragraph.
 */
export function documentFrom(conllu: string): WrittenDocument {
  let text = "";
  let date: string | undefined;
  const sentences: Sentence[] = [];
  const blocks: { kind: "paragraph"; start: number; end: number }[] = [];
  for (const part of conllu.trim().split(/\n\s*\n/)) {
    const lines = part.split("\n").map((line) => line.trim());
    const comments = lines.filter((line) => line.startsWith("#"));
    date = /^# date = (\S+)/m.exec(comments.join("\n"))?.[1] ?? date;
    const rows = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split(/\t| +/));
    if (rows.length === 0) continue;
    const fresh = blocks.length === 0 || comments.includes("# newpar");
    if (text !== "") text += fresh ? "\n\n" : " ";
    const start = text.length;
    const tokens: Token[] = [];
    const names: Name[] = [];
    rows.forEach(([, form = "", lemma = "", upos = "X", xpos = "", , head = "0", relation = "dep", , misc = "_"], index) => {
      tokens.push({
        start: text.length,
        end: text.length + form.length,
        lemma,
        upos: upos as Upos,
        xpos,
        head: Number(head) - 1,
        relation: relation as DependencyRelation,
      });
      text += form + (misc.includes("SpaceAfter=No") || index === rows.length - 1 ? "" : " ");
      const [, begins, label] = /Name=(\+?)(\w+)/.exec(misc) ?? [];
      const before = names.at(-1);
      if (label === undefined) return;
      if (before?.label === label && before.last === index && begins !== "+") names[names.length - 1] = { ...before, last: index + 1 };
      else names.push({ first: index, last: index + 1, label: label as NameLabel });
    });
    if (fresh) blocks.push({ kind: "paragraph", start, end: text.length });
    else (blocks.at(-1) as { end: number }).end = text.length;
    const dateline = comments.includes("# dateline") ? { dateline: true as const } : {};
    sentences.push({ start, end: text.length, block: blocks.length - 1, tokens, names, ...dateline });
  }
  const id = "0".repeat(64) as DocumentId;
  return { document: { id, name: "written", text, blocks, title: "", ...(date === undefined ? {} : { date }) }, sentences };
}

/** The documents of a CoNLL-U file by the id of their `# newdoc id = ...`. */
export function documentsFrom(conllu: string): Map<string, WrittenDocument> {
  const documents = new Map<string, WrittenDocument>();
  for (const part of conllu.split(/^# newdoc id = /m).slice(1)) {
    const end = part.indexOf("\n");
    documents.set(part.slice(0, end).trim(), documentFrom(part.slice(end)));
  }
  return documents;
}

/** One sentence of CoNLL-U. */
export function sentenceFrom(conllu: string): Sentence {
  const [sentence] = documentFrom(conllu).sentences;
  if (sentence === undefined) throw new Error("no sentence in the CoNLL-U text");
  return sentence;
}
