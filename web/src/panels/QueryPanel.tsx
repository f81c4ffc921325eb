/** Questions in openCypher: an editor that completes, examples and history, answers as a table and in the graph. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { EntityId } from "../../../src/model/graph.ts";
import { useApp, useReady, useSelected } from "../app/app-context.ts";
import { csv, download } from "../app/tables.ts";
import { Icon } from "../app/icons.tsx";
import { ask, drawnIn, type QueryAnswer, type QueryError, QueryFailure } from "../query/ask.ts";
import { schemaOf } from "../query/completion.ts";
import { createEditor, type Editor } from "../query/editor.ts";
import { EXAMPLES } from "../query/examples.ts";
import { pastQueries, rememberQuery } from "../query/history.ts";
import { isolate, select, setSpotlight } from "../state/state.ts";
import { indexOf } from "../state/visible.ts";
import { count } from "../text/words.ts";
import { cellText, QueryTable } from "./QueryTable.tsx";

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

type Result =
  | { readonly status: "none" }
  | { readonly status: "asking" }
  | { readonly status: "failed"; readonly error: QueryError }
  | { readonly status: "answered"; readonly answer: QueryAnswer };

export default function QueryPanel({ statement }: { readonly statement: string }) {
  const { store } = useApp();
  const { data } = useReady();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  const asking = useRef<AbortController>(undefined);
  const [result, setResult] = useState<Result>({ status: "none" });
  const [past, setPast] = useState(pastQueries);
  const names = useMemo(() => data.graph.nodes.toSorted((a, b) => b.degree - a.degree).map((node) => node.name), [data]);
  const latest = useRef({ schema: schemaOf(data.ontology, names), run: () => {} });

  const run = async () => {
    const text = editor.current?.text().trim() ?? "";
    if (text === "") return;
    asking.current?.abort();
    const current = new AbortController();
    asking.current = current;
    setResult({ status: "asking" });
    editor.current?.mark(undefined);
    store.update(select({ type: "query", statement: text }));
    try {
      const answer = await ask(text, current.signal);
      if (current.signal.aborted) return;
      setPast(rememberQuery(text));
      setResult({ status: "answered", answer });
    } catch (error) {
      if (current.signal.aborted) return;
      if (!(error instanceof QueryFailure)) throw error;
      editor.current?.mark(error.error);
      setResult({ status: "failed", error: error.error });
    }
  };
  useEffect(() => {
    latest.current = { schema: schemaOf(data.ontology, names), run: () => void run() };
  });

  useEffect(() => {
    if (!host.current) return;
    const made = createEditor(host.current, { text: statement, schema: () => latest.current.schema, onRun: () => latest.current.run() });
    editor.current = made;
    if (statement === "") made.focus();
    else latest.current.run();
    return () => {
      asking.current?.abort();
      made.destroy();
    };
    // The statement that the panel opens with; from then on the editor holds it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  // Back in the trail, or the browser's own: another statement than the editor holds.
  useEffect(() => {
    if (!editor.current || statement === editor.current.text().trim()) return;
    editor.current.replace(statement);
    if (statement !== "") latest.current.run();
  }, [statement]);

  const put = (text: string) => {
    editor.current?.replace(text);
    void run();
  };

  return (
    <article className="query">
      <h2 className="panel-title">Ask the graph</h2>
      <p className="lead">
        In openCypher: <code>(a:State)-[r:SIGNED]-&gt;(b)</code>. Labels, relations and names complete as you type.
      </p>
      <div ref={host} className="query-editor" />
      <div className="query-tools">
        <Button className="button is-primary" onPress={() => void run()}>
          <Icon name="play" size={16} /> Run
        </Button>
        <kbd className="quiet">{isApple ? "⌘ ↵" : "Ctrl ↵"}</kbd>
        <span className="grow" />
        <Choices label="Examples" texts={EXAMPLES.map(({ title, statement: text }) => [title, text])} onChoose={put} />
        <Choices label="History" texts={past.map((text) => [text.replace(/\s+/g, " "), text])} onChoose={put} />
      </div>
      <Outcome result={result} />
    </article>
  );
}

interface ChoicesProps {
  readonly label: string;
  /** What is read, and what is put into the editor. */
  readonly texts: readonly (readonly [string, string])[];
  readonly onChoose: (text: string) => void;
}

function Choices({ label, texts, onChoose }: ChoicesProps) {
  return (
    <MenuTrigger>
      <Button className="button is-small" isDisabled={texts.length === 0}>
        {label} <Icon name="down" size={12} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={label} onAction={(key) => onChoose(texts[Number(key)]?.[1] ?? "")}>
          {texts.map(([title, text], index) => (
            <MenuItem key={text} id={String(index)} className="menu-item is-line" textValue={title}>
              {title}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Outcome({ result }: { readonly result: Result }) {
  switch (result.status) {
    case "none":
      return null;
    case "asking":
      return (
        <p className="query-status" role="status">
          Asking …
        </p>
      );
    case "failed": {
      const { line, column, message } = result.error;
      return (
        <div className="query-error" role="alert">
          {line !== undefined && (
            <strong>
              Line {line}, column {column}:{" "}
            </strong>
          )}
          {message}
        </div>
      );
    }
    case "answered":
      return <Answer answer={result.answer} />;
  }
}

function Answer({ answer }: { readonly answer: QueryAnswer }) {
  const { store } = useApp();
  const { data } = useReady();
  const isolated = useSelected((state) => state.scene.isolated);
  const drawn = useMemo(() => {
    const { entities, edges } = drawnIn(data.ontology, answer);
    const index = indexOf(data.graph);
    return {
      entities: new Set([...entities].filter((id) => index.nodes.has(id)) as EntityId[]),
      lit: new Set([...edges, ...entities].filter((id) => index.edges.has(id) || index.nodes.has(id))),
      missing: [...entities].filter((id) => !index.nodes.has(id)).length,
    };
  }, [data, answer]);

  useEffect(() => {
    store.update(setSpotlight(drawn.lit.size > 0 ? drawn.lit : undefined));
    return () => store.update(setSpotlight(undefined));
  }, [store, drawn]);

  const alone = isolated !== undefined && isolated.size === drawn.entities.size && [...drawn.entities].every((id) => isolated.has(id));
  const save = () =>
    download("entente-query.csv", "text/csv", csv([answer.fields, ...answer.rows.map((row) => row.map((value) => cellText(value)))]));
  return (
    <section aria-label="Answer">
      <div className="query-tools">
        <p className="query-status" role="status">
          {count(answer.rows.length, "row")} in {Math.round(answer.took)} ms
          {drawn.missing > 0 && <>; {count(drawn.missing, "entity", "entities")} not in the loaded part of the graph</>}
        </p>
        <span className="grow" />
        {drawn.entities.size > 0 && (
          <Button
            className="button is-small"
            aria-pressed={alone}
            onPress={() => store.update(isolate(alone ? new Set() : drawn.entities))}
          >
            <Icon name="graph" size={16} /> {alone ? "Show all again" : "Only these in the graph"}
          </Button>
        )}
        {answer.rows.length > 0 && (
          <Button className="button is-small" onPress={save}>
            <Icon name="download" size={16} /> CSV
          </Button>
        )}
      </div>
      <QueryTable answer={answer} />
    </section>
  );
}
