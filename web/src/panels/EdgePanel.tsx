/** The evidence behind an edge: every sentence that says it, by date, reports of one event together. */
import { useState } from "react";
import { api } from "../api.ts";
import type { ClaimReport, EdgeAnswer } from "../../../src/model/api.ts";
import { useAnswer, useReady } from "../app/app-context.ts";
import { Gradually } from "../app/Later.tsx";
import { RelationMark } from "../app/RelationMark.tsx";
import { familiesOf } from "../state/visible.ts";
import { count, figure, relationText } from "../text/words.ts";
import { Claim } from "./Claim.tsx";
import { Answered, EntityLink } from "./parts.tsx";

export function EdgePanel({ id }: { readonly id: string }) {
  const answer = useAnswer("relation", id);
  return <Answered answer={answer}>{(edge) => <Edge key={edge.next} answer={edge} />}</Answered>;
}

/** The claims of an answer, and those that followed when they were asked for. */
function useClaims({ edge, claims, next }: EdgeAnswer) {
  const [further, setFurther] = useState<{ readonly claims: readonly ClaimReport[]; readonly next?: string | undefined }>({
    claims: [],
    next,
  });
  const [asked, setAsked] = useState<"no" | "now" | { readonly failed: string }>("no");
  const more = () => {
    if (further.next === undefined || asked === "now") return;
    setAsked("now");
    api.relation(edge.id, further.next).then(
      (page) => {
        setFurther({ claims: [...further.claims, ...page.claims], next: page.next });
        setAsked("no");
      },
      (error: unknown) => setAsked({ failed: error instanceof Error ? error.message : String(error) }),
    );
  };
  return {
    claims: further.claims.length > 0 ? [...claims, ...further.claims] : claims,
    more: further.next === undefined ? undefined : more,
    failed: typeof asked === "object" ? asked.failed : undefined,
  };
}

/** The statement itself: subject, relation, object. */
export function Statement({ answer }: { readonly answer: EdgeAnswer }) {
  const { data, look } = useReady();
  const { edge, subject, object } = answer;
  const family = familiesOf(data.ontology).get(edge.relation) ?? "";
  return (
    <h2 className="statement">
      <EntityLink id={subject.id} kind={subject.kind} name={subject.name} size={24} />
      <span className="statement-relation" style={{ color: look.familyText(family) }}>
        <RelationMark relation={edge.relation} />
        {relationText(data.ontology, edge.relation)}
      </span>
      <EntityLink id={object.id} kind={object.kind} name={object.name} size={24} />
    </h2>
  );
}

/** Events that fill the panel's first sight. */
const EVENTS_AT_ONCE = 5;

function Edge({ answer }: { readonly answer: EdgeAnswer }) {
  const { edge, subject, object } = answer;
  const { claims, more, failed } = useClaims(answer);
  const outlets = new Set(claims.map((claim) => claim.document.source).filter(Boolean));
  return (
    <article className="edge">
      <Statement answer={answer} />
      <p className="edge-facts">
        {count(edge.events, "event")}, {count(edge.reports, "report")} in {count(edge.documents, "document")}
        {outlets.size > 1 ? ` from ${outlets.size} outlets` : ""}
      </p>
      <p className="mark-key" aria-hidden="true">
        <mark className="role is-subject">subject</mark> <mark className="role is-trigger">what is said</mark>{" "}
        <mark className="role is-object">object</mark>
      </p>
      <Gradually of={eventsOf(claims)} atOnce={EVENTS_AT_ONCE}>
        {(event) => (
          <section
            key={event[0].event}
            className="event"
            aria-label={event.length > 1 ? `One event, ${count(event.length, "report")}` : undefined}
          >
            {event.length > 1 && <h3 className="event-head">One event, {count(event.length, "report")}</h3>}
            {event.map((claim) => (
              <Claim key={claim.claim} claim={claim} subject={subject} object={object} />
            ))}
          </section>
        )}
      </Gradually>
      {failed !== undefined && <p role="alert">{failed} The rest can be asked for again.</p>}
      {more && (
        <button type="button" className="text-button more-rows" onClick={more}>
          {figure(edge.reports - claims.length)} more
        </button>
      )}
    </article>
  );
}

/** Claims of one event together, in the order of their first. */
function eventsOf(claims: readonly ClaimReport[]): [ClaimReport, ...ClaimReport[]][] {
  const events = new Map<string, [ClaimReport, ...ClaimReport[]]>();
  for (const claim of claims) {
    const event = events.get(claim.event);
    if (event) event.push(claim);
    else events.set(claim.event, [claim]);
  }
  return [...events.values()];
}
