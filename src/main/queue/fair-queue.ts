import type { Failure } from '../../contract/failure'
import {
  isFinal,
  type DeliveryStep,
  type Message,
  type MessageDetail,
  type Priority,
  type Timings,
} from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { createAnnouncer, type Announcer, type QueueEvent } from './announcer'
import { Bell } from './bell'
import { createExpiry, type Expiry } from './expiry'
import { FairOrder } from './fair-order'
import { createFinalWaiters, type FinalWaiters } from './final-waiters'
import {
  EVERYONE,
  type Begun,
  type HistoryRange,
  type MessageFilter,
  type MessagePage,
  type MessageStore,
  type NewMessage,
  type Outcome,
  type Waiting,
} from './message-store'
import { createLine, type LineFilter, type LinePart } from './line'
import { createPace } from './pace'
import type { Queue } from './queue'
import { notFound, onTheirWay, queueFull, shuttingDown } from './store-errors'
import { UnderWay } from './under-way'
import { Waits } from './waits'

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
  readonly #underWay = new UnderWay()
  readonly #waits: Waits
  readonly #line: (filter: LineFilter) => LinePart
  readonly #bell = new Bell()
  readonly #announcer: Announcer
  readonly #expiry: Expiry
  readonly #finals: FinalWaiters
  /** Messages on their way to the disk: they take room already. */
  #pending = 0
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
    this.#waits = new Waits(store, (id) => this.#order.heldBy(id))
    this.#line = createLine(this.#order, this.#waits)
    for (const waiting of store.waiting()) this.#order.enter(waiting)
    this.#expiry.notice(store.nextExpiry())
  }

  async send(batch: readonly NewMessage[]): Promise<Message[]> {
    if (this.#closed) throw shuttingDown()
    const fresh = this.#isKnown(batch) ? 0 : batch.length
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
      this.#order.enter(message)
      this.#announce(message)
    }
    this.#bell.ring()
    return inserted.map(({ message }) => this.#waits.withReason(message))
  }

  get(id: string): MessageDetail | undefined {
    const message = this.#store.get(id)
    return message && this.#waits.withReason(message)
  }

  list(filter: MessageFilter): MessagePage {
    const page = this.#store.list(filter)
    return { ...page, messages: this.#withReasons(page.messages) }
  }

  line(filter: LineFilter) {
    const { ids, total, held } = this.#line(filter)
    return { messages: this.#withReasons(this.#store.pick(ids)), line: { total, held } }
  }

  stats(since?: string) {
    return this.#store.stats(since)
  }

  history(range: HistoryRange) {
    return this.#store.history(range)
  }

  next(skip: (agent: string) => boolean): Waiting | undefined {
    this.#expiry.check()
    if (this.#closed || this.#waits.isPaused(EVERYONE)) return undefined
    return this.#order.next((agent) => this.#waits.isPaused(agent) || skip(agent))
  }

  begin(id: string): Begun {
    const begun = this.#store.begin(id)
    const since = new Date(this.#clock.now()).toISOString()
    this.#underWay.begin(begun.message, since, this.#order.take(id))
    this.#announce(begun.message)
    return begun
  }

  hasDesktop(id: string | undefined): void {
    this.#underWay.hasDesktop(id)
    this.#announcer.status()
  }

  step(id: string, step: DeliveryStep): void {
    if (this.#underWay.step(id, step)) this.#announcer.status()
  }

  markSubmitting(id: string): void {
    this.#store.markSubmitting(id)
  }

  finish(id: string, outcome: Outcome, timings: Timings): Message {
    const message = this.#store.finish(id, outcome, timings)
    this.#pace.notice(timings.deliveryMs)
    const taken = this.#underWay.end(id)
    taken?.done()
    if (message.state === 'queued' && taken) this.#order.add(taken.entry)
    return this.#changedTo(message)
  }

  putBack(id: string, held?: Failure): Message {
    const message = this.#store.putBack(id)
    this.#underWay.end(id)?.putBack(held)
    return this.#changedTo(message)
  }

  lookAgain(): void {
    this.#order.release()
    this.#bell.ring()
  }

  setWaiting(agent: string, failure: Failure | undefined): void {
    if (this.#waits.setReason(agent, failure)) this.#announcer.status()
  }

  setAllWaiting(failure: Failure | undefined, concerns: (agent: string) => boolean): void {
    if (this.#waits.setCommonReason(failure, concerns)) this.#announcer.status()
  }

  cancel(id: string): Message {
    const message = this.#store.cancel(id)
    this.#order.remove(id)
    return this.#looked(message)
  }

  prioritize(id: string, priority: Priority): Message {
    const message = this.#store.prioritize(id, priority)
    const entry = this.#order.remove(id)
    if (entry) this.#order.add({ ...entry, priority })
    return this.#changedTo(message)
  }

  retry(id: string): Message {
    const message = this.#store.retry(id)
    this.#order.enter(message)
    return this.#changedTo(message)
  }

  resolve(id: string, as: 'delivered' | 'failed'): Message {
    return this.#looked(this.#store.resolve(id, as))
  }

  rename(agent: string, to: string): void {
    if (this.#pending > 0 || this.#underWay.isTo(agent)) throw onTheirWay(agent)
    const moved = this.#store.renameRecipient(agent, to)
    this.#order.rename(agent, to)
    this.#waits.rename(agent, to)
    for (const message of moved) this.#announce(message)
    this.#bell.ring()
  }

  pause(agent = EVERYONE): void {
    this.#waits.setPaused(agent, true)
    this.#announcer.status()
  }

  resume(agent = EVERYONE): void {
    this.#waits.setPaused(agent, false)
    this.#announcer.status()
    this.#bell.ring()
  }

  status(): QueueStatus {
    const delivering = this.#underWay.first()
    return {
      paused: this.#waits.isPaused(EVERYONE),
      depth: this.#order.size,
      ...(delivering && { delivering }),
      perAgent: this.#waits.perAgent(this.#order.depths),
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
    return this.#bell.rung(signal)
  }

  subscribe(listener: (event: QueueEvent) => void): () => void {
    return this.#announcer.subscribe(listener)
  }

  close(): void {
    this.#closed = true
    this.#expiry.close()
    this.#finals.rejectAll(shuttingDown())
    this.#announcer.close()
    this.#bell.ring()
  }

  #isKnown([first]: readonly NewMessage[]): boolean {
    return first?.key !== undefined && this.#store.sentBefore(first.from, first.key).length > 0
  }

  #requireRoom(count: number): void {
    const { limit } = this.#deps
    const free = limit - this.#order.size - this.#pending
    if (count === 0 || count <= free) return
    throw queueFull({ count, waiting: limit - free, limit, retryAfterMs: this.#pace.timeFor(count - free) })
  }

  #expired(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#order.remove(message.id)
      this.#announce(message)
    }
  }

  #changedTo(message: Message): Message {
    this.#announce(message)
    if (message.state === 'queued') this.#bell.ring()
    return this.#waits.withReason(message)
  }

  /** What stood in the input of its agent may have been the last thing that kept others from going there. */
  #looked(message: Message): Message {
    const changed = this.#changedTo(message)
    this.#bell.ring()
    return changed
  }

  #announce(message: Message): void {
    if (message.state === 'queued') this.#expiry.notice(message.expiresAt)
    this.#finals.notice(message)
    this.#announcer.message(this.#waits.withReason(message))
    this.#announcer.status()
  }

  #withReasons(messages: readonly Message[]): Message[] {
    return messages.map((message) => this.#waits.withReason(message))
  }
}
