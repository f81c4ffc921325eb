/** What the viewer asks of whatever draws the graph. Sigma 3 is the first to do it. */
import type { ViewGraph } from "../graph/graph.ts";
import type { Look } from "../look/look.ts";
import type { Hover, Point } from "../state/state.ts";
import type { Camera } from "../state/url.ts";
import type { Picture } from "./picture.ts";

export interface RendererEvents {
  readonly hover: (hover: Hover) => void;
  /** A click: on a node, an edge, or beside all (undefined). */
  readonly choose: (target: Hover) => void;
  /** A node was dropped at a new place, in graph coordinates. */
  readonly drop: (id: string, at: Point) => void;
  readonly camera: (camera: Camera) => void;
}

export interface Renderer {
  /** Takes another graph; the camera stays. */
  load(graph: ViewGraph): void;
  show(picture: Picture, look: Look): void;
  /** Nodes have moved: the frame is theirs again. */
  moved(): void;
  camera(): Camera;
  setCamera(camera: Camera): void;
  /** Zooms in (below 1) or out (above 1) about the middle, gently unless the user asked for less motion. */
  zoom(factor: number): void;
  /** Shows everything. */
  fit(): void;
  /** Brings a node into the middle. */
  reveal(id: string): void;
  /** On a canvas too small to read in full, comes close to these nodes. */
  frame(ids: Iterable<string>): void;
  /** Where a node is, in CSS pixels of the page. */
  positionOf(id: string): Point | undefined;
  /** A point of a drawn edge (`t` from 0 at the source to 1 at the target; of a self-loop its top), in CSS pixels of the page. */
  pointOn(id: string, t: number): Point | undefined;
  /** Everything drawn, as one canvas in device pixels. */
  snapshot(): HTMLCanvasElement;
  kill(): void;
}
