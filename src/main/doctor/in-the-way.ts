import type { Check } from '../../contract/doctor'
import type { Desk } from '../../contract/desktop-look'
import { contains, type Rect } from '../../contract/rects'
import { passed, words } from './checks'

export interface InTheWayDeps {
  readonly headless?: true
  overlays(): Promise<readonly Rect[]>
  look(): Promise<Pick<Desk, 'agents'>>
  isPaused(): boolean
}

/** What keeps messages waiting although agents can be found: a pause, and what lies over inputs and is no window. */
export async function inTheWayChecks(deps: InTheWayDeps): Promise<Check[]> {
  return [pausedCheck(deps), ...(deps.headless ? [] : [await overCheck(deps)])]
}

function pausedCheck({ isPaused }: InTheWayDeps): Check {
  if (!isPaused()) return passed('Queue', 'The queue is not paused.')
  const remedy = 'Resume it in the window, in the tray, or with "waggle resume".'
  return { name: 'Queue', ok: 'warning', found: 'The queue is paused: everything waits.', remedy }
}

async function overCheck({ overlays, look }: InTheWayDeps): Promise<Check> {
  const name = 'Over inputs'
  try {
    const [over, { agents }] = await Promise.all([overlays(), look()])
    const covered = agents.filter(({ point }) => {
      if (!point) return false
      const at = { x: point[0], y: point[1] }
      return over.some((rect) => contains(rect, at))
    })
    if (covered.length === 0) return passed(name, 'No notification, menu or locker lies over an input.')
    const inputs = covered.map((agent) => agent.name).join(', ')
    const found = `A notification, a menu or a locker lies over the input of ${inputs}.`
    return {
      name,
      ok: 'warning',
      found,
      remedy: 'Close it, or wait until it goes: the message then goes by itself.',
    }
  } catch (error) {
    return {
      name,
      ok: 'warning',
      found: `It cannot be seen: ${words(error)}`,
      remedy: 'See the other checks.',
    }
  }
}
