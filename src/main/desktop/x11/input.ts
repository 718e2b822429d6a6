import { createHash } from 'node:crypto'
import type { PointerState } from 'x11'
import { isSameRect } from '../../../contract/rects'
import { FOCUS_MS, type Aim, type Chord, type ClickAim, type Desktop, type KeyName } from '../desktop'
import type { Miss, Point, Rect } from '../desktop'
import type { X11Connection } from './connection'
import { isTextPointer } from './cursor'
import type { OwnActs } from './presence'
import type { Found, X11Windows } from './windows'

const [KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE] = [2, 3, 4, 5] as const
const LEFT = 1
const LEFT_DOWN = 0x100
/** Shift, Control, Alt and Super, then the mouse buttons; Caps Lock and Num Lock may be on. */
const HELD = 0x01 | 0x04 | 0x08 | 0x40 | 0x700
/** XGetImage's format and mask for whole pixels. */
const [Z_PIXMAP, ALL_PLANES] = [2, 0xffffffff] as const
/** How long a window may take to show the pointer as over text, in ms. */
const OVER_TEXT_MS = 1000
/** For how long the pointer must be one for text where the place looks otherwise: the program may not have seen it come. */
const SURELY_TEXT_MS = 250
const CLICK_DEADLINE_MS = 1000
const POLL_MS = 4

/** Keysyms (X11/keysymdef.h) of the keys a delivery presses. */
const keysyms: ReadonlyMap<KeyName, number> = new Map([
  ['A', 0x61],
  ['C', 0x63],
  ['V', 0x76],
  ['Add', 0xffab],
  ['LeftControl', 0xffe3],
  ['LeftShift', 0xffe1],
  ['LeftSuper', 0xffeb],
  ['Enter', 0xff0d],
  ['Backspace', 0xff08],
  ['End', 0xff57],
  ['Down', 0xff54],
  ['Insert', 0xff63],
])

type Input = Pick<Desktop, 'activeWindow' | 'pointer' | 'inputLook' | 'click' | 'press'>

interface InputDeps {
  readonly windows: X11Windows
  readonly movePointer: Desktop['movePointer']
  readonly acts: OwnActs
}

/**
 * Keys and clicks that go where they are meant to or nowhere: while the server holds every other program still, focus and
 * pointer are looked at and, if they are right, the keys are pressed (XTEST). No other program can come in between, as it
 * can with any keyboard library that presses first and leaves the looking to others.
 */
export class X11Input implements Input {
  readonly #x: X11Connection
  readonly #windows: X11Windows
  readonly #acts: OwnActs
  readonly #movePointer: InputDeps['movePointer']
  #codes: Promise<ReadonlyMap<KeyName, number>> | undefined
  /** Where the focus was when it was last looked at. */
  #focus: Found | undefined
  /** How the place of the last click looked before it. */
  #before: string | undefined

  constructor(x: X11Connection, { windows, acts, movePointer }: InputDeps) {
    this.#x = x
    this.#windows = windows
    this.#acts = acts
    this.#movePointer = movePointer
    x.onEvent(({ name }) => {
      if (name === 'MappingNotify') this.#codes = undefined
    })
  }

  /** The press that follows need not ask again. */
  async activeWindow(): Promise<string | undefined> {
    this.#focus = await this.#windows.focus()
    return this.#focus.owner
  }

  async pointer(): Promise<Point> {
    const { rootX, rootY } = await this.#state()
    return { x: rootX, y: rootY }
  }

  async inputLook(at: Point): Promise<string | undefined> {
    return (await this.#isOverText(at)) ? this.#before : undefined
  }

  // Window managers hold a button press back until they have given the window the focus, and let keys pass meanwhile.
  // The server shows the button as down until they let it go: only then do keys come after the click.
  async click(aim: ClickAim): Promise<Miss | undefined> {
    const { windowId, point, rect, restMs = 0, place, looks = [] } = aim
    const [child, rested, now, picture] = await Promise.all([
      this.#windows.childAt(point),
      this.#acts.personIdleMs(),
      rect && this.#windows.rectOf(windowId),
      place && this.#pictureOf(place),
    ])
    if (rested < restMs) return 'person-active'
    if (rect && !isSameRect(rect, now)) return 'moved'
    if (child.owner !== windowId) return 'covered'
    await this.#movePointer(point)
    this.#before = picture
    const isKnown = looks.length === 0 || looks.includes(picture ?? '')
    const press = async () => this.#clickAtOnce(aim, child.raw)
    const miss = isKnown ? undefined : await this.#notAnInput(aim)
    return miss ?? (await this.#acts.own({ buttons: [LEFT] }, press)) ?? this.#focused(windowId)
  }

  async #clickAtOnce(aim: ClickAim, raw: number): Promise<Miss | undefined> {
    const isThere = async () => (await this.#windows.rawChildAt(aim.point)) === raw
    const miss = await this.#atOnce(isThere, 'covered', aim, () => this.#fake(BUTTON_PRESS, LEFT))
    if (miss) return miss
    try {
      await this.#until(true)
    } finally {
      this.#fake(BUTTON_RELEASE, LEFT)
    }
    await this.#until(false)
    return undefined
  }

  /**
   * A place that looks otherwise than the input did: it may be a draft or a button. A program shows another pointer once it
   * has seen it come (Chromium within 3 ms, a busy page later); until then the one of the last time is shown, so it must stay.
   */
  async #notAnInput({ point, place, looks = [], restMs = 0 }: ClickAim): Promise<Miss | undefined> {
    const end = performance.now() + OVER_TEXT_MS
    let since: number | undefined
    for (;;) {
      this.#before = place && (await this.#pictureOf(place))
      if (looks.includes(this.#before ?? '')) return undefined
      const [isText, rested] = await Promise.all([this.#isOverText(point), this.#acts.personIdleMs()])
      const now = performance.now()
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
  async #focused(windowId: string): Promise<Miss | undefined> {
    const end = performance.now() + FOCUS_MS
    while ((await this.activeWindow()) !== windowId) {
      if (performance.now() > end) return 'focus-elsewhere'
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    return undefined
  }

  async press(aim: Aim, ...chords: readonly Chord[]): Promise<Miss | undefined> {
    this.#codes ??= keycodes(this.#x)
    const known = await this.#codes
    const strokes = strokesOf(chords.map((chord) => chord.map((key) => codeOf(key, known))))
    const keys = strokes.filter(({ type }) => type === KEY_PRESS).map(({ code }) => code)
    return this.#acts.own({ keys }, async () => {
      const miss = await this.#strike(strokes, aim)
      // The answer comes once the server has done all that was asked before.
      await this.#state()
      return miss
    })
  }

  /** Most presses follow another one into the same window: whose the focus is is asked for only where it has changed. */
  async #strike(strokes: readonly Stroke[], aim: Aim): Promise<Miss | undefined> {
    for (let isFresh = this.#focus?.owner !== aim.windowId; ; isFresh = true) {
      if (isFresh) await this.activeWindow()
      const { raw, owner } = this.#focus ?? {}
      const isThere = async () => owner === aim.windowId && (await this.#windows.rawFocus()) === raw
      const miss = await this.#atOnce(isThere, 'focus-elsewhere', aim, () => {
        for (const { type, code } of strokes) this.#fake(type, code)
      })
      if (isFresh || miss !== 'focus-elsewhere') return miss
    }
  }

  /** Acts if nothing is amiss, with all other programs held still from the look to the act; says what was amiss. */
  async #atOnce(
    isThere: () => Promise<boolean>,
    otherwise: Miss,
    { point, restMs = 0 }: Aim,
    act: () => void,
  ): Promise<Miss | undefined> {
    const { client } = this.#x
    client.GrabServer()
    try {
      const idle = this.#acts.personIdleMs()
      const [there, state, rested] = await Promise.all([isThere(), this.#state(), idle])
      const miss = rested < restMs ? 'person-active' : there ? amiss(state, point) : otherwise
      if (miss === undefined) act()
      return miss
    } finally {
      client.UngrabServer()
    }
  }

  async #until(isDown: boolean): Promise<void> {
    const end = performance.now() + CLICK_DEADLINE_MS
    while (performance.now() < end) {
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

interface Stroke {
  readonly type: typeof KEY_PRESS | typeof KEY_RELEASE
  readonly code: number
}

/**
 * The chords, modifiers first, as presses and releases, in as few strokes as they need before each takes effect: keys act
 * when they go down, so they come up at the end, or before they go down again, and a modifier that the next chord needs,
 * too, stays down. Each stroke is a millisecond of Chromium's (measured, from key to copy).
 */
function strokesOf(chords: readonly (readonly number[])[]): Stroke[] {
  const strokes: Stroke[] = []
  const down = new Set<number>()
  const press = (code: number) => {
    release(code)
    strokes.push({ type: KEY_PRESS, code })
    down.add(code)
  }
  const release = (code: number) => {
    if (down.delete(code)) strokes.push({ type: KEY_RELEASE, code })
  }
  let held: readonly number[] = []
  const hold = (modifiers: readonly number[]) => {
    for (const code of held) if (!modifiers.includes(code)) release(code)
    for (const code of modifiers) if (!held.includes(code)) press(code)
    held = modifiers
  }
  for (const chord of chords) {
    hold(chord.slice(0, -1))
    for (const code of chord.slice(-1)) press(code)
  }
  for (const code of down) if (!held.includes(code)) release(code)
  hold([])
  return strokes
}

function codeOf(key: KeyName, known: ReadonlyMap<KeyName, number>): number {
  const code = known.get(key)
  if (code === undefined) throw new Error(`the keyboard layout has no key for ${key}`)
  return code
}

function amiss({ rootX, rootY, keyMask }: PointerState, point: Point | undefined): Miss | undefined {
  if (point && (rootX !== point.x || rootY !== point.y)) return 'pointer-moved'
  // A held Shift or Alt would turn our keys into others.
  return keyMask & HELD ? 'person-active' : undefined
}

/** The key of each name in the present keyboard layout; the first column of a key is what it gives unshifted. */
async function keycodes(x: X11Connection): Promise<ReadonlyMap<KeyName, number>> {
  const { min, max } = x.keycodes
  const rows = await x.ask<number[][]>((done) => x.client.GetKeyboardMapping(min, max - min + 1, done))
  const find = (keysym: number): number => {
    const unshifted = rows.findIndex((row) => row[0] === keysym)
    return unshifted === -1 ? rows.findIndex((row) => row.includes(keysym)) : unshifted
  }
  const found = [...keysyms].map(([name, keysym]) => [name, find(keysym)] as const)
  return new Map(found.filter(([, row]) => row !== -1).map(([name, row]) => [name, row + min]))
}
