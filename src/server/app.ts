/** The HTTP server: `createApp` puts API and viewer together, `listen` opens the port. */
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import compression from "compression";
import express, { type Express, type RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { KnownError } from "../model/errors.ts";
import type { Queries } from "../query/queries.ts";
import { crossOrigin, mayRead, onlyHosts, READ_ONLY } from "./access.ts";
import { cypherRouter, discovery } from "./cypher.ts";
import { errorHandler, noSuchRoute, sendProblem } from "./errors.ts";
import { apiRouter, type ApiDeps } from "./router.ts";

export interface AppDeps extends ApiDeps {
  /** Folder of the built viewer (web/dist). */
  readonly viewer: string;
  /** Names under which the server may be asked for, without port; by default those of this machine alone. See `hostNames`. */
  readonly hosts?: readonly string[] | "any";
  /** Requests that one client may make in a minute; without it any number. */
  readonly requestsPerMinute?: number;
  /** What answers openCypher at /db; without it nothing is there. */
  readonly queries?: Queries;
}

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", false);
  app.use(
    sameHeaders(
      helmet({
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
      }),
    ),
  );
  const access = deps.access ?? READ_ONLY;
  app.use(onlyHosts(deps.hosts));
  app.use(compressing());
  const limits = deps.requestsPerMinute === undefined ? [] : [limiter(deps.requestsPerMinute)];
  app.use(["/api", "/db"], crossOrigin(access), ...limits, mayRead(access));
  app.use("/api", apiRouter(deps));
  app.use("/api", noSuchRoute);
  if (deps.queries) {
    app.get("/", discovery(deps.version));
    app.use("/db", cypherRouter(deps.queries, deps.report ?? (() => undefined)));
  }
  app.use("/db", noSuchRoute);
  app.use(viewer(deps.viewer));
  app.use(noSuchRoute);
  app.use(errorHandler(deps.report ?? (() => undefined)));
  return app;
}

/** A handler that sets the same headers for every request is asked for them once. */
function sameHeaders(handler: ReturnType<typeof helmet>): RequestHandler {
  const headers: [name: string, value: string][] = [];
  const response = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => undefined };
  handler({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

/** Compresses for those who say that they can read it; all others are spared what it takes to find out. */
function compressing(): RequestHandler {
  const compress = compression();
  return (request, response, next) => {
    if (request.headers["accept-encoding"] !== undefined) return compress(request, response, next);
    response.setHeader("Vary", "Accept-Encoding");
    next();
  };
}

function limiter(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: (_request, response) =>
      sendProblem(response, new KnownError("too-many-requests", `More than ${requestsPerMinute} requests in a minute: wait, then go on.`)),
  });
}

/** The built viewer; every address that is no file is one of its own, and gets its page. */
function viewer(folder: string): RequestHandler {
  const files = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      // Names of assets hold a hash of what is in them.
      response.set("Cache-Control", /[\\/]assets[\\/]/u.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  const router = express.Router();
  router.use(files);
  router.use((request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.set("Allow", "GET, HEAD");
      throw new KnownError("method-not-allowed", `${request.method} is not done here: use GET.`);
    }
    if (/\.[a-z0-9]+$/iu.test(request.path)) return next();
    const page = join(folder, "index.html");
    if (!existsSync(page)) throw new KnownError("viewer-not-built", 'The viewer is not built: run "npm run build". The API is at /api.');
    response.set("Cache-Control", "no-cache").sendFile(page);
  });
  return router;
}

export interface ListenOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly host?: string;
}

/** A server that takes requests. */
export interface Listening {
  readonly url: string;
  readonly server: Server;
  /** Takes no more requests, lets those under way end (for at most `grace` milliseconds), then is closed. */
  close(grace?: number): Promise<void>;
}

/**
 * @param options the host is loopback unless another is given
 * @throws {KnownError} port-in-use (also for a port or host that may not be used)
 */
export function listen(app: Express, options: ListenOptions): Promise<Listening> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 }, app);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(inPlainWords(error, host, options.port)));
    server.listen(options.port, host, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : options.port;
      const name = host === "127.0.0.1" || host === "::1" ? "localhost" : host.includes(":") ? `[${host}]` : host;
      resolve({ url: `http://${name}:${port}`, server, close: (grace = 5000) => close(server, grace) });
    });
  });
}

function inPlainWords(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  const detail = { host, port };
  switch (error.code) {
    case "EADDRINUSE":
      return new KnownError("port-in-use", `Port ${port} is in use: end the other program, or take another with --port.`, detail);
    case "EACCES":
      return new KnownError("port-in-use", `Port ${port} may not be used by you: take one above 1023 with --port.`, detail);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new KnownError("port-in-use", `${host} is not an address of this machine: take another with --host.`, detail);
    default:
      return error;
  }
}

function close(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
