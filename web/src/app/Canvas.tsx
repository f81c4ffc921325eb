/** The drawn graph: mounts the drawing and lets the keyboard walk it. */
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button, ToggleButton } from "react-aria-components";
import type { EntityId } from "../../../src/model/graph.ts";
import { actionsFor } from "../state/actions.ts";
import { arrange, focusOn, resetScene, select, setHover, setView, toggleMark } from "../state/state.ts";
import { visibleOf } from "../state/visible.ts";
import { useApp, useFollowing, useReady, useSelected } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { TakenBar } from "./TakenBar.tsx";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function Canvas() {
  const { store, stage } = useApp();
  const { data } = useReady();
  const holder = useRef<HTMLDivElement>(null);
  const drawable = useSelected((state) => state.drawable);
  const scene = useFollowing((state) => state.scene);
  const visible = visibleOf(data.graph, scene);

  const [lasso, setLasso] = useState(false);
  const settling = useSyncExternalStore(stage.onSettling, stage.isSettling);

  useEffect(() => stage.renderer()?.setLasso(lasso), [stage, lasso]);
  useLayoutEffect(() => (holder.current ? stage.mount(holder.current) : undefined), [stage]);

  /** The shown node that lies nearest in a direction from the one in hand. */
  const step = (direction: readonly [number, number]) => {
    const { hover, selection } = store.get();
    const renderer = stage.renderer();
    const current = hover?.type === "entity" ? hover.id : selection.type === "entity" ? selection.id : undefined;
    const from = current && renderer?.positionOf(current);
    let best: { id: string; cost: number } | undefined;
    for (const id of visible.nodes) {
      const at = renderer?.positionOf(id);
      if (!at || id === current) continue;
      if (!from) {
        const degree = data.graph.nodes.find((node) => node.id === id)?.degree ?? 0;
        if (!best || -degree < best.cost) best = { id, cost: -degree };
        continue;
      }
      const [dx, dy] = [at.x - from.x, at.y - from.y];
      const along = dx * direction[0] + dy * direction[1];
      const across = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
      if (along <= 4 || across > along * 2.5) continue;
      const cost = along + across * 2;
      if (!best || cost < best.cost) best = { id, cost };
    }
    if (!best) return;
    store.update(setHover({ type: "entity", id: best.id as EntityId }));
    renderer?.reveal(best.id);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow) step(arrow);
    else if (event.key === "Enter" || event.key === " ") {
      const { hover } = store.get();
      if (hover) store.update(select(hover));
    } else if (event.key === "+" || event.key === "=") stage.renderer()?.zoom(1 / 1.5);
    else if (event.key === "-") stage.renderer()?.zoom(1.5);
    else if (event.key === "0") stage.renderer()?.fit();
    else if (event.key === "m" || event.key === "M") {
      const { hover, selection } = store.get();
      const at = hover?.type === "entity" ? hover.id : selection.type === "entity" ? selection.id : undefined;
      if (at) store.update(toggleMark(at));
    } else if (event.key === "l") setLasso(!lasso);
    else {
      const action = actionsFor(store.get()).find(({ key }) => key === event.key.toLowerCase());
      if (!action) return;
      store.update(action.does);
    }
    event.preventDefault();
  };

  if (!drawable) {
    return (
      <div className="stage is-message">
        <h2>The graph cannot be drawn here</h2>
        <p>This browser gives no WebGL. The table holds the same entities and relations.</p>
        <Button className="button is-primary" onPress={() => store.update(setView("table"))}>
          Open the table
        </Button>
      </div>
    );
  }
  return (
    <div className="stage">
      {/* An application by its role: it takes the focus and its own keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={holder}
        className="canvas"
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Graph of entities and relations"
        aria-describedby="canvas-help"
        onKeyDown={onKeyDown}
        onBlur={() => store.update(setHover(undefined))}
      />
      <p id="canvas-help" className="sr-only">
        Arrow keys move between entities, Enter opens one, M marks it; E expands, C collapses, U unfolds, I isolates, H hides and P lets go
        what is marked or open; Control Z takes back. Plus and minus zoom, 0 shows everything. The table view holds the same.
      </p>
      {visible.nodes.size === 0 && (
        <div className="nothing" role="status">
          <h2>Nothing matches the filters</h2>
          <Button className="button is-primary" onPress={() => store.update(resetScene)}>
            Show everything
          </Button>
        </div>
      )}
      <div className="stage-tools" role="group" aria-label="Zoom and layout">
        <Button className="icon-button" aria-label="Zoom in" onPress={() => stage.renderer()?.zoom(1 / 1.5)}>
          <Icon name="plus" />
        </Button>
        <Button className="icon-button" aria-label="Zoom out" onPress={() => stage.renderer()?.zoom(1.5)}>
          <Icon name="minus" />
        </Button>
        <Button className="icon-button" aria-label="Show everything in the window" onPress={() => stage.renderer()?.fit()}>
          <Icon name="fit" />
        </Button>
        {settling ? (
          <Button className="icon-button" aria-label="Stop the layout" onPress={() => stage.stopLayout()}>
            <Icon name="pause" />
          </Button>
        ) : (
          <Button className="icon-button" aria-label="Lay out again" onPress={() => stage.relayout()}>
            <Icon name="layout" />
          </Button>
        )}
        <ToggleButton
          className="icon-button"
          aria-label="On a circle by kind"
          isSelected={scene.arrangement === "circle"}
          onChange={(on) => store.update(arrange(on ? "circle" : "force"))}
        >
          <Icon name="circle" />
        </ToggleButton>
        <ToggleButton className="icon-button" aria-label="Draw a line around entities to take them" isSelected={lasso} onChange={setLasso}>
          <Icon name="lasso" />
        </ToggleButton>
      </div>
      <TakenBar />
      {scene.focus && (
        <Button className="button leave-focus" onPress={() => store.update(focusOn(undefined))}>
          Leave the neighbourhood
        </Button>
      )}
    </div>
  );
}
