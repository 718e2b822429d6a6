import type { Failure } from '../../contract/failure'
import type { DeliveryStep, Message, Timings } from '../../contract/message'
import type { WaggleEvent } from '../../contract/events'
import type { QueueStatus } from '../../contract/operations'
import type { NewMessage, Outcome } from './message-store'

export type QueueEvent = Extract<WaggleEvent, { type: 'message' | 'queue' }>

/**
 * The rules of waiting: order, fairness, pauses, states. The only writer of messages; it tells every change to its
 * subscribers and wakes the courier.
 *
 * Order: urgent, normal, low; within one priority start-time fair queueing over senders (Goyal, Vin, Cheng 1996): a
 * message's place is max(place being served, 1 + place of its sender's last message), ties by age. So senders take
 * turns, and one sender's messages to one agent stay in their order.
 */
export interface Queue {
  /** Accepts all or nothing; resolves once on disk. Throws `OperationError` queueFull (`data.retryAfterMs`). */
  send(batch: readonly Omit<NewMessage, 'place'>[]): Promise<Message[]>
  /** The message to deliver next, leaving out paused agents and those in `except`; undefined when there is none. */
  next(except: ReadonlySet<string>): Message | undefined
  begin(id: string): Message
  /** Tells the live status which step runs; not stored. */
  step(id: string, step: DeliveryStep): void
  markSubmitting(id: string): void
  finish(id: string, outcome: Outcome, timings: Timings): Message
  /** Every queued message to this agent waits for this reason (undefined: no longer). */
  setWaiting(agent: string, failure: Failure | undefined): void
  cancel(id: string): Message
  retry(id: string): Message
  resolve(id: string, as: 'delivered' | 'failed'): Message
  /** Pauses outlive a restart. */
  pause(agent?: string): void
  resume(agent?: string): void
  status(): QueueStatus
  /** Resolves with the message once its state is final; rejects with `OperationError` timedOut, or the signal's reason. */
  waitFinal(id: string, timeoutMs: number | undefined, signal?: AbortSignal): Promise<Message>
  /** Resolves at the next change that may let a message go (sent, resumed, retried …) or when the signal aborts. */
  changed(signal?: AbortSignal): Promise<void>
  subscribe(listener: (event: QueueEvent) => void): () => void
}
