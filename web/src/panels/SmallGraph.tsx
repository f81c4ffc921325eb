/** A few entities and what is between them, as a drawing that needs no WebGL: beside a document, or a side of a comparison. */
import { useMemo } from "react";
import type { EntityKind } from "../../../src/model/graph.ts";
import { useApp, useReady } from "../app/app-context.ts";
import { pointOf } from "../graph/geometry.ts";
import { settle } from "../layout/settle.ts";
import { PICTOGRAMS } from "../look/pictograms.ts";
import { type Point, select, setHover } from "../state/state.ts";

export interface SmallNode {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  /** Absent for all nodes: they are laid out here. */
  readonly at?: Point;
  /** Not meant here: drawn faintly, without a name. */
  readonly faint?: boolean;
}

export interface SmallEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly color: string;
  readonly arrow: boolean;
  /** In CSS pixels. */
  readonly width?: number;
  readonly dash?: string | undefined;
}

interface SmallGraphProps {
  /** What a reader who cannot see it is told. */
  readonly label: string;
  readonly nodes: readonly SmallNode[];
  readonly edges: readonly SmallEdge[];
  readonly width: number;
  readonly height: number;
}

const RADIUS = 11;
const LABEL = 12;
const MARGIN = 34;
/** With more nodes than this, only the best connected are named. */
const MOST_NAMED = 36;

/** Lays nodes out by forces. @returns places in graph coordinates, y up */
export function layOut(nodes: readonly SmallNode[], edges: readonly Pick<SmallEdge, "from" | "to">[]): ReadonlyMap<string, Point> {
  const order = nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const position = new Map(order.map(({ id }, index) => [id, index]));
  const links = new Map<string, { source: number; target: number; weight: number }>();
  for (const { from, to } of edges) {
    const [source = 0, target = 0] = [position.get(from) ?? 0, position.get(to) ?? 0].toSorted((a, b) => a - b);
    if (source !== target) links.set(`${source} ${target}`, { source, target, weight: 1 });
  }
  const input = { nodes: order.map(({ id, name }) => ({ id, radius: RADIUS, label: name.length * 6.5 })), links: [...links.values()] };
  let last: ArrayLike<number> = [];
  for (const positions of settle(input)) last = positions;
  return new Map(order.map(({ id }, index) => [id, { x: last[2 * index] ?? 0, y: last[2 * index + 1] ?? 0 }]));
}

/** Where each node is drawn: the given places, or those of an own layout, fitted into the drawing. */
function placesOf({ nodes, edges, width, height }: Omit<SmallGraphProps, "label">): ReadonlyMap<string, Point> {
  const given = nodes.every(({ at }) => at) ? new Map(nodes.map(({ id, at }) => [id, at as Point])) : layOut(nodes, edges);
  const places = new Map<string, Point>();
  const extent = (axis: "x" | "y") => {
    const values = [...given.values()].map((at) => at[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  // Lying down in an upright drawing it would leave most of it empty.
  const turned = height > width && extent("x") > extent("y");
  for (const [id, { x, y }] of given) places.set(id, turned ? { x: y, y: x } : { x, y: -y });
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((width - 2.6 * MARGIN) / Math.max(1, right - left), (height - 2 * MARGIN) / Math.max(1, bottom - top), 1.6);
  for (const [id, { x, y }] of places)
    places.set(id, { x: width / 2 + (x - (left + right) / 2) * scale, y: (height - LABEL) / 2 + (y - (top + bottom) / 2) * scale });
  return places;
}

/** Lanes of edges between the same two nodes, seen from the one with the smaller id. */
function lanesOf(edges: readonly SmallEdge[]): ReadonlyMap<string, number> {
  const pairs = Map.groupBy(edges, ({ from, to }) => (from < to ? `${from} ${to}` : `${to} ${from}`));
  const lanes = new Map<string, number>();
  for (const pair of pairs.values())
    pair.forEach(({ id, from, to }, index) => lanes.set(id, (index - (pair.length - 1) / 2) * (from < to ? 1 : -1)));
  return lanes;
}

const shortened = (name: string) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);

/** Where a name is written, seen from its node's middle. */
interface NamePlace extends Point {
  readonly anchor: "middle" | "start" | "end";
}

/** Places for names that cover neither a node nor another name, the best connected first; what finds none is left out. */
function namesOf(
  nodes: readonly SmallNode[],
  edges: readonly SmallEdge[],
  places: ReadonlyMap<string, Point>,
  radius: number,
  width: number,
): ReadonlyMap<string, NamePlace> {
  const degree = new Map<string, number>();
  for (const { from, to } of edges) for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const taken: { readonly x: number; readonly y: number; readonly half: number; readonly high: number }[] = [];
  for (const { id } of nodes) {
    const at = places.get(id);
    if (at) taken.push({ ...at, half: radius * 0.9, high: radius * 0.9 });
  }
  const names = new Map<string, NamePlace>();
  const order = nodes.toSorted((a, b) => (degree.get(b.id) ?? 0) - (degree.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  for (const { id, name, faint } of order) {
    const at = places.get(id);
    if (!at || faint) continue;
    const half = shortened(name).length * 3 + 2;
    const aside = radius + 4 + half;
    const offered: readonly (readonly [Point, NamePlace["anchor"]])[] = [
      [{ x: 0, y: radius + LABEL * 0.65 }, "middle"],
      [{ x: aside, y: 0 }, "start"],
      [{ x: -aside, y: 0 }, "end"],
      [{ x: 0, y: -radius - LABEL * 0.65 }, "middle"],
    ];
    const found = offered.find(([{ x, y }]) => {
      const box = { x: at.x + x, y: at.y + y, half, high: LABEL / 2 };
      const inside = box.x - half > 0 && box.x + half < width;
      return (
        inside && !taken.some((other) => Math.abs(other.y - box.y) < other.high + box.high && Math.abs(other.x - box.x) < other.half + half)
      );
    });
    if (!found) continue;
    const [{ x, y }, anchor] = found;
    taken.push({ x: at.x + x, y: at.y + y, half, high: LABEL / 2 });
    // The text's own point is on its base line, and at its begin or end where it stands beside the node.
    names.set(id, { x: anchor === "middle" ? 0 : Math.sign(x) * (radius + 4), y: y + LABEL * 0.35, anchor });
  }
  return names;
}

export function SmallGraph({ label, nodes, edges, width, height }: SmallGraphProps) {
  const { store } = useApp();
  const { look } = useReady();
  const places = useMemo(() => placesOf({ nodes, edges, width, height }), [nodes, edges, width, height]);
  const lanes = useMemo(() => lanesOf(edges), [edges]);
  const small = nodes.length > MOST_NAMED;
  const radius = small ? RADIUS * 0.55 : RADIUS;
  const names = useMemo(() => namesOf(nodes, edges, places, radius, width), [nodes, edges, places, radius, width]);
  return (
    <svg className="small-graph" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {edges.map(({ id, from, to, color, arrow, width: thickness = 1.8, dash }) => {
        const [source, target] = [places.get(from), places.get(to)];
        if (!source || !target || from === to) return null;
        const lane = lanes.get(id) ?? 0;
        const length = Math.max(1, Math.hypot(target.x - source.x, target.y - source.y));
        const [begin, middle, tip] = [radius / length, 0.5, 1 - (radius + 1) / length].map((t) => pointOf(source, target, lane, 1, t));
        if (!begin || !middle || !tip) return null;
        const control = { x: 2 * middle.x - (begin.x + tip.x) / 2, y: 2 * middle.y - (begin.y + tip.y) / 2 };
        const head = 3.2 + thickness;
        return (
          <g
            key={id}
            className="small-edge"
            onClick={() => store.update(select({ type: "edge", id }))}
            onMouseEnter={() => store.update(setHover({ type: "edge", id }))}
            onMouseLeave={() => store.update(setHover(undefined))}
          >
            <path
              d={`M${begin.x} ${begin.y}Q${control.x} ${control.y} ${tip.x} ${tip.y}`}
              stroke="transparent"
              strokeWidth="10"
              fill="none"
            />
            <path
              d={`M${begin.x} ${begin.y}Q${control.x} ${control.y} ${tip.x} ${tip.y}`}
              stroke={color}
              strokeWidth={thickness}
              strokeDasharray={dash}
              fill="none"
            />
            {arrow && (
              <path
                d={`M0 0L${-2 * head} ${-head}L${-2 * head} ${head}Z`}
                fill={color}
                transform={`translate(${tip.x} ${tip.y}) rotate(${(tip.angle * 180) / Math.PI})`}
              />
            )}
          </g>
        );
      })}
      {nodes.map(({ id, kind, name, faint }) => {
        const at = places.get(id);
        if (!at) return null;
        const size = (radius * 1.16) / 24;
        const written = names.get(id);
        return (
          <g
            key={id}
            className={`small-node${faint ? " is-faint" : ""}`}
            transform={`translate(${at.x} ${at.y})`}
            onClick={() => store.update(select({ type: "entity", id: id as never }))}
            onMouseEnter={() => store.update(setHover({ type: "entity", id: id as never }))}
            onMouseLeave={() => store.update(setHover(undefined))}
          >
            <title>{name}</title>
            <circle r={radius} fill={look.kind(kind)} />
            {!small && <path d={PICTOGRAMS[kind]} fill="#fff" fillRule="evenodd" transform={`scale(${size}) translate(-12 -12)`} />}
            {written && (
              <text x={written.x} y={written.y} textAnchor={written.anchor}>
                {shortened(name)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
