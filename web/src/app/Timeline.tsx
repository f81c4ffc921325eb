/** When things happened: bars by relation family, a window set by mouse, touch or keys, and the undated beside it. */
import { memo, useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "react-aria-components";
import type { OntologyAnswer } from "../../../src/model/api.ts";
import type { Look } from "../look/look.ts";
import { setMoving, setWindow, showUndated, type Window } from "../state/state.ts";
import { extentOf, timelineOf, visibleOf } from "../state/visible.ts";
import { type Bin, binsOf, type Unit, unitFor } from "../text/bins.ts";
import { dayNumber, dayOf, longDay, shortDay } from "../text/dates.ts";
import { count } from "../text/words.ts";
import { useApp, useFollowing, useReady, useSelected } from "./app-context.ts";
import { Icon } from "./icons.tsx";

export function Timeline() {
  const { data } = useReady();
  const extent = extentOf(data.graph);
  return extent ? <Dated extent={extent} /> : <p className="quiet">No report bears a date.</p>;
}

const PLAY_STEP_MS = 650;
/** While the window moves the drawing follows every step; counts and lists do so often, over a large graph when the window rests. */
const COUNTED_EVERY_MS = 120;
const MOST_COUNTED_ON_THE_WAY = 10_000;

function Dated({ extent }: { readonly extent: Window }) {
  const { store } = useApp();
  const { data } = useReady();
  const scene = useFollowing((state) => state.scene);
  const claims = timelineOf(data.graph, data.ontology, scene);
  const bins = useMemo(() => binsOf(claims, data.ontology.families, extent), [data, claims, extent]);
  const { facets } = visibleOf(data.graph, scene);
  const undated = useSelected((state) => state.scene.undated);
  const [playing, setPlaying] = useState(false);
  const moving = useRef(false);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** The whole extent is no window; the steps of one movement are one step for undo. */
  const settle = (next: Window) => {
    clearTimeout(resting.current);
    resting.current = undefined;
    const whole = next.from <= extent.from && next.to >= extent.to;
    store.update((state) => setMoving(undefined)(setWindow(whole ? undefined : next, moving.current)(state)));
    moving.current = true;
  };
  const change = (next: Window) => {
    store.update(setMoving(next));
    if (resting.current !== undefined && claims.start.length <= MOST_COUNTED_ON_THE_WAY) return;
    clearTimeout(resting.current);
    resting.current = setTimeout(() => settle(store.get().moving ?? next), COUNTED_EVERY_MS);
  };
  const rest = () => {
    const last = store.get().moving;
    if (last) settle(last);
    moving.current = false;
  };

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const current = store.get().scene.window;
      const to = current?.to ?? extent.to;
      const next = bins.find((bin) => bin.to > to && bin.total > 0);
      if (!current || !next) {
        setPlaying(false);
        store.update(setWindow(undefined, true));
      } else store.update(setWindow({ from: current.from, to: next.to }, true));
    }, PLAY_STEP_MS);
    return () => clearInterval(timer);
  }, [playing, bins, extent, store]);

  const play = () => {
    if (!playing) {
      const { window } = store.get().scene;
      const isPart = window !== undefined && window.to < extent.to;
      const from = isPart ? window.from : extent.from;
      const first = bins.find((bin) => bin.to >= from && bin.total > 0) ?? bins[0];
      if (first && !isPart) store.update(setWindow({ from, to: first.to }));
    }
    setPlaying(!playing);
  };

  return (
    <>
      <div className="timeline-head">
        <Button
          className="icon-button is-small"
          aria-label={playing ? "Stop" : "Play through time"}
          onPress={play}
          isDisabled={extent.from === extent.to}
        >
          <Icon name={playing ? "pause" : "play"} size={16} />
        </Button>
        <DateFields
          extent={extent}
          onChange={(next) => {
            rest();
            change(next);
            rest();
          }}
        />
        <span className="timeline-counts">
          <span className="quiet">{count(facets.dated, "dated report")}</span>
          {(facets.undated > 0 || !undated) && (
            <label className="switch">
              <input type="checkbox" checked={undated} onChange={(event) => store.update(showUndated(event.target.checked))} />
              {count(facets.undated, "undated report")}
            </label>
          )}
        </span>
      </div>
      <Histogram unit={unitFor(extent)} bins={bins} onBrush={change} onRest={rest} />
      {extent.from !== extent.to && <WindowSlider extent={extent} bins={bins} onChange={change} onRest={rest} />}
    </>
  );
}

/** The window as it is now, on its way or at rest; undefined for all time. What shows it is all that each step makes anew. */
function useWindow(): Window | undefined {
  return useSelected(({ moving, scene }) => moving ?? scene.window);
}

interface FieldsProps {
  readonly extent: Window;
  readonly onChange: (window: Window) => void;
}

/** A value as it was a moment ago, at most so often another. */
function useNowAndThen<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const waiting = useRef(false);
  useEffect(() => {
    latest.current = value;
    if (waiting.current) return;
    waiting.current = true;
    setTimeout(() => {
      waiting.current = false;
      setShown(latest.current);
    }, everyMs);
  }, [value, everyMs]);
  return shown;
}

/** Fields for days are slow to write into: while the window moves they follow as counts do. */
function DateFields({ extent, onChange }: FieldsProps) {
  const moving = useSelected((state) => state.moving);
  const lately = useNowAndThen(moving, COUNTED_EVERY_MS);
  const atRest = useSelected((state) => state.scene.window);
  const window = (moving && lately) ?? atRest ?? extent;
  const from = useId();
  const to = useId();
  return (
    <div className="date-fields">
      <label htmlFor={from}>From</label>
      <input
        id={from}
        type="date"
        value={window.from}
        min={extent.from}
        max={window.to}
        onChange={({ target }) => target.value !== "" && target.value <= window.to && onChange({ ...window, from: target.value })}
      />
      <label htmlFor={to}>to</label>
      <input
        id={to}
        type="date"
        value={window.to}
        min={window.from}
        max={extent.to}
        onChange={({ target }) => target.value !== "" && target.value >= window.from && onChange({ ...window, to: target.value })}
      />
    </div>
  );
}

const HEIGHT = 44;

interface HistogramProps {
  readonly unit: Unit;
  readonly bins: readonly Bin[];
  readonly onBrush: (window: Window) => void;
  readonly onRest: () => void;
}

/** Bars; dragging across them sets the window, dragging the window moves it, a click takes one bar. */
function Histogram({ unit, bins, onBrush, onRest }: HistogramProps) {
  const { store } = useApp();
  const { data, look } = useReady();
  const drag = useRef<{ start: number; moved: boolean; window: Window | undefined } | undefined>(undefined);
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return null;

  const binAt = (event: React.PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length)));
  };
  const onPointerDown = (event: React.PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const start = binAt(event);
    const bin = bins[start] as Bin;
    const { moving, scene } = store.get();
    const window = moving ?? scene.window;
    const inside = window !== undefined && bin.from <= window.to && bin.to >= window.from;
    drag.current = { start, moved: false, window: inside ? window : undefined };
  };
  const onPointerMove = (event: React.PointerEvent<SVGSVGElement>) => {
    const held = drag.current;
    if (!held) return;
    const at = binAt(event);
    if (at === held.start && !held.moved) return;
    held.moved = true;
    if (held.window) {
      const shift = dayNumber((bins[at] as Bin).from) - dayNumber((bins[held.start] as Bin).from);
      const length = dayNumber(held.window.to) - dayNumber(held.window.from);
      const from = Math.max(dayNumber(first.from), Math.min(dayNumber(last.to) - length, dayNumber(held.window.from) + shift));
      onBrush({ from: dayOf(from), to: dayOf(from + length) });
    } else {
      const [low, high] = [Math.min(at, held.start), Math.max(at, held.start)];
      onBrush({ from: (bins[low] as Bin).from, to: (bins[high] as Bin).to });
    }
  };
  const onPointerUp = (event: React.PointerEvent<SVGSVGElement>) => {
    const held = drag.current;
    drag.current = undefined;
    if (!held) return;
    if (!held.moved) {
      const bin = bins[binAt(event)] as Bin;
      onBrush({ from: bin.from, to: bin.to });
    }
    onRest();
  };

  return (
    <div className="histogram">
      <svg
        viewBox={`0 0 ${bins.length * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Dated reports by ${unit}, ${longDay(first.from)} to ${longDay(last.to)}`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      >
        <Bars bins={bins} unit={unit} families={data.ontology.families} look={look} />
        <Veil first={first} last={last} width={bins.length * 10} />
      </svg>
      <Axis bins={bins} unit={unit} />
    </div>
  );
}

/** Over what lies outside of the window, to the day. */
function Veil({ first, last, width }: { readonly first: Bin; readonly last: Bin; readonly width: number }) {
  const window = useWindow();
  if (!window) return null;
  const [begin, end] = [dayNumber(first.from), dayNumber(last.to) + 1];
  /** Where a day begins, in the picture's units; bars are alike whatever their months' lengths. */
  const at = (day: number) => Math.max(0, Math.min(width, ((day - begin) / (end - begin)) * width));
  const [from, to] = [at(dayNumber(window.from)), at(dayNumber(window.to) + 1)];
  return (
    <g className="veil">
      <rect x="0" y="0" width={from} height={HEIGHT} />
      <rect x={to} y="0" width={width - to} height={HEIGHT} />
    </g>
  );
}

interface BarsProps {
  readonly bins: readonly Bin[];
  readonly unit: Unit;
  readonly families: OntologyAnswer["families"];
  readonly look: Look;
}

/** A bar's pieces from the bottom up, one a family that it has. */
function piecesOf({ counts }: Bin, families: OntologyAnswer["families"], tallest: number) {
  const pieces: { readonly family: string; readonly top: number; readonly height: number }[] = [];
  let top = HEIGHT;
  for (const { family } of families) {
    const height = ((counts.get(family) ?? 0) / tallest) * (HEIGHT - 4);
    if (height === 0) continue;
    top -= height;
    pieces.push({ family, top, height: Math.max(height, 1) });
  }
  return pieces;
}

/** Drawn anew when the claims are others, not at the steps of the window's way. */
const Bars = memo(function Bars({ bins, unit, families, look }: BarsProps) {
  const tallest = Math.max(1, ...bins.map((bin) => bin.total));
  return bins.map((bin, index) => {
    const days = unit === "day" ? longDay(bin.from) : `${shortDay(bin.from)} – ${shortDay(bin.to)}`;
    return (
      <g key={bin.from}>
        <title>{`${days}: ${count(Math.round(bin.total * 10) / 10, "report")}`}</title>
        <rect x={index * 10} y="0" width="10" height={HEIGHT} fill="transparent" />
        {piecesOf(bin, families, tallest).map(({ family, top, height }) => (
          <rect key={family} x={index * 10 + 1} y={top} width="8" height={height} fill={look.family(family)} />
        ))}
      </g>
    );
  });
});

/** A few dates under the bars, never closer than they can be read. */
const Axis = memo(function Axis({ bins, unit }: { readonly bins: readonly Bin[]; readonly unit: Unit }) {
  const every = Math.max(1, Math.ceil(bins.length / 7));
  const ticks = bins.map((bin, index) => ({ bin, index })).filter(({ index }) => index % every === 0 && index + every * 0.6 <= bins.length);
  return (
    <div className="axis" aria-hidden="true">
      {ticks.map(({ bin, index }) => (
        <span key={bin.from} style={{ left: `${(index / bins.length) * 100}%` }}>
          {unit === "year"
            ? bin.from.slice(0, 4)
            : unit === "month" || unit === "quarter"
              ? shortDay(bin.from).replace(/^1 /, "")
              : shortDay(bin.from)}
        </span>
      ))}
    </div>
  );
});

interface SliderProps extends FieldsProps {
  readonly bins: readonly Bin[];
  readonly onRest: () => void;
}

/** Two thumbs over the bars' own days, so that they stand under what they mean; each holds a slider of the browser for the keyboard. */
function WindowSlider({ extent, bins, onChange, onRest }: SliderProps) {
  const window = useWindow() ?? extent;
  const track = useRef<HTMLDivElement>(null);
  const low = dayNumber(bins[0]?.from ?? extent.from);
  const high = dayNumber(bins.at(-1)?.to ?? extent.to);
  const [from, to] = [Math.max(low, dayNumber(window.from)), Math.min(high, dayNumber(window.to))];
  const share = (day: number) => ((day - low) / Math.max(1, high - low)) * 100;
  const setFrom = (day: number) => onChange({ from: dayOf(Math.min(day, to)), to: window.to });
  const setTo = (day: number) => onChange({ from: window.from, to: dayOf(Math.max(day, from)) });
  const thumb = (label: string, value: number, set: (day: number) => void) => (
    <div
      className="slider-thumb"
      style={{ left: `${share(value)}%` }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.querySelector("input")?.focus();
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId) || !track.current) return;
        const { left, width } = track.current.getBoundingClientRect();
        set(Math.max(low, Math.min(high, Math.round(low + ((event.clientX - left) / width) * (high - low)))));
      }}
      onPointerUp={onRest}
      onPointerCancel={onRest}
    >
      <input
        type="range"
        aria-label={label}
        aria-valuetext={longDay(dayOf(value))}
        min={low}
        max={high}
        step={1}
        value={value}
        onChange={(event) => set(Number(event.target.value))}
        onKeyUp={onRest}
        onBlur={onRest}
      />
    </div>
  );
  return (
    <div className="slider" role="group" aria-label="Time window" ref={track}>
      <div className="slider-fill" style={{ left: `${share(from)}%`, width: `${share(to) - share(from)}%` }} />
      {thumb("From", from, setFrom)}
      {thumb("To", to, setTo)}
    </div>
  );
}
