/** The evidence behind an edge: every sentence that says it, by date, reports of one event together. */
import type { ClaimReport, EdgeAnswer } from "../../../src/model/api.ts";
import { useAnswer, useReady } from "../app/app-context.ts";
import { RelationMark } from "../app/RelationMark.tsx";
import { familiesOf } from "../state/visible.ts";
import { count, relationText } from "../text/words.ts";
import { Claim } from "./Claim.tsx";
import { Answered, EntityLink } from "./parts.tsx";

export function EdgePanel({ id }: { readonly id: string }) {
  const answer = useAnswer("relation", id);
  return <Answered answer={answer}>{(edge) => <Edge answer={edge} />}</Answered>;
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

function Edge({ answer }: { readonly answer: EdgeAnswer }) {
  const { edge, subject, object, claims } = answer;
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
      {eventsOf(claims).map((event) => (
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
      ))}
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
