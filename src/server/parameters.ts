/** Query parameters: what each may be, checked by zod; the same schemas describe them in OpenAPI. */
import { z } from "zod";
import type { GraphFilter, LayoutRequest } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import { ENTITY_KINDS, type EntityId, MODALITIES, POLARITIES } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";

/** Several values with commas between them, or the parameter several times. */
function list<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(item).min(1, "must name at least one").max(1000));
}

function number(whole: boolean) {
  return z
    .string()
    .regex(whole ? /^\d{1,9}$/u : /^\d{1,3}(?:\.\d{1,9})?$/u, whole ? "must be a whole number" : "must be a number")
    .transform(Number);
}

export function limit(most: number) {
  return number(true).pipe(z.number().int().min(1).max(most)).optional();
}

/** A whole number that may be 0. */
export function upTo(most: number, unlessTold: number) {
  return number(true).pipe(z.number().int().min(0).max(most)).default(unlessTold);
}

const day = z.iso.date("must be a day, YYYY-MM-DD");
const id = z.string().min(1).max(500);
/** Ids of entities. */
export const ids = list(id);
export const cursor = z.string().min(1).max(2000).describe("The `next` of the page before.").optional();
export const words = z.string().max(500);

export const kinds = list(z.enum(ENTITY_KINDS)).optional().describe("Only these kinds of entity.");

/** What is to be counted besides. */
export function facets<const T extends readonly [string, ...string[]]>(names: T) {
  return list(z.enum(names))
    .optional()
    .describe(`Also how many there are in all pages, by ${names.join(", ")}.`);
}

/** The parameters that make a `GraphFilter`, without `limit`. */
export function filterParameters(relations: readonly string[]) {
  return {
    kind: list(z.enum(ENTITY_KINDS)).optional().describe("Only edges between entities of these kinds."),
    relation: list(z.enum(relations)).optional().describe("Only these relations."),
    from: day.optional().describe("Only claims that reach this day or a later one; undated claims are left out."),
    to: day.optional().describe("Only claims that begin on this day or an earlier one; undated claims are left out."),
    polarity: z.enum(POLARITIES).optional().describe("Only claims that say it is so, or that it is not."),
    modality: list(z.enum(MODALITIES)).optional().describe("Only claims of something that happened, is planned ..."),
    confidence: number(false).pipe(z.number().min(0).max(1)).optional().describe("Only claims at least so sure, 0 to 1."),
    ego: id.optional().describe("Only this entity, its neighbours and what is between them."),
    document: list(id).optional().describe("Only claims of these documents."),
    among: list(id).optional().describe("Only edges between these entities."),
    outlet: list(id).optional().describe("Only claims of documents of these outlets."),
  };
}

type FilterParameters = Partial<z.output<z.ZodObject<ReturnType<typeof filterParameters>>>>;

export function filterOf(given: FilterParameters): GraphFilter {
  if (given.from !== undefined && given.to !== undefined && given.from > given.to) {
    throw new KnownError("bad-parameter", `Parameter "from" is "${given.from}": must not be later than "to", which is "${given.to}".`, {
      parameter: "from",
    });
  }
  return {
    ...(given.kind === undefined ? {} : { kinds: given.kind }),
    ...(given.relation === undefined ? {} : { relations: given.relation }),
    ...(given.from === undefined ? {} : { from: given.from }),
    ...(given.to === undefined ? {} : { to: given.to }),
    ...(given.polarity === undefined ? {} : { polarity: given.polarity }),
    ...(given.modality === undefined ? {} : { modality: given.modality }),
    ...(given.confidence === undefined ? {} : { minConfidence: given.confidence }),
    ...(given.ego === undefined ? {} : { ego: given.ego as EntityId }),
    ...(given.among === undefined ? {} : { among: given.among as EntityId[] }),
    ...(given.outlet === undefined ? {} : { outlets: given.outlet }),
    ...(given.document === undefined ? {} : { documents: given.document as DocumentId[] }),
  };
}

/**
 * The query of an address, checked.
 * @throws {KnownError} bad-parameter, naming the parameter, its value and what is allowed
 */
export function readQuery<T extends z.ZodObject>(schema: T, search: string): z.output<T> {
  const given = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(search)) {
    // As "a,b" and as twice: lists take both, and a single value with a comma is refused by its own check.
    given[name] = Object.hasOwn(given, name) ? `${given[name]},${value}` : value;
  }
  return checked(schema, given);
}

/**
 * What was given, checked: a query's parameters or a body's fields.
 * @throws {KnownError} bad-parameter, naming the parameter, its value and what is allowed
 */
export function checked<T extends z.ZodObject>(schema: T, given: unknown): z.output<T> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  if (issue.path.length === 0 && issue.code === "invalid_type") {
    throw new KnownError("bad-parameter", `The body must be an object with ${Object.keys(schema.shape).join(", ")}.`);
  }
  if (issue.code === "unrecognized_keys") {
    const parameter = issue.keys[0] ?? "";
    const allowed = Object.keys(schema.shape);
    const say = allowed.length === 0 ? "this address takes none" : `allowed are ${allowed.join(", ")}`;
    throw new KnownError("bad-parameter", `Parameter "${parameter}" is not known here: ${say}.`, { parameter });
  }
  const parameter = String(issue.path[0]);
  const value = (given as Record<string, unknown>)[parameter];
  const have = value === undefined ? "is missing" : `is ${shown(value)}`;
  throw new KnownError("bad-parameter", `Parameter "${parameter}" ${have}: ${complaint(issue)}.`, { parameter });
}

/** Most entities of an overview. */
export const MOST_ENTITIES = 20_000;
/** Coordinates beyond this are no place on any page. */
const FARTHEST = 1e7;
const coordinates = z.array(z.number().min(-FARTHEST).max(FARTHEST)).max(MOST_ENTITIES);
export const LAYOUT_REQUEST = z.strictObject({
  ids: z.array(id).max(MOST_ENTITIES).describe("Entities; those that the overview does not hold count for nothing."),
  x: coordinates.describe("Where each of `ids` is."),
  y: coordinates,
  pinned: z
    .array(z.int().min(0).max(MOST_ENTITIES))
    .max(MOST_ENTITIES)
    .optional()
    .describe("Positions in `ids` of those that do not move."),
});

/** @throws {KnownError} bad-parameter */
export function layoutRequest(body: unknown): LayoutRequest {
  const given = checked(LAYOUT_REQUEST, body);
  for (const parameter of ["x", "y"] as const) {
    if (given[parameter].length === given.ids.length) continue;
    const detail = `Parameter "${parameter}" has ${given[parameter].length} values: must be as long as "ids", which has ${given.ids.length}.`;
    throw new KnownError("bad-parameter", detail, { parameter });
  }
  return given;
}

/** What was given, cut to what fits a line. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.join(", ")}`;
  if (issue.code === "too_small" && issue.origin === "number") return `must be at least ${issue.minimum}`;
  if (issue.code === "too_big" && issue.origin === "number") return `must be at most ${issue.maximum}`;
  if (issue.code === "too_big") return `must not be longer than ${issue.maximum}`;
  if (issue.code === "too_small") return "must not be empty";
  if (issue.code === "invalid_type") return issue.input === undefined ? "must be given" : `must be a ${issue.expected}`;
  return issue.message;
}
