import { useEffect, useState } from 'react'
import type { Call } from '../state/call'

export interface Facts {
  /** The names of the profiles there are. */
  readonly profiles: readonly string[]
  /** The keys that take the mouse's place as an agent's input, as a person would say them. */
  readonly shortcut: string
  /** Whether a message was ever delivered here; undefined until it is known. */
  readonly hasDelivered: boolean | undefined
}

const unknown: Facts = { profiles: [], shortcut: '', hasDelivered: undefined }

/** What the view needs to know once, when it opens. */
export function useFacts(call: Call): Facts {
  const [facts, setFacts] = useState(unknown)
  useEffect(() => {
    let isOver = false
    const ask = async () => {
      const [{ profiles }, { settings }, { messages }] = await Promise.all([
        call('agent.list', {}),
        call('settings.get', {}),
        call('message.list', { states: ['delivered'], limit: 1 }),
      ])
      const shortcut = spoken(settings.shortcuts.calibrate)
      if (!isOver) setFacts({ profiles, shortcut, hasDelivered: messages.length > 0 })
    }
    // Without them the view still works: the guide does not come up, and no profile can be chosen.
    ask().catch(() => undefined)
    return () => {
      isOver = true
    }
  }, [call])
  return facts
}

/** "CommandOrControl+Alt+C" as it stands on this keyboard. */
export function spoken(accelerator: string): string {
  const isMac = navigator.userAgent.includes('Mac OS')
  return accelerator.replace('CommandOrControl', isMac ? '⌘' : 'Ctrl')
}
