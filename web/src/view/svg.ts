/** The drawing as SVG: edges and nodes from what the canvas draws them by, labels by the same hand as on the canvas. */
import type { EntitySummary } from "../../../src/model/api.ts";
import { loopOf, pointOf } from "../graph/geometry.ts";
import { mix } from "../look/color.ts";
import { edgeWidth, STANDING_DASH, STANDING_STRENGTH } from "../look/look.ts";
import { type Point, STANDINGS } from "../state/state.ts";
import { createInk, type InkScene, pathDataOf, textWidth } from "./ink.ts";

type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

const MATRIX_PARTS = ["a", "b", "c", "d", "e", "f"] as const;

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

const round = (value: number) => String(Math.round(value * 100) / 100);

export function escapeXml(text: string): string {
  // Control characters are no XML, not even escaped.
  // oxlint-disable-next-line no-control-regex
  const clean = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

interface Pen {
  readonly matrix: Matrix;
  readonly fillStyle: string;
  readonly strokeStyle: string;
  readonly font: string;
  readonly textAlign: string;
  readonly lineWidth: number;
}

/** The part of a canvas's context that labels, pictograms and the legend are drawn with; what is drawn becomes SVG elements. */
export class SvgSurface {
  readonly elements: string[] = [];
  fillStyle = "#000";
  strokeStyle = "#000";
  font = "10px sans-serif";
  textAlign = "start";
  textBaseline = "middle";
  lineWidth = 1;
  lineJoin = "round";
  globalAlpha = 1;
  #matrix = IDENTITY;
  #stack: Pen[] = [];
  #path = "";
  #rim: { readonly color: string; readonly width: number } | undefined;

  save(): void {
    const { fillStyle, strokeStyle, font, textAlign, lineWidth } = this;
    this.#stack.push({ matrix: this.#matrix, fillStyle, strokeStyle, font, textAlign, lineWidth });
  }

  restore(): void {
    const pen = this.#stack.pop();
    if (!pen) return;
    const { matrix, ...styles } = pen;
    this.#matrix = matrix;
    Object.assign(this, styles);
  }

  translate(x: number, y: number): void {
    this.#matrix = times(this.#matrix, [1, 0, 0, 1, x, y]);
  }

  scale(x: number, y: number): void {
    this.#matrix = times(this.#matrix, [x, 0, 0, y, 0, 0]);
  }

  rotate(angle: number): void {
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    this.#matrix = times(this.#matrix, [cos, sin, -sin, cos, 0, 0]);
  }

  getTransform(): Pick<DOMMatrix, (typeof MATRIX_PARTS)[number]> {
    const [a, b, c, d, e, f] = this.#matrix;
    return { a, b, c, d, e, f };
  }

  setTransform(...given: [Pick<DOMMatrix, (typeof MATRIX_PARTS)[number]>] | Matrix): void {
    this.#matrix = given.length === 1 ? (MATRIX_PARTS.map((part) => given[0][part]) as unknown as Matrix) : given;
  }

  clearRect(): void {}

  beginPath(): void {
    this.#path = "";
  }

  /** Whole circles only. */
  arc(x: number, y: number, radius: number): void {
    this.#path += circlePath({ x, y }, radius);
  }

  /** Only paths whose data is known; see `pathDataOf`. */
  fill(path?: Path2D | string, rule?: string): void {
    const data = path instanceof Path2D ? pathDataOf(path) : this.#path;
    this.#put("path", `d="${data}" fill="${this.fillStyle}"${rule === "evenodd" ? ' fill-rule="evenodd"' : ""}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#put("rect", `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${this.fillStyle}"`);
  }

  strokeText(): void {
    this.#rim = { color: this.strokeStyle, width: this.lineWidth };
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight = "400", size = "12px", family = "sans-serif"] = /^(\d+) (\S+) (.*)$/.exec(this.font) ?? [];
    const rim = this.#rim
      ? ` stroke="${this.#rim.color}" stroke-width="${this.#rim.width}" stroke-linejoin="round" paint-order="stroke"`
      : "";
    this.#rim = undefined;
    const anchor = this.textAlign === "center" ? ' text-anchor="middle"' : "";
    this.#put(
      "text",
      `x="${round(x)}" y="${round(y)}" dy=".35em" font-family="${escapeXml(family)}" font-size="${size}" font-weight="${weight}" fill="${this.fillStyle}"${anchor}${rim}`,
      escapeXml(text),
    );
  }

  measureText(text: string): { readonly width: number } {
    return { width: textWidth(text, this.font) };
  }

  #put(name: string, attributes: string, content = ""): void {
    const isMoved = this.#matrix.some((value, place) => value !== IDENTITY[place]);
    const transform = isMoved ? ` transform="matrix(${this.#matrix.map((value) => String(Math.round(value * 1e4) / 1e4)).join(" ")})"` : "";
    this.elements.push(`<${name} ${attributes}${transform}${content ? `>${content}</${name}>` : "/>"}`);
  }
}

function circlePath({ x, y }: Point, radius: number): string {
  const [left, right] = [round(x - radius), round(x + radius)];
  const r = round(radius);
  return `M${left} ${round(y)}A${r} ${r} 0 1 0 ${right} ${round(y)}A${r} ${r} 0 1 0 ${left} ${round(y)}Z`;
}

/** What of an edge's colour is left where it is not meant now. */
const FADED = 0.16;

/** Edges, nodes, pictograms and labels as the canvas shows them, in its CSS pixels. */
export function drawScene(scene: InkScene): readonly string[] {
  const { drawing, picture, look, projection, scale, family } = scene;
  const { graph, columns } = drawing;
  const { emphasis, visible } = picture;
  const at = (id: string): Point => {
    const { x, y } = graph.getNodeAttributes(id);
    return {
      x: projection.x + x * projection.xx + y * projection.yx,
      y: projection.y + x * projection.xy + y * projection.yy,
    };
  };
  const radius = (id: string) => graph.getNodeAttribute(id, "size") * scale;
  const elements: string[] = [];

  graph.forEachEdge((key, { pair, edge, lane, loop, arrow }, from, to) => {
    const members =
      edge === undefined ? [...columns.pairs.edges.subarray(columns.pairs.first[pair], columns.pairs.first[pair + 1])] : [edge];
    const shown = members.filter((row) => (visible.edgeReports[row] as number) > 0);
    const [main] = shown.toSorted((a, b) => (visible.edgeReports[b] as number) - (visible.edgeReports[a] as number));
    if (main === undefined || (drawing.fanned.has(pair) ? edge === undefined : drawing.keyOf(main) !== key)) return;
    const standing = STANDINGS[Math.min(...shown.map((row) => visible.edgeStanding[row] as number))] ?? "happened";
    const relation = columns.relations[columns.relation[main] as number] as string;
    const faded = emphasis !== undefined && !shown.some((row) => emphasis.edges.has(columns.edges[row]?.id ?? ""));
    const own = mix(look.edge(columns.edges[main]?.id ?? "", family(relation)), look.ground.paper, STANDING_STRENGTH[standing]);
    const color = faded ? mix(own, look.ground.paper, FADED) : own;
    const width = edgeWidth(shown.reduce((sum, row) => sum + (visible.edgeReports[row] as number), 0)) * scale;
    const dash = STANDING_DASH[standing];
    const line = `stroke="${color}" stroke-width="${round(width)}" fill="none"${
      dash ? ` stroke-dasharray="${round(dash.period * dash.ink * scale)} ${round(dash.period * (1 - dash.ink) * scale)}"` : ""
    }`;
    const [source, target] = [at(from), at(to)];
    if (loop) {
      const circle = loopOf(source, radius(from), lane, scale);
      elements.push(`<path d="${circlePath(circle, circle.radius)}" ${line}/>`);
      return;
    }
    const length = Math.max(1, Math.hypot(target.x - source.x, target.y - source.y));
    const head = arrow ? (4 + width) * 1.2 : 0;
    const [start, tip] = [radius(from) / length, 1 - radius(to) / length];
    const end = Math.max(start, tip - head / length);
    const [first, middle, last, point] = [start, (start + end) / 2, end, tip].map((t) => pointOf(source, target, lane, scale, t)) as [
      Point,
      Point,
      Point,
      Point & { angle: number },
    ];
    const bent = { x: 2 * middle.x - (first.x + last.x) / 2, y: 2 * middle.y - (first.y + last.y) / 2 };
    const path = `M${round(first.x)} ${round(first.y)}Q${round(bent.x)} ${round(bent.y)} ${round(last.x)} ${round(last.y)}`;
    elements.push(`<path d="${path}" ${line}/>`);
    if (arrow) {
      const turn = round((point.angle * 180) / Math.PI);
      const [long, wide] = [round(-head), round(head * 0.5)];
      elements.push(
        `<path d="M0 0L${long} -${wide}L${long} ${wide}Z" fill="${color}" transform="translate(${round(point.x)} ${round(point.y)}) rotate(${turn})"/>`,
      );
    }
  });

  graph.forEachNode((id, { row }) => {
    if (visible.nodeShown[row] !== 1) return;
    const { x, y } = at(id);
    const color = look.node(columns.nodes[row] as EntitySummary);
    const isFaded = emphasis !== undefined && !emphasis.nodes.has(id) && !picture.chosen.has(id);
    const ring = picture.chosen.has(id) ? ` stroke="${look.ground.accent}" stroke-width="3"` : "";
    elements.push(
      `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius(id))}" fill="${isFaded ? look.faded(color) : color}"${ring}/>`,
    );
  });

  const surface = new SvgSurface();
  createInk().place(surface as unknown as CanvasRenderingContext2D, scene);
  return [...elements, ...surface.elements];
}
