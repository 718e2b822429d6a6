import Conf from 'conf'
import type { RawSettings, SettingsFile } from './settings-file'

/** The same file as {@link electronSettingsFile} keeps, by the part of electron-store that needs no Electron. */
export function plainSettingsFile(home: string): SettingsFile {
  const open = () =>
    new Conf<Record<string, unknown>>({
      cwd: home,
      configName: 'settings',
      clearInvalidConfig: false,
      configFileMode: 0o600,
    })
  let store: ReturnType<typeof open> | undefined
  return {
    read: () => (store ??= open()).store,
    write: (settings: RawSettings) => {
      store ??= open()
      store.store = settings
    },
  }
}
