import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../log'
import { isRecord } from './read-settings'
import type { RawSettings, SettingsFile } from './settings-file'

/** The settings as they were read or written last, beside `settings.json`: what to go on with when that is damaged. */
export interface LastGood {
  readonly settings: RawSettings
  /** When they were written, ISO 8601. */
  readonly since: string
}

const pathIn = (home: string) => join(home, 'settings.last-good.json')

/** Undefined when there is none to be read. */
export function readLastGood(home: string): LastGood | undefined {
  try {
    const settings: unknown = JSON.parse(readFileSync(pathIn(home), 'utf8'))
    if (!isRecord(settings)) return undefined
    return { settings, since: statSync(pathIn(home)).mtime.toISOString() }
  } catch {
    return undefined
  }
}

/** Never throws: without this copy everything works as well. */
export function keepAsLastGood(home: string, settings: RawSettings, log: Log): void {
  const beside = `${pathIn(home)}.tmp`
  try {
    writeFileSync(beside, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 })
    renameSync(beside, pathIn(home))
  } catch (error) {
    log.warn(`No copy of the settings could be kept: ${String(error)}`)
  }
}

/** The file, of whose content every good write is kept, too. */
export function withLastGood(file: SettingsFile, home: string, log: Log): SettingsFile {
  return {
    read: () => file.read(),
    write(settings) {
      file.write(settings)
      keepAsLastGood(home, settings, log)
    },
  }
}
