import type { FailureCode } from '../../contract/failure'
import type { Turn } from '../desktop/turns'
import type { Clock } from '../clock'
import type { Chord, Desktop, Offer } from '../desktop/desktop'
import type { Target } from './locate'
import type { Profile } from './profile'

/** A delivery that ended before anything was submitted. */
export class NotSubmitted extends Error {
  override readonly name = 'NotSubmitted'

  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message)
  }
}

/** How long an act may take to be seen: a busy program answers keys late, and late is no reason to give up. */
const SEEN_MS = 3000
const FOCUS_MS = 1500
const POLL_MS = 4

interface InputDeps {
  readonly desktop: Desktop
  readonly clock: Clock
  readonly profile: Profile
  readonly turn: Turn
  /** True once the delivery should end before its next act. */
  readonly stopped: () => boolean
  readonly agent: string
}

/**
 * One agent's input, as far as it can be known from outside: by focus, pointer and what happens to an offered text.
 * Every method acts only after it has seen that the desktop is still as the last one left it, and throws
 * {@link NotSubmitted} when it is not.
 */
export interface Input {
  /** Raises the window and clicks the point; returns once the window has the focus. */
  focus(): Promise<void>
  /** Replaces what is in the input by the text; returns what was there before and the paste's offer. */
  replace(text: string): Promise<{ before: string; offer: Offer }>
  /** Returns once the input's text, read back, is the one wanted; `offer` is the paste's. */
  readBack(text: string, offer: Offer): Promise<void>
  /** Empties the input. */
  erase(): Promise<void>
  /** What is in the input now; empty when nothing is. Asks for the focus only: a person may move the mouse meanwhile. */
  content(): Promise<string>
  /** Throws {@link NotSubmitted} unless lock, focus and pointer are ours at this instant. */
  guard(): Promise<void>
}

export function createInput(target: Target, deps: InputDeps): Input {
  const { desktop, clock, profile } = deps
  const { id } = target.window

  async function until(seen: () => Promise<boolean>, deadlineMs: number): Promise<boolean> {
    const end = clock.monotonic() + deadlineMs
    for (;;) {
      if (await seen()) return true
      if (deps.stopped() || clock.monotonic() > end) return false
      await clock.wait(POLL_MS)
    }
  }

  async function focus(): Promise<void> {
    deps.turn.check()
    const [front, active] = await Promise.all([desktop.windowAt(target.point), desktop.activeWindow()])
    if (front !== id || active !== id) await desktop.raise(id)
    await desktop.movePointer(target.point)
    if (!(await until(async () => (await desktop.windowAt(target.point)) === id, FOCUS_MS))) {
      throw new NotSubmitted(
        'window-missing',
        `Another window covers the input of ${deps.agent}: move it away.`,
      )
    }
    await desktop.click()
    if (!(await until(async () => (await desktop.activeWindow()) === id, FOCUS_MS))) {
      throw new NotSubmitted(
        'focus-lost',
        `"${target.window.title}" did not take the focus after a click on ${deps.agent}'s input.`,
      )
    }
  }

  async function guardFocus(): Promise<void> {
    if (deps.stopped())
      throw new NotSubmitted('internal', 'The delivery was stopped before it was submitted.')
    deps.turn.check()
    if ((await desktop.activeWindow()) === id) return
    throw new NotSubmitted(
      'focus-lost',
      `Another window took the focus from "${target.window.title}" during the delivery.`,
    )
  }

  async function guard(): Promise<void> {
    await guardFocus()
    const pointer = await desktop.pointer()
    if (pointer.x !== target.point.x || pointer.y !== target.point.y) {
      throw new NotSubmitted('user-active', 'The mouse was moved during the delivery.')
    }
  }

  async function press(...chords: readonly Chord[]): Promise<void> {
    await guard()
    await desktop.press(...chords)
  }

  /** Waits until the offer has been taken or replaced, whichever is asked for. */
  async function settled(offer: Offer, isSettled: () => boolean): Promise<boolean> {
    const end = clock.monotonic() + SEEN_MS
    while (!isSettled()) {
      const left = end - clock.monotonic()
      if (left <= 0 || deps.stopped()) return false
      await offer.changed(left)
      if (offer.stolen)
        throw new NotSubmitted('user-active', 'Another program took the clipboard during the delivery.')
    }
    return true
  }

  async function replace(text: string): Promise<{ before: string; offer: Offer }> {
    const { selectAll, copy, paste, toEnd } = profile
    const offer = await desktop.offerText(text, id)
    // Keys are handled in order. In an empty input the first copy does nothing, the paste takes our text and the second
    // copy replaces our offer. With a draft the first copy replaces the offer at once, and the paste puts the draft back.
    await press(selectAll, copy, paste, selectAll, copy, toEnd)
    if (!(await settled(offer, () => offer.taken || offer.replaced))) throw notTaken(deps.agent)
    if (offer.taken) return { before: '', offer }
    const before = await desktop.readText()
    const second = await desktop.offerText(text, id)
    await press(selectAll, paste, selectAll, copy, toEnd)
    if (!(await settled(second, () => second.taken || second.replaced))) throw notTaken(deps.agent)
    return { before: isBlank(before) ? '' : before, offer: second }
  }

  async function readBack(text: string, offer: Offer): Promise<void> {
    const end = clock.monotonic() + SEEN_MS
    let watched = offer
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
      const current = watched
      if (!(await settled(current, () => current.replaced))) throw unreadable(deps.agent)
      const got = await desktop.readText()
      if (isSameText(got, text)) return
      if (clock.monotonic() > end) throw mismatch(deps.agent, got, text)
      await clock.wait(pauseMs)
      watched = await desktop.offerText(text, id)
      await press(profile.selectAll, profile.copy, profile.toEnd)
    }
  }

  async function content(): Promise<string> {
    const offer = await desktop.offerText('', id)
    // An empty input takes the empty text, which changes nothing; any other copies itself and is pasted over itself.
    await guardFocus()
    await desktop.press(profile.selectAll, profile.copy, profile.paste)
    if (!(await settled(offer, () => offer.taken || offer.replaced))) throw unreadable(deps.agent)
    if (offer.taken) return ''
    const text = await desktop.readText()
    return isBlank(text) ? '' : text
  }

  return { focus, replace, readBack, erase: () => press(profile.selectAll, profile.erase), content, guard }
}

/** A contenteditable gives one newline more than it was given; Windows programs write CRLF. */
export function isSameText(got: string, wanted: string): boolean {
  const text = got.replaceAll('\r\n', '\n')
  return text === wanted || text === `${wanted}\n`
}

/** An empty line: what an editor copies when nothing is selected in an empty input. */
function isBlank(text: string): boolean {
  return text === '' || text === '\n' || text === '\r\n'
}

function notTaken(agent: string): NotSubmitted {
  return new NotSubmitted(
    'text-mismatch',
    `The window of ${agent} did not take the paste: is its input where the point is?`,
  )
}

function unreadable(agent: string): NotSubmitted {
  return new NotSubmitted('text-mismatch', `The text in the input of ${agent} could not be read back.`)
}

function mismatch(agent: string, got: string, wanted: string): NotSubmitted {
  const sizes = `${got.length} characters were read back, ${wanted.length} were sent`
  return new NotSubmitted(
    'text-mismatch',
    `The input of ${agent} shows another text than the message (${sizes}).`,
  )
}
