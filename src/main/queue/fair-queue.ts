import { OperationError, type Failure } from '../../contract/failure'
import {
  isFinal,
  type DeliveryStep,
  type Message,
  type MessageDetail,
  type Timings,
} from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { createAnnouncer, type Announcer } from './announcer'
import { createExpiry, type Expiry } from './expiry'
import { FairOrder, type Taken } from './fair-order'
import { createFinalWaiters, type FinalWaiters } from './final-waiters'
import {
  EVERYONE,
  type Begun,
  type MessageFilter,
  type MessagePage,
  type MessageStore,
  type NewMessage,
  type Outcome,
  type Waiting,
} from './message-store'
import { createPace } from './pace'
import type { Queue, QueueEvent } from './queue'
import { notFound, shuttingDown } from './store-errors'

export interface QueueDeps {
  readonly store: MessageStore
  readonly clock: Clock
  /** How many messages may wait at once; looked at with each that comes. */
  readonly limit: number
  readonly log?: Log
}

/** The queue over what `store` holds. Messages that a crash left in delivery are put right first. */
export function createQueue(deps: QueueDeps): Queue {
  return new FairQueue(deps)
}

class FairQueue implements Queue {
  readonly #store: MessageStore
  readonly #clock: Clock
  readonly #deps: Pick<QueueDeps, 'limit'>
  readonly #order = new FairOrder()
  readonly #pace = createPace()
  readonly #taken = new Map<string, Taken>()
  readonly #paused: Set<string>
  readonly #reasons = new Map<string, Failure>()
  readonly #changeListeners = new Set<() => void>()
  readonly #announcer: Announcer
  readonly #expiry: Expiry
  readonly #finals: FinalWaiters
  /** The place in line given last. */
  #rank = 0
  /** Messages on their way to the disk: they take room already. */
  #pending = 0
  #delivering: QueueStatus['delivering']
  #closed = false

  constructor(deps: QueueDeps) {
    const { store, clock, log } = deps
    this.#store = store
    this.#clock = clock
    this.#deps = deps
    this.#finals = createFinalWaiters(clock)
    this.#announcer = createAnnouncer({ clock, log, status: () => this.status() })
    this.#expiry = createExpiry({ store, clock, log, expired: (messages) => this.#expired(messages) })
    for (const { id, state } of store.recover())
      log?.warn(`Message ${id} was in delivery when Waggle ended: ${state}.`)
    this.#paused = new Set(store.paused())
    for (const waiting of store.waiting()) this.#getInLine(waiting)
    this.#expiry.notice(store.nextExpiry())
  }

  async send(batch: readonly NewMessage[]): Promise<Message[]> {
    if (this.#closed) throw shuttingDown()
    const fresh = batch.filter((one) => !this.#isKnown(one)).length
    this.#requireRoom(fresh)
    this.#pending += fresh
    let inserted
    try {
      inserted = await this.#store.insert(batch)
    } finally {
      this.#pending -= fresh
    }
    for (const { message, isNew } of inserted) {
      if (!isNew) continue
      this.#getInLine(message)
      this.#announce(message)
    }
    this.#wake()
    return inserted.map(({ message }) => this.#withReason(message))
  }

  get(id: string): MessageDetail | undefined {
    const message = this.#store.get(id)
    return message && this.#withReason(message)
  }

  list(filter: MessageFilter): MessagePage {
    const page = this.#store.list(filter)
    return { ...page, messages: page.messages.map((message) => this.#withReason(message)) }
  }

  stats(since?: string) {
    return this.#store.stats(since)
  }

  next(except: ReadonlySet<string>): Waiting | undefined {
    this.#expiry.check()
    if (this.#closed || this.#paused.has(EVERYONE)) return undefined
    return this.#order.next((agent) => except.has(agent) || this.#paused.has(agent))
  }

  begin(id: string): Begun {
    const begun = this.#store.begin(id)
    const taken = this.#order.take(id)
    if (taken) this.#taken.set(id, taken)
    const { to, from } = begun.message
    this.#delivering = { id, to, from, step: 'turn', since: new Date(this.#clock.now()).toISOString() }
    this.#announce(begun.message)
    return begun
  }

  step(id: string, step: DeliveryStep): void {
    if (this.#delivering?.id !== id) return
    this.#delivering = { ...this.#delivering, step }
    this.#announcer.status()
  }

  markSubmitting(id: string): void {
    this.#store.markSubmitting(id)
  }

  finish(id: string, outcome: Outcome, timings: Timings): Message {
    const message = this.#store.finish(id, outcome, timings)
    this.#pace.notice(timings.deliveryMs)
    const taken = this.#endTurn(id)
    if (message.state === 'queued' && taken) this.#order.add(taken.entry)
    return this.#changedTo(message)
  }

  putBack(id: string): Message {
    const message = this.#store.putBack(id)
    this.#endTurn(id)?.putBack()
    return this.#changedTo(message)
  }

  setWaiting(agent: string, failure: Failure | undefined): void {
    const now = this.#reasons.get(agent)
    if (now?.code === failure?.code && now?.message === failure?.message) return
    if (failure) this.#reasons.set(agent, failure)
    else this.#reasons.delete(agent)
    this.#announcer.status()
  }

  cancel(id: string): Message {
    const message = this.#store.cancel(id)
    this.#order.remove(id)
    return this.#changedTo(message)
  }

  retry(id: string): Message {
    const message = this.#store.retry(id)
    this.#getInLine(message)
    return this.#changedTo(message)
  }

  resolve(id: string, as: 'delivered' | 'failed'): Message {
    return this.#changedTo(this.#store.resolve(id, as))
  }

  pause(agent = EVERYONE): void {
    this.#store.setPaused(agent, true)
    this.#paused.add(agent)
    this.#announcer.status()
  }

  resume(agent = EVERYONE): void {
    this.#store.setPaused(agent, false)
    this.#paused.delete(agent)
    this.#announcer.status()
    this.#wake()
  }

  status(): QueueStatus {
    const { depths } = this.#order
    const agents = new Set([...depths.keys(), ...this.#paused].filter((name) => name !== EVERYONE))
    const perAgent = [...agents].map((name) => {
      const depth = depths.get(name) ?? 0
      const waitingFor = depth > 0 ? this.#reason(name) : undefined
      return [name, { depth, paused: this.#paused.has(name), ...(waitingFor && { waitingFor }) }] as const
    })
    return {
      paused: this.#paused.has(EVERYONE),
      depth: this.#order.size,
      ...(this.#delivering && { delivering: this.#delivering }),
      perAgent: Object.fromEntries(perAgent),
    }
  }

  async waitFinal(id: string, timeoutMs: number | undefined, signal?: AbortSignal): Promise<Message> {
    if (this.#closed) throw shuttingDown()
    const detail = this.#store.get(id)
    if (!detail) throw notFound(id)
    if (isFinal(detail.state)) return { ...detail, attempts: detail.attempts.length }
    return this.#finals.wait(id, timeoutMs, signal)
  }

  changed(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#changeListeners.delete(done)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      this.#changeListeners.add(done)
      signal?.addEventListener('abort', done, { once: true })
      if (signal?.aborted) done()
    })
  }

  subscribe(listener: (event: QueueEvent) => void): () => void {
    return this.#announcer.subscribe(listener)
  }

  close(): void {
    this.#closed = true
    this.#expiry.close()
    this.#finals.rejectAll(shuttingDown())
    this.#announcer.close()
    this.#wake()
  }

  #isKnown({ key, from, to }: NewMessage): boolean {
    return key !== undefined && this.#store.sentBefore(from, to, key) !== undefined
  }

  #requireRoom(count: number): void {
    const { limit } = this.#deps
    const free = limit - this.#order.size - this.#pending
    if (count === 0 || count <= free) return
    const retryAfterMs = this.#pace.timeFor(count - free)
    throw new OperationError(
      'queueFull',
      `Tried to queue ${count} message${count === 1 ? '' : 's'}, but ${limit - free} of at most ${limit} ` +
        `wait already; none was queued. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
      { retryAfterMs },
    )
  }

  #getInLine({ id, to, from, priority }: Waiting): void {
    this.#rank += 1
    this.#order.add({ id, to, from, priority, rank: this.#rank })
  }

  #endTurn(id: string): Taken | undefined {
    const taken = this.#taken.get(id)
    this.#taken.delete(id)
    if (this.#delivering?.id === id) this.#delivering = undefined
    return taken
  }

  #expired(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#order.remove(message.id)
      this.#announce(message)
    }
  }

  #changedTo(message: Message): Message {
    this.#announce(message)
    if (message.state === 'queued') this.#wake()
    return this.#withReason(message)
  }

  #announce(message: Message): void {
    if (message.state === 'queued') this.#expiry.notice(message.expiresAt)
    this.#finals.notice(message)
    this.#announcer.message(this.#withReason(message))
    this.#announcer.status()
  }

  #reason(agent: string): Failure | undefined {
    return this.#reasons.get(agent) ?? this.#reasons.get(EVERYONE)
  }

  #withReason<M extends Message | MessageDetail>(message: M): M {
    const failure = message.state === 'queued' ? this.#reason(message.to) : undefined
    return failure ? { ...message, failure } : message
  }

  #wake(): void {
    for (const listener of this.#changeListeners) listener()
  }
}
