/** The columns that answers are made of, and how a row becomes an answer. */
import type { ClaimReport, DocumentSummary, EdgeSummary, EntitySummary } from "../model/api.ts";
import type { EntityId, EntityKind, EventDate, Modality, Polarity } from "../model/graph.ts";
import type { DocumentId, Span } from "../model/text.ts";

/** For `FROM entity JOIN node ON node.key = entity.key`. */
export const ENTITY_COLUMNS = `node.id, entity.key, entity.kind, entity.name, entity.aliases, entity.country, entity.role, entity.degree,
  entity.mentions, entity.documents`;

export interface EntityRow {
  readonly id: EntityId;
  readonly key: number;
  readonly kind: EntityKind;
  readonly name: string;
  readonly aliases: string;
  readonly country: string | null;
  readonly role: string | null;
  readonly degree: number;
  readonly mentions: number;
  readonly documents: number;
}

export function entityOf(row: EntityRow): EntitySummary {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    aliases: row.aliases === "[]" ? [] : (JSON.parse(row.aliases) as string[]),
    ...(row.country === null ? {} : { country: row.country }),
    ...(row.role === null ? {} : { role: row.role }),
    degree: row.degree,
    mentions: row.mentions,
    documents: row.documents,
  };
}

/** For a table or subquery `edge` alone: all but the ids of its ends. */
export const EDGE_CELLS = `edge.key, edge.subject AS subjectKey, edge.object AS objectKey, edge.relation, edge.reports, edge.events,
  edge.documents, edge.date_from, edge.date_to, edge.affirmed, edge.happened, edge.confidence`;
/** For a table or subquery `edge` with `EDGE_ENDS` joined to it. */
export const EDGE_COLUMNS = `${EDGE_CELLS}, subject_node.id AS subject, object_node.id AS object`;
export const EDGE_ENDS =
  "JOIN node AS subject_node ON subject_node.key = edge.subject JOIN node AS object_node ON object_node.key = edge.object";

export interface EdgeRowOfTable extends EdgeCells {
  readonly subject: EntityId;
  readonly object: EntityId;
}

export interface EdgeCells {
  readonly key: number;
  readonly subjectKey: number;
  readonly objectKey: number;
  readonly relation: string;
  readonly reports: number;
  readonly events: number;
  readonly documents: number;
  readonly date_from: string | null;
  readonly date_to: string | null;
  readonly affirmed: number;
  readonly happened: number;
  readonly confidence: number;
}

export function edgeOf(row: EdgeRowOfTable): EdgeSummary {
  return edgeBetween(row.subject, row, row.object);
}

export function edgeBetween(subject: EntityId, row: EdgeCells, object: EntityId): EdgeSummary {
  return {
    id: edgeId(subject, row.relation, object),
    subject,
    relation: row.relation,
    object,
    reports: row.reports,
    events: row.events,
    documents: row.documents,
    ...(row.date_from === null ? {} : { from: row.date_from }),
    ...(row.date_to === null ? {} : { to: row.date_to }),
    affirmed: row.affirmed,
    happened: row.happened,
    confidence: row.confidence,
  };
}

export function edgeId(subject: string, relation: string, object: string): string {
  return `${subject}~${relation}~${object}`;
}

/** Subject, relation and object of an edge's id; undefined when it has not three parts. */
export function edgeParts(id: string): { subject: EntityId; relation: string; object: EntityId } | undefined {
  const [subject, relation, object, ...rest] = id.split("~");
  if (subject === undefined || relation === undefined || object === undefined || rest.length > 0) return undefined;
  return { subject: subject as EntityId, relation, object: object as EntityId };
}

/** For a table `document`. */
export const DOCUMENT_COLUMNS =
  "document.key, document.id, document.name, document.title, document.date, document.source, document.url, document.sentences, document.claims";

export interface DocumentRow {
  readonly key: number;
  readonly id: DocumentId;
  readonly name: string;
  readonly title: string;
  readonly date: string | null;
  readonly source: string | null;
  readonly url: string | null;
  readonly sentences: number;
  readonly claims: number;
}

export function documentOf(row: DocumentRow): DocumentSummary {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    ...(row.date === null ? {} : { date: row.date }),
    ...(row.source === null ? {} : { source: row.source }),
    ...(row.url === null ? {} : { url: row.url }),
    sentences: row.sentences,
    claims: row.claims,
  };
}

/** For a table `claim`. */
export const DATE_COLUMNS = "claim.date_start, claim.date_end, claim.date_precision, claim.date_basis";

export interface DateRow {
  readonly date_start: string | null;
  readonly date_end: string | null;
  readonly date_precision: EventDate["precision"] | null;
  readonly date_basis: EventDate["basis"] | null;
}

export function dateOf(row: DateRow): { readonly date?: EventDate } {
  if (row.date_start === null || row.date_end === null || row.date_precision === null || row.date_basis === null) return {};
  return { date: { start: row.date_start, end: row.date_end, precision: row.date_precision, basis: row.date_basis } };
}

/** For a table `claim`. */
export const CLAIM_COLUMNS = `claim.key AS claimKey, claim.id AS claim, claim.relation, claim.polarity, claim.modality, ${DATE_COLUMNS},
  claim.medium, claim.topic, claim.confidence, claim.event, claim.place, claim.source AS quoted`;

/** Whole SELECT of claims up to its WHERE. */
export const CLAIM_SELECT = `SELECT ${CLAIM_COLUMNS}, subject_node.id AS subject, object_node.id AS object,
    edge_subject.id AS edgeSubject, edge_object.id AS edgeObject, ${DOCUMENT_COLUMNS}
  FROM claim
  JOIN document ON document.key = claim.document
  JOIN edge ON edge.key = claim.edge
  JOIN node AS edge_subject ON edge_subject.key = edge.subject
  JOIN node AS edge_object ON edge_object.key = edge.object
  JOIN appearance AS s ON s.key = claim.subject
  JOIN node AS s_node ON s_node.key = s.node
  JOIN node AS subject_node ON subject_node.key = s_node.survivor
  JOIN appearance AS o ON o.key = claim.object
  JOIN node AS o_node ON o_node.key = o.node
  JOIN node AS object_node ON object_node.key = o_node.survivor`;

export interface ClaimColumns extends DateRow {
  readonly claimKey: number;
  readonly claim: string;
  readonly relation: string;
  readonly polarity: Polarity;
  readonly modality: Modality;
  readonly medium: string | null;
  /** JSON array of keys of `appearance`. */
  readonly topic: string;
  readonly confidence: number;
  readonly event: string;
  readonly place: number | null;
  readonly quoted: number | null;
}

export interface ClaimRow extends ClaimColumns, DocumentRow {
  readonly subject: EntityId;
  readonly object: EntityId;
  readonly edgeSubject: EntityId;
  readonly edgeObject: EntityId;
}

/** For tables `evidence` and `sentence`, joined. */
export const EVIDENCE_COLUMNS = `sentence.start, sentence.end, sentence.text, evidence.trigger_start, evidence.trigger_end,
  evidence.subject_start, evidence.subject_end, evidence.object_start, evidence.object_end, evidence.rule`;

export interface EvidenceRow {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly trigger_start: number;
  readonly trigger_end: number;
  readonly subject_start: number;
  readonly subject_end: number;
  readonly object_start: number;
  readonly object_end: number;
  readonly rule: string;
}

export type Proof = Pick<ClaimReport, "rule" | "sentence" | "text" | "spans">;

export function proofOf(row: EvidenceRow): Proof {
  const span = (start: number, end: number): Span => ({ start, end });
  return {
    rule: row.rule,
    sentence: span(row.start, row.end),
    text: row.text,
    spans: {
      subject: span(row.subject_start, row.subject_end),
      trigger: span(row.trigger_start, row.trigger_end),
      object: span(row.object_start, row.object_end),
    },
  };
}
