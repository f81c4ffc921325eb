/** The legend, which is the filter: every row says how something is drawn, how much of it there is, and switches it. */
import { useId, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { columnsOf } from "../graph/columns.ts";
import { STANDING_DASH } from "../look/look.ts";
import {
  type Scene,
  STANDINGS,
  onlyOutlets,
  onlyRelations,
  setAppearance,
  setMinConfidence,
  setMinDegree,
  showKinds,
  showOutlets,
  showRelations,
  showStandings,
} from "../state/state.ts";
import { outletsOf, type Visible, visibleOf } from "../state/visible.ts";
import { sameParts } from "../state/store.ts";
import { count, STANDING_LABELS } from "../text/words.ts";
import { useApp, useFollowing, useReady, useSelected } from "./app-context.ts";
import { CommunityRows } from "./CommunityRows.tsx";
import { Row } from "./FilterRow.tsx";
import { Icon, KindMark, LineMark } from "./icons.tsx";

/** The same scene for all that are filtered alike by what stands here: a box that is ticked shows it at once, counts follow. */
const filteredBy = sameParts((scene: Scene) => [
  scene.hiddenKinds,
  scene.hiddenRelations,
  scene.hiddenStandings,
  scene.hiddenOutlets,
  scene.minConfidence,
  scene.minDegree,
]);

function useFilters(): Scene {
  return useSelected((state) => filteredBy(state.scene));
}

/** How much each row stands for. */
function useFacets(): Visible["facets"] {
  const { data } = useReady();
  const scene = useFollowing((state) => state.scene);
  return visibleOf(data.graph, scene).facets;
}

/** Where the slider of relations ends. */
const MOST_ASKED = 12;

export function Filters() {
  const { store } = useApp();
  const { data, look } = useReady();
  const scene = useFilters();
  // The colours then mean something else.
  const byCommunity = useSelected((state) => state.appearance.coloring === "community");
  const facets = useFacets();
  const { ontology } = data;
  const kinds = useId();
  const relations = useId();
  const standings = useId();
  const confidence = useId();
  const degree = useId();
  const connected = (least: number) => data.graph.nodes.filter((node) => node.degree >= least).length;
  const { present, reported } = useMemo(() => {
    const columns = columnsOf(data.graph);
    return { present: new Set(columns.relations), reported: new Set(Array.from(new Set(columns.standing), (place) => STANDINGS[place])) };
  }, [data.graph]);
  const all = ontology.relations.map((relation) => relation.name);

  return (
    <div className="filters">
      <section aria-labelledby={kinds}>
        <h2 id={kinds}>Entities</h2>
        {ontology.kinds.map(({ kind, label }) => (
          <Row
            key={kind}
            label={label}
            mark={<KindMark kind={kind} color={byCommunity ? look.ground.quiet : look.kind(kind)} size={20} />}
            count={facets.kinds.get(kind) ?? 0}
            shown={!scene.hiddenKinds.has(kind)}
            onChange={(shown) => store.update(showKinds([kind], shown))}
          />
        ))}
      </section>

      <section aria-labelledby={relations}>
        <h2 id={relations}>Relations</h2>
        {ontology.families.map(({ family, label }) => {
          const members = ontology.relations.filter((relation) => relation.family === family && present.has(relation.name));
          if (members.length === 0) return null;
          return (
            <Family
              key={family}
              label={label}
              color={look.family(family)}
              members={members}
              counts={facets.relations}
              onOnly={() =>
                store.update(
                  onlyRelations(
                    members.map((member) => member.name),
                    all,
                  ),
                )
              }
            />
          );
        })}
      </section>

      <section aria-labelledby={standings}>
        <h2 id={standings}>How it is reported</h2>
        {STANDINGS.filter((standing) => reported.has(standing)).map((standing) => {
          const dash = STANDING_DASH[standing];
          const count = facets.standings.get(standing) ?? 0;
          return (
            <Row
              key={standing}
              label={STANDING_LABELS[standing]}
              mark={
                <LineMark
                  color={look.ground.quiet}
                  dash={dash && `${dash.period * dash.ink * 0.75} ${dash.period * (1 - dash.ink) * 0.75}`}
                  arrow={false}
                />
              }
              count={count}
              shown={!scene.hiddenStandings.has(standing)}
              onChange={(shown) => store.update(showStandings([standing], shown))}
            />
          );
        })}
      </section>

      <Outlets />
      <Communities />

      <section>
        <label className="filter-range" htmlFor={confidence}>
          <span>Least confidence</span>
          <output htmlFor={confidence}>{scene.minConfidence > 0 ? `${Math.round(scene.minConfidence * 100)} %` : "any"}</output>
        </label>
        <input
          id={confidence}
          type="range"
          className="range"
          min={0}
          max={0.95}
          step={0.05}
          value={scene.minConfidence}
          onChange={(event) => store.update(setMinConfidence(Number(event.target.value), scene.minConfidence > 0))}
        />
        <label className="filter-range" htmlFor={degree}>
          <span>Fewest relations</span>
          <output htmlFor={degree}>
            {scene.minDegree > 0 ? `${scene.minDegree}: ${count(connected(scene.minDegree), "entity", "entities")}` : "any"}
          </output>
        </label>
        <input
          id={degree}
          type="range"
          className="range"
          min={0}
          max={MOST_ASKED}
          step={1}
          value={scene.minDegree}
          onChange={(event) => store.update(setMinDegree(Number(event.target.value), scene.minDegree > 0))}
        />
      </section>
    </div>
  );
}

const FEW_OUTLETS = 6;

/** Who says so; a single outlet needs no filter. */
function Outlets() {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useFilters();
  const [all, setAll] = useState(false);
  const heading = useId();
  const facets = useFacets();
  const outlets = outletsOf(data.graph);
  if (outlets.length < 2) return null;
  const names = outlets.map(([name]) => name);
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>Outlets</h2>
      {outlets.slice(0, all ? undefined : FEW_OUTLETS).map(([name]) => (
        <Row
          key={name}
          label={name || "No outlet named"}
          mark={<Icon name="document" size={16} />}
          count={facets.outlets.get(name) ?? 0}
          shown={!scene.hiddenOutlets.has(name)}
          onChange={(shown) => store.update(showOutlets([name], shown))}
        >
          <button
            type="button"
            className="row-only"
            aria-label={`Only ${name || "documents without an outlet"}`}
            onClick={() => store.update(onlyOutlets([name], names))}
          >
            only
          </button>
        </Row>
      ))}
      {outlets.length > FEW_OUTLETS && (
        <button type="button" className="text-button more-rows" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `${outlets.length - FEW_OUTLETS} more`}
        </button>
      )}
    </section>
  );
}

/** Groups that Louvain's method finds, once somebody asked for them. */
function Communities() {
  const { store } = useApp();
  const { data } = useReady();
  const isLegend = useSelected((state) => state.appearance.coloring === "community");
  const filters = useSelected((state) => state.scene.hiddenCommunities.size > 0);
  useSelected((state) => state.analysed);
  const heading = useId();
  if (data.graph.nodes.length < FEWEST_TO_GROUP) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>Communities</h2>
      {isLegend || filters ? (
        <CommunityRows most={8} />
      ) : (
        <Button className="button is-small is-offer" onPress={() => store.update(setAppearance({ coloring: "community" }))}>
          Find and colour them
        </Button>
      )}
    </section>
  );
}

/** Fewer entities have no communities worth the name. */
const FEWEST_TO_GROUP = 8;

interface FamilyProps {
  readonly label: string;
  readonly color: string;
  readonly members: readonly { readonly name: string; readonly label: string; readonly symmetric: boolean }[];
  /** Reports by relation. */
  readonly counts: ReadonlyMap<string, number>;
  readonly onOnly: () => void;
}

/** A family of relations: one row, which opens into its relations. */
function Family({ label, color, members, counts, onOnly }: FamilyProps) {
  const { store } = useApp();
  const scene = useFilters();
  const [open, setOpen] = useState(false);
  const inside = useId();
  const names = members.map((member) => member.name);
  const shown = names.filter((name) => !scene.hiddenRelations.has(name));
  const total = names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  return (
    <div className="family">
      <Row
        label={label}
        mark={<LineMark color={color} />}
        count={total}
        shown={shown.length > 0}
        partly={shown.length > 0 && shown.length < names.length}
        onChange={(on) => store.update(showRelations(names, on))}
      >
        <button type="button" className="row-only" aria-label={`Only ${label.toLowerCase()}`} onClick={onOnly}>
          only
        </button>
        <button
          type="button"
          className={`row-open${open ? " is-open" : ""}`}
          aria-label={`Relations of ${label.toLowerCase()}`}
          aria-expanded={open}
          aria-controls={inside}
          onClick={() => setOpen(!open)}
        >
          <Icon name="down" size={14} />
        </button>
      </Row>
      <div id={inside} hidden={!open} className="family-members">
        {members.map(({ name, label: text, symmetric }) => (
          <Row
            key={name}
            label={text}
            mark={<LineMark color={color} arrow={!symmetric} />}
            count={counts.get(name) ?? 0}
            shown={!scene.hiddenRelations.has(name)}
            onChange={(on) => store.update(showRelations([name], on))}
          />
        ))}
      </div>
    </div>
  );
}
