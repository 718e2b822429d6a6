import type { Waiting } from './message-store'
import type { AttemptRow, MessageRow } from './rows'
import { prepare, type Database } from './schema'

/** Every statement of the message store that is used again and again, prepared once. */
export type Statements = ReturnType<typeof createStatements>

export function createStatements(database: Database) {
  return {
    ...reading(database),
    ...changing(database),
    ...timing(database),
    ...renaming(database),
    ...attempting(database),
    ...pausing(database),
    ...pasting(database),
  }
}

function reading(database: Database) {
  return {
    byId: prepare<MessageRow>(database, 'SELECT * FROM messages WHERE id = ?'),
    byKey: prepare<MessageRow>(
      database,
      'SELECT * FROM messages WHERE sender = ? AND key = ? AND created_at > ? ORDER BY seq',
    ),
    attempts: prepare<AttemptRow>(database, 'SELECT * FROM attempts WHERE message = ? ORDER BY number'),
    waiting: prepare<Waiting>(
      database,
      `SELECT id, recipient AS "to", sender AS "from", priority FROM messages WHERE state = 'queued' ORDER BY rank`,
    ),
    delivering: prepare<MessageRow>(
      database,
      `SELECT * FROM messages WHERE state = 'delivering' ORDER BY seq`,
    ),
    nextExpiry: prepare<{ at: number | null }>(
      database,
      `SELECT min(expires_at) AS at FROM messages WHERE state = 'queued' AND expires_at IS NOT NULL`,
    ),
    lastNumber: prepare<{ last: number }>(
      database,
      `SELECT max(ifnull((SELECT max(seq) FROM messages), 0),
                  ifnull((SELECT max(rank) FROM messages WHERE state = 'queued'), 0),
                  ifnull((SELECT max(rank) FROM messages WHERE state = 'delivering'), 0)) AS last`,
    ),
  }
}

function changing(database: Database) {
  return {
    savepoint: prepare<never>(database, 'SAVEPOINT batch'),
    release: prepare<never>(database, 'RELEASE batch'),
    insert: prepare<never>(
      database,
      `INSERT INTO messages (seq, id, recipient, sender, priority, submit, key, state, rank, created_at, expires_at, text, reply_to, thread, together, sent_text)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    prioritize: prepare<MessageRow>(database, 'UPDATE messages SET priority = ? WHERE seq = ? RETURNING *'),
    begin: prepare<MessageRow>(
      database,
      `UPDATE messages SET state = 'delivering', attempts = attempts + 1, tries = tries + 1,
         failure_code = NULL, failure_message = NULL, failure_left = NULL
       WHERE seq = ? RETURNING *`,
    ),
    markSubmitting: prepare<never>(database, 'UPDATE messages SET submitting = 1 WHERE seq = ?'),
    end: prepare<MessageRow>(
      database,
      `UPDATE messages SET state = :state, submitting = 0, finished_at = :now, proof = :proof, note = :note,
         failure_code = :failure_code, failure_message = :failure_message, failure_left = :failure_left,
         wait_ms = :wait_ms, delivery_ms = :delivery_ms, steps = :steps
       WHERE seq = :seq RETURNING *`,
    ),
    putBack: prepare<MessageRow>(
      database,
      `UPDATE messages SET state = 'queued', submitting = 0, attempts = attempts - 1, tries = tries - 1
       WHERE seq = ? RETURNING *`,
    ),
    settle: prepare<MessageRow>(
      database,
      `UPDATE messages SET state = :state, finished_at = :now,
         failure_code = iif(:state = 'failed', failure_code, NULL),
         failure_message = iif(:state = 'failed', failure_message, NULL),
         failure_left = iif(:state = 'failed', failure_left, NULL)
       WHERE seq = :seq RETURNING *`,
    ),
    retry: prepare<MessageRow>(
      database,
      `UPDATE messages SET state = 'queued', rank = ?, tries = 0, finished_at = NULL, proof = NULL,
         failure_code = NULL, failure_message = NULL, failure_left = NULL, expires_at = iif(expires_at <= ?, NULL, expires_at)
       WHERE seq = ? RETURNING *`,
    ),
    expire: prepare<MessageRow>(
      database,
      `UPDATE messages SET state = 'expired', finished_at = ?, failure_code = NULL, failure_message = NULL, failure_left = NULL
       WHERE state = 'queued' AND expires_at <= ? RETURNING *`,
    ),
  }
}

function timing(database: Database) {
  return {
    lastCreated: prepare<{ at: number }>(
      database,
      'SELECT created_at AS at FROM messages ORDER BY seq DESC LIMIT 1',
    ),
    noteSetBack: prepare<never>(
      database,
      `INSERT INTO set_back SELECT ?1 WHERE ?2 < (SELECT created_at FROM messages WHERE seq < ?1 ORDER BY seq DESC LIMIT 1)`,
    ),
  }
}

function renaming(database: Database) {
  return {
    renameOpen: prepare<MessageRow>(
      database,
      `UPDATE messages SET recipient = ? WHERE recipient = ? AND state IN ('queued', 'delivering', 'in-doubt') RETURNING *`,
    ),
    renameEnded: prepare<never>(
      database,
      `UPDATE messages SET recipient = ? WHERE recipient = ? AND state IN ('failed', 'cancelled', 'expired')`,
    ),
  }
}

function attempting(database: Database) {
  return {
    openAttempt: prepare<never>(
      database,
      `INSERT INTO attempts (message, started_at, outcome) VALUES (?, ?, 'running')`,
    ),
    closeAttempt: prepare<never>(
      database,
      `UPDATE attempts SET ended_at = :now, outcome = :outcome, failure_code = :failure_code,
         failure_message = :failure_message, failure_left = :failure_left, wait_ms = :wait_ms, delivery_ms = :delivery_ms, steps = :steps,
         output = :output
       WHERE message = :seq AND outcome = 'running'`,
    ),
    forgetAttempt: prepare<never>(database, `DELETE FROM attempts WHERE message = ? AND outcome = 'running'`),
  }
}

function pausing(database: Database) {
  return {
    paused: prepare<{ name: string }>(database, 'SELECT name FROM paused'),
    pause: prepare<never>(database, 'INSERT OR IGNORE INTO paused (name) VALUES (?)'),
    resume: prepare<never>(database, 'DELETE FROM paused WHERE name = ?'),
  }
}

function pasting(database: Database) {
  return {
    erasePasteOf: prepare<never>(database, 'DELETE FROM pastes WHERE message = ?'),
    renamePaste: prepare<never>(database, 'UPDATE OR REPLACE pastes SET agent = ? WHERE agent = ?'),
  }
}
