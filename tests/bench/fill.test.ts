/** The quick way to fill a database gives what commits give. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/cli/database.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { everything } from "../contracts/store.ts";
import { fill } from "./fill.ts";
import { madeDocuments } from "./graph.ts";

test("a filled database holds what the same documents committed one by one leave", () => {
  const folder = mkdtempSync(join(tmpdir(), "entente-fill-"));
  const knowledge = loadKnowledge();
  const size = { entities: 60, claims: 300 };
  try {
    fill(join(folder, "filled.db"), size);
    const filled = openDatabase(join(folder, "filled.db"), knowledge);
    const committed = openDatabase(join(folder, "committed.db"), knowledge);
    for (const { source, graph, links } of madeDocuments(size)) committed.commit(source, graph, links, { knowledge: "1" });
    const whole = everything(committed);
    expect(everything(filled)).toEqual(whole);
    filled.rebuild();
    expect(everything(filled)).toEqual(whole);
    filled.close();
    committed.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
