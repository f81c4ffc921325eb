/** `entente query` as its users meet it, and the server that answers queries in a thread of its own: both from the built program. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

  beforeAll(async () => {
    server = spawn(process.execPath, [MAIN, "serve", "--db", database, "--port", "0", "--query-ms", "300"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(server.stdout!, "data")) as [Buffer];
    url = /http:\S+/u.exec(String(line))![0];
  });
  afterAll(async () => {
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

  it("answers queries, stops those that take too long, and answers others meanwhile", async () => {
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
});
