/**
 * Runs the openCypher TCK's reading scenarios: `npm run test:tck -- [--data DIR] [--errors]`.
 *
 * Prints how many pass a feature file, names every scenario that does not with its reason, and exits with 1 under 90 %.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from "@cucumber/gherkin";
import { IdGenerator, type Pickle, type PickleStep } from "@cucumber/messages";
import { compileStatement, CypherError } from "../../../src/query/cypher/cypher.ts";
import type { Value } from "../../../src/query/cypher/value.ts";
import { ExpressionCompiler } from "../../../src/query/cypher/expression.ts";
import { parse } from "../../../src/query/cypher/parser.ts";
import { Run } from "../../../src/query/cypher/run.ts";
import { Scope } from "../../../src/query/cypher/scope.ts";
import { GENEROUS, MemoryGraph } from "../memory.ts";
import { normalise, write } from "./notation.ts";

const REQUIRED_SHARE = 0.9;

interface Outcome {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

class Scenario {
  private graph = new MemoryGraph();
  private readonly parameters = new Map<string, Value>();
  private result: Outcome | Error | undefined;
  private readonly data: string;

  constructor(data: string) {
    this.data = data;
  }

  step({ text, argument }: PickleStep): void {
    const table = argument?.dataTable?.rows.map((row) => row.cells.map((cell) => cell.value)) ?? [];
    const query = argument?.docString?.content ?? "";
    if (/^(an empty|any) graph$/.test(text)) return;
    if (/^the .* graph$/.test(text)) this.graph.load(readFileSync(this.named(text.split(" ")[1]!), "utf8"));
    else if (/having executed/.test(text)) this.graph.load(query);
    else if (/^parameters are/.test(text)) for (const [name, value] of table) this.parameters.set(name!, this.literal(value!));
    else if (/^executing (control )?query/.test(text)) this.result = this.execute(query);
    else if (/should be raised/.test(text)) this.expectError(text);
    else if (/the result should be empty/.test(text)) this.expectRows([], false, false);
    else if (/the result should be/.test(text)) this.expectRows(table, /in order/.test(text), /ignoring element order/.test(text));
    else if (!/no side effects/.test(text)) throw new Error(`step not understood: ${text}`);
  }

  private named(name: string): string {
    return join(this.data, "graphs", name, `${name}.cypher`);
  }

  private literal(text: string): Value {
    const query = parse(`RETURN ${text} AS value`);
    const [clause] = query.parts[0].clauses;
    if (clause?.type !== "return") throw new Error(`not a value: ${text}`);
    const evaluate = new ExpressionCompiler(text).compile(clause.items[0]!.expression, new Scope());
    return evaluate([], new Run(this.graph, new Map(), GENEROUS));
  }

  private execute(query: string): Outcome | Error {
    try {
      const statement = compileStatement(query);
      return { columns: statement.columns, rows: [...statement.run(this.graph, this.parameters, GENEROUS)] };
    } catch (error) {
      return error as Error;
    }
  }

  private expectError(text: string): void {
    const [, kind, detail] = /an? (\w+) should be raised at [\w ]+: (\S+)/.exec(text)!;
    if (!(this.result instanceof CypherError)) throw new Error(`expected ${kind} ${detail}, got ${describe(this.result)}`);
    if (this.result.kind !== kind) throw new Error(`expected ${kind} ${detail}, got ${this.result.kind}: ${this.result.message}`);
  }

  private expectRows(table: readonly (readonly string[])[], ordered: boolean, unorderedLists: boolean): void {
    if (!this.result || this.result instanceof Error) throw new Error(describe(this.result));
    const { columns, rows } = this.result;
    const [header, ...expected] = table;
    const order = header?.map((name) => columns.indexOf(name)) ?? columns.map((_, index) => index);
    if (order.includes(-1) || (header && header.length !== columns.length))
      throw new Error(`columns ${columns.join(", ")}, expected ${header?.join(", ")}`);
    const found = rows.map((row) => order.map((index) => write(row[index]!, this.graph, unorderedLists)).join(" | "));
    const wanted = expected.map((row) => row.map((cell) => normalise(cell, unorderedLists)).join(" | "));
    const [a, b] = ordered ? [found, wanted] : [found.sort(), wanted.sort()];
    if (a.join("\n") !== b.join("\n"))
      throw new Error(`got ${a.slice(0, 4).join(" ; ")} (${a.length} rows), expected ${b.slice(0, 4).join(" ; ")} (${b.length})`);
  }
}

function describe(result: Outcome | Error | undefined): string {
  if (result instanceof CypherError) return `${result.kind}: ${result.message}`;
  if (result instanceof Error) return `crash: ${result.stack?.split("\n").slice(0, 3).join(" ")}`;
  return `${result?.rows.length} rows`;
}

function pickles(file: string): readonly Pickle[] {
  const newId = IdGenerator.incrementing();
  const document = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(readFileSync(file, "utf8"));
  return compile(document, file, newId);
}

const { values } = parseArgs({ options: { data: { type: "string", default: "../shared/opencypher-tck" }, errors: { type: "boolean" } } });
const listed = existsSync(values.data) ? readdirSync(values.data, { recursive: true, encoding: "utf8" }) : [];
const files = listed.filter((file) => file.endsWith(".feature")).sort();
if (files.length === 0) {
  console.error(`no feature files under ${values.data}: name the folder of the openCypher TCK with --data DIR`);
  process.exit(2);
}
const folders = new Map<string, { passed: number; total: number }>();
const failures: string[] = [];
for (const file of files) {
  const folder = folders.get(dirname(file)) ?? { passed: 0, total: 0 };
  folders.set(dirname(file), folder);
  for (const pickle of pickles(join(values.data, file))) {
    folder.total++;
    const scenario = new Scenario(values.data);
    try {
      for (const step of pickle.steps) scenario.step(step);
      folder.passed++;
    } catch (error) {
      failures.push(`${relative(".", file)} ${pickle.name}: ${(error as Error).message.split("\n").join(" / ")}`);
    }
  }
}
for (const [folder, { passed, total }] of folders) console.log(`${folder.padEnd(36)} ${String(passed).padStart(5)} of ${total}`);
const total = [...folders.values()].reduce((sum, folder) => sum + folder.total, 0);
const passed = total - failures.length;
if (values.errors) for (const failure of failures) console.log(`FAIL ${failure}`);
console.log(`${passed} passed, ${failures.length} failed of ${total} (${((100 * passed) / total).toFixed(1)} %)`);
process.exit(passed / total >= REQUIRED_SHARE ? 0 : 1);
