/** Read-only openCypher over a property graph: compile once, run within a budget. */
import { CypherError } from "./errors.ts";
import { ExpressionCompiler } from "./expression.ts";
import type { Budget, PropertyGraph } from "./graph.ts";
import { parse } from "./parser.ts";
import { type CompiledQuery, compileQuery } from "./query.ts";
import { type Cancellation, Run } from "./run.ts";
import type { Value } from "./value.ts";

export { CypherError } from "./errors.ts";
export type { Budget, PropertyGraph } from "./graph.ts";
export type { Cancellation } from "./run.ts";

/** Longest statement that is read, in UTF-16 units. */
export const MAX_STATEMENT = 100_000;

export interface Statement {
  readonly columns: readonly string[];
  /**
   * Rows as they are found, one value a column.
   * @throws {CypherError} while iterating: a value of the wrong type, a missing parameter, a budget used up, `signal` aborted
   */
  run(graph: PropertyGraph, parameters: ReadonlyMap<string, Value>, budget: Budget, signal?: Cancellation): Iterable<readonly Value[]>;
}

/**
 * Reads and checks a statement; nothing runs yet.
 * @throws {CypherError} SyntaxError with line and column
 */
export function compileStatement(statement: string): Statement {
  if (statement.length > MAX_STATEMENT) throw new CypherError("SyntaxError", "TooLong", `a statement may have ${MAX_STATEMENT} characters`);
  const query = compile(statement);
  return {
    columns: query.columns,
    *run(graph, parameters, budget, signal) {
      const run = new Run(graph, parameters, budget, signal);
      let rows = 0;
      try {
        for (const row of query.run([], run)) {
          run.hold(++rows);
          yield row;
        }
      } catch (error) {
        // Lists in lists in lists, or text beyond what a string can hold.
        if (error instanceof RangeError) throw new CypherError("BudgetExceeded", "memory", "the query was stopped: a value grew too large");
        throw error;
      }
    },
  };
}

function compile(statement: string): CompiledQuery {
  try {
    return compileQuery(new ExpressionCompiler(statement), parse(statement));
  } catch (error) {
    // What nests is counted by the parser; chains of thousands of operators are not, and use up the stack.
    if (error instanceof RangeError) throw new CypherError("SyntaxError", "TooDeep", "the statement has more parts than can be read");
    throw error;
  }
}
