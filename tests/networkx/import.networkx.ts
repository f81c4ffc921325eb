/** networkx reads our GraphML: every node and edge, with typed values and whole sentences. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findFormat } from "../../src/export/export.ts";
import { sample } from "../export/source.ts";

interface Read {
  nodes: Record<string, Record<string, unknown>>;
  edges: Record<string, [source: string, target: string, data: Record<string, unknown>]>;
}

test("networkx takes the sample's GraphML in whole", () => {
  const source = sample();
  const folder = mkdtempSync(join(tmpdir(), "entente-networkx-"));
  try {
    const file = join(folder, "sample.graphml");
    writeFileSync(file, [...findFormat("graphml")!.write(source)].join(""));
    const script = fileURLToPath(new URL("read_graphml.py", import.meta.url));
    // With networkx for Python 3: `apt-get install python3-networkx`, `pip install networkx`. PYTHON names another interpreter.
    const read = JSON.parse(execFileSync(process.env["PYTHON"] ?? "python3", [script, file], { encoding: "utf8" })) as Read;
    expect(Object.keys(read.nodes)).toEqual([...source.entities()].map((node) => node.id));
    for (const node of source.entities()) {
      expect(read.nodes[node.id]).toMatchObject({ label: node.name, kind: node.kind, documents: node.documents });
    }
    // In the file the id of an edge is an NMTOKEN; ours is beside it.
    const edges = new Map(Object.values(read.edges).map((edge) => [String(edge[2]["relation_id"]), edge]));
    expect([...edges.keys()].sort()).toEqual([...source.edges()].map((edge) => edge.id));
    for (const edge of source.edges()) {
      const [from, to, data] = edges.get(edge.id)!;
      expect([from, to]).toEqual([edge.subject, edge.object]);
      expect(data).toMatchObject({ relation: edge.relation, symmetric: edge.relation === "met-with", weight: edge.events });
      for (const { text } of edge.claims) expect(data["evidence"]).toContain(text.replace(/\s+/gu, " "));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
