/**
 * Tokens -> tree, by recursive descent.
 *
 * Written by hand rather than with a generator: a "(" opens an expression or a pattern, a "[" a list or one of two comprehensions, and
 * only arbitrary look-ahead tells which; backtracking at those two places keeps the rest predictive and its errors exact.
 */
import type {
  BinaryOperator,
  Clause,
  ComparisonOperator,
  Expression,
  NodePattern,
  PathPattern,
  Projection,
  ProjectionItem,
  Quantifier,
  Query,
  RelationshipPattern,
  SingleQuery,
} from "./ast.ts";
import { CypherError } from "./errors.ts";
import { tokenize, type Token } from "./lexer.ts";

/** Nesting of expressions beyond which a statement is refused, so that no input can exhaust the stack. */
const MAX_DEPTH = 120;
const INT64_MAX = 9223372036854775807n;
const COMPARISONS = new Set(["=", "<>", "<", ">", "<=", ">="]);
const QUANTIFIERS = new Set(["all", "any", "none", "single"]);
const WRITING = new Set(["MERGE", "DELETE", "DETACH", "SET", "REMOVE", "FOREACH", "LOAD", "DROP", "ALTER", "GRANT", "START", "USE"]);

/**
 * Reads one statement.
 * @throws {CypherError} SyntaxError with line, column, what was found and what could stand there
 */
export function parse(statement: string): Query {
  return new Parser(statement).statement();
}

class Parser {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;
  /** Readings tried; backtracking may repeat some, and no statement may make it repeat many. */
  private trials = 0;
  /** What could have stood at the farthest token that something was tried at. */
  private expected = new Set<string>();
  private farthest = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenize(source);
  }

  statement(): Query {
    const query = this.query();
    this.symbol(";");
    if (this.token.kind !== "end") this.fail();
    return query;
  }

  private query(): Query {
    const parts: [SingleQuery, ...SingleQuery[]] = [this.singleQuery()];
    const kinds = new Set<boolean>();
    while (this.keyword("UNION")) {
      kinds.add(this.keyword("ALL"));
      parts.push(this.singleQuery());
    }
    if (kinds.size > 1) throw this.error("InvalidClauseComposition", "UNION and UNION ALL cannot be mixed in one query");
    return { parts, unionAll: kinds.has(true) };
  }

  private singleQuery(): SingleQuery {
    const clauses: Clause[] = [];
    for (;;) {
      const clause = this.clause();
      if (!clause) break;
      clauses.push(clause);
    }
    if (clauses.length === 0) this.fail();
    return { clauses };
  }

  private clause(): Clause | undefined {
    const { offset } = this.token;
    if (this.keyword("OPTIONAL")) {
      this.require("MATCH");
      return this.match(offset, true);
    }
    if (this.keyword("MATCH")) return this.match(offset, false);
    if (this.keyword("UNWIND")) {
      const list = this.expression();
      this.require("AS");
      return { type: "unwind", list, variable: this.name("variable"), offset };
    }
    if (this.keyword("WITH")) return this.projection("with", offset);
    if (this.keyword("RETURN")) return this.projection("return", offset);
    if (this.keyword("CREATE")) return { type: "create", patterns: this.patterns(), offset };
    const word = this.token.kind === "name" ? this.token.text.toUpperCase() : "";
    if (WRITING.has(word)) throw this.error("UnsupportedClause", `${word} is refused: queries here only read`);
    if (word === "CALL") throw this.error("UnsupportedClause", "CALL is refused: there are no procedures here");
    return undefined;
  }

  private match(offset: number, optional: boolean): Clause {
    const patterns = this.patterns();
    const where = this.keyword("WHERE") ? this.expression() : undefined;
    return { type: "match", optional, patterns, where, offset };
  }

  private projection(type: "with" | "return", offset: number): Projection {
    const distinct = this.keyword("DISTINCT");
    const all = this.symbol("*");
    const items: ProjectionItem[] = [];
    if (!all || this.symbol(",")) {
      do items.push(this.projectionItem());
      while (this.symbol(","));
    }
    const orderBy: { expression: Expression; descending: boolean }[] = [];
    if (this.keyword("ORDER")) {
      this.require("BY");
      do {
        const expression = this.expression();
        const descending = this.keyword("DESCENDING") || this.keyword("DESC");
        if (!descending && !this.keyword("ASCENDING")) this.keyword("ASC");
        orderBy.push({ expression, descending });
      } while (this.symbol(","));
    }
    const skip = this.keyword("SKIP") ? this.expression() : undefined;
    const limit = this.keyword("LIMIT") ? this.expression() : undefined;
    const where = type === "with" && this.keyword("WHERE") ? this.expression() : undefined;
    return { type, distinct, all, items, orderBy, skip, limit, where, offset };
  }

  private projectionItem(): ProjectionItem {
    const { offset } = this.token;
    const expression = this.expression();
    const written = this.source.slice(offset, this.tokens[this.at - 1]!.end);
    const aliased = this.keyword("AS");
    return { expression, name: aliased ? this.name("alias") : expression.type === "variable" ? expression.name : written, aliased, offset };
  }

  // Patterns

  private patterns(): PathPattern[] {
    const patterns: PathPattern[] = [];
    do patterns.push(this.pathPattern());
    while (this.symbol(","));
    return patterns;
  }

  private pathPattern(): PathPattern {
    const { offset } = this.token;
    const variable = this.isName(this.token) && this.ahead(1, "=") ? this.name("variable") : undefined;
    if (variable !== undefined) this.requireSymbol("=");
    const word = this.token.kind === "name" ? this.token.text.toLowerCase() : "";
    if ((word === "shortestpath" || word === "allshortestpaths") && this.ahead(1, "(")) {
      this.at += 2;
      const path = this.pathElements(offset, variable, word === "shortestpath" ? "one" : "all");
      this.requireSymbol(")");
      if (path.relationships.length !== 1)
        throw this.error("InvalidPattern", `${word} takes a single relationship between two nodes`, offset);
      if ((path.relationships[0]?.hops?.min ?? 1) > 1)
        throw this.error("InvalidPattern", `${word} takes a least length of 0 or 1; ask for the length of the path in WHERE`, offset);
      return path;
    }
    return this.pathElements(offset, variable);
  }

  private pathElements(offset: number, variable?: string, shortest?: "one" | "all"): PathPattern {
    const nodes = [this.nodePattern()];
    const relationships: RelationshipPattern[] = [];
    while (this.is("-") || this.is("<")) {
      relationships.push(this.relationshipPattern());
      nodes.push(this.nodePattern());
    }
    return { variable, shortest, nodes, relationships, offset };
  }

  private nodePattern(): NodePattern {
    const { offset } = this.token;
    this.requireSymbol("(");
    const variable = this.isName(this.token) ? this.name("variable") : undefined;
    const labels: string[] = [];
    while (this.symbol(":")) labels.push(this.name("label"));
    const properties = this.patternProperties();
    this.requireSymbol(")");
    return { variable, labels, properties, offset };
  }

  private relationshipPattern(): RelationshipPattern {
    const { offset } = this.token;
    const left = this.symbol("<");
    this.requireSymbol("-");
    let variable: string | undefined;
    let properties: Expression | undefined;
    let hops: { min: number; max: number } | undefined;
    const types: string[] = [];
    if (this.symbol("[")) {
      if (this.isName(this.token)) variable = this.name("variable");
      if (this.symbol(":")) {
        do {
          this.symbol(":");
          types.push(this.name("relationship type"));
        } while (this.symbol("|"));
      }
      if (this.symbol("*")) hops = this.hops();
      properties = this.patternProperties();
      this.requireSymbol("]");
    }
    this.requireSymbol("-");
    const right = this.symbol(">");
    const direction = left === right ? "both" : left ? "in" : "out";
    return { variable, types, properties, direction, hops, offset };
  }

  private hops(): { min: number; max: number } {
    const min = this.integer();
    if (!this.symbol("..")) return { min: min ?? 1, max: min ?? Number.POSITIVE_INFINITY };
    return { min: min ?? 1, max: this.integer() ?? Number.POSITIVE_INFINITY };
  }

  private integer(): number | undefined {
    if (this.token.kind !== "integer") return undefined;
    return Number(this.tokens[this.at++]!.text);
  }

  private patternProperties(): Expression | undefined {
    if (this.is("{")) return this.mapLiteral();
    if (this.token.kind === "parameter")
      throw this.error("InvalidParameterUse", "a parameter cannot stand for the properties of a pattern here; write {name: $name}");
    return undefined;
  }

  // Expressions, loosest first

  private expression(): Expression {
    if (++this.depth > MAX_DEPTH) throw this.error("TooDeep", `expressions may nest ${MAX_DEPTH} deep at most`);
    const expression = this.binary(["OR"], () => this.binary(["XOR"], () => this.binary(["AND"], () => this.negation())));
    this.depth--;
    return expression;
  }

  private binary(keywords: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const { offset } = this.token;
      const operator = keywords.find((keyword) => (/^[A-Z]/.test(keyword) ? this.keyword(keyword) : this.symbol(keyword)));
      if (!operator) return left;
      left = { type: "binary", operator, left, right: operand(), offset };
    }
  }

  private negation(): Expression {
    const { offset } = this.token;
    let count = 0;
    while (this.keyword("NOT")) count++;
    let expression = this.comparison();
    for (; count > 0; count--) expression = { type: "not", operand: expression, offset };
    return expression;
  }

  private comparison(): Expression {
    const first = this.predicated();
    const rest: [ComparisonOperator, Expression][] = [];
    while (this.token.kind === "symbol" && COMPARISONS.has(this.token.text)) {
      const operator = this.tokens[this.at++]!.text as ComparisonOperator;
      rest.push([operator, this.predicated()]);
    }
    return rest.length > 0 ? { type: "comparison", first, rest, offset: first.offset } : first;
  }

  /** An operand with the predicates on strings, lists and null that may follow it. */
  private predicated(): Expression {
    let left = this.additive();
    for (;;) {
      const { offset } = this.token;
      let operator: BinaryOperator | undefined;
      if (this.keyword("STARTS")) {
        this.require("WITH");
        operator = "STARTS WITH";
      } else if (this.keyword("ENDS")) {
        this.require("WITH");
        operator = "ENDS WITH";
      } else if (this.keyword("CONTAINS")) operator = "CONTAINS";
      else if (this.keyword("IN")) operator = "IN";
      else if (this.symbol("=~")) operator = "=~";
      if (operator) {
        left = { type: "binary", operator, left, right: this.additive(), offset };
      } else if (this.keyword("IS")) {
        const negated = this.keyword("NOT");
        this.require("NULL");
        left = { type: "isNull", operand: left, negated, offset };
      } else return left;
    }
  }

  private additive(): Expression {
    return this.binary(["+", "-"], () => this.binary(["*", "/", "%"], () => this.binary(["^"], () => this.signed())));
  }

  private signed(): Expression {
    const { offset } = this.token;
    if (this.symbol("+")) return { type: "sign", negative: false, operand: this.signed(), offset };
    if (!this.symbol("-")) return this.postfixed();
    if (this.token.kind === "integer") return this.postfix(this.integerLiteral(-1n));
    return { type: "sign", negative: true, operand: this.signed(), offset };
  }

  private postfixed(): Expression {
    return this.postfix(this.atom());
  }

  private postfix(start: Expression): Expression {
    let target = start;
    for (;;) {
      const { offset } = this.token;
      if (this.symbol(".")) target = { type: "property", target, key: this.name("property"), offset };
      else if (this.symbol("[")) target = this.subscript(target, offset);
      else if (this.is(":") && this.isName(this.tokens[this.at + 1]!)) {
        const labels: string[] = [];
        while (this.symbol(":")) labels.push(this.name("label"));
        target = { type: "labels", target, labels, offset };
      } else return target;
    }
  }

  private subscript(target: Expression, offset: number): Expression {
    const from = this.is("..") ? undefined : this.expression();
    if (!this.symbol("..")) {
      this.requireSymbol("]");
      return { type: "index", target, index: from!, offset };
    }
    const to = this.is("]") ? undefined : this.expression();
    this.requireSymbol("]");
    return { type: "slice", target, from, to, offset };
  }

  private atom(): Expression {
    const token = this.token;
    const { offset } = token;
    switch (token.kind) {
      case "integer":
        return this.integerLiteral(1n);
      case "float": {
        this.at++;
        const value = Number(token.text);
        if (!Number.isFinite(value)) throw this.error("FloatingPointOverflow", `${token.text} is too large for a float`, offset);
        return { type: "literal", value, offset };
      }
      case "string":
        this.at++;
        return { type: "literal", value: token.text, offset };
      case "parameter":
        this.at++;
        return { type: "parameter", name: token.text, offset };
      case "symbol":
        if (token.text === "(") return this.attempt(() => this.patternPredicate()) ?? this.parenthesised();
        if (token.text === "[") return this.bracketed();
        if (token.text === "{") return this.mapLiteral();
        return this.fail("an expression");
      case "name":
        return this.word(token);
      case "quoted":
        return this.variableOrCall();
      case "end":
        return this.fail("an expression");
    }
  }

  private integerLiteral(sign: bigint): Expression {
    const token = this.tokens[this.at++]!;
    const value = sign * BigInt(token.text.toLowerCase());
    if (value > INT64_MAX || value < -INT64_MAX - 1n)
      throw this.error("IntegerOverflow", `${token.text} does not fit in 64 bits`, token.offset);
    return { type: "literal", value, offset: token.offset };
  }

  private word(token: Token): Expression {
    const { offset } = token;
    const word = token.text.toLowerCase();
    const next = this.tokens[this.at + 1]!;
    const called = next.kind === "symbol" && next.text === "(";
    if (!called) {
      if (word === "true" || word === "false" || word === "null") {
        this.at++;
        return { type: "literal", value: word === "null" ? null : word === "true", offset };
      }
      if (word === "case") return this.caseExpression();
      if ((word === "exists" || word === "count") && next.kind === "symbol" && next.text === "{") return this.subquery(word, offset);
      return this.variableOrCall();
    }
    if (QUANTIFIERS.has(word)) {
      const quantified = this.attempt(() => this.quantified(word as Quantifier, offset));
      if (quantified) return quantified;
    }
    if (word === "reduce") return this.reduce(offset);
    if (word === "shortestpath" || word === "allshortestpaths") return { type: "patternPredicate", path: this.pathPattern(), offset };
    if (word === "count" && this.ahead(2, "*")) {
      this.at += 3;
      this.requireSymbol(")");
      return { type: "countAll", offset };
    }
    if (word === "exists") {
      const pattern = this.attempt(() => {
        this.at += 2;
        const path = this.patternPredicate();
        this.requireSymbol(")");
        return path;
      });
      if (pattern) return pattern;
    }
    return this.variableOrCall();
  }

  private variableOrCall(): Expression {
    const { offset } = this.token;
    let name = this.name("an expression");
    const start = this.at;
    while (this.symbol(".") && this.isName(this.token)) name += `.${this.name("function")}`;
    if (!this.is("(")) {
      this.at = start;
      return { type: "variable", name: this.tokens[start - 1]!.text, offset };
    }
    this.requireSymbol("(");
    const distinct = this.keyword("DISTINCT");
    const args: Expression[] = [];
    if (!this.is(")")) {
      do args.push(this.expression());
      while (this.symbol(","));
    }
    this.requireSymbol(")");
    return { type: "call", name, args, distinct, offset };
  }

  private parenthesised(): Expression {
    this.requireSymbol("(");
    const expression = this.expression();
    this.requireSymbol(")");
    return expression;
  }

  private patternPredicate(): Expression {
    const path = this.pathElements(this.token.offset);
    if (path.relationships.length === 0) this.fail();
    return { type: "patternPredicate", path, offset: path.offset };
  }

  private bracketed(): Expression {
    return this.attempt(() => this.listComprehension()) ?? this.attempt(() => this.patternComprehension()) ?? this.listLiteral();
  }

  private listLiteral(): Expression {
    const { offset } = this.token;
    this.requireSymbol("[");
    const items: Expression[] = [];
    if (!this.is("]")) {
      do items.push(this.expression());
      while (this.symbol(","));
    }
    this.requireSymbol("]");
    return { type: "list", items, offset };
  }

  private listComprehension(): Expression {
    const { offset } = this.token;
    this.requireSymbol("[");
    const variable = this.name("variable");
    this.require("IN");
    const list = this.expression();
    const where = this.keyword("WHERE") ? this.expression() : undefined;
    const result = this.symbol("|") ? this.expression() : undefined;
    this.requireSymbol("]");
    return { type: "listComprehension", variable, list, where, result, offset };
  }

  private patternComprehension(): Expression {
    const { offset } = this.token;
    this.requireSymbol("[");
    const variable = this.isName(this.token) && this.ahead(1, "=") ? this.name("variable") : undefined;
    if (variable !== undefined) this.requireSymbol("=");
    const path = this.pathElements(this.token.offset, variable);
    if (path.relationships.length === 0) this.fail();
    const where = this.keyword("WHERE") ? this.expression() : undefined;
    this.requireSymbol("|");
    const result = this.expression();
    this.requireSymbol("]");
    return { type: "patternComprehension", path, where, result, offset };
  }

  private quantified(quantifier: Quantifier, offset: number): Expression {
    this.at++;
    this.requireSymbol("(");
    const variable = this.name("variable");
    this.require("IN");
    const list = this.expression();
    const where = this.keyword("WHERE") ? this.expression() : undefined;
    this.requireSymbol(")");
    return { type: "quantifier", quantifier, variable, list, where, offset };
  }

  private reduce(offset: number): Expression {
    this.at++;
    this.requireSymbol("(");
    const accumulator = this.name("variable");
    this.requireSymbol("=");
    const initial = this.expression();
    this.requireSymbol(",");
    const variable = this.name("variable");
    this.require("IN");
    const list = this.expression();
    this.requireSymbol("|");
    const step = this.expression();
    this.requireSymbol(")");
    return { type: "reduce", accumulator, initial, variable, list, step, offset };
  }

  private subquery(result: "exists" | "count", offset: number): Expression {
    this.at++;
    this.requireSymbol("{");
    const bare = this.is("(") || (this.isName(this.token) && this.ahead(1, "="));
    const clauses: Clause[] = bare ? [this.match(this.token.offset, false)] : [];
    const query: Query = bare ? { parts: [{ clauses }], unionAll: false } : this.query();
    this.requireSymbol("}");
    return { type: "subquery", result, query, offset };
  }

  private caseExpression(): Expression {
    const { offset } = this.token;
    this.at++;
    const subject = this.isWord("WHEN") ? undefined : this.expression();
    const branches: [Expression, Expression][] = [];
    while (this.keyword("WHEN")) {
      const condition = this.expression();
      this.require("THEN");
      branches.push([condition, this.expression()]);
    }
    if (branches.length === 0) this.fail("WHEN");
    const otherwise = this.keyword("ELSE") ? this.expression() : undefined;
    this.require("END");
    return { type: "case", subject, branches, otherwise, offset };
  }

  private mapLiteral(): Expression {
    const { offset } = this.token;
    this.requireSymbol("{");
    const entries: [string, Expression][] = [];
    if (!this.is("}")) {
      do {
        const key = this.name("key");
        this.requireSymbol(":");
        entries.push([key, this.expression()]);
      } while (this.symbol(","));
    }
    this.requireSymbol("}");
    return { type: "map", entries, offset };
  }

  // Tokens

  private get token(): Token {
    return this.tokens[this.at]!;
  }

  /** Tries a reading; where it fails, stands where it stood. */
  private attempt<T>(read: () => T): T | undefined {
    const [at, depth] = [this.at, this.depth];
    try {
      return read();
    } catch (error) {
      if (!(error instanceof CypherError) || error.detail !== "UnexpectedSyntax") throw error;
      [this.at, this.depth] = [at, depth];
      return undefined;
    }
  }

  private isName(token: Token): boolean {
    return token.kind === "name" || token.kind === "quoted";
  }

  private isWord(word: string): boolean {
    return this.token.kind === "name" && this.token.text.toUpperCase() === word;
  }

  private is(symbol: string): boolean {
    return this.token.kind === "symbol" && this.token.text === symbol;
  }

  private ahead(distance: number, symbol: string): boolean {
    const token = this.tokens[this.at + distance];
    return token?.kind === "symbol" && token.text === symbol;
  }

  private keyword(word: string): boolean {
    if (this.isWord(word)) {
      this.at++;
      return true;
    }
    this.note(word);
    return false;
  }

  private symbol(symbol: string): boolean {
    if (this.is(symbol)) {
      this.at++;
      return true;
    }
    this.note(`"${symbol}"`);
    return false;
  }

  private require(word: string): void {
    if (!this.keyword(word)) this.fail();
  }

  private requireSymbol(symbol: string): void {
    if (!this.symbol(symbol)) this.fail();
  }

  private name(what: string): string {
    if (!this.isName(this.token)) this.fail(/^an? /.test(what) ? what : `a ${what}`);
    return this.tokens[this.at++]!.text;
  }

  private note(expected: string): void {
    if (++this.trials > 5_000 + 300 * this.tokens.length) throw this.error("TooDeep", "this nests too deeply to be read");
    if (this.at > this.farthest) {
      this.farthest = this.at;
      this.expected.clear();
    }
    if (this.at === this.farthest) this.expected.add(expected);
  }

  /** Points at the farthest token that any reading reached. */
  private fail(expected?: string): never {
    if (expected) this.note(expected);
    const token = this.tokens[Math.max(this.at, this.farthest)]!;
    const found = token.kind === "end" ? "the end of the statement" : JSON.stringify(this.source.slice(token.offset, token.end));
    const choices = [...this.expected];
    const list = choices.length > 8 ? `${choices.slice(0, 8).join(", ")} ...` : choices.join(", ");
    throw this.error("UnexpectedSyntax", `found ${found}, expected ${list || "a clause"}`, token.offset);
  }

  private error(detail: string, message: string, offset = this.token.offset): CypherError {
    return new CypherError("SyntaxError", detail, message, { statement: this.source, offset });
  }
}
