/** Says aloud, to those who cannot see the canvas, what was chosen and how much is shown. */
import { useEffect, useRef } from "react";
import type { State } from "../state/state.ts";
import { indexOf, visibleOf } from "../state/visible.ts";
import { count, edgeText } from "../text/words.ts";
import { useApp } from "./app-context.ts";

/** What the pointer merely passes is not told. */
const REST_MS = 60;

function wordsFor({ load, scene, selection, hover }: State): string {
  if (load.status !== "ready") return "";
  const { graph, ontology } = load.data;
  const index = indexOf(graph);
  const target = selection.type === "entity" || selection.type === "edge" ? selection : hover;
  if (target?.type === "entity") {
    const node = index.nodes.get(target.id);
    if (node) return `${node.name}, ${node.kind}, ${count(node.degree, "relation")}.`;
  } else if (target?.type === "edge") {
    const edge = index.edges.get(target.id);
    const [subject, object] = [edge && index.nodes.get(edge.subject), edge && index.nodes.get(edge.object)];
    if (edge && subject && object) return `${edgeText(ontology, edge, subject.name, object.name)}, ${count(edge.reports, "report")}.`;
  }
  const visible = visibleOf(graph, scene);
  return `${count(visible.nodes.size, "entity", "entities")} and ${count(visible.edges.size, "relation")} shown.`;
}

/** Writes past React: the pointer changes what is to be said at every step. */
export function Announcer() {
  const { store } = useApp();
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout>;
    const say = () => {
      const words = wordsFor(store.get());
      if (region.current && region.current.textContent !== words) region.current.textContent = words;
    };
    const wait = () => {
      clearTimeout(resting);
      resting = setTimeout(say, REST_MS);
    };
    say();
    const leave = store.subscribe(wait);
    return () => {
      clearTimeout(resting);
      leave();
    };
  }, [store]);
  return <div ref={region} className="sr-only" role="status" aria-live="polite" />;
}
