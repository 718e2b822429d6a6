import type { Agent, ListedAgent, WayName } from '../../contract/agent'
import { agentProduct } from '../../contract/agent-programs'
import type { SeenAgent } from '../../contract/desktop-look'
import { assertNever } from '../../contract/errors'
import type { FailureCode } from '../../contract/failure'
import type { QueueStatus } from '../../contract/operations'
import type { Tone } from '../components/tone'
import { failureWords, texts } from '../texts'

export interface Standing {
  readonly words: string
  readonly tone: Tone
  /** True when nothing gets better before a person does something. */
  readonly needsYou: boolean
}

/** Everything else passes by itself, or ends with a message that failed. */
const needsSomeone: ReadonlySet<FailureCode> = new Set([
  'not-calibrated',
  'profile-unfit',
  'window-missing',
  'draft-present',
  'desktop-unavailable',
  'agent-asks',
  'agent-ended',
  'unreadable',
  'earlier-paste',
  'text-held',
])

/** How an agent stands, in words. */
export function agentStanding(
  agent: Agent,
  { perAgent }: QueueStatus,
  seen?: SeenAgent,
  stands?: ListedAgent['stands'],
): Standing {
  const { depth = 0, paused = false, waitingFor } = perAgent[agent.name] ?? {}
  if (!agent.enabled) return { words: texts.agents.off, tone: 'soft', needsYou: false }
  const inWindow = (agent.way ?? 'window') === 'window'
  if (inWindow && !agent.at && !agent.window)
    return { words: texts.agents.noTarget, tone: 'bad', needsYou: true }
  if (waitingFor) return troubled(waitingFor.code)
  if (inWindow && seen?.failure)
    return { words: failureWords[seen.failure.code], tone: 'bad', needsYou: true }
  if (!inWindow && stands !== undefined && stands !== 'ready') return troubled(stands)
  if (paused) return { words: texts.agents.paused, tone: 'soft', needsYou: false }
  if (depth > 0 && agent.way === 'inbox')
    return { words: texts.agents.inInbox(depth), tone: 'soft', needsYou: false }
  if (depth > 0) return { words: texts.agents.waiting(depth), tone: 'wait', needsYou: false }
  return { words: texts.agents.ready, tone: 'soft', needsYou: false }
}

function troubled(code: FailureCode): Standing {
  const needsYou = needsSomeone.has(code)
  return { words: failureWords[code], tone: needsYou ? 'bad' : 'wait', needsYou }
}

/** Where an agent lives, by its first way and by its second. */
export function targetWords(agent: Agent): string {
  const { way = 'window', second, description } = agent
  const place = second
    ? texts.agents.second(placeWords(way, agent), placeWords(second, agent))
    : placeWords(way, agent)
  return [place, description].filter(Boolean).join(' · ')
}

/** Its window as it was when the point was set, else what was given. */
function placeWords(way: WayName, { tmux, program, command, at, window, calibration }: Agent): string {
  const product = program && (agentProduct(program) ?? program)
  switch (way) {
    case 'tmux':
      return texts.agents.tmux(product, tmux)
    case 'terminal':
      return texts.agents.terminal(product)
    case 'command':
      return texts.agents.command(command?.join(' '))
    case 'inbox':
      return texts.agents.inbox
    case 'window': {
      const place = calibration?.title ?? (window ? texts.agents.pattern(window) : undefined)
      const point = at ? texts.agents.point(at[0], at[1]) : undefined
      return [place, point].filter(Boolean).join(' · ')
    }
    default:
      return assertNever(way)
  }
}
