import type { Failure, FailureCode } from '../../../contract/failure'
import type { DeliveryStep, Timings } from '../../../contract/message'
import type { Clock } from '../../clock'
import { DesktopUnavailable } from '../../desktop/desktop-unavailable'
import { TurnLost } from '../../desktop/lock/turn-errors'
import { HandsOff } from '../../hands-off'
import type { Delivery, DesktopOrder } from '../way'
import { putOnClipboard, takeOut } from './aftermath'
import { newAttempt, type Attempt, type DeliverDeps, type Run } from './attempt'
import { NotSubmitted, StillThere, Unreached } from './not-submitted'
import { stoppable, type Stoppable } from './stopped'
import { roundedMs, stopwatch } from './stopwatch'
import { type } from './typing'

/**
 * Delivers one message while the desktop is held: finds the window, focuses the input, looks, pastes, sees the text,
 * submits, sees the input emptied. Every step acts and then looks; nothing is believed. Never rejects: what went wrong is
 * in the result, and `in-doubt` only where a person has to look into the window.
 */
export async function deliver(order: DesktopOrder, deps: DeliverDeps): Promise<Delivery> {
  const attempt = newAttempt()
  const stop = stoppable(order.signal, () => attempt.phase === 'submitted', deps)
  try {
    return await deliverUntil(stop, order, { ...deps, clock: stop.clock }, attempt)
  } finally {
    stop.release()
  }
}

async function deliverUntil(
  { over, release }: Stoppable,
  order: DesktopOrder,
  deps: DeliverDeps,
  attempt: Attempt,
): Promise<Delivery> {
  const { timings, run } = measured(order, deps.clock)
  const { message, agent, turn, signal } = order
  const startedAt = deps.clock.monotonic()
  try {
    const job = {
      messageId: message.id,
      agent,
      text: message.text,
      submit: message.submit,
      turn,
      signal,
      over,
      beforeSubmit: () => order.beforeSubmit(),
      desktopFree() {
        release()
        order.desktopFree()
      },
    }
    const note = await type(job, deps, attempt, run)
    return { state: 'delivered', proof: 'read-back', timings, ...(note !== undefined && { note }) }
  } catch (error) {
    const isInTheWay = error instanceof Unreached && deps.obstacles.wasReached(agent)
    const failure: Failure = { ...failureOf(error), ...(isInTheWay && { code: 'focus-lost' }) }
    if (attempt.phase === 'submitted')
      return { ...(await afterSubmit(attempt, deps, error, failure)), timings }
    const note = inTheWay.has(failure.code) && attempt.target && (await deps.obstacles.look(attempt.target))
    const left = await cleanUp(attempt, error)
    if (left === 'unseen')
      return { state: 'in-doubt', failure: { ...failure, code: 'not-accepted', left: true }, timings }
    if (note)
      note(agent, failure, { spentMs: deps.clock.monotonic() - startedAt, isOver: left === 'reached' })
    return {
      state: 'not-submitted',
      failure: { ...failure, ...(left === 'text' && { left: true }) },
      timings,
    }
  }
}

/** What stands before or in an input until somebody does something about it. */
const inTheWay: ReadonlySet<FailureCode> = new Set([
  'focus-lost',
  'draft-present',
  'agent-asks',
  'unreadable',
  'earlier-paste',
])

type Ended = Omit<Extract<Delivery, { failure: Failure }>, 'timings'>

/** The submit key was pressed: what stands in the input now decides. */
async function afterSubmit(
  attempt: Attempt,
  deps: DeliverDeps,
  error: unknown,
  failure: Failure,
): Promise<Ended> {
  const { typing, draft } = attempt
  if (error instanceof StillThere && typing && !typing.job.over.aborted) {
    // A draft is not left out of its input for as long as an agent may be busy.
    if (draft !== '') {
      attempt.phase = 'undoing'
      if ((await takeOut(typing, attempt)) === 'gone') return { state: 'not-submitted', failure }
    }
    return { state: 'not-submitted', failure: { ...failure, left: true } }
  }
  if (draft !== '') await putOnClipboard(draft, deps)
  if (failure.code === 'not-accepted') return { state: 'in-doubt', failure: { ...failure, left: true } }
  return { state: 'in-doubt', failure: unconfirmed(failure) }
}

/**
 * Takes out what was pasted: the input was `untouched` before, `reached` once more, some `text` had to be left there, or
 * nobody saw what became of it.
 */
async function cleanUp(
  attempt: Attempt,
  error: unknown,
): Promise<'untouched' | 'reached' | 'text' | 'unseen'> {
  const isPasted = attempt.phase === 'pasted'
  attempt.phase = 'undoing'
  if (!isPasted || !attempt.typing) return 'untouched'
  if (error instanceof Unreached) {
    // Nobody took it.
    attempt.typing.deps.pastes.erase(attempt.typing.job.agent.name)
    return 'untouched'
  }
  const { job, deps } = attempt.typing
  // Whoever has the desktop now: the next attempt looks what stands there.
  if (error instanceof TurnLost) return 'text'
  if (job.over.aborted) {
    if (attempt.draft !== '') await putOnClipboard(attempt.draft, deps)
    return 'text'
  }
  const out = await takeOut(attempt.typing, attempt)
  return out === 'gone' ? 'reached' : out === 'left' ? 'text' : 'unseen'
}

/** What went wrong, in the words of a failure. */
export function failureOf(error: unknown): Failure {
  if (error instanceof HandsOff) return { code: 'internal', message: error.message }
  if (error instanceof NotSubmitted) return { code: error.code, message: error.message }
  if (error instanceof DesktopUnavailable) return { code: 'desktop-unavailable', message: error.message }
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
    left: true,
  }
}
/** Tells the steps and keeps how long each took; the wait for the turn is the first. */
function measured(order: DesktopOrder, clock: Clock): { timings: Pick<Timings, 'steps'>; run: Run } {
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
