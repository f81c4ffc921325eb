/** Starts the viewer: state from the link, data from the server, the drawing from the state; then the page around it. */
import type { EntitySummary } from "../../src/model/api.ts";
import { api, ApiError } from "./api.ts";
import { followAnalysis } from "./analysis/follow.ts";
import { createAnswers } from "./app/answers.ts";
import { followExpansions } from "./app/expansion.ts";
import { createStage } from "./app/stage.ts";
import { followLive } from "./app/live.ts";
import { partText } from "./app/part.ts";
import { followLink, linkedQuery } from "./app/link.ts";
import { rememberTheme, storedTheme } from "./app/theme.ts";
import { columnsOf } from "./graph/columns.ts";
import { loadGraph } from "./graph/loaded.ts";
import { type Data, INITIAL, type Point, setLoad, setOnline, type State } from "./state/state.ts";
import { createStore } from "./state/store.ts";
import { readLink } from "./state/url.ts";
import "./app/styles/base.css";
import "./app/styles/layout.css";
import "./app/styles/controls.css";
import "./app/styles/panels.css";

performance.mark("entente page");
const link = readLink(await linkedQuery());
const store = createStore<State>({
  ...INITIAL,
  theme: storedTheme(),
  scene: link.scene,
  appearance: link.appearance,
  comparison: link.comparison,
  selection: link.selection,
  view: link.view,
});
// Before the drawing: the server is at work while what there is is drawn.
followExpansions(store, lost);
const stage = createStage(store, () => askPlaces(shownNodes()));
const answers = createAnswers(lost);
if (link.camera) stage.setCamera(link.camera);
if (link.places) stage.setPlaces(link.places);

async function load(): Promise<void> {
  try {
    const [ontology, overview, stats, documents] = await Promise.all([api.ontology(), api.overview(), api.stats(), api.documents()]);
    performance.mark("entente data");
    const graph = loadGraph(overview);
    const places = await placesOf(graph.nodes);
    answers.refresh();
    store.update((state) =>
      setOnline(true)(
        setLoad({ status: "ready", data: { ontology, graph, stats, documents: documents.items, ...(places ? { places } : {}) } })(state),
      ),
    );
  } catch (error) {
    if (store.get().load.status === "ready") return lost();
    store.update(setLoad({ status: "failed", message: error instanceof Error ? error.message : String(error) }));
    if (error instanceof ApiError && error.offline) lost();
  }
}

/** More entities than this are laid out by the server; where it cannot, the page does as well as it can. */
const MOST_LAID_OUT_HERE = 1500;

function shown(): Data | undefined {
  const { load } = store.get();
  return load.status === "ready" ? load.data : undefined;
}

/** Those that the page began with; the rest was asked for by expanding. */
function shownNodes(): readonly EntitySummary[] {
  const graph = shown()?.graph;
  return graph ? graph.nodes.slice(0, columnsOf(graph).base) : [];
}

/** New documents move nothing: the server is asked again only where something has no place yet, and told what has. */
async function placesOf(nodes: readonly EntitySummary[]): Promise<Data["places"]> {
  if (nodes.length <= MOST_LAID_OUT_HERE) return undefined;
  const places = shown()?.places;
  if (places && nodes.every(({ id }) => places.has(id))) return places;
  return askPlaces(nodes, new Map([...(places ?? []), ...store.get().scene.pinned]));
}

/** @param from where entities are already; those that the user has put somewhere stay there */
async function askPlaces(
  nodes: readonly EntitySummary[],
  from: ReadonlyMap<string, Point> = store.get().scene.pinned,
): Promise<Data["places"]> {
  const { pinned } = store.get().scene;
  const there = nodes.flatMap(({ id }) => {
    const at = from.get(id);
    return at ? [{ id, ...at }] : [];
  });
  const request = {
    ids: there.map(({ id }) => id),
    x: there.map(({ x }) => x),
    y: there.map(({ y }) => y),
    pinned: there.flatMap(({ id }, place) => (pinned.has(id) ? [place] : [])),
  };
  const layout = await api.layout(there.length > 0 ? request : undefined).catch(() => undefined);
  if (layout?.x.length !== nodes.length) return undefined;
  return new Map(nodes.map(({ id }, row) => [id, { x: layout.x[row] as number, y: layout.y[row] as number }]));
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
let waiting = false;

/** Asks for the server until it is back, less and less often; then loads what is missing. */
function lost(): void {
  store.update(setOnline(false));
  if (waiting) return;
  waiting = true;
  const ask = (wait: number) =>
    setTimeout(() => {
      api.health().then(
        () => {
          waiting = false;
          store.update(setOnline(true));
          answers.retry();
          if (store.get().load.status !== "ready") void load();
        },
        () => ask(Math.min(wait * 1.6, LONGEST_WAIT_MS)),
      );
    }, wait);
  ask(FIRST_WAIT_MS);
}

followLink(store, stage);
rememberTheme(store);
followAnalysis(store);
void load().then(start);
followLive(store, { refresh: () => void load(), lost });

if (new URLSearchParams(location.search).has("test")) {
  Object.assign(window, {
    entente: {
      store,
      stage,
      get graph() {
        return stage.graph();
      },
      get sigma() {
        const renderer = stage.renderer();
        return renderer && "sigma" in renderer ? (renderer.sigma as () => unknown)() : undefined;
      },
      px: (id: string, t = 0.5) => stage.renderer()?.positionOf(id) ?? stage.renderer()?.pointOn(id, t),
    },
  });
}

const refresh = () => void load();

const reload = () => {
  store.update((state) => (state.load.status === "ready" ? state : setLoad({ status: "loading" })(state)));
  void load();
};

/** The page takes so long at most to come when the drawing does not. */
const FIRST_DRAWN_MS = 400;

/** The drawing comes before the page around it, where the page will begin with one. */
async function start(): Promise<void> {
  const { view, comparison } = store.get();
  const first = document.getElementById("first");
  if (first && (shown()?.graph.nodes.length ?? 0) > 0 && view === "graph" && comparison?.shown !== "sides") {
    document.getElementById("root")?.replaceChildren();
    first.hidden = false;
    const notice = first.querySelector<HTMLElement>(".notice");
    const graph = shown()?.graph;
    if (notice && graph?.truncated) {
      notice.hidden = false;
      notice.textContent = partText(graph);
    }
    stage.mount(first.querySelector(".canvas") as HTMLElement);
    await Promise.race([stage.drawn, new Promise((resolve) => setTimeout(resolve, FIRST_DRAWN_MS))]);
  }
  const page = await import("./app/page.tsx").catch(() => {
    // The server went away in between: all begins again once it is back.
    lost();
    store.subscribe(() => store.get().online && location.reload());
  });
  page?.showPage({ store, stage, answers, reload, refresh });
}
