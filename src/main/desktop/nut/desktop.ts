import { providerRegistry } from '@nut-tree-fork/nut-js'
import { createMarkedClipboard, type SystemClipboard } from '../marked-clipboard'
import { FOCUS_MS, type Desktop, type DesktopWindow, type Point, type Rect } from '../desktop'
import { createIdlePresence, type IdleTime } from '../idle-presence'
import type { UnsafeKeys } from '../unsafe-keys'
import { nutPointer, nutPress, nutScreen } from './input'
import { contains, isSameRect } from '../../../contract/rects'

const POLL_MS = 4
const OWN_KEY_MS = 60

interface NutDesktopDeps {
  /** Electron's clipboard. */
  readonly clipboard: SystemClipboard
  /** The displays in physical pixels. */
  readonly screens: () => readonly Rect[]
  readonly idle: IdleTime
  /** What would change keys that are pressed now. */
  readonly unsafeKeys: () => UnsafeKeys | undefined
}

/** The desktop of macOS: windows, mouse and keyboard by nut-js, clipboard by Electron. */
export function openNutDesktop({ clipboard, screens, idle, unsafeKeys }: NutDesktopDeps): Desktop {
  const provider = providerRegistry.getWindow()
  const windows = async () => listed(provider)
  const acts = createIdlePresence(idle)
  const activeWindow = async () => String(await provider.getActiveWindow())
  const unfitNow = async (restMs: number) =>
    acts.personIdleMs() < restMs ? 'person-active' : unsafeForLong(unsafeKeys)
  const movePointer = async (to: Point) => acts.own(async () => nutPointer.movePointer(to))
  const { offered, ...marked } = inOrder(createMarkedClipboard(clipboard))

  return {
    ...nutPointer,
    ...nutScreen,
    ...marked,
    screens: async () => screens(),
    windows,
    activeWindow,
    windowAt: async (point: Point) => frontmostAt(point, await windows()),
    personIdleMs: async () => acts.personIdleMs(),
    unsafeKeys: async () => unsafeKeys(),
    movePointer,
    // The system cannot look and press in one go; what comes in between is seen by the next look.
    async click({ windowId, point, rect, restMs = 0 }) {
      const unfit = await unfitNow(restMs)
      if (unfit) return unfit
      const all = await windows()
      if (rect && !isSameRect(rect, all.find(({ id }) => id === windowId)?.rect)) return 'moved'
      if (frontmostAt(point, all) !== windowId) return 'covered'
      await movePointer(point)
      if (await isMoved(point)) return 'pointer-moved'
      await acts.own(async () => nutPress.click())
      for (const end = performance.now() + FOCUS_MS; (await activeWindow()) !== windowId;) {
        if (performance.now() > end) return 'focus-elsewhere'
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
      return undefined
    },
    async press({ windowId, point, restMs = 0 }, ...chords) {
      await offered()
      const unfit = await unfitNow(restMs)
      if (unfit) return unfit
      if ((await activeWindow()) !== windowId) return 'focus-elsewhere'
      if (await isMoved(point)) return 'pointer-moved'
      await acts.own(async () => nutPress.keys(chords))
      return undefined
    },
    async raise(id) {
      await provider.focusWindow(Number(id))
    },
    ...untroubled,
  }
}

/** The system may still show a key of our own as down just after it was pressed. */
async function unsafeForLong(look: () => UnsafeKeys | undefined): Promise<UnsafeKeys | undefined> {
  const end = performance.now() + OWN_KEY_MS
  for (;;) {
    const unsafe = look()
    if (!unsafe || performance.now() > end) return unsafe
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** A window's state and workspace are left to the person once it has been shown. */
const untroubled: Pick<Desktop, 'trouble' | 'arrangement' | 'arrange' | 'readMarked' | 'halt' | 'close'> = {
  trouble: async () => undefined,
  readMarked: () => Promise.reject(new Error('nothing is marked here by the mouse alone')),
  halt: async () => undefined,
  close: () => undefined,
  arrangement: async () => ({ windows: [] }),
  arrange: async () => false,
}

function frontmostAt(point: Point, windows: readonly DesktopWindow[]): string | undefined {
  return windows.find(({ rect }) => contains(rect, point))?.id
}

/** The clipboard, and `offered`, which the keys that are to find the last offer wait for; rejects as the offer did. */
function inOrder(clipboard: ReturnType<typeof createMarkedClipboard>) {
  let last: Promise<unknown> | undefined
  return {
    ...clipboard,
    offerText(...offer: Parameters<Desktop['offerText']>) {
      const offering = clipboard.offerText(...offer)
      last = offering
      return offering
    },
    async offered(): Promise<void> {
      const offering = last
      last = undefined
      await offering
    },
  }
}

type WindowProvider = ReturnType<typeof providerRegistry.getWindow>

/** Frontmost first, as the system lists them (CGWindowListCopyWindowInfo). */
async function listed(provider: WindowProvider): Promise<readonly DesktopWindow[]> {
  const all = await Promise.all((await provider.getWindows()).map((handle) => describe(provider, handle)))
  return all.filter((window) => window !== undefined).filter(({ title }) => title !== '')
}

async function describe(provider: WindowProvider, handle: number): Promise<DesktopWindow | undefined> {
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

async function isMoved(point: Point | undefined): Promise<boolean> {
  const now = await nutPointer.pointer()
  return point !== undefined && (now.x !== point.x || now.y !== point.y)
}
