import type { DeliverDeps } from './attempt'
import type { Input } from './input'
import { NotSubmitted } from './not-submitted'

/**
 * How long a delivery that has to look or clean up once more gives way to a person before it stops trying: for twice the rest
 * that they are to have, within bounds, since it holds the desktop meanwhile.
 */
const PERSON_MS = { least: 20_000, most: 120_000 }
/**
 * How often, and for how long at least, it looks or cleans up, a person's interruptions apart, before it leaves that to
 * the next attempt, or to them. Whatever takes the focus every few hundred ms uses up tries fast.
 */
const TRIES = 4
const TRIES_MS = 5000

interface Persistence {
  readonly input: Input
  readonly deps: Pick<DeliverDeps, 'clock' | 'idleMs'>
}

/** What another window, a button or a person does in passing: looking once more may find it over, or uncover what it covers. */
function isPassing(error: unknown): error is NotSubmitted {
  return (
    error instanceof NotSubmitted &&
    ['focus-lost', 'text-mismatch', 'unreadable', 'user-active', 'window-missing'].includes(error.code)
  )
}

/**
 * Runs it again, in the input's focus, after a pause in which windows and people come to rest; rejects with the last
 * error. A person who stirs in between uses up time, not tries: they do not know that something is being put right.
 */
export async function persistently<T>(
  { input, deps }: Persistence,
  act: (isAgain: boolean) => Promise<T>,
): Promise<T> {
  const { clock } = deps
  const start = clock.monotonic()
  const pastMs = () => clock.monotonic() - start
  const patienceMs = patience(deps.idleMs())
  let isAgain = false
  for (let tries = 0, pauseMs = 5; ; isAgain = true, pauseMs = Math.min(pauseMs * 2, 100)) {
    try {
      if (isAgain) {
        await clock.wait(pauseMs)
        await input.waitForPerson(deps.idleMs(), patienceMs - pastMs())
        await input.refocus()
      }
      return await act(isAgain)
    } catch (error) {
      if (!isPassing(error)) throw error
      if (error.code !== 'user-active') tries += 1
      if (pastMs() > patienceMs || (tries >= TRIES && pastMs() > TRIES_MS)) throw error
    }
  }
}

export function patience(idleMs: number): number {
  return Math.min(Math.max(idleMs * 2, PERSON_MS.least), PERSON_MS.most)
}
