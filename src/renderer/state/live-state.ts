import { assertNever } from '../../contract/errors'
import type { Agent } from '../../contract/agent'
import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'

/** What the views show: the state when the page opened, with every event since applied. */
export interface LiveState {
  /** False until the first state has come. */
  readonly ready: boolean
  readonly status: QueueStatus
  readonly agents: readonly Agent[]
  /** Messages that are not settled: queued, delivering or in doubt. */
  readonly open: ReadonlyMap<string, Message>
  /** The message whose turn was the last to end, as it then was. */
  readonly last?: Message
}

export const emptyState: LiveState = {
  ready: false,
  status: { paused: false, depth: 0, perAgent: {} },
  agents: [],
  open: new Map(),
}

/** The state after this event; the same object when it changes nothing. */
export function withEvent(state: LiveState, event: WaggleEvent): LiveState {
  switch (event.type) {
    case 'queue':
      return { ...state, status: event.status }
    case 'agent':
      return { ...state, agents: event.agents }
    case 'message':
      return withMessage(state, event.message)
    case 'settings':
      return state
    default:
      return assertNever(event)
  }
}

function withMessage(state: LiveState, message: Message): LiveState {
  const before = state.open.get(message.id)
  const open = new Map(state.open)
  if (isOpen(message)) open.set(message.id, message)
  else open.delete(message.id)
  const turnEnded = before?.state === 'delivering' && message.state !== 'delivering'
  return turnEnded ? { ...state, open, last: message } : { ...state, open }
}

/** True while something may still happen to the message, by itself or by a person. */
export function isOpen({ state }: Message): boolean {
  return state === 'queued' || state === 'delivering' || state === 'in-doubt'
}

const rank: Readonly<Record<Message['priority'], number>> = { urgent: 0, normal: 1, low: 2 }

/** True for what the history shows; a message in doubt is in both. */
export function isSettled({ state }: Message): boolean {
  return state !== 'queued' && state !== 'delivering'
}

/** Queued messages: urgent first, then the oldest. The queue's own order also takes turns between senders. */
export function waiting(state: LiveState): Message[] {
  return [...state.open.values()]
    .filter((message) => message.state === 'queued')
    .toSorted((a, b) => rank[a.priority] - rank[b.priority] || compareIds(a, b))
}

/** Messages in doubt, oldest first. */
export function doubtful(state: LiveState): Message[] {
  return [...state.open.values()].filter((message) => message.state === 'in-doubt').toSorted(compareIds)
}

/** UUIDv7 begins with the time, so the order of ids is the order of acceptance. */
export function compareIds(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
