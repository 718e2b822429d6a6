import type { Failure } from '../../contract/failure'
import type { Priority } from '../../contract/message'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Roster } from '../roster/roster'
import type { Ways } from '../ways/choose'
import { Holds } from './holds'
import type { Waiting } from './message-store'
import type { OutcomeWriter } from './outcome-writer'
import { Patience } from './patience'
import type { Queue } from './queue'
import { agentTrouble } from './verdicts'

export interface GateDeps {
  readonly queue: Pick<Queue, 'setWaiting' | 'begin' | 'finish' | 'get' | 'putBack'>
  readonly roster: Pick<Roster, 'get'>
  readonly ways: Pick<Ways, 'choose' | 'of'>
  readonly clock: Pick<Clock, 'monotonic'>
  readonly log: Log
  readonly outcomes: OutcomeWriter
  readonly settings: () => { readonly giveUpMs?: number | undefined }
}

/** Lets messages through whose agents can be written to, and keeps in mind who is to be passed over until when. */
export class Gate {
  readonly #deps: GateDeps
  readonly #patience: Patience
  readonly holds: Holds

  constructor(deps: GateDeps) {
    this.#deps = deps
    this.holds = new Holds(deps.clock)
    this.#patience = new Patience(deps.clock)
  }

  /** False when it cannot go now: its agent is held then, or the message has failed. */
  async letsThrough(waiting: Waiting): Promise<boolean> {
    const failure = await this.#trouble(waiting.to, waiting.priority)
    if (!failure) this.#patience.renew()
    else if (!this.#isHeldAlone(waiting) && !this.#hasGivenUp(waiting, failure))
      this.hold(waiting.to, failure)
    return !failure
  }

  /** Passes over this agent for a while: its messages wait for this reason. */
  hold(agent: string, failure: Failure): void {
    this.#deps.queue.setWaiting(agent, failure)
    this.holds.wait(agent, failure.code)
    this.#deps.log.debug(`${agent} waits: ${failure.code}, ${failure.message}`)
  }

  async #trouble(name: string, priority: Priority): Promise<Failure | undefined> {
    const agent = this.#deps.roster.get(name)
    const trouble = agentTrouble(name, agent)
    if (trouble || !agent) return trouble
    try {
      return await this.#deps.ways.choose(agent, priority)
    } catch (error) {
      return {
        code: 'internal',
        message: `Looking whether ${name} can be written to failed: ${String(error)}`,
      }
    }
  }

  /** A text that its agent would take for a command is held, and named so, before the agent is ready for it. */
  #isHeldAlone({ id, to }: Waiting): boolean {
    const { queue, roster, ways, outcomes } = this.#deps
    const [agent, message] = [roster.get(to), queue.get(id)]
    if (!agent || !message) return false
    const way = ways.of(agent)
    const held = 'name' in way ? way.held?.(agent, message.sentText ?? message.text) : undefined
    if (!held) return false
    return outcomes.write(() => {
      queue.begin(id)
      queue.putBack(id, held)
    })
  }

  /** Nothing is ever forced: a message that has waited too long for the person fails instead, where that is wanted. */
  #hasGivenUp({ id }: Waiting, failure: Failure): boolean {
    const { queue, settings, outcomes } = this.#deps
    if (failure.code !== 'user-active' || !this.#patience.isOver(id, settings().giveUpMs)) return false
    return outcomes.write(() => {
      queue.begin(id)
      queue.finish(id, { state: 'failed', failure }, { waitMs: 0, deliveryMs: 0, steps: [] })
    })
  }
}
