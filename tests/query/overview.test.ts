/** What the viewer starts with: the strongest part of a graph, its layout, and what expanding adds. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EntityId } from "../../src/model/graph.ts";
import { layOut } from "../../src/query/layout.ts";
import { expansion, overview, overviewLayout } from "../../src/query/overview.ts";
import { openSnapshot } from "../../src/store/sqlite.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { columnsOf } from "../../web/src/graph/columns.ts";
import { growGraph, loadGraph } from "../../web/src/graph/loaded.ts";
import { FULL_SCENE } from "../../web/src/state/state.ts";
import { visibleOf } from "../../web/src/state/visible.ts";
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

  it("is laid out the same way again, entity by entity", () => {
    const layout = overviewLayout(view, SMALL);
    expect(layout.x).toHaveLength(100);
    expect(overviewLayout(view, SMALL)).toEqual(layout);
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
