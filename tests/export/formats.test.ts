/** Every format of the table: deterministic, safe with hostile text, and read back by a program that is not ours. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Entity, defaultModel, Model } from "@alephdata/followthemoney";
import fc from "fast-check";
import Graph, { MultiGraph } from "graphology";
import * as graphologyGraphml from "graphology-graphml";
import jsonld from "jsonld";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { Parser, Writer } from "n3";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { FORMATS, findFormat, type ExportSource } from "../../src/export/export.ts";
import { claim, day, entity, sample, sourceOf } from "./source.ts";

xmlRegisterFsInputProviders();
const schemaFile = fileURLToPath(new URL("graphml-1.0/graphml.xsd", import.meta.url));
const graphmlSchema = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(schemaFile), { url: schemaFile }));

function write(name: string, source: ExportSource): string {
  return [...findFormat(name)!.write(source)].join("");
}

function rows(name: string, source: ExportSource): Record<string, string>[] {
  return parse(write(name, source), { columns: true }) as Record<string, string>[];
}

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("=1+1", "@cmd", "-2", "'; DROP", "\\", '"', "'", "\n", "\r\n", "\u2028", "</data>", "]]>", "> <x>", "a|b;c,d", "\u001F"),
);

function graphOf(name: string, alias: string, sentence: string): ExportSource {
  return sourceOf(
    [entity("person:a", name, { aliases: [alias], country: "FRA" }), entity("state:BBB", alias)],
    [claim("person:a", "signed", "state:BBB", sentence, day("2020-01-01"))],
  );
}

test.each(FORMATS.map((format) => [format.name, format] as const))("%s: golden file, and the same bytes each time", async (_, format) => {
  const text = [...format.write(sample())].join("");
  expect([...format.write(sample())].join("")).toBe(text);
  await expect(text).toMatchFileSnapshot(`../golden/sample.${format.extension}`);
});

test("names and extensions in the table are unique", () => {
  const keys = FORMATS.flatMap((format) => [...new Set([format.name, format.extension])]);
  expect(new Set(keys).size).toBe(keys.length);
});

test("graphml: graphology reads every node and edge with its sentence", () => {
  const source = sample();
  const graph = graphologyGraphml.parse(MultiGraph, write("graphml", source));
  expect(graph.nodes().sort()).toEqual([...source.entities()].map((node) => node.id));
  expect(graph.size).toBe(3);
  const evidence = graph.mapEdges((_, attributes) => String(attributes["evidence"]));
  expect(evidence.some((text) => text.includes("Park signed the Lake Pact."))).toBe(true);
});

test("graphml: the format's schema accepts the sample and any id, and refuses a damaged copy", () => {
  const validate = (text: string): void => {
    const document = XmlDocument.fromString(text);
    try {
      graphmlSchema.validate(document);
    } finally {
      document.dispose();
    }
  };
  const text = write("graphml", sample());
  validate(text);
  expect(() => validate(text.replace("<edge ", "<arc ").replace("</edge>", "</arc>"))).toThrow(/arc/u);
  const ids = ["person:a b", "person:a_20_b", "person:é~.", "person:<&>"];
  const odd = write(
    "graphml",
    sourceOf(
      ids.map((id) => entity(id, id)),
      [claim(ids[0]!, "signed", ids[2]!, "So.", day("2020-01-01"))],
    ),
  );
  validate(odd);
  expect(new Set([...odd.matchAll(/<node id="([^"]*)"/gu)].map(([, id]) => id)).size).toBe(ids.length);
});

test("graphml: valid for any text", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, alias, sentence) => {
      const document = XmlDocument.fromString(write("graphml", graphOf(name, alias, sentence)));
      graphmlSchema.validate(document);
      expect(document.find("//*[local-name()='edge']")).toHaveLength(1);
      document.dispose();
    }),
  );
});

test("claims: one row a claim, its sentence whole", () => {
  const table = rows("claims-csv", sample());
  expect(table).toHaveLength(4);
  expect(table.map((row) => row["sentence"])).toContain("Park signed\nthe Lake Pact.");
  expect(table.map((row) => row["date"]).sort()).toEqual(["", "2021-01-11", "2021-01-12", "2021-03"]);
});

test("events: relations without an event code are not events", () => {
  expect(rows("events-csv", sample()).map((row) => row["relation"])).toEqual(["met-with", "met-with", "signed"]);
});

test("tables: text comes back whole, and no cell starts a formula", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, alias, sentence) => {
      const [row, ...others] = rows("claims-csv", graphOf(name, alias, sentence));
      expect(others).toEqual([]);
      expect([sentence, `'${sentence}`]).toContain(row!["sentence"]);
      for (const cell of Object.values(row!)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test("jsonl: every line is a record", () => {
  const records = write("jsonl", sample()).trim().split("\n");
  expect(records.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
    "entity",
    "entity",
    "entity",
    "entity",
    "entity",
    "edge",
    "claim",
    "edge",
    "claim",
    "claim",
    "edge",
    "claim",
  ]);
});

test("graphology: imports as it stands", () => {
  const graph = new Graph({ type: "mixed", multi: true });
  graph.import(JSON.parse(write("graphology", sample())));
  expect([graph.order, graph.size, graph.undirectedSize]).toEqual([5, 3, 1]);
  expect(graph.getNodeAttribute("state:RUR", "label")).toBe("Ruritania <north> & south");
});

test("turtle and JSON-LD say the same", async () => {
  const quads = new Parser().parse(write("turtle", sample()));
  const canonical = await jsonld.canonize(JSON.parse(write("jsonld", sample())), { algorithm: "RDFC-1.0", format: "application/n-quads" });
  expect(canonical.trim().split("\n").sort()).toEqual(new Writer({ format: "N-Quads" }).quadsToString(quads).trim().split("\n").sort());
  expect(quads.filter((quad) => quad.predicate.value.endsWith("wasDerivedFrom"))).toHaveLength(4);
});

test("turtle: any text is one literal", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, alias, sentence) => {
      const quads = new Parser().parse(write("turtle", graphOf(name, alias, sentence)));
      const values = quads.filter((quad) => quad.predicate.value === "http://www.w3.org/ns/prov#value");
      expect(values.map((quad) => quad.object.value)).toEqual([sentence.toWellFormed()]);
    }),
  );
});

test("a relation only denied or planned is no plain triple", () => {
  const denied = { ...claim("person:a", "signed", "state:BBB", "A did not sign."), polarity: "negated" as const };
  const source = sourceOf([entity("person:a", "A"), entity("state:BBB", "B")], [denied]);
  expect(write("turtle", source)).not.toContain("ent:signed entity:");
  expect(write("turtle", source)).toContain('ent:polarity "negated"');
});

test("ftm: the model of the format takes every entity and property", () => {
  const model = new Model(defaultModel);
  const entities = write("ftm", sample())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; schema: string; properties: Record<string, string[]> });
  for (const item of entities) {
    const read = model.getEntity(item) as Entity;
    for (const [name, values] of Object.entries(item.properties)) {
      expect(read.schema.getProperty(name), `${item.schema}.${name}`).toBeDefined();
      expect(read.getProperty(name)).toHaveLength(values.length);
    }
  }
  expect(entities.filter((item) => item.schema === "UnknownLink")).toHaveLength(3);
});

/** Splits a script at the semicolons outside literals; throws where a literal does not end. */
function statements(script: string): string[] {
  const tokens = script.match(/'(?:\\.|[^'\\\n])*'|;|[^';]+|'/g) ?? [];
  expect(tokens).not.toContain("'");
  return tokens.reduce<string[]>((all, token) => (token === ";" ? [...all, ""] : [...all.slice(0, -1), all.at(-1)! + token]), [""]);
}

test("cypher: any text stays inside its literal", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, alias, sentence) => {
      const all = statements(write("cypher", graphOf(name, alias, sentence)));
      expect(all.map((statement) => statement.trim().split(" ")[0])).toEqual(["CREATE", "MERGE", "MERGE", "MATCH", ""]);
    }),
  );
});
