/** Statement -> tokens. */
import { CypherError } from "./errors.ts";

export interface Token {
  readonly kind: "name" | "quoted" | "integer" | "float" | "string" | "parameter" | "symbol" | "end";
  /** As written for names and symbols; the content for quoted names, strings and parameters. */
  readonly text: string;
  readonly offset: number;
  readonly end: number;
}

const WHITESPACE = /(?:[\s\u001C-\u001F\u0085]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/uy;
const NAME = /[\p{ID_Start}_\p{Pc}][\p{ID_Continue}\p{Sc}]*/uy;
const NUMBER = /0[xX][0-9a-zA-Z_]*|0[oO][0-9a-zA-Z_]*|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<>|<=|>=|=~|\.\.|\+=|[()[\]{},.:;|=<>+\-*/%^$]/y;
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** @throws {CypherError} SyntaxError at the first character that starts no token */
export function tokenize(statement: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(statement)?.[0];
  };
  for (;;) {
    at += match(WHITESPACE)?.length ?? 0;
    if (at >= statement.length) break;
    const token = next();
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "end of statement", offset: at, end: at });
  return tokens;

  function next(): Token {
    const character = statement[at]!;
    if (character === "'" || character === '"') return readString(character);
    if (character === "`") return readQuoted(at, "quoted");
    if (character === "$") return readParameter();
    const name = match(NAME);
    if (name) return { kind: "name", text: name, offset: at, end: at + name.length };
    const number = match(NUMBER);
    if (number) return readNumber(number);
    const symbol = match(SYMBOL);
    if (symbol) return { kind: "symbol", text: symbol, offset: at, end: at + symbol.length };
    throw fail("InvalidUnicodeCharacter", `${JSON.stringify(character)} starts nothing that a query may hold`, at);
  }

  function readNumber(text: string): Token {
    const end = at + text.length;
    const radix = /^0[xX]/.test(text) ? /^0[xX][0-9a-fA-F]+$/ : /^0[oO]/.test(text) ? /^0[oO][0-7]+$/ : undefined;
    if ((radix && !radix.test(text)) || /[\p{ID_Continue}]/u.test(statement[end] ?? "")) {
      throw fail("InvalidNumberLiteral", `${JSON.stringify(text + (statement[end] ?? ""))} is no number`, at);
    }
    return { kind: /^0[xXoO]/.test(text) || /^\d+$/.test(text) ? "integer" : "float", text, offset: at, end };
  }

  function readString(quote: string): Token {
    let text = "";
    for (let index = at + 1; index < statement.length; index++) {
      const character = statement[index]!;
      if (character === quote) return { kind: "string", text, offset: at, end: index + 1 };
      if (character !== "\\") {
        text += character;
        continue;
      }
      const escape = statement[++index] ?? "";
      if (escape === "u" || escape === "U") {
        const digits = statement.slice(index + 1, index + (escape === "u" ? 5 : 9));
        const code =
          /^(?:[0-9a-fA-F]{4}){1,2}$/.test(digits) && digits.length === (escape === "u" ? 4 : 8) ? Number.parseInt(digits, 16) : -1;
        if (code < 0 || code > 0x10ffff) {
          throw fail(
            "InvalidUnicodeLiteral",
            `"\\${escape}" needs ${escape === "u" ? 4 : 8} hexadecimal digits of a code point`,
            index - 1,
          );
        }
        text += String.fromCodePoint(code);
        index += digits.length;
      } else {
        const plain = ESCAPES[escape];
        if (plain === undefined) throw fail("UnexpectedSyntax", `"\\${escape}" is no escape; write "\\\\" for a backslash`, index - 1);
        text += plain;
      }
    }
    throw fail("UnexpectedSyntax", `a string that starts here never ends; expected ${quote}`, at);
  }

  function readQuoted(start: number, kind: "quoted" | "parameter"): Token {
    const quoted = /`((?:[^`]|``)*)`/y;
    quoted.lastIndex = start;
    const found = quoted.exec(statement);
    if (!found) throw fail("UnexpectedSyntax", "a quoted name that starts here never ends; expected `", start);
    return { kind, text: found[1]!.replaceAll("``", "`"), offset: at, end: start + found[0].length };
  }

  function readParameter(): Token {
    if (statement[at + 1] === "`") return readQuoted(at + 1, "parameter");
    const name = /[\p{ID_Continue}_]+/uy;
    name.lastIndex = at + 1;
    const found = name.exec(statement)?.[0];
    if (!found) throw fail("UnexpectedSyntax", "expected the name of a parameter after $", at + 1);
    return { kind: "parameter", text: found, offset: at, end: at + 1 + found.length };
  }

  function fail(detail: string, message: string, offset: number): CypherError {
    return new CypherError("SyntaxError", detail, message, { statement, offset });
  }
}
