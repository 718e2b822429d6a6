import type { Agent } from '../../../contract/agent'
import type { AgentTest } from '../../../contract/agent-test'
import type { Turn } from '../../desktop/lock/turns'
import { newAttempt, type Attempt } from './aftermath'
import { failureOf } from './deliver'
import { regionAround } from './locate'
import { stopwatch } from './stopwatch'
import { type, type DeliverDeps } from './typing'

const TEXT = 'Waggle tests this input. It takes this text out again and sends nothing.'
/** How much of the window around the point the picture shows, in pixels. */
const PICTURE = { width: 480, height: 160 }

interface TryOutDeps extends DeliverDeps {
  /** A picture of that part of the screen as a data URL. */
  readonly pictureOf: (rect: { x: number; y: number; width: number; height: number }) => Promise<string>
}

/**
 * Does everything of a delivery up to the submit key while the desktop is held, takes a picture, takes the text out again
 * and puts back the draft. Never rejects: what went wrong is in the result.
 */
export async function tryOut(
  agent: Agent,
  turn: Turn,
  signal: AbortSignal,
  deps: TryOutDeps,
): Promise<AgentTest> {
  const steps: AgentTest['steps'] = []
  const run = stopwatch(deps.clock, (step, ms, error) => {
    const message = error === undefined ? {} : { message: failureOf(error).message }
    steps.push({ step, ms, ok: error === undefined, ...message })
  })
  const attempt = newAttempt()
  const job = { agent, text: TEXT, submit: false, turn, signal, beforeSubmit: () => undefined }
  let picture: string | undefined
  try {
    await type(job, deps, attempt, run)
    picture = attempt.target && (await deps.pictureOf(regionAround(attempt.target, PICTURE)))
    attempt.phase = 'undoing'
    await run('draft-back', () => mustUndo(attempt))
    return { ok: true, steps, ...(picture !== undefined && { picture }) }
  } catch (error) {
    if (attempt.phase === 'pasted') {
      attempt.phase = 'undoing'
      if (!(await attempt.undo())) attempt.leave()
    }
    return { ok: false, steps, failure: failureOf(error), ...(picture !== undefined && { picture }) }
  }
}

async function mustUndo(attempt: Attempt): Promise<void> {
  if (await attempt.undo()) return
  attempt.leave()
  throw new Error('the text could not be taken out again: look into the window')
}
