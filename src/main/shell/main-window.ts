import {
  app,
  BrowserWindow,
  nativeTheme,
  type BrowserWindowConstructorOptions,
  type WebContents,
} from 'electron'

export interface MainWindowDeps {
  readonly preloadPath: string
  /** Our page, with what it should know at its start in the query. */
  readonly url: string
  readonly iconPath: string
  /** Told when the page crashed or could not be loaded. */
  onTrouble(what: string): void
}

export interface MainWindow {
  /** Shows the window and gives it the focus; at once when it was open before. */
  show(): void
  /** True for the contents of this window. */
  owns(contents: WebContents): boolean
}

/**
 * The one window. It is made hidden at once and kept between uses: closing hides it, only quitting the app ends it.
 * A page that crashed is loaded again the next time it is shown.
 */
export function createMainWindow(deps: MainWindowDeps): MainWindow {
  const page = { ready: false, wanted: false, broken: false }
  const window = new BrowserWindow(options(deps))
  const load = () => {
    page.broken = false
    // What goes wrong is told by did-fail-load.
    window.loadURL(deps.url).catch(() => undefined)
  }
  const appear = () => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  hideInsteadOfClosing(window)
  window.once('ready-to-show', () => {
    page.ready = true
    if (page.wanted) appear()
  })
  watchPage(window, (what) => {
    page.broken = true
    deps.onTrouble(what)
  })
  load()
  return {
    show: () => {
      page.wanted = true
      if (page.broken) load()
      if (page.ready) appear()
    },
    owns: (contents) => !window.isDestroyed() && contents === window.webContents,
  }
}

function options({ preloadPath, iconPath }: MainWindowDeps): BrowserWindowConstructorOptions {
  return {
    title: 'Waggle',
    width: 960,
    height: 640,
    minWidth: 720,
    minHeight: 480,
    show: false,
    icon: iconPath,
    autoHideMenuBar: true,
    // The page's own colours, so that nothing flashes before its first picture.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1012' : '#fbfaf7',
    webPreferences: {
      preload: preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  }
}

function hideInsteadOfClosing(window: BrowserWindow): void {
  let quitting = false
  app.on('before-quit', () => {
    quitting = true
  })
  // Without a listener Electron would quit when the window goes.
  app.on('window-all-closed', () => undefined)
  window.on('close', (event) => {
    if (quitting) return
    event.preventDefault()
    window.hide()
  })
}

function watchPage(window: BrowserWindow, onTrouble: (what: string) => void): void {
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    onTrouble(
      `The window's page ended: ${reason} (${exitCode}). It is loaded again when the window is next shown.`,
    )
  })
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame) onTrouble(`The window's page ${url} could not be loaded: ${description} (${code}).`)
  })
}
