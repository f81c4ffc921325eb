/** shortestPath() and allShortestPaths() against a plain search from one end, and what they spend. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileStatement } from "../../src/query/cypher/cypher.ts";
import type { Value } from "../../src/query/cypher/value.ts";
import { GENEROUS, MemoryGraph } from "./memory.ts";

interface Line {
  readonly source: number;
  readonly target: number;
  readonly type: string;
  readonly weight: number;
}

interface Pattern {
  readonly start: number;
  readonly end: number;
  readonly direction: "out" | "in" | "both";
  readonly type: string | undefined;
  readonly weight: number | undefined;
  readonly min: 0 | 1;
  readonly max: number | undefined;
}

const NODES = 9;

function graphOf(lines: readonly Line[]): MemoryGraph {
  const graph = new MemoryGraph();
  for (let node = 0; node < NODES; node++) graph.addNode([], new Map([["number", BigInt(node)]]));
  for (const [number, { source, target, type, weight }] of lines.entries()) {
    graph.addRelationship(type, source, target, new Map(Object.entries({ number: BigInt(number), weight: BigInt(weight) })));
  }
  return graph;
}

const run = (graph: MemoryGraph, statement: string, budget = GENEROUS, signal?: { readonly aborted: boolean }) => [
  ...compileStatement(statement).run(graph, new Map(), budget, signal),
];

const ends = ({ start, end }: Pattern) => `MATCH (a {number: ${start}}), (b {number: ${end}})`;

function call(name: string, { direction, type, weight, min, max }: Pattern): string {
  const [left, right] = { out: ["-", "->"], in: ["<-", "-"], both: ["-", "-"] }[direction] as [string, string];
  const properties = weight === undefined ? "" : ` {weight: ${weight}}`;
  return `${name}((a)${left}[${type === undefined ? "" : `:${type}`}*${min}..${max ?? ""}${properties}]${right}(b))`;
}

/** The walks as numbers of relationships. */
const asked = (graph: MemoryGraph, name: string, pattern: Pattern): number[][] =>
  run(graph, `${ends(pattern)} MATCH p = ${call(name, pattern)} RETURN [r IN relationships(p) | r.number] AS walk`).map(([walk]) =>
    (walk as Value[]).map(Number),
  );

/** All shortest walks, by extending every walk at once: at each node by what leads out, then by what leads in. */
function plainly(lines: readonly Line[], { start, end, direction, type, weight, min, max = NODES }: Pattern): number[][] {
  if (start === end) return min === 0 ? [[]] : [];
  const numbered = lines.map((line, number) => ({ ...line, number }));
  const fitting = numbered.filter((line) => (type ?? line.type) === line.type && (weight ?? line.weight) === line.weight);
  const leading = (node: number) => [
    ...(direction === "in" ? [] : fitting.filter(({ source }) => source === node).map(({ target, number }) => ({ next: target, number }))),
    ...(direction === "out" ? [] : fitting.filter(({ target }) => target === node).map(({ source, number }) => ({ next: source, number }))),
  ];
  const seen = new Set([start]);
  let walks: { node: number; walk: number[] }[] = [{ node: start, walk: [] }];
  for (let length = 1; length <= max && walks.length > 0; length++) {
    walks = walks.flatMap(({ node, walk }) =>
      leading(node)
        .filter(({ next }) => !seen.has(next))
        .map(({ next, number }) => ({ node: next, walk: [...walk, number] })),
    );
    const found = walks.filter(({ node }) => node === end);
    if (found.length > 0) return found.map(({ walk }) => walk);
    for (const { node } of walks) seen.add(node);
  }
  return [];
}

const node = fc.nat(NODES - 1);
/** Mostly between nodes whose numbers are close, so that some walks are long, and some many. */
const line = fc
  .record({
    source: node,
    step: fc.constantFrom(0, 1, 1, 1, 1, 1, 2, NODES - 1),
    type: fc.constantFrom("A", "A", "A", "B"),
    weight: fc.constantFrom(0, 1, 1, 1),
  })
  .map(({ source, step, type, weight }): Line => ({ source, target: (source + step) % NODES, type, weight }));
const lines = fc.array(line, { minLength: 8, maxLength: 24, size: "max" });
const pattern = fc.record({
  start: node,
  end: node,
  direction: fc.constantFrom("out", "in", "both"),
  type: fc.constantFrom(undefined, undefined, "A"),
  weight: fc.constantFrom(undefined, undefined, 1),
  min: fc.constantFrom(0, 1),
  max: fc.constantFrom(undefined, undefined, 1, 2, 3, 4),
}) satisfies fc.Arbitrary<Pattern>;

describe("shortest paths", () => {
  it("are those of a plain search, in its order; the one is the first of all", () => {
    let long = 0;
    let several = 0;
    fc.assert(
      fc.property(lines, pattern, (drawn, wanted) => {
        const graph = graphOf(drawn);
        const expected = plainly(drawn, wanted);
        expect(asked(graph, "allShortestPaths", wanted)).toEqual(expected);
        expect(asked(graph, "shortestPath", wanted)).toEqual(expected.slice(0, 1));
        long += Number((expected[0]?.length ?? 0) > 2);
        several += Number(expected.length > 1);
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(long, several)).toBeGreaterThan(30);
  });

  it("hold while others are searched for in between", () => {
    const diamonds = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [3, 4],
      [3, 5],
      [4, 6],
      [5, 6],
    ].map(([source, target]) => ({ source: source!, target: target!, type: "A", weight: 1 }));
    const there: Pattern = { start: 0, end: 6, direction: "both", type: undefined, weight: undefined, min: 1, max: undefined };
    const graph = graphOf(diamonds);
    const pairs = run(
      graph,
      `${ends(there)} MATCH p = ${call("allShortestPaths", there)}, q = allShortestPaths((b)-[*]-(a))
       RETURN [r IN relationships(p) | r.number] AS one, [r IN relationships(q) | r.number] AS other`,
    );
    const [one, other] = [plainly(diamonds, there), plainly(diamonds, { ...there, start: 6, end: 0 })];
    expect(one).toHaveLength(4);
    expect(pairs.map((row) => row.map((walk) => (walk as Value[]).map(Number)))).toEqual(one.flatMap((p) => other.map((q) => [p, q])));
    const nested = `RETURN length(shortestPath((a)-[* {weight: length(shortestPath((a)-[*]-(b))) - 3}]-(b))) AS length`;
    expect(run(graph, `${ends(there)} ${nested}`)).toEqual([[4n]]);
  });

  describe("spend", () => {
    const crowd = (from: number, to: number) => Array.from({ length: 5000 }, () => ({ source: from, target: to, type: "A", weight: 1 }));
    const thin = (...nodes: number[]) => nodes.slice(1).map((target, index) => ({ source: nodes[index]!, target, type: "A", weight: 1 }));
    const statement = (name: string) => `MATCH (a {number: 0}), (b {number: 3}) RETURN length(${name}((a)-[*]->(b))) AS length`;
    const little = { ...GENEROUS, steps: 200 };

    it.each(["shortestPath", "allShortestPaths"])("little on %s where only one end is crowded, whichever it is", (name) => {
      expect(run(graphOf([...crowd(0, 4), ...thin(0, 1, 2, 3)]), statement(name), little)).toEqual([[3n]]);
      expect(run(graphOf([...crowd(4, 3), ...thin(0, 1, 2, 3)]), statement(name), little)).toEqual([[3n]]);
      expect(run(graphOf(crowd(0, 4)), statement(name), little)).toEqual([[null]]);
    });

    it("of the budget, and end when it is spent or the caller has gone", () => {
      const both = graphOf([...crowd(0, 4), ...crowd(5, 3)]);
      expect(() => run(both, statement("shortestPath"), { ...GENEROUS, steps: 4000 })).toThrow(/more than 4000 steps/u);
      expect(() => run(both, statement("shortestPath"), GENEROUS, { aborted: true })).toThrow(/cancelled/u);
    });
  });
});
