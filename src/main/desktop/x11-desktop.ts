import type { Desktop } from './desktop'
import { connectX11 } from './x11-connection'
import { createX11Clipboard } from './x11-clipboard'
import { createX11Windows } from './x11-windows'

/** The desktop of an X server: windows and clipboard over one X11 connection, mouse and keyboard by nut-js. */
export async function openX11Desktop(display: string): Promise<Desktop> {
  const x = await connectX11(display)
  const { nutInput } = await import('./nut-input')
  return {
    ...nutInput,
    ...createX11Windows(x),
    ...createX11Clipboard(x),
    async trouble() {
      if (x.alive()) return undefined
      return {
        code: 'desktop-unavailable',
        message: 'The X server has gone. Start Waggle again on a running desktop.',
      }
    },
    screens: async () => [{ x: 0, y: 0, ...x.size }],
    close: x.close,
  }
}
