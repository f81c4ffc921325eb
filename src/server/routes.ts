/** The API's addresses: one row each, with what it takes and how it answers. */
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { z } from "zod";
import { type ExportFormat, exportSource } from "../export/export.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Intake } from "../ingest/intake.ts";
import type { OntologyAnswer, Page } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { EntityId } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";
import * as paths from "../query/paths.ts";
import * as query from "../query/query.ts";
import type { EdgeQuery, Snapshot, View } from "../store/store.ts";
import { type Access, mayWrite, READ_ONLY } from "./access.ts";
import * as answers from "./answers.ts";
import { readBody, SUBMISSION_MEDIA, metadataParameters, takeDocument } from "./documents.ts";
import { type Feed, openFeed } from "./feed.ts";
import { openApi } from "./openapi.ts";
import { cursor, filterOf, filterParameters, kinds, limit, readQuery, words } from "./parameters.ts";
import { type Columns, csvLines, jsonLines, rowsOf, sendPieces } from "./stream.ts";

export interface ApiDeps {
  readonly store: View & { snapshot(): Snapshot };
  readonly knowledge: Knowledge;
  readonly formats: readonly ExportFormat[];
  /** Of the package. */
  readonly version: string;
  /** Takes documents in; without it nothing can be written, whoever asks. */
  readonly intake?: Intake;
  /** Tells of what comes in; one is made where none is given. */
  readonly feed?: Feed;
  readonly access?: Access;
}

/** An address and what it does. */
export interface Route {
  /** As Express writes it. */
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  /** What it answers as JSON; undefined where that is no JSON. */
  readonly result: z.ZodType | undefined;
  /** Other media types it answers in. */
  readonly media: readonly string[];
  /** Whether it may answer 308. */
  readonly moves?: boolean;
  /** Set where a body is sent, by POST. */
  readonly body?: Body;
  /** Sends the answer, or returns what is to be sent as JSON. */
  readonly answer: (request: Request, response: Response) => unknown;
}

/** What is sent to an address. */
export interface Body {
  /** Media type -> what of that type is sent; undefined where it is a document as it stands. */
  readonly media: Readonly<Record<string, z.ZodType | undefined>>;
  /** Sees to it that the request may be made, then reads its body. */
  readonly read: readonly RequestHandler[];
}

export function apiRouter(deps: ApiDeps): Router {
  const router = express.Router({ caseSensitive: true });
  const table = routes(deps);
  const description = openApi(table, deps.version);
  const self = route("/openapi.json", "This description.", {}, undefined, () => description);
  const all = [...table, self];
  for (const path of new Set(all.map((each) => each.path))) {
    const at = router.route(path);
    const atPath = all.filter((each) => each.path === path);
    for (const { answer, body } of atPath) {
      const send: RequestHandler = async (request, response) => {
        const json = await answer(request, response);
        if (!response.headersSent) response.set("Cache-Control", "no-cache").json(json);
      };
      if (body === undefined) at.get(send);
      else at.post(...body.read, send);
    }
    const allowed = atPath.some((each) => each.body !== undefined) ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"];
    at.all((request, response) => {
      response.set("Allow", allowed.join(", "));
      throw new KnownError(
        "method-not-allowed",
        `${request.method} is not done here: use ${allowed.filter((each) => each !== "HEAD").join(" or ")}.`,
      );
    });
  }
  return router;
}

/** Ties a route's parameters to the function that reads them. */
function route<T extends z.ZodRawShape>(
  path: string,
  summary: string,
  parameters: T,
  result: z.ZodType | undefined,
  answer: (given: z.output<z.ZodObject<T>>, request: Request, response: Response) => unknown,
): Route {
  const schema = z.strictObject(parameters);
  return {
    path,
    summary,
    query: schema,
    result,
    media: [],
    answer: (request, response) => answer(readQuery(schema, request) as z.output<z.ZodObject<T>>, request, response),
  };
}

const LIST_MEDIA = { csv: "text/csv", jsonl: "application/jsonl" } as const;
const listParameters = {
  limit: limit(500).describe("Rows of a page, 50 unless told otherwise. As CSV and JSON Lines all rows come, unless told otherwise."),
  cursor,
  format: z.enum(["json", "csv", "jsonl"]).optional().describe("Instead of the header Accept."),
};

/** The route of a list: in pages as JSON, as a whole in CSV and JSON Lines. */
function listRoute<T extends z.ZodRawShape, Row extends object>(
  store: ApiDeps["store"],
  path: string,
  summary: string,
  parameters: T,
  result: z.ZodType<Page<Row>>,
  columns: Columns,
  read: (view: View, given: z.output<z.ZodObject<T>>, page: query.PageQuery, request: Request) => Page<Row>,
): Route {
  const listed = route(path, summary, { ...parameters, ...listParameters }, result, async (given, request, response) => {
    const { limit: rows, cursor: after, format } = given as z.output<z.ZodObject<typeof listParameters>>;
    const chosen = given as z.output<z.ZodObject<T>>;
    const form = format ?? preferred(request);
    response.vary("Accept");
    if (form === "json") return read(store, chosen, { limit: rows ?? 50, cursor: after }, request);
    const snapshot = store.snapshot();
    try {
      const all = rowsOf(
        (page) => read(snapshot, chosen, { ...page, cursor: page.cursor ?? after }, request),
        rows ?? Number.POSITIVE_INFINITY,
      );
      response.type(LIST_MEDIA[form]).set("Cache-Control", "no-cache");
      await sendPieces(response, form === "csv" ? csvLines(columns, all) : jsonLines(all));
    } finally {
      snapshot.close();
    }
  });
  return { ...listed, media: Object.values(LIST_MEDIA) };
}

function preferred(request: Request): "json" | keyof typeof LIST_MEDIA {
  switch (request.accepts(["application/json", "text/csv", "application/jsonl", "application/x-ndjson"])) {
    case "text/csv":
      return "csv";
    case "application/jsonl":
    case "application/x-ndjson":
      return "jsonl";
    default:
      return "json";
  }
}

const DOCUMENT_COLUMNS: Columns = same("id", "name", "title", "date", "source", "url", "sentences", "claims");
const ENTITY_COLUMNS: Columns = same("id", "kind", "name", "aliases", "country", "role", "degree", "mentions", "documents");
const EDGE_COLUMNS: Columns = {
  ...same("id", "subject", "subjectName", "relation", "object", "objectName"),
  ...same("reports", "events", "documents", "from", "to", "affirmed", "happened", "confidence"),
};
const NEIGHBOR_COLUMNS: Columns = {
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
const EVENT_COLUMNS: Columns = {
  event: "event",
  date: "date.start",
  until: "date.end",
  precision: "date.precision",
  subjects: "subjects.name",
  relation: "relation",
  objects: "objects.name",
  subjectIds: "subjects.id",
  objectIds: "objects.id",
  ...same("claims", "documents", "affirmed", "happened"),
  sentence: "claim.text",
  start: "claim.sentence.start",
  end: "claim.sentence.end",
  document: "claim.document.id",
  title: "claim.document.title",
  published: "claim.document.date",
  outlet: "claim.document.source",
  url: "claim.document.url",
};
const HIT_COLUMNS: Columns = {
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

export function routes({
  store,
  knowledge,
  formats,
  version,
  intake,
  access = READ_ONLY,
  feed = openFeed(store),
}: ApiDeps): readonly Route[] {
  const filter = filterParameters([...knowledge.relations.keys()]);
  const { kind, relation, ego, document, ...ofClaims } = filter;
  const ofEdges = { type: relation, subject: ego, object: ego, ...ofClaims, kind, document };
  const edgeQuery = ({ type, subject, object, ...given }: Partial<z.output<z.ZodObject<typeof ofEdges>>>): EdgeQuery => ({
    ...filterOf({ ...given, relation: type }),
    ...(subject === undefined ? {} : { subject: subject as EntityId }),
    ...(object === undefined ? {} : { object: object as EntityId }),
  });
  const ontology = ontologyOf(knowledge);

  return [
    route("/health", "Whether the server is there.", {}, answers.health, () => ({ status: "ok", version })),
    route("/stats", "How much is in the graph.", {}, answers.stats, () => store.stats()),
    route("/ontology", "Kinds of entity and relations, with labels and colours.", {}, answers.ontology, () => ontology),
    listRoute(store, "/documents", "Documents, newest first.", {}, answers.documentPage, DOCUMENT_COLUMNS, (view, _given, page) =>
      query.documents(view, page),
    ),
    {
      ...route(
        "/documents",
        "Reads a document into the graph, and answers with what was found in it: 201 for a new one, 200 for one that was there.",
        metadataParameters.shape,
        answers.ingestAnswer,
        async (_given, request, response) => {
          if (intake === undefined) throw new KnownError("writes-closed", "This server takes no documents.");
          const answer = await takeDocument(store, intake, request, response);
          feed.look();
          return answer;
        },
      ),
      body: {
        media: SUBMISSION_MEDIA,
        read: [mayWrite(access), ...readBody],
      },
    },
    route("/documents/:id", "A document's text with all that was found in it.", {}, answers.documentAnswer, (_given, request) =>
      query.document(store, idOf(request) as DocumentId),
    ),
    listRoute(
      store,
      "/search",
      "Sentences that hold all the words of `q`, the last of them perhaps a beginning; best first.",
      { q: words },
      answers.sentencePage,
      HIT_COLUMNS,
      (view, { q }, page) => query.sentences(view, q, page),
    ),
    listRoute(
      store,
      "/entities",
      "Entities: those whose names begin like the words of `q`, the same name first; without `q` the best connected first.",
      { q: words.optional(), kind: kinds },
      answers.entityPage,
      ENTITY_COLUMNS,
      (view, given, page) =>
        query.entities(view, { ...(given.q ? { text: given.q } : {}), ...(given.kind === undefined ? {} : { kinds: given.kind }) }, page),
    ),
    {
      ...route(
        "/entities/:id",
        "An entity with its relations, documents and why it is one.",
        {},
        answers.entityAnswer,
        (_given, request, response) => movedEntity(store, "", request, response) ?? query.entity(store, idOf(request) as EntityId),
      ),
      moves: true,
    },
    neighborRoute(store, { relation, ...ofClaims }),
    listRoute(store, "/relations", "Edges, the most reported first.", ofEdges, answers.edgePage, EDGE_COLUMNS, (view, given, page) =>
      query.edges(view, edgeQuery(given), page),
    ),
    {
      ...route(
        "/relations/:id",
        "An edge with every claim behind it: sentence, offsets, document, date and rule.",
        { limit: limit(1000).describe("Claims of a page, 200 unless told otherwise."), cursor },
        answers.edgeAnswer,
        (given, request, response) => {
          const answer = query.edge(store, idOf(request), { limit: given.limit ?? 200, cursor: given.cursor });
          return moved(idOf(request), answer.edge.id, "/api/relations/", "", request, response) ?? answer;
        },
      ),
      moves: true,
    },
    listRoute(
      store,
      "/events",
      "Events, newest first: all reports of one event in one row.",
      ofEdges,
      answers.eventPage,
      EVENT_COLUMNS,
      (view, given, page) => query.events(view, edgeQuery(given), page),
    ),
    {
      ...route(
        "/events/stream",
        "Server-sent events: `ready`, `document` for each one read into the graph, `graph` when that has changed it. Takes Last-Event-ID.",
        {},
        undefined,
        (_given, request, response) => feed.connect(request, response),
      ),
      media: ["text/event-stream"],
    },
    route(
      "/timeline",
      "How many events there were in each day, week, month or year, by relation.",
      { by: z.enum(answers.TIMELINE_STEPS).default("month"), ...ofEdges },
      answers.timeline,
      ({ by, ...given }) => query.timeline(store, edgeQuery(given), by),
    ),
    route(
      "/paths",
      "The shortest paths between two entities, each hop with a sentence; of paths as long, the better reported first.",
      {
        from: ego.unwrap().describe("An entity's id."),
        to: ego.unwrap().describe("An entity's id."),
        maxHops: limit(paths.MOST_HOPS).describe("Edges of a path at most, 4 unless told otherwise."),
        k: limit(50).describe("Paths at most, 5 unless told otherwise."),
        relation,
        from_date: ofClaims.from,
        to_date: ofClaims.to,
        polarity: ofClaims.polarity,
        modality: ofClaims.modality,
        confidence: ofClaims.confidence,
      },
      answers.paths,
      ({ from, to, maxHops, k, from_date, to_date, ...given }) =>
        paths.shortestPaths(store, from as EntityId, to as EntityId, {
          filter: filterOf({ ...given, from: from_date, to: to_date }),
          maxHops: maxHops ?? 4,
          k: k ?? 5,
        }),
    ),
    route(
      "/graph",
      "The graph as the viewer draws it; over the limit, the best connected entities.",
      { ...filter, limit: limit(20_000).describe("Most entities, 2000 unless told otherwise.") },
      answers.graphAnswer,
      ({ limit: most, ...given }) => query.graph(store, filterOf(given), most ?? 2000),
    ),
    {
      ...route("/export.:format", "The graph as a file.", filter, undefined, (given, request, response) => {
        const name = String(request.params.format);
        const format = formats.find((each) => each.name === name) ?? formats.find((each) => each.extension === name);
        if (format === undefined) {
          const names = formats.map((each) => each.name).join(", ");
          throw new KnownError("unknown-format", `There is no export format "${name}": take one of ${names}.`);
        }
        const chosen = filterOf(given);
        query.knownCenters(store, chosen);
        return sendExport(store.snapshot(), format, chosen, ontology, request, response);
      }),
      media: [...new Set(formats.map((format) => format.mediaType))],
    },
  ];
}

function neighborRoute(store: ApiDeps["store"], parameters: Omit<ReturnType<typeof filterParameters>, "kind" | "ego" | "document">): Route {
  const listed = listRoute(
    store,
    "/entities/:id/neighbors",
    "The entities at the other end of an entity's edges, the most reported first.",
    { ...parameters, direction: z.enum(["out", "in"]).optional().describe("Only edges that lead from the entity, or to it.") },
    answers.neighborPage,
    NEIGHBOR_COLUMNS,
    (view, given, page, request) =>
      query.neighbors(
        view,
        idOf(request) as EntityId,
        { ...filterOf(given), ...(given.direction === undefined ? {} : { direction: given.direction }) },
        page,
      ),
  );
  return {
    ...listed,
    moves: true,
    answer: (request, response) => movedEntity(store, "/neighbors", request, response) ?? listed.answer(request, response),
  };
}

function idOf(request: Request): string {
  return String(request.params.id);
}

/** Answers 308 when an entity is now known under another id. */
function movedEntity(store: View, rest: string, request: Request, response: Response): object | undefined {
  const survivor = store.survivor(idOf(request) as EntityId);
  return survivor === undefined ? undefined : moved(idOf(request), survivor, "/api/entities/", rest, request, response);
}

function moved(asked: string, now: string, before: string, after: string, request: Request, response: Response): object | undefined {
  if (asked === now) return undefined;
  const { search } = new URL(request.originalUrl, "http://localhost");
  response.redirect(308, `${before}${encodeURIComponent(now)}${after}${search}`);
  return {};
}

/** The ontology as the API tells it. */
export function ontologyOf(knowledge: Knowledge): OntologyAnswer {
  return {
    kinds: knowledge.kinds.map(({ kind, label, color }) => ({ kind, label, color })),
    families: knowledge.families.map(({ family, label, color }) => ({ family, label, color })),
    relations: [...knowledge.relations.values()].map(({ name, label, inverse, family, symmetric, subject, object, plover, cameo }) => ({
      name,
      label,
      inverse,
      family,
      symmetric,
      subject,
      object,
      plover,
      cameo,
    })),
  };
}

async function sendExport(
  snapshot: Snapshot,
  format: ExportFormat,
  filter: ReturnType<typeof filterOf>,
  ontology: OntologyAnswer,
  request: Request,
  response: Response,
): Promise<void> {
  try {
    // In this order: `attachment` guesses a type from the name.
    response.attachment(`entente.${format.extension}`).type(format.mediaType).set("Cache-Control", "no-cache");
    if (request.method === "HEAD") response.end();
    else await sendPieces(response, format.write(exportSource(snapshot, filter, ontology)));
  } finally {
    snapshot.close();
  }
}
