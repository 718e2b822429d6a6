import { setImmediate } from 'node:timers/promises'
import type { MessageState } from '../../contract/message'
import type { Outcomes, StatsHistory } from '../../contract/stats'
import type { HistoryRange } from './message-store'
import { iso } from './rows'
import { prepare, type Database } from './schema'

/** Durations are taken from so many deliveries of a bucket at most, evenly: all of a million would take a second. */
const SAMPLE = 500

/** So many messages to this agent ended in this state. */
export interface EndedCount {
  readonly recipient: string
  readonly state: MessageState
  readonly count: number
}

/** A delivery's duration, which stands for so many. */
export interface Duration {
  readonly recipient: string
  readonly ms: number
  readonly weight: number
}

export interface Bucket {
  readonly start: number
  readonly counts: readonly EndedCount[]
  readonly durations: readonly Duration[]
}

/** See `MessageStore.history`. Each bucket is read by itself, and others have their turn between two. */
export async function readHistory(database: Database, range: HistoryRange): Promise<StatsHistory> {
  const read = bucketReader(database, range)
  const buckets: Bucket[] = []
  for (let start = range.since; start < range.until; start += range.bucketMs) {
    if (buckets.length > 0) await setImmediate()
    // The app may have ended meanwhile.
    if (!database.isOpen) break
    buckets.push(read(start, Math.min(start + range.bucketMs, range.until)))
  }
  return summarizeHistory(buckets)
}

function bucketReader(database: Database, { to }: HistoryRange): (start: number, end: number) => Bucket {
  const source = `FROM messages INDEXED BY messages_ended
    WHERE finished_at >= ? AND finished_at < ?${to === undefined ? '' : ' AND recipient = ?'}`
  const counting = prepare<EndedCount>(
    database,
    `SELECT recipient, state, count(*) AS count ${source} GROUP BY recipient, state`,
  )
  const measuring = prepare<Omit<Duration, 'weight'>>(
    database,
    `SELECT recipient, delivery_ms AS ms ${source} AND state = 'delivered' AND delivery_ms IS NOT NULL AND seq % ? = 0`,
  )
  return (start, end) => {
    const values = [start, end, ...(to === undefined ? [] : [to])]
    const counts = counting.all(...values)
    const delivered = counts.reduce((sum, { state, count }) => sum + (state === 'delivered' ? count : 0), 0)
    const weight = Math.max(1, Math.ceil(delivered / SAMPLE))
    const durations = delivered === 0 ? [] : measuring.all(...values, weight)
    return { start, counts, durations: durations.map((one) => ({ ...one, weight })) }
  }
}

/** Adds up what was read, by bucket and by agent. */
export function summarizeHistory(buckets: readonly Bucket[]): StatsHistory {
  const allCounts = buckets.flatMap((bucket) => bucket.counts)
  const allDurations = buckets.flatMap((bucket) => bucket.durations)
  const counts = byAgent(allCounts)
  const durations = byAgent(allDurations)
  return {
    buckets: buckets.map((bucket) => ({
      start: iso(bucket.start),
      ...outcomes(bucket.counts, bucket.durations),
    })),
    perAgent: Object.fromEntries(
      [...counts].map(([name, own]) => [name, outcomes(own, durations.get(name) ?? [])]),
    ),
    total: outcomes(allCounts, allDurations),
  }
}

function byAgent<One extends { readonly recipient: string }>(all: readonly One[]): Map<string, One[]> {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const group = groups.get(one.recipient)
    if (group) group.push(one)
    else groups.set(one.recipient, [one])
  }
  return groups
}

function outcomes(counts: readonly EndedCount[], durations: readonly Duration[]): Outcomes {
  const of = (state: MessageState) =>
    counts.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0)
  const sorted = durations.toSorted((a, b) => a.ms - b.ms)
  return {
    delivered: of('delivered'),
    failed: of('failed'),
    inDoubt: of('in-doubt'),
    cancelled: of('cancelled'),
    expired: of('expired'),
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
  }
}

/** Nearest rank among weighted values. */
function percentile(sorted: readonly Duration[], share: number): number | null {
  let left = sorted.reduce((sum, { weight }) => sum + weight, 0) * share
  for (const { ms, weight } of sorted) {
    left -= weight
    if (left <= 0) return ms
  }
  return sorted.at(-1)?.ms ?? null
}
