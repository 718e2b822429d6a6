import type { Message } from '../../contract/message'

/** Who answered whom: every answer names the message it answers and the first one of its exchange. */
export interface Exchanges {
  /** The whole exchange that this message belongs to, oldest first; empty where there is no such message. */
  thread(id: string): Message[]
  /** The first answer to this message. */
  firstReplyTo(id: string): Message | undefined
  /** The messages that were sent in one go with this one, itself among them, oldest first. */
  sentTogether(id: string): Message[]
  /** Whom queued answers are for. */
  answered(): string[]
}
