/** A document as it was read, every mention and every sentence with a claim marked; its part of the graph lit. */
import { useEffect, useMemo } from "react";
import type { ClaimReport, DocumentAnswer } from "../../../src/model/api.ts";
import type { EntityId } from "../../../src/model/graph.ts";
import type { Span } from "../../../src/model/text.ts";
import { useAnswer, useApp, useReady } from "../app/app-context.ts";
import { RelationMark } from "../app/RelationMark.tsx";
import { select, setHover, setSpotlight, standingOf } from "../state/state.ts";
import { STANDING_DASH } from "../look/look.ts";
import { familiesOf, indexOf } from "../state/visible.ts";
import { longDay } from "../text/dates.ts";
import { pieces } from "../text/marks.ts";
import { count, isSymmetric, relationText, STANDING_LABELS } from "../text/words.ts";
import { Answered, EntityAnchor, SourceLink } from "./parts.tsx";
import { type SmallEdge, SmallGraph, type SmallNode } from "./SmallGraph.tsx";

interface DocumentProps {
  readonly id: string;
  /** The claim at whose sentence to open. */
  readonly claim: string | undefined;
  /** A sentence to open at. */
  readonly at: Span | undefined;
}

export default function DocumentPanel({ id, claim, at }: DocumentProps) {
  const answer = useAnswer("document", id);
  return <Answered answer={answer}>{(document) => <Document document={document} claim={claim} at={at} />}</Answered>;
}

/** A sentence that claims were read from. */
interface Source extends Span {
  readonly type: "sentence";
  readonly claims: readonly ClaimReport[];
}

type Mention = DocumentAnswer["mentions"][number] & { readonly type: "mention" };
type Trigger = Span & { readonly type: "trigger" };
/** The sentence that a search found. */
type Found = Span & { readonly type: "found" };

function sourcesOf(evidence: readonly ClaimReport[]): Source[] {
  const bySentence = Map.groupBy(evidence, ({ sentence }) => `${sentence.start} ${sentence.end}`);
  return [...bySentence.values()].map((claims) => ({ ...(claims[0] as ClaimReport).sentence, type: "sentence", claims }));
}

function Document({ document, claim, at }: { readonly document: DocumentAnswer } & Omit<DocumentProps, "id">) {
  const { store } = useApp();
  const sources = useMemo(() => sourcesOf(document.evidence), [document]);
  const active =
    sources.find((source) => source.claims.some((candidate) => candidate.claim === claim)) ??
    sources.find((source) => source.start === at?.start);

  useEffect(() => {
    store.update(setSpotlight(new Set(document.evidence.map((report) => report.edge))));
    return () => store.update(setSpotlight(undefined));
  }, [store, document]);

  const headline = document.blocks.find((block) => block.kind === "headline");
  const body = document.blocks.filter(
    (block) => block.kind === "paragraph" || block.kind === "list-item" || (block.kind === "headline" && block !== headline),
  );
  const rest = document.blocks.filter(
    (block) => block.kind === "boilerplate" || block.kind === "url" || block.kind === "dateline" || block.kind === "outlet",
  );
  const marked = { document, sources, active, found: active ? undefined : at };
  return (
    <article className="document">
      <header>
        <h2 className="document-headline">{headline ? <Marked block={headline} {...marked} /> : document.title}</h2>
        <p className="document-facts">
          {[document.source, document.date && longDay(document.date)].filter(Boolean).join(" · ")}
          {document.url && (
            <>
              {" · "}
              <SourceLink url={document.url}>original</SourceLink>
            </>
          )}
        </p>
        <p className="document-key">
          <span className="key-sentence">{count(sources.length, "sentence")} with claims</span>
          <span className="key-mention">{count(document.mentions.length, "mention")}</span>
        </p>
        <OwnGraph document={document} />
      </header>
      <div className="document-text">
        {body.map((block) => (
          <div key={block.start} className={`block is-${block.kind}`}>
            <p>
              <Marked block={block} {...marked} />
            </p>
            {sources
              .filter((source) => source.start < block.end && source.end > block.start)
              .map((source) => (
                <Reading key={source.start} source={source} isActive={source === active} />
              ))}
          </div>
        ))}
      </div>
      {rest.length > 0 && (
        <footer className="document-rest">
          {rest.map((block) => (
            <p key={block.start}>{document.text.slice(block.start, block.end)}</p>
          ))}
        </footer>
      )}
    </article>
  );
}

/** With more entities than this, a small drawing says nothing. */
const MOST_DRAWN = 40;

/** The graph that this document alone gives. */
function OwnGraph({ document }: { readonly document: DocumentAnswer }) {
  const { data, look } = useReady();
  const { nodes, edges } = useMemo(() => {
    const families = familiesOf(data.ontology);
    const mentioned = new Map(document.mentions.map((mention) => [mention.entity as string, mention]));
    const index = indexOf(data.graph);
    const drawn = new Map<string, SmallEdge>();
    for (const report of document.evidence) {
      const dash = STANDING_DASH[standingOf(report)];
      drawn.set(report.edge, {
        id: report.edge,
        from: report.subject,
        to: report.object,
        color: look.family(families.get(report.relation) ?? ""),
        arrow: !isSymmetric(data.ontology, report.relation),
        dash: dash && `${dash.period * dash.ink} ${dash.period * (1 - dash.ink)}`,
      });
    }
    const ids = new Set([...drawn.values()].flatMap(({ from, to }) => [from, to]));
    const made = [...ids].map((id): SmallNode => {
      const known = index.nodes.get(id) ?? mentioned.get(id);
      return { id, kind: known?.kind ?? "person", name: known?.name ?? id };
    });
    return { nodes: made, edges: [...drawn.values()] };
  }, [document, data, look]);
  if (edges.length === 0 || nodes.length > MOST_DRAWN) return null;
  return (
    <div className="document-graph">
      <SmallGraph
        label={`The graph of this document: ${count(nodes.length, "entity", "entities")}, ${count(edges.length, "relation")}`}
        nodes={nodes}
        edges={edges}
        width={560}
        height={nodes.length > 8 ? 330 : 220}
      />
    </div>
  );
}

interface MarkedProps {
  readonly block: Span;
  readonly document: DocumentAnswer;
  readonly sources: readonly Source[];
  readonly active: Source | undefined;
  readonly found: Span | undefined;
}

/** The sentence asked for, once it is on the page. */
function comeIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "center", behavior: "instant" });
}

/** A block's text: sentences with claims tinted, mentions as links to their entity. */
function Marked({ block, document, sources, active, found }: MarkedProps) {
  const { look } = useReady();
  const spans: (Source | Mention | Trigger | Found)[] = [
    ...(found ? [{ ...found, type: "found" } as const] : []),
    ...sources,
    ...document.mentions.map((mention): Mention => ({ ...mention, type: "mention" })),
    ...(active?.claims ?? []).map((report): Trigger => ({ ...report.spans.trigger, type: "trigger" })),
  ];
  const cut = pieces(block, spans);
  const firstActive =
    cut.find(({ covers }) => active !== undefined && covers.includes(active)) ??
    cut.find(({ covers }) => covers.some((span) => span.type === "found"));
  return cut.map(({ start, end, covers }) => {
    const text = document.text.slice(start, end);
    const source = covers.find((span) => span.type === "sentence");
    const mention = covers.findLast((span) => span.type === "mention");
    const trigger = covers.some((span) => span.type === "trigger");
    const isActive = (source !== undefined && source === active) || covers.some((span) => span.type === "found");
    const classes = ["piece", source && "has-claim", isActive && "is-active", trigger && "is-trigger"].filter(Boolean).join(" ");
    const inner = mention ? (
      <EntityAnchor id={mention.entity} className={`mention is-${mention.form}`} color={look.kindText(mention.kind)} title={mention.name}>
        {text}
      </EntityAnchor>
    ) : (
      text
    );
    return (
      <span key={start} className={classes} ref={start === firstActive?.start ? comeIntoView : undefined}>
        {inner}
      </span>
    );
  });
}

/** Up to so many claims are listed without being asked for. */
const FEW = 3;

/** What was read from one sentence, under its paragraph. */
function Reading({ source, isActive }: { readonly source: Source; readonly isActive: boolean }) {
  const { store } = useApp();
  const { data } = useReady();
  const index = indexOf(data.graph);
  const name = (id: EntityId) => index.nodes.get(id)?.name ?? id.slice(id.indexOf(":") + 1).replaceAll("-", " ");
  return (
    <details className={`reading${isActive ? " is-active" : ""}`} open={isActive || source.claims.length <= FEW}>
      <summary>{count(source.claims.length, "claim")} read from this</summary>
      <ul>
        {source.claims.map((report) => {
          const standing = standingOf(report);
          return (
            <li key={report.claim}>
              <button
                type="button"
                className="reading-claim"
                onClick={() => store.update(select({ type: "edge", id: report.edge }))}
                onMouseEnter={() => store.update(setHover({ type: "edge", id: report.edge }))}
                onMouseLeave={() => store.update(setHover(undefined))}
              >
                <RelationMark relation={report.relation} />
                <span>
                  {name(report.subject)} <em>{relationText(data.ontology, report.relation)}</em> {name(report.object)}
                  {standing !== "happened" && <span className="quiet"> ({STANDING_LABELS[standing].toLowerCase()})</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
