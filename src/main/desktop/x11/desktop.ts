import type { Desktop, Point } from '../desktop'
import { createAtOnce } from './at-once'
import { X11Clicks } from './clicks'
import { createX11Clipboard } from './clipboard'
import { connectX11 } from './connection'
import { openX11Keyboard } from './keyboard'
import { X11Keys } from './keys'
import { overlaysOf } from './overlays'
import { createX11Presence } from './presence'
import { openX11Screens } from './screens'
import { createX11Windows } from './windows'

/** The desktop of an X server over one X11 connection; the pointer is moved by nut-js. */
export async function openX11Desktop(display: string): Promise<Desktop> {
  const x = await connectX11(display)
  const clipboard = createX11Clipboard(x)
  const screens = await openX11Screens(x)
  const windows = createX11Windows(x)
  const acts = createX11Presence(x)
  const { nutPointer, nutScreen } = await import('../nut/input')
  const movePointer = async (to: Point) => acts.own({}, async () => nutPointer.movePointer(to))
  const keyboard = await openX11Keyboard(x)
  const atOnce = createAtOnce(x, { acts, keyboard })
  const keys = new X11Keys(x, { windows, acts, keyboard, atOnce })
  const activeWindow = async () => keys.activeWindow()
  const clicks = new X11Clicks(x, { windows, acts, movePointer, activeWindow, keyboard, atOnce })
  return {
    ...nutScreen,
    ...windows,
    overlays: async () => overlaysOf(x),
    activeWindow,
    pointer: async () => clicks.pointer(),
    inputLook: async (at) => clicks.inputLook(at),
    click: async (aim) => clicks.click(aim),
    press: async (aim, ...chords) => keys.press(aim, ...chords),
    unsafeKeys: async () => keys.unsafeKeys(),
    movePointer,
    personIdleMs: async () => acts.personIdleMs(),
    offerText: async (...offer) => clipboard.offerText(...offer),
    readText: () => clipboard.readText(),
    readHtml: () => clipboard.readHtml(),
    keepClipboard: () => clipboard.keepClipboard(),
    async trouble() {
      if (x.alive()) return undefined
      return {
        code: 'desktop-unavailable',
        message: 'The X server has gone. Start Waggle again on a running desktop.',
      }
    },
    screens,
    close: x.close,
  }
}
