/** Every error as problem+json (RFC 9457): the only place where errors become HTTP. */
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Problem } from "../model/api.ts";
import { ERRORS, type ErrorCode, KnownError } from "../model/errors.ts";

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

export function sendProblem(response: Response, error: KnownError): void {
  if (error.status === 503) response.set("Retry-After", "1");
  response
    .status(error.status)
    .set("Cache-Control", "no-store")
    .type("application/problem+json")
    .send(JSON.stringify(problem(error)));
}

export const noSuchRoute: RequestHandler = (request, response) => {
  sendProblem(response, new KnownError("unknown-route", `Nothing is at ${request.path}: /api/openapi.json lists all addresses.`));
};

/** Last in the chain. */
export function errorHandler(report: Report): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const told = known(error);
    if (told.code === "internal") report(error, `${request.method} ${request.originalUrl}`);
    // Too late for another answer: an answer broken off must not look whole.
    if (response.headersSent) response.destroy();
    else sendProblem(response, told);
  };
}

function known(error: unknown): KnownError {
  if (error instanceof KnownError) return error;
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  const code = FOREIGN[status];
  if (code === undefined) return new KnownError("internal", "Something went wrong here; the server's log says what.");
  return new KnownError(code, error instanceof URIError ? "The address holds a broken %-escape." : (error as Error).message);
}
