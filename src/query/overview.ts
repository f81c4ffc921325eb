/** The graph as the viewer starts with it: the best connected entities, the strongest pairs among them, by columns; and more on demand. */
import { type EntitySummary, type GraphAnswer, type GraphColumns, type LayoutAnswer, type LayoutRequest, saysOf } from "../model/api.ts";
import type { EntityId } from "../model/graph.ts";
import type { View } from "../store/store.ts";
import { type Known, layOut } from "./layout.ts";
import { known } from "./query.ts";

type Edge = GraphAnswer["edges"][number];

/** The pair of an edge's ends, whichever way it leads. */
function pairOf({ subject, object }: Edge): string {
  return subject < object ? `${subject} ${object}` : `${object} ${subject}`;
}

/** How much of the graph to take at most: entities, and pairs of them that are joined by edges; of each the strongest. */
export interface Most {
  readonly nodes: number;
  readonly pairs: number;
}

/** Everybody starts with the same: it is kept while the graph does not change. */
const kept = new WeakMap<View, { readonly of: string; readonly overview: GraphColumns; layout?: LayoutAnswer }>();

function keptOf(view: View, most: Most) {
  const of = `${view.state()} ${most.nodes} ${most.pairs}`;
  let found = kept.get(view);
  if (found?.of !== of) {
    found = { of, overview: strongestPart(view, most) };
    kept.set(view, found);
  }
  return found;
}

export function overview(view: View, most: Most): GraphColumns {
  return keptOf(view, most).overview;
}

function strongestPart(view: View, most: Most): GraphColumns {
  const graph = view.strongest({}, most.nodes);
  const reports = new Map<string, number>();
  for (const edge of graph.edges) reports.set(pairOf(edge), (reports.get(pairOf(edge)) ?? 0) + edge.reports);
  let edges = graph.edges;
  if (reports.size > most.pairs) {
    const strongest = [...reports].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most.pairs);
    const chosen = new Set(strongest.map(([pair]) => pair));
    edges = edges.filter((edge) => chosen.has(pairOf(edge)));
  }
  return columns({ ...graph, edges }, { nodes: graph.truncated?.nodes ?? graph.nodes.length, pairs: reports.size });
}

/**
 * Where `overview` puts its entities: the same for the same graph, and for the same places that they had before.
 * @param before places of entities as far as they are known; see `layOut`
 */
export function overviewLayout(view: View, most: Most, before?: LayoutRequest): LayoutAnswer {
  const found = keptOf(view, most);
  return before === undefined ? (found.layout ??= layoutOf(found.overview)) : layoutOf(found.overview, knownPlaces(found.overview, before));
}

/** Entities that are not among the overview's count for nothing. */
function knownPlaces({ nodes }: GraphColumns, { ids, x, y, pinned = [] }: LayoutRequest): Known {
  const rows = new Map(nodes.map(({ id }, row) => [id as string, row]));
  const at = ids.map((id) => rows.get(id));
  const places = new Map<number, readonly [number, number]>();
  at.forEach((row, i) => row !== undefined && places.set(row, [x[i] as number, y[i] as number]));
  return { places, pinned: new Set(pinned.flatMap((i) => at[i] ?? [])) };
}

function layoutOf({ nodes, edges }: GraphColumns, before?: Known): LayoutAnswer {
  const links = new Map<number, number>();
  edges.subject.forEach((subject, row) => {
    const object = edges.object[row] as number;
    const key = Math.min(subject, object) * nodes.length + Math.max(subject, object);
    if (subject !== object) links.set(key, (links.get(key) ?? 0) + 1);
  });
  const places = layOut(
    nodes.map((node) => node.id),
    [...links].map(([key, weight]) => ({ source: Math.floor(key / nodes.length), target: key % nodes.length, weight })),
    before,
  );
  const of = (axis: 0 | 1) => nodes.map((_, row) => Math.round(places[2 * row + axis] as number));
  return { x: of(0), y: of(1) };
}

/**
 * An entity's strongest neighbours with all edges that join them to it and to one another, and those that are new to the client to all
 * that it has. Of neighbours that it has already, hubs mostly, it has the strongest edges; the rest would bury what was asked for.
 * @param has how many of the best connected entities, and which others besides
 * @throws {KnownError} unknown-entity
 */
export function expansion(
  view: View,
  id: EntityId,
  limit: number,
  has: { readonly nodes: number; readonly others: readonly EntityId[] },
): GraphColumns {
  const center = known(view, id);
  const { items, total } = view.strongestNeighbors(center.id, limit);
  return columns(view.between(items, [center.id], { best: has.nodes, others: has.others }), { nodes: total, pairs: 0 });
}

function columns({ nodes, edges, documents }: GraphAnswer, total: GraphColumns["total"]): GraphColumns {
  const rows = new Map(nodes.map((node: EntitySummary, row) => [node.id, row]));
  const beside: EntityId[] = [];
  const rowOf = (id: EntityId): number => {
    let row = rows.get(id);
    if (row === undefined) {
      row = nodes.length + beside.length;
      rows.set(id, row);
      beside.push(id);
    }
    return row;
  };
  const numbers = <T>() => {
    const places = new Map<T, number>();
    return {
      of: (value: T): number => {
        const place = places.get(value) ?? places.size;
        places.set(value, place);
        return place;
      },
      all: () => [...places.keys()],
    };
  };
  const [relations, outlets, confidences] = [numbers<string>(), numbers<string>(), numbers<number>()];
  const placed = edges.map((edge) => ({ edge, subject: rowOf(edge.subject), object: rowOf(edge.object) }));
  // Neighbours in the table are alike: it compresses well.
  placed.sort((a, b) => a.subject - b.subject || a.object - b.object || (a.edge.relation < b.edge.relation ? -1 : 1));
  const claims = placed.flatMap(({ edge }) => edge.claims);
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  return {
    nodes,
    edges: {
      subject: placed.map((row) => row.subject),
      relation: placed.map((row) => relations.of(row.edge.relation)),
      object: placed.map((row) => row.object),
      reports: placed.map((row) => row.edge.claims.length),
      events: placed.map((row) => row.edge.events),
      documents: placed.map((row) => row.edge.documents),
    },
    claims: {
      day: claims.map(({ date }) => (date ? day(date.start) : null)),
      days: claims.map(({ date }) => (date ? day(date.end) - day(date.start) : 0)),
      says: claims.map(saysOf),
      confidence: claims.map((claim) => confidences.of(claim.confidence)),
      document: claims.map((claim) => claim.document),
    },
    outlet: documents.map(({ source }) => (source === undefined ? -1 : outlets.of(source))),
    known: beside,
    relations: relations.all(),
    outlets: outlets.all(),
    confidences: confidences.all(),
    total,
  };
}
