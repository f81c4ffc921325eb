/** The API's addresses: one row each, with what it takes and how it answers. */
import { z } from "zod";
import { type ExportFormat, exportSource } from "../export/export.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { EntityAnswer, NeighborEdge, OntologyAnswer, Page } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { EntityId } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";
import { dyads } from "../query/dyads.ts";
import * as overview from "../query/overview.ts";
import * as paths from "../query/paths.ts";
import * as query from "../query/query.ts";
import type { EdgeQuery, View } from "../store/store.ts";
import * as answers from "./answers.ts";
import { coderOf } from "./codes.ts";
import {
  DOCUMENT_COLUMNS,
  DYAD_COLUMNS,
  EDGE_COLUMNS,
  ENTITY_COLUMNS,
  EVENT_COLUMNS,
  HIT_COLUMNS,
  NEIGHBOR_COLUMNS,
  TIMELINE_COLUMNS,
} from "./columns.ts";
import {
  cursor,
  facets,
  filterOf,
  filterParameters,
  ids,
  kinds,
  LAYOUT_REQUEST,
  layoutRequest,
  limit,
  MOST_ENTITIES,
  readQuery,
  upTo,
  words,
} from "./parameters.ts";
import { always, type Asked, listRoute, Moved, type Route, route, tableRoute } from "./route.ts";

/** What the table is made of: all of it can be sent to another process. */
export interface TableParts {
  readonly ontology: OntologyAnswer;
  /** Of the package. */
  readonly version: string;
}

/** Edges of an entity beyond which answers about it are no longer found in a moment. */
const MANY_EDGES = 500;

/** Bytes of JSON that tell where the most entities are. */
const LAYOUT_LIMIT = 4_000_000;

const ofOverview = {
  nodes: limit(MOST_ENTITIES).describe("Most entities, 5000 unless told otherwise."),
  pairs: limit(100_000).describe("Most pairs of entities, 20000 unless told otherwise."),
};
const mostOf = ({ nodes = 5000, pairs = 20_000 }: { readonly nodes?: number | undefined; readonly pairs?: number | undefined }) => ({
  nodes,
  pairs,
});

export function routes({ ontology, version }: TableParts, formats: readonly ExportFormat[]): readonly Route[] {
  const filter = filterParameters(ontology.relations.map((relation) => relation.name));
  const { kind, relation, ego, document, ...ofClaims } = filter;
  const ofEdges = { type: relation, subject: ego, object: ego, ...ofClaims, kind, document };
  const edgeQuery = ({ type, subject, object, ...given }: Partial<z.output<z.ZodObject<typeof ofEdges>>>): EdgeQuery => ({
    ...filterOf({ ...given, relation: type }),
    ...(subject === undefined ? {} : { subject: subject as EntityId }),
    ...(object === undefined ? {} : { object: object as EntityId }),
  });

  const by = z.enum(answers.TIMELINE_STEPS).default("month").describe("How long a bucket is.");
  const code = coderOf(ontology);
  const families = new Map(ontology.relations.map((relation) => [relation.name, relation.family]));

  return [
    { ...route("/health", "Whether the server is there.", {}, answers.health, () => ({ status: "ok", version })), isLight: always },
    route("/stats", "How much is in the graph.", {}, answers.stats, (view) => view.stats()),
    {
      ...route("/ontology", "Kinds of entity and relations, with labels and colours.", {}, answers.ontology, () => ontology),
      isLight: always,
    },
    {
      ...route("/formats", "The formats that the graph can be exported in.", {}, answers.formats, () => ({
        items: formats.map(({ name, extension, mediaType, description }) => ({ name, extension, mediaType, description })),
      })),
      isLight: always,
    },
    listRoute(
      "/documents",
      "Documents, newest first.",
      { entity: ego.describe("Only documents that name this entity.") },
      answers.documentPage,
      DOCUMENT_COLUMNS,
      (view, { entity }, page) => query.documents(view, page, entity as EntityId | undefined),
    ),
    route("/documents/:id", "A document's text with all that was found in it.", {}, answers.documentAnswer, (view, _given, { id }) => {
      const document = query.document(view, id as DocumentId);
      return { ...document, evidence: document.evidence.map(code) };
    }),
    listRoute(
      "/search",
      "Sentences that hold all the words of `q`, the last of them perhaps a beginning; best first, or where more than 5000 do, those read last.",
      { q: words },
      answers.sentencePage,
      HIT_COLUMNS,
      (view, { q }, page) => query.sentences(view, q, page),
    ),
    listRoute(
      "/entities",
      "Entities: those whose names begin like the words of `q`, slips of the pen forgiven, the same name first; without `q` all.",
      {
        q: words.optional(),
        kind: kinds,
        sort: z.enum(["degree", "mentions", "documents", "name"]).optional().describe("The best connected first unless told otherwise."),
        facets: facets(["kind"]),
      },
      answers.entityPage,
      ENTITY_COLUMNS,
      (view, given, page) =>
        query.entities(
          view,
          {
            ...(given.q ? { text: given.q } : {}),
            ...(given.kind === undefined ? {} : { kinds: given.kind }),
            ...(given.sort === undefined ? {} : { sort: given.sort }),
          },
          page,
          given.facets !== undefined,
        ),
    ),
    {
      ...route(
        "/entities/:id",
        "An entity with its relations, documents and why it is one.",
        {
          edges: upTo(200, query.ENTITY_SURROUNDINGS.edges).describe(
            "Edges of each relation at most, the most reported first; 0 leaves relations out. `total` counts all: `/entities/:id/neighbors` has them, by `relation`.",
          ),
          documents: upTo(500, query.ENTITY_SURROUNDINGS.documents).describe(
            "Documents at most, the newest first. The field `documents` counts all: `/documents` has them, by `entity`.",
          ),
        },
        answers.entityAnswer,
        (view, given, asked) => movedEntity(view, "", asked) ?? query.entity(view, asked.id as EntityId, given),
      ),
      moves: true,
      about: (json, { id }) => [
        id as EntityId,
        ...(json as EntityAnswer).relations.flatMap(({ edges }) => edges.map(({ neighbor }) => neighbor.id)),
      ],
      isLight: (view, asked) => hasFewEdges(view, asked) || asksForNothingMore(asked, { edges: "0", documents: "0" }),
    },
    {
      ...listRoute(
        "/entities/:id/neighbors",
        "The entities at the other end of an entity's edges, the most reported first.",
        { relation, ...ofClaims, direction: z.enum(["out", "in"]).optional().describe("Only edges that lead from the entity, or to it.") },
        answers.neighborPage,
        NEIGHBOR_COLUMNS,
        (view, { direction, ...given }, page, asked) =>
          movedEntity(view, "/neighbors", asked) ??
          query.neighbors(view, asked.id as EntityId, { ...filterOf(given), ...(direction === undefined ? {} : { direction }) }, page),
      ),
      moves: true,
      about: (json, { id }) => [id as EntityId, ...(json as Page<NeighborEdge>).items.map(({ neighbor }) => neighbor.id)],
      // Without a filter a page is read along an index, however many there are.
      isLight: (view, asked) => hasFewEdges(view, asked) || asked.search === "",
    },
    listRoute(
      "/relations",
      "Edges, the most reported first.",
      { ...ofEdges, facets: facets(query.EDGE_FACETS) },
      answers.edgePage,
      EDGE_COLUMNS,
      (view, { facets: counted, ...given }, page) => query.edges(view, edgeQuery(given), page, counted),
    ),
    {
      ...route(
        "/relations/:id",
        "An edge with every claim behind it: sentence, offsets, document, date and rule.",
        { limit: limit(1000).describe("Claims of a page, 200 unless told otherwise."), cursor },
        answers.edgeAnswer,
        (view, given, asked) => {
          const answer = query.edge(view, asked.id, { limit: given.limit ?? 200, cursor: given.cursor });
          if (answer.edge.id !== asked.id) return new Moved("/api/relations/", answer.edge.id, "", asked);
          return { ...answer, claims: answer.claims.map(code) };
        },
      ),
      moves: true,
    },
    listRoute(
      "/events",
      "Events, newest first: all reports of one event in one row.",
      ofEdges,
      answers.eventPage,
      EVENT_COLUMNS,
      (view, given, page) => {
        const events = query.events(view, edgeQuery(given), page);
        return { ...events, items: events.items.map((event) => code({ ...event, claim: code(event.claim) })) };
      },
    ),
    tableRoute(
      "/timeline",
      "How many events there were in each day, week, month or year, by relation and by family of relations.",
      { by, ...ofEdges },
      answers.timeline,
      TIMELINE_COLUMNS,
      (view, { by: step, ...given }) => query.timeline(view, edgeQuery(given), step, families),
      (timeline) => query.timelineRows(timeline, families),
    ),
    listRoute(
      "/dyads",
      "Pairs of entities with their events of cooperation and of conflict over time, those with the most first. Only what happened counts, unless `polarity` or `modality` say otherwise.",
      { by, of: ego.describe("Only pairs of this entity with others."), ...ofEdges },
      answers.dyadPage,
      DYAD_COLUMNS,
      (view, { by: step, of, ...given }, page) =>
        dyads(view, ontology.relations, { ...edgeQuery(given), by: step, ...(of === undefined ? {} : { of: of as EntityId }) }, page),
    ),
    route(
      "/paths",
      "The shortest paths between two entities, each hop with a sentence; of paths as long, the better reported first.",
      {
        from: ego.unwrap().describe("An entity's id."),
        to: ego.unwrap().describe("An entity's id."),
        maxHops: limit(paths.MOST_HOPS).describe("Edges of a path at most, 4 unless told otherwise."),
        k: limit(50).describe("Paths at most, 5 unless told otherwise."),
        ordered: z
          .enum(["true", "false"])
          .optional()
          .describe("Whether each hop must be dated, and no earlier than the hop before: the ways that something could have gone."),
        relation,
        from_date: ofClaims.from,
        to_date: ofClaims.to,
        polarity: ofClaims.polarity,
        modality: ofClaims.modality,
        confidence: ofClaims.confidence,
      },
      answers.paths,
      (view, { from, to, maxHops, k, ordered, from_date, to_date, ...given }) => {
        const found = paths.shortestPaths(view, from as EntityId, to as EntityId, {
          filter: filterOf({ ...given, from: from_date, to: to_date }),
          maxHops: maxHops ?? 4,
          k: k ?? 5,
          ordered: ordered === "true",
        });
        return { ...found, paths: found.paths.map(({ hops }) => ({ hops: hops.map((hop) => ({ ...hop, claim: code(hop.claim) })) })) };
      },
    ),
    route(
      "/graph",
      "The graph as the viewer draws it; over the limit, the best connected entities.",
      { ...filter, limit: limit(20_000).describe("Most entities, 2000 unless told otherwise.") },
      answers.graphAnswer,
      (view, { limit: most, ...given }) => query.graph(view, filterOf(given), most ?? 2000),
    ),
    route(
      "/overview",
      "What the viewer starts with: the best connected entities and the strongest pairs among them, by columns.",
      ofOverview,
      answers.graphColumns,
      (view, most) => overview.overview(view, mostOf(most)),
    ),
    route(
      "/overview/layout",
      "Where the entities of the overview lie when there are too many for a browser to lay out.",
      ofOverview,
      answers.layout,
      (view, most) => overview.overviewLayout(view, mostOf(most)),
    ),
    {
      ...route(
        "/overview/layout",
        "The same from where entities are already: what is pinned stays, what has a place hardly moves, the others join their neighbours.",
        ofOverview,
        answers.layout,
        (view, most, { body }) => overview.overviewLayout(view, mostOf(most), layoutRequest(body)),
      ),
      body: { media: { "application/json": LAYOUT_REQUEST }, limit: LAYOUT_LIMIT },
    },
    route(
      "/entities/:id/expansion",
      "An entity's strongest neighbours, what joins them to it and to one another, and those not shown yet to what is; by columns.",
      {
        limit: limit(500).describe("Neighbours, 25 unless told otherwise."),
        nodes: ofOverview.nodes.describe("As in the overview that is shown."),
        beside: ids.optional().describe("Other entities that are shown."),
      },
      answers.graphColumns,
      (view, { limit: most, nodes, beside }, { id }) =>
        overview.expansion(view, id as EntityId, most ?? 25, { nodes: mostOf({ nodes }).nodes, others: (beside ?? []) as EntityId[] }),
    ),
    exportRoute(formats, ontology, filter),
  ];
}

function exportRoute(formats: readonly ExportFormat[], ontology: OntologyAnswer, parameters: ReturnType<typeof filterParameters>): Route {
  const schema = z.strictObject(parameters);
  return {
    path: "/export.:format",
    summary: "The graph as a file.",
    query: schema,
    result: undefined,
    media: [...new Set(formats.map((format) => format.mediaType))],
    answer: (view, { id: name, search }) => {
      const format = formats.find((each) => each.name === name) ?? formats.find((each) => each.extension === name);
      if (format === undefined) {
        const names = formats.map((each) => each.name).join(", ");
        throw new KnownError("unknown-format", `There is no export format "${name}": take one of ${names}.`);
      }
      const chosen = filterOf(readQuery(schema, search));
      query.knownCenters(view, chosen);
      return {
        type: format.mediaType,
        attachment: `entente.${format.extension}`,
        pieces: format.write(exportSource(view, chosen, ontology)),
      };
    },
  };
}

function hasFewEdges(view: View, { id }: Asked): boolean {
  return (view.entity(id as EntityId)?.degree ?? 0) < MANY_EDGES;
}

function asksForNothingMore({ search }: Asked, wanted: Readonly<Record<string, string>>): boolean {
  const given = new URLSearchParams(search);
  return Object.entries(wanted).every(([name, value]) => given.get(name) === value);
}

/** Set when an entity is now known under another id. */
function movedEntity(view: View, rest: string, asked: Asked): Moved | undefined {
  const survivor = view.survivor(asked.id as EntityId);
  return survivor === undefined || survivor === asked.id ? undefined : new Moved("/api/entities/", survivor, rest, asked);
}

/** The ontology as the API tells it. */
export function ontologyOf(knowledge: Knowledge): OntologyAnswer {
  return {
    kinds: knowledge.kinds.map(({ kind, label, color }) => ({ kind, label, color })),
    families: knowledge.families.map(({ family, label, color }) => ({ family, label, color })),
    relations: [...knowledge.relations.values()].map(({ name, label, inverse, family, symmetric, subject, object, plover, cameo }) => ({
      name,
      label,
      inverse,
      family,
      symmetric,
      subject,
      object,
      plover,
      cameo,
    })),
  };
}
