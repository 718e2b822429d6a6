import { Menu, Tray } from 'electron'
import { trayIcon } from './tray-icon'
import { trayMenu, type TrayActions } from './tray-menu'
import { keepTrayCurrent, type TrayUpdates, type TrayUpdatesDeps } from './tray-updates'

export interface TrayDeps extends Omit<TrayUpdatesDeps, 'face' | 'later'>, TrayActions {
  /** The folder that holds `tray/`. */
  readonly assets: string
}

/** Puts Waggle into the system's tray and keeps icon, tooltip and menu current until it is stopped. */
export function createTray(deps: TrayDeps): TrayUpdates {
  const tray = new Tray(trayIcon(deps.assets, 'idle', process.platform))
  // On Linux and Windows a plain click opens the window; macOS shows the menu for it.
  if (process.platform !== 'darwin') tray.on('click', () => deps.openWindow())
  const { seen, stop } = keepTrayCurrent({
    ...deps,
    later: (ms, callback) => setTimeout(callback, ms),
    face: {
      showMood: (mood) => tray.setImage(trayIcon(deps.assets, mood, process.platform)),
      showSentence: (sentence) => tray.setToolTip(`Waggle: ${sentence}`),
      showMenu: (state) => tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, deps))),
    },
  })
  return {
    seen,
    stop() {
      stop()
      tray.destroy()
    },
  }
}
