/** The filters that are set, each with a way to take it off. */
import { Button } from "react-aria-components";
import {
  changeScene,
  collapse,
  focusOn,
  isolate,
  resetScene,
  setMinConfidence,
  setWindow,
  showKinds,
  showRelations,
  showStandings,
  showUndated,
  unhideEntities,
} from "../state/state.ts";
import { isFullScene } from "../state/url.ts";
import { indexOf } from "../state/visible.ts";
import { spanText } from "../text/dates.ts";
import { count, STANDING_LABELS } from "../text/words.ts";
import { useApp, useFollowing, useReady } from "./app-context.ts";
import { Icon } from "./icons.tsx";

type SceneUpdate = ReturnType<typeof changeScene>;

export function Chips() {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useFollowing((state) => state.scene);
  if (isFullScene(scene)) return null;
  const chips: { text: string; off: SceneUpdate }[] = [];
  if (scene.focus)
    chips.push({ text: `Around ${indexOf(data.graph).nodes.get(scene.focus)?.name ?? scene.focus}`, off: focusOn(undefined) });
  if (scene.window) chips.push({ text: spanText(scene.window.from, scene.window.to), off: setWindow(undefined) });
  if (!scene.undated) chips.push({ text: "Dated only", off: showUndated(true) });
  for (const { kind, label } of data.ontology.kinds)
    if (scene.hiddenKinds.has(kind)) chips.push({ text: `No ${label.toLowerCase()}`, off: showKinds([kind], true) });
  for (const { family, label } of data.ontology.families) {
    const names = data.ontology.relations.filter((relation) => relation.family === family).map((relation) => relation.name);
    const hidden = names.filter((name) => scene.hiddenRelations.has(name));
    if (hidden.length === 0) continue;
    chips.push({
      text: hidden.length === names.length ? `No ${label.toLowerCase()}` : `${label}: ${hidden.length} hidden`,
      off: showRelations(hidden, true),
    });
  }
  for (const standing of scene.hiddenStandings)
    chips.push({ text: `Not “${STANDING_LABELS[standing].toLowerCase()}”`, off: showStandings([standing], true) });
  if (scene.minConfidence > 0) chips.push({ text: `Confidence from ${Math.round(scene.minConfidence * 100)} %`, off: setMinConfidence(0) });
  if (scene.isolated) chips.push({ text: `${count(scene.isolated.size, "entity", "entities")} alone`, off: isolate(new Set()) });
  if (scene.collapsed.size > 0)
    chips.push({ text: `${count(scene.collapsed.size, "entity", "entities")} collapsed`, off: collapse(scene.collapsed, false) });
  if (scene.expanded.size > 0)
    chips.push({ text: `${count(scene.expanded.size, "entity", "entities")} expanded`, off: collapse(scene.expanded.keys(), false) });
  if (scene.hiddenEntities.size > 0)
    chips.push({ text: `${count(scene.hiddenEntities.size, "entity", "entities")} hidden`, off: unhideEntities });
  return (
    <div className="chips" role="group" aria-label="Filters that are set">
      {chips.map(({ text, off }) => (
        <Button key={text} className="chip" aria-label={`Take off the filter: ${text}`} onPress={() => store.update(off)}>
          {text} <Icon name="close" size={12} />
        </Button>
      ))}
      <Button className="chip is-plain" onPress={() => store.update(resetScene)}>
        Show everything
      </Button>
    </div>
  );
}
