/** Entities of several documents become one where they are one, with a reason, and stay two where they are two. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { Knowledge } from "../../src/knowledge/types.ts";
import type { DocumentGraph, Entity, EntityId, EntityKind } from "../../src/model/graph.ts";
import type { DocumentId } from "../../src/model/text.ts";
import { makeResolver, type Resolver } from "../../src/resolve/resolver.ts";

let knowledge: Knowledge;
beforeAll(() => {
  knowledge = loadKnowledge();
});

interface Named {
  readonly name: string;
  readonly kind?: EntityKind;
  readonly country?: string;
  readonly aliases?: readonly string[];
}

let documents = 0;

function graphOf(...entities: readonly Named[]): DocumentGraph {
  documents += 1;
  return {
    document: documents.toString(16).padStart(6, "0").padEnd(64, "d") as DocumentId,
    sentences: [],
    claims: [],
    entities: entities.map(
      ({ name, kind = "person", country, aliases = [] }): Entity => ({
        id: `${kind}:${name.toLowerCase().replaceAll(" ", "-")}` as EntityId,
        kind,
        name,
        aliases,
        mentions: [],
        ...(country === undefined ? {} : { country }),
      }),
    ),
  };
}

function linkAll(resolver: Resolver, ...graphs: readonly DocumentGraph[]) {
  const links = graphs.map((graph) => resolver.link(graph));
  return {
    ids: links.map((link) => link.entities.map(({ entity }) => entity)),
    judgements: links.flatMap((link) => link.judgements),
  };
}

describe("persons", () => {
  it("gives a readable id", () => {
    const { ids } = linkAll(makeResolver(knowledge), graphOf({ name: "Recep Tayyip Erdoğan", country: "TUR" }));
    expect(ids).toEqual([["person:recep-tayyip-erdogan"]]);
  });

  it.each([
    ["Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"],
    ["Fayez al-Sarraj", "Fayez Al-Sarraj"],
    ["Fayez al-Sarraj", "Fayez Sarraj"],
  ])("leads %s and %s to one id", (one, other) => {
    const { ids } = linkAll(makeResolver(knowledge), graphOf({ name: one }), graphOf({ name: other }));
    expect(ids[1]).toEqual(ids[0]);
  });

  it.each([
    ["Nikol Pashinian", "Nikol Pashinyan", "both are names of Nikol Pashinyan"],
    ["Ruben Karapetian", "Ruben Karapetyan", "spelling variant of Ruben Karapetian, same country"],
    ["Tarek Saraji", "Tarek Seraji", "spelling variant of Tarek Saraji, same country"],
    ["Aliaksandr Makeyenka", "Alexander Makeyenko", "spelling variant of Aliaksandr Makeyenka, same country"],
    ["Alexander M. Haig", "Alexander Haig", "same given name and surname as Alexander M. Haig, same country"],
  ])("judges %s and %s one, so that it can be undone", (one, other, reason) => {
    const { ids, judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: one, country: "ARM" }),
      graphOf({ name: other, country: "ARM" }),
    );
    expect(ids[1]).not.toEqual(ids[0]);
    expect(judgements).toEqual([{ left: ids[1]?.[0], right: ids[0]?.[0], verdict: "same", reason, by: "rule" }]);
  });

  it.each([
    ["George W. Bush", "George H. W. Bush"],
    ["Martin Schulz", "Martina Schulz"],
    ["Islam Karimov", "Islam Kasimov"],
    ["Hassan Akhund", "Hussein Akhund"],
    ["Kim Jong-il", "Kim Jong-un"],
  ])("keeps %s and %s of one country apart", (one, other) => {
    const { ids, judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: one, country: "ARM" }),
      graphOf({ name: other, country: "ARM" }),
    );
    expect([ids[0]?.[0] === ids[1]?.[0], judgements]).toEqual([false, []]);
  });

  it("leads a surname to one person in two spellings", () => {
    const { judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Ruben Karapetian", country: "ARM" }),
      graphOf({ name: "Ruben Karapetyan", country: "ARM" }),
      graphOf({ name: "Karapetyan", country: "ARM" }),
    );
    expect(judgements.map(({ reason }) => reason)).toEqual([
      "spelling variant of Ruben Karapetian, same country",
      "the only Karapetyan of that country: Ruben Karapetian",
    ]);
  });

  it("keeps namesakes of two countries apart, also when they come again", () => {
    const [british, american] = [graphOf({ name: "John Smith", country: "GBR" }), graphOf({ name: "John Smith", country: "USA" })];
    const { ids, judgements } = linkAll(makeResolver(knowledge), british, american, british, american);
    expect(ids).toEqual([["person:john-smith"], ["person:john-smith-usa"], ["person:john-smith"], ["person:john-smith-usa"]]);
    expect(judgements).toEqual([]);
  });

  it("joins a surname alone to its only bearer, and to nobody where two bear it", () => {
    const aliyev = graphOf({ name: "Ilham Aliyev", country: "AZE" });
    const lone = graphOf({ name: "Aliyev", country: "AZE" });
    const { judgements } = linkAll(makeResolver(knowledge), aliyev, lone);
    expect(judgements).toMatchObject([{ left: "person:aliyev-aze", right: "person:ilham-aliyev", verdict: "same" }]);
    const heydar = graphOf({ name: "Heydar Aliyev", country: "AZE" });
    expect(linkAll(makeResolver(knowledge), aliyev, heydar, lone).judgements).toEqual([]);
  });

  it("does not join a surname alone to its bearer of another country", () => {
    const { judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Emmanuel Macron", country: "FRA" }),
      graphOf({ name: "Macron", country: "BEL" }),
    );
    expect(judgements).toEqual([]);
  });

  it("joins a surname alone when the full name comes later", () => {
    const { judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Aliyev", country: "AZE" }),
      graphOf({ name: "Ilham Aliyev", country: "AZE" }),
    );
    expect(judgements).toMatchObject([{ left: "person:aliyev-aze", right: "person:ilham-aliyev", verdict: "same" }]);
  });

  it("never makes one of two surnames without country", () => {
    const { ids } = linkAll(makeResolver(knowledge), graphOf({ name: "Smith" }), graphOf({ name: "Smith" }));
    expect(ids[0]).not.toEqual(ids[1]);
  });
});

describe("bodies, agreements and places", () => {
  it("keeps the ids of states and known organisations", () => {
    const graph = graphOf({ name: "Turkey", kind: "state" });
    expect(linkAll(makeResolver(knowledge), graph).ids).toEqual([["state:turkey"]]);
  });

  it("leads one name to one id", () => {
    const { ids } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Northern Lakes Commission", kind: "organization" }),
      graphOf({ name: "the Northern Lakes Commission", kind: "organization" }),
    );
    expect(ids[1]).toEqual(ids[0]);
  });

  it("keeps parliaments of the same name apart by country", () => {
    const { ids } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "House of Representatives", kind: "organization", country: "LBY" }),
      graphOf({ name: "House of Representatives", kind: "organization", country: "JPN" }),
    );
    expect(ids).toEqual([["organization:house-of-representatives-lby"], ["organization:house-of-representatives-jpn"]]);
  });

  it("does not make one of two ceasefires", () => {
    const { ids, judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Ceasefire Agreement", kind: "agreement" }),
      graphOf({ name: "Ceasefire Agreement", kind: "agreement" }),
    );
    expect(ids[0]).not.toEqual(ids[1]);
    expect(judgements).toEqual([]);
  });

  it("judges agreements of one day and kind the same", () => {
    const { judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "10 November 2020 agreement", kind: "agreement" }),
      graphOf({ name: "10 November 2020 agreement", kind: "agreement" }),
    );
    expect(judgements).toHaveLength(1);
  });

  it("joins a body by the acronym it shares", () => {
    const { judgements } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Lakeland Liberation Front", kind: "organization", aliases: ["LLF"] }),
      graphOf({ name: "LLF", kind: "organization" }),
    );
    expect(judgements).toMatchObject([
      { left: "organization:llf", right: "organization:lakeland-liberation-front", verdict: "same", reason: "also called LLF" },
    ]);
  });

  it("keeps towns of two countries apart", () => {
    const { ids } = linkAll(
      makeResolver(knowledge),
      graphOf({ name: "Tripoli", kind: "place", country: "LBY" }),
      graphOf({ name: "Tripoli", kind: "place", country: "LBN" }),
    );
    expect(ids).toEqual([["place:tripoli"], ["place:tripoli-lbn"]]);
  });
});

describe("all resolving", () => {
  const name = fc.constantFrom("Ann Lee", "Ann Li", "Lee", "Bo Lee", "Anne B. Lee", "Ann B Lee", "Nikol Pashinian", "Nikol Pashinyan");
  const entity = fc.record({ name, country: fc.option(fc.constantFrom("USA", "GBR"), { nil: undefined }) });
  const graphs = fc.array(fc.uniqueArray(entity, { selector: (one) => one.name, maxLength: 4 }), { minLength: 1, maxLength: 6 });

  it("answers alike for the same documents, links every entity once, and never leads two of one document to one id", () => {
    fc.assert(
      fc.property(graphs, (documentsOfNames) => {
        const drawn = documentsOfNames.map((entities) =>
          graphOf(...entities.map(({ name: one, country }) => ({ name: one, ...(country === undefined ? {} : { country }) }))),
        );
        const once = linkAll(makeResolver(knowledge), ...drawn);
        expect(linkAll(makeResolver(knowledge), ...drawn)).toEqual(once);
        once.ids.forEach((ids, index) => {
          expect(ids).toHaveLength(drawn[index]?.entities.length ?? 0);
          expect(new Set(ids).size).toBe(ids.length);
        });
        for (const { left, right } of once.judgements) expect(left).not.toBe(right);
      }),
    );
  });

  it("knows what the graph held before", () => {
    const first = graphOf({ name: "Ilham Aliyev", country: "AZE" });
    const [id] = linkAll(makeResolver(knowledge), first).ids[0] ?? [];
    const resolver = makeResolver(knowledge, [{ id: id as EntityId, kind: "person", name: "Ilham Aliyev", aliases: [], country: "AZE" }]);
    expect(linkAll(resolver, graphOf({ name: "Aliyev", country: "AZE" })).judgements).toMatchObject([{ right: id }]);
  });
});
