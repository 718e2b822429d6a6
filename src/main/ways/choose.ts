import type { Agent, WayName } from '../../contract/agent'
import type { Failure, FailureCode } from '../../contract/failure'
import type { Priority } from '../../contract/message'
import type { Pastes } from '../queue/pastes'
import type { Way } from './way'

/** The ways of agents, each agent's first and second one. */
export interface Ways {
  /** The way by which this agent's messages go at present, as last chosen; or why it has none. */
  of(agent: Agent): Way | Failure
  /**
   * Chooses anew: the first way; the second while the first is not possible; and none but the one that has put a text where
   * it may still stand. Resolves with why nothing can go now, if so. Looks only.
   */
  choose(agent: Agent, priority: Priority): Promise<Failure | undefined>
  /** True when messages would go by the second way, the first failing for this reason. */
  secondServes(agent: Agent, code: FailureCode): Promise<boolean>
  /** Calls back whenever an agent's messages go by another way than before. */
  onSwitch(listener: () => void): void
}

/** The way is not there. Everything else is the agent or its person being busy, which is waited for. */
const notPossible: ReadonlySet<FailureCode> = new Set([
  'not-calibrated',
  'profile-unfit',
  'window-missing',
  'desktop-unavailable',
  'agent-ended',
  'unreadable',
])

const STILL_THERE = 'Its second way is not used, since a text may still stand where the first has put it.'

export function chooseAmong(ways: readonly Way[], pastes: Pick<Pastes, 'of'>): Ways {
  const byName = new Map<string, Way>(ways.map((way) => [way.name, way]))
  /** By the agent as it is set: one that is set anew begins with its first way. */
  const onSecond = new WeakSet<Agent>()
  const listeners: (() => void)[] = []
  const find = ({ name }: Agent, way: WayName) => byName.get(way) ?? missing(name, way)
  const readyBy = async (agent: Agent, way: WayName, priority: Priority) => {
    const found = find(agent, way)
    return 'name' in found ? found.ready(agent, priority) : found
  }
  const use = (agent: Agent, isSecond: boolean) => {
    if (isSecond === onSecond.has(agent)) return
    if (isSecond) onSecond.add(agent)
    else onSecond.delete(agent)
    for (const listener of listeners) listener()
  }
  /** Why the second way serves no better than the first; undefined: it serves. */
  const secondTrouble = async (agent: Agent, second: WayName, priority: Priority) => {
    if (holderOf(agent, pastes)) return STILL_THERE
    const failure = await readyBy(agent, second, priority)
    return failure && `Its second way, ${second}, cannot be used either: ${failure.message}`
  }
  return {
    of: (agent) => find(agent, (onSecond.has(agent) ? agent.second : agent.way) ?? 'window'),
    async choose(agent, priority) {
      const { way: first = 'window', second } = agent
      if (second && holderOf(agent, pastes) === second) {
        use(agent, true)
        return readyBy(agent, second, priority)
      }
      const failure = await readyBy(agent, first, priority)
      if (!second || !failure || !notPossible.has(failure.code)) {
        use(agent, false)
        return failure
      }
      const trouble = await secondTrouble(agent, second, priority)
      use(agent, trouble === undefined)
      return trouble === undefined ? undefined : { ...failure, message: `${failure.message} ${trouble}` }
    },
    secondServes: async (agent, code) =>
      agent.second !== undefined &&
      notPossible.has(code) &&
      (await secondTrouble(agent, agent.second, 'normal')) === undefined,
    onSwitch: (listener) => void listeners.push(listener),
  }
}

/** Which way has put a text somewhere where it may still stand: until it is seen gone, nothing goes by another. */
function holderOf({ name }: Agent, pastes: Pick<Pastes, 'of'>): WayName | undefined {
  const paste = pastes.of(name)
  return paste && (paste.way ?? 'window')
}

function missing(name: string, way: WayName): Failure {
  return {
    code: 'not-calibrated',
    message: `${name} is to get its messages by the way "${way}", which this Waggle does not have. Give it another way, and they go.`,
  }
}
