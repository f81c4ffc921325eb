/** What a graph holds when it is compared by names, and how two graphs of one document are laid over each other. */

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

export function forms(entity: GraphEntity): Set<string> {
  return new Set([entity.name, ...(entity.aliases ?? [])].map(foldName).filter((form) => form !== ""));
}

/** A relation with its ends as indices of gold entities, where they are. */
export interface Resolved<R extends GraphRelation = GraphRelation> {
  readonly relation: R;
  /** What the ends may be; the first is what the relation is compared by when it is gold. */
  readonly ends: readonly (readonly [number, number])[];
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
export function matchEntities(gold: readonly GraphEntity[], answer: readonly GraphEntity[]): Map<number, number> {
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
export function resolve<R extends GraphRelation>(
  document: { readonly entities: readonly GraphEntity[]; readonly relations: readonly R[] },
  goldOf: (entity: number) => number | undefined,
  symmetric: (name: string) => boolean,
): Resolved<R>[] {
  const byName = new Map<string, number[]>();
  const byForm = new Map<string, number[]>();
  const put = (index: Map<string, number[]>, key: string, i: number): void => void index.set(key, [...(index.get(key) ?? []), i]);
  document.entities.forEach((entity, i) => {
    put(byName, foldName(entity.name), i);
    for (const form of forms(entity)) put(byForm, form, i);
  });
  const denoted = (name: string): number[] =>
    (byName.get(foldName(name)) ?? byForm.get(foldName(name)) ?? []).map(goldOf).filter((entity) => entity !== undefined);

  const resolved: Resolved<R>[] = [];
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
export function assign(
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

/** Index of the entity that a name or alias stands for, or -1. */
export function denotes(document: { readonly entities: readonly GraphEntity[] }, name: string): number {
  const named = document.entities.findIndex((entity) => foldName(entity.name) === foldName(name));
  return named >= 0 ? named : document.entities.findIndex((entity) => forms(entity).has(foldName(name)));
}

export function polarity(relation: GraphRelation): string {
  return relation.polarity ?? "affirmed";
}

export function modality(relation: GraphRelation): string {
  return relation.modality ?? "happened";
}
