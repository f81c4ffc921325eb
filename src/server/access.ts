/** Who may ask and who may write: tokens, other sites' pages, names the server goes by. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import cors from "cors";
import { KnownError } from "../model/errors.ts";
import { pathOf, type Step } from "./step.ts";

export interface Access {
  /** Clients send it as `Authorization: Bearer TOKEN`, or as the password of Basic, under any name. */
  readonly token?: string;
  /** What the token is needed for. */
  readonly tokenFor: "writes" | "all";
  /** Whether writes are taken without a token where none is set: for servers that only their own machine can reach. */
  readonly openWrites: boolean;
  /** Origins ("https://example.org") whose pages may read and write; "*" lets all read. */
  readonly cors: readonly string[];
}

/** Nothing can be written, everybody who reaches the server may read. */
export const READ_ONLY: Access = { tokenFor: "writes", openWrites: false, cors: [] };

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
/** What a proxy adds: the request may then come from anywhere, whatever address the server listens on. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
/** The one address that answers without token: whether the server is there is what watchers of machines ask. */
const OPEN = "/api/health";

/** The names a server that listens on this host can be asked for by; elsewhere than on loopback it has names we cannot know. */
export function hostNames(host: string): readonly string[] | "any" {
  return LOOPBACK.includes(host) || host === "::1" ? LOOPBACK : "any";
}

/**
 * Keeps other sites' pages from asking us under a name of theirs that they let point at this machine (DNS rebinding): a browser always
 * says in `Host` which name it was sent to.
 */
export function onlyHosts(hosts: readonly string[] | "any" = LOOPBACK): Step {
  return (request, _response, next) => {
    const host = (request.headers.host ?? "").replace(/:\d*$/u, "").toLowerCase();
    if (hosts === "any" || hosts.includes(host)) next();
    else
      next(
        new KnownError(
          "host-not-allowed",
          `This server does not answer for "${host}": ask for ${hosts[0]}, or allow the name when starting it.`,
        ),
      );
  };
}

/** Lets pages of the allowed origins read answers; without any there are no CORS headers at all. */
export function crossOrigin({ cors: origins }: Access): Step {
  if (origins.length === 0) return (_request, _response, next) => next();
  return cors({
    origin: origins.includes("*") ? "*" : [...origins],
    methods: ["GET", "HEAD", "POST"],
    allowedHeaders: ["Authorization", "Content-Type", "Accept", "Last-Event-ID"],
    exposedHeaders: ["ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy"],
    maxAge: 600,
  });
}

/** For all of the API: asks for the token where reading needs it. */
export function mayRead(access: Access): Step {
  const { token, tokenFor } = access;
  if (token === undefined || tokenFor === "writes") return (_request, _response, next) => next();
  const isRight = checker(token);
  return (request, response, next) => {
    if (pathOf(request) === OPEN || isRight(request)) return next();
    response.setHeader("WWW-Authenticate", CHALLENGE);
    next(new KnownError("token-required", "This server answers only with its token: send it as Authorization: Bearer TOKEN."));
  };
}

/** For addresses that change the graph. */
export function mayWrite(access: Access): Step {
  const isRight = access.token === undefined ? undefined : checker(access.token);
  return (request, response, next) => {
    // A page of another site must not write in the name of one who is signed in, or of one who sits at this machine.
    const stranger = strangeOrigin(request, access.cors);
    if (stranger !== undefined) {
      return next(
        new KnownError("origin-not-allowed", `Pages of ${stranger} may not write here: allow them with --cors ${stranger}.`, {
          origin: stranger,
        }),
      );
    }
    if (isRight?.(request) === true) return next();
    if (isRight !== undefined) {
      response.setHeader("WWW-Authenticate", CHALLENGE);
      return next(new KnownError("token-required", "Writing needs the server's token: send it as Authorization: Bearer TOKEN."));
    }
    if (access.openWrites && !FORWARDED.some((header) => request.headers[header] !== undefined)) return next();
    next(
      new KnownError(
        "writes-closed",
        "This server takes no documents from other machines: start it with a token (ENTENTE_TOKEN or --token), and send that.",
      ),
    );
  };
}

const CHALLENGE = ['Bearer realm="Entente"', 'Basic realm="Entente", charset="UTF-8"'];

/** Compares in a time that tells nothing of how much of a token is right. */
function checker(token: string): (request: IncomingMessage) => boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const wanted = digest(token);
  return (request) => {
    const [, scheme = "", credentials = ""] = /^(\w+) +(\S+) *$/u.exec(request.headers.authorization ?? "") ?? [];
    if (scheme.toLowerCase() === "bearer") return timingSafeEqual(digest(credentials), wanted);
    if (scheme.toLowerCase() !== "basic") return false;
    const pair = Buffer.from(credentials, "base64").toString();
    return timingSafeEqual(digest(pair.slice(pair.indexOf(":") + 1)), wanted);
  };
}

/** The origin of the page that a browser asks for, when it is neither our own nor allowed. */
function strangeOrigin(request: IncomingMessage, allowed: readonly string[]): string | undefined {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers["sec-fetch-site"] === "cross-site" ? "another site" : undefined;
  if (allowed.includes(origin)) return undefined;
  const own = URL.canParse(origin) && new URL(origin).host === host;
  return own ? undefined : origin;
}
