/** Keeps a copy of a store's graph that follows the store. */
import type { View } from "../../store/store.ts";
import type { PropertyGraph } from "../cypher/graph.ts";
import { copyGraph, type GraphInMemory } from "./store-graph.ts";

export class GraphCopy {
  private state: string | undefined;
  private revision = 0;
  private graph: GraphInMemory | undefined;

  /**
   * The graph as it is in this state of the store, or later. What was only added to the store is added to the copy; after other changes
   * it is made anew.
   * @param state `View.state`, asked of the store before `open` is called
   * @param open gives a view that does not change while it is read
   */
  at(state: string, open: () => { readonly view: View; close(): void }): PropertyGraph {
    if (this.graph !== undefined && this.state === state) return this.graph;
    const source = open();
    const { view } = source;
    try {
      const added = this.graph && view.additions(this.revision);
      if (this.graph === undefined || added === undefined || !this.graph.add(view.rows(added))) {
        // The older one is let go first: there may be no room for two.
        this.graph = undefined;
        this.graph = copyGraph(view);
      }
      this.revision = view.revision();
      this.state = state;
      return this.graph;
    } catch (error) {
      this.graph = undefined;
      throw error;
    } finally {
      source.close();
    }
  }
}
