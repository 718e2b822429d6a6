import type { Agent } from '../../contract/agent'
import type { SeenAgent } from '../../contract/desktop-look'
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
  'window-missing',
  'draft-present',
  'desktop-unavailable',
  'agent-asks',
  'agent-ended',
  'unreadable',
  'earlier-paste',
])

/** How an agent stands, in words. */
export function agentStanding(agent: Agent, { perAgent }: QueueStatus, seen?: SeenAgent): Standing {
  const { depth = 0, paused = false, waitingFor } = perAgent[agent.name] ?? {}
  if (!agent.enabled) return { words: texts.agents.off, tone: 'soft', needsYou: false }
  const inWindow = (agent.way ?? 'window') === 'window'
  if (inWindow && !agent.at && !agent.window)
    return { words: texts.agents.noTarget, tone: 'bad', needsYou: true }
  if (waitingFor) {
    const needsYou = needsSomeone.has(waitingFor.code)
    return { words: failureWords[waitingFor.code], tone: needsYou ? 'bad' : 'wait', needsYou }
  }
  if (inWindow && seen?.failure)
    return { words: failureWords[seen.failure.code], tone: 'bad', needsYou: true }
  if (paused) return { words: texts.agents.paused, tone: 'soft', needsYou: false }
  if (depth > 0 && agent.way === 'inbox')
    return { words: texts.agents.inInbox(depth), tone: 'soft', needsYou: false }
  if (depth > 0) return { words: texts.agents.waiting(depth), tone: 'wait', needsYou: false }
  return { words: texts.agents.ready, tone: 'soft', needsYou: false }
}

/** Where an agent lives: its window as it was when the point was set, else what was given. */
export function targetWords({ way, tmux, program, at, window, calibration, description }: Agent): string {
  if (way === 'tmux' || way === 'terminal')
    return [texts.agents.terminal(way === 'tmux' ? tmux : undefined), program, description]
      .filter(Boolean)
      .join(' · ')
  if (way === 'inbox') return [texts.agents.inbox, description].filter(Boolean).join(' · ')
  const place = calibration?.title ?? (window ? texts.agents.pattern(window) : undefined)
  const point = at ? texts.agents.point(at[0], at[1]) : undefined
  return [place, point, description].filter(Boolean).join(' · ')
}
