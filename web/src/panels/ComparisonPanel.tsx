/** Two periods or two outlets against each other: what is set against what, and the list of what changed. */
import { useEffect } from "react";
import { useApp, useReady, useSelected } from "../app/app-context.ts";
import { RelationMark } from "../app/RelationMark.tsx";
import { CHANGES, type Change, type ChangedEdge, differenceOf, proposedPeriods } from "../state/compare.ts";
import { compare, type Comparison, select, setHover, setSpotlight, setWindow, type Window } from "../state/state.ts";
import { extentOf, indexOf, outletsOf } from "../state/visible.ts";
import { spanText } from "../text/dates.ts";
import { count, relationText } from "../text/words.ts";
import { Choice } from "./AnalysisPanel.tsx";
import { Loading } from "./parts.tsx";

export default function ComparisonPanel() {
  const { store } = useApp();
  const { data } = useReady();
  const comparison = useSelected((state) => state.comparison);
  const extent = extentOf(data.graph);
  const outlets = outletsOf(data.graph).map(([name]) => name);
  const [first, second] = outlets;
  const isComparable = (extent && extent.from < extent.to) || second !== undefined;

  useEffect(() => {
    // Ended: the panel is about to close.
    if (comparison || store.get().selection.type !== "comparison") return;
    if (extent && extent.from < extent.to) {
      store.update(setWindow(undefined));
      store.update(compare({ by: "period", ...proposedPeriods(data.graph, extent), shown: "difference" }));
    } else if (first !== undefined && second !== undefined)
      store.update(compare({ by: "outlet", left: first, right: second, shown: "difference" }));
  }, [store, data, comparison, extent, first, second]);

  if (!isComparable) return <p className="empty-note">There is nothing to compare: one outlet, and no two dates.</p>;
  if (!comparison) return <Loading />;
  const by = (key: string) => {
    if (key === "period" && extent) store.update(compare({ by: key, ...proposedPeriods(data.graph, extent), shown: comparison.shown }));
    if (key === "outlet" && first !== undefined && second !== undefined)
      store.update(compare({ by: key, left: first, right: second, shown: comparison.shown }));
  };
  return (
    <article className="comparison">
      <h2 className="panel-title">What changed</h2>
      <Choice
        label="Compare"
        options={
          [
            ["period", "Periods"],
            ["outlet", "Outlets"],
          ].filter(([key]) => (key === "period" ? extent !== undefined : outlets.length > 1)) as [string, string][]
        }
        chosen={comparison.by}
        onChoose={by}
      />
      <Sides comparison={comparison} outlets={outlets} extent={extent} />
      <Choice
        label="Show"
        options={[
          ["difference", "Difference"],
          ["sides", "Side by side"],
        ]}
        chosen={comparison.shown}
        onChoose={(shown) => store.update(compare({ ...comparison, shown: shown as Comparison["shown"] }))}
      />
      <Changes comparison={comparison} />
      <button
        type="button"
        className="text-button"
        onClick={() => {
          store.update(compare(undefined));
          store.update(select({ type: "none" }));
        }}
      >
        End the comparison
      </button>
    </article>
  );
}

interface SidesProps {
  readonly comparison: Comparison;
  readonly outlets: readonly string[];
  readonly extent: Window | undefined;
}

function Sides({ comparison, outlets, extent }: SidesProps) {
  const { store } = useApp();
  return (
    <div className="compared">
      {(["left", "right"] as const).map((side) => (
        <fieldset key={side} className={`compared-side is-${side}`}>
          <legend>
            {comparison.by === "period" ? { left: "Before", right: "After" }[side] : { left: "First", right: "Second" }[side]}
          </legend>
          {comparison.by === "outlet" ? (
            <select
              className="field"
              aria-label={`${side === "left" ? "First" : "Second"} outlet`}
              value={comparison[side]}
              onChange={({ target }) => store.update(compare({ ...comparison, [side]: target.value }))}
            >
              {outlets.map((name) => (
                <option key={name} value={name}>
                  {name || "no outlet named"}
                </option>
              ))}
            </select>
          ) : (
            <span className="date-fields">
              {(["from", "to"] as const).map((end) => (
                <input
                  key={end}
                  type="date"
                  aria-label={`${side === "left" ? "Before" : "After"}, ${end}`}
                  value={comparison[side][end]}
                  min={end === "from" ? extent?.from : comparison[side].from}
                  max={end === "from" ? comparison[side].to : extent?.to}
                  onChange={({ target: { value } }) => {
                    const period = { ...comparison[side], [end]: value };
                    if (value !== "" && period.from <= period.to) store.update(compare({ ...comparison, [side]: period }));
                  }}
                />
              ))}
            </span>
          )}
        </fieldset>
      ))}
    </div>
  );
}

export const CHANGE_LABELS: Readonly<Record<Change, string>> = {
  new: "New",
  stronger: "More reported",
  same: "As before",
  weaker: "Less reported",
  gone: "Gone",
};

/** Under outlets nothing goes or comes. */
const OUTLET_LABELS: Readonly<Record<Change, string>> = {
  new: "Only the second says so",
  stronger: "The second says so more often",
  same: "Both say so as often",
  weaker: "The first says so more often",
  gone: "Only the first says so",
};

function Changes({ comparison }: { readonly comparison: Comparison }) {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useSelected((state) => state.scene);
  const difference = differenceOf(data.graph, scene, comparison);

  useEffect(() => {
    store.update(setSpotlight(new Set(difference.edges.filter(({ change }) => change !== "same").map(({ edge }) => edge.id))));
    return () => store.update(setSpotlight(undefined));
  }, [store, difference]);

  if (difference.edges.length === 0) return <p className="empty-note">Neither side has a report under the filters that are set.</p>;
  const groups = Map.groupBy(difference.edges, ({ change }) => change);
  const labels = comparison.by === "period" ? CHANGE_LABELS : OUTLET_LABELS;
  return CHANGES.filter((change) => groups.has(change)).map((change) => (
    <section key={change} aria-label={labels[change]}>
      <h3 className="change-head">
        <ChangeMark change={change} />
        {labels[change]} <span className="filter-count">{count(groups.get(change)?.length ?? 0, "relation")}</span>
      </h3>
      <ChangeList edges={groups.get(change) ?? []} />
    </section>
  ));
}

/** The colour of a change with a sign of its own, so that colour is not needed to tell. */
function ChangeMark({ change }: { readonly change: Change }) {
  const { look } = useReady();
  const sign = { new: "+", stronger: "↑", same: "=", weaker: "↓", gone: "−" }[change];
  return (
    <span className="change-mark" style={{ background: look.change(change) }} aria-hidden="true">
      {sign}
    </span>
  );
}

const FEW = 12;

function ChangeList({ edges }: { readonly edges: readonly ChangedEdge[] }) {
  const { store } = useApp();
  const { data } = useReady();
  const index = indexOf(data.graph);
  const name = (id: string) => index.nodes.get(id)?.name ?? id;
  return (
    <ul className="plain-list">
      {edges.slice(0, FEW).map(({ edge, left, right }) => (
        <li key={edge.id}>
          <button
            type="button"
            className="reading-claim is-wide"
            onClick={() => store.update(select({ type: "edge", id: edge.id }))}
            onMouseEnter={() => store.update(setHover({ type: "edge", id: edge.id }))}
            onMouseLeave={() => store.update(setHover(undefined))}
          >
            <RelationMark relation={edge.relation} />
            <span>
              {name(edge.subject)} <em>{relationText(data.ontology, edge.relation)}</em> {name(edge.object)}
            </span>
            <span className="filter-count">
              <span className="sr-only">reports: </span>
              {left} → {right}
            </span>
          </button>
        </li>
      ))}
      {edges.length > FEW && <li className="quiet more-rows">and {edges.length - FEW} more</li>}
    </ul>
  );
}

/** What a side is called: its time or its outlet. */
export function sideText(comparison: Comparison, side: "left" | "right"): string {
  return comparison.by === "period" ? spanText(comparison[side].from, comparison[side].to) : comparison[side] || "No outlet named";
}
