import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import type { Params } from '../../contract/operations'
import type { Call } from '../state/call'

/** The messages sent last, as they are now. */
export interface Follower {
  messages(): readonly Message[]
  subscribe(listener: () => void): () => void
  /** Sends and follows what was sent; rejects with the refusal, and then follows what it did before. */
  send(params: Params<'message.send'>): Promise<void>
}

interface FollowerDeps {
  readonly call: Call
  onEvent(listener: (event: WaggleEvent) => void): () => void
}

export function createFollower({ call, onEvent }: FollowerDeps): Follower {
  const listeners = new Set<() => void>()
  let messages: readonly Message[] = []
  // A delivery may begin, and end, before the answer to its sending is here.
  let ahead: Map<string, Message> | undefined
  const tell = () => {
    for (const listener of listeners) listener()
  }
  onEvent((event) => {
    if (event.type !== 'message') return
    const { message } = event
    ahead?.set(message.id, message)
    if (!messages.some(({ id }) => id === message.id)) return
    messages = messages.map((one) => (one.id === message.id ? message : one))
    tell()
  })
  return {
    messages: () => messages,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async send(params) {
      const seen = new Map<string, Message>()
      ahead = seen
      try {
        const sent = await call('message.send', params)
        messages = sent.messages.map((message) => seen.get(message.id) ?? message)
        tell()
      } finally {
        ahead = undefined
      }
    },
  }
}
