/**
 * The store's graph in memory, for openCypher: entities, documents and sentences are nodes, each claim is a relationship.
 *
 *   (:Person|State|Organization|Agreement|Place)-[:SPOKE_WITH ...]->(...)     one for each claim
 *   (entity)-[:MENTIONED_IN]->(:Document)-[:HAS_SENTENCE]->(:Sentence)
 *
 * It is a copy, made in one scan a table, to which what comes into the store can be added. Numbers and words that occur often are in
 * typed arrays. Sentences and ids are copied too, as UTF-8 in a buffer, rather than fetched when asked for: that would need a read
 * transaction held open between queries, which keeps SQLite from ever emptying its log, or trust in keys that may belong to another
 * sentence by then. `npm run bench -- cypher` measures what the copy costs.
 */
import type { EntityKind } from "../../model/graph.ts";
import type { ClaimRowOfGraph, GraphRows, View } from "../../store/store.ts";
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

const SENTENCE = LABELS.get("Sentence")!;

/** Properties by which nodes are found. */
const INDEXED = ["id", "name"] as const;

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

/** The view's graph. The view is read at once and not kept. */
export function copyGraph(view: View): GraphInMemory {
  const graph = new StoreGraph();
  graph.add(view.rows());
  return graph;
}

function day(text: string | null | undefined): DateValue | null {
  return typeof text === "string" ? new DateValue(text) : null;
}

type Properties = Readonly<Record<string, Value>>;

class StoreGraph implements GraphInMemory {
  private readonly labelOf: (readonly string[])[] = [];
  /** Of entities and documents. */
  private readonly properties: Properties[] = [];
  private readonly sentences = new Texts();
  /** Where a node is in `properties`, or a sentence in `sentences`. */
  private readonly places = new Numbers();
  /** Nodes by the store's keys. */
  private readonly entities = new Map<number, number>();
  private readonly byLabel = new Map<string, Numbers>();
  private readonly index = { id: new Map<string, number[]>(), name: new Map<string, number[]>() };

  private readonly types = new Words();
  /** One more than the claim that a relationship is; 0 for those that have no properties. */
  private readonly claims = new Numbers();
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
  private readonly out = new Adjacency();
  private readonly into = new Adjacency();

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
    document: (claim) => this.propertiesOf(this.documents.at(claim))["id"]!,
  };

  // Making it

  add(rows: GraphRows): boolean {
    const [documents, sentences, holders] = [new Map<number, number>(), new Map<number, number>(), [] as number[]];
    for (const { key, id, kind, name, aliases, country, role } of rows.entities()) {
      const values = { id, name, kind, aliases, country: country ?? null, role: role ?? null };
      const known = this.entities.get(key);
      if (known === undefined) this.entities.set(key, this.addNode(ENTITY_LABELS[kind], values));
      else if (!this.replace(known, values)) return false;
    }
    for (const { key, id, title, date, source, url } of rows.documents()) {
      const values = { id, title, date: day(date), source: source ?? null, url: url ?? null };
      documents.set(key, this.addNode("Document", values));
    }
    for (const { key, document, text } of rows.sentences()) {
      sentences.set(key, this.addSentence(text));
      holders.push(documents.get(document)!);
    }
    for (const claim of rows.claims()) {
      const [subject, object] = [this.entities.get(claim.subject), this.entities.get(claim.object)];
      if (subject === undefined || object === undefined) return false;
      this.addClaim(claim, subject, object, documents.get(claim.document)!, sentences.get(claim.sentence)!);
    }
    for (const { entity, document } of rows.appearances()) {
      const node = this.entities.get(entity);
      if (node === undefined) return false;
      this.addRelationship("MENTIONED_IN", node, documents.get(document)!);
    }
    let index = 0;
    for (const sentence of sentences.values()) this.addRelationship("HAS_SENTENCE", holders[index++]!, sentence);
    this.out.follow(this.nodeCount, this.sources.array());
    this.into.follow(this.nodeCount, this.targets.array());
    return true;
  }

  private addNode(label: string, properties: Properties): number {
    const node = this.label(label, this.properties.push(properties) - 1);
    for (const key of INDEXED) this.enter(key, properties[key], node);
    return node;
  }

  /** Gives an entity other properties; false where it is another or of another kind by now. */
  private replace(node: number, properties: Properties): boolean {
    const before = this.propertiesOf(node);
    if (before["id"] !== properties["id"] || before["kind"] !== properties["kind"]) return false;
    this.properties[this.places.at(node)] = properties;
    if (before["name"] === properties["name"]) return true;
    const namesakes = this.index.name.get(before["name"] as string) ?? [];
    namesakes.splice(namesakes.indexOf(node), 1);
    this.enter("name", properties["name"], node);
    return true;
  }

  private enter(key: (typeof INDEXED)[number], value: Value | undefined, node: number): void {
    if (typeof value !== "string") return;
    const others = this.index[key].get(value);
    if (others === undefined) this.index[key].set(value, [node]);
    else others.push(node);
  }

  private addSentence(text: string): number {
    this.sentences.push(text);
    return this.label("Sentence", this.sentences.length - 1);
  }

  private label(label: string, place: number): number {
    let nodes = this.byLabel.get(label);
    if (nodes === undefined) this.byLabel.set(label, (nodes = new Numbers()));
    const node = this.labelOf.push(LABELS.get(label)!) - 1;
    nodes.push(node);
    this.places.push(place);
    return node;
  }

  private addClaim(claim: ClaimRowOfGraph, subject: number, object: number, document: number, sentence: number): void {
    this.addRelationship(relationshipType(claim.relation), subject, object, this.confidences.push(claim.confidence));
    this.claimIds.push(claim.id);
    this.events.push(claim.event);
    this.documents.push(document);
    this.evidence.push(sentence);
    for (const [key, column] of this.wordColumns) column.push(claim[key]);
  }

  private addRelationship(type: string, source: number, target: number, claim = 0): void {
    this.types.push(type);
    this.sources.push(source);
    this.targets.push(target);
    this.claims.push(claim);
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
    return this.isSentence(node) ? `sentence:${this.places.at(node)}` : (this.propertiesOf(node)["id"] as string);
  }

  relationshipId(relationship: number): string {
    const claim = this.claims.at(relationship);
    if (claim > 0) return this.claimIds.at(claim - 1);
    const [source, target] = [this.source(relationship), this.target(relationship)];
    return `${this.nodeId(source)}~${this.type(relationship)}~${this.nodeId(target)}`;
  }

  nodeProperty(node: number, key: string): Value {
    if (this.isSentence(node)) return key === "text" ? this.text(node) : null;
    const properties = this.propertiesOf(node);
    return Object.hasOwn(properties, key) ? properties[key]! : null;
  }

  nodeProperties(node: number): MapValue {
    if (this.isSentence(node)) return new Map([["text", this.text(node)]]);
    return new Map(Object.entries(this.propertiesOf(node)).filter(([, value]) => value !== null));
  }

  relationshipProperty(relationship: number, key: string): Value {
    const claim = this.claims.at(relationship);
    return claim > 0 && Object.hasOwn(this.claimProperties, key) ? this.claimProperties[key]!(claim - 1) : null;
  }

  relationshipProperties(relationship: number): MapValue {
    const claim = this.claims.at(relationship);
    if (claim === 0) return new Map();
    const entries = Object.entries(this.claimProperties).map(([key, read]) => [key, read(claim - 1)] as const);
    return new Map(entries.filter(([, value]) => value !== null));
  }

  private isSentence(node: number): boolean {
    return this.labelOf[node] === SENTENCE;
  }

  /** Of an entity or a document. */
  private propertiesOf(node: number): Properties {
    return this.properties[this.places.at(node)]!;
  }

  /** Of a sentence. */
  private text(node: number): string {
    return this.sentences.at(this.places.at(node));
  }
}
