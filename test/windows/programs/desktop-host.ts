import { systemClock } from '../../../src/main/clock'
import type { Desktop } from '../../../src/main/desktop/desktop'
import { thread } from '../../../src/main/desktop/win32/calls'
import { WatchedOffer } from '../../../src/main/desktop/watched-offer'
import { openWin32InWorker } from '../../../src/main/desktop/win32/open-in-worker'
import { serveTest } from './serve-test'
import { stage } from './stage-calls'
import { serveWindows, stageMethods } from './stage-windows'

// The real desktop of Windows, for a test on the other side of Wine.

const desktop = await openWin32InWorker(new URL('desktop-worker.mjs', import.meta.url), systemClock)
const restores = new Map<number, () => Promise<void>>()
let last = 0
const OVERLAPPED_VISIBLE = 0x10cf0000
const plain: Partial<Record<keyof Desktop, (...args: never[]) => unknown>> = desktop

const tell = serveTest({
  ...stageMethods,
  ...plain,
  /** Windows in the very process that looks at them, as `stage-windows.ts` has them elsewhere. */
  serveWindows: () => void serveWindows(),
  async offerText(text: string, windowId?: string) {
    const offer = await desktop.offerText(text, windowId)
    const id = ++last
    if (offer instanceof WatchedOffer) offer.watch((state) => tell('offer', { id, state }))
    return id
  },
  async keepClipboard() {
    const id = ++last
    restores.set(id, await desktop.keepClipboard())
    return id
  },
  /** A window of Waggle's own, whose thread does not look at its messages: whoever asks it for its title waits for good. */
  openOwn: (at: [number, number, number, number]) =>
    stage.CreateWindow(0, 'STATIC', 'Waggle', OVERLAPPED_VISIBLE, ...at, 0, 0, 0, 0),
  closeOwn: (window: number) => thread.DestroyWindow(window),
  restoreClipboard: async (id: number) => restores.get(id)?.(),
})
