import type { Failure } from '../../contract/failure'
import type { DeliveryStep } from '../../contract/message'
import type { Clock } from '../clock'
import type { Desktop } from '../desktop/desktop'
import { TurnLost } from '../desktop/turn-errors'
import type { Log } from '../log'
import type { Delivery, Order } from '../queue/courier'
import type { Belongings } from './belongings'
import { putBack, seenEmpty, takeOut, type Attempt } from './aftermath'
import type { ClickPoint } from './click-points'
import { Input, isSameText, NotSubmitted } from './input'
import { isFailure, locate } from './locate'
import type { Profile } from './profile'

export interface DeliverDeps {
  readonly desktop: Desktop
  readonly clock: Clock
  readonly log: Log
  readonly profileOf: (name: string) => Profile
  readonly clickPoint: ClickPoint
  readonly belongings: Pick<Belongings, 'keep' | 'used'>
  /** For how long a person must have left mouse and keyboard alone, in ms. */
  readonly idleMs: () => number
}

/**
 * Delivers one message while the desktop is held: finds the window, focuses the input, pastes, reads back, submits, sees
 * the input emptied. Every step acts and then looks; nothing is believed. Never rejects: what went wrong is in the
 * result, and `in-doubt` only where the submit key may have reached the window.
 */
export async function deliver(order: Order, deps: DeliverDeps): Promise<Delivery> {
  const { run, timings } = stopwatch(order, deps.clock)
  const attempt: Attempt = { phase: 'untouched', draft: '' }
  try {
    await typeIn(order, deps, attempt, run)
    return { state: 'delivered', proof: 'read-back', timings }
  } catch (error) {
    const failure = failureOf(error)
    if (attempt.phase === 'submitted') return { state: 'in-doubt', failure: unconfirmed(failure), timings }
    const isOurs = attempt.phase === 'pasted' && !(error instanceof TurnLost)
    attempt.phase = 'undoing'
    if (isOurs) await takeOut(order.message.text, attempt, deps)
    return { state: 'not-submitted', failure, timings }
  }
}

type Run = <T>(step: DeliveryStep, act: () => Promise<T>) => Promise<T>

async function typeIn(order: Order, deps: DeliverDeps, attempt: Attempt, run: Run): Promise<void> {
  const { text, submit } = order.message
  const input = await run('window', () => open(order, deps, attempt))
  attempt.input = input
  await run('focus', () => input.focus())
  attempt.phase = 'pasted'
  const offer = await run('paste', () => input.paste(text))
  attempt.draft = draftIn(await run('read-back', () => input.readBack(text, offer)), text)
  if (!submit) return
  await run('submit', async () => {
    await input
      .submit(() => {
        order.beforeSubmit()
        attempt.phase = 'submitted'
      })
      .catch((error: unknown) => {
        // Keys that were refused were not pressed.
        if (error instanceof NotSubmitted) attempt.phase = 'pasted'
        throw error
      })
  })
  await run('seen-empty', () => seenEmpty(input, order, deps))
  if (attempt.draft) await run('draft-back', () => putBack(input, attempt.draft, deps))
}

/** What an earlier attempt of this very message left behind is not a person's draft. */
function draftIn(before: string, text: string): string {
  return isSameText(before, text) ? '' : before
}

async function open(order: Order, deps: DeliverDeps, attempt: Attempt): Promise<Input> {
  const { desktop, clock, profileOf } = deps
  const target = await locate(order.agent, desktop)
  if (isFailure(target)) throw new NotSubmitted(target.code, target.message)
  await deps.belongings.keep()
  const { agent, turn } = order
  return new Input(target, {
    desktop,
    clock,
    profile: profileOf(agent.profile),
    turn,
    // Past the submit key there is nothing left to stop: the delivery looks whether it worked. So does one that cleans up.
    stopped: () => order.signal.aborted && attempt.phase !== 'submitted' && attempt.phase !== 'undoing',
    agent: agent.name,
    clickPoint(at, window) {
      const point = deps.clickPoint(at, window)
      deps.belongings.used(target.window.id, point)
      return point
    },
  })
}

function failureOf(error: unknown): Failure {
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

/** Measures the steps; the wait for the turn is the first. */
function stopwatch(order: Order, clock: Clock) {
  const steps: { step: DeliveryStep; ms: number }[] = [{ step: 'turn', ms: round(order.turn.waitedMs) }]
  return {
    timings: { steps },
    async run<T>(step: DeliveryStep, act: () => Promise<T>): Promise<T> {
      order.onStep(step)
      const from = clock.monotonic()
      try {
        return await act()
      } finally {
        steps.push({ step, ms: round(clock.monotonic() - from) })
      }
    },
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
