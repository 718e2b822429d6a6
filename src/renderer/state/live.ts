import type { WaggleEvent } from '../../contract/events'
import type { Call } from './call'
import { emptyState, withEvent, type LiveState } from './live-state'

export interface LiveDeps {
  readonly call: Call
  onEvent(listener: (event: WaggleEvent) => void): () => void
}

export interface Live {
  /** Subscribes, takes the present state and goes on from there. Rejects never; a failure is kept in `trouble`. */
  start(): Promise<void>
  readonly state: () => LiveState
  /** Why the present state could not be had, if so. */
  readonly trouble: () => string | undefined
  /** Calls back after every change; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void
  readonly onEvent: LiveDeps['onEvent']
  readonly call: Call
}

/** How many open messages the page takes at its start; `queue.status` tells how many more there are. */
const OPEN_LIMIT = 1000

/** The one source of what changes: current state, then events. */
export function createLive(deps: LiveDeps): Live {
  const listeners = new Set<() => void>()
  let state = emptyState
  let trouble: string | undefined
  // Events that come before the first state are applied on top of it: none is lost between the two.
  let early: WaggleEvent[] | undefined = []
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const take = (event: WaggleEvent) => {
    if (early) {
      early.push(event)
      return
    }
    state = withEvent(state, event)
    tell()
  }
  return {
    ...deps,
    state: () => state,
    trouble: () => trouble,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: async () => {
      deps.onEvent(take)
      try {
        await deps.call('events.subscribe', {})
        const first = await firstState(deps.call)
        state = (early ?? []).reduce(withEvent, first)
        early = undefined
      } catch (error) {
        trouble = error instanceof Error ? error.message : String(error)
      }
      tell()
    },
  }
}

async function firstState(call: Call): Promise<LiveState> {
  const [status, { agents }, { messages }] = await Promise.all([
    call('queue.status', {}),
    call('agent.list', {}),
    call('message.list', { states: ['queued', 'delivering', 'in-doubt'], limit: OPEN_LIMIT }),
  ])
  const open = new Map(messages.map((message) => [message.id, message]))
  return { ready: true, status, agents, open }
}
