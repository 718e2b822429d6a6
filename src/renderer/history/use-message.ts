import { useEffect, useState } from 'react'
import type { Message } from '../../contract/message'
import type { Live } from '../state/live'

/** One message wherever it is, kept current; undefined until it has come, or when there is none. */
export function useMessage(live: Live, id: string | undefined): Message | undefined {
  const [message, setMessage] = useState<Message>()
  useEffect(() => {
    if (id === undefined) return undefined
    const load = async () => {
      const { attempts, ...rest } = await live.call('message.get', { id })
      setMessage({ ...rest, attempts: attempts.length })
    }
    // A message that is gone has nothing to show.
    load().catch(() => setMessage(undefined))
    return live.onEvent((event) => {
      if (event.type === 'message' && event.message.id === id) setMessage(event.message)
    })
  }, [live, id])
  return message
}
