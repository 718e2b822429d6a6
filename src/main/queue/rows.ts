import type { Failure, FailureCode } from '../../contract/failure'
import {
  timingsSchema,
  type Attempt,
  type Message,
  type MessageState,
  type Priority,
  type Proof,
  type Timings,
} from '../../contract/message'
import type { NewMessage, Outcome } from './message-store'

interface TimingColumns {
  readonly wait_ms: number | null
  readonly delivery_ms: number | null
  readonly steps: string | null
}

interface FailureColumns {
  readonly failure_code: FailureCode | null
  readonly failure_message: string | null
  readonly failure_left: number | null
}

/** A row of `messages`; times are integer ms. */
export interface MessageRow extends TimingColumns, FailureColumns {
  readonly seq: number
  readonly id: string
  readonly recipient: string
  readonly sender: string
  readonly text: string
  readonly priority: Priority
  readonly submit: number
  readonly key: string | null
  readonly state: MessageState
  readonly submitting: number
  readonly rank: number
  readonly attempts: number
  readonly tries: number
  readonly created_at: number
  readonly expires_at: number | null
  readonly finished_at: number | null
  readonly proof: Proof | null
  readonly note: string | null
  readonly reply_to: string | null
  readonly thread: string | null
  readonly together: string | null
  readonly sent_text: string | null
}

export interface AttemptRow extends TimingColumns, FailureColumns {
  readonly started_at: number
  readonly ended_at: number | null
  readonly outcome: 'running' | 'delivered' | 'in-doubt' | 'failed'
  readonly output: string | null
}

export function toMessage(row: MessageRow): Message {
  const failure = toFailure(row)
  const timings = toTimings(row)
  return {
    id: row.id,
    to: row.recipient,
    from: row.sender,
    text: row.text,
    priority: row.priority,
    submit: row.submit === 1,
    ...(row.key !== null && { key: row.key }),
    state: row.state,
    attempts: row.attempts,
    ...(row.reply_to !== null && { replyTo: row.reply_to }),
    ...(row.thread !== null && { thread: row.thread }),
    ...(row.together !== null && { together: row.together }),
    ...(row.sent_text !== null && { sentText: row.sent_text }),
    createdAt: iso(row.created_at),
    ...(row.expires_at !== null && { expiresAt: iso(row.expires_at) }),
    ...(row.finished_at !== null && { finishedAt: iso(row.finished_at) }),
    proof: row.proof,
    ...(row.note !== null && { note: row.note }),
    ...(failure && { failure }),
    ...(timings && { timings }),
  }
}

export function toAttempt(row: AttemptRow): Attempt {
  const timings = toTimings(row)
  return {
    start: iso(row.started_at),
    ...(row.ended_at !== null && { end: iso(row.ended_at) }),
    outcome:
      row.outcome === 'failed'
        ? (toFailure(row) ?? { code: 'internal', message: 'no reason was kept' })
        : row.outcome,
    ...(timings && { timings }),
    ...(row.output !== null && { output: row.output }),
  }
}

/** The message in the row that an UPDATE or INSERT gave back. */
export function changed(row: MessageRow | undefined): Message {
  if (!row) throw new Error('The message has vanished from the database while it was being changed.')
  return toMessage(row)
}

export function failureColumns(failure: Failure | undefined): FailureColumns {
  return {
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    failure_left: failure?.left === undefined ? null : Number(failure.left),
  }
}

/** What an attempt's end writes, into its own row and the message's. */
export function endColumns(seq: number, now: number, outcome: Outcome, timings: Timings | undefined) {
  return {
    seq,
    now,
    ...failureColumns(outcome.state === 'delivered' ? undefined : outcome.failure),
    wait_ms: timings?.waitMs ?? null,
    delivery_ms: timings?.deliveryMs ?? null,
    steps: timings ? JSON.stringify(timings.steps) : null,
  }
}

/** Messages as they are when they have just been handed in; those that go to several say that they belong together. */
export function newlyQueued(batch: readonly NewMessage[], newId: () => string, now: number): Message[] {
  const ids = batch.map(() => newId())
  const together = batch.length > 1 ? ids[0] : undefined
  return batch.map((given, index) => newMessage(given, ids[index] ?? newId(), now, together))
}

function newMessage(given: NewMessage, id: string, now: number, together: string | undefined): Message {
  const { to, from, text, priority, submit, key, expiresAt, replyTo, thread, dress } = given
  const message: Message = {
    id,
    to,
    from,
    text,
    priority,
    submit,
    state: 'queued',
    attempts: 0,
    createdAt: iso(now),
    proof: null,
  }
  if (key !== undefined) message.key = key
  if (expiresAt !== undefined) message.expiresAt = iso(Date.parse(expiresAt))
  if (replyTo !== undefined) message.replyTo = replyTo
  if (thread !== undefined) message.thread = thread
  if (together !== undefined) message.together = together
  if (dress) message.sentText = dress(message)
  return message
}

/** ISO 8601 UTC from ms since the epoch. */
export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

function toFailure(row: FailureColumns): Failure | undefined {
  const { failure_code: code, failure_message: message, failure_left: left } = row
  if (code === null) return undefined
  return { code, message: message ?? '', ...(left !== null && { left: left === 1 }) }
}

function toTimings({ wait_ms: waitMs, delivery_ms: deliveryMs, steps }: TimingColumns): Timings | undefined {
  if (waitMs === null || deliveryMs === null) return undefined
  const stored: unknown = JSON.parse(steps ?? '[]')
  return timingsSchema.parse({ waitMs, deliveryMs, steps: stored })
}
