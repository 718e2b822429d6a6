import type { Agent } from '../../../contract/agent'
import type { TriedOut } from './try-out'
import type { Failure } from '../../../contract/failure'
import type { Priority } from '../../../contract/message'
import type { Clock } from '../../clock'
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

/** Tests an agent in a turn of its own, once the person's hands rest; what stands in the way is in the result. */
export function createAgentTests({ turns, clock, ready, says, tryOut, giveBack }: AgentTestDeps) {
  return async (agent: Agent, signal: AbortSignal): Promise<TriedOut> => {
    const end = clock.monotonic() + PERSON_MS
    for (;;) {
      const failure = await ready(agent, 'urgent')
      if (!failure) break
      if (failure.code !== 'user-active' || clock.monotonic() > end)
        return { test: { ok: false, steps: [], failure } }
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
      return { test: { ok: false, steps: [], failure: { code: 'lock-timeout', message: error.message } } }
    })
  }
}
