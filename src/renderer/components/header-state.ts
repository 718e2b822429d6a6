import type { QueueStatus } from '../../contract/operations'
import { texts } from '../texts'

/** The state in words; the dot has the accent's colour only while something happens. */
export function stateOf(status: QueueStatus): { readonly words: string; readonly dot: string } {
  const { header } = texts
  const pausedAgents = Object.keys(status.perAgent).filter((name) => status.perAgent[name]?.paused)
  if (status.delivering) return { words: header.delivering(status.delivering.to), dot: 'bg-accent' }
  if (status.paused) return { words: header.paused, dot: 'border-2 border-faint' }
  if (status.holder) return { words: header.otherProgram, dot: 'bg-wait' }
  if (status.depth > 0) return { words: header.waiting(status.depth), dot: 'bg-wait' }
  if (pausedAgents.length > 0) {
    return { words: header.pausedAgents(pausedAgents.join(', ')), dot: 'border-2 border-faint' }
  }
  return { words: header.idle, dot: 'bg-faint/50' }
}
