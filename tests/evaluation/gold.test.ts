import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readGold, scoreGraphs } from "../../src/evaluation/gold.ts";
import { type DocumentAnswer, foldName, type GraphRelation } from "../../src/evaluation/matching.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";

const { relations } = loadKnowledge();
const gold = readGold(fileURLToPath(new URL("../gold/", import.meta.url)));

/** Faults of every sort, spread by counting. */
function corrupt(): DocumentAnswer[] {
  const types = [...relations.keys()].sort();
  let n = 0;
  return gold.map((document) => ({
    id: document.id,
    entities: [
      ...document.entities.map((entity, i) => {
        if (i % 7 === 3) return { ...entity, kind: "place" };
        if (i % 7 === 5) return { ...entity, name: entity.aliases?.[0] ?? `the ${entity.name.toUpperCase()}`, aliases: [] };
        return entity;
      }),
      { name: "Zora Nowhere", kind: "person" },
      ...document.entities.slice(0, 1),
    ],
    relations: document.relations.flatMap((relation): GraphRelation[] => {
      n++;
      switch (n % 11) {
        case 0:
          return [];
        case 2:
          return [{ ...relation, relation: types[n % types.length] as string }];
        case 4:
          return [{ ...relation, subject: relation.object, object: relation.subject }];
        case 5:
          return [
            { ...relation, date: null },
            { ...relation, date: "1999" },
          ];
        case 7:
          return [{ ...relation, polarity: "negated" }];
        case 8:
          return [{ ...relation, modality: "planned" }];
        case 9:
          return [{ ...relation, object: "Zora Nowhere" }];
        default:
          return [relation];
      }
    }),
  }));
}

/** That Borduria attacked Ruritania, as somebody alleges. */
function allegation(source: string, confidence?: number) {
  const entities = [
    { name: "Ruritania", kind: "state", aliases: ["Ruri"] },
    { name: "Borduria", kind: "state" },
  ];
  const relation = { subject: "Borduria", relation: "attacked", object: "Ruritania", modality: "alleged", source };
  return { id: "x", title: "", date: "", source: "", text: "", entities, relations: [confidence ? { ...relation, confidence } : relation] };
}

describe("marks", () => {
  const folders = ["", "second/", "third/", "fourth/", "held-out/"]
    .map((folder) => fileURLToPath(new URL(`../gold/${folder}`, import.meta.url)))
    .filter((folder) => existsSync(folder));
  const documents = folders.flatMap(readGold);

  it("name their ends, and nothing that the text does not hold", () => {
    for (const { id, text, entities, relations: marked } of documents) {
      const names = new Set(entities.map(({ name }) => name));
      for (const { subject, object, relation } of marked)
        expect([id, subject, relation, object, names.has(subject) && names.has(object) && relations.has(relation)]).toContain(true);
      const folded = text.toLowerCase();
      for (const { name, kind, aliases = [] } of entities) {
        const found = [name, ...aliases].some((form) => folded.includes(form.toLowerCase()));
        expect([id, kind, name, found]).toEqual([id, kind, name, true]);
      }
    }
    expect(documents.length).toBe(82);
  });
});

describe("scores of graphs", () => {
  it("are perfect for the gold itself", () => {
    const scores = scoreGraphs(gold, gold, relations);
    expect([scores.entities.f1, scores.strict.f1, scores.lenient.f1, scores.pairs.f1]).toEqual([1, 1, 1, 1]);
    expect(scores.errors.flatMap(({ lines }) => lines)).toEqual([]);
  });

  it("are zero for no answer", () => {
    const scores = scoreGraphs(gold, [], relations);
    expect([scores.entities.f1, scores.strict.f1, scores.lenient.f1, scores.pairs.f1]).toEqual([0, 0, 0, 0]);
    expect(scores.strict.wanted).toBe(gold.reduce((sum, document) => sum + document.relations.length, 0));
  });

  // The figures were taken with the annotators' own scorer from the same corrupted copy.
  it("count every sort of fault as the annotators' scorer does", () => {
    const scores = scoreGraphs(gold, corrupt(), relations);
    const counts = (key: "entities" | "strict" | "lenient" | "pairs"): number[] => {
      const { right, given, wanted } = scores[key];
      return [right, given - right, wanted - right];
    };
    expect({
      entities: counts("entities"),
      strict: counts("strict"),
      lenient: counts("lenient"),
      pairs: counts("pairs"),
      extraStructure: scores.extraStructure,
      attributes: scores.attributes,
    }).toEqual({
      entities: [778, 186, 106],
      strict: [447, 332, 528],
      lenient: [451, 330, 524],
      pairs: [521, 214, 351],
      extraStructure: 108,
      attributes: {
        matched: 447,
        polarity: 376,
        modality: 389,
        negated: 19,
        negatedFound: 19,
        notHappened: 52,
        notHappenedRight: 48,
        dated: 108,
        dateExact: 90,
        dateMissing: 0,
        dateSpurious: 45,
        ascribed: 0,
        ascribedRight: 0,
      },
    });
  });

  it("pair every confidence with whether the relation is right, and see who alleges it", () => {
    const scores = scoreGraphs([allegation("Ruritania")], [allegation("Ruri", 0.8)], relations);
    expect(scores.judged.map(({ relation, answers }) => [relation.confidence, answers?.source])).toEqual([[0.8, "Ruritania"]]);
    expect([scores.attributes.ascribed, scores.attributes.ascribedRight]).toEqual([1, 1]);
    expect(scoreGraphs([allegation("Ruritania")], [allegation("Borduria")], relations).attributes.ascribedRight).toBe(0);
  });

  it("match names by case, diacritics, quotes and article", () => {
    expect(foldName("The  Élysée’s “Pact”.")).toBe(`elysee's "pact`);
    expect(foldName("ERDOĞAN")).toBe(foldName("Erdogan"));
    expect(foldName("Dağlıq")).toBe("dagliq");
  });

  it("give every answer one partner at most, and miss no match that there is", () => {
    const one = (name: string, ...aliases: string[]) => ({ name, kind: "person", aliases });
    const document = {
      id: "x",
      title: "",
      date: "",
      source: "",
      text: "",
      relations: [],
      entities: [one("Ana Silva", "Silva"), one("Bo Silva", "Silva")],
    };
    const answer = { id: "x", relations: [], entities: [one("Silva"), one("Ana Silva"), one("Silva")] };
    expect(scoreGraphs([document], [answer], relations).entities).toMatchObject({ right: 2, given: 3, wanted: 2 });
  });
});
