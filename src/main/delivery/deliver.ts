import type { Failure } from '../../contract/failure'
import type { DeliveryStep } from '../../contract/message'
import type { Settings } from '../../contract/settings'
import type { Clock } from '../clock'
import type { Desktop } from '../desktop/desktop'
import { TurnLost } from '../desktop/turn-errors'
import type { Log } from '../log'
import type { Delivery, Order } from '../queue/courier'
import type { Belongings } from './belongings'
import { putBack, seenEmpty, takeOut, takeOutOfTerminal, type Attempt } from './aftermath'
import type { ClickPoint } from './click-points'
import { Input, isSameText, NotSubmitted } from './input'
import { isFailure, locate } from './locate'
import type { Profile } from './profile'
import { Terminal } from './terminal'

export interface DeliverDeps {
  readonly desktop: Desktop
  readonly clock: Clock
  readonly log: Log
  readonly profileOf: (name: string, app: string) => Profile
  readonly clickPoint: ClickPoint
  readonly belongings: Pick<Belongings, 'keep' | 'used'>
  /** For how long a person must have left mouse and keyboard alone, in ms. */
  readonly idleMs: () => number
  /** What becomes of a draft in the input: put back afterwards, or the message waits. */
  readonly drafts: () => Settings['drafts']
}

/**
 * Delivers one message while the desktop is held: finds the window, focuses the input, pastes, reads back, submits, sees
 * the input emptied. Every step acts and then looks; nothing is believed. Never rejects: what went wrong is in the
 * result, and `in-doubt` only where the submit key may have reached the window.
 */
export async function deliver(order: Order, deps: DeliverDeps): Promise<Delivery> {
  const { run, timings } = stopwatch(order, deps.clock)
  const attempt: Attempt = { phase: 'untouched', undo: async () => true }
  try {
    const { input, target, profile } = await run('window', () => open(order, deps, attempt))
    const text = textFor(order.message.text, profile)
    const typing: Typing = { order, deps, attempt, run, input, text, submits: isSubmitted(order, profile) }
    await run('focus', () => input.focus())
    if (profile.readBack) await typeIn(typing)
    else await typeBlindly(typing, new Terminal(target, input, deps))
    return { state: 'delivered', proof: profile.readBack ? 'read-back' : 'window', timings }
  } catch (error) {
    const failure = failureOf(error)
    if (attempt.phase === 'submitted') return { state: 'in-doubt', failure: unconfirmed(failure), timings }
    const isOurs = attempt.phase === 'pasted' && !(error instanceof TurnLost)
    attempt.phase = 'undoing'
    if (isOurs && !(await attempt.undo())) return { state: 'in-doubt', failure: leftOver(failure), timings }
    return { state: 'not-submitted', failure, timings }
  }
}

type Run = <T>(step: DeliveryStep, act: () => Promise<T>) => Promise<T>

/** One delivery while it types. */
interface Typing {
  readonly order: Order
  readonly deps: DeliverDeps
  readonly attempt: Attempt
  readonly run: Run
  readonly input: Input
  /** The message as this window gets it. */
  readonly text: string
  readonly submits: boolean
}

function textFor(text: string, { newlines }: Profile): string {
  return newlines === 'keep' ? text : text.replaceAll(/\s*\n\s*/g, ' ')
}

function isSubmitted({ message }: Order, { submit }: Profile): boolean {
  return message.submit && submit !== undefined
}

async function typeIn(typing: Typing): Promise<void> {
  const { order, deps, attempt, run, input, text, submits } = typing
  if (deps.drafts() === 'hold') await run('paste', () => refuseDraft(input, text, order.agent.name))
  let draft = ''
  attempt.phase = 'pasted'
  attempt.undo = async () => takeOut(input, text, draft, deps).then(() => true)
  const offer = await run('paste', () => input.paste(text))
  draft = draftIn(await run('read-back', () => input.readBack(text, offer)), text)
  if (!submits) return
  await run('submit', () => input.submit(() => beforeSubmit(typing)).catch(notPressed(attempt)))
  await run('seen-empty', () => seenEmpty(input, text, deps))
  if (draft) await run('draft-back', () => putBack(input, draft, deps))
}

/** A window that cannot be read: a terminal. */
async function typeBlindly(typing: Typing, terminal: Terminal): Promise<void> {
  const { deps, attempt, run, input, text, submits } = typing
  attempt.undo = async () => takeOutOfTerminal(terminal, input, text, deps)
  await run('paste', () => terminal.paste(text, () => (attempt.phase = 'pasted')))
  if (!submits) return
  const press = async () => input.submit(() => beforeSubmit(typing)).catch(notPressed(attempt))
  await run('submit', () => terminal.submit(press))
}

function beforeSubmit({ order, attempt }: Typing): void {
  order.beforeSubmit()
  attempt.phase = 'submitted'
}

/** Keys that were refused were not pressed. */
function notPressed(attempt: Attempt): (error: unknown) => never {
  return (error) => {
    if (error instanceof NotSubmitted) attempt.phase = 'pasted'
    throw error
  }
}

async function refuseDraft(input: Input, text: string, agent: string): Promise<void> {
  if (draftIn(await input.content(), text) === '') return
  throw new NotSubmitted(
    'draft-present',
    `There is a draft in the input of ${agent}: send it or take it out.`,
  )
}

/** What an earlier attempt of this very message left behind is not a person's draft. */
function draftIn(before: string, text: string): string {
  return isSameText(before, text) ? '' : before
}

async function open(order: Order, deps: DeliverDeps, attempt: Attempt) {
  const { desktop, clock, profileOf } = deps
  const target = await locate(order.agent, desktop)
  if (isFailure(target)) throw new NotSubmitted(target.code, target.message)
  await deps.belongings.keep()
  const { agent, turn } = order
  const profile = profileOf(agent.profile, target.window.app)
  const input = new Input(target, {
    desktop,
    clock,
    profile,
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
  return { input, target, profile }
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

function leftOver({ message }: Failure): Failure {
  return {
    code: 'submit-unconfirmed',
    message: `The text was pasted, not submitted, and could not be taken out again (${message}) Look into the window, then retry or resolve.`,
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
