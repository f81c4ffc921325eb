/** Speed and memory of exports: every format over a large made-up graph, each in a process of its own by the command line itself. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { SYMMETRIC_RELATIONS, madeDocuments, type GraphSize } from "./graph.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Loaded before the command: says what it took on standard error when it ends. */
const METER = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => console.error(`peak ${process.resourceUsage().maxRSS}`));',
)}`;

/** `formats`: names of formats; none means all. */
export function benchExport(size: GraphSize, formats: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  try {
    const database = join(folder, "made.db");
    const made = timed(() => fill(database, size));
    console.log(`${size.entities} entities, ${size.claims} claims: made in ${made.toFixed(0)} s`);
    console.log(`${"format".padEnd(20)} ${"seconds".padStart(8)} ${"peak MB".padStart(8)} ${"file MB".padStart(8)}`);
    for (const { name } of FORMATS) {
      if (formats.length > 0 && !formats.includes(name)) continue;
      const file = join(folder, name);
      let errors = "";
      const seconds = timed(() => {
        const options = ["--import", METER, MAIN, "export", "--format", name, "--db", database, "-o", file];
        const run = spawnSync(process.execPath, options, { encoding: "utf8" });
        errors = run.stderr;
        if (run.status !== 0) throw new Error(`export of ${name} failed: ${errors}`);
      });
      const peak = Number(/^peak (\d+)$/m.exec(errors)?.[1]) / 1024;
      const megabytes = statSync(file).size / 2 ** 20;
      console.log(
        `${name.padEnd(20)} ${seconds.toFixed(1).padStart(8)} ${peak.toFixed(0).padStart(8)} ${megabytes.toFixed(0).padStart(8)}`,
      );
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes a database with a made-up graph. */
export function fill(database: string, size: GraphSize): void {
  const { version } = loadKnowledge();
  const store = openStore(database, { symmetric: SYMMETRIC_RELATIONS });
  try {
    for (const { source, graph, links } of madeDocuments(size)) store.commit(source, graph, links, { knowledge: version });
  } finally {
    store.close();
  }
}

/** Seconds. */
function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
