import { useEffect, useState } from 'react'
import type { Message } from '../../contract/message'
import type { Live } from './live'

/** The exchange that a message belongs to, kept current; empty until it has come. */
export function useThread(live: Live, id: string): readonly Message[] {
  const [found, setFound] = useState<{ readonly id: string; readonly messages: readonly Message[] }>()
  useEffect(() => {
    let wanted = true
    const look = async () => {
      const messages = await live.call('message.thread', { id }).then(
        (result) => result.messages,
        () => [],
      )
      if (wanted) setFound({ id, messages })
    }
    const stop = live.onMessages((changed) => {
      if (changed.some((one) => one.thread !== undefined || one.id === id)) void look()
    })
    void look()
    return () => {
      wanted = false
      stop()
    }
  }, [live, id])
  return found?.id === id ? found.messages : []
}
