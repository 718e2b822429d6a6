import type { Picture } from '../../desktop/desktop'
import type { Look, TextLook } from '../../looking/look'
import { endBreaks, hasPartOf, isSame } from '../../looking/spelling'
import { persistently } from './persistently'
import { madeNewLine, madeOtherwise, NotSubmitted, StillThere } from './not-submitted'
import { isSamePicture, shownIn } from './shown'
import type { Typing } from './attempt'

/** Between two looks that must both find the input empty. */
const PAUSE_MS = 150
/** For how long the message must stand there before it counts as not taken. */
const STANDS_MS = 1000
/** For how long something else must stand still before it counts as what became of the message. */
const OTHER_MS = 700
/** How long an input that cannot be looked at, or takes nothing, may stay so. */
const MOST_MS = 6000

/**
 * To be called before the submit key; the function returned, called after it with whether the desktop is another's, resolves once the input is seen without the
 * message, as it looks when it is empty, twice with a pause between. Rejects with {@link StillThere} where exactly the
 * message stays, with {@link NotSubmitted} `not-accepted` where something else does.
 */
export async function watchGoing(typing: Typing): Promise<(isFree: boolean) => Promise<void>> {
  const isAlive = await witness(typing)
  return async (isFree) => new Going(typing, isAlive, isFree).seen()
}

/** True if the input is empty now and still so after a pause. */
export async function seesBlankTwice(typing: Typing): Promise<boolean> {
  for (const pauseMs of [0, PAUSE_MS]) {
    await typing.deps.clock.wait(pauseMs)
    const look = await typing.eye.look()
    if (look.kind !== 'text' || !typing.known.isBlank(look)) return false
  }
  return true
}

class Going {
  readonly #typing: Typing
  readonly #isAlive: () => Promise<boolean>
  readonly #isFree: boolean
  #began: number
  #hasCopied = false
  #blankAt: number | undefined
  /** Whether it was seen empty, not only consistent with it: another field of the page copies nothing, too. */
  #isSureBlank = false
  #other: { readonly text: string; readonly at: number } | undefined

  constructor(typing: Typing, isAlive: () => Promise<boolean>, isFree: boolean) {
    this.#isFree = isFree
    this.#typing = typing
    this.#isAlive = isAlive
    this.#began = typing.deps.clock.monotonic()
  }

  async seen(): Promise<void> {
    const { deps, eye, job } = this.#typing
    const { clock } = deps
    for (;;) {
      const before = clock.monotonic()
      const look = await this.#look()
      if (await this.#isGone(look)) return
      // Looking itself may have waited for a person.
      const tookMs = clock.monotonic() - before
      if (tookMs > STANDS_MS) this.#began += tookMs
      // Seen empty once, it may have moved from under its point, for good.
      if (clock.monotonic() - (this.#blankAt ?? this.#began) > MOST_MS) {
        const sentence = `What stands in the input of ${job.agent.name} after the submit key could not be seen.`
        throw new NotSubmitted('submit-unconfirmed', sentence)
      }
      if (this.#blankAt === undefined) await eye.change()
      else await clock.wait(PAUSE_MS)
    }
  }

  /** A copy takes the desktop: what takes the focus right then, a window, a button or a person, is no reason for doubt. */
  async #look(): Promise<Look> {
    const { eye } = this.#typing
    if (this.#isFree) return eye.lookFromAfar()
    if (eye.means === 'tree') return this.#surely(await eye.lookAway())
    const isFirst = !this.#hasCopied
    this.#hasCopied = true
    return persistently(this.#typing, async (isAgain) => {
      if (isFirst) return eye.lookAway()
      if (!isAgain) await eye.comeBack()
      return eye.lookAfterClick()
    })
  }

  /** Words that cannot be edited are the empty input's advice where a copy tells nothing else. */
  async #surely(look: Look): Promise<Look> {
    const { eye, known } = this.#typing
    if (look.kind !== 'text' || !look.blank || known.isBlank(look) || this.#isFree) return look
    const copied = await persistently(this.#typing, async (isAgain) => {
      if (!isAgain) await eye.comeBack()
      return eye.copyLook()
    })
    if (copied.kind === 'text' && copied.blank) known.wasBlank(look.blank)
    return look
  }

  async #isGone(look: Look): Promise<boolean> {
    const { deps, known, text, job, attempt } = this.#typing
    if (look.kind !== 'text') return false
    const now = deps.clock.monotonic()
    if (known.isBlank(look)) {
      if (look.sure === 'weak' && !(await this.#isAlive())) return false
      const wasBlank = this.#blankAt !== undefined && now - this.#blankAt >= PAUSE_MS
      this.#blankAt ??= now
      this.#isSureBlank = look.sure !== 'weak'
      return wasBlank
    }
    const isPart = look.sure === 'partial' && look.text !== '' && text.includes(look.text)
    const isBroken = hasNewLine(look, attempt.stood)
    const stands = (isSame(look.text, text, known.breaks) && !isBroken) || isPart
    // It was seen gone, and nothing of it is in what has come since: a person types on, or the program has words of its own.
    if (look.text !== '' && !hasPartOf(look.text, text) && (await this.#wasBlank(now))) return true
    this.#blankAt = undefined
    if (stands) {
      if (now - this.#began > STANDS_MS) throw new StillThere(job.agent.name)
      return false
    }
    if (this.#other?.text !== look.text) this.#other = { text: look.text, at: now }
    else if (now - this.#other.at > OTHER_MS) {
      // The next try has the desktop, and tells by a copy whether that is the empty input.
      if (this.#isFree && look.blank) throw new StillThere(job.agent.name)
      throw isBroken ? madeNewLine(job.agent.name) : madeOtherwise(job.agent.name, look.text)
    }
    return false
  }

  /** Whether it was seen empty before: what a person has typed since explains why a copy does not show that any more. */
  async #wasBlank(now: number): Promise<boolean> {
    if (this.#blankAt === undefined || this.#isSureBlank) return this.#blankAt !== undefined
    return (await this.#typing.deps.desktop.personIdleMs()) < now - this.#blankAt
  }
}

/** Whether the submit key has made a new line in between: only looks by the same means spell the end of a text in the same way. */
export function hasNewLine(now: TextLook, before: TextLook | undefined): boolean {
  return before?.means === now.means && breaksOf(now) > breaksOf(before)
}

function breaksOf({ text, isOpen }: TextLook): number {
  return endBreaks(text) + (isOpen ? 1 : 0)
}

/**
 * That nothing was copied is said by an empty input and by a program that hangs. One that has drawn something since the
 * submit key does not hang. Where copies tell more than that, or the tree does, nobody need ask.
 */
async function witness({ eye, deps, target }: Typing): Promise<() => Promise<boolean>> {
  if (eye.means === 'tree') return async () => true
  const picture = async (): Promise<Picture> => shownIn(target.window.rect, deps.desktop)
  const before = await picture()
  let isAlive = false
  return async () => (isAlive ||= !isSamePicture(before, await picture()))
}
