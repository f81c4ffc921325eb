/** Leads the entities of a document to those of the graph: what is surely one gets one id, what is likely one a judgement that can be undone. */
import type { Knowledge } from "../knowledge/types.ts";
import type { DocumentGraph, Entity, EntityId, Judgement, Link, Links } from "../model/graph.ts";
import { personWords } from "../knowledge/fold.ts";
import { Candidates, type KnownEntity } from "./candidates.ts";
import { comparePersons, isAcronym, isCommonName, isDescription, slug } from "./names.ts";

export interface Resolver {
  /**
   * Links and judgements for all entities of one document, given all that was linked before. The same documents in the same order give
   * the same answer; a document linked again gets the ids it had.
   */
  link(graph: DocumentGraph): Links;
  /** Takes in entities that others linked, or what is said of those that it knows. */
  learn(entities: Iterable<KnownEntity>): void;
}

/** A resolver that knows the entities of a graph so far; it learns those it links. */
export function makeResolver(knowledge: Knowledge, known: Iterable<KnownEntity> = []): Resolver {
  const candidates = new Candidates();
  const learn = (entities: Iterable<KnownEntity>): void => {
    for (const entity of entities) candidates.add(entity);
  };
  learn(known);
  const holders = holdersByName(knowledge);
  const clusters = new Clusters();
  const catalogued = new Set<string>(knowledge.organizations.map((organization) => `organization:${organization.id}`));
  return {
    learn,
    link(graph) {
      const entities: Link[] = [];
      const judgements: Judgement[] = [];
      const given = new Set<EntityId>();
      for (const entity of graph.entities) {
        const found = resolve(entity, graph, { candidates, catalogued, given, holders, clusters });
        given.add(found.id);
        entities.push({
          local: entity.id,
          entity: found.id,
          ...(found.reason === undefined || found.id === entity.id ? {} : { reason: found.reason }),
        });
        judgements.push(...found.judgements);
        for (const { left, right } of found.judgements) clusters.join(left, right);
        candidates.add({
          id: found.id,
          kind: entity.kind,
          name: entity.name,
          aliases: entity.aliases,
          ...(entity.country === undefined ? {} : { country: entity.country }),
        });
      }
      return { entities, judgements };
    },
  };
}

interface Found {
  readonly id: EntityId;
  readonly reason?: string;
  readonly judgements: readonly Judgement[];
}

/** What an entity is compared with. */
interface Known {
  readonly candidates: Candidates;
  readonly catalogued: ReadonlySet<string>;
  /** Ids given to other entities of the same document. */
  readonly given: ReadonlySet<EntityId>;
  readonly holders: ReadonlyMap<string, string>;
  readonly clusters: Clusters;
}

/** Ids that judgements of this resolver joined, so that two spellings of one person do not count as two bearers of a surname. */
class Clusters {
  readonly #parent = new Map<EntityId, EntityId>();

  of(id: EntityId): EntityId {
    const parent = this.#parent.get(id);
    return parent === undefined ? id : this.of(parent);
  }

  join(left: EntityId, right: EntityId): void {
    const [one, other] = [this.of(left), this.of(right)];
    if (one !== other) this.#parent.set(one, other);
  }

  /** Whether all are one. */
  one(ids: readonly EntityId[]): boolean {
    return new Set(ids.map((id) => this.of(id))).size === 1;
  }
}

/** Full names of office holders, folded, with who bears them and of which state; names that two of them bear are left out. */
function holdersByName(knowledge: Knowledge): ReadonlyMap<string, string> {
  const bearers = new Map<string, Set<string>>();
  for (const { holder, names, state, organization } of knowledge.offices) {
    for (const name of [holder, ...names]) {
      const words = personWords(name);
      if (words.length < 2) continue;
      const key = words.join(" ");
      bearers.set(key, (bearers.get(key) ?? new Set()).add(`${holder}|${state ?? organization ?? ""}`));
    }
  }
  const holders = new Map<string, string>();
  for (const [name, all] of bearers) {
    const names = new Set([...all].map((one) => one.split("|")[0] as string));
    if (names.size === 1) holders.set(name, [...names][0] as string);
  }
  return holders;
}

function resolve(entity: Entity, graph: DocumentGraph, known: Known): Found {
  const { candidates, catalogued, given } = known;
  if (entity.kind === "state" || catalogued.has(entity.id)) return { id: entity.id, judgements: [] };
  const free = (id: EntityId): EntityId => (given.has(id) ? (`${id}-${graph.document.slice(0, 6)}` as EntityId) : id);
  const near = candidates.near(entity.kind, [entity.name, ...entity.aliases]).filter((other) => !given.has(other.id));
  if (entity.kind === "person") return person(entity, graph, near, free, known);
  return named(entity, graph, near, candidates, free);
}

// ----------------------------------------------------------------------------------------------------------------- persons

function person(
  entity: Entity,
  graph: DocumentGraph,
  near: readonly KnownEntity[],
  free: (id: EntityId) => EntityId,
  { holders, clusters }: Known,
): Found {
  const full = entity.name.trim().includes(" ");
  const compared = near.map((other) => ({ other, nearness: nearest(entity, other) })).filter((one) => one.nearness !== undefined);
  if (full) {
    const same = compared.filter(({ other, nearness }) => nearness === "same" && other.name.includes(" "));
    const agreeing = same.filter(({ other }) => agrees(entity, other));
    const exact =
      agreeing.find(({ other }) => other.country !== undefined && other.country === entity.country) ??
      (agreeing.length === 1 ? agreeing[0] : undefined);
    const base = `person:${slug(entity.name)}` as EntityId;
    const own = exact?.other.id ?? free(same.length === 0 ? base : distinguished(base, entity, graph));
    const reason =
      exact === undefined
        ? undefined
        : `same full name${exact.other.country !== undefined && exact.other.country === entity.country ? " and country" : ""}`;
    const judgements: Judgement[] = [];
    if (exact === undefined) {
      const holder = holders.get(personWords(entity.name).join(" "));
      const office = near.find(
        (other) =>
          holder !== undefined && other.id !== own && agrees(entity, other) && holders.get(personWords(other.name).join(" ")) === holder,
      );
      const likely = compared.filter(
        ({ other, nearness }) =>
          other.name.includes(" ") &&
          agrees(entity, other) &&
          (nearness === "variant" ||
            nearness === "shorter" ||
            (nearness === "spelling" && entity.country !== undefined && entity.country === other.country)),
      );
      const [only] = likely;
      if (office !== undefined && holder !== undefined) judgements.push(joins(own, office, `both are names of ${holder}`));
      else if (only !== undefined && clusters.one(likely.map(({ other }) => other.id)))
        judgements.push(joins(own, only.other, reasonOf(only.nearness, only.other, entity)));
    }
    // Documents before may have given the surname alone.
    for (const { other: lone, nearness } of compared) {
      if (nearness !== "surname" || lone.name.includes(" ") || lone.country === undefined || lone.country !== entity.country) continue;
      const rival = near.some(
        (other) =>
          clusters.of(other.id) !== clusters.of(own) &&
          !judgements.some(({ right }) => right === other.id) &&
          other.name.includes(" ") &&
          agrees(lone, other) &&
          comparePersons(lone.name, other.name) === "surname",
      );
      if (!rival)
        judgements.push({
          left: lone.id,
          right: own,
          verdict: "same",
          by: "rule",
          reason: `the only ${lone.name} of that country: ${entity.name}`,
        });
    }
    return { id: own, ...(reason === undefined ? {} : { reason }), judgements };
  }
  const id = free(distinguished(`person:${slug(entity.name)}` as EntityId, entity, graph));
  const bearers = compared.filter(
    ({ other, nearness }) => (nearness === "surname" || nearness === "same") && other.name.includes(" ") && agrees(entity, other),
  );
  const [only] = bearers;
  if (only === undefined || !clusters.one(bearers.map(({ other }) => other.id))) return { id, judgements: [] };
  const country = entity.country !== undefined && only.other.country === entity.country ? " of that country" : "";
  return { id, judgements: [joins(id, only.other, `the only ${entity.name}${country}: ${only.other.name}`)] };
}

/** The nearest that any name of the one is to any of the other. */
function nearest(entity: Entity, other: KnownEntity): ReturnType<typeof comparePersons> {
  const order = ["same", "variant", "shorter", "spelling", "surname"] as const;
  let best: (typeof order)[number] | undefined;
  const names = (one: { readonly name: string; readonly aliases: readonly string[] }): string[] => [
    one.name,
    ...one.aliases.filter((alias) => alias.includes(" ")),
  ];
  for (const left of names(entity)) {
    for (const right of names(other)) {
      const nearness = comparePersons(left, right);
      if (nearness !== undefined && (best === undefined || order.indexOf(nearness) < order.indexOf(best))) best = nearness;
    }
  }
  return best;
}

function reasonOf(nearness: ReturnType<typeof comparePersons>, other: KnownEntity, entity: Entity): string {
  const how = nearness === "variant" || nearness === "spelling" ? "spelling variant of" : "same given name and surname as";
  return `${how} ${other.name}${other.country !== undefined && other.country === entity.country ? ", same country" : ""}`;
}

// ------------------------------------------------------------------------------------------- organisations, agreements, places

function named(
  entity: Entity,
  graph: DocumentGraph,
  near: readonly KnownEntity[],
  candidates: Candidates,
  free: (id: EntityId) => EntityId,
): Found {
  const base = `${entity.kind}:${slug(entity.name)}` as EntityId;
  const vague = entity.kind !== "place" && (isCommonName(entity.name) || isDescription(entity.name));
  const alike = near.filter((other) => agrees(entity, other));
  if (vague) {
    const id = free(distinguished(base, entity, graph));
    const twin = alike.find(
      (other) =>
        other.id !== id &&
        slug(other.name) === slug(entity.name) &&
        (isDescription(entity.name) ? /\p{N}{4}/u.test(entity.name) : other.country !== undefined && other.country === entity.country),
    );
    if (twin === undefined || candidates.get(id) !== undefined) return { id, judgements: [] };
    return { id, judgements: [joins(id, twin, `same description: ${twin.name}`)] };
  }
  const equal = alike.filter((other) => slug(other.name) === slug(entity.name));
  const [one] = equal.filter((other) => other.country === entity.country).concat(equal);
  if (one !== undefined) return { id: one.id, reason: "same name", judgements: [] };
  const clash = near.some((other) => other.id === base && !agrees(entity, other));
  const id = free(clash ? distinguished(base, entity, graph) : base);
  const byAlias = alike.filter((other) => shared(entity, other) !== undefined);
  const [only] = byAlias;
  if (only === undefined || byAlias.length !== 1) return { id, judgements: [] };
  return { id, judgements: [joins(id, only, `also called ${shared(entity, only) ?? only.name}`)] };
}

/** A form both bear that tells one from others: of several words, or an acronym. */
function shared(entity: Entity, other: KnownEntity): string | undefined {
  const theirs = new Set([other.name, ...other.aliases].map(slug));
  return [entity.name, ...entity.aliases].find(
    (form) => theirs.has(slug(form)) && !isCommonName(form) && (form.includes(" ") || isAcronym(form)),
  );
}

// ------------------------------------------------------------------------------------------------------------------ both

/** Not of two different states. */
function agrees(entity: { readonly country?: string }, other: { readonly country?: string }): boolean {
  return entity.country === undefined || other.country === undefined || entity.country === other.country;
}

/** An id that a namesake does not share: with the country, or where none is known with the document. */
function distinguished(base: EntityId, entity: Entity, graph: DocumentGraph): EntityId {
  return `${base}-${entity.country?.toLowerCase() ?? graph.document.slice(0, 6)}` as EntityId;
}

function joins(left: EntityId, right: KnownEntity, reason: string): Judgement {
  return { left, right: right.id, verdict: "same", reason, by: "rule" };
}
