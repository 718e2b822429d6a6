import { useEffect, useState } from 'react'
import type { Message } from '../../contract/message'
import type { Live } from './live'

/** What is looked up about a message, and which changes call for another look. */
export interface LookedUp<T> {
  look(live: Live, id: string): Promise<T>
  concerns(changed: Message, id: string): boolean
}

/** What there is to know of a message, kept current; undefined until it has come, and where there is none. */
export function useLookedUp<T>(
  live: Live,
  id: string | undefined,
  { look, concerns }: LookedUp<T>,
): T | undefined {
  const [found, setFound] = useState<{ readonly id: string; readonly value: T }>()
  useEffect(() => {
    if (id === undefined) return undefined
    let wanted = true
    const refresh = async () => {
      // A message that is gone has nothing to show.
      const value = await look(live, id).catch(() => undefined)
      if (wanted) setFound(value && { id, value })
    }
    const stop = live.onMessages((changed) => {
      if (changed.some((one) => concerns(one, id))) void refresh()
    })
    void refresh()
    return () => {
      wanted = false
      stop()
    }
  }, [live, id, look, concerns])
  return found?.id === id ? found?.value : undefined
}
