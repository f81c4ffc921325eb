/** What every implementation of `GraphStore` must keep: one suite, run against each. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EntityId } from "../../src/model/graph.ts";
import type { DocumentId } from "../../src/model/text.ts";
import type { GraphStore, View } from "../../src/store/store.ts";
import { CALL, commit, DENIAL, different, same, story, VISIT } from "../store/story.ts";

const ALL = { limit: 100 };
const PUTIN = "person:vladimir-putin" as EntityId;
const LONE = "person:putin-visit" as EntityId;
const ERDOGAN = "person:recep-tayyip-erdogan" as EntityId;
const CALLED = `${ERDOGAN}~spoke-with~${PUTIN}`;

export interface StoreUnderTest {
  /** A new, empty store. */
  open(): GraphStore;
  /** Opens again what was last opened, after it was closed. */
  reopen(): GraphStore;
  dispose(): void;
}

/** All that a store says, for comparing two states of it. */
export function everything(view: View): unknown {
  return {
    stats: view.stats(),
    entities: [...view.entities()],
    edges: [...view.edges()],
    reports: [...view.edgeReports()].map((edge) => ({ ...edge, claims: [...edge.claims].sort((a, b) => (a.claim < b.claim ? -1 : 1)) })),
    documents: view
      .listDocuments(ALL)
      .items.map((document) => view.document(document.id))
      .sort((a, b) => ((a?.id ?? "") < (b?.id ?? "") ? -1 : 1)),
    judgements: [...view.judgements()].map((judgement) => JSON.stringify(judgement)).sort(),
    search: view
      .listEntities({ text: "p" }, ALL)
      .items.map((entity) => entity.id)
      .sort(),
  };
}

export function describeStore(name: string, make: () => StoreUnderTest): void {
  describe(`GraphStore: ${name}`, () => {
    let under: StoreUnderTest;
    let store: GraphStore;
    beforeEach(() => {
      under = make();
      store = under.open();
    });
    afterEach(() => {
      store.close();
      under.dispose();
    });
    const tell = (...stories: (typeof CALL)[]): void => {
      for (const told of stories) commit(store, told);
    };

    describe("documents", () => {
      it("gives back the document as it was committed", () => {
        tell(CALL);
        expect(store.source(CALL.source.id)).toEqual(CALL.source);
        expect(store.knowledgeOf(CALL.source.id)).toBe("k1");
        expect(store.knowledgeOf("none" as DocumentId)).toBeUndefined();
        expect(store.document("none" as DocumentId)).toBeUndefined();
      });

      it("gives its mentions and claims with the text they stand at", () => {
        tell(CALL);
        const document = store.document(CALL.source.id);
        expect(document?.mentions.map(({ start, end, entity }) => [document.text.slice(start, end), entity]).slice(0, 3)).toEqual([
          ["Vladimir Putin", PUTIN],
          ["Recep Tayyip Erdoğan", ERDOGAN],
          ["Nagorno-Karabakh", "place:nagorno-karabakh"],
        ]);
        for (const claim of document?.evidence ?? []) {
          expect(document?.text.slice(claim.sentence.start, claim.sentence.end)).toBe(claim.text);
        }
        expect(document?.evidence.map((claim) => claim.relation)).toEqual(["spoke-with", "leads", "met-with"]);
      });

      it("keeps all that a claim bears", () => {
        tell(CALL, DENIAL);
        const [called, denied] = store.claimsOf(CALLED, ALL).items;
        expect(called).toMatchObject({
          subject: PUTIN,
          object: ERDOGAN,
          date: { start: "2021-01-13", end: "2021-01-13", precision: "day", basis: "explicit" },
          medium: "phone",
          topic: [{ id: "place:nagorno-karabakh", name: "Nagorno-Karabakh" }],
          polarity: "affirmed",
          modality: "happened",
          confidence: 0.9,
          rule: "spoke-with.test",
          document: { id: CALL.source.id, name: "call", date: "2021-01-13", source: "Harbour Gazette", sentences: 3, claims: 3 },
        });
        expect(denied).toMatchObject({ subject: ERDOGAN, object: PUTIN, modality: "alleged", source: { id: "state:RUS", name: "Russia" } });
      });

      it("takes a document that is there already as the same document", () => {
        tell(CALL, DENIAL);
        const before = everything(store);
        tell(CALL);
        expect(everything(store)).toEqual(before);
      });

      it("lets a changed document from the same place take the older one's place", () => {
        commit(store, CALL, "k1", "/news/call.txt");
        commit(store, DENIAL, "k1", "/news/call.txt");
        expect([...store.documents()].map((document) => document.name)).toEqual(["denial"]);
        expect(store.entity("person:ilham-aliyev" as EntityId)).toBeUndefined();
      });

      it("lists by date, newest first, undated last, in pages", () => {
        const undated = story({ name: "undated", sentences: ["Nothing happened."], entities: {} });
        tell(undated, CALL, VISIT, DENIAL);
        const names: string[] = [];
        let page = store.listDocuments({ limit: 3 });
        names.push(...page.items.map((document) => document.name));
        expect(page.total).toBe(4);
        if (page.next === undefined) throw new Error("no second page");
        page = store.listDocuments({ limit: 3, after: page.next });
        names.push(...page.items.map((document) => document.name));
        expect(page.next).toBeUndefined();
        expect(names).toEqual(["visit", "denial", "call", "undated"]);
        expect([...store.documents()].map((document) => document.name)).toEqual(["call", "denial", "visit", "undated"]);
      });

      it("takes a document out with all that rests on it alone", () => {
        tell(DENIAL);
        const before = everything(store);
        tell(CALL, VISIT);
        expect(store.remove(CALL.source.id)).toBe(true);
        expect(store.remove(VISIT.source.id)).toBe(true);
        expect(store.remove(VISIT.source.id)).toBe(false);
        expect(everything(store)).toEqual(before);
      });

      it("comes back to nothing when the last document is gone", () => {
        const before = everything(store);
        tell(CALL, VISIT, DENIAL);
        for (const told of [VISIT, DENIAL, CALL]) store.remove(told.source.id);
        expect(everything(store)).toEqual(before);
      });

      it("keeps what was committed when it is closed and opened again", () => {
        tell(CALL, DENIAL, VISIT);
        const before = everything(store);
        store.close();
        store = under.reopen();
        expect(everything(store)).toEqual(before);
      });

      it.each([
        ["an entity without a link", { ...CALL, links: { entities: [], judgements: [] } }],
        ["a graph of another document", { ...CALL, graph: DENIAL.graph }],
        ["a sentence outside the text", { ...CALL, graph: { ...CALL.graph, sentences: [{ start: 0, end: 100_000 }] } }],
        ["evidence that is not a sentence", { ...CALL, graph: { ...CALL.graph, sentences: CALL.graph.sentences.slice(1) } }],
        ["a claim about an unknown entity", { ...CALL, graph: { ...CALL.graph, entities: CALL.graph.entities.slice(1) } }],
      ])("refuses %s, and keeps nothing of it", (_what, told) => {
        expect(() => commit(store, told)).toThrow(TypeError);
        expect(store.stats().documents).toBe(0);
      });
    });

    describe("edges", () => {
      it("are one for all claims of the same ends and relation, whoever of two equals is named first", () => {
        tell(CALL, DENIAL);
        expect(store.edge(CALLED)).toEqual({
          id: CALLED,
          subject: ERDOGAN,
          relation: "spoke-with",
          object: PUTIN,
          reports: 2,
          events: 1,
          documents: 2,
          from: "2021-01-13",
          to: "2021-01-13",
          affirmed: 2,
          happened: 1,
          confidence: 0.9,
        });
        expect(store.edge(`${PUTIN}~spoke-with~${ERDOGAN}`)?.id).toBe(CALLED);
        expect(store.edge(`state:RUS~leads~${PUTIN}`)).toBeUndefined();
        expect(store.edge("nonsense")).toBeUndefined();
      });

      it("give claims by date, undated last, in pages", () => {
        const more = ["2020-05-01", "2022-03", undefined].map((date, index) =>
          story({
            name: `more-${index}`,
            sentences: ["Vladimir Putin spoke with Recep Tayyip Erdoğan."],
            entities: { "Vladimir Putin": "person", "Recep Tayyip Erdoğan": "person" },
            claims: [["Vladimir Putin", "spoke-with", "Recep Tayyip Erdoğan", "spoke", date === undefined ? {} : { date }]],
          }),
        );
        tell(...more.reverse(), CALL);
        const dates: (string | undefined)[] = [];
        for (let page = store.claimsOf(CALLED, { limit: 2 }); ; page = store.claimsOf(CALLED, { limit: 2, after: page.next })) {
          dates.push(...page.items.map((claim) => claim.date?.start));
          expect(page.total).toBe(4);
          if (page.next === undefined) break;
        }
        expect(dates).toEqual(["2020-05-01", "2021-01-13", "2022-03-01", undefined]);
      });

      it("are listed by ends and relation, most reported first", () => {
        tell(CALL, DENIAL);
        const ids = (query: Parameters<GraphStore["listEdges"]>[0]): string[] =>
          store.listEdges(query, ALL).items.map((edge) => edge.relation);
        expect(ids({})).toEqual(["spoke-with", "leads", "met-with", "met-with"]);
        expect(ids({ subject: PUTIN })).toEqual(["spoke-with", "leads", "met-with", "met-with"]);
        expect(ids({ object: PUTIN })).toEqual(["spoke-with", "met-with", "met-with"]);
        expect(ids({ subject: PUTIN, object: ERDOGAN })).toEqual(["spoke-with"]);
        expect(ids({ object: "state:RUS" as EntityId })).toEqual(["leads"]);
        expect(ids({ relations: ["met-with", "leads"], polarity: "negated" })).toEqual(["met-with"]);
        expect(ids({ object: "state:NONE" as EntityId })).toEqual([]);
      });
    });

    describe("neighbours", () => {
      it("show the other end, the direction and the edge", () => {
        tell(CALL);
        const { items, total } = store.neighbors("state:RUS" as EntityId, {}, ALL);
        expect(total).toBe(1);
        expect(items[0]).toMatchObject({
          direction: "in",
          neighbor: { id: PUTIN, name: "Vladimir Putin", degree: 3 },
          edge: { relation: "leads" },
        });
        const ofPutin = store.neighbors(PUTIN, {}, ALL).items;
        expect(Object.fromEntries(ofPutin.map((item) => [item.edge.relation, item.direction]))).toEqual({
          leads: "out",
          "met-with": "both",
          "spoke-with": "both",
        });
      });

      it("are grouped by relation, the largest group first", () => {
        tell(CALL, DENIAL);
        const groups = store.neighborsByRelation(PUTIN, 1);
        expect(groups.map(({ relation, total, edges }) => [relation, total, edges.length])).toEqual([
          ["met-with", 2, 1],
          ["leads", 1, 1],
          ["spoke-with", 1, 1],
        ]);
        expect(groups[2]?.edges[0]).toMatchObject({ direction: "both", edge: { reports: 2 }, neighbor: { id: ERDOGAN } });
        expect(store.neighborsByRelation("person:nobody" as EntityId, 1)).toEqual([]);
      });

      it("of several entities come once each, or not at all when there are too many", () => {
        tell(CALL, DENIAL);
        const ids = (of: string[], most: number): unknown =>
          store
            .edgesAround(of as EntityId[], {}, most)
            ?.map((edge) => edge.id)
            .sort();
        expect(ids([PUTIN, ERDOGAN, LONE], 4)).toEqual([...store.edges()].map((edge) => edge.id));
        expect(ids([PUTIN], 3)).toBeUndefined();
        expect(ids(["state:RUS"], 1)).toHaveLength(1);
        expect(ids([], 1)).toEqual([]);
      });

      it("are filtered and paged", () => {
        tell(CALL, DENIAL);
        const relations = (direction: "in" | "out"): string[] =>
          store.neighbors(PUTIN, { direction }, ALL).items.map((item) => item.edge.relation);
        expect(relations("out")).toEqual(["spoke-with", "leads", "met-with", "met-with"]);
        expect(relations("in")).toEqual(["spoke-with", "met-with", "met-with"]);
        expect(store.neighbors(PUTIN, { relations: ["met-with"] }, ALL).total).toBe(2);
        expect(store.neighbors(PUTIN, { from: "2021-01-12" }, ALL).items.map((item) => item.edge.relation)).toEqual(["spoke-with"]);
        const first = store.neighbors(PUTIN, {}, { limit: 3 });
        expect(first.items).toHaveLength(3);
        if (first.next === undefined) throw new Error("no second page");
        const second = store.neighbors(PUTIN, {}, { limit: 3, after: first.next });
        expect(second.items).toHaveLength(1);
        expect(new Set([...first.items, ...second.items].map((item) => item.edge.id)).size).toBe(4);
        expect(store.neighbors("person:nobody" as EntityId, {}, ALL)).toEqual({ items: [], total: 0 });
      });
    });

    describe("events", () => {
      it("are one for all reports of what has one key, newest first", () => {
        tell(CALL, DENIAL);
        const { items, total } = store.listEvents({}, ALL);
        expect(total).toBe(4);
        const listed = items.map((event) => [event.relation, event.date?.start, event.claims]);
        expect(listed.slice(0, 2)).toEqual([
          ["spoke-with", "2021-01-13", 2],
          ["met-with", "2021-01-11", 1],
        ]);
        expect(new Set(listed.slice(2).map(String))).toEqual(new Set(["leads,,1", "met-with,,1"]));
        expect(items[0]).toMatchObject({
          edges: [CALLED],
          subjects: [{ id: ERDOGAN, name: "Recep Tayyip Erdoğan" }],
          objects: [{ id: PUTIN, name: "Vladimir Putin" }],
          affirmed: 2,
          happened: 1,
          documents: 2,
          claim: { confidence: 0.9, document: { name: "call" } },
        });
        expect(store.listEvents({ documents: [DENIAL.source.id] }, ALL).items[0]).toMatchObject({
          claims: 1,
          claim: { document: { name: "denial" } },
        });
        expect(store.listEvents({ subject: PUTIN, relations: ["leads"] }, ALL).total).toBe(1);
        expect(store.listEvents({ ego: "state:RUS" as EntityId }, ALL).items.map((event) => event.relation)).toEqual(["leads"]);
      });

      it("are one whatever the documents call who took part, for as long as these are one", () => {
        const met = (name: string, one: string): Parameters<typeof story>[0] => ({
          name,
          sentences: [`${one} met Ben.`],
          entities: { [one]: "person", Ben: "person" },
          claims: [[one, "met-with", "Ben", "met", { date: "2020-02-02", event: `event:${name}` as never }]],
        });
        const events = (): number[][] => store.listEvents({}, ALL).items.map((event) => [event.claims, event.documents]);
        tell(story(met("a", "Ana")), story(met("b", "Anna")), story(met("c", "Ana")));
        expect(events().map(String).sort()).toEqual(["1,1", "2,2"]);
        const apart = everything(store);
        store.judge(same("person:ana", "person:anna", "user"));
        expect(events()).toEqual([[3, 3]]);
        expect([...store.edges()].map((edge) => [edge.reports, edge.events])).toEqual([[3, 1]]);
        const joined = everything(store);
        store.rebuild();
        expect(everything(store)).toEqual(joined);
        store.close();
        store = under.reopen();
        expect(events()).toEqual([[3, 3]]);
        store.withdraw("person:ana" as EntityId, "person:anna" as EntityId);
        expect(everything(store)).toEqual(apart);
        store.judge(same("person:ana", "person:anna", "user"));
        store.judge(different("person:ana", "person:anna", "user"));
        expect(events()).toHaveLength(2);
      });

      it("with no day are told apart by their documents; what has no time is not", () => {
        const told = (name: string): Parameters<typeof story>[0] => ({
          name,
          sentences: ["Ana met Ben.", "Ana leads Chile."],
          entities: { Ana: "person", Ben: "person", Chile: "state" },
          claims: [
            ["Ana", "met-with", "Ben", "met", { event: `event:${name}` as never }],
            ["Ana", "leads", "Chile", "leads", { event: "standing:x" as never }],
          ],
        });
        tell(story(told("a")), story(told("b")));
        const { items } = store.listEvents({}, ALL);
        expect(items.map((event) => `${event.relation} ${event.claims}`).sort()).toEqual(["leads 2", "met-with 1", "met-with 1"]);
      });

      it("of three parties are one event on several edges", () => {
        const event = "summit" as never;
        tell(
          story({
            name: "summit",
            sentences: ["Ana, Ben and Cem met."],
            entities: { Ana: "person", Ben: "person", Cem: "person" },
            claims: [
              ["Ana", "met-with", "Ben", "met", { event, date: "2020-02-02" }],
              ["Ana", "met-with", "Cem", "met", { event, date: "2020-02-02" }],
              ["Ben", "met-with", "Cem", "met", { event, date: "2020-02-02" }],
            ],
          }),
        );
        const { items, total } = store.listEvents({}, ALL);
        expect(total).toBe(1);
        expect(items[0]).toMatchObject({
          claims: 3,
          documents: 1,
          subjects: [{ name: "Ana" }, { name: "Ben" }],
          objects: [{ name: "Ben" }, { name: "Cem" }],
        });
        expect(items[0]?.edges).toHaveLength(3);
        expect(store.listEvents({ subject: "person:cem" as EntityId }, ALL).items[0]?.edges).toHaveLength(2);
        expect(store.timeline({}, "year").buckets).toEqual([{ start: "2020-01-01", events: 1, relations: { "met-with": 1 } }]);
      });

      it("are counted where their dates are known closely enough", () => {
        tell(CALL, DENIAL, VISIT);
        expect(store.timeline({}, "day")).toEqual({
          by: "day",
          buckets: [
            { start: "2021-01-11", events: 1, relations: { "met-with": 1 } },
            { start: "2021-01-13", events: 1, relations: { "spoke-with": 1 } },
          ],
          unplaced: 4,
        });
        expect(store.timeline({ relations: ["visited"] }, "year")).toEqual({
          by: "year",
          buckets: [{ start: "2021-01-01", events: 1, relations: { visited: 1 } }],
          unplaced: 0,
        });
        expect(store.timeline({ polarity: "negated" }, "month")).toEqual({ by: "month", buckets: [], unplaced: 1 });
      });
    });

    describe("filters", () => {
      const passing = (filter: Parameters<GraphStore["edges"]>[0]): string[] => [...store.edges(filter)].map((edge) => edge.id);
      beforeEach(() => tell(CALL, DENIAL));

      it("count edges over the claims that pass alone", () => {
        expect([...store.edges({ modality: ["alleged"] })]).toMatchObject([
          { id: CALLED, reports: 1, documents: 1, happened: 0, confidence: 0.6 },
        ]);
      });

      it("choose by day, both days included; undated claims pass none", () => {
        expect(passing({ from: "2021-01-12", to: "2021-01-13" })).toEqual([CALLED]);
        expect(passing({ from: "2021-01-11", to: "2021-01-11" })).toEqual([`person:ilham-aliyev~met-with~${PUTIN}`]);
        expect(passing({ to: "2021-01-10" })).toEqual([]);
      });

      it("choose by kind of both ends, relation, confidence and document", () => {
        expect(passing({ kinds: ["person"] })).not.toContain(`${PUTIN}~leads~state:RUS`);
        expect(passing({ kinds: ["person", "state"], relations: ["leads"] })).toEqual([`${PUTIN}~leads~state:RUS`]);
        expect(passing({ minConfidence: 0.8, documents: [DENIAL.source.id] })).toEqual([]);
        expect(passing({ documents: [DENIAL.source.id] })).toHaveLength(2);
      });

      it("leave the centre, its neighbours and what is between them of an ego graph", () => {
        expect([...store.entities({ ego: "state:RUS" as EntityId })].map((entity) => entity.id)).toEqual([PUTIN, "state:RUS"]);
        expect(passing({ ego: "state:RUS" as EntityId })).toEqual([`${PUTIN}~leads~state:RUS`]);
        expect(passing({ ego: PUTIN, polarity: "negated" })).toEqual([`person:nikol-pashinian~met-with~${PUTIN}`]);
        expect([...store.entities({ ego: PUTIN, from: "2030-01-01" })].map((entity) => entity.id)).toEqual([PUTIN]);
      });

      it("leave entities without edges in, until edges are chosen", () => {
        const names = (filter: Parameters<GraphStore["entities"]>[0]): string[] => [...store.entities(filter)].map((entity) => entity.name);
        expect(names({})).toContain("Moscow");
        expect(names({ kinds: ["place"] })).toEqual(["Moscow", "Nagorno-Karabakh"]);
        expect(names({ documents: [CALL.source.id] })).toContain("Moscow");
        expect(names({ documents: [DENIAL.source.id] })).not.toContain("Moscow");
        expect(names({ relations: ["leads"] })).toEqual(["Vladimir Putin", "Russia"]);
      });

      it("give edges whose ends are all among the entities", () => {
        for (const filter of [
          {},
          { kinds: ["person" as const] },
          { documents: [CALL.source.id] },
          { ego: PUTIN },
          { polarity: "negated" as const },
        ]) {
          const ids = new Set([...store.entities(filter)].map((entity) => entity.id));
          for (const edge of store.edges(filter)) expect([ids.has(edge.subject), ids.has(edge.object)]).toEqual([true, true]);
        }
      });

      it("give reports with the claims that pass and the days of those", () => {
        const filters = [
          {},
          { kinds: ["person" as const] },
          { documents: [CALL.source.id] },
          { ego: PUTIN },
          { relations: ["spoke-with", "met-with"] },
          { polarity: "negated" as const },
          { modality: ["happened" as const] },
          { from: "2021-01-01", to: "2021-12-31" },
          { minConfidence: 0.8 },
        ];
        for (const filter of filters) {
          const edges = [...store.edgeReports(filter)];
          expect(edges.map(({ claims: _claims, ...edge }) => edge)).toEqual([...store.edges(filter)]);
          for (const { claims, ...edge } of edges) {
            expect(claims.map((claim) => claim.edge)).toEqual(Array.from({ length: edge.reports }, () => edge.id));
            const whole = store.claimsOf(edge.id, ALL).items;
            expect(claims).toEqual(whole.filter((claim) => claims.some((other) => other.claim === claim.claim)));
          }
          const briefs = edges.map(({ claims, ...edge }) => ({
            ...edge,
            claims: claims.map(({ polarity, modality, date, text, document: { source, url } }) => {
              return { polarity, modality, date, text, document: { source, url } };
            }),
          }));
          expect([...store.edgeBriefs(filter)]).toEqual(briefs);
          const entities = [...store.entityReports(filter)];
          expect(entities.map(({ from: _from, to: _to, undated: _undated, ...entity }) => entity)).toEqual([...store.entities(filter)]);
          for (const { id, from, to, undated } of entities) {
            const claims = edges.filter((edge) => edge.subject === id || edge.object === id).flatMap((edge) => edge.claims);
            const days = claims.flatMap(({ date }) => (date === undefined ? [] : [date.start, date.end])).sort();
            expect([from, to, undated]).toEqual([days[0], days.at(-1), claims.some((claim) => claim.date === undefined)]);
          }
        }
      });

      it("give the best connected first where not all fit", () => {
        const graph = store.strongest({}, 2);
        expect(graph.nodes[0]?.id).toBe(PUTIN);
        expect(graph.nodes).toHaveLength(2);
        expect(graph.edges).toHaveLength(1);
        expect(graph.truncated).toEqual({ nodes: 7 });
        const among = store.strongest({ among: [PUTIN, graph.nodes[1]?.id ?? PUTIN] }, 100);
        expect(among.edges.map((edge) => edge.id)).toEqual(graph.edges.map((edge) => edge.id));
        const outlet = store.document(graph.documents[0]?.id ?? ("" as DocumentId))?.source;
        const told = store.strongest({ outlets: [outlet ?? ""] }, 100);
        expect(new Set(told.documents.map(({ source }) => source))).toEqual(new Set([outlet]));
        expect(store.strongest({ outlets: ["No Such Wire"] }, 100).edges).toEqual([]);
        const whole = store.strongest({}, 100);
        expect(whole.truncated).toBeUndefined();
        expect(whole.edges).toHaveLength(4);
        expect(whole.edges.find((edge) => edge.id === CALLED)?.claims).toEqual([
          {
            date: { start: "2021-01-13", end: "2021-01-13", precision: "day", basis: "explicit" },
            polarity: "affirmed",
            modality: "happened",
            confidence: 0.9,
            document: 0,
          },
          {
            date: { start: "2021-01-13", end: "2021-01-13", precision: "day", basis: "explicit" },
            polarity: "affirmed",
            modality: "alleged",
            confidence: 0.6,
            document: 1,
          },
        ]);
        expect(whole.documents.map(({ id }) => store.document(id)?.source)).toEqual(whole.documents.map(({ source }) => source));
      });
    });

    describe("search", () => {
      const found = (text: string): string[] => store.listEntities({ text }, ALL).items.map((entity) => entity.name);
      beforeEach(() => tell(CALL, DENIAL));

      it.each([
        ["erdogan", "Recep Tayyip Erdoğan"],
        ["ERDOĞAN", "Recep Tayyip Erdoğan"],
        ["tayyip rec", "Recep Tayyip Erdoğan"],
        ["aliy", "Ilham Aliyev"],
        ["Əliyev", "Ilham Aliyev"],
        ["nagorno-k", "Nagorno-Karabakh"],
      ])("finds %s", (text, name) => {
        expect(found(text)).toEqual([name]);
      });

      it("puts the same name before names that begin alike, and those by connections", () => {
        const others = story({
          name: "others",
          sentences: ["Putina met Russia.", "Put Putin again.", "Put Putin again met Putina."],
          entities: { Putina: "person", Russia: { kind: "state", id: "state:RUS" }, "Put Putin again": "person" },
          claims: [
            ["Putina", "met-with", "Russia", "met"],
            ["Put Putin again", "met-with", "Putina", "met"],
          ],
        });
        tell(others);
        expect(found("putin")).toEqual(["Vladimir Putin", "Putina", "Put Putin again"]);
        expect(found("putina")[0]).toBe("Putina");
        const pages: string[] = [];
        for (let page = store.listEntities({ text: "put" }, { limit: 1 }); ; ) {
          pages.push(...page.items.map((entity) => entity.name));
          if (page.next === undefined) break;
          page = store.listEntities({ text: "put" }, { limit: 1, after: page.next });
        }
        expect(pages).toEqual(["Vladimir Putin", "Putina", "Put Putin again"]);
      });

      it("finds nothing for no words, whatever the signs", () => {
        for (const text of ["", "  ", '"', "*", '" OR "', "NEAR(", "-", "'; DROP TABLE entity; --x"]) expect(found(text)).toEqual([]);
      });

      it("lists all by connections, by kind too", () => {
        expect(store.listEntities({}, { limit: 1 }).items[0]?.id).toBe(PUTIN);
        expect(store.listEntities({ kinds: ["state"] }, ALL).items.map((entity) => entity.name)).toEqual(["Russia"]);
        expect(store.listEntities({ kinds: ["place"], text: "m" }, ALL).items.map((entity) => entity.name)).toEqual(["Moscow"]);
      });

      it("finds sentences by all their words and marks them", () => {
        const { items, total } = store.searchSentences("ERDOGAN spo", ALL);
        expect(total).toBe(2);
        for (const hit of items) {
          expect(hit.highlights.map(({ start, end }) => hit.text.slice(start, end)).sort()).toEqual(["Erdoğan", "spoke"]);
        }
        expect(store.searchSentences("erdogan moscow", ALL).total).toBe(0);
        store.remove(CALL.source.id);
        expect(store.searchSentences("erdogan", ALL).total).toBe(1);
      });
    });

    describe("judgements", () => {
      it("join what they say is the same, under the right one's id and name", () => {
        tell(CALL, VISIT);
        expect(store.survivor(LONE)).toBe(PUTIN);
        expect(store.entity(LONE)).toMatchObject({ id: PUTIN, name: "Vladimir Putin", aliases: ["Putin"], documents: 2 });
        expect(store.mergesOf(PUTIN)).toEqual([{ from: LONE, reason: "same surname and office", by: "rule" }]);
        expect(store.edge(`${LONE}~visited~state:TUR`)?.id).toBe(`${PUTIN}~visited~state:TUR`);
      });

      it("leave out a claim between two that became one", () => {
        tell(VISIT);
        expect([...store.edges()].map((edge) => edge.relation).sort()).toEqual(["thanked", "visited"]);
        expect(store.withdraw(PUTIN, LONE)).toBe(true);
        expect([...store.edges()].map((edge) => edge.relation).sort()).toEqual(["praised", "thanked", "visited"]);
      });

      it("are undone without a trace", () => {
        tell(CALL, DENIAL);
        const before = everything(store);
        const user = same("person:nikol-pashinian", "person:ilham-aliyev", "user", "for a test");
        store.judge(user);
        expect(store.survivor("person:nikol-pashinian" as EntityId)).toBe("person:ilham-aliyev");
        expect(store.entity("person:ilham-aliyev" as EntityId)?.aliases).toContain("Nikol Pashinian");
        store.judge(user);
        expect(store.withdraw(user.left, user.right)).toBe(true);
        expect(store.withdraw(user.left, user.right)).toBe(false);
        expect(everything(store)).toEqual(before);
      });

      it("of a user stand above those of a rule, in whatever order they come", () => {
        store.judge(different(PUTIN, LONE, "user"));
        tell(CALL, VISIT);
        expect(store.survivor(LONE)).toBe(LONE);
        tell(VISIT);
        expect(store.survivor(LONE)).toBe(LONE);
      });

      it("keep apart along chains", () => {
        tell(CALL, DENIAL);
        const [a, b, c] = ["person:ilham-aliyev", "person:nikol-pashinian", "person:recep-tayyip-erdogan"] as [string, string, string];
        store.judge(same(a, b, "user"));
        store.judge(different(a, c, "rule"));
        store.judge(same(b, c, "rule"));
        expect(store.survivor(a as EntityId)).toBe(b);
        expect(store.survivor(c as EntityId)).toBe(c);
      });

      it("that came with a document go with it", () => {
        tell(CALL, DENIAL);
        const other = story({
          name: "other",
          sentences: ["Ilham Aliyev is here."],
          entities: { "Ilham Aliyev": "person" },
          judgements: [same("person:nikol-pashinian", "person:ilham-aliyev")],
        });
        const before = everything(store);
        tell(other);
        expect(store.survivor("person:nikol-pashinian" as EntityId)).toBe("person:ilham-aliyev");
        store.remove(other.source.id);
        expect(everything(store)).toEqual(before);
      });
    });

    it("derives the same from the record alone", () => {
      tell(CALL, VISIT, DENIAL);
      store.judge(same("person:nikol-pashinian", "person:ilham-aliyev", "user"));
      store.remove(CALL.source.id);
      tell(CALL);
      const before = everything(store);
      store.rebuild();
      expect(everything(store)).toEqual(before);
    });

    it("gives the same graph in whatever order documents come", () => {
      tell(CALL, DENIAL, VISIT);
      const { entities, edges } = everything(store) as { entities: unknown; edges: unknown };
      for (const told of [CALL, DENIAL, VISIT]) store.remove(told.source.id);
      tell(VISIT, CALL, DENIAL);
      expect(everything(store)).toMatchObject({ entities, edges });
    });

    it("has snapshots that do not change, and do not stop writers", () => {
      tell(CALL);
      const snapshot = store.snapshot();
      const walk = snapshot.edges();
      const first = walk.next();
      tell(DENIAL);
      expect([first.value, ...walk]).toHaveLength(3);
      expect(snapshot.stats().documents).toBe(1);
      expect(store.stats().documents).toBe(2);
      snapshot.close();
    });
  });
}
