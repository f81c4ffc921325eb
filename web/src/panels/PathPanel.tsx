/** The shortest way between two entities, each step with a sentence behind it. */
import { useEffect, useMemo } from "react";
import type { EntityId } from "../../../src/model/graph.ts";
import { useAnswer } from "../app/answers.ts";
import { useApp, useReady, useSelected } from "../app/app-context.ts";
import { select, setSpotlight } from "../state/state.ts";
import { type GraphEdge, indexOf, shortestPath, visibleOf } from "../state/visible.ts";
import { count } from "../text/words.ts";
import { MarkedSentence } from "./Claim.tsx";
import { Statement } from "./EdgePanel.tsx";
import { Answered } from "./parts.tsx";

export function PathPanel({ from, to }: { readonly from: EntityId; readonly to: EntityId }) {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useSelected((state) => state.scene);
  const index = indexOf(data.graph);
  const path = useMemo(() => shortestPath(index, visibleOf(data.graph, scene), from, to), [data, index, scene, from, to]);
  const name = (id: string) => index.nodes.get(id)?.name ?? id;

  useEffect(() => {
    store.update(setSpotlight(new Set(path?.map((edge) => edge.id))));
    return () => store.update(setSpotlight(undefined));
  }, [store, path]);

  return (
    <article className="path">
      <h2 className="panel-title">
        {name(from)} to {name(to)}
      </h2>
      {path === undefined ? (
        <p className="empty-note">No path over what is shown. Taking off filters may open one.</p>
      ) : (
        <>
          <p className="edge-facts">Shortest path over what is shown: {count(path.length, "step")}</p>
          <ol className="steps">
            {path.map((edge) => (
              <li key={edge.id}>
                <Step edge={edge} />
              </li>
            ))}
          </ol>
        </>
      )}
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
