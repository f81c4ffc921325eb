/** The README says what is there: commands, environment, addresses, formats, relations, error codes. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { ENTITY_KINDS, MODALITIES } from "../../src/model/graph.ts";
import { ERRORS } from "../../src/model/errors.ts";
import { addresses } from "../../src/server/router.ts";

const root = new URL("../../", import.meta.url);
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
  expect(listed.filter((path) => !paths.includes(path) && path !== "/api/openapi.json")).toEqual([]);
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
