/** The query language by itself: what errors say, budgets, and that no input makes it crash, hang or write. `npm run test:tck` has the rest. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, writePlain } from "../../src/query/cypher/answer.ts";
import { compileStatement, CypherError } from "../../src/query/cypher/cypher.ts";
import { DateValue } from "../../src/query/cypher/value.ts";
import { MemoryGraph } from "./memory.ts";

const BUDGET = { steps: 100_000, rows: 5000, milliseconds: 60_000 };

function graph(): MemoryGraph {
  const made = new MemoryGraph();
  made.load(
    `CREATE (a:Person {name: 'Ana', id: 'a'}), (b:Person {name: 'Ben', id: 'b'}), (c:State {name: 'Cyprus'}),
       (a)-[:MET_WITH {confidence: 0.9}]->(b), (b)-[:LEADS]->(c), (a)-[:VISITED]->(c), (c)-[:THANKED]->(a)`,
  );
  return made;
}

const run = (statement: string, budget = BUDGET, signal?: { readonly aborted: boolean }) => [
  ...compileStatement(statement).run(graph(), new Map(), budget, signal),
];

function failure(statement: string, budget = BUDGET, signal?: { readonly aborted: boolean }): CypherError {
  try {
    run(statement, budget, signal);
  } catch (error) {
    if (error instanceof CypherError) return error;
    throw error;
  }
  throw new Error(`no error: ${statement}`);
}

describe("errors", () => {
  it.each([
    ["MATCH (a RETURN a", 1, 10, /expected/u],
    ["MATCH (a)\n  WHERE a.name = \nRETURN a", 3, 8, /expected/u],
    ["RETURN 'open", 1, 8, /./u],
    ["MATCH (a)-[r]->(b) RETURN c", 1, 27, /c is not defined; known here: a, b, r/u],
    ["RETURN nosuch(1)", 1, 8, /no function nosuch/u],
    ["RETURN constructor(1)", 1, 8, /no function constructor/u],
    ["MATCH (a)", 1, 1, /ends with RETURN/u],
    ["RETURN 1 AS a UNION RETURN 2 AS b", 1, 1, /same columns/u],
    ["MATCH p = shortestPath((a)-[*2..4]-(b)) RETURN p", 1, 7, /least length of 0 or 1/u],
    ["MATCH (a) WHERE a.name =~ '(x+)+$' RETURN a", 1, 24, /CONTAINS/u],
  ])("of %s say where and what", (statement, line, column, message) => {
    const error = failure(statement);
    expect([error.kind, error.line, error.column]).toEqual(["SyntaxError", line, column]);
    expect(error.message).toMatch(message);
  });

  it.each([
    ["CREATE (a) RETURN a", "CREATE"],
    ["MATCH (a) SET a.x = 1", "SET"],
    ["MATCH (a) DETACH DELETE a", "DETACH"],
    ["MATCH (a) REMOVE a.x", "REMOVE"],
    ["MERGE (a)", "MERGE"],
    ["LOAD CSV FROM 'x' AS l RETURN l", "LOAD"],
    ["CALL dbms.procedures()", "CALL"],
    ["FOREACH (x IN [1] | CREATE (a))", "FOREACH"],
    ["MATCH (a) WHERE EXISTS { CREATE (b) } RETURN a", "CREATE"],
  ])("of %s name the clause", (statement, clause) => {
    expect(failure(statement).message).toContain(`${clause} is refused`);
  });
});

describe("budgets", () => {
  it.each([
    ["steps", "UNWIND range(1, 1000) AS a UNWIND range(1, 1000) AS b UNWIND range(1, 1000) AS c RETURN count(*)"],
    ["steps", "RETURN reduce(s = 'ab', x IN range(1, 60) | s + s)"],
    [
      "steps",
      "RETURN replace(replace(reduce(s = 'a', x IN range(1, 12) | s + s), 'a', 'aaaaaaaaaaaaaaaaaaaa'), 'a', 'aaaaaaaaaaaaaaaaaaaa')",
    ],
    ["steps", "MATCH (a), (b), (c), (d), (e), (f), (g), (h), (i), (j), (k), (l) RETURN count(*)"],
    ["rows", "UNWIND range(1, 100) AS a UNWIND range(1, 100) AS b RETURN a + b"],
    ["rows", "UNWIND range(1, 100) AS a UNWIND range(1, 100) AS b RETURN DISTINCT a, b ORDER BY a"],
  ])("stop a query that uses up its %s", (budget, statement) => {
    const error = failure(statement);
    expect([error.kind, error.detail]).toEqual(["BudgetExceeded", budget]);
  });

  it("stop it when its time is up, and when the caller has gone", () => {
    const endless = "UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b UNWIND range(1, 4000) AS c RETURN count(*)";
    const patient = { ...BUDGET, steps: 1e12 };
    expect(failure(endless, { ...patient, milliseconds: 20 }).detail).toBe("time");
    expect(failure(endless, patient, { aborted: true }).detail).toBe("cancelled");
  });

  it("end values that lie too deep in each other, in a query and in its answer", () => {
    const deep = (depth: number) => `RETURN reduce(l = [], x IN range(1, ${depth}) | [l])`;
    const question = { parameters: {}, typedParameters: false, typed: false, counters: false };
    expect(answer({ ...question, statement: deep(150) }, graph(), BUDGET).status).toBe(202);
    expect(answer({ ...question, statement: deep(900) }, graph(), BUDGET).status).toBe(400);
    expect(
      failure(`WITH reduce(l = [], x IN range(1, 30000) | [l]) AS l RETURN DISTINCT l`, { ...BUDGET, steps: 1e6, rows: 1e6 }).detail,
    ).toBe("memory");
  });
});

describe("values as JSON", () => {
  it("keep integers, floats and days apart", () => {
    const given = new Map<string, unknown>([
      ["i", 2n ** 62n],
      ["f", 1],
      ["d", new DateValue("2021-01-13")],
      ["n", null],
    ]);
    expect(writePlain(given as never, graph())).toBe('{"i":4611686018427387904,"f":1.0,"d":"2021-01-13","n":null}');
  });
});

/** Statements that the grammar allows, made from parts at random; they need not mean anything. */
const expression = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      "1",
      "-2",
      "0",
      "0.5",
      "'Ana'",
      "''",
      "null",
      "true",
      "a",
      "b",
      "r",
      "x",
      "a.name",
      "r.confidence",
      "$p",
      "[1, null]",
      "{k: 1}",
      "date('2021-01-13')",
    ),
    fc
      .tuple(
        tie("expression"),
        fc.constantFrom("+", "-", "*", "/", "%", "^", "=", "<>", "<", ">=", "AND", "OR", "XOR", "IN", "CONTAINS", "STARTS WITH"),
        tie("expression"),
      )
      .map((p) => `(${p.join(" ")})`),
    fc
      .tuple(
        fc.constantFrom(
          "size",
          "toString",
          "head",
          "type",
          "labels",
          "keys",
          "count",
          "collect",
          "max",
          "NOT ",
          "-",
          "reverse",
          "range",
          "constructor",
          "split",
          "exists",
        ),
        tie("expression"),
      )
      .map(([f, e]) => `${f}(${e})`),
    tie("expression").map((e) => `[x IN ${e} WHERE x | x]`),
    tie("expression").map((e) => `CASE WHEN ${e} THEN 1 ELSE ${e} END`),
    tie("expression").map((e) => `any(x IN ${e} WHERE x = 1)`),
    fc.tuple(tie("expression"), tie("expression")).map(([e, f]) => `${e}[${f}]`),
    fc.constantFrom("(a)-->(b)", "EXISTS { MATCH (a)--(z) }", "COUNT { (a)--() }", "[(a)-->(y) | y.name]"),
  ),
})).expression;
const statement = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "MATCH (a)",
        "MATCH (a)-[r]->(b)",
        "OPTIONAL MATCH (a)-[r*1..3]-(b:State)",
        "MATCH (a:Person)--(b), (c)",
        "MATCH p = shortestPath((a)-[*]-(b))",
        "MATCH (a {name: 'Ana'}), (b)",
        "WITH *",
        "MATCH (a)-[r:MET_WITH|LEADS]-()",
      ),
      expression.map((e) => `MATCH (a)-[r]-(b) WHERE ${e}`),
      expression.map((e) => `UNWIND ${e} AS u`),
      fc.tuple(expression, expression).map(([e, f]) => `WITH a, ${e} AS x ORDER BY ${f} LIMIT 5`),
    ),
    { maxLength: 4 },
  )
  .chain((clauses) => expression.map((e) => [...clauses, `RETURN ${e} AS v, count(*) AS n`].join(" ")));

describe("no input", () => {
  const question = { parameters: { p: [1, "Ana", null] }, typedParameters: false, typed: true, counters: false };
  const small = { steps: 20_000, rows: 500, milliseconds: 1000 };
  const holds = (text: string) => {
    const data = graph();
    const before = JSON.stringify([data.nodes, data.relationships], (_, value: unknown) => (value instanceof Map ? [...value] : value));
    const { status, body } = answer({ ...question, statement: text }, data, small);
    expect([202, 400]).toContain(status);
    expect(JSON.parse(body)).toHaveProperty(status === 202 ? "data" : "errors");
    expect(JSON.stringify([data.nodes, data.relationships], (_, value: unknown) => (value instanceof Map ? [...value] : value))).toBe(
      before,
    );
    return status;
  };

  it("of random text crashes it or writes", () => {
    const property = fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => void holds(text));
    expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow();
  });

  it("of random words of the language crashes it or writes", () => {
    const word = fc.constantFrom(
      ..."MATCH OPTIONAL WHERE RETURN WITH UNWIND AS CASE WHEN THEN END CREATE SET DELETE MERGE CALL UNION ALL ORDER BY LIMIT ( ) [ ] { } - -> <- * .. , : | = <> + . a b $p 1 'x' NOT IN NULL EXISTS COUNT date ; // /* `q`".split(
        " ",
      ),
    );
    const property = fc.property(fc.array(word, { maxLength: 25 }), (words) => void holds(words.join(" ")));
    expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow();
  });

  it("of random grammatical statements crashes it or writes, and many of them are answered", () => {
    let answered = 0;
    fc.assert(
      fc.property(statement, (text) => void (holds(text) === 202 && answered++)),
      { numRuns: 1500 },
    );
    expect(answered).toBeGreaterThan(100);
  });

  it("nested without end exhausts the stack", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["[", "]"],
      ["NOT ", ""],
      ["-", ""],
      ["{a: ", "}"],
      ["[x IN ", " | x]"],
      ["EXISTS { MATCH (a) WHERE ", "}"],
    ]) {
      expect(holds(`RETURN ${open!.repeat(20_000 / open!.length)}1${close!.repeat(20_000 / open!.length)}`)).toBe(400);
    }
    expect([202, 400]).toContain(holds(`RETURN ${"1 + ".repeat(20_000)}1`));
    expect([202, 400]).toContain(holds(`MATCH ${"()-->".repeat(10_000)}() RETURN 1`));
    expect([202, 400]).toContain(holds(`${"WITH 1 AS a ".repeat(5000)} RETURN a`));
    expect([202, 400]).toContain(holds(`RETURN [${"1,".repeat(30_000)}1]`));
    expect([202, 400]).toContain(holds(`RETURN 1 AS a ${"UNION ALL RETURN 1 AS a ".repeat(3000)}`));
  });
});
