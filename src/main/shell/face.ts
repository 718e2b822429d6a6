import { app, clipboard, ipcMain } from 'electron'
import { join } from 'node:path'
import type { Waggle } from '../compose'
import { listenOnWindow } from '../doors/window-door'
import type { Log } from '../log'
import { serveAppPage } from './app-page'
import { setApplicationMenu } from './application-menu'
import type { CalibrationOverlay } from './calibration-overlay'
import { createClipboardSender } from './clipboard-sender'
import { createMainWindow, type MainWindow } from './main-window'
import { isOurUrl, PAGE_URL } from './page-address'
import { say } from './say'
import { lockDown } from './security'
import { createTray } from './tray'
import { findTrayHost, runProgram } from './tray-host'

interface FaceDeps {
  readonly waggle: Waggle
  readonly overlay: CalibrationOverlay
  readonly log: Log
  /** The built app: `out/`. */
  readonly built: string
  readonly assets: string
}

/** Opens what people see: the window (hidden until asked for, unless there is no tray to ask with) and the tray. */
export async function openFace({ waggle, overlay, log, built, assets }: FaceDeps): Promise<MainWindow> {
  const preloadPath = join(built, 'preload', 'preload.cjs')
  // electron-vite's server in development, our own scheme otherwise.
  const pageUrl = (!app.isPackaged && process.env['ELECTRON_RENDERER_URL']) || PAGE_URL
  lockDown(pageUrl)
  setApplicationMenu()
  serveAppPage(join(built, 'renderer'), (url) => overlay.at(url))
  overlay.open({ preloadPath, pageUrl })
  const trayHost = await findTrayHost({ platform: process.platform, run: runProgram })
  const window = createMainWindow({
    preloadPath,
    url: `${pageUrl}?tray=${trayHost}`,
    iconPath: join(assets, 'icon.png'),
    onTrouble: (what) => log.error(what),
  })
  const closeDoor = listenOnWindow({
    dispatch: waggle.dispatch,
    ipcMain,
    isOurPage: (contents, url) => (window.owns(contents) || overlay.owns(contents)) && isOurUrl(url, pageUrl),
    onUnexpected: (error, method) => log.error(`${method} failed: ${String(error)}`),
  })
  const closeTray = openTray(waggle, window, assets)
  app.once('will-quit', () => {
    closeDoor()
    closeTray()
  })
  // Started by hand it shows itself, and must where there is no tray; a start at login asks for quiet.
  if (!process.argv.includes('--hidden')) window.show()
  return window
}

function openTray(
  { queue, roster, dispatch, ...waggle }: Waggle,
  window: MainWindow,
  assets: string,
): () => void {
  const caller = { defaultSender: 'you', signal: new AbortController().signal, notify: () => undefined }
  const sendClipboard = createClipboardSender({
    readText: () => clipboard.readText(),
    send: (to, text) => dispatch('message.send', { to, text }, caller),
    say,
  })
  return createTray({
    assets,
    status: () => waggle.status(),
    agents: () => roster.list(),
    inDoubt: () => queue.list({ states: ['in-doubt'], limit: 1000 }).messages.map(({ id }) => id),
    subscribe: (listener) => waggle.subscribe(listener),
    openWindow: () => window.show(),
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    sendClipboard: (to) => void sendClipboard(to),
    quit: () => app.quit(),
  })
}
