/** The shortest ways between two or more entities, each step with a sentence behind it. */
import { useEffect, useMemo } from "react";
import { Button } from "react-aria-components";
import type { EntityId } from "../../../src/model/graph.ts";
import { useAnswer, useApp, useReady, useSelected } from "../app/app-context.ts";
import { Icon } from "../app/icons.tsx";
import { select, setSpotlight } from "../state/state.ts";
import { type GraphEdge, indexOf, shortestPath, visibleOf } from "../state/visible.ts";
import { count } from "../text/words.ts";
import { MarkedSentence } from "./Claim.tsx";
import { Statement } from "./EdgePanel.tsx";
import { EntityPicker } from "./EntityPicker.tsx";
import { Answered, EntityLink } from "./parts.tsx";

export default function PathPanel({ stops }: { readonly stops: readonly EntityId[] }) {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useSelected((state) => state.scene);
  const index = indexOf(data.graph);
  const legs = useMemo(() => {
    const visible = visibleOf(data.graph, scene);
    return stops.slice(1).map((to, i) => {
      const from = stops[i] as EntityId;
      return { from, to, path: shortestPath(index, visible, from, to) };
    });
  }, [data, index, scene, stops]);
  const name = (id: string) => index.nodes.get(id)?.name ?? id;
  const go = (next: readonly EntityId[]) => store.update(select({ type: "path", stops: next }));

  useEffect(() => {
    const edges = legs.flatMap(({ path }) => path?.map((edge) => edge.id) ?? []);
    store.update(setSpotlight(edges.length > 0 ? new Set(edges) : undefined));
    return () => store.update(setSpotlight(undefined));
  }, [store, legs]);

  return (
    <article className="path">
      <h2 className="panel-title">How they are connected</h2>
      <ol className="stops" aria-label="Entities to connect, in order">
        {stops.map((id, position) => (
          <li key={id}>
            <EntityLink id={id} kind={index.nodes.get(id)?.kind ?? "person"} name={name(id)} size={22} />
            {stops.length > 1 && (
              <Button
                className="icon-button is-tight"
                aria-label={`Leave out ${name(id)}`}
                onPress={() => go(stops.filter((_, other) => other !== position))}
              >
                <Icon name="close" size={14} />
              </Button>
            )}
          </li>
        ))}
      </ol>
      <EntityPicker
        key={stops.length} // a new field, closed, for each further entity
        label={["Begin with", "Connect it to"][stops.length] ?? "Add a third, fourth … entity"}
        without={new Set<string>(stops)}
        onChoose={(id) => go([...stops, id])}
      />
      {legs.map(({ from, to, path }) => (
        <section key={`${from} ${to}`} className="leg" aria-label={`${name(from)} to ${name(to)}`}>
          <h3>
            {name(from)} to {name(to)}
            {path && <span className="quiet">, {count(path.length, "step")}</span>}
          </h3>
          {path === undefined ? (
            <p className="empty-note">No path over what is shown. Taking off filters may open one.</p>
          ) : (
            <ol className="steps">
              {path.map((edge) => (
                <li key={edge.id}>
                  <Step edge={edge} />
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </article>
  );
}

function Step({ edge }: { readonly edge: GraphEdge }) {
  const { store } = useApp();
  const answer = useAnswer("relation", edge.id);
  return (
    <Answered answer={answer}>
      {(data) => {
        const [first] = data.claims;
        return (
          <>
            <Statement answer={data} />
            {first && <MarkedSentence claim={first} subject={data.subject} object={data.object} />}
            <button type="button" className="text-button" onClick={() => store.update(select({ type: "edge", id: edge.id }))}>
              {data.claims.length > 1 ? `All ${data.claims.length} reports` : "Date, outlet and details"}
            </button>
          </>
        );
      }}
    </Answered>
  );
}
