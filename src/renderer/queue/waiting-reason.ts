import type { Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Tone } from '../components/tone'
import { failureWords, texts } from '../texts'

/** What a waiting message's row says beside it: why it waits, else whether it goes before or after the others. */
export function waitingReason(
  { to, failure, priority }: Message,
  { perAgent }: QueueStatus,
): { readonly tone: Tone; readonly words: string } | undefined {
  const agent = perAgent[to]
  const why = agent?.waitingFor ?? failure
  if (agent?.paused) return { tone: 'soft', words: texts.queue.agentPaused }
  if (why) return { tone: 'wait', words: failureWords[why.code] }
  if (priority === 'urgent') return { tone: 'accent', words: texts.queue.urgent }
  if (priority === 'low') return { tone: 'soft', words: texts.queue.low }
  return undefined
}
