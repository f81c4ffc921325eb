/** The renderer on Sigma 3: reducers that read the picture, pointer events, and recovery when the graphics card drops the context. */
import Sigma from "sigma";
import { type ClaimDays, claimDays } from "../graph/claim-days.ts";
import { type Drawing, type EdgeAttributes, type NodeAttributes } from "../graph/graph.ts";
import { CHOSEN_GROWTH, loopOf, pointOf } from "../graph/geometry.ts";
import { mix, rgbOf } from "../look/color.ts";
import { type Look, STANDING_DASH, STANDING_STRENGTH } from "../look/look.ts";
import type { Hover, Point } from "../state/state.ts";
import { STANDINGS } from "../state/state.ts";
import type { Camera } from "../state/url.ts";
import type { Passing } from "../state/visible.ts";
import { createEdgeProgram, type EdgeLook } from "./edge-program.ts";
import { createInk, type InkScene } from "./ink.ts";
import { createDiscProgram, type NodeLook } from "./node-program.ts";
import type { Picture } from "./picture.ts";
import type { Renderer, RendererEvents, TimeWindow } from "./renderer.ts";
import { createShared } from "./shared.ts";

/** A press that moves less is a click. */
const DRAG_TOLERANCE = 4;
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
/** As many relations may be in sight for bundles to fan out, and a bundle shorter than this has no room for it. */
const MOST_FANNED = 320;
const FAN_LENGTH = 70;
/** The bundles at a selected entity fan out when they hold no more relations. */
const MOST_FANNED_AROUND = 120;

/** Up to so many pairs edges have their full colour; with more it fades towards the ground, down to `LEAST_CALM`. */
const CALM_EDGES = 220;
const LEAST_CALM = 0.24;

const INK = "ink";
const DISC = "disc";
const CURVED = "curved";
const STRAIGHT = "straight";

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

type Drawn = Sigma<NodeAttributes, EdgeAttributes>;

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
  let { drawing, picture, passing, look } = parts;
  let days: ClaimDays = claimDays(drawing.columns, passing);
  let outstanding = outstandingOf(picture);
  let hand: Hand | undefined;
  let lassoing = false;
  let wasDragged = false;
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

  const viewScale = () => {
    const least = drawing.graph.order > CROWD ? LEAST_SCALE_IN_A_CROWD : LEAST_SCALE;
    return Math.max(least, Math.min(1, Math.min(container.clientWidth, container.clientHeight) / FULL_SIZE));
  };

  function dress(): void {
    shared.days = days.days;
    shared.dim = outstanding !== undefined;
    shared.calm = Math.max(LEAST_CALM, Math.min(1, Math.sqrt(CALM_EDGES / Math.max(1, drawing.columns.pairs.size))));
    shared.paper = rgbOf(look.ground.paper);
    shared.accent = rgbOf(look.ground.accent);
  }

  const reduceNode = (id: string, data: NodeAttributes): Partial<NodeLook> => {
    const isChosen = picture.chosen.has(id);
    return {
      x: data.x,
      y: data.y,
      size: isChosen ? data.size + CHOSEN_GROWTH : data.size,
      label: null,
      color: look.node(drawing.columns.nodes[data.row] as never),
      hidden: picture.visible.nodeShown[data.row] !== 1,
      type: DISC,
      // Counts only while something stands out, which what is not drawn anew must know as well.
      outstanding: isChosen || outstanding?.nodes.has(id) === true,
      ringed: isChosen,
    };
  };

  const reduceEdge = (key: string, { pair, edge, lane, loop, arrow }: EdgeAttributes): Partial<EdgeLook> => {
    const { columns } = drawing;
    const { edgeReports, edgeStanding } = picture.visible;
    let [main, standing, strong] = [edge ?? -1, STANDINGS.length - 1, false];
    if (edge === undefined) {
      // A bundle has the colour of its most reported relation and says the surest thing that any of them does.
      let most = -1;
      for (let at = columns.pairs.first[pair] as number; at < (columns.pairs.first[pair + 1] as number); at++) {
        const member = columns.pairs.edges[at] as number;
        const reports = edgeReports[member] as number;
        if (reports > most) [most, main] = [reports, member];
        if (reports > 0) standing = Math.min(standing, edgeStanding[member] as number);
        if (columns.edges[member]?.id === picture.strong) strong = true;
      }
    } else {
      standing = edgeStanding[edge] as number;
      strong = columns.edges[edge]?.id === picture.strong;
    }
    const says = STANDINGS[standing] ?? "happened";
    const color = look.edge(columns.edges[main]?.id ?? "", family(columns.relations[columns.relation[main] as number] as string));
    const dash = STANDING_DASH[says];
    return {
      // Beyond what the number of reports gives, which the program adds.
      size: strong ? 1.5 : 0,
      color: inks.get(color)?.[standing] ?? inkFor(color, standing),
      hidden: drawing.fanned.has(pair) ? edge === undefined : drawing.keyOf(main) !== key,
      type: edge !== undefined && (loop || lane !== 0) ? CURVED : STRAIGHT,
      lane,
      loop,
      arrow,
      dashPeriod: dash?.period ?? 0,
      dashInk: dash?.ink ?? 0,
      claims: edge === undefined ? days.ofPair(pair) : days.ofEdge(edge),
      outstanding: outstanding?.pairs.get(pair)?.some((each) => edge === undefined || each === edge) === true,
    };
  };

  /** Colours of lines by that of their family, fainter the less sure a report is. */
  const inks = new Map<string, string[]>();
  let inkGround = look.ground;

  function inkFor(color: string, standing: number): string {
    if (inkGround !== look.ground) inks.clear();
    inkGround = look.ground;
    const made = STANDINGS.map((says) => mix(color, look.ground.paper, STANDING_STRENGTH[says]));
    inks.set(color, made);
    return made[standing] as string;
  }

  /** What stands out, by ids of nodes and, of edges, by pairs. */
  function outstandingOf({ emphasis }: Picture) {
    if (!emphasis) return undefined;
    const { edgeRow, pair } = drawing.columns;
    const pairs = new Map<number, number[]>();
    for (const id of emphasis.edges) {
      const edge = edgeRow.get(id);
      if (edge === undefined) continue;
      const row = pair[edge] as number;
      const others = pairs.get(row);
      if (others) others.push(edge);
      else pairs.set(row, [edge]);
    }
    return { nodes: emphasis.nodes, pairs };
  }

  function start(camera: Camera | undefined): Drawn {
    dress();
    shared.asleep = true;
    const disc = createDiscProgram(shared);
    const made: Drawn = new Sigma<NodeAttributes, EdgeAttributes>(drawing.graph, container, {
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
    bind(made);
    shared.asleep = false;
    made.scheduleRender();
    return made;
  }

  /** From graph coordinates to CSS pixels of the canvas, y down. */
  function projectionOf(made: Drawn): InkScene["projection"] {
    const [origin, right, up] = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ].map((point) => made.graphToViewport(point)) as [Point, Point, Point];
    return { x: origin.x, y: origin.y, xx: right.x - origin.x, xy: right.y - origin.y, yx: up.x - origin.x, yy: up.y - origin.y };
  }

  function sceneOf(made: Drawn): InkScene {
    const { width, height } = made.getDimensions();
    return { drawing, picture, look, width, height, scale: made.scaleSize(1), projection: projectionOf(made), family, relationLabel };
  }

  function drawInk(made: Drawn): void {
    const context = made.getCanvases()[INK]?.getContext("2d");
    if (!context) return;
    const following = shared.moving || pointing;
    if (following && written && hand?.type !== "lasso") return;
    if (following) ink.follow(context, sceneOf(made));
    else ink.place(context, sceneOf(made));
    written = following;
    if (hand?.type === "lasso") ink.lasso(context, hand.line, look);
  }

  /** Notes that the picture moves; once it has not for a while, labels are placed anew and bundles in sight fan out. */
  function move(camera: boolean): void {
    if (camera) written = false;
    const now = performance.now();
    const since = shared.moving && now - lastFrame < 1000 ? now - lastFrame : 0;
    if (camera && since > SLOW_FRAME_MS) slow = true;
    lastFrame = now;
    shared.moving = true;
    shared.withoutEdges = camera && slow && drawing.graph.size > MANY_EDGES;
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

  /** Bundles that are looked at closely are drawn by their relations: the selected ones, and all in sight when they are few. */
  function fanOut(): void {
    unfanned = false;
    const { columns } = drawing;
    const { pairs } = columns;
    const wanted = new Set<number>();
    const sizeOf = (pair: number) => (pairs.first[pair + 1] as number) - (pairs.first[pair] as number);
    for (const id of picture.selected.edges) {
      const edge = columns.edgeRow.get(id);
      if (edge !== undefined) wanted.add(columns.pair[edge] as number);
    }
    if ([...wanted].reduce((sum, pair) => sum + sizeOf(pair), 0) > MOST_FANNED_AROUND && picture.strong === undefined) wanted.clear();
    for (const pair of inSight() ?? []) wanted.add(pair);
    const changed = drawing.fan(wanted);
    if (changed.length > 0) sigma.refresh({ partialGraph: { edges: changed }, skipIndexation: false, schedule: true });
  }

  /** Pairs whose ends are both in sight and far enough apart; undefined when they hold too many relations. */
  function inSight(): number[] | undefined {
    const { columns, graph } = drawing;
    const { pairs, nodes } = columns;
    if (pairs.size === columns.edges.length) return [];
    const { x, y, xx, xy, yx, yy } = projectionOf(sigma);
    const { width, height } = sigma.getDimensions();
    const places = new Float32Array(2 * nodes.length);
    nodes.forEach(({ id }, row) => {
      const at = graph.getNodeAttributes(id);
      places[2 * row] = x + at.x * xx + at.y * yx;
      places[2 * row + 1] = y + at.x * xy + at.y * yy;
    });
    const inside = (row: number) => {
      const [left, top] = [places[2 * row] as number, places[2 * row + 1] as number];
      return left > 0 && top > 0 && left < width && top < height && picture.visible.nodeShown[row] === 1;
    };
    const found: number[] = [];
    let relations = 0;
    for (let pair = 0; pair < pairs.size; pair++) {
      const [one, other] = [pairs.one[pair] as number, pairs.other[pair] as number];
      if (one < 0 || other < 0 || !inside(one) || !inside(other)) continue;
      relations += (pairs.first[pair + 1] as number) - (pairs.first[pair] as number);
      if (relations > MOST_FANNED) return undefined;
      const length = Math.hypot(
        (places[2 * one] as number) - (places[2 * other] as number),
        (places[2 * one + 1] as number) - (places[2 * other + 1] as number),
      );
      if (length > FAN_LENGTH) found.push(pair);
    }
    return found;
  }

  function viewportOf(made: Drawn, id: string): Point | undefined {
    const data = made.getNodeDisplayData(id);
    return data ? made.framedGraphToViewport(data) : undefined;
  }

  /** A bundle is pointed at and chosen as its most reported relation. */
  function relationOf(key: string): string {
    const { pair, edge } = drawing.graph.getEdgeAttributes(key);
    const { pairs, edges } = drawing.columns;
    if (edge !== undefined) return key;
    let [most, main] = [-1, pairs.edges[pairs.first[pair] as number] as number];
    for (let at = pairs.first[pair] as number; at < (pairs.first[pair + 1] as number); at++) {
      const member = pairs.edges[at] as number;
      const reports = picture.visible.edgeReports[member] as number;
      if (reports > most) [most, main] = [reports, member];
    }
    return edges[main]?.id ?? key;
  }

  function bind(made: Drawn): void {
    const mouse = made.getCanvases()["mouse"];
    const cursor = (over: boolean) => {
      if (mouse) mouse.style.cursor = lassoing ? "crosshair" : over ? "pointer" : "grab";
    };
    cursor(false);
    const hover = (target: Hover) => {
      if (hand) return;
      cursor(target !== undefined);
      events.hover(target);
    };
    made.on("enterNode", ({ node }) => hover({ type: "entity", id: node as never }));
    made.on("leaveNode", () => hover(undefined));
    made.on("enterEdge", ({ edge }) => hover({ type: "edge", id: relationOf(edge) }));
    made.on("leaveEdge", () => hover(undefined));
    made.on("leaveStage", () => hover(undefined));
    const also = (event: { original: MouseEvent | TouchEvent }) => event.original.shiftKey;
    // Sigma takes the end of a drag for a click.
    const choose = (target: Hover, shift: boolean) => {
      if (!wasDragged) events.choose(target, shift);
    };
    // Two quick clicks are a double click to Sigma wherever they fall; here only on one and the same thing.
    let clicked: string | undefined;
    const isAgain = (key: string | undefined) => {
      const again = clicked === key;
      clicked = key;
      return again;
    };
    made.on("clickNode", ({ node, event }) => {
      clicked = node;
      choose({ type: "entity", id: node as never }, also(event));
    });
    made.on("clickEdge", ({ edge }) => {
      clicked = edge;
      choose({ type: "edge", id: relationOf(edge) }, false);
    });
    made.on("clickStage", ({ event }) => {
      clicked = undefined;
      choose(undefined, also(event));
    });
    made.getMouseCaptor().on("mousedown", () => {
      wasDragged = false;
    });
    made.on("doubleClickNode", (payload) => {
      payload.preventSigmaDefault();
      if (isAgain(payload.node)) events.open(payload.node);
      else choose({ type: "entity", id: payload.node as never }, also(payload.event));
    });
    made.on("doubleClickEdge", (payload) => {
      payload.preventSigmaDefault();
      if (!isAgain(payload.edge)) choose({ type: "edge", id: relationOf(payload.edge) }, false);
    });
    made.on("doubleClickStage", (payload) => {
      if (isAgain(undefined)) return;
      payload.preventSigmaDefault();
      choose(undefined, also(payload.event));
    });
    made.on("rightClickNode", ({ node, event }) => {
      event.original.preventDefault();
      events.choose({ type: "entity", id: node as never }, false);
    });

    made.on("downNode", ({ node, event }) => {
      const along = picture.marked.has(node) ? [...picture.marked].filter((id) => drawing.graph.hasNode(id)) : [node];
      hand = { type: "nodes", ids: along, grip: node, from: { x: event.x, y: event.y }, moved: false };
      // The frame stays as it is while a node at its border moves.
      made.setCustomBBox(made.getCustomBBox() ?? made.getBBox());
    });
    const lasso = ({ event }: { event: { x: number; y: number; original: MouseEvent | TouchEvent } }) => {
      if (lassoing || also(event)) hand = { type: "lasso", line: [{ x: event.x, y: event.y }], also: also(event) };
    };
    made.on("downStage", lasso);
    made.on("downEdge", lasso);
    made.on("moveBody", (payload) => {
      if (!hand) return;
      const { event } = payload;
      payload.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
      if (hand.type === "lasso") {
        hand.line.push({ x: event.x, y: event.y });
        drawInk(made);
      } else drag(made, hand, event);
    });
    const release = () => {
      const held = hand;
      hand = undefined;
      wasDragged = held !== undefined && (held.type === "nodes" ? held.moved : held.line.length > 3);
      if (held?.type === "nodes" && held.moved) {
        events.drop(
          held.ids.map((id) => {
            const { x, y } = drawing.graph.getNodeAttributes(id);
            return [id, { x, y }] as const;
          }),
        );
      } else if (held?.type === "lasso") {
        if (held.line.length > 3) events.mark(within(made, held.line), held.also);
        drawInk(made);
      }
    };
    for (const event of ["upNode", "upStage", "upEdge"] as const) made.on(event, release);

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

  function drag(made: Drawn, held: Extract<Hand, { type: "nodes" }>, event: Point): void {
    if (!held.moved && Math.hypot(event.x - held.from.x, event.y - held.from.y) < DRAG_TOLERANCE) return;
    held.moved = true;
    const { graph } = drawing;
    const to = made.viewportToGraph(event);
    const grip = graph.getNodeAttributes(held.grip);
    const [dx, dy] = [to.x - grip.x, to.y - grip.y];
    const edges = new Set<string>();
    for (const id of held.ids) {
      // Past the graph's events, to which Sigma answers by going through everything.
      const place = graph.getNodeAttributes(id);
      place.x += dx;
      place.y += dy;
      for (const edge of graph.edges(id)) edges.add(edge);
    }
    repaint({ nodes: held.ids, edges: [...edges] });
  }

  function within(made: Drawn, line: readonly Point[]): string[] {
    const { x, y, xx, xy, yx, yy } = projectionOf(made);
    return drawing.graph.filterNodes((_, place) => {
      if (picture.visible.nodeShown[place.row] !== 1) return false;
      const at = { x: x + place.x * xx + place.y * yx, y: y + place.x * xy + place.y * yy };
      let inside = false;
      line.forEach((a, i) => {
        const b = line[(i + 1) % line.length] as Point;
        if (a.y > at.y !== b.y > at.y && at.x < ((b.x - a.x) * (at.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
      });
      return inside;
    });
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

  /** Takes other claims. @returns pairs whose days lie elsewhere now; undefined where all do */
  function pass(next: Passing): readonly number[] | undefined {
    if (next === passing) return [];
    days = claimDays(drawing.columns, next, { days, passing });
    passing = next;
    return days.moved;
  }

  /**
   * Ids of what is drawn otherwise under another picture.
   * @param moved pairs that are anyhow
   */
  function changes(before: Picture, beside: typeof outstanding, moved: readonly number[]): { nodes: string[]; edges: string[] } {
    const { columns, graph } = drawing;
    const nodes = new Set<string>();
    const pairs = new Set(moved);
    const [then, now] = [before.visible, picture.visible];
    if (then !== now) {
      then.nodeShown.forEach((shown, row) => shown !== now.nodeShown[row] && nodes.add(columns.nodes[row]?.id as string));
      then.edgeReports.forEach((reports, edge) => {
        const same = reports === now.edgeReports[edge] && then.edgeStanding[edge] === now.edgeStanding[edge];
        if (!same) pairs.add(columns.pair[edge] as number);
      });
    }
    if (beside !== outstanding) {
      for (const each of [beside, outstanding]) {
        for (const id of each?.nodes ?? []) nodes.add(id);
        for (const pair of each?.pairs.keys() ?? []) pairs.add(pair);
      }
    }
    // A ring makes its node larger, and the edges at it shorter.
    const ringed = [...before.chosen]
      .filter((id) => !picture.chosen.has(id))
      .concat([...picture.chosen].filter((id) => !before.chosen.has(id)));
    for (const id of ringed) {
      nodes.add(id);
      if (graph.hasNode(id)) graph.forEachEdge(id, (_, { pair }) => pairs.add(pair));
    }
    for (const id of [before.strong, picture.strong]) {
      const edge = id === undefined || before.strong === picture.strong ? undefined : columns.edgeRow.get(id);
      if (edge !== undefined) pairs.add(columns.pair[edge] as number);
    }
    return {
      nodes: [...nodes].filter((id) => graph.hasNode(id)),
      edges: [...pairs].flatMap((pair) => drawing.keysOf(pair)).filter((key) => graph.hasEdge(key)),
    };
  }

  const everything = () => ({ nodes: drawing.graph.nodes(), edges: drawing.graph.edges() });

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
      drawing = next;
      picture = nextPicture;
      passing = nextPassing;
      days = claimDays(drawing.columns, passing);
      outstanding = outstandingOf(picture);
      const camera = current();
      release();
      unprocessed = true;
      sigma = start(camera);
      fanOut();
    },
    grow({ drawing: next, add }, nextPicture, nextPassing) {
      const before = picture;
      drawing = next;
      picture = nextPicture;
      const beside = outstanding;
      outstanding = outstandingOf(picture);
      const moved = pass(nextPassing);
      dress();
      // Sigma hears of each that comes.
      add();
      unprocessed = true;
      repaint(moved ? changes(before, beside, moved) : everything());
      point();
      unfanned = true;
    },
    show(nextPicture, nextPassing, nextLook) {
      const [before, beside] = [picture, outstanding];
      const selected = nextPicture.selected !== before.selected || nextPicture.strong !== before.strong;
      const repainted = nextLook !== look;
      const moved = pass(nextPassing);
      const all = repainted || !moved;
      picture = nextPicture;
      look = nextLook;
      if (before.emphasis !== picture.emphasis) outstanding = outstandingOf(picture);
      const isPointing = !all && moved.length === 0 && before.visible === picture.visible && drawing.graph.order > PLACED_AT_ONCE;
      if (isPointing) {
        point();
        unfanned ||= selected;
      }
      dress();
      repaint(all ? everything() : changes(before, beside, moved));
      if (!isPointing && (selected || before.visible !== picture.visible)) fanOut();
    },
    setWindow(window) {
      shared.window = window;
      move(false);
      sigma.scheduleRender();
    },
    setLasso(on) {
      lassoing = on;
      const mouse = sigma.getCanvases()["mouse"];
      if (mouse) mouse.style.cursor = on ? "crosshair" : "grab";
    },
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
      sigma.setCustomBBox(null);
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
    positionOf: (id) => (drawing.graph.hasNode(id) ? onPage(viewportOf(sigma, id)) : undefined),
    pointOn(id, t) {
      const edge = drawing.columns.edgeRow.get(id);
      if (edge === undefined) return undefined;
      const { graph } = drawing;
      const key = drawing.keyOf(edge);
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

/** What the pointer holds: nodes that it drags, or the line around those that it is about to take. */
type Hand =
  | { readonly type: "nodes"; readonly ids: string[]; readonly grip: string; readonly from: Point; moved: boolean }
  | { readonly type: "lasso"; readonly line: Point[]; readonly also: boolean };
