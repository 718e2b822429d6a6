import { createLiveSettings } from '../../src/main/roster/live-settings'
import { readSettings } from '../../src/main/roster/read-settings'
import type { RawSettings, SettingsFile } from '../../src/main/roster/settings-file'
import type { LiveSettings } from '../../src/main/settings'
import { silentLog } from './silent-log'

/** `settings.json` in memory; `content` is what a person edits by hand. */
export class FakeSettingsFile implements SettingsFile {
  constructor(public content: RawSettings = {}) {}
  read = (): RawSettings => this.content
  write = (settings: RawSettings): void => void (this.content = settings)
}

/** The real settings over a file in memory. */
export function fakeSettings(file = new FakeSettingsFile()): LiveSettings {
  return createLiveSettings({ file, opened: readSettings(file.content), log: silentLog })
}
