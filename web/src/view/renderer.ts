/** What the viewer asks of whatever draws the graph. Sigma 3 is the first to do it. */
import type { Drawing, Grown } from "../graph/graph.ts";
import type { Look } from "../look/look.ts";
import type { Hover, Point } from "../state/state.ts";
import type { Camera } from "../state/url.ts";
import type { Passing } from "../state/visible.ts";
import type { InkScene } from "./ink.ts";
import type { Picture } from "./picture.ts";

export interface RendererEvents {
  readonly hover: (hover: Hover) => void;
  /** A click: on a node, an edge, or beside all (undefined). `also`: with Shift, besides what is taken already. */
  readonly choose: (target: Hover, also: boolean) => void;
  /** A double click on a node. */
  readonly open: (id: string) => void;
  /** Nodes that a line was drawn around. */
  readonly mark: (ids: readonly string[], also: boolean) => void;
  /** Nodes were dropped at new places, in graph coordinates. */
  readonly drop: (places: readonly (readonly [string, Point])[]) => void;
  readonly camera: (camera: Camera) => void;
  /** A frame was drawn. */
  readonly drawn: () => void;
}

/** Days since 1970-01-01, both inclusive, and whether claims without a date are drawn. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  readonly undated: boolean;
}

export interface Renderer {
  /** Takes another graph; the camera stays. */
  load(drawing: Drawing, picture: Picture, passing: Passing): void;
  /**
   * Takes the graph with more; what was there is drawn as it is.
   * @param places of the new nodes; without them they wait for `moved`
   */
  grow(grown: Grown, picture: Picture, passing: Passing, places: ReadonlyMap<string, Point> | undefined): void;
  /** Draws anew what differs. `passing`: the claims that a time window chooses from. */
  show(picture: Picture, passing: Passing, look: Look): void;
  /** Draws the edges that have a claim in the window, at once and whatever the picture says. */
  setWindow(window: TimeWindow): void;
  /** Whether a press beside the nodes draws a line around some (with Shift it always does). */
  setLasso(on: boolean): void;
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
  /** What is drawn and where, for drawing it elsewhere. */
  scene(): InkScene;
  /** Everything drawn, as one canvas in device pixels. */
  snapshot(): HTMLCanvasElement;
  kill(): void;
}
