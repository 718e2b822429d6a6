import { systemClock } from '../../../src/main/clock'
import type { Desktop } from '../../../src/main/desktop/desktop'
import { WatchedOffer } from '../../../src/main/desktop/watched-offer'
import { openWin32InWorker } from '../../../src/main/desktop/win32/open-in-worker'
import { serveTest } from './serve-test'

// The real desktop of Windows, for a test on the other side of Wine.

const desktop = await openWin32InWorker(new URL('desktop-worker.mjs', import.meta.url), systemClock)
const restores = new Map<number, () => Promise<void>>()
let last = 0
const plain: Partial<Record<keyof Desktop, (...args: never[]) => unknown>> = desktop

const tell = serveTest({
  ...plain,
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
  restoreClipboard: async (id: number) => restores.get(id)?.(),
})
