import type { Agent } from '../../contract/agent'
import { OperationError, type Failure } from '../../contract/failure'
import type { Message, Priority, Timings } from '../../contract/message'
import type { Clock } from '../clock'
import type { Turn, Turns } from '../desktop/lock/turns'
import type { Log } from '../log'
import type { Roster } from '../roster/roster'
import { Foresight } from './foresight'
import { Holds } from './holds'
import { EVERYONE, type Waiting } from './message-store'
import type { Deliver, Delivery } from './order'
import { OutcomeWriter } from './outcome-writer'
import { Patience } from './patience'
import type { Queue } from './queue'
import { agentTrouble, describeEnd, fromLockError, fromThrown, isPassing, triedTooOften } from './verdicts'

export type { Deliver, Delivery, Order } from './order'

export interface CourierDeps {
  readonly queue: Queue
  readonly roster: Pick<Roster, 'get' | 'onChange'>
  readonly turns: Pick<Turns, 'withTurn'>
  /** Why nothing can be delivered to this agent now, if so. Looks only, touches nothing. */
  readonly ready: (agent: Agent, priority: Priority) => Promise<Failure | undefined>
  readonly deliver: Deliver
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
   * Stops the delivery under way (to this agent, or to any) before its next step and queues its message again, no attempt
   * counted; past the submit key it ends as it will. Resolves once the desktop is let go. Pause first, or it goes again.
   */
  stopDelivery(agent?: string): Promise<void>
  /** Takes no further message; resolves when a running delivery has ended: before its submit key, or as it went. */
  stop(): Promise<void>
}

/** A pause after an error of our own, so that it does not repeat itself thousands of times a second. */
const TROUBLE_PAUSE_MS = 1000

/** Delivers what the queue holds, one message at a time, until it is stopped. */
export function startCourier(deps: CourierDeps): Courier {
  const round = new CourierRound(deps)
  const done = round.run()
  return {
    stopDelivery: (agent) => round.stopDelivery(agent),
    stop() {
      round.stop()
      return done
    },
  }
}

class CourierRound {
  readonly #deps: CourierDeps
  readonly #holds: Holds
  readonly #stop = new AbortController()
  #nap = new AbortController()
  /** The attempt under way, and the turn it is made in. */
  #attempting: { readonly to: string; readonly stop: AbortController } | undefined
  #turnUse: Promise<void> | undefined
  /** What the last turn found to come next: looked at again in its own turn. */
  #upcoming: Waiting | undefined
  readonly #outcomes: OutcomeWriter
  readonly #patience: Patience
  readonly #foresight: Foresight

  constructor(deps: CourierDeps) {
    this.#deps = deps
    this.#holds = new Holds(deps.clock)
    this.#outcomes = new OutcomeWriter(deps.log)
    this.#patience = new Patience(deps.clock)
    this.#foresight = new Foresight(deps.clock)
  }

  async run(): Promise<void> {
    const unsubscribe = this.#deps.roster.onChange(() => {
      this.#holds.clearWaiting()
      this.#nap.abort()
    })
    while (!this.#stop.signal.aborted) {
      this.#nap = new AbortController()
      // Listening begins before looking, or a message that comes in between would wait for the next one.
      const change = this.#deps.queue.changed(this.#nap.signal)
      try {
        if (await this.#deliverOne()) continue
        await this.#sleepUntil(change)
      } catch (error) {
        this.#deps.log.error(`The courier stumbled and goes on: ${String(error)}`)
        await this.#pause()
      } finally {
        this.#nap.abort()
      }
    }
    this.#outcomes.writeAgain()
    unsubscribe()
  }

  stop(): void {
    this.#stop.abort(new Error('Waggle is shutting down'))
    this.#attempting?.stop.abort(this.#stop.signal.reason)
    this.#nap.abort()
  }

  async stopDelivery(agent: string | undefined): Promise<void> {
    if (!this.#attempting || (agent !== undefined && agent !== this.#attempting.to)) return
    this.#attempting.stop.abort(new Error('the delivery was stopped'))
    await this.#turnUse
  }

  /** False when there is nothing to do for now. */
  async #deliverOne(): Promise<boolean> {
    if (!this.#outcomes.writeAgain()) throw new Error('nothing is delivered until the disk takes it')
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
    try {
      await this.#deps.turns.withTurn(`message for ${first.to}`, useTurn, this.#stop.signal)
    } catch (error) {
      if (use) this.#deps.log.warn(`The desktop could not be given back in order: ${String(error)}`)
      else if (!this.#stop.signal.aborted) await this.#noTurn(first.to, error)
    }
    await use
    return true
  }

  async #noTurn(agent: string, error: unknown): Promise<void> {
    const { failure, isTimeout } = fromLockError(error)
    this.#deps.queue.setWaiting(EVERYONE, failure)
    this.#deps.log.warn(`No turn for ${agent}: ${failure.message}`)
    if (!isTimeout) await this.#pause()
  }

  /** The next message whose agent can be written to; `checked` names one that has just been found so. */
  async #choose(checked?: string): Promise<Waiting | undefined> {
    const { queue } = this.#deps
    while (!this.#stop.signal.aborted) {
      const waiting = queue.next(this.#holds.held())
      if (!waiting || waiting.to === checked) return waiting
      const failure = await this.#trouble(waiting)
      if (!failure) {
        checked = waiting.to
        this.#patience.renew()
      } else if (!this.#hasGivenUp(waiting, failure)) this.#hold(waiting.to, failure)
    }
    return undefined
  }

  async #trouble({ to: name, priority }: Waiting): Promise<Failure | undefined> {
    const agent = this.#deps.roster.get(name)
    const trouble = agentTrouble(name, agent)
    if (trouble || !agent) return trouble
    try {
      return await this.#deps.ready(agent, priority)
    } catch (error) {
      return { code: 'internal', message: `Looking for the window of ${name} failed: ${String(error)}` }
    }
  }

  /** Nothing is ever forced: a message that has waited too long for the person fails instead, where that is wanted. */
  #hasGivenUp({ id }: Waiting, failure: Failure): boolean {
    const { queue, settings } = this.#deps
    if (failure.code !== 'user-active' || !this.#patience.isOver(id, settings().giveUpMs)) return false
    return this.#outcomes.write(() => {
      queue.begin(id)
      queue.finish(id, { state: 'failed', failure }, { waitMs: 0, deliveryMs: 0, steps: [] })
    })
  }

  /** Chooses again, since waiting for the turn took time: what is more urgent now goes first. */
  async #useTurn(turn: Turn, checked: string): Promise<void> {
    this.#deps.queue.setWaiting(EVERYONE, undefined)
    const waiting = await this.#choose(checked)
    const agent = waiting && this.#deps.roster.get(waiting.to)
    if (agent) await this.#attempt(waiting, agent, turn)
    this.#upcoming = await this.#choose(await this.#foresight.take())
    if (!this.#upcoming) await this.#deps.giveBack(turn)
  }

  async #attempt({ id }: Waiting, agent: Agent, turn: Turn): Promise<void> {
    const { queue, clock, settings } = this.#deps
    const [startedAt, wall] = [clock.monotonic(), clock.now()]
    let begun
    try {
      begun = queue.begin(id)
    } catch (error) {
      // Cancelled or expired at the last moment.
      if (error instanceof OperationError) return
      throw error
    }
    const { message, tries } = begun
    const stop = new AbortController()
    if (this.#stop.signal.aborted) stop.abort(this.#stop.signal.reason)
    this.#attempting = { to: message.to, stop }
    const delivery =
      tries > settings().attempts
        ? triedTooOften(tries - 1)
        : await this.#deliver(message, agent, turn, stop.signal)
    this.#attempting = undefined
    const timings: Timings = {
      waitMs: Math.max(0, wall - Date.parse(message.createdAt)),
      deliveryMs: clock.monotonic() - startedAt,
      steps: [
        { step: 'turn', ms: turn.waitedMs },
        ...delivery.timings.steps.filter(({ step }) => step !== 'turn'),
      ],
    }
    this.#deps.log.debug(describeEnd(message, delivery, timings))
    if (delivery.state === 'not-submitted' && stop.signal.aborted)
      this.#outcomes.write(() => void queue.putBack(id))
    else this.#outcomes.write(() => this.#settle(message, tries, delivery, timings))
  }

  async #deliver(message: Message, agent: Agent, turn: Turn, signal: AbortSignal): Promise<Delivery> {
    const { queue, deliver } = this.#deps
    let marked = false
    try {
      return await deliver({
        message,
        agent,
        turn,
        signal,
        onStep: (step) => {
          queue.step(message.id, step)
          if (step === 'seen-empty') this.#foresight.look(async () => this.#choose())
        },
        beforeSubmit: () => {
          signal.throwIfAborted()
          queue.markSubmitting(message.id)
          marked = true
        },
      })
    } catch (error) {
      return fromThrown(error, marked)
    }
  }

  /** Writes how it went; what follows for the agent comes after, so that a refused write can be repeated whole. */
  #settle(message: Message, tries: number, delivery: Delivery, timings: Timings): void {
    const { queue, settings } = this.#deps
    const { id, to } = message
    if (delivery.state === 'not-submitted') {
      const { failure } = delivery
      queue.setWaiting(to, failure)
      if (isPassing(failure.code)) {
        queue.putBack(id)
        this.#hold(to, failure)
        return
      }
      if (tries < settings().attempts) {
        queue.finish(id, { state: 'queued', failure }, timings)
        this.#holds.retry(to, settings().retryMs * 2 ** (tries - 1))
        return
      }
    }
    queue.setWaiting(to, undefined)
    const { state } = delivery
    queue.finish(id, state === 'not-submitted' ? { ...delivery, state: 'failed' } : delivery, timings)
    this.#holds.clear(to)
  }

  #hold(agent: string, failure: Failure): void {
    this.#deps.queue.setWaiting(agent, failure)
    this.#holds.wait(agent)
    this.#deps.log.debug(`${agent} waits: ${failure.code}, ${failure.message}`)
  }

  async #sleepUntil(change: Promise<void>): Promise<void> {
    const ms = this.#holds.nextLookMs()
    const cancelTimer = ms === undefined ? undefined : this.#deps.clock.setTimer(ms, () => this.#nap.abort())
    await change
    cancelTimer?.()
  }

  async #pause(): Promise<void> {
    await this.#deps.clock.wait(TROUBLE_PAUSE_MS, this.#stop.signal).catch(() => undefined)
  }
}
