/** Every error as problem+json (RFC 9457): the only place where errors become HTTP. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Problem } from "../model/api.ts";
import { ERRORS, type ErrorCode, KnownError } from "../model/errors.ts";
import { pathOf } from "./step.ts";

/** Told of errors that nobody foresaw; users get none of their text. */
export type Report = (error: unknown, where: string) => void;

/** Errors that Express and its parts throw, by `status`. */
const FOREIGN: Readonly<Record<number, ErrorCode>> = { 400: "bad-parameter", 404: "unknown-route", 413: "body-too-large" };

export function problem(error: KnownError): Problem {
  const { parameter, ...rest } = error.detail;
  return {
    ...rest,
    type: `urn:entente:problem:${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(parameter === undefined ? {} : { parameter: String(parameter) }),
  };
}

export function sendProblem(response: ServerResponse, error: KnownError): void {
  const body = Buffer.from(JSON.stringify(problem(error)));
  response.statusCode = error.status;
  if (error.status === 503) response.setHeader("Retry-After", "1");
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Type", "application/problem+json; charset=utf-8");
  response.setHeader("Content-Length", body.length);
  // Of an answer to HEAD, Node sends the headers alone.
  response.end(body);
}

export const noSuchRoute: RequestHandler = (request, response) => {
  const path = pathOf({ url: request.originalUrl });
  sendProblem(response, new KnownError("unknown-route", `Nothing is at ${path}: /api/openapi.json lists all addresses.`));
};

/** Tells whoever asked what went wrong, whatever it was. */
export function fail(error: unknown, request: Pick<IncomingMessage, "method" | "url">, response: ServerResponse, report: Report): void {
  const told = known(error);
  if (told.code === "internal") report(error, `${request.method} ${request.url}`);
  // Too late for another answer: an answer broken off must not look whole.
  if (response.headersSent) response.destroy();
  else sendProblem(response, told);
}

/** Last in Express' chain. */
export function errorHandler(report: Report): ErrorRequestHandler {
  return (error, request, response, _next) => {
    fail(error, { method: request.method, url: request.originalUrl }, response, report);
  };
}

function known(error: unknown): KnownError {
  if (error instanceof KnownError) return error;
  const status = error instanceof URIError ? 400 : error instanceof Error && "status" in error ? Number(error.status) : 500;
  const code = FOREIGN[status];
  if (code === undefined) return new KnownError("internal", "Something went wrong here; the server's log says what.");
  return new KnownError(code, error instanceof URIError ? "The address holds a broken %-escape." : (error as Error).message);
}
