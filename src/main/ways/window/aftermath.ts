import type { Target } from './locate'
import type { DeliverDeps } from './typing'
import type { Input } from './input'
import { NotSubmitted } from './not-submitted'
import { holds, isSameText, withoutLast } from './read-text'
import type { Terminal } from './terminal'

/** How far a delivery has come: what must be undone, or can no longer be. */
export interface Attempt {
  phase: 'untouched' | 'pasted' | 'submitted' | 'undoing'
  /** What stood in the input before, once it has been read. */
  draft: string
  /** Takes out what was pasted, where that must be done; false when it could not be. */
  undo: () => Promise<boolean>
  /** Notes what is left standing in the input, for the next attempt there. */
  leave: () => void
  /** Whether what stands in the input is seen before it is pasted again. */
  safeToRetype: boolean
  /** Where it is typed, once that is known. */
  target?: Target
}

export function newAttempt(): Attempt {
  return { phase: 'untouched', draft: '', undo: async () => true, leave: () => undefined, safeToRetype: true }
}

type Deps = Pick<DeliverDeps, 'desktop' | 'clock' | 'log' | 'idleMs' | 'belongings' | 'draftOnClipboard'>

/** How long a program may take to empty its input after the submit key. */
const EMPTIED_MS = 3000
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

/** What another window, a button or a person does in passing: looking once more may find it over. */
function isPassing(error: unknown): error is NotSubmitted {
  return (
    error instanceof NotSubmitted &&
    ['focus-lost', 'text-mismatch', 'user-active', 'window-missing'].includes(error.code)
  )
}

/**
 * Resolves once the text is seen gone from the input. Where it still stands there after a while, the key has not reached
 * the program, and is pressed once more; rejects with {@link NotSubmitted} when the text stays even so.
 */
export async function seenEmpty(input: Input, text: string, deps: Deps): Promise<void> {
  if (await becomesEmpty(input, text, deps)) return
  deps.log.info('the submit key is pressed once more: the text still stands in the input')
  await persistently(input, deps, async () => {
    if (holds(await input.content(), text)) await input.submit(() => undefined)
  })
  if (await becomesEmpty(input, text, deps)) return
  throw new NotSubmitted('submit-unconfirmed', 'The text still stands in the input after the submit key.')
}

async function becomesEmpty(input: Input, text: string, deps: Deps): Promise<boolean> {
  const { clock } = deps
  let end = clock.monotonic() + EMPTIED_MS
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
    const before = clock.monotonic()
    if (!holds(await contentInFocus(input, deps), text)) return true
    // Looking itself may have waited for a person.
    if (clock.monotonic() - before > EMPTIED_MS) end = clock.monotonic() + EMPTIED_MS
    if (clock.monotonic() > end) return false
    await clock.wait(pauseMs)
  }
}

/** What takes the focus right then, a window, a button or a person, is no reason for doubt: it looks again. */
async function contentInFocus(input: Input, deps: Deps): Promise<string> {
  return persistently(input, deps, () => input.content())
}

/**
 * Runs it again, in the input's focus, after a pause in which windows and people come to rest; rejects with the last
 * error. A person who stirs in between uses up time, not tries: they do not know that something is being put right.
 */
async function persistently<T>(input: Input, deps: Deps, act: (isAgain: boolean) => Promise<T>): Promise<T> {
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

function patience(idleMs: number): number {
  return Math.min(Math.max(idleMs * 2, PERSON_MS.least), PERSON_MS.most)
}

/** Puts a draft back into the empty input; where that fails, on the clipboard, and the person is told. */
export async function putBack(input: Input, draft: string, deps: Deps): Promise<void> {
  try {
    await persistently(input, deps, async (isAgain) => {
      if (isAgain) {
        const now = await input.content()
        if (isSameText(now, draft)) return
        if (now !== '') throw new Error('something else stands in the input now')
      }
      await input.readBack(draft, await input.paste(draft), () => undefined)
    })
  } catch (error) {
    deps.log.warn(`a draft could not be put back: ${String(error)}`)
    await putOnClipboard(draft, deps)
  }
}

/** Where a draft goes whose input cannot be reached any more, whoever has the desktop by then; the person is told. */
export async function putOnClipboard(draft: string, deps: Deps): Promise<void> {
  const { desktop, log, belongings, draftOnClipboard } = deps
  await desktop.offerText(draft)
  belongings.leaveClipboard()
  log.warn('a draft is on the clipboard')
  draftOnClipboard()
}

/** Takes out what was pasted, if it still stands there, and leaves the draft; false, and a line in the log, when it cannot. */
export async function takeOut(input: Input, text: string, draft: string, deps: Deps): Promise<boolean> {
  return afterPerson(input, deps, async () => {
    await persistently(input, deps, async (isAgain) => {
      if (!isAgain) await input.refocus()
      const now = await input.content()
      if (!holds(now, text)) return
      // The draft may still stand before the text, or have been pasted over by it; a person may have typed behind it since.
      const others = withoutLast(now, text)
      const rest = holds(others, draft) ? others : draft + others
      await input.erase()
      if (rest) await putBack(input, rest, deps)
    })
    return true
  })
}

/** As {@link takeOut} where the text cannot be read: false when some of it may stand there still. */
export async function takeOutOfTerminal(
  terminal: Terminal,
  input: Input,
  text: string,
  deps: Deps,
): Promise<boolean> {
  return afterPerson(input, deps, async () => terminal.takeOut(text))
}

/** Takes out once the person's hands rest; false when that failed. */
async function afterPerson(input: Input, deps: Deps, takeOut: () => Promise<boolean>): Promise<boolean> {
  try {
    await input.waitForPerson(deps.idleMs(), patience(deps.idleMs()))
    return await takeOut()
  } catch (error) {
    deps.log.info(`the text of a stopped delivery could not be taken out: ${String(error)}`)
    return false
  }
}
