import { prepare, type Database } from './schema'

/** The messages accepted in a period: their numbers from `first`, up to but without `before`. */
export interface Numbers {
  readonly first: number
  readonly before: number
  /** What else must hold of a row: not all of these numbers are of the period where the clock was set back. */
  readonly condition: string
  readonly values: readonly number[]
}

const whole: Numbers = { first: 0, before: Number.MAX_SAFE_INTEGER, condition: '', values: [] }

/** Numbers over which times grow. */
interface Run {
  readonly from: number
  readonly to: number
}

/**
 * Both ends in ms since 1970, each left out where it is open. Times grow with numbers as long as nobody sets the clock
 * back, so halving finds an end; where somebody did (the table `set_back`), it does between two such times.
 */
export function numbersIn(database: Database, since: number | undefined, until: number | undefined): Numbers {
  if (since === undefined && until === undefined) return whole
  const runs = runsOf(database).flatMap((run): Run | [] => {
    const from = since === undefined ? run.from : firstSince(database, since, run)
    const to = until === undefined ? run.to : firstSince(database, until, run)
    return from < to ? { from, to } : []
  })
  const [first, last] = [runs.at(0)?.from ?? 0, runs.at(-1)?.to ?? 0]
  if (runs.length < 2) return { first, before: last, condition: '', values: [] }
  const values = [since ?? 0, until ?? Number.MAX_SAFE_INTEGER]
  return { first, before: last, condition: ' AND created_at >= ? AND created_at < ?', values }
}

function runsOf(database: Database): Run[] {
  const starts = prepare<{ seq: number }>(database, 'SELECT seq FROM set_back ORDER BY seq').all()
  const ends = [...starts.map(({ seq }) => seq), Number.MAX_SAFE_INTEGER]
  return ends.map((to, index) => ({ from: ends[index - 1] ?? 0, to }))
}

/** The number of the run's first message accepted then or later. */
function firstSince(database: Database, since: number, run: Run): number {
  const at = prepare<{ seq: number; created_at: number }>(
    database,
    'SELECT seq, created_at FROM messages WHERE seq >= ? ORDER BY seq LIMIT 1',
  )
  let [from, to] = [run.from, Math.min(run.to - 1, lastNumber(database))]
  while (from <= to) {
    const middle = Math.floor((from + to) / 2)
    const found = at.get(middle)
    if (!found || found.seq >= run.to || found.created_at >= since) to = middle - 1
    else from = found.seq + 1
  }
  return from
}

function lastNumber(database: Database): number {
  return prepare<{ last: number | null }>(database, 'SELECT max(seq) AS last FROM messages').get()?.last ?? 0
}
