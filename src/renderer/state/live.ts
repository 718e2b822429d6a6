import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import type { Call } from './call'
import { PERSON } from '../../contract/person'
import { compareIds, emptyState, isAnswerToPerson, withEvent, type LiveState } from './live-state'

export interface LiveDeps {
  readonly call: Call
  onEvent(listener: (event: WaggleEvent) => void): () => void
  /** Runs this before the next picture is drawn, or soon where none is. */
  schedule(run: () => void): void
  /** Milliseconds since 1970. */
  now(): number
}

export interface Live {
  /** Subscribes, takes the present state and goes on from there. Rejects never; a failure is kept in `trouble`. */
  start(): Promise<void>
  readonly state: () => LiveState
  /** Why the present state could not be had, if so. */
  readonly trouble: () => string | undefined
  /** Calls back after changes, at most once a picture; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void
  readonly onEvent: LiveDeps['onEvent']
  /** Calls back at most once a picture with the messages that have changed, each as it last was. */
  readonly onMessages: (listener: (changed: readonly Message[]) => void) => () => void
  readonly call: Call
}

/** How far back a failed message still calls for someone. */
export const TROUBLE_MS = 86_400_000
const TROUBLED_LIMIT = 200

/** The one source of what changes: current state, then events, gathered so that a burst is drawn once. */
export function createLive({ call, onEvent, schedule, now }: LiveDeps): Live {
  const listeners = new Set<() => void>()
  const messageListeners = new Set<(changed: readonly Message[]) => void>()
  let state = emptyState
  let trouble: string | undefined
  // Events that come before the first state are applied on top of it: none is lost between the two.
  let early: WaggleEvent[] | undefined = []
  let changed = new Map<string, Message>()
  let scheduled = false
  const tell = () => {
    scheduled = false
    const messages = [...changed.values()]
    changed = new Map()
    for (const listener of listeners) listener()
    if (messages.length > 0) for (const listener of messageListeners) listener(messages)
  }
  const tellSoon = () => {
    if (scheduled) return
    scheduled = true
    schedule(tell)
  }
  const take = (event: WaggleEvent) => {
    if (early) {
      early.push(event)
      return
    }
    state = withEvent(state, event)
    if (event.type === 'message') changed.set(event.message.id, event.message)
    tellSoon()
  }
  return {
    call,
    onEvent,
    state: () => state,
    trouble: () => trouble,
    subscribe: (listener) => joined(listeners, listener),
    onMessages: (listener) => joined(messageListeners, listener),
    start: async () => {
      onEvent(take)
      try {
        await call('events.subscribe', {})
        const first = await firstState(call, now())
        state = (early ?? []).reduce(withEvent, first)
        early = undefined
      } catch (error) {
        trouble = error instanceof Error ? error.message : String(error)
      }
      tell()
    },
  }
}

function joined<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

async function firstState(call: Call, now: number): Promise<LiveState> {
  const since = new Date(now - TROUBLE_MS).toISOString()
  const [status, { agents }, delivering, inDoubt, failed, toPerson] = await Promise.all([
    call('queue.status', {}),
    call('agent.list', {}),
    call('message.list', { states: ['delivering'] }),
    call('message.list', { states: ['in-doubt'], limit: TROUBLED_LIMIT }),
    call('message.list', { states: ['failed'], since, limit: TROUBLED_LIMIT }),
    call('message.list', { states: ['queued'], to: PERSON, limit: TROUBLED_LIMIT }),
  ])
  const troubled = [...inDoubt.messages, ...failed.messages].toSorted((a, b) => compareIds(b, a))
  const answers = toPerson.messages.filter(isAnswerToPerson)
  return { ...emptyState, ready: true, status, agents, troubled, answers, running: delivering.messages }
}
