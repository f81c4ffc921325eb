/** Keeps a copy of a graph while its source does not change. */
import type { PropertyGraph } from "../cypher/graph.ts";

/** The copy of a store's graph, made anew once the store has changed. */
export class GraphCopy {
  private state: string | undefined;
  private graph: PropertyGraph | undefined;

  /** @param read is called for a view when a new copy is due */
  at(state: string, read: () => PropertyGraph): PropertyGraph {
    if (this.graph === undefined || this.state !== state) {
      this.graph = undefined;
      this.graph = read();
      this.state = state;
    }
    return this.graph;
  }
}
