import { DatabaseSync } from '@photostructure/sqlite'
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { systemClock } from '../src/main/clock'
import { openSqliteMessageStore } from '../src/main/queue/sqlite-message-store'
import { sampleMessage } from './sample'

const DAYS = 30
const DAY_MS = 86_400_000

export interface Past {
  /** All of them. */
  readonly count: number
  /** The last ones, that have not had their turn. */
  readonly waiting: number
}

/**
 * Writes a database with a month behind it, nearly all of it delivered, one in 10,000 failed. Past the store and without
 * a sync, or it would take minutes; what it holds is what the store would have written, full-text index included.
 */
export function writeMillion(path: string, { count, waiting }: Past): { seconds: number; megabytes: number } {
  const start = performance.now()
  openSqliteMessageStore({ path, clock: systemClock }).close()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; BEGIN')
  const insert = database.prepare(
    `INSERT INTO messages (seq, id, recipient, sender, priority, submit, state, rank, attempts, tries, created_at,
       finished_at, proof, wait_ms, delivery_ms, steps, text)
     VALUES (?, ?, ?, ?, 'normal', 1, ?, ?, 1, 1, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const begin = Date.now() - DAYS * DAY_MS
  for (let n = 1; n <= count; n++) {
    const { to, from, text } = sampleMessage(n)
    const created = begin + Math.floor((n / count) * DAYS * DAY_MS)
    const state = n > count - waiting ? 'queued' : n % 10_000 === 0 ? 'failed' : 'delivered'
    const ended = state === 'queued' ? [null, null, null, null, null] : endOf(n, created)
    insert.run(n, uuidOf(created), to, from, state, n, created, ...ended, text)
  }
  database.exec(`INSERT INTO messages_text (rowid, text) SELECT seq, text FROM messages;
    UPDATE indexed SET upto = ${count};
    INSERT INTO paused VALUES ('*');
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`)
  database.close()
  return {
    seconds: (performance.now() - start) / 1000,
    megabytes: statSync(path).size / 1e6,
  }
}

/** When it ended, its proof, its times and its steps. */
function endOf(n: number, created: number): (string | number | null)[] {
  const ms = 60 + ((n * 7919) % 90)
  const steps = [
    { step: 'turn', ms: 2 },
    { step: 'window', ms: 4 },
    { step: 'focus', ms: 9 },
    { step: 'paste', ms: ms / 2 },
    { step: 'read-back', ms: ms / 4 },
    { step: 'submit', ms: 5 },
  ]
  return [created + ms, 'read-back', 20 + (n % 900), ms, JSON.stringify(steps)]
}

/** Like the store's own, so that the order of ids is that of time. */
function uuidOf(created: number): string {
  const time = created.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
