/** What a row of the API's table is: an address, what it takes, and how a view of the graph answers it. No HTTP: it may be answered elsewhere. */
import type { RequestHandler } from "express";
import { z } from "zod";
import type { Page } from "../model/api.ts";
import type { EntityId } from "../model/graph.ts";
import type { PageQuery } from "../query/query.ts";
import type { View } from "../store/store.ts";
import { cursor, limit, readQuery } from "./parameters.ts";
import { type Columns, csvLines, FIRST_BATCH, jsonLines, rowsOf } from "./stream.ts";

/** A request, as far as the answer depends on it. */
export interface Asked {
  /** The part of the address that the route leaves open: an entity's id, a format's name; else empty. */
  readonly id: string;
  /** The address' query, as it was written, without "?". */
  readonly search: string;
  /** What the client would rather have, where there is a choice. */
  readonly form: "json" | keyof typeof LIST_MEDIA;
  /** What was sent, where something is. */
  readonly body?: unknown;
}

/** Pieces are made while they are sent: the view must hold until the last one. */
export type Answer =
  | { readonly json: unknown }
  | { readonly moved: Moved }
  | { readonly pieces: Iterable<string>; readonly type: string; readonly attachment?: string };

interface Described {
  /** As Express writes it. */
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  /** What it answers as JSON; undefined where that is no JSON. */
  readonly result: z.ZodType | undefined;
  /** Other media types it answers in. */
  readonly media: readonly string[];
  /** Whether it may answer 308. */
  readonly moves?: boolean;
}

/** An address that a view of the graph answers. */
export interface Route extends Described {
  /** Set where the question is too long for an address, and is sent by POST. */
  readonly body?: Pick<Body, "media"> & { /** Most bytes of JSON. */ readonly limit: number };
  /** Whether the answer takes so little that it need not be found beside the event loop; without this it never does. */
  readonly isLight?: (view: View, asked: Asked) => boolean;
  /**
   * The entities that an answer's JSON tells of, where it tells of nothing but them, what joins them and who names them: it stays as it is
   * until something is written of one of them. Without this any write may change it.
   */
  readonly about?: (json: unknown, asked: Asked) => readonly EntityId[];
  /** @throws {KnownError} bad-parameter, and that there is no such thing */
  readonly answer: (view: View, asked: Asked) => Answer;
}

/** An address that speaks HTTP itself. */
export interface HttpRoute extends Described {
  readonly handle: RequestHandler;
  /** Set where a body is sent, by POST. */
  readonly body?: Body;
  /** What it answers with 202. */
  readonly accepted?: z.ZodType;
}

/** What is sent to an address. */
export interface Body {
  /** Media type -> what of that type is sent; undefined where it is a document as it stands. */
  readonly media: Readonly<Record<string, z.ZodType | undefined>>;
  /** Sees to it that the request may be made, then reads its body. */
  readonly read: readonly RequestHandler[];
}

/** What was asked for is known under another address: its path, and the query that belongs to it. */
export class Moved {
  readonly to: string;

  constructor(before: string, now: string, after: string, { search }: Asked) {
    this.to = `${before}${encodeURIComponent(now)}${after}${search === "" ? "" : `?${search}`}`;
  }
}

/** What tells a route from all others. */
export function keyOf({ path, body }: Pick<Route, "path" | "body">): string {
  return body === undefined ? path : `POST ${path}`;
}

export const always = (): boolean => true;

/** Ties a route's parameters to the function that reads them; it gives what is to be sent as JSON, or `Moved`. */
export function route<T extends z.ZodRawShape>(
  path: string,
  summary: string,
  parameters: T,
  result: z.ZodType | undefined,
  read: (view: View, given: z.output<z.ZodObject<T>>, asked: Asked) => unknown,
): Route {
  const schema = z.strictObject(parameters);
  return {
    path,
    summary,
    query: schema,
    result,
    media: [],
    answer: (view, asked) => {
      const found = read(view, readQuery(schema, asked.search) as z.output<z.ZodObject<T>>, asked);
      return found instanceof Moved ? { moved: found } : { json: found };
    },
  };
}

const LIST_MEDIA = { csv: "text/csv", jsonl: "application/jsonl" } as const;
const PAGE = 50;
const format = z.enum(["json", "csv", "jsonl"]).optional().describe("Instead of the header Accept.");
const listParameters = {
  limit: limit(500).describe(`Rows of a page, ${PAGE} unless told otherwise. As CSV and JSON Lines all rows come, unless told otherwise.`),
  cursor,
  format,
};

/** What is sent of rows that are no JSON. */
function piecesOf(form: keyof typeof LIST_MEDIA, columns: Columns, rows: Iterable<object>): Answer {
  return { type: LIST_MEDIA[form], pieces: form === "csv" ? csvLines(columns, rows) : jsonLines(rows) };
}

/** The route of an answer that is made of rows, which CSV and JSON Lines have alone. */
export function tableRoute<T extends z.ZodRawShape, Found extends object>(
  path: string,
  summary: string,
  parameters: T,
  result: z.ZodType<Found>,
  columns: Columns,
  read: (view: View, given: z.output<z.ZodObject<T>>) => Found,
  rowsOf: (found: Found) => Iterable<object>,
): Route {
  const schema = z.strictObject({ ...parameters, format });
  return {
    path,
    summary,
    query: schema,
    result,
    media: Object.values(LIST_MEDIA),
    answer: (view, asked) => {
      const { format: wanted, ...given } = readQuery(schema, asked.search) as { format?: Asked["form"] };
      const form = wanted ?? asked.form;
      const found = read(view, given as z.output<z.ZodObject<T>>);
      return form === "json" ? { json: found } : piecesOf(form, columns, rowsOf(found));
    },
  };
}

/** The route of a list: in pages as JSON, as a whole in CSV and JSON Lines. */
export function listRoute<T extends z.ZodRawShape, Row extends object>(
  path: string,
  summary: string,
  parameters: T,
  result: z.ZodType<Page<Row>>,
  columns: Columns,
  read: (view: View, given: z.output<z.ZodObject<T>>, page: PageQuery, asked: Asked) => Page<Row> | Moved,
): Route {
  const schema = z.strictObject({ ...parameters, ...listParameters });
  return {
    path,
    summary,
    query: schema,
    result,
    media: Object.values(LIST_MEDIA),
    answer: (view, asked) => {
      const given = readQuery(schema, asked.search);
      const { limit: rows, cursor: after, format: wanted } = given as z.output<z.ZodObject<typeof listParameters>>;
      const chosen = given as z.output<z.ZodObject<T>>;
      const form = wanted ?? asked.form;
      if (form === "json") {
        const page = read(view, chosen, { limit: rows ?? PAGE, cursor: after }, asked);
        return page instanceof Moved ? { moved: page } : { json: page };
      }
      const first = read(view, chosen, { limit: Math.min(rows ?? FIRST_BATCH, FIRST_BATCH), cursor: after }, asked);
      if (first instanceof Moved) return { moved: first };
      const following = (cursor: string, most: number): Page<Row> => read(view, chosen, { limit: most, cursor }, asked) as Page<Row>;
      const all = rowsOf(first, following, rows ?? Number.POSITIVE_INFINITY);
      return piecesOf(form, columns, all);
    },
  };
}
