import type { Failure, FailureCode } from '../../contract/failure'
import type { QueueStatus } from '../../contract/operations'

/** What the tray icon shows: one of four drawings. */
export type TrayMood = 'idle' | 'delivering' | 'paused' | 'attention'

export interface TrayState {
  readonly mood: TrayMood
  /** The state in words and how many wait; the tooltip and the menu's first line. */
  readonly sentence: string
}

/** Reasons that only a person can remove. The others pass by themselves. */
const needsSomeone: Partial<Record<FailureCode, (agent: string) => string>> = {
  'not-calibrated': (agent) => `${agent} has no target yet`,
  'window-missing': (agent) => `The window of ${agent} is not there`,
  'draft-present': (agent) => `${agent} has a draft in its input`,
  'desktop-unavailable': () => 'The desktop cannot be used',
}

/**
 * The tray's state. What needs a person comes before what goes on by itself, and a pause, being a person's own wish,
 * before both; a delivery that runs is shown in any case.
 */
export function trayState(status: QueueStatus, inDoubt: number): TrayState {
  const { paused, depth, delivering, holder } = status
  const trouble = firstTrouble(status)
  if (delivering) return { mood: 'delivering', sentence: withDepth(`Delivering to ${delivering.to}`, depth) }
  if (paused) return { mood: 'paused', sentence: withDepth('Paused', depth) }
  if (inDoubt > 0) return { mood: 'attention', sentence: withDepth(doubtful(inDoubt), depth) }
  if (trouble) return { mood: 'attention', sentence: withDepth(trouble, depth) }
  if (depth === 0) return { mood: 'idle', sentence: 'Nothing waits' }
  if (holder) return { mood: 'idle', sentence: withDepth('Another program has the desktop', depth) }
  return { mood: 'idle', sentence: `${depth} ${depth === 1 ? 'message waits' : 'messages wait'}` }
}

function firstTrouble({ perAgent }: QueueStatus): string | undefined {
  for (const [agent, { waitingFor }] of Object.entries(perAgent)) {
    const words = waitingFor && sentenceOf(waitingFor, agent)
    if (words) return words
  }
  return undefined
}

function sentenceOf(failure: Failure, agent: string): string | undefined {
  return needsSomeone[failure.code]?.(agent)
}

function doubtful(count: number): string {
  return count === 1
    ? 'One message may have been sent: you decide'
    : `${count} messages may have been sent: you decide`
}

function withDepth(sentence: string, depth: number): string {
  return depth === 0 ? sentence : `${sentence} · ${depth} waiting`
}
