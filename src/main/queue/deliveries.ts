import type { Agent } from '../../contract/agent'
import { OperationError } from '../../contract/failure'
import type { DeliveryStep, Message, Timings } from '../../contract/message'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Delivery, Order } from '../ways/way'
import type { Gate } from './gate'
import type { Begun, Waiting } from './message-store'
import type { OutcomeWriter } from './outcome-writer'
import type { Queue } from './queue'
import { describeEnd, fromThrown, triedTooOften, verdictOn } from './verdicts'

export interface DeliveriesDeps {
  readonly queue: Queue
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly log: Log
  readonly outcomes: OutcomeWriter
  readonly settings: () => { readonly attempts: number; readonly retryMs: number }
  /** Aborts when no delivery may go on that has not pressed its submit key. */
  readonly stopping: AbortSignal
  /** An agent can be written to again. */
  readonly freed: () => void
}

/** How a message is handed over, and who is told what follows for its agent. */
export interface Handing {
  readonly gate: Gate
  /** How long its turn was waited for, in ms; for one that needs none left out. */
  readonly turnMs?: number
  deliver(order: Order): Promise<Delivery>
  onStep?(step: DeliveryStep): void
}

interface UnderWay {
  readonly stop: AbortController
  readonly done: Promise<void>
}

/** The deliveries that are under way, by their agents: one at a time for each. */
export class Deliveries {
  readonly #deps: DeliveriesDeps
  readonly #underWay = new Map<string, UnderWay>()

  constructor(deps: DeliveriesDeps) {
    this.#deps = deps
    deps.stopping.addEventListener('abort', () => void this.stop(undefined, deps.stopping.reason))
  }

  /** True until how the delivery to this agent ended is written. */
  isBusy(agent: string): boolean {
    return this.#underWay.has(agent)
  }

  /** Begins at once, and resolves when it has ended; not begun at all where the message has gone from the queue. */
  deliver({ id, to }: Waiting, agent: Agent, handing: Handing): Promise<void> {
    let begun: Begun
    try {
      begun = this.#deps.queue.begin(id)
    } catch (error) {
      if (!(error instanceof OperationError)) return Promise.reject(error)
      // Mostly it was cancelled or expired at the last moment; else it would be chosen again at once, for ever.
      if (this.#deps.queue.next((other) => other !== to)?.id === id) this.#holdUp(to, error, handing)
      return Promise.resolve()
    }
    const stop = new AbortController()
    if (this.#deps.stopping.aborted) stop.abort(this.#deps.stopping.reason)
    // Not before it is noted as under way.
    const done = Promise.resolve().then(() => this.#attempt(begun, agent, handing, stop.signal))
    this.#underWay.set(begun.message.to, { stop, done })
    return done
  }

  /**
   * Stops the one to this agent, or all, before the next step, and queues the message again with no attempt counted; past
   * the submit key it ends as it will. Resolves once it has ended.
   */
  async stop(agent: string | undefined, reason: unknown): Promise<void> {
    for (const { stop } of this.#to(agent)) stop.abort(reason)
    await this.ended(agent)
  }

  /** Resolves once the delivery to this agent, or all that are under way now, have ended. */
  async ended(agent?: string): Promise<void> {
    await Promise.all(this.#to(agent).map(({ done }) => done))
  }

  #holdUp(agent: string, error: Error, { gate }: Handing): void {
    const message = `The next message for ${agent} cannot be begun, and is looked at again every second: ${error.message}`
    this.#deps.log.error(message)
    gate.hold(agent, { code: 'internal', message })
  }

  #to(agent: string | undefined): UnderWay[] {
    return [...this.#underWay].flatMap(([to, one]) => (agent === undefined || to === agent ? one : []))
  }

  async #attempt(begun: Begun, agent: Agent, handing: Handing, signal: AbortSignal): Promise<void> {
    const { clock, settings, outcomes, log, freed } = this.#deps
    const { message, tries } = begun
    const [startedAt, wall] = [clock.monotonic(), clock.now()]
    const delivery =
      tries > settings().attempts
        ? triedTooOften(tries - 1)
        : await this.#hand(message, agent, handing, signal)
    const { turnMs } = handing
    const steps = delivery.timings.steps.filter(({ step }) => step !== 'turn')
    const timings: Timings = {
      waitMs: Math.max(0, wall - Date.parse(message.createdAt)),
      deliveryMs: clock.monotonic() - startedAt,
      steps: turnMs === undefined ? steps : [{ step: 'turn', ms: turnMs }, ...steps],
    }
    log.debug(describeEnd(message, delivery, timings))
    const settle = () => this.#settle(begun, delivery, timings, handing.gate, signal.aborted)
    outcomes.write(settle, () => {
      this.#underWay.delete(message.to)
      freed()
    })
  }

  async #hand(message: Message, agent: Agent, handing: Handing, signal: AbortSignal): Promise<Delivery> {
    const { queue } = this.#deps
    let marked = false
    try {
      return await handing.deliver({
        // What is typed, and looked for afterwards, is the whole.
        message: { ...message, text: message.sentText ?? message.text },
        agent,
        signal,
        onStep: (step) => {
          queue.step(message.id, step)
          handing.onStep?.(step)
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
  #settle(
    { message, tries }: Begun,
    delivery: Delivery,
    timings: Timings,
    gate: Gate,
    isStopped: boolean,
  ): void {
    const { queue, settings } = this.#deps
    const { id, to } = message
    if (delivery.state === 'not-submitted') {
      const { failure } = delivery
      const verdict = verdictOn(failure)
      // What an agent made of a text stands, stopped or not.
      if (isStopped && verdict !== 'fails') {
        queue.putBack(id)
        return
      }
      if (verdict === 'waits alone') {
        queue.setWaiting(to, undefined)
        gate.holds.clear(to)
        queue.putBack(id, failure)
        return
      }
      queue.setWaiting(to, failure)
      if (verdict === 'waits') {
        queue.putBack(id)
        gate.hold(to, failure)
        return
      }
      if (verdict === 'tried again' && tries < settings().attempts) {
        queue.finish(id, { ...delivery, state: 'queued' }, timings)
        gate.holds.retry(to, settings().retryMs * 2 ** (tries - 1))
        return
      }
    }
    queue.setWaiting(to, undefined)
    const { state } = delivery
    queue.finish(id, state === 'not-submitted' ? { ...delivery, state: 'failed' } : delivery, timings)
    gate.holds.clear(to)
  }
}
