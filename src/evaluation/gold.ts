/** Scores extracted graphs against hand-marked documents: entities, relations (strict, by event class, by pair) and their attributes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Relation } from "../knowledge/types.ts";
import { type Figures, figures } from "./figures.ts";

export interface GraphEntity {
  readonly name: string;
  readonly kind: string;
  readonly aliases?: readonly string[];
}

export interface GraphRelation {
  readonly subject: string;
  readonly relation: string;
  readonly object: string;
  readonly date?: string | null;
  readonly polarity?: string;
  readonly modality?: string;
  /** Name of the entity that an allegation is ascribed to. */
  readonly source?: string | null;
  /** How likely the answer holds it to be right: over 0, at most 1. */
  readonly confidence?: number;
}

/** One document's graph, gold or extracted. Relations name their ends by name or alias. */
export interface DocumentAnswer {
  readonly id: string;
  readonly entities: readonly GraphEntity[];
  readonly relations: readonly GraphRelation[];
}

/** A hand-marked document. */
export interface GoldDocument extends DocumentAnswer {
  readonly title: string;
  readonly date: string;
  readonly source: string;
  readonly text: string;
}

/** A relation that was given, and whether it is strictly right. */
export interface Judged {
  readonly relation: GraphRelation;
  readonly right: boolean;
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

/** Name as it is compared: case, diacritics, quotes, dashes, spaces and a leading "the" make no difference. */
export function foldName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll(/[’‘]/gu, "'")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll(/[–—]/gu, "-")
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/^[ .,;:"']+|[ .,;:"']+$/gu, "");
  return plain.startsWith("the ") ? plain.slice(4) : plain;
}

function forms(entity: GraphEntity): Set<string> {
  return new Set([entity.name, ...(entity.aliases ?? [])].map(foldName).filter((form) => form !== ""));
}

/** A relation with its ends as indices of gold entities, where they are. */
interface Resolved {
  readonly relation: GraphRelation;
  /** What the ends may be; the first is what the relation is compared by when it is gold. */
  readonly ends: readonly (readonly [number, number])[];
}

/**
 * Scores answers against gold documents of the same ids; documents that were not answered count as empty, others are ignored.
 * `relations` says which types are symmetric and which share a class.
 */
export function scoreGraphs(
  gold: readonly DocumentAnswer[],
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
      if (partner !== undefined || !free) judged.push({ relation, right: partner !== undefined });
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
      const right = (wanted[partner] as Resolved).relation;
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

/** Numbers in lexicographic order. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Index of an answer's entity -> index of the gold entity it is, one to one: best names first, then as many as can be. */
function matchEntities(gold: readonly GraphEntity[], answer: readonly GraphEntity[]): Map<number, number> {
  const goldForms = gold.map(forms);
  const answerForms = answer.map(forms);
  const candidates: number[][] = [];
  answer.forEach((entity, i) => {
    gold.forEach((other, j) => {
      if (entity.kind !== other.kind) return;
      const shared = [...(answerForms[i] as Set<string>)].filter((form) => (goldForms[j] as Set<string>).has(form));
      if (shared.length === 0) return;
      const name = foldName(entity.name);
      const longest = Math.max(...shared.map((form) => [...form].length));
      candidates.push([Number(name !== foldName(other.name)), Number(!goldForms[j]?.has(name)), -shared.length, -longest, i, j]);
    });
  });
  candidates.sort(compare);
  const answerOf = new Map<number, number>();
  const used = new Set<number>();
  const neighbours = new Map<number, number[]>();
  for (const [, , , , i, j] of candidates as [number, number, number, number, number, number][]) {
    neighbours.set(i, [...(neighbours.get(i) ?? []), j]);
    if (used.has(i) || answerOf.has(j)) continue;
    used.add(i);
    answerOf.set(j, i);
  }
  // Augmenting paths: the order above must not cost a match that there is.
  const augment = (i: number, seen: Set<number>): boolean => {
    for (const j of neighbours.get(i) ?? []) {
      if (seen.has(j)) continue;
      seen.add(j);
      const holder = answerOf.get(j);
      if (holder === undefined || augment(holder, seen)) {
        answerOf.set(j, i);
        return true;
      }
    }
    return false;
  };
  for (const i of neighbours.keys()) if (![...answerOf.values()].includes(i)) augment(i, new Set());
  return new Map([...answerOf].map(([j, i]) => [i, j]));
}

/** Relations of a document with their ends resolved; the same one said twice counts once, its dated form first. */
function resolve(
  document: DocumentAnswer,
  goldOf: (entity: number) => number | undefined,
  symmetric: (name: string) => boolean,
): Resolved[] {
  const byName = new Map<string, number[]>();
  const byForm = new Map<string, number[]>();
  const put = (index: Map<string, number[]>, key: string, i: number): void => void index.set(key, [...(index.get(key) ?? []), i]);
  document.entities.forEach((entity, i) => {
    put(byName, foldName(entity.name), i);
    for (const form of forms(entity)) put(byForm, form, i);
  });
  const denoted = (name: string): number[] =>
    (byName.get(foldName(name)) ?? byForm.get(foldName(name)) ?? []).map(goldOf).filter((entity) => entity !== undefined);

  const resolved: Resolved[] = [];
  const seen = new Map<string, number>();
  for (const relation of document.relations) {
    const objects = denoted(relation.object);
    const ends = denoted(relation.subject).flatMap((s) => objects.filter((o) => o !== s).map((o): [number, number] => [s, o]));
    const pair: (string | number)[] = [...(ends[0] ?? [foldName(relation.subject), foldName(relation.object)])];
    if (symmetric(relation.relation)) pair.sort((a, b) => (a < b ? -1 : 1));
    const key = JSON.stringify([typeof pair[0], ...pair, relation.relation, polarity(relation), modality(relation)]);
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, resolved.length);
      resolved.push({ relation, ends });
    } else if (relation.date && !resolved[earlier]?.relation.date) resolved[earlier] = { relation, ends };
  }
  return resolved;
}

/** One-to-one: index of a given relation -> index of the wanted one; those that agree in type and attributes go first. */
function assign(
  wanted: readonly Resolved[],
  given: readonly Resolved[],
  symmetric: (name: string) => boolean,
  alike: (given: string, wanted: string) => boolean,
): Map<number, number> {
  const candidates: number[][] = [];
  given.forEach(({ relation: mine, ends }, i) => {
    wanted.forEach(({ relation: right, ends: rightEnds }, j) => {
      const pair = rightEnds[0];
      if (!pair || !alike(mine.relation, right.relation)) return;
      const either = symmetric(mine.relation) || symmetric(right.relation);
      if (!ends.some(([s, o]) => (s === pair[0] && o === pair[1]) || (either && s === pair[1] && o === pair[0]))) return;
      const differs = [
        mine.relation !== right.relation,
        polarity(mine) !== polarity(right),
        modality(mine) !== modality(right),
        (mine.date ?? "") !== (right.date ?? ""),
      ];
      candidates.push([...differs.map(Number), i, j]);
    });
  });
  candidates.sort(compare);
  const partner = new Map<number, number>();
  const used = new Set<number>();
  for (const candidate of candidates) {
    const [i, j] = candidate.slice(-2) as [number, number];
    if (partner.has(i) || used.has(j)) continue;
    partner.set(i, j);
    used.add(j);
  }
  return partner;
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

/** Index of the entity that a name or alias stands for, or -1. */
function denotes(document: DocumentAnswer, name: string): number {
  const named = document.entities.findIndex((entity) => foldName(entity.name) === foldName(name));
  return named >= 0 ? named : document.entities.findIndex((entity) => forms(entity).has(foldName(name)));
}

function polarity(relation: GraphRelation): string {
  return relation.polarity ?? "affirmed";
}

function modality(relation: GraphRelation): string {
  return relation.modality ?? "happened";
}

function show(relation: GraphRelation): string {
  const { subject, object, date } = relation;
  return `${subject} > ${relation.relation} > ${object} @ ${date ?? "-"} ${polarity(relation)} ${modality(relation)}`;
}
