/** Says aloud, to those who cannot see the canvas, what was chosen and how much is shown. */
import { indexOf, visibleOf } from "../state/visible.ts";
import { count, edgeText } from "../text/words.ts";
import { useReady, useSelected } from "./app-context.ts";

export function Announcer() {
  const { data } = useReady();
  const scene = useSelected((state) => state.scene);
  const selection = useSelected((state) => state.selection);
  const hover = useSelected((state) => state.hover);
  const visible = visibleOf(data.graph, scene);
  const index = indexOf(data.graph);
  const target = selection.type === "entity" || selection.type === "edge" ? selection : hover;
  let text = `${count(visible.nodes.size, "entity", "entities")} and ${count(visible.edges.size, "relation")} shown.`;
  if (target?.type === "entity") {
    const node = index.nodes.get(target.id);
    if (node) text = `${node.name}, ${node.kind}, ${count(node.degree, "relation")}.`;
  } else if (target?.type === "edge") {
    const edge = index.edges.get(target.id);
    const [subject, object] = [edge && index.nodes.get(edge.subject), edge && index.nodes.get(edge.object)];
    if (edge && subject && object) text = `${edgeText(data.ontology, edge, subject.name, object.name)}, ${count(edge.reports, "report")}.`;
  }
  return (
    <div className="sr-only" role="status" aria-live="polite">
      {text}
    </div>
  );
}
