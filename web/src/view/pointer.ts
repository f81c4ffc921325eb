/** What the pointer does on the canvas: it points, chooses, drags nodes and draws a line around some. */
import type { Hover, Point } from "../state/state.ts";
import { type Displayed, relationOf } from "./displayed.ts";
import { type Drawn, projectionOf } from "./projection.ts";
import type { RendererEvents } from "./renderer.ts";

/** A press that moves less is a click. */
const DRAG_TOLERANCE = 4;

/** What the pointer holds: nodes that it drags, or the line around those that it is about to take. */
type Hand =
  | { readonly type: "nodes"; readonly ids: string[]; readonly grip: string; readonly from: Point; moved: boolean }
  | { readonly type: "lasso"; readonly line: Point[]; readonly also: boolean };

export interface Pointer {
  /** Listens to a Sigma that has been made. */
  bind(made: Drawn): void;
  /** The line that is being drawn around nodes. */
  lasso(): readonly Point[] | undefined;
  /** Whether a press beside the nodes draws such a line. */
  setLasso(made: Drawn, on: boolean): void;
}

interface PointerParts {
  readonly shown: Displayed;
  readonly events: RendererEvents;
  /** Draws the line anew. */
  readonly redraw: (made: Drawn) => void;
  /** Draws nodes and edges anew, which have moved. */
  readonly repaint: (what: { readonly nodes: string[]; readonly edges: string[] }) => void;
}

export function createPointer({ shown, events, redraw, repaint }: PointerParts): Pointer {
  let hand: Hand | undefined;
  let lassoing = false;
  let wasDragged = false;

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
    made.on("enterEdge", ({ edge }) => hover({ type: "edge", id: relationOf(shown, edge) }));
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
      choose({ type: "edge", id: relationOf(shown, edge) }, false);
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
      if (!isAgain(payload.edge)) choose({ type: "edge", id: relationOf(shown, payload.edge) }, false);
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
      const along = shown.picture.marked.has(node) ? [...shown.picture.marked].filter((id) => shown.drawing.graph.hasNode(id)) : [node];
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
        redraw(made);
      } else drag(made, hand, event);
    });
    const release = () => {
      const held = hand;
      hand = undefined;
      wasDragged = held !== undefined && (held.type === "nodes" ? held.moved : held.line.length > 3);
      if (held?.type === "nodes" && held.moved) {
        events.drop(
          held.ids.map((id) => {
            const { x, y } = shown.drawing.graph.getNodeAttributes(id);
            return [id, { x, y }] as const;
          }),
        );
      } else if (held?.type === "lasso") {
        if (held.line.length > 3) events.mark(within(made, held.line), held.also);
        redraw(made);
      }
    };
    for (const event of ["upNode", "upStage", "upEdge"] as const) made.on(event, release);
  }

  function drag(made: Drawn, held: Extract<Hand, { type: "nodes" }>, event: Point): void {
    if (!held.moved && Math.hypot(event.x - held.from.x, event.y - held.from.y) < DRAG_TOLERANCE) return;
    held.moved = true;
    const { graph } = shown.drawing;
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
    return shown.drawing.graph.filterNodes((_, place) => {
      if (shown.picture.visible.nodeShown[place.row] !== 1) return false;
      const at = { x: x + place.x * xx + place.y * yx, y: y + place.x * xy + place.y * yy };
      let inside = false;
      line.forEach((a, i) => {
        const b = line[(i + 1) % line.length] as Point;
        if (a.y > at.y !== b.y > at.y && at.x < ((b.x - a.x) * (at.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
      });
      return inside;
    });
  }

  return {
    bind,
    lasso: () => (hand?.type === "lasso" ? hand.line : undefined),
    setLasso(made, on) {
      lassoing = on;
      const mouse = made.getCanvases()["mouse"];
      if (mouse) mouse.style.cursor = on ? "crosshair" : "grab";
    },
  };
}
