import type { PointerState } from 'x11'
import { isSameRect, overlap } from '../../../contract/rects'
import type { Aim, Chord, Desktop, KeyName, Miss, Rect } from '../desktop'
import type { AtOnce } from './at-once'
import type { X11Connection } from './connection'
import { codesFor, type Codes } from './key-map'
import type { KeysLook, X11Keyboard } from './keyboard'
import type { OwnPresses } from './own-presses'
import type { OwnActs } from './presence'
import { overlaysOf } from './overlays'
import { KEY_PRESS, strokesOf, undone, type Stroke } from './strokes'
import type { Found, X11Windows } from './windows'

interface KeysDeps {
  readonly windows: X11Windows
  readonly acts: OwnActs
  readonly keyboard: X11Keyboard
  readonly presses: OwnPresses
  readonly atOnce: AtOnce
  screens(): Promise<readonly Rect[]>
}

/**
 * Keys that are what they are meant to be, in the window they are meant for, or are not pressed: looked for in the map of
 * the very keyboard that presses (XTEST), and each struck only once exactly its modifiers are seen down.
 */
export class X11Keys implements Pick<Desktop, 'activeWindow' | 'press' | 'unsafeKeys'> {
  readonly #x: X11Connection
  readonly #windows: X11Windows
  readonly #acts: OwnActs
  readonly #keyboard: X11Keyboard
  readonly #presses: OwnPresses
  readonly #atOnce: AtOnce
  readonly #screens: KeysDeps['screens']
  /** Where the focus was when it was last looked at. */
  #focus: Found | undefined
  /** While keys of ours are down. */
  #pressing: Promise<unknown> | undefined

  constructor(x: X11Connection, { windows, acts, keyboard, presses, atOnce, screens }: KeysDeps) {
    this.#x = x
    this.#windows = windows
    this.#acts = acts
    this.#keyboard = keyboard
    this.#presses = presses
    this.#atOnce = atOnce
    this.#screens = screens
  }

  /** The press that follows need not ask again. */
  async activeWindow(): Promise<string | undefined> {
    this.#focus = await this.#windows.focus()
    return this.#focus.owner
  }

  async press(aim: Aim, ...chords: readonly Chord[]): Promise<Miss | undefined> {
    const pressed = this.#acts.own({}, async () => {
      const miss = await this.#pressThere(aim, chords)
      // The answer comes once the server has done all that was asked before.
      await this.#x.ask<PointerState>((done) => this.#x.client.QueryPointer(this.#x.root, done))
      return miss
    })
    const over = (): void => {
      if (this.#pressing === pressing) this.#pressing = undefined
    }
    const pressing = pressed.then(over, over)
    this.#pressing = pressing
    return pressed
  }

  async unsafeKeys(): Promise<Awaited<ReturnType<Desktop['unsafeKeys']>>> {
    // Those are let go of in a moment. What is asked then goes out before the next press.
    while (this.#pressing) await this.#pressing
    const [{ unsafe, group }, map] = await Promise.all([this.#keyboard.look(), this.#keyboard.map()])
    if (unsafe === 'keyboard-grabbed' && (await this.#isScreenTaken())) return 'screen-taken'
    const needed = ['LeftControl', 'A', 'C', 'V', 'End', 'Enter', 'Backspace'] as const
    // What two keyboards have in different places gets one of its own when it is pressed.
    return unsafe ?? (codesFor(needed, { ...map, others: [] }, group) ? undefined : 'no-such-key')
  }

  /** Lockers tell nobody that they are some: their windows are no window manager's, and fill every screen. */
  async #isScreenTaken(): Promise<boolean> {
    const [screens, over] = await Promise.all([this.#screens(), overlaysOf(this.#x)])
    return screens.every((screen) => over.some((rect) => isSameRect(screen, overlap(screen, grown(rect)))))
  }

  /** Most presses follow another one into the same window: whose the focus is is asked for only where it has changed. */
  async #pressThere(aim: Aim, chords: readonly Chord[]): Promise<Miss | undefined> {
    for (let isFresh = this.#focus?.owner !== aim.windowId; ; isFresh = true) {
      if (isFresh) await this.activeWindow()
      const { raw, owner } = this.#focus ?? {}
      const isThere = async () => owner === aim.windowId && (await this.#windows.rawFocus()) === raw
      const sight = { ...aim, isThere, otherwise: 'focus-elsewhere' } as const
      const miss = await this.#atOnce(sight, async (keys) => this.#strikeIn(keys, chords))
      if (isFresh || miss !== 'focus-elsewhere') return miss
    }
  }

  /** Where another group of the map has the letters, that one is in force while they are struck. */
  async #strikeIn({ group }: KeysLook, chords: readonly Chord[]): Promise<Miss | undefined> {
    const codes = await this.#codes(chords.flat(), group)
    if (!codes) return 'no-such-key'
    const isOther = codes.group !== group
    const pressed = new Set(chords.flat().map(codes.code))
    const keys = [...pressed].map((code) => ({ kind: 'key', code }) as const)
    this.#presses.note(isOther ? [{ kind: 'group', code: group }, ...keys] : keys)
    if (isOther) this.#keyboard.lockGroup(codes.group)
    try {
      return await this.#strike(codes, chords)
    } finally {
      if (isOther) this.#keyboard.lockGroup(group)
      this.#presses.forget()
    }
  }

  async #codes(keys: readonly KeyName[], group: number): Promise<Codes | undefined> {
    const map = await this.#keyboard.map()
    const found = codesFor(keys, map, group)
    if (found || map.others.length === 0) return found
    await this.#keyboard.addSpares(keys)
    return codesFor(keys, await this.#keyboard.map(), group)
  }

  async #strike({ group, code, mask }: Codes, chords: readonly Chord[]): Promise<Miss | undefined> {
    const { holds, release } = strokesOf(chords.map((chord) => chord.map(code)))
    const struck: Stroke[] = []
    const send = (strokes: readonly Stroke[]) => {
      struck.push(...strokes)
      for (const one of strokes) this.#fake(one)
    }
    const all = holds.flatMap(({ reach, strike }) => [...reach, ...strike])
    const keys = all.filter(({ type }) => type === KEY_PRESS).map((one) => one.code)
    return this.#acts.own({ keys }, async () => {
      for (const { modifiers, reach, strike } of holds) {
        send(reach)
        // With nothing to bring down or up it is as it was seen before.
        const miss = reach.length === 0 ? undefined : await this.#notHeld(mask(modifiers), group)
        if (miss) {
          for (const one of undone(struck)) this.#fake(one)
          return miss
        }
        send(strike)
      }
      send(release)
      return undefined
    })
  }

  /** Undefined if exactly these modifiers are down, and nobody has taken the keyboard because of them. */
  async #notHeld(wanted: number, group: number): Promise<Miss | undefined> {
    const held = await this.#keyboard.held()
    if (held.isGrabbed) return 'keyboard-grabbed'
    return held.modifiers === wanted && held.group === group ? undefined : 'modifier-unseen'
  }

  #fake({ type, code }: Stroke): void {
    this.#x.extensions.xtest.FakeInput(type, code, 0, this.#x.root, 0, 0)
  }
}

/** XSecureLock leaves out a pixel at each edge, so that no compositor takes it for a program that is fullscreen. */
const EDGE = 1

function grown({ x, y, width, height }: Rect): Rect {
  return { x: x - EDGE, y: y - EDGE, width: width + 2 * EDGE, height: height + 2 * EDGE }
}
