import type { Agent, ListedAgent, Means } from '../../contract/agent'
import type { Desk, Reading } from '../../contract/desktop-look'
import { OperationError, type Failure, type FailureCode } from '../../contract/failure'
import type { Clock } from '../clock'

interface StandingsDeps {
  /** Where the inputs of agents in windows are. Throws `OperationError` desktopUnavailable. */
  look(agents: readonly Agent[]): Promise<Desk>
  /** Why nothing can be delivered now to an agent that lives in no window, if so. */
  ready(agent: Agent): Promise<Failure | undefined>
  /** True when its messages go by its second way, the first failing for this reason. */
  secondServes(agent: Agent, code: FailureCode): Promise<boolean>
  /** What the messages to this agent wait for, if any wait. */
  waitsFor(agent: string): FailureCode | undefined
  read(agent: Agent): Promise<Reading | undefined>
  readonly clock: Pick<Clock, 'monotonic' | 'setTimer'>
}

/** How agents stand and by what they are looked at; looks, and touches nothing. */
export interface Standings {
  /** Answers within a quarter of a second, what is not known by then as it was known last. */
  of(agents: readonly Agent[]): Promise<ListedAgent[]>
  /** How an agent's input is read, looked at now; undefined where its window is not there. */
  read(agent: Agent): Promise<Reading | undefined>
}

const ANSWER_MS = 250
/** A look at the desktop serves all who ask within this. */
const DESK_MS = 500
/** After this, how an input is read is looked at anew, for whoever asks next. */
const READING_MS = 30_000

export function createStandings(deps: StandingsDeps): Standings {
  const desks = new RecentDesk(deps)
  const readings = new RecentReadings(deps)
  return {
    read: async (agent) => readings.read(agent),
    async of(agents) {
      const fresh = Promise.all([desks.look(agents), ...agents.map(async (agent) => readings.refresh(agent))])
      await within(ANSWER_MS, fresh, deps.clock)
      return agents.map((agent) => ({
        ...agent,
        stands: deps.waitsFor(agent.name) ?? desks.failureOf(agent.name) ?? 'ready',
        lookedAtBy: readings.of(agent),
      }))
    },
  }
}

interface DeskLook {
  readonly agents: ReadonlySet<Agent>
  readonly at: number
  readonly done: Promise<void>
}

class RecentDesk {
  readonly #deps: StandingsDeps
  #failures: ReadonlyMap<string, FailureCode> = new Map()
  #last: DeskLook | undefined

  constructor(deps: StandingsDeps) {
    this.#deps = deps
  }

  failureOf(name: string): FailureCode | undefined {
    return this.#failures.get(name)
  }

  /** An agent that was set since is not in an earlier look. */
  async look(agents: readonly Agent[]): Promise<void> {
    const at = this.#deps.clock.monotonic()
    const last = this.#last
    const serves = last && at - last.at < DESK_MS && agents.every((agent) => last.agents.has(agent))
    this.#last = serves ? last : { agents: new Set(agents), at, done: this.#look(agents) }
    await this.#last.done
  }

  async #look(agents: readonly Agent[]): Promise<void> {
    const inWindows = agents.filter(({ way = 'window' }) => way === 'window')
    const others = agents.filter((agent) => !inWindows.includes(agent))
    const found = await Promise.all([this.#lookAt(inWindows), ...others.map(async (one) => this.#ask(one))])
    const failures = new Map(found.flat())
    const bySecond = agents.map(async (agent) => {
      const code = failures.get(agent.name)
      if (code && (await this.#deps.secondServes(agent, code))) failures.delete(agent.name)
    })
    await Promise.all(bySecond)
    this.#failures = failures
  }

  async #lookAt(agents: readonly Agent[]): Promise<Failing[]> {
    try {
      const seen = await this.#deps.look(agents)
      return seen.agents.flatMap(({ name, failure }) => (failure ? [[name, failure.code]] : []))
    } catch (error) {
      if (!(error instanceof OperationError)) return []
      return agents.map(({ name }) => [name, 'desktop-unavailable'])
    }
  }

  async #ask(agent: Agent): Promise<Failing[]> {
    const failure = await this.#deps.ready(agent).catch(() => undefined)
    return failure ? [[agent.name, failure.code]] : []
  }
}

type Failing = readonly [agent: string, code: FailureCode]

interface Known {
  readonly means: Means
  readonly at: number
}

/** Kept by the agent as it is set: one that is set anew is looked at anew. */
class RecentReadings {
  readonly #deps: StandingsDeps
  readonly #known = new WeakMap<Agent, Known>()
  readonly #reading = new WeakMap<Agent, Promise<Reading | undefined>>()

  constructor(deps: StandingsDeps) {
    this.#deps = deps
  }

  of(agent: Agent): Means {
    return this.#known.get(agent)?.means ?? agent.learnt?.lookedAtBy ?? 'none'
  }

  /** Resolves at once where something is known; what is old is then looked at beside. */
  async refresh(agent: Agent): Promise<void> {
    const known = this.#known.get(agent)
    if (known && this.#deps.clock.monotonic() - known.at < READING_MS) return
    const reading = this.read(agent)
    if (!known && !agent.learnt) await reading
  }

  async read(agent: Agent): Promise<Reading | undefined> {
    const running = this.#reading.get(agent)
    if (running) return running
    const reading = this.#read(agent).finally(() => this.#reading.delete(agent))
    this.#reading.set(agent, reading)
    return reading
  }

  async #read(agent: Agent): Promise<Reading | undefined> {
    const reading = await this.#deps.read(agent).catch(() => undefined)
    const means = reading?.lookedAtBy ?? this.of(agent)
    this.#known.set(agent, { means, at: this.#deps.clock.monotonic() })
    return reading
  }
}

async function within(ms: number, work: Promise<unknown>, clock: StandingsDeps['clock']): Promise<void> {
  await new Promise<void>((resolve) => {
    const callOff = clock.setTimer(ms, resolve)
    void work.finally(() => {
      callOff()
      resolve()
    })
  })
}
