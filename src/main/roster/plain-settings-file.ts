import Conf from 'conf'
import { openedAtFirstUse, type SettingsFile } from './settings-file'

/** The same file as {@link electronSettingsFile} keeps, by the part of electron-store that needs no Electron. */
export function plainSettingsFile(home: string): SettingsFile {
  return openedAtFirstUse(
    () =>
      new Conf<Record<string, unknown>>({
        cwd: home,
        configName: 'settings',
        clearInvalidConfig: false,
        configFileMode: 0o600,
      }),
  )
}
