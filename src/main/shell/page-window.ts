import {
  app,
  BrowserWindow,
  nativeTheme,
  type BrowserWindowConstructorOptions,
  type WebContents,
} from 'electron'
import type { Wish } from '../../contract/bridge'
import { pagePreferences } from './security'

export interface PageWindowDeps {
  readonly preloadPath: string
  /** Our page, with what it should know at its start in the query. */
  readonly url: string
  readonly iconPath: string
  /** Size, title and what else makes this window different. */
  readonly look: BrowserWindowConstructorOptions
  /** Tells the page what its window was opened for. */
  tell(contents: WebContents, wish: Wish): void
  /** Told when the page crashed or could not be loaded. */
  onTrouble(what: string): void
}

export interface PageWindow {
  readonly window: BrowserWindow
  /** Shows the window and gives it the focus; at once when it was open before. */
  show(): void
  /** Tells the page what its window is opened for, once it listens; the last wish counts. */
  wish(wish: Wish): void
  /** True for the contents of this window. */
  owns(contents: WebContents): boolean
}

/** How long a page that crashed in a window that is shown is left alone, in ms. */
const AGAIN_MS = 1000

/**
 * A window with one of our pages. It is made hidden and kept between uses: closing hides it, only quitting the app ends
 * it. A page that crashed is loaded again within a second or so, at the latest the next time it is shown.
 */
export function createPageWindow(deps: PageWindowDeps): PageWindow {
  const page = { painted: false, loaded: false, wanted: false, broken: false }
  let waiting: Wish | undefined
  const window = new BrowserWindow(options(deps))
  const load = () => {
    Object.assign(page, { broken: false, loaded: false })
    // What goes wrong is told by did-fail-load.
    window.loadURL(deps.url).catch(() => undefined)
  }
  const tell = () => {
    if (!page.loaded || !waiting) return
    deps.tell(window.webContents, waiting)
    waiting = undefined
  }
  hideInsteadOfClosing(window)
  wearTheme(window)
  window.once('ready-to-show', () => {
    page.painted = true
    if (page.wanted) appear(window)
  })
  window.webContents.on('did-finish-load', () => {
    page.loaded = !page.broken
    tell()
  })
  watchPage(window, (what) => {
    page.broken = true
    deps.onTrouble(what)
    // Somebody looks at it: not at once, as a page that cannot live would come and go without a pause.
    setTimeout(() => {
      if (page.broken && !window.isDestroyed() && window.isVisible()) load()
    }, AGAIN_MS).unref()
  })
  load()
  return {
    window,
    show: () => {
      page.wanted = true
      if (page.broken) load()
      if (page.painted) appear(window)
    },
    wish: (wish) => {
      waiting = wish
      if (page.broken) load()
      tell()
    },
    owns: (contents) => !window.isDestroyed() && contents === window.webContents,
  }
}

function appear(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function options({ preloadPath, iconPath, look }: PageWindowDeps): BrowserWindowConstructorOptions {
  return {
    show: false,
    icon: iconPath,
    autoHideMenuBar: true,
    backgroundColor: paper(),
    ...look,
    webPreferences: pagePreferences(preloadPath),
  }
}

/** The page's own colour, so that nothing flashes before its first picture. */
function paper(): string {
  return nativeTheme.shouldUseDarkColors ? '#0f1012' : '#fbfaf7'
}

function wearTheme(window: BrowserWindow): void {
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(paper())
  })
}

function hideInsteadOfClosing(window: BrowserWindow): void {
  let quitting = false
  app.on('before-quit', () => {
    quitting = true
  })
  window.on('close', (event) => {
    if (quitting) return
    event.preventDefault()
    window.hide()
  })
}

function watchPage(window: BrowserWindow, onTrouble: (what: string) => void): void {
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    onTrouble(
      `The window's page ended: ${reason} (${exitCode}). It is loaded again as soon as the window is shown.`,
    )
  })
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame) onTrouble(`The window's page ${url} could not be loaded: ${description} (${code}).`)
  })
}
