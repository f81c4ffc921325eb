import { expect, test } from "vitest";
import {
  mendAdverbials,
  mendBareName,
  mendCasedObject,
  mendCases,
  mendDoer,
  mendPassives,
  mendRoughNumbers,
} from "../../src/extract/function-words.ts";
import type { Link } from "../../src/extract/links.ts";
import { mendClausalSubject, mendRootObject, mendTitledObject } from "../../src/extract/main-verbs.ts";
import { mendJoinedToPart, mendNameBeforeTime } from "../../src/extract/name-links.ts";
import type { Mention, Token } from "../../src/model/annotation.ts";

/** A tree written as "word tag relation head" per line, tags of the Penn kind, heads counted from 0, -1 for the root. */
function treeOf(text: string): { tokens: Token[]; links: Link[]; words: string[] } {
  const rows = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" ") as [string, string, Token["relation"], string]);
  const upos = (xpos: string): Token["upos"] =>
    xpos.startsWith("VB") ? "VERB" : xpos.startsWith("NNP") ? "PROPN" : xpos === "CD" ? "NUM" : "X";
  const tokens = rows.map(([lemma, xpos, relation, head]): Token => {
    return { start: 0, end: 0, lemma, upos: upos(xpos), xpos, head: Number(head), relation };
  });
  return { tokens, links: tokens.map(({ head, relation }) => ({ head, relation })), words: rows.map(([word]) => word.toLowerCase()) };
}

const name = (first: number, last: number) => ({ form: "name", first, last, head: first }) as Mention;

test("a preposition before a name inside a compound is that of its noun", () => {
  const { links } = treeOf(`
    is VBZ root -1
    under IN case 3
    European NNP compound 3
    Union NNP compound 4
    sanctions NNS obl 0`);
  mendCases(links);
  expect(links[1]).toEqual({ head: 4, relation: "case" });
});

test("a copula before a participle goes with it", () => {
  const { tokens, links } = treeOf(`
    Norway NNP nsubj 2
    is VBZ cop 4
    opposed VBN root -1
    to IN case 4
    Accord NNP obl 2`);
  mendPassives(tokens, links);
  expect(links[1]).toEqual({ head: 2, relation: "aux:pass" });
});

test.each([
  ["nsubj", "1", "root", "-1"],
  ["root", "-1", "acl", "0"],
])("a clause with its own conjunction and subject is the verb's (subject read as %s)", (noun, of, verb, above) => {
  const { tokens, links, words } = treeOf(`
    Relations NNS ${noun} ${of}
    warmed VBD ${verb} ${above}
    as IN mark 4
    Merkel NNP nsubj 4
    met VBD acl 0`);
  mendAdverbials(tokens, links, words);
  expect(links[4]).toEqual({ head: 1, relation: "advcl" });
});

test("a name without preposition is the object of a verb that has none, a day is not", () => {
  const praised = (object: string) =>
    treeOf(`
    They PRP nsubj 1
    praised VBD root -1
    ${object} NNP obl 1`);
  const person = praised("Christopher");
  mendBareName(person.links, person.words, name(2, 3));
  expect(person.links[2]).toEqual({ head: 1, relation: "obj" });
  const day = praised("Monday");
  mendBareName(day.links, day.words, name(2, 3));
  expect(day.links[2]).toEqual({ head: 1, relation: "obl" });
});

test("who did it is no part of the time when it was done", () => {
  const { tokens, links, words } = treeOf(`
    accord NN root -1
    signed VBN acl 0
    on IN case 3
    Monday NNP obl 1
    by IN case 5
    Merkel NNP nmod 3`);
  mendDoer(tokens, links, words, name(5, 6));
  expect(links[5]).toEqual({ head: 1, relation: "obl:agent" });
});

test.each([
  ["sent", "obj"],
  ["talked", "obl"],
])("an adverb before a number is no preposition, but after a verb of speech (%s)", (verb, relation) => {
  const { tokens, links, words } = treeOf(`
    They PRP nsubj 1
    ${verb} VBD root -1
    about IN case 4
    500 CD nummod 4
    men NNS obl 1`);
  mendRoughNumbers(
    tokens.map((token, at) => (at === 1 ? { ...token, lemma: verb === "sent" ? "send" : "talk" } : token)),
    links,
    words,
  );
  expect(links[4]).toEqual({ head: 1, relation });
});

test("what has a preposition of its own is no object", () => {
  const { tokens, links, words } = treeOf(`
    sat VBD root -1
    across IN case 2
    table NN obl 0
    from IN case 4
    Merkel NNP obj 0`);
  mendCasedObject(tokens, links, words);
  expect(links[4]).toEqual({ head: 0, relation: "obl" });
});

test("a verb with a subject of its own takes the titled name after it as its object", () => {
  const { tokens, links, words } = treeOf(`
    left VBD root -1
    after IN case 5
    soldiers NNS nsubj 3
    ousted VBD amod 4
    President NNP nmod:desc 5
    Morsi NNP obl 0`);
  mendTitledObject(tokens, links, words);
  expect(links[3]).toEqual({ head: 0, relation: "advcl" });
  expect(links[5]).toEqual({ head: 3, relation: "obj" });
  expect(links[1]).toEqual({ head: 3, relation: "mark" });
});

test("who meets somewhere is the subject of the verb that follows", () => {
  const { tokens, links } = treeOf(`
    leaders NNS nsubj 1
    meeting VBG csubj 4
    in IN case 3
    Accra NNP obl 1
    suspended VBD root -1
    Mali NNP obj 4`);
  mendClausalSubject(tokens, links);
  expect(links[0]).toEqual({ head: 4, relation: "nsubj" });
  expect(links[1]).toEqual({ head: 0, relation: "acl" });
});

test("who is joined to a part of a name is joined to the whole", () => {
  const { links } = treeOf(`
    journalist NN root -1
    Roman NNP amod 2
    Protasevich NNP flat 0
    Sapega NNP conj 2`);
  mendJoinedToPart(links);
  expect(links[3]).toEqual({ head: 0, relation: "conj" });
});

test("a name between a verb without object and a time is the object", () => {
  const { tokens, links, words } = treeOf(`
    shelled VBD root -1
    Omdurman NNP compound 2
    hours NNS obl:unmarked 0
    later RB advmod 0`);
  mendNameBeforeTime(tokens, links, words, name(1, 2));
  expect(links[1]).toEqual({ head: 0, relation: "obj" });
});

test("a participle after a comma between a subject and the main noun is the verb", () => {
  const { tokens, links, words } = treeOf(`
    Philippines NNP nsubj 4
    hit VBN acl:relcl 0
    , , punct 0
    voiced VBD amod 4
    solidarity NN root -1
    with IN case 6
    Vietnam NNP nmod 4`);
  const nouns = tokens.map((token, at) => (at === 4 ? { ...token, upos: "NOUN" as const } : token));
  mendRootObject(nouns, links, words);
  expect(links[3]).toEqual({ head: -1, relation: "root" });
  expect(links[4]).toEqual({ head: 3, relation: "obj" });
  expect(links[0]).toEqual({ head: 3, relation: "nsubj" });
});
