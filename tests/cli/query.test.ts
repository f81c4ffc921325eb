/** `entente query` as its users meet it, and the server that answers queries in a thread of its own: both from the built program. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/sqlite.ts";
import { CALL, commit, SYMMETRIC } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = makeFolder();
const database = join(folder, "graph.db");

beforeAll(() => {
  const store = openStore(database, { symmetric: SYMMETRIC });
  commit(store, CALL);
  store.close();
});
afterAll(() => removeFolder(folder));

const query = (...given: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "query", ...given, "--db", database], { encoding: "utf8" });
  return { status, stdout, stderr };
};
const MET = "MATCH (a:Person)-[r:MET_WITH]->(b) WHERE a.name = $name RETURN a.name, b.name, r.date, r.confidence AS sure";

describe("entente query", () => {
  it("prints a table, CSV and JSON", () => {
    expect(query(MET, "--param", "name=Vladimir Putin").stdout).toBe(
      "a.name          b.name        r.date      sure\nVladimir Putin  Ilham Aliyev  2021-01-11  0.9\n(1 row)\n",
    );
    expect(query(MET, "--param", 'name="Vladimir Putin"', "--format", "csv").stdout).toBe(
      "a.name,b.name,r.date,sure\nVladimir Putin,Ilham Aliyev,2021-01-11,0.9\n",
    );
    expect(JSON.parse(query(MET, "--param", "name=Vladimir Putin", "--format", "json").stdout)).toEqual([
      { "a.name": "Vladimir Putin", "b.name": "Ilham Aliyev", "r.date": "2021-01-11", sure: 0.9 },
    ]);
  });

  it.each([
    ["MATCH (a", /line 1, column 9: .*expected/u],
    ["CREATE (a)", /CREATE is refused/u],
    ["RETURN $x", /\$x was not given/u],
  ])("ends with 2 for %s and says why", (statement, message) => {
    const { status, stdout, stderr } = query(statement);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});

describe("entente serve", () => {
  let server: ChildProcess;
  let url: string;

  const serve = async (...budget: string[]): Promise<void> => {
    server = spawn(process.execPath, [MAIN, "serve", "--db", database, "--port", "0", ...budget], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(server.stdout!, "data")) as [Buffer];
    url = /http:\S+/u.exec(String(line))![0];
  };
  afterEach(async () => {
    server.kill("SIGTERM");
    await once(server, "exit");
  });

  const ask = async (statement: string, signal?: AbortSignal) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ statement }),
      ...(signal && { signal }),
    };
    const response = await fetch(`${url}/db/entente/query/v2`, init);
    return { status: response.status, body: await response.text() };
  };
  const ENDLESS = "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 9000) AS c RETURN count(*)";
  /** Asks more questions at once than the thread is sent, each with another answer. */
  const askMany = () => Promise.all(Array.from({ length: 30 }, (_, number) => ask(`UNWIND [${number}] AS x RETURN x`)));
  const expectAll = (answers: Awaited<ReturnType<typeof askMany>>): void =>
    answers.forEach(({ status, body }, number) =>
      expect([status, JSON.parse(body)]).toMatchObject([202, { data: { fields: ["x"], values: [[number]] } }]),
    );

  it("answers queries, stops those that take too long, and answers others meanwhile", async () => {
    await serve("--query-ms", "300");
    expect(await ask("MATCH (a:Person) RETURN count(*)")).toEqual({ status: 202, body: expect.stringContaining("[[3]]") as string });
    const slow = ask(ENDLESS);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    const stopped = await slow;
    expect(stopped.status).toBe(400);
    expect(stopped.body).toMatch(/TransactionTimedOut/u);
    const gone = new AbortController();
    const left = ask(ENDLESS, gone.signal);
    gone.abort();
    await expect(left).rejects.toThrow();
    expect((await ask("RETURN 1")).status).toBe(202);
  });

  it("gives everybody their own answer, though others leave and take too long", async () => {
    await serve("--query-ms", "600");
    await ask("RETURN 1");
    const gone = new AbortController();
    const [slow, left, many] = [ask(ENDLESS), ask(ENDLESS, gone.signal), askMany()];
    setTimeout(() => gone.abort(), 100);
    await expect(left).rejects.toThrow();
    expect((await slow).body).toMatch(/TransactionTimedOut/u);
    expectAll(await many);
  });

  it("answers the others anew when a query takes all memory", async () => {
    await serve("--query-mb", "64", "--query-ms", "60000");
    const greedy = ask("UNWIND range(1, 9000) AS a RETURN size(collect(range(1, 5000)))");
    const many = askMany();
    expect((await greedy).body).toMatch(/MemoryPoolOutOfMemory/u);
    expectAll(await many);
  });
});
