/** The copy of the graph in memory follows the store: after whatever was written it is the graph a new copy would be. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { PropertyGraph } from "../../src/query/cypher/graph.ts";
import { GraphCopy } from "../../src/query/graph/copy.ts";
import { copyGraph } from "../../src/query/graph/store-graph.ts";
import { openStore, openView } from "../../src/store/sqlite.ts";
import type { GraphStore, SteadyView } from "../../src/store/store.ts";
import { madeDocuments, madeEntity } from "../bench/graph.ts";
import { CALL, commit, DENIAL, same, VISIT } from "../store/story.ts";

let folder: string;
let store: GraphStore;
let view: SteadyView;
let copy: GraphCopy;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entente-copy-"));
  store = openStore(join(folder, "g.db"), { symmetric: ["spoke-with", "met-with"] });
  view = openView(join(folder, "g.db"));
  copy = new GraphCopy(view);
});
afterEach(() => {
  view.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const follow = (): PropertyGraph => copy.use((graph) => graph);

/** All that a graph holds, whatever the order its nodes and relationships are in. */
function contents(graph: PropertyGraph): unknown {
  const name = (node: number): string => JSON.stringify([graph.labels(node), [...graph.nodeProperties(node)]]);
  const nodes = Array.from({ length: graph.nodeCount }, (_, node) => {
    const tie = (relationship: number): string =>
      `${graph.type(relationship)} ${JSON.stringify([...graph.relationshipProperties(relationship)])}`;
    const out = Array.from(graph.outgoing(node), (each) => `${tie(each)} ${name(graph.target(each))}`).sort();
    const into = Array.from(graph.incoming(node), (each) => `${tie(each)} ${name(graph.source(each))}`).sort();
    const { id, name: called } = Object.fromEntries(graph.nodeProperties(node)) as { id?: string; name?: string };
    if (id !== undefined) expect([...graph.find!("id", id)!]).toEqual([node]);
    if (called !== undefined) expect([...graph.find!("name", called)!]).toContain(node);
    return `${name(node)} ${JSON.stringify([out, into])}`;
  });
  return nodes.sort();
}

function expectInStep(): void {
  const whole = copyGraph(store);
  copy.use((graph) => {
    expect(contents(graph)).toEqual(contents(whole));
    for (const label of [undefined, "Person", "Document", "Sentence"]) {
      expect(graph.countWith(label)).toBe(whole.countWith(label));
      expect([...graph.nodesWith(label)]).toHaveLength(whole.countWith(label));
    }
  });
}

it("adds what documents bring, without being made anew", () => {
  expectInStep();
  const first = follow();
  for (const { source, graph, links } of madeDocuments({ entities: 60, claims: 200 })) {
    store.commit(source, graph, links, { knowledge: "1" });
    expectInStep();
    expect(follow()).toBe(first);
  }
});

it("follows several changes at once, new names of known entities too", () => {
  commit(store, CALL);
  const first = follow();
  commit(store, DENIAL);
  commit(store, VISIT);
  expectInStep();
  expect(follow()).toBe(first);
});

it("is made anew when documents go or entities are joined and parted", () => {
  for (const told of [CALL, DENIAL, VISIT]) commit(store, told);
  expectInStep();
  store.remove(DENIAL.source.id);
  expectInStep();
  commit(store, CALL);
  expectInStep();
  for (const { source, graph, links } of madeDocuments({ entities: 8, claims: 40 })) store.commit(source, graph, links, { knowledge: "1" });
  expectInStep();
  const [left, right] = [madeEntity(0).id, madeEntity(1).id];
  store.judge(same(left, right));
  expectInStep();
  store.withdraw(left, right);
  expectInStep();
  store.rebuild();
  expectInStep();
  expect(follow()).toBe(follow());
});
