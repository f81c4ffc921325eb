/** The page: what shows while nothing is loaded, and how its parts lie once it is. */
import { lazy, memo, Suspense, useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { Button } from "react-aria-components";
import type { Load } from "../state/state.ts";
import { back, clearNews, NOTHING, redo, say, select, setHelp, undo } from "../state/state.ts";
import { ReadyContext, useApp, useFollowing, useSelected } from "./app-context.ts";
import { Canvas } from "./Canvas.tsx";
import { Chips } from "./Chips.tsx";
import { Filters } from "./Filters.tsx";
import { Header } from "./Header.tsx";
import { ChooseFiles, DropTarget, IntakeList, useFileDrop, useIntake } from "./Intake.tsx";
import { Icon } from "./icons.tsx";
import { Later } from "./Later.tsx";
import { partText } from "./part.ts";
import { Announcer } from "./Announcer.tsx";
import { lookOf } from "./stage.ts";
import { isDark, onSystemScheme } from "./theme.ts";
import { Timeline } from "./Timeline.tsx";
import { Boundary } from "../panels/Boundary.tsx";
import { Panel } from "../panels/Panel.tsx";

// Not needed for the first picture.
const Help = lazy(() => import("./Help.tsx"));
const SideBySide = lazy(() => import("./SideBySide.tsx"));
const TableView = lazy(() => import("./TableView.tsx"));

export function App() {
  const load = useFollowing((state) => state.load);
  // The canvas has taken the drawing out of it.
  useLayoutEffect(() => document.getElementById("first")?.remove(), []);
  if (load.status !== "ready") return <Waiting load={load} />;
  if (load.data.graph.nodes.length === 0) return <EmptyStore />;
  return <Workspace data={load.data} />;
}

// What surrounds the drawing is made anew only when something of its own has changed.
const Top = memo(Header);
const Picture = memo(Canvas);
const Details = memo(Panel);
const Side = memo(function Side() {
  return (
    <aside className="side" aria-label="Legend and filters">
      <Later>
        <Filters />
      </Later>
    </aside>
  );
});
const Time = memo(function Time() {
  return (
    <section className="timeline" aria-label="Timeline">
      <Later>
        <Timeline />
      </Later>
    </section>
  );
});

function Workspace({ data }: { readonly data: Extract<Load, { status: "ready" }>["data"] }) {
  const { store } = useApp();
  const theme = useSelected((state) => state.theme);
  const view = useSelected((state) => state.view);
  const selected = useFollowing((state) => state.selection.type);
  const comparison = useSelected((state) => state.comparison);
  const online = useSelected((state) => state.online);
  const help = useSelected((state) => state.help);
  const dark = useSyncExternalStore(onSystemScheme, () => isDark(theme));
  const ready = useMemo(() => ({ data, look: lookOf(data.ontology, dark) }), [data, dark]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Where it really happened: of the query's editor, which is in a shadow root, `target` tells only its host.
      const [target] = event.composedPath();
      const typing =
        target instanceof HTMLElement &&
        (target.isContentEditable || target.closest("input:not([type=checkbox], [type=range]), select, textarea, dialog, [role=dialog]"));
      if (typing || event.defaultPrevented) return;
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key.toLowerCase() === "z") {
        event.preventDefault();
        store.update(event.shiftKey ? redo : undo);
      } else if (event.key === "?") store.update(setHelp(true));
      else if (event.key === "Escape") store.update(select(NOTHING));
      else if (event.key === "Backspace" && !command) store.update(back);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [store]);

  return (
    <ReadyContext value={ready}>
      <div className="workspace" data-selection={selected} data-view={view}>
        <Top />
        <div className="notices">
          {!online && (
            <p className="notice is-warning" role="status">
              The server does not answer. What is loaded stays usable; trying again.
            </p>
          )}
          {data.graph.truncated && (
            <p className="notice" role="note">
              {partText(data.graph)}
            </p>
          )}
          <News />
        </div>
        <DropTarget />
        <Said />
        <Side />
        <main className="main">
          <Chips />
          <Boundary>
            <Suspense fallback={<div className="stage" />}>
              {view === "table" ? <TableView /> : comparison?.shown === "sides" ? <SideBySide comparison={comparison} /> : <Picture />}
            </Suspense>
          </Boundary>
          <Time />
        </main>
        <Details />
        <Announcer />
        {help && (
          <Suspense>
            <Help />
          </Suspense>
        )}
      </div>
    </ReadyContext>
  );
}

function Brand() {
  return (
    <svg className="waiting-mark" width="56" height="56" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#1f2a44" />
      <path d="M10 21.500 22 10.500" stroke="#e8b04b" strokeWidth="2.600" />
      <circle cx="10" cy="21.500" r="4.500" fill="#fff" />
      <circle cx="22" cy="10.500" r="4.500" fill="#fff" />
    </svg>
  );
}

function Waiting({ load }: { readonly load: Exclude<Load, { status: "ready" }> }) {
  const { reload } = useApp();
  return (
    <main className="waiting">
      <Brand />
      {load.status === "loading" ? (
        <>
          <h1>Entente</h1>
          <p role="status">Loading the graph …</p>
          <div className="progress" aria-hidden="true" />
        </>
      ) : (
        <>
          <h1>The graph cannot be loaded</h1>
          <p role="alert">{load.message}</p>
          <p className="quiet">Is the server running? Start it with</p>
          <pre>
            <code>npm start</code>
          </pre>
          <Button className="button is-primary" onPress={reload}>
            Try again
          </Button>
        </>
      )}
    </main>
  );
}

function EmptyStore() {
  const { reload, refresh } = useApp();
  const { sent, take } = useIntake(refresh);
  const over = useFileDrop(take);
  return (
    <main className={`waiting is-empty${over ? " is-over" : ""}`}>
      <Brand />
      <h1>No documents yet</h1>
      <p>Entente reads news and draws who dealt with whom, with the sentence behind every line. Drop articles here, one a file.</p>
      <ChooseFiles onFiles={take} primary />
      {sent.length > 0 && <IntakeList sent={sent} />}
      <p className="quiet">Plain text and Markdown are read as they are. A whole folder is read by</p>
      <pre>
        <code>entente ingest path/to/articles</code>
      </pre>
      <Button className="button" onPress={reload}>
        Look again
      </Button>
    </main>
  );
}

const SAID_MS = 4000;

/** A few words in passing, gone by themselves. */
function Said() {
  const { store } = useApp();
  const said = useSelected((state) => state.said);
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => store.update(say(undefined)), SAID_MS);
    return () => clearTimeout(timer);
  }, [store, said]);
  return (
    <div className="said" role="status">
      {said && <p>{said}</p>}
    </div>
  );
}

/** Documents that came in while the page was open: which, and a way to see what they say. */
function News() {
  const { store } = useApp();
  const news = useSelected((state) => state.news);
  const [first] = news;
  if (!first) return null;
  const latest = news.at(-1) ?? first;
  return (
    <p className="notice is-news" role="status">
      <span>
        {news.length === 1 ? "A document was read: " : `${news.length} documents were read, the latest: `}
        <button
          type="button"
          className="text-button"
          onClick={() => {
            store.update(select({ type: "document", id: latest.id }));
            store.update(clearNews);
          }}
        >
          {latest.title}
        </button>
      </span>
      <Button className="icon-button is-tight" aria-label="Dismiss" onPress={() => store.update(clearNews)}>
        <Icon name="close" size={14} />
      </Button>
    </p>
  );
}
