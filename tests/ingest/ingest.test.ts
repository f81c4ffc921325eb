/** Files into a real database: what is read, passed by, replaced, reported. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type IngestEvent, type IngestOptions, ingest } from "../../src/ingest/ingest.ts";
import { process as readAndExtract } from "../../src/ingest/process.ts";
import { documentRecord, shortDate } from "../../src/ingest/record.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { loadReader } from "../../src/nlp/reader.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { GraphStore } from "../../src/store/store.ts";

const knowledge = loadKnowledge();
const MEETING = "Foreign Minister Sergei Lavrov of Russia met Foreign Minister Mevlut Cavusoglu of Turkey in Moscow on Monday.";
const TREATY = "Armenia and Azerbaijan signed a peace treaty in Geneva on 3 May 2021.";

let folder: string;
let store: GraphStore;
let events: IngestEvent[];
const put = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const run = (files: readonly string[], options: Partial<IngestOptions> = {}) => {
  events = [];
  return ingest(files, { store, knowledge, onEvent: (event) => events.push(event), ...options });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entente-"));
  store = openStore(join(folder, "graph.db"), { symmetric: ["met-with"] });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe("ingest", () => {
  it("reads documents in order, tells of bad ones and goes on", async () => {
    const files = [put("a.txt", MEETING), put("b.txt", ""), join(folder, "missing.txt"), put("c.txt", "not\0text"), put("d.txt", TREATY)];
    const summary = await run(files);
    expect(summary).toMatchObject({ committed: 2, unchanged: 0, failed: 3, sentences: 2 });
    expect(events.map((event) => event.file)).toEqual(files);
    expect(events.flatMap((event) => (event.kind === "failed" ? [event.error.code] : []))).toEqual([
      "file-empty",
      "file-not-found",
      "file-binary",
    ]);
    expect(store.stats()).toMatchObject({ documents: 2, sentences: 2 });
    expect(
      store
        .listDocuments({ limit: 10 })
        .items.map((document) => document.name)
        .sort(),
    ).toEqual(["a", "d"]);
  });

  it("makes one event of five copies of a story that spell a name in two ways", async () => {
    const copies = [
      "Armenian Prime Minister Nikol Pashinyan met Russian Foreign Minister Sergei Lavrov in Yerevan on 6 May 2021.",
      "YEREVAN, May 6 2021 - Nikol Pashinian, the prime minister of Armenia, met Sergei Lavrov on 6 May 2021.",
      "Sergei Lavrov of Russia met Armenia's Nikol Pashinyan on May 6, 2021, officials said.",
      "On 6 May 2021 Armenian Prime Minister Nikol Pashinian met Sergey Lavrov, the Russian foreign minister.",
      "Russian Foreign Minister Sergey Lavrov and Armenian Prime Minister Nikol Pashinyan met on 6 May 2021.",
    ];
    await run(copies.map((text, index) => put(`${index}.txt`, text)));
    const met = store.listEvents({ relations: ["met-with"] }, { limit: 10 }).items;
    expect(met.map((event) => [event.date?.start, event.claims, event.documents])).toEqual([["2021-05-06", 5, 5]]);
  });

  it("passes by what the store holds already, in this run or an earlier one", async () => {
    const files = [put("a.txt", MEETING), put("copy.txt", `\ufeff${MEETING}\r\n`), put("d.txt", TREATY)];
    expect(await run(files)).toMatchObject({ committed: 2, unchanged: 1 });
    const before = store.stats();
    expect(await run(files)).toMatchObject({ committed: 0, unchanged: 3, failed: 0 });
    expect(store.stats()).toEqual(before);
  });

  it("reads anew when knowledge changed, and replaces a document that changed", async () => {
    const file = put("a.txt", MEETING);
    await run([file]);
    expect(await run([file], { knowledge: { ...knowledge, version: "another" } })).toMatchObject({ committed: 1, unchanged: 0 });
    put("a.txt", TREATY);
    expect(await run([file])).toMatchObject({ committed: 1 });
    expect(store.stats().documents).toBe(1);
    expect([...store.entities()].map((entity) => entity.id)).toEqual(expect.arrayContaining(["state:ARM", "state:AZE"]));
    expect(store.entity("state:TUR" as never)).toBeUndefined();
  });

  it("joins one actor of two documents into one node", async () => {
    await run([put("a.txt", MEETING), put("b.txt", `${MEETING}\n\nSergei Lavrov praised Turkey.`)]);
    expect(store.listEntities({ text: "lavrov" }, { limit: 5 }).items).toMatchObject([{ name: "Sergei Lavrov", documents: 2 }]);
  });

  it("stops between two documents when it is told to", async () => {
    const stop = new AbortController();
    const files = Array.from({ length: 5 }, (_, index) => put(`${index}.txt`, `${MEETING} It was meeting ${index}.`));
    const summary = await run(files, { signal: stop.signal, onEvent: () => stop.abort() });
    expect(summary.committed).toBe(1);
    expect(store.stats().documents).toBe(1);
  });

  it("ends when the store cannot be written", async () => {
    const file = put("a.txt", MEETING);
    const other = openStore(join(folder, "other.db"), { symmetric: [] });
    other.close();
    await expect(run([file], { store: other })).rejects.toThrow();
  });
});

describe("documentRecord", () => {
  const reader = loadReader();
  const record = (text: string) => {
    const { source, graph } = readAndExtract(Buffer.from(text), "story.txt", knowledge, reader);
    return documentRecord(source, graph);
  };

  it("has every key, null where nothing is known, in a fixed order", () => {
    const { entities, relations, ...document } = record(TREATY);
    expect(document).toEqual({ id: "story", title: TREATY.slice(0, -1), date: null, source: null, url: null });
    expect(entities.map((entity) => Object.keys(entity).join())).toEqual(entities.map(() => "id,name,kind,aliases,country"));
    expect(relations.length).toBeGreaterThan(0);
    expect(relations.map((relation) => Object.keys(relation).join())).toEqual(
      relations.map(() => "subject,relation,object,date,polarity,modality,evidence"),
    );
    expect(new Set(entities.map((entity) => entity.name))).toEqual(
      new Set([...entities.map((entity) => entity.name), ...relations.flatMap(({ subject, object }) => [subject, object])]),
    );
  });

  it("cuts dates to what the text says", () => {
    const date = (precision: "day" | "month" | "year") =>
      shortDate({ start: "2021-05-01", end: "2021-05-31", precision, basis: "explicit" });
    expect([date("day"), date("month"), date("year")]).toEqual(["2021-05-01", "2021-05", "2021"]);
  });
});
