import { useEffect, useState } from 'react'
import type { Desk } from '../../contract/desktop-look'
import type { Live } from '../state/live'

export interface SeenDesk {
  /** As it was seen last. */
  readonly desk: Desk | undefined
  /** Why it could not be seen. */
  readonly trouble: string | undefined
}

const LOOK_EVERY_MS = 1500

/** The desktop, looked at again while the page is shown: windows come and go without a word. */
export function useDesk({ call, onEvent }: Live): SeenDesk {
  const [seen, setSeen] = useState<SeenDesk>({ desk: undefined, trouble: undefined })
  useEffect(() => {
    let isOver = false
    const look = async () => {
      try {
        const desk = await call('desktop.look', {})
        // The same desk is the same object, so that nothing is drawn anew while nothing has changed.
        if (!isOver)
          setSeen((before) =>
            same(before.desk, desk) && !before.trouble ? before : { desk, trouble: undefined },
          )
      } catch (error) {
        const trouble = error instanceof Error ? error.message : String(error)
        if (!isOver) setSeen((before) => ({ ...before, trouble }))
      }
    }
    void look()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look()
    }, LOOK_EVERY_MS)
    // A changed agent is looked for at once.
    const stop = onEvent(({ type }) => {
      if (type === 'agent') void look()
    })
    return () => {
      isOver = true
      clearInterval(timer)
      stop()
    }
  }, [call, onEvent])
  return seen
}

function same(one: Desk | undefined, other: Desk): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
