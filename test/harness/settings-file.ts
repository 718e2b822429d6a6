import type { SettingsFile } from '../../src/main/roster/settings-file'

/**
 * The real electron-store outside Electron. Given an absolute folder it needs nothing of Electron but the module, and
 * that is content with any path to a binary: it only names it.
 */
export async function realSettingsFile(home: string): Promise<SettingsFile> {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= 'none'
  const { electronSettingsFile } = await import('../../src/main/roster/electron-settings-file')
  return electronSettingsFile(home)
}
