import type { Failure } from '../../contract/failure'
import {
  isFinal,
  type DeliveryStep,
  type Message,
  type MessageDetail,
  type Priority,
  type Timings,
} from '../../contract/message'
import type { Clock } from '../clock'
import { Answers } from './answers'
import { Guards } from './guards'
import { createAnnouncer, type Announcer } from './announcer'
import { Bell } from './bell'
import { createExpiry, type Expiry } from './expiry'
import { FairOrder } from './fair-order'
import { noInboxes, type Inboxes } from './inboxes'
import {
  EVERYONE,
  type Begun,
  type MessageStore,
  type NewMessage,
  type Outcome,
  type Waiting,
} from './message-store'
import { MessageWaiters, NOT_ENDED, type WaitOptions } from './message-waiters'
import { shownMessages } from './shown'
import { createPace } from './pace'
import type { Queue } from './queue'
import type { QueueDeps } from './queue-deps'
import { Admission } from './admission'
import { notFound, onTheirWay, shuttingDown } from './store-errors'
import { UnderWay } from './under-way'
import { Waits } from './waits'

/** The queue over what `store` holds. Messages that a crash left in delivery are put right first. */
export function createQueue(deps: QueueDeps): Queue {
  return new FairQueue(deps)
}

class FairQueue implements Queue {
  readonly #store: MessageStore
  readonly #clock: Clock
  readonly list: Queue['list']
  readonly line: Queue['line']
  readonly thread: Queue['thread']
  readonly answers: Queue['answers']
  readonly status: Queue['status']
  readonly stats: Queue['stats']
  readonly history: Queue['history']
  readonly markSubmitting: Queue['markSubmitting']
  readonly handOut: Queue['handOut']
  readonly settle: Queue['settle']
  readonly changed: Queue['changed']
  readonly subscribe: Queue['subscribe']
  readonly #order = new FairOrder()
  readonly #pace = createPace()
  readonly #underWay = new UnderWay()
  readonly #waits: Waits
  readonly #bell = new Bell()
  readonly #announcer: Announcer
  readonly #expiry: Expiry
  readonly #finals: MessageWaiters
  readonly #answers: Answers
  readonly #inboxes: Inboxes
  readonly #admission: Admission
  readonly #guards: Guards
  #closed = false

  constructor(deps: QueueDeps) {
    const { store, clock, log, inboxes = noInboxes } = deps
    ;[this.#store, this.#clock] = [store, clock]
    this.#finals = new MessageWaiters(clock, NOT_ENDED)
    this.#inboxes = inboxes
    this.#announcer = createAnnouncer({ clock, log, status: () => this.status() })
    this.#expiry = createExpiry({ store, clock, log, expired: (messages) => this.#expired(messages) })
    for (const { id, state } of store.recover()) log?.warn(`Message ${id} was in delivery: ${state}.`)
    this.#guards = new Guards({ clock, limits: deps.guards, isAgent: (name) => !inboxes.isStranger(name) })
    const heldBy = (id: string) => this.#guards.reason(id) ?? this.#order.heldBy(id)
    this.#waits = new Waits(store, heldBy, inboxes)
    this.#answers = new Answers({
      ...deps,
      inboxes,
      order: this.#order,
      waits: this.#waits,
      underWay: this.#underWay,
      announce: (message) => this.#announce(message),
      changed: (signal) => this.#bell.rung(signal),
      requireOpen: () => this.#requireOpen(),
    })
    this.#admission = new Admission({ store, inboxes, deps, order: this.#order, pace: this.#pace })
    const parts = { order: this.#order, waits: this.#waits, underWay: this.#underWay, guards: this.#guards }
    const shown = shownMessages({ store, inboxes, ...parts })
    ;({ list: this.list, line: this.line, thread: this.thread, answers: this.answers } = shown)
    ;({ status: this.status, stats: this.stats, history: this.history } = shown)
    this.markSubmitting = (id) => store.markSubmitting(id)
    this.changed = (signal) => this.#bell.rung(signal)
    this.subscribe = (listener) => this.#announcer.subscribe(listener)
    this.handOut = (agent, options) => this.#answers.handOut(agent, options)
    this.settle = (ids, outcome) => this.#answers.settle(ids, outcome)
    for (const to of store.exchanges.answered()) inboxes.note({ to, replyTo: to })
    for (const waiting of store.waiting()) this.#getInLine(waiting)
    this.#expiry.notice(store.nextExpiry())
  }

  async send(batch: readonly NewMessage[]): Promise<Message[]> {
    if (this.#closed) throw shuttingDown()
    this.#guards.requireCalm(batch)
    const inserted = await this.#admission.admit(batch)
    const sent = inserted.map(({ message, isNew }) => (isNew ? this.#accept(message) : message))
    this.#bell.ring()
    return this.#waits.withReasons(sent)
  }

  get(id: string): MessageDetail | undefined {
    const message = this.#store.get(id)
    return message && this.#waits.withReason(message)
  }

  next(skip: (agent: string) => boolean): Waiting | undefined {
    this.#expiry.check()
    if (this.#closed || this.#waits.isPaused(EVERYONE)) return undefined
    const isHere = (agent: string) => this.#waits.isPaused(agent) || this.#inboxes.has(agent)
    return this.#order.next((agent) => isHere(agent) || skip(agent))
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
    if (this.#admission.isBusy || this.#underWay.isTo(agent)) throw onTheirWay(agent)
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
    const held = this.#guards.release(agent === EVERYONE ? undefined : agent)
    for (const message of held.map((id) => this.#store.get(id)))
      if (message?.state === 'queued') this.#getInLine(message)
    this.#announcer.status()
    this.#bell.ring()
  }

  async waitFinal(id: string, timeoutMs: number | undefined, signal?: AbortSignal): Promise<Message> {
    const detail = this.#require(id)
    if (isFinal(detail.state)) return { ...detail, attempts: detail.attempts.length }
    return this.#finals.wait(id, { timeoutMs, signal })
  }

  async waitReply(id: string, options: WaitOptions): Promise<Message> {
    return this.#answers.wait(this.#require(id), options)
  }

  close(): void {
    this.#closed = true
    this.#expiry.close()
    this.#finals.rejectAll(shuttingDown())
    this.#answers.close()
    this.#announcer.close()
    this.#bell.ring()
  }

  /** Gets in line, unless it is an answer that somebody is waiting to take. */
  #accept(message: Message): Message {
    const repeats = this.#guards.repeated(message)
    const isHeld = this.#guards.isHeld(message)
    if (!isHeld) this.#getInLine(message)
    const now = isHeld ? message : this.#answers.takeIfAwaited(message)
    this.#announce(now)
    return repeats === undefined ? now : { ...now, repeats }
  }

  #getInLine(message: Waiting & Pick<Message, 'replyTo'>): void {
    this.#inboxes.note(message)
    this.#order.enter(message)
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
    this.#bell.ring()
    return this.#changedTo(message)
  }

  #announce(message: Message): void {
    if (message.state === 'queued') this.#expiry.notice(message.expiresAt)
    if (message.state !== 'queued') this.#guards.forget(message.id)
    if (isFinal(message.state)) this.#finals.tell(message.id, message)
    this.#answers.notice(message)
    this.#announcer.message(this.#waits.withReason(message))
    this.#announcer.status()
  }

  #requireOpen(): void {
    if (this.#closed) throw shuttingDown()
    this.#expiry.check()
  }

  #require(id: string): MessageDetail {
    this.#requireOpen()
    const detail = this.#store.get(id)
    if (!detail) throw notFound(id)
    return detail
  }
}
