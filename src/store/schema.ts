/** The database's tables, their versions, and how a file is brought to the version that this code reads. */
import { KnownError } from "../model/errors.ts";
import type { Connection } from "./driver.ts";
import { words } from "./words.ts";

/** Marks a file as ours ("ENTE" in ASCII), in SQLite's own header field. */
const APPLICATION_ID = 0x454e5445;

/*
 * Record: document, sentence, appearance, mention, claim, evidence, judgement, symmetric. Derived: node.survivor and counts, trait, entity, form,
 * edge, claim.edge, claim.event and the two search tables.
 *
 * A node is a linked id; an entity is a node that survives, under the same key. `kind`, names, country and role of an entity are the
 * values its nodes' documents use most, so `trait` counts them.
 */
const VERSION_1 = `
CREATE TABLE document (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  date TEXT,
  source TEXT,
  url TEXT,
  origin TEXT UNIQUE,
  knowledge TEXT NOT NULL,
  sentences INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  blocks TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX document_date ON document (coalesce(date, ''), key);
CREATE INDEX document_size ON document (sentences);

CREATE TABLE sentence (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (document, start, end)
) STRICT;

CREATE TABLE node (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  survivor INTEGER NOT NULL,
  mentions INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX node_survivor ON node (survivor);

CREATE TABLE appearance (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  local TEXT NOT NULL,
  node INTEGER NOT NULL REFERENCES node,
  reason TEXT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  country TEXT,
  role TEXT,
  UNIQUE (document, local)
) STRICT;
CREATE INDEX appearance_node ON appearance (node, document);
CREATE INDEX appearance_reason ON appearance (node) WHERE reason IS NOT NULL;

CREATE TABLE mention (
  appearance INTEGER NOT NULL REFERENCES appearance ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  form TEXT NOT NULL,
  PRIMARY KEY (appearance, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  subject INTEGER NOT NULL REFERENCES appearance,
  relation TEXT NOT NULL,
  object INTEGER NOT NULL REFERENCES appearance,
  edge INTEGER,
  polarity TEXT NOT NULL,
  modality TEXT NOT NULL,
  date_start TEXT,
  date_end TEXT,
  date_precision TEXT,
  date_basis TEXT,
  place INTEGER REFERENCES appearance,
  medium TEXT,
  topic TEXT NOT NULL,
  source INTEGER REFERENCES appearance,
  confidence REAL NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX claim_edge ON claim (edge, event);
CREATE INDEX claim_event ON claim (coalesce(date_start, ''), event, edge, relation, date_precision, date_start);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_subject ON claim (subject);
CREATE INDEX claim_object ON claim (object);
CREATE INDEX claim_place ON claim (place) WHERE place IS NOT NULL;
CREATE INDEX claim_source ON claim (source) WHERE source IS NOT NULL;
CREATE INDEX claim_date ON claim (date_start, date_end) WHERE date_start IS NOT NULL;

CREATE TABLE evidence (
  claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sentence INTEGER NOT NULL REFERENCES sentence,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  subject_start INTEGER NOT NULL,
  subject_end INTEGER NOT NULL,
  object_start INTEGER NOT NULL,
  object_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (claim, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_sentence ON evidence (sentence);

CREATE TABLE judgement (
  key INTEGER PRIMARY KEY,
  "left" TEXT NOT NULL,
  "right" TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  document INTEGER REFERENCES document ON DELETE CASCADE
) STRICT;
CREATE INDEX judgement_left ON judgement ("left");
CREATE INDEX judgement_right ON judgement ("right");
CREATE INDEX judgement_document ON judgement (document);

CREATE TABLE trait (
  node INTEGER NOT NULL REFERENCES node ON DELETE CASCADE,
  trait TEXT NOT NULL,
  value TEXT NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (node, trait, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  country TEXT,
  role TEXT,
  degree INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL,
  documents INTEGER NOT NULL
) STRICT;
CREATE INDEX entity_degree ON entity (degree DESC, key);
CREATE INDEX entity_kind ON entity (kind, degree DESC, key);

CREATE TABLE form (
  entity INTEGER NOT NULL,
  folded TEXT NOT NULL,
  PRIMARY KEY (entity, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_folded ON form (folded);

CREATE TABLE symmetric (relation TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE edge (
  key INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL,
  relation TEXT NOT NULL,
  object INTEGER NOT NULL,
  reports INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0,
  date_from TEXT,
  date_to TEXT,
  affirmed INTEGER NOT NULL DEFAULT 0,
  happened INTEGER NOT NULL DEFAULT 0,
  confidence REAL NOT NULL DEFAULT 0,
  UNIQUE (subject, relation, object)
) STRICT;
CREATE INDEX edge_subject ON edge (subject, reports DESC, key, relation);
CREATE INDEX edge_object ON edge (object, reports DESC, key, relation);
CREATE INDEX edge_reports ON edge (reports DESC, key);
CREATE INDEX edge_relation ON edge (relation, reports DESC, key);

CREATE TRIGGER edge_added AFTER INSERT ON edge BEGIN
  UPDATE entity SET degree = degree + 1 WHERE key IN (new.subject, new.object);
END;
CREATE TRIGGER edge_taken AFTER DELETE ON edge BEGIN
  UPDATE entity SET degree = degree - 1 WHERE key IN (old.subject, old.object);
END;

CREATE VIRTUAL TABLE sentence_search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE entity_search USING fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
`;

/* What was changed, in order: so that a copy of the graph can follow. `whole` where more changed than these documents being added. */
const VERSION_2 = `
CREATE TABLE change (
  key INTEGER PRIMARY KEY,
  documents TEXT NOT NULL,
  entities TEXT NOT NULL,
  whole INTEGER NOT NULL
) STRICT;
`;

/* What a claim's document says its event is; `event` follows from it and from who its parties are. NULL in claims from before: their `event` stays. */
const VERSION_3 = `
ALTER TABLE claim ADD COLUMN said_event TEXT;
`;

/*
 * What is searched are words as `words.ts` folds them, with one space between: the tokenizer has nothing to add. unicode61 knows the letters of
 * Unicode 6.1 alone, so that a name in younger ones was not found.
 */
const VERSION_4 = `
DROP TABLE sentence_search;
DROP TABLE entity_search;
CREATE VIRTUAL TABLE sentence_search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE entity_search USING fts5 (words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'ascii');
INSERT INTO entity_search (rowid, words) SELECT entity, group_concat(folded, ' ') FROM form GROUP BY entity;
`;

/** Step i brings a database from version i to version i + 1: never change one that was released, add another. */
const MIGRATIONS: readonly ((connection: Connection) => void)[] = [
  (connection) => connection.execute(VERSION_1),
  (connection) => connection.execute(VERSION_2),
  (connection) => connection.execute(VERSION_3),
  (connection) => {
    connection.execute(VERSION_4);
    indexSentences(connection);
  },
];

/** Fills an empty `sentence_search`, some thousands of sentences in memory at a time. */
function indexSentences(connection: Connection): void {
  let some: { key: number; text: string }[];
  let last = 0;
  do {
    some = connection.all("SELECT key, text FROM sentence WHERE key > ? ORDER BY key LIMIT 5000", [last]);
    for (const { key, text } of some) {
      connection.run("INSERT INTO sentence_search (rowid, words) VALUES (?, ?)", [key, words(text).join(" ")]);
      last = key;
    }
  } while (some.length > 0);
}

/** The version that this code reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Checks that the database is ours and brings it to `SCHEMA_VERSION`; an empty file gets all tables.
 * @throws {KnownError} store-foreign, store-newer, and what `Connection` throws
 */
export function bringUpToDate(connection: Connection): void {
  const version = checkedVersion(connection);
  if (version === SCHEMA_VERSION) return;
  connection.transaction(() => {
    // Asked again under the write lock: another process may have done it meanwhile.
    for (const step of MIGRATIONS.slice(checkedVersion(connection))) step(connection);
    connection.pragma(`application_id = ${APPLICATION_ID}`);
    connection.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
}

/**
 * For a connection that only reads: refuses what cannot be read as it is.
 * @throws {KnownError} store-foreign, store-newer, store-missing (an empty or older file that a writer must first bring up to date)
 */
export function checkReadable(connection: Connection): void {
  const version = checkedVersion(connection);
  if (version < SCHEMA_VERSION) {
    throw new KnownError(
      "store-missing",
      `${connection.file} is ${version === 0 ? "empty" : "of an older version"}: run "entente ingest PATH --db ${connection.file}" first.`,
      { file: connection.file },
    );
  }
}

function checkedVersion(connection: Connection): number {
  const file = connection.file;
  const version = Number(connection.pragma("user_version"));
  const application = Number(connection.pragma("application_id"));
  const tables = Number(connection.get<{ count: number }>("SELECT count(*) AS count FROM sqlite_schema")?.count);
  if (application !== APPLICATION_ID && (application !== 0 || tables > 0)) {
    throw new KnownError("store-foreign", `${file} is a database of another program: name another file with --db.`, { file });
  }
  if (version > SCHEMA_VERSION) {
    throw new KnownError(
      "store-newer",
      `${file} was made by a newer version of Entente (its format ${version}, known here up to ${SCHEMA_VERSION}): update Entente, or use another --db.`,
      { file, version },
    );
  }
  return version;
}
