/** The sample document end to end: all of its right answer, none of what a right answer must not hold, the same bytes on any day. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { process as readAndExtract } from "../src/ingest/process.ts";
import { documentRecord } from "../src/ingest/record.ts";
import { loadKnowledge } from "../src/knowledge/knowledge.ts";
import { loadReader } from "../src/nlp/reader.ts";

const SEED = fileURLToPath(new URL("../seeds/000_69dfcfd1fc353171.txt", import.meta.url));
const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

const { source, graph } = readAndExtract(readFileSync(SEED), SEED, loadKnowledge(), loadReader());
const record = documentRecord(source, graph);
const lines = record.relations.map(
  ({ subject, relation, object, date }) => `${subject} ${relation} ${object}${date === null ? "" : ` @${date}`}`,
);

const PUTIN = "Vladimir Putin";
const ERDOGAN = "Recep Tayyip Erdoğan";
const NOVEMBER = "10 November 2020 agreement";
const JANUARY = "11 January 2021 pact";

describe("the seed's graph", () => {
  it("knows the document", () => {
    expect(record).toMatchObject({
      id: "000_69dfcfd1fc353171",
      date: "2021-01-13",
      source: "Daily Sabah",
      url: expect.stringMatching(/^https:\/\/www\.dailysabah\.com\//u),
    });
  });

  it.each([
    [PUTIN, "person", "RUS"],
    [ERDOGAN, "person", "TUR"],
    ["Ilham Aliyev", "person", "AZE"],
    ["Nikol Pashinian", "person", "ARM"],
    ["Russia", "state", "RUS"],
    ["Turkey", "state", "TUR"],
    ["Azerbaijan", "state", "AZE"],
    ["Armenia", "state", "ARM"],
    [NOVEMBER, "agreement", null],
    [JANUARY, "agreement", null],
    ["Nagorno-Karabakh", "place", undefined],
    ["Moscow", "place", undefined],
  ])("has %s as %s", (name, kind, country) => {
    const found = record.entities.filter((entity) => entity.name === name);
    expect(found).toEqual([expect.objectContaining({ kind, ...(country !== undefined && { country }) })]);
  });

  it("has the joint center as an organization", () => {
    expect(record.entities.filter((entity) => /joint Turkish-Russian cent/iu.test(entity.name))).toEqual([
      expect.objectContaining({ kind: "organization" }),
    ]);
  });

  it.each([
    `${PUTIN} spoke-with ${ERDOGAN} @2021-01-13`,
    `${PUTIN} informed ${ERDOGAN} @2021-01-13`,
    `${PUTIN} met-with Ilham Aliyev @2021-01-11`,
    `${PUTIN} met-with Nikol Pashinian @2021-01-11`,
    `Russia signed ${JANUARY} @2021-01-11`,
    `Azerbaijan signed ${JANUARY} @2021-01-11`,
    `Armenia signed ${JANUARY} @2021-01-11`,
    `Azerbaijan signed ${NOVEMBER} @2020-11-10`,
    `Armenia signed ${NOVEMBER} @2020-11-10`,
    `Russia brokered ${NOVEMBER}`,
    `Russia party-to ${NOVEMBER}`,
    "Armenia attacked Azerbaijan @2020-09-27",
    `${PUTIN} leads Russia`,
    "Ilham Aliyev leads Azerbaijan",
    "Nikol Pashinian leads Armenia",
    `${ERDOGAN} leads Turkey`,
  ])("says %s", (line) => {
    const [subject = "", relation, object = ""] = /^(.*) ([a-z-]+) (.*?)(?: @.*)?$/u.exec(line)?.slice(1) ?? [];
    const isSymmetric = relation === "spoke-with" || relation === "met-with";
    const turned = line.replace(`${subject} ${relation} ${object}`, `${object} ${relation} ${subject}`);
    const matching = lines.filter((other) => other === line || other.startsWith(`${line} @`) || (isSymmetric && other === turned));
    expect(matching.length > 0 ? [line] : lines).toContain(line);
  });

  it.each([
    ["Armenia violated a cease-fire", /^Armenia violated .*cease-?fire/iu],
    ["Russia established the center", /^Russia established .*joint Turkish-Russian cent/iu],
    ["Turkey established the center", /^Turkey established .*joint Turkish-Russian cent/iu],
    ["the center monitors the truce", /joint Turkish-Russian cent\w* monitors /iu],
  ])("says %s", (_, pattern) => {
    expect(lines).toContainEqual(expect.stringMatching(pattern));
  });

  it("knows where the meetings were and how the call was made", () => {
    const nameOf = (id: string | undefined) => graph.entities.find((entity) => entity.id === id)?.name;
    const claims = graph.claims.map((claim) => ({
      ...claim,
      name: nameOf(claim.place),
      ends: [nameOf(claim.subject), nameOf(claim.object)],
    }));
    for (const other of ["Ilham Aliyev", "Nikol Pashinian"]) {
      expect(claims.find((claim) => claim.relation === "met-with" && claim.ends.includes(PUTIN) && claim.ends.includes(other))?.name).toBe(
        "Moscow",
      );
    }
    expect(claims.find((claim) => claim.relation === "spoke-with")?.medium).toBe("phone");
  });

  it("has one node for each actor, and none for labels, outlets and services", () => {
    const names = record.entities.flatMap((entity) => [entity.name, ...entity.aliases]);
    for (const actor of [/putin/iu, /erdo[gğ]an/iu, /^turkey$|türkiye/iu]) {
      expect(record.entities.filter((entity) => [entity.name, ...entity.aliases].some((form) => actor.test(form)))).toHaveLength(1);
    }
    expect(record.entities.filter(({ kind }) => kind === "person")).toHaveLength(4);
    expect(names.filter((name) => /kaynak|source|^bip$|sabah/iu.test(name))).toEqual([]);
    expect(new Set(graph.entities.map((entity) => entity.id)).size).toBe(graph.entities.length);
  });

  it("dates nothing by the day of the run, nor after the story", () => {
    for (const { date } of record.relations) expect(date === null || date <= "2021-01-14").toBe(true);
  });

  it("quotes for every relation the very sentence", () => {
    const { text } = source;
    expect(record.relations.length).toBeGreaterThan(0);
    for (const { evidence } of record.relations) {
      expect(evidence.sentence).toBe(text.slice(evidence.start, evidence.end));
      expect(evidence.sentence.trim()).not.toBe("");
    }
    for (const claim of graph.claims) {
      for (const { sentence, trigger } of claim.evidence) {
        expect(sentence.start <= trigger.start && trigger.end <= sentence.end && trigger.start < trigger.end).toBe(true);
      }
    }
  });
});

describe("entente extract", () => {
  const run = (preload: string, env: Record<string, string>) =>
    execFileSync(
      process.execPath,
      [
        ...(preload === "" ? [] : ["--import", `data:text/javascript,${encodeURIComponent(preload)}`]),
        MAIN,
        "extract",
        SEED,
        "--format",
        "json",
      ],
      {
        env: { ...process.env, ...env },
        encoding: "utf8",
      },
    );

  it("prints the same bytes twice, and on another day, in another time zone and language, with other chances", () => {
    const first = run("", {});
    expect(JSON.parse(first)).toEqual({ documents: [record] });
    expect(run("", {})).toBe(first);
    const otherDay = `const Real = Date; const now = Real.UTC(2031, 5, 7);
      globalThis.Date = class extends Real { constructor(...given) { if (given.length > 0) super(...given); else super(now); } static now() { return now; } };
      Math.random = () => 0.5;`;
    expect(run(otherDay, { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" })).toBe(first);
  });
});
