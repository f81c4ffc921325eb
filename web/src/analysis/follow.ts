/** Has the loaded graph analysed once something in the view needs it: a colour, a size, a filter, the panel. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import { columnsOf } from "../graph/columns.ts";
import { type Analysis, analysisOf, keepAnalysis } from "../state/analysis.ts";
import { setAnalysed, type State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { AnalysisInput, AnalysisResult } from "./analyse.ts";

function isNeeded({ appearance, scene, selection, view }: State): boolean {
  return (
    appearance.coloring === "community" ||
    appearance.sizing === "betweenness" ||
    appearance.sizing === "pagerank" ||
    scene.hiddenCommunities.size > 0 ||
    selection.type === "analysis" ||
    view === "table"
  );
}

function inputOf(graph: GraphAnswer): AnalysisInput & { readonly ids: readonly string[] } {
  const { nodes, pairs, firstClaim } = columnsOf(graph);
  const ids = nodes.map(({ id }) => id as string).toSorted();
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = (row: number) => places.get(nodes[row]?.id ?? "") as number;
  const links: [number, number, number][] = [];
  for (let pair = 0; pair < pairs.size; pair++) {
    const [one, other] = [pairs.one[pair] as number, pairs.other[pair] as number];
    if (one < 0 || other < 0) continue;
    let reports = 0;
    for (const edge of pairs.edges.subarray(pairs.first[pair], pairs.first[pair + 1]))
      reports += (firstClaim[edge + 1] as number) - (firstClaim[edge] as number);
    links.push([place(one), place(other), Math.max(1, reports)]);
  }
  links.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { ids, links };
}

function named(ids: readonly string[], result: AnalysisResult): Analysis {
  const byId = (values: ArrayLike<number>) => new Map(Array.from(values, (value, place) => [ids[place] as string, value]));
  return {
    communities: new Map(ids.map((id, place) => [id, ids[result.community[place] as number] as string])),
    betweenness: byId(result.betweenness),
    pagerank: byId(result.pagerank),
    modularity: result.modularity,
  };
}

export function followAnalysis(store: Store<State>): void {
  let worker: Worker | undefined;
  let underway: GraphAnswer | undefined;
  const look = () => {
    const state = store.get();
    if (state.load.status !== "ready") return;
    const { graph } = state.load.data;
    if (graph === underway || analysisOf(graph) || !isNeeded(state)) return;
    worker?.terminate();
    underway = graph;
    const input = inputOf(graph);
    const current = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker = current;
    current.addEventListener("message", ({ data }: MessageEvent<AnalysisResult>) => {
      current.terminate();
      if (underway !== graph) return;
      underway = undefined;
      keepAnalysis(graph, named(input.ids, data));
      store.update(setAnalysed(graph));
    });
    current.postMessage(input);
  };
  store.subscribe(look);
  look();
}
