/** What is drawn at the moment, and what Sigma is told for it of each node and edge. */
import { type ClaimDays, claimDays } from "../graph/claim-days.ts";
import type { Drawing, EdgeAttributes, NodeAttributes } from "../graph/graph.ts";
import { CHOSEN_GROWTH } from "../graph/geometry.ts";
import { mix } from "../look/color.ts";
import { type Look, STANDING_DASH, STANDING_STRENGTH } from "../look/look.ts";
import { STANDINGS } from "../state/state.ts";
import type { Passing } from "../state/visible.ts";
import type { EdgeLook } from "./edge-program.ts";
import type { NodeLook } from "./node-program.ts";
import type { Picture } from "./picture.ts";

/** The programs that nodes and edges are drawn by. */
export const DISC = "disc";
export const CURVED = "curved";
export const STRAIGHT = "straight";

/** What stands out, by ids of nodes and, of edges, by pairs. */
export interface Outstanding {
  readonly nodes: ReadonlySet<string>;
  readonly pairs: ReadonlyMap<number, readonly number[]>;
}

/** One object for all parts of the renderer: each reads what is drawn now. */
export interface Displayed {
  drawing: Drawing;
  picture: Picture;
  passing: Passing;
  days: ClaimDays;
  look: Look;
  /** Absent while all is shown alike. */
  outstanding: Outstanding | undefined;
}

export function outstandingOf({ columns }: Drawing, { emphasis }: Picture): Outstanding | undefined {
  if (!emphasis) return undefined;
  const { edgeRow, pair } = columns;
  const pairs = new Map<number, number[]>();
  for (const id of emphasis.edges) {
    const edge = edgeRow.get(id);
    if (edge === undefined) continue;
    const row = pair[edge] as number;
    const others = pairs.get(row);
    if (others) others.push(edge);
    else pairs.set(row, [edge]);
  }
  return { nodes: emphasis.nodes, pairs };
}

/** Takes other claims. @returns pairs whose days lie elsewhere now; undefined where all do */
export function pass(shown: Displayed, next: Passing): readonly number[] | undefined {
  if (next === shown.passing) return [];
  shown.days = claimDays(shown.drawing.columns, next, { days: shown.days, passing: shown.passing });
  shown.passing = next;
  return shown.days.moved;
}

/** A bundle is pointed at and chosen as its most reported relation. */
export function relationOf(shown: Displayed, key: string): string {
  const { pair, edge } = shown.drawing.graph.getEdgeAttributes(key);
  const { pairs, edges } = shown.drawing.columns;
  if (edge !== undefined) return key;
  let [most, main] = [-1, pairs.edges[pairs.first[pair] as number] as number];
  for (let at = pairs.first[pair] as number; at < (pairs.first[pair + 1] as number); at++) {
    const member = pairs.edges[at] as number;
    const reports = shown.picture.visible.edgeReports[member] as number;
    if (reports > most) [most, main] = [reports, member];
  }
  return edges[main]?.id ?? key;
}

/**
 * Ids of what is drawn otherwise under another picture.
 * @param shown as it is now
 * @param moved pairs that are anyhow
 */
export function changes(
  shown: Displayed,
  before: Picture,
  beside: Outstanding | undefined,
  moved: readonly number[],
): { nodes: string[]; edges: string[] } {
  const { columns, graph } = shown.drawing;
  const nodes = new Set<string>();
  const pairs = new Set(moved);
  const [then, now] = [before.visible, shown.picture.visible];
  if (then !== now) {
    then.nodeShown.forEach((was, row) => was !== now.nodeShown[row] && nodes.add(columns.nodes[row]?.id as string));
    then.edgeReports.forEach((reports, edge) => {
      const same = reports === now.edgeReports[edge] && then.edgeStanding[edge] === now.edgeStanding[edge];
      if (!same) pairs.add(columns.pair[edge] as number);
    });
  }
  if (beside !== shown.outstanding) {
    for (const each of [beside, shown.outstanding]) {
      for (const id of each?.nodes ?? []) nodes.add(id);
      for (const pair of each?.pairs.keys() ?? []) pairs.add(pair);
    }
  }
  // A ring makes its node larger, and the edges at it shorter.
  const ringed = [...before.chosen]
    .filter((id) => !shown.picture.chosen.has(id))
    .concat([...shown.picture.chosen].filter((id) => !before.chosen.has(id)));
  for (const id of ringed) {
    nodes.add(id);
    if (graph.hasNode(id)) graph.forEachEdge(id, (_, { pair }) => pairs.add(pair));
  }
  for (const id of [before.strong, shown.picture.strong]) {
    const edge = id === undefined || before.strong === shown.picture.strong ? undefined : columns.edgeRow.get(id);
    if (edge !== undefined) pairs.add(columns.pair[edge] as number);
  }
  return {
    nodes: [...nodes].filter((id) => graph.hasNode(id)),
    edges: [...pairs].flatMap((pair) => shown.drawing.keysOf(pair)).filter((key) => graph.hasEdge(key)),
  };
}

/** The reducers that Sigma asks. */
export function createReducers(shown: Displayed, family: (relation: string) => string) {
  const reduceNode = (id: string, data: NodeAttributes): Partial<NodeLook> => {
    const isChosen = shown.picture.chosen.has(id);
    return {
      x: data.x,
      y: data.y,
      size: isChosen ? data.size + CHOSEN_GROWTH : data.size,
      label: null,
      color: shown.look.node(shown.drawing.columns.nodes[data.row] as never),
      hidden: shown.picture.visible.nodeShown[data.row] !== 1,
      type: DISC,
      // Counts only while something stands out, which what is not drawn anew must know as well.
      outstanding: isChosen || shown.outstanding?.nodes.has(id) === true,
      ringed: isChosen,
    };
  };

  const reduceEdge = (key: string, { pair, edge, lane, loop, arrow }: EdgeAttributes): Partial<EdgeLook> => {
    const { columns } = shown.drawing;
    const { edgeReports, edgeStanding } = shown.picture.visible;
    let [main, standing, strong] = [edge ?? -1, STANDINGS.length - 1, false];
    if (edge === undefined) {
      // A bundle has the colour of its most reported relation and says the surest thing that any of them does.
      let most = -1;
      for (let at = columns.pairs.first[pair] as number; at < (columns.pairs.first[pair + 1] as number); at++) {
        const member = columns.pairs.edges[at] as number;
        const reports = edgeReports[member] as number;
        if (reports > most) [most, main] = [reports, member];
        if (reports > 0) standing = Math.min(standing, edgeStanding[member] as number);
        if (columns.edges[member]?.id === shown.picture.strong) strong = true;
      }
    } else {
      standing = edgeStanding[edge] as number;
      strong = columns.edges[edge]?.id === shown.picture.strong;
    }
    const says = STANDINGS[standing] ?? "happened";
    const color = shown.look.edge(columns.edges[main]?.id ?? "", family(columns.relations[columns.relation[main] as number] as string));
    const dash = STANDING_DASH[says];
    return {
      // Beyond what the number of reports gives, which the program adds.
      size: strong ? 1.5 : 0,
      color: inks.get(color)?.[standing] ?? inkFor(color, standing),
      hidden: shown.drawing.fanned.has(pair) ? edge === undefined : shown.drawing.keyOf(main) !== key,
      type: edge !== undefined && (loop || lane !== 0) ? CURVED : STRAIGHT,
      lane,
      loop,
      arrow,
      dashPeriod: dash?.period ?? 0,
      dashInk: dash?.ink ?? 0,
      claims: edge === undefined ? shown.days.ofPair(pair) : shown.days.ofEdge(edge),
      outstanding: shown.outstanding?.pairs.get(pair)?.some((each) => edge === undefined || each === edge) === true,
    };
  };

  /** Colours of lines by that of their family, fainter the less sure a report is. */
  const inks = new Map<string, string[]>();
  let inkGround = shown.look.ground;

  function inkFor(color: string, standing: number): string {
    if (inkGround !== shown.look.ground) inks.clear();
    inkGround = shown.look.ground;
    const made = STANDINGS.map((says) => mix(color, shown.look.ground.paper, STANDING_STRENGTH[says]));
    inks.set(color, made);
    return made[standing] as string;
  }

  return { reduceNode, reduceEdge };
}
