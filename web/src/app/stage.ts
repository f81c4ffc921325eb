/** Keeps the drawing in step with the state: builds the graph, runs the layout, repaints on change. No React. */
import type { EntityId } from "../../../src/model/graph.ts";
import { buildGraph, layoutInput, type ViewGraph } from "../graph/graph.ts";
import { createLayout } from "../layout/layout.ts";
import { createLook, DARK, LIGHT, type Look } from "../look/look.ts";
import { type Data, NOTHING, pin, select, setDrawable, setHover, type State } from "../state/state.ts";
import { memoize, type Store } from "../state/store.ts";
import type { Camera } from "../state/url.ts";
import { isDark, onSystemScheme } from "./theme.ts";
import { familiesOf } from "../state/visible.ts";
import { relationText } from "../text/words.ts";
import { nodeLabelFont, textWidth } from "../view/ink.ts";
import { type Picture, pictureOf } from "../view/picture.ts";
import type { Renderer } from "../view/renderer.ts";
import { createSigmaRenderer, type SigmaParts } from "../view/sigma.ts";

export interface Stage {
  /** Draws into the element until the returned function is called; where the browser gives no WebGL, the state says so. */
  mount(container: HTMLElement): () => void;
  renderer(): Renderer | undefined;
  graph(): ViewGraph | undefined;
  /** Lays the graph out anew from the seeds; pinned nodes stay. */
  relayout(): void;
  camera(): Camera | undefined;
  setCamera(camera: Camera | undefined): void;
  onCamera(listener: () => void): void;
}

const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

/** The same look for the same ontology and ground. */
export const lookOf = memoize((ontology: Data["ontology"], dark: boolean) => createLook(ontology, dark ? DARK : LIGHT));

export function createStage(store: Store<State>): Stage {
  const layout = createLayout();
  let graph: ViewGraph | undefined;
  let drawn: Data["graph"] | undefined;
  let laidOut = false;
  let renderer: Renderer | undefined;
  let camera: Camera | undefined;
  let selection = store.get().selection;
  let shown: { picture: Picture; look: Look } | undefined;
  const listeners: (() => void)[] = [];

  const ready = (): Data | undefined => {
    const { load } = store.get();
    return load.status === "ready" ? load.data : undefined;
  };

  /** Builds the graph when another answer has come; nodes that were there keep their places. */
  function prepare(data: Data): void {
    if (data.graph === drawn) return;
    const earlier = graph;
    graph = buildGraph(data.graph, data.ontology, earlier);
    drawn = data.graph;
    run(earlier !== undefined);
  }

  function run(warm: boolean): void {
    const current = graph;
    if (!current) return;
    const font = nodeLabelFont();
    const input = layoutInput(current, store.get().scene, (label) => textWidth(label, font), warm);
    laidOut = laidOut && warm;
    layout.run(input, (positions, done) => {
      if (graph !== current) return;
      const places = new Map(input.nodes.map(({ id }, index) => [id, index]));
      current.updateEachNodeAttributes(
        (id, attributes) => {
          const index = places.get(id) as number;
          const at = store.get().scene.pinned.get(id as EntityId);
          return Object.assign(attributes, at ?? { x: positions[2 * index] as number, y: positions[2 * index + 1] as number });
        },
        { attributes: ["x", "y"] },
      );
      laidOut = true;
      renderer?.moved();
      // A link to something selected, opened where there is little room.
      if (done && !camera) requestAnimationFrame(() => renderer?.frame(shown?.picture.emphasis?.nodes ?? []));
      if (done) document.documentElement.dataset["layout"] = "settled";
      container?.classList.add("is-drawn");
    });
  }

  let container: HTMLElement | undefined;

  function sync(): void {
    const data = ready();
    if (!data || !renderer) return;
    const before = drawn;
    prepare(data);
    if (drawn !== before && graph) renderer.load(graph);
    const state = store.get();
    for (const [id, at] of state.scene.pinned) {
      if (graph?.hasNode(id) && graph.getNodeAttribute(id, "x") !== at.x) graph.mergeNodeAttributes(id, at);
    }
    const next = { picture: pictureOf(data.graph, state), look: lookOf(data.ontology, isDark(state.theme)) };
    if (shown && samePicture(shown.picture, next.picture) && shown.look === next.look) return;
    const selected = state.selection !== selection;
    selection = state.selection;
    shown = next;
    renderer.show(next.picture, next.look);
    // The panel that opens may change the canvas's size first.
    if (selected && next.picture.emphasis && !state.hover) requestAnimationFrame(() => renderer?.frame(next.picture.emphasis?.nodes ?? []));
  }

  store.subscribe(sync);
  onSystemScheme(sync);

  return {
    mount(element) {
      const data = ready();
      if (!data) return () => {};
      container = element;
      prepare(data);
      const state = store.get();
      shown = { picture: pictureOf(data.graph, state), look: lookOf(data.ontology, isDark(state.theme)) };
      const families = familiesOf(data.ontology);
      const parts: SigmaParts = {
        container: element,
        graph: graph as ViewGraph,
        ...shown,
        reducedMotion: lessMotion.matches,
        family: (relation) => families.get(relation) ?? "",
        relationLabel: (relation) => relationText(data.ontology, relation),
        ...(camera ? { camera } : {}),
        events: {
          hover: (hover) => store.update(setHover(hover)),
          choose: (target) => store.update(select(target ?? NOTHING)),
          drop: (id, at) => store.update(pin(id as EntityId, at)),
          camera: (next) => {
            camera = next;
            for (const listener of listeners) listener();
          },
        },
      };
      try {
        renderer = createSigmaRenderer(parts);
      } catch {
        store.update(setDrawable(false));
        return () => {};
      }
      if (laidOut) element.classList.add("is-drawn");
      return () => {
        renderer?.kill();
        renderer = undefined;
        container = undefined;
      };
    },
    renderer: () => renderer,
    graph: () => graph,
    relayout: () => run(false),
    camera: () => camera,
    setCamera(next) {
      camera = next;
      if (next) renderer?.setCamera(next);
      else renderer?.fit();
    },
    onCamera: (listener) => listeners.push(listener),
  };
}

function samePicture(a: Picture, b: Picture): boolean {
  return (
    a.visible === b.visible &&
    a.strong === b.strong &&
    sameSet(a.chosen, b.chosen) &&
    sameSet(a.emphasis?.nodes, b.emphasis?.nodes) &&
    sameSet(a.emphasis?.edges, b.emphasis?.edges)
  );
}

function sameSet(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.size === b.size && [...a].every((item) => b.has(item)));
}
