/** `POST /db/entente/query/v2`: openCypher in the shapes of Neo4j's Query API, so that its clients work. */
import type { IncomingMessage, ServerResponse } from "node:http";
import express, { type RequestHandler } from "express";
import { z } from "zod";
import { type Answer, type Question, refusal } from "../query/cypher/answer.ts";
import type { Queries } from "../query/queries.ts";
import type { Report } from "./errors.ts";
import { pathOf, type Step } from "./step.ts";

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

/**
 * Answers what is sent to a database's address, before Express sees it.
 * @returns a function that tells whether the address is one
 */
export function answerCypher(queries: Queries, report: Report): (request: IncomingMessage, response: ServerResponse) => boolean {
  const readBody: Step = express.json({ type: ["application/json", TYPED], limit: BODY_LIMIT });
  return (request, response) => {
    const [, database] = /^\/db\/([^/]+)\/query\/v2\/?$/u.exec(pathOf(request)) ?? [];
    if (database === undefined) return false;
    const typed = (request.headers.accept ?? "").includes(TYPED);
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      send(response, typed, refusal(codes.invalid, "send queries by POST", 405));
      return true;
    }
    const failed = (error: unknown): void => {
      const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
      if (status < 500) return send(response, typed, refusal(codes.invalid, (error as Error).message, status));
      report(error, `${request.method} ${request.url}`);
      send(response, typed, refusal(codes.general, "something went wrong here; the server's log says what", 500));
    };
    readBody(request, response, (error) => {
      if (error !== undefined) return failed(error);
      answered(queries, database, request, response, typed).catch(failed);
    });
    return true;
  };
}

async function answered(
  queries: Queries,
  database: string,
  request: IncomingMessage & { readonly body?: unknown },
  response: ServerResponse,
  typed: boolean,
): Promise<void> {
  if (database !== DATABASE) {
    return send(response, typed, refusal(codes.noDatabase, `there is no database of that name: the graph is at /db/${DATABASE}`, 404));
  }
  // What is of neither type is not read.
  if (request.body === undefined)
    return send(response, typed, refusal(codes.invalid, `send the query as application/json or ${TYPED}`, 415));
  const body = REQUEST.safeParse(request.body);
  if (!body.success) {
    const [issue] = body.error.issues;
    return send(response, typed, refusal(codes.invalid, `${issue?.path.join(".") || "body"}: ${issue?.message}`));
  }
  const { statement, parameters = {}, includeCounters: counters = false } = body.data;
  const typedParameters = (request.headers["content-type"] ?? "").trimStart().toLowerCase().startsWith(TYPED);
  const question: Question = { statement, parameters, typedParameters, typed, counters };
  const found = queries.atOnce(question);
  if (found !== undefined) return send(response, typed, found);
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once("close", leave);
  try {
    send(response, typed, await queries.ask(question, gone.signal));
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    // Aborting what is done would cost as much as some answers.
    response.off("close", leave);
  }
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

function send(response: ServerResponse, typed: boolean, { status, body }: Answer): void {
  const bytes = Buffer.from(body);
  response.statusCode = status;
  if (status === 503) response.setHeader("Retry-After", RETRY_SECONDS);
  response.appendHeader("Vary", "Accept");
  response.setHeader("Cache-Control", "no-store");
  // Without a charset: clients compare the whole header.
  response.setHeader("Content-Type", typed ? TYPED : "application/json");
  response.setHeader("Content-Length", bytes.length);
  response.end(bytes);
}
