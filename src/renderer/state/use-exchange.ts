import { useEffect, useState } from 'react'
import type { Message } from '../../contract/message'
import type { Result } from '../../contract/operations'
import type { Live } from './live'

export interface Exchange {
  /** The whole exchange, oldest first. */
  readonly messages: readonly Message[]
  /** Everyone who was asked in one go, each with their answer. */
  readonly asked: Result<'message.answers'>['asked']
}

const nothing: Exchange = { messages: [], asked: [] }

/** What was written back and forth around a message, kept current; empty until it has come. */
export function useExchange(live: Live, id: string): Exchange {
  const [found, setFound] = useState<Exchange & { readonly id: string }>()
  useEffect(() => {
    let wanted = true
    const look = async () => {
      const exchange = await lookUp(live, id).catch(() => nothing)
      if (wanted) setFound({ id, ...exchange })
    }
    const stop = live.onMessages((changed) => {
      if (changed.some((one) => one.thread !== undefined || one.together !== undefined || one.id === id))
        void look()
    })
    void look()
    return () => {
      wanted = false
      stop()
    }
  }, [live, id])
  return found?.id === id ? found : nothing
}

async function lookUp({ call }: Live, id: string): Promise<Exchange> {
  const [{ messages }, { asked }] = await Promise.all([
    call('message.thread', { id }),
    call('message.answers', { id }),
  ])
  return { messages, asked }
}
