/** Who someone is: names, kind, office, every relation by type, the documents that speak of them. */
import { memo } from "react";
import { Button } from "react-aria-components";
import type { EntityAnswer, NeighborEdge } from "../../../src/model/api.ts";
import type { EntityId } from "../../../src/model/graph.ts";
import { useAnswer, useApp, useFollowing, useReady, useSelected } from "../app/app-context.ts";
import { Icon, KindMark } from "../app/icons.tsx";
import { Gradually, Later } from "../app/Later.tsx";
import { RelationMark } from "../app/RelationMark.tsx";
import { focusOn, hideEntity, pin, select, setHover } from "../state/state.ts";
import { familiesOf, indexOf, visibleOf } from "../state/visible.ts";
import { fold } from "../../../src/model/letters.ts";
import { spanText } from "../text/dates.ts";
import { count, figure, nounFor, relationText } from "../text/words.ts";
import { Agreements, Offices } from "./Dossier.tsx";
import { Answered, Badge, DocumentList, Some } from "./parts.tsx";
import { Sparkline } from "./Sparkline.tsx";

export function EntityPanel({ id }: { readonly id: EntityId }) {
  const answer = useAnswer("entity", id);
  return <Answered answer={answer}>{(entity) => <Entity entity={entity} />}</Answered>;
}

/** Types of relations that fill the panel's first sight. */
const GROUPS_AT_ONCE = 3;

function Entity({ entity }: { readonly entity: EntityAnswer }) {
  const { data, look } = useReady();
  const kindLabel = data.ontology.kinds.find(({ kind }) => kind === entity.kind)?.label ?? entity.kind;
  const aliases = otherNames(entity.name, entity.aliases);
  const country = entity.country && entity.id !== `state:${entity.country}` ? countryName(data.graph.nodes, entity.country) : undefined;
  return (
    <article className="entity">
      <header className="entity-head">
        <KindMark kind={entity.kind} color={look.kind(entity.kind)} size={44} />
        <div>
          <h2 className="panel-title">{entity.name}</h2>
          <p className="entity-facts">{[kindLabel, entity.role, country].filter(Boolean).join(" · ")}</p>
        </div>
      </header>
      {aliases.length > 0 && (
        <p className="aliases">
          <span className="quiet">Also:</span> {aliases.join(", ")}
        </p>
      )}
      <Actions entity={entity} />
      <dl className="figures">
        <div>
          <dt>{nounFor(entity.degree, "relation")}</dt>
          <dd>{entity.degree}</dd>
        </div>
        <div>
          <dt>{nounFor(entity.mentions, "mention")}</dt>
          <dd>{entity.mentions}</dd>
        </div>
        <div>
          <dt>{nounFor(entity.documents, "document")}</dt>
          <dd>{entity.documents}</dd>
        </div>
      </dl>

      <Offices id={entity.id} />
      <Agreements id={entity.id} kind={entity.kind} />

      {entity.relations.length === 0 ? (
        <p className="empty-note">Named, but no sentence says what it did or what was done to it.</p>
      ) : (
        <section>
          <h3>Relations</h3>
          <Gradually of={entity.relations} atOnce={GROUPS_AT_ONCE}>
            {(group) => (
              <RelationGroup key={group.relation} relation={group.relation} edges={group.edges} total={group.total ?? group.edges.length} />
            )}
          </Gradually>
        </section>
      )}

      <Later>
        <section>
          <h3>Documents</h3>
          <DocumentList documents={entity.inDocuments} />
        </section>

        {entity.merges.length > 0 && (
          <section>
            <h3>Why these names are one</h3>
            <ul className="merges">
              <Some of={entity.merges} most={12}>
                {(merge) => (
                  <li key={`${merge.from} ${merge.reason}`}>
                    <strong>{merge.from}</strong> {merge.reason}
                    {merge.by === "user" && <Badge>by a user</Badge>}
                  </li>
                )}
              </Some>
            </ul>
          </section>
        )}
      </Later>
    </article>
  );
}

/** Names that differ from the first by more than case and accents. */
function otherNames(name: string, aliases: readonly string[]): string[] {
  const known = new Set([fold(name)]);
  return aliases.filter((alias) => !known.has(fold(alias)) && known.add(fold(alias)));
}

function countryName(nodes: readonly { readonly id: string; readonly name: string }[], code: string): string {
  return nodes.find((node) => node.id === `state:${code}`)?.name ?? code;
}

function Actions({ entity }: { readonly entity: EntityAnswer }) {
  const { store } = useApp();
  const focus = useSelected((state) => state.scene.focus);
  const pinned = useSelected((state) => state.scene.pinned.has(entity.id));
  return (
    <div className="actions" role="group" aria-label={`What to do with ${entity.name}`}>
      <Button className="button" onPress={() => store.update(focusOn(focus === entity.id ? undefined : entity.id))}>
        <Icon name="focus" size={16} /> {focus === entity.id ? "Show all again" : "Only neighbours"}
      </Button>
      <Button className="button" onPress={() => store.update(select({ type: "path", stops: [entity.id] }))}>
        <Icon name="path" size={16} /> Path to …
      </Button>
      <Button className="button" onPress={() => store.update(hideEntity(entity.id))}>
        <Icon name="hide" size={16} /> Hide
      </Button>
      {pinned && (
        <Button className="button" onPress={() => store.update(pin(entity.id, undefined))}>
          <Icon name="pin" size={16} /> Unpin
        </Button>
      )}
    </div>
  );
}

interface GroupProps {
  readonly relation: string;
  readonly edges: readonly NeighborEdge[];
  /** How many there are, `edges` being the most reported. */
  readonly total: number;
}

/** The same as long as its relations are: other groups come beside it. */
const RelationGroup = memo(function RelationGroup({ relation, edges, total }: GroupProps) {
  const { data, look } = useReady();
  const scene = useFollowing((state) => state.scene);
  const { edges: loaded } = indexOf(data.graph);
  const { edges: shown } = visibleOf(data.graph, scene);
  const color = look.family(familiesOf(data.ontology).get(relation) ?? "");
  // One relation reads differently from its two ends: "signed" and "was signed by" stand apart.
  const sides = Object.entries(Object.groupBy(edges, (edge) => (edge.direction === "in" ? "in" : "out"))) as [
    "in" | "out",
    NeighborEdge[],
  ][];
  return (
    <>
      {sides.map(([side, list]) => (
        <div key={side} className="relation-group">
          <h4>
            <RelationMark relation={relation} />
            <span>{relationText(data.ontology, relation, side === "in")}</span>
            <span className="filter-count">{list.length}</span>
            <span className="grow" />
            <Sparkline edges={list.map(({ edge }) => edge.id)} color={color} />
          </h4>
          <ul className="plain-list">
            <Some of={list}>
              {(each) => <Neighbor key={each.edge.id} {...each} filtered={loaded.has(each.edge.id) && !shown.has(each.edge.id)} />}
            </Some>
          </ul>
        </div>
      ))}
      {total > edges.length && (
        <p className="quiet">
          The {edges.length} most reported of {figure(total)}.
        </p>
      )}
    </>
  );
});

function Neighbor({ edge, neighbor, filtered }: NeighborEdge & { readonly filtered: boolean }) {
  const { store } = useApp();
  const { look } = useReady();
  return (
    <li>
      <button
        type="button"
        className={`neighbor${filtered ? " is-filtered" : ""}`}
        onClick={() => store.update(select({ type: "edge", id: edge.id }))}
        onMouseEnter={() => store.update(setHover({ type: "edge", id: edge.id }))}
        onMouseLeave={() => store.update(setHover(undefined))}
      >
        <KindMark kind={neighbor.kind} color={look.kind(neighbor.kind)} size={20} />
        <span className="neighbor-name">{neighbor.name}</span>
        <span className="neighbor-facts">
          {edge.affirmed === 0 ? "denied · " : edge.happened === 0 ? "not as fact · " : ""}
          {edge.from && edge.to ? spanText(edge.from, edge.to) : "undated"}
          {edge.reports > 1 ? ` · ${count(edge.reports, "report")}` : ""}
          {filtered ? " · filtered out" : ""}
        </span>
      </button>
    </li>
  );
}
