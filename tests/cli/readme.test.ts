/** The README says what is there: commands, environment, addresses, formats, relations, error codes. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { ENTITY_KINDS, MODALITIES } from "../../src/model/graph.ts";
import { ERRORS } from "../../src/model/errors.ts";
import { addresses } from "../../src/server/router.ts";

const root = new URL("../../", import.meta.url);
const MAIN = fileURLToPath(new URL("dist/cli/main.js", root));
const SEEDS = fileURLToPath(new URL("seeds", root));
const readme = readFileSync(new URL("README.md", root), "utf8");
const main = readFileSync(new URL("src/cli/main.ts", root), "utf8");
const knowledge = loadKnowledge();

const missing = (names: readonly string[], frame: (name: string) => string) => names.filter((name) => !readme.includes(frame(name)));

it("lists every command", () => {
  const commands = [...main.matchAll(/\.command\("(\w+)"\)/gu)].map(([, name = ""]) => name);
  expect(commands.length).toBeGreaterThan(5);
  expect(missing(commands, (name) => `| \`entente ${name} `)).toEqual([]);
});

it("names every environment variable", () => {
  expect(
    missing(
      [...main.matchAll(/\.env\("(\w+)"\)/gu)].map(([, name = ""]) => name),
      (name) => `\`${name}\``,
    ),
  ).toEqual([]);
});

it("lists every address of the API, and no other", () => {
  // Making the table touches no store.
  const table = addresses({ store: {} as never, knowledge, formats: FORMATS, version: "0" });
  const paths = table.map((route) => `/api${route.path}`);
  expect(missing(paths, (path) => `\`${path}\``)).toEqual([]);
  const listed = [...readme.matchAll(/`(\/api\/[^`?]+)`/gu)].map(([, path = ""]) => path);
  expect(listed.filter((path) => !paths.includes(path) && !["/api/openapi.json", "/api/docs"].includes(path))).toEqual([]);
});

it("lists every export format, relation, kind, modality and error code", () => {
  expect(
    missing(
      FORMATS.map((format) => format.name),
      (name) => `\`${name}\``,
    ),
  ).toEqual([]);
  expect(missing([...knowledge.relations.keys()], (name) => name)).toEqual([]);
  expect(missing([...ENTITY_KINDS, ...MODALITIES], (name) => name.slice(0, 6))).toEqual([]);
  expect(missing(Object.keys(ERRORS), (code) => `\`${code}\``)).toEqual([]);
});

it("begins with the two commands, and package.json knows the scripts it names", () => {
  const screen = readme.split("\n").slice(0, 25).join("\n");
  expect(screen).toContain("npm install && npm start");
  expect(screen).toContain("npm install && npm test");
  const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm (?:run (\w+)|(start|test))/gu)].map(([, script, short]) => script ?? short ?? "");
  expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
});

it("shows requests that curl can make", async () => {
  const folder = mkdtempSync(join(tmpdir(), "entente-"));
  writeFileSync(join(folder, "article.txt"), "Norway thanked Chad on 3 May 2021.");
  const server = spawn(process.execPath, [MAIN, "serve", "--db", join(folder, "graph.db"), "--port", "0", "--ingest", SEEDS], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let printed = "";
    server.stdout.on("data", (data: Buffer) => (printed += String(data)));
    while (!/http:\S+/u.test(printed)) await once(server.stdout, "data");
    const [url = ""] = /http:\/\/\S+/u.exec(printed)!;
    const shell = [...readme.matchAll(/```sh\n(.*?)```/gsu)].map(([, block = ""]) => block.replaceAll("\\\n", " "));
    const requests = shell.flatMap((block) => block.split("\n")).filter((line) => line.startsWith("curl "));
    expect(requests.length).toBeGreaterThan(5);
    for (const request of requests) {
      const endless = request.startsWith("curl -N");
      const run = promisify(execFile)(
        "sh",
        [
          "-c",
          request
            .replaceAll("http://localhost:4680", url)
            .replace("curl ", `curl --silent --show-error --fail --max-time ${endless ? 5 : 60} `),
        ],
        { cwd: folder },
      );
      // A stream that does not end is left after a while, which curl tells by its exit code.
      const { stdout } = endless ? await run.catch((error: { stdout: string }) => error) : await run;
      expect(stdout, request).toMatch(endless ? /^event: ready$/mu : /^\{.*"(?:items|data|claims)":.+\}\s*$/su);
      expect(stdout, request).not.toContain('"items":[]');
    }
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
    rmSync(folder, { recursive: true });
  }
});
