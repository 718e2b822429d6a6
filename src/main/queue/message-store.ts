import type { Failure } from '../../contract/failure'
import type { Message, MessageDetail, MessageState, Priority, Proof, Timings } from '../../contract/message'
import type { Stats, StatsHistory } from '../../contract/stats'
import type { Exchanges } from './exchanges'
import type { Pastes } from './pastes'

/** A message as its sender hands it in; the store gives it the rest. */
export interface NewMessage {
  readonly to: string
  readonly from: string
  readonly text: string
  readonly priority: Priority
  readonly submit: boolean
  readonly key?: string
  readonly expiresAt?: string
  readonly replyTo?: string
  readonly thread?: string
  /** What is typed instead of the bare text. */
  readonly dress?: (message: Pick<Message, 'id' | 'to' | 'from' | 'text' | 'createdAt'>) => string
}

/** How an attempt ended; the message's next state follows from it. */
export type Outcome = {
  /** What the agent's command said, kept with the attempt. */
  readonly output?: string
} & (
  | { readonly state: 'delivered'; readonly proof: Proof; readonly note?: string }
  | { readonly state: 'queued' | 'failed' | 'in-doubt'; readonly failure: Failure }
)

export interface MessageFilter {
  readonly states?: readonly MessageState[]
  readonly to?: string
  readonly from?: string
  /** Words, each of which must begin a word of the text (a single letter or digit: be one); nothing in it is syntax. */
  readonly text?: string
  /** Handed in then or later, and before then: ISO 8601. */
  readonly since?: string
  readonly until?: string
  readonly before?: string
  readonly limit: number
}

/** Which ended messages are counted, and how finely: times in ms since 1970. */
export interface HistoryRange {
  readonly since: number
  readonly until: number
  readonly bucketMs: number
  readonly to?: string
}

/** A message newest first, and where to go on; `next` stays right when messages come in meanwhile. */
export interface MessagePage {
  readonly messages: Message[]
  readonly next?: string
}

/** What the order of waiting is made from. */
export type Waiting = Pick<Message, 'id' | 'to' | 'from' | 'priority'>

export interface Inserted {
  readonly message: Message
  /** False: the sender's key was known, and `message` is one of those first sent with it. */
  readonly isNew: boolean
}

/** A message whose attempt has begun. */
export interface Begun {
  readonly message: Message
  /** Attempts since it was sent or retried by hand, this one included. */
  readonly tries: number
}

/** In the set of paused names, the name for all agents: no agent can have it. */
export const EVERYONE = '*'

/** A key is remembered for a day after its message was accepted. */
export const KEY_LIFETIME_MS = 86_400_000

/**
 * Messages, their attempts and the pauses, durable: a promise that resolved, or a call that returned, is on disk.
 * Times are ISO 8601 UTC. Every method that changes a message returns it as it now is; it throws
 * `OperationError` notFound or wrongState when the message is not there or not in a state that allows the change.
 * One owner: the queue. Others may read.
 */
export interface MessageStore {
  /**
   * What was pasted and is not seen gone. A record goes when its message is delivered, or when someone who looked cancels,
   * retries or resolves it; it follows its agent's new name.
   */
  readonly pastes: Pastes
  readonly exchanges: Exchanges
  /**
   * Stores all of `batch`, which has one sender and one `key` or none, or nothing. A key already used by that sender within
   * 24 h returns the messages first sent with it (`isNew` false) and stores nothing, whoever they are for. Inserts that wait
   * together share one commit, and resolve in the order they were asked for; one that cannot be stored does not fail the others.
   */
  insert(batch: readonly NewMessage[]): Promise<readonly Inserted[]>
  get(id: string): MessageDetail | undefined
  /** Throws `OperationError` invalidParams for a `before` that no page has given. */
  list(filter: MessageFilter): MessagePage
  /** The messages that this sender's key stands for at present, as they now are; none where it is not known. */
  sentBefore(from: string, key: string): Message[]
  /** The messages with these ids, in this order; ids of none are left out, and those that one answer cannot hold. */
  pick(ids: readonly string[]): Message[]
  /** All queued messages, in the order in which they got in line: sent, or retried by hand. */
  waiting(): Waiting[]
  /** Queued → delivering; opens an attempt. */
  begin(id: string): Begun
  /** Writes that the submit key is about to be pressed: after a crash the message is then in doubt. */
  markSubmitting(id: string): void
  /** Ends the open attempt of a delivering message. */
  finish(id: string, outcome: Outcome, timings: Timings): Message
  /**
   * Queued → delivering, all of them in one commit, each marked as `markSubmitting` does: they are being handed to whom
   * they are for, and are in doubt where that breaks off.
   */
  handOut(ids: readonly string[]): Message[]
  /** Ends the open attempts of these in one commit. Waited for: from when they were accepted. */
  settle(ids: readonly string[], outcome: Outcome): Message[]
  /** Delivering → queued, as if the attempt had never begun: for when it turns out that the message must wait. */
  putBack(id: string): Message
  cancel(id: string): Message
  /** Queued messages only; the place in line stays, now among those of the new priority. */
  prioritize(id: string, priority: Priority): Message
  /**
   * Failed, in-doubt, cancelled or expired → queued at the end of the line, with its attempts kept; an `expiresAt`
   * that has passed is dropped, or it would expire at once.
   */
  retry(id: string): Message
  /** In-doubt → delivered (without proof) or failed, by someone who looked. */
  resolve(id: string, as: 'delivered' | 'failed'): Message
  /** Messages to the one agent are to the other from now on, but for delivered ones. Returns those that are open. */
  renameRecipient(agent: string, to: string): Message[]
  /** Queued messages whose `expiresAt` has passed → expired; returns them. */
  expire(): Message[]
  /** When the next queued message expires, if any does. */
  nextExpiry(): string | undefined
  /** After a crash: delivering → queued, or in-doubt where the submit key may have been pressed. Returns them. */
  recover(): Message[]
  /** Names that are paused, {@link EVERYONE} among them when all are. */
  paused(): ReadonlySet<string>
  setPaused(name: string, paused: boolean): void
  /** Counts of messages accepted since then; durations of the newest 10,000 delivered of them, in ms. */
  stats(since?: string): Stats
  /** How messages ended, by the time of it; lets others go on between two buckets, since there may be a million. */
  history(range: HistoryRange): Promise<StatsHistory>
  /** Writes what still waits for a commit, then closes. An insert after that rejects with `OperationError` shuttingDown. */
  close(): void
}
