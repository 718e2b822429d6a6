import { BrowserWindow, globalShortcut, screen, type WebContents } from 'electron'
import { contains } from '../../contract/rects'
import type { PointingStage, Shot } from '../ways/window/pointing'
import { toDip } from '../desktop/displays'
import type { Rect } from '../desktop/desktop'
import type { Log } from '../log'
import { encodePng } from '../desktop/picture'
import { presentDisplays } from './present-displays'
import { pagePreferences } from './security'

/** The pictures that are pointed at, as our page asks for them by their number; nobody else ever sees them. */
export interface FrozenPictures {
  /** The PNG at this address of our own; undefined when there is none. */
  at(url: string): Uint8Array | undefined
}

export interface CalibrationOverlay extends PointingStage, FrozenPictures {
  /** True for the contents of one of the covering windows. */
  owns(contents: WebContents): boolean
  /** Where the pages are, known once the app is ready. */
  open(pages: { readonly preloadPath: string; readonly pageUrl: string }): void
}

/** The windows that cover each screen with its frozen picture while an agent's input is pointed at. */
export function createCalibrationOverlay(log: Log): CalibrationOverlay {
  let pages = { preloadPath: '', pageUrl: '' }
  let pictures: readonly Uint8Array[] = []
  let covers: readonly BrowserWindow[] = []
  return {
    open: (given) => void (pages = given),
    owns: (contents) => covers.some((cover) => !cover.isDestroyed() && cover.webContents === contents),
    at: (url) => pictures[Number(new URL(url).searchParams.get('screen') ?? Number.NaN)],
    hideOwn,
    async show(shots, onClosed) {
      pictures = await Promise.all(shots.map(({ picture }) => encodePng(picture)))
      covers = shots.map((shot, index) => coverOf(shot, index, { ...pages, log, isOnly: shots.length === 1 }))
      for (const cover of covers) cover.on('closed', onClosed)
      const freeKeys = takeKeys(() => covers, onClosed)
      return () => {
        freeKeys()
        for (const cover of covers) if (!cover.isDestroyed()) cover.destroy()
        covers = []
        pictures = []
      }
    },
  }
}

/** How long a window manager has for putting a window where it was asked to. */
const PLACED_MS = 500

const arrows = ['Left', 'Right', 'Up', 'Down']

/**
 * Takes the keys that pointing knows, whatever window has the keyboard: not every window manager gives it to the cover,
 * a window that opens meanwhile takes it away, and nobody may be left in front of a frozen picture. They go to the screen
 * the pointer is on.
 */
function takeKeys(covers: () => readonly BrowserWindow[], onEscape: () => void): () => void {
  const press = (keyCode: string, modifiers: 'shift'[]) => {
    coverUnderPointer(covers())?.webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers })
  }
  const acts: readonly (readonly [accelerator: string, act: () => void])[] = [
    ['Escape', onEscape],
    ['Return', () => press('Return', [])],
    ...arrows.map((arrow) => [arrow, () => press(arrow, [])] as const),
    ...arrows.map((arrow) => [`Shift+${arrow}`, () => press(arrow, ['shift'])] as const),
  ]
  for (const [accelerator, act] of acts) globalShortcut.register(accelerator, act)
  return () => acts.forEach(([accelerator]) => globalShortcut.unregister(accelerator))
}

function coverUnderPointer(covers: readonly BrowserWindow[]): BrowserWindow | undefined {
  const pointer = screen.getCursorScreenPoint()
  return covers.find((cover) => !cover.isDestroyed() && contains(cover.getBounds(), pointer))
}

function hideOwn(): (() => void) | undefined {
  const shown = BrowserWindow.getAllWindows().filter((window) => window.isVisible())
  if (shown.length === 0) return undefined
  const focused = shown.find((window) => window.isFocused())
  for (const window of shown) window.hide()
  return () => {
    for (const window of shown.filter((one) => !one.isDestroyed())) {
      if (window === focused) window.show()
      else window.showInactive()
    }
  }
}

function coverOf(
  { rect }: Shot,
  index: number,
  { preloadPath, pageUrl, log, isOnly }: { preloadPath: string; pageUrl: string; log: Log; isOnly: boolean },
): BrowserWindow {
  const bounds = boundsOf(rect)
  const cover = new BrowserWindow({
    ...bounds,
    title: 'Waggle',
    show: false,
    frame: false,
    // One that may not be resized stays a pixel short of its screen under some of them.
    resizable: process.platform === 'linux',
    movable: false,
    minimizable: false,
    maximizable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    hasShadow: false,
    roundedCorners: false,
    thickFrame: false,
    enableLargerThanScreen: true,
    backgroundColor: '#000000',
    webPreferences: pagePreferences(preloadPath),
  })
  // Above panels and docks, which are part of the picture.
  cover.setAlwaysOnTop(true, 'screen-saver')
  cover.once('ready-to-show', () => {
    cover.show()
    cover.setBounds(bounds)
    if (process.platform === 'linux') fillScreen(cover, bounds, { log, isOnly })
    cover.focus()
  })
  // A page that cannot be loaded would leave a black screen: closing it gives up.
  cover.loadURL(`${new URL('calibrate.html', pageUrl).href}?screen=${index}`).catch(() => cover.close())
  cover.webContents.once('render-process-gone', () => cover.close())
  return cover
}

/**
 * Window managers of Linux put a window that is as large as its screen beside it or give it an edge (seen with 9 of 11), unless
 * it is asked to be fullscreen there. Of several screens they may not know each (RandR's monitors), so there it is looked first.
 * Where it does not cover its screen in the end, the log says so: a click beside it is the live desktop's.
 */
function fillScreen(
  cover: BrowserWindow,
  bounds: Electron.Rectangle,
  { log, isOnly }: { log: Log; isOnly: boolean },
): void {
  if (isOnly) cover.setFullScreen(true)
  const lookSoon = (isAsked: boolean) =>
    setTimeout(() => {
      if (cover.isDestroyed()) return
      const { x, y, width, height } = cover.getBounds()
      // Chromium itself leaves out a pixel, so that it is not taken for fullscreen.
      const isThere =
        x === bounds.x && y === bounds.y && bounds.width - width <= 1 && bounds.height - height <= 1
      if (isThere) return
      if (isAsked)
        return log.warn(
          `the picture to point at stands at ${x},${y} ${width}x${height}: it does not cover its screen`,
        )
      cover.setFullScreen(true)
      lookSoon(true)
    }, PLACED_MS)
  lookSoon(isOnly)
}

function boundsOf(rect: Rect): Electron.Rectangle {
  const { dipX: x, dipY: y, dipWidth: width, dipHeight: height } = toDip(rect, presentDisplays())
  return { x, y, width, height }
}
