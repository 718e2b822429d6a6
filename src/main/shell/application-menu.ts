import { Menu } from 'electron'

/** macOS keeps copy, paste and quit in its menu bar; elsewhere the window goes without one. */
export function setApplicationMenu(): void {
  const isMac = process.platform === 'darwin'
  Menu.setApplicationMenu(
    isMac
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}
