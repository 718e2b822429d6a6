import { useEffect, useState } from 'react'
import type { ListedAgent } from '../../contract/agent'
import type { Live } from '../state/live'

/** How each agent stands, by its name. */
export type Standings = Readonly<Record<string, ListedAgent['stands']>>

const LOOK_EVERY_MS = 1500

/** Asked again while the page is shown: what happens in a terminal comes without a word. */
export function useStandings({ call, onEvent }: Live): Standings {
  const [standings, setStandings] = useState<Standings>({})
  useEffect(() => {
    let isOver = false
    const look = async () => {
      const { agents } = await call('agent.list', {})
      const now = Object.fromEntries(agents.map(({ name, stands }) => [name, stands]))
      // The same standings are the same object, so that nothing is drawn anew while nothing has changed.
      if (!isOver) setStandings((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
    }
    // What cannot be asked now is shown as it was.
    const lookAgain = () => void look().catch(() => undefined)
    lookAgain()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') lookAgain()
    }, LOOK_EVERY_MS)
    const stop = onEvent(({ type }) => {
      if (type === 'agent') lookAgain()
    })
    return () => {
      isOver = true
      clearInterval(timer)
      stop()
    }
  }, [call, onEvent])
  return standings
}
