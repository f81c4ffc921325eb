/** The only place that asks the server: one function an address, answers typed by the shared contract. */
import type {
  DocumentAnswer,
  DocumentSummary,
  EdgeAnswer,
  EntityAnswer,
  FormatsAnswer,
  GraphColumns,
  HealthAnswer,
  IngestAnswer,
  LayoutAnswer,
  LayoutRequest,
  OntologyAnswer,
  Page,
  Problem,
  SentenceHit,
  StatsAnswer,
} from "../../src/model/api.ts";

/** Why an answer did not come: the server could not be reached (`offline`), or it said no. */
export class ApiError extends Error {
  readonly offline: boolean;
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "ApiError";
    this.status = status;
    this.offline = status === 0;
  }
}

/**
 * GET a JSON answer below the page's own address.
 * @throws ApiError with the server's own words (RFC 9457 `detail`), or `offline` when no server answered
 */
function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask(path, signal ? { signal } : {});
}

/** A server that is busy says when to come back: how often, and how long at most, it is waited for. */
const MOST_RETRIES = 4;
const LONGEST_WAIT_S = 5;

async function ask<T>(path: string, how: RequestInit, left = MOST_RETRIES): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: "application/json" }, ...how });
  } catch (cause) {
    throw new ApiError("The server does not answer.", 0, { cause });
  }
  if (response.ok) return (await response.json()) as T;
  const wait = Number(response.headers.get("retry-after"));
  if (response.status === 503 && wait > 0 && left > 0 && !(how.signal?.aborted ?? false)) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, LONGEST_WAIT_S) * 1000));
    return ask(path, how, left - 1);
  }
  const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  // A proxy in front of a server that is gone answers in its place.
  const status = [502, 503, 504].includes(response.status) && problem?.code === undefined ? 0 : response.status;
  throw new ApiError(problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`, status);
}

/** How many of the most connected entities the first picture holds; the server takes as many unless told otherwise. */
const MOST_NODES = 5000;

export const api = {
  health: () => get<HealthAnswer>("api/health"),
  stats: () => get<StatsAnswer>("api/stats"),
  ontology: () => get<OntologyAnswer>("api/ontology"),
  formats: () => get<FormatsAnswer>("api/formats"),
  overview: () => get<GraphColumns>(`api/overview?nodes=${MOST_NODES}`),
  /** Where the overview's entities lie; `from`: where they do already. */
  layout: (from?: LayoutRequest) =>
    ask<LayoutAnswer>(
      `api/overview/layout?nodes=${MOST_NODES}`,
      from
        ? { method: "POST", body: JSON.stringify(from), headers: { accept: "application/json", "content-type": "application/json" } }
        : {},
    ),
  /** An entity's strongest neighbours. `beside`: entities that are loaded besides the overview's. */
  expansion: (id: string, limit: number, beside: readonly string[]) => {
    const besides = beside.length > 0 ? `&beside=${beside.map(encodeURIComponent).join(",")}` : "";
    return get<GraphColumns>(`api/entities/${encodeURIComponent(id)}/expansion?limit=${limit}&nodes=${MOST_NODES}${besides}`);
  },
  entity: (id: string) => get<EntityAnswer>(`api/entities/${encodeURIComponent(id)}?edges=50&documents=100`),
  /** @param cursor of the answer before, whose claims these follow on */
  relation: (id: string, cursor?: string) =>
    get<EdgeAnswer>(`api/relations/${encodeURIComponent(id)}${cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`}`),
  document: (id: string) => get<DocumentAnswer>(`api/documents/${encodeURIComponent(id)}`),
  /** Sentences that hold all the words, best first. */
  sentences: (words: string, signal: AbortSignal) =>
    get<Page<SentenceHit>>(`api/search?limit=5&q=${encodeURIComponent(words)}`, signal).then(({ items }) => items),
  /** Sends an article, to be read into the graph. */
  addDocument: (file: File) => {
    const form = new FormData();
    form.append("file", file);
    return ask<IngestAnswer>("api/documents", { method: "POST", body: form });
  },
  documents: () => get<Page<DocumentSummary>>("api/documents?limit=200"),
};

/** Address of the file, in one of `api.formats()`, of what the given filter shows; parameters as the server names them, lists joined by commas. */
export function exportAddress(format: string, filter: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams(filter.map(([name, value]) => [name, value])).toString();
  return `api/export.${format}${query ? `?${query}` : ""}`;
}
