/** Builds the server (dist/) and the viewer (web/dist/) where what they are made from is newer than what was made. Run from source: `npm run build`. */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync, utimesSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { note } from "./terminal.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Part {
  readonly script: string;
  /** A file of what is made; its time is set after each build. */
  readonly made: string;
  readonly from: readonly string[];
}

const PARTS: readonly Part[] = [
  { script: "build:server", made: "dist/cli/main.js", from: ["src", "tsconfig.json", "package.json"] },
  { script: "build:web", made: "web/dist/index.html", from: ["web", "src/model", "package.json"] },
];

for (const { script, made, from } of PARTS) {
  if (Math.max(...from.map((path) => newest(ROOT + path))) <= newest(ROOT + made)) continue;
  note(`${script} ...`);
  const { status } = spawnSync("npm", ["run", "--silent", script], { cwd: ROOT, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
  const now = new Date();
  utimesSync(ROOT + made, now, now);
}

/** Time of the youngest file at or below a path, in milliseconds; 0 where there is none. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  const entries = readdirSync(path).filter((name) => name !== "dist" && name !== "node_modules");
  return Math.max(0, ...entries.map((name) => newest(`${path}/${name}`)));
}
