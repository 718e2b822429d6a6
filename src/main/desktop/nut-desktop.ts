import { providerRegistry } from '@nut-tree-fork/nut-js'
import { createMarkedClipboard, type SystemClipboard } from './marked-clipboard'
import type { Desktop, DesktopWindow, Rect } from './desktop'
import { nutInput, nutScreen } from './nut-input'
import { contains } from './rects'

interface NutDesktopDeps {
  /** Electron's clipboard. */
  readonly clipboard: SystemClipboard
  /** The displays in physical pixels. */
  readonly screens: () => readonly Rect[]
}

/** The desktop of Windows and macOS: windows, mouse and keyboard by nut-js, clipboard by Electron. */
export function openNutDesktop({ clipboard, screens }: NutDesktopDeps): Desktop {
  const provider = providerRegistry.getWindow()

  async function describe(handle: number): Promise<DesktopWindow | undefined> {
    try {
      const [title, rect] = await Promise.all([
        provider.getWindowTitle(handle),
        provider.getWindowRegion(handle),
      ])
      const { left: x, top: y, width, height } = rect
      return { id: String(handle), title, app: '', rect: { x, y, width, height }, minimized: width === 0 }
    } catch {
      return undefined // it closed while it was asked about
    }
  }

  async function windows(): Promise<readonly DesktopWindow[]> {
    // Both systems list the frontmost first (EnumWindows, CGWindowListCopyWindowInfo).
    const all = await Promise.all((await provider.getWindows()).map(describe))
    return all.filter((window) => window !== undefined).filter(({ title }) => title !== '')
  }

  return {
    ...nutInput,
    ...nutScreen,
    ...createMarkedClipboard(clipboard),
    trouble: async () => undefined,
    screens: async () => screens(),
    windows,
    activeWindow: async () => String(await provider.getActiveWindow()),
    windowAt: async (point) => (await windows()).find(({ rect }) => contains(rect, point))?.id,
    async raise(id) {
      await provider.focusWindow(Number(id))
    },
    close: () => undefined,
  }
}
