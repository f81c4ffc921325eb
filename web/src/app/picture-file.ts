/** The drawn graph as a file, PNG or SVG, with what a reader needs to judge it: legend, time window, number of sources. */
import type { Look } from "../look/look.ts";
import { analysisOf, communitiesOf } from "../state/analysis.ts";
import { CHANGES } from "../state/compare.ts";
import type { Data, State } from "../state/state.ts";
import { familiesOf, indexOf, visibleOf } from "../state/visible.ts";
import { shortDay, spanText } from "../text/dates.ts";
import { count } from "../text/words.ts";
import { LABEL_FONT } from "../view/ink.ts";
import type { Renderer } from "../view/renderer.ts";
import { drawScene, escapeXml, SvgSurface } from "../view/svg.ts";

type Shown = Pick<State, "scene" | "appearance" | "comparison">;

interface Sign {
  readonly label: string;
  readonly color: string;
  readonly shape: "disc" | "line";
}

/** Communities that a legend names. */
const MOST_GROUPS = 8;

/** What the colours in the picture mean. */
function signsOf(data: Data, look: Look, { scene, appearance, comparison }: Shown): readonly (readonly Sign[])[] {
  const visible = visibleOf(data.graph, scene);
  const analysis = analysisOf(data.graph);
  const families = familiesOf(data.ontology);
  const index = indexOf(data.graph);
  const shownFamilies = new Set([...visible.edges.values()].map(({ edge }) => families.get(edge.relation)));
  const discs: Sign[] =
    appearance.coloring === "community" && analysis
      ? communitiesOf(analysis)
          .slice(0, MOST_GROUPS)
          .map(({ leader }, place) => ({
            label: `around ${index.nodes.get(leader)?.name ?? leader}`,
            color: look.group(place),
            shape: "disc",
          }))
      : data.ontology.kinds
          .filter(({ kind }) => (visible.facets.kinds.get(kind) ?? 0) > 0 && !scene.hiddenKinds.has(kind))
          .map(({ kind, label }) => ({ label, color: look.kind(kind), shape: "disc" }));
  const lines: Sign[] = comparison
    ? CHANGES.map((change) => ({ label: change, color: look.change(change), shape: "line" }))
    : data.ontology.families
        .filter(({ family }) => shownFamilies.has(family))
        .map(({ family, label }) => ({ label, color: look.family(family), shape: "line" }));
  return [discs, lines];
}

/** What is shown, of when, and from how many sources. */
export function captionOf(data: Data, { scene, comparison }: Shown): string {
  const visible = visibleOf(data.graph, scene);
  const window = scene.window ? `${shortDay(scene.window.from)} – ${shortDay(scene.window.to)}` : "all dates";
  const compared =
    comparison?.by === "period"
      ? `${spanText(comparison.left.from, comparison.left.to)} against ${spanText(comparison.right.from, comparison.right.to)}`
      : comparison && `${comparison.left || "no outlet"} against ${comparison.right || "no outlet"}`;
  return [
    `${count(visible.nodes.size, "entity", "entities")}, ${count(visible.edges.size, "relation")} from ${count(visible.claims, "report")} in ${count(visible.documents, "document")}`,
    compared ?? `${window}${visible.undated > 0 ? `, ${count(visible.undated, "undated report")} included` : ""}`,
    "made with Entente",
  ].join(" · ");
}

const MARGIN = 16;
const LINE = 22;

/** Draws the legend, as many rows as the width asks for. @returns its height */
function drawLegend(context: CanvasRenderingContext2D, width: number, data: Data, look: Look, shown: Shown): number {
  context.font = `500 12px ${LABEL_FONT}`;
  context.textBaseline = "middle";
  context.textAlign = "start";
  let y = LINE;
  for (const signs of signsOf(data, look, shown)) {
    let x = MARGIN;
    for (const { label, color, shape } of signs) {
      const needed = 24 + context.measureText(label).width;
      if (x + needed > width - MARGIN && x > MARGIN) {
        x = MARGIN;
        y += LINE;
      }
      context.fillStyle = color;
      if (shape === "disc") {
        context.beginPath();
        context.arc(x + 6, y, 6, 0, 2 * Math.PI);
        context.fill();
      } else context.fillRect(x, y - 1.25, 18, 2.5);
      context.fillStyle = look.ground.ink;
      context.fillText(label, x + 24, y);
      x += needed + 18;
    }
    if (signs.length > 0) y += LINE;
  }
  context.fillStyle = look.ground.quiet;
  context.fillText(captionOf(data, shown), MARGIN, y);
  return y + LINE;
}

export async function picturePng(renderer: Renderer, data: Data, look: Look, shown: Shown): Promise<Blob> {
  const drawing = renderer.snapshot();
  const ratio = window.devicePixelRatio || 1;
  const width = drawing.width / ratio;
  const foot = drawLegend(new SvgSurface() as unknown as CanvasRenderingContext2D, width, data, look, shown);
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width;
  canvas.height = Math.ceil(drawing.height + foot * ratio);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas to draw on.");
  context.fillStyle = look.ground.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawing, 0, 0);
  context.scale(ratio, ratio);
  context.translate(0, drawing.height / ratio);
  drawLegend(context, width, data, look, shown);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be written."))), "image/png");
  });
}

export function pictureSvg(renderer: Renderer, data: Data, look: Look, shown: Shown): string {
  const scene = renderer.scene();
  const { width, height } = scene;
  const legend = new SvgSurface();
  legend.translate(0, height);
  const foot = drawLegend(legend as unknown as CanvasRenderingContext2D, width, data, look, shown);
  const size = `${Math.round(width)} ${Math.round(height + foot)}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.split(" ")[0]}" height="${size.split(" ")[1]}" viewBox="0 0 ${size}">`,
    `<title>${escapeXml(captionOf(data, shown))}</title>`,
    `<rect width="100%" height="100%" fill="${look.ground.paper}"/>`,
    `<svg width="${Math.round(width)}" height="${Math.round(height)}">`,
    ...drawScene(scene),
    "</svg>",
    ...legend.elements,
    "</svg>",
    "",
  ].join("\n");
}
