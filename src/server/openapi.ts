/** OpenAPI 3.1, made from the schemas that check requests and describe answers. */
import { z } from "zod";
import { ERRORS } from "../model/errors.ts";
import { named, problem } from "./answers.ts";
import type { Body, HttpRoute, Route } from "./route.ts";

const REFERENCE = "#/components/schemas/";

type Json = Record<string, unknown>;
type Address = Route | HttpRoute;

export function openApi(routes: readonly Address[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const at = (paths[`/api${route.path.replace(/:(\w+)/gu, "{$1}")}`] ??= {});
    at[route.body === undefined ? "get" : "post"] = operation(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Entente",
      version,
      description:
        "Who spoke with whom, signed, accused, attacked: a knowledge graph drawn from news about diplomacy, with the sentence behind every edge. Lists come in pages: pass `next` as `cursor`. Errors are problem documents (RFC 9457) that name the parameter, its value and what is allowed.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    // Whether a token is needed is the server's own setting.
    security: [{}, { bearer: [] }, { basic: [] }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "The server's token." },
        basic: { type: "http", scheme: "basic", description: "Any name, and the server's token as password." },
      },
    },
  };
}

const TAGS = [
  ["graph", "Entities, relations, events and what can be counted of them."],
  ["documents", "What was read, and sending more."],
  ["server", "The server itself."],
] as const;
const OF_DOCUMENTS = new Set(["documents", "search", "jobs"]);
const OF_SERVER = new Set(["health", "stats", "openapi.json"]);

function tag(path: string): string {
  const [, first = ""] = path.split("/");
  return OF_DOCUMENTS.has(first) ? "documents" : OF_SERVER.has(first) ? "server" : "graph";
}

function operation(route: Address): Json {
  const inPath = [...route.path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const answer = { description: "The answer.", content: content(route) };
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [tag(route.path)],
    parameters: [...inPath, ...queryParameters(route.query)],
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body) }),
    responses: {
      200: answer,
      ...(route.body !== undefined && "handle" in route ? { 201: answer } : {}),
      ...("accepted" in route && route.accepted !== undefined ? { 202: accepted(route.accepted) } : {}),
      ...(route.moves === true ? { 308: { description: "The id was merged into another: ask at `Location`." } } : {}),
      ...Object.fromEntries(
        refusals(route).map((status) => [
          status,
          { description: REFUSALS[status], content: { "application/problem+json": { schema: reference(problem) } } },
        ]),
      ),
    },
  };
}

function accepted(schema: z.ZodType): Json {
  return {
    description: "`Prefer: respond-async` was sent: `Location` says where to ask.",
    content: { "application/json": { schema: reference(schema) } },
  };
}

const REFUSALS = {
  400: "A parameter is not valid.",
  401: "The server's token is needed.",
  403: "Nothing may be written from there.",
  404: "No such thing.",
  413: "Too large.",
  415: "In no form that is read.",
  422: "Not the text of a document.",
  429: "Too many requests.",
  503: "Too much is waiting, or it took too long: `Retry-After` says when to ask again.",
} as const;

function refusals(route: Address): (keyof typeof REFUSALS)[] {
  const known = route.path.includes(":") ? ([404] as const) : [];
  if (route.body === undefined) return [400, 401, ...known, 429, 503];
  return "handle" in route ? [400, 401, 403, ...known, 413, 415, 422, 429, 503] : [400, 401, ...known, 413, 429, 503];
}

function content(route: Address): Json {
  const others = Object.fromEntries(route.media.map((media) => [media, { schema: { type: "string" } }]));
  return route.result === undefined ? others : { "application/json": { schema: reference(route.result) }, ...others };
}

function requestBody({ media }: Pick<Body, "media">): Json {
  return {
    required: true,
    content: Object.fromEntries(
      Object.entries(media).map(([type, schema]) => {
        if (schema === undefined) return [type, {}];
        const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
        return [type, { schema: json }];
      }),
    ),
  };
}

/** "/entities/:id/neighbors" -> "getEntitiesIdNeighbors". */
function operationId({ path, body }: Address): string {
  return `${body === undefined ? "get" : "post"}${path
    .split(/[^a-zA-Z]+/u)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")}`;
}

function queryParameters(schema: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as Json;
    return {
      name,
      in: "query",
      required: required.includes(name) && rest.default === undefined,
      ...(description === undefined ? {} : { description }),
      // Lists are written "a,b".
      ...(rest.type === "array" ? { style: "form", explode: false } : {}),
      schema: rest,
    };
  });
}

function reference(schema: z.ZodType): Json {
  const id = named.get(schema)?.id;
  if (id === undefined) throw new TypeError("An answer's schema has no name.");
  return { $ref: `${REFERENCE}${id}` };
}

function components(): Json {
  const { schemas } = z.toJSONSchema(named, { uri: (id) => `${REFERENCE}${id}` });
  const codes = Object.keys(ERRORS);
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { $schema: _schema, $id: _id, ...rest } = schema as Json;
      if (id !== "Problem") return [id, rest];
      const properties = rest.properties as Json;
      return [id, { ...rest, properties: { ...properties, code: { type: "string", enum: codes } } }];
    }),
  );
}
