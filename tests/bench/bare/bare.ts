/** The least that draws the same graph with Sigma's own programs: what the viewer's time to the first frame is measured against. */
import Graph from "graphology";
import Sigma from "sigma";
import type { GraphColumns } from "../../../src/model/api.ts";

const answer = (await (await fetch("/api/overview?nodes=20000&pairs=100000")).json()) as GraphColumns;
performance.mark("entente data");
const graph = new Graph({ multi: true, type: "directed" });
const ids = answer.nodes.map((node) => node.id);
answer.nodes.forEach(({ id, name, degree }, row) => {
  const angle = row * 2.4;
  const reach = Math.sqrt(row);
  graph.addNode(id, { x: Math.cos(angle) * reach, y: Math.sin(angle) * reach, size: 2 + Math.sqrt(degree) / 4, label: name });
});
answer.edges.subject.forEach((subject, row) => graph.addEdge(ids[subject], ids[answer.edges.object[row] as number]));
const sigma = new Sigma(graph, document.getElementById("stage") as HTMLElement);
// It has drawn as soon as it is made.
if (sigma.getDimensions().width > 0) performance.mark("entente drawn");
