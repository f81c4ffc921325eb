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
  NeighborEdge,
  SentenceHit,
  StatsAnswer,
  TimelineAnswer,
} from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import {
  ENTITY_KINDS,
  type EntityId,
  type EntityKind,
  type EventDate,
  type Judgement,
  type Modality,
  type Polarity,
} from "../model/graph.ts";
import type { Block, DocumentId, SourceDocument } from "../model/text.ts";
import type { Connection, Value } from "./driver.ts";
import {
  all,
  claimConditions,
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
  CLAIM_SELECT,
  type ClaimRow,
  DATE_COLUMNS,
  type DateRow,
  DOCUMENT_COLUMNS,
  type DocumentRow,
  dateOf,
  documentOf,
  EDGE_COLUMNS,
  EDGE_ENDS,
  type EdgeRowOfTable,
  ENTITY_COLUMNS,
  type EntityRow,
  type EvidenceRow,
  edgeId,
  edgeOf,
  edgeParts,
  entityOf,
  proofOf,
} from "./rows.ts";
import type { EdgeQuery, EdgeReport, EntityQuery, NeighborGroup, PageRequest, Position, Slice, View } from "./store.ts";
import { fold, highlights, matchExpression } from "./words.ts";

/** Undated claims and documents come last: later than any day. */
const NO_DATE = "~";

export class SqliteView implements View {
  protected readonly connection: Connection;
  /** Counting takes longer than most questions: counts are kept while nothing is written. */
  readonly #answers = new Map<string, unknown>();
  #state = "";

  constructor(connection: Connection) {
    this.connection = connection;
  }

  stats(): StatsAnswer {
    return this.#kept("stats", () => this.#countAll());
  }

  /** What `work` gives, kept until something is written, here or by another process. */
  #kept<T>(name: string, work: () => T): T {
    const state = `${this.connection.pragma("data_version")}.${this.#one<{ changes: number }>("SELECT total_changes() AS changes").changes}`;
    if (this.#state !== state || this.#answers.size > MOST_KEPT) {
      this.#answers.clear();
      this.#state = state;
    }
    if (!this.#answers.has(name)) this.#answers.set(name, work());
    return this.#answers.get(name) as T;
  }

  #countAll(): StatsAnswer {
    const { documents, sentences } = this.#one<{ documents: number; sentences: number }>(
      "SELECT count(*) AS documents, coalesce(sum(sentences), 0) AS sentences FROM document",
    );
    // No date is longer than a year, so the last day is that of a claim that began within a year of the last one to begin.
    const { first, last } = this.#one<{ first: string | null; last: string | null }>(
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
    const evidence = this.#claims(`${CLAIM_SELECT} WHERE claim.document = ? ORDER BY claim.key`, [row.key]);
    return { ...documentOf(row), text: row.text, blocks: JSON.parse(row.blocks) as Block[], mentions, evidence };
  }

  listDocuments(page: PageRequest): Slice<DocumentSummary> {
    const [date, key] = start(page, [NO_DATE, Number.MAX_SAFE_INTEGER]);
    const rows = this.connection.all<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document WHERE (coalesce(date, ''), key) < (?, ?)
       ORDER BY coalesce(date, '') DESC, key DESC LIMIT ?`,
      [date, key, page.limit + 1],
    );
    return {
      ...cut(rows, page.limit, (row) => [row.date ?? "", row.key], documentOf),
      total: this.#count("SELECT count(*) AS count FROM document", []),
    };
  }

  searchSentences(text: string, page: PageRequest): Slice<SentenceHit> {
    const match = matchExpression(text);
    if (match === undefined) return { items: [], total: 0 };
    const [rank, after] = start(page, [-Number.MAX_VALUE, 0]);
    const rows = this.connection.all<DocumentRow & { hit: number; rank: number; start: number; end: number; words: string }>(
      `SELECT found.hit, found.rank, sentence.start, sentence.end, sentence.text AS words, ${DOCUMENT_COLUMNS}
       FROM (
         SELECT rowid AS hit, bm25(sentence_search) AS rank FROM sentence_search WHERE sentence_search MATCH ?
       ) AS found
       JOIN sentence ON sentence.key = found.hit JOIN document ON document.key = sentence.document
       WHERE (found.rank, found.hit) > (?, ?) ORDER BY found.rank, found.hit LIMIT ?`,
      [match, rank, after, page.limit + 1],
    );
    return {
      ...cut(
        rows,
        page.limit,
        (row) => [row.rank, row.hit],
        (row): SentenceHit => ({
          document: documentOf(row),
          sentence: { start: row.start, end: row.end },
          text: row.words,
          highlights: highlights(row.words, text),
        }),
      ),
      total: this.#count("SELECT count(*) AS count FROM sentence_search WHERE sentence_search MATCH ?", [match]),
    };
  }

  survivor(id: EntityId): EntityId | undefined {
    return this.connection.get<{ id: EntityId }>(
      `SELECT survivor.id FROM node JOIN node AS survivor ON survivor.key = node.survivor JOIN entity ON entity.key = survivor.key
       WHERE node.id = ?`,
      [id],
    )?.id;
  }

  entity(id: EntityId): EntitySummary | undefined {
    const row = this.connection.get<EntityRow>(
      `SELECT ${ENTITY_COLUMNS} FROM entity JOIN node ON node.key = entity.key WHERE entity.key = ${SURVIVOR_KEY}`,
      [id],
    );
    return row && entityOf(row);
  }

  listEntities(query: EntityQuery, page: PageRequest): Slice<EntitySummary> {
    const conditions: Fragment[] = [];
    if (query.kinds !== undefined) conditions.push(oneOf("entity.kind", query.kinds));
    const [exact, degree, key] = start(page, [1, Number.MAX_SAFE_INTEGER, 0]);
    const position = (row: EntityRow & { exact: number }): Position => [row.exact, row.degree, row.key];
    if (query.text === undefined) {
      const chosen = all(conditions);
      const rows = this.connection.all<EntityRow & { exact: number }>(
        `SELECT ${ENTITY_COLUMNS}, 0 AS exact FROM entity JOIN node ON node.key = entity.key
         WHERE ${chosen.sql} AND entity.degree <= ? AND (entity.degree < ? OR entity.key > ?)
         ORDER BY entity.degree DESC, entity.key LIMIT ?`,
        [...chosen.parameters, degree, degree, key, page.limit + 1],
      );
      return {
        ...cut(rows, page.limit, position, entityOf),
        total: this.#count(`SELECT count(*) AS count FROM entity WHERE ${chosen.sql}`, chosen.parameters),
      };
    }
    const match = matchExpression(query.text);
    if (match === undefined) return { items: [], total: 0 };
    conditions.push({ sql: "entity.key IN (SELECT rowid FROM entity_search WHERE entity_search MATCH ?)", parameters: [match] });
    const found = all(conditions);
    // Sorted before the rest of each row is read: a short beginning finds many.
    const rows = this.connection.all<EntityRow & { exact: number; total: number }>(
      `SELECT ${ENTITY_COLUMNS}, best.exact, best.total FROM (
         SELECT * FROM (
           SELECT entity.key, entity.degree, entity.key IN (SELECT entity FROM form WHERE folded = ?) AS exact, count(*) OVER () AS total
           FROM entity WHERE ${found.sql}
         ) WHERE (-exact, -degree, key) > (?, ?, ?) ORDER BY exact DESC, degree DESC, key LIMIT ?
       ) AS best JOIN entity ON entity.key = best.key JOIN node ON node.key = best.key
       ORDER BY best.exact DESC, best.degree DESC, best.key`,
      [fold(query.text), ...found.parameters, -exact, -degree, key, page.limit + 1],
    );
    return { ...cut(rows, page.limit, position, entityOf), total: rows[0]?.total ?? 0 };
  }

  documentsNaming(id: EntityId, limit: number): readonly DocumentSummary[] {
    // Where an entity is in many documents, going through all by date meets `limit` of them soon; "+" asks SQLite for that.
    const many = (this.entity(id)?.documents ?? 0) > MANY_DOCUMENTS;
    return this.connection
      .all<DocumentRow>(
        `SELECT ${DOCUMENT_COLUMNS} FROM document WHERE ${many ? "+" : ""}key IN (
           SELECT appearance.document FROM node JOIN appearance ON appearance.node = node.key WHERE node.survivor = ${SURVIVOR_KEY}
         ) ORDER BY coalesce(date, '') DESC, key DESC LIMIT ?`,
        [id, limit],
      )
      .map(documentOf);
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

  neighbors(id: EntityId, query: GraphFilter, page: PageRequest): Slice<NeighborEdge> {
    const center = this.connection.get<{ key: number | null }>(`SELECT ${SURVIVOR_KEY} AS key`, [id])?.key;
    if (center === null || center === undefined) return { items: [], total: 0 };
    const { items, total, next } = this.#edges({ ...query, at: id }, page);
    return { total, ...(next === undefined ? {} : { next }), items: this.#seenFrom(center, items) };
  }

  neighborsByRelation(id: EntityId, perRelation: number): readonly NeighborGroup[] {
    const center = this.connection.get<{ key: number | null }>(`SELECT ${SURVIVOR_KEY} AS key`, [id])?.key;
    if (center === null || center === undefined) return [];
    // Chosen by key before the rest of each row is read: a capital has tens of thousands of edges.
    const rows = this.connection.all<EdgeRowOfTable & { total: number }>(
      `SELECT ${EDGE_COLUMNS}, chosen.total FROM (
         SELECT key, count(*) OVER (PARTITION BY relation) AS total,
           row_number() OVER (PARTITION BY relation ORDER BY reports DESC, key) AS place
         FROM (
           SELECT key, relation, reports FROM edge WHERE subject = :center
           UNION ALL SELECT key, relation, reports FROM edge WHERE object = :center
         )
       ) AS chosen JOIN edge ON edge.key = chosen.key ${EDGE_ENDS}
       WHERE chosen.place <= :perRelation ORDER BY chosen.total DESC, edge.relation, chosen.place`,
      { center, perRelation },
    );
    const groups = new Map<string, { relation: string; total: number; edges: NeighborEdge[] }>();
    this.#seenFrom(center, rows).forEach((edge, index) => {
      const { relation, total } = rows[index] as (typeof rows)[number];
      const group = groups.get(relation);
      if (group === undefined) groups.set(relation, { relation, total, edges: [edge] });
      else group.edges.push(edge);
    });
    return [...groups.values()];
  }

  edge(id: string): EdgeSummary | undefined {
    const row = this.#edgeRow(id);
    return row && edgeOf(row);
  }

  listEdges(query: EdgeQuery, page: PageRequest): Slice<EdgeSummary> {
    const { items, ...rest } = this.#edges(query, page);
    return { ...rest, items: items.map(edgeOf) };
  }

  claimsOf(edge: string, page: PageRequest): Slice<ClaimReport> {
    const row = this.#edgeRow(edge);
    if (row === undefined) return { items: [], total: 0 };
    const [date, key] = start(page, ["", 0]);
    const claims = this.connection.all<ClaimRow>(
      `${CLAIM_SELECT} WHERE claim.edge = ? AND (coalesce(claim.date_start, '${NO_DATE}'), claim.key) > (?, ?)
       ORDER BY coalesce(claim.date_start, '${NO_DATE}'), claim.key LIMIT ?`,
      [row.key, date, key, page.limit + 1],
    );
    return {
      ...cut(
        claims,
        page.limit,
        (claim) => [claim.date_start ?? NO_DATE, claim.claimKey],
        (claim) => this.#report(claim),
      ),
      total: row.reports,
    };
  }

  listEvents(query: EdgeQuery, page: PageRequest): Slice<EventRow> {
    const chosen = joinedConditions(query);
    const conditions = all(claimConditions(query));
    const [date, event, edge] = start(page, [NO_DATE, "", 0]);
    const groups = `FROM claim CROSS JOIN edge ON edge.key = claim.edge WHERE ${chosen.sql}`;
    const rows = this.connection.all<{
      day: string;
      event: string;
      edge: number;
      reports: number;
      documents: number;
      affirmed: number;
      happened: number;
    }>(
      `SELECT coalesce(claim.date_start, '') AS day, claim.event, claim.edge, count(*) AS reports, count(DISTINCT claim.document) AS documents,
         sum(claim.polarity = 'affirmed') AS affirmed, sum(claim.modality = 'happened') AS happened
       ${groups} AND coalesce(claim.date_start, '') <= ? AND (coalesce(claim.date_start, ''), claim.event, claim.edge) < (?, ?, ?)
       GROUP BY coalesce(claim.date_start, ''), claim.event, claim.edge
       ORDER BY coalesce(claim.date_start, '') DESC, claim.event DESC, claim.edge DESC LIMIT ?`,
      [...chosen.parameters, date, date, event, edge, page.limit + 1],
    );
    return {
      ...cut(
        rows,
        page.limit,
        (row) => [row.day, row.event, row.edge],
        (row): EventRow => {
          const [claim] = this.#claims(
            `${CLAIM_SELECT} WHERE claim.edge = ? AND claim.event = ? AND coalesce(claim.date_start, '') = ? AND ${conditions.sql}
             ORDER BY claim.confidence DESC, claim.key LIMIT 1`,
            [row.edge, row.event, row.day, ...conditions.parameters],
          ) as [ClaimReport];
          return {
            event: row.event,
            edge: claim.edge,
            subject: this.#reference(claim.subject),
            relation: claim.relation,
            object: this.#reference(claim.object),
            ...(claim.date === undefined ? {} : { date: claim.date }),
            reports: row.reports,
            documents: row.documents,
            affirmed: row.affirmed,
            happened: row.happened,
            claim,
          };
        },
      ),
      total: this.#count(
        `SELECT count(*) AS count FROM (SELECT 1 ${groups} GROUP BY coalesce(claim.date_start, ''), claim.event, claim.edge)`,
        chosen.parameters,
      ),
    };
  }

  timeline(query: EdgeQuery, by: TimelineAnswer["by"]): TimelineAnswer {
    const chosen = joinedConditions(query);
    const [bucket, precisions] = BUCKETS[by];
    const rows = this.connection.all<{ start: string | null; relation: string; events: number }>(
      `SELECT CASE WHEN claim.date_precision IN ${LIST} THEN ${bucket} END AS start, claim.relation, count(DISTINCT claim.event) AS events
       FROM claim CROSS JOIN edge ON edge.key = claim.edge WHERE ${chosen.sql}
       GROUP BY start, claim.relation ORDER BY start, events DESC, claim.relation`,
      [list(precisions), ...chosen.parameters],
    );
    const buckets: { start: string; events: number; relations: Record<string, number> }[] = [];
    let unplaced = 0;
    for (const { start: day, relation, events } of rows) {
      if (day === null) {
        unplaced += events;
        continue;
      }
      let last = buckets.at(-1);
      if (last?.start !== day) {
        last = { start: day, events: 0, relations: {} };
        buckets.push(last);
      }
      last.events += events;
      last.relations[relation] = events;
    }
    return { by, buckets, unplaced };
  }

  strongest(filter: GraphFilter, limit: number): GraphAnswer {
    const passing = passingEntities(filter);
    const keys = this.connection.all<{ key: number }>(`SELECT key FROM (${passing.sql}) ORDER BY strength DESC, key LIMIT ?`, [
      ...passing.parameters,
      limit,
    ]);
    const total = keys.length < limit ? keys.length : this.#count(`SELECT count(*) AS count FROM (${passing.sql})`, passing.parameters);
    const chosen = list(keys.map((row) => row.key));
    const nodes = this.#entitiesByKey(keys.map((row) => row.key));
    const edges = passingEdges(filter, [{ sql: `edge.subject IN ${LIST} AND edge.object IN ${LIST}`, parameters: [chosen, chosen] }]);
    const rows = this.connection.all<EdgeRowOfTable>(
      `SELECT ${EDGE_COLUMNS} FROM (${edges.sql}) AS edge ${EDGE_ENDS} ORDER BY edge.reports DESC, edge.key`,
      edges.parameters,
    );
    const marks = this.#marks(rows, filter);
    return {
      nodes: [...nodes.values()],
      edges: rows.map((row) => ({ ...edgeOf(row), claims: marks.get(row.key) ?? [] })),
      ...(total > keys.length ? { truncated: { nodes: total } } : {}),
    };
  }

  *entities(filter: GraphFilter = {}): Generator<EntitySummary, undefined, undefined> {
    const passing = passingEntities(filter);
    for (const row of this.connection.iterate<EntityRow>(
      `SELECT ${ENTITY_COLUMNS} FROM node JOIN entity ON entity.key = node.key
       WHERE entity.key IN (SELECT key FROM (${passing.sql})) ORDER BY node.id`,
      passing.parameters,
    )) {
      yield entityOf(row);
    }
  }

  *edges(filter: GraphFilter = {}): Generator<EdgeSummary, undefined, undefined> {
    for (const row of this.#walkEdges(filter)) yield edgeOf(row);
  }

  *reports(filter: GraphFilter = {}): Generator<EdgeReport, undefined, undefined> {
    const conditions = all(claimConditions(filter));
    for (const row of this.#walkEdges(filter)) {
      const claims = this.#claims(
        `${CLAIM_SELECT} WHERE claim.edge = ? AND ${conditions.sql} ORDER BY coalesce(claim.date_start, '${NO_DATE}'), claim.key`,
        [row.key, ...conditions.parameters],
      );
      yield { ...edgeOf(row), claims };
    }
  }

  *documents(): Generator<DocumentSummary, undefined, undefined> {
    for (const row of this.connection.iterate<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document ORDER BY coalesce(date, '${NO_DATE}'), key`,
    )) {
      yield documentOf(row);
    }
  }

  *#walkEdges(filter: GraphFilter): Generator<EdgeRowOfTable, undefined, undefined> {
    const passing = passingEdges(filter);
    yield* this.connection.iterate<EdgeRowOfTable>(
      `SELECT ${EDGE_COLUMNS} FROM (${passing.sql}) AS edge ${EDGE_ENDS} ORDER BY subject, edge.relation, object`,
      passing.parameters,
    );
  }

  /** A page of the edges that pass, most reported first. */
  #edges(choice: EdgeChoice, page: PageRequest): Slice<EdgeRowOfTable> {
    const [reports, key] = start(page, [Number.MAX_SAFE_INTEGER, 0]);
    const chosen = pageOfEdges(choice, reports, key, page.limit);
    const rows = this.connection.all<EdgeRowOfTable & { total: number | null }>(
      `SELECT ${EDGE_COLUMNS}, edge.total FROM (${chosen.sql}) AS edge ${EDGE_ENDS} ORDER BY edge.reports DESC, edge.key`,
      chosen.parameters,
    );
    const count = countOfEdges(choice);
    return {
      ...cut(
        rows,
        page.limit,
        (row) => [row.reports, row.key],
        (row) => row,
      ),
      total: rows[0]?.total ?? this.#count(count.sql, count.parameters),
    };
  }

  #seenFrom(center: number, rows: readonly EdgeRowOfTable[]): NeighborEdge[] {
    const symmetric = this.#symmetric();
    const otherEnd = (row: EdgeRowOfTable): number => (row.subjectKey === center ? row.objectKey : row.subjectKey);
    const others = this.#entitiesByKey([...new Set(rows.map(otherEnd))]);
    return rows.map((row) => ({
      edge: edgeOf(row),
      direction: symmetric.has(row.relation) ? "both" : row.subjectKey === center ? "out" : "in",
      neighbor: others.get(otherEnd(row)) as EntitySummary,
    }));
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
    return new Set(this.connection.all<{ relation: string }>("SELECT relation FROM symmetric").map((row) => row.relation));
  }

  #entitiesByKey(keys: readonly number[]): Map<number, EntitySummary> {
    const rows = this.connection.all<EntityRow>(
      `SELECT ${ENTITY_COLUMNS} FROM json_each(?) AS wanted
       JOIN entity ON entity.key = wanted.value JOIN node ON node.key = entity.key ORDER BY wanted.key`,
      [list(keys)],
    );
    return new Map(rows.map((row) => [row.key, entityOf(row)]));
  }

  /** What the graph shows of each claim, by key of its edge. */
  #marks(edges: readonly EdgeRowOfTable[], filter: GraphFilter): Map<number, GraphAnswer["edges"][number]["claims"][number][]> {
    const conditions = all(claimConditions(filter));
    const marks = new Map<number, GraphAnswer["edges"][number]["claims"][number][]>();
    for (const row of this.connection.all<DateRow & { edge: number; polarity: Polarity; modality: Modality; confidence: number }>(
      `SELECT claim.edge, ${DATE_COLUMNS}, claim.polarity, claim.modality, claim.confidence
       FROM json_each(?) AS wanted CROSS JOIN claim ON claim.edge = wanted.value WHERE ${conditions.sql}
       ORDER BY wanted.key, coalesce(claim.date_start, '${NO_DATE}'), claim.key`,
      [list(edges.map((edge) => edge.key)), ...conditions.parameters],
    )) {
      const mark = { ...dateOf(row), polarity: row.polarity, modality: row.modality, confidence: row.confidence };
      const others = marks.get(row.edge);
      if (others === undefined) marks.set(row.edge, [mark]);
      else others.push(mark);
    }
    return marks;
  }

  #claims(sql: string, parameters: readonly Value[]): ClaimReport[] {
    return this.connection.all<ClaimRow>(sql, parameters).map((row) => this.#report(row));
  }

  #report(row: ClaimRow): ClaimReport {
    const [proof, ...more] = this.connection
      .all<EvidenceRow>(
        `SELECT sentence.start, sentence.end, sentence.text, evidence.* FROM evidence JOIN sentence ON sentence.key = evidence.sentence
         WHERE evidence.claim = ? ORDER BY evidence.position`,
        [row.claimKey],
      )
      .map(proofOf);
    if (proof === undefined) throw new Error(`Claim ${row.claim} has no evidence.`);
    const topic = row.topic === "[]" ? [] : (JSON.parse(row.topic) as number[]).map((key) => this.#named(key));
    return {
      claim: row.claim,
      edge: edgeId(row.edgeSubject, row.relation, row.edgeObject),
      subject: row.subject,
      relation: row.relation,
      object: row.object,
      polarity: row.polarity,
      modality: row.modality,
      ...dateOf(row),
      ...(row.place === null ? {} : { place: this.#named(row.place) }),
      ...(row.medium === null ? {} : { medium: row.medium }),
      ...(topic.length === 0 ? {} : { topic }),
      ...(row.quoted === null ? {} : { source: this.#named(row.quoted) }),
      confidence: row.confidence,
      event: row.event,
      rule: proof.rule,
      document: documentOf(row),
      sentence: proof.sentence,
      text: proof.text,
      spans: proof.spans,
      ...(more.length === 0 ? {} : { alsoIn: more }),
    };
  }

  /** Id and name of the entity that an appearance shows. */
  #named(appearance: number): { id: EntityId; name: string } {
    return this.#one<{ id: EntityId; name: string }>(
      `SELECT survivor.id, entity.name FROM appearance JOIN node ON node.key = appearance.node
       JOIN node AS survivor ON survivor.key = node.survivor JOIN entity ON entity.key = survivor.key WHERE appearance.key = ?`,
      [appearance],
    );
  }

  #reference(id: EntityId): { id: EntityId; name: string } {
    return this.#one<{ id: EntityId; name: string }>(
      "SELECT node.id, entity.name FROM node JOIN entity ON entity.key = node.key WHERE node.id = ?",
      [id],
    );
  }

  #count(sql: string, parameters: readonly Value[]): number {
    return this.#kept(`${sql} ${JSON.stringify(parameters)}`, () => this.#one<{ count: number }>(sql, parameters).count);
  }

  #one<T>(sql: string, parameters: readonly Value[] = []): T {
    return this.connection.get<T>(sql, parameters) as T;
  }
}

/** First day of the bucket that a claim falls in, and how closely its date must be known for that. */
const BUCKETS: Readonly<Record<TimelineAnswer["by"], readonly [sql: string, precisions: readonly EventDate["precision"][]]>> = {
  day: ["claim.date_start", ["day"]],
  week: ["date(claim.date_start, '-6 days', 'weekday 1')", ["day"]],
  month: ["substr(claim.date_start, 1, 7) || '-01'", ["day", "month"]],
  year: ["substr(claim.date_start, 1, 4) || '-01-01'", ["day", "month", "year"]],
};

/** Counts kept at once. */
const MOST_KEPT = 500;
const MANY_DOCUMENTS = 1000;
/** An entity made of thousands of documents needs no list of every reason. */
const MOST_MERGES = 200;

/** Where a page begins: after the row before, or at the values that stand before every row. */
function start<T extends Position>(page: PageRequest, beforeAll: readonly [...T]): T {
  if (page.after === undefined) return beforeAll as T;
  const fits = page.after.length === beforeAll.length && page.after.every((value, index) => typeof value === typeof beforeAll[index]);
  if (!fits) throw new KnownError("bad-parameter", "The cursor is not one of this list.", { parameter: "cursor" });
  return page.after as T;
}

/** A page out of `limit + 1` rows: the one too many only tells that there is a next page. */
function cut<R, T>(
  rows: readonly R[],
  limit: number,
  position: (row: R) => Position,
  item: (row: R) => T,
): { readonly items: readonly T[]; readonly next?: Position } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(item), ...(rows.length > limit && last !== undefined ? { next: position(last) } : {}) };
}
