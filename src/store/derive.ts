/** Keeps what is derived (clusters, entities, edges, counts, name search) in step with the record, touching only what changed. */
import type { EntityId, Judgement } from "../model/graph.ts";
import { clusters, inForce } from "./clusters.ts";
import type { Connection } from "./driver.ts";
import { nameEvents } from "./events.ts";
import { fold } from "./words.ts";

/**
 * One change of the record. Say what is touched, in any order, then `settle` once, all in the transaction that changes the record.
 */
export class Derivation {
  readonly #connection: Connection;
  /** Nodes that gained or lost appearances. */
  readonly #nodes = new Set<number>();
  /** Nodes that may be needed no more. */
  readonly #leaving = new Set<number>();
  /** Survivors, present or past, whose entity must be looked at again. */
  readonly #entities = new Set<number>();
  /** Claims whose ends' clusters changed. */
  readonly #claims = new Set<number>();
  /** Documents whose claims are on no edge yet. */
  readonly #added = new Set<number>();
  /** Edges that lost or were moved claims. */
  readonly #edges = new Set<number>();
  readonly #judged = new Set<string>();
  /** Nodes that no document before named. */
  readonly #made = new Set<number>();
  /** Whether something was taken out or moved to another entity. */
  #whole = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** A document whose rows have all been written. */
  added(document: number): void {
    this.#count(document, 1);
    this.#touch(document);
    this.#added.add(document);
  }

  /** A document whose rows are about to be taken out. */
  leaving(document: number): void {
    this.#whole = true;
    this.#count(document, -1);
    this.#touch(document);
    for (const { node } of this.#connection.all<{ node: number }>("SELECT DISTINCT node FROM appearance WHERE document = ?", [document])) {
      this.#leaving.add(node);
    }
    for (const claim of this.#connection.all<{ edge: number }>("SELECT DISTINCT edge FROM claim WHERE document = ? AND edge IS NOT NULL", [
      document,
    ])) {
      this.#edges.add(claim.edge);
    }
  }

  /** The key of the node with this linked id, made when there is none. */
  nodeOf(id: EntityId): number {
    const known = this.#connection.get<{ key: number }>("SELECT key FROM node WHERE id = ?", [id]);
    if (known !== undefined) return known.key;
    // Judgements may have named the id before any document did.
    this.judged(id, id);
    return this.#newNode(id);
  }

  /** Two ids about which judgements were added or taken out. */
  judged(left: string, right: string): void {
    this.#judged.add(left).add(right);
  }

  /** Everything, from the record alone. */
  everything(): void {
    this.#whole = true;
    this.#connection.execute(`
      DELETE FROM trait;
      DELETE FROM edge;
      DELETE FROM form;
      INSERT INTO entity_search (entity_search) VALUES ('delete-all');
      DELETE FROM entity;
      UPDATE node SET survivor = key, mentions = 0, documents = 0;
      UPDATE claim SET edge = NULL;
    `);
    for (const { key } of this.#connection.all<{ key: number }>("SELECT key FROM document")) this.#count(key, 1);
    for (const { key } of this.#connection.all<{ key: number }>("SELECT key FROM claim")) this.#claims.add(key);
    for (const { key } of this.#connection.all<{ key: number }>("SELECT key FROM node")) {
      this.#nodes.add(key);
      this.#leaving.add(key);
    }
    for (const { left, right } of this.#connection.all<Judgement>('SELECT "left", "right" FROM judgement')) this.judged(left, right);
  }

  settle(): void {
    this.#recluster();
    for (const node of this.#nodes) {
      const row = this.#connection.get<{ survivor: number }>("SELECT survivor FROM node WHERE key = ?", [node]);
      if (row === undefined) continue;
      this.#entities.add(row.survivor);
      if (this.#leaving.has(node)) this.#leaving.add(row.survivor);
    }
    for (const entity of this.#entities) this.#describe(entity);
    for (const document of this.#rekeyed()) for (const edge of nameEvents(this.#connection, document)) this.#edges.add(edge);
    for (const claim of this.#claims) this.#moveClaim(claim);
    for (const document of this.#added) this.#growEdges(document);
    for (const edge of this.#edges) this.#recount(edge);
    this.#dropUnusedNodes();
    this.#remember();
  }

  /** Writes down what was changed, for those who keep a copy of the graph. */
  #remember(): void {
    const listed = (keys: Iterable<number>): string => JSON.stringify(this.#whole ? [] : [...keys]);
    const { key } = this.#connection.run("INSERT INTO change (documents, entities, whole) VALUES (?, ?, ?)", [
      listed(this.#added),
      listed(this.#entities),
      this.#whole ? 1 : 0,
    ]);
    this.#connection.run("DELETE FROM change WHERE key <= ?", [key - CHANGES_KEPT]);
  }

  #touch(document: number): void {
    for (const { node } of this.#connection.all<{ node: number }>("SELECT DISTINCT node FROM appearance WHERE document = ?", [document])) {
      this.#nodes.add(node);
    }
    for (const { left, right } of this.#connection.all<Judgement>('SELECT "left", "right" FROM judgement WHERE document = ?', [document])) {
      this.judged(left, right);
    }
  }

  /** Adds (or, by -1, takes) a document's share of the counts that `node` and `trait` keep. */
  #count(document: number, by: 1 | -1): void {
    this.#connection.run(
      `UPDATE node SET mentions = node.mentions + :by * share.mentions, documents = node.documents + :by
       FROM (
         SELECT appearance.node, count(mention.position) AS mentions
         FROM appearance LEFT JOIN mention ON mention.appearance = appearance.key
         WHERE appearance.document = :document GROUP BY appearance.node
       ) AS share
       WHERE node.key = share.node`,
      { document, by },
    );
    this.#connection.run(
      `INSERT INTO trait (node, trait, value, documents)
       SELECT node, trait, value, :by FROM (
         SELECT node, 'kind' AS trait, kind AS value FROM appearance WHERE document = :document
         UNION SELECT node, 'name', name FROM appearance WHERE document = :document
         UNION SELECT node, 'alias', json_each.value FROM appearance, json_each(aliases) WHERE document = :document
         UNION SELECT node, 'country', country FROM appearance WHERE document = :document AND country IS NOT NULL
         UNION SELECT node, 'role', role FROM appearance WHERE document = :document AND role IS NOT NULL
       ) WHERE true
       ON CONFLICT DO UPDATE SET documents = documents + excluded.documents`,
      { document, by },
    );
    if (by === -1) {
      this.#connection.run("DELETE FROM trait WHERE documents = 0 AND node IN (SELECT node FROM appearance WHERE document = ?)", [
        document,
      ]);
    }
  }

  /** A node that is its own survivor. */
  #newNode(id: string): number {
    const { key } = this.#connection.run("INSERT INTO node (id, survivor) VALUES (?, 0)", [id]);
    this.#connection.run("UPDATE node SET survivor = key WHERE key = ?", [key]);
    this.#made.add(key);
    return key;
  }

  #recluster(): void {
    const seen = new Set<string>();
    for (const start of this.#judged) {
      if (seen.has(start)) continue;
      const component = this.#component(start);
      for (const id of component.ids) seen.add(id);
      for (const { survivor, members } of component.clusters) this.#join(members, survivor);
    }
  }

  /** All ids that "same" judgements tie to this one, in however many steps, and the clusters they form. */
  #component(start: string): { ids: Set<string>; clusters: { survivor: string; members: readonly string[] }[] } {
    const ids = new Set([start]);
    const found: Judgement[] = [];
    for (const id of ids) {
      const about = this.#connection.all<Judgement>(
        'SELECT "left", "right", verdict, reason, by FROM judgement WHERE "left" = :id OR "right" = :id',
        { id },
      );
      for (const judgement of inForce(about)) {
        found.push(judgement);
        if (judgement.verdict === "same") ids.add(judgement.left).add(judgement.right);
      }
    }
    const formed = clusters(inForce(found)).filter((cluster) => cluster.members.every((id) => ids.has(id)));
    if (found.length === 0) formed.push({ survivor: start as EntityId, members: [start as EntityId] });
    return { ids, clusters: formed };
  }

  #join(members: readonly string[], survivor: string): void {
    const nodes = members.flatMap((id) => this.#connection.all<NodeRow>("SELECT key, id, survivor FROM node WHERE id = ?", [id]));
    if (nodes.length === 0) return;
    const key = nodes.find((node) => node.id === survivor)?.key ?? this.#newNode(survivor);
    this.#entities.add(key);
    for (const node of nodes) {
      if (node.survivor === key) continue;
      if (!this.#made.has(node.key)) this.#whole = true;
      this.#connection.run("UPDATE node SET survivor = ? WHERE key = ?", [key, node.key]);
      this.#entities.add(node.survivor);
      this.#nodes.add(node.survivor).add(node.key);
      this.#leaving.add(node.survivor);
      for (const claim of this.#connection.all<{ key: number }>(
        `SELECT claim.key FROM appearance JOIN claim ON claim.subject = appearance.key WHERE appearance.node = :node
         UNION SELECT claim.key FROM appearance JOIN claim ON claim.object = appearance.key WHERE appearance.node = :node`,
        { node: node.key },
      )) {
        this.#claims.add(claim.key);
      }
    }
  }

  /** Writes the entity under this key, or takes it out when nothing is left of it. */
  #describe(key: number): void {
    const connection = this.#connection;
    const traits = connection.all<{ trait: string; value: string }>(
      `SELECT trait, value FROM node JOIN trait ON trait.node = node.key WHERE node.survivor = :key
       GROUP BY trait, value
       ORDER BY trait, max(node.key = :key) DESC, sum(trait.documents) DESC, length(value) DESC, value`,
      { key },
    );
    const valuesOf = (trait: string): string[] => traits.filter((row) => row.trait === trait).map((row) => row.value);
    const [kind] = valuesOf("kind");
    const names = valuesOf("name");
    // A person is mostly named by surname alone; the full name says who it is.
    const name = (kind === "person" ? names.find((each) => each.includes(" ")) : undefined) ?? names[0];
    if (kind === undefined || name === undefined) {
      this.#forgetNames(key);
      connection.run("DELETE FROM entity WHERE key = ?", [key]);
      return;
    }
    const described = {
      kind,
      name,
      aliases: JSON.stringify([...new Set([...names, ...valuesOf("alias")])].filter((each) => each !== name)),
      country: valuesOf("country")[0] ?? null,
      role: valuesOf("role")[0] ?? null,
    };
    const before = connection.get<typeof described>("SELECT kind, name, aliases, country, role FROM entity WHERE key = ?", [key]);
    // Kind and the like hardly ever change, and writing them writes indexes too.
    if (before === undefined || JSON.stringify(before) !== JSON.stringify(described)) {
      connection.run(
        `INSERT INTO entity (key, kind, name, aliases, country, role, mentions, documents)
         VALUES (:key, :kind, :name, :aliases, :country, :role, 0, 0)
         ON CONFLICT DO UPDATE SET kind = :kind, name = :name, aliases = :aliases, country = :country, role = :role`,
        { key, ...described },
      );
    }
    connection.run(
      `UPDATE entity SET mentions = c.mentions, documents = c.documents FROM (
         SELECT sum(mentions) AS mentions, CASE count(*) WHEN 1 THEN sum(documents) ELSE (
           SELECT count(DISTINCT document) FROM appearance WHERE node IN (SELECT key FROM node WHERE survivor = :key)
         ) END AS documents FROM node WHERE survivor = :key
       ) AS c WHERE entity.key = :key`,
      { key },
    );
    if (before?.name !== name || before.aliases !== described.aliases) {
      this.#forgetNames(key);
      const forms = new Set([name, ...names, ...valuesOf("alias")].map(fold));
      for (const form of forms) connection.run("INSERT INTO form (entity, folded) VALUES (?, ?)", [key, form]);
      connection.run("INSERT INTO entity_search (rowid, words) VALUES (?, ?)", [key, [...forms].join(" ")]);
    }
  }

  #forgetNames(key: number): void {
    const { changes } = this.#connection.run("DELETE FROM form WHERE entity = ?", [key]);
    if (changes > 0) this.#connection.run("DELETE FROM entity_search WHERE rowid = ?", [key]);
  }

  /** The documents whose events may have other parties than before. */
  #rekeyed(): ReadonlySet<number> {
    const documents = new Set(this.#added);
    const moved = this.#connection.all<{ document: number }>(
      "SELECT DISTINCT claim.document FROM json_each(?) AS moved CROSS JOIN claim ON claim.key = moved.value",
      [JSON.stringify([...this.#claims])],
    );
    for (const { document } of moved) documents.add(document);
    return documents;
  }

  /** The edge that a claim belongs on, between the survivors of its ends, and the one it is on. */
  #endsOf(claim: number): { readonly ends: Ends | undefined; readonly edge: number | null } {
    const row = this.#connection.one<Ends & { edge: number | null; subjectId: string; objectId: string; symmetric: number }>(
      `SELECT claim.edge, claim.relation, claim.relation IN symmetric AS symmetric,
         one.key AS subject, one.id AS subjectId, other.key AS object, other.id AS objectId
       FROM claim
       JOIN appearance AS s ON s.key = claim.subject JOIN node AS sn ON sn.key = s.node JOIN node AS one ON one.key = sn.survivor
       JOIN appearance AS o ON o.key = claim.object JOIN node AS en ON en.key = o.node JOIN node AS other ON other.key = en.survivor
       WHERE claim.key = ?`,
      [claim],
    );
    const { edge, relation, subject, object } = row;
    // A claim whose two ends became one entity says nothing of two; it comes back when they are parted.
    if (subject === object) return { ends: undefined, edge };
    const swap = row.symmetric === 1 && row.objectId < row.subjectId;
    return { ends: swap ? { subject: object, relation, object: subject } : { subject, relation, object }, edge };
  }

  #edgeBetween(ends: Ends): number | undefined {
    return this.#connection.get<{ key: number }>(
      "SELECT key FROM edge WHERE subject = :subject AND relation = :relation AND object = :object",
      { ...ends },
    )?.key;
  }

  /** Puts a claim that may be on another edge by now on the right one. */
  #moveClaim(claim: number): void {
    const { ends, edge } = this.#endsOf(claim);
    if (edge !== null) this.#edges.add(edge);
    let now: number | null = null;
    if (ends !== undefined) {
      now =
        this.#edgeBetween(ends) ??
        this.#connection.run("INSERT INTO edge (subject, relation, object) VALUES (:subject, :relation, :object)", { ...ends }).key;
      this.#edges.add(now);
    }
    if (now !== edge) this.#connection.run("UPDATE claim SET edge = ? WHERE key = ?", [now, claim]);
  }

  /**
   * Puts a new document's claims on their edges and adds them to the edges' counts: a standing fact may have a claim in every document,
   * and counting all of them anew for each would never end.
   */
  #growEdges(document: number): void {
    const groups = new Map<string, { ends: Ends; claims: number[] }>();
    for (const { key } of this.#connection.all<{ key: number }>("SELECT key FROM claim WHERE document = ? AND edge IS NULL", [document])) {
      const { ends } = this.#endsOf(key);
      if (ends === undefined) continue;
      const name = `${ends.subject}~${ends.relation}~${ends.object}`;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { ends, claims: [key] });
      else group.claims.push(key);
    }
    for (const { ends, claims } of groups.values()) {
      const list = JSON.stringify(claims);
      const known = this.#edgeBetween(ends);
      if (known === undefined) {
        const { key } = this.#connection.run(
          `INSERT INTO edge (subject, relation, object, reports, events, documents, date_from, date_to, affirmed, happened, confidence)
           SELECT :subject, :relation, :object, ${EDGE_COUNTS} FROM claim WHERE key IN (SELECT value FROM json_each(:list))`,
          { ...ends, list },
        );
        this.#connection.run("UPDATE claim SET edge = :key WHERE key IN (SELECT value FROM json_each(:list))", { key, list });
        continue;
      }
      this.#connection.run(
        `UPDATE edge SET reports = edge.reports + c.reports, events = edge.events + c.newEvents, documents = edge.documents + 1,
           date_from = coalesce(min(edge.date_from, c.date_from), edge.date_from, c.date_from),
           date_to = coalesce(max(edge.date_to, c.date_to), edge.date_to, c.date_to),
           affirmed = edge.affirmed + c.affirmed, happened = edge.happened + c.happened, confidence = max(edge.confidence, c.confidence)
         FROM (
           SELECT ${EDGE_COUNTS}, count(DISTINCT claim.event) FILTER (WHERE NOT EXISTS (
             SELECT 1 FROM claim AS other WHERE other.edge = :known AND other.event = claim.event
           )) AS newEvents
           FROM claim WHERE claim.key IN (SELECT value FROM json_each(:list))
         ) AS c
         WHERE edge.key = :known`,
        { known, list },
      );
      this.#connection.run("UPDATE claim SET edge = :known WHERE key IN (SELECT value FROM json_each(:list))", { known, list });
    }
  }

  #recount(edge: number): void {
    this.#connection.run(
      `UPDATE edge SET reports = c.reports, events = c.events, documents = c.documents, date_from = c.date_from, date_to = c.date_to,
         affirmed = c.affirmed, happened = c.happened, confidence = c.confidence
       FROM (SELECT ${EDGE_COUNTS} FROM claim WHERE edge = :edge) AS c
       WHERE edge.key = :edge AND c.reports > 0`,
      { edge },
    );
    this.#connection.run("DELETE FROM edge WHERE key = :edge AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.edge = :edge)", { edge });
  }

  #dropUnusedNodes(): void {
    // Survivors last: one stays as long as another node of its cluster does.
    for (const condition of ["survivor <> key", "survivor = key"]) {
      for (const node of this.#leaving) {
        this.#connection.run(
          `DELETE FROM node WHERE key = :node AND ${condition}
           AND NOT EXISTS (SELECT 1 FROM appearance WHERE appearance.node = :node)
           AND NOT EXISTS (SELECT 1 FROM node AS other WHERE other.survivor = :node AND other.key <> :node)`,
          { node },
        );
      }
    }
  }
}

/** A copy that is further behind is made anew. */
const CHANGES_KEPT = 1000;

/** Keys of the two entities that an edge ties. */
interface Ends {
  readonly subject: number;
  readonly relation: string;
  readonly object: number;
}

interface NodeRow {
  readonly key: number;
  readonly id: string;
  readonly survivor: number;
}

/** What an edge says of the claims it is counted over. */
export const EDGE_COUNTS = `count(*) AS reports, count(DISTINCT claim.event) AS events, count(DISTINCT claim.document) AS documents,
  min(claim.date_start) AS date_from, max(claim.date_end) AS date_to, coalesce(sum(claim.polarity = 'affirmed'), 0) AS affirmed,
  coalesce(sum(claim.modality = 'happened'), 0) AS happened, coalesce(max(claim.confidence), 0) AS confidence`;
