/** Adds nodes and edges to what Sigma has indexed; by itself it goes through all there are once a single one was added. */
import type { Drawn } from "./projection.ts";

/** What Sigma 3.0 keeps of each kind of thing, under names of its own. */
interface Program {
  readonly capacity: number;
  reallocate(capacity: number): void;
}
interface Indexed {
  needToProcess: boolean;
  readonly nodeIndices: Record<string, number>;
  readonly edgeIndices: Record<string, number>;
  readonly itemIDsIndex: Record<number, { readonly type: "node" | "edge"; readonly id: string }>;
  readonly nodeDataCache: Record<string, { readonly type: string }>;
  readonly edgeDataCache: Record<string, { readonly type: string }>;
  readonly nodePrograms: Record<string, Program>;
  readonly edgePrograms: Record<string, Program>;
  updateNode(key: string): void;
  addNodeToProgram(key: string, fingerprint: number, position: number): void;
  addEdgeToProgram(key: string, fingerprint: number, position: number): void;
}

/**
 * Runs what adds to the graph that is drawn. The nodes that come must know their places; all others keep theirs, and the frame is as it was.
 * @param add gives the keys of what it has added
 */
export function append(made: Drawn, add: () => { readonly nodes: readonly string[]; readonly edges: readonly string[] }): void {
  const sigma = made as unknown as Indexed;
  const graph = made.getGraph();
  // What has changed before still has to be gone through.
  const wasProcessed = !sigma.needToProcess;
  let fingerprint = graph.order + graph.size;
  const { nodes, edges } = add();
  if (!wasProcessed) return;
  made.setCustomBBox(made.getCustomBBox() ?? made.getBBox());
  for (const key of nodes) sigma.updateNode(key);
  const each = (
    type: "node" | "edge",
    keys: readonly string[],
    known: Indexed["nodeDataCache"],
    programs: Indexed["nodePrograms"],
    indices: Record<string, number>,
    put: (key: string, fingerprint: number, position: number) => void,
  ) => {
    for (const [name, ofProgram] of Map.groupBy(keys, (key) => known[key]?.type ?? "")) {
      const program = programs[name] as Program;
      let position = program.capacity;
      program.reallocate(position + ofProgram.length);
      for (const key of ofProgram) {
        indices[key] = ++fingerprint;
        sigma.itemIDsIndex[fingerprint] = { type, id: key };
        put(key, fingerprint, position++);
      }
    }
  };
  each("node", nodes, sigma.nodeDataCache, sigma.nodePrograms, sigma.nodeIndices, (...at) => sigma.addNodeToProgram(...at));
  each("edge", edges, sigma.edgeDataCache, sigma.edgePrograms, sigma.edgeIndices, (...at) => sigma.addEdgeToProgram(...at));
  sigma.needToProcess = false;
}
