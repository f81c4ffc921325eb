/** Writes a document and what it says into the record's tables, and takes it out again. */
import type { Claim, DocumentGraph, EntityId, Evidence, Link, Links } from "../model/graph.ts";
import type { SourceDocument, Span } from "../model/text.ts";
import type { Derivation } from "./derive.ts";
import type { Connection } from "./driver.ts";
import type { CommitOptions } from "./store.ts";
import { words } from "./words.ts";

/**
 * Refuses a graph that does not hold together, so that what is in the store always does.
 * @throws {TypeError} naming the document and the fault
 */
export function checkGraph(source: SourceDocument, graph: DocumentGraph, links: Links): void {
  const fault = (what: string): never => {
    throw new TypeError(`Document ${source.id} (${source.name}): ${what}.`);
  };
  const inText = ({ start, end }: Span): boolean =>
    Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= source.text.length;
  const checkId = (id: EntityId): void => {
    if (id === "" || id.includes("~")) fault(`"${id}" cannot be an entity's id`);
  };

  if (graph.document !== source.id) fault(`its graph says it is of ${graph.document}`);
  for (const sentence of graph.sentences) if (!inText(sentence)) fault(`sentence ${sentence.start}-${sentence.end} is outside its text`);
  const sentences = new Set(graph.sentences.map(spanKey));
  const linked = new Set<EntityId>();
  for (const link of links.entities) {
    checkId(link.entity);
    linked.add(link.local);
  }
  const entities = new Set<EntityId>();
  for (const entity of graph.entities) {
    if (entities.has(entity.id)) fault(`entity ${entity.id} occurs twice`);
    entities.add(entity.id);
    if (!linked.has(entity.id)) fault(`entity ${entity.id} has no link`);
    for (const mention of entity.mentions) {
      if (!inText(mention)) fault(`a mention of ${entity.id} at ${mention.start}-${mention.end} is outside its text`);
    }
  }
  const claims = new Set<string>();
  for (const claim of graph.claims) {
    if (claims.has(claim.id)) fault(`claim ${claim.id} occurs twice`);
    claims.add(claim.id);
    if (claim.relation === "" || claim.relation.includes("~")) fault(`claim ${claim.id} has the relation "${claim.relation}"`);
    for (const end of [claim.subject, claim.object, claim.place, claim.source, ...(claim.topic ?? [])]) {
      if (end !== undefined && !entities.has(end)) fault(`claim ${claim.id} names ${end}, which is not among its entities`);
    }
    for (const evidence of claim.evidence) {
      if (!sentences.has(spanKey(evidence.sentence))) fault(`the evidence of claim ${claim.id} is not one of its sentences`);
      for (const span of [evidence.trigger, evidence.subject, evidence.object]) {
        if (!inText(span)) fault(`the evidence of claim ${claim.id} is outside its text`);
      }
    }
  }
  for (const judgement of links.judgements) {
    checkId(judgement.left);
    checkId(judgement.right);
  }
}

/** Takes a document's rows out, and tells `derivation`. */
export function takeOut(connection: Connection, derivation: Derivation, document: number): void {
  derivation.leaving(document);
  connection.run("DELETE FROM sentence_search WHERE rowid IN (SELECT key FROM sentence WHERE document = ?)", [document]);
  connection.run("DELETE FROM document WHERE key = ?", [document]);
}

/** Writes a checked document's rows, and tells `derivation`. */
export function putIn(
  connection: Connection,
  derivation: Derivation,
  source: SourceDocument,
  graph: DocumentGraph,
  links: Links,
  options: CommitOptions,
): void {
  const { key: document } = connection.run(
    `INSERT INTO document (id, name, title, date, source, url, origin, knowledge, sentences, claims, blocks, text)
     VALUES (:id, :name, :title, :date, :source, :url, :origin, :knowledge, :sentences, :claims, :blocks, :text)`,
    {
      id: source.id,
      name: source.name,
      title: source.title,
      date: source.date ?? null,
      source: source.source ?? null,
      url: source.url ?? null,
      origin: options.origin ?? null,
      knowledge: options.knowledge,
      sentences: graph.sentences.length,
      claims: graph.claims.length,
      blocks: JSON.stringify(source.blocks.map(({ start, end, kind }) => ({ start, end, kind }))),
      text: source.text,
    },
  );
  const sentences = putSentences(connection, document, source.text, graph.sentences);
  const appearances = putEntities(connection, derivation, document, graph, links.entities);
  for (const claim of graph.claims) putClaim(connection, document, claim, appearances, sentences);
  for (const { left, right, verdict, reason, by } of links.judgements) {
    connection.run('INSERT INTO judgement ("left", "right", verdict, reason, by, document) VALUES (?, ?, ?, ?, ?, ?)', [
      left,
      right,
      verdict,
      reason,
      by,
      document,
    ]);
  }
  derivation.added(document);
}

/** Keys of the rows by `spanKey`. */
function putSentences(connection: Connection, document: number, text: string, spans: readonly Span[]): Map<string, number> {
  const keys = new Map<string, number>();
  for (const { start, end } of spans) {
    const id = spanKey({ start, end });
    if (keys.has(id)) continue;
    const sentence = text.slice(start, end);
    const { key } = connection.run("INSERT INTO sentence (document, start, end, text) VALUES (?, ?, ?, ?)", [
      document,
      start,
      end,
      sentence,
    ]);
    connection.run("INSERT INTO sentence_search (rowid, words) VALUES (?, ?)", [key, words(sentence).join(" ")]);
    keys.set(id, key);
  }
  return keys;
}

/** Keys of the rows by local id. */
function putEntities(
  connection: Connection,
  derivation: Derivation,
  document: number,
  graph: DocumentGraph,
  links: readonly Link[],
): Map<EntityId, number> {
  const keys = new Map<EntityId, number>();
  const linkOf = new Map(links.map((link) => [link.local, link]));
  for (const entity of graph.entities) {
    const link = linkOf.get(entity.id) as Link;
    const { key } = connection.run(
      `INSERT INTO appearance (document, local, node, reason, kind, name, aliases, country, role)
       VALUES (:document, :local, :node, :reason, :kind, :name, :aliases, :country, :role)`,
      {
        document,
        local: entity.id,
        node: derivation.nodeOf(link.entity),
        reason: link.reason ?? null,
        kind: entity.kind,
        name: entity.name,
        aliases: JSON.stringify(entity.aliases),
        country: entity.country ?? null,
        role: entity.role ?? null,
      },
    );
    entity.mentions.forEach(({ start, end, form }, position) => {
      connection.run("INSERT INTO mention (appearance, position, start, end, form) VALUES (?, ?, ?, ?, ?)", [
        key,
        position,
        start,
        end,
        form,
      ]);
    });
    keys.set(entity.id, key);
  }
  return keys;
}

function putClaim(
  connection: Connection,
  document: number,
  claim: Claim,
  appearances: ReadonlyMap<EntityId, number>,
  sentences: ReadonlyMap<string, number>,
): void {
  const appearance = (id: EntityId): number => appearances.get(id) as number;
  const { key } = connection.run(
    `INSERT INTO claim (id, document, subject, relation, object, polarity, modality, date_start, date_end, date_precision, date_basis,
       place, medium, topic, source, confidence, event, said_event)
     VALUES (:id, :document, :subject, :relation, :object, :polarity, :modality, :start, :end, :precision, :basis,
       :place, :medium, :topic, :source, :confidence, :event, :event)`,
    {
      id: claim.id,
      document,
      subject: appearance(claim.subject),
      relation: claim.relation,
      object: appearance(claim.object),
      polarity: claim.polarity,
      modality: claim.modality,
      start: claim.date?.start ?? null,
      end: claim.date?.end ?? null,
      precision: claim.date?.precision ?? null,
      basis: claim.date?.basis ?? null,
      place: claim.place === undefined ? null : appearance(claim.place),
      medium: claim.medium ?? null,
      topic: JSON.stringify((claim.topic ?? []).map(appearance)),
      source: claim.source === undefined ? null : appearance(claim.source),
      confidence: claim.confidence,
      event: claim.event,
    },
  );
  claim.evidence.forEach((evidence: Evidence, position) => {
    connection.run(
      `INSERT INTO evidence (claim, position, sentence, trigger_start, trigger_end, subject_start, subject_end, object_start, object_end, rule)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        key,
        position,
        sentences.get(spanKey(evidence.sentence)) as number,
        evidence.trigger.start,
        evidence.trigger.end,
        evidence.subject.start,
        evidence.subject.end,
        evidence.object.start,
        evidence.object.end,
        evidence.rule,
      ],
    );
  });
}

function spanKey({ start, end }: Span): string {
  return `${start}-${end}`;
}
