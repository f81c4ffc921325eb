/** One report: the sentence with its parts marked, what it says of the event, and where it stands. */
import { memo } from "react";
import type { ClaimReport, EntitySummary } from "../../../src/model/api.ts";
import type { Span } from "../../../src/model/text.ts";
import { useApp, useFollowing, useReady } from "../app/app-context.ts";
import { Icon } from "../app/icons.tsx";
import { select, standingOf } from "../state/state.ts";
import { familiesOf, passesClaim } from "../state/visible.ts";
import { BASIS_TEXT, dateText, shortDay } from "../text/dates.ts";
import { pieces } from "../text/marks.ts";
import { confidenceWord, STANDING_LABELS } from "../text/words.ts";
import { Badge, SourceLink } from "./parts.tsx";

/** Below this, a reader is told at once that the reading is not sure. */
const DOUBTFUL = 0.8;

const ROLES = ["subject", "trigger", "object"] as const;

interface ClaimProps {
  readonly claim: ClaimReport;
  readonly subject: EntitySummary;
  readonly object: EntitySummary;
}

/** The sentence, with subject, trigger and object marked where they lie in it. */
export function MarkedSentence({ claim, subject, object }: ClaimProps) {
  const { data, look } = useReady();
  const family = familiesOf(data.ontology).get(claim.relation) ?? "";
  const colors = { subject: look.kindText(subject.kind), object: look.kindText(object.kind), trigger: look.familyText(family) };
  const spans = ROLES.map((role): Span & { role: (typeof ROLES)[number] } => ({ ...claim.spans[role], role }));
  return (
    <blockquote className="sentence">
      {pieces(claim.sentence, spans).map(({ start, end, covers }) => {
        const text = claim.text.slice(start - claim.sentence.start, end - claim.sentence.start);
        const role = covers.at(-1)?.role;
        if (!role) return <span key={start}>{text}</span>;
        return (
          <mark
            key={start}
            className={`role is-${role}`}
            style={{ "--role": colors[role] } as React.CSSProperties}
            title={role === "trigger" ? "what is said" : role}
          >
            {text}
          </mark>
        );
      })}
    </blockquote>
  );
}

/** The same as long as its report is: others come beside it. */
export const Claim = memo(function Claim({ claim, subject, object }: ClaimProps) {
  const { store } = useApp();
  const scene = useFollowing((state) => state.scene);
  const standing = standingOf(claim);
  const elsewhere = (["subject", "object"] as const).filter(
    (role) => claim.spans[role].end <= claim.sentence.start || claim.spans[role].start >= claim.sentence.end,
  );
  const { document } = claim;
  const passes = passesClaim(claim, scene, document.source ?? "");
  const facts = [
    claim.place && `in ${claim.place.name}`,
    claim.medium && (claim.medium === "in person" ? "in person" : `by ${claim.medium}`),
    claim.topic && claim.topic.length > 0 && `on ${claim.topic.map((topic) => topic.name).join(", ")}`,
  ].filter(Boolean);
  return (
    <article className={`claim${passes ? "" : " is-filtered"}`}>
      <header className="claim-head">
        {claim.date ? (
          <time dateTime={claim.date.start} title={BASIS_TEXT[claim.date.basis]}>
            {dateText(claim.date)}
          </time>
        ) : (
          <span className="quiet">No date given</span>
        )}
        {claim.date && claim.date.precision !== "day" && <Badge>to the {claim.date.precision}</Badge>}
        {claim.date?.basis === "relative" && <Badge>date worked out</Badge>}
        {standing !== "happened" && <Badge tone={standing === "negated" ? "denied" : "caution"}>{STANDING_LABELS[standing]}</Badge>}
        {standing === "negated" && claim.modality !== "happened" && <Badge tone="caution">{STANDING_LABELS[claim.modality]}</Badge>}
        {facts.map((fact) => (
          <Badge key={String(fact)}>{fact}</Badge>
        ))}
        {claim.confidence < DOUBTFUL && <Badge tone="caution">{confidenceWord(claim.confidence)} confidence</Badge>}
        {!passes && <Badge>outside the filters</Badge>}
      </header>
      <MarkedSentence claim={claim} subject={subject} object={object} />
      {elsewhere.length > 0 && (
        <p className="claim-note">
          {elsewhere.map((role) => (role === "subject" ? subject.name : object.name)).join(" and ")}
          {elsewhere.length > 1 ? " are" : " is"} named in another sentence of the document.
        </p>
      )}
      {claim.source && <p className="claim-note">According to {claim.source.name}.</p>}
      <footer className="claim-foot">
        <button
          type="button"
          className="document-link is-inline"
          onClick={() => store.update(select({ type: "document", id: document.id, claim: claim.claim }))}
        >
          <Icon name="document" size={16} />
          <span>Read in the document</span>
        </button>
        <span className="claim-source">
          {[document.source ?? document.title, document.date && shortDay(document.date)].filter(Boolean).join(", ")}
          {document.url && (
            <>
              {" "}
              <SourceLink url={document.url}>original</SourceLink>
            </>
          )}
        </span>
      </footer>
      <details className="claim-how">
        <summary>How this was read</summary>
        <dl>
          <dt>Confidence</dt>
          <dd>
            {confidenceWord(claim.confidence)} ({Math.round(claim.confidence * 100)} %)
          </dd>
          <dt>Rule</dt>
          <dd>
            <code>{claim.rule}</code>
          </dd>
          {claim.cameo && (
            <>
              <dt>Event code</dt>
              <dd>
                PLOVER {claim.plover}, CAMEO {claim.cameo}
              </dd>
            </>
          )}
          {claim.date && (
            <>
              <dt>Date</dt>
              <dd>{BASIS_TEXT[claim.date.basis]}</dd>
            </>
          )}
        </dl>
      </details>
    </article>
  );
});
