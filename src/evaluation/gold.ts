/** Scores extracted graphs against hand-marked documents: entities, relations (strict, by event class, by pair) and their attributes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Relation } from "../knowledge/types.ts";
import { type Figures, figures } from "./figures.ts";
import {
  assign,
  type DocumentAnswer,
  denotes,
  foldName,
  type GraphRelation,
  matchEntities,
  modality,
  polarity,
  resolve,
  type Resolved,
} from "./matching.ts";

/** A marked relation; `evidence` holds the offsets of its sentence in the document's `text`. */
export interface GoldRelation extends GraphRelation {
  readonly evidence?: readonly [start: number, end: number];
}

/** A hand-marked document. */
export interface GoldDocument extends DocumentAnswer {
  readonly relations: readonly GoldRelation[];
  readonly title: string;
  readonly date: string;
  readonly source: string;
  readonly text: string;
}

/** A relation that was given, and the marked one that it answers: absent where it is strictly wrong. */
export interface Judged {
  readonly document: string;
  readonly relation: GraphRelation;
  readonly answers?: GoldRelation;
}

export interface GoldScores {
  readonly documents: number;
  readonly entities: Figures;
  readonly entitiesByKind: Readonly<Record<string, Figures>>;
  /** Both ends and the relation are right. */
  readonly strict: Figures;
  /** Both ends, and a relation of the same PLOVER class. */
  readonly lenient: Figures;
  /** Both ends, in either order, whatever the relation. */
  readonly pairs: Figures;
  readonly byRelation: Readonly<Record<string, Figures>>;
  /** Standing facts that the gold does not list; they count neither way. */
  readonly extraStructure: number;
  /** On strictly matched relations. */
  readonly attributes: {
    readonly matched: number;
    readonly polarity: number;
    readonly modality: number;
    readonly negated: number;
    readonly negatedFound: number;
    readonly notHappened: number;
    readonly notHappenedRight: number;
    readonly dated: number;
    readonly dateExact: number;
    readonly dateMissing: number;
    readonly dateSpurious: number;
    /** Allegations whose gold says who alleges it. */
    readonly ascribed: number;
    readonly ascribedRight: number;
  };
  /** Every relation of the answers that counts. */
  readonly judged: readonly Judged[];
  /** Marked relations that no answer gives. */
  readonly missed: readonly { readonly document: string; readonly relation: GoldRelation }[];
  /** What went wrong, document by document, one line each. */
  readonly errors: readonly { readonly id: string; readonly lines: readonly string[] }[];
}

/** Hand-marked documents of a folder, one JSON file each, by file name. */
export function readGold(folder: string): GoldDocument[] {
  return readJson(folder) as GoldDocument[];
}

/** Right answers of a folder, without the documents themselves. */
export function readAnswers(folder: string): DocumentAnswer[] {
  return readJson(folder) as DocumentAnswer[];
}

function readJson(folder: string): unknown[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
}

/** A hand-marked document as a user would hand it in: a file with front matter. */
export function asFile({ id, title, date, source, text }: GoldDocument): Uint8Array {
  const fields = Object.entries({ id, title, date, source }).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return new TextEncoder().encode(["---", ...fields, "---", "", text, ""].join("\n"));
}

/** Extra relations of these types are no errors: the gold lists only those that matter to its story. */
const FREE = new Set(["leads", "represents", "member-of", "part-of", "located-in"]);

/**
 * Scores answers against gold documents of the same ids; documents that were not answered count as empty, others are ignored.
 * `relations` says which types are symmetric and which share a class.
 */
export function scoreGraphs(
  gold: readonly Pick<GoldDocument, "id" | "entities" | "relations">[],
  answers: readonly DocumentAnswer[],
  relations: ReadonlyMap<string, Pick<Relation, "symmetric" | "plover">>,
): GoldScores {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const symmetric = (name: string): boolean => relations.get(name)?.symmetric ?? false;
  const entities = new Tally();
  const kinds = new Map<string, Tally>();
  const types = new Map<string, Tally>();
  const [strict, lenient, pairs] = [new Tally(), new Tally(), new Tally()];
  const attributes = {
    matched: 0,
    polarity: 0,
    modality: 0,
    negated: 0,
    negatedFound: 0,
    notHappened: 0,
    notHappenedRight: 0,
    dated: 0,
    dateExact: 0,
    dateMissing: 0,
    dateSpurious: 0,
    ascribed: 0,
    ascribedRight: 0,
  };
  const judged: Judged[] = [];
  const missed: { document: string; relation: GoldRelation }[] = [];
  let extraStructure = 0;
  const errors: { id: string; lines: string[] }[] = [];

  for (const document of gold) {
    const answer = byId.get(document.id) ?? { id: document.id, entities: [], relations: [] };
    const lines: string[] = [];
    const goldOf = matchEntities(document.entities, answer.entities);
    const found = new Set(goldOf.values());
    document.entities.forEach((entity, j) => {
      tally(kinds, entity.kind).add(found.has(j) ? "hit" : "miss");
      if (!found.has(j)) lines.push(`missing entity  ${entity.kind}: ${entity.name}`);
    });
    answer.entities.forEach((entity, i) => {
      if (goldOf.has(i)) return;
      tally(kinds, entity.kind).add("false");
      lines.push(`false entity    ${entity.kind}: ${entity.name}`);
    });
    entities.addAll(goldOf.size, answer.entities.length - goldOf.size, document.entities.length - goldOf.size);

    const wanted = resolve(document, (i) => i, symmetric);
    const given = resolve(answer, (i) => goldOf.get(i), symmetric);
    const exact = assign(wanted, given, symmetric, (a, b) => a === b);
    const close = assign(wanted, given, symmetric, (a, b) => a === b || relations.get(a)?.plover === relations.get(b)?.plover);
    given.forEach(({ relation, ends }, i) => {
      const partner = exact.get(i);
      const free = FREE.has(relation.relation);
      if (partner !== undefined)
        judged.push({ document: document.id, relation, answers: (wanted[partner] as Resolved<GoldRelation>).relation });
      else if (!free) judged.push({ document: document.id, relation });
      if (close.has(i)) lenient.add("hit");
      else if (!free) lenient.add("false");
      if (partner === undefined) {
        if (free) extraStructure++;
        else {
          strict.add("false");
          tally(types, relation.relation).add("false");
          lines.push(`false relation  ${show(relation)}${ends.length > 0 ? "" : "  (an end is no gold entity)"}`);
        }
        return;
      }
      strict.add("hit");
      tally(types, relation.relation).add("hit");
      const right = (wanted[partner] as Resolved<GoldRelation>).relation;
      compareAttributes(attributes, right, relation);
      if (right.source) {
        attributes.ascribed++;
        attributes.ascribedRight += Number(
          relation.source && goldOf.get(denotes(answer, relation.source)) === denotes(document, right.source),
        );
      }
      if (show(right).split(" @")[1] !== show(relation).split(" @")[1]) lines.push(`attribute       ${show(right)}  <-  ${show(relation)}`);
    });
    const matched = new Set(exact.values());
    wanted.forEach(({ relation }, j) => {
      if (matched.has(j)) return;
      strict.add("miss");
      tally(types, relation.relation).add("miss");
      missed.push({ document: document.id, relation });
      lines.push(`missing relation ${show(relation)}`);
    });
    lenient.addAll(0, 0, wanted.length - close.size);
    scorePairs(pairs, wanted, given);
    errors.push({ id: document.id, lines });
  }

  const table = (tallies: Map<string, Tally>): Record<string, Figures> =>
    Object.fromEntries([...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, value.figures()]));
  return {
    documents: gold.length,
    entities: entities.figures(),
    entitiesByKind: table(kinds),
    strict: strict.figures(),
    lenient: lenient.figures(),
    pairs: pairs.figures(),
    byRelation: table(types),
    extraStructure,
    attributes,
    judged,
    missed,
    errors,
  };
}

class Tally {
  hits = 0;
  falses = 0;
  misses = 0;

  add(what: "hit" | "false" | "miss"): void {
    if (what === "hit") this.hits++;
    else if (what === "false") this.falses++;
    else this.misses++;
  }

  addAll(hits: number, falses: number, misses: number): void {
    this.hits += hits;
    this.falses += falses;
    this.misses += misses;
  }

  figures(): Figures {
    return figures(this.hits, this.hits + this.falses, this.hits + this.misses);
  }
}

function tally(tallies: Map<string, Tally>, key: string): Tally {
  const found = tallies.get(key) ?? new Tally();
  tallies.set(key, found);
  return found;
}

function scorePairs(pairs: Tally, wanted: readonly Resolved[], given: readonly Resolved[]): void {
  const key = ([a, b]: readonly [number, number]): string => `${Math.min(a, b)} ${Math.max(a, b)}`;
  const right = new Set(wanted.flatMap(({ ends }) => (ends[0] ? [key(ends[0])] : [])));
  const hits = new Set<string>();
  const falses = new Set<string>();
  for (const { relation, ends } of given) {
    const met = ends.map(key).filter((pair) => right.has(pair));
    if (met.length > 0) for (const pair of met) hits.add(pair);
    else if (FREE.has(relation.relation)) continue;
    else if (ends[0]) falses.add(key(ends[0]));
    else falses.add(JSON.stringify([foldName(relation.subject), foldName(relation.object)].sort()));
  }
  pairs.addAll(hits.size, falses.size, right.size - hits.size);
}

function compareAttributes(
  counts: { -readonly [key in keyof GoldScores["attributes"]]: number },
  right: GraphRelation,
  mine: GraphRelation,
): void {
  const samePolarity = polarity(mine) === polarity(right);
  const sameModality = modality(mine) === modality(right);
  counts.matched++;
  counts.polarity += Number(samePolarity);
  counts.modality += Number(sameModality);
  if (polarity(right) !== "affirmed") {
    counts.negated++;
    counts.negatedFound += Number(samePolarity);
  }
  if (modality(right) !== "happened") {
    counts.notHappened++;
    counts.notHappenedRight += Number(sameModality);
  }
  if (right.date) {
    counts.dated++;
    counts.dateExact += Number(right.date === mine.date);
    counts.dateMissing += Number(!mine.date);
  } else counts.dateSpurious += Number(Boolean(mine.date));
}

function show(relation: GraphRelation): string {
  const { subject, object, date } = relation;
  return `${subject} > ${relation.relation} > ${object} @ ${date ?? "-"} ${polarity(relation)} ${modality(relation)}`;
}
