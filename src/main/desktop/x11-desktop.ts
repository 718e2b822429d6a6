import type { Desktop } from './desktop'
import { connectX11, type X11Connection } from './x11-connection'
import { createX11Clipboard } from './x11-clipboard'
import { openX11Screens } from './x11-screens'
import { createX11Windows } from './x11-windows'

/** The desktop of an X server: windows and clipboard over one X11 connection, mouse and keyboard by nut-js. */
export async function openX11Desktop(display: string): Promise<Desktop> {
  const x = await connectX11(display)
  const clipboard = createX11Clipboard(x)
  const screens = await openX11Screens(x)
  const { nutButton, nutInput, nutScreen } = await import('./nut-input')
  return {
    ...nutInput,
    ...nutScreen,
    ...createX11Windows(x),
    offerText: (text, windowId) => clipboard.offerText(text, windowId),
    readText: () => clipboard.readText(),
    keepClipboard: () => clipboard.keepClipboard(),
    // Window managers hold a button press back until they have given the window the focus, and let keys pass meanwhile.
    // The server shows the button as down until they let it go: only then do keys come after the click.
    async click() {
      await nutButton.down()
      await seen(x, true)
      await nutButton.up()
      await seen(x, false)
    },
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

const LEFT_BUTTON = 0x100
const CLICK_DEADLINE_MS = 1000

async function seen(x: X11Connection, isDown: boolean): Promise<void> {
  const end = performance.now() + CLICK_DEADLINE_MS
  while (performance.now() < end) {
    const { keyMask } = await x.ask<{ keyMask: number }>((done) => x.client.QueryPointer(x.root, done))
    if (((keyMask & LEFT_BUTTON) !== 0) === isDown) return
  }
  throw new Error(`the mouse button did not go ${isDown ? 'down' : 'up'} within ${CLICK_DEADLINE_MS} ms`)
}
