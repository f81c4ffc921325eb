/** The renderer on Sigma 3: reducers that read the picture, pointer events, and recovery when the graphics card drops the context. */
import { createNodeBorderProgram } from "@sigma/node-border";
import Sigma from "sigma";
import { NodeCircleProgram } from "sigma/rendering";
import type { EdgeAttributes, NodeAttributes, ViewGraph } from "../graph/graph.ts";
import { CHOSEN_GROWTH, loopOf, pointOf } from "../graph/geometry.ts";
import { mix } from "../look/color.ts";
import { edgeWidth, type Look, STANDING_DASH, STANDING_STRENGTH } from "../look/look.ts";
import type { Hover, Point } from "../state/state.ts";
import type { Camera } from "../state/url.ts";
import { type EdgeLook, TypedEdgeProgram } from "./edge-program.ts";
import { drawInk } from "./ink.ts";
import type { Picture } from "./picture.ts";
import type { Renderer, RendererEvents } from "./renderer.ts";

/** Above this many edges, hovering no longer fades the rest: a full repaint would be felt. */
const FADE_LIMIT = 5000;
/** Above this many edges, only nodes and labels follow the hand while it moves the graph. */
const MANY_EDGES = 3000;
/** A press that moves less is a click. */
const DRAG_TOLERANCE = 4;
/** The canvas size for which sizes are meant; smaller canvases draw smaller, down to `LEAST_SCALE`. */
const FULL_SIZE = 620;
const LEAST_SCALE = 0.62;

/** Below this, a canvas is too small for the whole graph to be read. */
const SMALL_CANVAS = 420;

const INK = "ink";
/** Draws a self-loop, bent edges and straight ones alike. */
const EDGE_TYPE = "typed";
const PLAIN = "plain";
const RINGED = "ringed";

const RingedNode = createNodeBorderProgram<NodeAttributes, EdgeAttributes>({
  borders: [
    { size: { value: 3, mode: "pixels" }, color: { attribute: "ringColor" } },
    { size: { value: 2, mode: "pixels" }, color: { attribute: "gapColor" } },
    { size: { fill: true }, color: { attribute: "color" } },
  ],
});

export interface SigmaParts {
  readonly container: HTMLElement;
  readonly graph: ViewGraph;
  readonly picture: Picture;
  readonly look: Look;
  readonly events: RendererEvents;
  readonly family: (relation: string) => string;
  readonly relationLabel: (relation: string) => string;
  readonly reducedMotion: boolean;
  readonly camera?: Camera;
}

/** @throws Error when the browser gives no WebGL */
export function createSigmaRenderer(parts: SigmaParts): Renderer & { readonly sigma: () => Sigma<NodeAttributes, EdgeAttributes> } {
  const { container, events, family, relationLabel, reducedMotion } = parts;
  let { graph, picture, look } = parts;
  let dragged: { id: string; from: Point; moved: boolean } | undefined;
  let rebuilding = false;

  const viewScale = () => Math.max(LEAST_SCALE, Math.min(1, Math.min(container.clientWidth, container.clientHeight) / FULL_SIZE));

  const reduceNode = (id: string, data: NodeAttributes) => {
    const { kind } = data.entity;
    const color = look.kind(kind);
    const { emphasis, chosen, visible } = picture;
    const isChosen = chosen.has(id);
    const fades = emphasis !== undefined && !emphasis.nodes.has(id) && !isChosen;
    return {
      x: data.x,
      y: data.y,
      size: isChosen ? data.size + CHOSEN_GROWTH : data.size,
      label: null,
      color: fades ? look.faded(color) : color,
      hidden: !visible.nodes.has(id),
      type: isChosen ? RINGED : PLAIN,
      ringColor: look.ground.accent,
      gapColor: look.ground.paper,
      zIndex: isChosen ? 2 : fades ? 0 : 1,
    };
  };

  const reduceEdge = (id: string, { lane, loop, arrow, edge }: EdgeAttributes): Partial<EdgeLook> => {
    const { emphasis, strong, visible } = picture;
    const shown = visible.edges.get(id);
    const standing = shown?.standing ?? "happened";
    const color = mix(look.family(family(edge.relation)), look.ground.paper, STANDING_STRENGTH[standing]);
    const fades = emphasis !== undefined && !emphasis.edges.has(id);
    const dash = STANDING_DASH[standing];
    return {
      size: edgeWidth(shown?.reports ?? 1) + (id === strong ? 1.5 : 0),
      color: fades ? look.faded(color) : color,
      hidden: shown === undefined,
      type: EDGE_TYPE,
      zIndex: fades ? 0 : 1,
      lane,
      loop,
      arrow,
      dashPeriod: dash?.period ?? 0,
      dashInk: dash?.ink ?? 0,
    };
  };

  function start(camera: Camera | undefined): Sigma<NodeAttributes, EdgeAttributes> {
    const made = new Sigma<NodeAttributes, EdgeAttributes>(graph, container, {
      allowInvalidContainer: true,
      defaultNodeType: PLAIN,
      defaultEdgeType: EDGE_TYPE,
      nodeProgramClasses: { [PLAIN]: NodeCircleProgram, [RINGED]: RingedNode },
      edgeProgramClasses: { [EDGE_TYPE]: TypedEdgeProgram as never },
      nodeReducer: reduceNode as never,
      edgeReducer: reduceEdge as never,
      defaultDrawNodeHover: () => {},
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: true,
      hideEdgesOnMove: graph.size > MANY_EDGES,
      zIndex: true,
      stagePadding: Math.min(72, Math.round(container.clientWidth / 9)),
      minCameraRatio: 0.05,
      maxCameraRatio: 4,
      zoomToSizeRatioFunction: (ratio) => Math.sqrt(ratio) / viewScale(),
      inertiaDuration: reducedMotion ? 0 : 200,
      zoomDuration: reducedMotion ? 1 : 200,
    });
    made.createCanvasContext(INK, { afterLayer: "hoverNodes", style: { pointerEvents: "none" } } as never);
    // A canvas added later has no size of its own yet.
    made.resize(true);
    if (camera) made.getCamera().setState({ ...camera, angle: 0 });
    for (const canvas of container.querySelectorAll("canvas")) canvas.setAttribute("aria-hidden", "true");
    bind(made);
    return made;
  }

  function draw(made: Sigma<NodeAttributes, EdgeAttributes>): void {
    const context = made.getCanvases()[INK]?.getContext("2d");
    if (!context) return;
    const { width, height } = made.getDimensions();
    drawInk(context, {
      graph,
      picture,
      look,
      width,
      height,
      scale: made.scaleSize(1),
      at: (id) => viewportOf(made, id) ?? { x: -1e6, y: -1e6 },
      family,
      relationLabel,
    });
  }

  function viewportOf(made: Sigma<NodeAttributes, EdgeAttributes>, id: string): Point | undefined {
    const data = made.getNodeDisplayData(id);
    return data ? made.framedGraphToViewport(data) : undefined;
  }

  function bind(made: Sigma<NodeAttributes, EdgeAttributes>): void {
    const mouse = made.getCanvases()["mouse"];
    const pointer = (on: boolean) => {
      if (mouse) mouse.style.cursor = on ? "pointer" : "grab";
    };
    pointer(false);
    const hover = (target: Hover) => {
      if (dragged) return;
      pointer(target !== undefined);
      if (graph.size <= FADE_LIMIT) events.hover(target);
    };
    made.on("enterNode", ({ node }) => hover({ type: "entity", id: node as never }));
    made.on("leaveNode", () => hover(undefined));
    made.on("enterEdge", ({ edge }) => hover({ type: "edge", id: edge }));
    made.on("leaveEdge", () => hover(undefined));
    made.on("leaveStage", () => hover(undefined));
    made.on("clickNode", ({ node }) => events.choose({ type: "entity", id: node as never }));
    made.on("clickEdge", ({ edge }) => events.choose({ type: "edge", id: edge }));
    made.on("clickStage", () => events.choose(undefined));
    made.on("doubleClickNode", (payload) => payload.preventSigmaDefault());

    made.on("downNode", ({ node, event }) => {
      dragged = { id: node, from: { x: event.x, y: event.y }, moved: false };
      // The frame stays as it is while a node at its border moves.
      made.setCustomBBox(made.getCustomBBox() ?? made.getBBox());
    });
    made.on("moveBody", (payload) => {
      if (!dragged) return;
      const { event } = payload;
      payload.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
      if (!dragged.moved && Math.hypot(event.x - dragged.from.x, event.y - dragged.from.y) < DRAG_TOLERANCE) return;
      dragged.moved = true;
      const { x, y } = made.viewportToGraph(event);
      graph.mergeNodeAttributes(dragged.id, { x, y });
    });
    const drop = () => {
      const dropped = dragged;
      dragged = undefined;
      if (!dropped?.moved) return;
      const { x, y } = graph.getNodeAttributes(dropped.id);
      events.drop(dropped.id, { x, y });
    };
    made.on("upNode", drop);
    made.on("upStage", drop);
    made.on("upEdge", drop);

    made.on("afterRender", () => draw(made));
    made.getCamera().on("updated", ({ x, y, ratio }) => events.camera({ x, y, ratio }));
    for (const canvas of Object.values(made.getCanvases())) canvas.addEventListener("webglcontextlost", recover);
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

  function repaint(): void {
    sigma.refresh({ partialGraph: { nodes: graph.nodes(), edges: graph.edges() }, skipIndexation: false, schedule: true });
  }

  function onPage(point: Point | undefined): Point | undefined {
    if (!point) return undefined;
    const { left, top } = container.getBoundingClientRect();
    return { x: left + point.x, y: top + point.y };
  }

  const move = (camera: Partial<Camera>) => void sigma.getCamera().animate(camera, { duration: reducedMotion ? 1 : 260 });

  let killed = false;
  let sigma = start(parts.camera);
  const observer = new ResizeObserver(() => sigma.scheduleRefresh());
  observer.observe(container);

  return {
    sigma: () => sigma,
    load(next) {
      graph = next;
      const camera = current();
      release();
      sigma = start(camera);
    },
    show(nextPicture, nextLook) {
      picture = nextPicture;
      look = nextLook;
      repaint();
    },
    moved() {
      sigma.setCustomBBox(null);
    },
    camera: current,
    setCamera: (camera) => sigma.getCamera().setState({ ...camera, angle: 0 }),
    zoom: (factor) => move({ ratio: current().ratio * factor }),
    fit() {
      sigma.setCustomBBox(null);
      move({ x: 0.5, y: 0.5, ratio: 1 });
    },
    reveal(id) {
      const data = sigma.getNodeDisplayData(id);
      const at = viewportOf(sigma, id);
      if (!data || !at) return;
      const { width, height } = sigma.getDimensions();
      const margin = 60;
      if (at.x < margin || at.y < margin || at.x > width - margin || at.y > height - margin) move({ x: data.x, y: data.y });
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
      move({ x: (left + right) / 2, y: (bottom + top) / 2, ratio });
    },
    positionOf: (id) => (graph.hasNode(id) ? onPage(viewportOf(sigma, id)) : undefined),
    pointOn(id, t) {
      if (!graph.hasEdge(id)) return undefined;
      const { lane, loop } = graph.getEdgeAttributes(id);
      const [from, to] = graph.extremities(id);
      const [source, target] = [viewportOf(sigma, from), viewportOf(sigma, to)];
      if (!source || !target) return undefined;
      const scale = sigma.scaleSize(1);
      if (!loop) return onPage(pointOf(source, target, lane, scale, t));
      const circle = loopOf(source, graph.getNodeAttribute(from, "size") * scale, lane, scale);
      return onPage({ x: circle.x, y: circle.y - circle.radius });
    },
    snapshot() {
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
      observer.disconnect();
      release();
    },
  };
}
