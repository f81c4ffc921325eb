/** What several panels are made of: links to entities, waiting and failing, badges, the list of documents. */
import { useState } from "react";
import { Button } from "react-aria-components";
import type { DocumentSummary } from "../../../src/model/api.ts";
import type { EntityId, EntityKind } from "../../../src/model/graph.ts";
import type { Answer } from "../app/answers.ts";
import { useApp, useReady, useSelected } from "../app/app-context.ts";
import { Icon, KindMark } from "../app/icons.tsx";
import { select, setHover } from "../state/state.ts";
import { writeLink } from "../state/url.ts";
import { shortDay } from "../text/dates.ts";
import { count, figure } from "../text/words.ts";

interface EntityLinkProps {
  readonly id: EntityId;
  readonly kind: EntityKind;
  readonly name: string;
  readonly size?: number;
}

export function EntityLink({ id, kind, name, size = 20 }: EntityLinkProps) {
  const { store } = useApp();
  const { look } = useReady();
  return (
    <button
      type="button"
      className="entity-link"
      onClick={() => store.update(select({ type: "entity", id }))}
      onMouseEnter={() => store.update(setHover({ type: "entity", id }))}
      onMouseLeave={() => store.update(setHover(undefined))}
    >
      <KindMark kind={kind} color={look.kind(kind)} size={size} />
      <span>{name}</span>
    </button>
  );
}

interface AnchorProps {
  readonly id: EntityId;
  readonly className: string;
  readonly color: string;
  readonly title: string;
  readonly children: React.ReactNode;
}

/** A mention in running text: a link, so that it wraps with its line and opens in a tab of its own if asked to. */
export function EntityAnchor({ id, className, color, title, children }: AnchorProps) {
  const { store } = useApp();
  const scene = useSelected((state) => state.scene);
  const choose = (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    store.update(select({ type: "entity", id }));
  };
  return (
    <a
      href={writeLink({ scene, selection: { type: "entity", id }, view: "graph" }, undefined)}
      className={className}
      style={{ "--role": color } as React.CSSProperties}
      title={title}
      onClick={choose}
      onMouseEnter={() => store.update(setHover({ type: "entity", id }))}
      onMouseLeave={() => store.update(setHover(undefined))}
    >
      {children}
    </a>
  );
}

export function Loading() {
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">Loading</span>
      <div />
      <div />
      <div />
    </div>
  );
}

interface SomeProps<T> {
  readonly of: readonly T[];
  /** As many at first. */
  readonly most?: number;
  readonly children: (item: T) => React.ReactNode;
}

/** The first items of a long list, and a last one that brings in more. */
export function Some<T>({ of, most = 8, children }: SomeProps<T>) {
  const [length, setLength] = useState(most);
  return (
    <>
      {of.slice(0, length).map(children)}
      {of.length > length && (
        <li className="more-rows">
          <button type="button" className="text-button" onClick={() => setLength(length + 5 * most)}>
            {figure(of.length - length)} more
          </button>
        </li>
      )}
    </>
  );
}

/** Shows the answer once it is there; until then that it is on its way, or why it did not come. */
export function Answered<T>({ answer, children }: { readonly answer: Answer<T>; readonly children: (data: T) => React.ReactNode }) {
  const { answers } = useApp();
  if (answer.status === "ready") return children(answer.data);
  if (answer.status === "loading") return <Loading />;
  return (
    <div className="panel-failure" role="alert">
      <p>{answer.message}</p>
      <Button className="button" onPress={answers.retry}>
        Try again
      </Button>
    </div>
  );
}

export function Badge({ children, tone }: { readonly children: React.ReactNode; readonly tone?: "caution" | "denied" }) {
  return <span className={`badge${tone ? ` is-${tone}` : ""}`}>{children}</span>;
}

export function DocumentList({ documents }: { readonly documents: readonly DocumentSummary[] }) {
  const { store } = useApp();
  return (
    <ul className="document-list">
      <Some of={documents} most={12}>
        {(document) => (
          <li key={document.id}>
            <button type="button" className="document-link" onClick={() => store.update(select({ type: "document", id: document.id }))}>
              <Icon name="document" size={18} />
              <span>
                <span className="document-title">{document.title}</span>
                <span className="document-facts">
                  {[document.source, document.date && shortDay(document.date), count(document.claims, "claim")].filter(Boolean).join(" · ")}
                </span>
              </span>
            </button>
          </li>
        )}
      </Some>
    </ul>
  );
}

/** A link out of the page, only to the web. */
export function SourceLink({ url, children }: { readonly url: string; readonly children: React.ReactNode }) {
  if (!/^https?:\/\//.test(url)) return null;
  return (
    <a className="source-link" href={url} target="_blank" rel="noopener noreferrer">
      {children} <Icon name="external" size={14} />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
