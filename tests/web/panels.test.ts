/** What stands around the graph: questions, paths, analysis, comparison, files, links, and documents that arrive while one looks. */
import { readFileSync } from "node:fs";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { GraphAnswer } from "../../src/model/api.ts";
import { CALL, commit, DENIAL } from "../store/story.ts";
import { launch, open, type Served, seeds, serve, settled, violations } from "./viewer.ts";

let server: Served;
let browser: Browser;
let graph: GraphAnswer;

beforeAll(async () => {
  [server, browser] = await Promise.all([serve(seeds), launch()]);
  graph = (await (await fetch(`${server.url}/api/graph`)).json()) as GraphAnswer;
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const show = (query = "", options = {}) => open(browser, `${server.url}/?test${query}`, options);
/** A busy machine answers late. */
const SLOW = { timeout: 30_000 };
const [ARMENIA, PUTIN, ERDOGAN] = ["state:ARM", "person:vladimir-putin", "person:recep-tayyip-erdogan"];

describe("a question in openCypher", () => {
  it("completes while it is typed, is answered as a table, and stands alone in the graph if asked to", async () => {
    const page = await show("&query=");
    const editor = page.getByRole("textbox", { name: "Query in openCypher" });
    await editor.waitFor();
    await editor.pressSequentially("MATCH (a:Per", { delay: 20 });
    await page.getByRole("option", { name: "Person" }).waitFor(SLOW);
    // The editor takes no Enter for a list that has only just come up: nobody has read it yet.
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    await editor.pressSequentially(")-[r:SPOKE_WITH]-(b) RETURN a, r, b.name");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    const table = page.locator(".query-table table");
    await table.waitFor(SLOW);
    await expect.poll(() => table.getByRole("columnheader").allTextContents(), SLOW).toEqual(["a", "r", "b.name"]);
    await expect.poll(() => table.getByRole("row").count(), SLOW).toBeGreaterThan(1);
    await page.getByRole("button", { name: "Only these in the graph" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("only"), SLOW).toContain(PUTIN);
    expect(await violations(page)).toEqual([]);
    await table
      .getByRole("button", { name: /spoke with/u })
      .first()
      .click();
    await page.getByRole("complementary", { name: "Evidence" }).locator(".sentence").first().waitFor(SLOW);
    expect(page.complaints).toEqual([]);
  });

  it("that is wrong says where", async () => {
    const page = await show(`&query=${encodeURIComponent("MATCH (a) RETRUN a")}`);
    const alert = page.locator(".query-error");
    await alert.waitFor(SLOW);
    expect(await alert.textContent()).toMatch(/Line 1, column 11/u);
    await page.locator(".cm-lintRange-error").waitFor({ state: "attached" });
    expect(await violations(page)).toEqual([]);
  });
});

describe("finding", () => {
  it("reaches sentences, and opens the document at the one chosen", async () => {
    const page = await show();
    await page.getByRole("application").waitFor(SLOW);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("phone call");
    await page.locator(".menu-heading", { hasText: "Sentences" }).waitFor(SLOW);
    await page
      .getByRole("option", { name: /phone call/iu })
      .last()
      .click();
    const panel = page.getByRole("complementary", { name: "Document" });
    await panel.locator(".piece.is-active").first().waitFor(SLOW);
    await expect.poll(() => panel.locator(".small-graph .small-node").count(), SLOW).toBeGreaterThan(3);
  });

  it("connects three entities, one after the other", async () => {
    const page = await show(`&path=${ARMENIA},${PUTIN}`);
    await page.getByRole("combobox", { name: /third/u }).fill("erdogan");
    await page.getByRole("option", { name: "Recep Tayyip Erdoğan" }).click();
    await expect.poll(() => page.locator(".leg").count(), SLOW).toBe(2);
    await expect.poll(() => new URL(page.url()).searchParams.get("path"), SLOW).toBe([ARMENIA, PUTIN, ERDOGAN].join(","));
    await page.locator(".leg").nth(1).locator(".sentence").first().waitFor(SLOW);
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await violations(page)).toEqual([]);
  });
});

describe("analysis", () => {
  it("colours communities, which the legend then filters, and sizes nodes by a measure", async () => {
    const page = await show("&panel=analysis");
    const panel = page.getByRole("complementary", { name: "Analysis" });
    await panel.locator(".swatch").first().waitFor(SLOW);
    await panel.getByRole("radio", { name: "Community" }).click();
    await panel.getByRole("radio", { name: "PageRank" }).click();
    await expect.poll(() => new URL(page.url()).search, SLOW).toMatch(/color=community.*size=pagerank/u);
    await expect.poll(() => panel.locator(".ranking li").count(), SLOW).toBeGreaterThan(5);
    const nodes = () => page.locator("[role=status].sr-only").last().textContent();
    const before = await nodes();
    await panel.locator(".filter-row input").first().click();
    await expect.poll(nodes, SLOW).not.toBe(before);
    expect(await violations(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
  });
});

describe("a comparison", () => {
  it("of two periods lists what is new and what is gone, in the graph and side by side", async () => {
    const page = await show("&panel=comparison&compare=period&left=2020-09-01..2020-12-31&right=2021-01-01..2021-12-31");
    const panel = page.getByRole("complementary", { name: "Comparison" });
    await panel.getByRole("heading", { name: /^New/u }).waitFor(SLOW);
    await panel.getByRole("heading", { name: /^Gone/u }).waitFor();
    await panel.getByRole("radio", { name: "Side by side" }).click();
    await expect.poll(() => page.locator(".side-by-side .small-graph").count(), SLOW).toBe(2);
    expect(await violations(page)).toEqual([]);
    await expect.poll(() => new URL(page.url()).searchParams.get("sides"), SLOW).toBe("yes");
    expect(page.complaints).toEqual([]);
  });
});

async function taken(page: Page, item: RegExp): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = (await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: item }).click()])) as [
    Download,
    void,
  ];
  return (await download.path()) as string;
}

describe("what is taken along", () => {
  it("as SVG is well-formed, with labels, legend, window and number of sources", async () => {
    const page = await show("&from=2021-01-01&to=2021-01-31");
    await settled(page);
    const svg = readFileSync(await taken(page, /^SVG/u), "utf8");
    const read = await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, "image/svg+xml");
      return {
        error: document.querySelector("parsererror")?.textContent,
        texts: [...document.querySelectorAll("text")].map((t) => t.textContent),
      };
    }, svg);
    expect(read.error).toBeUndefined();
    const shown = await page.locator("[role=status].sr-only").last().textContent();
    const count = Number(/^(\d+)/u.exec(shown ?? "")?.[1]);
    expect([...svg.matchAll(/<circle /gu)].length).toBe(count);
    expect(read.texts).toContain("Vladimir Putin");
    expect(read.texts).toContain("Person");
    expect(read.texts.join(" ")).toMatch(/1 Jan 2021 – 31 Jan 2021/u);
    expect(read.texts.join(" ")).toMatch(/in 1 document/u);
    const png = readFileSync(await taken(page, /^PNG/u));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const json = JSON.parse(readFileSync(await taken(page, /^JSON/u), "utf8")) as { nodes: unknown[] };
    expect(json.nodes).toHaveLength(count);
    expect(page.complaints).toEqual([]);
  });

  it("for other programs is what is shown, down to single hidden entities", async () => {
    const page = await show(`&hide-entities=${PUTIN}`);
    await settled(page);
    await page.getByRole("button", { name: "Export" }).click();
    const address = await page.getByRole("menuitem", { name: /GEXF/u }).first().getAttribute("href");
    const gexf = await (await fetch(new URL(address ?? "", server.url))).text();
    expect(gexf).toContain("Armenia");
    expect(gexf).not.toContain(`id="${PUTIN}"`);
  });

  it("as a link holds every place: another reader sees the very picture", async () => {
    const page = await show("&color=community");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await settled(page);
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: /Copy/u }).click();
    await page.getByText("The link is on the clipboard.").waitFor(SLOW);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const places = (from: Page) =>
      from.evaluate(
        (ids) => ids.map((id) => window.entente.px(id)),
        graph.nodes.map((node) => node.id),
      );
    const other = await open(browser, link.replace("/?", "/?test&").replace("/#", "/?test#"));
    await settled(other);
    const [here, there] = [await places(page), await places(other)];
    here.forEach((at, i) => expect(Math.hypot((at?.x ?? 0) - (there[i]?.x ?? -9), (at?.y ?? 0) - (there[i]?.y ?? -9))).toBeLessThan(1));
  });
});

describe("documents that arrive", () => {
  it("are drawn without losing what is open, and told of", async () => {
    const other = await serve((store) => commit(store, CALL));
    try {
      const page = await open(browser, `${other.url}/?test&entity=${PUTIN}`);
      await settled(page);
      await page.waitForTimeout(1000);
      const before = await page.evaluate(() => window.entente.graph.order);
      commit(other.store, DENIAL);
      await page.locator(".notice.is-news").waitFor(SLOW);
      await expect.poll(() => page.evaluate(() => window.entente.graph.order), SLOW).toBeGreaterThanOrEqual(before);
      await page.getByRole("heading", { level: 2, name: "Vladimir Putin" }).waitFor();
      expect(new URL(page.url()).searchParams.get("entity")).toBe(PUTIN);
      expect(await violations(page)).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it("can be dropped on an empty store", async () => {
    const other = await serve(() => {});
    try {
      const page = await open(browser, `${other.url}/?test`);
      await page.getByRole("heading", { name: "No documents yet" }).waitFor(SLOW);
      const text =
        "Date: 2021-01-13\n\nRussian President Vladimir Putin met with Armenian Prime Minister Nikol Pashinian in Moscow on Monday.";
      const dropped = await page.evaluateHandle((content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], "meeting.txt", { type: "text/plain" }));
        return transfer;
      }, text);
      await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
      await page.getByRole("application").waitFor(SLOW);
      expect(await page.evaluate(() => window.entente.graph.order)).toBeGreaterThan(1);
    } finally {
      await other.close();
    }
  });
});
