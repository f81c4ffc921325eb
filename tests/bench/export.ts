/** Speed and memory of exports: every format over a large made-up graph, each in a process of its own by the command line itself. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FORMATS } from "../../src/export/export.ts";
import { madeDatabase } from "./fill.ts";
import type { GraphSize } from "./graph.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Loaded before the command: says what it took on standard error when it ends. */
const METER = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const u = process.resourceUsage(); console.error(`took ${u.maxRSS} ${u.userCPUTime + u.systemCPUTime}`); });',
)}`;

/** `formats`: names of formats; none means all. */
export function benchExport(size: GraphSize, formats: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  try {
    const database = madeDatabase(size);
    const head = ["seconds", "cpu s", "peak MB", "file MB"].map((name) => name.padStart(8)).join(" ");
    console.log(`${size.entities} entities, ${size.claims} claims\n${"format".padEnd(20)} ${head}`);
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
      const [, kilobytes, microseconds] = /^took (\d+) (\d+)$/m.exec(errors) ?? [];
      const row = [seconds.toFixed(1), (Number(microseconds) / 1e6).toFixed(1), (Number(kilobytes) / 1024).toFixed(0)];
      row.push((statSync(file).size / 2 ** 20).toFixed(0));
      console.log(`${name.padEnd(20)} ${row.map((cell) => cell.padStart(8)).join(" ")}`);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Seconds. */
function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
