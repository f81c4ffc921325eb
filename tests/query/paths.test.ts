/** Shortest paths, held against a search that tries all of them. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GraphFilter, PathsAnswer } from "../../src/model/api.ts";
import type { EntityId } from "../../src/model/graph.ts";
import { shortestPaths } from "../../src/query/paths.ts";
import { openStore } from "../../src/store/sqlite.ts";
import type { View } from "../../src/store/store.ts";
import { commit, SYMMETRIC, story } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const NAMES = ["Ana", "Ben", "Cem", "Dia", "Eva", "Fay", "Gil"];
const id = (name: string): EntityId => `person:${name.toLowerCase()}` as EntityId;

type Pair = readonly [one: string, other: string, year?: string];

function withGraph(pairs: readonly Pair[], check: (view: View) => void): void {
  const folder = makeFolder();
  const store = openStore(join(folder, "graph.db"), { symmetric: SYMMETRIC });
  try {
    const sentences = pairs.map(([one, other], index) => `${one} praised ${other} for the ${index}th time.`);
    const told = story({
      name: "paths",
      sentences: [`${NAMES.join(" ")}.`, ...sentences],
      entities: Object.fromEntries(NAMES.map((name) => [name, "person" as const])),
      claims: pairs.map(([one, other, year], index) => [one, "praised", other, `${index}th`, year === undefined ? {} : { date: year }]),
    });
    commit(store, told);
    check(store);
  } finally {
    store.close();
    removeFolder(folder);
  }
}

function names(answer: PathsAnswer): string[] {
  return answer.paths.map(({ hops }) => [answer.from.name, ...hops.map((hop) => hop.to.name)].join(" "));
}

const ask = (view: View, from: string, to: string, maxHops = 4, k = 5, filter: GraphFilter = {}): PathsAnswer =>
  shortestPaths(view, id(from), id(to), { filter, maxHops, k });

/** All paths without a node twice, shortest first. */
function everyPath(pairs: readonly Pair[], from: string, to: string, maxHops: number): string[][] {
  const paths: string[][] = [];
  const walk = (path: readonly string[]): void => {
    const here = path.at(-1);
    if (here === to) paths.push([...path]);
    else if (path.length <= maxHops) {
      for (const next of NAMES) {
        const joined = pairs.some(([one, other]) => (one === here && other === next) || (one === next && other === here));
        if (joined && !path.includes(next)) walk([...path, next]);
      }
    }
  };
  if (from !== to) walk([from]);
  return paths.sort((one, other) => one.length - other.length);
}

describe("paths", () => {
  it("go along edges in either direction, the shortest first, and show a sentence for each hop", () => {
    const pairs: Pair[] = [
      ["Ana", "Ben"],
      ["Cem", "Ben"],
      ["Ana", "Dia"],
      ["Dia", "Eva"],
      ["Eva", "Cem"],
    ];
    withGraph(pairs, (view) => {
      const answer = ask(view, "Ana", "Cem");
      expect(names(answer)).toEqual(["Ana Ben Cem", "Ana Dia Eva Cem"]);
      expect(answer.complete).toBe(true);
      expect(answer.paths[0]?.hops.map((hop) => [hop.from.name, hop.to.name, hop.claim.text])).toEqual([
        ["Ana", "Ben", "Ana praised Ben for the 0th time."],
        ["Ben", "Cem", "Cem praised Ben for the 1th time."],
      ]);
      expect(names(ask(view, "Ana", "Cem", 2))).toEqual(["Ana Ben Cem"]);
      expect(names(ask(view, "Ana", "Cem", 4, 1))).toEqual(["Ana Ben Cem"]);
      expect(names(ask(view, "Ana", "Fay"))).toEqual([]);
      expect(names(ask(view, "Ana", "Ana"))).toEqual([]);
    });
  });

  it("take only claims that pass the filter", () => {
    const pairs: Pair[] = [
      ["Ana", "Cem", "2001"],
      ["Ana", "Cem", "2003"],
      ["Ana", "Ben", "2002"],
      ["Ben", "Cem", "2002"],
    ];
    withGraph(pairs, (view) => {
      const filter = { from: "2002-01-01", to: "2002-12-31" };
      expect(names(ask(view, "Ana", "Cem", 4, 5, filter))).toEqual(["Ana Ben Cem"]);
      const [direct] = ask(view, "Ana", "Cem", 1, 1, { from: "2003-01-01" }).paths;
      expect(direct?.hops[0]).toMatchObject({ edge: { reports: 1 }, claim: { date: { start: "2003-01-01" } } });
    });
  });

  it("of one length come by their least reported hop", () => {
    const pairs: Pair[] = [
      ["Ana", "Ben"],
      ["Ben", "Cem"],
      ["Ana", "Dia"],
      ["Ana", "Dia"],
      ["Dia", "Cem"],
      ["Cem", "Dia"],
      ["Cem", "Dia"],
    ];
    withGraph(pairs, (view) => expect(names(ask(view, "Ana", "Cem"))).toEqual(["Ana Dia Cem", "Ana Ben Cem"]));
  });

  it("are those that a search through everything finds", () => {
    const person = fc.constantFrom(...NAMES);
    const pair = fc.tuple(person, person).filter(([one, other]) => one !== other);
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 14 }),
        person,
        person,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 8 }),
        (pairs, from, to, maxHops, k) => {
          withGraph(pairs, (view) => {
            const all = everyPath(pairs, from, to, maxHops);
            const answer = ask(view, from, to, maxHops, k);
            const found = names(answer);
            expect(answer.complete).toBe(true);
            expect(new Set(found).size).toBe(found.length);
            expect(found.map((path) => path.split(" ").length)).toEqual(all.slice(0, k).map((path) => path.length));
            for (const path of found) expect(all.map((each) => each.join(" "))).toContain(path);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("in order of time are those whose hops can follow each other, with claims that do", () => {
    const person = fc.constantFrom(...NAMES.slice(0, 5));
    const year = fc.option(fc.constantFrom("2001", "2002", "2003", "2004"), { nil: undefined });
    const pair = fc.tuple(person, person, year).filter(([one, other]) => one !== other);
    /** Whether every hop can be taken in a year no earlier than the one before. */
    const canFollow = (pairs: readonly Pair[], path: readonly string[], since = "0"): boolean => {
      const [here, next] = path;
      if (next === undefined) return true;
      const years = pairs.filter(([one, other]) => (one === here && other === next) || (one === next && other === here));
      return years.some(([, , dated]) => dated !== undefined && dated >= since && canFollow(pairs, path.slice(1), dated));
    };
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 10 }), person, person, (pairs, from, to) => {
        withGraph(pairs, (view) => {
          const all = everyPath(pairs, from, to, 4).filter((path) => canFollow(pairs, path));
          const answer = shortestPaths(view, id(from), id(to), { filter: {}, maxHops: 4, k: 50, ordered: true });
          expect(names(answer).sort()).toEqual(all.map((path) => path.join(" ")).sort());
          for (const { hops } of answer.paths) {
            const days = hops.map((hop) => hop.claim.date?.start ?? "");
            expect(days).toEqual([...days].sort());
            for (const hop of hops) expect(hop.claim.edge).toBe(hop.edge.id);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
