/**
 * `/api/docs`: the description of the API for people, one page without scripts, drawn from openapi.json. (RapiDoc, Redoc, Swagger UI and
 * Scalar were looked at: each brings ten times the weight of all of the API, native code or a notice home at installation, or needs inline styles.)
 */
import { z } from "zod";
import type { HttpRoute } from "./route.ts";

interface Described {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: string | number | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** The page and its style sheet. */
export function docs(description: object): readonly HttpRoute[] {
  const page = html(description as Described);
  return [sent("/docs", "text/html", page), sent("/docs.css", "text/css", STYLE)];
}

function sent(path: string, type: string, text: string): HttpRoute {
  return {
    path,
    summary: "This description for people.",
    query: z.strictObject({}),
    result: undefined,
    media: [type],
    handle: (_request, response) => void response.set("Cache-Control", "no-cache").type(type).send(text),
  };
}

const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replace(/[&<>"']/gu, (character) => ESCAPED[character] ?? character);
/** Text in which `words` are code. */
const prose = (text: string): string => escape(text).replace(/`([^`]+)`/gu, "<code>$1</code>");

function html({ info, tags, paths, components }: Described): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<section><h2 id="${escape(name)}">${prose(description)}</h2>${own.map(operationOf).join("")}</section>`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<article id="${escape(name)}"><h3>${escape(name)}</h3>${members(schema)}</article>`,
  );
  const links = operations.map(
    ({ path, method, operation }) => `<li><a href="#${operation.operationId}">${method.toUpperCase()} ${escape(path)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)}: HTTP API</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<nav aria-label="Addresses"><ul>${links.join("")}<li><a href="#schemas">What answers hold</a></li></ul></nav>
<main>
<h1>${escape(info.title)} ${escape(info.version)}: HTTP API</h1>
<p>${prose(info.description)}</p>
<p>The same for programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1). Queries in openCypher go to <code>POST /db/entente/query/v2</code>.</p>
${sections.join("\n")}
<section><h2 id="schemas">What answers hold</h2>${schemas.join("\n")}</section>
</main>
</body>
</html>
`;
}

function operationOf({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const rows = operation.parameters.map(
    ({ name, required, description = "", schema }) =>
      `<tr><th scope="row"><code>${escape(name)}</code>${required ? " (needed)" : ""}</th><td>${typeOf(schema)}</td><td>${prose(description)}</td></tr>`,
  );
  const body = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      `<h4>Sent as <code>${escape(type)}</code></h4>${schema === undefined ? "<p>The document as it stands.</p>" : members(schema)}`,
  );
  const answers = Object.entries(operation.responses).map(([status, { description, content = {} }]) => {
    const forms = Object.entries(content).map(
      ([type, { schema }]) => `<code>${escape(type)}</code>${schema?.$ref === undefined ? "" : `: ${typeOf(schema)}`}`,
    );
    return `<li><b>${status}</b> ${prose(description)} ${forms.join(", ")}</li>`;
  });
  return `<article id="${operation.operationId}"><h3><span>${method.toUpperCase()}</span> <code>${escape(path)}</code></h3>
<p>${prose(operation.summary)}</p>
${rows.length === 0 ? "" : `<table><thead><tr><th>Parameter</th><th>Value</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`}
${body.join("")}
<details><summary>Answers</summary><ul>${answers.join("")}</ul></details></article>
`;
}

function members(schema: Schema): string {
  const { properties, required = [] } = schema;
  if (properties === undefined) return `<p>${typeOf(schema)}</p>`;
  const rows = Object.entries(properties).map(
    ([name, each]) =>
      `<tr><th scope="row"><code>${escape(name)}</code>${required.includes(name) ? "" : "?"}</th><td>${typeOf(each)}</td><td>${prose(each.description ?? "")}</td></tr>`,
  );
  return `<table><tbody>${rows.join("")}</tbody></table>`;
}

/** What a value may be, in a line. */
function typeOf(schema: Schema): string {
  const { $ref, type, items, anyOf, properties, additionalProperties, default: usual } = schema;
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    return `<a href="#${escape(name)}">${escape(name)}</a>`;
  }
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  const without = usual === undefined ? "" : ` (${escape(String(usual))} unless told otherwise)`;
  if (values !== undefined) return `${values.map((value) => `<code>${escape(String(value))}</code>`).join(", ")}${without}`;
  if (anyOf !== undefined) return anyOf.map(typeOf).join(" or ");
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (properties !== undefined) {
    const inner = Object.entries(properties).map(([name, each]) => `${escape(name)}: ${typeOf(each)}`);
    return `{ ${inner.join(", ")} }`;
  }
  if (typeof additionalProperties === "object") return `by name: ${typeOf(additionalProperties)}`;
  return `${escape(String(type ?? "any"))}${without}`;
}

const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; grid-template-columns: minmax(14rem, 20rem) minmax(0, 60rem); gap: 2rem; }
nav { padding: 1rem; position: sticky; top: 0; max-height: 100vh; overflow: auto; box-sizing: border-box; font-size: 0.875rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
main { padding: 1rem; min-width: 0; }
article { border-top: 1px solid #8886; padding: 0.5rem 0 1rem; }
h3 span { font-size: 0.75em; border: 1px solid; border-radius: 4px; padding: 0 0.4em; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #8883; overflow-wrap: anywhere; }
th { font-weight: 600; min-width: 9rem; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; max-height: none; } }
`;
