import type { Agent } from '../../src/contract/agent'
import type { Failure, FailureCode } from '../../src/contract/failure'
import type { Turn, Turns } from '../../src/main/desktop/lock/turns'
import { startCourier, type Courier } from '../../src/main/queue/courier'
import type { MessageStore, NewMessage } from '../../src/main/queue/message-store'
import { createQueue } from '../../src/main/queue/fair-queue'
import type { Queue } from '../../src/main/queue/queue'
import { chooseAmong } from '../../src/main/ways/choose'
import type { Delivery, DesktopOrder, DesktopWay, Order, OtherWay } from '../../src/main/ways/way'
import { FakeClock, settle } from '../fakes/fake-clock'
import { FakeRoster } from '../fakes/fake-roster'
import { MemoryMessageStore } from '../fakes/memory-message-store'
import { newMessage } from '../fakes/new-message'

/** How a test has messages delivered on the desktop. */
export type Deliver = DesktopWay['deliver']

export const delivered: Delivery = {
  state: 'delivered',
  proof: 'read-back',
  timings: { steps: [{ step: 'paste', ms: 3 }] },
}

export function notSubmitted(code: FailureCode): Delivery {
  return { state: 'not-submitted', failure: { code, message: `because of ${code}` }, timings: { steps: [] } }
}

/** Ends the deliveries that await it, in the order in which they began to, when a test says so. */
export class Endings {
  readonly #waiting: ((delivery: Delivery) => void)[] = []

  next(): Promise<Delivery> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  async end(delivery: Delivery = delivered): Promise<void> {
    this.#waiting.shift()?.(delivery)
    await settle()
  }
}

/** Turns that are had at once; `refuse` makes the next ones fail. */
export class FakeTurns implements Pick<Turns, 'withTurn'> {
  refuse: Error | undefined
  before: (() => Promise<void>) | undefined

  async withTurn<T>(_reason: string, use: (turn: Turn) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.before?.()
    signal?.throwIfAborted()
    if (this.refuse) throw this.refuse
    return use({ waitedMs: 7, check: () => undefined })
  }
}

/** A courier over a queue in memory, with deliveries that a test scripts. */
export class CourierDesk {
  readonly clock = new FakeClock()
  readonly roster = new FakeRoster()
  readonly turns = new FakeTurns()
  readonly log: string[] = []
  readonly queue: Queue
  /** Texts in the order in which their deliveries began, with the time. */
  readonly tried: { text: string; at: number }[] = []
  /** Agents whose window is missing. */
  readonly missing = new Set<string>()
  /** The same for one of an agent's two ways: "A window". */
  readonly missingBy = new Set<string>()
  /** Texts that are held whatever their agents do. */
  holdsText: (text: string) => boolean = () => false
  looks = 0
  /** While true, a person uses the desktop. */
  person = false
  giveUpMs: number | undefined
  /** How many deliveries had begun whenever the person's things were given back. */
  readonly givenBack: number[] = []
  deliver: Deliver = async () => delivered
  /** The same for agents whose messages go beside the desktop. */
  deliverBeside: OtherWay['deliver'] = async () => delivered
  readonly #looks = new Map<string, Promise<void>>()
  #courier: Courier | undefined

  constructor(readonly store: MessageStore = new MemoryMessageStore({ clock: new FakeClock() })) {
    this.queue = createQueue({ store, clock: this.clock, limit: 1000 })
    this.setAgents('A', 'B')
  }

  setAgents(...names: string[]): void {
    this.roster.put(...names.map((name) => agent(name)))
  }

  /** Agents that need no desktop. */
  setAgentsBeside(...names: string[]): void {
    this.roster.put(...names.map((name) => agent(name, { way: 'command' })))
  }

  /** Lets looks at this agent beside the desktop take until the function is called that comes back. */
  holdLook(name: string): () => void {
    const look = new AbortController()
    this.#looks.set(name, new Promise((resolve) => look.signal.addEventListener('abort', () => resolve())))
    return () => look.abort()
  }

  start(): void {
    const note = (line: string) => void this.log.push(line)
    this.#courier = startCourier({
      queue: this.queue,
      roster: this.roster,
      turns: this.turns,
      ways: chooseAmong(this.#ways(), this.store.pastes),
      giveBack: async () => void this.givenBack.push(this.tried.length),
      clock: this.clock,
      log: { error: note, warn: note, info: note, debug: note },
      settings: () => ({ attempts: 5, retryMs: 500, giveUpMs: this.giveUpMs }),
    })
  }

  async stopDelivery(agent?: string): Promise<void> {
    await this.#courier?.stopDelivery(agent)
  }

  async settled(agent: string): Promise<void> {
    await this.#courier?.settled(agent)
  }

  async stop(): Promise<void> {
    await this.#courier?.stop()
  }

  async send(text: string, values: Partial<NewMessage> = {}): Promise<string> {
    const [message] = await this.queue.send([newMessage({ to: 'A', text, ...values })])
    return message?.id ?? ''
  }

  get texts(): string[] {
    return this.tried.map(({ text }) => text)
  }

  #ways(): [DesktopWay, OtherWay] {
    const held = (_: Agent, text: string): Failure | undefined =>
      this.holdsText(text) ? { code: 'text-held', message: 'It would be taken for a command.' } : undefined
    const note = ({ message }: Order) =>
      void this.tried.push({ text: message.text, at: this.clock.monotonic() })
    const desktop = {
      name: 'window',
      usesDesktop: true,
      ready: async ({ name }: Agent) => this.#ready(name),
      held,
      deliver: (order: DesktopOrder) => {
        note(order)
        return this.deliver(order)
      },
    } as const
    const beside = {
      name: 'command',
      usesDesktop: false,
      ready: async ({ name }: Agent) => {
        await this.#looks.get(name)
        return this.#missing(name, 'command')
      },
      held,
      deliver: (order: Order) => {
        note(order)
        return this.deliverBeside(order)
      },
    } as const
    return [desktop, beside]
  }

  #missing(name: string, way: string): Failure | undefined {
    const isMissing = this.missing.has(name) || this.missingBy.has(`${name} ${way}`)
    return isMissing ? { code: 'window-missing', message: `${name} is closed` } : undefined
  }

  #ready(name: string): Failure | undefined {
    this.looks += 1
    if (this.person) return { code: 'user-active', message: 'You are using the desktop.' }
    return this.#missing(name, 'window')
  }
}

export function agent(name: string, values: Partial<Agent> = {}): Agent {
  return { name, at: [1, 1], profile: 'chat', enabled: true, description: '', ...values }
}
