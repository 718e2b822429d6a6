import type { InputDevice, XkbControls, XkbState } from 'x11'
import type { UnsafeKeys } from '../unsafe-keys'
import type { X11Connection } from './connection'
import { harmlessLocks, readKeyMap, type KeyMap } from './key-map'

/** XKB's name of the keyboard that clients see: the one whose state goes with each key. */
const CORE_KEYBOARD = 0x100
const ALL_DEVICES = 0
const SLAVE_KEYBOARD = 4
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
}

/** Finds the keyboard and begins to listen for changes of its map. */
export async function openX11Keyboard(x: X11Connection): Promise<X11Keyboard> {
  const { xkb } = x.extensions
  const device = await pressingDevice(x)
  let known: Promise<KeyMap> | undefined
  const kinds = (1 << NEW_KEYBOARD) | (1 << MAP_CHANGED)
  xkb.SelectEvents(device, kinds, 0, kinds, ALL_PARTS, ALL_PARTS)
  x.onEvent(({ name, xkbType, deviceID }) => {
    const isChange = name === 'XkbEvent' && (xkbType === NEW_KEYBOARD || xkbType === MAP_CHANGED)
    if (isChange && deviceID === device) known = undefined
  })
  // A window that is never shown: a grab for it is refused either way, and the answer tells whether there is another one.
  const hidden = x.client.AllocID()
  x.client.CreateWindow(hidden, x.root, -10, -10, 1, 1, 0, 0, 0, 0, {})
  const map = async () => (known ??= readKeyMap(x.client, xkb, device))
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

/** XTEST presses on a keyboard of its own, made with each master keyboard; the core keyboard where there is none. */
async function pressingDevice(x: X11Connection): Promise<number> {
  const [{ deviceID }, devices] = await Promise.all([
    x.ask<XkbState>((done) => x.extensions.xkb.GetState(CORE_KEYBOARD, done)),
    x.ask<InputDevice[]>((done) => x.extensions.xinput.XIQueryDevice(ALL_DEVICES, done)),
  ])
  const isPressing = ({ use, attachment, name }: InputDevice) =>
    use === SLAVE_KEYBOARD && attachment === deviceID && name.includes('XTEST')
  return devices.find(isPressing)?.deviceId ?? CORE_KEYBOARD
}
