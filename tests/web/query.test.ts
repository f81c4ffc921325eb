/** The query panel without a browser: what completes where, and what of an answer can be drawn. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OntologyAnswer } from "../../src/model/api.ts";
import { drawnIn, placed } from "../../web/src/query/ask.ts";
import { complete, schemaOf } from "../../web/src/query/completion.ts";
import { EXAMPLES } from "../../web/src/query/examples.ts";
import { type Served, seeds, serve } from "./viewer.ts";

const relation = (name: string, symmetric: boolean) => ({
  name,
  label: name.replace("-", " "),
  inverse: name,
  family: "talk",
  symmetric,
  subject: [],
  object: [],
  plover: "",
  cameo: "",
});
const ontology: OntologyAnswer = {
  kinds: [
    { kind: "person", label: "Person", color: "#000" },
    { kind: "state", label: "State", color: "#000" },
  ],
  families: [],
  relations: [relation("met-with", true), relation("signed", false)],
};
const schema = schemaOf(ontology, ["Angela Merkel", "Ana"]);

/** What is offered where "|" stands. */
function offered(marked: string): readonly string[] {
  const at = marked.indexOf("^");
  return complete(marked.replace("^", ""), at, schema, true)?.options.map(({ label }) => label) ?? [];
}

describe("completion", () => {
  it.each([
    ["MATCH (a:^", "Person", "SIGNED"],
    ["MATCH (a:Person)-[r:^]->(b)", "MET_WITH", "Person"],
    ["MATCH (a)-[:SIGNED|ME^]->(b)", "MET_WITH", "Person"],
    ["MATCH (a)-[r:SIGNED]->(b) RETURN r.^", "evidence", "aliases"],
    ["MATCH (a)-[r:SIGNED]->(b) RETURN b.na^", "name", "evidence"],
    ["MATCH (d:Document) RETURN d.^", "title", "aliases"],
    ["MATCH (a:Person {^", "name", "evidence"],
    ["MATCH (a:Person {name: 'merk^", "Angela Merkel", "Ana"],
    ['MATCH (a) WHERE a.name = "An^', "Ana", "Person"],
    ["MATCH (who:Person) RETURN wh^", "who", "Person"],
    ["MATCH (a) RE^", "RETURN", "evidence"],
  ])("in %s offers %s and not %s", (text, expected, other) => {
    expect(offered(text)).toContain(expected);
    expect(offered(text)).not.toContain(other);
  });

  it("keeps quiet in a text that is no name, and where nothing is typed yet", () => {
    expect(offered("MATCH (a)-[r]->(b) WHERE r.date > '20^")).toEqual([]);
    expect(complete("MATCH (a) ", 10, schema)).toBeUndefined();
  });
});

describe("an answer", () => {
  const node = (id: string, label: string) => ({ elementId: id, labels: [label], properties: {} });
  it("is drawn by its entities and the edges that its claims belong to, wherever they stand in it", () => {
    const met = { elementId: "claim:1", startNodeElementId: "state:B", endNodeElementId: "person:a", type: "MET_WITH", properties: {} };
    const answer = { fields: [], took: 0, rows: [[[node("state:B", "State"), met]], [{ x: node("doc", "Document") }], ["state:B"]] };
    const { entities, edges } = drawnIn(ontology, answer);
    expect([...entities].sort()).toEqual(["person:a", "state:B"]);
    // Without direction: the ends in order.
    expect([...edges]).toEqual(["person:a~met-with~state:B"]);
  });

  it("that is an error says where", () => {
    expect(placed('line 2, column 17: found ")"')).toEqual({ message: 'found ")"', line: 2, column: 17 });
    expect(placed("too slow")).toEqual({ message: "too slow" });
  });
});

describe("the examples", () => {
  let server: Served;
  beforeAll(async () => {
    server = await serve(seeds);
  });
  afterAll(() => server?.close());

  it.each(EXAMPLES.map(({ title, statement }) => [title, statement]))("%s: is answered", async (_, statement) => {
    const response = await fetch(`${server.url}/db/entente/query/v2`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ statement }),
    });
    expect(await response.json()).toMatchObject({ data: { values: expect.any(Array) } });
  });
});
