/** What is shown, as files: tables for a spreadsheet, and the picture with what a reader needs to judge it. */
import type { OntologyAnswer } from "../../../src/model/api.ts";
import type { Look } from "../look/look.ts";
import type { Data, Scene } from "../state/state.ts";
import { familiesOf, type Index, type Visible, visibleOf } from "../state/visible.ts";
import { shortDay } from "../text/dates.ts";
import { count } from "../text/words.ts";
import { csv } from "./tables.ts";
import { LABEL_FONT } from "../view/ink.ts";
import type { Renderer } from "../view/renderer.ts";

export function entitiesCsv(index: Index, visible: Visible): string {
  const nodes = [...visible.nodes].flatMap((id) => index.nodes.get(id) ?? []);
  return csv([
    ["id", "name", "kind", "country", "role", "aliases", "relations", "mentions", "documents"],
    ...nodes.map((n) => [n.id, n.name, n.kind, n.country, n.role, n.aliases.join("; "), n.degree, n.mentions, n.documents]),
  ]);
}

export function relationsCsv(ontology: OntologyAnswer, index: Index, visible: Visible): string {
  const families = familiesOf(ontology);
  const name = (id: string) => index.nodes.get(id)?.name ?? id;
  return csv([
    ["subject", "relation", "object", "family", "standing", "from", "to", "reports", "events", "documents", "confidence", "id"],
    ...[...visible.edges.values()].map(({ edge, reports, standing }) => [
      name(edge.subject),
      edge.relation,
      name(edge.object),
      families.get(edge.relation),
      standing,
      edge.from,
      edge.to,
      reports,
      edge.events,
      edge.documents,
      edge.confidence,
      edge.id,
    ]),
  ]);
}

/** The drawn graph with legend, time window and number of sources under it. */
export async function picturePng(renderer: Renderer, data: Data, look: Look, scene: Scene): Promise<Blob> {
  const drawing = renderer.snapshot();
  const ratio = window.devicePixelRatio || 1;
  const visible = visibleOf(data.graph, scene);
  const families = familiesOf(data.ontology);
  const kinds = data.ontology.kinds.filter(({ kind }) => (visible.facets.kinds.get(kind) ?? 0) > 0 && !scene.hiddenKinds.has(kind));
  const shownFamilies = new Set([...visible.edges.values()].map(({ edge }) => families.get(edge.relation)));
  const lines = data.ontology.families.filter(({ family }) => shownFamilies.has(family));

  const foot = 74;
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width;
  canvas.height = drawing.height + foot * ratio;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas to draw on.");
  context.fillStyle = look.ground.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawing, 0, 0);
  context.scale(ratio, ratio);
  context.translate(16, drawing.height / ratio);
  context.font = `500 12px ${LABEL_FONT}`;
  context.textBaseline = "middle";
  let x = 0;
  const write = (text: string, y: number, color: string) => {
    context.fillStyle = color;
    context.fillText(text, x, y);
    x += context.measureText(text).width + 18;
  };
  for (const { kind, label } of kinds) {
    context.fillStyle = look.kind(kind);
    context.beginPath();
    context.arc(x + 6, 16, 6, 0, 2 * Math.PI);
    context.fill();
    x += 17;
    write(label, 16, look.ground.ink);
  }
  x = 0;
  for (const { family, label } of lines) {
    context.fillStyle = look.family(family);
    context.fillRect(x, 36.5, 18, 2.5);
    x += 24;
    write(label, 38, look.ground.ink);
  }
  x = 0;
  const time = scene.window
    ? `${shortDay(scene.window.from)} – ${shortDay(scene.window.to)}${scene.undated ? ", undated included" : ""}`
    : "all dates";
  write(
    `${count(visible.nodes.size, "entity", "entities")}, ${count(visible.edges.size, "relation")} from ${count(visible.claims, "report")} in ${count(data.stats.documents, "document")} · ${time} · made with Entente`,
    60,
    look.ground.quiet,
  );
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be written."))), "image/png");
  });
}
