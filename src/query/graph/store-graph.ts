/**
 * The store's graph in memory, for openCypher: entities, documents and sentences are nodes, each claim is a relationship.
 *
 *   (:Person|State|Organization|Agreement|Place)-[:SPOKE_WITH ...]->(...)     one for each claim
 *   (entity)-[:MENTIONED_IN]->(:Document)-[:HAS_SENTENCE]->(:Sentence)
 *
 * It is a copy of what queries walk along and filter by, in typed arrays: who is tied to whom, by what and when; with the names of
 * entities, which most queries show. What else they show in the end (ids, texts) is read from the store by keys as it is asked for, and
 * found there by the store's own indexes. Those are the keys' rows only while the store is in the state that the copy is of: see
 * `GraphCopy`. What comes into the store can be added.
 * `npm run bench -- cypher` measures what the copy costs.
 */
import { ENTITY_KINDS, type EntityId, type EntityKind } from "../../model/graph.ts";
import type { DocumentId } from "../../model/text.ts";
import type { ClaimDetails, ClaimValues, GraphDetails, GraphRows, View } from "../../store/store.ts";
import type { PropertyGraph } from "../cypher/graph.ts";
import { DateValue, type MapValue, type Value } from "../cypher/value.ts";
import { Adjacency, Decimals, NodesByKey, NONE, Numbers, Words } from "./columns.ts";
import { LazyColumn, LazyRows } from "./lazy.ts";

export const ENTITY_LABELS: Readonly<Record<EntityKind, string>> = {
  person: "Person",
  state: "State",
  organization: "Organization",
  agreement: "Agreement",
  place: "Place",
};

/** What a node may be: the kinds of entity, then these two. One list of labels is shared by all nodes of a sort. */
const DOCUMENT = ENTITY_KINDS.length;
const SENTENCE = DOCUMENT + 1;
const LABELS: readonly (readonly string[])[] = [...ENTITY_KINDS.map((kind) => ENTITY_LABELS[kind]), "Document", "Sentence"].map((label) => [
  label,
]);
const SORTS = new Map(LABELS.map(([label], sort) => [label, sort]));

/** Rows of each table that are kept once read. */
const KEPT = 100_000;

const TYPES = new Map<string, string>();

/** What a relation is called as a type of relationship: "spoke-with" is SPOKE_WITH. */
export function relationshipType(relation: string): string {
  let type = TYPES.get(relation);
  if (type === undefined) TYPES.set(relation, (type = relation.toUpperCase().replaceAll("-", "_")));
  return type;
}

export interface GraphInMemory extends PropertyGraph {
  /**
   * Takes in what was added to the store. Never while a query runs.
   * @returns false, and then the graph is of no more use, where an entity is gone or is of another kind: that needs a new copy
   */
  add(rows: GraphRows): boolean;
}

/** The view's graph. The view is read from whenever a query asks for what is not in memory. */
export function copyGraph(view: View): GraphInMemory {
  const graph = new StoreGraph(view);
  graph.add(view.rows());
  return graph;
}

function day(text: string | null | undefined): DateValue | null {
  return typeof text === "string" ? new DateValue(text) : null;
}

type Properties<Of> = Readonly<Record<string, (of: Of) => Value>>;
type Entity = ReturnType<GraphDetails["entities"]>[number];
type Document = ReturnType<GraphDetails["documents"]>[number];
type Sentence = ReturnType<GraphDetails["sentences"]>[number];

/** What nodes have, in the order users see it. */
export const OF_ENTITY: Properties<Entity> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  aliases: ({ aliases }) => aliases,
  country: ({ country }) => country ?? null,
  role: ({ role }) => role ?? null,
};
export const OF_DOCUMENT: Properties<Document> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  date: ({ date }) => day(date),
  source: ({ source }) => source ?? null,
  url: ({ url }) => url ?? null,
};
const OF_SENTENCE: Properties<Sentence> = { text: ({ text }) => text };

function valueOf<Of extends { readonly key: number }>(properties: Properties<Of>, name: string, rows: LazyRows<Of>, key: number): Value {
  return Object.hasOwn(properties, name) ? properties[name]!(rows.at(key)) : null;
}

/** All that it has, without what is null. */
export function valuesOf<Of>(properties: Properties<Of>, of: Of): MapValue {
  const entries = Object.entries(properties).map(([key, read]) => [key, read(of)] as const);
  return new Map(entries.filter(([, value]) => value !== null));
}

class StoreGraph implements GraphInMemory {
  private readonly details: GraphDetails;
  private readonly columns: { readonly [Name in keyof ClaimValues]: LazyColumn<Name> };
  private readonly entities: LazyRows<Entity>;
  private readonly documents: LazyRows<Document>;
  private readonly sentences: LazyRows<Sentence>;
  private readonly claims: LazyRows<ClaimDetails>;

  private readonly sorts = new Numbers();
  /** The store's, of each node. */
  private readonly keys = new Numbers();
  private readonly bySort = LABELS.map(() => new Numbers());
  /** By the store's keys. */
  private readonly nodesOf = { entity: new NodesByKey(), document: new NodesByKey() };

  /** Of entities, by the store's keys. */
  private readonly names: string[] = [];

  private readonly types = new Words();
  private readonly sources = new Numbers();
  private readonly targets = new Numbers();
  /** One more than the place of a relationship's claim in the columns below; 0 for those that have no properties. */
  private readonly claimOf = new Numbers();
  private readonly claimKeys = new Numbers();
  private readonly out = new Adjacency();
  private readonly into = new Adjacency();

  /** What a claim's relationship has, in the order users see it. */
  private readonly ofClaim: Properties<number> = {
    id: (claim) => this.detailsOf(claim).id,
    date: (claim) => day(this.columns.from.at(claim)),
    from: (claim) => day(this.columns.from.at(claim)),
    to: (claim) => day(this.columns.to.at(claim)),
    precision: (claim) => this.columns.precision.at(claim),
    polarity: (claim) => this.columns.polarity.at(claim),
    modality: (claim) => this.columns.modality.at(claim),
    medium: (claim) => this.detailsOf(claim).medium,
    confidence: (claim) => this.columns.confidence.at(claim),
    evidence: (claim) => this.detailsOf(claim).evidence,
    rule: (claim) => this.detailsOf(claim).rule,
    event: (claim) => this.detailsOf(claim).event,
    document: (claim) => this.documents.at(this.columns.document.at(claim)).id,
  };

  constructor(view: View) {
    const details = view.details();
    const column = <Name extends keyof ClaimValues>(name: Name, make: ConstructorParameters<typeof LazyColumn<Name>>[3]) =>
      new LazyColumn(name, this.claimKeys, () => view.rows(), make);
    const words = (): Words => new Words();
    this.columns = {
      document: column("document", () => new Numbers()),
      from: column("from", words),
      to: column("to", words),
      precision: column("precision", words),
      polarity: column("polarity", words),
      modality: column("modality", words),
      confidence: column("confidence", () => new Decimals()),
    };
    this.details = details;
    this.entities = new LazyRows((first, last) => details.entities(first, last), KEPT);
    this.documents = new LazyRows((first, last) => details.documents(first, last), KEPT);
    this.sentences = new LazyRows((first, last) => details.sentences(first, last), KEPT);
    this.claims = new LazyRows((first, last) => details.claims(first, last), KEPT);
  }

  // Making it

  add(rows: GraphRows): boolean {
    for (const [keys, kinds, names] of rows.entities()) {
      for (const [row, key] of keys.entries()) if (!this.addEntity(key, ENTITY_KINDS.indexOf(kinds[row]!), names[row]!)) return false;
    }
    for (const [keys] of rows.documents()) {
      for (const key of keys) this.nodesOf.document.set(key, this.addNode(DOCUMENT, key));
    }
    for (const [keys, subjects, objects, relations] of rows.claims()) {
      const [sources, targets] = [this.nodesOf.entity.all(subjects), this.nodesOf.entity.all(objects)];
      if (sources.includes(NONE) || targets.includes(NONE)) return false;
      this.types.take(relations.map(relationshipType));
      this.sources.take(sources);
      this.targets.take(targets);
      const first = this.claimKeys.length + 1;
      this.claimOf.take(keys.map((_, row) => first + row));
      this.claimKeys.take(keys);
    }
    for (const column of Object.values(this.columns)) column.add(rows);
    for (const [entities, documents] of rows.appearances()) {
      this.addRelationships("MENTIONED_IN", this.nodesOf.entity.all(entities), this.nodesOf.document.all(documents));
    }
    for (const [documents, keys] of rows.sentences()) {
      const nodes = keys.map((key) => this.addNode(SENTENCE, key));
      this.addRelationships("HAS_SENTENCE", this.nodesOf.document.all(documents), nodes);
    }
    this.out.follow(this.nodeCount, this.sources.array());
    this.into.follow(this.nodeCount, this.targets.array());
    return true;
  }

  private addNode(sort: number, key: number): number {
    this.sorts.push(sort);
    this.bySort[sort]!.push(this.keys.length);
    return this.keys.push(key) - 1;
  }

  /** A new one, or one that says something else by now; false where it is of another kind. */
  private addEntity(key: number, sort: number, name: string): boolean {
    this.names[key] = name;
    const known = this.nodesOf.entity.at(key);
    if (known >= 0) {
      this.entities.forget(key);
      return this.sorts.at(known) === sort;
    }
    this.nodesOf.entity.set(key, this.addNode(sort, key));
    return true;
  }

  /** Such as have no properties. */
  private addRelationships(type: string, sources: readonly number[], targets: readonly number[]): void {
    this.types.fill(type, sources.length);
    this.sources.take(sources);
    this.targets.take(targets);
    this.claimOf.fill(0, sources.length);
  }

  // Reading it

  get nodeCount(): number {
    return this.keys.length;
  }

  get relationshipCount(): number {
    return this.sources.length;
  }

  labels(node: number): readonly string[] {
    return LABELS[this.sorts.at(node)]!;
  }

  nodesWith(label: string | undefined): Iterable<number> {
    if (label === undefined) return this.keys.array().keys();
    const sort = SORTS.get(label);
    return sort === undefined ? [] : this.bySort[sort]!.array();
  }

  countWith(label: string | undefined): number {
    if (label === undefined) return this.nodeCount;
    const sort = SORTS.get(label);
    return sort === undefined ? 0 : this.bySort[sort]!.length;
  }

  find(key: string, value: Value): Iterable<number> | undefined {
    if (key !== "id" && key !== "name") return undefined;
    if (typeof value !== "string") return [];
    const { details, nodesOf } = this;
    const nodes =
      key === "name"
        ? details.entitiesCalled(value).map((entity) => nodesOf.entity.at(entity))
        : [nodesOf.entity.at(details.entity(value as EntityId) ?? 0), nodesOf.document.at(details.document(value as DocumentId) ?? 0)];
    return nodes.filter((node) => node !== NONE).sort((one, other) => one - other);
  }

  outgoing(node: number): ArrayLike<number> {
    return this.out.at(node);
  }

  incoming(node: number): ArrayLike<number> {
    return this.into.at(node);
  }

  type(relationship: number): string {
    return this.types.at(relationship)!;
  }

  source(relationship: number): number {
    return this.sources.at(relationship);
  }

  target(relationship: number): number {
    return this.targets.at(relationship);
  }

  nodeId(node: number): string {
    const key = this.keys.at(node);
    switch (this.sorts.at(node)) {
      case SENTENCE:
        return `sentence:${key}`;
      case DOCUMENT:
        return this.documents.at(key).id;
      default:
        return this.entities.at(key).id;
    }
  }

  relationshipId(relationship: number): string {
    const claim = this.claimOf.at(relationship);
    if (claim > 0) return this.detailsOf(claim - 1).id;
    const [source, target] = [this.source(relationship), this.target(relationship)];
    return `${this.nodeId(source)}~${this.type(relationship)}~${this.nodeId(target)}`;
  }

  nodeProperty(node: number, name: string): Value {
    const [sort, key] = [this.sorts.at(node), this.keys.at(node)];
    if (sort === SENTENCE) return valueOf(OF_SENTENCE, name, this.sentences, key);
    if (sort === DOCUMENT) return valueOf(OF_DOCUMENT, name, this.documents, key);
    if (name === "name") return this.names[key]!;
    return name === "kind" ? ENTITY_KINDS[sort]! : valueOf(OF_ENTITY, name, this.entities, key);
  }

  nodeProperties(node: number): MapValue {
    const [sort, key] = [this.sorts.at(node), this.keys.at(node)];
    if (sort === SENTENCE) return valuesOf(OF_SENTENCE, this.sentences.at(key));
    if (sort === DOCUMENT) return valuesOf(OF_DOCUMENT, this.documents.at(key));
    return valuesOf(OF_ENTITY, this.entities.at(key));
  }

  relationshipProperty(relationship: number, name: string): Value {
    const claim = this.claimOf.at(relationship);
    return claim > 0 && Object.hasOwn(this.ofClaim, name) ? this.ofClaim[name]!(claim - 1) : null;
  }

  relationshipProperties(relationship: number): MapValue {
    const claim = this.claimOf.at(relationship);
    return claim === 0 ? new Map() : valuesOf(this.ofClaim, claim - 1);
  }

  private detailsOf(claim: number): ClaimDetails {
    return this.claims.at(this.claimKeys.at(claim));
  }
}
