import type { Failure } from '../../../contract/failure'
import type { DeliveryStep, Timings } from '../../../contract/message'
import type { Clock } from '../../clock'
import { TurnLost } from '../../desktop/lock/turn-errors'
import type { Delivery, DesktopOrder as Order } from '../way'
import { newAttempt, putOnClipboard, type Attempt } from './aftermath'
import { NotSubmitted, Unreached } from './not-submitted'
import { roundedMs, stopwatch } from './stopwatch'
import { type, type DeliverDeps, type Run } from './typing'

export type { DeliverDeps } from './typing'

/**
 * Delivers one message while the desktop is held: finds the window, focuses the input, pastes, reads back, submits, sees
 * the input emptied. Every step acts and then looks; nothing is believed. Never rejects: what went wrong is in the
 * result, and `in-doubt` only where the submit key may have reached the window.
 */
export async function deliver(order: Order, deps: DeliverDeps): Promise<Delivery> {
  const { timings, run } = measured(order, deps.clock)
  const attempt = newAttempt()
  const { message, agent, turn, signal } = order
  const startedAt = deps.clock.monotonic()
  const beforeSubmit = () => order.beforeSubmit()
  try {
    const job = { agent, text: message.text, submit: message.submit, turn, signal, beforeSubmit }
    return { state: 'delivered', proof: await type(job, deps, attempt, run), timings }
  } catch (error) {
    const isInTheWay = error instanceof Unreached && deps.obstacles.wasReached(agent)
    const failure: Failure = { ...failureOf(error), ...(isInTheWay && { code: 'focus-lost' }) }
    if (attempt.phase === 'submitted') {
      if (attempt.draft) await putOnClipboard(attempt.draft, deps)
      return { state: 'in-doubt', failure: unconfirmed(failure), timings }
    }
    const note =
      failure.code === 'focus-lost' && attempt.target && (await deps.obstacles.look(attempt.target))
    const left = await cleanUp(attempt, error)
    if (left === 'text' && !attempt.safeToRetype) {
      return { state: 'in-doubt', failure: leftOver(failure), timings }
    }
    if (note)
      note(agent, failure, { spentMs: deps.clock.monotonic() - startedAt, isOver: left === 'reached' })
    return { state: 'not-submitted', failure, timings }
  }
}

/** Takes out what was pasted: the input was `untouched` before, `reached` once more, or some `text` had to be left there. */
async function cleanUp(attempt: Attempt, error: unknown): Promise<'untouched' | 'reached' | 'text'> {
  const isPasted = attempt.phase === 'pasted'
  attempt.phase = 'undoing'
  if (!isPasted) return 'untouched'
  if (!(error instanceof TurnLost) && (await attempt.undo())) return 'reached'
  attempt.leave()
  return 'text'
}

/** What went wrong, in the words of a failure. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NotSubmitted) return { code: error.code, message: error.message }
  if (error instanceof TurnLost)
    return { code: 'lock-lost', message: `The delivery stopped: ${error.message}.` }
  return {
    code: 'internal',
    message: `The delivery failed: ${error instanceof Error ? error.message : String(error)}`,
  }
}

function unconfirmed({ message }: Failure): Failure {
  return {
    code: 'submit-unconfirmed',
    message: `The submit key was pressed, but it was not seen to have worked (${message}) Look into the window, then retry or resolve.`,
  }
}

function leftOver({ message }: Failure): Failure {
  return {
    code: 'submit-unconfirmed',
    message: `The text was pasted, not submitted, and could not be taken out again (${message}) Look into the window, then retry or resolve.`,
  }
}

/** Tells the steps and keeps how long each took; the wait for the turn is the first. */
function measured(order: Order, clock: Clock): { timings: Pick<Timings, 'steps'>; run: Run } {
  const steps: { step: DeliveryStep; ms: number }[] = [{ step: 'turn', ms: roundedMs(order.turn.waitedMs) }]
  const run = stopwatch(clock, (step, ms) => void steps.push({ step, ms }))
  return {
    timings: { steps },
    async run(step, act) {
      order.onStep(step)
      return run(step, act)
    },
  }
}
