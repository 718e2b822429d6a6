import type { Agent } from '../../contract/agent'
import type { Failure, FailureCode } from '../../contract/failure'
import type { Message, Timings } from '../../contract/message'
import type { Delivery } from '../ways/way'

/** What becomes of a message that was not submitted. */
export type Verdict =
  /** This passes by itself or by a person's hand: it keeps its attempts. */
  | 'waits'
  /** The same, and messages of others to the agent go on: it is the text that is held. */
  | 'waits alone'
  /** One of its attempts is used up. */
  | 'tried again'
  /** Another attempt would end alike. */
  | 'fails'

const verdicts: Record<FailureCode, Verdict> = {
  'not-calibrated': 'waits',
  'profile-unfit': 'waits',
  'window-missing': 'waits',
  'draft-present': 'waits',
  'user-active': 'waits',
  'lock-timeout': 'waits',
  'desktop-unavailable': 'waits',
  'focus-lost': 'waits',
  'text-mismatch': 'tried again',
  'lock-lost': 'tried again',
  'submit-unconfirmed': 'tried again',
  internal: 'tried again',
  'agent-busy': 'waits',
  'agent-asks': 'waits',
  'agent-starting': 'waits',
  'agent-ended': 'waits',
  unreadable: 'waits',
  'not-accepted': 'fails',
  'earlier-paste': 'waits',
  'keys-unsafe': 'waits',
  held: 'waits',
  paused: 'waits',
  'text-held': 'waits alone',
}

export function verdictOn({ code }: Failure): Verdict {
  return verdicts[code]
}

/** Why an agent cannot be written to before one even looks at it. */
export function agentTrouble(name: string, agent: Agent | undefined): Failure | undefined {
  if (!agent) return notCalibrated(`There is no agent ${name}. Set it, or cancel its messages.`)
  if (!agent.enabled) return notCalibrated(`${name} is disabled. Enable it, and its messages go.`)
  return undefined
}

/** Why nobody gets a turn. The errors are known by name: the folders share no code, only types. */
export function fromLockError(error: unknown): { failure: Failure; isTimeout: boolean } {
  const isTimeout = nameOf(error) === 'TurnTimeout'
  const isLock = isTimeout || nameOf(error) === 'LockUnusable'
  return { failure: { code: isLock ? 'lock-timeout' : 'internal', message: text(error) }, isTimeout }
}

/** Errors that say what stopped a delivery. */
const codes: ReadonlyMap<string, FailureCode> = new Map([
  ['TurnLost', 'lock-lost'],
  ['DesktopUnavailable', 'desktop-unavailable'],
])

/** A delivery that threw instead of answering: in doubt once the submit key may have been pressed. */
export function fromThrown(error: unknown, mayBeSubmitted: boolean): Delivery {
  const timings = { steps: [] }
  if (mayBeSubmitted) {
    const message = `The delivery broke off while it pressed the submit key: ${text(error)}. Look at the window, then resolve or retry the message.`
    return { state: 'in-doubt', failure: { code: 'submit-unconfirmed', message }, timings }
  }
  const code = codes.get(nameOf(error)) ?? 'internal'
  return {
    state: 'not-submitted',
    failure: { code, message: `The delivery broke off: ${text(error)}` },
    timings,
  }
}

/** A message that Waggle has ended with again and again is not tried for ever. */
export function triedTooOften(times: number): Delivery {
  const message = `Waggle ended ${times} times in the middle of this delivery; nothing was submitted. Look into the log before you retry it.`
  return { state: 'not-submitted', failure: { code: 'internal', message }, timings: { steps: [] } }
}

/** One line for the log: who waited how long, and how it went. */
export function describeEnd(message: Message, delivery: Delivery, timings: Timings): string {
  const turn = timings.steps.find(({ step }) => step === 'turn')
  const how =
    delivery.state === 'delivered' ? delivery.proof : `${delivery.failure.code}: ${delivery.failure.message}`
  return (
    `message ${message.id} from ${message.from} for ${message.to} waited ${Math.round(timings.waitMs)} ms` +
    `${turn ? `, ${Math.round(turn.ms)} ms of it for its turn,` : ''} and was ${delivery.state} after ${Math.round(timings.deliveryMs)} ms (${how})`
  )
}

function notCalibrated(message: string): Failure {
  return { code: 'not-calibrated', message }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
