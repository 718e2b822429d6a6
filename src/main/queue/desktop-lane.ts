import type { Turn, Turns } from '../desktop/lock/turns'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Roster } from '../roster/roster'
import type { DesktopWay } from '../ways/way'
import type { Deliveries } from './deliveries'
import { Foresight } from './foresight'
import type { Gate } from './gate'
import type { Waiting } from './message-store'
import type { Queue } from './queue'
import type { Rounds } from './rounds'
import { fromLockError } from './verdicts'

export interface DesktopLaneDeps {
  readonly queue: Pick<Queue, 'next' | 'setAllWaiting' | 'hasDesktop'>
  readonly roster: Pick<Roster, 'get'>
  readonly turns: Pick<Turns, 'withTurn'>
  /** The way of this agent, if it takes the desktop. */
  readonly desktopWayOf: (agent: string) => DesktopWay | undefined
  /** Gives the person's clipboard, pointer and focus back; called while the desktop is held, when nothing more can go. */
  readonly giveBack: (turn: Turn) => Promise<void>
  readonly gate: Gate
  readonly deliveries: Deliveries
  readonly rounds: Pick<Rounds, 'pause'>
  readonly clock: Pick<Clock, 'monotonic'>
  readonly log: Log
  readonly stopping: AbortSignal
}

/** Delivers what needs the desktop, one message a turn. */
export class DesktopLane {
  readonly #deps: DesktopLaneDeps
  readonly #foresight: Foresight
  /** The turn under way, and the agent whose delivery has the desktop in it. */
  #turnUse: Promise<void> | undefined
  #served: string | undefined
  /** What the last turn found to come next: looked at again in its own turn. */
  #upcoming: Waiting | undefined

  constructor(deps: DesktopLaneDeps) {
    this.#deps = deps
    this.#foresight = new Foresight(deps.clock)
  }

  /** Delivers the next message; false when there is nothing to do for now. */
  async deliverOne(): Promise<boolean> {
    const first = this.#upcoming ?? (await this.#choose())
    this.#upcoming = undefined
    if (!first) return false
    // What our own part of the turn throws is ours; anything else came from the lock.
    let use: Promise<void> | undefined
    const useTurn = async (turn: Turn) => {
      use = this.#useTurn(turn, first.to)
      this.#turnUse = use.catch(() => undefined)
      await this.#turnUse
    }
    const { turns, stopping, log } = this.#deps
    try {
      await turns.withTurn(`message for ${first.to}`, useTurn, stopping)
    } catch (error) {
      if (use) log.warn(`The desktop could not be given back in order: ${String(error)}`)
      else if (!stopping.aborted) await this.#noTurn(first.to, error)
    }
    await use
    return true
  }

  /** Resolves once the desktop is let go, where a delivery to this agent (or to any) has it. */
  async letGo(agent: string | undefined): Promise<void> {
    if (this.#served !== undefined && (agent === undefined || agent === this.#served)) await this.#turnUse
  }

  async #noTurn(agent: string, error: unknown): Promise<void> {
    const { failure, isTimeout } = fromLockError(error)
    this.#tellAll(failure)
    this.#deps.log.warn(`No turn for ${agent}: ${failure.message}`)
    if (!isTimeout) await this.#deps.rounds.pause()
  }

  #tellAll(failure: Parameters<Queue['setAllWaiting']>[0]): void {
    this.#deps.queue.setAllWaiting(failure, (agent) => this.#deps.desktopWayOf(agent) !== undefined)
  }

  /** The next message whose agent can be written to; `checked` names one that has just been found so. */
  async #choose(checked?: string): Promise<Waiting | undefined> {
    const { queue, gate, stopping } = this.#deps
    while (!stopping.aborted) {
      const waiting = queue.next(this.#skip())
      if (!waiting || waiting.to === checked) return waiting
      if (await gate.letsThrough(waiting)) checked = waiting.to
    }
    return undefined
  }

  /** Agents that get nothing now. Who is served at this moment is free when its delivery has ended: one looks ahead. */
  #skip(): (agent: string) => boolean {
    const { gate, deliveries, desktopWayOf } = this.#deps
    const held = gate.holds.held()
    return (agent) =>
      held.has(agent) || (agent !== this.#served && deliveries.isBusy(agent)) || !desktopWayOf(agent)
  }

  /** Chooses again, since waiting for the turn took time: what is more urgent now goes first. */
  async #useTurn(turn: Turn, checked: string): Promise<void> {
    this.#tellAll(undefined)
    const waiting = await this.#choose(checked)
    if (waiting) await this.#serve(waiting, turn)
    this.#upcoming = await this.#choose(await this.#foresight.take())
    if (!this.#upcoming) await this.#deps.giveBack(turn)
  }

  /** Resolves when the delivery has ended, or needs the desktop no more. */
  async #serve(waiting: Waiting, turn: Turn): Promise<void> {
    const { queue, roster, desktopWayOf, deliveries, gate } = this.#deps
    const agent = roster.get(waiting.to)
    const way = desktopWayOf(waiting.to)
    if (!agent || !way) return
    this.#served = waiting.to
    const free = new Promise<void>((resolve, reject) => {
      const ended = deliveries.deliver(waiting, agent, {
        gate,
        turnMs: turn.waitedMs,
        deliver: (order) => way.deliver({ ...order, turn, desktopFree: resolve }),
        onStep: (step) => {
          const isServed = this.#served === waiting.to
          if (step === 'seen-empty' && isServed) this.#foresight.look(() => this.#choose())
        },
      })
      queue.hasDesktop(waiting.id)
      ended.then(resolve, reject)
    })
    await free.finally(() => {
      this.#served = undefined
      queue.hasDesktop(undefined)
    })
  }
}
