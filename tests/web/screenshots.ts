/** Takes the pictures in web/screenshots anew, from the sample documents: `npx tsx tests/web/screenshots.ts`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { launch, open, seeds, serve, settled } from "./viewer.ts";

const FOLDER = fileURLToPath(new URL("../../web/screenshots", import.meta.url));
mkdirSync(FOLDER, { recursive: true });

const server = await serve(seeds);
const browser = await launch();
try {
  const edges = [...server.store.edges()];
  const named = (relation: string) => edges.find((edge) => edge.relation === relation) ?? edges[0];
  const [document] = server.store.listDocuments({ limit: 1 }).items;
  const claim = document && server.store.document(document.id)?.evidence.find((report) => report.relation === "signed");
  const evidence = `edge=${encodeURIComponent(named("spoke-with")?.id ?? "")}`;
  const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true };
  const pictures: readonly (readonly [string, string, BrowserContextOptions])[] = [
    ["graph", "", {}],
    ["entity", "entity=person:vladimir-putin", {}],
    ["edge", evidence, {}],
    ["document", `document=${document?.id}&claim=${claim?.claim}`, {}],
    ["dark", "entity=state:AZE", { colorScheme: "dark" }],
    ["table", "view=table", {}],
    ["phone", evidence, phone],
  ];
  for (const [name, query, options] of pictures) {
    const page = await open(browser, `${server.url}/?${query}`, options);
    if (query.includes("view=table")) await page.locator(".table").waitFor();
    else await settled(page);
    if (/entity|edge|document/u.test(query)) await page.locator(".panel-body > article").waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.context().close();
  }
} finally {
  await browser.close();
  await server.close();
}
