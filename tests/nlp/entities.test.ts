import { expect, test } from "vitest";
import { parseConllu } from "../../src/nlp/training/conllu.ts";
import { sentencesOf } from "../../src/nlp/training/corpus.ts";

/** Names of one sentence; a line per word: form, universal tag, Penn tag, head, relation, Entity mark. */
function namesIn(rows: string): string[] {
  const lines = rows
    .trim()
    .split("\n")
    .map((row, i) => {
      const [form, upos, xpos, head, relation, entity] = row.trim().split(/\s+/);
      return [i + 1, form, form, upos, xpos, "_", head, relation, "_", entity ? `Entity=${entity}` : "_"].join("\t");
    });
  const [sentence] = sentencesOf(parseConllu(`# newdoc id = GUM_news_x\n${lines.join("\n")}\n\n`, "gum"));
  return (sentence?.names ?? []).map(({ first, last, label }) => `${sentence?.words.slice(first, last).join(" ")}/${label}`);
}

test("a person's name leaves the state, the office and the common noun before it", () => {
  expect(
    namesIn(`US        PROPN NNP 0 root (1-person-new-nnnnn-cf1-1,2,3,4-sgl-X(2-place-new-nnnnn-cf2-1-sgl-Y)
             President PROPN NNP 1 flat
             Ada       PROPN NNP 1 flat
             Obi       PROPN NNP 1 flat 1)`),
  ).toEqual(["US/place", "Ada Obi/person"]);
  expect(
    namesIn(`Texas   PROPN NNP 2 compound (1-person-new-sssss-cf1-2,3,4-coref(2-place-new-sssss-cf3-1-coref-Texas)
             student NOUN  NN  0 root
             Ada     PROPN NNP 2 flat
             Obi     PROPN NNP 2 flat 1)`),
  ).toEqual(["Texas/place", "Ada Obi/person"]);
});

test("a person's name leaves the body behind it; hyphens and particles stay", () => {
  expect(
    namesIn(`Leung PROPN NNP  0 root (1-person-new-nnnnn-cf1-1,6-sgl
             Kwok  PROPN NNP  1 flat
             -     PUNCT HYPH 4 punct
             hung  PROPN NNP  2 flat
             of    ADP   IN   6 case
             LSD   PROPN NNP  1 nmod (2-organization-new-nnnnn-cf2-1-sgl)1)`),
  ).toEqual(["Leung Kwok - hung/person", "LSD/organization"]);
});

test("offices and peoples are no names", () => {
  expect(
    namesIn(`the       DET   DT   2 det (1-person-new-nnnnn-cf1-2-sgl
             President PROPN NNP  3 nsubj 1)
             met       VERB  VBD  0 root
             Muslims   PROPN NNPS 3 obj (2-person-new-nnnnn-cf1-1-sgl)`),
  ).toEqual([]);
});

test("a body keeps what its name joins and ends where another begins", () => {
  expect(
    namesIn(`Council   PROPN NNP 0 root (1-organization-new-nnnnn-cf1-1,3-sgl
             of        ADP   IN  3 case
             Europe    PROPN NNP 1 nmod (2-place-new-nnnnn-cf2-1-sgl)1)`),
  ).toEqual(["Council of Europe/organization"]);
  expect(
    namesIn(`Irving     PROPN NNP 2 compound (1-organization-new-nnnnn-cf1-1,2,4,5-sgl(2-organization-new-nnnnn-cf1-1,2-sgl
             School     PROPN NNP 0 root 2)
             and        CCONJ CC  5 cc
             Irving     PROPN NNP 5 compound (3-organization-new-nnnnn-cf1-1,2-sgl
             Department PROPN NNP 2 conj 3)1)`),
  ).toEqual(["Irving School/organization", "Irving Department/organization"]);
});
