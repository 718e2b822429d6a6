import { takeOutStanding } from './aftermath'
import type { Typing } from './attempt'
import { NotSubmitted } from './not-submitted'

/**
 * Waits between selecting and copying that are tried, in ms, the careful ones first: what a burst does to an input shows
 * last. Less than Slate needs is not tried: one copy in five fails there at 60 ms, so one that works tells little.
 */
const WAITS = [120, 240] as const
/** So often a burst must tell the same. */
const BURSTS = 3
/** How long a text that was pasted in a burst may take to show. */
const SHOWN_MS = 1000

/** While the test's text stands in the input: how it can be copied, and how fast. */
export async function getToKnow(typing: Typing): Promise<void> {
  const { known } = typing
  const { pasteMs } = known.pace()
  for (const copyMs of WAITS) {
    known.bears(copyMs, pasteMs)
    if (!(await copies(typing))) continue
    known.canCopy(true)
    return tryBurst(typing)
  }
  known.canCopy(false)
  known.bears(WAITS[0], pasteMs)
}

/**
 * Whether copying bears a burst, while the text stands there: a burst changes nothing, and shows the text or not. Untold
 * otherwise, the waits stay as they are.
 */
export async function tryBurst(typing: Typing, isIt = showsText(typing)): Promise<void> {
  const { known } = typing
  const { copyMs, pasteMs } = known.pace()
  let isBorne = false
  known.bears(0, pasteMs)
  try {
    for (let times = 0; times < BURSTS; times++) if (!(await copies(typing, isIt))) return
    isBorne = true
  } finally {
    if (!isBorne) known.bears(copyMs, pasteMs)
  }
}

/** In the empty input: how that looks, and whether a paste bears being copied at once. Leaves it empty. */
export async function repeat(typing: Typing): Promise<void> {
  const { known, input, text } = typing
  await learnBlank(typing)
  const { copyMs, pasteMs } = known.pace()
  if (copyMs > 0) return
  known.bears(0, 0)
  await input.paste(text, false)
  const isBorne = await copies(typing)
  if (!isBorne) known.bears(0, pasteMs)
  if (await shows(typing)) await takeOutStanding(typing, text)
  else known.bears(0, pasteMs)
}

async function learnBlank({ eye, known }: Typing): Promise<void> {
  for (const look of [await eye.look(), known.copies ? await eye.copyLook() : undefined]) {
    if (look?.kind === 'text' && look.blank) known.wasBlank(look.blank)
  }
}

function showsText({ known, text }: Typing): (copied: string) => boolean {
  return (copied) => known.likeness(copied, text).kind !== 'other'
}

async function copies(typing: Typing, isIt = showsText(typing)): Promise<boolean> {
  try {
    const look = await typing.eye.copyLook()
    return look.kind === 'text' && isIt(look.text)
  } catch (error) {
    // Anything else that went wrong says nothing about the input.
    if (error instanceof NotSubmitted && error.code === 'text-mismatch') return false
    throw error
  }
}

async function shows({ eye, known, text, deps: { clock } }: Typing): Promise<boolean> {
  const end = clock.monotonic() + SHOWN_MS
  for (;;) {
    const look = await eye.look()
    if (look.kind === 'text' && known.likeness(look.text, text).kind !== 'other') return true
    if (clock.monotonic() > end) return false
    await eye.change()
  }
}

/** What the input is like, in sentences. */
export function sayings({ eye, known }: Typing, note: string | undefined): string[] {
  const { copyMs, pasteMs } = known.pace()
  const slowest = Math.max(copyMs, pasteMs)
  return [
    eye.means === 'tree'
      ? 'It is read by the accessibility tree, without a key; chips and formatting in a draft are seen.'
      : `It is read by selecting and copying. ${eye.cure}`,
    known.copies ? '' : 'Its text cannot be copied.',
    slowest === 0
      ? 'It takes keys as fast as they come.'
      : `It gets ${copyMs} ms between selecting and copying, and ${pasteMs} ms after a paste.`,
    known.breaks === 2 ? 'It writes an empty line between two lines when it is copied.' : '',
    note ?? '',
  ].filter((sentence) => sentence !== '')
}
