/**
 * The store's graph in memory, for openCypher: entities, documents and sentences are nodes, each claim is a relationship.
 *
 *   (:Person|State|Organization|Agreement|Place)-[:SPOKE_WITH ...]->(...)     one for each claim
 *   (entity)-[:MENTIONED_IN]->(:Document)-[:HAS_SENTENCE]->(:Sentence)
 *
 * It is a copy that never changes, made in one scan a table; when the store has changed another is made. Numbers and words that occur
 * often are in typed arrays. Sentences and ids are copied too, as UTF-8 in a buffer, rather than fetched when asked for: that would need
 * a read transaction held open between queries, which keeps SQLite from ever emptying its log, or trust in keys that may belong to
 * another sentence by then. `npm run bench -- cypher` measures what the copy costs.
 */
import type { EntityKind } from "../../model/graph.ts";
import type { ClaimRowOfGraph, View } from "../../store/store.ts";
import type { PropertyGraph } from "../cypher/graph.ts";
import { DateValue, type MapValue, type Value } from "../cypher/value.ts";
import { Adjacency, Numbers, Texts, Words } from "./columns.ts";

export const ENTITY_LABELS: Readonly<Record<EntityKind, string>> = {
  person: "Person",
  state: "State",
  organization: "Organization",
  agreement: "Agreement",
  place: "Place",
};

/** A node's labels, one list shared by all nodes that have them. */
const LABELS = new Map([...Object.values(ENTITY_LABELS), "Document", "Sentence"].map((label) => [label, [label]]));

/** What a relation is called as a type of relationship: "spoke-with" is SPOKE_WITH. */
export function relationshipType(relation: string): string {
  return relation.toUpperCase().replaceAll("-", "_");
}

/** The view's graph. The view is read at once and not kept. */
export function copyGraph(view: View): PropertyGraph {
  const graph = new StoreGraph();
  const rows = view.rows();
  /** Nodes by the store's keys. */
  const [entities, documents, sentences] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  for (const { key, id, kind, name, aliases, country, role } of rows.entities()) {
    const label = ENTITY_LABELS[kind];
    const values = { id, name, kind, aliases, country: country ?? null, role: role ?? null };
    entities.set(key, graph.addNode(label, values));
  }
  for (const { key, id, title, date, source, url } of rows.documents()) {
    const values = { id, title, date: day(date), source: source ?? null, url: url ?? null };
    documents.set(key, graph.addNode("Document", values));
  }
  const holders = new Numbers();
  for (const { key, document, text } of rows.sentences()) {
    sentences.set(key, graph.addSentence(text));
    holders.push(documents.get(document)!);
  }
  for (const claim of rows.claims()) {
    const [subject, object] = [entities.get(claim.subject)!, entities.get(claim.object)!];
    graph.addClaim(claim, subject, object, documents.get(claim.document)!, sentences.get(claim.sentence)!);
  }
  for (const { entity, document } of rows.appearances()) {
    graph.addRelationship("MENTIONED_IN", entities.get(entity)!, documents.get(document)!);
  }
  let sentence = entities.size + documents.size;
  for (const document of holders.array()) graph.addRelationship("HAS_SENTENCE", document, sentence++);
  graph.connect();
  return graph;
}

function day(text: string | null | undefined): DateValue | null {
  return typeof text === "string" ? new DateValue(text) : null;
}

type Properties = Readonly<Record<string, Value>>;

/** Nodes: entities and documents with their properties, then sentences. Relationships: claims, then those that have no properties. */
class StoreGraph implements PropertyGraph {
  private readonly labelOf: (readonly string[])[] = [];
  private readonly properties: Properties[] = [];
  private readonly sentences = new Texts();
  private readonly byLabel = new Map<string, Numbers>();
  private readonly index = { id: new Map<string, number[]>(), name: new Map<string, number[]>() };

  private readonly types = new Words();
  private readonly sources = new Numbers();
  private readonly targets = new Numbers();
  private readonly claimIds = new Texts();
  private readonly events = new Texts();
  private readonly confidences: number[] = [];
  private readonly documents = new Numbers();
  private readonly evidence = new Numbers();
  private readonly words = {
    from: new Words(),
    to: new Words(),
    precision: new Words(),
    polarity: new Words(),
    modality: new Words(),
    medium: new Words(),
    rule: new Words(),
  };
  private readonly wordColumns = Object.entries(this.words) as [keyof typeof this.words, Words][];
  private out!: Adjacency;
  private into!: Adjacency;

  /** What a claim's relationship has, in the order users see it. */
  private readonly claimProperties: Readonly<Record<string, (claim: number) => Value>> = {
    id: (claim) => this.claimIds.at(claim),
    date: (claim) => day(this.words.from.at(claim)),
    from: (claim) => day(this.words.from.at(claim)),
    to: (claim) => day(this.words.to.at(claim)),
    precision: (claim) => this.words.precision.at(claim),
    polarity: (claim) => this.words.polarity.at(claim),
    modality: (claim) => this.words.modality.at(claim),
    medium: (claim) => this.words.medium.at(claim),
    confidence: (claim) => this.confidences[claim]!,
    evidence: (claim) => this.text(this.evidence.at(claim)),
    rule: (claim) => this.words.rule.at(claim),
    event: (claim) => this.events.at(claim),
    document: (claim) => this.properties[this.documents.at(claim)]!["id"]!,
  };

  // Making it

  addNode(label: string, properties: Properties): number {
    const node = this.label(label);
    this.properties.push(properties);
    for (const [key, nodes] of Object.entries(this.index)) {
      const value = properties[key];
      if (typeof value !== "string") continue;
      const others = nodes.get(value);
      if (others === undefined) nodes.set(value, [node]);
      else others.push(node);
    }
    return node;
  }

  addSentence(text: string): number {
    this.sentences.push(text);
    return this.label("Sentence");
  }

  private label(label: string): number {
    let nodes = this.byLabel.get(label);
    if (nodes === undefined) this.byLabel.set(label, (nodes = new Numbers()));
    const node = this.labelOf.push(LABELS.get(label)!) - 1;
    nodes.push(node);
    return node;
  }

  addClaim(claim: ClaimRowOfGraph, subject: number, object: number, document: number, sentence: number): void {
    this.addRelationship(relationshipType(claim.relation), subject, object);
    this.claimIds.push(claim.id);
    this.events.push(claim.event);
    this.confidences.push(claim.confidence);
    this.documents.push(document);
    this.evidence.push(sentence);
    for (const [key, column] of this.wordColumns) column.push(claim[key]);
  }

  addRelationship(type: string, source: number, target: number): void {
    this.types.push(type);
    this.sources.push(source);
    this.targets.push(target);
  }

  /** Finds who is next to whom: once, when all is there. */
  connect(): void {
    this.out = new Adjacency(this.nodeCount, this.sources.array());
    this.into = new Adjacency(this.nodeCount, this.targets.array());
  }

  // Reading it

  get nodeCount(): number {
    return this.labelOf.length;
  }

  get relationshipCount(): number {
    return this.sources.length;
  }

  labels(node: number): readonly string[] {
    return this.labelOf[node]!;
  }

  nodesWith(label: string | undefined): Iterable<number> {
    return label === undefined ? this.labelOf.keys() : (this.byLabel.get(label)?.array() ?? []);
  }

  countWith(label: string | undefined): number {
    return label === undefined ? this.nodeCount : (this.byLabel.get(label)?.length ?? 0);
  }

  find(key: string, value: Value): Iterable<number> | undefined {
    if (key !== "id" && key !== "name") return undefined;
    return typeof value === "string" ? (this.index[key].get(value) ?? []) : [];
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
    return node < this.properties.length ? (this.properties[node]!["id"] as string) : `sentence:${node - this.properties.length}`;
  }

  relationshipId(relationship: number): string {
    if (this.isClaim(relationship)) return this.claimIds.at(relationship);
    const [source, target] = [this.source(relationship), this.target(relationship)];
    return `${this.nodeId(source)}~${this.type(relationship)}~${this.nodeId(target)}`;
  }

  nodeProperty(node: number, key: string): Value {
    if (node >= this.properties.length) return key === "text" ? this.text(node) : null;
    const properties = this.properties[node]!;
    return Object.hasOwn(properties, key) ? properties[key]! : null;
  }

  nodeProperties(node: number): MapValue {
    if (node >= this.properties.length) return new Map([["text", this.text(node)]]);
    return new Map(Object.entries(this.properties[node]!).filter(([, value]) => value !== null));
  }

  relationshipProperty(relationship: number, key: string): Value {
    if (!this.isClaim(relationship) || !Object.hasOwn(this.claimProperties, key)) return null;
    return this.claimProperties[key]!(relationship);
  }

  relationshipProperties(relationship: number): MapValue {
    if (!this.isClaim(relationship)) return new Map();
    const entries = Object.entries(this.claimProperties).map(([key, read]) => [key, read(relationship)] as const);
    return new Map(entries.filter(([, value]) => value !== null));
  }

  private isClaim(relationship: number): boolean {
    return relationship < this.confidences.length;
  }

  /** Of a sentence's node. */
  private text(node: number): string {
    return this.sentences.at(node - this.properties.length);
  }
}
