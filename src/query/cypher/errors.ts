/** A statement that cannot be read or run: where, what, and in the terms of the openCypher TCK. */

export type CypherErrorKind = "SyntaxError" | "TypeError" | "ArgumentError" | "SemanticError" | "ParameterMissing" | "BudgetExceeded";

export class CypherError extends Error {
  readonly kind: CypherErrorKind;
  /** The TCK's detail ("UndefinedVariable"), or the budget that ran out ("rows", "steps", "time"). */
  readonly detail: string;
  /** 1-based; absent for errors that belong to no place in the text. */
  readonly line?: number;
  readonly column?: number;

  constructor(kind: CypherErrorKind, detail: string, message: string, place?: { readonly statement: string; readonly offset: number }) {
    const at = place && position(place.statement, place.offset);
    super(at ? `line ${at.line}, column ${at.column}: ${message}` : message);
    this.name = "CypherError";
    this.kind = kind;
    this.detail = detail;
    if (at) {
      this.line = at.line;
      this.column = at.column;
    }
  }
}

function position(statement: string, offset: number): { line: number; column: number } {
  const before = statement.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
