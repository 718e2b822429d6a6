import type { Failure } from '../../../contract/failure'
import type { Desktop, Point } from '../desktop'
import { createAtOnce } from './at-once'
import { X11Clicks } from './clicks'
import { createX11Clipboard } from './clipboard'
import { connectX11, type X11Connection } from './connection'
import type { NamedForm } from './contents'
import { X11Arranging } from './arranging'
import { openX11Keyboard } from './keyboard'
import { X11Keys } from './keys'
import { X11Marking } from './marking'
import { overlaysOf } from './overlays'
import { openOwnPresses } from './own-presses'
import { createX11Presence } from './presence'
import { openX11Screens } from './screens'
import { hasManagerGone } from './window-manager'
import { createX11Windows } from './windows'

export const GONE = 'The X server has ended the connection.'
const NO_MANAGER =
  'The window manager has ended, and without it no window takes the focus for sure. Start one, or log in again: messages go then.'

export interface X11Desktop extends Desktop {
  /** What a person had on the clipboard and what goes with this desktop: for the next one. */
  left(): readonly NamedForm[]
  /** Calls back once the server has ended the connection: nothing works any more then. */
  onEnd(listener: () => void): void
}

/**
 * The desktop of an X server over one X11 connection; the pointer is moved by nut-js. It takes over what another one has
 * `left`, whose connection has ended.
 */
export async function openX11Desktop(display: string, left: readonly NamedForm[] = []): Promise<X11Desktop> {
  const x = await connectX11(display)
  const clipboard = createX11Clipboard(x)
  await clipboard.adopt(left)
  const screens = await openX11Screens(x)
  const windows = createX11Windows(x)
  const arranging = new X11Arranging(x, windows)
  const acts = createX11Presence(x)
  const { nutPointer, nutScreen } = await import('../nut/input')
  const movePointer = async (to: Point) => acts.own({}, async () => nutPointer.movePointer(to))
  const keyboard = await openX11Keyboard(x)
  const presses = await openOwnPresses(x, display)
  const atOnce = createAtOnce(x, { acts, keyboard })
  const keys = new X11Keys(x, { windows, acts, keyboard, presses, atOnce, screens })
  const marking = new X11Marking(x, { windows, acts, keyboard, presses, atOnce })
  const activeWindow = async () => keys.activeWindow()
  const clicks = new X11Clicks(x, { windows, acts, movePointer, activeWindow, keyboard, presses, atOnce })
  return {
    ...nutScreen,
    ...windows,
    raise: async (id) => arranging.raise(id),
    arrangement: async () => arranging.arrangement(),
    arrange: async (was) => arranging.arrange(was),
    overlays: async () => overlaysOf(x),
    activeWindow,
    pointer: async () => clicks.pointer(),
    inputLook: async (at) => clicks.inputLook(at),
    click: async (aim) => clicks.click(aim),
    press: async (aim, ...chords) => keys.press(aim, ...chords),
    halt: async () => clicks.halt(),
    unsafeKeys: async () => keys.unsafeKeys(),
    movePointer,
    personIdleMs: async () => acts.personIdleMs(),
    offerText: async (...offer) => clipboard.offerText(...offer),
    readMarked: async (aim) => clipboard.readMarked(Number(aim.windowId), async () => marking.mark(aim)),
    readText: () => clipboard.readText(),
    readHtml: () => clipboard.readHtml(),
    keepClipboard: () => clipboard.keepClipboard(),
    trouble: async () => troubleWith(x),
    screens,
    left: () => clipboard.left(),
    onEnd: (listener) => x.onEnd(listener),
    close() {
      keyboard.close()
      x.close()
    },
  }
}

async function troubleWith(x: X11Connection): Promise<Failure | undefined> {
  if (!x.alive()) return { code: 'desktop-unavailable', message: GONE }
  const isUnmanaged = await hasManagerGone(x).catch(() => false)
  return isUnmanaged ? { code: 'desktop-unavailable', message: NO_MANAGER } : undefined
}
