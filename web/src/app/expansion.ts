/** Fetches what expanding asks for and the loaded part of a large graph lacks. */
import type { EntityId } from "../../../src/model/graph.ts";
import { api, ApiError } from "../api.ts";
import { columnsOf } from "../graph/columns.ts";
import { growGraph } from "../graph/loaded.ts";
import { type Data, setLoad, type State } from "../state/state.ts";
import type { Store } from "../state/store.ts";

/** @param lost called when no server answered */
export function followExpansions(store: Store<State>, lost: () => void): void {
  /** How many neighbours were asked for, by entity, of the graph that was loaded last. */
  let asked = new Map<EntityId, number>();
  let of: Data["stats"] | undefined;

  store.subscribe(() => {
    const { load, scene } = store.get();
    if (load.status !== "ready" || !load.data.graph.truncated) return;
    if (load.data.stats !== of) {
      of = load.data.stats;
      asked = new Map();
    }
    for (const [id, count] of scene.expanded) {
      if ((asked.get(id) ?? 0) >= count) continue;
      asked.set(id, count);
      void fetchNeighbors(id, count, load.data.stats);
    }
  });

  async function fetchNeighbors(id: EntityId, count: number, stats: Data["stats"]): Promise<void> {
    const data = () => {
      const { load } = store.get();
      return load.status === "ready" && load.data.stats === stats ? load.data : undefined;
    };
    try {
      const { nodes, base } = columnsOf(data()?.graph ?? { nodes: [], edges: [], documents: [] });
      const answer = await api.expansion(
        id,
        count,
        nodes.slice(base).map((node) => node.id),
      );
      const now = data();
      if (now) store.update(setLoad({ status: "ready", data: { ...now, graph: growGraph(now.graph, id, answer) } }));
    } catch (error) {
      asked.delete(id);
      if (error instanceof ApiError && error.offline) lost();
    }
  }
}
