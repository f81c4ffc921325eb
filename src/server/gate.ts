/**
 * What every request passes before anything is looked up for it: security headers, the name it asks for, compression; on the way to the
 * API also other sites' pages, rates and tokens. All of it is spoken to Node's own requests: Express has the addresses behind it.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import compression from "compression";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { KnownError } from "../model/errors.ts";
import { type Access, crossOrigin, mayRead, onlyHosts } from "./access.ts";
import { sendProblem } from "./errors.ts";
import { inTurn, type Step } from "./step.ts";

export interface GateOptions {
  readonly access: Access;
  /** See `onlyHosts`. */
  readonly hosts?: readonly string[] | "any";
  /** Requests that one client may make in a minute; without it any number. */
  readonly requestsPerMinute?: number;
}

/** The API's addresses; letter case tells nothing, as it tells Express nothing. */
const API = /^\/(?:api|db)(?:[/?]|$)/iu;

export function gate({ access, hosts, requestsPerMinute }: GateOptions): Step {
  const limits = requestsPerMinute === undefined ? [] : [limiter(requestsPerMinute)];
  const ofApi = inTurn([crossOrigin(access), ...limits, mayRead(access)]);
  return inTurn([
    originForm,
    securityHeaders(),
    onlyHosts(hosts),
    compressing(),
    (request, response, next) => (API.test(request.url ?? "") ? ofApi(request, response, next) : next()),
  ]);
}

/** An address may be sent whole, as to a proxy (RFC 9112, 3.2.2): all that follows reads the part after the server's name. */
const originForm: Step = (request, _response, next) => {
  const { url = "" } = request;
  if (!url.startsWith("/") && URL.canParse(url)) {
    const { pathname, search } = new URL(url);
    request.url = pathname + search;
  }
  next();
};

/** Headers that are the same for every request: helmet is asked for them once. */
function securityHeaders(): Step {
  const headers: [name: string, value: string][] = [];
  const response = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => undefined };
  const handler = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Served over plain HTTP, mostly on this machine.
    strictTransportSecurity: false,
  });
  handler({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return (_request, to, next) => {
    for (const [name, value] of headers) to.setHeader(name, value);
    next();
  };
}

/** Compresses for those who say that they can read it; all others are spared what it takes to find out. */
function compressing(): Step {
  const compress = compression() as unknown as Step;
  return (request, response, next) => {
    if (request.headers["accept-encoding"] !== undefined) return compress(request, response, next);
    response.setHeader("Vary", "Accept-Encoding");
    next();
  };
}

function limiter(requestsPerMinute: number): Step {
  const handler = rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: "draft-7",
    legacyHeaders: false,
    // Of the connection: what a header says of where a request came from is whatever its sender wrote.
    keyGenerator: ({ socket }) => ipKeyGenerator(socket.remoteAddress ?? ""),
    validate: false,
    handler: (_request, response) =>
      sendProblem(response, new KnownError("too-many-requests", `More than ${requestsPerMinute} requests in a minute: wait, then go on.`)),
  });
  return handler as unknown as Step;
}
