import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { Clock } from '../../clock'
import type { Desktop, Picture } from '../../desktop/desktop'
import type { Finder } from './finder'
import { isFailure, regionAround, type Target } from './locate'
import { isSamePicture, shownIn } from './shown'

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 60_000
/** After a try in vain the others have the desktop for so many times as long as it took. */
const REST = 4
/** Empty with its words of advice, with a draft, with and without the cursor, in another theme: an input looks several ways. */
const LOOKS = 8
/** How much of the window around the point is watched, in pixels: an input and a little more. */
const WATCHED = { width: 240, height: 60 }

/** What stands before agents' inputs: dialogs, questions of a page, windows that keep the focus or stay on top. */
export interface Obstacles {
  /** Looks at the input and around it; the function returned notes that a try did not reach it. */
  look(target: Target): Promise<(agent: Agent, failure: Failure, tried: Tried) => void>
  /** Notes that the agent's input took a text, as the agent is set, and how it looks without it, if that can be told. */
  reached(agent: Agent, look: string | undefined): void
  /** How the agent's input looked without the texts that it took, the last {@link LOOKS} ways. */
  looks(agent: Agent): readonly string[]
  /** True for an input that took a text before: what keeps the next one out will pass. */
  wasReached(agent: Agent): boolean
  /** Notes that nothing stands before the agent's input any more. */
  passed(agent: Agent): void
  /** True for an agent whose last try met an obstacle. */
  isMet(agent: Agent): boolean
  /** Why it is not worth a click yet to try this agent again, if so; touches nothing. */
  standing(agent: Agent): Promise<Failure | undefined>
}

interface Tried {
  readonly spentMs: number
  /** Whether the input could be reached in the end: what stood before it has gone. */
  readonly isOver: boolean
}

interface ObstacleDeps {
  readonly desktop: Pick<Desktop, 'windows' | 'overlays' | 'windowAt' | 'picture' | 'screens'>
  readonly clock: Pick<Clock, 'monotonic'>
  readonly finder: Pick<Finder, 'recall'>
  /** Whether a message was delivered to the agent as it is set, in an earlier session, too. */
  readonly hasDelivered: (agent: Agent) => boolean
}

interface Obstacle {
  readonly failure: Failure
  readonly seen: Surroundings
  readonly pauseMs: number
  readonly until: number
  /** False for one that was tried once more because something had changed, in vain: changes say little here. */
  readonly isTelling: boolean
}

interface Surroundings {
  /** Which windows there are, and where. */
  readonly windows: string
  /** What is to be seen where the input is; left out where another window lies over it. */
  readonly picture: Picture | undefined
}

/**
 * Only another try, which clicks into the window, can tell whether an input can be reached again, so tries grow ever more
 * seldom: up to once a minute. But whoever answers a dialog expects the message to go: when a window has gone, come or moved, or the
 * place of the input shows something else, it is tried at once; after one such try in vain, by the clock again.
 */
export function createObstacles({ desktop, clock, finder, hasDelivered }: ObstacleDeps): Obstacles {
  const reached = new WeakSet<Agent>()
  const looks = new WeakMap<Agent, readonly string[]>()
  const looksOf = (agent: Agent) => looks.get(agent) ?? []
  const obstacles = new WeakMap<Agent, Obstacle>()
  /** Agents that are tried again because something has changed. */
  const hinted = new WeakSet<Agent>()
  return {
    async look(target) {
      const seen = await surroundings(target, desktop)
      return (agent, failure, { spentMs, isOver }) => {
        const before = obstacles.get(agent)
        const doubled = before ? before.pauseMs * 2 : FIRST_PAUSE_MS
        const pauseMs = Math.min(Math.max(doubled, spentMs * REST), LONGEST_PAUSE_MS)
        const isTelling = !hinted.delete(agent)
        const isDue = isTelling && isOver
        if (isDue) hinted.add(agent)
        const until = clock.monotonic() + (isDue ? 0 : pauseMs)
        obstacles.set(agent, { failure, seen, pauseMs, until, isTelling })
      }
    },

    reached(agent, look) {
      reached.add(agent)
      if (look === undefined) return
      const others = looksOf(agent).filter((one) => one !== look)
      looks.set(agent, [look, ...others].slice(0, LOOKS))
      obstacles.delete(agent)
    },

    looks: looksOf,
    wasReached: (agent) => reached.has(agent) || hasDelivered(agent),
    passed: (agent) => void obstacles.delete(agent),
    isMet: (agent) => obstacles.has(agent),

    async standing(agent) {
      const obstacle = obstacles.get(agent)
      if (!obstacle || clock.monotonic() >= obstacle.until) return undefined
      if (!obstacle.isTelling) return obstacle.failure
      const target = await finder.recall(agent)
      if (isFailure(target)) return target
      if (isSame(obstacle.seen, await surroundings(target, desktop))) return obstacle.failure
      hinted.add(agent)
      return undefined
    },
  }
}

async function surroundings(target: Target, desktop: ObstacleDeps['desktop']): Promise<Surroundings> {
  const [windows, overlays, top] = await Promise.all([
    desktop.windows(),
    desktop.overlays(),
    desktop.windowAt(target.point),
  ])
  const places = windows.map(({ id, rect, minimized, hidden }) =>
    JSON.stringify([id, rect, minimized, hidden]),
  )
  const isInFront = top === target.window.id
  return {
    windows: [...places.toSorted(), ...overlays.map((rect) => JSON.stringify(rect))].join(),
    picture: isInFront ? await shownIn(regionAround(target, WATCHED), desktop) : undefined,
  }
}

function isSame(a: Surroundings, b: Surroundings): boolean {
  if (a.windows !== b.windows) return false
  return !a.picture || !b.picture || isSamePicture(a.picture, b.picture)
}
