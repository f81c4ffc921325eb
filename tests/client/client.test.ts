/** The typed client, as other programs import it, against a real server. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as ClientModule from "../../src/client/client.ts";
import { FORMATS } from "../../src/export/export.ts";
import { type Intake, openIntake } from "../../src/ingest/intake.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { type Queries, queriesInThread } from "../../src/query/queries.ts";
import { createApp, type Listening, listen } from "../../src/server/app.ts";
import { type Feed, openFeed } from "../../src/server/feed.ts";
import { openStore, openView } from "../../src/store/sqlite.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { CALL, commit, DENIAL, SYMMETRIC, VISIT } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

/** The package's own name, so that what is tested is what package.json exports. */
const PACKAGE = "entente/client";
const TOKEN = "a-token-of-24-characters";
const PUTIN = "person:vladimir-putin";
const folder = makeFolder();
let store: GraphStore;
let intake: Intake;
let feed: Feed;
let server: Listening;
let built: typeof ClientModule;
let queries: Queries;
let client: ClientModule.Client;
const asked: URL[] = [];

beforeAll(async () => {
  const file = join(folder, "graph.db");
  const knowledge = loadKnowledge();
  store = openStore(file, { symmetric: SYMMETRIC });
  for (const told of [CALL, DENIAL, VISIT]) commit(store, told);
  intake = openIntake({ file, knowledge });
  feed = openFeed(store);
  const access = { token: TOKEN, tokenFor: "all", openWrites: false, cors: [] } as const;
  queries = queriesInThread(openView(file));
  const app = { store, knowledge, formats: FORMATS, version: "1", viewer: folder, intake, feed, access, queries };
  server = await listen(createApp(app), { port: 0 });
  built = (await import(PACKAGE)) as typeof ClientModule;
  client = built.createClient(`${server.url}/`, {
    token: TOKEN,
    fetch: (address, init) => {
      asked.push(new URL(address instanceof Request ? address.url : address));
      return fetch(address, init);
    },
  });
});
afterAll(async () => {
  feed.close();
  await server.close();
  await intake.close();
  await queries.close();
  store.close();
  removeFolder(folder);
});

describe("the client", () => {
  it("asks every address, with every parameter it offers", async () => {
    const claims = {
      from: "2020-01-01",
      to: "2022-01-01",
      polarity: "affirmed",
      modality: ["happened", "alleged"],
      confidence: 0.1,
    } as const;
    const edges = {
      ...claims,
      type: ["spoke-with", "met-with"],
      subject: PUTIN,
      kind: ["person", "state"],
      document: [CALL.source.id],
    } as const;
    expect(await client.health()).toEqual({ status: "ok", version: "1" });
    expect((await client.stats()).documents).toBe(3);
    expect((await client.ontology()).relations.length).toBeGreaterThan(10);
    expect((await client.entities({ q: "putin", kind: ["person", "state"], sort: "name", facets: "kind", limit: 5 })).facets).toEqual({
      kind: { person: 1 },
    });
    expect((await client.entity(PUTIN)).name).toBe("Vladimir Putin");
    expect(await client.entity(PUTIN, { edges: 0, documents: 0 })).toMatchObject({ relations: [], inDocuments: [] });
    await expect(client.job("none")).rejects.toMatchObject({ problem: { code: "unknown-job" } });
    expect((await client.neighbors(PUTIN, { ...claims, relation: "met-with", direction: "out" })).total).toBe(1);
    expect((await client.relations({ ...edges, facets: ["type", "month"] })).items[0]?.relation).toBe("spoke-with");
    const [row] = (await client.relations({ type: "spoke-with" })).items;
    expect((await client.relation(row!.id, { limit: 1 })).claims).toHaveLength(1);
    expect((await client.events({ ...edges, limit: 1 })).items[0]?.claim.text).toContain("spoke");
    expect((await client.documents({ limit: 1, entity: PUTIN })).items).toHaveLength(1);
    expect((await client.document(CALL.source.id)).text).toBe(CALL.source.text);
    expect((await client.search("spoke by phone")).items[0]?.highlights.length).toBeGreaterThan(0);
    const way = {
      from: "state:RUS",
      to: "person:ilham-aliyev",
      maxHops: 3,
      k: 2,
      ordered: false,
      relation: ["leads", "met-with"],
    } as const;
    const { confidence, modality, polarity } = claims;
    expect((await client.paths({ ...way, polarity, modality, confidence })).paths).toHaveLength(1);
    expect((await client.paths({ ...way, ordered: true, from_date: claims.from, to_date: claims.to })).paths).toEqual([]);
    expect((await client.timeline({ ...edges, by: "day" })).buckets).toHaveLength(2);
    expect((await client.dyads({ ...edges, by: "year", of: PUTIN })).items).toHaveLength(2);
    const shown = { ...claims, kind: "person", relation: "spoke-with", ego: PUTIN, document: CALL.source.id } as const;
    expect((await client.graph({ ...shown, limit: 5 })).nodes).toHaveLength(2);
    expect(await (await client.export("gexf", shown)).text()).toContain("</gexf>");
    expect((await client.overview({ nodes: 5, pairs: 5 })).nodes).toBeDefined();
    expect((await client.layout({ nodes: 5, pairs: 5 })).x).toHaveLength(5);
    expect((await client.expansion(PUTIN, { limit: 2, nodes: 1, beside: "state:RUS" })).nodes).toBeDefined();
    expect((await client.formats()).items).toHaveLength(FORMATS.length);
    const rest = { among: [PUTIN, "person:ilham-aliyev"], outlet: "Gazette" };
    const { neighbors, relations, events, timeline, dyads, graph } = client;
    for (const list of [relations, events, timeline, dyads]) expect(await list({ ...rest, object: PUTIN })).toBeDefined();
    expect((await graph(rest)).edges).toEqual([]);
    expect((await neighbors(PUTIN, rest)).items).toEqual([]);
    expect(await (await client.export("jsonl", rest)).text()).not.toContain("Gazette");
    expect(await client.query("MATCH (p:Person {id: $id}) RETURN p.name", { id: PUTIN })).toEqual({
      fields: ["p.name"],
      values: [["Vladimir Putin"]],
    });
  });

  it("leaves out no address and no parameter that OpenAPI describes", async () => {
    const description = await fetch(`${server.url}/api/openapi.json`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const { paths } = (await description.json()) as { paths: Record<string, { get?: { parameters: { name: string; in: string }[] } }> };
    const left = Object.entries(paths).flatMap(([path, { get }]) => {
      const address = new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/gu, "[^/]+")}$`, "u");
      const requests = asked.filter(({ pathname }) => address.test(pathname));
      if (get === undefined || path === "/api/events/stream") return [];
      // Pages are turned by `all`, forms are for those who want no objects.
      const names = get.parameters.filter((each) => each.in === "query" && !["limit", "cursor", "format"].includes(each.name));
      const missing = names.filter(({ name }) => !requests.some(({ searchParams }) => searchParams.has(name)));
      return requests.length === 0 ? [path] : missing.map(({ name }) => `${path}?${name}`);
    });
    expect(left).toEqual([]);
  });

  it("reads lists to their end", async () => {
    const names: string[] = [];
    for await (const entity of client.all(client.entities, { limit: 3 })) names.push(entity.name);
    expect(names).toHaveLength(8);
    expect(new Set(names).size).toBe(8);
  });

  it("throws problems as errors that say what is wrong", async () => {
    const error = await client.entities({ limit: 0 }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(built.EntenteError);
    expect(error).toMatchObject({
      message: expect.stringContaining("limit") as string,
      problem: { code: "bad-parameter", parameter: "limit" },
    });
    await expect(client.query("MATCH (a RETURN a")).rejects.toMatchObject({ problem: { code: "Neo.ClientError.Statement.SyntaxError" } });
    await expect(built.createClient(server.url).stats()).rejects.toMatchObject({ problem: { status: 401, code: "token-required" } });
  });

  it("sends documents and hears of them", async () => {
    const stop = new AbortController();
    const events = client.listen(stop.signal);
    expect((await events.next()).value).toMatchObject({ event: "ready", data: { documents: 3 } });
    const sent = await client.send({ text: "Norway thanked Chad.", title: "Thanks" });
    expect([sent.status, sent.document.title]).toEqual(["created", "Thanks"]);
    expect((await events.next()).value).toMatchObject({ event: "document", data: { title: "Thanks" } });
    expect((await events.next()).value).toMatchObject({ event: "graph", data: { documents: 4 } });
    expect((await client.send(new File(["Norway thanked Chad."], "note.txt"))).document.name).toBe("note");
    stop.abort();
    let last: IteratorResult<unknown>;
    do last = await events.next();
    while (last.done !== true);
  });
});
