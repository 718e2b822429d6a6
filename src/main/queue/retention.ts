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
const AT_ONCE = 100
const PAUSE_MS = 50
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
      if (forgetSome(path, before)) return again(PAUSE_MS, () => clear(before))
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

/** By a connection of its own: everything here is done by one thread, so nobody waits for it. False when all is done. */
function forgetSome(path: string, before: number): boolean {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    const gone = forget(database, before)
    const free = prepare<{ pages: number }>(
      database,
      'SELECT freelist_count AS pages FROM pragma_freelist_count',
    )
    const pages = free.get()?.pages ?? 0
    // All rows, or only the first of so many pages is given back.
    if (pages > 0) prepare(database, `PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`).all()
    return gone === AT_ONCE || (free.get()?.pages ?? 0) < pages
  } finally {
    database.close()
  }
}

function forget(database: Database, before: number): number {
  const gone = prepare<object>(
    database,
    `DELETE FROM messages WHERE seq IN (
       SELECT seq FROM messages WHERE finished_at < ? AND state IN ('delivered', 'failed', 'cancelled', 'expired')
       LIMIT ${AT_ONCE}) RETURNING 1`,
  ).all(before).length
  // The words of the removed texts go from the index, too, a little each time.
  if (gone > 0) database.exec(`INSERT INTO messages_text (messages_text, rank) VALUES ('merge', 64)`)
  return gone
}
