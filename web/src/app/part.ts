/** What part of a large graph is shown, in words. */
import type { GraphAnswer } from "../../../src/model/api.ts";
import { columnsOf } from "../graph/columns.ts";
import { figure } from "../text/words.ts";

/** Which part of a large graph the view starts from, and where the rest is. */
export function partText(graph: GraphAnswer): string {
  const { base, pairs } = columnsOf(graph);
  const { nodes = 0, pairs: all } = graph.truncated ?? {};
  const entities = nodes > base ? `the ${figure(base)} most connected of ${figure(nodes)} entities` : `${figure(base)} entities`;
  const strongest = all === undefined ? "" : ` and the ${figure(pairs.size)} most reported of their ${figure(all)} connections`;
  return `Showing ${entities}${strongest}. Expand an entity to bring in its neighbours; the export holds all.`;
}
