import { dialog, Notification } from 'electron'

/** Says something to the person at the desk: by a notification, or by a small window where there are none. */
export function say(title: string, sentence: string): void {
  if (Notification.isSupported()) {
    new Notification({ title, body: sentence }).show()
    return
  }
  void dialog.showMessageBox({ type: 'info', title: 'Waggle', message: title, detail: sentence })
}
