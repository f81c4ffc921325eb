/** Keeps the drawing in step with the state: builds the graph, runs the layout, repaints on change. No React. */
import type { EntityId } from "../../../src/model/graph.ts";
import { createDrawing, type Drawing, growDrawing, layoutInput, type ViewGraph } from "../graph/graph.ts";
import { placesOnCircle } from "../layout/circle.ts";
import { placesBeside } from "../layout/beside.ts";
import { createLayout } from "../layout/layout.ts";
import { dressed } from "../look/dressed.ts";
import { createLook, DARK, LIGHT, type Look } from "../look/look.ts";
import { radiiOf } from "../look/sizes.ts";
import {
  type Arrangement,
  type Data,
  mark,
  NOTHING,
  pinAll,
  type Point,
  type Scene,
  select,
  setDrawable,
  setHover,
  setLoad,
  type State,
  toggleMark,
} from "../state/state.ts";
import { type Analysis, analysisOf } from "../state/analysis.ts";
import { actionsFor } from "../state/actions.ts";
import { memoize, type Store } from "../state/store.ts";
import { dayNumber } from "../text/dates.ts";
import type { Camera } from "../state/url.ts";
import { isDark, onSystemScheme } from "./theme.ts";
import { familiesOf, type Passing, passingOf } from "../state/visible.ts";
import { relationText } from "../text/words.ts";
import { nodeLabelFont, textWidth } from "../view/ink.ts";
import { type Picture, pictureOf } from "../view/picture.ts";
import type { Renderer, TimeWindow } from "../view/renderer.ts";
import { createSigmaRenderer, type SigmaParts } from "../view/sigma.ts";

export interface Stage {
  /**
   * Draws into the element until the returned function is called; a drawing that is there moves into it. Where the browser gives no
   * WebGL, the state says so.
   */
  mount(holder: HTMLElement): () => void;
  /** Settled once the first picture is drawn. */
  readonly drawn: Promise<void>;
  /** Comes close to what is selected where there is little room for all. */
  frame(): void;
  renderer(): Renderer | undefined;
  graph(): ViewGraph | undefined;
  /** Lays the graph out anew from the seeds; pinned nodes stay. */
  relayout(): void;
  /** Ends a layout that is under way where it is. */
  stopLayout(): void;
  readonly isSettling: () => boolean;
  readonly onSettling: (listener: () => void) => () => void;
  camera(): Camera | undefined;
  setCamera(camera: Camera | undefined): void;
  /** Where the nodes of the next graph go, as a link says: it is not laid out but for nodes that the link does not know. */
  setPlaces(places: ReadonlyMap<string, Point>): void;
  onCamera(listener: () => void): void;
}

const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

/** The same look for the same ontology and ground. */
export const lookOf = memoize((ontology: Data["ontology"], dark: boolean) => createLook(ontology, dark ? DARK : LIGHT));

const FIRST_DAY = -1e7;
const LAST_DAY = 1e7;

/** What the graphics card filters by: the window while it is being moved, else the scene's. */
function timeOf({ scene, moving }: State): TimeWindow {
  const window = moving ?? scene.window;
  return { from: window ? dayNumber(window.from) : FIRST_DAY, to: window ? dayNumber(window.to) : LAST_DAY, undated: scene.undated };
}

/** @param askPlaces where the server puts the entities of a large graph, whatever was there before */
export function createStage(store: Store<State>, askPlaces: () => Promise<Data["places"]>): Stage {
  const layout = createLayout();
  let drawing: Drawing | undefined;
  let drawn: Data["graph"] | undefined;
  /** Where the layout has put each node, whatever the user did since. */
  const homes = new Map<string, Point>();
  let arrangement: Arrangement = "force";
  let pinned: Scene["pinned"] = new Map();
  let laidOut = false;
  let wasDrawn = false;
  let given: ReadonlyMap<string, Point> = new Map();
  let renderer: Renderer | undefined;
  let camera: Camera | undefined;
  let shown: { picture: Picture; passing: Passing; look: Look; time: TimeWindow } | undefined;
  let sized: { drawing: Drawing; sizing: State["appearance"]["sizing"]; analysis: Analysis | undefined } | undefined;
  const listeners: (() => void)[] = [];
  let settling = false;
  const settlingListeners = new Set<() => void>();

  /** Says so on the page too, for what waits for it. */
  function setSettling(next: boolean): void {
    document.documentElement.dataset["layout"] = next ? "moving" : "settled";
    if (next === settling) return;
    settling = next;
    for (const listener of settlingListeners) listener();
  }

  const ready = (): Data | undefined => {
    const { load } = store.get();
    return load.status === "ready" ? load.data : undefined;
  };

  /** Builds the drawing when another answer has come; nodes that were there keep their places. */
  function prepare(data: Data, next: ReturnType<typeof toShow>): void {
    if (data.graph === drawn) return;
    const earlier = drawing;
    performance.mark("entente graph");
    const grown = earlier && renderer && growDrawing(data.graph, data.ontology, earlier);
    drawing = grown?.drawing ?? createDrawing(data.graph, data.ontology, earlier);
    performance.mark("entente graph built");
    drawn = data.graph;
    const places = grown && grownPlaces(grown.drawing);
    if (grown) renderer?.grow(grown, next.picture, next.passing, places);
    else renderer?.load(drawing, next.picture, next.passing);
    if (!places) run(earlier !== undefined);
  }

  /** What is brought into a graph that rests goes beside who brought it, and nothing else moves; undefined where it has to be laid out. */
  function grownPlaces({ columns, graph }: Drawing): ReadonlyMap<string, Point> | undefined {
    const { arrangement, pinned } = store.get().scene;
    const server = ready()?.places;
    if (settling || !(arrangement === "circle" || server)) return undefined;
    const beside = placesBeside(columns, homes, server ?? homes);
    const places = new Map<string, Point>();
    for (const { id } of columns.nodes.slice(graph.order)) {
      const home = beside.get(id);
      if (!home) return undefined;
      homes.set(id, home);
      places.set(id, pinned.get(id) ?? home);
    }
    return places;
  }

  function run(warm: boolean): void {
    const current = drawing;
    if (!current) return;
    const { scene } = store.get();
    arrangement = scene.arrangement;
    laidOut = laidOut && warm;
    setSettling(true);
    const known = given;
    given = new Map();
    if (known.size > 0) {
      place(
        current,
        known,
        current.graph.everyNode((id) => known.has(id)),
      );
      if (document.documentElement.dataset["layout"] === "settled") return;
      return run(true);
    }
    if (arrangement === "circle") {
      layout.stop();
      place(current, placesOnCircle(current.columns.nodes), true);
      return;
    }
    const places = ready()?.places;
    let inHand = warm;
    if (places) {
      layout.stop();
      // What came in since joins what is there, and what is pinned pushes others aside; nothing else moves.
      const all = placesBeside(current.columns, homes, places);
      const isWhole = current.graph.everyNode((id) => all.has(id) && !scene.pinned.has(id as EntityId));
      place(current, all, isWhole);
      if (isWhole) return;
      inHand = true;
    }
    const font = nodeLabelFont();
    const input = layoutInput(current, scene, (label) => textWidth(label, font), inHand);
    layout.run(input, (positions, done) => {
      if (drawing !== current) return;
      place(
        current,
        new Map(input.nodes.map(({ id }, i) => [id, { x: positions[2 * i] as number, y: positions[2 * i + 1] as number }])),
        done,
      );
    });
  }

  /** Puts nodes where a layout says, pinned ones where the user does. */
  function place(current: Drawing, places: ReadonlyMap<string, Point>, done: boolean): void {
    const { scene } = store.get();
    current.graph.forEachNode((id, attributes) => {
      const home = places.get(id);
      if (home) homes.set(id, home);
      // Past the graph's events: the renderer is told once.
      const at = scene.pinned.get(id as EntityId) ?? home;
      if (at) Object.assign(attributes, { x: at.x, y: at.y });
    });
    laidOut = true;
    renderer?.moved();
    // A link to something selected, opened where there is little room.
    if (done && !camera) requestAnimationFrame(() => renderer?.frame(shown?.picture.emphasis?.nodes ?? []));
    if (done) setSettling(false);
    surface.classList.add("is-drawn");
  }

  /** Gives the nodes the sizes of the measure that was chosen. */
  function resize(data: Data, { appearance }: State): void {
    const analysis = analysisOf(data.graph);
    if (!drawing || (sized?.drawing === drawing && sized.sizing === appearance.sizing && sized.analysis === analysis)) return;
    // As they are built.
    const isFirst = sized?.drawing !== drawing && appearance.sizing === "degree";
    sized = { drawing, sizing: appearance.sizing, analysis };
    if (isFirst) return;
    const { nodes } = drawing.columns;
    const radius = radiiOf(nodes, appearance.sizing, analysis);
    drawing.graph.forEachNode((_, attributes) => void (attributes.size = radius(nodes[attributes.row] as (typeof nodes)[number])));
    if (renderer && shown) renderer.show(shown.picture, shown.passing, { ...shown.look });
  }

  /** Follows what was pinned, let go, or undone. */
  function follow(scene: Scene): void {
    if (!drawing || scene.pinned === pinned) return;
    const { graph } = drawing;
    let moved = false;
    const put = (id: string, at: Point | undefined) => {
      if (!at || !graph.hasNode(id)) return;
      const place = graph.getNodeAttributes(id);
      if (place.x === at.x && place.y === at.y) return;
      Object.assign(place, { x: at.x, y: at.y });
      moved = true;
    };
    for (const id of pinned.keys()) if (!scene.pinned.has(id)) put(id, homes.get(id));
    for (const [id, at] of scene.pinned) put(id, at);
    pinned = scene.pinned;
    if (moved) renderer?.moved();
  }

  function toShow(data: Data, state: State) {
    const { scene } = state;
    return {
      picture: pictureOf(data.graph, state),
      passing: passingOf(data.graph, scene),
      look: dressed(lookOf(data.ontology, isDark(state.theme)), data.graph, analysisOf(data.graph), state),
      time: timeOf(state),
    };
  }

  const surface = document.createElement("div");
  surface.className = "surface";
  let tellDrawn: () => void;
  const firstDrawn = new Promise<void>((resolve) => {
    tellDrawn = resolve;
  });

  function sync(): void {
    const data = ready();
    if (!data || !renderer) return;
    const state = store.get();
    const next = toShow(data, state);
    prepare(data, next);
    resize(data, state);
    if (state.scene.arrangement !== arrangement) run(false);
    follow(state.scene);
    const last = shown;
    shown = next;
    if (last && !sameTime(last.time, next.time)) renderer.setWindow(next.time);
    const same = last && samePicture(last.picture, next.picture) && last.passing === next.passing && last.look === next.look;
    if (same) {
      shown = { ...next, picture: last.picture };
      return;
    }
    renderer.show(next.picture, next.passing, next.look);
  }

  store.subscribe(sync);
  onSystemScheme(sync);

  return {
    drawn: firstDrawn,
    frame() {
      const { emphasis } = shown?.picture ?? {};
      if (emphasis && !store.get().hover) renderer?.frame(emphasis.nodes);
    },
    mount(holder) {
      const data = ready();
      if (!data) return () => {};
      holder.append(surface);
      const unmount = () => {
        if (surface.parentElement !== holder) return;
        renderer?.kill();
        renderer = undefined;
        surface.remove();
      };
      if (renderer) return unmount;
      const next = toShow(data, store.get());
      prepare(data, next);
      const { time, ...first } = next;
      resize(data, store.get());
      shown = { ...first, time };
      const families = familiesOf(data.ontology);
      const parts: SigmaParts = {
        container: surface,
        drawing: drawing as Drawing,
        ...first,
        window: time,
        reducedMotion: lessMotion.matches,
        family: (relation) => families.get(relation) ?? "",
        relationLabel: (relation) => relationText(data.ontology, relation),
        ...(camera ? { camera } : {}),
        events: {
          hover: (hover) => store.update(setHover(hover)),
          choose: (target, also) => {
            if (also && target?.type === "entity") store.update(toggleMark(target.id));
            else if (!also) {
              store.update((state) => select(target ?? NOTHING)(state.scene.marked.size > 0 ? mark([])(state) : state));
            }
          },
          open: (id) =>
            store.update((state) => {
              const opened = select({ type: "entity", id: id as EntityId })(mark([])(state));
              return (
                actionsFor(opened)
                  .find(({ name }) => name === "expand")
                  ?.does(opened) ?? opened
              );
            }),
          mark: (ids, also) => store.update(mark(ids as EntityId[], also)),
          drop: (places) => store.update(pinAll(places as (readonly [EntityId, Point])[])),
          camera: (next) => {
            camera = next;
            for (const listener of listeners) listener();
          },
          drawn() {
            if (!laidOut || wasDrawn) return;
            wasDrawn = true;
            performance.mark("entente drawn");
            tellDrawn();
          },
        },
      };
      try {
        renderer = createSigmaRenderer(parts);
      } catch (error) {
        console.error(error);
        surface.remove();
        store.update(setDrawable(false));
        return () => {};
      }
      if (laidOut) surface.classList.add("is-drawn");
      return unmount;
    },
    renderer: () => renderer,
    graph: () => drawing?.graph,
    relayout() {
      homes.clear();
      const data = ready();
      if (!data?.places || store.get().scene.arrangement === "circle") return run(false);
      setSettling(true);
      void askPlaces().then((places) => {
        store.update((state) =>
          state.load.status === "ready" && places ? setLoad({ status: "ready", data: { ...state.load.data, places } })(state) : state,
        );
        run(false);
      });
    },
    stopLayout() {
      layout.stop();
      setSettling(false);
    },
    isSettling: () => settling,
    onSettling(listener) {
      settlingListeners.add(listener);
      return () => settlingListeners.delete(listener);
    },
    camera: () => camera,
    setCamera(next) {
      camera = next;
      if (next) renderer?.setCamera(next);
      else renderer?.fit();
    },
    setPlaces: (places) => void (given = places),
    onCamera: (listener) => listeners.push(listener),
  };
}

function sameTime(a: TimeWindow, b: TimeWindow): boolean {
  return a.from === b.from && a.to === b.to && a.undated === b.undated;
}

function samePicture(a: Picture, b: Picture): boolean {
  return (
    a.visible === b.visible && a.strong === b.strong && a.chosen === b.chosen && a.emphasis === b.emphasis && a.selected === b.selected
  );
}
