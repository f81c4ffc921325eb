/** The panel beside the graph: what is selected, told in full. */
import { Button } from "react-aria-components";
import { back, NOTHING, select } from "../state/state.ts";
import { useApp, useSelected } from "../app/app-context.ts";
import { Icon } from "../app/icons.tsx";
import { DocumentPanel } from "./DocumentPanel.tsx";
import { EdgePanel } from "./EdgePanel.tsx";
import { EntityPanel } from "./EntityPanel.tsx";
import { Overview } from "./Overview.tsx";
import { PathPanel } from "./PathPanel.tsx";

const TITLES = { none: "Overview", entity: "Entity", edge: "Evidence", document: "Document", path: "Path" } as const;

export function Panel() {
  const { store } = useApp();
  const selection = useSelected((state) => state.selection);
  const hasTrail = useSelected((state) => state.trail.length > 0);
  const key = selection.type === "none" ? "" : "id" in selection ? selection.id : `${selection.from} ${selection.to}`;

  return (
    <aside className="panel" aria-label={TITLES[selection.type]}>
      {selection.type !== "none" && (
        <div className="panel-bar">
          {hasTrail ? (
            <Button className="button is-quiet" onPress={() => store.update(back)}>
              <Icon name="back" size={16} /> Back
            </Button>
          ) : (
            <span className="panel-kind">{TITLES[selection.type]}</span>
          )}
          <Button className="icon-button" aria-label="Close" onPress={() => store.update(select(NOTHING))}>
            <Icon name="close" />
          </Button>
        </div>
      )}
      {/* Takes the focus from the search; a new selection starts at its top. */}
      <div
        className="panel-body"
        tabIndex={-1}
        role="group"
        aria-label={`${TITLES[selection.type]}, details`}
        key={`${selection.type} ${key}`}
      >
        {selection.type === "none" && <Overview />}
        {selection.type === "entity" && <EntityPanel id={selection.id} />}
        {selection.type === "edge" && <EdgePanel id={selection.id} />}
        {selection.type === "document" && <DocumentPanel id={selection.id} claim={selection.claim} />}
        {selection.type === "path" && <PathPanel from={selection.from} to={selection.to} />}
      </div>
    </aside>
  );
}
