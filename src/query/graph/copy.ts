/** Keeps a copy of a store's graph that follows the store. */
import type { SteadyView } from "../../store/store.ts";
import type { PropertyGraph } from "../cypher/graph.ts";
import { copyGraph, type GraphInMemory } from "./store-graph.ts";

export class GraphCopy {
  private readonly view: SteadyView;
  private revision = 0;
  private graph: GraphInMemory | undefined;

  constructor(view: SteadyView) {
    this.view = view;
  }

  /**
   * Does what is to be done with the graph, in one state of the store: the newest. What was only added to the store is added to the copy;
   * after other changes it is made anew, of which `copying` is told before. The view is held meanwhile and no longer: held all the time, it
   * would keep SQLite from ever emptying its log.
   */
  use<T>(work: (graph: PropertyGraph) => T, copying: () => void = () => undefined): T {
    this.view.hold();
    try {
      return work(this.inStep(copying));
    } finally {
      this.view.release();
    }
  }

  private inStep(copying: () => void): PropertyGraph {
    const { view } = this;
    const revision = view.revision();
    if (this.graph !== undefined && this.revision === revision) return this.graph;
    try {
      const added = this.graph && view.additions(this.revision);
      if (this.graph === undefined || added === undefined || !this.graph.add(view.rows(added))) {
        copying();
        // The older one is let go first: there may be no room for two.
        this.graph = undefined;
        this.graph = copyGraph(view);
      }
      this.revision = revision;
      return this.graph;
    } catch (error) {
      this.graph = undefined;
      throw error;
    }
  }
}
