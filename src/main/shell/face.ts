import { PERSON } from '../../contract/person'
import {
  app,
  BrowserWindow,
  clipboard,
  globalShortcut,
  ipcMain,
  nativeTheme,
  type WebContents,
} from 'electron'
import { join } from 'node:path'
import type { Message } from '../../contract/message'
import { operations } from '../../contract/operations'
import type { Waggle } from '../compose'
import { listenOnWindow, tellWish } from '../doors/window-door'
import type { Log } from '../log'
import { serveAppPage } from './app-page'
import { setApplicationMenu } from './application-menu'
import type { CalibrationOverlay } from './calibration-overlay'
import { createClipboardSender } from './clipboard-sender'
import { keepLoginItem } from './keep-login-item'
import { createMainWindow } from './main-window'
import { createNotifier } from './notifier'
import { isOurUrl, PAGE_URL } from './page-address'
import type { PageWindow } from './page-window'
import { createQuickSendWindow, type QuickSendWindow } from './quick-send-window'
import { pointHere } from './point-here'
import { say } from './say'
import { lockDown } from './security'
import { createShortcuts } from './shortcuts'
import { showNotification } from './show-notification'
import { createTray } from './tray'
import { hasOldTray } from './open-system'
import { findTrayHost, runProgram } from './tray-host'
import type { TrayUpdates } from './tray-updates'

interface FaceDeps {
  readonly waggle: Waggle
  readonly overlay: CalibrationOverlay
  readonly log: Log
  /** The built app: `out/`. */
  readonly built: string
  readonly assets: string
}

/** Opens what people see: the window (hidden until asked for, unless there is no tray to ask with) and the tray. */
export async function openFace(deps: FaceDeps): Promise<PageWindow> {
  const { waggle, overlay, built } = deps
  // electron-vite's server in development, our own scheme otherwise.
  const pageUrl = (!app.isPackaged && process.env['ELECTRON_RENDERER_URL']) || PAGE_URL
  lockDown(pageUrl)
  setApplicationMenu()
  serveAppPage(join(built, 'renderer'), (url) => overlay.at(url))
  overlay.open({ preloadPath: preloadIn(built), pageUrl })
  keepTheme(waggle)
  // Without a listener Electron would quit when the windows go.
  app.on('window-all-closed', () => undefined)
  const windows = openWindows(
    deps,
    pageUrl,
    await findTrayHost({
      platform: process.platform,
      run: runProgram,
      hasOldTray: async () => hasOldTray(process.env['DISPLAY']),
    }),
  )
  const actions = faceActions(deps, windows)
  const tray = openTray(deps, actions)
  windows.main.window.on('focus', () => tray.seen())
  const ends = [
    openDoor(deps, windows, pageUrl),
    () => tray.stop(),
    openNotifier(deps, actions),
    keepShortcuts(deps, windows, actions),
    keepLoginItem(deps),
  ]
  app.once('will-quit', () => ends.forEach((end) => end()))
  whenIdle(windows.main, () => windows.quickSend.prepare())
  // Started by hand it shows itself, and must where there is no tray; a start at login asks for quiet.
  if (!process.argv.includes('--hidden')) windows.main.show()
  return windows.main
}

/** Some time after the start, when the first page is up and the machine has other things behind it. */
const SETTLED_MS = 3000

function whenIdle({ window }: PageWindow, act: () => void): void {
  window.webContents.once('did-finish-load', () => {
    const timer = setTimeout(act, SETTLED_MS)
    app.once('before-quit', () => clearTimeout(timer))
  })
}

function preloadIn(built: string): string {
  return join(built, 'preload', 'preload.cjs')
}

interface Windows {
  readonly main: PageWindow
  readonly quickSend: QuickSendWindow
}

function openWindows({ log, built, assets }: FaceDeps, pageUrl: string, trayHost: string): Windows {
  const common = {
    preloadPath: preloadIn(built),
    iconPath: join(assets, 'icon.png'),
    tell: tellWish,
    onTrouble: (what: string) => log.error(what),
  }
  return {
    main: createMainWindow({ ...common, url: `${pageUrl}?tray=${trayHost}` }),
    quickSend: createQuickSendWindow({ ...common, url: new URL('quick-send.html', pageUrl).href }),
  }
}

function openDoor(
  { waggle, overlay, log }: FaceDeps,
  { main, quickSend }: Windows,
  pageUrl: string,
): () => void {
  const owners = [main, quickSend, overlay]
  return listenOnWindow({
    dispatch: waggle.dispatch,
    ipcMain,
    isOurPage: (contents, url) => owners.some((owner) => owner.owns(contents)) && isOurUrl(url, pageUrl),
    isSeen: (contents) => BrowserWindow.fromWebContents(contents)?.isVisible() ?? false,
    onSeen: watchShown,
    stand: async (contents, stance) => {
      if (quickSend.owns(contents)) await quickSend.stand(stance)
    },
    onUnexpected: (error, method) => log.error(`${method} failed: ${String(error)}`),
  })
}

function watchShown(contents: WebContents, listener: () => void): () => void {
  const window = BrowserWindow.fromWebContents(contents)
  window?.on('show', listener)
  return () => void window?.off('show', listener)
}

type FaceActions = ReturnType<typeof faceActions>

/** What tray, notifications and shortcuts can ask for. */
function faceActions({ waggle, log }: FaceDeps, { main, quickSend }: Windows) {
  const caller = { defaultSender: PERSON, signal: new AbortController().signal, notify: () => undefined }
  const ask = (method: string, params: object) => waggle.dispatch(method, params, caller)
  const told = (what: Promise<unknown>) => {
    what.catch((error: unknown) => log.error(`What the tray asked for failed: ${String(error)}`))
  }
  const setHere = async () => operations['agent.here'].result.parse(await ask('agent.here', {}))
  const sendClipboard = createClipboardSender({
    readText: () => clipboard.readText(),
    send: (to, text) => ask('message.send', { to, text }),
    say,
  })
  return {
    openWindow: () => main.show(),
    openMessage: (id: string, ready?: 'reply') => {
      main.wish({ show: 'message', id, ...(ready && { reply: true }) })
      main.show()
    },
    write: (to: string) => quickSend.write(to),
    pause: () => told(ask('queue.pause', {})),
    resume: () => told(ask('queue.resume', {})),
    stop: () => told(ask('queue.pause', { now: true })),
    calibrate: () => void pointHere({ setHere, say }),
    sendClipboard: (to: string) => void sendClipboard(to),
    setStartAtLogin: (startAtLogin: boolean) => told(ask('settings.set', { changes: { startAtLogin } })),
    quit: () => app.quit(),
  }
}

const RECENT = 5
/** More than anybody settles by hand. */
const MOST_IN_DOUBT = 1000

function inDoubt({ queue }: Waggle): readonly Message[] {
  return queue.list({ states: ['in-doubt'], limit: MOST_IN_DOUBT }).messages
}

function openTray({ waggle, assets }: FaceDeps, actions: FaceActions): TrayUpdates {
  const { queue, roster, settings } = waggle
  return createTray({
    ...actions,
    assets,
    status: () => waggle.status(),
    agents: () => roster.list(),
    recent: () => queue.list({ limit: RECENT }).messages,
    inDoubt: () => inDoubt(waggle).map(({ id }) => id),
    startAtLogin: () => settings.current().startAtLogin,
    subscribe: (listener) => waggle.subscribe(listener),
  })
}

function openNotifier({ waggle }: FaceDeps, { openMessage, openWindow }: FaceActions): () => void {
  return createNotifier({
    subscribe(listener) {
      // What a crash has left in doubt, or nobody has settled yet, happened while nobody listened.
      for (const message of inDoubt(waggle)) listener({ type: 'message', message })
      return waggle.subscribe(listener)
    },
    notify: showNotification,
    openMessage,
    openWindow,
    later: (ms, callback) => setTimeout(callback, ms),
  })
}

function keepShortcuts(
  { waggle: { settings }, log }: FaceDeps,
  { quickSend }: Windows,
  { stop, calibrate }: FaceActions,
): () => void {
  const shortcuts = createShortcuts({
    system: globalShortcut,
    actions: { quickSend: () => quickSend.toggle(), stop, calibrate },
    words: {
      quickSend: 'opens quick send',
      stop: 'stops deliveries',
      calibrate: 'sets an agent where the pointer is',
    },
    log,
    report: (problems) => settings.report('shortcuts', problems),
  })
  shortcuts.use(settings.current().shortcuts)
  const forget = settings.onChange((settings) => shortcuts.use(settings.shortcuts))
  return () => {
    forget()
    shortcuts.close()
  }
}

function keepTheme({ settings }: Waggle): void {
  nativeTheme.themeSource = settings.current().theme
  settings.onChange(({ theme }) => {
    nativeTheme.themeSource = theme
  })
}
