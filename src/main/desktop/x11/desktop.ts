import type { Desktop, Point } from '../desktop'
import { createX11Clipboard } from './clipboard'
import { connectX11 } from './connection'
import { X11Input } from './input'
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
  const input = new X11Input(x, { windows, acts, movePointer })
  return {
    ...nutScreen,
    ...windows,
    activeWindow: async () => input.activeWindow(),
    pointer: async () => input.pointer(),
    inputLook: async (at) => input.inputLook(at),
    click: async (aim) => input.click(aim),
    press: async (aim, ...chords) => input.press(aim, ...chords),
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
