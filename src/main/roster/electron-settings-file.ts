import ElectronStore from 'electron-store'
import { openedAtFirstUse, type SettingsFile } from './settings-file'

/** `settings.json` in the home, kept by electron-store: written beside and renamed, readable by the user only. */
export function electronSettingsFile(home: string): SettingsFile {
  return openedAtFirstUse(
    () =>
      new ElectronStore<Record<string, unknown>>({
        cwd: home,
        name: 'settings',
        // A broken file is ours to keep aside, not the library's to clear.
        clearInvalidConfig: false,
        configFileMode: 0o600,
      }),
  )
}
