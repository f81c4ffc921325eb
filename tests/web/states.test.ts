/** Situations that the sample documents do not show: nothing there, the server gone, doubt, denial, a relation to oneself. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { GraphColumns } from "../../src/model/api.ts";
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

  it("of several reports of one event are told together", async () => {
    const server = await started(CALL, DENIAL);
    const call = [...server.store.edges()].find((each) => each.relation === "spoke-with");
    const page = await open(browser, `${server.url}/?test&edge=${encodeURIComponent(call?.id ?? "")}`);
    const panel = page.getByRole("complementary", { name: "Evidence" });
    await panel.locator(".sentence").nth(1).waitFor();
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

describe("an address of something that is not there", () => {
  it.each(["entity=person:nobody", "edge=a~b~c", "document=0000"])("%s says so in the panel, the graph stays", async (query) => {
    const server = await started(CALL);
    const page = await open(browser, `${server.url}/?test&${query}`);
    await page.locator(".panel-failure").waitFor();
    expect(await page.getByRole("application").isVisible()).toBe(true);
  });
});
