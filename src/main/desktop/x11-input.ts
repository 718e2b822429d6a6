import type { PointerState } from 'x11'
import type { Aim, Chord, Desktop, KeyName, Miss, Point } from './desktop'
import type { X11Connection } from './x11-connection'
import type { OwnActs } from './x11-presence'
import type { X11Windows } from './x11-windows'

const [KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE] = [2, 3, 4, 5] as const
const LEFT = 1
const LEFT_DOWN = 0x100
/** Shift, Control, Alt and Super, then the mouse buttons; Caps Lock and Num Lock may be on. */
const HELD = 0x01 | 0x04 | 0x08 | 0x40 | 0x700
const CLICK_DEADLINE_MS = 1000

/** Keysyms (X11/keysymdef.h) of the keys a delivery presses. */
const keysyms: ReadonlyMap<KeyName, number> = new Map([
  ['A', 0x61],
  ['C', 0x63],
  ['V', 0x76],
  ['Space', 0x20],
  ['LeftControl', 0xffe3],
  ['LeftShift', 0xffe1],
  ['LeftSuper', 0xffeb],
  ['Enter', 0xff0d],
  ['Backspace', 0xff08],
  ['End', 0xff57],
  ['Down', 0xff54],
  ['Insert', 0xff63],
])

type Input = Pick<Desktop, 'pointer' | 'click' | 'press'>

interface InputDeps {
  readonly windows: X11Windows
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
  #codes: Promise<ReadonlyMap<KeyName, number>> | undefined

  constructor(x: X11Connection, { windows, acts }: InputDeps) {
    this.#x = x
    this.#windows = windows
    this.#acts = acts
    x.onEvent(({ name }) => {
      if (name === 'MappingNotify') this.#codes = undefined
    })
  }

  async pointer(): Promise<Point> {
    const { rootX, rootY } = await this.#state()
    return { x: rootX, y: rootY }
  }

  // Window managers hold a button press back until they have given the window the focus, and let keys pass meanwhile.
  // The server shows the button as down until they let it go: only then do keys come after the click.
  async click(aim: Aim & { readonly point: Point }): Promise<Miss | undefined> {
    const { windowId, point } = aim
    const child = await this.#windows.childAt(point)
    if (child.owner !== windowId) return 'covered'
    return this.#acts.own({ buttons: [LEFT] }, async () => {
      const isThere = async () => (await this.#windows.rawChildAt(point)) === child.raw
      const miss = await this.#atOnce(isThere, 'covered', aim, () => this.#fake(BUTTON_PRESS, LEFT))
      if (miss) return miss
      try {
        await this.#until(true)
      } finally {
        this.#fake(BUTTON_RELEASE, LEFT)
      }
      await this.#until(false)
      return undefined
    })
  }

  async press(aim: Aim, ...chords: readonly Chord[]): Promise<Miss | undefined> {
    this.#codes ??= keycodes(this.#x)
    const [focus, known] = await Promise.all([this.#windows.focus(), this.#codes])
    if (focus.owner !== aim.windowId) return 'focus-elsewhere'
    const keys = chords.map((chord) => chord.map((key) => codeOf(key, known)))
    return this.#acts.own({ keys: keys.flat() }, async () => {
      const isThere = async () => (await this.#windows.rawFocus()) === focus.raw
      const miss = await this.#atOnce(isThere, 'focus-elsewhere', aim, () => {
        for (const chord of keys) {
          for (const key of chord) this.#fake(KEY_PRESS, key)
          for (const key of chord.toReversed()) this.#fake(KEY_RELEASE, key)
        }
      })
      // The answer comes once the server has done all that was asked before.
      await this.#state()
      return miss
    })
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
      const miss = !there ? otherwise : rested < restMs ? 'person-active' : amiss(state, point)
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
