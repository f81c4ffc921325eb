/** Puts the made-up graph into a database without going through commits: the same rows, derived in the end, in a fraction of the time. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { EntityId, EventKey } from "../../src/model/graph.ts";
import type { Span } from "../../src/model/text.ts";
import { EDGE_COUNTS } from "../../src/store/derive.ts";
import { eventKey } from "../../src/store/events.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { fold, words } from "../../src/store/words.ts";
import { type GraphSize, madeDocuments } from "./graph.ts";

/** What decides the bytes of a made database. */
const MADE_BY = [
  "./fill.ts",
  "./graph.ts",
  "../../src/store/schema.ts",
  "../../src/store/words.ts",
  "../../src/store/derive.ts",
  "../../src/store/events.ts",
];

/** The database with the made-up graph of that size, made once and kept in the system's folder for temporary files. Do not write to it. */
export function madeDatabase(size: GraphSize): string {
  const folder = join(tmpdir(), "entente-bench");
  mkdirSync(folder, { recursive: true });
  const hash = createHash("sha256");
  for (const file of MADE_BY) hash.update(readFileSync(new URL(file, import.meta.url)));
  const file = join(folder, `${size.entities}-${size.claims}-${size.seed ?? ""}-${hash.digest("hex").slice(0, 12)}.db`);
  if (existsSync(file)) return file;
  const partial = `${file}.partial`;
  for (const rest of ["", "-wal", "-shm"]) rmSync(partial + rest, { force: true });
  const started = performance.now();
  fill(partial, size);
  renameSync(partial, file);
  console.log(
    `${size.entities} entities, ${size.claims} claims: made in ${((performance.now() - started) / 1000).toFixed(0)} s, kept as ${file}`,
  );
  return file;
}

/** Makes a database with a made-up graph. */
export function fill(file: string, size: GraphSize): void {
  const knowledge = loadKnowledge();
  const symmetric = new Set([...knowledge.relations.values()].filter((relation) => relation.symmetric).map((relation) => relation.name));
  openStore(file, { symmetric }).close();
  const database = new Database(file);
  try {
    database.pragma("journal_mode = MEMORY");
    database.pragma("synchronous = OFF");
    database.pragma("foreign_keys = OFF");
    database.pragma("cache_size = -131072");
    database.transaction(() => putAll(database, size, knowledge.version, symmetric))();
    database.pragma("journal_mode = WAL");
  } finally {
    database.close();
  }
}

interface Node {
  readonly id: EntityId;
  readonly kind: string;
  readonly name: string;
  mentions: number;
  documents: number;
  degree: number;
}

function putAll(database: Database.Database, size: GraphSize, knowledge: string, symmetric: ReadonlySet<string>): void {
  // Indexes and triggers are quicker made at the end.
  const extras = database
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")
    .all() as {
    type: string;
    name: string;
    sql: string;
  }[];
  for (const { type, name } of extras) database.exec(`DROP ${type} "${name}"`);
  const into = (table: string, columns: string) =>
    database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/[^,]+/g, "?")})`);
  const put = {
    document: into("document", "key, id, name, title, date, source, url, origin, knowledge, sentences, claims, blocks, text"),
    sentence: into("sentence", "key, document, start, end, text"),
    words: into("sentence_search", "rowid, words"),
    appearance: into("appearance", "key, document, local, node, reason, kind, name, aliases, country, role"),
    mention: into("mention", "appearance, position, start, end, form"),
    claim: into(
      "claim",
      "key, id, document, subject, relation, object, edge, polarity, modality, date_start, date_end, date_precision, date_basis, topic, confidence, event, said_event",
    ),
    evidence: into(
      "evidence",
      "claim, position, sentence, trigger_start, trigger_end, subject_start, subject_end, object_start, object_end, rule",
    ),
    edge: into("edge", "key, subject, relation, object"),
    node: into("node", "key, id, survivor, mentions, documents"),
    trait: into("trait", "node, trait, value, documents"),
    entity: into("entity", "key, kind, name, aliases, degree, mentions, documents"),
    form: into("form", "entity, folded"),
    names: into("entity_search", "rowid, words"),
  };
  const nodes: Node[] = [];
  const keys = new Map<EntityId, number>();
  const edges = new Map<string, number>();
  let [document, sentence, appearance, claim] = [0, 0, 0, 0];
  for (const { source, graph } of madeDocuments(size)) {
    document++;
    const { id, name, title, date, text } = source;
    const counts = [graph.sentences.length, graph.claims.length];
    put.document.run(document, id, name, title, date, source.source, null, null, knowledge, ...counts, JSON.stringify(source.blocks), text);
    const sentences = new Map<number, number>();
    for (const { start, end } of graph.sentences) {
      put.sentence.run(++sentence, document, start, end, text.slice(start, end));
      put.words.run(sentence, words(text.slice(start, end)).join(" "));
      sentences.set(start, sentence);
    }
    const appearances = new Map<EntityId, { appearance: number; node: number }>();
    for (const entity of graph.entities) {
      let node = keys.get(entity.id);
      if (node === undefined) {
        node = nodes.push({ id: entity.id, kind: entity.kind, name: entity.name, mentions: 0, documents: 0, degree: 0 });
        keys.set(entity.id, node);
      }
      nodes[node - 1]!.documents++;
      nodes[node - 1]!.mentions += entity.mentions.length;
      put.appearance.run(++appearance, document, entity.id, node, null, entity.kind, entity.name, "[]", null, null);
      entity.mentions.forEach(({ start, end, form }, position) => put.mention.run(appearance, position, start, end, form));
      appearances.set(entity.id, { appearance, node });
    }
    const parties = new Map<EventKey, Set<EntityId>>();
    for (const { event, subject, object } of graph.claims) parties.set(event, (parties.get(event) ?? new Set()).add(subject).add(object));
    for (const item of graph.claims) {
      const [subject, object] = [appearances.get(item.subject)!, appearances.get(item.object)!];
      const swap = symmetric.has(item.relation) && item.object < item.subject;
      const ends = swap ? [object.node, subject.node] : [subject.node, object.node];
      const tie = `${ends[0]} ${item.relation} ${ends[1]}`;
      let edge = edges.get(tie);
      if (edge === undefined) {
        edge = edges.size + 1;
        edges.set(tie, edge);
        put.edge.run(edge, ends[0], item.relation, ends[1]);
        for (const end of ends) nodes[end! - 1]!.degree++;
      }
      const { start, end, precision, basis } = item.date ?? {};
      const told = [item.polarity, item.modality, start ?? null, end ?? null, precision ?? null, basis ?? null];
      put.claim.run(
        ++claim,
        item.id,
        document,
        subject.appearance,
        item.relation,
        object.appearance,
        edge,
        ...told,
        "[]",
        item.confidence,
        eventKey(parties.get(item.event)!, item.relation, start ?? id),
        item.event,
      );
      const [proof] = item.evidence;
      const spans = [proof!.trigger, proof!.subject, proof!.object].flatMap((span: Span) => [span.start, span.end]);
      put.evidence.run(claim, 0, sentences.get(proof!.sentence.start), ...spans, proof!.rule);
    }
  }
  nodes.forEach(({ id, kind, name, mentions, documents, degree }, index) => {
    const key = index + 1;
    put.node.run(key, id, key, mentions, documents);
    put.trait.run(key, "kind", kind, documents);
    put.trait.run(key, "name", name, documents);
    put.entity.run(key, kind, name, "[]", degree, mentions, documents);
    put.form.run(key, fold(name));
    put.names.run(key, fold(name));
  });
  for (const { type, sql } of extras) if (type === "index") database.exec(sql);
  database.exec(`UPDATE edge SET reports = c.reports, events = c.events, documents = c.documents, date_from = c.date_from,
      date_to = c.date_to, affirmed = c.affirmed, happened = c.happened, confidence = c.confidence
    FROM (SELECT edge, ${EDGE_COUNTS} FROM claim GROUP BY edge) AS c WHERE edge.key = c.edge`);
  for (const { type, sql } of extras) if (type === "trigger") database.exec(sql);
}
