/** Which mentions are one entity, under which name; what stays open. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { Knowledge } from "../../src/knowledge/types.ts";
import { type Coreference, resolveMentions } from "../../src/nlp/coreference.ts";
import { findMentions } from "../../src/nlp/mentions.ts";
import { findTimes } from "../../src/nlp/times.ts";
import { documentsFrom, type WrittenDocument } from "../support.ts";

let knowledge: Knowledge;
let written: Map<string, WrittenDocument>;
beforeAll(() => {
  knowledge = loadKnowledge();
  written = documentsFrom(readFileSync(new URL("mentions.conllu", import.meta.url), "utf8"));
});

function resolved(id: string): Coreference & WrittenDocument {
  const one = written.get(id);
  if (one === undefined) throw new Error(`no written document ${id}`);
  const times = findTimes(one.document, one.sentences);
  return { ...one, ...resolveMentions(findMentions(one.document, one.sentences, knowledge), times, knowledge, one.document.date) };
}

/** Names of what the mention with this text stands for; the last of that text, or none of that text: undefined. */
function meaning(id: string, text: string): readonly string[] | undefined {
  const { document, mentions, chains } = resolved(id);
  const mention = mentions.findLast((one) => document.text.slice(one.start, one.end) === text);
  return mention?.chains.map((chain) => chains[chain]?.name ?? "");
}

describe("joined", () => {
  it.each([
    ["surname", "Berg", ["Tomas Berg"]],
    ["homonyms", "Berg", ["Lena Berg"]],
    ["variant", "Pashinyan", ["Nikol Pashinian"]],
    ["acronym", "LLF", ["Lakeland Liberation Front"]],
    ["or-acronym", "FLL", ["Front for the Liberation of Lakeland"]],
    ["body", "Turkish forces", ["Turkey"]],
    ["body", "the Armenian Army", ["Armenia"]],
    ["leaders-of", "The leaders", ["Chile", "Peru", "Bolivia"]],
    ["apposition", "Norway's prime minister", ["Tomas Berg"]],
    ["president", "The president", ["Ines Korhonen"]],
    ["president-of", "The Peruvian president", ["Luis Huaman"]],
    ["official", "The Peruvian president", ["Peru"]],
    ["bloc", "The bloc", ["African Union"]],
    ["capital", "the Egyptian capital", ["Cairo"]],
  ])("in %s: %s", (id, text, names) => {
    expect(meaning(id, text)).toEqual(names);
  });
});

describe("pronouns", () => {
  it.each([
    ["he", "her", ["Ines Korhonen"]],
    ["he", "He", ["Tomas Berg"]],
    ["subject-he", "he", ["Tomas Berg"]],
    ["its", "its", ["France"]],
    ["it-sign", "it", ["Lima Accord"]],
    ["relative", "which", ["Chile"]],
    ["their", "their", ["Chile", "Peru"]],
  ])("stand for what is safe in %s: %s", (id, text, names) => {
    expect(meaning(id, text)).toEqual(names);
  });

  it("never stand for another argument of their own verb", () => {
    expect(meaning("him", "him")).toEqual([]);
  });
});

describe("several at once", () => {
  it.each([
    ["two-leaders", "The two leaders", ["Tomas Berg", "Ines Korhonen"]],
    ["two-countries", "the two countries", ["Chile", "Peru"]],
    ["both-open", "Both countries", []],
  ])("in %s: %s", (id, text, names) => {
    expect(meaning(id, text)).toEqual(names);
  });
});

describe("agreements", () => {
  it("are called by their day where they have no name, and taken up by kind", () => {
    expect(meaning("truce", "an agreement")).toEqual(["10 November 2020 agreement"]);
    expect(meaning("truce", "The truce")).toEqual(["10 November 2020 agreement"]);
    expect(resolved("truce").chains.find((chain) => chain.kind === "agreement")?.aliases).toContain("truce");
  });

  it("of two days are two", () => {
    expect(meaning("dated", "a pact")).toEqual(["11 January 2021 pact"]);
    expect(meaning("dated", "The Nov. 10 agreement")).toEqual(["10 November 2020 agreement"]);
  });

  it("take the name that follows", () => {
    expect(meaning("named-later", "a peace deal")).toEqual(["Lima Charter"]);
    expect(meaning("named-later", "The accord")).toEqual(["Lima Charter"]);
  });

  it("are new when said to be separate", () => {
    expect(meaning("second", "A separate security pact")).toEqual(["security pact"]);
  });

  it("that were not reached are none", () => {
    expect(meaning("open-deal", "an agreement")).toEqual([]);
    expect(resolved("open-deal").chains).toEqual([]);
  });

  it("leave what is no agreement alone", () => {
    expect(meaning("joint", "A joint Turkish-Russian center")).toEqual(["joint Turkish-Russian center"]);
  });
});

describe("chains", () => {
  it("of states bear the usual English name, other forms as aliases, and their code", () => {
    const { chains } = resolved("body");
    expect(chains.map(({ name, aliases, known }) => ({ name, aliases, known }))).toEqual([
      { name: "Turkey", aliases: ["Turkish"], known: "state:TUR" },
      { name: "Armenia", aliases: ["Armenian"], known: "state:ARM" },
    ]);
  });

  it("of persons bear the country that their title tells", () => {
    const { chains } = resolved("president-of");
    expect(chains.filter((chain) => chain.kind === "person").map(({ name, country }) => [name, country])).toEqual([
      ["Ines Korhonen", "FIN"],
      ["Luis Huaman", "PER"],
    ]);
  });

  it("write a dateline's town as usual", () => {
    expect(resolved("dateline").chains[0]).toMatchObject({ kind: "place", name: "Cairo", aliases: ["CAIRO"] });
  });

  it("and mentions point at each other", () => {
    for (const id of written.keys()) {
      const { mentions, chains } = resolved(id);
      chains.forEach((chain, index) => {
        expect(chain.mentions.length).toBeGreaterThan(0);
        for (const mention of chain.mentions) expect(mentions[mention]?.chains).toContain(index);
      });
      mentions.forEach((mention, index) => {
        for (const chain of mention.chains) expect(chains[chain]?.mentions).toContain(index);
      });
    }
  });
});
