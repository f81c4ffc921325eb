/** Reads the graph out of SQLite: the `View` of a store and of its snapshots. */
import type {
  ClaimReport,
  DocumentAnswer,
  DocumentSummary,
  EdgeSummary,
  EntityAnswer,
  EntitySummary,
  EventRow,
  GraphAnswer,
  GraphFilter,
  GraphState,
  NeighborEdge,
  SentenceHit,
  StatsAnswer,
  TimelineAnswer,
} from "../model/api.ts";
import { ENTITY_KINDS, type EntityId, type EntityKind, type Judgement } from "../model/graph.ts";
import type { Block, DocumentId, SourceDocument } from "../model/text.ts";
import { ClaimReader } from "./claims.ts";
import { additions, revision } from "./changes.ts";
import { Counts } from "./counts.ts";
import { type Connection, LIMIT, type Value } from "./driver.ts";
import { dyads } from "./dyads.ts";
import { Entities } from "./entities.ts";
import {
  all,
  countOfEdges,
  type EdgeChoice,
  type Fragment,
  joinedConditions,
  LIST,
  list,
  oneOf,
  pageOfEdges,
  passingEdges,
  passingEntities,
  SURVIVOR_KEY,
} from "./filter.ts";
import {
  DOCUMENT_COLUMNS,
  type DocumentRow,
  documentOf,
  EDGE_CELLS,
  EDGE_COLUMNS,
  EDGE_ENDS,
  type EdgeCells,
  type EdgeRowOfTable,
  ENTITY_COLUMNS,
  type EntityRow,
  edgeBetween,
  edgeOf,
  edgeParts,
  entityOf,
} from "./rows.ts";
import type {
  Additions,
  Arrival,
  Dyad,
  DyadQuery,
  EdgeQuery,
  EdgeBrief,
  EdgeReport,
  EntityQuery,
  EntitySort,
  EntityReport,
  GraphDetails,
  GraphRows,
  NeighborGroup,
  NeighborQuery,
  PageRequest,
  Position,
  Slice,
  View,
} from "./store.ts";
import { cut, NO_DATE, start } from "./pages.ts";
import { graphDetails, graphRows } from "./scan.ts";
import { Spelling } from "./spelling.ts";
import { anyOfEach, fold, highlights, matchExpression, words } from "./words.ts";
import { walkEdgeBriefs, walkEdgeReports, walkEdges, walkEntities, walkEntityReports } from "./walks.ts";

export class SqliteView implements View {
  protected readonly connection: Connection;
  readonly #counts: Counts;
  readonly #entities: Entities;
  readonly #claims: ClaimReader;
  readonly #spelling: Spelling;

  constructor(connection: Connection) {
    this.connection = connection;
    this.#counts = new Counts(connection);
    this.#entities = new Entities(connection);
    this.#claims = new ClaimReader(connection, this.#counts);
    this.#spelling = new Spelling(connection);
  }

  stats(): StatsAnswer {
    return this.#counts.kept("stats", () => this.#countAll());
  }

  state(): string {
    return this.connection.state();
  }

  size(): Omit<GraphState, "version"> {
    return this.#counts.kept("size", () =>
      this.connection.one<Omit<GraphState, "version">>(
        `SELECT (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM entity) AS entities,
           (SELECT count(*) FROM edge) AS edges, (SELECT count(*) FROM claim WHERE edge IS NOT NULL) AS claims`,
      ),
    );
  }

  arrivals(key: number, limit: number): readonly Arrival[] {
    return this.connection
      .all<DocumentRow & { entities: number }>(
        `SELECT ${DOCUMENT_COLUMNS}, (SELECT count(*) FROM appearance WHERE appearance.document = document.key) AS entities
         FROM document WHERE key >= ? ORDER BY key ${LIMIT}`,
        [key, limit],
      )
      .map((row) => ({ ...documentOf(row), key: row.key, entities: row.entities }));
  }

  lastArrival(): number {
    return this.connection.one<{ key: number }>("SELECT coalesce(max(key), 0) AS key FROM document").key;
  }

  revision(): number {
    return revision(this.connection);
  }

  additions(since: number): Additions | undefined {
    return additions(this.connection, since);
  }

  rows(added?: Additions): GraphRows {
    return graphRows(this.connection, added);
  }

  details(): GraphDetails {
    return graphDetails(this.connection);
  }

  #countAll(): StatsAnswer {
    const { documents, sentences } = this.connection.one<{ documents: number; sentences: number }>(
      "SELECT count(*) AS documents, coalesce(sum(sentences), 0) AS sentences FROM document",
    );
    // No date is longer than a year, so the last day is that of a claim that began within a year of the last one to begin.
    const { first, last } = this.connection.one<{ first: string | null; last: string | null }>(
      `SELECT (SELECT min(date_start) FROM claim) AS first, max(date_end) AS last FROM claim
       WHERE date_start >= date((SELECT max(date_start) FROM claim), '-366 days')`,
    );
    const kinds = new Map(
      this.connection
        .all<{ kind: EntityKind; count: number }>("SELECT kind, count(*) AS count FROM entity GROUP BY kind")
        .map((row) => [row.kind, row.count]),
    );
    const relations = this.connection.all<{ relation: string; edges: number; claims: number }>(
      "SELECT relation, count(*) AS edges, sum(reports) AS claims FROM edge GROUP BY relation ORDER BY claims DESC, relation",
    );
    return {
      documents,
      sentences,
      claims: relations.reduce((sum, row) => sum + row.claims, 0),
      edges: relations.reduce((sum, row) => sum + row.edges, 0),
      entitiesByKind: Object.fromEntries(ENTITY_KINDS.map((kind) => [kind, kinds.get(kind) ?? 0])) as Record<EntityKind, number>,
      claimsByRelation: Object.fromEntries(relations.map((row) => [row.relation, row.claims])),
      ...(first === null || last === null ? {} : { dates: { from: first, to: last } }),
    };
  }

  knowledgeOf(id: DocumentId): string | undefined {
    return this.connection.get<{ knowledge: string }>("SELECT knowledge FROM document WHERE id = ?", [id])?.knowledge;
  }

  source(id: DocumentId): SourceDocument | undefined {
    const row = this.connection.get<DocumentRow & { text: string; blocks: string }>(
      `SELECT ${DOCUMENT_COLUMNS}, text, blocks FROM document WHERE id = ?`,
      [id],
    );
    if (row === undefined) return undefined;
    const { sentences: _sentences, claims: _claims, ...summary } = documentOf(row);
    return { ...summary, text: row.text, blocks: JSON.parse(row.blocks) as Block[] };
  }

  document(id: DocumentId): DocumentAnswer | undefined {
    const row = this.connection.get<DocumentRow & { text: string; blocks: string }>(
      `SELECT ${DOCUMENT_COLUMNS}, text, blocks FROM document WHERE id = ?`,
      [id],
    );
    if (row === undefined) return undefined;
    const mentions = this.connection.all<DocumentAnswer["mentions"][number]>(
      `SELECT mention.start, mention.end, survivor.id AS entity, entity.kind, entity.name, mention.form
       FROM appearance JOIN mention ON mention.appearance = appearance.key
       JOIN node ON node.key = appearance.node JOIN node AS survivor ON survivor.key = node.survivor
       JOIN entity ON entity.key = node.survivor
       WHERE appearance.document = ? ORDER BY mention.start, mention.end DESC, survivor.id`,
      [row.key],
    );
    const evidence = this.#claims.select("WHERE claim.document = ? ORDER BY claim.key", [row.key]);
    return { ...documentOf(row), text: row.text, blocks: JSON.parse(row.blocks) as Block[], mentions, evidence };
  }

  listDocuments(page: PageRequest): Slice<DocumentSummary> {
    const [date, key] = start(page, [NO_DATE, Number.MAX_SAFE_INTEGER]);
    const rows = this.connection.all<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document WHERE (coalesce(date, ''), key) < (?, ?)
       ORDER BY coalesce(date, '') DESC, key DESC ${LIMIT}`,
      [date, key, page.limit + 1],
    );
    return {
      ...cut(rows, page.limit, (row) => [row.date ?? "", row.key], documentOf),
      total: this.#counts.of("SELECT count(*) AS count FROM document", []),
    };
  }

  searchSentences(text: string, page: PageRequest): Slice<SentenceHit> {
    const match = matchExpression(text);
    if (match === undefined) return { items: [], total: 0 };
    const { hits, total } = this.#hits(match, page);
    const rows = this.connection.all<DocumentRow & { hit: number; start: number; end: number; words: string }>(
      `SELECT sentence.key AS hit, sentence.start, sentence.end, sentence.text AS words, ${DOCUMENT_COLUMNS}
       FROM json_each(?) AS wanted JOIN sentence ON sentence.key = wanted.value JOIN document ON document.key = sentence.document`,
      [list(hits.items.map(({ hit }) => hit))],
    );
    const sentences = new Map(rows.map((row) => [row.hit, row]));
    return {
      ...hits,
      items: hits.items.map(({ hit }): SentenceHit => {
        const row = sentences.get(hit)!;
        return {
          document: documentOf(row),
          sentence: { start: row.start, end: row.end },
          text: row.words,
          highlights: highlights(row.words, text),
        };
      }),
      total,
    };
  }

  /** A page of the sentences that match, before anything is read of them; and how many do. */
  #hits(match: string, page: PageRequest): { readonly hits: Omit<Slice<Hit>, "total">; readonly total: number } {
    const matching = "FROM sentence_search WHERE sentence_search MATCH ?";
    const [rank, after] = start(page, [-Number.MAX_VALUE, 0] as [rank: number, after: number]);
    // To look at the index takes as long as anything: one look finds, ranks and counts them.
    const ranked =
      rank === UNRANKED
        ? undefined
        : this.connection.all<Hit>(`SELECT rowid AS hit, bm25(sentence_search) AS rank ${matching} ${LIMIT}`, [match, MOST_RANKED + 1]);
    let [found, total]: [Hit[], number] = [[], 0];
    if (ranked !== undefined && ranked.length <= MOST_RANKED) {
      total = ranked.length;
      found = ranked
        .filter((row) => row.rank > rank || (row.rank === rank && row.hit > after))
        .sort((one, other) => one.rank - other.rank || one.hit - other.hit)
        .slice(0, page.limit + 1);
    } else {
      // What is in very many sentences says little of any: those that came last are shown, which takes no looking at the others.
      total = this.#counts.of(`SELECT count(*) AS count ${matching}`, [match]);
      found = this.connection.all<Hit>(`SELECT rowid AS hit, ${UNRANKED} AS rank ${matching} AND rowid < ? ORDER BY rowid DESC ${LIMIT}`, [
        match,
        rank === UNRANKED ? after : Number.MAX_SAFE_INTEGER,
        page.limit + 1,
      ]);
    }
    return {
      hits: cut(
        found,
        page.limit,
        (row) => [row.rank, row.hit],
        (row) => row,
      ),
      total,
    };
  }

  survivor(id: EntityId): EntityId | undefined {
    return this.entity(id)?.id;
  }

  entity(id: EntityId): EntitySummary | undefined {
    const key = this.#entities.keyOf(id);
    return key === undefined ? undefined : this.#entities.one(key);
  }

  listEntities(query: EntityQuery, page: PageRequest): Slice<EntitySummary> {
    const sort = SORTS[query.sort ?? "degree"];
    const [exact, value, key] = start(page, [1, sort.beforeAll, 0]);
    const position = (row: EntityRow & { exact: number; sorted: string | number }): Position => [row.exact, row.sorted, row.key];
    const after = `${sort.column} ${sort.falls ? "<=" : ">="} ? AND (${sort.column} ${sort.falls ? "<" : ">"} ? OR entity.key > ?)`;
    const order = `${sort.column} ${sort.falls ? "DESC" : "ASC"}, entity.key`;
    const text = query.text;
    if (text === undefined) {
      const chosen = all(query.kinds === undefined ? [] : [oneOf("entity.kind", query.kinds)]);
      const rows = this.connection.all<EntityRow & { exact: number; sorted: string | number }>(
        `SELECT ${ENTITY_COLUMNS}, 0 AS exact, ${sort.column} AS sorted FROM entity JOIN node ON node.key = entity.key
         WHERE ${chosen.sql} AND ${after} ORDER BY ${order} ${LIMIT}`,
        [...chosen.parameters, value, value, key, page.limit + 1],
      );
      return {
        ...cut(rows, page.limit, position, entityOf),
        total: this.#counts.of(`SELECT count(*) AS count FROM entity WHERE ${chosen.sql}`, chosen.parameters),
      };
    }
    const found = this.#named(query, text);
    if (found === undefined) return { items: [], total: 0 };
    // Sorted before the rest of each row is read: a short beginning finds many.
    const rows = this.connection.all<EntityRow & { exact: number; sorted: string | number; total: number }>(
      `SELECT ${ENTITY_COLUMNS}, best.exact, best.sorted, best.total FROM (
         SELECT entity.* FROM (
           SELECT entity.key, ${sort.column} AS sorted, entity.key IN (SELECT entity FROM form WHERE folded = ?) AS exact,
             count(*) OVER () AS total
           FROM entity WHERE ${found.sql}
         ) AS entity
         WHERE entity.exact < ? OR (entity.exact = ? AND ${after.replaceAll(sort.column, "entity.sorted")})
         ORDER BY entity.exact DESC, ${order.replaceAll(sort.column, "entity.sorted")} ${LIMIT}
       ) AS best JOIN entity ON entity.key = best.key JOIN node ON node.key = best.key
       ORDER BY best.exact DESC, best.sorted ${sort.falls ? "DESC" : "ASC"}, best.key`,
      [fold(text), ...found.parameters, exact, exact, value, value, key, page.limit + 1],
    );
    return { ...cut(rows, page.limit, position, entityOf), total: rows[0]?.total ?? 0 };
  }

  countByKind(query: EntityQuery): Readonly<Record<string, number>> {
    const chosen =
      query.text === undefined ? all(query.kinds === undefined ? [] : [oneOf("entity.kind", query.kinds)]) : this.#named(query, query.text);
    if (chosen === undefined) return {};
    return this.#tally(`SELECT entity.kind AS value, count(*) AS count FROM entity WHERE ${chosen.sql} GROUP BY value`, chosen.parameters);
  }

  /** What a search for names asks of table `entity`; undefined when nothing can pass. */
  #named({ kinds }: EntityQuery, text: string): Fragment | undefined {
    const conditions = kinds === undefined ? [] : [oneOf("entity.kind", kinds)];
    const matching = (expression: string): Fragment => ({
      sql: "entity.key IN (SELECT rowid FROM entity_search WHERE entity_search MATCH ?)",
      parameters: [expression],
    });
    const asTyped = matchExpression(text);
    if (asTyped === undefined) return undefined;
    const some = this.connection.get("SELECT 1 FROM entity_search WHERE entity_search MATCH ? LIMIT 1", [asTyped]);
    if (some !== undefined) return all([matching(asTyped), ...conditions]);
    const typed = words(text);
    const meant = typed.map((word, index) => this.#spelling.alternatives(word, index === typed.length - 1));
    if (meant.some((alternatives) => alternatives.length === 0)) return undefined;
    return all([matching(anyOfEach(meant)), ...conditions]);
  }

  documentsNaming(id: EntityId, page: PageRequest): Slice<DocumentSummary> {
    const total = this.entity(id)?.documents ?? 0;
    const [date, key] = start(page, [NO_DATE, Number.MAX_SAFE_INTEGER]);
    // Where an entity is in many documents, going through all by date meets `limit` of them soon; "+" asks SQLite for that.
    const many = total > MANY_DOCUMENTS;
    const rows = this.connection.all<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document WHERE ${many ? "+" : ""}key IN (
         SELECT appearance.document FROM node JOIN appearance ON appearance.node = node.key WHERE node.survivor = ${SURVIVOR_KEY}
       ) AND (coalesce(date, ''), key) < (?, ?) ORDER BY coalesce(date, '') DESC, key DESC ${LIMIT}`,
      [id, date, key, page.limit + 1],
    );
    return { ...cut(rows, page.limit, (row) => [row.date ?? "", row.key], documentOf), total };
  }

  mergesOf(id: EntityId): EntityAnswer["merges"] {
    const members = `(SELECT id FROM node WHERE survivor = ${SURVIVOR_KEY})`;
    return this.connection.all<EntityAnswer["merges"][number]>(
      `SELECT "left" AS "from", reason, by FROM judgement
         WHERE verdict = 'same' AND "left" IN ${members} AND "right" IN ${members}
       UNION
       SELECT appearance.name || ' (' || document.name || ')', appearance.reason, 'rule'
         FROM node JOIN appearance ON appearance.node = node.key JOIN document ON document.key = appearance.document
         WHERE node.survivor = ${SURVIVOR_KEY} AND appearance.reason IS NOT NULL
       ORDER BY 1, 2 LIMIT ${MOST_MERGES}`,
      [id, id, id],
    );
  }

  *judgements(): Generator<Judgement, undefined, undefined> {
    yield* this.connection.iterate<Judgement>('SELECT "left", "right", verdict, reason, by FROM judgement ORDER BY key');
  }

  neighbors(id: EntityId, { direction, ...filter }: NeighborQuery, page: PageRequest): Slice<NeighborEdge> {
    const center = this.#entities.keyOf(id);
    if (center === undefined) return { items: [], total: 0 };
    const { items, total, next } = this.#edges(
      { ...filter, [direction === undefined ? "at" : direction === "out" ? "subject" : "object"]: id },
      page,
    );
    return { total, ...(next === undefined ? {} : { next }), items: this.#seenFrom(center, items) };
  }

  neighborsByRelation(id: EntityId, perRelation: number): readonly NeighborGroup[] {
    const center = this.#entities.keyOf(id);
    if (center === undefined) return [];
    // Chosen along the indexes before the rest of each row is read: a capital has tens of thousands of edges.
    const all = this.connection.one<{ keys: string; relations: string }>(
      `SELECT json_group_array(key) AS keys, json_group_array(relation) AS relations FROM (
         SELECT key, relation, reports FROM edge WHERE subject = :center
         UNION ALL SELECT key, relation, reports FROM edge WHERE object = :center ORDER BY reports DESC, key
       )`,
      { center },
    );
    const relations = JSON.parse(all.relations) as string[];
    const keys = new Map<string, number[]>();
    const totals = new Map<string, number>();
    for (const [index, key] of (JSON.parse(all.keys) as number[]).entries()) {
      const relation = relations[index] as string;
      const total = totals.get(relation) ?? 0;
      totals.set(relation, total + 1);
      if (total === 0) keys.set(relation, [key]);
      else if (total < perRelation) keys.get(relation)?.push(key);
    }
    const rows = this.connection.all<EdgeCells>(`SELECT ${EDGE_CELLS} FROM edge WHERE key IN ${LIST}`, [list([...keys.values()].flat())]);
    const edges = new Map(this.#seenFrom(center, rows).map((edge, index) => [(rows[index] as EdgeCells).key, edge]));
    return [...totals]
      .sort(([one, most], [other, more]) => more - most || (one < other ? -1 : 1))
      .map(([relation, total]) => ({ relation, total, edges: keys.get(relation)!.map((key) => edges.get(key) as NeighborEdge) }));
  }

  edge(id: string): EdgeSummary | undefined {
    const row = this.#edgeRow(id);
    return row && edgeOf(row);
  }

  listEdges(query: EdgeQuery, page: PageRequest): Slice<EdgeSummary> {
    const { items, ...rest } = this.#edges(query, page);
    const ends = this.#endsOf(items);
    const idOf = (key: number): EntityId => (ends.get(key) as EntitySummary).id;
    return { ...rest, items: items.map((row) => edgeBetween(idOf(row.subjectKey), row, idOf(row.objectKey))) };
  }

  countByRelation(query: EdgeQuery): Readonly<Record<string, number>> {
    const passing = passingEdges(query);
    return this.#tally(`SELECT relation AS value, count(*) AS count FROM (${passing.sql}) GROUP BY value`, passing.parameters);
  }

  countByMonth(query: EdgeQuery): Readonly<Record<string, number>> {
    const chosen = joinedConditions(query);
    const months = this.#tally(
      `SELECT substr(claim.date_start, 1, 7) AS value, count(DISTINCT claim.edge) AS count
       FROM claim CROSS JOIN edge ON edge.key = claim.edge
       WHERE ${chosen.sql} AND claim.date_start IS NOT NULL AND claim.date_precision IN ('day', 'month') GROUP BY value`,
      chosen.parameters,
    );
    return Object.fromEntries(Object.entries(months).sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  dyads(query: DyadQuery, page: PageRequest): Slice<Dyad> {
    return this.#counts.kept(`dyads ${JSON.stringify([query, page])}`, () => dyads(this.connection, query, page));
  }

  earliestClaim(edges: readonly string[], filter: GraphFilter, day: string): ClaimReport | undefined {
    const keys = edges.flatMap((id) => this.#edgeRow(id)?.key ?? []);
    return this.#claims.earliest(keys, filter, day);
  }

  /** Values with how often they occur, most first. */
  #tally(sql: string, parameters: readonly Value[]): Record<string, number> {
    const rows = this.#counts.kept(`${sql} ${JSON.stringify(parameters)}`, () =>
      this.connection.all<{ value: string; count: number }>(`${sql} ORDER BY count DESC, value`, parameters),
    );
    return Object.fromEntries(rows.map(({ value, count }) => [value, count]));
  }

  claimsOf(edge: string, page: PageRequest): Slice<ClaimReport> {
    const row = this.#edgeRow(edge);
    if (row === undefined) return { items: [], total: 0 };
    return { ...this.#claims.page(row.key, page), total: row.reports };
  }

  edgesAround(ids: readonly EntityId[], filter: GraphFilter, most: number): readonly EdgeSummary[] | undefined {
    const passing = passingEdges({ ...filter, around: ids });
    const rows = this.connection.all<EdgeRowOfTable>(
      `SELECT ${EDGE_COLUMNS} FROM (SELECT * FROM (${passing.sql}) ${LIMIT}) AS edge ${EDGE_ENDS}`,
      [...passing.parameters, most + 1],
    );
    return rows.length > most ? undefined : rows.map(edgeOf);
  }

  listEvents(query: EdgeQuery, page: PageRequest): Slice<EventRow> {
    return this.#claims.events(query, page);
  }

  timeline(query: EdgeQuery, by: TimelineAnswer["by"]): TimelineAnswer {
    return this.#claims.timeline(query, by);
  }

  strongest(filter: GraphFilter, limit: number): GraphAnswer {
    const passing = passingEntities(filter);
    const keys = this.connection.all<{ key: number }>(`SELECT key FROM (${passing.sql}) ORDER BY strength DESC, key ${LIMIT}`, [
      ...passing.parameters,
      limit,
    ]);
    const total = keys.length < limit ? keys.length : this.#counts.of(`SELECT count(*) AS count FROM (${passing.sql})`, passing.parameters);
    const chosen = list(keys.map((row) => row.key));
    const nodes = this.#entities.of(keys.map((row) => row.key));
    const edges = passingEdges(filter, [{ sql: `edge.subject IN ${LIST} AND edge.object IN ${LIST}`, parameters: [chosen, chosen] }]);
    return { nodes: [...nodes.values()], ...this.#marked(edges, filter), ...(total > keys.length ? { truncated: { nodes: total } } : {}) };
  }

  strongestNeighbors(id: EntityId, limit: number): Slice<EntityId> {
    const rows = this.connection.all<{ id: EntityId; total: number }>(
      `SELECT node.id, best.total FROM (
         SELECT key, sum(reports) AS reports, count(*) OVER () AS total FROM (
           SELECT object AS key, reports FROM edge WHERE subject = ${SURVIVOR_KEY}
           UNION ALL SELECT subject, reports FROM edge WHERE object = ${SURVIVOR_KEY}
         ) WHERE key <> ${SURVIVOR_KEY} GROUP BY key ORDER BY reports DESC, key ${LIMIT}
       ) AS best JOIN node ON node.key = best.key ORDER BY best.reports DESC, best.key`,
      [id, id, id, limit],
    );
    return { items: rows.map((row) => row.id), total: rows[0]?.total ?? 0 };
  }

  between(
    ids: readonly EntityId[],
    others: readonly EntityId[],
    has: { readonly best: number; readonly others: readonly EntityId[] } = { best: 0, others: [] },
  ): GraphAnswer {
    const keys = this.#keysOf(ids);
    const near = [...new Set([...keys, ...this.#keysOf(others)])];
    const [these, all] = [list(keys), list(near)];
    const edges: Fragment[] = [
      { sql: `SELECT edge.* FROM edge WHERE edge.subject IN ${LIST} AND edge.object IN ${LIST}`, parameters: [these, all] },
      { sql: `SELECT edge.* FROM edge WHERE edge.object IN ${LIST} AND edge.subject IN ${LIST}`, parameters: [these, all] },
    ];
    const last = this.#ranked(has.best);
    if (last !== undefined) {
      const besides = this.#keysOf(has.others);
      // They are thousands: asked for by their rank, not by name.
      const isBest: Fragment = {
        sql: "(far.degree > ? OR far.degree = ? AND far.key <= ?)",
        parameters: [last.degree, last.degree, last.key],
      };
      const fresh = this.connection
        .all<{ key: number }>(`SELECT far.key FROM entity AS far WHERE far.key IN ${LIST} AND NOT ${isBest.sql}`, [
          these,
          ...isBest.parameters,
        ])
        .flatMap(({ key }) => (besides.includes(key) ? [] : key));
      const [some, beside] = [list(fresh), list([...near, ...besides])];
      for (const [end, other] of [
        ["subject", "object"],
        ["object", "subject"],
      ] as const) {
        edges.push({
          sql: `SELECT edge.* FROM edge CROSS JOIN entity AS far ON far.key = edge.${other}
            WHERE edge.${end} IN ${LIST} AND (far.key IN ${LIST} OR ${isBest.sql})`,
          parameters: [some, beside, ...isBest.parameters],
        });
      }
    }
    const sides = { sql: edges.map(({ sql }) => sql).join(" UNION "), parameters: edges.flatMap(({ parameters }) => parameters) };
    return { nodes: [...this.#entities.of(keys).values()], ...this.#marked(sides, {}) };
  }

  /** Keys of entities by their ids, in the same order. */
  #keysOf(ids: readonly EntityId[]): number[] {
    if (ids.length === 0) return [];
    return this.connection
      .all<{ key: number }>(
        "SELECT node.survivor AS key FROM json_each(?) AS wanted JOIN node ON node.id = wanted.value ORDER BY wanted.key",
        [list(ids)],
      )
      .map((row) => row.key);
  }

  /** The entity that is connected worse than `rank - 1` others and no more; undefined for 0, and the last of all where they are fewer. */
  #ranked(rank: number): { readonly key: number; readonly degree: number } | undefined {
    if (rank === 0) return undefined;
    return this.#counts.kept(`rank ${rank}`, () =>
      this.connection.get<{ key: number; degree: number }>(
        `SELECT key, degree FROM (SELECT key, degree FROM entity ORDER BY degree DESC, key ${LIMIT}) ORDER BY degree, key DESC LIMIT 1`,
        [rank],
      ),
    );
  }

  /** Edges, the most reported first, with their claims that pass. */
  #marked(edges: Fragment, filter: GraphFilter): Pick<GraphAnswer, "edges" | "documents"> {
    const rows = this.connection.all<EdgeRowOfTable>(
      `SELECT ${EDGE_COLUMNS} FROM (${edges.sql}) AS edge ${EDGE_ENDS} ORDER BY edge.reports DESC, edge.key`,
      edges.parameters,
    );
    const { marks, documents } = this.#claims.marks(
      rows.map((row) => row.key),
      filter,
    );
    return { edges: rows.map((row) => ({ ...edgeOf(row), claims: marks.get(row.key) ?? [] })), documents };
  }

  entities(filter: GraphFilter = {}): Generator<EntitySummary, undefined, undefined> {
    return walkEntities(this.connection, filter);
  }

  edges(filter: GraphFilter = {}): Generator<EdgeSummary, undefined, undefined> {
    return walkEdges(this.connection, filter);
  }

  entityReports(filter: GraphFilter = {}): Generator<EntityReport, undefined, undefined> {
    return walkEntityReports(this.connection, filter);
  }

  edgeReports(filter: GraphFilter = {}): Generator<EdgeReport, undefined, undefined> {
    return walkEdgeReports(this.connection, this.#claims, filter);
  }

  edgeBriefs(filter: GraphFilter = {}): Generator<EdgeBrief, undefined, undefined> {
    return walkEdgeBriefs(this.connection, filter);
  }

  *documents(): Generator<DocumentSummary, undefined, undefined> {
    for (const row of this.connection.iterate<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document ORDER BY coalesce(date, '${NO_DATE}'), key`,
    )) {
      yield documentOf(row);
    }
  }

  /** A page of the edges that pass, most reported first. */
  #edges(choice: EdgeChoice, page: PageRequest): Slice<EdgeCells> {
    const [reports, key] = start(page, [Number.MAX_SAFE_INTEGER, 0]);
    const chosen = pageOfEdges(choice, EDGE_CELLS, reports, key, page.limit);
    const rows = this.connection.all<EdgeCells & { total: number | null }>(chosen.sql, chosen.parameters);
    return {
      ...cut(
        rows,
        page.limit,
        (row) => [row.reports, row.key],
        (row) => row,
      ),
      total: rows[0]?.total ?? this.#countEdges(choice),
    };
  }

  #countEdges(choice: EdgeChoice): number {
    const { at, ...filter } = choice;
    if (at !== undefined && Object.values(filter).every((value) => value === undefined)) return this.entity(at)?.degree ?? 0;
    const { sql, parameters } = countOfEdges(choice);
    return this.#counts.of(sql, parameters);
  }

  #seenFrom(center: number, rows: readonly EdgeCells[]): NeighborEdge[] {
    const symmetric = this.#symmetric();
    const ends = this.#endsOf(rows);
    const end = (key: number): EntitySummary => ends.get(key) as EntitySummary;
    return rows.map((row) => ({
      edge: edgeBetween(end(row.subjectKey).id, row, end(row.objectKey).id),
      direction: symmetric.has(row.relation) ? "both" : row.subjectKey === center ? "out" : "in",
      neighbor: end(row.subjectKey === center ? row.objectKey : row.subjectKey),
    }));
  }

  #endsOf(rows: readonly EdgeCells[]): Map<number, EntitySummary> {
    return this.#entities.of([...new Set(rows.flatMap((row) => [row.subjectKey, row.objectKey]))]);
  }

  #edgeRow(id: string): EdgeRowOfTable | undefined {
    const parts = edgeParts(id);
    if (parts === undefined) return undefined;
    const find = (subject: string, object: string): EdgeRowOfTable | undefined =>
      this.connection.get<EdgeRowOfTable>(
        `SELECT ${EDGE_COLUMNS} FROM edge ${EDGE_ENDS}
         WHERE edge.subject = ${SURVIVOR_KEY} AND edge.relation = ? AND edge.object = ${SURVIVOR_KEY}`,
        [subject, parts.relation, object],
      );
    const found = find(parts.subject, parts.object);
    return found !== undefined || !this.#symmetric().has(parts.relation) ? found : find(parts.object, parts.subject);
  }

  #symmetric(): ReadonlySet<string> {
    return this.#counts.kept(
      "symmetric",
      () => new Set(this.connection.all<{ relation: string }>("SELECT relation FROM symmetric").map((row) => row.relation)),
    );
  }
}

/** A sentence that was found, by its key. */
interface Hit {
  readonly hit: number;
  readonly rank: number;
}

/** By what entities are sorted, and what stands before every one of them. */
const SORTS: Readonly<Record<EntitySort, { readonly column: string; readonly falls: boolean; readonly beforeAll: string | number }>> = {
  degree: { column: "entity.degree", falls: true, beforeAll: Number.MAX_SAFE_INTEGER },
  mentions: { column: "entity.mentions", falls: true, beforeAll: Number.MAX_SAFE_INTEGER },
  documents: { column: "entity.documents", falls: true, beforeAll: Number.MAX_SAFE_INTEGER },
  name: { column: "entity.name", falls: false, beforeAll: "" },
};

/** From here on going through all documents by date finds an entity's newest ones sooner than sorting its own. */
const MANY_DOCUMENTS = 1000;
/** In the place of a rank; those that SQLite gives are below. */
const UNRANKED = 0;
/** Sentences found beyond which they are no longer ranked: that looks at every one of them. */
const MOST_RANKED = 5000;
/** An entity made of thousands of documents needs no list of every reason. */
const MOST_MERGES = 200;
