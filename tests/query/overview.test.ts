/** What the viewer starts with: the strongest part of a graph, its layout, and what expanding adds. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EntityId } from "../../src/model/graph.ts";
import { layOut } from "../../src/query/layout.ts";
import { expansion, overview, overviewLayout } from "../../src/query/overview.ts";
import { openSnapshot } from "../../src/store/sqlite.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { ontologyOf } from "../../src/server/routes.ts";
import { claimDays, type DayRange } from "../../web/src/graph/claim-days.ts";
import { columnsOf } from "../../web/src/graph/columns.ts";
import { createDrawing, growDrawing } from "../../web/src/graph/graph.ts";
import { growGraph, loadGraph } from "../../web/src/graph/loaded.ts";
import { FULL_SCENE } from "../../web/src/state/state.ts";
import { passingOf, visibleOf } from "../../web/src/state/visible.ts";
import { fillLarge } from "../bench/large-graph.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const SMALL = { nodes: 100, pairs: 150 };
let folder: string;
let view: Snapshot;

beforeAll(() => {
  folder = makeFolder();
  fillLarge(`${folder}/large.db`, { nodes: 400, edges: 1200 });
  view = openSnapshot(`${folder}/large.db`);
});
afterAll(() => {
  view?.close();
  removeFolder(folder);
});

describe("the overview", () => {
  it("holds the best connected entities and the most reported pairs among them", () => {
    const part = overview(view, SMALL);
    const whole = view.strongest({}, SMALL.nodes);
    expect(part.nodes).toEqual(whole.nodes);
    expect(part.total.nodes).toBe(400);
    const graph = loadGraph(part);
    const { pairs } = columnsOf(graph);
    expect(pairs.size).toBe(SMALL.pairs);
    const reports = (edges: typeof whole.edges) => edges.reduce((sum, edge) => sum + edge.reports, 0);
    const ofPair = new Map<string, number>();
    for (const edge of whole.edges) {
      const key = [edge.subject, edge.object].toSorted().join();
      ofPair.set(key, (ofPair.get(key) ?? 0) + edge.reports);
    }
    const best = [...ofPair.values()].toSorted((a, b) => b - a).slice(0, SMALL.pairs);
    expect(reports(graph.edges)).toBe(best.reduce((sum, each) => sum + each, 0));
  });

  it("grows by an entity's neighbours, with every edge to what is there", () => {
    const graph = loadGraph(overview(view, { nodes: 100, pairs: 100_000 }));
    const center = graph.nodes[40]?.id as EntityId;
    const answer = expansion(view, center, 10, { nodes: 100, others: [] });
    const grown = growGraph(graph, center, answer);
    const ids = new Set(grown.nodes.map((node) => node.id));
    const all = view.between(
      answer.nodes.map((node) => node.id),
      [...ids],
    ).edges;
    for (const edge of all) expect(columnsOf(grown).edgeRow.has(edge.id)).toBe(true);
    expect(grown.edges.length).toBe(new Set(grown.edges.map((edge) => edge.id)).size);
    expect(visibleOf(grown, FULL_SCENE).nodes.size).toBe(100);
    const opened = visibleOf(grown, { ...FULL_SCENE, expanded: new Map([[center, 10]]) });
    expect([...opened.nodes].toSorted()).toEqual([...ids].toSorted());
    const added = grown.edges.find((edge) => !graph.edges.some((each) => each.id === edge.id));
    expect(added?.claims).toEqual(
      all.find((edge) => edge.id === added?.id)?.claims.map((claim) => ({ ...claim, document: expect.any(Number) })),
    );
  });

  it("is drawn, once grown, as it would be drawn anew, what was there untouched", () => {
    const ontology = ontologyOf(loadKnowledge());
    const graph = loadGraph(overview(view, { nodes: 200, pairs: 100_000 }));
    const center = graph.nodes[40]?.id as EntityId;
    const grown = growGraph(graph, center, expansion(view, center, 10, { nodes: 200, others: [] }));
    const opened = { ...FULL_SCENE, expanded: new Map([[center, 10]]) };
    const drawing = createDrawing(graph, ontology);
    const [passing, more] = [passingOf(graph, FULL_SCENE), passingOf(grown, opened)];
    const days = claimDays(columnsOf(graph), passing);
    const keys = drawing.graph.edges();
    const next = growDrawing(grown, ontology, drawing) ?? expect.fail("it does not grow");
    next.add();
    const anew = createDrawing(grown, ontology).graph;
    expect(next.drawing.graph).toBe(drawing.graph);
    expect(drawing.graph.edges().slice(0, keys.length)).toEqual(keys);
    const edges = (of: typeof anew) =>
      of.mapEdges((key, { lane, arrow }, from, to) => ({ key, lane, arrow, from, to })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(edges(drawing.graph)).toEqual(edges(anew));
    expect(drawing.graph.nodes()).toEqual(anew.nodes());
    // Days: those of pairs that were there stay, and each range holds what it would hold anew.
    const columns = columnsOf(grown);
    const moved = claimDays(columns, more, { days, passing });
    const fresh = claimDays(columns, more);
    const held = ({ days }: typeof fresh, { offset, dated, undated }: DayRange) => [
      Array.from(days.subarray(2 * offset, 2 * (offset + dated))),
      undated,
    ];
    const ranges = (of: typeof fresh) => [
      Array.from(columns.pairs.one, (_, pair) => held(of, of.ofPair(pair))),
      columns.edges.map((_, edge) => held(of, of.ofEdge(edge))),
    ];
    expect(ranges(moved)).toEqual(ranges(fresh));
    expect(Math.min(...(moved.moved ?? []))).toBe(columnsOf(graph).pairs.size);
  });

  it("is laid out the same way again, entity by entity", () => {
    const layout = overviewLayout(view, SMALL);
    expect(layout.x).toHaveLength(100);
    expect(overviewLayout(view, SMALL)).toEqual(layout);
  });
});

describe("the layout from where entities are already", () => {
  it("keeps what is pinned, hardly moves what was there, puts the new beside its neighbours, and does so the same way again", () => {
    const part = overview(view, SMALL);
    const cold = overviewLayout(view, SMALL);
    const ids = part.nodes.map(({ id }) => id as string);
    const linked = ids.map((_, row) => row).filter((row) => part.edges.subject.includes(row) || part.edges.object.includes(row));
    const fresh = new Set(linked.filter((_, place) => place % 10 === 3));
    const there = ids.map((_, row) => row).filter((row) => !fresh.has(row));
    const pinned = [0, 7, 20];
    const before = {
      ids: [...there.map((row) => ids[row] as string), "state:nowhere"],
      x: [...there.map((row) => cold.x[row] as number), 5],
      y: [...there.map((row) => cold.y[row] as number), 5],
      pinned,
    };
    const warm = overviewLayout(view, SMALL, before);
    expect(overviewLayout(view, SMALL, before)).toEqual(warm);
    expect(overviewLayout(view, SMALL)).toEqual(cold);
    const moved = (row: number) =>
      Math.hypot((warm.x[row] as number) - (cold.x[row] as number), (warm.y[row] as number) - (cold.y[row] as number));
    for (const place of pinned) expect(moved(there[place] as number)).toBe(0);
    const far = there.map(moved).toSorted((a, b) => b - a);
    expect(far[0]).toBeLessThan(60);
    expect(far[Math.floor(far.length / 2)]).toBeLessThan(15);
    for (const row of fresh) {
      const neighbors = ids.flatMap((_, other) =>
        part.edges.subject.some((from, edge) => {
          const to = part.edges.object[edge];
          return (from === row && to === other) || (from === other && to === row);
        })
          ? [other]
          : [],
      );
      const known = neighbors.filter((other) => !fresh.has(other));
      if (known.length === 0) continue;
      const mean = (axis: "x" | "y") => known.reduce((sum, other) => sum + (cold[axis][other] as number), 0) / known.length;
      expect(Math.hypot((warm.x[row] as number) - mean("x"), (warm.y[row] as number) - mean("y"))).toBeLessThan(250);
    }
  });

  it("lays out anew around what is pinned where little else is known", () => {
    const ids = overview(view, SMALL).nodes.map(({ id }) => id as string);
    const pinnedAt = { ids: [ids[3] as string], x: [111], y: [-222], pinned: [0] };
    const layout = overviewLayout(view, SMALL, pinnedAt);
    expect([layout.x[3], layout.y[3]]).toEqual([111, -222]);
    expect(new Set(layout.x.map((x, row) => `${x} ${layout.y[row]}`)).size).toBe(ids.length);
  });
});

describe("the layout of large graphs", () => {
  it("gives every node a place of its own, whatever the links", () => {
    const links = fc.array(fc.record({ source: fc.nat(59), target: fc.nat(59), weight: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(links, (list) => {
        const places = layOut(
          Array.from({ length: 60 }, (_, i) => `n${i}`),
          list.filter(({ source, target }) => source !== target),
        );
        const spots = new Set(Array.from({ length: 60 }, (_, i) => `${places[2 * i]?.toFixed(2)} ${places[2 * i + 1]?.toFixed(2)}`));
        expect(places.every(Number.isFinite)).toBe(true);
        expect(spots.size).toBe(60);
      }),
      { numRuns: 20 },
    );
  });
});
