import type { FailureCode } from '../../contract/failure'
import type { DeliveryStep, Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Tone } from '../components/tone'
import { failureWords, texts } from '../texts'

export interface WaitingReason {
  readonly tone: Tone
  readonly words: string
  /** How far it has come, where it waits for that: for the person, or for the desktop. */
  readonly stage?: DeliveryStep | 'desk-free'
}

const stages: Partial<Readonly<Record<FailureCode, WaitingReason['stage']>>> = {
  'user-active': 'desk-free',
  'desktop-unavailable': 'desk-free',
  'lock-timeout': 'turn',
  'window-missing': 'window',
  'focus-lost': 'focus',
  'agent-asks': 'focus',
  'draft-present': 'paste',
  'earlier-paste': 'paste',
  unreadable: 'paste',
  'agent-busy': 'submit',
}

/** What a waiting message's row says beside it: why it waits, else whether it goes before or after the others. */
export function waitingReason(
  { to, failure, priority }: Message,
  { perAgent, paused }: QueueStatus,
): WaitingReason | undefined {
  const agent = perAgent[to]
  // A message's own reason may be older than the status.
  const own = failure?.code === 'paused' && !paused ? undefined : failure
  const why = agent?.waitingFor ?? own
  if (agent?.paused) return { tone: 'soft', words: texts.queue.agentPaused }
  // That all is paused is said once above; that this one goes first is said nowhere else.
  if (why && !(why.code === 'paused' && priority === 'urgent')) {
    const stage = stages[why.code]
    return { tone: 'wait', words: failureWords[why.code], ...(stage && { stage }) }
  }
  if (priority === 'urgent') return { tone: 'accent', words: texts.queue.urgent }
  if (priority === 'low') return { tone: 'soft', words: texts.queue.low }
  return undefined
}
