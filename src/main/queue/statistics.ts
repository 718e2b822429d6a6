import type { MessageState } from '../../contract/message'
import type { Stats } from '../../contract/stats'
import { numbersIn } from './periods'
import { prepare, type Database } from './schema'

/** Durations are taken from so many deliveries at most: a million would hold up the app for a second. */
const SAMPLE = 10_000

interface Count {
  readonly recipient: string
  readonly state: MessageState
  readonly count: number
}

interface Duration {
  readonly wait_ms: number
  readonly delivery_ms: number
}

/** See `MessageStore.stats`; `since` in ms since the epoch. */
export function readStats(database: Database, since: number | undefined): Stats {
  const { first, condition, values } = numbersIn(database, since, undefined)
  // Answered from the index alone, without touching a row.
  const counts = prepare<Count>(
    database,
    `SELECT recipient, state, count(*) AS count FROM messages INDEXED BY messages_by_recipient
     WHERE seq >= ?${condition} GROUP BY recipient, state`,
  ).all(first, ...values)
  const durations = prepare<Duration>(
    database,
    `SELECT wait_ms, delivery_ms FROM messages INDEXED BY messages_by_state
     WHERE state = 'delivered' AND seq >= ? AND wait_ms IS NOT NULL${condition} ORDER BY seq DESC LIMIT ${SAMPLE}`,
  ).all(first, ...values)
  return summarize(counts, durations)
}

/** Adds up what was read; every state is named, so that a missing one cannot be taken for zero by accident. */
export function summarize(counts: readonly Count[], durations: readonly Duration[]): Stats {
  const states = noCounts()
  const perAgent = new Map<string, Record<MessageState, number>>()
  for (const { recipient, state, count } of counts) {
    const own = perAgent.get(recipient) ?? noCounts()
    own[state] += count
    states[state] += count
    perAgent.set(recipient, own)
  }
  return {
    states,
    perAgent: Object.fromEntries(perAgent),
    deliveryMs: percentiles(durations.map((one) => one.delivery_ms)),
    waitMs: percentiles(durations.map((one) => one.wait_ms)),
  }
}

function noCounts(): Record<MessageState, number> {
  return { queued: 0, delivering: 0, delivered: 0, failed: 0, 'in-doubt': 0, cancelled: 0, expired: 0 }
}

/** Nearest-rank percentiles; zeros when there is nothing to measure. */
function percentiles(values: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}
