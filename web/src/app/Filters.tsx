/** The legend, which is the filter: every row says how something is drawn, how much of it there is, and switches it. */
import { useId, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { columnsOf } from "../graph/columns.ts";
import { STANDING_DASH } from "../look/look.ts";
import { onlyRelations, setMinConfidence, STANDINGS, showKinds, showRelations, showStandings } from "../state/state.ts";
import { visibleOf } from "../state/visible.ts";
import { STANDING_LABELS } from "../text/words.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";
import { Icon, KindMark, LineMark } from "./icons.tsx";

interface RowProps {
  readonly label: string;
  readonly mark: React.ReactNode;
  readonly count: number;
  readonly shown: boolean;
  /** Some, not all, of what the row stands for is shown. */
  readonly partly?: boolean;
  readonly onChange: (shown: boolean) => void;
  readonly children?: React.ReactNode;
}

function Row({ label, mark, count, shown, partly = false, onChange, children }: RowProps) {
  return (
    <div className={`filter-row${count === 0 ? " is-empty" : ""}`}>
      <label>
        <input
          type="checkbox"
          checked={shown}
          ref={(box) => {
            if (box) box.indeterminate = partly;
          }}
          onChange={(event) => onChange(event.target.checked)}
        />
        {mark}
        <span className="filter-label">{label}</span>
        <span className="filter-count">{count.toLocaleString("en")}</span>
      </label>
      {children}
    </div>
  );
}

export function Filters() {
  const { store } = useApp();
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const { facets } = visibleOf(data.graph, scene);
  const { ontology } = data;
  const kinds = useId();
  const relations = useId();
  const standings = useId();
  const confidence = useId();
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
            mark={<KindMark kind={kind} color={look.kind(kind)} size={20} />}
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
      </section>
    </div>
  );
}

interface FamilyProps {
  readonly label: string;
  readonly color: string;
  readonly members: readonly { readonly name: string; readonly label: string; readonly symmetric: boolean }[];
  readonly onOnly: () => void;
}

/** A family of relations: one row, which opens into its relations. */
function Family({ label, color, members, onOnly }: FamilyProps) {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useSelected((state) => state.scene);
  const { facets } = visibleOf(data.graph, scene);
  const [open, setOpen] = useState(false);
  const inside = useId();
  const names = members.map((member) => member.name);
  const shown = names.filter((name) => !scene.hiddenRelations.has(name));
  const total = names.reduce((sum, name) => sum + (facets.relations.get(name) ?? 0), 0);
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
        <Button className="row-only" aria-label={`Only ${label.toLowerCase()}`} onPress={onOnly}>
          only
        </Button>
        <Button
          className={`row-open${open ? " is-open" : ""}`}
          aria-label={`Relations of ${label.toLowerCase()}`}
          aria-expanded={open}
          aria-controls={inside}
          onPress={() => setOpen(!open)}
        >
          <Icon name="down" size={14} />
        </Button>
      </Row>
      <div id={inside} hidden={!open} className="family-members">
        {members.map(({ name, label: text, symmetric }) => (
          <Row
            key={name}
            label={text}
            mark={<LineMark color={color} arrow={!symmetric} />}
            count={facets.relations.get(name) ?? 0}
            shown={!scene.hiddenRelations.has(name)}
            onChange={(on) => store.update(showRelations([name], on))}
          />
        ))}
      </div>
    </div>
  );
}
