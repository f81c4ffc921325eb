/** openCypher over HTTP, on a real server, a real port and a real database; asked by hand and by a client made for Neo4j. */
import { join } from "node:path";
import { auth, wrapper } from "@neo4j-labs/experimental-query-api-wrapper";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { type Queries, queriesInThread } from "../../src/query/queries.ts";
import { createApp, type Listening, listen } from "../../src/server/app.ts";
import { openStore, openView } from "../../src/store/sqlite.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { CALL, commit, DENIAL, SYMMETRIC, VISIT } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const TYPED = "application/vnd.neo4j.query";
const folder = makeFolder();
let store: GraphStore;
let server: Listening;
let queries: Queries;

beforeAll(async () => {
  store = openStore(join(folder, "graph.db"), { symmetric: SYMMETRIC });
  for (const told of [CALL, DENIAL]) commit(store, told);
  queries = queriesInThread(openView(join(folder, "graph.db")), { steps: 200_000, rows: 1000, milliseconds: 2000 });
  server = await listen(createApp({ store, knowledge: loadKnowledge(), formats: FORMATS, version: "0", viewer: folder, queries }), {
    port: 0,
  });
});
afterAll(async () => {
  await server.close();
  await queries.close();
  store.close();
  removeFolder(folder);
});

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly body: { data?: { fields: string[]; values: unknown[][] }; errors?: { code: string; message: string }[]; counters?: object };
}

async function post(body: string, headers: Record<string, string> = {}, path = "/db/entente/query/v2"): Promise<Reply> {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return { status: response.status, type: response.headers.get("content-type"), body: (await response.json()) as Reply["body"] };
}

async function ask(statement: string, parameters: object = {}): Promise<unknown[][]> {
  const { status, body } = await post(JSON.stringify({ statement, parameters }));
  expect(body.errors).toBeUndefined();
  expect(status).toBe(202);
  return body.data!.values;
}

describe("plain JSON", () => {
  it("gives fields and values, with the sentence behind a relationship", async () => {
    const { body, type } = await post(
      JSON.stringify({
        statement:
          "MATCH (a:Person {name: $name})-[r:SPOKE_WITH]->(b) RETURN b.name AS whom, r.date AS day, r.evidence AS sentence, r.confidence",
        parameters: { name: "Vladimir Putin" },
      }),
    );
    expect(type).toMatch(/^application\/json/u);
    expect(body.data).toEqual({
      fields: ["whom", "day", "sentence", "r.confidence"],
      values: [
        [
          "Recep Tayyip Erdoğan",
          "2021-01-13",
          "Vladimir Putin spoke by phone with Recep Tayyip Erdoğan on Wednesday about Nagorno-Karabakh.",
          0.9,
        ],
      ],
    });
  });

  it("gives nodes, relationships and paths in Neo4j's shapes", async () => {
    const [[path]] = (await ask("MATCH p = (:Person {name: 'Ilham Aliyev'})<-[:MET_WITH]-(:Person) RETURN p")) as [
      [[object, object, object]],
    ];
    expect(path).toEqual([
      {
        elementId: "person:ilham-aliyev",
        labels: ["Person"],
        properties: { id: "person:ilham-aliyev", name: "Ilham Aliyev", kind: "person", aliases: ["Əliyev"], country: "AZE" },
      },
      {
        elementId: expect.any(String) as string,
        startNodeElementId: "person:vladimir-putin",
        endNodeElementId: "person:ilham-aliyev",
        type: "MET_WITH",
        properties: expect.objectContaining({
          from: "2021-01-11",
          to: "2021-01-11",
          precision: "day",
          polarity: "affirmed",
          modality: "happened",
        }) as object,
      },
      expect.objectContaining({ elementId: "person:vladimir-putin" }),
    ]);
  });

  it("reaches documents and their sentences", async () => {
    expect(
      await ask(
        "MATCH (:Person {name: 'Nikol Pashinian'})-[:MENTIONED_IN]->(d:Document)-[:HAS_SENTENCE]->(s:Sentence) RETURN d.title, d.date, s.text",
      ),
    ).toEqual([
      ["denial", "2021-01-14", "Recep Tayyip Erdoğan and Vladimir Putin spoke on Wednesday, Russia said."],
      ["denial", "2021-01-14", "Vladimir Putin has not met Nikol Pashinian."],
    ]);
  });

  it("compares dates, polarity and modality", async () => {
    expect(await ask("MATCH ()-[r]->() WHERE r.date >= date('2021-01-12') RETURN type(r), r.modality ORDER BY r.modality")).toEqual([
      ["SPOKE_WITH", "alleged"],
      ["SPOKE_WITH", "happened"],
    ]);
    expect(await ask("MATCH (a)-[r {polarity: 'negated'}]->(b) RETURN a.name, b.name")).toEqual([["Vladimir Putin", "Nikol Pashinian"]]);
  });
});

describe("typed JSON", () => {
  it("answers and takes values with their types", async () => {
    const { body, type } = await post(
      JSON.stringify({
        statement: "MATCH (a:Person)-[r:MET_WITH]->() WHERE r.date < $day RETURN $many + 1 AS n, 0.5, r.date, [null, true]",
        parameters: { day: { $type: "Date", _value: "2021-02-01" }, many: { $type: "Integer", _value: "9007199254740993" } },
        includeCounters: true,
      }),
      { "content-type": TYPED, accept: TYPED },
    );
    expect(type).toContain(TYPED);
    expect(body.data?.values).toEqual([
      [
        { $type: "Integer", _value: "9007199254740994" },
        { $type: "Float", _value: "0.5" },
        { $type: "Date", _value: "2021-01-11" },
        {
          $type: "List",
          _value: [
            { $type: "Null", _value: null },
            { $type: "Boolean", _value: true },
          ],
        },
      ],
    ]);
    expect(body.counters).toMatchObject({ containsUpdates: false, nodesCreated: 0 });
  });

  it("serves a client made for Neo4j", async () => {
    const driver = wrapper(server.url, auth.basic("any", "any"));
    const session = driver.session({ database: "entente" });
    try {
      const { records } = await session.run("MATCH p = (a:Person {name: $name})-[r:SPOKE_WITH]->(b) RETURN a, r, p, count(*) AS n", {
        name: "Vladimir Putin",
      });
      expect(records).toHaveLength(1);
      const found = records[0]!;
      expect((found.get("a") as { labels: string[] }).labels).toEqual(["Person"]);
      expect((found.get("r") as { type: string; startNodeElementId: string }).startNodeElementId).toBe("person:vladimir-putin");
      expect((found.get("p") as { length: number }).length).toBe(1);
      expect(String(found.get("n"))).toBe("1");
      await expect(session.run("MATCH (a RETURN a")).rejects.toThrow(/line 1, column 10/u);
    } finally {
      await session.close();
      await driver.close();
    }
  });
});

describe("refuses", () => {
  it.each([
    [
      "a statement that cannot be read, saying where",
      "MATCH (a)\nRETURN a.",
      "Neo.ClientError.Statement.SyntaxError",
      /^line 2, column \d+: .*expected/u,
    ],
    [
      "an unknown variable",
      "RETURN nobody",
      "Neo.ClientError.Statement.SyntaxError",
      /line 1, column 8: the variable nobody is not defined/u,
    ],
    ["a missing parameter", "RETURN $name", "Neo.ClientError.Statement.ParameterMissing", /\$name/u],
    ["a value of the wrong type", "UNWIND [1] AS x RETURN x.name", "Neo.ClientError.Statement.TypeError", /Integer/u],
    [
      "more steps than it may take",
      "UNWIND range(1, 900) AS a UNWIND range(1, 900) AS b RETURN count(*)",
      "Neo.ClientError.Transaction.TransactionTimedOut",
      /steps/u,
    ],
    [
      "more rows than it may give",
      "UNWIND range(1, 900) AS a UNWIND [1, 2] AS b RETURN a",
      "Neo.ClientError.Transaction.TransactionTimedOut",
      /rows; add LIMIT/u,
    ],
  ])("%s", async (_, statement, code, message) => {
    const { status, body } = await post(JSON.stringify({ statement }));
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(1);
    expect(body.errors![0]!.code).toBe(code);
    expect(body.errors![0]!.message).toMatch(message);
  });

  it.each([
    "CREATE (a)",
    "MATCH (a) DELETE a",
    "MATCH (a) SET a.x = 1",
    "MERGE (a)",
    "MATCH (a) REMOVE a.name",
    "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
    "CALL db.labels()",
    "DROP DATABASE entente",
  ])("%s by name", async (statement) => {
    const { status, body } = await post(JSON.stringify({ statement }));
    expect(status).toBe(400);
    expect(body.errors![0]!.message).toMatch(
      new RegExp(`${/CREATE|DELETE|SET|MERGE|REMOVE|LOAD|CALL|DROP/u.exec(statement)![0]} is refused`, "u"),
    );
  });

  it.each([
    ["no JSON", "{", {}, 400],
    ["no statement", "{}", {}, 400],
    ["a body that is too large", JSON.stringify({ statement: " ".repeat(1_100_000) }), {}, 413],
    ["what another site's form could send", '{"statement":"RETURN 1"}', { "content-type": "text/plain" }, 415],
    ["a typed parameter that is none", '{"statement":"RETURN $x","parameters":{"x":1}}', { "content-type": TYPED }, 400],
  ])("%s", async (_, body, headers, status) => {
    const reply = await post(body, headers);
    expect(reply.status).toBe(status);
    expect(reply.body.errors![0]!.code).toMatch(/^Neo\.ClientError\./u);
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|\.ts:/u);
  });

  it("other databases and methods", async () => {
    expect((await post('{"statement":"RETURN 1"}', {}, "/db/neo4j/query/v2")).status).toBe(404);
    const got = await fetch(`${server.url}/db/entente/query/v2`);
    expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

it("sees what was written since", async () => {
  expect(await ask("MATCH (s:State {name: 'Turkey'}) RETURN s.id")).toEqual([]);
  commit(store, VISIT);
  expect(await ask("MATCH (s:State {name: 'Turkey'})-[:THANKED]->(p) RETURN s.id, p.id")).toEqual([["state:TUR", "person:vladimir-putin"]]);
  store.remove(VISIT.source.id);
  expect(await ask("MATCH (s:State {name: 'Turkey'}) RETURN s.id")).toEqual([]);
});
