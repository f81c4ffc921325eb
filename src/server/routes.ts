/** The API's addresses: one row each, with what it takes and how it answers. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { type ExportFormat, exportSource } from "../export/export.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { HealthAnswer, OntologyAnswer } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { EntityId } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";
import * as query from "../query/query.ts";
import type { Snapshot, View } from "../store/store.ts";
import { cursor, filterOf, filterParameters, kinds, limit, readQuery, words } from "./parameters.ts";

export interface ApiDeps {
  readonly store: View & { snapshot(): Snapshot };
  readonly knowledge: Knowledge;
  readonly formats: readonly ExportFormat[];
  /** Of the package. */
  readonly version: string;
}

/** An address and what it does. */
export interface Route {
  /** As Express writes it. */
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  /** Sends the answer, or returns what is to be sent as JSON. */
  readonly answer: (request: Request, response: Response) => unknown;
}

export function apiRouter(deps: ApiDeps): Router {
  const router = express.Router({ caseSensitive: true });
  for (const route of routes(deps)) {
    router
      .route(route.path)
      .get(async (request, response) => {
        const answer = await route.answer(request, response);
        if (!response.headersSent) response.set("Cache-Control", "no-cache").json(answer);
      })
      .all((request, response) => {
        response.set("Allow", "GET, HEAD");
        throw new KnownError("method-not-allowed", `${request.method} is not done here: use GET.`);
      });
  }
  return router;
}

/** Ties a route's parameters to the function that reads them. */
function route<T extends z.ZodRawShape>(
  path: string,
  summary: string,
  parameters: T,
  answer: (given: z.output<z.ZodObject<T>>, request: Request, response: Response) => unknown,
): Route {
  const schema = z.strictObject(parameters);
  return {
    path,
    summary,
    query: schema,
    answer: (request, response) => answer(readQuery(schema, request) as z.output<z.ZodObject<T>>, request, response),
  };
}

export function routes({ store, knowledge, formats, version }: ApiDeps): readonly Route[] {
  const filter = filterParameters([...knowledge.relations.keys()]);
  const { kind: _kind, ...claimFilter } = filter;
  const { ego: _ego, relation, document: _document, ...edgeFilter } = claimFilter;
  const ontology = ontologyOf(knowledge);
  const page = { limit: limit(50, 500), cursor };

  return [
    route("/health", "Whether the server is there.", {}, (): HealthAnswer => ({ status: "ok", version })),
    route("/stats", "How much is in the graph.", {}, () => store.stats()),
    route("/ontology", "Kinds of entity and relations, with labels and colours.", {}, () => ontology),
    route("/documents", "Documents, newest first.", page, (given) => query.documents(store, given)),
    route("/documents/:id", "A document's text with all that was found in it.", {}, (_given, request) => {
      const document = store.document(request.params.id as DocumentId);
      if (document === undefined) {
        throw new KnownError("unknown-document", `No document has the id "${request.params.id}": /api/documents lists them.`);
      }
      return document;
    }),
    route(
      "/entities",
      "Entities: those whose names begin like the words of `q`, the same name first; without `q` the best connected first.",
      { q: words.optional(), kind: kinds, ...page },
      ({ q, kind, ...rest }) =>
        query.entities(
          store,
          { ...(q === undefined || q === "" ? {} : { text: q }), ...(kind === undefined ? {} : { kinds: kind }) },
          rest,
        ),
    ),
    route("/entities/:id", "An entity with its relations, documents and why it is one.", {}, (_given, request, response) => {
      const id = request.params.id as EntityId;
      return movedEntity(store, id, "", request, response) ?? query.entity(store, id);
    }),
    route(
      "/entities/:id/neighbors",
      "The entities at the other end of an entity's edges, the most reported first.",
      { relation, ...edgeFilter, ...page },
      (given, request, response) => {
        const id = request.params.id as EntityId;
        return movedEntity(store, id, "/neighbors", request, response) ?? query.neighbors(store, id, filterOf(given), given);
      },
    ),
    route(
      "/relations",
      "Edges, the most reported first.",
      { type: relation, subject: filter.ego, object: filter.ego, ...edgeFilter, kind: filter.kind, document: filter.document, ...page },
      ({ type, subject, object, ...given }) =>
        query.edges(
          store,
          {
            ...filterOf({ ...given, relation: type }),
            ...(subject === undefined ? {} : { subject: subject as EntityId }),
            ...(object === undefined ? {} : { object: object as EntityId }),
          },
          given,
        ),
    ),
    route(
      "/relations/:id",
      "An edge with every claim behind it: sentence, offsets, document, date and rule.",
      { limit: limit(200, 1000), cursor },
      (given, request, response) => {
        const answer = query.edge(store, String(request.params.id), given);
        return moved(String(request.params.id), answer.edge.id, "/api/relations/", "", request, response) ?? answer;
      },
    ),
    route("/graph", "The graph as the viewer draws it.", { ...filter, limit: limit(2000, 20_000) }, ({ limit: most, ...given }) =>
      query.graph(store, filterOf(given), most),
    ),
    route("/export.:format", "The graph as a file.", filter, (given, request, response) => {
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
  ];
}

/** Answers 308 when an entity is now known under another id. */
function movedEntity(store: View, id: EntityId, rest: string, request: Request, response: Response): object | undefined {
  const survivor = store.survivor(id);
  return survivor === undefined ? undefined : moved(id, survivor, "/api/entities/", rest, request, response);
}

function moved(asked: string, now: string, before: string, after: string, request: Request, response: Response): object | undefined {
  if (asked === now) return undefined;
  const { search } = new URL(request.originalUrl, "http://localhost");
  response.redirect(308, `${before}${encodeURIComponent(now)}${after}${search}`);
  return {};
}

/** What `GET /api/ontology` answers, and exports draw colours and labels from. */
export function ontologyOf(knowledge: Knowledge): OntologyAnswer {
  return {
    kinds: knowledge.kinds,
    families: knowledge.families,
    relations: [...knowledge.relations.values()].map(({ structure: _structure, ...relation }) => relation),
  };
}

/** Bytes gathered before they are sent on: writers yield line by line. */
const CHUNK = 65_536;

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
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    const pieces = chunks(format.write(exportSource(snapshot, filter, ontology)));
    // Before the headers go out: what goes wrong at once can still be told.
    const first = pieces.next();
    await pipeline(
      Readable.from(
        (function* () {
          if (first.done !== true) yield first.value;
          yield* pieces;
        })(),
      ),
      response,
    );
  } catch (error) {
    // The client went away: nobody is left to be told.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    snapshot.close();
  }
}

function* chunks(pieces: Iterable<string>): Generator<string, undefined, undefined> {
  let gathered = "";
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length < CHUNK) continue;
    yield gathered;
    gathered = "";
  }
  if (gathered !== "") yield gathered;
}
