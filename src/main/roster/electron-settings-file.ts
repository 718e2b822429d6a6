import ElectronStore from 'electron-store'
import type { RawSettings, SettingsFile } from './settings-file'

/** `settings.json` in the home, kept by electron-store: written beside and renamed, readable by the user only. */
export function electronSettingsFile(home: string): SettingsFile {
  const open = () =>
    new ElectronStore<Record<string, unknown>>({
      cwd: home,
      name: 'settings',
      // A broken file is ours to keep aside, not the library's to clear.
      clearInvalidConfig: false,
      configFileMode: 0o600,
    })
  // Opened at the first use, for it reads the file at once and throws when that is broken.
  let store: ReturnType<typeof open> | undefined
  return {
    read: () => (store ??= open()).store,
    write: (settings: RawSettings) => {
      store ??= open()
      store.store = settings
    },
  }
}
