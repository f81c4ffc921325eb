/**
 * Takes the pictures in web/screenshots anew: `npx tsx tests/web/screenshots.ts [NAME...]`. Those of one article are of the sample in
 * seeds/; those of many are of it and of some hand-marked texts of tests/gold, whose prose is invented.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { findFiles } from "../../src/ingest/files.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { GraphStore } from "../../src/store/store.ts";
import { launch, open, seeds, type Served, serve, settled } from "./viewer.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = join(ROOT, "web", "screenshots");
/** Deals about the Middle East and what Russia and the United States had to do with them. */
const MARKED = ["001-camp-david", "004-jcpoa", "005-abraham-accords", "011-oslo", "015-saudi-iran-beijing", "020-hostages-algiers"];

async function many(store: GraphStore): Promise<void> {
  await seeds(store);
  const folder = mkdtempSync(join(tmpdir(), "entente-screenshots-"));
  for (const name of MARKED) {
    const { title, date, source, text } = JSON.parse(readFileSync(join(ROOT, "tests", "gold", `${name}.json`), "utf8")) as Record<
      string,
      string
    >;
    const front = Object.entries({ title, date, source }).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
    writeFileSync(join(folder, `${name}.md`), `---\n${front.join("")}---\n\n${text}\n`);
  }
  await ingest(findFiles([folder]).files, { store, knowledge: loadKnowledge(), workers: 0 });
  rmSync(folder, { recursive: true });
}

interface Picture {
  readonly name: string;
  readonly of: "sample" | "many" | "none";
  readonly query?: string;
  readonly options?: BrowserContextOptions;
  /** What is on the page before the picture is taken. */
  readonly ready?: string;
  readonly act?: (page: Page) => Promise<void>;
}

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true };
const QUERY = "MATCH (m)-[r:BROKERED|MEDIATED_BETWEEN|HOSTED]->(x)\nRETURN m, r, x, r.evidence";

function pictures(sample: Served): readonly Picture[] {
  const spoke = [...sample.store.edges()].find((edge) => edge.relation === "spoke-with")?.id ?? "";
  const [document] = sample.store.listDocuments({ limit: 1 }).items;
  const claim = document && sample.store.document(document.id)?.evidence.find((report) => report.relation === "signed");
  const evidence = `edge=${encodeURIComponent(spoke)}`;
  const article = ".panel-body > article";
  return [
    { name: "graph", of: "sample" },
    { name: "entity", of: "sample", query: "entity=person:vladimir-putin", ready: article },
    { name: "edge", of: "sample", query: evidence, ready: ".sentence" },
    { name: "document", of: "sample", query: `document=${document?.id}&claim=${claim?.claim}`, ready: ".small-graph" },
    { name: "dark", of: "sample", query: "entity=state:AZE", ready: article, options: { colorScheme: "dark" } },
    { name: "phone", of: "sample", query: evidence, ready: ".sentence", options: PHONE },
    { name: "many", of: "many" },
    { name: "communities", of: "many", query: "panel=analysis&color=community&size=pagerank", ready: ".ranking li" },
    {
      name: "comparison",
      of: "many",
      query: "panel=comparison&compare=period&left=1978-01-01..1999-12-31&right=2000-01-01..2023-12-31&sides=yes",
      ready: ".side-by-side .small-node",
    },
    { name: "path", of: "many", query: "path=state:ISR,state:IRN,state:RUS", ready: ".steps .sentence" },
    { name: "query", of: "many", query: `query=${encodeURIComponent(QUERY)}`, ready: ".query-table td" },
    {
      name: "search",
      of: "many",
      act: async (page) => {
        await page.keyboard.press("Control+k");
        await page.keyboard.type("egypt");
        await page.getByText("Sentences", { exact: true }).waitFor();
      },
    },
    { name: "table", of: "many", query: "view=table", ready: ".table" },
    { name: "empty", of: "none", ready: ".waiting" },
  ];
}

mkdirSync(FOLDER, { recursive: true });
const wanted = new Set(process.argv.slice(2));
const servers = { sample: await serve(seeds), many: await serve(many), none: await serve(() => {}) };
const browser = await launch();
try {
  for (const { name, of, query = "", options = {}, ready, act } of pictures(servers.sample)) {
    if (wanted.size > 0 && !wanted.has(name)) continue;
    const page = await open(browser, `${servers[of].url}/?${query}`, options);
    if (of !== "none" && !query.includes("view=table") && !query.includes("sides=yes")) await settled(page);
    if (ready) await page.locator(ready).first().waitFor();
    await act?.(page);
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.context().close();
  }
} finally {
  await browser.close();
  for (const server of Object.values(servers)) await server.close();
}
