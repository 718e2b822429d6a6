import type { Message, MessageDetail } from '../../contract/message'
import { shuttingDown } from './store-errors'
import type { Clock } from '../clock'
import type { FairOrder, Taken } from './fair-order'
import type { Inboxes } from './inboxes'
import type { MessageStore, Outcome } from './message-store'
import { MessageWaiters, NO_ANSWER, type WaitOptions } from './message-waiters'
import type { UnderWay } from './under-way'
import type { Waits } from './waits'

interface AnswersDeps {
  readonly store: Pick<MessageStore, 'handOut' | 'settle' | 'exchanges'>
  readonly clock: Clock
  readonly inboxes: Inboxes
  readonly order: FairOrder
  readonly waits: Waits
  readonly underWay: UnderWay
  /** Tells everyone of a message as it now is. */
  announce(message: Message): void
  /** Resolves at the next change that may let a message go, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>
  /** Expires what is due; throws `OperationError` shuttingDown once the queue is closed. */
  requireOpen(): void
}

export interface HandOutOptions {
  readonly max: number
  /** How long to wait for one when there is none. */
  readonly waitMs: number
  /** This one alone, and there is no waiting for it. */
  readonly id?: string
  readonly signal?: AbortSignal
}

/** How a message ended that whom it is for has. */
const TAKEN = { state: 'delivered', proof: 'taken' } as const satisfies Outcome

/** What reaches whom it is for without the courier: answers that somebody waits for, and what lies in inboxes. */
export class Answers {
  readonly #deps: AnswersDeps
  readonly #waiters: MessageWaiters

  constructor(deps: AnswersDeps) {
    this.#deps = deps
    this.#waiters = new MessageWaiters(deps.clock, NO_ANSWER)
  }

  /** As `Queue.waitReply`. */
  async wait({ id, from }: MessageDetail, { takes, ...options }: WaitOptions): Promise<Message> {
    const { store, inboxes, waits, announce } = this.#deps
    const mine = takes ?? inboxes.isStranger(from)
    const known = store.exchanges.firstReplyTo(id)
    if (!known) return this.#waiters.wait(id, { ...options, takes: mine })
    if (!mine || known.state !== 'queued') return waits.withReason(known)
    const taken = this.#take(known)
    announce(taken)
    return taken
  }

  /** The message as it now is: delivered, where it is an answer and somebody waits to take it. */
  takeIfAwaited(message: Message): Message {
    return message.replyTo !== undefined && this.#waiters.isTaken(message.replyTo)
      ? this.#take(message)
      : message
  }

  /** Tells those who wait for it. */
  notice(message: Message): void {
    if (message.replyTo !== undefined)
      this.#waiters.tell(message.replyTo, this.#deps.waits.withReason(message))
  }

  /** As `Queue.handOut`. */
  async handOut(agent: string, { max, waitMs, id, signal }: HandOutOptions): Promise<Message[]> {
    const { clock, changed } = this.#deps
    const end = clock.monotonic() + waitMs
    for (;;) {
      signal?.throwIfAborted()
      const messages = this.#handOutNow(agent, max, id)
      const left = end - clock.monotonic()
      if (messages.length > 0 || left <= 0 || id !== undefined) return messages
      const over = new AbortController()
      const cancelTimer = clock.setTimer(left, () => over.abort())
      await changed(signal ? AbortSignal.any([signal, over.signal]) : over.signal)
      cancelTimer()
    }
  }

  /** As `Queue.settle`. */
  settle(ids: readonly string[], outcome: Outcome): void {
    for (const message of this.#deps.store.settle(ids, outcome)) {
      this.#deps.underWay.end(message.id)?.done()
      this.#deps.announce(message)
    }
  }

  close(): void {
    this.#waiters.rejectAll(shuttingDown())
  }

  #handOutNow(agent: string, max: number, id: string | undefined): Message[] {
    const { store, order, waits, inboxes, underWay, clock, requireOpen } = this.#deps
    requireOpen()
    const taken: Taken[] = []
    // A pause is for agents: a person who reads, or a script, is not one.
    const most = !inboxes.isStranger(agent) && waits.isStopped(agent) ? 0 : max
    while (taken.length < most) {
      const next = id ?? order.next((other) => other !== agent)?.id
      const one = next === undefined ? undefined : order.take(next)
      if (!one) break
      taken.push(one)
    }
    try {
      const messages = taken.length > 0 ? store.handOut(taken.map(({ entry }) => entry.id)) : []
      const since = new Date(clock.now()).toISOString()
      messages.forEach((message, index) => underWay.begin(message, since, taken[index]))
      return messages
    } catch (error) {
      for (const one of taken.toReversed()) one.putBack()
      throw error
    }
  }

  /** Out of the line and into the hands of whom it is for. */
  #take(message: Message): Message {
    const { store, order } = this.#deps
    store.handOut([message.id])
    const [taken = message] = store.settle([message.id], TAKEN)
    order.remove(message.id)
    return taken
  }
}
