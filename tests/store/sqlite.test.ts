/** What is special to the store in a file: crashes, locks, damaged and foreign files, two processes at once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { KnownError } from "../../src/model/errors.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { openSnapshot, openStore } from "../../src/store/sqlite.ts";
import { everything } from "../contracts/store.ts";
import { CALL, commit, DENIAL, different, type Story, SYMMETRIC, same, story, VISIT } from "./story.ts";
import { temporaryFolder } from "./temporary.ts";

function open(file: string): GraphStore {
  const store = openStore(file, { symmetric: SYMMETRIC, busyTimeout: 50 });
  onTestFinished(() => store.close());
  return store;
}

function knownError(work: () => unknown): KnownError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(KnownError);
    return error as KnownError;
  }
  throw new Error("nothing was thrown");
}

it("ranks sentences, but shows the last first where a word is in thousands", () => {
  const store = open(join(temporaryFolder(), "graph.db"));
  const sentences = Array.from({ length: 5001 }, (_, number) => `Talks ${number} went on${number === 7 ? ", talks of talks" : ""}.`);
  commit(store, story({ name: "long", sentences: sentences.slice(0, 5000), entities: {} }));
  expect(store.searchSentences("talks", { limit: 1 })).toMatchObject({ total: 5000, items: [{ text: sentences[7] }] });
  commit(store, story({ name: "short", sentences: sentences.slice(5000), entities: {} }));
  const first = store.searchSentences("talks", { limit: 3 });
  const second = store.searchSentences("talks", { limit: 3, after: first.next! });
  expect([first, second].flatMap(({ items }) => items.map(({ text }) => text))).toEqual(sentences.slice(-6).reverse());
  expect(second.total).toBe(5001);
});

describe("a process killed while it writes", () => {
  it("loses nothing that was acknowledged", async () => {
    const file = join(temporaryFolder(), "graph.db");
    let acknowledged = -1;
    for (let round = 0; round < 4; round += 1) {
      const writer = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("writer.ts", import.meta.url)), file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      const ended = once(writer, "exit");
      writer.stdout.on("data", (data) => {
        said += data;
        // A different moment of the work each time.
        if (said.split("\n").length > 5 + 7 * round) writer.kill("SIGKILL");
      });
      const [, signal] = await ended;
      expect(signal).toBe("SIGKILL");
      acknowledged = Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));

      const snapshot = openSnapshot(file);
      const names = new Set([...snapshot.documents()].map((document) => document.name));
      for (let number = 0; number <= acknowledged; number += 1) expect(names).toContain(`report-${number}`);
      const edge = snapshot.edge("person:ines-park~met-with~person:omar-diallo");
      expect(edge?.reports).toBe(names.size);
      snapshot.close();
    }
    const database = new Database(file);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(database.pragma("foreign_key_check")).toEqual([]);
    database.close();
    const store = open(file);
    const before = everything(store);
    store.rebuild();
    expect(everything(store)).toEqual(before);
  });
});

describe("a file that cannot be used", () => {
  it("is locked: says so, and works again when the lock is gone", () => {
    const file = join(temporaryFolder(), "graph.db");
    const store = open(file);
    const other = new Database(file);
    other.exec("BEGIN IMMEDIATE");
    const error = knownError(() => commit(store, CALL));
    expect(error.code).toBe("store-locked");
    expect(error.message).toContain(file);
    expect(store.stats().documents).toBe(0);
    other.exec("ROLLBACK");
    other.close();
    commit(store, CALL);
    expect(store.stats().documents).toBe(1);
  });

  it("is no database", () => {
    const file = join(temporaryFolder(), "notes.txt");
    writeFileSync(file, "These are notes, not a database. ".repeat(100));
    expect(knownError(() => open(file)).code).toBe("store-damaged");
    expect(readFileSync(file, "utf8")).toContain("These are notes");
  });

  it("is damaged inside", () => {
    const file = join(temporaryFolder(), "graph.db");
    const store = openStore(file, { symmetric: SYMMETRIC });
    for (const told of [CALL, DENIAL, VISIT]) commit(store, told);
    store.close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8192);
    writeFileSync(file, bytes);
    expect(
      knownError(() => {
        const damaged = open(file);
        damaged.rebuild();
      }).code,
    ).toBe("store-damaged");
  });

  it("belongs to another program, and stays as it was", () => {
    const file = join(temporaryFolder(), "other.db");
    const other = new Database(file);
    other.exec("CREATE TABLE recipe (name TEXT)");
    other.close();
    const before = readFileSync(file);
    expect(knownError(() => open(file)).code).toBe("store-foreign");
    expect(knownError(() => openSnapshot(file)).code).toBe("store-foreign");
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("was made by a newer version", () => {
    const file = join(temporaryFolder(), "graph.db");
    openStore(file, { symmetric: [] }).close();
    const newer = new Database(file);
    newer.pragma("user_version = 99");
    newer.close();
    expect(knownError(() => open(file))).toMatchObject({ code: "store-newer", detail: { version: 99 } });
    expect(knownError(() => openSnapshot(file)).code).toBe("store-newer");
  });

  it("is of an older version: its search is made anew", () => {
    const file = join(temporaryFolder(), "graph.db");
    const first = open(file);
    commit(first, CALL);
    const before = everything(first);
    const found = first.searchSentences("spoke by phone", { limit: 5 });
    expect(found.total).toBeGreaterThan(0);
    first.close();
    const older = new Database(file);
    for (const table of ["sentence_search", "entity_search"]) {
      older.exec(`DROP TABLE ${table}; CREATE VIRTUAL TABLE ${table} USING fts5 (words, content = '', contentless_delete = 1)`);
    }
    older.pragma("user_version = 3");
    older.close();
    expect(knownError(() => openSnapshot(file)).code).toBe("store-missing");
    const store = open(file);
    expect(everything(store)).toEqual(before);
    for (const { name } of CALL.graph.entities) expect(store.listEntities({ text: name }, { limit: 5 }).total).toBeGreaterThan(0);
    expect(store.searchSentences("spoke by phone", { limit: 5 })).toEqual(found);
    store.remove(store.listDocuments({ limit: 1 }).items[0]?.id ?? "");
    expect(store.listEntities({ text: CALL.graph.entities[0]?.name ?? "" }, { limit: 5 }).total).toBe(0);
  });

  it("is missing, or its folder is", () => {
    const folder = temporaryFolder();
    expect(knownError(() => openSnapshot(join(folder, "none.db"))).code).toBe("store-missing");
    expect(knownError(() => open(join(folder, "none", "graph.db"))).code).toBe("store-unwritable");
    writeFileSync(join(folder, "empty.db"), "");
    expect(knownError(() => openSnapshot(join(folder, "empty.db"))).code).toBe("store-missing");
  });
});

describe("two users of one file", () => {
  it("see what the other commits", () => {
    const file = join(temporaryFolder(), "graph.db");
    const [one, other] = [open(file), open(file)];
    commit(one, CALL);
    commit(other, DENIAL);
    expect(one.stats()).toEqual(other.stats());
    expect(one.stats().documents).toBe(2);
  });
});

describe("a changed list of relations without direction", () => {
  it("derives the edges anew", () => {
    const file = join(temporaryFolder(), "graph.db");
    const directed = openStore(file, { symmetric: [] });
    for (const told of [CALL, DENIAL]) commit(directed, told);
    expect(directed.stats().edges).toBe(5);
    directed.close();
    expect(open(file).stats().edges).toBe(4);
  });
});

describe("whatever is committed, judged, withdrawn and removed", () => {
  const NAMES = ["Ana Ruiz", "Ben Okoro", "Cem Aydın", "Dia Patel"];
  const ids = ["person:ana-ruiz", "person:ben-okoro", "person:cem-aydın", "person:dia-patel", "person:a", "person:b"];
  const id = fc.constantFrom(...ids);
  const told = fc
    .record({
      number: fc.nat(3),
      pairs: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.constantFrom("met-with", "praised")), { maxLength: 4 }),
      linked: fc.array(fc.option(id), { minLength: 4, maxLength: 4 }),
      judgements: fc.array(fc.tuple(id, id, fc.boolean()), { maxLength: 2 }),
    })
    .map(({ number, pairs, linked, judgements }): Story => {
      const claims = pairs.filter(([a, b]) => a !== b);
      return story({
        name: `story-${number}`,
        sentences: ["Here they are.", ...claims.map(([a, b, relation]) => `${NAMES[a]} ${relation} ${NAMES[b]}.`)],
        entities: Object.fromEntries(
          NAMES.map((name, index) => [name, { kind: "person" as const, ...(linked[index] == null ? {} : { linked: linked[index] }) }]),
        ),
        claims: claims.map(([a, b, relation]) => [NAMES[a] as string, relation, NAMES[b] as string, relation]),
        judgements: judgements.filter(([a, b]) => a !== b).map(([a, b, is]) => (is ? same(a, b) : different(a, b))),
      });
    });
  const step = fc.oneof(
    { weight: 4, arbitrary: told.map((committed) => ({ committed })) },
    fc.record({ removed: fc.nat(3) }),
    fc.record({ left: id, right: id, is: fc.boolean() }),
    fc.record({ withdrawn: fc.tuple(id, id) }),
  );

  it("the graph kept in step is the graph derived from the record", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const store = openStore(join(temporaryFolder(), "graph.db"), { symmetric: SYMMETRIC });
        try {
          for (const each of steps) {
            if ("committed" in each) commit(store, each.committed, "k1", each.committed.source.name);
            else if ("removed" in each) {
              const document = store.listDocuments({ limit: 10 }).items[each.removed];
              if (document !== undefined) store.remove(document.id);
            } else if ("withdrawn" in each) store.withdraw(...(each.withdrawn as [never, never]));
            else if (each.left !== each.right)
              store.judge(each.is ? same(each.left, each.right, "user") : different(each.left, each.right, "user"));
          }
          const before = everything(store);
          store.rebuild();
          expect(everything(store)).toEqual(before);
        } finally {
          store.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("no typed text breaks a search", () => {
    const store = open(join(temporaryFolder(), "graph.db"));
    for (const each of [CALL, DENIAL, VISIT]) commit(store, each);
    const before = everything(store);
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc
        .array(fc.constantFrom('"', "'", "*", "^", "NEAR", "OR", "AND NOT", "(", ")", "-", ":", "words", "put", "\0", ";", "{", "}"))
        .map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 5 }), (text, limit) => {
        for (const slice of [store.listEntities({ text }, { limit }), store.searchSentences(text, { limit })]) {
          expect(slice.items.length).toBe(Math.min(limit, slice.total));
        }
      }),
      { numRuns: 300 },
    );
    expect(everything(store)).toEqual(before);
  });

  it("a name in letters younger than SQLite's own tables is found", () => {
    const store = open(join(temporaryFolder(), "graph.db"));
    const name = "\u19b0\u{1e900}";
    commit(store, story({ name: "young", sentences: [name], entities: { [name]: { kind: "person", id: "person:young" } } }));
    expect(store.listEntities({ text: name }, { limit: 5 }).items.map(({ id }) => id)).toEqual(["person:young"]);
    expect(store.searchSentences(name, { limit: 5 }).total).toBe(1);
  });

  it("every name in the graph is found by itself", () => {
    const store = open(join(temporaryFolder(), "graph.db"));
    const names = fc.uniqueArray(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((name) => /[\p{L}\p{N}]/u.test(name)),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(names, (list) => {
        const each = story({
          name: "names",
          sentences: list,
          entities: Object.fromEntries(list.map((name, index) => [name, { kind: "person" as const, id: `person:${index}` }])),
        });
        commit(store, each, "k1", "names");
        for (const entity of each.graph.entities) {
          expect(store.listEntities({ text: entity.name }, { limit: 10 }).items.map((item) => item.id)).toContain(entity.id);
        }
      }),
      { numRuns: 60 },
    );
  });
});
