/** All that the viewer knows, in one immutable value, and the pure updates that change it. */
import type { DocumentSummary, GraphAnswer, OntologyAnswer, StatsAnswer } from "../../../src/model/api.ts";
import type { EntityId, EntityKind, Modality, Polarity } from "../../../src/model/graph.ts";
import type { Span } from "../../../src/model/text.ts";

/** Days, both inclusive, YYYY-MM-DD. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** How a claim stands: what it says of the world. A negated claim is `negated`, whatever its modality. */
export const STANDINGS = ["happened", "planned", "called-for", "hypothetical", "alleged", "negated"] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(claim: { readonly polarity: Polarity; readonly modality: Modality }): Standing {
  return claim.polarity === "negated" ? "negated" : claim.modality;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What decides which part of the graph is drawn: the part that undo and redo move through. */
export interface Scene {
  readonly hiddenKinds: ReadonlySet<EntityKind>;
  readonly hiddenRelations: ReadonlySet<string>;
  readonly hiddenStandings: ReadonlySet<Standing>;
  /** Absent: all time. */
  readonly window?: Window;
  /** Whether claims without a date are drawn. */
  readonly undated: boolean;
  readonly minConfidence: number;
  /** Outlets whose claims are not counted; "" stands for documents that name none. */
  readonly hiddenOutlets: ReadonlySet<string>;
  /** Communities that are not drawn, by their leading entity. */
  readonly hiddenCommunities: ReadonlySet<string>;
  /** Fewest relations of an entity in the whole graph. */
  readonly minDegree: number;
  readonly hiddenEntities: ReadonlySet<EntityId>;
  /** Only this entity and its neighbours. */
  readonly focus?: EntityId;
  /** Only these entities; absent for all. */
  readonly isolated?: ReadonlySet<EntityId>;
  /** How many of its neighbours, the most reported first, an entity brings in beyond what is shown anyway. */
  readonly expanded: ReadonlyMap<EntityId, number>;
  /** Entities whose neighbours are folded into them: those that no other shown entity holds. */
  readonly collapsed: ReadonlySet<EntityId>;
  /** Entities taken together, for what is done to several at once. */
  readonly marked: ReadonlySet<EntityId>;
  /** Where the user put a node, in graph coordinates. */
  readonly pinned: ReadonlyMap<EntityId, Point>;
  readonly arrangement: Arrangement;
}

/** By forces, or on a circle with the kinds side by side. */
export const ARRANGEMENTS = ["force", "circle"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

export const FULL_SCENE: Scene = {
  hiddenKinds: new Set(),
  hiddenRelations: new Set(),
  hiddenStandings: new Set(),
  undated: true,
  minConfidence: 0,
  hiddenOutlets: new Set(),
  hiddenCommunities: new Set(),
  minDegree: 0,
  hiddenEntities: new Set(),
  expanded: new Map(),
  collapsed: new Set(),
  marked: new Set(),
  pinned: new Map(),
  arrangement: "force",
};

export type Selection =
  | { readonly type: "none" }
  | { readonly type: "entity"; readonly id: EntityId }
  | { readonly type: "edge"; readonly id: string }
  /** A document, at the sentence of one of its claims, at a sentence that was found, or from the top. */
  | { readonly type: "document"; readonly id: string; readonly claim?: string; readonly at?: Span }
  /** The shortest ways from each of two or more entities to the next. */
  | { readonly type: "path"; readonly stops: readonly EntityId[] }
  /** A query in openCypher, as it was last run. */
  | { readonly type: "query"; readonly statement: string }
  /** Two periods or two outlets against each other. */
  | { readonly type: "comparison" }
  /** Communities and measures. */
  | { readonly type: "analysis" };

export const NOTHING: Selection = { type: "none" };

/** What decides a node's colour and size. */
export const COLORINGS = ["kind", "community"] as const;
export const SIZINGS = ["degree", "mentions", "betweenness", "pagerank"] as const;
export interface Appearance {
  readonly coloring: (typeof COLORINGS)[number];
  readonly sizing: (typeof SIZINGS)[number];
}

/** What is set against what; claims of `left` that `right` has not are gone, the other way round they are new. */
export type Comparison = { readonly shown: "difference" | "sides" } & (
  | { readonly by: "period"; readonly left: Window; readonly right: Window }
  | { readonly by: "outlet"; readonly left: string; readonly right: string }
);

export type Hover = { readonly type: "entity"; readonly id: EntityId } | { readonly type: "edge"; readonly id: string } | undefined;

/** What was loaded from the server. */
export interface Data {
  readonly ontology: OntologyAnswer;
  readonly graph: GraphAnswer;
  readonly stats: StatsAnswer;
  readonly documents: readonly DocumentSummary[];
  /** Where the server has put the entities of a large graph. */
  readonly places?: ReadonlyMap<string, Point> | undefined;
}

export type Load =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly message: string }
  | { readonly status: "ready"; readonly data: Data };

export type View = "graph" | "table";
export type Theme = "auto" | "light" | "dark";

/** A document that came in while the page was open. */
export interface News {
  readonly id: string;
  readonly title: string;
}

const MOST_NEWS = 50;

export interface State {
  readonly load: Load;
  /** False when the browser gives no WebGL to draw with. */
  readonly drawable: boolean;
  /** False while the server does not answer; what is loaded stays usable. */
  readonly online: boolean;
  readonly scene: Scene;
  readonly past: readonly Scene[];
  readonly future: readonly Scene[];
  readonly appearance: Appearance;
  /** The graph that was analysed last; `analysisOf` tells what was found. */
  readonly analysed: GraphAnswer | undefined;
  /** What the page tells the user in passing. */
  readonly said: string | undefined;
  /** Documents that came in since the user last looked, the latest last. */
  readonly news: readonly News[];
  /** Absent: nothing is compared. */
  readonly comparison: Comparison | undefined;
  readonly selection: Selection;
  /** What was selected before, the latest last: where "Back" leads. */
  readonly trail: readonly Selection[];
  readonly hover: Hover;
  /** The time window while it is being moved over a large graph: the drawing follows at once, all else when it rests. */
  readonly moving: Window | undefined;
  /** Edges and entities drawn as chosen besides the selection: those of the open document, path or answer. */
  readonly spotlight: ReadonlySet<string> | undefined;
  readonly view: View;
  readonly theme: Theme;
  /** Whether the list of keys is open. */
  readonly help: boolean;
}

export const INITIAL: State = {
  load: { status: "loading" },
  drawable: true,
  online: true,
  scene: FULL_SCENE,
  past: [],
  future: [],
  appearance: { coloring: "kind", sizing: "degree" },
  analysed: undefined,
  news: [],
  said: undefined,
  comparison: undefined,
  selection: NOTHING,
  trail: [],
  hover: undefined,
  moving: undefined,
  spotlight: undefined,
  view: "graph",
  theme: "auto",
  help: false,
};

export type Update = (state: State) => State;

const NONE: ReadonlySet<EntityId> = new Set();

const HISTORY_LIMIT = 100;
const TRAIL_LIMIT = 50;

/** Changes the scene so that undo can take it back. `merge`: replace the last step instead of adding one (a slider on its way). */
export function changeScene(change: (scene: Scene) => Scene, merge = false): Update {
  return (state) => {
    const scene = change(state.scene);
    if (scene === state.scene) return state;
    const past = merge && state.past.length > 0 ? state.past : [...state.past.slice(1 - HISTORY_LIMIT), state.scene];
    return { ...state, scene, past, future: [], hover: undefined };
  };
}

export const undo: Update = (state) => {
  const scene = state.past.at(-1);
  return scene ? { ...state, scene, past: state.past.slice(0, -1), future: [state.scene, ...state.future], hover: undefined } : state;
};

export const redo: Update = (state) => {
  const [scene, ...future] = state.future;
  return scene ? { ...state, scene, past: [...state.past, state.scene], future, hover: undefined } : state;
};

function toggled<T>(set: ReadonlySet<T>, items: Iterable<T>, present: boolean): ReadonlySet<T> {
  const next = new Set(set);
  for (const item of items) {
    if (present) next.add(item);
    else next.delete(item);
  }
  return next;
}

export const showKinds = (kinds: readonly EntityKind[], shown: boolean) =>
  changeScene((scene) => ({ ...scene, hiddenKinds: toggled(scene.hiddenKinds, kinds, !shown) }));

export const showRelations = (relations: readonly string[], shown: boolean) =>
  changeScene((scene) => ({ ...scene, hiddenRelations: toggled(scene.hiddenRelations, relations, !shown) }));

export const onlyRelations = (relations: readonly string[], all: readonly string[]) =>
  changeScene((scene) => ({ ...scene, hiddenRelations: new Set(all.filter((name) => !relations.includes(name))) }));

export const showStandings = (standings: readonly Standing[], shown: boolean) =>
  changeScene((scene) => ({ ...scene, hiddenStandings: toggled(scene.hiddenStandings, standings, !shown) }));

export const showUndated = (undated: boolean) => changeScene((scene) => (scene.undated === undated ? scene : { ...scene, undated }));

export const showOutlets = (outlets: readonly string[], shown: boolean) =>
  changeScene((scene) => ({ ...scene, hiddenOutlets: toggled(scene.hiddenOutlets, outlets, !shown) }));

export const onlyOutlets = (outlets: readonly string[], all: readonly string[]) =>
  changeScene((scene) => ({ ...scene, hiddenOutlets: new Set(all.filter((name) => !outlets.includes(name))) }));

export const showCommunities = (leaders: readonly string[], shown: boolean) =>
  changeScene((scene) => ({ ...scene, hiddenCommunities: toggled(scene.hiddenCommunities, leaders, !shown) }));

export const setMinDegree = (minDegree: number, merge = false) => changeScene((scene) => ({ ...scene, minDegree }), merge);

export const setMinConfidence = (minConfidence: number, merge = false) => changeScene((scene) => ({ ...scene, minConfidence }), merge);

export const setWindow = (window: Window | undefined, merge = false) =>
  changeScene((scene) => {
    const { window: _, ...rest } = scene;
    return window ? { ...rest, window } : rest;
  }, merge);

export const hideEntities = (ids: Iterable<EntityId>): Update => {
  const hide = changeScene((scene) => ({ ...scene, hiddenEntities: toggled(scene.hiddenEntities, ids, true), marked: NONE }));
  return (state) => select(NOTHING)(hide(state));
};

export const hideEntity = (id: EntityId): Update => hideEntities([id]);

export const unhideEntities = changeScene((scene) => ({ ...scene, hiddenEntities: new Set() }));

export const focusOn = (id: EntityId | undefined) =>
  changeScene((scene) => {
    const { focus: _, ...rest } = scene;
    return id ? { ...rest, focus: id } : rest;
  });

/** Shows these entities alone; none for all again. */
export const isolate = (ids: ReadonlySet<EntityId>) =>
  changeScene((scene) => {
    const { isolated: _, ...rest } = scene;
    return { ...rest, marked: NONE, ...(ids.size > 0 ? { isolated: new Set(ids) } : {}) };
  });

/** How many neighbours one step of expanding brings in. */
export const EXPANSION = 25;
/** How many it may bring in altogether. */
export const MOST_EXPANDED = 500;

/** Brings in an entity's next neighbours, and unfolds it. `merge`: as part of the last step. */
export const expand = (id: EntityId, merge = false) =>
  changeScene((scene) => {
    const expanded = new Map(scene.expanded);
    expanded.set(id, Math.min(MOST_EXPANDED, (expanded.get(id) ?? 0) + EXPANSION));
    return { ...scene, expanded, collapsed: toggled(scene.collapsed, [id], false) };
  }, merge);

/** Folds an entity's neighbours into it, and takes back what expanding brought in; or unfolds it. */
export const collapse = (ids: Iterable<EntityId>, folded: boolean) =>
  changeScene((scene) => {
    const expanded = new Map(scene.expanded);
    for (const id of ids) expanded.delete(id);
    return { ...scene, expanded, collapsed: toggled(scene.collapsed, ids, folded) };
  });

/** Takes entities together: alone, or `also` besides those that are. */
export const mark = (ids: Iterable<EntityId>, also = false) =>
  changeScene((scene) => {
    const marked = also ? toggled(scene.marked, ids, true) : new Set(ids);
    return marked.size === scene.marked.size && [...marked].every((id) => scene.marked.has(id)) ? scene : { ...scene, marked };
  });

export const toggleMark = (id: EntityId) =>
  changeScene((scene) => ({ ...scene, marked: toggled(scene.marked, [id], !scene.marked.has(id)) }));

export const arrange = (arrangement: Arrangement) =>
  changeScene((scene) => (scene.arrangement === arrangement ? scene : { ...scene, arrangement, pinned: new Map() }));

/** Puts a node where the user left it; undefined lets it go. */
export const pin = (id: EntityId, at: Point | undefined) => pinAll([[id, at]]);

/** The same for several, as one step. */
export const pinAll = (places: Iterable<readonly [EntityId, Point | undefined]>) =>
  changeScene((scene) => {
    const pinned = new Map(scene.pinned);
    for (const [id, at] of places) {
      if (at) pinned.set(id, at);
      else pinned.delete(id);
    }
    return { ...scene, pinned };
  });

/** Shows everything again; what was dragged stays where it is. */
export const resetScene = changeScene(({ pinned, arrangement }) => ({ ...FULL_SCENE, pinned, arrangement }));

export function sameSelection(left: Selection, right: Selection): boolean {
  if (left.type !== right.type) return false;
  if (left.type === "none") return true;
  if (left.type === "path" && right.type === "path") return left.stops.join() === right.stops.join();
  if (left.type === "query" && right.type === "query") return left.statement === right.statement;
  if (left.type === "document" && right.type === "document")
    return left.id === right.id && left.claim === right.claim && left.at?.start === right.at?.start;
  return !("id" in left) || ("id" in right && left.id === right.id);
}

export const select =
  (selection: Selection): Update =>
  (state) => {
    if (sameSelection(state.selection, selection)) return state;
    const trail =
      selection.type === "none"
        ? []
        : state.selection.type === "none"
          ? state.trail
          : [...state.trail.slice(1 - TRAIL_LIMIT), state.selection];
    return { ...state, selection, trail, spotlight: undefined };
  };

/** Back to what was selected before. */
export const back: Update = (state) => ({
  ...state,
  selection: state.trail.at(-1) ?? NOTHING,
  trail: state.trail.slice(0, -1),
  spotlight: undefined,
});

export const setHover =
  (hover: Hover): Update =>
  (state) =>
    state.hover?.type === hover?.type && state.hover?.id === hover?.id ? state : { ...state, hover };

export const setMoving =
  (moving: Window | undefined): Update =>
  (state) =>
    state.moving === moving ? state : { ...state, moving };

export const setSpotlight =
  (spotlight: ReadonlySet<string> | undefined): Update =>
  (state) =>
    state.spotlight === spotlight ? state : { ...state, spotlight };

export const setLoad =
  (load: Load): Update =>
  (state) => ({ ...state, load });

export const setOnline =
  (online: boolean): Update =>
  (state) =>
    state.online === online ? state : { ...state, online };

export const setDrawable =
  (drawable: boolean): Update =>
  (state) => ({ ...state, drawable });

export const setView =
  (view: View): Update =>
  (state) => ({ ...state, view, hover: undefined });

export const setAppearance =
  (appearance: Partial<Appearance>): Update =>
  (state) => ({ ...state, appearance: { ...state.appearance, ...appearance } });

export const setAnalysed =
  (analysed: GraphAnswer): Update =>
  (state) => ({ ...state, analysed });

export const say =
  (said: string | undefined): Update =>
  (state) => ({ ...state, said });

export const addNews =
  (news: readonly News[]): Update =>
  (state) => ({ ...state, news: [...state.news, ...news].slice(-MOST_NEWS) });

export const clearNews: Update = (state) => ({ ...state, news: [] });

export const compare =
  (comparison: Comparison | undefined): Update =>
  (state) => ({ ...state, comparison });

export const setHelp =
  (help: boolean): Update =>
  (state) => ({ ...state, help });

export const setTheme =
  (theme: Theme): Update =>
  (state) => ({ ...state, theme });
