/** Communities as rows of the legend: colour, who leads it, how many of it are shown, and whether it is. */
import { useState } from "react";
import { analysisOf, communitiesOf } from "../state/analysis.ts";
import { showCommunities } from "../state/state.ts";
import { indexOf, visibleOf } from "../state/visible.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";
import { Row } from "./FilterRow.tsx";

export function CommunityRows({ most }: { readonly most: number }) {
  const { store } = useApp();
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const [all, setAll] = useState(false);
  const analysis = analysisOf(data.graph);
  if (!analysis) return null;
  const { facets } = visibleOf(data.graph, scene);
  const index = indexOf(data.graph);
  const communities = communitiesOf(analysis);
  return (
    <>
      {communities.slice(0, all ? undefined : most).map(({ leader, members }, place) => (
        <Row
          key={leader}
          label={[leader, ...members.slice(1, 2)].map((id) => index.nodes.get(id)?.name ?? id).join(", ")}
          mark={<span className="swatch" style={{ background: look.group(place) }} />}
          count={facets.communities.get(leader) ?? 0}
          shown={!scene.hiddenCommunities.has(leader)}
          onChange={(shown) => store.update(showCommunities([leader], shown))}
        />
      ))}
      {communities.length > most && (
        <button type="button" className="text-button more-rows" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `${communities.length - most} more`}
        </button>
      )}
    </>
  );
}
