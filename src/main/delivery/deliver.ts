import type { Failure } from '../../contract/failure'
import type { DeliveryStep } from '../../contract/message'
import type { Clock } from '../clock'
import type { Desktop, Point } from '../desktop/desktop'
import { TurnLost } from '../desktop/turn-errors'
import type { Log } from '../log'
import type { Delivery, Order } from '../queue/courier'
import type { Belongings } from './belongings'
import { Input, isSameText, NotSubmitted, withoutLast } from './input'
import { isFailure, locate } from './locate'
import type { Profile } from './profile'

export interface DeliverDeps {
  readonly desktop: Desktop
  readonly clock: Clock
  readonly log: Log
  readonly profileOf: (name: string) => Profile
  /** Where to click for a target point: see `click-points.ts`. */
  readonly clickPoint: (target: Point) => Point
  readonly belongings: Pick<Belongings, 'keep' | 'used'>
}

/** How long a program may take to empty its input after the submit key. */
const EMPTIED_MS = 3000

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
    if (attempt.phase === 'pasted' && !(error instanceof TurnLost)) await takeOut(order, attempt, deps)
    return { state: 'not-submitted', failure, timings }
  }
}

/** How far a delivery has come: what must be undone, or can no longer be. */
interface Attempt {
  phase: 'untouched' | 'pasted' | 'submitted' | 'undoing'
  input?: Input
  /** What stood in the input before. */
  draft: string
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
    await input.guard()
    order.beforeSubmit()
    await input.guard()
    attempt.phase = 'submitted'
    await deps.desktop.press(deps.profileOf(order.agent.profile).submit)
  })
  await run('seen-empty', () => seenEmpty(input, order, deps.clock))
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
    // Past the submit key there is nothing left to stop: the delivery looks whether it worked. Nor is taking the text
    // out again: it is what a stop asks for.
    stopped: () => order.signal.aborted && (attempt.phase === 'untouched' || attempt.phase === 'pasted'),
    agent: agent.name,
    clickPoint(at) {
      const point = deps.clickPoint(at)
      deps.belongings.used(target.window.id, point)
      return point
    },
  })
}

async function seenEmpty(input: Input, order: Order, clock: Clock): Promise<void> {
  const end = clock.monotonic() + EMPTIED_MS
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
    const left = await contentInFocus(input)
    if (!left.includes(order.message.text)) return
    if (clock.monotonic() > end) {
      throw new NotSubmitted(
        'submit-unconfirmed',
        `The text still stands in the input of ${order.agent.name} after its submit key.`,
      )
    }
    await clock.wait(pauseMs)
  }
}

/** A window, or a button, that took the focus right after the submit key is no reason for doubt: look once more. */
async function contentInFocus(input: Input): Promise<string> {
  try {
    return await input.content()
  } catch (error) {
    const isFocus =
      error instanceof NotSubmitted && (error.code === 'focus-lost' || error.code === 'text-mismatch')
    if (!isFocus) throw error
    await input.focus()
    return input.content()
  }
}

async function putBack(input: Input, draft: string, { desktop, log }: DeliverDeps): Promise<void> {
  try {
    await input.readBack(draft, await input.paste(draft))
  } catch (error) {
    log.warn(`a draft could not be put back and is on the clipboard instead: ${String(error)}`)
    await desktop.offerText(draft, '0')
  }
}

/** Takes out what was pasted, if it still stands there, and leaves the draft; only a log line tells if it cannot. */
async function takeOut(order: Order, attempt: Attempt, deps: DeliverDeps): Promise<void> {
  const { input, draft } = attempt
  if (!input) return
  attempt.phase = 'undoing'
  try {
    await input.focus()
    const now = await input.content()
    if (!now.includes(order.message.text)) return
    // The draft may still stand before the text, or have been pasted over by it.
    const rest = withoutLast(now, order.message.text) || draft
    await input.erase()
    if (rest) await putBack(input, rest, deps)
  } catch (error) {
    deps.log.info(`the text of a stopped delivery could not be taken out: ${String(error)}`)
  }
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
