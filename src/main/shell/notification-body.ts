import { visible } from '../../contract/visible'
import type { TrayHostDeps } from './tray-host'

const QUESTION = [
  '--session',
  '--print-reply=literal',
  '--dest=org.freedesktop.Notifications',
  '/org/freedesktop/Notifications',
  'org.freedesktop.Notifications.GetCapabilities',
]

/**
 * A sender's words as the body of a notification: where the desktop reads markup there (Linux), what is markup in it is
 * written out. A desktop that does not say within 2 s is taken for one that does, as most are.
 */
export async function notificationBody(text: string, { platform, run }: TrayHostDeps): Promise<string> {
  const shown = visible(text)
  if (platform !== 'linux') return shown
  const readsMarkup = await run('dbus-send', QUESTION, 2000).then(
    (answer) => answer.includes('body-markup'),
    () => true,
  )
  if (!readsMarkup) return shown
  return shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
