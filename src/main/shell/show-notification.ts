import { Notification } from 'electron'
import { visible } from '../../contract/visible'
import { notificationBody } from './notification-body'
import { runProgram } from './tray-host'

/** Those on the screen: without a reference a notification is collected and its click is lost. */
const shown = new Set<Notification>()
const MOST = 20

/** Shows a desktop notification whose click does something; nothing where the desktop has none. */
export function showNotification(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return
  void notificationBody(body, { platform: process.platform, run: runProgram }).then((safe) =>
    show(visible(title), safe, onClick),
  )
}

function show(title: string, body: string, onClick: () => void): void {
  const notification = new Notification({
    title,
    body,
    // macOS shows actions as buttons; elsewhere the click on the notification itself is the way.
    ...(process.platform === 'darwin' && { actions: [{ type: 'button' as const, text: 'Open' }] }),
  })
  const forget = () => void shown.delete(notification)
  const act = () => {
    forget()
    onClick()
  }
  notification.once('click', act)
  notification.once('action', act)
  notification.once('close', forget)
  shown.add(notification)
  const [oldest] = shown
  if (oldest && shown.size > MOST) shown.delete(oldest)
  notification.show()
}
