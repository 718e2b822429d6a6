import { useEffect, useState } from 'react'
import type { MessageDetail } from '../../contract/message'
import type { Live } from './live'

/** One message with its attempts wherever it is, kept current; undefined until it has come. */
export function useMessage(live: Live, id: string | undefined): MessageDetail | undefined {
  const [message, setMessage] = useState<MessageDetail>()
  useEffect(() => {
    if (id === undefined) return undefined
    let wanted = true
    const look = async () => {
      try {
        const found = await live.call('message.get', { id })
        if (wanted) setMessage(found)
      } catch {
        // A message that is gone has nothing to show.
        if (wanted) setMessage(undefined)
      }
    }
    const stop = live.onMessages((changed) => {
      if (changed.some((one) => one.id === id)) void look()
    })
    void look()
    return () => {
      wanted = false
      stop()
    }
  }, [live, id])
  return message?.id === id ? message : undefined
}
