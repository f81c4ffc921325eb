/** A typed client of the HTTP API, for browsers and Node: `import { createClient } from "entente/client"`. */
import type {
  DocumentAnswer,
  DocumentSummary,
  DyadRow,
  EdgeAnswer,
  EdgeRow,
  EntityAnswer,
  EntitySummary,
  EventRow,
  FormatsAnswer,
  GraphAnswer,
  GraphColumns,
  HealthAnswer,
  IngestAnswer,
  JobAnswer,
  LayoutAnswer,
  LayoutRequest,
  LiveEvents,
  NeighborEdge,
  OntologyAnswer,
  Page,
  PathsAnswer,
  Problem,
  SentenceHit,
  StatsAnswer,
  TimelineAnswer,
} from "../model/api.ts";
import type { EntityKind, Modality, Polarity } from "../model/graph.ts";
import { readEvents } from "./events.ts";

export type * from "../model/api.ts";
export type { EntityId, EntityKind, EventDate, Modality, Polarity } from "../model/graph.ts";
export type { DocumentId, Span } from "../model/text.ts";

export interface ClientOptions {
  /** The server's token, where it needs one. */
  readonly token?: string;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/** An answer that is a problem (RFC 9457). */
export class EntenteError extends Error {
  readonly problem: Problem;
  /** Seconds to wait before asking again, where the server says so. */
  readonly retryAfter?: number;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail);
    this.name = "EntenteError";
    this.problem = problem;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

type Many<T> = T | readonly T[];

/** Which claims count; `from` and `to` are days, YYYY-MM-DD. */
export interface ClaimFilter {
  readonly from?: string;
  readonly to?: string;
  readonly polarity?: Polarity;
  readonly modality?: Many<Modality>;
  readonly confidence?: number;
  /** Only of edges between these entities. */
  readonly among?: Many<string>;
  /** Only of these outlets. */
  readonly outlet?: Many<string>;
}
export interface GraphQuery extends ClaimFilter {
  readonly kind?: Many<EntityKind>;
  readonly relation?: Many<string>;
  readonly ego?: string;
  readonly document?: Many<string>;
}
/** Edges by type and ends. */
export interface EdgeQuery extends ClaimFilter {
  readonly type?: Many<string>;
  readonly subject?: string;
  readonly object?: string;
  readonly kind?: Many<EntityKind>;
  readonly document?: Many<string>;
}
export interface PageOf {
  readonly limit?: number;
  readonly cursor?: string;
}
export interface EntityQuery extends PageOf {
  readonly q?: string;
  readonly kind?: Many<EntityKind>;
  readonly sort?: "degree" | "mentions" | "documents" | "name";
  readonly facets?: "kind";
}
export interface PathQuery {
  readonly from: string;
  readonly to: string;
  readonly maxHops?: number;
  readonly k?: number;
  readonly ordered?: boolean;
  readonly relation?: Many<string>;
  readonly from_date?: string;
  readonly to_date?: string;
  readonly polarity?: Polarity;
  readonly modality?: Many<Modality>;
  readonly confidence?: number;
}
type Step = TimelineAnswer["by"];
/** How many entities and pairs of them at most. */
export interface OverviewQuery {
  readonly nodes?: number;
  readonly pairs?: number;
}
export interface NewDocument {
  readonly text: string;
  readonly title?: string;
  readonly date?: string;
  readonly source?: string;
  readonly url?: string;
  readonly name?: string;
}
/** Of an openCypher query: a row has a value for each field. */
export interface CypherAnswer {
  readonly fields: readonly string[];
  readonly values: readonly (readonly unknown[])[];
}
export type LiveEvent = {
  readonly [Kind in keyof LiveEvents]: { readonly event: Kind; readonly data: LiveEvents[Kind] };
}[keyof LiveEvents];

export type Client = ReturnType<typeof createClient>;

/**
 * Every method rejects with `EntenteError` for an answer that is a problem, and as `fetch` does where there is no answer.
 * @param base the server's address, without /api: "http://localhost:4680"
 */
// oxlint-disable-next-line typescript/explicit-function-return-type -- the methods below say what they give; `Client` is their sum
export function createClient(base: string, options: ClientOptions = {}) {
  const ask = async (path: string, query: object = {}, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (options.token !== undefined) headers.set("Authorization", `Bearer ${options.token}`);
    const response = await (options.fetch ?? fetch)(`${base.replace(/\/+$/u, "")}${path}${search(query)}`, { ...init, headers });
    if (response.ok) return response;
    throw await refused(response);
  };
  const get = async <T>(path: string, query?: object): Promise<T> => (await (await ask(`/api${path}`, query)).json()) as T;
  const id = encodeURIComponent;

  return {
    health: () => get<HealthAnswer>("/health"),
    stats: () => get<StatsAnswer>("/stats"),
    ontology: () => get<OntologyAnswer>("/ontology"),
    entities: (query: EntityQuery = {}) => get<Page<EntitySummary>>("/entities", query),
    /** `edges` of each relation and `documents` at most; with 0 for both the answer is found soonest. */
    entity: (entity: string, query: { readonly edges?: number; readonly documents?: number } = {}) =>
      get<EntityAnswer>(`/entities/${id(entity)}`, query),
    neighbors: (entity: string, query: ClaimFilter & PageOf & { relation?: Many<string>; direction?: "in" | "out" } = {}) =>
      get<Page<NeighborEdge>>(`/entities/${id(entity)}/neighbors`, query),
    relations: (query: EdgeQuery & PageOf & { facets?: Many<"type" | "month"> } = {}) => get<Page<EdgeRow>>("/relations", query),
    relation: (edge: string, query: PageOf = {}) => get<EdgeAnswer>(`/relations/${id(edge)}`, query),
    events: (query: EdgeQuery & PageOf = {}) => get<Page<EventRow>>("/events", query),
    documents: (query: PageOf & { entity?: string } = {}) => get<Page<DocumentSummary>>("/documents", query),
    job: (job: string) => get<JobAnswer>(`/jobs/${id(job)}`),
    document: (document: string) => get<DocumentAnswer>(`/documents/${id(document)}`),
    search: (q: string, query: PageOf = {}) => get<Page<SentenceHit>>("/search", { q, ...query }),
    paths: (query: PathQuery) => get<PathsAnswer>("/paths", query),
    timeline: (query: EdgeQuery & { by?: Step } = {}) => get<TimelineAnswer>("/timeline", query),
    dyads: (query: EdgeQuery & PageOf & { by?: Step; of?: string } = {}) => get<Page<DyadRow>>("/dyads", query),
    graph: (query: GraphQuery & { limit?: number } = {}) => get<GraphAnswer>("/graph", query),
    /** The graph by columns, as the viewer starts with it, and where its entities lie. */
    overview: (query: OverviewQuery = {}) => get<GraphColumns>("/overview", query),
    layout: (query: OverviewQuery = {}) => get<LayoutAnswer>("/overview/layout", query),
    /** The same from where entities are already: what has a place hardly moves. */
    layoutFrom: async (places: LayoutRequest, query: OverviewQuery = {}): Promise<LayoutAnswer> => {
      const init = { method: "POST", body: JSON.stringify(places), headers: { "Content-Type": "application/json" } };
      return (await (await ask("/api/overview/layout", query, init)).json()) as LayoutAnswer;
    },
    expansion: (entity: string, query: { limit?: number; nodes?: number; beside?: Many<string> } = {}) =>
      get<GraphColumns>(`/entities/${id(entity)}/expansion`, query),
    formats: () => get<FormatsAnswer>("/formats"),
    /** The graph as a file, to be read as text or as a stream. */
    export: (format: string, query: GraphQuery = {}) => ask(`/api/export.${id(format)}`, query),

    /** All rows of a list: `for await (const entity of client.all(client.entities, { kind: "state" }))`. */
    async *all<Row, Query extends PageOf>(list: (query: Query) => Promise<Page<Row>>, query: Query): AsyncGenerator<Row> {
      for (let { cursor } = query; ; ) {
        const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        yield* page.items;
        cursor = page.next;
        if (cursor === undefined) return;
      }
    },

    /** Reads a document into the graph; a file is sent as it is. */
    async send(document: NewDocument | File): Promise<IngestAnswer> {
      const init: RequestInit = { method: "POST" };
      if ("text" in document && typeof document.text === "string") {
        init.body = JSON.stringify(document);
        init.headers = { "Content-Type": "application/json" };
      } else {
        const form = new FormData();
        form.set("file", document as File);
        init.body = form;
      }
      return (await (await ask("/api/documents", {}, init)).json()) as IngestAnswer;
    },

    /** Asks in openCypher. */
    async query(statement: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<CypherAnswer> {
      const init = { method: "POST", body: JSON.stringify({ statement, parameters }), headers: { "Content-Type": "application/json" } };
      return ((await (await ask("/db/entente/query/v2", {}, init)).json()) as { data: CypherAnswer }).data;
    },

    /** What comes in, until `signal` aborts; a connection that is lost is made again, and what was missed meanwhile is told. */
    listen: (signal: AbortSignal): AsyncGenerator<LiveEvent> =>
      readEvents((headers) => ask("/api/events/stream", {}, { headers, signal }), signal) as AsyncGenerator<LiveEvent>,
  };
}

function search(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

async function refused(response: Response): Promise<EntenteError> {
  const retry = Number(response.headers.get("retry-after") ?? Number.NaN);
  const told = (await response.json().catch(() => undefined)) as
    | (Problem & { errors?: readonly { code: string; message: string }[] })
    | undefined;
  const [error] = told?.errors ?? [];
  const problem: Problem =
    told !== undefined && typeof told.code === "string"
      ? told
      : {
          type: "about:blank",
          title: error?.code ?? response.statusText,
          status: response.status,
          detail: error?.message ?? `The server answered ${response.status}.`,
          code: error?.code ?? "internal",
        };
  return new EntenteError(problem, Number.isFinite(retry) ? retry : undefined);
}
