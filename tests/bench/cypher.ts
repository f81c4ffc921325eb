/** Speed and memory of openCypher over a large made-up graph: the copy in memory, then queries on it, without HTTP. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileStatement } from "../../src/query/cypher/cypher.ts";
import { copyGraph } from "../../src/query/graph/store-graph.ts";
import { openSnapshot } from "../../src/store/sqlite.ts";
import { madeDatabase } from "./fill.ts";
import { drawRank, type GraphSize, madeEntity, randomNumbers } from "./graph.ts";

const BUDGET = { steps: Number.MAX_SAFE_INTEGER, rows: 10_000_000, milliseconds: 120_000 };
const REPEATS = 200;

const QUERIES: Readonly<Record<string, string>> = {
  "entity by id": "MATCH (a {id: $a}) RETURN a",
  "neighbours since a day": "MATCH (a {id: $a})-[r]-(b) WHERE r.date >= date('2020-01-01') RETURN b.name, type(r), r.date LIMIT 50",
  "two typed hops": "MATCH (a {id: $a})-[:SIGNED]->(b)-[:ACCUSED]->(c) RETURN c.name LIMIT 50",
  "shortest path <= 6": "MATCH p = shortestPath((a {id: $a})-[:SIGNED|ACCUSED|MET_WITH*..6]-(b {id: $b})) RETURN length(p)",
};
const SLOW: Readonly<Record<string, string>> = {
  "20 most connected": "MATCH (a:Person)-[r]-() RETURN a.name, count(r) AS n ORDER BY n DESC LIMIT 20",
  "claims a month": "MATCH ()-[r:SIGNED]->() WHERE r.date IS NOT NULL RETURN r.date.year AS y, r.date.month AS m, count(*) ORDER BY y, m",
};

export function benchCypher(size: GraphSize): void {
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  try {
    const snapshot = openSnapshot(madeDatabase(size));
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const started = performance.now();
    const cpu = process.cpuUsage();
    const graph = copyGraph(snapshot);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    globalThis.gc?.();
    const megabytes = (process.memoryUsage.rss() - before) / 2 ** 20;
    console.log(
      `${size.entities} entities, ${size.claims} claims: copied in ${seconds.toFixed(2)} s (processor ${((user + system) / 1e6).toFixed(2)} s), ${megabytes.toFixed(0)} MB more`,
    );
    console.log(`${"query".padEnd(24)} ${"median ms".padStart(10)} ${"p99 ms".padStart(10)}`);
    const random = randomNumbers(11);
    const run = (name: string, text: string, repeats: number) => {
      const times: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const [a, b] = [madeEntity(drawRank(random, size.entities)).id, madeEntity(drawRank(random, size.entities)).id];
        const parameters = new Map(Object.entries({ a, b }));
        const begun = performance.now();
        Array.from(compileStatement(text).run(graph, parameters, BUDGET));
        times.push(performance.now() - begun);
      }
      times.sort((x, y) => x - y);
      const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(2).padStart(10);
      console.log(`${name.padEnd(24)} ${at(0.5)} ${at(0.99)}`);
    };
    for (const [name, text] of Object.entries(QUERIES)) run(name, text, REPEATS);
    for (const [name, text] of Object.entries(SLOW)) run(name, text, 5);
    snapshot.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
