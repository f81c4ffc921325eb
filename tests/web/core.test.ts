/** The viewer's core without a browser: what a scene shows, how a link holds it, where nodes go, how text is cut and found. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntitySummary, GraphAnswer, OntologyAnswer } from "../../src/model/api.ts";
import { ENTITY_KINDS, type EntityId, type EventDate, MODALITIES, POLARITIES } from "../../src/model/graph.ts";
import type { DocumentId } from "../../src/model/text.ts";
import { claimDays, countInWindow, type DayRange } from "../../web/src/graph/claim-days.ts";
import { columnsOf } from "../../web/src/graph/columns.ts";
import { placesOnCircle } from "../../web/src/layout/circle.ts";
import { type LayoutInput, settle } from "../../web/src/layout/settle.ts";
import { contrast, readable } from "../../web/src/look/color.ts";
import {
  ARRANGEMENTS,
  changeScene,
  COLORINGS,
  FULL_SCENE,
  hideEntity,
  INITIAL,
  redo,
  type Scene,
  select,
  SIZINGS,
  STANDINGS,
  setWindow,
  type State,
  undo,
} from "../../web/src/state/state.ts";
import { differenceOf } from "../../web/src/state/compare.ts";
import { agreementOf } from "../../web/src/state/dossier.ts";
import { keepAnalysis } from "../../web/src/state/analysis.ts";
import { suggest } from "../../web/src/state/search.ts";
import { pack, unpack } from "../../web/src/state/packed.ts";
import { readLink, writeLink } from "../../web/src/state/url.ts";
import { indexOf, passingOf, shortestPath, visibleOf } from "../../web/src/state/visible.ts";
import { binsOf } from "../../web/src/text/bins.ts";
import { dateText, dayNumber, dayOf } from "../../web/src/text/dates.ts";
import { fold } from "../../src/model/letters.ts";
import { match } from "../../web/src/text/match.ts";
import { pieces } from "../../web/src/text/marks.ts";

const id = (text: string) => text as EntityId;
const on = (day: string): EventDate => ({ start: day, end: day, precision: "day", basis: "explicit" });

const KINDS = { ana: "person", bo: "person", nord: "state", sund: "state", pact: "agreement", bay: "place" } as const;
const nodes: EntitySummary[] = Object.entries(KINDS).map(([name, kind]) => ({
  id: id(`${kind}:${name}`),
  kind,
  name,
  aliases: [],
  degree: 1,
  mentions: 1,
  documents: 1,
}));
const [ANA, BO, NORD, SUND, PACT, BAY] = nodes.map((node) => node.id) as [EntityId, EntityId, EntityId, EntityId, EntityId, EntityId];

type GraphClaim = GraphAnswer["edges"][number]["claims"][number];
function edge(subject: EntityId, relation: string, object: EntityId, ...claims: Partial<GraphClaim>[]): GraphAnswer["edges"][number] {
  return {
    id: `${subject}~${relation}~${object}`,
    subject,
    relation,
    object,
    reports: claims.length,
    events: 1,
    documents: 1,
    affirmed: 1,
    happened: 1,
    confidence: 0.9,
    claims: claims.map((claim) => ({ polarity: "affirmed", modality: "happened", confidence: 0.9, document: 0, ...claim })),
  };
}
const MET = edge(ANA, "met-with", BO, { date: on("2021-01-11") }, { date: on("2021-02-01"), polarity: "negated" });
const LEADS = edge(ANA, "leads", NORD, {});
const SIGNED = edge(NORD, "signed", PACT, {
  date: { start: "2020-11-01", end: "2020-11-30", precision: "month", basis: "explicit" },
  modality: "planned",
});
const ALSO = edge(SUND, "signed", PACT, { date: on("2020-11-10"), confidence: 0.4 });
const graph: GraphAnswer = { nodes, edges: [MET, LEADS, SIGNED, ALSO], documents: [] };
const shown = (scene: Partial<Scene>) => visibleOf(graph, { ...FULL_SCENE, ...scene });
const ids = (set: Iterable<string>) => [...set].sort();

describe("what a scene shows", () => {
  it("is everything at first, also what has no edge", () => {
    expect(shown({}).nodes.size).toBe(6);
    expect(shown({}).edges.size).toBe(4);
    expect(shown({}).undated).toBe(1);
  });

  it("keeps undated claims in a time window until they are switched off", () => {
    const window = { from: "2021-01-01", to: "2021-01-31" };
    expect(ids(shown({ window }).edges.keys())).toEqual(ids([MET.id, LEADS.id]));
    expect(shown({ window }).facets.undated).toBe(1);
    expect(ids(shown({ window, undated: false }).edges.keys())).toEqual([MET.id]);
    expect(shown({ window, undated: false }).facets.undated).toBe(1);
  });

  it("counts a month for every day in it", () => {
    expect(shown({ window: { from: "2020-11-30", to: "2020-12-31" }, undated: false }).edges.has(SIGNED.id)).toBe(true);
    expect(shown({ window: { from: "2020-12-01", to: "2020-12-31" }, undated: false }).edges.has(SIGNED.id)).toBe(false);
  });

  it("draws an edge by the surest of its shown claims", () => {
    expect(shown({}).edges.get(MET.id)?.standing).toBe("happened");
    expect(shown({ window: { from: "2021-01-20", to: "2021-12-31" } }).edges.get(MET.id)?.standing).toBe("negated");
    expect(shown({}).edges.get(SIGNED.id)?.standing).toBe("planned");
  });

  it("drops an entity with its last edge, and one without edges once claims are filtered", () => {
    expect(shown({ hiddenRelations: new Set(["leads"]) }).nodes.has(BAY)).toBe(false);
    expect(ids(shown({ hiddenKinds: new Set(["agreement"]) }).nodes)).toEqual(ids([ANA, BO, NORD, BAY]));
    expect(shown({ minConfidence: 0.5 }).nodes.has(SUND)).toBe(false);
  });

  it("counts each filter as if only the others were set", () => {
    const { facets } = shown({ hiddenKinds: new Set(["person"]), hiddenStandings: new Set(["planned"]) });
    expect(facets.kinds.get("person")).toBe(2);
    expect(facets.standings.get("planned")).toBe(1);
  });

  it("leaves out what an outlet says, and counts each outlet as if the others were set", () => {
    const twice = edge(ANA, "met-with", SUND, { document: 0 }, { document: 1 });
    const told: GraphAnswer = {
      nodes,
      edges: [MET, twice],
      documents: [{ id: "d0" as DocumentId, source: "Coast Wire" }, { id: "d1" as DocumentId }],
    };
    const scene = { ...FULL_SCENE, hiddenOutlets: new Set(["Coast Wire"]) };
    expect(visibleOf(told, scene).edges.get(twice.id)?.reports).toBe(1);
    expect(visibleOf(told, scene).edges.has(MET.id)).toBe(false);
    expect(visibleOf(told, scene).facets.outlets).toEqual(
      new Map([
        ["Coast Wire", 3],
        ["", 1],
      ]),
    );
    expect(visibleOf(told, scene).documents).toBe(1);
  });

  it("leaves out entities with fewer relations than asked for", () => {
    const connected = { ...graph, nodes: nodes.map((node) => (node.id === ANA || node.id === BO ? { ...node, degree: 3 } : node)) };
    expect(ids(visibleOf(connected, { ...FULL_SCENE, minDegree: 2 }).nodes)).toEqual(ids([ANA, BO]));
  });

  it("leaves out a community once communities are known", () => {
    const known = { ...graph };
    const scene = { ...FULL_SCENE, hiddenCommunities: new Set<string>([SUND]) };
    expect(visibleOf(known, scene).nodes.size).toBe(6);
    const communities = new Map(nodes.map(({ id }) => [id as string, id === SUND || id === PACT ? (SUND as string) : (ANA as string)]));
    keepAnalysis(known, { communities, betweenness: new Map(), pagerank: new Map(), modularity: 0 });
    expect(ids(visibleOf(known, scene).nodes)).toEqual(ids([ANA, BO, NORD, BAY]));
    expect(visibleOf(known, scene).facets.communities.get(SUND)).toBe(2);
  });

  it("is a neighbourhood when one entity is in focus", () => {
    expect(ids(shown({ focus: ANA }).nodes)).toEqual(ids([ANA, BO, NORD]));
  });

  it("grows by an entity's neighbours, the most reported first, when it is expanded", () => {
    const alone = { isolated: new Set([ANA]) };
    expect(ids(shown(alone).nodes)).toEqual([ANA]);
    expect(ids(shown({ ...alone, expanded: new Map([[ANA, 1]]) }).nodes)).toEqual(ids([ANA, BO]));
    expect(ids(shown({ ...alone, expanded: new Map([[ANA, 25]]) }).nodes)).toEqual(ids([ANA, BO, NORD]));
    expect(shown({ ...alone, expanded: new Map([[ANA, 25]]), hiddenEntities: new Set([NORD]) }).nodes.has(NORD)).toBe(false);
  });

  it("folds into a collapsed entity the neighbours that nothing else holds", () => {
    const folded = shown({ collapsed: new Set([PACT]) });
    expect(ids(folded.nodes)).toEqual(ids([ANA, BO, NORD, PACT, BAY]));
    expect([...folded.folded.values()]).toEqual([1]);
  });
});

describe("the days of claims", () => {
  it("count in any window as the filters do, edge by edge and pair by pair", () => {
    const claim = fc.option(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 40 })), { nil: undefined });
    const lists = fc.array(fc.array(claim, { maxLength: 9 }), { minLength: 1, maxLength: 4 });
    const dateOf = (given: [number, number] | undefined) =>
      given ? { date: { ...on(dayOf(18_000 + given[0])), end: dayOf(18_000 + given[0] + given[1]) } } : {};
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: -9, max: 420 }),
        fc.nat(200),
        fc.boolean(),
        fc.constantFrom(undefined, "r0", "r1"),
        (said, from, length, undated, hidden) => {
          const edges = said.map((claims, i) =>
            edge(i % 2 === 0 ? ANA : BO, `r${i}`, i % 2 === 0 ? BO : ANA, ...claims.map((each) => dateOf(each))),
          );
          const made: GraphAnswer = { ...graph, edges };
          const scene = { ...FULL_SCENE, undated, window: { from: dayOf(18_000 + from), to: dayOf(18_000 + from + length) } };
          const columns = columnsOf(made);
          // Made anew, or from where the days lay while a relation was hidden.
          const passing = passingOf(made, { ...scene, hiddenRelations: new Set(hidden === undefined ? [] : [hidden]) });
          const before = hidden === undefined ? undefined : { days: claimDays(columns, passing), passing };
          const { days, ofEdge, ofPair } = claimDays(columns, passingOf(made, scene), before);
          const shown = visibleOf(made, scene);
          const count = (range: DayRange) => countInWindow(days, range, 18_000 + from, 18_000 + from + length, undated);
          edges.forEach((each, row) => expect(count(ofEdge(row))).toBe(shown.edges.get(each.id)?.reports ?? 0));
          expect(count(ofPair(0))).toBe(shown.claims);
        },
      ),
    );
  });
});

describe("the circle", () => {
  it("holds every entity once, each kind's side by side", () => {
    const places = placesOnCircle(nodes);
    const around = nodes.toSorted((a, b) => turn(a.id) - turn(b.id)).map((node) => node.kind);
    expect(around.filter((kind, i) => kind !== around[i - 1])).toHaveLength(new Set(around).size);
    function turn(of: string): number {
      const { x, y } = places.get(of) ?? expect.fail("not placed");
      return (Math.PI * 2.5 - Math.atan2(y, x) + 1e-9) % (2 * Math.PI);
    }
  });
});

describe("a comparison", () => {
  it("tells what is new, gone and as before, undated reports apart", () => {
    const told: GraphAnswer = { nodes, edges: [MET, LEADS, SIGNED, ALSO], documents: [] };
    const comparison = {
      by: "period",
      left: { from: "2020-11-01", to: "2020-12-31" },
      right: { from: "2021-01-01", to: "2021-12-31" },
      shown: "difference",
    } as const;
    const { byEdge } = differenceOf(told, FULL_SCENE, comparison);
    expect(byEdge.get(MET.id)).toMatchObject({ left: 0, right: 2, change: "new" });
    expect(byEdge.get(ALSO.id)).toMatchObject({ left: 1, right: 0, change: "gone" });
    expect(byEdge.has(LEADS.id)).toBe(false);
    const same = differenceOf(told, FULL_SCENE, { ...comparison, right: comparison.left }).edges.map(({ change }) => change);
    expect(new Set(same)).toEqual(new Set(["same"]));
  });
});

describe("an agreement", () => {
  it("has parties and steps in time, of what is said to have happened", () => {
    const agreement = agreementOf(indexOf(graph), PACT);
    expect(agreement.parties).toEqual([NORD, SUND]);
    // NORD's signing is planned only.
    expect(agreement.steps.map(({ by, status, date }) => [by, status, date?.start])).toEqual([[SUND, "signed", "2020-11-10"]]);
    expect(agreement.status).toBe("signed");
  });
});

describe("paths", () => {
  it("are shortest over what is shown, and none where there is none", () => {
    const index = indexOf(graph);
    expect(shortestPath(index, shown({}), BO, SUND)?.map((step) => step.id)).toEqual([MET.id, LEADS.id, SIGNED.id, ALSO.id]);
    expect(shortestPath(index, shown({ hiddenRelations: new Set(["leads"]) }), BO, SUND)).toBeUndefined();
    expect(shortestPath(index, shown({}), BO, BAY)).toBeUndefined();
    expect(shortestPath(index, shown({}), BO, BO)).toEqual([]);
  });
});

describe("state", () => {
  it("undoes and redoes what changes the scene, not what is selected", () => {
    const narrowed = setWindow({ from: "2021-01-01", to: "2021-01-31" })(INITIAL);
    const hidden = hideEntity(ANA)(narrowed);
    expect(undo(hidden).scene).toEqual(narrowed.scene);
    expect(redo(undo(hidden)).scene).toEqual(hidden.scene);
    expect(undo(undo(undo(hidden))).scene).toEqual(FULL_SCENE);
    expect(select({ type: "entity", id: ANA })(hidden).past).toBe(hidden.past);
  });

  it("takes a slider's whole way as one step", () => {
    let state: State = INITIAL;
    for (const day of ["2021-01-01", "2021-01-02", "2021-01-03"])
      state = setWindow({ from: day, to: "2021-02-01" }, state !== INITIAL)(state);
    expect(undo(state).scene.window).toBeUndefined();
  });

  it("changes nothing when an update changes nothing", () => {
    expect(changeScene((scene) => scene)(INITIAL)).toBe(INITIAL);
  });
});

const subsetOf = <T>(items: readonly T[]) => fc.subarray([...items]).map((some) => new Set(some));
const day = fc.integer({ min: -20_000, max: 30_000 }).map(dayOf);
const entityId = fc
  .tuple(fc.constantFrom(...ENTITY_KINDS), fc.stringMatching(/^[a-z0-9-]{1,12}$/u))
  .map(([kind, slug]) => id(`${kind}:${slug}`));
const someEntities = fc.array(entityId, { maxLength: 3 }).map((list) => new Set(list));
const scenes: fc.Arbitrary<Scene> = fc
  .record({
    hiddenKinds: subsetOf(ENTITY_KINDS),
    hiddenRelations: subsetOf(["met-with", "signed", "leads"]),
    hiddenStandings: subsetOf(STANDINGS),
    undated: fc.boolean(),
    minConfidence: fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
    hiddenOutlets: fc.array(fc.string(), { maxLength: 3 }).map((list) => new Set(list)),
    hiddenCommunities: fc.array(entityId, { maxLength: 3 }).map((list) => new Set<string>(list)),
    minDegree: fc.nat(50),
    hiddenEntities: someEntities,
    pinned: fc
      .array(fc.tuple(entityId, fc.record({ x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) })), {
        maxLength: 3,
      })
      .map((list) => new Map(list)),
    expanded: fc.array(fc.tuple(entityId, fc.integer({ min: 1, max: 500 })), { maxLength: 3 }).map((list) => new Map(list)),
    collapsed: someEntities,
    marked: someEntities,
    arrangement: fc.constantFrom(...ARRANGEMENTS),
    days: fc.option(fc.tuple(day, day)),
    focus: fc.option(entityId),
    isolated: fc.option(someEntities),
  })
  .map(({ days, focus, isolated, ...rest }) => ({
    ...rest,
    ...(isolated && isolated.size > 0 ? { isolated } : {}),
    ...(days ? { window: { from: days.toSorted()[0] as string, to: days.toSorted()[1] as string } } : {}),
    ...(focus ? { focus } : {}),
  }));
const selections = fc.oneof(
  fc.constant({ type: "none" } as const),
  entityId.map((each) => ({ type: "entity", id: each }) as const),
  fc.tuple(entityId, entityId).map(([a, b]) => ({ type: "edge", id: `${a}~met-with~${b}` }) as const),
  fc.record({
    type: fc.constant("document" as const),
    id: fc.stringMatching(/^[0-9a-f]{64}$/u),
    claim: fc.stringMatching(/^[0-9a-f]{8}$/u),
  }),
  fc.uniqueArray(entityId, { minLength: 1, maxLength: 4 }).map((stops) => ({ type: "path", stops }) as const),
  fc.record({ type: fc.constant("query" as const), statement: fc.string() }),
  fc.constantFrom({ type: "comparison" } as const, { type: "analysis" } as const),
);

const appearances = fc.record({ coloring: fc.constantFrom(...COLORINGS), sizing: fc.constantFrom(...SIZINGS) });
const period = fc.tuple(day, day).map((days) => ({ from: days.toSorted()[0] as string, to: days.toSorted()[1] as string }));
const ways = fc.constantFrom("difference" as const, "sides" as const);
const comparisons = fc.option(
  fc.oneof(
    fc.record({ by: fc.constant("period" as const), left: period, right: period, shown: ways }),
    fc.record({ by: fc.constant("outlet" as const), left: fc.string(), right: fc.string(), shown: ways }),
  ),
  { nil: undefined },
);
const views = fc.constantFrom("graph" as const, "table" as const);

describe("links", () => {
  it("hold the view", () => {
    fc.assert(
      fc.property(scenes, selections, appearances, comparisons, views, (scene, selection, appearance, comparison, view) => {
        const state = { scene, selection, appearance, comparison, view };
        expect(readLink(writeLink(state, undefined))).toEqual(state);
      }),
    );
  });

  it("hold the place of every node, and are packed and unpacked without loss", async () => {
    const state = { scene: FULL_SCENE, selection: { type: "none" }, view: "graph" } as const;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(entityId, fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }) }), {
          maxKeys: 40,
        }),
        async (places) => {
          const link = writeLink(state, undefined, [], new Map(Object.entries(places)));
          const packed = await pack(link);
          expect(packed).toMatch(/^[\w-]*$/u);
          expect(await unpack(packed)).toBe(link);
          expect(Object.fromEntries(readLink(link).places ?? [])).toEqual({ ...places });
        },
      ),
      { numRuns: 30 },
    );
    expect(await unpack("not packed")).toBeUndefined();
  });

  it("are empty for the first view and take no harm from what they do not know", () => {
    expect(writeLink({ scene: FULL_SCENE, selection: { type: "none" }, view: "graph" }, { x: 0.5, y: 0.5, ratio: 1 })).toBe("");
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        expect(readLink(`?${query}`).scene.undated).toBeTypeOf("boolean");
      }),
    );
    expect(readLink("?hide=person,dragon&from=yesterday&to=2021-01-01&camera=1,2&confidence=7").scene).toEqual({
      ...FULL_SCENE,
      hiddenKinds: new Set(["person"]),
    });
  });
});

const layouts: fc.Arbitrary<LayoutInput> = fc.integer({ min: 1, max: 24 }).chain((count) =>
  fc.record({
    nodes: fc.constant(
      Array.from({ length: count }, (_, i) => ({ id: `person:p${i}`, radius: 10 + (i % 3) * 4, label: 40 + ((i * 37) % 90) })),
    ),
    links: fc
      .uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), {
        maxLength: 30,
        selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
      })
      .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([source, target]) => ({ source, target, weight: 1 }))),
  }),
);
const last = (input: LayoutInput) => [...settle(input)].at(-1) as Float32Array;

describe("the layout", () => {
  it("is the same for the same graph, finite, and lets no two discs overlap", () => {
    fc.assert(
      fc.property(layouts, (input) => {
        const places = last(input);
        expect(last(input)).toEqual(places);
        for (const value of places) expect(Number.isFinite(value)).toBe(true);
        input.nodes.forEach((a, i) => {
          input.nodes.slice(i + 1).forEach((b, offset) => {
            const j = i + 1 + offset;
            const distance = Math.hypot(
              (places[2 * i] as number) - (places[2 * j] as number),
              (places[2 * i + 1] as number) - (places[2 * j + 1] as number),
            );
            expect(distance).toBeGreaterThan((a.radius + b.radius) * 0.9);
          });
        });
      }),
      { numRuns: 25 },
    );
  });

  it("leaves a pinned node where it is", () => {
    const nodes = ["a", "b", "c"].map((name) => ({ id: name, radius: 12, label: 50, at: { x: 10, y: 20 }, pinned: name === "b" }));
    const places = last({
      nodes,
      links: [
        { source: 0, target: 1, weight: 1 },
        { source: 1, target: 2, weight: 1 },
      ],
    });
    expect([places[2], places[3]]).toEqual([10, 20]);
  });

  it("moves little when the graph it knows grows by one", () => {
    const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
    const ring = names.map((_, i) => ({ source: i, target: (i + 1) % names.length, weight: 1 }));
    const fresh = names.map((name) => ({ id: name, radius: 12, label: 40 }));
    const before = last({ nodes: fresh, links: ring });
    const warm = fresh.map((node, i) => ({ ...node, at: { x: before[2 * i] as number, y: before[2 * i + 1] as number } }));
    const after = last({ nodes: [...warm, { id: "new", radius: 12, label: 40 }], links: [...ring, { source: 0, target: 12, weight: 1 }] });
    const moves = names.map((_, i) =>
      Math.hypot((after[2 * i] as number) - (before[2 * i] as number), (after[2 * i + 1] as number) - (before[2 * i + 1] as number)),
    );
    const size = Math.max(...before) - Math.min(...before);
    expect(moves.reduce((sum, move) => sum + move, 0) / moves.length).toBeLessThan(size / 20);
  });

  it("of a large graph moves only what new entities push aside, never what is pinned", () => {
    const was = Array.from({ length: 2000 }, (_, i) => ({
      id: `n${i}`,
      radius: 5,
      label: 40,
      at: { x: (i % 50) * 40, y: Math.floor(i / 50) * 40 },
      pinned: i === 7,
    }));
    const ring = was.map((_, i) => ({ source: i, target: (i + 1) % was.length, weight: 1 }));
    // The last one hangs on another new one.
    const nodes = [...was, ...["new", "next"].map((id) => ({ id, radius: 5, label: 40 }))];
    const links = [...ring, { source: 7, target: 2000, weight: 1 }, { source: 2000, target: 2001, weight: 1 }];
    const after = last({ nodes, links });
    const moved = was.filter(({ at }, i) => after[2 * i] !== at.x || after[2 * i + 1] !== at.y).map(({ id }) => id);
    expect(moved.length).toBeLessThan(10);
    expect(moved).not.toContain("n7");
    const [x, y] = [after[4002] as number, after[4003] as number];
    expect(Math.hypot(x - 280, y)).toBeLessThan(400);
    expect(last({ nodes, links })).toEqual(after);
  });
});

describe("marks", () => {
  it("cut a text into pieces that are the text again, each with what covers it", () => {
    const span = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 8 }), (range, spans) => {
        const cut = pieces(range, spans);
        expect(cut.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i))).toEqual(
          Array.from({ length: range.end - range.start }, (_, i) => range.start + i),
        );
        for (const { start, end, covers } of cut) {
          for (let at = start; at < end; at++) expect(covers.length).toBe(spans.filter((each) => each.start <= at && at < each.end).length);
        }
      }),
    );
  });
});

describe("search", () => {
  const ontology: OntologyAnswer = { kinds: [], families: [], relations: [] };
  const data = {
    graph: {
      nodes: [...nodes, { ...(nodes[0] as EntitySummary), id: id("person:e"), name: "Recep Tayyip Erdoğan", aliases: ["Erdoğan"] }],
      edges: [MET],
      documents: [],
    },
    ontology,
    documents: [],
    stats: {} as never,
  };

  it.each([
    ["erdogan", "Recep Tayyip Erdoğan"],
    ["ERDOĞAN", "Recep Tayyip Erdoğan"],
    ["tayyip rec", "Recep Tayyip Erdoğan"],
    ["erdogna", "Recep Tayyip Erdoğan"],
    ["met bo", "ana met with bo"],
    ["table", "Show the table"],
  ])("finds by %s", (query, expected) => {
    expect(suggest(data, query)[0]?.text).toBe(expected);
  });

  it("finds nothing by what is nowhere", () => {
    expect(suggest(data, "zzzz")).toEqual([]);
  });

  it.each([
    ["Nikol Pashinian", "pashin", true],
    ["Nikol Pashinian", "pashinyan", true],
    ["Łódź", "lodz", true],
    ["Ilham Əliyev", "eliyev", true],
    ["Paris", "pxrys", false],
  ])("%s by %s: %s", (text, query, found) => {
    expect(match(fold(query), fold(text)) > 0).toBe(found);
  });
});

describe("time", () => {
  it("counts every claim once, over bars that cover it", () => {
    const dates = fc
      .tuple(day, fc.nat(400))
      .map(([start, length]): EventDate => ({ start, end: dayOf(dayNumber(start) + length), precision: "day", basis: "explicit" }));
    fc.assert(
      fc.property(fc.array(dates, { minLength: 1, maxLength: 12 }), (list) => {
        const extent = {
          from: list.map((date) => date.start).toSorted()[0] as string,
          to: list
            .map((date) => date.end)
            .toSorted()
            .at(-1) as string,
        };
        const claims = {
          start: Int32Array.from(list, (date) => dayNumber(date.start)),
          end: Int32Array.from(list, (date) => dayNumber(date.end)),
          family: new Uint8Array(list.length),
        };
        const bins = binsOf(claims, [{ family: "talks", label: "Talks", color: "#000" }], extent);
        expect(bins.reduce((sum, bin) => sum + bin.total, 0)).toBeCloseTo(list.length, 5);
        expect((bins[0]?.from ?? "") <= extent.from && (bins.at(-1)?.to ?? "") >= extent.to).toBe(true);
        bins.slice(1).forEach((bin, i) => expect(dayNumber(bin.from)).toBe(dayNumber(bins[i]?.to ?? "") + 1));
      }),
    );
  });

  it.each([
    [{ start: "2021-01-13", end: "2021-01-13", precision: "day" }, "13 January 2021"],
    [{ start: "2021-01-11", end: "2021-01-13", precision: "day" }, "11 January 2021 – 13 January 2021"],
    [{ start: "2020-11-01", end: "2020-11-30", precision: "month" }, "November 2020"],
    [{ start: "2010-01-01", end: "2010-12-31", precision: "year" }, "2010"],
  ] as const)("%j reads %s", (date, text) => {
    expect(dateText({ ...date, basis: "explicit" })).toBe(text);
  });
});

describe("colours", () => {
  it("are readable on their ground, and untouched where they are already", () => {
    const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
    fc.assert(
      fc.property(color, fc.constantFrom("#fbfaf7", "#14171d"), fc.constantFrom(3, 4.5), (given, ground, least) => {
        expect(contrast(readable(given, ground, least), ground)).toBeGreaterThanOrEqual(least);
        if (contrast(given, ground) >= least) expect(readable(given, ground, least)).toBe(given);
      }),
    );
  });
});

describe("standings", () => {
  it("cover every polarity and modality", () => {
    const all = POLARITIES.flatMap((polarity) => MODALITIES.map((modality) => edge(ANA, "met-with", BO, { polarity, modality })));
    for (const each of all)
      expect(STANDINGS).toContain(visibleOf({ nodes, edges: [each], documents: [] }, FULL_SCENE).edges.get(each.id)?.standing);
  });
});
