import { DatabaseSync } from '@photostructure/sqlite'
import { chmodSync, closeSync, openSync } from 'node:fs'

export type Database = InstanceType<typeof DatabaseSync>

/** A prepared statement whose rows are known: the one place where SQLite's untyped rows get their type. */
export interface Statement<Row> {
  get(...values: unknown[]): Row | undefined
  all(...values: unknown[]): Row[]
  /** Row by row; whoever stops early leaves nothing open. */
  iterate(...values: unknown[]): Iterable<Row>
  run(...values: unknown[]): unknown
}

export function prepare<Row>(database: Database, sql: string): Statement<Row> {
  return database.prepare(sql)
}

/** "WGGL": tells our file from any other SQLite database. */
const APPLICATION_ID = 0x5747474c

/**
 * Each entry brings the schema from its index to the next version; entries are never changed once released.
 *
 * `text` is the last column, so that scans over the others never follow a long text's overflow pages. `rank` is the
 * place in line, taken from the same counter as `seq`. Lists ask for each state by itself and merge, hence `state`
 * before `seq` in the indices. The sender's one also answers for sender and recipient together without a look at the
 * rows. Each index more costs every acknowledgement.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE messages (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     recipient TEXT NOT NULL,
     sender TEXT NOT NULL,
     priority TEXT NOT NULL,
     submit INTEGER NOT NULL,
     key TEXT,
     state TEXT NOT NULL,
     submitting INTEGER NOT NULL DEFAULT 0,
     rank INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     tries INTEGER NOT NULL DEFAULT 0,
     created_at INTEGER NOT NULL,
     expires_at INTEGER,
     finished_at INTEGER,
     proof TEXT,
     failure_code TEXT,
     failure_message TEXT,
     wait_ms REAL,
     delivery_ms REAL,
     steps TEXT,
     text TEXT NOT NULL
   ) STRICT;
   CREATE INDEX messages_by_state ON messages (state, seq);
   CREATE INDEX messages_by_recipient ON messages (recipient, state, seq);
   CREATE INDEX messages_by_sender ON messages (sender, state, seq, recipient);
   CREATE INDEX messages_by_key ON messages (sender, recipient, key, created_at) WHERE key IS NOT NULL;
   CREATE INDEX messages_waiting ON messages (rank) WHERE state = 'queued';
   CREATE INDEX messages_expiring ON messages (expires_at) WHERE state = 'queued' AND expires_at IS NOT NULL;

   CREATE TABLE attempts (
     number INTEGER PRIMARY KEY,
     message INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     outcome TEXT NOT NULL,
     failure_code TEXT,
     failure_message TEXT,
     wait_ms REAL,
     delivery_ms REAL,
     steps TEXT
   ) STRICT;
   CREATE INDEX attempts_by_message ON attempts (message);

   CREATE TABLE paused (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

   CREATE VIRTUAL TABLE messages_text USING fts5 (
     text, content = 'messages', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', columnsize = 0
   );
   CREATE TABLE indexed (upto INTEGER NOT NULL) STRICT;
   INSERT INTO indexed VALUES (0);
   CREATE TRIGGER messages_text_delete AFTER DELETE ON messages WHEN old.seq <= (SELECT upto FROM indexed) BEGIN
     INSERT INTO messages_text (messages_text, rowid, text) VALUES ('delete', old.seq, old.text);
   END;`,
  // How messages ended over time is counted from this index alone, without touching a row.
  `CREATE INDEX messages_ended ON messages (finished_at, recipient, state, delivery_ms) WHERE finished_at IS NOT NULL;`,
  // A key is its sender's, whoever the messages sent with it are for.
  `DROP INDEX messages_by_key;
   CREATE INDEX messages_by_key ON messages (sender, key, created_at) WHERE key IS NOT NULL;`,
  // Columns added later stand behind the text: read only where whole rows are.
  `ALTER TABLE messages ADD COLUMN failure_left INTEGER;
   ALTER TABLE messages ADD COLUMN note TEXT;
   ALTER TABLE attempts ADD COLUMN failure_left INTEGER;
   CREATE TABLE pastes (
     agent TEXT PRIMARY KEY,
     message TEXT NOT NULL,
     draft TEXT NOT NULL,
     at INTEGER NOT NULL,
     text TEXT NOT NULL
   ) STRICT;
   CREATE INDEX pastes_by_message ON pastes (message);`,
  `ALTER TABLE attempts ADD COLUMN output TEXT;
   ALTER TABLE pastes ADD COLUMN way TEXT;`,
  `ALTER TABLE messages ADD COLUMN reply_to TEXT;
   ALTER TABLE messages ADD COLUMN thread TEXT;
   ALTER TABLE messages ADD COLUMN sent_text TEXT;
   CREATE INDEX messages_by_reply ON messages (reply_to, seq) WHERE reply_to IS NOT NULL;
   CREATE INDEX messages_by_thread ON messages (thread, seq) WHERE thread IS NOT NULL;`,
  `ALTER TABLE messages ADD COLUMN together TEXT;
   CREATE INDEX messages_by_together ON messages (together, seq) WHERE together IS NOT NULL;`,
  // The messages before which the clock was set back: between two of them times grow with numbers.
  `CREATE TABLE set_back (seq INTEGER PRIMARY KEY) STRICT;
   INSERT INTO set_back SELECT seq FROM (
     SELECT seq, created_at, lag(created_at) OVER (ORDER BY seq) AS before FROM messages
   ) WHERE created_at < before;`,
]

/**
 * Opens the database at `path`, only its owner may read it, and brings it to the present schema. Throws a sentence for
 * the user when the file is no database, not ours, or from a newer Waggle; such a file is left as it is.
 */
export function openDatabase(path: string): Database {
  if (path !== ':memory:') createFile(path)
  const database = new DatabaseSync(path, { timeout: 1000 })
  try {
    requireOurs(database, path)
    // Only a file without tables takes it: freed space can then be given back in small steps.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL')
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite would create it readable by all; its -wal and -shm files take over this file's mode. */
function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
  } catch (error) {
    throw new Error(
      `Tried to open the messages in ${path}: ${reason(error)}. Check the folder and its rights.`,
      {
        cause: error,
      },
    )
  }
}

function requireOurs(database: Database, path: string): void {
  let version: number
  let application: number
  let tables: number
  try {
    version = pragma(database, 'user_version')
    application = pragma(database, 'application_id')
    tables = firstNumber(database, 'SELECT count(*) FROM sqlite_schema')
  } catch (error) {
    throw new Error(
      `Tried to open the messages in ${path}: ${reason(error)}. ` +
        'Waggle has not touched it; move it away, and Waggle begins a new one.',
      { cause: error },
    )
  }
  if (tables > 0 && application !== APPLICATION_ID) {
    throw new Error(
      `Tried to open the messages in ${path}: it is a database of another program. Move it away, and Waggle begins a new one.`,
    )
  }
  if (version > migrations.length) {
    throw new Error(
      `Tried to open the messages in ${path}: a newer Waggle wrote it (version ${version}, this one knows ` +
        `${migrations.length}). Start that Waggle, or move the file away to begin a new one.`,
    )
  }
}

function migrate(database: Database): void {
  for (let version = pragma(database, 'user_version'); version < migrations.length; version++) {
    database.exec(
      `BEGIN IMMEDIATE; ${migrations[version]} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}; COMMIT;`,
    )
  }
}

function pragma(database: Database, name: string): number {
  return firstNumber(database, `PRAGMA ${name}`)
}

function firstNumber(database: Database, sql: string): number {
  return Number(Object.values(prepare<object>(database, sql).get() ?? {})[0])
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Runs it all or not at all. */
export function transact<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A failed commit may have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK')
    writeOver(database)
    throw error
  }
}

/**
 * A commit that failed when it was to be made safe stands in the log all the same, and a crash would bring it back: what is
 * written next takes its place. Where the disk takes nothing at all there is nothing to be done.
 */
function writeOver(database: Database): void {
  try {
    database.exec(`PRAGMA user_version = ${pragma(database, 'user_version')}`)
  } catch {
    // The caller is told of the first failure.
  }
}
