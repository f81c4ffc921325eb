/** What is there before anything is chosen: how much, from which documents, who stands in the middle. */
import { useMemo } from "react";
import { useFollowing, useReady } from "../app/app-context.ts";
import { familiesOf, visibleOf } from "../state/visible.ts";
import { spanText } from "../text/dates.ts";
import { figure, nounFor, relationText } from "../text/words.ts";
import { DocumentList, EntityLink } from "./parts.tsx";

const MOST_CONNECTED = 6;

export function Overview() {
  const { data, look } = useReady();
  const scene = useFollowing((state) => state.scene);
  const visible = visibleOf(data.graph, scene);
  const central = useMemo(
    () =>
      data.graph.nodes
        .filter((_, row) => visible.nodeShown[row] === 1)
        .toSorted((a, b) => b.degree - a.degree || b.mentions - a.mentions || (a.id < b.id ? -1 : 1))
        .slice(0, MOST_CONNECTED),
    [data.graph, visible],
  );
  const families = familiesOf(data.ontology);
  const relations = [...visible.facets.relations]
    .filter(([name]) => !scene.hiddenRelations.has(name))
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const most = relations[0]?.[1] ?? 1;
  return (
    <div className="overview">
      <h2 className="panel-title">Who dealt with whom, and who says so</h2>
      <p className="lead">Click an entity to see what it did. Click a line to read every sentence behind it.</p>
      <dl className="figures">
        <div>
          <dt>{nounFor(data.stats.documents, "document")}</dt>
          <dd>{figure(data.stats.documents)}</dd>
        </div>
        <div>
          <dt>{nounFor(visible.nodes.size, "entity", "entities")}</dt>
          <dd>{figure(visible.nodes.size)}</dd>
        </div>
        <div>
          <dt>{nounFor(visible.edges.size, "relation")}</dt>
          <dd>{figure(visible.edges.size)}</dd>
        </div>
        <div>
          <dt>{nounFor(visible.claims, "report")}</dt>
          <dd>{figure(visible.claims)}</dd>
        </div>
      </dl>
      {data.stats.dates && <p className="quiet">Dated {spanText(data.stats.dates.from, data.stats.dates.to)}</p>}

      <section>
        <h3>Most connected</h3>
        <ul className="plain-list">
          {central.map((node) => (
            <li key={node.id} className="ranked">
              <EntityLink id={node.id} kind={node.kind} name={node.name} size={22} />
              <span className="filter-count">{node.degree}</span>
            </li>
          ))}
        </ul>
      </section>

      <section>
        <h3>What is reported</h3>
        <ul className="plain-list bars">
          {relations.slice(0, 8).map(([name, number]) => (
            <li key={name}>
              <span>{relationText(data.ontology, name)}</span>
              <span className="bar" aria-hidden="true">
                <span style={{ width: `${(number / most) * 100}%`, background: look.family(families.get(name) ?? "") }} />
              </span>
              <span className="filter-count">{number}</span>
            </li>
          ))}
        </ul>
      </section>

      <section>
        <h3>Documents</h3>
        <DocumentList documents={data.documents} />
      </section>
    </div>
  );
}
