/** Situations that the sample documents do not show: nothing there, the server gone, doubt, denial, a relation to oneself. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { GraphColumns } from "../../src/model/api.ts";
import type { EntityId } from "../../src/model/graph.ts";
import { fillLarge } from "../bench/large-graph.ts";
import { CALL, commit, DENIAL, VISIT } from "../store/story.ts";
import { launch, open, type Served, serve, settled, violations } from "./viewer.ts";

let browser: Browser;
const servers: Served[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => browser?.close());

async function started(...stories: (typeof CALL)[]): Promise<Served> {
  const server = await serve((store) => {
    for (const told of stories) commit(store, told);
  });
  servers.push(server);
  return server;
}

describe("an empty store", () => {
  it("says what to do, and looks again when asked", async () => {
    const server = await started();
    const page = await open(browser, `${server.url}/?test`);
    await page.getByRole("heading", { name: "No documents yet" }).waitFor();
    expect(await page.locator("code").textContent()).toContain("entente ingest");
    expect(await violations(page)).toEqual([]);
    commit(server.store, CALL);
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByRole("application").waitFor();
  });
});

describe("a server that goes away", () => {
  it("is told of, what is loaded stays usable, and its return is noticed", async () => {
    const server = await started(CALL, DENIAL);
    const page = await open(browser, `${server.url}/?test`);
    await settled(page);
    await server.stop();
    await page.getByRole("button", { name: "Vladimir Putin" }).first().click();
    await page.getByText("The server does not answer. What is loaded stays usable").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("checkbox", { name: /^Person/u }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await server.back();
    await page.getByRole("heading", { level: 2, name: "Vladimir Putin" }).waitFor();
    await page.getByText("The server does not answer. What is loaded stays usable").waitFor({ state: "detached" });
  });

  it("before anything is loaded: says so, and goes on when it is there", async () => {
    const server = await started(CALL);
    const page = await open(browser, `${server.url}/?test`);
    await page.route("**/api/**", (route) => route.abort());
    await page.reload();
    await page.getByRole("heading", { name: "The graph cannot be loaded" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.unroute("**/api/**");
    await page.getByRole("application").waitFor();
  });
});

describe("a phone", () => {
  it("has undo and redo among the tools, for the bar has no room for them", async () => {
    const server = await started(CALL);
    const page = await open(browser, `${server.url}/?test`, { viewport: { width: 360, height: 740 }, hasTouch: true });
    await settled(page);
    await page.getByRole("button", { name: "Tools" }).click();
    expect(await page.getByRole("menuitem", { name: "Undo" }).getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("checkbox", { name: /^Person/u }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.url()).toContain("hide=person");
    for (const [name, hidden] of [
      ["Undo", false],
      ["Redo", true],
    ] as const) {
      await page.getByRole("button", { name: "Tools" }).click();
      await page.getByRole("menuitem", { name }).click();
      await expect.poll(() => page.url().includes("hide=person")).toBe(hidden);
    }
  });
});

describe("doubt and denial", () => {
  it("are badges on the sentence, rows of the legend and filters", async () => {
    const server = await started(CALL, DENIAL, VISIT);
    const edge = [...server.store.edges()].find((each) => each.relation === "met-with" && each.affirmed === 0);
    const page = await open(browser, `${server.url}/?test&edge=${encodeURIComponent(edge?.id ?? "")}`);
    await settled(page);
    const panel = page.getByRole("complementary", { name: "Evidence" });
    await panel.locator(".badge.is-denied").waitFor();
    await page.getByRole("checkbox", { name: /^Denied or negated/u }).click();
    await panel.getByText("outside the filters").waitFor();
    expect(await page.evaluate((id) => window.entente.px(id), edge?.id ?? "")).toBeDefined();
  });

  it("of several reports of one event are told together, also where the server tells them in pages", async () => {
    const server = await started(CALL, DENIAL);
    const call = [...server.store.edges()].find((each) => each.relation === "spoke-with");
    const page = await open(browser, "about:blank");
    await page.route("**/api/relations/**", (route) => {
      const address = new URL(route.request().url());
      address.searchParams.set("limit", "1");
      return route.continue({ url: address.href });
    });
    await page.goto(`${server.url}/?test&edge=${encodeURIComponent(call?.id ?? "")}`);
    const panel = page.getByRole("complementary", { name: "Evidence" });
    const more = panel.getByRole("button", { name: "1 more" });
    await more.waitFor();
    await page.route("**/api/relations/**", (route) => route.abort(), { times: 1 });
    await more.click();
    await panel.getByRole("alert").getByText("The server does not answer.").waitFor();
    await more.click();
    await panel.locator(".sentence").nth(1).waitFor();
    expect(await panel.getByRole("alert").count()).toBe(0);
    await panel.getByText("One event, 2 reports").waitFor();
    expect(await panel.getByText("According to Russia.").count()).toBe(1);
    expect(await panel.getByText("Coast Wire").count()).toBeGreaterThan(0);
  });
});

describe("a relation to oneself", () => {
  it("is drawn and can be chosen like any other", async () => {
    const server = await started(CALL);
    const page = await open(browser, "about:blank");
    const putin = "person:vladimir-putin";
    const loop = `${putin}~condemned~${putin}`;
    // The store keeps none, another server may.
    await page.route("**/api/overview?*", async (route) => {
      const answer = (await (await route.fetch()).json()) as GraphColumns;
      const at = answer.nodes.findIndex((node) => node.id === putin);
      const { edges, claims } = answer;
      const last = <T>(column: readonly T[], value = column.at(-1) as T) => [...column, value];
      await route.fulfill({
        json: {
          ...answer,
          relations: [...answer.relations, "condemned"],
          edges: {
            subject: last(edges.subject, at),
            relation: last(edges.relation, answer.relations.length),
            object: last(edges.object, at),
            reports: last(edges.reports, 1),
            events: last(edges.events, 1),
            documents: last(edges.documents, 1),
          },
          claims: Object.fromEntries(Object.entries(claims).map(([name, column]) => [name, last<number | null>(column)])),
        },
      });
    });
    await page.goto(`${server.url}/?test`);
    await settled(page);
    const top = await page.evaluate((id) => window.entente.px(id), loop);
    if (!top) return expect.fail("not drawn");
    await page.mouse.click(top.x, top.y + 1);
    await expect.poll(() => new URL(page.url()).searchParams.get("edge"), { timeout: 20_000 }).toBe(loop);
  });
});

describe("a graph of which the page has a part", () => {
  it("grows by an entity's neighbours beside it, nothing else moves, and each can be chosen", async () => {
    const server = await serve((_, file) => fillLarge(file, { nodes: 900, edges: 4000 }));
    servers.push(server);
    const page = await open(browser, "about:blank");
    await page.route(/nodes=5000/u, (route) => route.continue({ url: route.request().url().replace("nodes=5000", "nodes=300") }));
    await page.goto(`${server.url}/?test&layout=circle`);
    await settled(page);
    const shown = await page.evaluate(() => window.entente.graph.nodes());
    const hasFurther = (id: string) => server.store.strongestNeighbors(id as EntityId, 25).items.some((other) => !shown.includes(other));
    const center = shown.findLast(hasFurther) ?? expect.fail("all neighbours are shown");
    const before = await page.evaluate((id) => window.entente.px(id), center);
    await page.evaluate((id) => {
      const { store } = window.entente as unknown as { store: { update(change: (state: { scene: object }) => object): void } };
      store.update((state) => ({ ...state, scene: { ...state.scene, expanded: new Map([[id, 25]]) } }));
    }, center);
    await expect.poll(() => page.evaluate(() => window.entente.graph.order), { timeout: 20_000 }).toBeGreaterThan(300);
    // Labels find their places once it rests.
    await page.waitForTimeout(1000);
    expect(await page.evaluate((id) => window.entente.px(id), center)).toEqual(before);
    const canvas = page.getByRole("application");
    const grown = await canvas.screenshot();
    // Sigma goes through everything: the picture is the same as of what was only added.
    await page.evaluate(() => (window.entente.sigma as unknown as { refresh(): void }).refresh());
    await page.waitForTimeout(500);
    expect(grown.equals(await canvas.screenshot())).toBe(true);
    const [id, at] = await page.evaluate(() => {
      const id = window.entente.graph.nodes().at(-1) as string;
      return [id, window.entente.px(id)] as const;
    });
    await page.mouse.click(at?.x ?? 0, at?.y ?? 0);
    await expect.poll(() => page.evaluate(() => window.entente.store.get().selection), { timeout: 20_000 }).toMatchObject({ id });
  });
});

describe("an address of something that is not there", () => {
  it.each(["entity=person:nobody", "edge=a~b~c", "document=0000"])("%s says so in the panel, the graph stays", async (query) => {
    const server = await started(CALL);
    const page = await open(browser, `${server.url}/?test&${query}`);
    await page.locator(".panel-failure").waitFor();
    expect(await page.getByRole("application").isVisible()).toBe(true);
  });
});
