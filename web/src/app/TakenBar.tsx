/** What can be done with the entities that are taken, over the drawing. */
import { Button, Toolbar } from "react-aria-components";
import { actionsFor, letGo, taken } from "../state/actions.ts";
import { indexOf } from "../state/visible.ts";
import { count } from "../text/words.ts";
import { useApp, useFollowing, useReady } from "./app-context.ts";
import { Icon, type IconName } from "./icons.tsx";

const ICONS: Readonly<Record<ReturnType<typeof actionsFor>[number]["name"], IconName>> = {
  expand: "plus",
  collapse: "minus",
  unfold: "plus",
  isolate: "focus",
  hide: "hide",
  release: "pin",
};

export function TakenBar() {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useFollowing((state) => state.scene);
  const selection = useFollowing((state) => state.selection);
  const ids = taken({ scene, selection });
  if (ids.size === 0) return null;
  const [only] = ids;
  const name = ids.size === 1 ? (indexOf(data.graph).nodes.get(only ?? "")?.name ?? only) : count(ids.size, "entity", "entities");
  return (
    <div className="taken">
      <Toolbar className="taken-bar" aria-label={`${name} taken`}>
        <span className="taken-name">{name}</span>
        {actionsFor({ ...store.get(), scene, selection }).map(({ name: action, label, hint, key, does }) => (
          <Button key={action} className="taken-button" aria-keyshortcuts={key} onPress={() => store.update(does)}>
            <Icon name={ICONS[action]} size={15} />
            <span {...(hint ? { title: `${hint} (${key.toUpperCase()})` } : { title: key.toUpperCase() })}>{label}</span>
          </Button>
        ))}
        <Button className="taken-button" aria-label="Take nothing" onPress={() => store.update(letGo)}>
          <Icon name="close" size={15} />
        </Button>
      </Toolbar>
    </div>
  );
}
