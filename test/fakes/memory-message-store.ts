import {
  isFinal,
  type Attempt,
  type Message,
  type MessageDetail,
  type Priority,
  type Timings,
} from '../../src/contract/message'
import type { Stats, StatsHistory } from '../../src/contract/stats'
import type { Clock } from '../../src/main/clock'
import {
  KEY_LIFETIME_MS,
  type Begun,
  type HistoryRange,
  type Inserted,
  type MessageFilter,
  type MessagePage,
  type MessageStore,
  type NewMessage,
  type Outcome,
  type Waiting,
} from '../../src/main/queue/message-store'
import { given } from '../../src/main/given'
import { brokenOff } from '../../src/main/queue/recovery'
import { summarize } from '../../src/main/queue/statistics'
import { MemoryPastes } from './memory-pastes'
import { newlyQueued } from '../../src/main/queue/rows'
import { historyOf, listMemory, memoryExchanges } from './memory-reading'
import { notFound, requireState, shuttingDown, type Change } from '../../src/main/queue/store-errors'

interface Kept {
  readonly number: number
  readonly message: Message
  readonly attempts: readonly Attempt[]
  readonly tries: number
  readonly rank: number
  readonly submitting: boolean
}

/** A message store in memory, kept to the same contract suite as the real one; nothing in it is quick or durable. */
export class MemoryMessageStore implements MessageStore {
  readonly pastes: MemoryPastes
  readonly exchanges = memoryExchanges(() => this.#messages())
  readonly #clock: Pick<Clock, 'now'>
  readonly #newId: () => string
  readonly #kept = new Map<string, Kept>()
  readonly #paused = new Set<string>()
  #last = 0
  #closed = false
  constructor({ clock, newId = countingIds() }: { clock: Pick<Clock, 'now'>; newId?: () => string }) {
    this.#clock = clock
    this.pastes = new MemoryPastes(clock)
    this.#newId = newId
  }

  async insert(batch: readonly NewMessage[]): Promise<readonly Inserted[]> {
    if (this.#closed) throw shuttingDown()
    const before = new Map(this.#kept)
    try {
      const known = this.#known(batch)
      return known.length > 0 ? known : this.#insertAll(batch)
    } catch (error) {
      this.#kept.clear()
      for (const [id, kept] of before) this.#kept.set(id, kept)
      throw error
    }
  }

  get(id: string): MessageDetail | undefined {
    const kept = this.#kept.get(id)
    return kept && { ...kept.message, attempts: [...kept.attempts] }
  }

  list(filter: MessageFilter): MessagePage {
    return listMemory([...this.#kept.values()], filter)
  }

  pick(ids: readonly string[]): Message[] {
    return ids.flatMap((id) => this.#kept.get(id)?.message ?? [])
  }

  sentBefore(from: string, key: string): Message[] {
    const since = this.#clock.now() - KEY_LIFETIME_MS
    return this.#messages().filter(
      (one) => one.from === from && one.key === key && Date.parse(one.createdAt) > since,
    )
  }

  waiting(): Waiting[] {
    return this.#inState('queued')
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ message: { id, to, from, priority } }) => ({ id, to, from, priority }))
  }

  begin(id: string): Begun {
    const { message, attempts, tries } = this.#require(id, 'begin')
    const { failure: _, ...rest } = message
    const begun = this.#put(id, {
      message: { ...rest, state: 'delivering', attempts: message.attempts + 1 },
      attempts: [...attempts, { start: this.#nowIso(), outcome: 'running' }],
      tries: tries + 1,
    })
    return { message: begun, tries: tries + 1 }
  }

  markSubmitting(id: string): void {
    this.#require(id, 'markSubmitting')
    this.#put(id, { submitting: true })
  }

  finish(id: string, outcome: Outcome, timings: Timings): Message {
    return this.#end(this.#require(id, 'finish'), outcome, timings)
  }

  handOut(ids: readonly string[]): Message[] {
    return ids.map((id) => {
      const { message } = this.begin(id)
      this.markSubmitting(id)
      return message
    })
  }

  settle(ids: readonly string[], outcome: Outcome): Message[] {
    return ids.map((id) => {
      const kept = this.#require(id, 'finish')
      const waitMs = Math.max(0, this.#clock.now() - Date.parse(kept.message.createdAt))
      return this.#end(kept, outcome, { waitMs, deliveryMs: 0, steps: [] })
    })
  }

  putBack(id: string): Message {
    const { message, attempts, tries } = this.#require(id, 'putBack')
    return this.#put(id, {
      message: { ...message, state: 'queued', attempts: message.attempts - 1 },
      attempts: attempts.slice(0, -1),
      tries: tries - 1,
      submitting: false,
    })
  }

  cancel(id: string): Message {
    const { message } = this.#require(id, 'cancel')
    this.pastes.eraseOf(id)
    const { failure: _, ...rest } = message
    return this.#put(id, { message: { ...rest, state: 'cancelled', finishedAt: this.#nowIso() } })
  }

  retry(id: string): Message {
    const { failure: _, finishedAt: __, expiresAt, ...rest } = this.#require(id, 'retry').message
    this.#last += 1
    this.pastes.eraseOf(id)
    const passed = expiresAt !== undefined && Date.parse(expiresAt) <= this.#clock.now()
    return this.#put(id, {
      message: {
        ...rest,
        state: 'queued',
        proof: null,
        ...(expiresAt !== undefined && !passed && { expiresAt }),
      },
      rank: this.#last,
      tries: 0,
    })
  }

  prioritize(id: string, priority: Priority): Message {
    return this.#put(id, { message: { ...this.#require(id, 'prioritize').message, priority } })
  }

  resolve(id: string, as: 'delivered' | 'failed'): Message {
    const { failure, ...rest } = this.#require(id, 'resolve').message
    this.pastes.eraseOf(id)
    const kept = as === 'failed' && failure ? { failure } : {}
    return this.#put(id, { message: { ...rest, ...kept, state: as, finishedAt: this.#nowIso() } })
  }

  renameRecipient(agent: string, to: string): Message[] {
    const moved = [...this.#kept.values()].filter(
      ({ message }) => message.to === agent && message.state !== 'delivered',
    )
    this.pastes.rename(agent, to)
    const renamed = moved.map(({ message }) => this.#put(message.id, { message: { ...message, to } }))
    return renamed.filter(({ state }) => state === 'queued' || state === 'delivering' || state === 'in-doubt')
  }

  expire(): Message[] {
    const due = this.#inState('queued').filter(
      ({ message: { expiresAt } }) => expiresAt !== undefined && Date.parse(expiresAt) <= this.#clock.now(),
    )
    return due.map(({ message }) => {
      const { failure: _, ...rest } = message
      return this.#put(rest.id, { message: { ...rest, state: 'expired', finishedAt: this.#nowIso() } })
    })
  }

  nextExpiry(): string | undefined {
    return this.#inState('queued')
      .flatMap(({ message: { expiresAt } }) => expiresAt ?? [])
      .toSorted()
      .at(0)
  }

  recover(): Message[] {
    return this.#inState('delivering').map((kept) => this.#end(kept, brokenOff(kept.submitting), undefined))
  }

  paused(): ReadonlySet<string> {
    return new Set(this.#paused)
  }

  setPaused(name: string, paused: boolean): void {
    if (paused) this.#paused.add(name)
    else this.#paused.delete(name)
  }

  stats(since?: string): Stats {
    const counted = this.#messages().filter((one) => since === undefined || one.createdAt >= since)
    return summarize(
      counted.map(({ to, state }) => ({ recipient: to, state, count: 1 })),
      counted.flatMap(({ state, timings }) =>
        state === 'delivered' && timings ? { wait_ms: timings.waitMs, delivery_ms: timings.deliveryMs } : [],
      ),
    )
  }

  async history(range: HistoryRange): Promise<StatsHistory> {
    return historyOf(this.#messages(), range)
  }

  close(): void {
    this.#closed = true
  }

  /** What the batch's key stands for already. */
  #known([first]: readonly NewMessage[]): Inserted[] {
    if (first?.key === undefined) return []
    return this.sentBefore(first.from, first.key).map((message) => ({ message, isNew: false }))
  }

  #insertAll(batch: readonly NewMessage[]): Inserted[] {
    return newlyQueued(batch, this.#newId, this.#clock.now()).map((message) => {
      const { id } = message
      if (this.#kept.has(id)) throw new Error(`there is a message ${id} already`)
      const last = (this.#last += 1)
      this.#kept.set(id, { message, attempts: [], submitting: false, number: last, rank: last, tries: 0 })
      return { message, isNew: true }
    })
  }

  #end({ message, attempts }: Kept, outcome: Outcome, timings: Timings | undefined): Message {
    const { failure: _, timings: __, finishedAt: ___, ...rest } = message
    const failure = outcome.state === 'delivered' ? undefined : outcome.failure
    if (outcome.state === 'delivered') this.pastes.eraseOf(message.id)
    const last = attempts.at(-1)
    const ended: Attempt = {
      start: last?.start ?? this.#nowIso(),
      end: this.#nowIso(),
      outcome: outcome.state === 'queued' || outcome.state === 'failed' ? outcome.failure : outcome.state,
      ...given({ timings, output: outcome.output }),
    }
    return this.#put(message.id, {
      message: {
        ...rest,
        state: outcome.state,
        proof: outcome.state === 'delivered' ? outcome.proof : null,
        ...(outcome.state === 'delivered' && outcome.note !== undefined && { note: outcome.note }),
        ...(isFinal(outcome.state) && { finishedAt: this.#nowIso() }),
        ...given({ failure, timings }),
      },
      attempts: [...attempts.slice(0, -1), ended],
      submitting: false,
    })
  }

  #put(id: string, change: Partial<Kept>): Message {
    const kept = { ...this.#kept.get(id), ...change } as Kept
    this.#kept.set(id, kept)
    return kept.message
  }

  #require(id: string, change: Change): Kept {
    const kept = this.#kept.get(id)
    if (!kept) throw notFound(id)
    requireState(id, kept.message.state, change)
    return kept
  }

  #inState(state: Message['state']): Kept[] {
    return [...this.#kept.values()].filter(({ message }) => message.state === state)
  }

  readonly #messages = (): Message[] => [...this.#kept.values()].map(({ message }) => message)

  readonly #nowIso = (): string => new Date(this.#clock.now()).toISOString()
}

/** Ids in the form of UUIDs that count up, so that a failing test reads easily. */
export function countingIds(): () => string {
  let count = 0
  return () => `00000000-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`
}
