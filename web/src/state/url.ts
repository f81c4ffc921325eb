/** The view as a link: what is filtered, selected and looked at, written to and read from the page's query string. */
import type { GraphAnswer, OntologyAnswer } from "../../../src/model/api.ts";
import { ENTITY_KINDS, type EntityId, MODALITIES } from "../../../src/model/graph.ts";
import {
  ARRANGEMENTS,
  type Appearance,
  COLORINGS,
  type Comparison,
  FULL_SCENE,
  MOST_EXPANDED,
  NOTHING,
  type Point,
  type Scene,
  type Selection,
  SIZINGS,
  STANDINGS,
  type State,
  type View,
  type Window,
} from "./state.ts";
import { outletsOf, visibleOf } from "./visible.ts";

/** Where the camera is, as Sigma counts: a point of the framed graph and a zoom ratio (1: all of it). */
export interface Camera extends Point {
  readonly ratio: number;
}

export interface Link {
  readonly scene: Scene;
  readonly appearance: Appearance;
  readonly comparison: Comparison | undefined;
  readonly selection: Selection;
  readonly view: View;
  readonly camera?: Camera;
  /** Where every node was drawn, in graph coordinates; absent where the layout is to find out. */
  readonly places?: ReadonlyMap<string, Point>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function list(parameters: URLSearchParams, name: string): string[] {
  return parameters.get(name)?.split(",").filter(Boolean) ?? [];
}

function numbers(text: string | null | undefined, count: number): number[] | undefined {
  const values = text?.split(",").map(Number) ?? [];
  return values.length === count && values.every(Number.isFinite) ? values : undefined;
}

/** Ids with points: "person:x@1.5,-2". */
function placed(entries: readonly string[]): ReadonlyMap<EntityId, Point> {
  const points = new Map<EntityId, Point>();
  for (const entry of entries) {
    const [id, at] = entry.split("@");
    const [x, y] = numbers(at, 2) ?? [];
    if (id && x !== undefined && y !== undefined) points.set(id as EntityId, { x, y });
  }
  return points;
}

function readSelection(parameters: URLSearchParams): Selection {
  const entity = parameters.get("entity");
  if (entity) return { type: "entity", id: entity as EntityId };
  const edge = parameters.get("edge");
  if (edge) return { type: "edge", id: edge };
  const document = parameters.get("document");
  const claim = parameters.get("claim");
  const [start, end] = numbers(parameters.get("at"), 2) ?? [];
  const at = start !== undefined && end !== undefined && start < end ? { start, end } : undefined;
  if (document) return { type: "document", id: document, ...(claim ? { claim } : {}), ...(at ? { at } : {}) };
  const stops = list(parameters, "path") as EntityId[];
  if (parameters.has("path")) return { type: "path", stops };
  const statement = parameters.get("query");
  if (statement !== null) return { type: "query", statement };
  const panel = parameters.get("panel");
  return panel === "comparison" || panel === "analysis" ? { type: panel } : NOTHING;
}

function readPeriod(text: string | null): Window | undefined {
  const [from = "", to = ""] = text?.split("..") ?? [];
  return DAY.test(from) && DAY.test(to) && from <= to ? { from, to } : undefined;
}

function readComparison(parameters: URLSearchParams): Comparison | undefined {
  const by = parameters.get("compare");
  const [left, right] = [parameters.get("left"), parameters.get("right")];
  const shown = parameters.get("sides") === "yes" ? "sides" : "difference";
  if (by === "outlet" && left !== null && right !== null) return { by, left, right, shown };
  const [before, after] = [readPeriod(left), readPeriod(right)];
  return by === "period" && before && after ? { by, left: before, right: after, shown } : undefined;
}

/** Reads a query string; what it does not understand is left out. */
export function readLink(query: string): Link {
  const parameters = new URLSearchParams(query);
  const kinds = new Set<string>(list(parameters, "hide"));
  const standings = new Set<string>(list(parameters, "without"));
  const from = parameters.get("from");
  const to = parameters.get("to");
  const focus = parameters.get("focus");
  const confidence = Number(parameters.get("confidence") ?? 0);
  const degree = Number(parameters.get("degree") ?? 0);
  const pinned = placed(parameters.getAll("pin"));
  const entities = (name: string) => new Set(list(parameters, name) as EntityId[]);
  const expanded = new Map<EntityId, number>();
  for (const [id, count] of list(parameters, "expand").map((text) => text.split("@"))) {
    if (id && Number(count) > 0) expanded.set(id as EntityId, Math.min(MOST_EXPANDED, Math.floor(Number(count))));
  }
  const isolated = entities("only");
  const scene: Scene = {
    hiddenKinds: new Set(ENTITY_KINDS.filter((kind) => kinds.has(kind))),
    hiddenRelations: new Set(list(parameters, "hide-relations")),
    hiddenStandings: new Set(STANDINGS.filter((standing) => standings.has(standing))),
    undated: parameters.get("undated") !== "no",
    minConfidence: confidence > 0 && confidence <= 1 ? confidence : 0,
    // An outlet may bear a comma: one parameter each.
    hiddenOutlets: new Set(parameters.getAll("without-outlet")),
    hiddenCommunities: new Set(list(parameters, "without-community")),
    minDegree: Number.isInteger(degree) && degree > 0 ? degree : 0,
    hiddenEntities: entities("hide-entities"),
    expanded,
    collapsed: entities("collapse"),
    marked: entities("mark"),
    pinned,
    arrangement: ARRANGEMENTS.find((each) => each === parameters.get("layout")) ?? "force",
    ...(from && to && DAY.test(from) && DAY.test(to) && from <= to ? { window: { from, to } } : {}),
    ...(focus ? { focus: focus as EntityId } : {}),
    ...(isolated.size > 0 ? { isolated } : {}),
  };
  const camera = numbers(parameters.get("camera"), 3);
  const places = placed(parameters.getAll("at-place"));
  return {
    scene,
    appearance: {
      coloring: COLORINGS.find((coloring) => coloring === parameters.get("color")) ?? "kind",
      sizing: SIZINGS.find((sizing) => sizing === parameters.get("size")) ?? "degree",
    },
    comparison: readComparison(parameters),
    selection: readSelection(parameters),
    view: parameters.get("view") === "table" ? "table" : "graph",
    ...(places.size > 0 ? { places } : {}),
    ...(camera ? { camera: { x: camera[0] as number, y: camera[1] as number, ratio: camera[2] as number } } : {}),
  };
}

/** Writes the query string ("" or "?..."), parameters that do not belong to the view kept. */
export function writeLink(
  state: Pick<State, "scene" | "selection" | "view"> & Partial<Pick<State, "appearance" | "comparison">>,
  camera: Camera | undefined,
  keep: readonly (readonly [string, string])[] = [],
  places?: ReadonlyMap<string, Point>,
): string {
  const { scene, selection } = state;
  const parts: [string, string][] = [];
  const put = (name: string, value: string | undefined) => {
    if (value) parts.push([name, value]);
  };
  if (state.view === "table") put("view", "table");
  switch (selection.type) {
    case "entity":
      put("entity", selection.id);
      break;
    case "edge":
      put("edge", selection.id);
      break;
    case "document":
      put("document", selection.id);
      put("claim", selection.claim);
      put("at", selection.at && `${selection.at.start},${selection.at.end}`);
      break;
    case "path":
      parts.push(["path", selection.stops.join(",")]);
      break;
    case "query":
      parts.push(["query", selection.statement]);
      break;
    case "comparison":
    case "analysis":
      put("panel", selection.type);
      break;
    case "none":
      break;
  }
  put("hide", [...scene.hiddenKinds].toSorted().join(","));
  put("hide-relations", [...scene.hiddenRelations].toSorted().join(","));
  put("without", [...scene.hiddenStandings].toSorted().join(","));
  put("from", scene.window?.from);
  put("to", scene.window?.to);
  if (!scene.undated) put("undated", "no");
  if (scene.minConfidence > 0) put("confidence", String(scene.minConfidence));
  for (const outlet of [...scene.hiddenOutlets].toSorted()) parts.push(["without-outlet", outlet]);
  put("without-community", [...scene.hiddenCommunities].toSorted().join(","));
  if (scene.minDegree > 0) put("degree", String(scene.minDegree));
  if (state.appearance && state.appearance.coloring !== "kind") put("color", state.appearance.coloring);
  if (state.appearance && state.appearance.sizing !== "degree") put("size", state.appearance.sizing);
  if (state.comparison) {
    const { comparison } = state;
    put("compare", comparison.by);
    for (const side of ["left", "right"] as const) {
      const period = comparison.by === "period" ? comparison[side] : undefined;
      parts.push([side, comparison.by === "outlet" ? comparison[side] : `${period?.from}..${period?.to}`]);
    }
    if (comparison.shown === "sides") put("sides", "yes");
  }
  put("hide-entities", [...scene.hiddenEntities].toSorted().join(","));
  put("focus", scene.focus);
  put("only", [...(scene.isolated ?? [])].toSorted().join(","));
  // In the order they were asked for: each brings in what the ones before did not.
  put("expand", [...scene.expanded].map(([id, count]) => `${id}@${count}`).join(","));
  put("collapse", [...scene.collapsed].toSorted().join(","));
  put("mark", [...scene.marked].toSorted().join(","));
  if (scene.arrangement !== "force") put("layout", scene.arrangement);
  const putPlaces = (name: string, points: ReadonlyMap<string, Point>) => {
    for (const [id, at] of [...points].toSorted(([a], [b]) => (a < b ? -1 : 1))) put(name, `${id}@${at.x.toFixed(1)},${at.y.toFixed(1)}`);
  };
  putPlaces("pin", scene.pinned);
  putPlaces("at-place", places ?? new Map());
  if (camera && (Math.abs(camera.ratio - 1) > 1e-3 || Math.hypot(camera.x - 0.5, camera.y - 0.5) > 1e-3)) {
    put("camera", [camera.x, camera.y, camera.ratio].map((value) => value.toFixed(4)).join(","));
  }
  const query = [...keep, ...parts].map(([name, value]) => `${encodeURIComponent(name)}=${readable(value)}`).join("&");
  return query ? `?${query}` : "";
}

/** Percent-encoding that leaves alone what a query string may hold as it is. */
function readable(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(/%(3A|2C|40|2F|7E)/g, (code) => decodeURIComponent(code));
}

/** Ids that an address can hold: servers take no more than some kilobytes. */
const MOST_NAMED = 200;

/**
 * The filter as the server's own query parameters, for exports.
 * @returns `isWhole`: whether they say all that the scene does; too many entities hidden one by one cannot be named
 */
export function exportParameters(
  graph: GraphAnswer,
  scene: Scene,
  ontology: OntologyAnswer,
): { readonly parameters: readonly (readonly [string, string])[]; readonly isWhole: boolean } {
  const modalities = MODALITIES.filter((modality) => !scene.hiddenStandings.has(modality));
  const relations = ontology.relations.map(({ name }) => name);
  const parameters: [string, string][] = [];
  if (scene.hiddenKinds.size > 0) parameters.push(["kind", ENTITY_KINDS.filter((kind) => !scene.hiddenKinds.has(kind)).join(",")]);
  if (scene.hiddenRelations.size > 0) parameters.push(["relation", relations.filter((name) => !scene.hiddenRelations.has(name)).join(",")]);
  if (scene.window) parameters.push(["from", scene.window.from], ["to", scene.window.to]);
  if (scene.hiddenStandings.has("negated")) parameters.push(["polarity", "affirmed"]);
  if (modalities.length < MODALITIES.length) parameters.push(["modality", modalities.join(",")]);
  if (scene.minConfidence > 0) parameters.push(["confidence", String(scene.minConfidence)]);
  const outlets = outletsOf(graph).flatMap(([outlet]) => (scene.hiddenOutlets.has(outlet) ? [] : [outlet]));
  // The server's list has commas between, and no word for documents that name none.
  const isNameable = scene.hiddenOutlets.size === 0 || outlets.every((outlet) => outlet !== "" && !outlet.includes(","));
  if (scene.hiddenOutlets.size > 0 && isNameable) parameters.push(["outlet", outlets.join(",")]);
  const isByName =
    scene.hiddenEntities.size > 0 ||
    scene.hiddenCommunities.size > 0 ||
    scene.minDegree > 0 ||
    scene.isolated !== undefined ||
    scene.collapsed.size > 0 ||
    (scene.focus !== undefined && scene.expanded.size > 0);
  if (!isByName) {
    if (scene.focus) parameters.push(["ego", scene.focus]);
    return { parameters, isWhole: isNameable };
  }
  const { nodes } = visibleOf(graph, scene);
  if (nodes.size > MOST_NAMED) return { parameters, isWhole: false };
  return { parameters: [...parameters, ["among", [...nodes].toSorted().join(",")]], isWhole: isNameable };
}

export function isFullScene(scene: Scene): boolean {
  return (
    scene.hiddenKinds.size === 0 &&
    scene.hiddenRelations.size === 0 &&
    scene.hiddenStandings.size === 0 &&
    scene.window === FULL_SCENE.window &&
    scene.undated &&
    scene.minConfidence === 0 &&
    scene.hiddenOutlets.size === 0 &&
    scene.hiddenCommunities.size === 0 &&
    scene.minDegree === 0 &&
    scene.hiddenEntities.size === 0 &&
    scene.focus === undefined &&
    scene.isolated === undefined &&
    scene.expanded.size === 0 &&
    scene.collapsed.size === 0
  );
}
