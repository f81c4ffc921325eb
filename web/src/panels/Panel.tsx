/** The panel beside the graph: what is selected, told in full. */
import { lazy, Suspense, useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { back, NOTHING, select, type Selection } from "../state/state.ts";
import { useApp, useFollowing } from "../app/app-context.ts";
import { Icon } from "../app/icons.tsx";
import { Later } from "../app/Later.tsx";
import { Boundary } from "./Boundary.tsx";
import { EdgePanel } from "./EdgePanel.tsx";
import { EntityPanel } from "./EntityPanel.tsx";
import { Overview } from "./Overview.tsx";
import { Loading } from "./parts.tsx";

// Not needed for the first picture: loaded after it, so that they are there when the server is not.
const PARTS = {
  analysis: () => import("./AnalysisPanel.tsx"),
  comparison: () => import("./ComparisonPanel.tsx"),
  document: () => import("./DocumentPanel.tsx"),
  path: () => import("./PathPanel.tsx"),
  query: () => import("./QueryPanel.tsx"),
};
const AnalysisPanel = lazy(PARTS.analysis);
const ComparisonPanel = lazy(PARTS.comparison);
const DocumentPanel = lazy(PARTS.document);
const PathPanel = lazy(PARTS.path);
const QueryPanel = lazy(PARTS.query);

const REST_MS = 2500;

/** Fetches the parts that were not loaded with the page, once it has come to rest. */
function useLaterParts(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of Object.values(PARTS)) void part().catch(() => undefined);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, []);
}

const TITLES: Readonly<Record<Selection["type"], string>> = {
  none: "Overview",
  entity: "Entity",
  edge: "Evidence",
  document: "Document",
  path: "Path",
  query: "Query",
  comparison: "Comparison",
  analysis: "Analysis",
};

/** What a panel is about: another one starts at its top. */
function subjectOf(selection: Selection): string {
  return "id" in selection ? `${selection.type} ${selection.id}` : selection.type;
}

export function Panel() {
  const { store, stage } = useApp();
  useLaterParts();
  const selection = useFollowing((state) => state.selection);
  const hasTrail = useFollowing((state) => state.trail.length > 0);
  const framed = useRef(selection);
  useEffect(() => {
    // The panel may have changed the canvas's size.
    if (framed.current !== selection) stage.frame();
    framed.current = selection;
  }, [stage, selection]);

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
      <Later>
        {/* Takes the focus from the search; a new selection starts at its top. */}
        <div className="panel-body" tabIndex={-1} role="group" aria-label={`${TITLES[selection.type]}, details`} key={subjectOf(selection)}>
          <Boundary key={selection.type}>
            <Suspense fallback={<Loading />}>
              <Content selection={selection} />
            </Suspense>
          </Boundary>
        </div>
      </Later>
    </aside>
  );
}

function Content({ selection }: { readonly selection: Selection }) {
  switch (selection.type) {
    case "none":
      return <Overview />;
    case "entity":
      return <EntityPanel id={selection.id} />;
    case "edge":
      return <EdgePanel id={selection.id} />;
    case "document":
      return <DocumentPanel id={selection.id} claim={selection.claim} at={selection.at} />;
    case "path":
      return <PathPanel stops={selection.stops} />;
    case "query":
      return <QueryPanel statement={selection.statement} />;
    case "comparison":
      return <ComparisonPanel />;
    case "analysis":
      return <AnalysisPanel />;
  }
}
