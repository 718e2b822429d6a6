import type { FailureCode } from '../../src/contract/failure'
import type { Message, Priority } from '../../src/contract/message'
import { waitBy, type Clock } from '../../src/main/clock'
import { startCourier, type Courier } from '../../src/main/queue/courier'
import { createQueue } from '../../src/main/queue/fair-queue'
import type { NewMessage } from '../../src/main/queue/message-store'
import type { Queue } from '../../src/main/queue/queue'
import { chooseAmong } from '../../src/main/ways/choose'
import type { Delivery, DesktopOrder, DesktopWay } from '../../src/main/ways/way'
import { FakeClock, settle } from '../fakes/fake-clock'
import { FakeRoster } from '../fakes/fake-roster'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage } from '../fakes/new-message'
import { silentLog } from '../fakes/silent-log'
import { agent, FakeTurns } from '../queue/courier-desk'
import { Rules } from './rules'

export const agents = ['A', 'B', 'C'] as const
export const senders = ['s', 't', 'u'] as const
export const RETRY_MS = 500
export const ATTEMPTS = 5

/** How a delivery goes on the simulated desktop. */
export type Fate =
  | 'arrives'
  | 'arrives, seen later'
  | 'waits'
  | 'fails for now'
  | 'fails for good'
  | 'breaks before the key'
  | 'breaks at the key'
  | 'breaks after the key'

interface Sending {
  readonly to: string
  readonly from: string
  readonly priority: Priority
  readonly key?: string
  readonly ttlMs?: number
}

/**
 * The real queue and courier over a simulated desktop and a clock that a schedule turns. What the rules see is what the
 * desktop sees: which delivery begins when, and what arrives.
 */
export class World {
  readonly clock = new FakeClock()
  readonly rules = new Rules(this.clock, (name) => this.person || this.missing.has(name))
  readonly store = new MemoryMessageStore({ clock: this.clock })
  readonly #roster = new FakeRoster()
  readonly #fates: readonly Fate[]
  readonly missing = new Set<string>()
  person = false
  queue: Queue
  #courier: Courier
  #life = 0
  #deliveries = 0
  #isGood = false
  #sent = 0

  constructor(fates: readonly Fate[]) {
    this.#fates = fates
    this.#roster.put(...agents.map((name) => agent(name)))
    ;[this.queue, this.#courier] = this.#begin()
  }

  /** Sends a message of its own text; answers with what the queue made of it. */
  async send({ ttlMs, ...sending }: Sending): Promise<Message> {
    const expiresAt =
      ttlMs === undefined ? {} : { expiresAt: new Date(this.clock.now() + ttlMs).toISOString() }
    const message: NewMessage = newMessage({ ...sending, ...expiresAt, text: `text ${(this.#sent += 1)}` })
    const [accepted] = await this.queue.send([message])
    if (!accepted) throw new Error('a message was neither accepted nor refused')
    this.rules.accepted(accepted, message)
    await settle()
    return accepted
  }

  messages(): readonly Message[] {
    return this.queue.list({ limit: 1000 }).messages
  }

  /** Everything of the program is gone at this instant, but what is on disk. */
  async crash(): Promise<void> {
    this.#life += 1
    this.rules.crashed()
    ;[this.queue, this.#courier] = this.#begin()
    await settle()
  }

  async stopDelivery(name: string): Promise<void> {
    // Not awaited: it ends with the delivery, whose time has still to pass.
    void this.#courier.stopDelivery(name)
    await settle()
  }

  /** From now on nothing goes wrong and nobody is in the way. */
  async becomeGood(): Promise<void> {
    this.#isGood = true
    this.person = false
    this.missing.clear()
    for (const name of agents) this.rules.troubled(name)
    this.queue.resume()
    for (const name of agents) this.queue.resume(name)
    for (const name of agents) this.rules.paused(name, false)
    this.rules.paused(undefined, false)
    await this.clock.advance(200_000)
  }

  #begin(): [Queue, Courier] {
    const life = this.#life
    const clock = this.#clockOf(life)
    const queue = createQueue({ store: this.store, clock, limit: 1000 })
    const turns = new FakeTurns()
    const courier = startCourier({
      queue,
      roster: this.#roster,
      turns: {
        withTurn: async (reason, use) => {
          await this.#asLongAsItLives(life)
          return turns.withTurn(reason, use)
        },
      },
      ways: chooseAmong([this.#way(life, clock)], this.store.pastes),
      giveBack: () => Promise.resolve(),
      clock,
      log: silentLog,
      settings: () => ({ attempts: ATTEMPTS, retryMs: RETRY_MS }),
    })
    return [queue, courier]
  }

  /** The timers of a program that has ended do not come. */
  #clockOf(life: number): Clock {
    const { clock } = this
    const own: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      wait: (ms, signal) => waitBy(own, ms, signal),
      setTimer: (ms, call) => clock.setTimer(ms, () => void (life === this.#life && call())),
    }
    return own
  }

  /** A program that has ended does nothing more, not even in the instant in which it ended. */
  async #asLongAsItLives(life: number): Promise<void> {
    if (life !== this.#life) await new Promise<never>(() => undefined)
  }

  #way(life: number, clock: Clock): DesktopWay {
    return {
      name: 'window',
      usesDesktop: true,
      ready: async ({ name }) => {
        await this.#asLongAsItLives(life)
        const code = this.person ? 'user-active' : this.missing.has(name) ? 'window-missing' : undefined
        return code && { code, message: code }
      },
      deliver: async (order) => {
        const fate = this.#isGood
          ? 'arrives'
          : (this.#fates[this.#deliveries++ % this.#fates.length] ?? 'arrives')
        this.rules.began(order.message)
        try {
          const delivery = await this.#deliver(order, fate, clock)
          if (life === this.#life) this.rules.ended(order.message, delivery)
          return delivery
        } catch (error) {
          if (life === this.#life) this.rules.broke(order.message, order.signal.aborted)
          throw error
        }
      },
    }
  }

  async #deliver(order: DesktopOrder, fate: Fate, clock: Clock): Promise<Delivery> {
    const { id } = order.message
    await clock.wait(40)
    order.signal.throwIfAborted()
    if (fate === 'waits') return notSubmitted('focus-lost')
    if (fate === 'fails for now') return notSubmitted('text-mismatch')
    if (fate === 'fails for good') return notSubmitted('not-accepted')
    if (fate === 'breaks before the key') throw new Error('broken')
    order.beforeSubmit()
    this.rules.marked(id)
    if (fate === 'breaks at the key') throw new Error('broken')
    await clock.wait(2)
    this.rules.arrived(id)
    if (fate === 'breaks after the key') throw new Error('broken')
    if (fate === 'arrives, seen later') {
      this.rules.freed(id)
      order.desktopFree()
    }
    await clock.wait(60)
    return { state: 'delivered', proof: 'read-back', timings: { steps: [] } }
  }
}

function notSubmitted(code: FailureCode): Delivery {
  return { state: 'not-submitted', failure: { code, message: code }, timings: { steps: [] } }
}
