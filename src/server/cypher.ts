/** `POST /db/entente/query/v2`: openCypher in the shapes of Neo4j's Query API, so that its clients work. */
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, type Router } from "express";
import { z } from "zod";
import { type Answer, refusal } from "../query/cypher/answer.ts";
import type { Queries } from "../query/queries.ts";
import type { Report } from "./errors.ts";

const TYPED = "application/vnd.neo4j.query";
const DATABASE = "entente";
/** Bytes of a request. */
const BODY_LIMIT = 1_000_000;
const RETRY_SECONDS = "1";

/** Clients send more than this (access mode, bookmarks, who to act for); it changes nothing here. */
const REQUEST = z.looseObject({
  statement: z.string(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  includeCounters: z.boolean().optional(),
});

const codes = {
  invalid: "Neo.ClientError.Request.Invalid",
  noDatabase: "Neo.ClientError.Database.DatabaseNotFound",
  general: "Neo.DatabaseError.General.UnknownError",
};

export function cypherRouter(queries: Queries, report: Report): Router {
  const router = express.Router({ caseSensitive: true });
  router
    .route("/:database/query/v2")
    .post(express.json({ type: ["application/json", TYPED], limit: BODY_LIMIT }), async (request, response) => {
      const typed = accepts(request) === TYPED;
      if (request.params["database"] !== DATABASE)
        return send(response, typed, refusal(codes.noDatabase, `there is no database of that name: the graph is at /db/${DATABASE}`, 404));
      if (!request.is(["application/json", TYPED]))
        return send(response, typed, refusal(codes.invalid, `send the query as application/json or ${TYPED}`, 415));
      const body = REQUEST.safeParse(request.body);
      if (!body.success) {
        const [issue] = body.error.issues;
        return send(response, typed, refusal(codes.invalid, `${issue?.path.join(".") || "body"}: ${issue?.message}`));
      }
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      const { statement, parameters = {}, includeCounters: counters = false } = body.data;
      const typedParameters = request.is(TYPED) !== false;
      try {
        send(response, typed, await queries.ask({ statement, parameters, typedParameters, typed, counters }, gone.signal));
      } catch (error) {
        if (!gone.signal.aborted) throw error;
      }
    })
    .all((_request, response) => {
      response.set("Allow", "POST");
      send(response, false, refusal(codes.invalid, "send queries by POST", 405));
    });
  const failed: ErrorRequestHandler = (error, request, response, _next) => {
    const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
    if (status < 500) return send(response, accepts(request) === TYPED, refusal(codes.invalid, (error as Error).message, status));
    report(error, `${request.method} ${request.originalUrl}`);
    send(response, accepts(request) === TYPED, refusal(codes.general, "something went wrong here; the server's log says what", 500));
  };
  router.use(failed);
  return router;
}

/** At the root, for programs: where queries go. This is how Neo4j's clients find out; a browser gets the viewer. */
export function discovery(version: string): RequestHandler {
  return (request, response, next) => {
    if (request.accepts(["html", "json"]) !== "json") return next();
    response.vary("Accept").json({
      query: `${request.protocol}://${request.headers.host}/db/{databaseName}/query/v2`,
      // Whose Query API this speaks.
      neo4j_version: "5.26.0",
      neo4j_edition: `entente ${version}, reading openCypher`,
    });
  };
}

function accepts(request: Request): string {
  const accepted = request.headers.accept ?? "";
  return accepted.includes(TYPED) ? TYPED : "application/json";
}

function send(response: Response, typed: boolean, { status, body }: Answer): void {
  if (status === 503) response.set("Retry-After", RETRY_SECONDS);
  response.vary("Accept").status(status).set("Cache-Control", "no-store");
  // Not `set`, which would add a charset: clients compare the whole header.
  response.setHeader("Content-Type", typed ? TYPED : "application/json");
  response.send(Buffer.from(body));
}
