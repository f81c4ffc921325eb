import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { figures, table } from "../../src/evaluation/figures.ts";
import { scoreNames, scoreRaw, scoreTokens, scoreTreebank } from "../../src/evaluation/treebank.ts";
import type { Reading, TokenReader } from "../../src/nlp/reader.ts";
import { readConllu } from "../../src/nlp/training/conllu.ts";

const folder = mkdtempSync(join(tmpdir(), "treebank-"));
afterAll(() => rmSync(folder, { recursive: true }));

const CONLLU = `# newdoc id = GUM_news_example
# sent_id = 1
# newpar
# text = Envoys didn't meet.
1	Envoys	envoy	NOUN	NNS	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	meet	meet	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = 2
# newpar
# text = Talks in Rome failed
1	Talks	talk	NOUN	NNS	_	4	nsubj	_	_
2	in	in	ADP	IN	_	3	case	_	_
3	Rome	Rome	PROPN	NNP	_	1	nmod:desc	_	_
3.1	were	be	AUX	_	_	_	_	_	_
4	failed	fail	VERB	VBD	_	0	root	_	_

`;

function load(name: string, content: string): ReturnType<typeof readConllu> {
  const file = join(folder, name);
  writeFileSync(file, content);
  return readConllu(file);
}

/** Reads every sentence by `rule`, word by word: [upos, xpos, head, relation]. */
function readerOf(
  rule: (words: readonly string[], index: number) => [string, string, number, string],
  names: Reading["names"] = [],
): TokenReader {
  const read = (words: readonly string[]): Reading => {
    const rows = words.map((_, i) => rule(words, i));
    return {
      upos: rows.map(([upos]) => upos) as Reading["upos"],
      xpos: rows.map(([, xpos]) => xpos),
      heads: Int32Array.from(rows, ([, , head]) => head),
      relations: rows.map(([, , , relation]) => relation) as Reading["relations"],
      names,
    };
  };
  const readAll = (sentences: readonly (readonly string[])[]): Reading[] => sentences.map(read);
  return { read, readAll, readDocument: readAll };
}

const documents = load("a.conllu", CONLLU);
const rows = documents.flatMap(({ sentences }) => sentences.flatMap(({ words }) => words));
const gold = readerOf((words, i) => {
  const offset = words.length === 5 ? 0 : 5;
  const word = rows[offset + i];
  return [word?.upos ?? "X", word?.xpos ?? "X", word?.head ?? -1, word?.relation ?? "dep"];
});

describe("reading a treebank", () => {
  it("rebuilds its raw text, paragraphs and words", () => {
    const [document] = documents;
    expect(document).toMatchObject({ id: "GUM_news_example", genre: "news", text: "Envoys didn't meet.\n\nTalks in Rome failed" });
    expect(document?.paragraphs.map(({ start, end }) => document.text.slice(start, end))).toEqual([
      "Envoys didn't meet.",
      "Talks in Rome failed",
    ]);
    for (const word of rows) expect(document?.text.slice(word.start, word.end)).toBe(word.form);
  });

  it("names the line of a row that is none", () => {
    expect(() => load("b.conllu", "1\tonly\tthree\n")).toThrow(/b\.conllu:1: not a CoNLL-U row/);
  });
});

describe("scores of a treebank", () => {
  it("are perfect for the treebank's own answer", () => {
    const { tokens, raw, byGenre } = scoreTreebank("a", documents, gold);
    expect(tokens).toMatchObject({ words: 9, upos: 1, xpos: 1, lemma: 1, uas: 1, las: 1 });
    expect(raw).toEqual({ tokens: 1, sentences: 1, upos: 1, xpos: 1, lemma: 1, uas: 1, las: 1 });
    expect(byGenre).toEqual({ news: { words: 9, upos: 1, uas: 1, las: 1, rawLas: 1 } });
  });

  it("count heads, relations and tags apart; subtypes only on gold tokens", () => {
    const faulty = readerOf((words, i) => {
      const { upos, xpos, heads, relations } = gold.read(words);
      const right: [string, string, number, string] = [upos[i] as string, xpos[i] as string, heads[i] as number, relations[i] as string];
      if (words[i] === "Envoys") return ["PROPN", right[1], right[2], "obj"];
      if (words[i] === ".") return [right[0], right[1], 0, right[3]];
      if (words[i] === "Rome") return [right[0], right[1], right[2], "nmod"];
      return right;
    });
    const tokens = scoreTokens(documents, faulty);
    expect(tokens.upos).toBeCloseTo(8 / 9);
    expect(tokens.uas).toBeCloseTo(8 / 9);
    expect(tokens.las).toBeCloseTo(6 / 9);
    expect(tokens.byRelation).toMatchObject({ punct: figures(0, 1, 1), nsubj: figures(1, 1, 2), obj: figures(0, 1, 0) });
    const raw = scoreRaw(documents, faulty);
    expect(raw.uas).toBeCloseTo(8 / 9);
    expect(raw.las).toBeCloseTo(7 / 9);
  });

  it("align words by span where the tokens differ", () => {
    // The treebank takes "Rome failed" for one word, we for two.
    const changed = documents.map((document) => ({
      ...document,
      sentences: document.sentences.map((sentence) => {
        const [talks, inside, rome, failed] = sentence.words;
        if (!talks || !inside || !rome || failed?.form !== "failed") return sentence;
        const merged = { ...failed, form: "Rome failed", start: rome.start };
        return { ...sentence, words: [{ ...talks, head: 2 }, { ...inside, head: 2 }, merged] };
      }),
    }));
    const raw = scoreRaw(changed, gold);
    expect(raw.tokens).toBeCloseTo((2 * 7) / (9 + 8));
    expect(raw.sentences).toBe(1);
  });

  it("count names of people, organisations and places by span and label", () => {
    const reader = readerOf(
      () => ["X", "X", -1, "root"],
      [
        { first: 0, last: 1, label: "person" },
        { first: 2, last: 4, label: "place" },
        { first: 5, last: 6, label: "other" },
      ],
    );
    const scores = scoreNames(
      "x",
      [
        [
          {
            words: "Silva in New Rome on Friday".split(" "),
            names: [
              { first: 0, last: 1, label: "person" },
              { first: 2, last: 4, label: "organization" },
            ],
          },
        ],
      ],
      reader,
    );
    expect(scores.all).toEqual(figures(1, 2, 2));
    expect(scores.byLabel).toEqual({ person: figures(1, 1, 1), organization: figures(0, 0, 1), place: figures(0, 1, 0) });
  });

  it("are laid out in aligned columns", () => {
    expect(table(["a", "b"], [["long name", 1]])).toBe("| a         |   b |\n| --------- | --: |\n| long name |   1 |");
  });
});
