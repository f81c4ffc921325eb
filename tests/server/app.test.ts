/** The HTTP API on a real server, a real port and a real database. */
import { mkdirSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type {
  ClaimReport,
  DyadRow,
  EdgeAnswer,
  EdgeRow,
  EntityAnswer,
  EntitySummary,
  EventRow,
  GraphAnswer,
  NeighborEdge,
  Page,
  PathsAnswer,
  Problem,
  SentenceHit,
  TimelineAnswer,
} from "../../src/model/api.ts";
import { KnownError } from "../../src/model/errors.ts";
import * as answers from "../../src/server/answers.ts";
import { hostNames } from "../../src/server/access.ts";
import { createApp, type Listening, listen } from "../../src/server/app.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { CALL, commit, DENIAL, SYMMETRIC, VISIT } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

// Its types say otherwise, but what it exports is the function.
const addFormats = formats as unknown as (ajv: Ajv2020) => void;
const folder = makeFolder();
const reported: unknown[] = [];
let store: GraphStore;
let server: Listening;

beforeAll(async () => {
  const viewer = join(folder, "viewer");
  mkdirSync(join(viewer, "assets"), { recursive: true });
  writeFileSync(join(viewer, "index.html"), "<!doctype html><title>Entente</title>");
  writeFileSync(join(viewer, "assets", "main-4f2a.js"), "export {};");
  store = openStore(join(folder, "graph.db"), { symmetric: SYMMETRIC });
  for (const told of [CALL, DENIAL, VISIT]) commit(store, told);
  const app = createApp({
    store,
    knowledge: loadKnowledge(),
    formats: FORMATS,
    version: "1.2.3",
    viewer,
    report: (error) => reported.push(error),
  });
  server = await listen(app, { port: 0 });
});
afterAll(async () => {
  await server.close();
  store.close();
  removeFolder(folder);
});

const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, { redirect: "manual", ...init });

async function get<T>(path: string): Promise<T> {
  const response = await ask(path);
  expect(response.status, path).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/u);
  return (await response.json()) as T;
}

/** Headers that `fetch` would set itself. */
function askWith(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest({ port: new URL(server.url).port, host: "127.0.0.1", path, headers }, (response) => {
      let body = "";
      response.on("data", (data) => {
        body += data;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on("error", reject)
      .end();
  });
}

async function problem(path: string, init?: RequestInit): Promise<Problem> {
  const response = await ask(path, init);
  expect(response.headers.get("content-type"), path).toMatch(/^application\/problem\+json/u);
  const answer = (await response.json()) as Problem;
  expect(answer.status).toBe(response.status);
  expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|at async/u);
  return answer;
}

describe("answers", () => {
  it("that it is there", async () => {
    expect(await get("/api/health")).toEqual({ status: "ok", version: "1.2.3" });
  });

  it("how much is in the graph", async () => {
    expect(await get("/api/stats")).toEqual({
      documents: 3,
      sentences: 8,
      claims: 7,
      edges: 6,
      entitiesByKind: { person: 4, state: 2, organization: 0, agreement: 0, place: 2 },
      claimsByRelation: { "met-with": 2, "spoke-with": 2, leads: 1, thanked: 1, visited: 1 },
      dates: { from: "2021-01-11", to: "2021-02-28" },
    });
  });

  it("the ontology", async () => {
    const { relations, kinds } = await get<{ relations: { name: string; inverse: string }[]; kinds: { kind: string }[] }>("/api/ontology");
    expect(relations.find((relation) => relation.name === "signed")).toMatchObject({ label: "signed", symmetric: false });
    expect(kinds.map(({ kind }) => kind)).toEqual(["person", "state", "organization", "agreement", "place"]);
  });

  it("documents, and one with its marked text", async () => {
    const { items, total } = await get<Page<{ id: string; name: string }>>("/api/documents?limit=2");
    expect(total).toBe(3);
    expect(items.map((document) => document.name)).toEqual(["visit", "denial"]);
    const document = await get<{ text: string; evidence: ClaimReport[] }>(`/api/documents/${CALL.source.id}`);
    for (const claim of document.evidence) expect(document.text.slice(claim.sentence.start, claim.sentence.end)).toBe(claim.text);
  });

  it("entities by name", async () => {
    expect((await get<Page<EntitySummary>>("/api/entities?q=ERDOGAN")).items.map((entity) => entity.id)).toEqual([
      "person:recep-tayyip-erdogan",
    ]);
    expect((await get<Page<EntitySummary>>("/api/entities?kind=state,place&limit=10")).total).toBe(4);
    expect((await get<Page<EntitySummary>>("/api/entities?kind=state&kind=place&q=")).total).toBe(4);
  });

  it.each([
    ["Valdimir Putin", ["person:vladimir-putin"]],
    ["putni", ["person:vladimir-putin"]],
    ["Qutin", ["person:vladimir-putin"]],
    ["Erdogn", ["person:recep-tayyip-erdogan"]],
    ["Recep Tayip Erdgoan", ["person:recep-tayyip-erdogan"]],
    ["aliev", ["person:ilham-aliyev"]],
    ["xyz", []],
    ["Vladimir Xxxxx", []],
  ])("entities by a name with slips: %s", async (typed, ids) => {
    const { items, total } = await get<Page<EntitySummary>>(`/api/entities?q=${encodeURIComponent(typed)}`);
    expect([items.map((entity) => entity.id), total]).toEqual([ids, ids.length]);
  });

  it("entities counted by kind and sorted as asked", async () => {
    const { facets, items } = await get<Page<EntitySummary>>("/api/entities?facets=kind&sort=name");
    expect(facets).toEqual({ kind: { person: 4, place: 2, state: 2 } });
    expect(items.map((entity) => entity.name)).toEqual(items.map((entity) => entity.name).sort());
    const byMentions = (await get<Page<EntitySummary>>("/api/entities?sort=mentions")).items.map((entity) => entity.mentions);
    expect(byMentions).toEqual([...byMentions].sort((one, other) => other - one));
    expect((await get<Page<EntitySummary>>("/api/entities?q=putin&facets=kind")).facets).toEqual({ kind: { person: 1 } });
  });

  it("relations counted by type and month", async () => {
    const { facets } = await get<Page<EdgeRow>>("/api/relations?facets=type,month&limit=1");
    expect(facets).toEqual({
      type: { "met-with": 2, leads: 1, "spoke-with": 1, thanked: 1, visited: 1 },
      month: { "2021-01": 2, "2021-02": 1 },
    });
    expect((await get<Page<EdgeRow>>("/api/relations?facets=month&type=visited")).facets).toEqual({ month: { "2021-02": 1 } });
  });

  it("cooperation and conflict of pairs over time", async () => {
    const { items, total } = await get<Page<DyadRow>>("/api/dyads?by=year");
    expect(total).toBe(items.length);
    expect(items.find(({ one, other }) => [one.id, other.id].includes("person:recep-tayyip-erdogan"))).toMatchObject({
      cooperation: 1,
      conflict: 0,
      materialCooperation: 0,
      from: "2021-01-13",
      buckets: [{ start: "2021-01-01", cooperation: 1, conflict: 0 }],
    });
    const of = await get<Page<DyadRow>>("/api/dyads?of=person:ilham-aliyev");
    expect(of.items.map(({ one, other }) => [one.id, other.id].sort())).toEqual([["person:ilham-aliyev", "person:vladimir-putin"]]);
    expect((await get<Page<DyadRow>>("/api/dyads?type=leads")).total).toBe(0);
    expect((await get<Page<DyadRow>>("/api/dyads?polarity=negated")).total).toBe(1);
  });

  it("an entity with its relations", async () => {
    const putin = await get<EntityAnswer>("/api/entities/person:vladimir-putin");
    expect(putin.relations[0]).toMatchObject({ relation: "met-with", total: 2 });
    expect(putin.relations.map(({ edges }) => edges.length)).toEqual([2, 1, 1, 1, 1]);
    expect(putin.merges).toHaveLength(1);
    expect(putin.inDocuments).toHaveLength(3);
  });

  it("neighbours by relation and date", async () => {
    const all = await get<Page<NeighborEdge>>("/api/entities/person:vladimir-putin/neighbors");
    expect(all.total).toBe(6);
    const some = await get<Page<NeighborEdge>>(
      "/api/entities/person:vladimir-putin/neighbors?relation=met-with,spoke-with&from=2021-01-01&to=2021-01-12",
    );
    expect(some.items.map(({ neighbor }) => neighbor.name)).toEqual(["Ilham Aliyev"]);
  });

  it("relations by type and end, with names", async () => {
    const { items } = await get<Page<EdgeRow>>("/api/relations?type=leads");
    expect(items).toMatchObject([{ subject: "person:vladimir-putin", subjectName: "Vladimir Putin", objectName: "Russia" }]);
    expect((await get<Page<EdgeRow>>("/api/relations?subject=person:ilham-aliyev")).total).toBe(1);
  });

  it("a relation with every sentence behind it", async () => {
    const { items } = await get<Page<EdgeRow>>("/api/relations?type=spoke-with");
    const answer = await get<EdgeAnswer>(`/api/relations/${encodeURIComponent(items[0]?.id ?? "")}`);
    expect(answer.claims.map(({ plover, cameo }) => [plover, cameo])).toEqual([
      ["CONSULT", "040"],
      ["CONSULT", "040"],
    ]);
    expect(answer.claims.map((claim) => claim.text)).toEqual(
      [CALL, DENIAL].map((told) => {
        const [first] = told.graph.sentences;
        return told.source.text.slice(first?.start, first?.end);
      }),
    );
    expect(answer.subject.name).toBe("Recep Tayyip Erdoğan");
    const first = await get<EdgeAnswer>(`/api/relations/${encodeURIComponent(items[0]?.id ?? "")}?limit=1`);
    const second = await get<EdgeAnswer>(`/api/relations/${encodeURIComponent(items[0]?.id ?? "")}?limit=1&cursor=${first.next}`);
    expect([first, second].flatMap(({ claims }) => claims)).toEqual(answer.claims);
  });

  it("the graph, filtered", async () => {
    const graph = await get<GraphAnswer>("/api/graph");
    expect([graph.nodes.length, graph.edges.length]).toEqual([8, 6]);
    const talks = await get<GraphAnswer>("/api/graph?relation=spoke-with&confidence=0.8&modality=happened&polarity=affirmed");
    expect(talks.nodes).toHaveLength(2);
    expect(talks.edges[0]?.claims).toHaveLength(1);
    const ego = await get<GraphAnswer>("/api/graph?ego=person:putin-visit&limit=3");
    expect(ego.nodes[0]?.id).toBe("person:vladimir-putin");
    expect(ego.truncated).toEqual({ nodes: 6 });
  });

  it.each(FORMATS.map((format) => [format.name, format] as const))("the export %s", async (name, format) => {
    const response = await ask(`/api/export.${name}?relation=leads,met-with`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(format.mediaType.split(";")[0]);
    expect(response.headers.get("content-disposition")).toContain(`entente.${format.extension}`);
    expect((await response.text()).length).toBeGreaterThan(10);
  });

  it("HEAD like GET, without a body", async () => {
    for (const path of ["/api/stats", "/api/export.gexf", "/"]) {
      const response = await ask(path, { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("");
    }
  });

  it("304 to those who have the answer already", async () => {
    const etag = (await ask("/api/graph")).headers.get("etag");
    expect(etag).toBeTruthy();
    expect(await askWith("/api/graph", { "If-None-Match": etag as string })).toEqual({ status: 304, body: "" });
    expect((await askWith("/api/graph", { "If-None-Match": '"other"' })).status).toBe(200);
  });
});

describe("answers of every address", () => {
  const PUTIN = "person:vladimir-putin";
  const EDGE = "person:recep-tayyip-erdogan~spoke-with~person:vladimir-putin";
  const table: [string, z.ZodType][] = [
    ["/api/health", answers.health],
    ["/api/stats", answers.stats],
    ["/api/ontology", answers.ontology],
    ["/api/formats", answers.formats],
    ["/api/documents", answers.documentPage],
    [`/api/documents/${VISIT.source.id}`, answers.documentAnswer],
    [`/api/documents/${DENIAL.source.id}`, answers.documentAnswer],
    ["/api/search?q=putin", answers.sentencePage],
    ["/api/entities?limit=3", answers.entityPage],
    [`/api/entities/${PUTIN}`, answers.entityAnswer],
    [`/api/entities/${PUTIN}/neighbors`, answers.neighborPage],
    ["/api/relations", answers.edgePage],
    [`/api/relations/${EDGE}`, answers.edgeAnswer],
    [`/api/relations/${EDGE}?limit=1`, answers.edgeAnswer],
    ["/api/events", answers.eventPage],
    ["/api/timeline", answers.timeline],
    ["/api/paths?from=state:RUS&to=person:ilham-aliyev", answers.paths],
    ["/api/paths?from=state:RUS&to=person:ilham-aliyev&ordered=true", answers.paths],
    ["/api/entities?q=putn&facets=kind&sort=name", answers.entityPage],
    ["/api/relations?facets=type,month", answers.edgePage],
    ["/api/dyads", answers.dyadPage],
    ["/api/graph", answers.graphAnswer],
    ["/api/graph?limit=2", answers.graphAnswer],
    ["/api/overview", answers.graphColumns],
    ["/api/overview?nodes=2&pairs=1", answers.graphColumns],
    ["/api/overview/layout", answers.layout],
    [`/api/entities/${PUTIN}/expansion?limit=2&nodes=1&beside=state:RUS`, answers.graphColumns],
  ];

  const described = async (): Promise<(path: string, answer: unknown) => string[]> => {
    const description = await get<{ paths: Record<string, { get: { responses: Record<string, { content: object }> } }> }>(
      "/api/openapi.json",
    );
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(description, "api");
    return (path, answer) => {
      const route = path.replace(/\?.*/u, "").replace(/(entities|documents|relations)\/[^/]+/u, "$1/{id}");
      const content = description.paths[route]?.get.responses["200"]?.content as Record<string, { schema: { $ref: string } }>;
      const validate = ajv.compile({ $ref: `api${content["application/json"]?.schema.$ref}` });
      return validate(answer) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
    };
  };
  let faults: ReturnType<typeof described> | undefined;

  it.each(table)("%s is as its schema says, and OpenAPI", async (path, schema) => {
    const answer = await get<unknown>(path);
    expect(schema.parse(answer)).toEqual(answer);
    faults ??= described();
    expect((await faults)(path, answer)).toEqual([]);
  });

  it("are described in OpenAPI, with every parameter and every reference", async () => {
    const description = await get<{
      openapi: string;
      paths: Record<string, Record<"get" | "post", { operationId: string; parameters: { name: string; in: string }[] }>>;
      components: { schemas: Record<string, unknown> };
    }>("/api/openapi.json");
    expect(description.openapi).toBe("3.1.0");
    const asked = table.map(([path]) => path.replace(/\?.*/u, "").replace(/(entities|documents|relations)\/[^/]+/u, "$1/{id}"));
    expect(new Set(Object.keys(description.paths))).toEqual(
      new Set([...asked, "/api/events/stream", "/api/jobs/{id}", "/api/export.{format}"]),
    );
    expect(Object.keys(description.paths["/api/documents"] ?? {})).toEqual(["get", "post"]);
    const text = JSON.stringify(description);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/gu))
      expect(Object.keys(description.components.schemas)).toContain(name);
    const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(description.paths["/api/graph"]?.get.parameters.map((parameter) => parameter.name)).toEqual(
      "kind relation from to polarity modality confidence ego document among outlet limit".split(" "),
    );
    expect(description.paths["/api/entities/{id}/neighbors"]?.get.parameters[0]).toMatchObject({ name: "id", in: "path" });
  });
});

describe("the layout from where entities are", () => {
  const post = (body: unknown, type = "application/json") =>
    ask("/api/overview/layout", { method: "POST", headers: { "Content-Type": type }, body: JSON.stringify(body) });

  it("keeps what is pinned, and refuses what is no place", async () => {
    const { nodes } = await get<{ nodes: { id: string }[] }>("/api/overview");
    const [first] = nodes;
    const response = await post({ ids: [first?.id], x: [321], y: [-123], pinned: [0] });
    const layout = answers.layout.parse(await response.json());
    expect([layout.x.length, layout.x[0], layout.y[0]]).toEqual([nodes.length, 321, -123]);
    const refused = async (body: unknown, type?: string) => {
      const answer = await post(body, type);
      return [answer.status, ((await answer.json()) as Problem).detail];
    };
    expect(await refused({ ids: ["state:RUS"], x: [], y: [1] })).toEqual([
      400,
      'Parameter "x" has 0 values: must be as long as "ids", which has 1.',
    ]);
    expect(await refused({ ids: ["state:RUS"], x: [1e9], y: [1] })).toEqual([
      400,
      'Parameter "x" is [1000000000]: must be at most 10000000.',
    ]);
    expect(await refused({ ids: ["a".repeat(5_000_000)], x: [1], y: [1] })).toEqual([413, expect.any(String)]);
    expect((await refused("none", "text/plain"))[0]).toBe(400);
  });
});

describe("sentences, events and time", () => {
  it("finds sentences and marks the words", async () => {
    const { items, total } = await get<Page<SentenceHit>>("/api/search?q=ERDOGAN%20spo");
    expect(total).toBe(2);
    for (const hit of items)
      expect(hit.highlights.map(({ start, end }) => hit.text.slice(start, end)).sort()).toEqual(["Erdoğan", "spoke"]);
    expect(await problem("/api/search")).toMatchObject({ parameter: "q", detail: expect.stringContaining("is missing") as string });
  });

  it("lists one event a row, newest first, with the surest report", async () => {
    const { items, total } = await get<Page<EventRow>>("/api/events");
    expect(total).toBe(6);
    expect(items.map((event) => event.date?.start)).toEqual(["2021-02-01", "2021-01-13", "2021-01-11", undefined, undefined, undefined]);
    expect(items[1]).toMatchObject({ relation: "spoke-with", claims: 2, documents: 2, happened: 1, claim: { confidence: 0.9 } });
    expect(items[1]).toMatchObject({ plover: "CONSULT", cameo: "040", claim: { plover: "CONSULT", cameo: "040" } });
    const leads = items.find((event) => event.relation === "leads");
    expect([leads?.plover, leads && "cameo" in leads]).toEqual(["STRUCTURE", false]);
    const alleged = await get<Page<EventRow>>("/api/events?modality=alleged&subject=person:vladimir-putin");
    expect(alleged.items).toMatchObject([{ claims: 1, claim: { modality: "alleged" } }]);
  });

  it("shows how two are connected", async () => {
    const { paths, complete } = await get<PathsAnswer>("/api/paths?from=person:ilham-aliyev&to=state:RUS&maxHops=3");
    expect(complete).toBe(true);
    expect(paths.map(({ hops }) => hops.map((hop) => [hop.from.name, hop.edge.relation, hop.to.name]))).toEqual([
      [
        ["Ilham Aliyev", "met-with", "Vladimir Putin"],
        ["Vladimir Putin", "leads", "Russia"],
      ],
    ]);
    expect(await problem("/api/paths?from=state:RUS")).toMatchObject({ parameter: "to" });
    expect(await problem("/api/paths?from=state:RUS&to=state:XXX")).toMatchObject({ status: 404 });
    expect(await problem("/api/paths?from=state:RUS&to=state:TUR&maxHops=7")).toMatchObject({ parameter: "maxHops" });
  });

  it("counts events over time", async () => {
    const months = await get<TimelineAnswer>("/api/timeline");
    expect(months.buckets).toEqual([
      { start: "2021-01-01", events: 2, relations: { "met-with": 1, "spoke-with": 1 }, families: { talks: 2 } },
      { start: "2021-02-01", events: 1, relations: { visited: 1 }, families: { talks: 1 } },
    ]);
    expect(months.unplaced).toBe(3);
    const weeks = await get<TimelineAnswer>("/api/timeline?by=week&type=spoke-with,met-with,visited");
    expect(weeks.buckets).toEqual([
      { start: "2021-01-11", events: 2, relations: { "met-with": 1, "spoke-with": 1 }, families: { talks: 2 } },
    ]);
    expect(weeks.unplaced).toBe(2);
    expect(await problem("/api/timeline?by=hour")).toMatchObject({ parameter: "by" });
  });
});

describe("lists in other forms", () => {
  const lists = [
    "/api/documents",
    "/api/documents?entity=person:vladimir-putin",
    "/api/entities",
    "/api/search?q=putin",
    "/api/relations",
    "/api/relations?from=2021-01-01",
    "/api/events",
    "/api/entities/person:vladimir-putin/neighbors",
    "/api/dyads",
  ];

  it.each(lists)("%s as JSON Lines holds the same rows", async (path) => {
    const response = await ask(path, { headers: { Accept: "application/jsonl" } });
    expect(response.headers.get("content-type")).toMatch(/^application\/jsonl/u);
    const lines = (await response.text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual((await get<Page<unknown>>(path)).items);
  });

  it.each(lists)("%s as CSV has a row for each and no empty column", async (path) => {
    const response = await ask(`${path}${path.includes("?") ? "&" : "?"}format=csv`);
    expect(response.headers.get("content-type")).toMatch(/^text\/csv/u);
    const [head, ...rows] = parseCsv(await response.text());
    expect(rows).toHaveLength((await get<Page<unknown>>(path)).total);
    // The stories name no addresses and no roles.
    for (const [index, column] of (head ?? []).entries()) {
      if (!["url", "role"].includes(column)) expect([column, rows.some((row) => row[index] !== "")]).toEqual([column, true]);
    }
  });

  it("the timeline has a row for each relation in a bucket, and one for what is in none", async () => {
    const rows = [
      { start: "2021-01-01", family: "talks", relation: "met-with", events: 1 },
      { start: "2021-01-01", family: "talks", relation: "spoke-with", events: 1 },
      { start: "2021-02-01", family: "talks", relation: "visited", events: 1 },
      { events: 3 },
    ];
    const lines = (await (await ask("/api/timeline?format=jsonl")).text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
    const csv = await ask("/api/timeline", { headers: { Accept: "text/csv" } });
    expect(csv.headers.get("content-type")).toMatch(/^text\/csv/u);
    expect(await csv.text()).toBe(
      [
        "start,family,relation,events",
        ...rows.map(({ start = "", family = "", relation = "", events }) => [start, family, relation, events].join()),
        "",
      ].join("\r\n"),
    );
  });

  it("take limit and cursor", async () => {
    const lines = async (path: string): Promise<string[]> => (await (await ask(path)).text()).trimEnd().split("\n");
    const { next } = await get<Page<unknown>>("/api/entities?limit=2");
    expect(await lines("/api/entities?format=jsonl&limit=3")).toHaveLength(3);
    expect(await lines(`/api/entities?format=jsonl&cursor=${next}`)).toHaveLength(6);
  });

  it("tell errors as problems all the same", async () => {
    expect(await problem("/api/relations?format=csv&subject=person:nobody")).toMatchObject({ code: "unknown-entity" });
    expect(await problem("/api/relations?format=xml")).toMatchObject({ parameter: "format" });
  });
});

function parseCsv(text: string): string[][] {
  return text
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ""),
    );
}

describe("ids that were merged", () => {
  it.each([
    ["/api/entities/person:putin-visit", "/api/entities/person%3Avladimir-putin"],
    ["/api/entities/person:putin-visit/neighbors?limit=1", "/api/entities/person%3Avladimir-putin/neighbors?limit=1"],
    ["/api/relations/person:putin-visit~visited~state:TUR", "/api/relations/person%3Avladimir-putin~visited~state%3ATUR"],
    [
      "/api/relations/person:vladimir-putin~spoke-with~person:recep-tayyip-erdogan",
      "/api/relations/person%3Arecep-tayyip-erdogan~spoke-with~person%3Avladimir-putin",
    ],
  ])("%s is at the survivor's address", async (path, location) => {
    const response = await ask(path);
    expect(response.status).toBe(308);
    expect(response.headers.get("location")).toBe(location);
    expect((await ask(location)).status).toBe(200);
  });
});

describe("pages", () => {
  it.each([
    "/api/entities",
    "/api/entities?q=p",
    "/api/events",
    "/api/events?from=2021-01-01",
    "/api/search?q=putin",
    "/api/documents",
    "/api/relations",
    "/api/relations?from=2021-01-01",
    "/api/entities/person:vladimir-putin/neighbors",
    "/api/entities?sort=name",
    "/api/entities?sort=documents&q=putni",
    "/api/dyads",
  ])("of %s hold every row once", async (path) => {
    const joint = path.includes("?") ? "&" : "?";
    const whole = await get<Page<unknown>>(`${path}${joint}limit=100`);
    expect(whole.next).toBeUndefined();
    const rows: unknown[] = [];
    for (let next: string | undefined = ""; next !== undefined; ) {
      const page: Page<unknown> = await get(`${path}${joint}limit=2${next === "" ? "" : `&cursor=${next}`}`);
      rows.push(...page.items);
      expect(page.total).toBe(whole.total);
      next = page.next;
    }
    expect(rows).toEqual(whole.items);
    expect(rows).toHaveLength(whole.total);
  });

  it("take no cursor of another list", async () => {
    const { next } = await get<Page<unknown>>("/api/entities?limit=1");
    expect(await problem(`/api/entities?limit=1&kind=state&cursor=${next}`)).toMatchObject({ code: "bad-parameter", parameter: "cursor" });
    expect(await problem(`/api/documents?cursor=${next}`)).toMatchObject({ status: 400, parameter: "cursor" });
  });

  it("take no made-up cursor", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ minLength: 1, unit: "binary" }),
          fc.json().map((json) => Buffer.from(json).toString("base64url")),
        ),
        async (cursor) => {
          expect((await ask(`/api/entities?cursor=${encodeURIComponent(cursor.toWellFormed())}`)).status).toBe(400);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("what is not right", () => {
  it.each([
    ["/api/entities?kind=animal", "kind", "animal", "person"],
    ["/api/entities?limit=0", "limit", "0", "at least 1"],
    ["/api/entities?limit=501", "limit", "501", "at most 500"],
    ["/api/entities?limit=ten", "limit", "ten", "whole number"],
    ["/api/entities?limit=1&limit=2", "limit", "1,2", "whole number"],
    ["/api/entities?kinds=person", "kinds", "", "q, kind, sort, facets, limit, cursor, format"],
    ["/api/entities?__proto__=1", "__proto__", "", "q, kind"],
    ["/api/stats?a=b", "a", "", "none"],
    ["/api/graph?from=13.01.2021", "from", "13.01.2021", "YYYY-MM-DD"],
    ["/api/graph?from=2021-02-30", "from", "2021-02-30", "YYYY-MM-DD"],
    ["/api/graph?from=2021-02-02&to=2021-02-01", "from", "2021-02-02", "2021-02-01"],
    ["/api/graph?relation=hugged", "relation", "hugged", "spoke-with"],
    ["/api/graph?confidence=2", "confidence", "2", "at most 1"],
    ["/api/graph?polarity=maybe", "polarity", "maybe", "affirmed, negated"],
    ["/api/relations?type=", "type", "", "must not be empty"],
    ["/api/export.gexf?limit=3", "limit", "", "kind"],
  ])("400 for %s names the parameter, its value and what is allowed", async (path, parameter, value, allowed) => {
    const answer = await problem(path);
    expect(answer).toMatchObject({ status: 400, code: "bad-parameter", parameter });
    expect(answer.detail).toContain(`"${parameter}"`);
    expect(answer.detail).toContain(value);
    expect(answer.detail).toContain(allowed);
  });

  it.each([
    ["/api/entities/person:nobody", "unknown-entity"],
    ["/api/entities/person:nobody/neighbors", "unknown-entity"],
    ["/api/graph?ego=person:nobody", "unknown-entity"],
    ["/api/relations?subject=person:nobody", "unknown-entity"],
    ["/api/graph?document=none", "unknown-document"],
    ["/api/documents/none", "unknown-document"],
    ["/api/relations/a~b~c", "unknown-relation"],
    ["/api/relations/nonsense", "unknown-relation"],
    ["/api/export.doc", "unknown-format"],
    ["/api/none", "unknown-route"],
    ["/api", "unknown-route"],
    ["/assets/none.js", "unknown-route"],
    ["/../../etc/passwd.txt", "unknown-route"],
  ])("404 for %s", async (path, code) => {
    expect(await problem(path)).toMatchObject({ status: 404, code });
  });

  it("405 for another method, with those allowed", async () => {
    for (const path of ["/api/stats", "/api/entities/state:RUS", "/somewhere", "/api/events/stream"]) {
      const response = await ask(path, { method: "DELETE" });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD");
    }
  });

  it("400 for a broken escape", async () => {
    expect(await problem("/api/entities/%E0%A4%A")).toMatchObject({ status: 400, code: "bad-parameter" });
  });

  it("nothing breaks, whatever is asked", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("'", '"', "../", "%00", "state:RUS", "~~", "a~b~c~d", "\0", "' OR 1=1 --"),
    );
    const path = fc.oneof(
      text.map((id) => `/api/entities/${encodeURIComponent(id.toWellFormed())}`),
      text.map((id) => `/api/relations/${encodeURIComponent(id.toWellFormed())}`),
      text.map((id) => `/api/documents/${encodeURIComponent(id.toWellFormed())}`),
      fc
        .record({
          name: fc.constantFrom("q", "kind", "limit", "cursor", "ego", "from", "document", "relation", "type", "subject"),
          value: text,
        })
        .chain(({ name, value }) =>
          fc
            .constantFrom("entities", "relations", "graph", "documents")
            .map((list) => `/api/${list}?${name}=${encodeURIComponent(value.toWellFormed())}`),
        ),
    );
    await fc.assert(
      fc.asyncProperty(path, async (asked) => {
        expect((await ask(asked)).status, asked).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect((await get<{ documents: number }>("/api/stats")).documents).toBe(3);
  });
});

describe("safety", () => {
  it("answers only under the machine's own names", async () => {
    const status = async (Host: string): Promise<number> => (await askWith("/api/stats", { Host })).status;
    for (const host of ["evil.example", "evil.example:80", "localhost.evil.example"]) expect(await status(host)).toBe(421);
    for (const host of ["localhost", "LOCALHOST:4680", "127.0.0.1:1", "[::1]:4680"]) expect(await status(host)).toBe(200);
    expect(hostNames("0.0.0.0")).toBe("any");
  });

  it("says what a page of ours may do", async () => {
    const { headers } = await ask("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe/u);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("compresses what is long", async () => {
    const response = await ask("/api/ontology", { headers: { "Accept-Encoding": "gzip" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
  });

  it("tells clients nothing of an unforeseen error, and its owner all", async () => {
    const told: unknown[] = [];
    const broken = Object.create(store, {
      state: { value: () => "1" },
      stats: {
        value: () => {
          throw new Error("secret /root/path");
        },
      },
    }) as GraphStore;
    const app = createApp({
      store: broken,
      knowledge: loadKnowledge(),
      formats: [],
      version: "1",
      viewer: folder,
      report: (error) => told.push(error),
    });
    const other = await listen(app, { port: 0 });
    const response = await fetch(`${other.url}/api/stats`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(told).toMatchObject([{ message: "secret /root/path" }]);
    expect(await (await fetch(`${other.url}/`)).json()).toMatchObject({ status: 404, code: "viewer-not-built" });
    await other.close();
  });

  it("counts requests where it is told to", async () => {
    const app = createApp({ store, knowledge: loadKnowledge(), formats: [], version: "1", viewer: folder, requestsPerMinute: 3 });
    const other = await listen(app, { port: 0 });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await fetch(`${other.url}/api/health`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await other.close();
  });
});

describe("the viewer", () => {
  it("is given for every address of its own, assets for ever", async () => {
    for (const path of ["/", "/entity/person:vladimir-putin", "/document/x"]) {
      const response = await ask(path);
      expect(response.headers.get("content-type")).toMatch(/^text\/html/u);
      expect(response.headers.get("cache-control")).toBe("no-cache");
    }
    const asset = await ask("/assets/main-4f2a.js");
    expect(asset.status).toBe(200);
    expect(asset.headers.get("cache-control")).toContain("immutable");
  });
});

describe("the port", () => {
  it("in use is said plainly", async () => {
    const port = Number(new URL(server.url).port);
    const error = await listen(createApp({ store, knowledge: loadKnowledge(), formats: [], version: "1", viewer: folder }), { port }).catch(
      (each) => each,
    );
    expect(error).toBeInstanceOf(KnownError);
    expect(error).toMatchObject({ code: "port-in-use", detail: { port } });
    expect((error as KnownError).message).toContain("--port");
  });

  it("is given back when the server closes, after the requests under way", async () => {
    const other = await listen(createApp({ store, knowledge: loadKnowledge(), formats: FORMATS, version: "1", viewer: folder }), {
      port: 0,
    });
    const answer = fetch(`${other.url}/api/export.gexf`);
    const [response] = await Promise.all([answer, answer.then(() => other.close())]);
    expect(await response.text()).toContain("</gexf>");
    await expect(fetch(`${other.url}/api/health`)).rejects.toThrow();
    const next = await listen(createApp({ store, knowledge: loadKnowledge(), formats: [], version: "1", viewer: folder }), {
      port: Number(new URL(other.url).port),
    });
    await next.close();
  });
});

it("nothing unforeseen happened in all of this", () => {
  expect(reported).toEqual([]);
});
