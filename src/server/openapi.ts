/** OpenAPI 3.1, made from the schemas that check requests and describe answers. */
import { z } from "zod";
import { ERRORS } from "../model/errors.ts";
import { named, problem } from "./answers.ts";
import type { Route } from "./routes.ts";

const REFERENCE = "#/components/schemas/";

type Json = Record<string, unknown>;

export function openApi(routes: readonly Route[], version: string): Json {
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
    security: [],
    paths: Object.fromEntries(routes.map((route) => [`/api${route.path.replace(/:(\w+)/gu, "{$1}")}`, { get: operation(route) }])),
    components: { schemas: components() },
  };
}

function operation(route: Route): Json {
  const inPath = [...route.path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const refused = inPath.length === 0 ? [400] : [400, 404];
  return {
    operationId: operationId(route.path),
    summary: route.summary,
    parameters: [...inPath, ...queryParameters(route.query)],
    responses: {
      200: { description: "The answer.", content: content(route) },
      ...(route.moves === true ? { 308: { description: "The id was merged into another: ask at `Location`." } } : {}),
      ...Object.fromEntries(
        refused.map((status) => [
          status,
          {
            description: status === 400 ? "A parameter is not valid." : "No such thing.",
            content: { "application/problem+json": { schema: reference(problem) } },
          },
        ]),
      ),
    },
  };
}

function content(route: Route): Json {
  if (route.result === undefined) return Object.fromEntries(route.media.map((media) => [media, { schema: { type: "string" } }]));
  return {
    "application/json": { schema: reference(route.result) },
    ...Object.fromEntries(route.media.map((media) => [media, { schema: { type: "string" } }])),
  };
}

/** "/entities/:id/neighbors" -> "getEntitiesIdNeighbors". */
function operationId(path: string): string {
  return `get${path
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
