import { createPageWindow, type PageWindow, type PageWindowDeps } from './page-window'

/** The main window, whose page shows queue, agents and history. */
export function createMainWindow(deps: Omit<PageWindowDeps, 'look'>): PageWindow {
  const look = { title: 'Waggle', width: 960, height: 640, minWidth: 720, minHeight: 480 }
  return createPageWindow({ ...deps, look })
}
