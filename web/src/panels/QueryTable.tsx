/** A query's answer as a table: entities, edges and documents in it lead on, everything else is text. */
import { useState } from "react";
import { Button } from "react-aria-components";
import type { EntityId, EntityKind } from "../../../src/model/graph.ts";
import { useApp, useReady } from "../app/app-context.ts";
import { Icon } from "../app/icons.tsx";
import { RelationMark } from "../app/RelationMark.tsx";
import { edgeOf, isEntity, isNode, isRelationship, type QueryAnswer, type QueryNode, type QueryRelationship } from "../query/ask.ts";
import { select } from "../state/state.ts";
import { shortDay } from "../text/dates.ts";
import { relationText } from "../text/words.ts";
import { EntityLink } from "./parts.tsx";

const PAGE = 100;

export function QueryTable({ answer }: { readonly answer: QueryAnswer }) {
  const [length, setLength] = useState(PAGE);
  if (answer.rows.length === 0) return <p className="empty-note">No row: nothing in the graph is like that.</p>;
  return (
    <>
      {/* A table wider than the panel is scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="query-table" role="region" aria-label="Rows of the answer" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {answer.fields.map((field) => (
                <th key={field} scope="col">
                  {field}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.rows.slice(0, length).map((row, place) => (
              // Rows have no name of their own.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={place}>
                {row.map((value, column) => (
                  <td key={answer.fields[column]} className={typeof value === "number" ? "is-numeric" : undefined}>
                    <Value value={value} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.rows.length > length && (
        <Button className="button" onPress={() => setLength(length + PAGE)}>
          Show {Math.min(PAGE, answer.rows.length - length)} more of {answer.rows.length - length}
        </Button>
      )}
    </>
  );
}

function Value({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <span className="quiet">null</span>;
  if (isNode(value)) return <NodeValue node={value} />;
  if (isRelationship(value)) return <RelationshipValue relationship={value} />;
  if (Array.isArray(value) && value.some((item) => isNode(item) || isRelationship(item))) {
    return (
      <span className="query-path">
        {value.map((item, place) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Value key={place} value={item} />
        ))}
      </span>
    );
  }
  return <span className={typeof value === "string" && value.length > 60 ? "query-long" : undefined}>{cellText(value)}</span>;
}

/** A value as text: names for nodes, types for relationships, JSON for what is neither. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (isNode(value)) {
    const { name, title, text } = value.properties;
    return [name, title, text].find((each) => typeof each === "string") ?? value.elementId;
  }
  if (isRelationship(value)) return value.type;
  if (Array.isArray(value)) return value.map(cellText).join("; ");
  return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
}

function NodeValue({ node }: { readonly node: QueryNode }) {
  const { store } = useApp();
  const text = cellText(node);
  if (isEntity(node))
    return <EntityLink id={node.elementId as EntityId} kind={String(node.properties["kind"]) as EntityKind} name={text} />;
  if (!node.labels.includes("Document")) return <span className="query-long">{text}</span>;
  return (
    <button type="button" className="entity-link" onClick={() => store.update(select({ type: "document", id: node.elementId }))}>
      <Icon name="document" size={16} />
      <span className="query-long">{text}</span>
    </button>
  );
}

function RelationshipValue({ relationship }: { readonly relationship: QueryRelationship }) {
  const { store } = useApp();
  const { data } = useReady();
  const edge = edgeOf(data.ontology, relationship);
  if (edge === undefined) return <span className="quiet">{relationship.type}</span>;
  const relation = edge.split("~")[1] ?? "";
  const { date } = relationship.properties;
  return (
    <button type="button" className="entity-link" onClick={() => store.update(select({ type: "edge", id: edge }))}>
      <RelationMark relation={relation} />
      <span>
        {relationText(data.ontology, relation)}
        {typeof date === "string" && <span className="quiet">, {/^\d{4}-\d\d-\d\d$/.test(date) ? shortDay(date) : date}</span>}
      </span>
    </button>
  );
}
