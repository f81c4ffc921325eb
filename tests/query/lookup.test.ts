/** Lookups are answered from the store as they would be over the copy of the graph; nothing else is taken for one. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { answer } from "../../src/query/cypher/answer.ts";
import { GraphCopy } from "../../src/query/graph/copy.ts";
import { lookups } from "../../src/query/lookup.ts";
import { openStore, openView } from "../../src/store/sqlite.ts";
import { CALL, commit, DENIAL, VISIT } from "../store/story.ts";
import { temporaryFolder } from "../store/temporary.ts";

const BUDGET = { steps: 10_000, rows: 100, milliseconds: 2000 };
const LOOKUPS = [
  "MATCH (a {id: $id}) RETURN a",
  "MATCH (a:Person {id: $id}) RETURN a.name AS name, a.nothing, $id, 1 SKIP 0 LIMIT 3",
  "match (d:Document {id: $id}) return distinct d.title, d",
  "MATCH (a {id: $id, name: 'Vladimir Putin'}) RETURN *",
  "MATCH (a {id: $missing}) RETURN a.name",
];
const OTHERS = [
  "MATCH (a {id: $id}) RETURN a.name.first",
  "MATCH (a {name: 'Vladimir Putin'}) RETURN a",
  "MATCH (a) RETURN a",
  "MATCH (a {id: 'x' + 'y'}) RETURN a",
  "MATCH (a {id: $id})-->(b) RETURN b",
  "MATCH (a {id: $id}), (b {id: $id}) RETURN a",
  "MATCH (a {id: $id}) WHERE a.name = 'x' RETURN a",
  "MATCH (a {id: $id}) RETURN reduce(s = '', i IN range(1, 1000000) | s + a.name)",
  "MATCH (a {id: $id}) RETURN a ORDER BY a.name",
  "MATCH (a {id: $id}) RETURN a UNION MATCH (a {id: $id}) RETURN a",
  "MATCH p = shortestPath((a {id: $id})-[*..2]-(b {id: $id})) RETURN p",
  "OPTIONAL MATCH (a {id: $id}) RETURN a",
  "RETURN 1",
  "MATCH (a {id: $id}",
  `MATCH (a {id: $id}) RETURN ${"'x', ".repeat(300)}a`,
];

it("a lookup has the answer that the graph gives, and nothing else is answered", () => {
  const file = join(temporaryFolder(), "graph.db");
  const store = openStore(file, { symmetric: ["spoke-with", "met-with"] });
  for (const told of [CALL, DENIAL]) commit(store, told);
  const [view, other] = [openView(file), openView(file)];
  const [lookUp, copy] = [lookups(view, BUDGET), new GraphCopy(other)];
  const ids = ["person:vladimir-putin", "person:nobody", CALL.source.id, null, 7, ["person:vladimir-putin"]];
  const compare = (): void => {
    for (const statement of LOOKUPS) {
      for (const id of ids) {
        for (const typed of [false, true]) {
          const question = { statement, parameters: { id }, typedParameters: false, typed, counters: typed };
          const expected = copy.use((graph) => answer(question, graph, BUDGET));
          expect([statement, id, lookUp(question)]).toEqual([statement, id, expected]);
        }
      }
    }
  };
  compare();
  commit(store, VISIT);
  compare();
  for (const statement of OTHERS)
    expect([statement, lookUp({ statement, parameters: { id: ids[0] }, typedParameters: false, typed: false, counters: false })]).toEqual([
      statement,
      undefined,
    ]);
  for (const each of [view, other, store]) each.close();
});
