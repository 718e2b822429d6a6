import type { Failure, FailureCode } from '../../contract/failure'
import type { QueueStatus } from '../../contract/operations'

/** What the tray icon shows: one of five drawings. */
export type TrayMood = 'idle' | 'delivering' | 'waiting' | 'paused' | 'attention'

export interface TrayState {
  readonly mood: TrayMood
  /** The state in words and how many wait; the tooltip and the menu's first line. */
  readonly sentence: string
}

/** How many messages only a person can settle. */
export interface Unsettled {
  readonly inDoubt: number
  /** Failed, and not yet looked at. */
  readonly failed: number
}

type Words = Partial<Record<FailureCode, (agent: string) => string>>

/** Reasons that only a person can remove. */
const needsSomeone: Words = {
  'not-calibrated': (agent) => `${agent} has no target yet`,
  'profile-unfit': (agent) => `The profile of ${agent} does not fit its window`,
  'window-missing': (agent) => `The window of ${agent} is not there`,
  'desktop-unavailable': () => 'The desktop cannot be used',
  'agent-ended': (agent) => `${agent} has ended`,
  unreadable: (agent) => `What ${agent} shows cannot be read`,
}

/** Reasons that are over once the person at the desk has done what they are doing. The others pass by themselves. */
const waitsForYou: Words = {
  'user-active': () => 'Waiting: you are using the desktop',
  'draft-present': (agent) => `Waiting: a draft is in the input of ${agent}`,
  'agent-asks': (agent) => `Waiting: ${agent} asks its person`,
  'focus-lost': (agent) => `Waiting: the input of ${agent} cannot be reached`,
}

/**
 * The tray's state. What needs a person comes before what goes on by itself, and a pause, being a person's own wish,
 * before both; a delivery that runs is shown in any case.
 */
export function trayState(status: QueueStatus, { inDoubt, failed }: Unsettled): TrayState {
  const { paused, depth, delivering, holder } = status
  const state = (mood: TrayMood, sentence: string) => ({ mood, sentence: withDepth(sentence, depth) })
  if (delivering) return state('delivering', `Delivering to ${delivering.to}`)
  if (paused) return state('paused', 'Paused')
  if (inDoubt > 0) return state('attention', counted(inDoubt, 'may have been sent: you decide'))
  if (failed > 0) return state('attention', counted(failed, 'could not be delivered'))
  const trouble = firstReason(status, needsSomeone)
  if (trouble) return state('attention', trouble)
  if (depth === 0) return { mood: 'idle', sentence: 'Nothing waits' }
  const wait = firstReason(status, waitsForYou)
  if (wait) return state('waiting', wait)
  if (holder) return state('idle', 'Another program has the desktop')
  return { mood: 'idle', sentence: `${depth} ${depth === 1 ? 'message waits' : 'messages wait'}` }
}

function firstReason({ perAgent }: QueueStatus, words: Words): string | undefined {
  for (const [agent, { waitingFor }] of Object.entries(perAgent)) {
    const sentence = waitingFor && sentenceOf(waitingFor, agent, words)
    if (sentence) return sentence
  }
  return undefined
}

function sentenceOf({ code }: Failure, agent: string, words: Words): string | undefined {
  return words[code]?.(agent)
}

function counted(count: number, what: string): string {
  return count === 1 ? `One message ${what}` : `${count} messages ${what}`
}

function withDepth(sentence: string, depth: number): string {
  return depth === 0 ? sentence : `${sentence} · ${depth} waiting`
}
