import type { Failure } from '../../contract/failure'
import type { DeliveryStep, Message, MessageDetail, Priority, Timings } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { HandOutOptions } from './answers'
import type { QueueEvent } from './announcer'
import type { WaitOptions } from './message-waiters'
import type { LineFilter, LinePart } from './line'
import type {
  Begun,
  MessageFilter,
  MessagePage,
  MessageStore,
  NewMessage,
  Outcome,
  Waiting,
} from './message-store'

/**
 * The rules of waiting: order, fairness, pauses, states. The only writer of messages; it tells every change to its
 * subscribers and wakes the courier. `get`, `list` and `stats` are the store's, with the reason why a message waits.
 *
 * Order: urgent, normal, low; within one priority senders take turns and each one's oldest message goes first, so one
 * sender's messages to one agent stay in their order (see `fair-order.ts`).
 */
export interface Queue {
  /**
   * Accepts all or nothing; resolves once on disk. Rejects with `OperationError` queueFull (`data.retryAfterMs`) or
   * shuttingDown. What a known key stands for takes no room and is never refused.
   */
  send(batch: readonly NewMessage[]): Promise<Message[]>
  get(id: string): MessageDetail | undefined
  list(filter: MessageFilter): MessagePage
  stats: MessageStore['stats']
  history: MessageStore['history']
  /**
   * Those that wait, in the order in which they will go if nothing more comes: first those whose agents can be written
   * to, as the rules above say, then the held ones by the same rules.
   */
  line(filter: LineFilter): { readonly messages: Message[]; readonly line: Omit<LinePart, 'ids'> }
  /** The message to deliver next, leaving out paused agents, those who take theirs themselves and those that `skip` names; undefined when there is none. */
  next(skip: (agent: string) => boolean): Waiting | undefined
  /** Queued → delivering; counts an attempt and a turn of its sender. Several may be delivered at once. */
  begin(id: string): Begun
  /** Which of those that are delivered has the desktop: the status shows that one first. Undefined: none. */
  hasDesktop(id: string | undefined): void
  /** Tells the live status which step runs; not stored. */
  step(id: string, step: DeliveryStep): void
  markSubmitting(id: string): void
  finish(id: string, outcome: Outcome, timings: Timings): Message
  /**
   * Delivering → queued at its old place, no attempt counted: the message turned out to have to wait. With `held` it is its
   * own text that keeps it, and what its sender sent after it to the same agent, until `lookAgain`; others go on.
   */
  putBack(id: string, held?: Failure): Message
  /** Nothing is held for its text any more: whoever would hold it is asked again. */
  lookAgain(): void
  /**
   * Every queued message to this agent waits for this reason; undefined: no longer. Kept in memory and shown with each
   * message, since thousands may wait for the same thing. No event when nothing changes.
   */
  setWaiting(agent: string, failure: Failure | undefined): void
  /** As `setWaiting`, for all agents that `concerns` names and that wait for nothing of their own. */
  setAllWaiting(failure: Failure | undefined, concerns: (agent: string) => boolean): void
  cancel(id: string): Message
  /** Queued messages only; it keeps its age among those of its new priority. */
  prioritize(id: string, priority: Priority): Message
  retry(id: string): Message
  resolve(id: string, as: 'delivered' | 'failed'): Message
  /**
   * What waits for the one agent, its pause, and whatever may be tried again is the other's from now on; what was delivered
   * keeps the name it was delivered under. Throws `OperationError` wrongState while a message to it is on its way.
   */
  rename(agent: string, to: string): void
  /** Pauses outlive a restart. Without an agent: all, and `resume` then leaves those paused by name as they are. */
  pause(agent?: string): void
  resume(agent?: string): void
  status(): QueueStatus
  /**
   * Resolves with the message once its state is final; rejects with `OperationError` notFound, timedOut or
   * shuttingDown, or the signal's reason.
   */
  waitFinal(id: string, timeoutMs: number | undefined, signal?: AbortSignal): Promise<Message>
  /**
   * Resolves with the first answer to the message, one that is there already or the one that comes; rejects as `waitFinal`
   * does. With `takes` (left out: where its sender is no agent) the one who waits is whom the answer is for: it is
   * delivered by this, and goes no other way.
   */
  waitReply(id: string, options: WaitOptions): Promise<Message>
  /** The whole exchange that this message belongs to, oldest first. */
  thread(id: string): Message[]
  /**
   * Everyone whom this message (or the one that it answers) was sent to in one go, each with the first answer, if there is
   * one; empty where there is no such message.
   */
  answers(id: string): { readonly question: Message; readonly answer?: Message }[]
  /**
   * Hands out what waits for one who takes its messages itself, as `next` would order it; to an agent nothing while it is paused. They
   * are delivering until `settle` or `putBack`, and in doubt if Waggle ends before. Waits for one where there is none.
   */
  handOut(agent: string, options: HandOutOptions): Promise<Message[]>
  settle(ids: readonly string[], outcome: Outcome): void
  /** Resolves at the next change that may let a message go (sent, resumed, retried …) or when the signal aborts. */
  changed(signal?: AbortSignal): Promise<void>
  subscribe(listener: (event: QueueEvent) => void): () => void
  /** Takes no more messages, lets go of everyone who waits, stops its timers. The store stays open. */
  close(): void
}
