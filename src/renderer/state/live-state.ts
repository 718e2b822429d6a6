import { assertNever } from '../../contract/errors'
import type { Agent } from '../../contract/agent'
import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import { PERSON } from '../../contract/person'
import type { QueueStatus } from '../../contract/operations'

/** What the views show: the state when the page opened, with every event since applied. */
export interface LiveState {
  /** False until the first state has come. */
  readonly ready: boolean
  readonly status: QueueStatus
  readonly agents: readonly Agent[]
  /** The messages that are being delivered, as far as they are known. */
  readonly running: readonly Message[]
  /** The message whose turn was the last to end, as it then was. */
  readonly last?: Message
  /** Messages in doubt or failed, the newest first. */
  readonly troubled: readonly Message[]
  /** Answers to the person that nobody has read, the newest first. */
  readonly answers: readonly Message[]
  /** Grows when the line of those that wait may have changed. */
  readonly lineVersion: number
}

export const emptyState: LiveState = {
  ready: false,
  status: { paused: false, depth: 0, perAgent: {} },
  agents: [],
  running: [],
  troubled: [],
  answers: [],
  lineVersion: 0,
}

/** More troubled messages than this are counted in the history, not kept here. */
const TROUBLED_LIMIT = 200

/** The state after this event; the same object when it changes nothing. */
export function withEvent(state: LiveState, event: WaggleEvent): LiveState {
  switch (event.type) {
    case 'queue':
      return withStatus(state, event.status)
    case 'agent':
      return { ...state, agents: event.agents }
    case 'message':
      return withMessage(state, event.message)
    case 'settings':
    case 'answer':
      return state
    default:
      return assertNever(event)
  }
}

/** The line changes without a message when a pause or a hold begins or ends. */
function withStatus(state: LiveState, status: QueueStatus): LiveState {
  const same = JSON.stringify(holdsOf(state.status)) === JSON.stringify(holdsOf(status))
  return { ...state, status, lineVersion: state.lineVersion + (same ? 0 : 1) }
}

function holdsOf({ paused, perAgent, depth }: QueueStatus): unknown {
  const agents = Object.entries(perAgent).map(([name, { paused, waitingFor }]) => [
    name,
    paused,
    waitingFor?.code,
  ])
  return [paused, depth, agents]
}

function withMessage(state: LiveState, message: Message): LiveState {
  const others = state.running.filter(({ id }) => id !== message.id)
  const isRunning = message.state === 'delivering'
  const wasRunning = others.length < state.running.length
  return {
    ...state,
    running: isRunning ? [...others, message] : others,
    ...(wasRunning && !isRunning && { last: message }),
    troubled: withTrouble(state.troubled, message),
    answers: withAnswer(state.answers, message),
    lineVersion: state.lineVersion + 1,
  }
}

/** The list with this message in its place, or without it. */
export function withTrouble(troubled: readonly Message[], message: Message): readonly Message[] {
  const known = troubled.some(({ id }) => id === message.id)
  if (!isTroubled(message)) return known ? troubled.filter(({ id }) => id !== message.id) : troubled
  const others = troubled.filter(({ id }) => id !== message.id)
  return [...others, message].toSorted((a, b) => compareIds(b, a)).slice(0, TROUBLED_LIMIT)
}

function withAnswer(answers: readonly Message[], message: Message): readonly Message[] {
  const others = answers.filter(({ id }) => id !== message.id)
  if (isAnswerToPerson(message)) return [...others, message].toSorted((a, b) => compareIds(b, a))
  return others.length < answers.length ? others : answers
}

/** True for an answer that waits for the person to read it. */
export function isAnswerToPerson({ to, state, replyTo }: Message): boolean {
  return to === PERSON && state === 'queued' && replyTo !== undefined
}

/** True for what a person should look at. */
export function isTroubled({ state }: Message): boolean {
  return state === 'in-doubt' || state === 'failed'
}

/** True for what the history shows; a message in doubt is in both. */
export function isSettled({ state }: Message): boolean {
  return state !== 'queued' && state !== 'delivering'
}

/** UUIDv7 begins with the time, so the order of ids is the order of acceptance. */
export function compareIds(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
