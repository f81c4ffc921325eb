/** The HTTP server: `createApp` puts API and viewer together, `listen` opens the port. */
import { existsSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import { KnownError } from "../model/errors.ts";
import type { Queries } from "../query/queries.ts";
import { READ_ONLY } from "./access.ts";
import { answerCypher, discovery } from "./cypher.ts";
import { errorHandler, fail, noSuchRoute } from "./errors.ts";
import { gate } from "./gate.ts";
import { api, type ApiDeps } from "./router.ts";

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

/**
 * Whatever is asked passes the gate. What the API's table answers is answered there and then; all else goes to Express: documents that are
 * sent, streams, the description, the viewer's files.
 */
export function createApp(deps: AppDeps): RequestListener {
  const { access = READ_ONLY, hosts, requestsPerMinute, report = () => undefined, queries } = deps;
  const pass = gate({
    access,
    ...(hosts === undefined ? {} : { hosts }),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
  });
  const { answer, router } = api(deps);
  const cypher = queries && answerCypher(queries, report);
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", false);
  app.use("/api", router);
  app.use("/api", noSuchRoute);
  if (queries) app.get("/", discovery(deps.version));
  app.use("/db", noSuchRoute);
  app.use(viewer(deps.viewer));
  app.use(noSuchRoute);
  app.use(errorHandler(report));
  return (request, response) => {
    pass(request, response, (error) => {
      try {
        if (error !== undefined) throw error;
        if (answer(request, response) || cypher?.(request, response) === true) return;
        app(request, response);
      } catch (thrown) {
        fail(thrown, request, response, report);
      }
    });
  };
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
export function listen(app: RequestListener, options: ListenOptions): Promise<Listening> {
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
