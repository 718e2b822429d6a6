import { DatabaseSync } from '@photostructure/sqlite'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { prepare, type Database } from './schema'

interface RetentionDeps {
  readonly path: string
  readonly clock: Clock
  readonly log: Log
  /** After how many days what has ended goes; 0: never. Asked each time. */
  keepDays(): number
}

const DAY_MS = 86_400_000
const LOOK_MS = 3_600_000
/** So many at once take a few ms; others have their turn in between. */
const AT_ONCE = 10
const PAUSE_MS = 50
/** Pages of the index that are written anew at once, without the words of what has gone. */
const MERGED_AT_ONCE = 64
/** Freed pages given back to the disk at once. */
const PAGES_AT_ONCE = 500
/** A wall clock that moved by so much more or less than time did was set, and is believed an hour later at the soonest. */
const JUMP_MS = 600_000

/**
 * Lets what has ended leave the history after so many days, in small steps, and gives its space back to the disk. What
 * waits, is under way or in doubt stays however old it is. The first look is an hour after the start. Returns the way
 * to stop.
 */
export function startRetention({ path, clock, log, keepDays }: RetentionDeps): () => void {
  let stop: () => void
  const index: IndexState = { forgotten: 0, isMerging: false }
  let seen = { wall: clock.now(), monotonic: clock.monotonic() }

  const isClockSteady = () => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() }
    const jump = Math.abs(now.wall - seen.wall - (now.monotonic - seen.monotonic))
    seen = now
    return jump < JUMP_MS
  }
  const look = () => {
    if (!isClockSteady() || keepDays() === 0) return again(LOOK_MS, look)
    clear(clock.now() - keepDays() * DAY_MS)
  }
  /** One step, and the next soon after, until nothing is left. */
  const clear = (before: number) => {
    try {
      if (clearSome(path, before, index)) return again(PAUSE_MS, () => clear(before))
    } catch (error) {
      log.warn(`The history could not be cleared of what is old: ${String(error)}. Trying again in an hour.`)
    }
    again(LOOK_MS, look)
  }
  const again = (ms: number, what: () => void) => {
    stop = clock.setTimer(ms, what)
  }
  again(LOOK_MS, look)
  return () => stop()
}

interface IndexState {
  /** Messages that went since the index was last freed of their words. */
  forgotten: number
  isMerging: boolean
}

/** By a connection of its own: everything here is done by one thread, so nobody waits for it. False when all is done. */
function clearSome(path: string, before: number, index: IndexState): boolean {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    const isTidying = tidyIndex(database, index)
    const gone = isTidying ? 0 : forget(database, before)
    index.forgotten += gone
    return giveSpaceBack(database) || isTidying || gone > 0
  } finally {
    database.close()
  }
}

function forget(database: Database, before: number): number {
  return prepare<object>(
    database,
    `DELETE FROM messages WHERE seq IN (
       SELECT seq FROM messages WHERE finished_at < ? AND state IN ('delivered', 'failed', 'cancelled', 'expired')
       LIMIT ${AT_ONCE}) RETURNING 1`,
  ).all(before).length
}

/**
 * The index notes what has gone and drops its words only when its parts are merged; all of them are, a little each time,
 * whenever a tenth of all messages has gone: dropping much more than that would take too long at one stroke. True while
 * there is more of it to do.
 */
function tidyIndex(database: Database, index: IndexState): boolean {
  const number = (sql: string) => prepare<{ value: number | null }>(database, sql).get()?.value ?? 0
  const messages = number('SELECT max(seq) - min(seq) AS value FROM messages')
  if (index.forgotten === 0 || (!index.isMerging && index.forgotten * 10 < messages)) return false
  const before = number('SELECT total_changes() AS value')
  // A negative number begins with all parts; from then on the merge under way goes on.
  const pages = index.isMerging ? MERGED_AT_ONCE : -MERGED_AT_ONCE
  database.exec(`INSERT INTO messages_text (messages_text, rank) VALUES ('merge', ${pages})`)
  // SQLite's documentation: fewer than two changes mean that nothing was left to merge.
  index.isMerging = number('SELECT total_changes() AS value') - before >= 2
  if (!index.isMerging) index.forgotten = 0
  return index.isMerging
}

/** True while there is more of it to do. */
function giveSpaceBack(database: Database): boolean {
  const free = prepare<{ freelist_count: number }>(database, 'PRAGMA freelist_count')
  const before = free.get()?.freelist_count ?? 0
  // All rows, or only the first of so many pages is given back.
  if (before > 0) prepare(database, `PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`).all()
  const after = free.get()?.freelist_count ?? 0
  return after > 0 && after < before
}
