/** What can be done to the entities that are taken: the marked ones, or else the selected one. All of it can be undone. */
import type { EntityId } from "../../../src/model/graph.ts";
import { columnsOf } from "../graph/columns.ts";
import {
  collapse,
  expand,
  EXPANSION,
  hideEntities,
  isolate,
  mark,
  MOST_EXPANDED,
  NOTHING,
  pinAll,
  select,
  type State,
  type Update,
} from "./state.ts";

export function taken(state: Pick<State, "scene" | "selection">): ReadonlySet<EntityId> {
  const { scene, selection } = state;
  if (scene.marked.size > 0) return scene.marked;
  return new Set(selection.type === "entity" ? [selection.id] : []);
}

export interface Action {
  readonly name: "expand" | "collapse" | "unfold" | "isolate" | "hide" | "release";
  /** Pressed while the graph has the focus. */
  readonly key: string;
  readonly label: string;
  /** Says more where the label alone leaves a question. */
  readonly hint?: string;
  readonly does: Update;
}

/** Whether expanding an entity would bring in anything: not when all is loaded and shown anyway. */
function canGrow({ load, scene }: State, id: EntityId): boolean {
  if (load.status !== "ready") return false;
  const { nodeRow } = columnsOf(load.data.graph);
  const narrowed = scene.focus !== undefined || scene.isolated !== undefined;
  return nodeRow.has(id) && (narrowed || load.data.graph.truncated !== undefined) && (scene.expanded.get(id) ?? 0) < MOST_EXPANDED;
}

/** What can be done now, in the order in which it is offered. */
export function actionsFor(state: State): readonly Action[] {
  const { scene } = state;
  const ids = [...taken(state)];
  if (ids.length === 0) return [];
  const actions: Action[] = [];
  const growing = ids.filter((id) => canGrow(state, id));
  if (growing.length > 0) {
    const more = growing.some((id) => scene.expanded.has(id));
    actions.push({
      name: "expand",
      key: "e",
      label: more ? `${EXPANSION} more` : "Expand",
      hint: `Brings in the ${EXPANSION} neighbours that most is reported of, at most ${MOST_EXPANDED}`,
      does: (state) => growing.reduce((next, id, i) => expand(id, i > 0)(next), state),
    });
  }
  const folded = ids.filter((id) => scene.collapsed.has(id));
  if (folded.length < ids.length) {
    actions.push({
      name: "collapse",
      key: "c",
      label: "Collapse",
      hint: "Folds in the neighbours that nothing else holds",
      does: collapse(ids, true),
    });
  }
  if (folded.length > 0) actions.push({ name: "unfold", key: "u", label: "Unfold", does: collapse(folded, false) });
  actions.push({ name: "isolate", key: "i", label: "Only these", hint: "Hides all other entities", does: isolate(new Set(ids)) });
  actions.push({ name: "hide", key: "h", label: "Hide", does: hideEntities(ids) });
  const pinned = ids.filter((id) => scene.pinned.has(id));
  if (pinned.length > 0) {
    actions.push({ name: "release", key: "p", label: "Let go", hint: "Puts back what was dragged", does: unpin(pinned) });
  }
  return actions;
}

function unpin(ids: readonly EntityId[]): Update {
  return pinAll(ids.map((id) => [id, undefined] as const));
}

/** Takes nothing any more. */
export const letGo: Update = (state) => select(NOTHING)(mark([])(state));
