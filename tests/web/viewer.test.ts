/** The sample documents in the viewer: what an analyst does first, at the pixel. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import type { EdgeAnswer, GraphAnswer, GraphColumns } from "../../src/model/api.ts";
import { loadGraph } from "../../web/src/graph/loaded.ts";
import { launch, open, type Served, seeds, serve, settled, violations } from "./viewer.ts";

let server: Served;
let browser: Browser;
let graph: GraphAnswer;

beforeAll(async () => {
  [server, browser] = await Promise.all([serve(seeds), launch()]);
  graph = (await ask("/api/graph")) as GraphAnswer;
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const ask = async (path: string): Promise<unknown> => (await fetch(`${server.url}${path}`)).json();
const show = (query = "", options = {}) => open(browser, `${server.url}/?test${query}`, options);
const entity = (name: string) => graph.nodes.find((node) => node.name === name) ?? expect.fail(`no ${name} in the graph`);
const edge = (relation: string, subject?: string) =>
  graph.edges.find((each) => each.relation === relation && (subject === undefined || each.subject === entity(subject).id)) ??
  expect.fail(`no ${relation} in the graph`);

/** A busy machine draws late. */
const SLOW = { timeout: 20_000 };

/** Moves along the drawn edge until the pointer is on it and on nothing else. */
async function pointAt(page: Page, id: string): Promise<{ x: number; y: number }> {
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.28, 0.72]) {
    const at = await page.evaluate(([id, t]) => window.entente.px(id, t), [id, t] as const);
    if (!at) continue;
    await page.mouse.move(at.x, at.y);
    await page.waitForTimeout(60);
    if ((await page.evaluate(() => window.entente.store.get().hover?.id)) === id) return at;
  }
  return expect.fail(`${id} cannot be pointed at`);
}

/** Text as it reads, whatever the lines it is broken into. */
const plain = (text: string | null) => (text ?? "").replace(/\s+/gu, " ").trim();

describe("the overview", () => {
  it("by columns holds the same as the graph by rows", async () => {
    const loaded = loadGraph((await ask("/api/overview")) as GraphColumns);
    const byId = (list: GraphAnswer["edges"]) =>
      list
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, subject, relation, object, reports, from, to, affirmed, confidence, claims }) => {
          const said = claims.map(({ date, polarity, modality, confidence }) => ({ date, polarity, modality, confidence }));
          return { id, subject, relation, object, reports, from, to, affirmed, confidence, said };
        });
    expect(loaded.nodes).toEqual(graph.nodes);
    expect(byId(loaded.edges)).toEqual(byId(graph.edges));
  });
});

describe("the graph", () => {
  it("opens a node that is clicked at its pixel, and tells who it is", async () => {
    const page = await show();
    await settled(page);
    const putin = entity("Vladimir Putin");
    const at = await page.evaluate((id) => window.entente.px(id), putin.id);
    if (!at) return expect.fail("not drawn");
    await page.mouse.click(at.x, at.y);
    const panel = page.getByRole("complementary", { name: "Entity" });
    await panel.getByRole("heading", { level: 2, name: "Vladimir Putin" }).waitFor();
    await expect.poll(async () => plain(await panel.textContent()), SLOW).toContain("Person");
    await expect.poll(() => panel.getByRole("button", { name: /Recep Tayyip Erdoğan/u }).count(), SLOW).toBeGreaterThan(0);
    expect(new URL(page.url()).searchParams.get("entity")).toBe(putin.id);
    expect(page.complaints).toEqual([]);
  });

  it("takes two quick clicks on different nodes as two", async () => {
    const page = await show();
    await settled(page);
    const at = async (name: string) =>
      (await page.evaluate((id) => window.entente.px(id), entity(name).id)) ?? expect.fail(`${name} is not drawn`);
    const chosen = () => page.evaluate(() => window.entente.store.get().selection.id);
    const [putin, aliyev] = [await at("Vladimir Putin"), await at("Ilham Aliyev")];
    await page.mouse.click(putin.x, putin.y);
    await page.mouse.click(aliyev.x, aliyev.y);
    await expect.poll(chosen, SLOW).toBe(entity("Ilham Aliyev").id);
  });

  it("opens an edge that is clicked at its pixel, and shows the sentence behind it", async () => {
    const page = await show();
    await settled(page);
    const informed = edge("informed");
    const { x, y } = await pointAt(page, informed.id);
    await page.mouse.click(x, y);
    const panel = page.getByRole("complementary", { name: "Evidence" });
    await panel.locator(".sentence").first().waitFor();
    const answer = (await ask(`/api/relations/${encodeURIComponent(informed.id)}`)) as EdgeAnswer;
    const shown = await panel.locator(".sentence").allTextContents();
    expect(shown.map(plain)).toEqual(answer.claims.map((claim) => plain(claim.text)));
    const [claim] = answer.claims;
    const marked = await panel.locator(".sentence").first().locator(".role.is-trigger").allTextContents();
    const trigger = claim?.text.slice(claim.spans.trigger.start - claim.sentence.start, claim.spans.trigger.end - claim.sentence.start);
    expect(plain(marked.join(""))).toBe(plain(trigger ?? ""));
    await expect.poll(async () => plain(await panel.textContent()), SLOW).toContain("Daily Sabah");
    expect(page.complaints).toEqual([]);
  });

  it("opens the document at the sentence, its mentions marked, and lights its part of the graph", async () => {
    const page = await show(`&edge=${encodeURIComponent(edge("informed").id)}`);
    await page.getByRole("button", { name: "Read in the document" }).first().click();
    const panel = page.getByRole("complementary", { name: "Document" });
    await panel.locator(".piece.is-active").first().waitFor();
    expect(await panel.locator(".piece.is-active").first().isVisible()).toBe(true);
    await expect.poll(() => panel.locator("a.mention").count(), SLOW).toBeGreaterThan(20);
    await expect.poll(async () => plain(await panel.locator(".document-text").textContent()), SLOW).toContain("phone call Wednesday");
    await panel.locator("a.mention", { hasText: "Pashinian" }).first().click();
    await page.getByRole("heading", { level: 2, name: "Nikol Pashinian" }).waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await panel.locator(".piece.is-active").first().waitFor();
  });

  it("highlights the neighbourhood of a node under the pointer", async () => {
    const page = await show();
    await settled(page);
    const at = await page.evaluate((id) => window.entente.px(id), entity("Azerbaijan").id);
    if (!at) return expect.fail("not drawn");
    await page.mouse.move(at.x, at.y);
    await expect.poll(() => page.evaluate(() => window.entente.store.get().hover?.id), SLOW).toBe(entity("Azerbaijan").id);
    await page.mouse.move(300, 880);
    await expect.poll(() => page.evaluate(() => window.entente.store.get().hover?.id), SLOW).toBeUndefined();
  });

  it("keeps a node where it is dragged to, also after a reload; undo takes it back", async () => {
    const page = await show();
    await settled(page);
    const id = entity("Nikol Pashinian").id;
    const from = await page.evaluate((id) => window.entente.px(id), id);
    if (!from) return expect.fail("not drawn");
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y - 20, { steps: 4 });
    await page.mouse.move(from.x + 60, from.y - 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).searchParams.get("pin"), SLOW).toContain(id);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("pin"), SLOW).toBeNull();
  });

  it("takes several with Shift or a line around them, drags them together, and takes all of it back", async () => {
    const page = await show();
    await settled(page);
    const scene = () =>
      page.evaluate(() => {
        const { marked, pinned } = (
          window.entente.store.get() as unknown as { scene: { marked: Set<string>; pinned: Map<string, object> } }
        ).scene;
        return { marked: [...marked].toSorted(), pinned: [...pinned.keys()].toSorted() };
      });
    const at = async (id: string) => (await page.evaluate((id) => window.entente.px(id), id)) ?? expect.fail("not drawn");
    const both = [entity("Russia").id, entity("Armenia").id].toSorted();
    await page.keyboard.down("Shift");
    for (const id of both) {
      const { x, y } = await at(id);
      await page.mouse.click(x, y);
      // Two clicks in quick succession are a double click, wherever they fall.
      await page.waitForTimeout(350);
    }
    await page.keyboard.up("Shift");
    await expect.poll(scene, SLOW).toEqual({ marked: both, pinned: [] });
    const from = await at(both[0] as string);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 30, { steps: 4 });
    await page.mouse.move(from.x + 40, from.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(scene, SLOW).toEqual({ marked: both, pinned: both });
    await page.keyboard.press("Control+z");
    await expect.poll(scene, SLOW).toEqual({ marked: both, pinned: [] });
    await expect
      .poll(async () => Math.hypot((await at(both[0] as string)).x - from.x, (await at(both[0] as string)).y - from.y), SLOW)
      .toBeLessThan(2);
    const box = (await page.locator(".canvas").boundingBox()) ?? expect.fail("no canvas");
    await page.getByRole("button", { name: "Draw a line around entities to take them" }).click();
    await page.mouse.move(box.x + 3, box.y + 60);
    await page.mouse.down();
    for (const [x, y] of [
      [box.width - 60, 60],
      [box.width - 60, box.height - 3],
      [3, box.height - 3],
    ] as const)
      await page.mouse.move(box.x + x, box.y + y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await scene()).marked.length, SLOW).toBeGreaterThan(10);
    await page.getByRole("toolbar").getByRole("button", { name: "Hide" }).click();
    await expect.poll(async () => (await scene()).marked.length, SLOW).toBe(0);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await scene()).marked.length, SLOW).toBeGreaterThan(10);
  });

  it("isolates, expands and collapses by keyboard", async () => {
    const page = await show(`&entity=${entity("Azerbaijan").id}`);
    await settled(page);
    const shown = async () => Number(new URL(page.url()).searchParams.get("only") !== null) && (await page.locator(".chips").textContent());
    await page.getByRole("application", { name: /Graph/u }).focus();
    await page.keyboard.press("i");
    await expect.poll(() => new URL(page.url()).searchParams.get("only"), SLOW).toBe(entity("Azerbaijan").id);
    expect(await shown()).toContain("1 entity alone");
    await page.keyboard.press("e");
    await expect.poll(() => new URL(page.url()).searchParams.get("expand"), SLOW).toBe(`${entity("Azerbaijan").id}@25`);
    await page.keyboard.press("c");
    await expect.poll(() => new URL(page.url()).searchParams.get("collapse"), SLOW).toBe(entity("Azerbaijan").id);
    for (const _ of "ice") await page.keyboard.press("Control+z");
    await expect.poll(() => new URL(page.url()).search, SLOW).not.toMatch(/only|expand|collapse/u);
  });

  it("draws no edge outside the time window while it is still being moved", async () => {
    const page = await show();
    await settled(page);
    const attacked = edge("attacked");
    const { x, y } = (await page.evaluate((id) => window.entente.px(id, 0.3), attacked.id)) ?? expect.fail("not drawn");
    const red = async () => {
      const shot = await page.screenshot({ clip: { x: x - 4, y: y - 4, width: 8, height: 8 } });
      return page.evaluate(async (data) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const context = document.createElement("canvas").getContext("2d");
        context?.drawImage(image, 0, 0);
        const { data: pixels } = context?.getImageData(0, 0, 8, 8) ?? { data: [] };
        return pixels.some((value, i) => i % 4 === 0 && value > 150 && (pixels[i + 1] as number) < 90);
      }, shot.toString("base64"));
    };
    const move = (window_: object | undefined) =>
      page.evaluate((moving) => {
        const { store } = window.entente as unknown as { store: { update(change: (state: object) => object): void } };
        store.update((state) => ({ ...state, moving: moving ?? undefined }));
      }, window_ ?? null);
    await expect.poll(red, SLOW).toBe(true);
    await move({ from: "2021-01-01", to: "2021-12-31" });
    await expect.poll(red, SLOW).toBe(false);
    await move(undefined);
    await expect.poll(red, SLOW).toBe(true);
  });

  it("lays out the same graph the same way", async () => {
    const places = async () => {
      const page = await show();
      await settled(page);
      return page.evaluate(
        (ids) => ids.map((id) => window.entente.px(id)),
        graph.nodes.map((node) => node.id),
      );
    };
    expect(await places()).toEqual(await places());
  });

  it("comes back when the graphics card drops its context", async () => {
    const page = await show();
    await settled(page);
    const id = entity("Russia").id;
    const colorAt = async (point: { x: number; y: number }) => {
      const shot = await page.screenshot({ clip: { x: point.x - 11, y: point.y - 1, width: 2, height: 2 } });
      return shot.toString("base64");
    };
    const before = await page.evaluate((id) => window.entente.px(id), id);
    if (!before) return expect.fail("not drawn");
    const color = await colorAt(before);
    await page.evaluate(() => {
      for (const name of ["edges", "nodes"])
        window.entente.sigma.getCanvases()[name]?.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
    });
    await page.waitForTimeout(600);
    expect(await page.evaluate((id) => window.entente.px(id), id)).toEqual(before);
    expect(await colorAt(before)).toBe(color);
    await page.mouse.click(before.x, before.y);
    await page.getByRole("heading", { level: 2, name: "Russia" }).waitFor();
  });
});

describe("filters", () => {
  it("hide and show by kind and by relation family, and say so in the address", async () => {
    const page = await show();
    await settled(page);
    const states = graph.nodes.filter((node) => node.kind === "state").length;
    await page.getByRole("checkbox", { name: /^State/u }).click();
    await page.getByRole("button", { name: "Take off the filter: No state" }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get("hide"), SLOW).toBe("state");
    // The figures follow the drawing.
    const entities = async (): Promise<number> => Number(await page.locator(".figures dd").nth(1).textContent());
    await expect.poll(entities, SLOW).toBeLessThanOrEqual(graph.nodes.length - states);
    await page.getByRole("button", { name: "Show everything", exact: true }).click();
    await expect.poll(entities, SLOW).toBe(graph.nodes.length);
  });

  it("narrow the time by keyboard, undated claims shown apart", async () => {
    const page = await show();
    await settled(page);
    const dated = graph.edges.flatMap((each) => each.claims).filter((claim) => claim.date).length;
    const undated = graph.edges.flatMap((each) => each.claims).length - dated;
    await expect.poll(async () => plain(await page.locator(".timeline-counts").textContent()), SLOW).toContain(`${undated} undated report`);
    const from = page.getByRole("slider", { name: /^From/u });
    await from.focus();
    expect(await from.getAttribute("aria-valuetext")).toMatch(/^\d+ \w+ 20\d\d$/u);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => new URL(page.url()).searchParams.get("from"), SLOW).not.toBeNull();
    await page.getByRole("checkbox", { name: /undated report/u }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("undated"), SLOW).toBe("no");
    const shown = async (): Promise<number> => Number(await page.locator(".figures dd").nth(3).textContent());
    await expect.poll(shown, SLOW).toBeLessThan(dated);
  });

  it("narrow the time by dragging over the bars, and by the date fields", async () => {
    const page = await show();
    await settled(page);
    const bars = await page.locator(".histogram svg").boundingBox();
    if (!bars) return expect.fail("no bars");
    await page.mouse.move(bars.x + bars.width * 0.55, bars.y + 20);
    await page.mouse.down();
    await page.mouse.move(bars.x + bars.width * 0.9, bars.y + 20, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).searchParams.get("from"), SLOW).not.toBeNull();
    const to = new URL(page.url()).searchParams.get("to") ?? "";
    await page.getByLabel("From", { exact: true }).first().fill(to);
    await expect.poll(() => new URL(page.url()).searchParams.get("from"), SLOW).toBe(to);
  });

  it("go with the GEXF link", async () => {
    const page = await show("&hide=place&from=2021-01-01&to=2021-01-31");
    await settled(page);
    await page.getByRole("button", { name: "Export" }).click();
    const item = page.getByRole("menuitem", { name: /GEXF/u });
    const address = await item.getAttribute("href");
    const answer = await fetch(new URL(address ?? "", server.url));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/<gexf/u);
    expect(address).toContain("from=2021-01-01");
    expect(address).not.toContain("place");
    // Every format, and what the viewer makes itself: a link, two pictures, two tables, JSON.
    await expect.poll(() => page.getByRole("menuitem").count(), SLOW).toBe(FORMATS.length + 6);
  });
});

describe("finding", () => {
  it("reaches an entity by keyboard alone, without its accents", async () => {
    const page = await show();
    await settled(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("erdogan");
    await page
      .getByRole("option", { name: /Recep Tayyip Erdoğan/u })
      .first()
      .waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "Recep Tayyip Erdoğan" }).waitFor();
    await expect.poll(() => page.locator(".search-popover").count(), SLOW).toBe(0);
  });

  it("finds the path between two entities, each step with its sentence", async () => {
    const page = await show(`&path=${entity("Nikol Pashinian").id},${entity("Recep Tayyip Erdoğan").id}`);
    await page.locator(".steps .sentence").first().waitFor();
    const steps = await page.locator(".steps > li").count();
    expect(steps).toBeGreaterThan(0);
    await expect.poll(() => page.locator(".steps .sentence").count(), SLOW).toBe(steps);
  });
});

describe("without a mouse and without eyes", () => {
  it("walks the graph with the arrow keys and opens what it stands on", async () => {
    const page = await show();
    await settled(page);
    await page.getByRole("application", { name: /Graph/u }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.evaluate(() => window.entente.store.get().hover?.type), SLOW).toBe("entity");
    const first = await page.evaluate(() => window.entente.store.get().hover?.id);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    // Told once the keys rest.
    const spoken = page.locator(".sr-only[role=status]").last();
    await expect.poll(async () => plain(await spoken.textContent()), SLOW).toMatch(/relations?\.$/u);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Entity" }).waitFor();
    expect(first).toBeDefined();
  });

  it("tells what its keys do, when asked by one", async () => {
    const page = await show();
    await settled(page);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keys and mouse" });
    await help.waitFor();
    expect(plain(await help.textContent())).toContain("expand: bring in neighbours");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
  });

  it("does in the table what the graph does, with the keyboard", async () => {
    const page = await show("&view=table");
    await page.getByRole("tab", { name: /Relations/u }).waitFor();
    await expect.poll(() => page.locator(".table tbody tr").count(), SLOW).toBe(graph.nodes.length);
    await page.getByRole("tab", { name: /Entities/u }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("table", { name: "Relations shown" }).waitFor();
    await expect.poll(() => page.locator(".table tbody tr").count(), SLOW).toBe(graph.edges.length);
    await page.locator(".table tbody .row-button", { hasText: "informed" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Evidence" }).locator(".sentence").first().waitFor();
    await expect.poll(() => page.locator(".table tr.is-chosen").count(), SLOW).toBe(1);
  });

  const views: () => readonly (readonly [string, string])[] = () => [
    ["overview", ""],
    ["entity", `&entity=${entity("Vladimir Putin").id}`],
    ["evidence", `&edge=${encodeURIComponent(edge("informed").id)}`],
    ["document", `&document=${server.store.listDocuments({ limit: 1 }).items[0]?.id}`],
    ["path", `&path=${entity("Nikol Pashinian").id},${entity("Recep Tayyip Erdoğan").id}`],
    ["table", "&view=table"],
    ["filtered", "&hide=state&from=2021-01-01&to=2021-01-12&undated=no"],
    ["query", `&query=${encodeURIComponent("MATCH (a)-[r:SIGNED]->(b) RETURN a, b")}`],
    ["comparison", "&panel=comparison&compare=period&left=2020-01-01..2020-12-31&right=2021-01-01..2021-12-31&sides=yes"],
    ["analysis", "&panel=analysis&color=community&size=pagerank"],
  ];
  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 360, height: 740 }, hasTouch: true }],
  ] as const)(
    "passes axe in every view, %s",
    async (_, options) => {
      const page = await show("", options);
      for (const [name, query] of views()) {
        await page.goto(`${server.url}/?test${query}`);
        if (name === "table") await page.locator(".table").waitFor();
        else if (name === "comparison") await page.locator(".side-by-side .small-node").first().waitFor();
        else await settled(page);
        if (["entity", "evidence", "document", "path"].includes(name)) await page.locator(".panel-body > article").waitFor();
        expect(await violations(page), name).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${name} is wider than the window`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
      }
      expect(page.complaints).toEqual([]);
    },
    240_000,
  );
});

describe("a link", () => {
  it("is the view: another reader sees the same", async () => {
    const page = await show();
    await settled(page);
    await page.getByRole("checkbox", { name: /^Person/u }).click();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(() => page.evaluate(() => window.entente.sigma.getCamera().ratio), SLOW).toBeLessThan(0.7);
    await page.waitForTimeout(300);
    const at = await page.evaluate((id) => window.entente.px(id), entity("Armenia").id);
    if (!at) return expect.fail("not drawn");
    await page.mouse.click(at.x, at.y);
    await page.getByRole("heading", { level: 2, name: "Armenia" }).waitFor();
    await expect.poll(() => page.url(), SLOW).toContain("camera=");
    const places = (from: Page) =>
      from.evaluate(
        (ids) => ids.map((id) => window.entente.px(id)),
        graph.nodes.map((node) => node.id),
      );
    const figures = (from: Page) =>
      from
        .getByRole("checkbox", { name: /^(?:Person|State|Place)/u })
        .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
    const other = await open(browser, page.url());
    await settled(other);
    await other.getByRole("heading", { level: 2, name: "Armenia" }).waitFor();
    expect(await figures(other)).toEqual(await figures(page));
    const [here, there] = [await places(page), await places(other)];
    here.forEach((at, i) => {
      // The address holds the camera to four digits.
      expect(Math.abs((at?.x ?? 0) - (there[i]?.x ?? -1)), graph.nodes[i]?.id).toBeLessThan(1);
      expect(Math.abs((at?.y ?? 0) - (there[i]?.y ?? -1)), graph.nodes[i]?.id).toBeLessThan(1);
    });
  });

  it("goes back by the browser's own button", async () => {
    const page = await show();
    await settled(page);
    await page.getByRole("button", { name: "Armenia" }).first().click();
    await page.getByRole("heading", { level: 2, name: "Armenia" }).waitFor();
    await page.goBack();
    await page.getByRole("complementary", { name: "Overview" }).waitFor();
    expect(new URL(page.url()).searchParams.get("entity")).toBeNull();
  });
});
