import type { Agent } from '../../contract/agent'
import type { Failure, FailureCode } from '../../contract/failure'
import type { Message, Timings } from '../../contract/message'
import type { Delivery } from './courier'

const passing: Record<FailureCode, boolean> = {
  'not-calibrated': true,
  'window-missing': true,
  'draft-present': true,
  'user-active': true,
  'lock-timeout': true,
  'desktop-unavailable': true,
  'focus-lost': true,
  'text-mismatch': false,
  'lock-lost': false,
  'submit-unconfirmed': false,
  internal: false,
  'agent-busy': true,
  'agent-asks': true,
  'agent-starting': true,
  'agent-ended': true,
  unreadable: true,
  'not-accepted': false,
  'earlier-paste': true,
  'keys-unsafe': true,
}

/** True for what passes by itself or by a person's hand: the message waits and keeps its attempts. */
export function isPassing(code: FailureCode): boolean {
  return passing[code]
}

/** Why an agent cannot be written to before one even looks at the desktop. */
export function agentTrouble(name: string, agent: Agent | undefined): Failure | undefined {
  if (!agent) return notCalibrated(`There is no agent ${name}. Set it, or cancel its messages.`)
  if (!agent.enabled) return notCalibrated(`${name} is disabled. Enable it, and its messages go.`)
  if (!agent.at && agent.window === undefined) {
    return notCalibrated(
      `${name} has neither a point nor a window yet. Set one of them, and its messages go.`,
    )
  }
  return undefined
}

/** Why nobody gets a turn. The errors are known by name: the folders share no code, only types. */
export function fromLockError(error: unknown): { failure: Failure; isTimeout: boolean } {
  const isTimeout = nameOf(error) === 'TurnTimeout'
  return { failure: { code: isTimeout ? 'lock-timeout' : 'internal', message: text(error) }, isTimeout }
}

/** A delivery that threw instead of answering: in doubt once the submit key may have been pressed. */
export function fromThrown(error: unknown, mayBeSubmitted: boolean): Delivery {
  const timings = { steps: [] }
  if (mayBeSubmitted) {
    const message = `The delivery broke off while it pressed the submit key: ${text(error)}. Look at the window, then resolve or retry the message.`
    return { state: 'in-doubt', failure: { code: 'submit-unconfirmed', message }, timings }
  }
  const code = nameOf(error) === 'TurnLost' ? 'lock-lost' : 'internal'
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
  const turnMs = timings.steps.find(({ step }) => step === 'turn')?.ms ?? 0
  const how =
    delivery.state === 'delivered' ? delivery.proof : `${delivery.failure.code}: ${delivery.failure.message}`
  return (
    `message ${message.id} from ${message.from} for ${message.to} waited ${Math.round(timings.waitMs)} ms, ` +
    `${Math.round(turnMs)} ms of it for its turn, and was ${delivery.state} after ${Math.round(timings.deliveryMs)} ms (${how})`
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
