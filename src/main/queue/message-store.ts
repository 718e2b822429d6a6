import type { Failure } from '../../contract/failure'
import type { Attempt, Message, MessageDetail, MessageState, Priority, Proof, Timings } from '../../contract/message'
import type { Stats } from '../../contract/operations'

/** A message as its sender hands it in; the store gives it the rest. */
export interface NewMessage {
  readonly to: string
  readonly from: string
  readonly text: string
  readonly priority: Priority
  readonly submit: boolean
  readonly key?: string
  readonly expiresAt?: string
  /** Start tag of fair queueing: lower goes first within a priority (see `queue.ts`). */
  readonly place: number
}

/** How an attempt ended; the message's next state follows from it. */
export type Outcome =
  | { readonly state: 'delivered'; readonly proof: Proof }
  | { readonly state: 'queued' | 'failed' | 'in-doubt'; readonly failure: Failure }

export interface MessageFilter {
  readonly states?: readonly MessageState[]
  readonly to?: string
  readonly from?: string
  readonly text?: string
  readonly before?: string
  readonly limit: number
}

/** Where a queued message stands, for rebuilding the fair order after a restart. */
export interface QueuedPlace {
  readonly from: string
  readonly priority: Priority
  readonly place: number
}

/**
 * Messages and their attempts, durable: a promise that resolved, or a call that returned, is on disk.
 * Times are ISO 8601 UTC. Every method that changes a message returns it as it now is; it throws
 * `OperationError` notFound or wrongState when the message is not there or not in a state that allows the change.
 */
export interface MessageStore {
  /**
   * Stores all of `batch` or nothing. A `key` already used by the same sender for the same recipient within 24 h
   * returns the first message (`isNew` false) and stores nothing for it. Inserts that wait together share one commit.
   */
  insert(batch: readonly NewMessage[]): Promise<readonly { message: Message; isNew: boolean }[]>
  get(id: string): MessageDetail | undefined
  list(filter: MessageFilter): { messages: Message[]; next?: string }
  /** The queued message to deliver next: urgent first, then by place, then by age; none to an agent in `except`. */
  nextQueued(except: ReadonlySet<string>): Message | undefined
  queuedPlaces(): readonly QueuedPlace[]
  /** Queued messages by recipient. */
  depths(): ReadonlyMap<string, number>
  /** Queued → delivering; opens an attempt. */
  begin(id: string): Message
  /** Writes that the submit key is about to be pressed: after a crash the message is then in doubt. */
  markSubmitting(id: string): void
  /** Ends the open attempt of a delivering message. */
  finish(id: string, outcome: Outcome, timings: Timings): Message
  /** Tells why a queued message waits (undefined: no longer); counts no attempt. */
  setWaiting(id: string, failure: Failure | undefined): Message
  cancel(id: string): Message
  /** Failed, in-doubt, cancelled or expired → queued, with its attempts kept. */
  retry(id: string, place: number): Message
  /** In-doubt → delivered or failed, by someone who looked. */
  resolve(id: string, as: 'delivered' | 'failed'): Message
  /** Queued messages whose `expiresAt` has passed → expired; returns them. */
  expire(): Message[]
  /** When the next queued message expires, if any does. */
  nextExpiry(): string | undefined
  /** After a crash: delivering → queued, or in-doubt where the submit key may have been pressed. Returns them. */
  recover(): Message[]
  stats(since?: string): Stats
  close(): void
}

export type { Attempt }
