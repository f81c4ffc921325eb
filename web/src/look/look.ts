/** How things are drawn: colours from the ontology made readable on the page's ground, sizes and dashes from the data. */
import type { EntitySummary, OntologyAnswer } from "../../../src/model/api.ts";
import type { EntityKind } from "../../../src/model/graph.ts";
import type { Change } from "../state/compare.ts";
import type { Standing } from "../state/state.ts";
import { contrast, mix, readable } from "./color.ts";

export interface Ground {
  readonly dark: boolean;
  /** What the graph lies on. */
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly accent: string;
}

export const LIGHT: Ground = { dark: false, paper: "#fbfaf7", ink: "#1b1f27", quiet: "#5b6270", accent: "#1f4fd1" };
export const DARK: Ground = { dark: true, paper: "#14171d", ink: "#eceef2", quiet: "#a3aab8", accent: "#8fb2ff" };

/** Colours of one ontology on one ground. */
export interface Look {
  readonly ground: Ground;
  /** Fills of nodes: 3:1 against the ground and against the pictogram on them. */
  kind(kind: EntityKind): string;
  /** What a node is filled with. */
  node(entity: Pick<EntitySummary, "id" | "kind">): string;
  /** The same as text: 4.5:1 against the ground. */
  kindText(kind: EntityKind): string;
  /** Lines: 3:1 against the ground. */
  family(family: string): string;
  familyText(family: string): string;
  /** What the line of an edge, by its id, is drawn with. */
  edge(id: string, family: string): string;
  /** Fills of the members of a community, by its place among them; small ones share a grey. */
  group(place: number): string;
  /** Lines of a comparison, from what is gone to what is new. */
  change(change: Change): string;
  /** Any colour drawn as not meant now. */
  faded(color: string): string;
}

const UNKNOWN = "#7a7f87";

/** Told apart by most who see colours differently, too; after Okabe and Ito, made darker for white signs on them. */
const GROUPS = ["#0072b2", "#c2570c", "#00805e", "#a8447a", "#8a6d00", "#2f8fc4", "#6a3fa0", "#4d5b46"];

/** Blue to orange: told apart whatever colours one sees. */
const CHANGE_COLORS: Readonly<Record<Change, string>> = {
  new: "#0b5cad",
  stronger: "#4c96d7",
  same: "#8b8f96",
  weaker: "#d98a3d",
  gone: "#b34700",
};

function cached<K>(compute: (key: K) => string): (key: K) => string {
  const known = new Map<K, string>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      known.set(key, value);
    }
    return value;
  };
}

export function createLook(ontology: OntologyAnswer, ground: Ground): Look {
  const kinds = new Map(ontology.kinds.map((kind) => [kind.kind, kind.color]));
  const families = new Map(ontology.families.map((family) => [family.family, family.color]));
  const kindColor = (kind: EntityKind) => kinds.get(kind) ?? UNKNOWN;
  const fill = (color: string) => {
    const onGround = readable(color, ground.paper, 3);
    // White pictograms need a fill that is not too light, on dark ground too.
    return contrast(onGround, "#ffffff") >= 3 ? onGround : readable(onGround, "#ffffff", 3);
  };
  const familyColor = (family: string) => families.get(family) ?? UNKNOWN;
  const kind = cached((kind: EntityKind) => fill(kindColor(kind)));
  const line = cached((family: string) => readable(familyColor(family), ground.paper, 3));
  return {
    ground,
    kind,
    node: (entity) => kind(entity.kind),
    group: cached((place) => fill(GROUPS[place] ?? UNKNOWN)),
    kindText: cached((kind) => readable(kindColor(kind), ground.paper, 5)),
    family: line,
    edge: (_id, family) => line(family),
    familyText: cached((family) => readable(familyColor(family), ground.paper, 5)),
    change: cached((change) => readable(CHANGE_COLORS[change], ground.paper, 3)),
    faded: cached((color: string) => mix(color, ground.paper, 0.16)),
  };
}

/** How strongly an edge of each standing is drawn, 0 to 1. */
export const STANDING_STRENGTH: Readonly<Record<Standing, number>> = {
  happened: 1,
  alleged: 0.85,
  planned: 0.85,
  "called-for": 0.7,
  hypothetical: 0.55,
  negated: 0.55,
};

/** Dash period and share of ink in it, in CSS pixels; absent for a solid line. */
export const STANDING_DASH: Readonly<Record<Standing, { readonly period: number; readonly ink: number } | undefined>> = {
  happened: undefined,
  alleged: { period: 14, ink: 0.72 },
  planned: { period: 9, ink: 0.6 },
  "called-for": { period: 9, ink: 0.6 },
  hypothetical: { period: 6, ink: 0.4 },
  negated: { period: 5, ink: 0.34 },
};

/** Up to so many nodes each is as large as it likes; beyond, all shrink to leave room. */
const ROOMY = 250;

/**
 * Radius in CSS pixels at no zoom, by number of edges.
 * @param crowd how many nodes are drawn, and the most edges that one of them has
 */
export function nodeRadius(degree: number, crowd: { readonly nodes: number; readonly most: number }): number {
  if (crowd.nodes <= ROOMY) return Math.min(26, 9 + 2.6 * Math.sqrt(degree));
  const shrink = Math.max(0.3, (ROOMY / crowd.nodes) ** 0.6);
  return Math.max(2.5, shrink * (4.5 + 23.5 * Math.sqrt(degree / crowd.most)));
}

/** Line width in CSS pixels at no zoom: of one report, what each doubling adds, and no more than. */
export const EDGE_WIDTH = { thinnest: 1.5, wider: 0.9, widest: 6 };

export function edgeWidth(reports: number): number {
  return Math.min(EDGE_WIDTH.widest, EDGE_WIDTH.thinnest + Math.log2(Math.max(1, reports)) * EDGE_WIDTH.wider);
}
