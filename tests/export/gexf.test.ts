/** GEXF files: valid by the format's own schema, read back whole, safe with any text, the same bytes each time. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { MultiGraph } from "graphology";
import * as graphologyGexf from "graphology-gexf";
import { RelaxNGValidator, XmlDocument } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { expect, test } from "vitest";
import type { ExportSource, ExportSummary } from "../../src/export/format.ts";
import { gexf } from "../../src/export/gexf.ts";
import { claim, day, entity, ontology, sample, sourceOf } from "./source.ts";

xmlRegisterFsInputProviders();
const schemaFile = fileURLToPath(new URL("gexf-1.3/gexf.rng", import.meta.url));
const schema = RelaxNGValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(schemaFile), { url: schemaFile }));

function write(source: ExportSource): { text: string; summary: ExportSummary } {
  const pieces = gexf.write(source);
  let text = "";
  for (;;) {
    const step = pieces.next();
    if (step.done) return { text, summary: step.value };
    text += step.value;
  }
}

function validate(text: string): void {
  const document = XmlDocument.fromString(text);
  try {
    schema.validate(document);
  } finally {
    document.dispose();
  }
}

test("the sample graph gives the golden file", async () => {
  const { text, summary } = write(sample());
  expect(summary).toEqual({ items: 8, removedCharacters: 0 });
  await expect(text).toMatchFileSnapshot("../golden/sample.gexf");
});

test("two walks of one source give the same bytes", () => {
  expect(write(sample()).text).toBe(write(sample()).text);
});

test("the schema accepts the sample and refuses a damaged copy", () => {
  const { text } = write(sample());
  validate(text);
  expect(() => validate(text.replace('mode="dynamic"', 'mode="moving"'))).toThrow(/mode/);
});

test("an empty graph is a valid file", () => {
  const { text, summary } = write(sourceOf([], []));
  validate(text);
  expect(summary.items).toBe(0);
});

/** Gephi Lite opens files through graphology-gexf with the second set of options. */
test.each([
  ["graphology-gexf", { addMissingNodes: false }],
  ["Gephi Lite", { allowUndeclaredAttributes: true, addMissingNodes: true }],
])("%s reads back every node and edge with kind, colour, position, dates and sentences", (_, options) => {
  const source = sample();
  const graph = graphologyGexf.parse(MultiGraph, write(source).text, options);
  expect(graph.nodes()).toEqual([...source.entities()].map((node) => node.id));
  expect(graph.edges()).toEqual([...source.edges()].map((edge) => edge.id));
  const colors = new Map<string, string>(ontology.kinds.map(({ kind, color }) => [kind, color]));
  for (const node of source.entities()) {
    const read = graph.getNodeAttributes(node.id);
    expect(read).toMatchObject({ label: node.name, kind: node.kind, color: colors.get(node.kind) });
    expect([read["first date"], read["last date"]]).toEqual([node.from, node.to]);
    expect([read["x"], read["y"]].every(Number.isFinite)).toBe(true);
    expect(read["size"]).toBeGreaterThan(0);
  }
  for (const edge of source.edges()) {
    expect(graph.extremities(edge.id)).toEqual([edge.subject, edge.object]);
    expect(graph.isDirected(edge.id)).toBe(edge.relation !== "met-with");
    const read = graph.getEdgeAttributes(edge.id);
    expect(read).toMatchObject({ relation: edge.relation, weight: edge.events, color: expect.stringMatching(/^#/u) });
    expect([read["first date"], read["last date"]]).toEqual([edge.from, edge.to]);
    // Lists come as the text `["a", "b"]` or as arrays, by the version of the library: both hold each sentence whole.
    const evidence = ([] as string[]).concat(read["evidence"] as string | string[]).join(" ");
    for (const { text } of edge.claims) expect(evidence.replaceAll("\\", "")).toContain(text.replace(/\s+/gu, " ").replaceAll("\\", ""));
  }
});

test("an edge without a date has no spell, and neither have its ends: they are always shown", () => {
  const { text } = write(sample());
  const block = (id: string) => text.slice(text.indexOf(`id="${id}"`)).split(/<\/(?:node|edge)>/)[0];
  expect(block("person:ines-park~leads~state:RUR")).not.toContain("<spell");
  expect(block("person:ines-park")).not.toContain("<spell");
  expect(block("organization:lake-council")).toContain('<spell start="2021-01-11" end="2021-03-31"/>');
});

test("reports of one day are one spell", () => {
  const source = sourceOf(
    [entity("state:AAA", "A"), entity("state:BBB", "B")],
    [1, 2, 3].map((number) => claim("state:AAA", "met-with", "state:BBB", `Report ${number}.`, day("2020-02-29"))),
  );
  expect(
    write(source)
      .text.match(/<edge [\s\S]*<\/edge>/)?.[0]
      .match(/<spell /g),
  ).toHaveLength(1);
});

test("no text can break the file: any name, alias and sentence stays valid, and what XML forbids is counted", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(anyText, anyText, anyText, (name, alias, sentence) => {
      const source = sourceOf(
        [entity("person:a", name, { aliases: [alias] }), entity("state:BBB", alias, { role: name })],
        [claim("person:a", "met-with", "state:BBB", sentence, day("2020-01-01"))],
      );
      const { text, summary } = write(source);
      validate(text);
      expect(summary).toMatchObject({ items: 3 });
    }),
    { numRuns: 300 },
  );
});

test("control characters and lone surrogates are left out and counted", () => {
  const { text, summary } = write(sourceOf([entity("person:a", "A\u0000B\uD800C\u000B\uFFFE", { degree: 0 })], []));
  expect(summary.removedCharacters).toBe(4);
  expect(text.endsWith("</gexf>\n<!-- 4 characters that XML forbids left out -->\n")).toBe(true);
  validate(text);
  expect(text).toContain('label="ABC"');
});
