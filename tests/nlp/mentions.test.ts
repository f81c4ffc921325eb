/** What is found in a sentence: kinds of names, states against places, titles, bodies of states, joint bodies. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { Knowledge } from "../../src/knowledge/types.ts";
import { findMentions } from "../../src/nlp/mentions.ts";
import { documentsFrom, type WrittenDocument } from "../support.ts";

let knowledge: Knowledge;
let written: Map<string, WrittenDocument>;
beforeAll(() => {
  knowledge = loadKnowledge();
  written = documentsFrom(readFileSync(new URL("mentions.conllu", import.meta.url), "utf8"));
});

/** "kind: text" of each mention of this form in a written document. */
function found(id: string, form: "name" | "nominal" | "pronoun"): string[] {
  const one = written.get(id);
  if (one === undefined) throw new Error(`no written document ${id}`);
  return findMentions(one.document, one.sentences, knowledge)
    .candidates.filter((candidate) => candidate.form === form)
    .map((candidate) => `${candidate.kind}: ${one.document.text.slice(candidate.start, candidate.end)}`);
}

describe("a capital or seat", () => {
  it.each([
    ["subject", ["state: Ankara"]],
    ["in", ["place: Ankara"]],
    ["between", ["state: Moscow", "state: Kyiv"]],
    ["to", ["place: Kyiv"]],
    ["aid-to", ["state: Norway", "state: Kyiv"]],
    ["possessor", ["state: Ankara"]],
    ["in-and", ["place: Paris", "place: Berlin"]],
    ["visited", ["place: Moscow"]],
    ["told", ["state: Moscow"]],
    ["seat-said", ["state: White House"]],
    ["seat-at", ["place: White House"]],
    ["seat-of", ["state: Kremlin"]],
    ["government-in", ["state: Khartoum"]],
    ["attacked", ["place: Baghdad"]],
    ["from-veto", ["state: Beijing"]],
    ["from-flew", ["place: Beijing"]],
    ["dateline", ["place: CAIRO", "state: Egypt"]],
    ["brussels", ["state: London", "organization: Brussels"]],
  ])("is what its sentence makes it (%s)", (id, names) => {
    expect(found(id, "name")).toEqual(names);
  });
});

describe("a person's name", () => {
  it.each([
    ["title", ["state: Finnish", "person: Ines Korhonen", "person: Tomas Berg", "state: Norway"]],
    ["title-lower", ["person: Adan Farole", "person: Musa Keita"]],
    ["apposition", ["person: Ines Korhonen", "state: Finnish", "state: Norway", "person: Tomas Berg"]],
    ["titles-plural", ["person: Ines Korhonen", "person: Tomas Berg"]],
    ["possessed", ["state: Peru", "person: Ines Huaman", "state: Chile"]],
    ["particles", ["person: Abdullah bin Faisal al-Harbi", "person: Ursula von der Berg"]],
  ])("stands without titles (%s)", (id, names) => {
    expect(found(id, "name")).toEqual(names);
  });

  it("has its head in the tree where a rule meets it", () => {
    const one = written.get("title") as WrittenDocument;
    const person = findMentions(one.document, one.sentences, knowledge).candidates.find((candidate) => candidate.kind === "person");
    expect(one.sentences[0]?.tokens[person?.head ?? -1]?.relation).toBe("nsubj");
  });
});

describe("bodies", () => {
  it("are the state when only a demonym or possessor names them", () => {
    expect(found("body", "nominal")).toEqual(["state: Turkish forces", "state: the Armenian Army"]);
    expect(found("body-named", "nominal")).toEqual(["state: Israel's parliament"]);
  });

  it("are organisations when they have a name", () => {
    expect(found("body-named", "name")).toEqual(["state: Israel", "organization: State Department"]);
  });

  it("hide the states and places in their names", () => {
    expect(found("part-of-name", "name")).toEqual([
      "organization: Bank of England",
      "organization: Popular Front for the Liberation of Palestine",
    ]);
  });

  it("may be two states' own, without a name", () => {
    expect(found("joint", "nominal")).toContain("organization: A joint Turkish-Russian center");
  });
});

describe("an agreement's name", () => {
  it.each([
    ["agreement-name", ["agreement: Framework for Peace in the Middle East", "place: Geneva"]],
    ["agreement-place", ["state: Spain", "agreement: Paris climate accord"]],
    ["agreement-dated", ["agreement: 2013 Geneva Agreement", "agreement: Lake Protocol"]],
  ])("reaches as far as it goes (%s)", (id, names) => {
    expect(found(id, "name")).toEqual(names);
  });
});

it("names every token span within its sentence, heads inside the sentence", () => {
  for (const { document, sentences } of written.values()) {
    for (const candidate of findMentions(document, sentences, knowledge).candidates) {
      const tokens = sentences[candidate.sentence]?.tokens ?? [];
      expect(tokens[candidate.first]?.start).toBe(candidate.start);
      expect(tokens[candidate.last - 1]?.end).toBe(candidate.end);
      expect(tokens[candidate.head]).toBeDefined();
    }
  }
});
