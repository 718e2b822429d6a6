import type { Log } from '../log'
import type { Roster } from '../roster/roster'
import type { OtherWay } from '../ways/way'
import type { Deliveries } from './deliveries'
import type { Gate } from './gate'
import type { Waiting } from './message-store'
import type { Queue } from './queue'
import { TROUBLE_PAUSE_MS, type Rounds } from './rounds'

export interface OtherLaneDeps {
  readonly queue: Pick<Queue, 'next'>
  readonly roster: Pick<Roster, 'get'>
  /** The way of this agent, if it does not take the desktop. */
  readonly otherWayOf: (agent: string) => OtherWay | undefined
  /** True for agents that the desktop serves. */
  readonly isDesktops: (agent: string) => boolean
  readonly gate: Gate
  readonly deliveries: Deliveries
  readonly rounds: Pick<Rounds, 'wake'>
  readonly log: Log
  readonly stopping: AbortSignal
}

/** So many agents are served at once: each may be a process and a connection. */
const MOST = 64

/** Delivers what does not need the desktop: to many agents at once, to each one message at a time. */
export class OtherLane {
  readonly #deps: OtherLaneDeps
  readonly #served = new Set<string>()

  constructor(deps: OtherLaneDeps) {
    this.#deps = deps
  }

  /** Begins to serve every agent that has something waiting; false, since nothing is left to do then. */
  async serveAll(): Promise<boolean> {
    const { queue, gate, deliveries, isDesktops, stopping } = this.#deps
    const held = gate.holds.held()
    const skip = (agent: string) =>
      held.has(agent) || this.#served.has(agent) || deliveries.isBusy(agent) || isDesktops(agent)
    while (!this.#isFull && !stopping.aborted) {
      const waiting = queue.next(skip)
      if (!waiting) break
      this.#served.add(waiting.to)
      void this.#serve(waiting)
    }
    return false
  }

  get #isFull(): boolean {
    return this.#served.size >= MOST
  }

  async #serve(waiting: Waiting): Promise<void> {
    const { gate, rounds, log } = this.#deps
    try {
      if (await gate.letsThrough(waiting)) await this.#deliverTo(waiting.to)
    } catch (error) {
      log.error(`The courier stumbled over ${waiting.to} and goes on: ${String(error)}`)
      gate.holds.retry(waiting.to, TROUBLE_PAUSE_MS)
    } finally {
      this.#served.delete(waiting.to)
      rounds.wake()
    }
  }

  /** Chooses again, since the look took time: what is more urgent now goes first. */
  async #deliverTo(name: string): Promise<void> {
    const { queue, roster, otherWayOf, gate, deliveries, stopping } = this.#deps
    const waiting = queue.next((agent) => agent !== name)
    const agent = roster.get(name)
    const way = otherWayOf(name)
    if (!waiting || !agent || !way || deliveries.isBusy(name) || stopping.aborted) return
    await deliveries.deliver(waiting, agent, { gate, deliver: (order) => way.deliver(order) })
  }
}
