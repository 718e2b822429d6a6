import type { Agent } from '../../../contract/agent'
import type { TriedOut } from './try-out'
import type { Failure } from '../../../contract/failure'
import type { Priority } from '../../../contract/message'
import type { Clock } from '../../clock'
import { HandsOff } from '../../hands-off'
import { TurnTimeout } from '../../desktop/lock/turn-errors'
import type { Turn, Turns } from '../../desktop/lock/turns'

interface AgentTestDeps {
  readonly turns: Pick<Turns, 'withTurn'>
  readonly clock: Pick<Clock, 'monotonic' | 'wait'>
  /** Why nothing can be typed into that agent's window now, or handed over by its first way, if so. */
  readonly ready: (agent: Agent, priority: Priority) => Promise<Failure | undefined>
  /** What its first way knows of it by looking alone, once it is ready; undefined where it has to be typed into. */
  readonly says: (agent: Agent) => readonly string[] | undefined
  readonly tryOut: (agent: Agent, turn: Turn, signal: AbortSignal) => Promise<TriedOut>
  readonly giveBack: (turn: Turn) => Promise<void>
}

/** Whoever asks for a test has just pressed a button or a key: it waits so long for their hands to rest. */
const PERSON_MS = 20_000
const LOOK_MS = 100

export interface AgentTests {
  /** Tests an agent in a turn of its own, once the person's hands rest; what stands in the way is in the result. */
  test(agent: Agent, signal: AbortSignal): Promise<TriedOut>
  /** Stops the tests of this agent, or all, before their next act. Resolves once they have let the desktop go. */
  stop(agent?: string): Promise<void>
}

export function createAgentTests(deps: AgentTestDeps): AgentTests {
  const test = testsBy(deps)
  const underWay = new Set<{ readonly name: string; readonly stop: AbortController; done: Promise<void> }>()
  return {
    async test(agent, signal) {
      const one = { name: agent.name, stop: new AbortController(), done: Promise.resolve() }
      underWay.add(one)
      const done = test(agent, AbortSignal.any([signal, one.stop.signal])).catch((error: unknown) => {
        if (!(error instanceof HandsOff)) throw error
        return failed({ code: 'internal', message: error.message })
      })
      one.done = done.then(
        () => undefined,
        () => undefined,
      )
      return done.finally(() => underWay.delete(one))
    },
    async stop(agent) {
      const those = [...underWay].filter(({ name }) => agent === undefined || name === agent)
      for (const { stop } of those) stop.abort(new HandsOff())
      await Promise.all(those.map(({ done }) => done))
    },
  }
}

function failed(failure: Failure): TriedOut {
  return { test: { ok: false, steps: [], failure } }
}

function testsBy({ turns, clock, ready, says, tryOut, giveBack }: AgentTestDeps): AgentTests['test'] {
  return async (agent, signal) => {
    const end = clock.monotonic() + PERSON_MS
    for (;;) {
      const failure = await ready(agent, 'urgent')
      if (!failure) break
      if (failure.code !== 'user-active' || clock.monotonic() > end) return failed(failure)
      await clock.wait(LOOK_MS, signal)
    }
    const seen = says(agent)
    if (seen) return { test: { ok: true, steps: [], says: [...seen] } }
    const test = async (turn: Turn) => {
      try {
        return await tryOut(agent, turn, signal)
      } finally {
        await giveBack(turn)
      }
    }
    return turns.withTurn(`test of ${agent.name}`, test, signal).catch((error: unknown) => {
      if (!(error instanceof TurnTimeout)) throw error
      return failed({ code: 'lock-timeout', message: error.message })
    })
  }
}
