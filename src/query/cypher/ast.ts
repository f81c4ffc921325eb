/** The tree of an openCypher query (openCypher 9, the reading part). `offset` is the place in the statement, in UTF-16 units. */
import type { Value } from "./value.ts";

export interface Located {
  readonly offset: number;
}

export type BinaryOperator =
  | "OR"
  | "XOR"
  | "AND"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "IN"
  | "STARTS WITH"
  | "ENDS WITH"
  | "CONTAINS"
  | "=~";
export type ComparisonOperator = "=" | "<>" | "<" | ">" | "<=" | ">=";
export type Quantifier = "all" | "any" | "none" | "single";

export type Expression = Located &
  (
    | { readonly type: "literal"; readonly value: Value }
    | { readonly type: "variable"; readonly name: string }
    | { readonly type: "parameter"; readonly name: string }
    | { readonly type: "property"; readonly target: Expression; readonly key: string }
    | { readonly type: "labels"; readonly target: Expression; readonly labels: readonly string[] }
    | { readonly type: "list"; readonly items: readonly Expression[] }
    | { readonly type: "map"; readonly entries: readonly (readonly [string, Expression])[] }
    | { readonly type: "not"; readonly operand: Expression }
    | { readonly type: "sign"; readonly negative: boolean; readonly operand: Expression }
    | { readonly type: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
    /** `a < b <= c` is a < b AND b <= c. */
    | { readonly type: "comparison"; readonly first: Expression; readonly rest: readonly (readonly [ComparisonOperator, Expression])[] }
    | { readonly type: "isNull"; readonly operand: Expression; readonly negated: boolean }
    | { readonly type: "index"; readonly target: Expression; readonly index: Expression }
    | { readonly type: "slice"; readonly target: Expression; readonly from?: Expression | undefined; readonly to?: Expression | undefined }
    | { readonly type: "call"; readonly name: string; readonly args: readonly Expression[]; readonly distinct: boolean }
    | { readonly type: "countAll" }
    | {
        readonly type: "case";
        readonly subject?: Expression | undefined;
        readonly branches: readonly (readonly [Expression, Expression])[];
        readonly otherwise?: Expression | undefined;
      }
    | {
        readonly type: "listComprehension";
        readonly variable: string;
        readonly list: Expression;
        readonly where?: Expression | undefined;
        readonly result?: Expression | undefined;
      }
    | {
        readonly type: "patternComprehension";
        readonly path: PathPattern;
        readonly where?: Expression | undefined;
        readonly result: Expression;
      }
    | {
        readonly type: "quantifier";
        readonly quantifier: Quantifier;
        readonly variable: string;
        readonly list: Expression;
        readonly where?: Expression | undefined;
      }
    | {
        readonly type: "reduce";
        readonly accumulator: string;
        readonly initial: Expression;
        readonly variable: string;
        readonly list: Expression;
        readonly step: Expression;
      }
    | { readonly type: "patternPredicate"; readonly path: PathPattern }
    /** EXISTS { ... } and COUNT { ... }. */
    | { readonly type: "subquery"; readonly result: "exists" | "count"; readonly query: Query }
  );

export interface NodePattern extends Located {
  readonly variable?: string | undefined;
  readonly labels: readonly string[];
  readonly properties?: Expression | undefined;
}

export interface RelationshipPattern extends Located {
  readonly variable?: string | undefined;
  readonly types: readonly string[];
  readonly properties?: Expression | undefined;
  readonly direction: "out" | "in" | "both";
  /** Set for `*`: how many relationships in a row. */
  readonly hops?: { readonly min: number; readonly max: number } | undefined;
}

/** `nodes` is one longer than `relationships`. */
export interface PathPattern extends Located {
  readonly variable?: string | undefined;
  readonly shortest?: "one" | "all" | undefined;
  readonly nodes: readonly NodePattern[];
  readonly relationships: readonly RelationshipPattern[];
}

export interface ProjectionItem extends Located {
  readonly expression: Expression;
  /** The alias, or the expression as it was written. */
  readonly name: string;
  readonly aliased: boolean;
}

export interface Projection extends Located {
  readonly type: "with" | "return";
  readonly distinct: boolean;
  /** `*`: all variables in scope, before the items. */
  readonly all: boolean;
  readonly items: readonly ProjectionItem[];
  readonly orderBy: readonly { readonly expression: Expression; readonly descending: boolean }[];
  readonly skip?: Expression | undefined;
  readonly limit?: Expression | undefined;
  readonly where?: Expression | undefined;
}

export type Clause =
  | (Located & {
      readonly type: "match";
      readonly optional: boolean;
      readonly patterns: readonly PathPattern[];
      readonly where?: Expression | undefined;
    })
  | (Located & { readonly type: "unwind"; readonly list: Expression; readonly variable: string })
  | Projection
  /** Read so that a test's set-up can be loaded by the same grammar; a query that holds one is refused. */
  | (Located & { readonly type: "create"; readonly patterns: readonly PathPattern[] });

export interface SingleQuery {
  readonly clauses: readonly Clause[];
}

export interface Query {
  readonly parts: readonly [SingleQuery, ...SingleQuery[]];
  /** Between parts: UNION ALL keeps duplicates. Mixing both is refused. */
  readonly unionAll: boolean;
}
