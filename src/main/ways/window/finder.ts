import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { Clock } from '../../clock'
import type { Desktop } from '../../desktop/desktop'
import { isFailure, locate, type Target } from './locate'

/** For how long an input counts as being where it was found: a click looks again whether its window has moved. */
const MOMENT_MS = 100

/** Where agents' inputs are. */
export interface Finder {
  /** Looks now; touches nothing. */
  look(agent: Agent): Promise<Target | Failure>
  /** Where it was found a moment ago; looks if it was not. */
  recall(agent: Agent): Promise<Target | Failure>
}

export function createFinder(desktop: Desktop, clock: Pick<Clock, 'monotonic'>): Finder {
  let last: { readonly agent: Agent; readonly target: Target; readonly at: number } | undefined
  const look = async (agent: Agent) => {
    const at = clock.monotonic()
    const found = await locate(agent, desktop)
    last = isFailure(found) ? undefined : { agent, target: found, at }
    return found
  }
  return {
    look,
    async recall(agent) {
      // An agent that was changed meanwhile is another object.
      const isFresh = last?.agent === agent && clock.monotonic() - last.at < MOMENT_MS
      return last && isFresh ? last.target : look(agent)
    },
  }
}
