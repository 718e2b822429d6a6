import type { Target } from './locate'
import type { DeliverDeps } from './typing'
import { NotSubmitted, withoutLast, type Input } from './input'
import type { Terminal } from './terminal'

/** How far a delivery has come: what must be undone, or can no longer be. */
export interface Attempt {
  phase: 'untouched' | 'pasted' | 'submitted' | 'undoing'
  /** Takes out what was pasted, where that must be done; false when it could not be. */
  undo: () => Promise<boolean>
  /** Whether what stands in the input is seen before it is pasted again. */
  safeToRetype: boolean
  /** Where it is typed, once that is known. */
  target?: Target
}

export function newAttempt(): Attempt {
  return { phase: 'untouched', undo: async () => true, safeToRetype: true }
}

type Deps = Pick<DeliverDeps, 'desktop' | 'clock' | 'log' | 'idleMs'>

/** How long a program may take to empty its input after the submit key. */
const EMPTIED_MS = 3000
/** How long a delivery that has to look or clean up once more waits for a person's hands to rest. */
const PERSON_MS = 20_000

/** Resolves once the text is seen gone from the input; rejects with {@link NotSubmitted} when it stays. */
export async function seenEmpty(input: Input, text: string, deps: Deps): Promise<void> {
  const { clock } = deps
  let end = clock.monotonic() + EMPTIED_MS
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
    const before = clock.monotonic()
    const left = await contentInFocus(input, deps)
    if (!left.includes(text)) return
    // Looking itself may have waited for a person.
    if (clock.monotonic() - before > EMPTIED_MS) end = clock.monotonic() + EMPTIED_MS
    if (clock.monotonic() > end) {
      throw new NotSubmitted('submit-unconfirmed', 'The text still stands in the input after the submit key.')
    }
    await clock.wait(pauseMs)
  }
}

/** A window, a button or a person that took the focus right then is no reason for doubt: look once more. */
async function contentInFocus(input: Input, deps: Deps): Promise<string> {
  try {
    return await input.content()
  } catch (error) {
    const isPassing =
      error instanceof NotSubmitted && ['focus-lost', 'text-mismatch', 'user-active'].includes(error.code)
    if (!isPassing) throw error
    await input.waitForPerson(deps.idleMs(), PERSON_MS)
    await input.focus()
    return input.content()
  }
}

/** Puts a draft back into the input; where that fails, on the clipboard. */
export async function putBack(input: Input, draft: string, { desktop, log }: Deps): Promise<void> {
  try {
    await input.readBack(draft, await input.paste(draft))
  } catch (error) {
    log.warn(`a draft could not be put back and is on the clipboard instead: ${String(error)}`)
    await desktop.offerText(draft)
  }
}

/** Takes out what was pasted, if it still stands there, and leaves the draft; false, and a line in the log, when it cannot. */
export async function takeOut(input: Input, text: string, draft: string, deps: Deps): Promise<boolean> {
  try {
    await input.waitForPerson(deps.idleMs(), PERSON_MS)
    await input.focus()
    const now = await input.content()
    if (!now.includes(text)) return true
    // The draft may still stand before the text, or have been pasted over by it.
    const rest = withoutLast(now, text) || draft
    await input.erase()
    if (rest) await putBack(input, rest, deps)
    return true
  } catch (error) {
    deps.log.info(`the text of a stopped delivery could not be taken out: ${String(error)}`)
    return false
  }
}

/** As {@link takeOut} where the text cannot be read: false when some of it may stand there still. */
export async function takeOutOfTerminal(
  terminal: Terminal,
  input: Input,
  text: string,
  deps: Deps,
): Promise<boolean> {
  try {
    await input.waitForPerson(deps.idleMs(), PERSON_MS)
    return await terminal.takeOut(text)
  } catch (error) {
    deps.log.info(`the text of a stopped delivery could not be taken out: ${String(error)}`)
    return false
  }
}
