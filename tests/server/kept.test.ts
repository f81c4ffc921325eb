/** Answers are kept while what they tell of does not change, within bounds. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { EntityId } from "../../src/model/graph.ts";
import { createApp, type Listening, listen } from "../../src/server/app.ts";
import { KeptAnswers } from "../../src/server/kept.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { Additions, GraphDetails } from "../../src/store/store.ts";
import { madeDocuments, madeEntity } from "../bench/graph.ts";
import { same } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const body = (bytes: number, fill = 1): Uint8Array => new Uint8Array(bytes).fill(fill);

function keep(kept: KeptAnswers, question: string, found: Uint8Array, about?: readonly string[]): void {
  kept.keep(question, kept.get(question).state, found, about as readonly EntityId[]);
}

/** A store to which changes are made; entity 1 is called "e1". Undefined is a change that is no addition. */
function changing() {
  const changes: (readonly number[] | undefined)[] = [];
  return {
    changes,
    state: () => String(changes.length),
    revision: () => changes.length,
    additions: (since: number): Additions | undefined => {
      const later = changes.slice(since);
      return later.includes(undefined) ? undefined : { documents: [], entities: later.flatMap((entities) => entities ?? []) };
    },
    details: () => ({ entities: (key: number) => [{ key, id: `e${key}` }] }) as unknown as GraphDetails,
  };
}

it("gives what was found in the same state, and nothing of another", () => {
  const store = changing();
  const kept = new KeptAnswers(store);
  expect(kept.get("a").answer).toBeUndefined();
  keep(kept, "a", body(3));
  const { answer } = kept.get("a");
  expect(answer?.body).toEqual(body(3));
  expect(answer?.etag).toMatch(/^W\/"[\w-]+"$/u);
  expect(kept.get("b").answer).toBeUndefined();
  const before = kept.get("b").state;
  store.changes.push([]);
  expect(kept.get("a").answer).toBeUndefined();
  // Found while the store changed: of either state.
  expect(kept.keep("b", before, body(2)).body).toEqual(body(2));
  expect(kept.get("b").answer).toBeUndefined();
});

it("keeps what is about entities until one of them is touched", () => {
  const store = changing();
  const kept = new KeptAnswers(store);
  keep(kept, "one", body(1), ["e1"]);
  keep(kept, "two", body(2), ["e1", "e2"]);
  keep(kept, "all", body(3));
  const left = (): string[] => ["one", "two", "all"].filter((question) => kept.get(question).answer !== undefined);
  expect(left()).toEqual(["one", "two", "all"]);
  store.changes.push([3]);
  expect(left()).toEqual(["one", "two"]);
  // Two changes at once.
  store.changes.push([4], [2]);
  expect(left()).toEqual(["one"]);
  store.changes.push(undefined);
  expect(left()).toEqual([]);
});

it("tells bodies apart by their tags", () => {
  const kept = new KeptAnswers(changing());
  expect(kept.keep("a", "0", body(9, 1)).etag).not.toBe(kept.keep("b", "0", body(9, 2)).etag);
  expect(kept.keep("a", "0", body(9, 3)).etag).toBe(kept.keep("b", "0", body(9, 3)).etag);
});

it("lets the oldest go when there are too many, and keeps none that is too large", () => {
  const kept = new KeptAnswers(changing());
  const questions = Array.from({ length: 50 }, (_, number) => `q${number}`);
  for (const question of questions) keep(kept, question, body(1_000_000));
  const left = questions.filter((question) => kept.get(question).answer !== undefined);
  expect(left).toEqual(questions.slice(-32));
  // What is asked for again is no longer the oldest.
  kept.get(left[0]!);
  keep(kept, "one more", body(1_000_000));
  expect(kept.get(left[0]!).answer).toBeDefined();
  expect(kept.get(left[1]!).answer).toBeUndefined();
  keep(kept, "large", body(2_000_001));
  expect(kept.get("large").answer).toBeUndefined();
});

it("answers after every write as a server does that has kept nothing", async () => {
  const folder = makeFolder();
  const store = openStore(join(folder, "graph.db"), { symmetric: ["met-with"] });
  const knowledge = loadKnowledge();
  const start = (): Promise<Listening> =>
    listen(createApp({ store, knowledge, formats: FORMATS, version: "0", viewer: folder }), { port: 0 });
  const lasting = await start();
  const ids = Array.from({ length: 8 }, (_, rank) => encodeURIComponent(madeEntity(rank).id));
  const questions = ids.flatMap((id) => [
    `/api/entities/${id}`,
    `/api/entities/${id}?edges=0&documents=0`,
    `/api/entities/${id}/neighbors`,
    `/api/entities/${id}/neighbors?from=2015-01-01&limit=2`,
    `/api/documents?entity=${id}`,
  ]);
  const told = async ({ url }: Listening): Promise<string[]> =>
    Promise.all(questions.map(async (question) => (await fetch(`${url}${question}`, { redirect: "manual" })).text()));
  const expectSame = async (): Promise<void> => {
    const fresh = await start();
    expect(await told(lasting)).toEqual(await told(fresh));
    await fresh.close();
  };
  try {
    const documents = [...madeDocuments({ entities: 60, claims: 60 })];
    for (const { source, graph, links } of documents) {
      store.commit(source, graph, links, { knowledge: "1" });
      await expectSame();
    }
    const [left, right] = [madeEntity(0).id, madeEntity(1).id];
    store.judge(same(left, right));
    await expectSame();
    store.judge({ ...same(left, right), reason: "said otherwise" });
    await expectSame();
    store.withdraw(left, right);
    await expectSame();
    store.remove(documents[0]!.source.id);
    await expectSame();
  } finally {
    await lasting.close();
    store.close();
    removeFolder(folder);
  }
});
