/** The command line as its users meet it: a process, its output, its exit code. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/export/export.ts";
import type { DocumentRecord } from "../../src/ingest/record.ts";
import { openStore } from "../../src/store/sqlite.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const SEED = fileURLToPath(new URL("../../seeds/000_69dfcfd1fc353171.txt", import.meta.url));
const TREATY = "Armenia and Azerbaijan signed a peace treaty in Geneva on 3 May 2021.";

let folder: string;
const at = (name: string) => join(folder, name);
const put = (name: string, text: string) => {
  mkdirSync(join(at(name), ".."), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
};
const entente = (...given: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...given], { encoding: "utf8", cwd: folder });
  return { status, stdout, stderr };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entente-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("entente", () => {
  it("says what it can do, with examples and exit codes", () => {
    const { status, stdout } = entente("--help");
    expect(status).toBe(0);
    for (const word of ["ingest", "serve", "extract", "export", "stats", "explain", "eval", "Exit codes", "Examples"])
      expect(stdout).toContain(word);
    expect(entente("extract", "--help").stdout).toContain("Example");
    expect(entente("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  it.each([
    ["no command", []],
    ["an unknown command", ["frobnicate"]],
    ["an unknown option", ["stats", "--frobnicate"]],
    ["a missing argument", ["extract"]],
    ["an unknown format", ["extract", "a.txt", "--format", "xml"]],
    ["a port that is none", ["serve", "--port", "http"]],
    ["an export format that is none", ["export", "--format", "docx"]],
    ["a day that is none", ["export", "--from", "2021-02-30"]],
    ["a sentence that is none", ["explain", SEED, "--sentence", "1000"]],
  ])("ends with 2 for %s, saying so on standard error alone", (_, given) => {
    const { status, stdout, stderr } = entente(...given);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toBe("");
    expect(stderr).not.toContain("    at ");
  });
});

describe("entente extract", () => {
  const documents = (text: string) => (JSON.parse(text) as { documents: DocumentRecord[] }).documents;

  it("prints one object for all files in the order given, bad ones on standard error", () => {
    put("b.txt", TREATY);
    put("empty.txt", "");
    put("a.md", `---\nid: treaty\ntitle: "A treaty"\ndate: 2021-05-04\nsource: Wire\n---\n\n${TREATY}`);
    const { status, stdout, stderr } = entente("extract", "b.txt", "empty.txt", "a.md", "missing.txt", "--format", "json");
    expect(status).toBe(1);
    expect(documents(stdout)).toMatchObject([
      { id: "b", date: null },
      { id: "treaty", title: "A treaty", date: "2021-05-04", source: "Wire", url: null },
    ]);
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringMatching(/^entente: missing\.txt: /u),
      expect.stringMatching(/^entente: empty\.txt: /u),
    ]);
  });

  it("quotes the sentence at its offsets, also after characters beyond the basic plane", () => {
    const text = `\u{1f91d} Talks\n\n${TREATY}`;
    put("a.txt", text);
    const [record] = documents(entente("extract", "a.txt").stdout);
    expect(record?.relations.length).toBeGreaterThan(0);
    for (const { evidence } of record?.relations ?? []) expect(text.slice(evidence.start, evidence.end)).toBe(evidence.sentence);
  });

  it("reads standard input", () => {
    const stdout = execFileSync(process.execPath, [MAIN, "extract", "-"], { input: TREATY, encoding: "utf8" });
    expect(documents(stdout)).toMatchObject([{ id: "stdin" }]);
  });

  it("prints an empty list when nothing could be read", () => {
    const { status, stdout } = entente("extract", "missing.txt");
    expect(status).toBe(1);
    expect(documents(stdout)).toEqual([]);
  });

  it("ends quietly when its reader goes away", async () => {
    for (let index = 0; index < 40; index++) copyFileSync(SEED, at(`${index}.txt`));
    const child = spawn(process.execPath, [MAIN, "extract", folder], { stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (data: Buffer) => (complaints += data.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(0);
    expect(complaints).toBe("");
  });
});

describe("entente explain", () => {
  it("shows entities, trees, mentions, rules and claims", () => {
    put("a.txt", TREATY);
    const { status, stdout } = entente("explain", "a.txt");
    expect(status).toBe(0);
    for (const part of [
      "Entities",
      "state Armenia = state:ARM",
      "Tree",
      "signed  root VERB",
      "Mentions",
      "Dates",
      "2021-05-03",
      "Rules",
      ": fired",
      "Claims",
      "Armenia signed",
    ]) {
      expect(stdout).toContain(part);
    }
    expect(entente("explain", SEED, "--sentence", "2").stdout).toMatch(/^\n2\. /u);
  });
});

describe("entente ingest, stats and export", () => {
  it("reads a folder, says what it did, and passes by what it knows", () => {
    put("news/a.txt", TREATY);
    put("news/sub/bad.md", "");
    put("news/picture.jpg", "");
    const first = entente("ingest", "news", "--db", "new/folder/g.db");
    expect(first.status).toBe(1);
    expect(first.stdout).toMatch(/^1 document read, 1 failed, \d+\.\d s\.\nDocuments +1\n/u);
    expect(first.stderr).toContain("bad.md: holds no text");
    expect(first.stderr).toContain("Passed over: .jpg (1).");

    const second = entente("ingest", "news/a.txt", "--db", "new/folder/g.db", "--json");
    expect(second.stderr).toBe("");
    expect(second.status).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({
      committed: 0,
      unchanged: 1,
      failed: [],
      interrupted: false,
      graph: { documents: 1 },
    });

    expect(JSON.parse(entente("stats", "--db", "new/folder/g.db", "--json").stdout)).toMatchObject({ documents: 1, sentences: 1 });
    expect(entente("stats", "--db", "new/folder/g.db").stdout).toMatch(/Nodes +\d+ +state 2/u);
  });

  it("gives the same graph however many threads read", () => {
    // Short ones are drawn before the long ones that they follow.
    for (let index = 0; index < 6; index++) {
      const rest = index % 3 === 0 ? readFileSync(SEED, "utf8") : "";
      put(`news/${index}.txt`, `${TREATY} It was treaty number ${index}.\n\n${rest}`);
    }
    const graph = (workers: string) => {
      expect(entente("ingest", "news", "--db", `${workers}.db`, "--workers", workers).status).toBe(0);
      return entente("export", "--db", `${workers}.db`, "--format", "jsonl").stdout;
    };
    const alone = graph("0");
    expect(alone.length).toBeGreaterThan(1000);
    expect(graph("2")).toBe(alone);
  });

  it("writes to standard output or a file, with the API's filters", () => {
    entente("ingest", SEED, "--db", "g.db");
    expect(entente("export", "--formats").stdout.trim().split("\n")).toHaveLength(FORMATS.length);
    expect(entente("export", "--db", "g.db", "--format", "claims-csv").stdout).toContain("Daily Sabah");
    const filtered = entente(
      "export",
      "--db",
      "g.db",
      "--format",
      "gexf",
      "--relation",
      "signed,brokered",
      "--from",
      "2021-01-01",
      "-o",
      "out.gexf",
    );
    expect(filtered).toMatchObject({ status: 0, stdout: "", stderr: expect.stringMatching(/^gexf: \d+ items in out\.gexf\.\n$/u) });
    expect(readFileSync(at("out.gexf"), "utf8")).toContain("signed");
    expect(readFileSync(at("out.gexf"), "utf8")).not.toContain("spoke-with");
    const unwritable = entente("export", "--db", "g.db", "-o", "no/such/folder.gexf");
    expect(unwritable).toMatchObject({ status: 1, stderr: expect.stringContaining("no/such/folder.gexf: cannot be written") });
  });

  it("says plainly what is wrong with a database", () => {
    expect(entente("stats", "--db", "none.db")).toMatchObject({ status: 3, stderr: expect.stringContaining("none.db") });
    put("text.db", "This is no database at all, but a text that somebody named like one.".repeat(20));
    expect(entente("stats", "--db", "text.db")).toMatchObject({ status: 3, stderr: expect.stringContaining("text.db") });
    expect(entente("ingest", SEED, "--db", "text.db")).toMatchObject({ status: 3, stderr: expect.stringContaining("text.db") });
    expect(readFileSync(at("text.db"), "utf8")).toContain("This is no database");
    put("taken", "");
    expect(entente("ingest", SEED, "--db", "taken/g.db")).toMatchObject({ status: 3, stderr: expect.stringContaining("--db") });
  });

  it("says that a database is locked while another program writes", () => {
    openStore(at("g.db"), { symmetric: [] }).close();
    // Another process holds the write lock for as long as its input is open.
    const holder = `const D = require("better-sqlite3"); const d = new D(process.argv[1]); d.exec("BEGIN IMMEDIATE"); process.stdout.write("held"); process.stdin.resume();`;
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const child = spawn(process.execPath, ["-e", holder, at("g.db")], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
    return once(child.stdout, "data").then(() => {
      const { status, stderr } = entente("ingest", SEED, "--db", "g.db");
      child.stdin.end();
      expect(status).toBe(3);
      expect(stderr).toMatch(/^entente: .*locked|^entente: .*another/mu);
    });
  });
});

describe("entente serve", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  const serve = async (...given: string[]) => {
    const started = spawn(process.execPath, [MAIN, "serve", "--db", "g.db", "--port", "0", ...given], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    let output = "";
    for await (const data of started.stdout) {
      output += String(data);
      const url = /Viewer and API: (\S+)/u.exec(output)?.[1];
      if (url !== undefined) return { child: started, output, url };
    }
    throw new Error(`ended: ${output}`);
  };

  it("reads, sums up, serves, and ends cleanly when told to", async () => {
    put("news/a.txt", TREATY);
    const { child: server, output, url } = await serve("--ingest", "news", "--ingest", SEED);
    expect(output).toMatch(/^2 documents read, \d+\.\d s\.\nDocuments +2\n/u);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/u);
    const stats = (await (await fetch(`${url}/api/stats`)).json()) as { documents: number };
    expect(stats.documents).toBe(2);
    const page = await fetch(url);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
    expect((await fetch(`${url}/api/entities/state:ATLANTIS`)).headers.get("content-type")).toContain("application/problem+json");

    server.kill("SIGTERM");
    expect(await once(server, "exit")).toEqual([0, null]);
    expect(existsSync(at("g.db-wal"))).toBe(false);
    expect((await serve("--ingest", "news")).output).toMatch(/^0 documents read, 1 unchanged/u);
  });

  it("says that a port is in use, before reading anything", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { status, stderr, stdout } = entente("serve", "--db", "g.db", "--port", String(port), "--ingest", SEED);
    other.close();
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toBe(`entente: Port ${port} is in use: end the other program, or take another with --port.\n`);
  });

  it("takes port, host and database from the environment too", () => {
    put("g.db/not-a-file", "");
    const { status, stderr } = spawnSync(process.execPath, [MAIN, "serve"], {
      encoding: "utf8",
      cwd: folder,
      env: { ...process.env, ENTENTE_PORT: "none" },
    });
    expect([status, stderr.includes("none")]).toEqual([2, true]);
    const database = spawnSync(process.execPath, [MAIN, "serve"], {
      encoding: "utf8",
      cwd: folder,
      env: { ...process.env, ENTENTE_DB: "g.db", ENTENTE_PORT: "0" },
    });
    expect([database.status, database.stderr.includes("g.db")]).toEqual([3, true]);
  });
});
