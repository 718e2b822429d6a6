import type { Turn } from '../../desktop/lock/turns'
import { FOCUS_MS, type Chord, type Desktop, type Miss, type Point } from '../../desktop/desktop'
import { marksText, type Copied } from '../../looking/copy-look'
import type { Pace } from './acquaintance'
import type { ClickPoint } from './click-points'
import { isSameWindow, regionAround, type Target } from './locate'
import { focusNotTaken, halted, missed, NotSubmitted, notShown, unreadable } from './not-submitted'
import { Offers, type OffersDeps } from './offers'
import { Pauses } from './pauses'
import type { Profile } from './profile'

/** How often in a row a window may have moved between a look and the click. */
const MOVES = 3
/** How long ago the person may have been found resting: what they have done since is a disturbance, too. */
export const FOUND_RESTING_MS = 100
const POLL_MS = 4
/** How long an editor has for learning of the selection before its text is taken out, which is seldom. */
const TAKE_OUT_MS = 120
/** No longer at once: a process that looks at its turn after a long while has lost it. */
const REST_AT_ONCE_MS = 1000
/** How much around its point, in pixels, tells whether something lies over an input, wherever beside it the click goes. */
const LOOKED_AT = { width: 32, height: 20 }

interface InputDeps extends Omit<OffersDeps, 'check'> {
  readonly desktop: Desktop
  readonly profile: Profile
  readonly turn: Turn
  readonly agent: string
  /** How the input looked before it was written into, as far as that is known. */
  readonly looks: readonly string[]
  /** How fast the input may be typed into. */
  readonly pace: () => Pace
  /** Told whenever a click is made. */
  readonly clickPoint: ClickPoint
  /** Looks where the input is by now; throws {@link NotSubmitted} when it is nowhere to be found. */
  readonly find: () => Promise<Target>
}

/**
 * One agent's input, as far as it can be known from outside: by focus, pointer and what happens to an offered text.
 * Every method acts only after it has seen that the desktop is still as the last one left it, and throws
 * {@link NotSubmitted} when it is not.
 */
export class Input {
  #target: Target
  readonly #window: string
  readonly #deps: InputDeps
  /** Where the pointer was left. */
  #point: Point
  readonly #offers: Offers
  readonly #pauses: Pauses
  /** Since when a person's input counts as a disturbance. */
  #since: number

  constructor(target: Target, deps: InputDeps) {
    this.#target = target
    this.#window = target.window.id
    this.#deps = deps
    this.#point = target.point
    this.#since = deps.clock.monotonic() - FOUND_RESTING_MS
    this.#pauses = new Pauses(deps.clock, deps.pace)
    this.#offers = new Offers(target.window.id, { ...deps, check: () => this.#checkOurs() })
  }

  /** Raises the window and clicks the point, wherever it has moved; returns once the window has the focus. */
  async focus(): Promise<void> {
    const before = await this.#deps.desktop.activeWindow()
    let miss = await this.#clickInFront()
    for (let moves = 1; miss === 'moved' && moves < MOVES; moves++) {
      await this.#findAgain()
      miss = await this.#clickInFront()
    }
    // Where nobody took it instead the window manager has not heard the click (fluxbox, with Num Lock), and is asked.
    if (miss === 'focus-elsewhere' && (await this.#deps.desktop.activeWindow()) === before) {
      await this.#deps.desktop.raise(this.#window)
      if (await this.#until(this.#isActive)) return
    }
    if (miss === 'focus-elsewhere') throw focusNotTaken(this.#deps.agent, this.#target.window.title)
    this.#refuse(miss)
  }

  /** As {@link focus}, after a disturbance: the window may have been moved meanwhile. */
  async refocus(): Promise<void> {
    await this.#pauses.pasteOver()
    await this.#findAgain()
    await this.focus()
  }

  /** As {@link refocus}, without a click where it is in the focus already: what has opened over it would be met by one. */
  async comeBack(isInFocus: boolean): Promise<void> {
    if (!isInFocus || !(await this.#isActive())) await this.refocus()
  }

  #isActive = async (): Promise<boolean> => (await this.#deps.desktop.activeWindow()) === this.#window

  /**
   * Pastes the text: behind what stands in the input, or over all of it. Resolves once the window's program has taken the
   * text, at once where the system cannot tell; rejects with {@link NotSubmitted} when it has not. `pressed` runs once the
   * keys are through.
   */
  async paste(text: string, isOver: boolean, pressed: () => void = () => undefined): Promise<void> {
    const { clock, profile, pace } = this.#deps
    const { toEnd, paste, selectAll } = profile
    await this.#pauses.selectionOver()
    if (isOver && pace().copyMs > 0) {
      await this.#press(selectAll)
      await clock.wait(pace().copyMs)
    }
    const offer = await this.#offers.offer(text, async () => {
      if (isOver && pace().copyMs > 0) await this.#press(paste)
      else await this.#press(isOver ? selectAll : toEnd, paste)
      pressed()
    })
    await this.#offers.taken(offer)
    this.#pauses.pasted()
  }

  /**
   * What comes of selecting all and copying, and then going to the end: no key of it types or deletes. Editors with a
   * selection of their own learn of it some time after the key, so each is waited for where the input needs that, so many
   * times as long (none: in a burst). Asks for the focus only: a person may move the mouse meanwhile.
   */
  async copyAll(times: number): Promise<Copied> {
    const { profile, pace, clock } = this.#deps
    const { selectAll, copy, toEnd } = profile
    const { copyMs, absentMs } = pace()
    const waits = copyMs * times > 0
    await this.#pauses.pasteOver()
    const offer = await this.#offers.watched(async () =>
      waits ? this.#pressInFocus(selectAll) : this.#pressInFocus(selectAll, copy, toEnd),
    )
    try {
      if (waits) await clock.wait(copyMs * times)
      const began = clock.monotonic()
      if (waits) await this.#pressInFocus(copy)
      // Of what the page shows to be text a burst tells nothing more to an input that does not bear one.
      const isInVain = () => copyMs > 0 && !waits && marksText(offer.marked)
      const text = await this.#offers.copied(offer, absentMs, isInVain)
      const tookMs = text === undefined ? undefined : clock.monotonic() - began
      return { text, marked: offer.marked, tookMs }
    } finally {
      if (waits) await this.#unselect()
      this.#pauses.selectionLeft()
    }
  }

  /** Whether a copy that was waited for in vain has come since. */
  get hasCopiedLate(): boolean {
    return this.#offers.cameLate
  }

  /** Takes out everything, if the very text given is seen to be what the deleting key will take. */
  async takeOut(isExpected: (text: string) => boolean): Promise<void> {
    const { profile, pace, clock, agent } = this.#deps
    await this.#pauses.pasteOver()
    await this.#press(profile.selectAll)
    let isSelected = false
    try {
      await clock.wait(Math.max(pace().copyMs, TAKE_OUT_MS))
      const offer = await this.#offers.offer('', async () => this.#press(profile.copy))
      const selected = await this.#offers.copied(offer)
      if (selected === undefined || !isExpected(selected)) throw unreadable(agent)
      isSelected = true
      await this.#press(profile.erase)
    } finally {
      if (!isSelected) await this.#unselect()
      this.#pauses.selectionLeft()
    }
  }

  /**
   * Presses the submit key if lock, focus and pointer are ours at this instant; `mark` runs before, which takes the disk a
   * while, and `lastLook` between the two. Throws {@link NotSubmitted} when it was not pressed.
   */
  async submit(mark: () => void, lastLook: () => Promise<void>): Promise<void> {
    await this.#pauses.selectionOver()
    this.#checkOurs()
    mark()
    await lastLook()
    this.#checkOurs()
    const { submit } = this.#deps.profile
    if (submit) await this.#press(submit)
  }

  /** How the input looked before it was clicked, if the pointer stands there still and is shown as over text. */
  async look(): Promise<string | undefined> {
    return this.#deps.desktop.inputLook(this.#point)
  }

  /** Resolves once nobody has touched mouse or keyboard for that long: what they did before no longer counts. */
  async waitForPerson(idleMs: number, deadlineMs: number): Promise<void> {
    const { clock, desktop, turn } = this.#deps
    const end = clock.monotonic() + deadlineMs
    for (;;) {
      turn.check()
      const left = idleMs - (await desktop.personIdleMs())
      if (left <= 0) break
      if (clock.monotonic() + left > end) this.#refuse('person-active')
      await clock.wait(Math.min(left, REST_AT_ONCE_MS))
    }
    this.#since = clock.monotonic()
  }

  /** Throws unless the delivery may go on and the desktop is still ours. */
  #checkOurs(): void {
    const { turn, stopped } = this.#deps
    if (stopped()) throw halted()
    turn.check()
  }

  /** How long nobody may have stirred: since this delivery began. */
  #restMs(): number {
    return this.#deps.clock.monotonic() - this.#since
  }

  /** The input must be the very same. */
  async #findAgain(): Promise<void> {
    const target = await this.#deps.find()
    if (!isSameWindow(target.window, this.#target.window))
      throw new NotSubmitted('window-missing', `The window of ${this.#deps.agent} was closed meanwhile.`)
    this.#target = target
  }

  /** Clicks the point; where another window lies over it, once this one has been brought to the front. */
  async #clickInFront(): Promise<Miss | undefined> {
    const { desktop } = this.#deps
    const { point: at, window } = this.#target
    const point = this.#deps.clickPoint(at, window.rect)
    this.#point = point
    // A click activates a window that can be seen; asking the window manager, too, would move the focus a second time.
    // What its window manager calls hidden shows no pointer of its own, even where it lies in front (a tab of i3 made fullscreen).
    const miss = window.minimized ? 'covered' : await this.#click(point)
    if (miss !== 'covered') return miss
    await desktop.raise(this.#window)
    await this.#until(async () => (await desktop.windowAt(point)) === this.#window)
    const again = await this.#click(point)
    if (again === 'covered') await this.#refuseHidden()
    return again
  }

  /** Throws with the true reason where the window itself is not shown, and nothing covers it. */
  async #refuseHidden(): Promise<void> {
    const { desktop, agent } = this.#deps
    const window = (await desktop.windows()).find(({ id }) => id === this.#window)
    const hidden = window?.minimized ? 'minimized' : window?.hidden
    if (hidden) throw notShown(hidden, agent)
  }

  async #click(point: Point): Promise<Miss | undefined> {
    this.#checkOurs()
    const { desktop, looks } = this.#deps
    const { id: windowId, rect } = this.#target.window
    const place = regionAround(this.#target, LOOKED_AT)
    return desktop.click({ windowId, point, rect, place, looks, restMs: this.#restMs() })
  }

  /** Keys that no longer find the desktop as it was are not pressed, and end the delivery. */
  async #press(...chords: readonly Chord[]): Promise<void> {
    this.#checkOurs()
    const aim = { windowId: this.#window, point: this.#point, restMs: this.#restMs() }
    this.#refuse(await this.#deps.desktop.press(aim, ...chords))
  }

  /** As {@link Input.#press}, wherever the pointer is. */
  async #pressInFocus(...chords: readonly Chord[]): Promise<void> {
    this.#checkOurs()
    const aim = { windowId: this.#window, restMs: this.#restMs() }
    this.#refuse(await this.#deps.desktop.press(aim, ...chords))
  }

  /** Whatever a person does meanwhile: their next key would replace all that is selected. */
  async #unselect(): Promise<void> {
    const { desktop, profile, turn } = this.#deps
    turn.check()
    await desktop.press({ windowId: this.#window }, profile.toEnd)
  }

  #refuse(miss: Miss | undefined): void {
    if (miss) throw missed(miss, this.#deps.agent, this.#target.window.title)
  }

  async #until(seen: () => Promise<boolean>): Promise<boolean> {
    const { clock, stopped } = this.#deps
    const end = clock.monotonic() + FOCUS_MS
    for (;;) {
      if (await seen()) return true
      if (stopped() || clock.monotonic() > end) return false
      await clock.wait(POLL_MS)
    }
  }
}
