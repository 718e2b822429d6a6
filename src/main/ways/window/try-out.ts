import type { Agent, Learnt } from '../../../contract/agent'
import type { AgentTest } from '../../../contract/agent-test'
import type { Failure } from '../../../contract/failure'
import type { Turn } from '../../desktop/lock/turns'
import { putBack, takeOut, takeOutStanding } from './aftermath'
import { newAttempt, type Attempt, type DeliverDeps, type Job, type Run } from './attempt'
import { failureOf } from './deliver'
import { getToKnow, repeat, sayings } from './get-to-know'
import { regionAround } from './locate'
import { Unread } from './not-submitted'
import { stoppable } from './stopped'
import { stopwatch } from './stopwatch'
import { typeIn } from './typing'

/** Two lines, for how the input writes them. */
const TEXT = 'Waggle tests this input, and sends nothing.\nIt takes these two lines out again.'
/** How often a program that was too busy to be looked at is tried out. */
const TRIES = 3
/** How much of the window around the point the picture shows, in pixels. */
const PICTURE = { width: 480, height: 160 }

interface TryOutDeps extends DeliverDeps {
  /** A picture of that part of the screen as a data URL. */
  readonly pictureOf: (rect: { x: number; y: number; width: number; height: number }) => Promise<string>
}

/** What a test saw, and what it learnt of the input where that went well. */
export interface TriedOut {
  readonly test: AgentTest
  readonly learnt?: Learnt
}

/**
 * Does everything of a delivery up to the submit key while the desktop is held, learns how the input looks and how fast it
 * may be typed into, takes the text out again and puts back the draft. Never rejects: what went wrong is in the result.
 */
export async function tryOut(
  agent: Agent,
  turn: Turn,
  signal: AbortSignal,
  given: TryOutDeps,
): Promise<TriedOut> {
  const stop = stoppable(signal, () => false, given)
  const deps = { ...given, clock: stop.clock }
  const job: Job = {
    messageId: 'test',
    agent,
    text: TEXT,
    submit: false,
    isTest: true,
    turn,
    signal,
    over: stop.over,
    beforeSubmit: () => undefined,
    desktopFree: () => undefined,
  }
  try {
    for (let times = 1; ; times++) {
      const tried = await tryOnce(job, deps)
      if (times === TRIES || tried.isTooBusy !== true) return tried
    }
  } finally {
    stop.release()
  }
}

async function tryOnce(job: Job, deps: TryOutDeps): Promise<TriedOut & { readonly isTooBusy?: boolean }> {
  const steps: AgentTest['steps'] = []
  const run = stopwatch(deps.clock, (step, ms, error) => {
    const message = error === undefined ? {} : { message: failureOf(error).message }
    steps.push({ step, ms, ok: error === undefined, ...message })
  })
  const attempt = newAttempt()
  try {
    const seen = await look(job, deps, attempt, run)
    const { says, picture, learnt } = seen
    return { test: { ok: true, steps, says, lookedAtBy: learnt.lookedAtBy, picture }, learnt }
  } catch (error) {
    const { typing, phase } = attempt
    attempt.phase = 'undoing'
    const failure = failureOf(error)
    const isLeft = phase === 'pasted' && typing !== undefined && (await takeOut(typing, attempt)) !== 'gone'
    const isTooBusy = error instanceof Unread && !isLeft
    return { test: { ok: false, steps, failure: isLeft ? left(failure) : failure }, isTooBusy }
  }
}

function left({ code, message }: Failure): Failure {
  return { code, message: `${message} Its text may stand there still: look into the window.`, left: true }
}

async function look(job: Job, deps: TryOutDeps, attempt: Attempt, run: Run) {
  const standing = await typeIn(job, deps, attempt, run)
  if (standing === 'delivered') throw new Error('a test of before was taken for a message')
  const { typing, note } = standing
  const { known, eye, target } = typing
  const picture = await deps.pictureOf(regionAround(target, PICTURE))
  await getToKnow(typing)
  await run('draft-back', async () => {
    await takeOutStanding(typing, typing.text)
    await repeat(typing)
    if (attempt.draft !== '') await putBack(typing, attempt.draft)
    deps.pastes.erase(job.agent.name)
    attempt.phase = 'undoing'
  })
  const says = sayings(typing, note)
  const at = new Date(deps.clock.now()).toISOString()
  return { says, picture, learnt: { at, lookedAtBy: eye.means, ...known.facts(), says } }
}
