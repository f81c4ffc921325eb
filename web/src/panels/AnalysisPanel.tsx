/** Who belongs together and who stands in the middle: communities and measures, as colours, sizes and lists. */
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useApp, useReady, useSelected } from "../app/app-context.ts";
import { CommunityRows } from "../app/CommunityRows.tsx";
import { measureOf, SIZING_LABELS, SIZING_TEXT } from "../look/sizes.ts";
import { analysisOf, communitiesOf } from "../state/analysis.ts";
import { type Appearance, setAppearance, SIZINGS } from "../state/state.ts";
import { visibleOf } from "../state/visible.ts";
import { count, figure } from "../text/words.ts";
import { EntityLink, Loading } from "./parts.tsx";

const LISTED = 12;

export default function AnalysisPanel() {
  const { store } = useApp();
  const { data } = useReady();
  const appearance = useSelected((state) => state.appearance);
  useSelected((state) => state.analysed);
  const analysis = analysisOf(data.graph);
  const communities = analysis && communitiesOf(analysis);
  return (
    <article className="analysis">
      <h2 className="panel-title">Who belongs together, who stands in the middle</h2>
      <section>
        <h3>Communities</h3>
        <Choice
          label="Colour by"
          options={[
            ["kind", "Kind"],
            ["community", "Community"],
          ]}
          chosen={appearance.coloring}
          onChoose={(coloring) => store.update(setAppearance({ coloring: coloring as Appearance["coloring"] }))}
        />
        {communities ? (
          <>
            <p className="quiet analysis-note">
              {count(communities.length, "group")} of entities that deal more with each other than with others (Louvain, modularity{" "}
              {analysis.modularity.toFixed(2)}).
            </p>
            <CommunityRows most={LISTED} />
          </>
        ) : (
          <Loading />
        )}
      </section>
      <section>
        <h3>Central entities</h3>
        <Choice
          label="Size by"
          options={SIZINGS.map((sizing) => [sizing, SIZING_LABELS[sizing]])}
          chosen={appearance.sizing}
          onChoose={(sizing) => store.update(setAppearance({ sizing: sizing as Appearance["sizing"] }))}
        />
        <Ranking sizing={appearance.sizing} />
      </section>
    </article>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

/** One of a few, side by side. */
export function Choice({ label, options, chosen, onChoose }: ChoiceProps) {
  return (
    <div className="choice">
      <span aria-hidden="true">{label}</span>
      <ToggleButtonGroup
        className="segments"
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys;
          if (key !== undefined) onChoose(String(key));
        }}
      >
        {options.map(([key, text]) => (
          <ToggleButton key={key} id={key} className="segment">
            {text}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** The highest of those shown, with a bar for the eye and a number for the rest. */
function Ranking({ sizing }: { readonly sizing: Appearance["sizing"] }) {
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const analysis = analysisOf(data.graph);
  const visible = visibleOf(data.graph, scene);
  const ranked = data.graph.nodes
    .filter((node) => visible.nodes.has(node.id))
    .flatMap((node) => {
      const value = measureOf(sizing, node, analysis);
      return value === undefined ? [] : [{ node, value }];
    })
    .toSorted((a, b) => b.value - a.value || (a.node.id < b.node.id ? -1 : 1))
    .slice(0, LISTED);
  const greatest = ranked[0]?.value ?? 0;
  const isShare = sizing === "betweenness" || sizing === "pagerank";
  if (isShare && analysis && ranked.length === 0) return <p className="empty-note">The graph is too large to work this out in the page.</p>;
  if (ranked.length === 0) return isShare ? <Loading /> : null;
  return (
    <>
      <p className="quiet analysis-note">By {SIZING_TEXT[sizing]}.</p>
      <ol className="ranking">
        {ranked.map(({ node, value }) => (
          <li key={node.id}>
            <EntityLink id={node.id} kind={node.kind} name={node.name} size={20} />
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${greatest > 0 ? (value / greatest) * 100 : 0}%`, background: look.kind(node.kind) }} />
            </span>
            <span className="filter-count">{isShare ? value.toFixed(3) : figure(value)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
