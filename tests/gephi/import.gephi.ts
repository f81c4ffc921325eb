/** Real Gephi opens our files: its own importer, without a warning, with every node, edge, date and sentence. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExportSource } from "../../src/export/format.ts";
import { findFormat } from "../../src/export/export.ts";
import { claim, day, entity, sample, sourceOf } from "../export/source.ts";

interface Imported {
  issues: string[];
  nodeCount: number;
  edgeCount: number;
  timeFormat: string;
  /** Milliseconds since 1970. */
  bounds: [number, number];
  nodeColumns: string[];
  edgeColumns: string[];
  nodes?: { id: string; label: string; color: string; position: [number, number]; size: number }[];
  edges?: { id: string; kind: string; weight: number; directed: boolean; evidence: string[] | null; spells: number }[];
}

const here = fileURLToPath(new URL(".", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "entente-gephi-"));
const library = join(work, "lib");

beforeAll(() => {
  run("mvn", ["-q", "-B", "-f", join(here, "pom.xml"), "dependency:copy-dependencies", `-DoutputDirectory=${library}`]);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "pipe"] });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new Error(`${command} is not installed: the Gephi test needs Java 17 and Maven (Debian: apt-get install default-jdk maven)`, {
      cause,
    });
  }
}

function open(source: ExportSource, format = "gexf"): Imported {
  const file = join(work, `graph.${format}`);
  writeFileSync(file, [...findFormat(format)!.write(source)].join(""));
  const classes = join(library, "*");
  const output = run("java", ["-Djava.awt.headless=true", "-Xmx4g", "-cp", classes, join(here, "GephiImport.java"), file]);
  return JSON.parse(output.trim().split("\n").at(-1)!) as Imported;
}

test("Gephi takes the sample in whole, without an issue", () => {
  const source = sample();
  const imported = open(source);
  expect(imported.issues).toEqual([]);
  expect(imported.nodes?.map((node) => node.label).sort()).toEqual([...source.entities()].map((node) => node.name).sort());
  expect(imported.nodes?.find((node) => node.id === "person:ines-park")?.color).toBe("#d55e00");
  for (const edge of source.edges()) {
    const read = imported.edges?.find((item) => item.id === edge.id);
    expect(read).toMatchObject({ kind: edge.relation, weight: edge.events, directed: edge.relation !== "met-with" });
    expect(read?.evidence).toEqual(edge.claims.map((item) => item.text.replace(/\s+/g, " ")));
    expect(read?.spells).toBe(edge.claims.filter((item) => item.date).length);
  }
  expect(imported.timeFormat).toBe("DATE");
  expect(imported.bounds.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual(["2021-01-11", "2021-03-31"]);
  expect(imported.nodeColumns).toEqual(expect.arrayContaining(["kind", "aliases", "country", "first date", "last date"]));
  expect(imported.edgeColumns).toEqual(expect.arrayContaining(["evidence", "urls", "events", "reports", "plover", "cameo"]));
});

test("Gephi takes the sample's GraphML in whole, without an issue", () => {
  const source = sample();
  const imported = open(source, "graphml");
  expect(imported.issues).toEqual([]);
  expect(imported.nodes?.map((node) => node.label).sort()).toEqual([...source.entities()].map((node) => node.name).sort());
  const read = imported.edges?.map((edge) => `${edge.id} ${edge.weight}`);
  // In the file the id of an edge is an NMTOKEN.
  expect(read?.sort()).toEqual([...source.edges()].map((edge) => `${edge.id.replaceAll("~", ".")} ${edge.events}`).sort());
});

test("Gephi takes 200,000 edges", () => {
  const count = 20_000;
  const entities = Array.from({ length: count }, (_, index) => entity(`state:n${index}`, `Node ${index}`));
  const claims = Array.from({ length: 10 * count }, (_, index) => {
    const [from, step] = [index % count, 1 + Math.floor(index / count)];
    const date = new Date(Date.UTC(2000, 0, 1 + (index % 9000))).toISOString().slice(0, 10);
    return claim(`state:n${from}`, "signed", `state:n${(from + step) % count}`, `Sentence ${index} says so.`, day(date));
  });
  const imported = open(sourceOf(entities, claims));
  expect(imported.issues).toEqual([]);
  expect([imported.nodeCount, imported.edgeCount]).toEqual([count, 10 * count]);
});
