/** The API over HTTP: each request to its route, answered here when that takes a moment, beside the event loop when it may not. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import accepts from "accepts";
import express, { type RequestHandler, type Router } from "express";
import fresh from "fresh";
import { contentType } from "mime-types";
import { z } from "zod";
import type { ExportFormat } from "../export/export.ts";
import type { Intake } from "../ingest/intake.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { IngestAnswer } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { GraphStore, View } from "../store/store.ts";
import { type Access, mayWrite, READ_ONLY } from "./access.ts";
import * as answers from "./answers.ts";
import { coderOf } from "./codes.ts";
import { docs } from "./docs.ts";
import { metadataParameters, readBody, SUBMISSION_MEDIA, takeDocument } from "./documents.ts";
import { fail, type Report } from "./errors.ts";
import { type Feed, openFeed } from "./feed.ts";
import { pathOf } from "./step.ts";
import { Jobs } from "./jobs.ts";
import { type KeptAnswer, KeptAnswers } from "./kept.ts";
import { openApi } from "./openapi.ts";
import { Paths } from "./paths.ts";
import { type Readers, readersInThread, type Reply, replyOf } from "./readers.ts";
import type { Asked, HttpRoute, Route } from "./route.ts";
import { ontologyOf, routes } from "./routes.ts";

export interface ApiDeps {
  readonly store: View & Pick<GraphStore, "snapshot" | "steadily">;
  readonly knowledge: Knowledge;
  readonly formats: readonly ExportFormat[];
  /** Of the package. */
  readonly version: string;
  /** Where routes are answered that may take long; without it in this thread. */
  readonly readers?: Readers;
  /** Takes documents in; without it nothing can be written, whoever asks. */
  readonly intake?: Intake;
  /** Tells of what comes in; one is made where none is given. */
  readonly feed?: Feed;
  readonly access?: Access;
  /** Told of errors that nobody foresaw. */
  readonly report?: Report;
}

/** Every address of the API, but for the description of all. */
export function addresses(deps: ApiDeps): readonly (Route | HttpRoute)[] {
  return [...routes({ ontology: ontologyOf(deps.knowledge), version: deps.version }, deps.formats), ...httpRoutes(deps)];
}

/** The API: every address of the table, in two parts. */
export interface Api {
  /**
   * Answers what is asked with GET of a table row, before Express sees it: that takes several times as long as most of these answers.
   * @returns whether it did, or does
   */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** All other addresses and methods. */
  readonly router: Router;
}

export function api(deps: ApiDeps): Api {
  const { report = () => {} } = deps;
  const router = express.Router({ caseSensitive: true });
  const table = addresses(deps);
  const description = openApi(table, deps.version);
  const self: HttpRoute = {
    ...plain("/openapi.json", "This description."),
    handle: (_request, response) => void response.set("Cache-Control", "no-cache").json(description),
  };
  const all = [...table, self, ...docs(description)];
  const readers = deps.readers ?? readersInThread(deps.store);
  const kept = new KeptAnswers(deps.store);
  const paths = new Paths<Answering>();
  for (const path of new Set(all.map((each) => each.path))) {
    const at = router.route(path);
    const atPath = all.filter((each) => each.path === path);
    for (const each of atPath) {
      if (each.body === undefined && !("handle" in each)) {
        paths.add(`/api${path}`, answering(each, deps.store, readers, kept));
        continue;
      }
      const handle = "handle" in each ? each.handle : inExpress(answering(each, deps.store, readers, kept));
      if (each.body !== undefined) at.post(...("read" in each.body ? each.body.read : [express.json({ limit: each.body.limit })]), handle);
      else at.get(handle);
    }
    const posts = atPath.some((each) => each.body !== undefined);
    at.all((request, response) => {
      response.set("Allow", posts ? "GET, HEAD, POST" : "GET, HEAD");
      throw new KnownError("method-not-allowed", `${request.method} is not done here: use ${posts ? "GET or POST" : "GET"}.`);
    });
  }
  return {
    router,
    answer(request, response) {
      if (request.method !== "GET" && request.method !== "HEAD") return false;
      const at = paths.find(pathOf(request));
      if (at === undefined) return false;
      at.found(request, response, at.open).catch((error: unknown) => fail(error, request, response, report));
      return true;
    },
  };
}

function plain(path: string, summary: string): Omit<HttpRoute, "handle"> {
  return { path, summary, query: z.strictObject({}), result: undefined, media: [] };
}

/** Addresses that are no question to the graph. */
function httpRoutes({
  store,
  knowledge,
  intake,
  access = READ_ONLY,
  feed = openFeed(store),
  report = () => {},
}: ApiDeps): readonly HttpRoute[] {
  const code = coderOf(ontologyOf(knowledge));
  const jobs = new Jobs(report, () => feed.look());
  return [
    {
      path: "/documents",
      summary: "Reads a document into the graph, and answers with what was found in it: 201 for a new one, 200 for one that was there.",
      query: metadataParameters,
      result: answers.ingestAnswer,
      accepted: answers.jobAnswer,
      media: [],
      body: { media: SUBMISSION_MEDIA, read: [mayWrite(access), ...readBody] },
      handle: async (request, response) => {
        if (intake === undefined) throw new KnownError("writes-closed", "This server takes no documents.");
        const answer = await takeDocument(store, intake, jobs, request, response);
        feed.look();
        response
          .set("Cache-Control", "no-cache")
          .json("claims" in answer ? ({ ...answer, claims: answer.claims.map(code) } satisfies IngestAnswer) : answer);
      },
    },
    {
      ...plain("/jobs/:id", "How it goes with a document that was sent with `Prefer: respond-async`."),
      result: answers.jobAnswer,
      handle: (request, response) => void response.set("Cache-Control", "no-store").json(jobs.get(String(request.params["id"]))),
    },
    {
      ...plain(
        "/events/stream",
        "Server-sent events: `ready`, `document` for each one read into the graph, `graph` when that has changed it. Takes Last-Event-ID.",
      ),
      media: ["text/event-stream"],
      handle: (request, response) => feed.connect(request, response),
    },
  ];
}

/** Answers a request for what is at a route's address; `open` is the part of it that the route leaves open. */
type Answering = (request: IncomingMessage & { readonly body?: unknown }, response: ServerResponse, open: string) => Promise<void>;

function inExpress(answer: Answering): RequestHandler {
  return (request, response) => answer(request, response, "");
}

function answering(route: Route, store: ApiDeps["store"], readers: Readers, kept: KeptAnswers): Answering {
  const varies = route.result !== undefined && route.media.length > 0;
  return async (request, response, open) => {
    const asked = askedOf(request, open);
    if (varies) response.appendHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "no-cache");
    // What is asked with a body is asked once.
    const question = route.body === undefined ? `${asked.form} ${request.url}` : undefined;
    const { answer: known, state } = question === undefined ? {} : kept.get(question);
    if (known !== undefined) return sendJson(known, request, response);
    const send = async (reply: Reply): Promise<void> => {
      if ("json" in reply) {
        const isKept = question !== undefined && state !== undefined;
        sendJson(isKept ? kept.keep(question, state, reply.json, reply.about) : { body: reply.json }, request, response);
      } else await sendOther(reply, request, response);
    };
    const light = asked.form === "json" && route.isLight ? store.steadily(() => atOnce(route, store, asked)) : undefined;
    if (light !== undefined) return send(light);
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once("close", leave);
    try {
      await send(await readers.answer(route, asked, gone.signal));
    } catch (error) {
      // The client went away: nobody is left to be told.
      if (!gone.signal.aborted) throw error;
    } finally {
      response.off("close", leave);
    }
  };
}

/** The answer, where it is found in a moment. */
function atOnce(route: Route, view: View, asked: Asked): Reply | undefined {
  if (route.isLight?.(view, asked) !== true) return undefined;
  const answer = route.answer(view, asked);
  return "pieces" in answer ? undefined : replyOf(route, asked, answer);
}

function sendJson(
  { body, etag }: Pick<KeptAnswer, "body"> & Partial<KeptAnswer>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (etag !== undefined) response.setHeader("ETag", etag);
  if (etag !== undefined && request.headers["if-none-match"] !== undefined && fresh(request.headers, { etag })) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", body.length);
  // Of an answer to HEAD, Node sends the headers alone.
  response.end(body);
}

async function sendOther(reply: Exclude<Reply, { json: unknown }>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if ("moved" in reply) {
    response.statusCode = 308;
    response.setHeader("Location", reply.moved);
    response.end();
    return;
  }
  if (reply.attachment !== undefined) response.setHeader("Content-Disposition", `attachment; filename="${reply.attachment}"`);
  response.setHeader("Content-Type", contentType(reply.type) || reply.type);
  if (request.method === "HEAD") {
    response.end();
    await reply.pieces[Symbol.asyncIterator]().return?.();
    return;
  }
  await pipeline(Readable.from(reply.pieces, { objectMode: false }), response);
}

function askedOf(request: Parameters<Answering>[0], open: string): Asked {
  const { url = "", body } = request;
  return {
    id: open,
    search: url.slice(pathOf(request).length + 1),
    form: preferred(request),
    ...(body === undefined ? {} : { body }),
  };
}

function preferred(request: IncomingMessage): Asked["form"] {
  const { accept = "*/*" } = request.headers;
  if (accept === "*/*" || accept === "application/json") return "json";
  switch (accepts(request).type(["application/json", "text/csv", "application/jsonl", "application/x-ndjson"])) {
    case "text/csv":
      return "csv";
    case "application/jsonl":
    case "application/x-ndjson":
      return "jsonl";
    default:
      return "json";
  }
}
