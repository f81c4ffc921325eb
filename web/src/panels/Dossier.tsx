/** Offices with their dates and agreements with parties, brokers and what became of them. */
import type { EntityKind } from "../../../src/model/graph.ts";
import { useApp, useReady } from "../app/app-context.ts";
import { type Agreement, agreementOf, agreementsOf, officesOf } from "../state/dossier.ts";
import { select } from "../state/state.ts";
import { indexOf } from "../state/visible.ts";
import { dateText, spanText } from "../text/dates.ts";
import { figure, relationText } from "../text/words.ts";
import { Badge, EntityLink, Some } from "./parts.tsx";

export function Offices({ id }: { readonly id: string }) {
  const { store } = useApp();
  const { data } = useReady();
  const index = indexOf(data.graph);
  const offices = officesOf(index, id);
  if (offices.length === 0) return null;
  return (
    <section>
      <h3>Offices and membership</h3>
      <ul className="plain-list offices">
        <Some of={offices}>
          {({ edge, other, isHolder }) => (
            <li key={edge.id}>
              <Link id={other} />
              <button type="button" className="office-facts" onClick={() => store.update(select({ type: "edge", id: edge.id }))}>
                {relationText(data.ontology, edge.relation, !isHolder)}
                <span className="quiet">, {edge.from && edge.to ? `reported ${spanText(edge.from, edge.to)}` : "undated"}</span>
              </button>
            </li>
          )}
        </Some>
      </ul>
    </section>
  );
}

function Link({ id }: { readonly id: string }) {
  const { data } = useReady();
  const node = indexOf(data.graph).nodes.get(id);
  return <EntityLink id={id as never} kind={node?.kind ?? "person"} name={node?.name ?? id} />;
}

/** Of an agreement, its own story; of any other entity, those it has to do with. */
export function Agreements({ id, kind }: { readonly id: string; readonly kind: EntityKind }) {
  const { data } = useReady();
  const index = indexOf(data.graph);
  if (kind === "agreement") {
    const agreement = agreementOf(index, id);
    return agreement.parties.length + agreement.brokers.length + agreement.steps.length > 0 ? (
      <section>
        <h3>The agreement</h3>
        <Story agreement={agreement} />
      </section>
    ) : null;
  }
  const { agreements, total } = agreementsOf(index, id);
  if (agreements.length === 0) return null;
  return (
    <section>
      <h3>Agreements</h3>
      <ul className="plain-list agreements">
        <Some of={agreements}>
          {(agreement) => (
            <li key={agreement.id}>
              <details>
                <summary>
                  <span className="agreement-name">{index.nodes.get(agreement.id)?.name ?? agreement.id}</span>
                  <Badge>{agreement.status}</Badge>
                </summary>
                <Link id={agreement.id} />
                <Story agreement={agreement} />
              </details>
            </li>
          )}
        </Some>
      </ul>
      {total > agreements.length && (
        <p className="quiet">
          The {agreements.length} most reported of {figure(total)}.
        </p>
      )}
    </section>
  );
}

function Story({ agreement }: { readonly agreement: Agreement }) {
  const { store } = useApp();
  const { data } = useReady();
  const index = indexOf(data.graph);
  const { parties, brokers, steps } = agreement;
  return (
    <>
      <dl className="agreement">
        {parties.length > 0 && (
          <>
            <dt>Parties</dt>
            <dd>
              {parties.map((party) => (
                <Link key={party} id={party} />
              ))}
            </dd>
          </>
        )}
        {brokers.length > 0 && (
          <>
            <dt>Broker or host</dt>
            <dd>
              {brokers.map((broker) => (
                <Link key={broker} id={broker} />
              ))}
            </dd>
          </>
        )}
      </dl>
      {steps.length > 0 && (
        <ol className="agreement-steps">
          {steps.map(({ edge, status, by, date }) => (
            <li key={edge.id}>
              <button type="button" onClick={() => store.update(select({ type: "edge", id: edge.id }))}>
                <span className="quiet">{date ? dateText(date) : "undated"}</span>
                <span>
                  {status} <span className="quiet">by</span> {index.nodes.get(by)?.name ?? by}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
