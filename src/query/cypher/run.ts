/** One execution of a query: its graph, its parameters, and what it has spent of its budget. */
import { CypherError } from "./errors.ts";
import type { Budget, PropertyGraph } from "./graph.ts";
import type { Value } from "./value.ts";

/** The clock is read once in so many steps. */
const CLOCK_STEPS = 4096;

/** Where a caller who has gone is noticed; an AbortSignal is one. */
export interface Cancellation {
  readonly aborted: boolean;
}

export class Run {
  readonly graph: PropertyGraph;
  readonly parameters: ReadonlyMap<string, Value>;
  private readonly budget: Budget;
  private readonly signal: Cancellation | undefined;
  private readonly deadline: number;
  private steps = 0;

  constructor(graph: PropertyGraph, parameters: ReadonlyMap<string, Value>, budget: Budget, signal?: Cancellation) {
    this.graph = graph;
    this.parameters = parameters;
    this.budget = budget;
    this.signal = signal;
    this.deadline = performance.now() + budget.milliseconds;
  }

  /** Spends steps. @throws {CypherError} BudgetExceeded when there are none left, time is up or the caller has gone */
  spend(steps = 1): void {
    const before = this.steps;
    this.steps += steps;
    if (this.steps > this.budget.steps) throw exceeded("steps", `it took more than ${this.budget.steps} steps`);
    if (Math.floor(before / CLOCK_STEPS) === Math.floor(this.steps / CLOCK_STEPS)) return;
    if (this.signal?.aborted) throw exceeded("cancelled", "it was cancelled");
    if (performance.now() > this.deadline) throw exceeded("time", `it took longer than ${this.budget.milliseconds} ms`);
  }

  /** @throws {CypherError} BudgetExceeded when `held` rows are more than a query may hold or answer */
  hold(held: number): void {
    if (held > this.budget.rows) throw exceeded("rows", `it made more than ${this.budget.rows} rows; add LIMIT or narrow the pattern`);
  }
}

function exceeded(budget: string, why: string): CypherError {
  return new CypherError("BudgetExceeded", budget, `the query was stopped: ${why}`);
}
