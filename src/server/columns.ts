/** The columns of lists as CSV. */
import type { Columns } from "./stream.ts";

export const DOCUMENT_COLUMNS: Columns = same("id", "name", "title", "date", "source", "url", "sentences", "claims");
export const ENTITY_COLUMNS: Columns = same("id", "kind", "name", "aliases", "country", "role", "degree", "mentions", "documents");
export const EDGE_COLUMNS: Columns = {
  ...same("id", "subject", "subjectName", "relation", "object", "objectName"),
  ...same("reports", "events", "documents", "from", "to", "affirmed", "happened", "confidence"),
};
export const NEIGHBOR_COLUMNS: Columns = {
  relation: "edge.relation",
  direction: "direction",
  neighbor: "neighbor.id",
  name: "neighbor.name",
  kind: "neighbor.kind",
  reports: "edge.reports",
  events: "edge.events",
  from: "edge.from",
  to: "edge.to",
  edge: "edge.id",
};
export const EVENT_COLUMNS: Columns = {
  event: "event",
  date: "date.start",
  until: "date.end",
  precision: "date.precision",
  subjects: "subjects.name",
  relation: "relation",
  objects: "objects.name",
  subjectIds: "subjects.id",
  objectIds: "objects.id",
  ...same("plover", "cameo", "claims", "documents", "affirmed", "happened"),
  sentence: "claim.text",
  start: "claim.sentence.start",
  end: "claim.sentence.end",
  document: "claim.document.id",
  title: "claim.document.title",
  published: "claim.document.date",
  outlet: "claim.document.source",
  url: "claim.document.url",
};
export const HIT_COLUMNS: Columns = {
  text: "text",
  start: "sentence.start",
  end: "sentence.end",
  document: "document.id",
  title: "document.title",
  published: "document.date",
  outlet: "document.source",
  url: "document.url",
};

/** Columns named like the fields they show. */
function same(...names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, name]));
}
export const DYAD_COLUMNS: Columns = {
  one: "one.id",
  oneName: "one.name",
  other: "other.id",
  otherName: "other.name",
  ...same("cooperation", "conflict", "materialCooperation", "materialConflict", "from", "to"),
};
export const TIMELINE_COLUMNS: Columns = same("start", "family", "relation", "events");
