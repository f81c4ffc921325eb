/** The answers of model/api.ts as zod schemas: what OpenAPI shows of them, and what the tests hold every answer against. */
import { z } from "zod";
import type {
  ClaimReport,
  DocumentAnswer,
  DocumentSummary,
  DyadRow,
  EdgeAnswer,
  EdgeRow,
  EdgeSummary,
  EntityAnswer,
  EntitySummary,
  EventRow,
  FormatsAnswer,
  GraphAnswer,
  GraphColumns,
  HealthAnswer,
  IngestAnswer,
  JobAnswer,
  LayoutAnswer,
  NeighborEdge,
  OntologyAnswer,
  Page,
  PathsAnswer,
  Problem,
  RelationType,
  SentenceHit,
  StatsAnswer,
  TimelineAnswer,
} from "../model/api.ts";
import { ENTITY_KINDS, type EntityId, type EntityKind, type EventDate, MODALITIES, POLARITIES } from "../model/graph.ts";
import { BLOCK_KINDS, type DocumentId, type Span } from "../model/text.ts";

/** Every schema that has a name, for the `components` of OpenAPI. */
export const named = z.registry<{ id: string }>();

function name<T extends z.ZodType>(id: string, schema: T): T {
  named.add(schema, { id });
  return schema;
}

const optional = z.exactOptional;
const count = z.int().min(0);
const day = z.iso.date();
const kind = z.enum(ENTITY_KINDS);
const entityId = z.string().describe('Kind and slug: "person:ilham-aliyev".') as unknown as z.ZodType<EntityId>;
const documentId = z.string() as unknown as z.ZodType<DocumentId>;
const edgeId = z.string().describe('Ids and relation joined by "~".');
const confidence = z.number().min(0).max(1);

function page<T>(items: z.ZodType<T>): z.ZodType<Page<T>> {
  return z.strictObject({
    items: z.array(items),
    total: count.describe("In all pages."),
    next: optional(z.string().describe("Pass it as `cursor` for the following page.")),
    facets: optional(z.record(z.string(), z.record(z.string(), count)).describe("How many there are in all pages, by what was asked for.")),
  });
}

export const problem: z.ZodType<Problem> = name(
  "Problem",
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    parameter: optional(z.string()),
  }),
);

export const health: z.ZodType<HealthAnswer> = name("Health", z.strictObject({ status: z.literal("ok"), version: z.string() }));

export const stats: z.ZodType<StatsAnswer> = name(
  "Stats",
  z.strictObject({
    documents: count,
    sentences: count,
    claims: count,
    edges: count,
    entitiesByKind: z.strictObject(Object.fromEntries(ENTITY_KINDS.map((each) => [each, count])) as Record<EntityKind, typeof count>),
    claimsByRelation: z.record(z.string(), count),
    dates: optional(z.strictObject({ from: day, to: day })),
  }),
);

const span: z.ZodType<Span> = name("Span", z.strictObject({ start: count, end: count }).describe("UTF-16 offsets, half open."));

const eventDate: z.ZodType<EventDate> = name(
  "EventDate",
  z.strictObject({
    start: day,
    end: day,
    precision: z.enum(["day", "month", "year"]),
    basis: z.enum(["explicit", "relative", "document"]),
  }),
);

const entityFields = {
  id: entityId,
  kind,
  name: z.string(),
  aliases: z.array(z.string()),
  country: optional(z.string().describe("ISO 3166-1 alpha-3.")),
  role: optional(z.string()),
  degree: count.describe("Distinct edges."),
  mentions: count,
  documents: count,
};
export const entitySummary: z.ZodType<EntitySummary> = name("Entity", z.strictObject(entityFields));

const edgeFields = {
  id: edgeId,
  subject: entityId,
  relation: z.string(),
  object: entityId,
  reports: count.describe("Claims."),
  events: count,
  documents: count,
  from: optional(day),
  to: optional(day),
  affirmed: count,
  happened: count,
  confidence,
};
const edgeSummary: z.ZodType<EdgeSummary> = name("Edge", z.strictObject(edgeFields));
const edgeRow: z.ZodType<EdgeRow> = name("EdgeRow", z.strictObject({ ...edgeFields, subjectName: z.string(), objectName: z.string() }));

const neighborEdge: z.ZodType<NeighborEdge> = name(
  "Neighbor",
  z.strictObject({ edge: edgeSummary, direction: z.enum(["out", "in", "both"]), neighbor: entitySummary }),
);

const documentFields = {
  id: documentId,
  name: z.string(),
  title: z.string(),
  date: optional(day),
  source: optional(z.string()),
  url: optional(z.string()),
  sentences: count,
  claims: count,
};
const documentSummary: z.ZodType<DocumentSummary> = name("Document", z.strictObject(documentFields));

const eventCodes = {
  plover: optional(z.string().describe("PLOVER event class; STRUCTURE for a standing fact.")),
  cameo: optional(z.string().describe("CAMEO code; none for a standing fact.")),
};

const reference = z.strictObject({ id: entityId, name: z.string() });
const proof = {
  rule: z.string(),
  sentence: span,
  text: z.string().describe("The document's text at `sentence`."),
  spans: z.strictObject({ subject: span, trigger: span, object: span }),
};
const claimReport: z.ZodType<ClaimReport> = name(
  "Claim",
  z.strictObject({
    claim: z.string(),
    edge: edgeId,
    subject: entityId,
    relation: z.string(),
    ...eventCodes,
    object: entityId,
    polarity: z.enum(POLARITIES),
    modality: z.enum(MODALITIES),
    date: optional(eventDate),
    place: optional(reference),
    medium: optional(z.string()),
    topic: optional(z.array(reference)),
    source: optional(reference),
    confidence,
    event: z.string(),
    document: documentSummary,
    ...proof,
    alsoIn: optional(z.array(z.strictObject(proof))),
  }),
);

export const entityAnswer: z.ZodType<EntityAnswer> = name(
  "EntityAnswer",
  z.strictObject({
    ...entityFields,
    relations: z.array(z.strictObject({ relation: z.string(), total: optional(count), edges: z.array(neighborEdge) })),
    inDocuments: z.array(documentSummary),
    merges: z.array(z.strictObject({ from: z.string(), reason: z.string(), by: z.enum(["rule", "user"]) })),
  }),
);

export const edgeAnswer: z.ZodType<EdgeAnswer> = name(
  "EdgeAnswer",
  z.strictObject({
    edge: edgeSummary,
    subject: entitySummary,
    object: entitySummary,
    claims: z.array(claimReport),
    next: optional(z.string()),
  }),
);

export const documentAnswer: z.ZodType<DocumentAnswer> = name(
  "DocumentAnswer",
  z.strictObject({
    ...documentFields,
    text: z.string(),
    blocks: z.array(z.strictObject({ start: count, end: count, kind: z.enum(BLOCK_KINDS) })),
    mentions: z.array(
      z.strictObject({ start: count, end: count, entity: entityId, kind, name: z.string(), form: z.enum(["name", "nominal", "pronoun"]) }),
    ),
    evidence: z.array(claimReport),
  }),
);

export const ingestAnswer: z.ZodType<IngestAnswer> = name(
  "IngestAnswer",
  z.strictObject({
    status: z.enum(["created", "updated", "unchanged"]),
    document: documentSummary,
    entities: z.array(entitySummary),
    claims: z.array(claimReport),
  }),
);

export const jobAnswer: z.ZodType<JobAnswer> = name(
  "Job",
  z.discriminatedUnion("state", [
    z.strictObject({ id: z.string(), state: z.literal("reading") }),
    z.strictObject({
      id: z.string(),
      state: z.literal("done"),
      status: z.enum(["created", "updated", "unchanged"]),
      document: documentId,
    }),
    z.strictObject({ id: z.string(), state: z.literal("failed"), problem }),
  ]),
);

export const graphAnswer: z.ZodType<GraphAnswer> = name(
  "GraphAnswer",
  z.strictObject({
    nodes: z.array(entitySummary),
    edges: z.array(
      z.strictObject({
        ...edgeFields,
        claims: z.array(
          z.strictObject({
            date: optional(eventDate),
            polarity: z.enum(POLARITIES),
            modality: z.enum(MODALITIES),
            confidence,
            document: count.describe("Index into `documents`."),
          }),
        ),
      }),
    ),
    documents: z.array(z.strictObject({ id: documentId, source: optional(z.string()) })).describe("What the claims are from."),
    truncated: optional(z.strictObject({ nodes: count.describe("How many there are in all.") })),
  }),
);

const integers = z.array(z.int());

export const graphColumns: z.ZodType<GraphColumns> = name(
  "GraphColumns",
  z.strictObject({
    nodes: z.array(entitySummary),
    known: z.array(entityId).describe("Other ends of edges, which follow on `nodes`."),
    relations: z.array(z.string()),
    outlets: z.array(z.string()),
    edges: z.strictObject({
      subject: integers,
      relation: integers,
      object: integers,
      reports: integers,
      events: integers,
      documents: integers,
    }),
    claims: z.strictObject({
      day: z.array(z.int().nullable()).describe("Days since 1970-01-01."),
      days: integers.describe("Days until the last one that may be meant."),
      says: integers.describe("Polarity + 2 * (modality + 5 * (precision + 3 * basis)), each counted from 0."),
      confidence: integers.describe("Index into `confidences`."),
      document: integers,
    }),
    confidences: z.array(confidence),
    outlet: integers.describe("Index into `outlets` of each document; -1 for none."),
    total: z.strictObject({ nodes: count, pairs: count }),
  }),
);

export const layout: z.ZodType<LayoutAnswer> = name("Layout", z.strictObject({ x: integers, y: integers }));

const relationType: z.ZodType<RelationType> = name(
  "RelationType",
  z.strictObject({
    name: z.string(),
    label: z.string(),
    inverse: z.string(),
    family: z.string(),
    symmetric: z.boolean(),
    subject: z.array(kind),
    object: z.array(kind),
    plover: z.string(),
    cameo: z.string(),
  }),
);
export const ontology: z.ZodType<OntologyAnswer> = name(
  "Ontology",
  z.strictObject({
    kinds: z.array(z.strictObject({ kind, label: z.string(), color: z.string() })),
    families: z.array(z.strictObject({ family: z.string(), label: z.string(), color: z.string() })),
    relations: z.array(relationType),
  }),
);

export const formats: z.ZodType<FormatsAnswer> = name(
  "Formats",
  z.strictObject({
    items: z.array(z.strictObject({ name: z.string(), extension: z.string(), mediaType: z.string(), description: z.string() })),
  }),
);

const sentenceHit: z.ZodType<SentenceHit> = name(
  "SentenceHit",
  z.strictObject({ document: documentSummary, sentence: span, text: z.string(), highlights: z.array(span) }),
);

const eventRow: z.ZodType<EventRow> = name(
  "Event",
  z.strictObject({
    event: z.string(),
    relation: z.string(),
    ...eventCodes,
    date: optional(eventDate),
    subjects: z.array(reference),
    objects: z.array(reference),
    edges: z.array(edgeId),
    claims: count,
    documents: count,
    affirmed: count,
    happened: count,
    claim: claimReport,
  }),
);

export const TIMELINE_STEPS = ["day", "week", "month", "year"] as const;
export const timeline: z.ZodType<TimelineAnswer> = name(
  "Timeline",
  z.strictObject({
    by: z.enum(TIMELINE_STEPS),
    buckets: z.array(
      z.strictObject({
        start: day,
        events: count,
        relations: z.record(z.string(), count),
        families: optional(z.record(z.string(), count)),
      }),
    ),
    unplaced: count.describe("Events undated, or dated less closely than a bucket is long."),
  }),
);

export const paths: z.ZodType<PathsAnswer> = name(
  "Paths",
  z.strictObject({
    from: entitySummary,
    to: entitySummary,
    paths: z.array(
      z.strictObject({
        hops: z.array(z.strictObject({ from: entitySummary, to: entitySummary, edge: edgeSummary, claim: claimReport })),
      }),
    ),
    complete: z.boolean().describe("False when the search was given up before all paths were seen."),
  }),
);

const dyadCounts = { cooperation: count, conflict: count, materialCooperation: count, materialConflict: count };
const dyadRow: z.ZodType<DyadRow> = name(
  "Dyad",
  z.strictObject({
    one: reference,
    other: reference,
    ...dyadCounts,
    from: optional(day),
    to: optional(day),
    buckets: z.array(z.strictObject({ start: day, ...dyadCounts })),
  }),
);

export const entityPage = name("EntityPage", page(entitySummary));
export const edgePage = name("EdgePage", page(edgeRow));
export const neighborPage = name("NeighborPage", page(neighborEdge));
export const documentPage = name("DocumentPage", page(documentSummary));
export const sentencePage = name("SentencePage", page(sentenceHit));
export const eventPage = name("EventPage", page(eventRow));
export const dyadPage = name("DyadPage", page(dyadRow));
