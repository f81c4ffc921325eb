/** What the graph says of an entity over time: offices it held or that were held in it, agreements and where they stand. Pure. */
import type { EntityKind, EventDate } from "../../../src/model/graph.ts";
import type { GraphEdge, Index } from "./visible.ts";
import { otherEnd } from "./visible.ts";

/** Of days as they are written. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

const OFFICES: ReadonlySet<string> = new Set(["leads", "represents", "member-of"]);

/** Someone in an office: from its first dated report to its last. */
export interface Office {
  readonly edge: GraphEdge;
  /** The other end, seen from the entity. */
  readonly other: string;
  readonly isHolder: boolean;
}

/** Offices of a person; of a state or organisation, who held them. Dated ones first, in order. */
export function officesOf(index: Index, id: string): readonly Office[] {
  return (index.at.get(id) ?? [])
    .filter((edge) => OFFICES.has(edge.relation))
    .map((edge) => ({ edge, other: otherEnd(edge, id), isHolder: edge.subject === id, from: edge.from ?? "9999" }))
    .toSorted((a, b) => compare(a.from, b.from) || b.edge.reports - a.edge.reports || (a.edge.id < b.edge.id ? -1 : 1));
}

/** What happens to an agreement, in the order in which it usually does. */
const STEPS: readonly (readonly [relation: string, status: string])[] = [
  ["proposed", "proposed"],
  ["negotiated-with", "under negotiation"],
  ["brokered", "brokered"],
  ["agreed-with", "agreed"],
  ["signed", "signed"],
  ["ratified", "ratified"],
  ["joined", "joined"],
  ["rejected", "rejected"],
  ["vetoed", "vetoed"],
  ["violated", "violated"],
  ["withdrew-from", "withdrawn from"],
];
const PARTY: ReadonlySet<string> = new Set(["signed", "ratified", "party-to", "joined", "agreed-with"]);
const BROKER: ReadonlySet<string> = new Set(["brokered", "mediated-between", "hosted"]);

export interface AgreementStep {
  readonly status: string;
  readonly edge: GraphEdge;
  readonly by: string;
  readonly date?: EventDate;
}

export interface Agreement {
  readonly id: string;
  readonly parties: readonly string[];
  readonly brokers: readonly string[];
  /** In time; undated ones after the dated, as such things usually follow each other. Only what is said to have happened. */
  readonly steps: readonly AgreementStep[];
  /** The latest step's, "not signed yet" when nothing happened. */
  readonly status: string;
}

/** An agreement as the edges that lead to it tell it. */
export function agreementOf(index: Index, id: string): Agreement {
  const edges = (index.at.get(id) ?? []).filter((edge) => edge.object === id);
  const of = (kinds: ReadonlySet<string>) => [
    ...new Set(edges.filter(({ relation }) => kinds.has(relation)).map(({ subject }) => subject)),
  ];
  const order = new Map(STEPS.map(([relation], place) => [relation, place]));
  const steps = edges
    .flatMap((edge): AgreementStep[] => {
      const status = STEPS.find(([relation]) => relation === edge.relation)?.[1];
      const done = edge.claims.filter(({ polarity, modality }) => polarity === "affirmed" && modality === "happened");
      if (status === undefined || done.length === 0) return [];
      const date = done.find((claim) => claim.date)?.date;
      return [{ status, edge, by: edge.subject, ...(date ? { date } : {}) }];
    })
    .toSorted(
      (a, b) =>
        compare(a.date?.start ?? "9999", b.date?.start ?? "9999") ||
        (order.get(a.edge.relation) ?? 0) - (order.get(b.edge.relation) ?? 0) ||
        (a.edge.id < b.edge.id ? -1 : 1),
    );
  const parties = of(PARTY);
  return {
    id,
    parties,
    brokers: of(BROKER).filter((broker) => !parties.includes(broker)),
    steps,
    status: steps.at(-1)?.status ?? "not reported as done",
  };
}

/** So many agreements are told of; a hub may have hundreds. */
const MOST_AGREEMENTS = 40;

/** The agreements that an entity has an edge to, in time; of many, those that most is reported of. */
export function agreementsOf(index: Index, id: string): { readonly agreements: readonly Agreement[]; readonly total: number } {
  const kindOf = (other: string): EntityKind | undefined => index.nodes.get(other)?.kind;
  const reports = new Map<string, number>();
  for (const edge of index.at.get(id) ?? [])
    if (edge.subject === id && kindOf(edge.object) === "agreement")
      reports.set(edge.object, (reports.get(edge.object) ?? 0) + edge.reports);
  const most = [...reports].toSorted((a, b) => b[1] - a[1] || compare(a[0], b[0])).slice(0, MOST_AGREEMENTS);
  const agreements = most
    .map(([other]) => agreementOf(index, other))
    .toSorted((a, b) => compare(a.steps[0]?.date?.start ?? "9999", b.steps[0]?.date?.start ?? "9999") || compare(a.id, b.id));
  return { agreements, total: reports.size };
}
