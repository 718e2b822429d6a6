import type { Look, TextLook } from '../../looking/look'
import { excerpt, hasPartOf, isSame, withoutLast } from '../../looking/spelling'
import { tryBurst } from './get-to-know'
import { madeNewLine, madeOtherwise, NotSubmitted, notInFocus } from './not-submitted'
import { hasNewLine } from './see-gone'
import type { Typing } from './attempt'

/** How long a program may take to show what it has taken. */
const SHOWN_MS = 3000
/** For how long a text that differs in white space alone must stand still to be what the program makes of it. */
const STILL_MS = 250

/**
 * Returns once the input is seen to hold the message and nothing else, with the focus on it; says what has become of its
 * white space, if anything. Nothing is pasted again: rejects with {@link NotSubmitted} where something else shows.
 */
export async function seeText(typing: Typing): Promise<string | undefined> {
  const { deps, eye, known, text, job, attempt } = typing
  const end = deps.clock.monotonic() + SHOWN_MS
  // A page may have moved its focus meanwhile.
  if (eye.means === 'copy') await eye.comeBack()
  let since: { readonly text: string; readonly at: number } | undefined
  for (;;) {
    const look = await wholeLook(typing)
    if (look.kind === 'text') {
      const like = known.likeness(look.text, text)
      if (like.kind !== 'other') {
        attempt.shownAs = look.text
        attempt.stood = look
      }
      if (like.kind === 'same') {
        refuseNewLine(typing, look)
        if (text.includes('\n')) known.writes(like.breaks)
        // It stands there alone, so the input was empty before.
        if (attempt.blank) known.wasBlank(attempt.blank)
        if (look.means === 'copy') await tryBurstOnce(typing)
        return undefined
      }
      const now = deps.clock.monotonic()
      if (since?.text !== look.text) since = { text: look.text, at: now }
      if (like.kind === 'white-space' && now - since.at >= STILL_MS) return whiteSpaceNote(job.agent.name)
    }
    if (deps.clock.monotonic() > end) throw notSame(typing, look)
    await eye.change()
  }
}

/** Where only a copy shows all of the text, the one before the next submit key tells what the last has made of it. */
function refuseNewLine({ deps, job, attempt }: Typing, look: TextLook): void {
  if (!hasNewLine(look, deps.pressed.get(job.messageId)?.stood)) return
  attempt.phase = 'submitted'
  throw madeNewLine(job.agent.name)
}

/** An input that nobody has tested is tried once, so that the next looks need no waits. */
async function tryBurstOnce(typing: Typing): Promise<void> {
  const { known, eye, text } = typing
  if (known.hasTriedBurst || !eye.canCopy || known.pace().copyMs === 0) return
  known.hasTriedBurst = true
  await tryBurst(typing, (copied) => known.likeness(copied, text).kind === 'same')
}

/** What is drawn of a longer text equals nothing: all of it is copied. */
async function wholeLook({ eye, text }: Typing): Promise<Look> {
  const look = await eye.look()
  const mayBeIt = look.kind === 'text' && look.sure === 'partial' && hasPartOf(text, look.text)
  return mayBeIt ? eye.copyLook() : look
}

function notSame({ job, attempt, text }: Typing, look: Look): NotSubmitted {
  const { name } = job.agent
  if (look.kind !== 'text') return notInFocus(look, name)
  const isDraft = attempt.draft !== '' && isSame(look.text, attempt.draft)
  if (isDraft || look.text === '') return madeOtherwise(name, '')
  const others = withoutLast(look.text, text)
  if (others !== '' && !isSame(others, look.text)) {
    // Read too early, it had not been seen before the paste: it is put back, and kept at the next try.
    attempt.shownAs = text
    return new NotSubmitted(
      'text-mismatch',
      `The input of ${name} held more than the message (“${excerpt(others)}”).`,
    )
  }
  attempt.shownAs = look.text
  return madeOtherwise(name, look.text)
}

function whiteSpaceNote(agent: string): string {
  return `The input of ${agent} left out blank lines, or white space at the ends of lines.`
}
