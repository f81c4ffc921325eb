/** The view as a link: what is filtered, selected and looked at, written to and read from the page's query string. */
import { ENTITY_KINDS, type EntityId, MODALITIES } from "../../../src/model/graph.ts";
import {
  ARRANGEMENTS,
  FULL_SCENE,
  MOST_EXPANDED,
  NOTHING,
  type Point,
  type Scene,
  type Selection,
  STANDINGS,
  type State,
  type View,
} from "./state.ts";

/** Where the camera is, as Sigma counts: a point of the framed graph and a zoom ratio (1: all of it). */
export interface Camera extends Point {
  readonly ratio: number;
}

export interface Link {
  readonly scene: Scene;
  readonly selection: Selection;
  readonly view: View;
  readonly camera?: Camera;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function list(parameters: URLSearchParams, name: string): string[] {
  return parameters.get(name)?.split(",").filter(Boolean) ?? [];
}

function numbers(text: string | null | undefined, count: number): number[] | undefined {
  const values = text?.split(",").map(Number) ?? [];
  return values.length === count && values.every(Number.isFinite) ? values : undefined;
}

function readSelection(parameters: URLSearchParams): Selection {
  const entity = parameters.get("entity");
  if (entity) return { type: "entity", id: entity as EntityId };
  const edge = parameters.get("edge");
  if (edge) return { type: "edge", id: edge };
  const document = parameters.get("document");
  const claim = parameters.get("claim");
  if (document) return claim ? { type: "document", id: document, claim } : { type: "document", id: document };
  const [from, to] = list(parameters, "path");
  if (from && to) return { type: "path", from: from as EntityId, to: to as EntityId };
  return NOTHING;
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
  const pinned = new Map<EntityId, Point>();
  for (const pin of parameters.getAll("pin")) {
    const [id, at] = pin.split("@");
    const [x, y] = numbers(at, 2) ?? [];
    if (id && x !== undefined && y !== undefined) pinned.set(id as EntityId, { x, y });
  }
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
  return {
    scene,
    selection: readSelection(parameters),
    view: parameters.get("view") === "table" ? "table" : "graph",
    ...(camera ? { camera: { x: camera[0] as number, y: camera[1] as number, ratio: camera[2] as number } } : {}),
  };
}

/** Writes the query string ("" or "?..."), parameters that do not belong to the view kept. */
export function writeLink(
  state: Pick<State, "scene" | "selection" | "view">,
  camera: Camera | undefined,
  keep: readonly (readonly [string, string])[] = [],
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
      break;
    case "path":
      put("path", `${selection.from},${selection.to}`);
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
  put("hide-entities", [...scene.hiddenEntities].toSorted().join(","));
  put("focus", scene.focus);
  put("only", [...(scene.isolated ?? [])].toSorted().join(","));
  // In the order they were asked for: each brings in what the ones before did not.
  put("expand", [...scene.expanded].map(([id, count]) => `${id}@${count}`).join(","));
  put("collapse", [...scene.collapsed].toSorted().join(","));
  put("mark", [...scene.marked].toSorted().join(","));
  if (scene.arrangement !== "force") put("layout", scene.arrangement);
  for (const [id, at] of [...scene.pinned].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    put("pin", `${id}@${at.x.toFixed(1)},${at.y.toFixed(1)}`);
  if (camera && (Math.abs(camera.ratio - 1) > 1e-3 || Math.hypot(camera.x - 0.5, camera.y - 0.5) > 1e-3)) {
    put("camera", [camera.x, camera.y, camera.ratio].map((value) => value.toFixed(4)).join(","));
  }
  const query = [...keep, ...parts].map(([name, value]) => `${encodeURIComponent(name)}=${readable(value)}`).join("&");
  return query ? `?${query}` : "";
}

/** Percent-encoding that leaves alone what a query string may hold as it is. */
function readable(value: string): string {
  return encodeURIComponent(value).replace(/%(3A|2C|40|2F|7E)/g, (code) => decodeURIComponent(code));
}

/** The filter as the server's own query parameters, for exports. What the server cannot filter (single hidden entities) stays in. */
export function exportParameters(scene: Scene, relations: readonly string[]): Record<string, string> {
  const modalities = MODALITIES.filter((modality) => !scene.hiddenStandings.has(modality));
  return {
    ...(scene.hiddenKinds.size > 0 ? { kind: ENTITY_KINDS.filter((kind) => !scene.hiddenKinds.has(kind)).join(",") } : {}),
    ...(scene.hiddenRelations.size > 0 ? { relation: relations.filter((name) => !scene.hiddenRelations.has(name)).join(",") } : {}),
    ...scene.window,
    ...(scene.hiddenStandings.has("negated") ? { polarity: "affirmed" } : {}),
    ...(modalities.length < MODALITIES.length ? { modality: modalities.join(",") } : {}),
    ...(scene.minConfidence > 0 ? { confidence: String(scene.minConfidence) } : {}),
    ...(scene.focus ? { ego: scene.focus } : {}),
  };
}

export function isFullScene(scene: Scene): boolean {
  return (
    scene.hiddenKinds.size === 0 &&
    scene.hiddenRelations.size === 0 &&
    scene.hiddenStandings.size === 0 &&
    scene.window === FULL_SCENE.window &&
    scene.undated &&
    scene.minConfidence === 0 &&
    scene.hiddenEntities.size === 0 &&
    scene.focus === undefined &&
    scene.isolated === undefined &&
    scene.expanded.size === 0 &&
    scene.collapsed.size === 0
  );
}
