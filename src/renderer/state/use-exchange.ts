import type { Message } from '../../contract/message'
import type { Result } from '../../contract/operations'
import type { Live } from './live'
import { useLookedUp, type LookedUp } from './use-looked-up'

export interface Exchange {
  /** The whole exchange, oldest first. */
  readonly messages: readonly Message[]
  /** Everyone who was asked in one go, each with their answer. */
  readonly asked: Result<'message.answers'>['asked']
}

/** What was written back and forth around a message, kept current; empty until it has come. */
export function useExchange(live: Live, id: string): Exchange {
  return useLookedUp(live, id, exchange) ?? nothing
}

const nothing: Exchange = { messages: [], asked: [] }

const exchange: LookedUp<Exchange> = {
  async look({ call }, id) {
    const [{ messages }, { asked }] = await Promise.all([
      call('message.thread', { id }),
      call('message.answers', { id }),
    ])
    return { messages, asked }
  },
  concerns: ({ thread, together, id: changed }, id) =>
    thread !== undefined || together !== undefined || changed === id,
}
