/** The description of the API: good by a public linter, and told to people too. */
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { docs } from "../../src/server/docs.ts";
import { openApi } from "../../src/server/openapi.ts";
import { addresses } from "../../src/server/router.ts";

// Making the table touches no store.
const table = addresses({ store: {} as never, knowledge: loadKnowledge(), formats: FORMATS, version: "1.2.3" });
const description = openApi(table, "1.2.3");

it("passes Redocly's recommended rules", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source: JSON.stringify(description), absoluteRef: "openapi.json", config });
  const told = problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
  expect(told).toEqual([]);
});

it("is a page that names every address, parameter and shape, and holds no script", () => {
  let page = "";
  const response = { set: () => response, type: () => response, send: (text: string) => (page = text) };
  docs(description)[0]!.handle({} as never, response as never, () => undefined);
  const missing = [
    ...table.map(({ path }) => `/api${path.replace(/:(\w+)/gu, "{$1}")}`),
    ...table.flatMap(({ query }) => Object.keys(query.shape).map((name) => `<code>${name}</code>`)),
    ...Object.keys((description["components"] as { schemas: object }).schemas).map((name) => `<h3>${name}</h3>`),
  ].filter((text) => !page.includes(text));
  expect(missing).toEqual([]);
  const ids = [...page.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target = ""] of page.matchAll(/href="#([^"]+)"/gu)) expect(ids).toContain(target);
  expect(/<script|\sstyle=|\son\w+=|https?:/u.exec(page)).toBeNull();
});
