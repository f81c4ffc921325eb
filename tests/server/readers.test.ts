/** Answers found in other processes (as built) are those found in this one, within budgets, and what goes wrong there stays there. */
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { ReaderBudget, Readers, Reply } from "../../src/server/readers.ts";
import type * as ReadersModule from "../../src/server/readers.ts";
import type { Asked } from "../../src/server/route.ts";
import { ontologyOf, routes } from "../../src/server/routes.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { CALL, commit, DENIAL, SYMMETRIC, VISIT } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const BUILT = new URL("../../dist/server/readers.js", import.meta.url).href;
const parts = { ontology: ontologyOf(loadKnowledge()), version: "0" };
const table = routes(parts, FORMATS);
const folder = makeFolder();
const file = join(folder, "graph.db");
const budget: ReaderBudget = { milliseconds: 20_000, streamMilliseconds: 60_000, megabytes: 256, processes: 1 };
let built: typeof ReadersModule;
let store: GraphStore;
let readers: Readers;

beforeAll(async () => {
  store = openStore(file, { symmetric: SYMMETRIC });
  for (const told of [CALL, DENIAL]) commit(store, told);
  built = (await import(BUILT)) as typeof ReadersModule;
});
afterEach(() => readers.close());
afterAll(() => {
  store.close();
  removeFolder(folder);
});

const open = (changed: Partial<ReaderBudget> = {}): Readers =>
  (readers = built.readersInProcesses({ file, ...parts }, { ...budget, ...changed }));

function ask(path: string, asked: Partial<Asked> = {}, by = readers, signal = new AbortController().signal): Promise<Reply> {
  return by.answer(table.find((route) => route.path === path)!, { id: "", search: "", form: "json", ...asked }, signal);
}

async function textOf(reply: Reply): Promise<string> {
  if ("json" in reply) return Buffer.from(reply.json).toString();
  if ("moved" in reply) return `moved to ${reply.moved}`;
  let text = `${reply.type} ${reply.attachment}\n`;
  for await (const piece of reply.pieces) text += Buffer.from(piece).toString();
  return text;
}

it("answers like one process, and sees what is written meanwhile", async () => {
  open({ processes: 2 });
  const here = built.readersInThread(store);
  const asked: [string, Partial<Asked>][] = [
    ["/stats", {}],
    ["/search", { search: "q=putin" }],
    ["/entities/:id", { id: "person:putin-visit", search: "a=b" }],
    ["/entities/:id", { id: "person:vladimir-putin" }],
    ["/relations", { form: "csv" }],
    ["/events", { search: "format=jsonl" }],
    ["/paths", { search: "from=state:RUS&to=person:ilham-aliyev" }],
    ["/graph", {}],
    ...FORMATS.map((format): [string, Partial<Asked>] => ["/export.:format", { id: format.name }]),
  ];
  const told = async (by: Readers): Promise<string[]> =>
    Promise.all(asked.map(async ([path, rest]) => ask(path, rest, by).then(textOf, (error: Error) => error.message)));
  expect(await told(readers)).toEqual(await told(here));
  commit(store, VISIT);
  expect(await told(readers)).toEqual(await told(here));
  store.remove(VISIT.source.id);
});

it("refuses as one process does", async () => {
  open();
  await expect(ask("/entities/:id", { id: "person:nobody" })).rejects.toMatchObject({ code: "unknown-entity", status: 404 });
  await expect(ask("/export.:format", { id: "doc" })).rejects.toMatchObject({ code: "unknown-format" });
  await expect(ask("/graph", { search: "limit=0" })).rejects.toMatchObject({ code: "bad-parameter", detail: { parameter: "limit" } });
  expect(await textOf(await ask("/health"))).toContain("ok");
});

it("gives up what takes too long or too much memory", async () => {
  open({ milliseconds: 1 });
  await expect(ask("/stats")).rejects.toMatchObject({ code: "over-budget", status: 503 });
  await readers.close();
  open({ megabytes: 6 });
  await expect(ask("/stats")).rejects.toMatchObject({ code: "over-budget", status: 503 });
});

it("ends what nobody waits for, and goes on", async () => {
  open();
  const gone = new AbortController();
  const abandoned = ask("/graph", {}, readers, gone.signal);
  gone.abort();
  await abandoned.catch(() => undefined);
  expect(await textOf(await ask("/health"))).toContain("ok");
  for (const begin of [true, false]) {
    const reply = await ask("/export.:format", { id: "gexf" });
    if (!("pieces" in reply)) throw new Error("An export comes in pieces.");
    const pieces = reply.pieces[Symbol.asyncIterator]();
    if (begin) await pieces.next();
    await pieces.return?.();
    expect(await textOf(await ask("/health"))).toContain("ok");
  }
});

it("turns requests away when too many wait", async () => {
  open();
  const answers = await Promise.allSettled(Array.from({ length: 210 }, () => ask("/health")));
  const refused = answers.filter((answer) => answer.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(210);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "too-busy", status: 503 });
});
