/** The renderer on Sigma 3: keeps Sigma in step with the picture, and comes back when the graphics card drops the context. */
import Sigma from "sigma";
import { claimDays } from "../graph/claim-days.ts";
import type { Drawing, EdgeAttributes, NodeAttributes } from "../graph/graph.ts";
import { loopOf, pointOf } from "../graph/geometry.ts";
import { rgbOf } from "../look/color.ts";
import type { Look } from "../look/look.ts";
import type { Point } from "../state/state.ts";
import type { Camera } from "../state/url.ts";
import type { Passing } from "../state/visible.ts";
import { append } from "./append.ts";
import { changes, createReducers, CURVED, DISC, type Displayed, outstandingOf, pass, STRAIGHT } from "./displayed.ts";
import { createEdgeProgram } from "./edge-program.ts";
import { fansOf } from "./fan.ts";
import { createInk, type InkScene } from "./ink.ts";
import { createDiscProgram } from "./node-program.ts";
import type { Picture } from "./picture.ts";
import { createPointer } from "./pointer.ts";
import { type Drawn, projectionOf, viewportOf } from "./projection.ts";
import type { Renderer, RendererEvents, TimeWindow } from "./renderer.ts";
import { createShared } from "./shared.ts";

/** The canvas size for which sizes are meant; smaller canvases draw smaller, down to `LEAST_SCALE`. */
const FULL_SIZE = 620;
const LEAST_SCALE = 0.62;
/** With more nodes than this they would cover each other on a small canvas: they may be drawn smaller still. */
const CROWD = 250;
const LEAST_SCALE_IN_A_CROWD = 0.36;

/** Below this, a canvas is too small for the whole graph to be read. */
const SMALL_CANVAS = 420;

/** After so long without a movement the picture is at rest: labels find new places, and things can be pointed at again. */
const REST_MS = 110;
/** Frames slower than this, while the picture moves, are drawn without edges until it rests. */
const SLOW_FRAME_MS = 60;
/** Up to so many nodes labels find new places, and what is chosen fans out, at every step of the pointer; with more, when it rests. */
const PLACED_AT_ONCE = 150;
const MANY_EDGES = 1000;

/** Up to so many pairs edges have their full colour; with more it fades towards the ground, down to `LEAST_CALM`. */
const CALM_EDGES = 220;
const LEAST_CALM = 0.24;

const INK = "ink";

export interface SigmaParts {
  readonly container: HTMLElement;
  readonly drawing: Drawing;
  readonly picture: Picture;
  readonly passing: Passing;
  readonly window: TimeWindow;
  readonly look: Look;
  readonly events: RendererEvents;
  readonly family: (relation: string) => string;
  readonly relationLabel: (relation: string) => string;
  readonly reducedMotion: boolean;
  readonly camera?: Camera;
}

/** Sigma's layer for nodes under the pointer, which are drawn among the others here: no shader is compiled for it. */
class Undrawn {
  hasNothingToRender = () => true;
  reallocate() {}
  process() {}
  render() {}
  kill() {}
}

/** @throws Error when the browser gives no WebGL 2 */
export function createSigmaRenderer(parts: SigmaParts): Renderer & { readonly sigma: () => Drawn } {
  const { container, events, family, relationLabel, reducedMotion } = parts;
  const shown: Displayed = {
    drawing: parts.drawing,
    picture: parts.picture,
    passing: parts.passing,
    days: claimDays(parts.drawing.columns, parts.passing),
    look: parts.look,
    outstanding: outstandingOf(parts.drawing, parts.picture),
  };
  let rebuilding = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let lastFrame = 0;
  let slow = false;
  /** The pointer has just come to something else. */
  let pointing = false;
  let resized = true;
  /** Something was chosen or let go whose bundles are not fanned out or in yet. */
  let unfanned = false;
  /** Whether what is written lies as it would be written now while the picture moves: a time window on its way changes none of it. */
  let written = false;
  const shared = createShared();
  const ink = createInk();
  const { reduceNode, reduceEdge } = createReducers(shown, family);
  const pointer = createPointer({ shown, events, redraw: drawInk, repaint });

  const viewScale = () => {
    const least = shown.drawing.graph.order > CROWD ? LEAST_SCALE_IN_A_CROWD : LEAST_SCALE;
    return Math.max(least, Math.min(1, Math.min(container.clientWidth, container.clientHeight) / FULL_SIZE));
  };

  function dress(): void {
    shared.days = shown.days.days;
    shared.dim = shown.outstanding !== undefined;
    shared.calm = Math.max(LEAST_CALM, Math.min(1, Math.sqrt(CALM_EDGES / Math.max(1, shown.drawing.columns.pairs.size))));
    shared.paper = rgbOf(shown.look.ground.paper);
    shared.accent = rgbOf(shown.look.ground.accent);
  }

  function start(camera: Camera | undefined): Drawn {
    dress();
    shared.asleep = true;
    const disc = createDiscProgram(shared);
    const made: Drawn = new Sigma<NodeAttributes, EdgeAttributes>(shown.drawing.graph, container, {
      allowInvalidContainer: true,
      defaultNodeType: DISC,
      defaultEdgeType: STRAIGHT,
      nodeProgramClasses: { [DISC]: disc as never },
      nodeHoverProgramClasses: { [DISC]: Undrawn as never },
      edgeProgramClasses: {
        [STRAIGHT]: createEdgeProgram(shared, false) as never,
        [CURVED]: createEdgeProgram(shared, true) as never,
      },
      nodeReducer: reduceNode as never,
      edgeReducer: reduceEdge as never,
      defaultDrawNodeHover: () => {},
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: true,
      stagePadding: Math.min(72, Math.round(container.clientWidth / 9)),
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zoomToSizeRatioFunction: (ratio) => Math.sqrt(ratio) / viewScale(),
      inertiaDuration: reducedMotion ? 0 : 200,
      zoomDuration: reducedMotion ? 1 : 200,
    });
    // Sigma asks for its size at every frame, for which the browser would lay out all that has changed on the page.
    const resize = made.resize.bind(made);
    made.resize = (force) => {
      if (force !== true && !resized) return made;
      resized = false;
      return resize(force);
    };
    made.createCanvasContext(INK, { afterLayer: "hoverNodes", style: { pointerEvents: "none" } } as never);
    // A canvas added later has no size of its own yet.
    made.resize(true);
    written = false;
    if (camera) made.getCamera().setState({ ...camera, angle: 0 });
    for (const canvas of container.querySelectorAll("canvas")) canvas.setAttribute("aria-hidden", "true");
    listen(made);
    shared.asleep = false;
    made.scheduleRender();
    return made;
  }

  function listen(made: Drawn): void {
    pointer.bind(made);
    made.on("afterRender", () => {
      unprocessed = false;
      drawInk(made);
      events.drawn();
    });
    made.getCamera().on("updated", ({ x, y, ratio }) => {
      move(true);
      events.camera({ x, y, ratio });
    });
    for (const canvas of Object.values(made.getCanvases())) canvas.addEventListener("webglcontextlost", recover);
  }

  function sceneOf(made: Drawn): InkScene {
    const { width, height } = made.getDimensions();
    const { drawing, picture, look } = shown;
    return { drawing, picture, look, width, height, scale: made.scaleSize(1), projection: projectionOf(made), family, relationLabel };
  }

  function drawInk(made: Drawn): void {
    const context = made.getCanvases()[INK]?.getContext("2d");
    if (!context) return;
    const following = shared.moving || pointing;
    const line = pointer.lasso();
    if (following && written && !line) return;
    if (following) ink.follow(context, sceneOf(made));
    else ink.place(context, sceneOf(made));
    written = following;
    if (line) ink.lasso(context, line, shown.look);
  }

  /** Notes that the picture moves; once it has not for a while, labels are placed anew and bundles in sight fan out. */
  function move(camera: boolean): void {
    if (camera) written = false;
    const now = performance.now();
    const since = shared.moving && now - lastFrame < 1000 ? now - lastFrame : 0;
    if (camera && since > SLOW_FRAME_MS) slow = true;
    lastFrame = now;
    shared.moving = true;
    shared.withoutEdges = camera && slow && shown.drawing.graph.size > MANY_EDGES;
    clearTimeout(resting);
    // Where frames are slow the next step may be longer in coming.
    resting = setTimeout(rest, Math.max(REST_MS, 2 * since));
  }

  /** Leaves labels where they are until nothing has happened for a while. */
  function point(): void {
    pointing = true;
    clearTimeout(resting);
    resting = setTimeout(rest, REST_MS);
  }

  function rest(): void {
    clearTimeout(resting);
    if (!(shared.moving || pointing) || killed) return;
    pointing = false;
    if (!shared.moving) {
      written = false;
      if (unfanned) fanOut();
      return void sigma.scheduleRender();
    }
    if (sigma.getCamera().isAnimated()) {
      resting = setTimeout(rest, REST_MS);
      return;
    }
    shared.moving = false;
    shared.withoutEdges = false;
    fanOut();
    sigma.scheduleRender();
  }

  function fanOut(): void {
    unfanned = false;
    const changed = shown.drawing.fan(fansOf(shown, sigma));
    if (changed.length > 0) sigma.refresh({ partialGraph: { edges: changed }, skipIndexation: false, schedule: true });
  }

  /** Sigma 3 does not come back from a lost WebGL context: it is built anew where it stood. */
  function recover(event: Event): void {
    event.preventDefault();
    if (rebuilding) return;
    rebuilding = true;
    setTimeout(() => {
      rebuilding = false;
      if (killed) return;
      const camera = current();
      release();
      sigma = start(camera);
    }, 50);
  }

  function release(): void {
    for (const canvas of Object.values(sigma.getCanvases())) canvas.removeEventListener("webglcontextlost", recover);
    sigma.kill();
  }

  function current(): Camera {
    const { x, y, ratio } = sigma.getCamera().getState();
    return { x, y, ratio };
  }

  /** Draws some anew; all others stay as they are in the graphics card's memory. */
  function repaint(what: { readonly nodes: string[]; readonly edges: string[] }): void {
    written = false;
    sigma.refresh({ partialGraph: what, skipIndexation: !unprocessed, schedule: true });
  }

  const everything = () => ({ nodes: shown.drawing.graph.nodes(), edges: shown.drawing.graph.edges() });

  function onPage(point: Point | undefined): Point | undefined {
    if (!point) return undefined;
    const { left, top } = container.getBoundingClientRect();
    return { x: left + point.x, y: top + point.y };
  }

  const moveTo = (camera: Partial<Camera>) => void sigma.getCamera().animate(camera, { duration: reducedMotion ? 1 : 260 });

  let killed = false;
  let unprocessed = true;
  shared.window = parts.window;
  let sigma = start(parts.camera);
  fanOut();
  // The places that Sigma has worked out hold for any size.
  const observer = new ResizeObserver(() => {
    resized = true;
    written = false;
    sigma.scheduleRender();
  });
  observer.observe(container);

  return {
    sigma: () => sigma,
    load(next, nextPicture, nextPassing) {
      shown.drawing = next;
      shown.picture = nextPicture;
      shown.passing = nextPassing;
      shown.days = claimDays(shown.drawing.columns, shown.passing);
      shown.outstanding = outstandingOf(shown.drawing, shown.picture);
      const camera = current();
      release();
      unprocessed = true;
      sigma = start(camera);
      fanOut();
    },
    grow({ drawing: next, add }, nextPicture, nextPassing, places) {
      const before = shown.picture;
      shown.drawing = next;
      shown.picture = nextPicture;
      const beside = shown.outstanding;
      shown.outstanding = outstandingOf(shown.drawing, shown.picture);
      const moved = pass(shown, nextPassing);
      dress();
      // Sigma hears of each that comes.
      if (places) append(sigma, () => add(places));
      else {
        add();
        unprocessed = true;
      }
      repaint(moved ? changes(shown, before, beside, moved) : everything());
      point();
      unfanned = true;
    },
    show(nextPicture, nextPassing, nextLook) {
      const [before, beside] = [shown.picture, shown.outstanding];
      const selected = nextPicture.selected !== before.selected || nextPicture.strong !== before.strong;
      const repainted = nextLook !== shown.look;
      const moved = pass(shown, nextPassing);
      const all = repainted || !moved;
      shown.picture = nextPicture;
      shown.look = nextLook;
      if (before.emphasis !== shown.picture.emphasis) shown.outstanding = outstandingOf(shown.drawing, shown.picture);
      const isPointing =
        !all && moved.length === 0 && before.visible === shown.picture.visible && shown.drawing.graph.order > PLACED_AT_ONCE;
      if (isPointing) {
        point();
        unfanned ||= selected;
      }
      dress();
      repaint(all ? everything() : changes(shown, before, beside, moved));
      if (!isPointing && (selected || before.visible !== shown.picture.visible)) fanOut();
    },
    setWindow(window) {
      shared.window = window;
      move(false);
      sigma.scheduleRender();
    },
    setLasso: (on) => pointer.setLasso(sigma, on),
    moved() {
      sigma.setCustomBBox(null);
      unprocessed = true;
      written = false;
      sigma.refresh({ partialGraph: {}, skipIndexation: false, schedule: true });
    },
    camera: current,
    setCamera: (camera) => sigma.getCamera().setState({ ...camera, angle: 0 }),
    zoom: (factor) => moveTo({ ratio: current().ratio * factor }),
    fit() {
      if (sigma.getCustomBBox()) this.moved();
      moveTo({ x: 0.5, y: 0.5, ratio: 1 });
    },
    reveal(id) {
      const data = sigma.getNodeDisplayData(id);
      const at = viewportOf(sigma, id);
      if (!data || !at) return;
      const { width, height } = sigma.getDimensions();
      const margin = 60;
      if (at.x < margin || at.y < margin || at.x > width - margin || at.y > height - margin) moveTo({ x: data.x, y: data.y });
    },
    frame(ids) {
      const { width, height } = sigma.getDimensions();
      if (Math.min(width, height) > SMALL_CANVAS) return;
      const places = [...ids].flatMap((id) => sigma.getNodeDisplayData(id) ?? []);
      if (places.length === 0) return;
      const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
      const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      // Room for labels around; the frame is a unit square along the canvas's shorter side.
      const wide = ((right - left) * Math.min(width, height)) / width;
      const ratio = Math.min(1, Math.max(0.3, Math.max(wide, top - bottom) * 1.9));
      moveTo({ x: (left + right) / 2, y: (bottom + top) / 2, ratio });
    },
    positionOf: (id) => (shown.drawing.graph.hasNode(id) ? onPage(viewportOf(sigma, id)) : undefined),
    pointOn(id, t) {
      const edge = shown.drawing.columns.edgeRow.get(id);
      if (edge === undefined) return undefined;
      const { graph } = shown.drawing;
      const key = shown.drawing.keyOf(edge);
      if (!graph.hasEdge(key)) return undefined;
      const { lane, loop } = graph.getEdgeAttributes(key);
      const [from, to] = graph.extremities(key);
      const [source, target] = [viewportOf(sigma, from), viewportOf(sigma, to)];
      if (!source || !target) return undefined;
      const scale = sigma.scaleSize(1);
      if (!loop) return onPage(pointOf(source, target, lane, scale, t));
      const circle = loopOf(source, graph.getNodeAttribute(from, "size") * scale, lane, scale);
      return onPage({ x: circle.x, y: circle.y - circle.radius });
    },
    scene: () => sceneOf(sigma),
    snapshot() {
      shared.moving = false;
      shared.withoutEdges = false;
      // The drawing buffer is gone after a frame: draw and copy in one go.
      sigma.refresh({ skipIndexation: true, partialGraph: {} });
      const canvases = sigma.getCanvases();
      const copy = document.createElement("canvas");
      const first = canvases["edges"];
      copy.width = first?.width ?? 0;
      copy.height = first?.height ?? 0;
      const context = copy.getContext("2d");
      for (const layer of ["edges", "nodes", INK]) {
        const canvas = canvases[layer];
        if (canvas && context) context.drawImage(canvas, 0, 0);
      }
      return copy;
    },
    kill() {
      killed = true;
      clearTimeout(resting);
      observer.disconnect();
      release();
    },
  };
}
