import { OperationError } from '../../contract/failure'
import { messageStates, type MessageState } from '../../contract/message'

/** What can be done to a message, and in which states: the one place that says so. */
const allowedIn = {
  begin: ['queued'],
  markSubmitting: ['delivering'],
  finish: ['delivering'],
  putBack: ['delivering'],
  cancel: ['queued'],
  prioritize: ['queued'],
  retry: ['failed', 'in-doubt', 'cancelled', 'expired'],
  resolve: ['in-doubt'],
} as const satisfies Record<string, readonly MessageState[]>

export type Change = keyof typeof allowedIn

const asked: Record<Change, string> = {
  begin: 'deliver',
  markSubmitting: 'mark as being submitted',
  finish: 'finish',
  putBack: 'put back',
  cancel: 'cancel',
  prioritize: 'change the priority of',
  retry: 'retry',
  resolve: 'resolve',
}

/** Throws `OperationError` wrongState unless a message in this state may be changed so. */
export function requireState(id: string, state: MessageState, change: Change): void {
  const allowed: readonly MessageState[] = allowedIn[change]
  if (!allowed.includes(state)) throw wrongState(id, state, change)
}

export function wrongState(id: string, state: MessageState, change: Change): OperationError {
  const allowed = messageStates.filter((one) => (allowedIn[change] as readonly MessageState[]).includes(one))
  return new OperationError(
    'wrongState',
    `Tried to ${asked[change]} message ${id}, but it is ${state}; that works only while it is ${allowed.join(', ')}.`,
    { state, allowed },
  )
}

export function notFound(id: string): OperationError {
  return new OperationError('notFound', `There is no message ${id}. message.list shows those there are.`)
}

export function badCursor(): OperationError {
  const why = 'not a place in the list; pass on what the last answer gave as "next"'
  return new OperationError('invalidParams', `The parameter "before" is ${why}.`, {
    issues: [{ path: ['before'], message: why }],
  })
}

export function onTheirWay(agent: string): OperationError {
  return new OperationError(
    'wrongState',
    `Tried to rename ${agent}, but messages are on their way at this very moment; nothing has changed. Try again.`,
  )
}

export function shuttingDown(): OperationError {
  return new OperationError(
    'shuttingDown',
    'Waggle is shutting down; nothing was queued. Send again once it runs.',
  )
}

export function queueFull(found: {
  readonly count: number
  readonly waiting: number
  readonly limit: number
  readonly retryAfterMs: number
  readonly inbox?: string | undefined
}): OperationError {
  const { count, waiting, limit, retryAfterMs, inbox } = found
  return new OperationError(
    'queueFull',
    `Tried to queue ${count} message${count === 1 ? '' : 's'}, but ${waiting} of at most ${limit} ` +
      `wait already${inbox === undefined ? '' : ` in the inbox of ${inbox}, until it takes them`}; none was queued. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
    { retryAfterMs },
  )
}
