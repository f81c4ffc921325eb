/** Documents sent to a real server, and what it tells of them while they come in. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { type Intake, openIntake } from "../../src/ingest/intake.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { GraphState, IngestAnswer, LiveEvents, Problem } from "../../src/model/api.ts";
import type { Access } from "../../src/server/access.ts";
import * as answers from "../../src/server/answers.ts";
import { createApp, type Listening, listen } from "../../src/server/app.ts";
import { DOCUMENT_LIMIT } from "../../src/server/documents.ts";
import { type Feed, openFeed } from "../../src/server/feed.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const TREATY = "Armenia and Azerbaijan signed a peace treaty in Geneva on 3 May 2021.";
const TOKEN = "a-token-of-24-characters";
const knowledge = loadKnowledge();
const folder = makeFolder();
const file = join(folder, "graph.db");
let store: GraphStore;
let intake: Intake;
let feed: Feed;
let server: Listening;

const start = (access: Partial<Access>, used = intake): Promise<Listening> =>
  listen(
    createApp({
      store,
      knowledge,
      formats: FORMATS,
      version: "0",
      viewer: folder,
      intake: used,
      feed,
      access: { tokenFor: "writes", openWrites: true, cors: [], ...access },
    }),
    { port: 0 },
  );

beforeAll(async () => {
  store = openStore(file, { symmetric: [] });
  intake = openIntake({ file, knowledge });
  feed = openFeed(store);
  server = await start({});
});
afterAll(async () => {
  feed.close();
  await server.close();
  await intake.close();
  store.close();
  removeFolder(folder);
});

const post = (body: BodyInit, headers: Record<string, string> = {}, url = server.url): Promise<Response> =>
  fetch(`${url}/api/documents`, { method: "POST", headers, body });
const JSON_TYPE = { "content-type": "application/json" };
const TEXT_TYPE = { "content-type": "text/plain" };
const sendJson = (document: object, url = server.url): Promise<Response> => post(JSON.stringify(document), JSON_TYPE, url);
const answerOf = async (response: Response): Promise<IngestAnswer> => answers.ingestAnswer.parse(await response.json());
const codeOf = async (response: Response): Promise<string> => {
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/u);
  return ((await response.json()) as Problem).code;
};

describe("a document that is sent", () => {
  it("as JSON is read with what is said of it, and answered with what was found", async () => {
    const response = await sendJson({ text: "Russia condemned Turkey on Monday.", title: "A note", date: "2021-03-03", source: "Gazette" });
    expect(response.status).toBe(201);
    const { status, document, entities, claims } = await answerOf(response);
    expect(response.headers.get("location")).toBe(`/api/documents/${document.id}`);
    expect([status, document.title, document.date, document.source]).toEqual(["created", "A note", "2021-03-03", "Gazette"]);
    expect(entities.map((entity) => entity.id)).toEqual(["state:RUS", "state:TUR"]);
    expect(claims).toMatchObject([
      {
        edge: "state:RUS~condemned~state:TUR",
        date: { start: "2021-03-01" },
        text: "Russia condemned Turkey on Monday.",
        plover: "ACCUSE",
        cameo: "111",
      },
    ]);
    expect((await fetch(`${server.url}/api/documents/${document.id}`)).status).toBe(200);
  });

  it("as a file or as the body is the same document, once", async () => {
    const form = new FormData();
    form.set("file", new Blob([TREATY]), "../../etc/treaty.txt");
    form.set("title", "Peace");
    const first = await post(form);
    expect(first.status).toBe(201);
    const { document, claims } = await answerOf(first);
    expect([document.name, document.title, claims.length]).toEqual(["treaty", "Peace", 2]);
    for (const again of [
      await sendJson({ text: `${TREATY}\r\n`, title: "Peace" }),
      await fetch(`${server.url}/api/documents?title=Peace`, { method: "POST", headers: TEXT_TYPE, body: Buffer.from(TREATY, "utf16le") }),
      await fetch(`${server.url}/api/documents?title=Peace`, { method: "POST", headers: TEXT_TYPE, body: `\ufeff${TREATY}` }),
    ]) {
      expect(again.status).toBe(200);
      expect(await answerOf(again)).toMatchObject({ status: "unchanged", document: { id: document.id } });
    }
  });

  it("is read later where its sender does not wait, and its job says when that is done", async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const later: Intake = { ...intake, add: (submission) => gate.then(() => intake.add(submission)) };
    const other = await start({}, later);
    try {
      const send = (text: string, prefer: string) => post(JSON.stringify({ text }), { ...JSON_TYPE, prefer }, other.url);
      const accepted = await send("Egypt thanked Jordan on 4 May 2021.", "respond-async, wait=0");
      const empty = await send(" ", "handling=lenient, respond-async");
      expect([accepted.status, accepted.headers.get("preference-applied")]).toEqual([202, "respond-async"]);
      const at = (response: Response) => `${other.url}${response.headers.get("location")}`;
      const job = async (response: Response) => answers.jobAnswer.parse(await (await fetch(at(response))).json());
      expect(await job(accepted)).toEqual(await accepted.json());
      expect(await job(accepted)).toMatchObject({ state: "reading" });
      open();
      await vi.waitFor(async () => expect((await job(empty)).state).toBe("failed"), 20_000);
      expect(await job(empty)).toMatchObject({ problem: { code: "file-empty", status: 422 } });
      const done = await job(accepted);
      expect(done).toMatchObject({ state: "done", status: "created" });
      expect((await fetch(`${other.url}/api/documents/${"document" in done ? done.document : ""}`)).status).toBe(200);
      expect((await send("Oman thanked Jordan on 4 May 2021.", "respond-async; x=1, wait=50")).status).toBe(201);
      expect(await codeOf(await fetch(`${other.url}/api/jobs/none`))).toBe("unknown-job");
    } finally {
      await other.close();
    }
  });

  it.each([
    ["no form that is read", "a=b", { "content-type": "application/x-www-form-urlencoded" }, 415, "body-format"],
    ["no JSON", "{", JSON_TYPE, 400, "bad-parameter"],
    ["no object", "[]", JSON_TYPE, 400, "bad-parameter"],
    ["no text", "{}", JSON_TYPE, 400, "bad-parameter"],
    ["another day", '{"text":"a","date":"Monday"}', JSON_TYPE, 400, "bad-parameter"],
    ["an address to run", '{"text":"a","url":"javascript:alert(1)"}', JSON_TYPE, 400, "bad-parameter"],
    ["a field not known", '{"text":"a","path":"/etc/passwd"}', JSON_TYPE, 400, "bad-parameter"],
    ["a text that is none", " \n", TEXT_TYPE, 422, "file-empty"],
    ["a text too long", "a ".repeat(DOCUMENT_LIMIT / 2 + 1), TEXT_TYPE, 413, "body-too-large"],
    ["JSON too long", JSON.stringify({ text: "a".repeat(DOCUMENT_LIMIT + 1) }), JSON_TYPE, 413, "body-too-large"],
    ["a PDF", "%PDF-1.7", TEXT_TYPE, 422, "file-binary"],
    ["a broken form", "--x\r\n", { "content-type": "multipart/form-data; boundary=x" }, 400, "bad-parameter"],
    ["a form without boundary", "--x\r\n", { "content-type": "multipart/form-data" }, 400, "bad-parameter"],
  ])("with %s is refused", async (_, body, headers, status, code) => {
    const before = store.size();
    const response = await post(body, headers);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    expect(store.size()).toEqual(before);
  });

  it("in a form with two files, or one too large, is refused", async () => {
    const two = new FormData();
    two.append("file", new Blob([TREATY]), "a.txt");
    two.append("file", new Blob([TREATY]), "b.txt");
    expect((await post(two)).status).toBe(400);
    const large = new FormData();
    large.set("file", new Blob(["a".repeat(DOCUMENT_LIMIT + 1)]), "a.txt");
    expect((await post(large)).status).toBe(413);
  });

  it("never breaks the server, whatever its bytes are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom("text/plain", "application/json", "multipart/form-data; boundary=x", "application/octet-stream"),
        async (bytes, type) => {
          expect((await post(Buffer.from(bytes), { "content-type": type })).status).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("who may write", () => {
  const document = { text: "Estonia joined NATO in 2004." };
  const status = async (url: string, headers: Record<string, string> = {}): Promise<number> =>
    (await post(JSON.stringify(document), { ...JSON_TYPE, ...headers }, url)).status;

  it("on this machine everybody, pages of other sites and what came through a proxy excepted", async () => {
    expect(await status(server.url, { origin: server.url })).toBeLessThan(300);
    expect(await status(server.url, { origin: "http://evil.example" })).toBe(403);
    expect(await status(server.url, { origin: "null" })).toBe(403);
    expect(await status(server.url, { "x-forwarded-for": "192.0.2.1" })).toBe(403);
  });

  it("elsewhere nobody without a token", async () => {
    const other = await start({ openWrites: false });
    expect(await codeOf(await sendJson(document, other.url))).toBe("writes-closed");
    await other.close();
  });

  it("with a token who has it, by Bearer or as the password of Basic", async () => {
    const other = await start({ token: TOKEN });
    const basic = (password: string): Record<string, string> => ({ authorization: `Basic ${btoa(`any:${password}`)}` });
    expect(await status(other.url, { authorization: `Bearer ${TOKEN}` })).toBeLessThan(300);
    expect(await status(other.url, basic(TOKEN))).toBeLessThan(300);
    for (const headers of [{}, { authorization: `Bearer ${TOKEN}x` }, { authorization: "Bearer" }, basic(""), { authorization: TOKEN }])
      expect(await status(other.url, headers)).toBe(401);
    expect(await status(other.url, { authorization: `Bearer ${TOKEN}`, origin: "http://evil.example" })).toBe(403);
    const refused = await sendJson(document, other.url);
    expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="Entente", Basic realm="Entente", charset="UTF-8"');
    expect(await codeOf(refused)).toBe("token-required");
    expect((await fetch(`${other.url}/api/stats`)).status).toBe(200);
    await other.close();
  });

  it("and read, where the token is for all: everything but whether the server is there", async () => {
    const other = await start({ token: TOKEN, tokenFor: "all" });
    const asked = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
      (await fetch(`${other.url}${path}`, { headers })).status;
    for (const path of ["/api/stats", "/api/HEALTH", "/api//health", "/api/events/stream", "/api/export.gexf", "/db/entente/query/v2"])
      expect([path, await asked(path)]).toEqual([path, 401]);
    expect(await asked("/api/health")).toBe(200);
    expect(await asked("/api/stats", { authorization: `Bearer ${TOKEN}` })).toBe(200);
    await other.close();
  });

  it("nothing is read without it, however the address is written", async () => {
    const other = await start({ token: TOKEN, tokenFor: "all" });
    const { port, host } = new URL(other.url);
    const told = (path: string, headers: Record<string, string>): Promise<string> =>
      new Promise((resolve, reject) => {
        const asking = request({ host: "127.0.0.1", port, path, headers: { host, ...headers } }, (response) => resolve(text(response)));
        asking.on("error", reject).end();
      });
    const whole = `http://${host}/api/stats`;
    for (const path of [
      whole,
      "/api/stats/",
      "/API/stats",
      "/%61pi/stats",
      "//api/stats",
      "/x/../api/stats",
      "/api/./stats",
      "/;/api/stats",
    ])
      expect([path, await told(path, {})]).toEqual([path, expect.not.stringContaining("claimsByRelation")]);
    for (const path of [whole, "/api/stats/"]) expect(await told(path, { authorization: `Bearer ${TOKEN}` })).toContain("claimsByRelation");
    await other.close();
  });

  it("pages of other origins read nothing, but where they are allowed", async () => {
    const origin = "https://example.org";
    const allowed = async (url: string): Promise<string | null> =>
      (await fetch(`${url}/api/stats`, { headers: { origin } })).headers.get("access-control-allow-origin");
    expect(await allowed(server.url)).toBeNull();
    const other = await start({ cors: [origin] });
    expect(await allowed(other.url)).toBe(origin);
    expect(await status(other.url, { origin })).toBeLessThan(300);
    const asked = await fetch(`${other.url}/api/documents`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
    expect([asked.status, asked.headers.get("access-control-allow-methods")]).toEqual([204, "GET,HEAD,POST"]);
    await other.close();
  });
});

interface Event {
  readonly event: keyof LiveEvents;
  readonly id: string;
  readonly data: unknown;
}

/** A client of the stream that hands out one event after the other. */
async function listener(url: string, headers: Record<string, string> = {}): Promise<{ next: () => Promise<Event>; end: () => void }> {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/events/stream`, { headers, signal: stop.signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const text = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let read = "";
  return {
    async next() {
      for (;;) {
        const end = read.indexOf("\n\n");
        if (end >= 0) {
          const [, event, id, data] = /^event: (\w+)\nid: (\d+)\ndata: (.*)$/u.exec(read.slice(0, end)) ?? [];
          read = read.slice(end + 2);
          if (event !== undefined) return { event: event as Event["event"], id: id!, data: JSON.parse(data!) as unknown };
          continue;
        }
        const { value, done } = await text.read();
        if (done) throw new Error("The stream ended.");
        read += value;
      }
    },
    end: () => stop.abort(),
  };
}

describe("the stream of events", () => {
  it("tells of each document, then of the graph, and after a break of what was missed", async () => {
    const client = await listener(server.url);
    const ready = await client.next();
    expect(ready).toMatchObject({ event: "ready", data: { ...store.size() } });
    const sent = await answerOf(await sendJson({ text: "France condemned Syria on 2 May 2018.", title: "First" }));
    const told = await client.next();
    expect(told).toMatchObject({
      event: "document",
      data: { id: sent.document.id, title: "First", counts: { sentences: 1, claims: sent.claims.length, entities: sent.entities.length } },
    });
    const graph = await client.next();
    expect(graph).toMatchObject({ event: "graph", data: store.size() });
    expect((graph.data as GraphState).version).not.toBe((ready.data as GraphState).version);
    client.end();

    for (const title of ["Second", "Third"]) await sendJson({ text: "Spain thanked Italy.", title });
    const back = await listener(server.url, { "last-event-id": told.id });
    const missed = [await back.next(), await back.next(), await back.next()];
    expect(missed.map(({ event, data }) => [event, (data as { title?: string }).title])).toEqual([
      ["document", "Second"],
      ["document", "Third"],
      ["ready", undefined],
    ]);
    back.end();
    const fresh = await listener(server.url, { "last-event-id": "nonsense" });
    expect((await fresh.next()).event).toBe("ready");
    fresh.end();
  });

  it("tells of what another process writes, and of what takes another's place", async () => {
    const client = await listener(server.url);
    await client.next();
    const elsewhere = openIntake({ file, knowledge });
    const { id } = await elsewhere.add({ bytes: Buffer.from("Norway thanked Chad."), name: "elsewhere", given: {} });
    await elsewhere.close();
    expect(await client.next()).toMatchObject({ event: "document", data: { id, name: "elsewhere" } });
    expect((await client.next()).event).toBe("graph");
    store.remove(id);
    expect((await client.next()).event).toBe("graph");
    client.end();
  });

  it("is given to so many clients and no more", async () => {
    const clients = [];
    for (let count = 0; count < 20; count += 1) clients.push(await listener(server.url));
    const refused = await fetch(`${server.url}/api/events/stream`);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    for (const client of clients) client.end();
  });
});

it("what was answered for survives the end of the process, and is read beside the event loop", async () => {
  const db = join(folder, "killed.db");
  const child = spawn(process.execPath, [MAIN, "serve", "--db", db, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (data: Buffer) => (printed += String(data)));
  while (!/http:\S+/u.test(printed)) await once(child.stdout, "data");
  const [url] = /http:\/\/\S+/u.exec(printed)!;
  const text = readFileSync(new URL("../../seeds/000_69dfcfd1fc353171.txt", import.meta.url), "utf8");
  const told: IngestAnswer[] = [];
  for (const title of ["one", "two", "three"]) told.push(await answerOf(await sendJson({ text, title }, url)));
  void sendJson({ text, title: "under way" }, url).catch(() => undefined);
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  child.kill("SIGKILL");
  await once(child, "exit");
  const after = openStore(db, { symmetric: [] });
  expect(told.map(({ claims }) => claims.length > 10)).toEqual([true, true, true]);
  expect(told.map(({ document }) => after.document(document.id)?.evidence.length)).toEqual(told.map(({ claims }) => claims.length));
  after.close();
});
