/** Claims with their sentences, one by one, by edge, as events and over time. */
import type { ClaimReport, EventRow, GraphAnswer, GraphFilter, TimelineAnswer } from "../model/api.ts";
import type { EntityId, EventDate, Modality, Polarity } from "../model/graph.ts";
import type { DocumentId } from "../model/text.ts";
import type { Counts } from "./counts.ts";
import { type Connection, LIMIT, type Value } from "./driver.ts";
import { all, claimConditions, joinedConditions, LIST, list } from "./filter.ts";
import { cut, NO_DATE, start } from "./pages.ts";
import {
  CLAIM_SELECT,
  type ClaimColumns,
  type ClaimRow,
  DATE_COLUMNS,
  type DateRow,
  dateOf,
  type DocumentRow,
  documentOf,
  EDGE_ENDS,
  edgeId,
  EVIDENCE_COLUMNS,
  type EvidenceRow,
  type Proof,
  proofOf,
} from "./rows.ts";
import type { EdgeQuery, PageRequest, Slice } from "./store.ts";

type Mark = GraphAnswer["edges"][number]["claims"][number];

export class ClaimReader {
  readonly #connection: Connection;
  readonly #counts: Counts;

  constructor(connection: Connection, counts: Counts) {
    this.#connection = connection;
    this.#counts = counts;
  }

  /** @param tail what follows `CLAIM_SELECT`: WHERE, ORDER BY, LIMIT */
  select(tail: string, parameters: readonly Value[]): ClaimReport[] {
    return this.#connection.all<ClaimRow>(`${CLAIM_SELECT} ${tail}`, parameters).map((row) => this.#report(row));
  }

  /** The earliest claim of these edges that passes and is dated on this day or later. */
  earliest(edges: readonly number[], filter: GraphFilter, day: string): ClaimReport | undefined {
    const conditions = all(claimConditions(filter));
    return this.select(
      `WHERE claim.edge IN ${LIST} AND claim.date_start >= ? AND ${conditions.sql} ORDER BY claim.date_start, claim.key LIMIT 1`,
      [list(edges), day, ...conditions.parameters],
    )[0];
  }

  /** A page of all claims of an edge, by date, undated last. */
  page(edge: number, page: PageRequest): Omit<Slice<ClaimReport>, "total"> {
    const [date, key] = start(page, ["", 0]);
    const rows = this.#connection.all<ClaimRow>(
      `${CLAIM_SELECT} WHERE claim.edge = ? AND (coalesce(claim.date_start, '${NO_DATE}'), claim.key) > (?, ?)
       ORDER BY coalesce(claim.date_start, '${NO_DATE}'), claim.key ${LIMIT}`,
      [edge, date, key, page.limit + 1],
    );
    return cut(
      rows,
      page.limit,
      (row) => [row.date_start ?? NO_DATE, row.claimKey],
      (row) => this.#report(row),
    );
  }

  /** What the graph shows of each claim, by key of its edge, and the documents that the claims are from. */
  marks(edges: readonly number[], filter: GraphFilter): { marks: Map<number, Mark[]>; documents: GraphAnswer["documents"] } {
    const conditions = all(claimConditions(filter));
    const marks = new Map<number, Mark[]>();
    const positions = new Map<number, number>();
    for (const row of this.#connection.all<
      DateRow & { edge: number; polarity: Polarity; modality: Modality; confidence: number; document: number }
    >(
      `SELECT claim.edge, ${DATE_COLUMNS}, claim.polarity, claim.modality, claim.confidence, claim.document
       FROM json_each(?) AS wanted CROSS JOIN claim ON claim.edge = wanted.value WHERE ${conditions.sql}
       ORDER BY wanted.key, coalesce(claim.date_start, '${NO_DATE}'), claim.key`,
      [list(edges), ...conditions.parameters],
    )) {
      const document = positions.get(row.document) ?? positions.size;
      positions.set(row.document, document);
      const mark = { ...dateOf(row), polarity: row.polarity, modality: row.modality, confidence: row.confidence, document };
      const others = marks.get(row.edge);
      if (others === undefined) marks.set(row.edge, [mark]);
      else others.push(mark);
    }
    const documents = this.#connection.all<{ id: DocumentId; source: string | null }>(
      "SELECT document.id, document.source FROM json_each(?) AS wanted CROSS JOIN document ON document.key = wanted.value ORDER BY wanted.key",
      [list([...positions.keys()])],
    );
    return { marks, documents: documents.map(({ id, source }) => ({ id, ...(source === null ? {} : { source }) })) };
  }

  /** Events, newest first, undated last. */
  events(query: EdgeQuery, page: PageRequest): Slice<EventRow> {
    const chosen = joinedConditions(query);
    const [date, event] = start(page, [NO_DATE, ""]);
    const from = "FROM claim CROSS JOIN edge ON edge.key = claim.edge";
    const group = "GROUP BY coalesce(claim.date_start, ''), claim.event";
    const rows = this.#connection.all<{
      day: string;
      event: string;
      claims: number;
      documents: number;
      affirmed: number;
      happened: number;
      edges: string;
    }>(
      `SELECT coalesce(claim.date_start, '') AS day, claim.event, count(*) AS claims, count(DISTINCT claim.document) AS documents,
         sum(claim.polarity = 'affirmed') AS affirmed, sum(claim.modality = 'happened') AS happened,
         json_group_array(DISTINCT claim.edge) AS edges
       ${from} WHERE ${chosen.sql}
         AND coalesce(claim.date_start, '') <= ? AND (coalesce(claim.date_start, ''), claim.event) < (?, ?)
       ${group} ORDER BY coalesce(claim.date_start, '') DESC, claim.event DESC ${LIMIT}`,
      [...chosen.parameters, date, date, event, page.limit + 1],
    );
    const conditions = all(claimConditions(query));
    const item = (row: (typeof rows)[number]): EventRow => {
      const [claim] = this.select(
        `WHERE coalesce(claim.date_start, '') = ? AND claim.event = ? AND claim.edge IN ${LIST} AND ${conditions.sql}
         ORDER BY claim.confidence DESC, claim.key LIMIT 1`,
        [row.day, row.event, row.edges, ...conditions.parameters],
      ) as [ClaimReport];
      const ends = this.#connection.all<EdgeEnds>(
        `SELECT subject_node.id AS subject, subject.name AS subjectName, edge.relation, object_node.id AS object, object.name AS objectName
         FROM edge ${EDGE_ENDS} JOIN entity AS subject ON subject.key = edge.subject JOIN entity AS object ON object.key = edge.object
         WHERE edge.key IN ${LIST} ORDER BY subject_node.id, object_node.id`,
        [row.edges],
      );
      return {
        event: row.event,
        relation: claim.relation,
        ...(claim.date === undefined ? {} : { date: claim.date }),
        subjects: distinct(ends.map((end) => ({ id: end.subject, name: end.subjectName }))),
        objects: distinct(ends.map((end) => ({ id: end.object, name: end.objectName }))),
        edges: ends.map((end) => edgeId(end.subject, end.relation, end.object)),
        claims: row.claims,
        documents: row.documents,
        affirmed: row.affirmed,
        happened: row.happened,
        claim,
      };
    };
    return {
      ...cut(rows, page.limit, (row) => [row.day, row.event], item),
      total: this.#counts.of(`SELECT count(*) AS count FROM (SELECT 1 ${from} WHERE ${chosen.sql} ${group})`, chosen.parameters),
    };
  }

  timeline(query: EdgeQuery, by: TimelineAnswer["by"]): TimelineAnswer {
    const chosen = joinedConditions(query);
    const [bucket, precisions] = BUCKETS[by];
    // The inner grouping follows the index on day and event, so that events are told apart without sorting them.
    const sql = `SELECT start, relation, count(*) AS events FROM (
        SELECT CASE WHEN claim.date_precision IN ${LIST} THEN ${bucket} END AS start, claim.relation
        FROM claim CROSS JOIN edge ON edge.key = claim.edge WHERE ${chosen.sql}
        GROUP BY coalesce(claim.date_start, ''), claim.event
      ) GROUP BY start, relation ORDER BY start, events DESC, relation`;
    const parameters = [list(precisions), ...chosen.parameters];
    const rows = this.#counts.kept(`${sql} ${JSON.stringify(parameters)}`, () =>
      this.#connection.all<{ start: string | null; relation: string; events: number }>(sql, parameters),
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

  /** All places in the document that say a claim, the first of them first. */
  proofsOf(claim: number): Proof[] {
    return this.#connection
      .all<EvidenceRow>(
        `SELECT ${EVIDENCE_COLUMNS} FROM evidence JOIN sentence ON sentence.key = evidence.sentence
         WHERE evidence.claim = ? ORDER BY evidence.position`,
        [claim],
      )
      .map(proofOf);
  }

  #report(row: ClaimRow): ClaimReport {
    const edge = edgeId(row.edgeSubject, row.relation, row.edgeObject);
    return this.report(row, { edge, subject: row.subject, object: row.object }, this.proofsOf(row.claimKey));
  }

  /** A claim out of its row, the ids of its edge and ends, and the places that say it. */
  report(
    row: ClaimColumns & DocumentRow,
    { edge, subject, object }: Pick<ClaimReport, "edge" | "subject" | "object">,
    proofs: readonly Proof[],
  ): ClaimReport {
    const [proof, ...more] = proofs;
    if (proof === undefined) throw new Error(`Claim ${row.claim} has no evidence.`);
    const topic = row.topic === "[]" ? [] : (JSON.parse(row.topic) as number[]).map((key) => this.#named(key));
    return {
      claim: row.claim,
      edge,
      subject,
      relation: row.relation,
      object,
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
    return this.#connection.one<{ id: EntityId; name: string }>(
      `SELECT survivor.id, entity.name FROM appearance JOIN node ON node.key = appearance.node
       JOIN node AS survivor ON survivor.key = node.survivor JOIN entity ON entity.key = survivor.key WHERE appearance.key = ?`,
      [appearance],
    );
  }
}

interface EdgeEnds {
  readonly subject: EntityId;
  readonly subjectName: string;
  readonly relation: string;
  readonly object: EntityId;
  readonly objectName: string;
}

function distinct<T extends { readonly id: string }>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [value.id, value])).values()];
}

/** First day of the bucket that a claim falls in, and how closely its date must be known for that. */
export const BUCKETS: Readonly<Record<TimelineAnswer["by"], readonly [sql: string, precisions: readonly EventDate["precision"][]]>> = {
  day: ["claim.date_start", ["day"]],
  week: ["date(claim.date_start, '-6 days', 'weekday 1')", ["day"]],
  month: ["substr(claim.date_start, 1, 7) || '-01'", ["day", "month"]],
  year: ["substr(claim.date_start, 1, 4) || '-01-01'", ["day", "month", "year"]],
};
