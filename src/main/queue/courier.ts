import type { Clock } from '../clock'
import type { Turn, Turns } from '../desktop/lock/turns'
import { HandsOff } from '../hands-off'
import type { Log } from '../log'
import type { Roster } from '../roster/roster'
import type { Ways } from '../ways/choose'
import type { Way } from '../ways/way'
import { Deliveries } from './deliveries'
import { DesktopLane } from './desktop-lane'
import { Gate } from './gate'
import { OtherLane } from './other-lane'
import { OutcomeWriter } from './outcome-writer'
import type { Queue } from './queue'
import { Rounds } from './rounds'

/** A delivery that only looks any more ends within this, or is not waited for. */
const ENDED_MS = 50

export interface CourierDeps {
  readonly queue: Queue
  readonly roster: Pick<Roster, 'get' | 'onChange'>
  readonly turns: Pick<Turns, 'withTurn'>
  readonly ways: Ways
  /** Gives the person's clipboard, pointer and focus back; called while the desktop is held, when nothing more can go. */
  readonly giveBack: (turn: Turn) => Promise<void>
  readonly clock: Clock
  readonly log: Log
  /** Read at each use, so that a changed one holds at once. */
  readonly settings: () => {
    /** How often a message is tried before it fails. */
    readonly attempts: number
    /** Pause after the first failed attempt; it doubles. */
    readonly retryMs: number
    /** After how long a message that waits for the person at the desk fails; never, where it is left out. */
    readonly giveUpMs?: number | undefined
  }
}

export interface Courier {
  /**
   * Stops what is under way (to this agent, or to any) before its next act and queues its messages again, no attempt
   * counted: what has been pasted stays where it stands, and the next try goes on with it. Past the submit key each ends as
   * it will. Resolves once the desktop is let go; what only looks any more may end later. Pause first, or they go again.
   */
  stopDelivery(agent?: string): Promise<void>
  /** Resolves once no delivery to this agent is under way, also none that has let the desktop go already. */
  settled(agent: string): Promise<void>
  /** Takes no further message; resolves when every running delivery has ended: before its submit key, or as it went. */
  stop(): Promise<void>
}

/**
 * Delivers what the queue holds until it is stopped: one message at a time to each agent, one at a time on the desktop,
 * and beside that what does not need it.
 */
export function startCourier(deps: CourierDeps): Courier {
  const { roster, queue } = deps
  const stopping = new AbortController()
  const common = { ...deps, stopping: stopping.signal, outcomes: new OutcomeWriter(deps.log) }
  const lanes = waysOf(deps)
  const desktop = { gate: new Gate(common), rounds: new Rounds(common) }
  const others = { gate: new Gate(common), rounds: new Rounds(common) }
  const wake = () => {
    desktop.rounds.wake()
    others.rounds.wake()
  }
  deps.ways.onSwitch(wake)
  const deliveries = new Deliveries({ ...common, freed: wake })
  const desktopLane = new DesktopLane({ ...common, ...lanes, ...desktop, deliveries })
  const otherLane = new OtherLane({ ...common, ...lanes, ...others, deliveries })
  const unsubscribe = roster.onChange(() => {
    for (const { gate } of [desktop, others]) gate.holds.clearWaiting()
    // It rings the bell, which wakes both.
    queue.lookAgain()
  })
  const onDisk = (round: () => Promise<boolean>) => async () => {
    if (!common.outcomes.writeAgain()) throw new Error('nothing is delivered until the disk takes it')
    return round()
  }
  const done = Promise.all([
    desktop.rounds.run(
      onDisk(() => desktopLane.deliverOne()),
      () => desktop.gate.holds.nextLookMs(),
    ),
    others.rounds.run(
      onDisk(() => otherLane.serveAll()),
      () => others.gate.holds.nextLookMs(),
    ),
  ])
  return {
    async stopDelivery(agent) {
      const letGo = desktopLane.letGo(agent)
      const ended = deliveries.stop(agent, new HandsOff())
      await letGo
      await atMost(ENDED_MS, ended, deps.clock)
    },
    settled: (agent) => deliveries.ended(agent),
    async stop() {
      stopping.abort(new Error('Waggle is shutting down'))
      await done
      await deliveries.ended()
      common.outcomes.writeAgain()
      unsubscribe()
    },
  }
}

async function atMost(ms: number, done: Promise<void>, clock: Pick<Clock, 'setTimer'>): Promise<void> {
  let callOff: (() => void) | undefined
  const late = new Promise<void>((resolve) => (callOff = clock.setTimer(ms, resolve)))
  await Promise.race([done, late]).finally(() => callOff?.())
}

/** Ways by the names of agents, as they are at each call. */
function waysOf({ roster, ways }: Pick<CourierDeps, 'roster' | 'ways'>) {
  const find = (name: string): Way | undefined => {
    const agent = roster.get(name)
    const way = agent && ways.of(agent)
    return way && 'name' in way ? way : undefined
  }
  const desktopWayOf = (name: string) => {
    const way = find(name)
    return way?.usesDesktop ? way : undefined
  }
  return {
    desktopWayOf,
    isDesktops: (name: string) => desktopWayOf(name) !== undefined,
    otherWayOf(name: string) {
      const way = find(name)
      return way && !way.usesDesktop ? way : undefined
    },
  }
}
