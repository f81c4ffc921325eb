/** `entente query`: openCypher over the database, printed as a table, JSON or CSV. */
import { stringify } from "csv-stringify/sync";
import { KnownError } from "../model/errors.ts";
import { readParameters, writePlain } from "../query/cypher/answer.ts";
import { compileStatement, CypherError } from "../query/cypher/cypher.ts";
import { DateValue, type Value } from "../query/cypher/value.ts";
import { copyGraph } from "../query/graph/store-graph.ts";
import { openSnapshot } from "../store/sqlite.ts";
import { EXIT, type ExitCode, print, table } from "./terminal.ts";

export interface QueryCommand {
  readonly db: string;
  readonly param: readonly string[];
  readonly format: "table" | "json" | "csv";
  readonly queryMs: number;
}

/** It is the user's own machine: only time ends a query. */
const STEPS = Number.MAX_SAFE_INTEGER;
const ROWS = 10_000_000;
/** Wider cells of a table are cut. */
const CELL = 100;

/** @throws {KnownError} bad-parameter for a statement or parameter that cannot be read, and what opening the database throws */
export async function query(text: string, command: QueryCommand): Promise<ExitCode> {
  const parameters = Object.fromEntries(command.param.map(parameter));
  const snapshot = openSnapshot(command.db);
  try {
    const statement = compileStatement(text);
    const graph = copyGraph(snapshot);
    const budget = { steps: STEPS, rows: ROWS, milliseconds: command.queryMs };
    const rows = [...statement.run(graph, readParameters(parameters, false), budget)];
    const cell = (value: Value) => {
      if (value instanceof DateValue) return value.day;
      return typeof value === "string" ? value : value === null ? "" : writePlain(value, graph);
    };
    if (command.format === "json") {
      const lines = rows.map((row) => {
        const fields = row.map((value, column) => `${JSON.stringify(statement.columns[column])}:${writePlain(value, graph)}`);
        return `{${fields.join(",")}}`;
      });
      await print(`[${lines.join(",\n ")}]\n`);
    } else if (command.format === "csv") {
      await print(stringify([statement.columns, ...rows.map((row) => row.map(cell))]));
    } else {
      await print(table([statement.columns, ...rows.map((row) => row.map((value) => shown(cell(value))))]));
      await print(`(${rows.length} ${rows.length === 1 ? "row" : "rows"})\n`);
    }
  } catch (error) {
    if (error instanceof CypherError)
      throw new KnownError("bad-parameter", `The query cannot be answered: ${error.message}`, {}, { cause: error });
    throw error;
  } finally {
    snapshot.close();
  }
  return EXIT.ok;
}

function shown(text: string): string {
  const line = text.replace(/\s+/gu, " ");
  return line.length > CELL ? `${line.slice(0, CELL - 3)}...` : line;
}

/** name=JSON; what is no JSON is text. */
function parameter(given: string): [string, unknown] {
  const at = given.indexOf("=");
  if (at < 1) throw new KnownError("bad-parameter", `--param ${given}: write name=value.`, { parameter: "param" });
  const value = given.slice(at + 1);
  try {
    return [given.slice(0, at), JSON.parse(value)];
  } catch {
    return [given.slice(0, at), value];
  }
}
