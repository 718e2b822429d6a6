import { app, session, type WebPreferences } from 'electron'
import { isPictureUrl, originOf } from './page-address'

/** Putting plain text on the clipboard by a person's click: the one permission that a page of ours has. */
const COPY = 'clipboard-sanitized-write'

/** How every window of ours shows a page: apart from Node, in Chromium's sandbox, with the preload's bridge alone. */
export function pagePreferences(preloadPath: string): WebPreferences {
  return {
    preload: preloadPath,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    spellcheck: false,
  }
}

/**
 * Shuts what no page of ours needs: leaving the page, new windows, webviews, permissions, the network.
 * `pageUrl` is where our pages come from (the development server's address in development). Call once Electron is ready,
 * before the first window.
 */
export function lockDown(pageUrl: string): void {
  const origin = originOf(pageUrl)
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => {
      if (originOf(event.url) !== origin) event.preventDefault()
    })
  })
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPY))
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === COPY)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !mayLoad(request.url, origin) })
  })
}

/** Our own pages, and what belongs to Chromium's own developer tools. */
function mayLoad(url: string, origin: string): boolean {
  return /^(devtools|chrome-extension):/.test(url) || originOf(url) === origin || isPictureUrl(url)
}
