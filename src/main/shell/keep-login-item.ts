import { app } from 'electron'
import { join } from 'node:path'
import type { Log } from '../log'
import type { LiveSettings } from '../settings'
import { setStartAtLogin } from './login-item'

interface Deps {
  readonly waggle: { readonly settings: LiveSettings }
  readonly log: Log
}

/** Keeps the start at login as the setting has it; what the system refuses is reported. Returns the way to stop. */
export function keepLoginItem({ waggle: { settings }, log }: Deps): () => void {
  let isOn = false
  const apply = (startAtLogin: boolean) => {
    if (startAtLogin === isOn) return
    isOn = startAtLogin
    try {
      setStartAtLogin(startAtLogin, {
        platform: process.platform,
        env: process.env,
        command: ownCommand(),
        setLoginItem: (item) => app.setLoginItemSettings(item),
      })
      settings.report('startAtLogin', [])
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      log.error(`Start at login could not be set: ${why}`)
      settings.report('startAtLogin', [`startAtLogin: the system did not take it (${why})`])
    }
  }
  // Anew at each start: the app may have moved since.
  apply(settings.current().startAtLogin)
  return settings.onChange(({ startAtLogin }) => apply(startAtLogin))
}

/** An AppImage runs from a folder that is gone at the next login; the image itself is what stays. */
function ownCommand(): string[] {
  const image = process.env['APPIMAGE']
  if (!app.isPackaged) return [process.execPath, app.getAppPath()]
  if (image !== undefined || process.platform !== 'linux') return [image ?? process.execPath]
  // Begun by this it is started again should it end by itself.
  return [join(process.resourcesPath, 'bin', 'waggle-at-login')]
}
