import type { Attempt, DeliverDeps, Typing } from './attempt'
import type { TextLook } from '../../looking/look'
import { hasPartOf, hasSameLetters, isSame, withoutLast } from '../../looking/spelling'
import { madeOtherwise, NotSubmitted, notInFocus, textOf } from './not-submitted'
import { patience, persistently } from './persistently'
import { seesBlankTwice } from './see-gone'

/** How long a program may take to show what it has taken, or that it is empty. */
const SHOWN_MS = 3000
/** How long the tree may show nothing of a page that has just come to the front; longer, and it has to be brought there again. */
const BLIND_MS = 600

/** What became of a text that was to be taken out: it is gone, it could not be reached, or it never showed. */
type TakenOut = 'gone' | 'left' | 'unseen'

/** Takes out what was pasted and puts the draft back; a line in the log says why it could not. */
export async function takeOut(typing: Typing, attempt: Attempt): Promise<TakenOut> {
  const { input, deps, job } = typing
  try {
    await input.waitForPerson(deps.idleMs(), patience(deps.idleMs()))
    if (await isOutOfOtherField(typing)) {
      deps.pastes.erase(job.agent.name)
      return 'gone'
    }
    await persistently(typing, async (isAgain) => {
      if (!isAgain) await input.refocus()
      const look = await seenText(typing, attempt)
      if (look === undefined) return
      // A person may have typed behind the text since.
      const ours = attempt.shownAs ?? typing.text
      const others = withoutLast(look.text, ours)
      if (isSame(others, look.text) && others !== '') throw madeOtherwise(job.agent.name, look.text)
      const rest = others.includes(attempt.draft) ? others : attempt.draft + others
      await takeOutStanding(typing, look.text)
      if (rest !== '') await putBack(typing, rest)
    })
    deps.pastes.erase(job.agent.name)
    return 'gone'
  } catch (error) {
    deps.log.info(`the text of a stopped delivery could not be taken out: ${String(error)}`)
    return error instanceof Unseen ? 'unseen' : 'left'
  }
}

/** A page may have moved its focus to another field just before the paste: seen to hold the message alone, it is emptied. */
async function isOutOfOtherField({ eye, input, text, attempt }: Typing): Promise<boolean> {
  const look = attempt.shownAs === undefined ? await eye.lookForFocus() : undefined
  if (look?.kind !== 'elsewhere' || look.text === undefined || !hasSameLetters(look.text, text)) return false
  await input.takeOut((selected) => hasSameLetters(selected, text))
  return true
}

class Unseen extends Error {}

/**
 * The input with something of the message in it; undefined where only the draft stands there, and nothing was pasted.
 * Rejects with {@link Unseen} where it was looked at and shows something else, as {@link readText} where it could not be.
 */
async function seenText(typing: Typing, attempt: Attempt): Promise<TextLook | undefined> {
  const { eye, text, deps, known } = typing
  const { clock } = deps
  const end = clock.monotonic() + SHOWN_MS
  for (;;) {
    const look = await readText(typing)
    const whole = look.sure === 'partial' && !look.blank ? await eye.copyLook() : look
    if (whole.kind === 'text') {
      const isEmpty = known.isBlank(whole)
      const { shownAs = text } = attempt
      if (!isEmpty && (hasPartOf(whole.text, text) || isSame(whole.text, shownAs))) return whole
      // Twice the same may have become two blocks of it.
      if (!isEmpty && hasSameLetters(whole.text, shownAs)) {
        attempt.shownAs = whole.text
        return whole
      }
      // It was seen there, and somebody has taken it out or sent it.
      if (attempt.shownAs !== undefined && (isEmpty || isSame(whole.text, attempt.draft))) return undefined
    }
    if (clock.monotonic() > end) throw new Unseen('it was not seen')
    await eye.change()
  }
}

/**
 * What the input holds. Rejects with {@link NotSubmitted} where that cannot be looked at, which says nothing of what stands
 * there: at once where the focus is in another field, since a click brings it back and no waiting does; a question is never
 * clicked away.
 */
async function readText({ eye, deps, job }: Typing): Promise<TextLook> {
  const start = deps.clock.monotonic()
  for (;;) {
    const look = await eye.look()
    if (look.kind === 'text') return look
    const isMoved = look.kind === 'elsewhere' && !look.isQuestion
    const patienceMs = isMoved ? 0 : look.kind === 'unreadable' ? BLIND_MS : SHOWN_MS
    if (deps.clock.monotonic() - start >= patienceMs) throw notInFocus(look, job.agent.name)
    await eye.change()
  }
}

/**
 * Takes out a text that was read there: all is selected, copied and compared before the one key that deletes, so that what
 * it takes is known. Resolves once the input is seen empty; rejects with {@link NotSubmitted}.
 */
export async function takeOutStanding(typing: Typing, text: string): Promise<void> {
  const { input, eye, known, deps, job } = typing
  const { clock } = deps
  // A copy may spell lines otherwise than the look that the text is known by.
  await input.takeOut((selected) => isSame(selected, text))
  const end = clock.monotonic() + SHOWN_MS
  for (;;) {
    const look = await eye.look()
    const isBlank = look.kind === 'text' && known.isBlank(look)
    // An editor that has not learnt of the selection yet copies nothing, either.
    if (isBlank && (look.sure !== 'weak' || (await seesBlankTwice(typing)))) return
    if (clock.monotonic() > end) {
      throw new NotSubmitted('text-mismatch', `The input of ${job.agent.name} did not empty.`)
    }
    await eye.change()
  }
}

/** Puts a draft back into the empty input; where that fails, on the clipboard, and the person is told. */
export async function putBack(typing: Typing, draft: string): Promise<void> {
  const { input, eye, deps, known, job } = typing
  const { clock, log } = deps
  try {
    await persistently(typing, async () => {
      const now = await readText(typing)
      if (isSame(now.text, draft, known.breaks)) return
      if (!known.isBlank(now)) throw new Error('something else stands in the input now')
      await input.paste(draft, false)
      const end = clock.monotonic() + SHOWN_MS
      for (;;) {
        const look = await eye.look()
        if (look.kind === 'text' && isSame(look.text, draft, known.breaks)) return
        if (clock.monotonic() > end)
          throw new Error(`it is shown otherwise (${textOf(look, job.agent.name).text.length})`)
        await eye.change()
      }
    })
  } catch (error) {
    log.warn(`a draft could not be put back: ${String(error)}`)
    await putOnClipboard(draft, deps)
  }
}

type Clipboard = Pick<DeliverDeps, 'desktop' | 'log' | 'belongings' | 'draftOnClipboard'>

/** Where a draft goes whose input cannot be reached any more, whoever has the desktop by then; the person is told. */
export async function putOnClipboard(draft: string, deps: Clipboard): Promise<void> {
  const { desktop, log, belongings, draftOnClipboard } = deps
  await desktop.offerText(draft)
  belongings.leaveClipboard()
  log.warn('a draft is on the clipboard')
  draftOnClipboard()
}
