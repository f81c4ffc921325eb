/** Which variables a part of a query sees, what they hold, and where in the row they stand. */

export type VariableKind = "node" | "relationship" | "relationships" | "path" | "value";

export interface Variable {
  readonly slot: number;
  readonly kind: VariableKind;
}

/** How wide rows are: every scope made within one part of a query shares it. */
export interface Layout {
  width: number;
}

export class Scope {
  readonly layout: Layout;
  private readonly variables: Map<string, Variable>;

  constructor(layout: Layout = { width: 0 }, variables: Iterable<readonly [string, Variable]> = []) {
    this.layout = layout;
    this.variables = new Map(variables);
  }

  get(name: string): Variable | undefined {
    return this.variables.get(name);
  }

  names(): string[] {
    return [...this.variables.keys()];
  }

  entries(): IterableIterator<[string, Variable]> {
    return this.variables.entries();
  }

  /** A slot of its own for a variable that this scope sees from now on. */
  add(name: string, kind: VariableKind): Variable {
    const variable = { slot: this.hidden(), kind };
    this.variables.set(name, variable);
    return variable;
  }

  /** A slot without a name. */
  hidden(): number {
    return this.layout.width++;
  }

  /** A scope that sees all of this one; what is added to it stays in it. */
  inner(): Scope {
    return new Scope(this.layout, this.variables);
  }
}
