import { createHash } from 'node:crypto'
import type { PointerState } from 'x11'
import { isSameRect } from '../../../contract/rects'
import { FOCUS_MS, type ClickAim, type Desktop, type Miss, type Point, type Rect } from '../desktop'
import type { AtOnce } from './at-once'
import type { X11Connection } from './connection'
import { isTextPointer } from './cursor'
import type { X11Keyboard } from './keyboard'
import type { OwnPresses } from './own-presses'
import type { OwnActs } from './presence'
import type { X11Windows } from './windows'

const [BUTTON_PRESS, BUTTON_RELEASE] = [4, 5] as const
const LEFT = 1
const LEFT_DOWN = 0x100
/** XGetImage's format and mask for whole pixels. */
const [Z_PIXMAP, ALL_PLANES] = [2, 0xffffffff] as const
/** How long a window may take to show the pointer as over text, in ms. */
const OVER_TEXT_MS = 1000
/** For how long the pointer must be one for text where the place looks otherwise: the program may not have seen it come. */
const SURELY_TEXT_MS = 250
const CLICK_DEADLINE_MS = 1000
const POLL_MS = 4
/** Whoever halted a click does not ask how it ended; a person's hand is what it comes closest to. */
const HALTED: Miss = 'person-active'

interface ClickDeps {
  readonly windows: X11Windows
  readonly movePointer: Desktop['movePointer']
  readonly activeWindow: Desktop['activeWindow']
  readonly acts: OwnActs
  readonly keyboard: Pick<X11Keyboard, 'look'>
  readonly presses: OwnPresses
  readonly atOnce: AtOnce
}

/** Clicks that reach the window they are meant for, or nothing. */
export class X11Clicks implements Pick<Desktop, 'pointer' | 'inputLook' | 'click' | 'halt'> {
  readonly #x: X11Connection
  readonly #windows: X11Windows
  readonly #acts: OwnActs
  readonly #movePointer: ClickDeps['movePointer']
  readonly #activeWindow: ClickDeps['activeWindow']
  readonly #keyboard: ClickDeps['keyboard']
  readonly #presses: OwnPresses
  readonly #atOnce: AtOnce
  /** How the place of the last click looked before it. */
  #before: string | undefined
  /** Ends the waits of the click under way. */
  #halted = new AbortController()

  constructor(x: X11Connection, deps: ClickDeps) {
    const { windows, acts, movePointer, activeWindow, keyboard, presses, atOnce } = deps
    this.#x = x
    this.#windows = windows
    this.#acts = acts
    this.#movePointer = movePointer
    this.#activeWindow = activeWindow
    this.#keyboard = keyboard
    this.#presses = presses
    this.#atOnce = atOnce
  }

  async pointer(): Promise<Point> {
    const { rootX, rootY } = await this.#state()
    return { x: rootX, y: rootY }
  }

  async inputLook(at: Point): Promise<string | undefined> {
    return (await this.#isOverText(at)) ? this.#before : undefined
  }

  async halt(): Promise<void> {
    this.#halted.abort()
    this.#halted = new AbortController()
  }

  // Window managers hold a button press back until they have given the window the focus, and let keys pass meanwhile.
  // The server shows the button as down until they let it go: only then do keys come after the click.
  async click(aim: ClickAim): Promise<Miss | undefined> {
    const { windowId, point, rect, restMs = 0, place, looks = [] } = aim
    const { signal } = this.#halted
    const [owner, rested, keys, now, picture] = await Promise.all([
      this.#windows.windowAt(point),
      this.#acts.personIdleMs(),
      this.#keyboard.look(),
      rect && this.#windows.rectOf(windowId),
      place && this.#pictureOf(place),
    ])
    if (rested < restMs) return 'person-active'
    // Nobody's pointer is moved for keys that cannot be pressed then.
    if (keys.unsafe) return keys.unsafe
    if (rect && !isSameRect(rect, now)) return 'moved'
    if (owner !== windowId) return 'covered'
    await this.#movePointer(point)
    this.#before = picture
    const isKnown = looks.length === 0 || looks.includes(picture ?? '')
    const press = async () => this.#clickAtOnce(aim, signal)
    const miss = isKnown ? undefined : await this.#notAnInput(aim, signal)
    return miss ?? (await this.#acts.own({ buttons: [LEFT] }, press)) ?? this.#focused(windowId, signal)
  }

  async #clickAtOnce(aim: ClickAim, signal: AbortSignal): Promise<Miss | undefined> {
    if (signal.aborted) return HALTED
    const isThere = async () => (await this.#windows.windowAt(aim.point)) === aim.windowId
    const miss = await this.#atOnce({ ...aim, isThere, otherwise: 'covered' }, async () => {
      this.#presses.note([{ kind: 'button', code: LEFT }])
      this.#fake(BUTTON_PRESS, LEFT)
      return undefined
    })
    if (miss) return miss
    try {
      await this.#until(true, signal)
    } finally {
      this.#fake(BUTTON_RELEASE, LEFT)
      this.#presses.forget()
    }
    await this.#until(false, signal)
    return undefined
  }

  /**
   * A place that looks otherwise than the input did: it may be a draft or a button. A program shows another pointer once it
   * has seen it come (Chromium within 3 ms, a busy page later); until then the one of the last time is shown, so it must stay.
   */
  async #notAnInput(
    { point, place, looks = [], restMs = 0 }: ClickAim,
    signal: AbortSignal,
  ): Promise<Miss | undefined> {
    const end = performance.now() + OVER_TEXT_MS
    let since: number | undefined
    for (;;) {
      this.#before = place && (await this.#pictureOf(place))
      if (looks.includes(this.#before ?? '')) return undefined
      const [isText, rested] = await Promise.all([this.#isOverText(point), this.#acts.personIdleMs()])
      const now = performance.now()
      if (signal.aborted) return HALTED
      if (rested < restMs) return 'person-active'
      since = isText ? (since ?? now) : undefined
      if (since !== undefined && now - since >= SURELY_TEXT_MS) return undefined
      if (now > end) return 'no-text'
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  async #isOverText(at: Point): Promise<boolean> {
    const [{ rootX, rootY }, isText] = await Promise.all([this.#state(), isTextPointer(this.#x)])
    return isText && rootX === at.x && rootY === at.y
  }

  /** Undefined for a place that is not all on the screen. */
  async #pictureOf({ x, y, width, height }: Rect): Promise<string | undefined> {
    const { client, root } = this.#x
    const image = this.#x.ask<{ data: Buffer }>((done) =>
      client.GetImage(Z_PIXMAP, root, x, y, width, height, ALL_PLANES, done),
    )
    return image.then(
      ({ data }) => createHash('sha1').update(data).digest('base64'),
      () => undefined,
    )
  }

  /** Says `focus-elsewhere` when the window does not get the focus. */
  async #focused(windowId: string, signal: AbortSignal): Promise<Miss | undefined> {
    const end = performance.now() + FOCUS_MS
    while ((await this.#activeWindow()) !== windowId) {
      if (signal.aborted) return HALTED
      if (performance.now() > end) return 'focus-elsewhere'
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    return undefined
  }

  async #until(isDown: boolean, signal: AbortSignal): Promise<void> {
    const end = performance.now() + CLICK_DEADLINE_MS
    while (performance.now() < end) {
      if (signal.aborted) return
      if ((((await this.#state()).keyMask & LEFT_DOWN) !== 0) === isDown) return
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    throw new Error(`the mouse button did not go ${isDown ? 'down' : 'up'} within ${CLICK_DEADLINE_MS} ms`)
  }

  async #state(): Promise<PointerState> {
    return this.#x.ask((done) => this.#x.client.QueryPointer(this.#x.root, done))
  }

  #fake(type: number, detail: number): void {
    this.#x.extensions.xtest.FakeInput(type, detail, 0, this.#x.root, 0, 0)
  }
}
