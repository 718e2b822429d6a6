import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'

/**
 * A question over the lower edge of a window, where its input is, that wants a button pressed: a permission dialog.
 * @param {BrowserWindow} parent
 * @param {string} title
 * @param {(answer: string) => void} answered
 */
export async function openDialog(parent, title, answered) {
  const { x, y, width, height } = parent.getContentBounds()
  const size = { width: Math.min(width, 280), height: 130 }
  const dialog = new BrowserWindow({
    parent,
    modal: true,
    title,
    x: Math.round(x + (width - size.width) / 2),
    y: Math.round(y + height - size.height),
    ...size,
    useContentSize: true,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  })
  dialog.setMenu(null)
  dialog.on('page-title-updated', (event) => event.preventDefault())
  dialog.webContents.ipc.on('answer', (_event, /** @type {string} */ answer) => answered(answer))
  await dialog.loadFile(join(import.meta.dirname, 'page/dialog.html'))
  return dialog
}

/**
 * A window that takes the focus every `everyMs`, as pop-ups do. Returns the way to stop it.
 * @param {number} everyMs
 */
export function startThief(everyMs) {
  const { width } = screen.getPrimaryDisplay().workArea
  const place = { x: width - 220, y: 30, width: 200, height: 60 }
  const thief = new BrowserWindow({ ...place, title: 'Thief', backgroundColor: '#fde8e8', alwaysOnTop: true })
  thief.setMenu(null)
  const steal = () => {
    thief.showInactive()
    thief.focus()
  }
  steal()
  const timer = setInterval(steal, everyMs)
  return () => {
    clearInterval(timer)
    thief.destroy()
  }
}
