import type { InputDevice, XkbControls, XkbState } from 'x11'
import type { KeyName } from '../desktop'
import type { UnsafeKeys } from '../unsafe-keys'
import type { X11Connection } from './connection'
import { harmlessLocks, readKeyMap, sparesFor, type KeyMap } from './key-map'

/** XKB's name of the keyboard that clients see: the one whose state goes with each key. */
const CORE_KEYBOARD = 0x100
const ALL_DEVICES = 0
const SLAVE_KEYBOARD = 4
const HIERARCHY_CHANGED = 11
const [NEW_KEYBOARD, MAP_CHANGED] = [0, 1] as const
const ALL_PARTS = 0xff
const ALREADY_GRABBED = 1
const ASYNC = 1
/** XkbEnabledControls (XKB.h) that make something else of a key. */
const filters: readonly (readonly [number, UnsafeKeys])[] = [
  [1 << 1, 'slow-keys'],
  [1 << 2, 'bounce-keys'],
  [1 << 3, 'sticky-keys'],
  [1 << 4, 'mouse-keys'],
]

/** What goes with a key that is pressed now. */
export interface Held {
  /** Modifiers in force, without those that change nothing here. */
  readonly modifiers: number
  readonly group: number
  /** True while another program has the keyboard for itself. */
  readonly isGrabbed: boolean
}

export interface KeysLook {
  readonly unsafe: UnsafeKeys | undefined
  readonly group: number
}

/** The keyboard by which programs press keys (XTEST), which has a map of its own, and what stands against using it. */
export interface X11Keyboard {
  /** Its map now: asked for again only once the server has told of a change. */
  map(): Promise<KeyMap>
  /** What would change keys that are pressed now, if anything. Disturbs no program; nor does {@link X11Keyboard.held}. */
  look(): Promise<KeysLook>
  held(): Promise<Held>
  /** Puts this group of the map in force. */
  lockGroup(group: number): void
  /** Makes these keys the same on every keyboard, by codes that none of them has. They stay until {@link X11Keyboard.close}. */
  addSpares(keys: readonly KeyName[]): Promise<void>
  /** Puts back what was changed. */
  close(): void
}

/** The map, asked for again only once the server has told of a change, and what that server has been told to change. */
class SharedMap {
  readonly #x: X11Connection
  readonly #spares = new Set<number>()
  #known: Promise<KeyMap> | undefined

  constructor(
    x: X11Connection,
    readonly device: number,
  ) {
    this.#x = x
    x.extensions.xinput.XISelectEvents(x.root, [{ deviceId: ALL_DEVICES, mask: 1 << HIERARCHY_CHANGED }])
    x.onEvent(({ name, xkbType }) => {
      const isChange = name === 'XkbEvent' && (xkbType === NEW_KEYBOARD || xkbType === MAP_CHANGED)
      if (isChange || name === 'XIHierarchyChanged') this.#known = undefined
    })
  }

  async map(): Promise<KeyMap> {
    return (this.#known ??= this.#read())
  }

  async addSpares(keys: readonly KeyName[]): Promise<void> {
    for (const [code, keysym] of sparesFor(keys, await this.map()) ?? []) {
      this.#spares.add(code)
      setKey(this.#x, code, keysym)
    }
    this.#known = undefined
  }

  removeSpares(): void {
    for (const code of this.#spares) setKey(this.#x, code, 0)
  }

  async #read(): Promise<KeyMap> {
    const { xkb } = this.#x.extensions
    const { others } = await keyboardsOf(this.#x)
    const kinds = (1 << NEW_KEYBOARD) | (1 << MAP_CHANGED)
    for (const one of [this.device, ...others]) xkb.SelectEvents(one, kinds, 0, kinds, ALL_PARTS, ALL_PARTS)
    return readKeyMap(this.#x.client, xkb, this.device, others)
  }
}

/** Finds the keyboard and begins to listen for changes of its map. */
export async function openX11Keyboard(x: X11Connection): Promise<X11Keyboard> {
  const { xkb } = x.extensions
  const { device } = await keyboardsOf(x)
  const shared = new SharedMap(x, device)
  const map = async () => shared.map()
  // A window that is never shown: a grab for it is refused either way, and the answer tells whether there is another one.
  const hidden = x.client.AllocID()
  x.client.CreateWindow(hidden, x.root, -10, -10, 1, 1, 0, 0, 0, 0, {})
  const ask = async () =>
    Promise.all([
      x.ask<XkbState>((done) => xkb.GetState(CORE_KEYBOARD, done)),
      x.ask<number>((done) => x.client.GrabKeyboard(hidden, false, 0, ASYNC, ASYNC, done)),
      map(),
    ])
  return {
    map,
    async held() {
      const [{ mods, group }, grab, present] = await ask()
      return { modifiers: mods & ~harmlessLocks(present), group, isGrabbed: grab === ALREADY_GRABBED }
    },
    async look() {
      const [[state, grab, present], { enabledControls }, keys] = await Promise.all([
        ask(),
        x.ask<XkbControls>((done) => xkb.GetControls(device, done)),
        x.ask<Buffer>((done) => x.client.QueryKeymap(done)),
      ])
      const filter = filters.find(([bit]) => (enabledControls & bit) !== 0)?.[1]
      const other = filter ?? changed(state, keys, harmlessLocks(present))
      return { unsafe: grab === ALREADY_GRABBED ? 'keyboard-grabbed' : other, group: state.group }
    },
    addSpares: async (keys) => shared.addSpares(keys),
    close: () => shared.removeSpares(),
    lockGroup: (group) => xkb.LatchLockState(CORE_KEYBOARD, 0, 0, true, group, 0, 0, false, 0),
  }
}

/** A key that is held repeats into whatever window gets the focus, and ours would be lost if it is the same. */
function changed(state: XkbState, keys: Buffer, harmless: number): UnsafeKeys | undefined {
  if (keys.some((byte) => byte !== 0)) return 'key-held'
  if ((state.latchedMods & ~harmless) !== 0 || state.latchedGroup !== 0) return 'modifier-latched'
  if ((state.lockedMods & ~harmless) !== 0) return 'modifier-locked'
  return (state.mods & ~harmless) !== 0 || state.baseGroup !== 0 ? 'key-held' : undefined
}

/** On all keyboards at once, as the core protocol does it: a letter with its capital, in as many groups as there are. */
function setKey({ client }: X11Connection, code: number, keysym: number): void {
  const isLetter = keysym >= 0x61 && keysym <= 0x7a
  const levels = [keysym, isLetter ? keysym - 0x20 : 0]
  client.ChangeKeyboardMapping(code, 4, [...levels, ...levels])
}

interface Keyboards {
  /** XTEST presses on a keyboard of its own, made with each master keyboard; the core keyboard where there is none. */
  readonly device: number
  /**
   * Those that people type on, and the one that programs see. That has the map of whichever was used last, but for a server
   * that has missed a change of it (seen once in some hundred changes of two keyboards' layouts): it stays another then.
   */
  readonly others: readonly number[]
}

async function keyboardsOf(x: X11Connection): Promise<Keyboards> {
  const [{ deviceID }, devices] = await Promise.all([
    x.ask<XkbState>((done) => x.extensions.xkb.GetState(CORE_KEYBOARD, done)),
    x.ask<InputDevice[]>((done) => x.extensions.xinput.XIQueryDevice(ALL_DEVICES, done)),
  ])
  const slaves = devices.filter(({ use, attachment }) => use === SLAVE_KEYBOARD && attachment === deviceID)
  const device = slaves.find(({ name }) => name.includes('XTEST'))?.deviceId ?? CORE_KEYBOARD
  const others = slaves.map(({ deviceId }) => deviceId).filter((one) => one !== device)
  return { device, others: device === CORE_KEYBOARD ? [] : [CORE_KEYBOARD, ...others] }
}
