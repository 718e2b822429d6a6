import { createHash } from 'node:crypto'
import { OperationError, type Failure } from '../../contract/failure'
import type { Message } from '../../contract/message'
import type { HeldMessages } from '../../contract/operations'
import type { Clock } from '../clock'

interface GuardsDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** Read at each message; 0 switches a guard off, and without them nothing is ever held. */
  readonly limits: (() => { readonly perMinute: number; readonly answers: number }) | undefined
  /** Scripts and people have only the limit of the queue. */
  isAgent(name: string): boolean
}

type Passing = Pick<Message, 'id' | 'to' | 'from' | 'text' | 'thread' | 'replyTo'>

const MINUTE_MS = 60_000
/** Models take their time: what runs in a circle is seen by how many there are in this. */
const CIRCLE_MS = 600_000
/** Of one sender so many are held at most: a loop that nobody stops is not to fill the disk. */
const MOST_HELD = 100

interface Hold {
  readonly from: string
  readonly to: string | undefined
  /** ISO 8601. */
  readonly since: string
  readonly failure: Failure
  readonly ids: Set<string>
}

/** Holds what comes faster than anyone can mean it, until a person lets it go: nothing of it is lost. */
export class Guards {
  readonly #deps: GuardsDeps
  readonly #sent = new Pace(MINUTE_MS)
  readonly #answered = new Pace(CIRCLE_MS)
  readonly #texts = new Map<string, { readonly id: string; readonly at: number }>()
  /** By the sender, or by the exchange that runs in a circle. */
  readonly #holds = new Map<string, Hold>()

  constructor(deps: GuardsDeps) {
    this.#deps = deps
  }

  /** Throws `OperationError` refused for one whose messages are held, once there are very many. */
  requireCalm(batch: readonly Pick<Message, 'from'>[]): void {
    const [first] = batch
    const held = [...this.#holds.values()].filter(({ from }) => from === first?.from)
    const count = held.reduce((sum, { ids }) => sum + ids.size, 0)
    if (!first || count < MOST_HELD) return
    throw new OperationError(
      'refused',
      `${count} messages of ${first.from} are held already: ${held[0]?.failure.message ?? ''} This one was not queued.`,
      { retryAfterMs: MINUTE_MS },
    )
  }

  /** Lets the message pass, or holds it. */
  isHeld(message: Passing): boolean {
    const { perMinute, answers } = this.#deps.limits?.() ?? { perMinute: 0, answers: 0 }
    const { id, from, to, thread, replyTo } = message
    const now = this.#deps.clock.monotonic()
    const exchange = replyTo === undefined ? undefined : (thread ?? replyTo)
    if (exchange !== undefined && this.#answered.isOver(exchange, now, answers)) {
      this.#hold(exchange, id, { from, to, failure: circle(from, to, answers) })
      return true
    }
    if (!this.#deps.isAgent(from) || !this.#sent.isOver(from, now, perMinute)) return false
    this.#hold(from, id, { from, to: undefined, failure: flood(from, perMinute) })
    return true
  }

  /** The message with the same text that the same sender sent to the same agent within the last minute. */
  repeated({ id, from, to, text }: Passing): string | undefined {
    const now = this.#deps.clock.monotonic()
    const key = JSON.stringify([from, to, createHash('sha1').update(text).digest('base64')])
    const before = this.#texts.get(key)
    this.#texts.delete(key)
    this.#texts.set(key, { id, at: now })
    for (const [other, { at }] of this.#texts) {
      // In the order of their times.
      if (now - at < MINUTE_MS && this.#texts.size <= MOST_TEXTS) break
      this.#texts.delete(other)
    }
    return before && now - before.at < MINUTE_MS ? before.id : undefined
  }

  /** Why this message is held. */
  reason(id: string): Failure | undefined {
    return [...this.#holds.values()].find(({ ids }) => ids.has(id))?.failure
  }

  /** It waits no more. */
  forget(id: string): void {
    for (const [key, { ids }] of this.#holds) {
      if (ids.delete(id) && ids.size === 0) this.#holds.delete(key)
    }
  }

  /** What was held of, or to, this name, or of all, in the order in which it came. */
  release(name?: string): string[] {
    const found = [...this.#holds].filter(
      ([, { from, to }]) => name === undefined || name === from || name === to,
    )
    for (const [key] of found) {
      this.#holds.delete(key)
      this.#sent.forget(key)
      this.#answered.forget(key)
    }
    return found.flatMap(([, { ids }]) => [...ids]).toSorted((a, b) => (a < b ? -1 : 1))
  }

  held(): HeldMessages[] {
    return [...this.#holds.values()].map(({ from, to, since, failure, ids }) => ({
      from,
      ...(to !== undefined && { to }),
      since,
      count: ids.size,
      failure,
    }))
  }

  #hold(key: string, id: string, why: Pick<Hold, 'from' | 'to' | 'failure'>): void {
    const since = new Date(this.#deps.clock.now()).toISOString()
    const hold = this.#holds.get(key) ?? { ...why, since, ids: new Set<string>() }
    hold.ids.add(id)
    this.#holds.set(key, hold)
  }
}

/** So many texts are remembered at most. */
const MOST_TEXTS = 10_000

/** How many there were of each name within a while. */
class Pace {
  readonly #windowMs: number
  readonly #times = new Map<string, number[]>()
  #sweptAt = 0

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Counts one more; true when these are more than `limit` within that time. */
  isOver(name: string, now: number, limit: number): boolean {
    this.#sweep(now)
    if (limit === 0) return false
    const times = this.#times.get(name) ?? []
    this.#times.set(name, times)
    while (times[0] !== undefined && now - times[0] >= this.#windowMs) times.shift()
    // What is held counts, too: who goes on and on stays held.
    times.push(now)
    if (times.length > limit + 1) times.shift()
    return times.length > limit
  }

  forget(name: string): void {
    this.#times.delete(name)
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < this.#windowMs) return
    this.#sweptAt = now
    for (const [name, times] of this.#times)
      if (now - (times.at(-1) ?? 0) >= this.#windowMs) this.#times.delete(name)
  }
}

function flood(from: string, limit: number): Failure {
  const message = `${from} sends more than ${limit} messages a minute, so they are held. If it means to, let them go: waggle resume ${from}. Else cancel them.`
  return { code: 'held', message }
}

function circle(from: string, to: string, limit: number): Failure {
  const message = `${from} and ${to} have answered each other more than ${limit} times within ten minutes, so what follows in this exchange is held. If they mean to, let it go: waggle resume ${from}. Else cancel it.`
  return { code: 'held', message }
}
